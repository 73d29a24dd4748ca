"""A phone without network: what it is given, what it may send, and how it is removed from the desk."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samsvar.accounts import sessions
from samsvar.outreach import services
from samsvar.outreach.models import Attempt, Course, Phone
from samsvar.outreach.services import About, OutreachError
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.outreach.ground import BIRD, begun
from tests.outreach.test_wall import STRANGERS, WALL, _got
from tests.world import World

SYNC = reverse("outreach:pocket_sync")
SKP, COLLEAGUE = "social.frontline", "social.screener"


@pytest.fixture
def course(world: World, team: UUID, elsewhere: UUID) -> Course:
    """A course of the worker's own, with all that a phone must never hold."""
    with acting(world.seats[SKP].token) as actor:
        found = begun(actor, door="Prøvevænget 7")
        services.lift_anonymity(actor, found, "Sejr Prøvesen", "Sagde det i døren")
        services.keep_in_mind(actor, found, About(way="Kun kort", meaning="Andres uro", angle="Bruseren"))
    return found


def visit(course: Course, **more: Any) -> dict[str, Any]:
    """A visit as a phone wrote it down ten minutes ago."""
    on = (timezone.now() - timedelta(minutes=10)).isoformat()
    return {"course": str(course.pk), "sent": str(uuid4()), "on": on, "method": 1, "rung": 3, **more}


def sends(client: Client, *visits: dict[str, Any], phone: str | UUID | None = None) -> dict[str, Any]:
    """What a phone is answered."""
    body = {"phone": str(phone) if phone else None, "visits": list(visits)}
    answer = client.post(SYNC, json.dumps(body), content_type="application/json")
    assert answer.status_code in {200, 403}, answer.content
    return answer.json()


def is_gone(client: Client, phone: str | UUID) -> bool:
    """What a phone that names itself hears."""
    return client.get(SYNC, {"telefon": str(phone)}).json()["gone"]


def written(world: World, seat: str = SKP) -> list[Attempt]:
    """The unit's log."""
    with acting(world.seats[seat].token):
        return list(Attempt.objects.order_by("on"))


@pytest.mark.req("R-004-62")
def test_a_phone_is_given_own_pseudonyms_and_numbers_and_nothing_else(world: World, course: Course) -> None:
    with acting(world.seats[COLLEAGUE].token) as actor:
        begun(actor, "Hende med cyklen")
    given = sends(sit(world, SKP))
    assert set(given) == {"who", "phone", "courses", "team", "answers"}
    assert given["courses"] == [{"id": str(course.pk), "name": BIRD, "number": course.number, "two": False}]
    assert given["team"] == []
    words = json.dumps(given, ensure_ascii=False)
    for secret in ("Sejr", "Prøvesen", "Prøvevænget", "døren", "kort", "uro", "Bruseren", "cyklen"):
        assert secret not in words
    with acting(world.seats[SKP].token):
        assert str(Phone.objects.get().pk) == given["phone"]


def test_sent_twice_it_is_one_visit_at_the_moment_it_was_made(
    world: World, course: Course, owner_connection: psycopg.Connection
) -> None:
    client, made = sit(world, SKP), visit(course)
    phone = sends(client)["phone"]
    for _time in range(2):
        assert sends(client, made, made, phone=phone)["answers"] == ["", ""]
    [row] = written(world)
    assert (row.on.isoformat(), row.method, row.rung) == (made["on"], 1, 3)
    shown = owner_connection.execute(
        "select count(*) from audit_logrow where act = 'look' and subject_kind = 'courses' and detail->>'phone' = %s",
        [phone],
    ).fetchone()
    assert shown == (3,)


