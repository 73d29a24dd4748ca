"""Signing in: a password, a second key, a chair; too many wrong passwords close the door for a while."""

import time

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from samsvar.accounts.invitations import send_invitation
from samsvar.accounts.models import User
from samsvar.audit.models import Act
from tests.accounts.helpers import PASSWORD, give_password, give_totp, log_rows
from tests.world import World


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def _log_in(client: Client, email: str, password: str = PASSWORD) -> str:
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    return answer.headers.get("Location", "") if answer.status_code == 302 else answer.content.decode()


def test_a_person_with_one_post_and_a_key_sits_down_at_once(world: World, owner_connection: psycopg.Connection) -> None:
    seat = world.seats["police.member"]
    email = give_password(seat.person)
    secret = give_totp(seat.person)
    client = Client()
    assert _log_in(client, email) == reverse("mfa_authenticate")
    answer = client.post(reverse("mfa_authenticate"), {"code": _code(secret)})
    assert answer.headers["Location"] == "/"
    page = client.get(reverse("accounts:kept"))
    assert page.status_code == 200
    assert "Prøvekredsens Politi" in page.content.decode()
    assert log_rows(owner_connection, seat.authority, Act.SIGN_IN) == [{"how": "login"}]


def test_without_a_second_key_there_is_nothing_but_the_way_to_one(world: World) -> None:
    email = give_password(world.seats["police.member"].person)
    client = Client()
    assert _log_in(client, email) == "/"
    for name in ("accounts:kept", "accounts:chairs", "account_change_password"):
        assert client.get(reverse(name)).headers["Location"] == reverse("accounts:second_key")
    assert client.get(reverse("accounts:second_key")).status_code == 200
    # Asked for the password once more, before a key can be added.
    assert client.get(reverse("mfa_activate_totp")).headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": _code(secret)}).status_code == 302
    assert client.get(reverse("accounts:kept")).status_code == 200


def test_the_last_key_cannot_be_removed(world: World) -> None:
    person = world.seats["police.member"].person
    email = give_password(person)
    secret = give_totp(person)
    client = Client()
    _log_in(client, email)
    client.post(reverse("mfa_authenticate"), {"code": _code(secret)})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.post(reverse("mfa_deactivate_totp"))
    assert "Du kan ikke fjerne din sidste nøgle" in page.content.decode()


def test_a_secret_of_a_key_does_not_lie_in_clear(world: World, owner_connection: psycopg.Connection) -> None:
    secret = give_totp(world.seats["police.member"].person)
    stored = owner_connection.execute("select data::text from mfa_authenticator").fetchone()
    assert stored is not None
    assert secret not in stored[0]


def test_five_wrong_passwords_close_the_door_for_the_right_one_too(
    world: World, owner_connection: psycopg.Connection
) -> None:
    seat = world.seats["police.member"]
    email = give_password(seat.person)
    for _ in range(5):
        # Another browser each time: the count is of the person, and every web process shares it.
        assert "passer ikke" in _log_in(Client(), email, "forkert adgangskode")
    assert "For mange forsøg" in _log_in(Client(), email)
    refused = log_rows(owner_connection, seat.authority, Act.REFUSE)
    assert refused == [{"reason": "password"}] * 5


def test_somebody_elses_wrong_passwords_do_not_lock_me_out(world: World) -> None:
    mine = give_password(world.seats["social.member"].person)
    theirs = give_password(world.seats["police.member"].person)
    for _ in range(6):
        _log_in(Client(), theirs, "forkert adgangskode")
    assert _log_in(Client(), mine) == "/"


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(world: World) -> None:
    email = give_password(world.seats["police.member"].person)
    wrong = _log_in(Client(), email, "forkert adgangskode")
    unknown = _log_in(Client(), "ingen@eksempel.dk", "forkert adgangskode")
    assert "E-mail eller adgangskode passer ikke" in unknown
    assert wrong.count("alert") == unknown.count("alert")


@pytest.mark.parametrize("typed", ["\x00", "a" * 5000, "‮gnuk", "<script>alert(1)</script>", "æøå😀@eksempel.dk"])
def test_strange_input_gets_a_message(world: World, typed: str) -> None:
    answer = Client().post(reverse("account_login"), {"login": typed, "password": typed})
    assert answer.status_code == 200
    assert "Noget skal rettes" in answer.content.decode()


def test_nobody_signs_up_and_nobody_changes_the_own_address(world: World) -> None:
    for path in ("/konto/signup/", "/konto/email/", "/konto/opret/"):
        assert Client().get(path).status_code == 404


@pytest.mark.req("R-003-54")
def test_with_two_posts_one_chooses(world: World, owner_connection: psycopg.Connection) -> None:
    seat, other = world.seats["police.member"], world.seats["social.frontline"]
    email = give_password(seat.person)
    secret = give_totp(seat.person)
    owner_connection.execute(
        "insert into partnerships_capacity"
        " (id, person_id, authority_id, function, roles, phone, hours, since, end_reason)"
        " values (gen_random_uuid(), %s, %s, 'Gademedarbejder', '{frontline}', '', '', '2020-01-01', '')",
        [seat.person, other.authority],
    )
    owner_connection.commit()
    client = Client()
    _log_in(client, email)
    client.post(reverse("mfa_authenticate"), {"code": _code(secret)})
    assert client.get(reverse("accounts:kept")).headers["Location"].startswith(reverse("accounts:chairs"))
    page = client.get(reverse("accounts:chairs"))
    posts = {post.authority_name: post for post in page.context["posts"]}
    assert set(posts) == {"Prøvekredsens Politi", "Prøveby Kommune"}
    client.post(reverse("accounts:sit"), {"post": posts["Prøveby Kommune"].id})
    assert "Prøveby Kommune" in client.get(reverse("accounts:kept")).content.decode()


def test_nobody_sits_in_another_persons_chair(world: World) -> None:
    person = world.seats["police.member"].person
    email = give_password(person)
    secret = give_totp(person)
    client = Client()
    _log_in(client, email)
    client.post(reverse("mfa_authenticate"), {"code": _code(secret)})
    theirs = client.post(reverse("accounts:sit"), {"post": world.seats["social.member"].post})
    nonsense = client.post(reverse("accounts:sit"), {"post": "ikke-et-nummer"})
    assert theirs.status_code == nonsense.status_code == 404
    assert theirs.content == nonsense.content


def test_an_invitation_leads_to_a_password_and_works_once(world: World) -> None:
    person = User.objects.create_user("ny@eksempel.dk", "Nina Prøve")
    assert send_invitation(person, "Prøveby Kommune")
    body = mail.outbox[0].body
    assert "Nina" not in body
    link = next(line for line in body.splitlines() if line.startswith(settings.SITE_ADDRESS))
    path = link.removeprefix(settings.SITE_ADDRESS)
    client = Client()
    page = client.get(path, follow=True)
    assert page.status_code == 200
    final = page.redirect_chain[-1][0]
    weak = client.post(final, {"password1": "kort", "password2": "kort"})
    assert weak.status_code == 200
    assert client.post(final, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert "Linket virker ikke længere" in Client().get(path, follow=True).content.decode()


def test_a_forgotten_password_says_the_same_to_everybody(world: World) -> None:
    known = give_password(world.seats["police.member"].person)
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email}).headers["Location"]
        for email in (known, "ingen@eksempel.dk")
    ]
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[known]]
