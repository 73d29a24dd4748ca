"""Work that nobody does: reminders come once, tell nobody anything new, and stand in the log as the system's."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import psycopg
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from samsvar import cli
from samsvar.audit import anchors
from samsvar.audit import jobs as audit_jobs
from samsvar.cases import jobs as case_jobs
from samsvar.cases.models import Case
from samsvar.directory import jobs as directory_jobs
from samsvar.directory.services import confirm
from samsvar.meetings import jobs as meeting_jobs
from samsvar.outcomes import jobs as outcomes_jobs
from samsvar.outreach import jobs as outreach_jobs
from samsvar.partnerships import jobs as people_jobs
from samsvar.postgres.actor import acting
from samsvar.tasks.caretaking import NoCaretaker, caretaking
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from samsvar.web import jobs as mail_jobs
from tests.clients import sit
from tests.directory.places import written
from tests.meetings.test_meeting import plan_one, raise_one
from tests.world import World

WORKDAY = timezone.make_aware(datetime(2026, 11, 25, 9, 0))
SUNDAY = timezone.make_aware(datetime(2026, 11, 29, 9, 0))


def kinds(world: World, seat: str) -> list[str]:
    """What lies on a seat's table."""
    with acting(world.seats[seat].token) as actor:
        return sorted(open_tasks(actor).values_list("kind", flat=True))


def change(owner: psycopg.Connection, sql: str, *values: object) -> None:
    """Let time pass, as the owner."""
    owner.execute(sql, values)
    owner.commit()


def agree(owner: psycopg.Connection, case: Case, authority: object, due: date, who: object = None) -> None:
    """An agreement of an authority about a case."""
    change(
        owner,
        "insert into cases_action (id, partnership_id, case_id, group_id, authority_id, by_id, at,"
        " proposed_by_authority_id, what, who, who_capacity_id, due_on, if_it_slips, supports, state, result, no_shows,"
        " hands_over)"
        " select gen_random_uuid(), partnership_id, id, group_id, %s, raised_by_id, now(), %s, 'Ringe', '', %s, %s,"
        " 'Ringe igen', true, 'agreed', '', 0, false from cases_case where id = %s",
        authority,
        authority,
        who,
        due,
        case.pk,
    )