@pytest.mark.parametrize("seat", ["social.member", "psychiatry.frontline"])
def test_a_phone_of_another_unit_or_authority_writes_nothing_and_is_given_nothing(
    world: World, course: Course, seat: str
) -> None:
    client = sit(world, seat)
    given = sends(client, visit(course))
    assert given["courses"] == []
    assert given["answers"] == ["Forløbet er ikke jeres mere."]
    strange = sends(client, {**visit(course), "course": str(uuid4())})
    assert strange["answers"] == given["answers"]
    assert written(world) == []


def test_somebody_in_no_unit_has_no_phone_page_and_no_phone(world: World, course: Course) -> None:
    client = sit(world, "police.member")
    assert client.get(reverse("outreach:pocket")).status_code == 404
    assert set(sends(client)) == {"said"}
    assert client.get(SYNC).json()["works"] is False


def test_a_removed_phone_is_emptied_and_sends_nothing_even_when_its_login_has_lapsed(
    world: World, course: Course
) -> None:
    client = sit(world, SKP)
    phone = sends(client)["phone"]
    assert is_gone(client, phone) is False
    assert is_gone(Client(), phone) is False
    answer = sit(world, COLLEAGUE).post(reverse("outreach:phone_revoke", args=[phone]), follow=True)
    assert b"Telefonen er fjernet." in answer.content
    assert is_gone(client, phone) is True
    assert is_gone(Client(), phone) is True
    assert sends(client, visit(course), phone=phone) == {"gone": True}
    assert written(world) == []
    # As for a key that is nobody's, and for a colleague's.
    assert sends(client, visit(course), phone=uuid4()) == {"gone": True}
    assert Client().get(SYNC, {"telefon": str(uuid4())}).content == Client().get(SYNC, {"telefon": phone}).content
    other = sends(sit(world, COLLEAGUE))["phone"]
    assert sends(client, visit(course), phone=other) == {"gone": True}
    assert written(world) == []


def test_a_phone_is_removed_once_and_by_the_unit_alone(
    world: World, course: Course, owner_connection: psycopg.Connection
) -> None:
    with acting(world.seats[SKP].token) as actor:
        phone = services.register_phone(actor)
    for seat in STRANGERS:
        stranger = sit(world, seat)
        assert stranger.post(reverse("outreach:phone_revoke", args=[phone.pk])).status_code == 404
        refused = owner_connection.execute(
            "select detail from audit_logrow where act = 'refuse' and subject_id = %s and person_id = %s",
            [phone.pk, world.seats[seat].person],
        ).fetchall()
        owner_connection.rollback()
        assert refused == [({"reason": "not_in_reach"},)]
        assert str(phone.pk).encode() not in stranger.get(reverse("outreach:phones")).content
        with acting(world.seats[seat].token) as actor, pytest.raises(OutreachError):
            services.revoke_phone(actor, phone)
    with acting(world.seats[COLLEAGUE].token) as actor:
        # A colleague removes it, but cannot say that it has been in contact, nor remove it in another's name.
        assert _got("update outreach_phone set synced_at = now()") in (0, WALL)
        name = world.seats[SKP].person
        assert _got("update outreach_phone set revoked_at = now(), revoked_by_id = %s", [name]) in (0, WALL)
        assert _got("delete from outreach_phone") in (0, WALL)
        with pytest.raises(OutreachError):
            services.contact(actor, phone)
        services.revoke_phone(actor, phone)
        with pytest.raises(OutreachError, match="allerede fjernet"):
            services.revoke_phone(actor, phone)
    with acting(world.seats[SKP].token) as actor:
        with pytest.raises(OutreachError):
            services.contact(actor, phone)
        assert _got("update outreach_phone set revoked_at = null, revoked_by_id = null") in (0, WALL)
        assert _got("delete from outreach_phone") in (0, WALL)


