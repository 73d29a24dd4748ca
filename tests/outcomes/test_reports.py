"""A month's report: drawn from the form, filled in from the log, kept, sent, owed, and one unit's own."""

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from samsvar.demo.outreach import answered
from samsvar.instruments.schedule import Month
from samsvar.outcomes import services
from samsvar.outcomes.jobs import lay_reminders
from samsvar.outcomes.models import Report
from samsvar.outcomes.selectors import reports as selectors
from samsvar.outreach.models import Course
from samsvar.outreach.selectors import reported
from samsvar.outreach.services import OutreachError, move_phase
from samsvar.postgres.actor import Actor, acting
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.clients import sit
from tests.outreach.ground import begun, long_ago, tried
from tests.world import World

Acts = Callable[[], AbstractContextManager[Actor]]


def back(months: int) -> Month:
    """So many months ago."""
    return Month.of(timezone.localdate()).plus(-months)


@pytest.fixture
def course(worker: Acts, owner_connection: psycopg.Connection) -> Course:
    """A course that began two months before this one: last month asks nothing but the month."""
    with worker() as actor:
        found = begun(actor)
    long_ago(owner_connection, found, back(2).day(3))
    return found


def logged(owner: psycopg.Connection, course: Course, day: date, **more: object) -> None:
    """Let the newest attempt have been another day."""
    owner.execute(
        'update outreach_attempt set "on" = %s where id = (select id from outreach_attempt order by at desc limit 1)',
        [f"{day} 10:00+01"],
    )
    owner.commit()


def page_address(course: Course, month: Month) -> str:
    """The page of one month's report."""
    return f"/indberetning/{course.pk}/{month.year}/{month.number}/"


ANSWERS = {"q26_minutes": 90, "q26_calls": 0, "q26_meetings": 1, "q26_futile": 0, "q27": [1], "q28": 8, "q29": 3}
PARTNERS = {"q30_minutes": 0, "q30_calls": 0, "q31": [0]}
SHOWN = "q26 q27 q28 q29 q30 q31"


@pytest.mark.req("R-004-38", "R-004-39", "R-004-72", "R-004-74")
def test_a_normal_month_is_filled_in_from_the_log_but_for_two_questions(
    world: World, worker: Acts, course: Course, owner_connection: psycopg.Connection
) -> None:
    with worker() as actor:
        tried(actor, course, 1, 8, minutes=90)
    logged(owner_connection, course, back(1).day(7))
    browser = sit(world, "social.frontline")
    page = browser.get(page_address(course, back(1))).content.decode()
    assert "7 af 10 svar er fyldt ud fra loggen." in page
    assert "2 spørgsmål mangler." in page
    assert 'name="q20_1"' not in page, "the wave's questions come every fourth month"
    # What the log says is a line each, in words, its fields folded inside; the first that is missing is a tap away.
    assert page.count('class="report-fold"') == 4
    assert "Minutter: <strong>90</strong>" in page
    assert "<strong>Banke på</strong>" in page
    assert 'href="#sp-30"' in page
    changed = browser.post(
        page_address(course, back(1)), {**ANSWERS, "q28": 7, "shown": SHOWN}, headers={"hx-request": "true"}
    ).content.decode()
    assert changed.count('class="report-fold"') == 2, "what somebody has put right stands open"
    typed = {**ANSWERS, **PARTNERS, "shown": SHOWN, "send": "1"}
    assert browser.post(page_address(course, back(1)), typed).status_code == 302
    with worker() as actor:
        row = Report.objects.get(course=course)
        assert (row.answers["q28"], row.answers["q31"], row.form) == (8, [0], "isbryder 2008.1")
        assert (row.sent_by_id, row.filled, row.asked, row.wave) == (actor.person_id, 6, 10, None), (
            "the worker moved the phase"
        )
        assert Course.objects.get(pk=course.pk).phase == 3, "the course is where its newest month is"
        assert [one.month for one in reported.owed_by(actor, row.course)] == [back(2)]


