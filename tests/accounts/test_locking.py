"""Locking, lapsing and changing person on a shared machine: nobody acts, and no text is lost."""

import time
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from samsvar.accounts import sessions
from samsvar.accounts.kept import keep
from samsvar.accounts.models import KeptForm
from samsvar.audit.models import Act
from samsvar.postgres.actor import NotSignedIn, acting
from tests.accounts.helpers import PASSWORD, give_password, log_rows, seated
from tests.world import World

TEXT = "Han har sovet ude i frost i tre nætter."


def _rewind(client: Client, **seconds: int) -> None:
    session = client.session
    for key, ago in seconds.items():
        session[key] = int(time.time()) - ago
    session.save()


def test_a_locked_session_shows_nothing_and_can_do_nothing(world: World, owner_connection: psycopg.Connection) -> None:
    seat = world.seats["police.member"]
    client = seated(seat)
    assert client.post(reverse("accounts:lock")).headers["Location"].startswith(reverse("accounts:unlock"))
    for name in ("accounts:kept", "accounts:chairs", "mfa_index", "account_change_password"):
        assert client.get(reverse(name)).headers["Location"].startswith(reverse("accounts:unlock"))
    assert client.post(reverse("accounts:sit"), {"post": seat.post}).status_code == 302
    assert client.get(reverse("accounts:kept")).status_code == 302
    opened = owner_connection.execute(
        "select count(*) from accounts_actorsession where capacity_id = %s and ended_at is null and token_hash <> "
        "sha256(convert_to(%s, 'UTF8'))",
        [seat.post, seat.token],
    ).fetchone()
    assert opened == (0,)
    assert log_rows(owner_connection, seat.authority, Act.SIGN_OUT) == [{"how": "lock"}]


def test_one_click_opens_it_again_in_the_demonstration(world: World, owner_connection: psycopg.Connection) -> None:
    client = seated(world.seats["police.member"])
    client.post(reverse("accounts:lock"), {"next": "/mig/gemt/"})
    answer = client.post(reverse("accounts:unlock"), {"one_click": "1", "next": "/mig/gemt/"})
    assert answer.headers["Location"] == "/mig/gemt/"
    assert client.get("/mig/gemt/").status_code == 200


def test_outside_the_demonstration_it_takes_a_password(world: World) -> None:
    give_password(world.seats["police.member"].person)
    client = seated(world.seats["police.member"])
    with override_settings(DEMO=False):
        client.post(reverse("accounts:lock"))
        refused = client.post(reverse("accounts:unlock"), {"one_click": "1"})
        assert refused.status_code == 200
        wrong = client.post(reverse("accounts:unlock"), {"password": "forkert adgangskode"})
        assert "Adgangskoden passer ikke" in wrong.content.decode()
        assert client.post(reverse("accounts:unlock"), {"password": PASSWORD}).status_code == 302
        assert sessions.LOCKED not in client.session


def test_what_was_half_written_comes_back_to_the_same_person(world: World) -> None:
    client = seated(world.seats["police.member"])
    client.post(
        reverse("accounts:lock"),
        {"next": "/mig/gemt/", "draft_name": ["text", "choice"], "draft_value": [TEXT, "ja"]},
    )
    answer = client.post(reverse("accounts:unlock"), {"one_click": "1", "next": "/mig/gemt/"})
    path, _, draft = answer.headers["Location"].partition("#gemt-")
    assert path == "/mig/gemt/"
    fields = client.get(reverse("accounts:kept_fields", args=[draft])).json()["fields"]
    assert fields == [["text", TEXT], ["choice", "ja"]]
    assert client.post(reverse("accounts:kept_drop", args=[draft])).status_code == 302
    assert client.get(reverse("accounts:kept_fields", args=[draft])).status_code == 404


def test_an_idle_session_locks_itself(world: World) -> None:
    client = seated(world.seats["police.member"])
    _rewind(client, **{sessions.SEEN: settings.SESSION_IDLE_SECONDS + 5})
    assert client.get(reverse("accounts:kept")).headers["Location"].startswith(reverse("accounts:unlock"))


def test_a_form_sent_too_late_is_kept_and_offered_again(world: World, owner_connection: psycopg.Connection) -> None:
    seat = world.seats["police.member"]
    client = seated(seat)
    _rewind(client, **{sessions.BEGAN: settings.SESSION_MAX_SECONDS + 5})
    path = reverse("accounts:kept_drop", args=[uuid4()])
    late = client.post(path, {"text": TEXT, "csrfmiddlewaretoken": "x", "password": "hemmelig"})
    assert late.headers["Location"].startswith(reverse("account_login"))
    stored = owner_connection.execute("select cipher from accounts_keptform").fetchone()
    assert stored is not None
    assert TEXT.encode() not in bytes(stored[0])

    email = give_password(seat.person)
    answer = Client().post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert answer.headers["Location"] == reverse("accounts:kept")
    page = seated(seat).get(reverse("accounts:kept")).content.decode()
    assert TEXT in page
    assert f'action="{path}"' in page
    assert "hemmelig" not in page


def test_nobody_else_gets_it(world: World, owner_connection: psycopg.Connection) -> None:
    row_id = keep(world.seats["police.member"].person, "/rejs/", [("text", TEXT)], sent=True)
    for other in ("police.screener", "social.member", "police.admin"):
        client = seated(world.seats[other])
        assert TEXT not in client.get(reverse("accounts:kept")).content.decode()
        theirs = client.get(reverse("accounts:kept_fields", args=[row_id]))
        nobodys = client.get(reverse("accounts:kept_fields", args=[uuid4()]))
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.content == nobodys.content
        assert client.post(reverse("accounts:kept_drop", args=[row_id])).status_code == 404
    with acting(world.seats["police.member"].token):
        assert KeptForm.objects.count() == 1


def test_another_person_takes_the_machine_and_the_text_stays(world: World) -> None:
    seat = world.seats["police.member"]
    client = seated(seat)
    client.post(reverse("accounts:lock"), {"next": "/", "draft_name": ["text"], "draft_value": [TEXT]})
    client.post(reverse("accounts:switch"))
    assert client.get(reverse("accounts:kept")).headers["Location"].startswith(reverse("account_login"))
    client.post(reverse("accounts:demo_sit"), {"post": str(world.seats["social.member"].post)})
    assert TEXT not in client.get(reverse("accounts:kept")).content.decode()
    assert TEXT in seated(seat).get(reverse("accounts:kept")).content.decode()


def test_signing_out_ends_what_the_session_could_do(world: World, owner_connection: psycopg.Connection) -> None:
    seat = world.seats["police.member"]
    client = seated(seat)
    client.post(reverse("account_logout"))
    assert client.get(reverse("accounts:kept")).headers["Location"].startswith(reverse("account_login"))
    assert log_rows(owner_connection, seat.authority, Act.SIGN_OUT) == [{"how": "logout"}]


def test_a_token_of_an_ended_post_opens_nothing(world: World, owner_connection: psycopg.Connection) -> None:
    seat = world.seats["police.member"]
    owner_connection.execute("update partnerships_capacity set until = '2020-01-02' where id = %s", [seat.post])
    owner_connection.commit()
    with pytest.raises(NotSignedIn), acting(seat.token):
        pass