def test_a_phone_that_nobody_has_used_for_a_month_leaves_the_list_with_the_next(
    world: World, course: Course, owner_connection: psycopg.Connection
) -> None:
    with acting(world.seats[SKP].token) as actor:
        old = services.register_phone(actor)
    owner_connection.execute("update outreach_phone set synced_at = now() - interval '31 days'")
    owner_connection.commit()
    with acting(world.seats[SKP].token) as actor:
        new = services.register_phone(actor)
        assert list(Phone.objects.values_list("pk", flat=True)) == [new.pk]
    assert is_gone(Client(), old.pk) is True


def test_what_cannot_be_taken_is_said_and_the_rest_is_written(world: World, course: Course) -> None:
    with acting(world.seats[SKP].token) as actor:
        over = begun(actor, "Hende med cyklen")
        nobody_alone = begun(actor, "Manden med hunden", not_alone="Slog ud")
    client = sit(world, SKP)
    given = sends(client)
    assert [one["name"] for one in given["courses"] if one["two"]] == ["Manden med hunden"]
    [(colleague, initials)] = [
        (one["id"], one["name"]) for one in given["team"] if one["id"] == str(world.seats[COLLEAGUE].person)
    ]
    assert len(initials) <= 4
    with acting(world.seats[SKP].token) as actor:
        services.end_course(actor, over, services.Ended(2))
    answers = sends(
        client,
        visit(over),
        visit(course),
        visit(nobody_alone),
        visit(nobody_alone, partner=colleague),
        visit(nobody_alone, alone=True),
        visit(course, on="2020-01-01T00:00:00Z"),
        visit(course, method=9),
        phone=given["phone"],
    )["answers"]
    assert "Forløbet er slut" in answers[0]
    assert "Her går ingen alene" in answers[2]
    assert answers[5] == "Tidspunktet kan ikke passe."
    assert answers[6] == "Det kan ikke læses."
    assert [answers[at] for at in (1, 3, 4)] == ["", "", ""]
    assert {(row.course_id, row.partner_id) for row in written(world)} == {
        (course.pk, None),
        (nobody_alone.pk, world.seats[COLLEAGUE].person),
        (nobody_alone.pk, None),
    }


@pytest.mark.parametrize(
    "body",
    [
        *(
            b"",
            b"\xff",
            b"[]",
            b"{}",
            b"[" * 9000,
            b'{"visits": {}}',
            b'{"visits": [1]}',
            b'{"phone": 7, "visits": []}',
        ),
        b'{"phone": "x", "visits": []}',
        json.dumps({"phone": None, "visits": [{}] * 301}).encode(),
    ],
)
def test_what_no_phone_sends_is_refused_without_harm(world: World, course: Course, body: bytes) -> None:
    client = sit(world, SKP)
    assert client.post(SYNC, body, content_type="application/json").status_code == 400
    odd = [
        {"course": {"a": []}, "on": "9999-12-31T23:59:59+14:00"},
        visit(course, on="0001-01-01T00:00:00-14:00"),
        visit(course, sent="\x00", rung="\ud800"),
    ]
    assert all(sends(client, *odd)["answers"])
    assert written(world) == []


STRANGE: tuple[Any, ...] = (5, True, -1, 1.5, 10**400, [], [1], {"a": [{"b": None}]}, "x", "\x00")


@pytest.mark.parametrize("field", ["course", "sent", "on", "method", "rung", "partner", "alone"])
def test_a_value_of_another_type_is_refused_and_the_visits_beside_it_are_written(
    world: World, course: Course, field: str
) -> None:
    fine = {"method": 5, "rung": 5, "alone": True}
    odd = [visit(course) | {field: value} for value in STRANGE if value is not fine.get(field)]
    if field not in {"rung", "partner", "alone"}:
        odd.append(visit(course) | {field: None})
    first, last = visit(course), visit(course, rung=None, partner=None, alone=False, number=course.number)
    answers = sends(sit(world, SKP), first, *odd, last)["answers"]
    assert (answers[0], answers[-1]) == ("", "")
    assert all(answers[1:-1]), answers
    assert {str(row.sent) for row in written(world)} == {first["sent"], last["sent"]}


