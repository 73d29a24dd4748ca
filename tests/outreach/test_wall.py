"""Outreach is one unit's: what strangers, of the same authority or of another, try with the program's own role."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from samsvar.outreach import services
from samsvar.outreach.models import Course
from samsvar.outreach.services import Asked, Judged, Looked, OutreachError, Peace, Said
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.outreach.ground import BIRD, begun, tried
from tests.world import World

TABLES = (
    *("course", "attempt", "research", "protection", "proposal", "handover", "search", "inquiry", "assessment"),
    "phone",
)
STRANGERS = ("social.member", "social.admin", "social.dpo", "police.member", "psychiatry.frontline", "outside.member")


@pytest.fixture
def course(world: World, team: UUID, elsewhere: UUID) -> Course:
    """A course with a row of every kind."""
    with acting(world.seats["social.frontline"].token) as actor:
        search = services.look_for_some(actor, Looked("area", "Vænget"))
        inquiry = services.receive(actor, Said(13, "Han råber om natten", "Nabo"), search)
        course = services.start_course(actor, services.Begun(BIRD), inquiry, "taken")
        tried(actor, course, rung=3, note="Svarede gennem sprækken")
        services.protect(actor, course, Peace(["benefit"], "Ydelsesservice", "Lis", "Samtykke"))
        services.propose(actor, course, "Rengøring", "green")
        services.hand_over(actor, course, "Bostøtten", "Lis", "Vil selv", timezone.localdate() + timedelta(days=9))
        services.ask_about_study(actor, course, Asked("Gadeplan 2026", "yes", timezone.localdate(), "Skabet"))
        services.register_phone(actor, "iphone")
        services.assess(
            actor,
            course,
            Judged("joint", "yes", "yes", "yes", "yes", True, "Alene", 2, conditions_note="Intet vand"),
        )
    return course


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from outreach_{table}")
        return cursor.fetchone()[0]


@pytest.mark.req("R-004-147")
@pytest.mark.parametrize("seat", STRANGERS)
def test_nobody_outside_the_unit_reads_a_row_of_any_kind(world: World, course: Course, seat: str) -> None:
    with acting(world.seats[seat].token):
        assert {table: _count(table) for table in TABLES} == dict.fromkeys(TABLES, 0)


@pytest.mark.parametrize("seat", ["social.frontline", "social.screener"])
def test_two_workers_read_one_log(world: World, course: Course, seat: str) -> None:
    with acting(world.seats[seat].token):
        assert all(_count(table) == 1 for table in TABLES)


WALL, CHECK = "42501", "23514"
INSERT = (
    'insert into outreach_attempt (id, partnership_id, authority_id, unit_id, by_id, at, course_id, "on", method, note,'
    " card_left, same_run, sent) values (%s, %s, %s, %s, %s, now(), %s, now(), 1, '', false, false, %s)"
)


def _got(statement: str, values: Sequence[object] = ()) -> int | str:
    """How many rows a statement reached, or what refused it: the wall or a check. Another error is none of these."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, list(values))
            return cursor.rowcount
    except DatabaseError as error:
        state = getattr(error.__cause__, "sqlstate", "")
        if state not in {WALL, CHECK}:
            raise
        return state


def _new(world: World, course: Course, person: UUID, unit: UUID, authority: UUID) -> list[object]:
    return [uuid4(), world.partnership, authority, unit, person, course.pk, uuid4()]


@pytest.mark.parametrize("seat", STRANGERS)
def test_nobody_outside_the_unit_changes_or_adds_one(world: World, course: Course, seat: str) -> None:
    stranger = world.seats[seat]
    with acting(stranger.token):
        assert _got("update outreach_course set angle = 'x'") == 0
        assert _got("update outreach_protection set ended_on = today()") == 0
        assert _got("delete from outreach_attempt") == 0
        for authority in (stranger.authority, course.authority_id):
            assert _got(INSERT, _new(world, course, stranger.person, course.unit_id, authority)) == WALL


def test_what_strangers_tried_the_team_itself_can_do(world: World, course: Course) -> None:
    """Or else the refusals above would prove nothing."""
    inside = world.seats["social.frontline"]
    with acting(inside.token):
        assert _got("update outreach_course set angle = 'x'") == 1
        assert _got(INSERT, _new(world, course, inside.person, course.unit_id, course.authority_id)) == 1
        assert _got("delete from outreach_attempt") == 2
        assert _got("update outreach_protection set ended_on = today()") == 1