@pytest.mark.req("R-004-75", "R-004-78", "R-004-81")
def test_what_is_asked_next_hangs_on_what_was_answered_and_a_draft_is_kept(
    world: World, worker: Acts, course: Course
) -> None:
    browser = sit(world, "social.frontline")
    address = page_address(course, back(2))
    page = browser.get(address).content.decode()
    assert 'name="q6"' in page
    assert 'name="q8"' not in page, "the way ends at the first open question on which others hang"
    typed = {"q3": 1, "q4": 3, "q5": 1, "q6": 3, "shown": "q3 q4 q5 q6"}
    drawn = browser.post(address, typed, headers={"hx-request": "true"}).content.decode()
    assert 'name="q8"' in drawn
    assert 'name="q7"' not in drawn, "whoever lives in the street lives with nobody"
    assert "<html" not in drawn
    assert not _reports(worker, course), "nothing is kept before somebody says so"
    assert browser.post(address, {**typed, "keep": "1"}).status_code == 302
    page = browser.get(address).content.decode()
    assert 'name="q9"' in page
    # Sending what is not whole keeps it, and says that there is more.
    answer = browser.post(address, {**typed, "q8": 1, "q9": 1, "shown": "q3 q4 q5 q6 q8 q9", "send": "1"}, follow=True)
    assert "Der er flere spørgsmål nedenfor." in answer.content.decode()
    assert not _reports(worker, course)[0].is_sent
    assert _reports(worker, course)[0].answers == {"q3": 1, "q4": 3, "q5": 1, "q6": 3, "q8": 1, "q9": 1}


def _reports(worker: Acts, course: Course) -> list[Report]:
    with worker():
        return list(Report.objects.filter(course=course))


@pytest.mark.req("R-004-83")
def test_zero_is_an_answer_and_nothing_is_not(world: World, worker: Acts, course: Course) -> None:
    browser = sit(world, "social.frontline")
    address = page_address(course, back(1))
    wrong = browser.post(address, {**ANSWERS, "q26_minutes": "", "shown": SHOWN, "send": "1"})
    assert wrong.status_code == 400
    page = wrong.content.decode()
    assert "Mangler svar." in page
    assert 'value="8"' in page
    assert (
        browser.post(address, {**ANSWERS, **PARTNERS, "q26_minutes": "x", "shown": SHOWN, "send": "1"}).status_code
        == 400
    )
    assert (
        browser.post(address, {**ANSWERS, **PARTNERS, "q26_minutes": 0, "shown": SHOWN, "send": "1"}).status_code == 302
    )
    assert _reports(worker, course)[0].answers["q26_minutes"] == 0


def test_a_report_is_taken_back_within_a_week_and_not_after(
    worker: Acts, course: Course, owner_connection: psycopg.Connection
) -> None:
    answers = {**ANSWERS, "q27": (1,), **PARTNERS, "q31": (0,)}
    with worker() as actor:
        row = services.send(actor, course, back(1), answers)
        with pytest.raises(services.ReportError):
            services.save_draft(actor, course, back(1), answers)
        row = services.take_back(actor, row)
        assert not row.is_sent
        services.send(actor, course, back(1), answers)
    owner_connection.execute("update outcomes_report set sent_at = now() - interval '8 days'")
    owner_connection.commit()
    with worker() as actor:
        with pytest.raises(services.ReportError):
            services.take_back(actor, Report.objects.get(course=course))
        assert Report.objects.filter(course=course).update(sent_at=None, sent_by=None) == 0


WHOLE = {**ANSWERS, "q27": (1,), **PARTNERS, "q31": (0,)}


def test_a_month_is_sent_once_it_is_over(worker: Acts, course: Course) -> None:
    with worker() as actor:
        with pytest.raises(services.ReportError, match="ikke gået"):
            services.send(actor, course, back(0), WHOLE)
        services.save_draft(actor, course, back(0), WHOLE)