def test_sending_needs_the_forms_own_token_and_an_open_session(world: World, course: Course) -> None:
    client = sit(world, SKP)
    client.handler.enforce_csrf_checks = True
    body = json.dumps({"phone": None, "visits": [visit(course)]})
    send: Callable[..., Any] = lambda **more: client.post(SYNC, body, content_type="application/json", **more)  # noqa: E731
    assert send().status_code == 403
    token = client.get(SYNC).json()["X-CSRFToken"]
    assert send(headers={"X-CSRFToken": token}).status_code == 200
    assert Client().post(SYNC, body, content_type="application/json").status_code == 403
    assert Client().get(SYNC).json() == {"gone": False, "who": None}
    assert len(written(world)) == 1


def test_what_the_page_asks_by_its_clock_puts_no_lock_off(world: World, course: Course) -> None:
    client, by_itself = sit(world, SKP), {"X-By-Itself": "1"}
    phone = sends(client)["phone"]

    def idle_for(seconds: int) -> int:
        session = client.session
        session[sessions.SEEN] = seen = int(time.time()) - seconds
        session.save()
        return seen

    seen = idle_for(300)
    assert client.get(SYNC, headers=by_itself).json()["who"]
    body = json.dumps({"phone": phone, "visits": [visit(course)]})
    assert client.post(SYNC, body, content_type="application/json", headers=by_itself).json()["answers"] == [""]
    assert client.session[sessions.SEEN] == seen
    # What the person does counts, and elsewhere the header says nothing.
    client.get(SYNC)
    assert client.session[sessions.SEEN] > seen
    seen = idle_for(300)
    client.get(reverse("outreach:home"), headers=by_itself)
    assert client.session[sessions.SEEN] > seen
    idle_for(settings.SESSION_IDLE_SECONDS + 5)
    assert client.get(SYNC, headers=by_itself).json()["who"] is None
    assert sessions.LOCKED in client.session


def test_the_kept_page_holds_nobody_and_its_worker_answers_for_that_page_alone(world: World, course: Course) -> None:
    page = reverse("outreach:pocket")
    mine, theirs = sit(world, SKP), sit(world, COLLEAGUE)
    shell = mine.get(page).content
    assert shell == theirs.get(page).content
    assert b"<title>Noter</title>" in shell
    for secret in (BIRD.encode(), b"csrf", b"Samsvar", str(course.pk).encode()):
        assert secret not in shell
    answer = mine.get(reverse("outreach:pocket_worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    told = json.loads(answer.content.decode().split("const TOLD = ", 1)[1].split(";\n", 1)[0])
    assert told["page"] == page
    assert reverse("outreach:pocket_worker").startswith(page)
    assert [name.rpartition("/")[2].partition(".")[0] for name in told["files"]] == ["outreach", "pocket", "pocket"]
    english = sit(world, SKP, "en").get(reverse("outreach:pocket_worker")).content
    assert english != answer.content
    manifest = json.loads(mine.get(reverse("outreach:pocket_manifest")).content)
    assert (manifest["name"], manifest["short_name"], manifest["scope"]) == ("Noter", "Noter", page)
    # Nothing of it lies above the page itself.
    for name in ("home", "phones"):
        assert not reverse(f"outreach:{name}").startswith(page)


def test_the_desk_shows_each_phone_of_the_unit_with_its_last_contact(world: World, course: Course) -> None:
    client = sit(world, SKP)
    client.post(
        SYNC,
        json.dumps({"phone": None, "visits": []}),
        content_type="application/json",
        headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"},
    )
    body = sit(world, COLLEAGUE).get(reverse("outreach:phones")).content.decode()
    assert "iPhone" in body
    assert "sidst i kontakt" in body
    with connection.cursor() as cursor:
        cursor.execute("select outreach_phone_gone(%s)", [uuid4()])
        assert cursor.fetchone() == (True,)