def test_whoever_is_inside_cannot_move_a_row_to_another_unit_or_name(
    world: World, course: Course, elsewhere: UUID
) -> None:
    with acting(world.seats["social.frontline"].token):
        for column, value in (
            ("course set unit_id", elsewhere),
            ("course set number", "KF-000000"),
            ("course set by_id", world.seats["social.screener"].person),
            ("course set started_on", "2020-01-01"),
            ("attempt set rung", 9),
            ("assessment set belongs", False),
            ("inquiry set raiser", "x"),
            ("research set given_on", "2020-01-01"),
        ):
            assert _got(f"update outreach_{column} = %s", [value]) == WALL, column


# What somebody of the team itself might date otherwise, and how far from today.
DATED = [
    ("update outreach_course set ended_on = today() - 40, end_reason = 2", WALL),
    ("update outreach_course set phase_since = today() - 40", WALL),
    ("update outreach_course set lifted_on = today() - 40, name = 'x'", WALL),
    ("update outreach_protection set ended_on = today() - 40", WALL),
    ("update outreach_proposal set done_on = today() - 40", WALL),
    ("update outreach_proposal set said_on = today() - 40", WALL),
    ("update outreach_handover set followed_on = today() - 40", WALL),
    ("update outreach_handover set told_on = today() + 40", WALL),
    ("update outreach_research set withdrawn_on = today() - 40", WALL),
    ("update outreach_course set ended_on = today(), end_reason = 2", 1),
    ("update outreach_course set phase = 2, phase_since = today()", 1),
    ("update outreach_proposal set done_on = today()", 1),
    ("update outreach_handover set followed_on = today(), told_on = today()", 1),
    ("update outreach_research set withdrawn_on = today()", 1),
]


@pytest.mark.parametrize(("statement", "got"), DATED)
def test_what_is_done_is_done_today_whoever_writes_it(
    world: World, course: Course, statement: str, got: int | str
) -> None:
    with acting(world.seats["social.frontline"].token):
        assert _got(statement) == got


@pytest.mark.parametrize(
    ("back", "got"),
    [("0 hours", 1), ("13 hours", 1), ("44 days", 1), ("46 days", WALL), ("-1 hours", WALL)],
)
def test_a_visit_is_written_late_but_not_next_year_and_never_ahead(
    world: World, course: Course, back: str, got: int | str
) -> None:
    inside = world.seats["social.frontline"]
    values = _new(world, course, inside.person, course.unit_id, course.authority_id)
    late = INSERT.replace("now(), 1, ''", f"now() - interval '{back}', 1, ''")
    with acting(inside.token):
        assert _got(late, values) == got
        assert _got(late.replace("%s, now(), %s", "%s, now() - interval '1 day', %s"), values) == WALL


# Every day of a row that somebody tells of, and how it is told when the row is new.
TOLD_DAYS: dict[tuple[str, str], dict[str, object]] = {
    ("outreach_course", "started_on"): {"asked_on": None},
    ("outreach_course", "asked_on"): {},
    ("outreach_attempt", "next_on"): {},
    ("outreach_protection", "review_on"): {},
    ("outreach_handover", "told_on"): {},
    ("outreach_handover", "follow_up_on"): {},
    ("outreach_search", "on"): {},
    ("outreach_research", "given_on"): {},
    ("outreach_research", "valid_to"): {},
    ("outreach_inquiry", "received_on"): {
        **dict.fromkeys(("course_id", "followed_on", "followed_by_id")),
        **dict.fromkeys(("outcome", "did", "answered"), ""),
    },
    ("outcomes_report", "month"): {"form": "x", "answers": {}, "filled": 0, "asked": 0},
    ("outcomes_journal", "quarter"): {"form": "x", "answers": {}, "version": 1},
}


def _told(table: str, column: str, day: str) -> int | str:
    """What becomes of a row like the one there is, told of another day."""
    key = str(uuid4())
    new = {"id": key, "sent": key, "number": f"KF-{key[:6]}", "pseudonym": key, **TOLD_DAYS[table, column]}
    like = table if table.startswith("outreach") else "outreach_course"
    days = f"'{column}', {day}" + (f", 'phase_since', {day}" if column == "started_on" else "")
    return _got(
        f"insert into {table} select (jsonb_populate_record(null::{table}, jsonb_build_object('course_id', %s::text) "
        f"|| to_jsonb(t) || %s::jsonb || jsonb_build_object('at', now(), {days}))).* from {like} t limit 1",
        [str(Course.objects.values_list("pk", flat=True)[0]), json.dumps(new)],
    )