@pytest.mark.req("R-004-39", "R-004-41")
def test_the_newest_month_says_where_the_course_is_and_an_old_one_told_late_does_not(
    worker: Acts, course: Course, owner_connection: psycopg.Connection
) -> None:
    long_ago(owner_connection, course, back(3).day(3))
    with worker() as actor:
        course.refresh_from_db()
        services.send(actor, course, back(1), WHOLE | {"q29": 3})
        course.refresh_from_db()
        assert (course.phase, course.phase_since) == (3, timezone.localdate())
        services.send(actor, course, back(2), WHOLE | {"q29": 1})
        course.refresh_from_db()
        assert course.phase == 3
        assert [(one.rung, one.phase) for one in reported.told_months(actor, course)] == [(8, 3), (8, 1)]
        # What was wrong is put right in one place, and the course with it.
        services.take_back(actor, Report.objects.get(course=course, month=back(1).first))
        assert [one.month for one in reported.owed_by(actor, course)] == [back(3), back(1)]
        services.send(actor, course, back(1), WHOLE | {"q29": 2})
        course.refresh_from_db()
        assert course.phase == 2
        # Whoever moved it since knows better.
        move_phase(actor, course, 4)
        services.take_back(actor, Report.objects.get(course=course, month=back(1).first))
        services.send(actor, course, back(1), WHOLE | {"q29": 3})
        course.refresh_from_db()
        assert course.phase == 4


def test_a_phase_that_was_reached_after_the_month_is_not_proposed_for_it(
    worker: Acts, course: Course, owner_connection: psycopg.Connection
) -> None:
    long_ago(owner_connection, course, back(3).day(3))
    with worker() as actor:
        course.refresh_from_db()
        services.send(actor, course, back(2), WHOLE | {"q29": 2})
        move_phase(actor, Course.objects.get(pk=course.pk), 4)
        page = selectors.find_page(actor, Course.objects.get(pk=course.pk), back(1))
        assert page is not None
        assert page.log["q29"] == 2


def test_the_board_a_course_and_the_reports_name_the_same_months(world: World, worker: Acts, course: Course) -> None:
    browser = sit(world, "social.frontline")

    def counts() -> tuple[int, int, int]:
        board = browser.get("/opsoegende/").content.decode()
        page = browser.get(f"/opsoegende/{course.pk}/").content.decode()
        listed = browser.get("/indberetning/").content.decode()
        return int(board.partition("Indberetning (")[2][0]), page.count(">Indberet "), listed.count("Fuglemanden")

    assert counts() == (2, 2, 2)
    with worker() as actor:
        services.send(actor, course, back(1), WHOLE)
    assert counts() == (1, 1, 1)


@pytest.mark.parametrize(
    ("change", "goes"),
    [
        ("answers = '{}'", False),
        ("target = 1", False),
        ("sent_at = sent_at - interval '40 days'", False),
        ("sent_at = null, sent_by_id = null", True),
    ],
)
def test_what_is_in_changes_by_being_taken_back_alone(
    worker: Acts, course: Course, owner_connection: psycopg.Connection, change: str, goes: bool
) -> None:
    with worker() as actor:
        services.send(actor, course, back(1), WHOLE)
    owner_connection.execute("update outcomes_report set sent_at = now() - interval '1 hour'")
    owner_connection.commit()
    refused = contextlib.nullcontext() if goes else pytest.raises(DatabaseError, match=r"row-level security|done now")
    with worker(), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update outcomes_report set {change}")
        assert cursor.rowcount == 1


def test_another_unit_finds_nothing(world: World, worker: Acts, course: Course, elsewhere: UUID) -> None:
    with worker() as actor:
        services.save_draft(actor, course, back(1), ANSWERS | {"q27": (1,)})
    for seat in ("social.member", "psychiatry.frontline", "police.member"):
        browser = sit(world, seat)
        assert browser.get(page_address(course, back(1))).status_code == 404
        assert browser.get(f"/indberetning/{course.pk}/").status_code == 404
        with acting(world.seats[seat].token) as actor:
            assert not Report.objects.exists()
            with pytest.raises(OutreachError):
                services.save_draft(actor, course, back(1), {})