class TestReminders:
    """Nothing is forgotten, and nobody is nagged twice for one thing."""

    def test_a_next_step_whose_day_has_come_is_the_holders(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        raise_one(world)
        change(owner_connection, "update cases_case set next_on = today(), next_step = 'Ringe'")
        assert case_jobs.remind(0)["next_steps"] == 1
        assert TaskKind.FOLLOW_UP in kinds(world, "police.member")
        assert TaskKind.FOLLOW_UP not in kinds(world, "social.member")

    def test_a_day_that_lies_ahead_reminds_nobody(self, world: World, owner_connection: psycopg.Connection) -> None:
        raise_one(world)
        change(owner_connection, "update cases_case set next_on = today() + 1, next_step = 'Ringe'")
        assert not any(case_jobs.remind(0).values())

    def test_running_again_lays_nothing_again(self, world: World, owner_connection: psycopg.Connection) -> None:
        case = raise_one(world)
        change(
            owner_connection,
            "update cases_case set next_on = today(), next_step = 'Ringe',"
            " last_activity_at = now() - interval '90 days'",
        )
        agree(owner_connection, case, world.authorities["social"], date.today())
        first = case_jobs.remind(0)
        assert sum(first.values()) == 2
        assert not any(case_jobs.remind(0).values())
        # Done for this day is done, though the day stands on the case until there is a new one.
        change(owner_connection, "update tasks_task set done_at = now() where kind = 'follow_up'")
        assert not any(case_jobs.remind(0).values())

    def test_the_end_of_a_wait_is_told(self, world: World, owner_connection: psycopg.Connection) -> None:
        raise_one(world)
        change(owner_connection, "update cases_case set standing = 'wait_until', wait_until = today()")
        assert case_jobs.remind(0)["waits"] == 1

    def test_an_agreement_that_is_due_is_the_named_persons(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        case, seat = raise_one(world), world.seats["social.frontline"]
        agree(owner_connection, case, world.authorities["social"], date.today(), seat.post)
        assert case_jobs.remind(0)["actions"] == 1
        assert kinds(world, "social.frontline") == [TaskKind.DO_ACTION]
        assert TaskKind.DO_ACTION not in kinds(world, "social.member")

    def test_an_agreement_that_slips_is_the_holders_too(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        case = raise_one(world)
        agree(owner_connection, case, world.authorities["social"], date.today() - timedelta(days=1))
        assert case_jobs.remind(0)["slips"] == 1
        assert TaskKind.FOLLOW_UP in kinds(world, "police.member")

    @pytest.mark.req("R-000-89")
    def test_a_case_in_the_pile_reminds_its_holder_once(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        raise_one(world)
        change(owner_connection, "update cases_case set last_activity_at = now() - interval '31 days'")
        assert case_jobs.remind(0)["quiet"] == 1
        change(owner_connection, "update tasks_task set done_at = now() where kind = 'follow_up'")
        assert not any(case_jobs.remind(0).values())

    @pytest.mark.req("R-000-93")
    def test_a_quiet_case_with_nothing_left_to_do_asks_for_the_door(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        raise_one(world)
        change(
            owner_connection,
            "update cases_case set standing = 'placed', last_activity_at = now() - interval '31 days'",
        )
        laid = case_jobs.remind(0)
        assert (laid["closing"], laid["quiet"]) == (1, 0)
        with acting(world.seats["police.member"].token):
            assert Case.objects.get().closed_at is None

    @pytest.mark.parametrize(("table", "kind"), [("dangeradvice", "dangers"), ("meetingban", "bans")])
    def test_what_keeps_people_safe_is_asked_about_before_it_lapses(
        self, world: World, owner_connection: psycopg.Connection, table: str, kind: str
    ) -> None:
        case = raise_one(world)
        extra = "answer, advice" if table == "dangeradvice" else "place, contact_kept_by"
        change(
            owner_connection,
            f"insert into cases_{table} (id, partnership_id, case_id, group_id, authority_id, by_id, at, until,"
            f" {extra})"
            " select gen_random_uuid(), partnership_id, id, group_id, %s, raised_by_id, now(), today() + 3, 'yes',"
            " ''"
            " from cases_case where id = %s",
            world.authorities["social"],
            case.pk,
        )
        assert case_jobs.remind(0)[kind] == 1
        assert case_jobs.remind(0)[kind] == 0
        assert TaskKind.ATTENTION in kinds(world, "social.member")
        assert TaskKind.ATTENTION not in kinds(world, "police.member")

    def test_a_judgement_not_to_involve_comes_back_on_its_day(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        case = raise_one(world)
        change(
            owner_connection,
            "insert into cases_involvement (id, partnership_id, case_id, group_id, authority_id, by_id, at, state,"
            " reason, review_on, citizens_view) select gen_random_uuid(), partnership_id, id, group_id,"
            " raised_by_authority_id,"
            " raised_by_id, now(), 'later', 'For syg', today(), '' from cases_case where id = %s",
            case.pk,
        )
        assert case_jobs.remind(0)["involvements"] == 1
        assert case_jobs.remind(0)["involvements"] == 0

    def test_an_authority_without_a_seat_is_reminded_at_its_screeners(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        case = raise_one(world)
        change(owner_connection, "update partnerships_membership set until = today() - 1")
        agree(owner_connection, case, world.authorities["social"], date.today())
        case_jobs.remind(0)
        assert kinds(world, "social.screener") == [TaskKind.DO_ACTION]

    def test_a_closed_case_reminds_nobody(self, world: World, owner_connection: psycopg.Connection) -> None:
        case = raise_one(world)
        agree(owner_connection, case, world.authorities["social"], date.today())
        change(
            owner_connection,
            "update cases_case set closed_at = now(), close_reason = 'solved', standing = 'closed',"
            " next_on = today(), last_activity_at = now() - interval '90 days'",
        )
        assert not any(case_jobs.remind(0).values())

    @pytest.mark.req("R-000-58")
    def test_a_case_raised_after_its_meeting_was_planned_is_prepared_too(self, world: World) -> None:
        plan_one(world)
        raise_one(world)
        assert meeting_jobs.prepare(0) == 1
        meeting_jobs.prepare(0)
        assert kinds(world, "social.member").count(TaskKind.PREPARE) == 1

    def test_what_was_to_be_prepared_leaves_the_table_with_its_meeting(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        raise_one(world)
        plan_one(world)
        change(owner_connection, "update tasks_task set due_on = today() - 1 where kind = 'prepare'")
        change(owner_connection, "update meetings_meeting set state = 'held'")
        meeting_jobs.prepare(0)
        assert TaskKind.PREPARE not in kinds(world, "social.member")

    def test_people_are_looked_at_twice_a_year(self, world: World, owner_connection: psycopg.Connection) -> None:
        assert people_jobs.review_people(0) == 4
        assert people_jobs.review_people(0) == 0
        assert kinds(world, "police.admin") == [TaskKind.REVIEW_PEOPLE]
        assert TaskKind.REVIEW_PEOPLE not in kinds(world, "police.member")
        change(owner_connection, "update tasks_task set done_at = now()")
        change(owner_connection, "update partnerships_capacity set reviewed_on = today() - 10")
        assert people_jobs.review_people(0) == 0

    def test_whoever_keeps_pages_of_the_directory_is_reminded_to_look_at_them(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        page = written(world)
        assert directory_jobs.review_pages(0) == 0, "whoever writes a page has just looked at it"
        change(owner_connection, "update directory_directoryentry set confirmed_on = today() - 200")
        assert directory_jobs.review_pages(0) == 1
        assert directory_jobs.review_pages(0) == 0, "once"
        assert TaskKind.REVIEW_PAGES in kinds(world, "social.admin")
        assert TaskKind.REVIEW_PAGES not in kinds(world, "social.member")
        assert TaskKind.REVIEW_PAGES not in kinds(world, "police.admin")
        assert reverse("directory:units") in sit(world, "social.admin").get(reverse("web:desk")).content.decode()
        with acting(world.seats["social.admin"].token) as actor:
            confirm(actor, page)
        assert TaskKind.REVIEW_PAGES not in kinds(world, "social.admin")
        # A page that a sheet brought in is answered for by nobody: its keeper is asked the next day.
        change(
            owner_connection,
            "update directory_directoryentry set confirmed_on = null, created_at = now() - interval '2 days'",
        )
        assert directory_jobs.review_pages(0) == 1


class TestTheWallStands:
    """No job opens a door."""

    @pytest.mark.req("R-000-104")
    def test_no_job_discloses_anything(self, world: World, owner_connection: psycopg.Connection) -> None:
        case = raise_one(world, to=("social",))
        plan_one(world)
        agree(owner_connection, case, world.authorities["social"], date.today() - timedelta(days=3))
        change(
            owner_connection,
            "update cases_case set last_activity_at = now() - interval '90 days', next_on = today()",
        )
        tables = ("sharing_disclosure", "sharing_receipt", "cases_caseparty")
        count = f"select {', '.join(f'(select count(*) from {table})' for table in tables)}"
        before = owner_connection.execute(count).fetchone()
        owner_connection.rollback()
        run_all()
        assert owner_connection.execute(count).fetchone() == before
        assert TaskKind.PREPARE not in kinds(world, "psychiatry.member")
        assert kinds(world, "outside.member") == []

    def test_what_a_job_did_stands_in_the_log_as_the_systems(
        self, world: World, owner_connection: psycopg.Connection, caretaker_connection: psycopg.Connection
    ) -> None:
        case = raise_one(world)
        change(owner_connection, "update cases_case set next_on = today(), next_step = 'Ringe'")
        case_jobs.remind(0)
        rows = owner_connection.execute(
            "select person_id, act, subject_kind, case_id, detail->>'task' from audit_logrow where purpose = 'system'"
        ).fetchall()
        assert rows == [(None, "create", "task", case.pk, "follow_up")]
        police = world.authorities["police"]
        assert caretaker_connection.execute("select audit_verify(%s)", [police]).fetchone() == (None,)

    def test_one_who_is_signed_in_cannot_write_as_the_system(
        self, world: World, app_connection: psycopg.Connection, owner_connection: psycopg.Connection
    ) -> None:
        seat = world.seats["police.member"]
        app_connection.execute("select set_config('samsvar.token', %s, true)", [seat.token])
        app_connection.execute(
            "select audit_write(%s, null, null, %s)", [seat.authority, '[{"act": "look", "subject_kind": "case"}]']
        )
        app_connection.commit()
        assert owner_connection.execute("select person_id from audit_logrow").fetchone() == (seat.person,)

    def test_the_web_server_is_not_given_the_caretaker(self) -> None:
        given = {"DATABASE_URL": "postgres:///a", "DATABASE_CARETAKER_URL": "postgres:///b"}
        assert cli.web_environment(given) == {"DATABASE_URL": "postgres:///a"}

    def test_without_the_caretakers_address_no_job_runs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("samsvar.tasks.caretaking.ALIAS", "nobody")
        with pytest.raises(NoCaretaker), caretaking("cases.remind"):
            pytest.fail("a job ran")


class TestMail:
    """A mail says that something waits, and nothing else."""

    @pytest.fixture
    def waiting(self, world: World) -> World:
        """A case raised by the police: everybody else must prepare it."""
        raise_one(world)
        plan_one(world)
        return world

    @pytest.mark.req("R-000-59")
    def test_it_says_nothing_about_anybody(self, waiting: World) -> None:
        assert mail_jobs.send(WORKDAY) == 3
        for sent in mail.outbox:
            text = f"{sent.subject} {sent.body} {sent.to}"
            assert "/" in sent.body
            for secret in ("Prøvesen", "Aage", "TST-", "611180", "Member", "PSP-sag"):
                assert secret not in text.replace("member.", "")
            assert sent.attachments == []

    def test_one_a_day_however_often_the_job_runs(self, waiting: World) -> None:
        assert mail_jobs.send(WORKDAY) == 3
        assert mail_jobs.send(WORKDAY + timedelta(hours=2)) == 0
        assert len(mail.outbox) == 3

    def test_nobody_is_written_to_about_nothing_new(self, waiting: World) -> None:
        mail_jobs.send(WORKDAY)
        assert mail_jobs.send(WORKDAY + timedelta(days=1)) == 0

    def test_nights_and_sundays_are_quiet(self, waiting: World) -> None:
        assert mail_jobs.send(SUNDAY) == 0
        assert mail_jobs.send(WORKDAY.replace(hour=3)) == 0

    def test_what_is_acute_does_not_wait_for_monday(self, waiting: World, owner_connection: psycopg.Connection) -> None:
        change(
            owner_connection,
            "update tasks_task set acute = true where authority_id = %s",
            waiting.authorities["social"],
        )
        assert mail_jobs.send(SUNDAY) == 1
        assert "kan ikke vente" in mail.outbox[0].subject

    def test_a_mail_that_could_not_be_sent_is_tried_again(
        self, waiting: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*arguments: object) -> None:
            raise ConnectionRefusedError

        with monkeypatch.context() as broken_for_now:
            broken_for_now.setattr(mail_jobs, "_mail", broken)
            assert mail_jobs.send(WORKDAY) == 0
        assert mail_jobs.send(WORKDAY + timedelta(minutes=10)) == 3

    def test_it_speaks_the_persons_language(self, waiting: World, owner_connection: psycopg.Connection) -> None:
        change(owner_connection, "update accounts_user set language = 'en'")
        mail_jobs.send(WORKDAY)
        assert {sent.subject for sent in mail.outbox} == {"There is something on your table in Samsvar"}


class TestLog:
    """The log looks after itself, and a head that lies elsewhere tells when it does not."""

    @pytest.fixture(autouse=True)
    def _anchors(self, settings: object, tmp_path: object) -> None:
        settings.AUDIT_ANCHOR_FILE = str(tmp_path / "elsewhere" / "anchors.jsonl")  # type: ignore[attr-defined, operator]

    def test_each_head_is_anchored_once(self, world: World) -> None:
        raise_one(world)
        assert audit_jobs.anchor(0) == 1
        assert audit_jobs.anchor(0) == 0
        raise_one(world, by="social.member", to=("police",))
        assert audit_jobs.anchor(0) == 1
        assert [entry["authority"] for entry in anchors.anchors()] == [
            str(world.authorities["police"]),
            str(world.authorities["social"]),
        ]

    def test_a_whole_chain_is_checked_once_a_day(self, world: World, owner_connection: psycopg.Connection) -> None:
        raise_one(world)
        audit_jobs.anchor(0)
        assert audit_jobs.check(0) == 0
        checked = owner_connection.execute("select checked_at is not null, broken_seq from audit_chainhead").fetchone()
        assert checked == (True, None)

    @pytest.mark.parametrize(
        "tampering",
        [
            "update audit_logrow set purpose = 'x' where seq = 2",
            # The whole chain thrown away and begun again, head and all: only the anchor knows.
            "with gone as (delete from audit_logrow) delete from audit_chainhead",
        ],
    )
    def test_a_broken_chain_is_laid_on_the_dpos_table(
        self, world: World, owner_connection: psycopg.Connection, tampering: str
    ) -> None:
        raise_one(world)
        audit_jobs.anchor(0)
        change(owner_connection, tampering)
        raise_one(world)
        assert audit_jobs.check(0) == 1
        assert kinds(world, "police.dpo") == [TaskKind.ATTENTION]
        assert kinds(world, "social.dpo") == []

    def test_the_months_are_there_before_they_come(self, world: World) -> None:
        assert audit_jobs.months(0) == audit_jobs.MONTHS_AHEAD - 2
        assert audit_jobs.months(0) == 0


def run_all() -> None:
    """Every job once, as the worker would."""
    jobs: list[Callable[[int], object]] = [
        case_jobs.remind,
        outreach_jobs.remind,
        outcomes_jobs.remind,
        meeting_jobs.prepare,
        meeting_jobs.keep_ahead,
        meeting_jobs.invite,
        people_jobs.review_people,
        directory_jobs.review_pages,
        audit_jobs.months,
        audit_jobs.check,
        audit_jobs.anchor,
        mail_jobs.notify,
    ]
    for job in jobs:
        job(0)