def test_a_day_that_no_form_takes_is_in_no_row(world: World, course: Course) -> None:
    """A job that counts months from one would never end, and no page can show one."""
    with acting(world.seats["social.frontline"].token):
        for table, column in TOLD_DAYS:
            for day in ("'-infinity'::date", "'infinity'::date"):
                assert _told(table, column, day) == WALL, (table, column, day)
        assert _got("update outreach_protection set review_on = 'infinity'") == WALL
        assert _got("update outreach_handover set told_on = '-infinity'") == WALL
        for day in ("(today() - interval '51 years')::date", "today() + 1"):
            assert _told("outreach_course", "started_on", day) == WALL
        assert _told("outreach_course", "started_on", "(today() - interval '49 years')::date") == 1
        # What is refused above stands where its day is one: a quarter begins on the first of one.
        for table, column in TOLD_DAYS:
            day = "date_trunc('quarter', today())::date" if column == "quarter" else "today()"
            assert _told(table, column, day) == 1, (table, column)


def test_a_course_of_another_century_is_a_slip_of_the_finger(world: World, worker: Callable[[], Any]) -> None:
    with worker() as actor, pytest.raises(OutreachError, match="årstallet"):
        begun(actor, started_on=timezone.localdate() - timedelta(days=366 * 50))


def test_an_attempt_is_taken_back_by_its_writer_within_the_hour_alone(
    world: World, course: Course, owner_connection: psycopg.Connection
) -> None:
    with acting(world.seats["social.screener"].token):
        assert _got("delete from outreach_attempt") == 0
    owner_connection.execute("update outreach_attempt set at = now() - interval '61 minutes'")
    owner_connection.commit()
    with acting(world.seats["social.frontline"].token):
        assert _got("delete from outreach_attempt") == 0
    owner_connection.execute("update outreach_attempt set at = now() - interval '59 minutes'")
    owner_connection.commit()
    with acting(world.seats["social.frontline"].token):
        assert _got("delete from outreach_attempt") == 1


@pytest.mark.req("R-004-62", "R-004-63")
def test_the_name_is_written_by_the_citizens_own_word_alone_and_can_go_again(world: World, course: Course) -> None:
    with acting(world.seats["social.frontline"].token) as actor:
        assert _got("update outreach_course set name = 'Prøve Prøvesen'") == CHECK
        with pytest.raises(OutreachError):
            services.lift_anonymity(actor, course, "Prøve Prøvesen", "")
        services.lift_anonymity(actor, course, "Prøve Prøvesen", "Sagde det ved døren og gav mig sit navn")
        course.refresh_from_db()
        assert (course.name, course.lifted_on) == ("Prøve Prøvesen", timezone.localdate())
        services.restore_anonymity(actor, course)
        course.refresh_from_db()
        assert (course.name, course.lifted_how, course.lifted_on) == ("", "", None)


def test_that_the_anonymity_was_lifted_stands_in_the_log(
    world: World, course: Course, owner_connection: psycopg.Connection
) -> None:
    with acting(world.seats["social.frontline"].token) as actor:
        services.lift_anonymity(actor, course, "Prøve Prøvesen", "Sagde det ved døren")
    rows = owner_connection.execute("select detail from audit_logrow where subject_id = %s", [course.pk]).fetchall()
    owner_connection.rollback()
    assert {"part": "anonymity_lifted"} in [row[0] for row in rows]
    assert "Prøvesen" not in str(rows)


@pytest.mark.parametrize("seat", ["social.member", "police.member", "psychiatry.frontline"])
def test_a_page_of_another_unit_is_as_if_there_were_none(world: World, course: Course, seat: str) -> None:
    stranger = sit(world, seat)
    for part in ("", "log/", "husk/", "fredet/", "slut/", "vurdering/joint/"):
        theirs = stranger.get(f"/opsoegende/{course.pk}/{part}")
        nobodys = stranger.get(f"/opsoegende/{uuid4()}/{part}")
        assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert BIRD not in stranger.get("/opsoegende/").content.decode()


def test_a_post_without_a_unit_begins_nothing_and_is_told_why(world: World, worker: Callable[[], Any]) -> None:
    with acting(world.seats["police.frontline"].token) as actor, pytest.raises(OutreachError, match="enhed"):
        begun(actor)
    assert "Du er ikke i en enhed" in sit(world, "police.frontline").get("/opsoegende/").content.decode()