@pytest.mark.req("R-004-85")
def test_the_end_is_asked_with_the_logs_totals(
    worker: Acts, course: Course, owner_connection: psycopg.Connection
) -> None:
    with worker() as actor:
        tried(actor, course)
        tried(actor, course, 2)
        tried(actor, course, 1, 8)
        tried(actor, course)
    owner_connection.execute(
        'update outreach_course set ended_on = today(), end_reason = 4, results = \'{"q42": [3], "q45": [1]}\''
    )
    owner_connection.commit()
    with worker() as actor:
        page = selectors.find_page(actor, Course.objects.get(pk=course.pk), back(0))
        assert page is not None
        wanted = {"q40": timezone.localdate(), "q41": 4, "q42": (3,), "q45": (1,), "q47": 1, "q48": 1}
        assert {key: page.log[key] for key in wanted} == wanted
        assert [page.log[key] for key in ("q49", "q50", "q51")] == [2, 1, 1]


@pytest.mark.req("R-004-73")
def test_a_reminder_comes_before_the_fifteenth_and_goes_when_it_is_in(
    world: World, worker: Acts, course: Course, owner_connection: psycopg.Connection
) -> None:
    long_ago(owner_connection, course, back(1).day(20))
    this = back(0)
    assert lay_reminders(this.day(9)) == 0
    assert lay_reminders(this.day(10)) == 1
    assert lay_reminders(this.day(15)) == 0, "once is enough"
    with worker() as actor:
        task = open_tasks(actor).get(kind=TaskKind.REPORT)
        assert (task.subject_id, task.due_on) == (course.pk, this.day(15))
    with acting(world.seats["social.screener"].token) as actor:
        assert not open_tasks(actor).filter(kind=TaskKind.REPORT).exists(), "it is the worker's own"
    lay_reminders(this.day(20))
    with worker() as actor:
        assert open_tasks(actor).filter(kind=TaskKind.REPORT).count() == 1


@pytest.mark.req("R-004-73")
def test_the_leader_is_told_once_of_what_the_team_is_late_with_and_no_more_when_it_is_in(
    world: World, worker: Acts, course: Course, owner_connection: psycopg.Connection
) -> None:
    long_ago(owner_connection, course, back(1).day(20))
    this = back(0)

    def told(seat: str) -> list[str]:
        with acting(world.seats[seat].token) as actor:
            return sorted(open_tasks(actor).values_list("kind", flat=True))

    lay_reminders(this.day(15))
    assert told("social.member") == [], "the fifteenth is in time"
    assert lay_reminders(this.day(16)) == 2, "the unit has two who lead it"
    assert lay_reminders(this.day(17)) == 0
    assert (told("social.member"), told("social.frontline")) == (["late_reports"], ["report"])
    desk = sit(world, "social.member").get("/").content.decode()
    assert "For sene indberetninger, SKP-teamet" in desk
    assert 'href="/indberetning/"' in desk
    assert "Fuglemanden" not in desk
    owner_connection.execute("update outcomes_report set sent_at = now()")
    long_ago(owner_connection, course, this.day(1))
    lay_reminders(this.day(17))
    assert told("social.member") == [], "nothing is late any more"
    long_ago(owner_connection, course, back(1).day(20))
    assert lay_reminders(this.day(17)) == 2
    with worker() as actor:
        found = Course.objects.get(pk=course.pk)
        page = selectors.find_page(actor, found, back(1))
        assert page is not None
        services.send(actor, found, back(1), answered(page, {}))
    assert (told("social.member"), told("social.frontline")) == ([], [])


def test_the_leader_sees_what_is_late_of_all_and_a_worker_the_own(
    world: World, course: Course, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute("update outreach_course set worker_id = %s", [world.seats["social.screener"].person])
    owner_connection.commit()
    said = sit(world, "social.member").get("/indberetning/").content.decode()
    assert "Fuglemanden" in said
    assert "For sent" in said
    assert "Fuglemanden" in sit(world, "social.screener").get("/indberetning/").content.decode()
    assert "Fuglemanden" not in sit(world, "social.frontline").get("/indberetning/").content.decode()


def test_the_same_questions_come_on_paper(world: World, course: Course) -> None:
    answer = sit(world, "social.frontline").get(page_address(course, back(2)) + "papir/")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert "fuglemanden" not in answer["Content-Disposition"].lower()
