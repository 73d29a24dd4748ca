"""Mit bord: what needs me now and nothing else, never anybody's name, as fast with many cases as with one."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samsvar.cases.models import Concern, FeedbackKind
from samsvar.cases.services.concerns import answer
from samsvar.meetings.services import conducting
from samsvar.meetings.services import minutes as minutes_services
from samsvar.postgres.actor import acting
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import lay
from samsvar.web.selectors import FIRST_LINES
from tests.clients import sit
from tests.meetings.test_meeting import comes_to, plan_one, raise_one
from tests.tasks.test_jobs import change
from tests.world import World


def page(world: World, seat: str, language: str = "da") -> str:
    """The desk of a seat, as it is shown."""
    response = sit(world, seat, language).get("/")
    assert response.status_code == 200
    return response.content.decode()


def put(world: World, kind: TaskKind, by: str = "police.member", **where: object) -> None:
    """Something on a table of the police, unless told."""
    case = raise_one(world)
    with acting(world.seats[by].token) as actor:
        given = {
            "authority_id": world.authorities["police"],
            "role": "member",
            "reference": case.reference,
            **where,
        }
        lay(
            actor,
            kind,
            partnership_id=world.partnership,
            subject_kind="case",
            subject_id=case.pk,
            case_id=case.pk,
            **given,  # type: ignore[arg-type]
        )


def quiet_for(owner_connection: psycopg.Connection, days: int) -> None:
    """Nothing has happened to any case for these days, as people here count them: the clock may have been put back."""
    here = "at time zone 'Europe/Copenhagen'"
    change(owner_connection, f"update cases_case set last_activity_at = (now() {here} - interval '{days} days') {here}")


class TestEachSeesTheOwnDesk:
    """One page, and for each what the post is for."""

    @pytest.mark.parametrize(
        "seat", ["police.frontline", "police.screener", "police.member", "police.admin", "police.dpo"]
    )
    def test_an_empty_desk_is_a_good_state_and_says_so(self, world: World, seat: str) -> None:
        assert "Intet venter på dig" in page(world, seat)

    def test_what_cannot_wait_stands_first(self, world: World) -> None:
        put(world, TaskKind.PREPARE)
        put(world, TaskKind.ACCEPT_ACTION)
        put(world, TaskKind.ACUTE, acute=True)
        put(world, TaskKind.DO_ACTION)
        put(world, TaskKind.SCREEN)
        put(world, TaskKind.REMIND_CLOSING)
        sections = sit(world, "police.member").get("/").context["desk"].sections
        assert [section.key for section in sections] == ["acute", "screen", "prepare", "do", "proposals", "closing"]

    @pytest.mark.parametrize("kind", TaskKind)
    def test_every_task_has_its_place_on_the_desk(self, world: World, kind: TaskKind) -> None:
        put(world, kind)
        (section,) = sit(world, "police.member").get("/").context["desk"].sections
        assert section.lines[0].words.startswith(str(kind.label))

    @pytest.mark.parametrize("kind", [TaskKind.PREPARE, TaskKind.TELL_CITIZEN])
    def test_what_has_its_own_day_does_not_stand_under_what_cannot_wait(self, world: World, kind: TaskKind) -> None:
        put(world, kind, acute=True)
        put(world, TaskKind.DECIDE_ON_CHILD, acute=True)
        acute, other = sit(world, "police.member").get("/").context["desk"].sections
        assert [line.task.kind for line in acute.lines] == [TaskKind.DECIDE_ON_CHILD]
        assert [line.task.kind for line in other.lines] == [kind]

    def test_the_citizen_is_told_once_in_a_case_and_never_by_a_tick(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        put(world, TaskKind.TELL_CITIZEN)
        put(world, TaskKind.TELL_CITIZEN)
        change(
            owner_connection,
            "insert into tasks_task (id, partnership_id, authority_id, kind, subject_kind, subject_id, case_id,"
            " reference, role, acute, created_at) select gen_random_uuid(), partnership_id, authority_id, kind,"
            " 'contribution', gen_random_uuid(), case_id, reference, role, false, now()"
            " from tasks_task where kind = 'tell_citizen'",
        )
        client = sit(world, "police.member")
        (section,) = client.get("/").context["desk"].sections
        assert (section.key, section.count, len(section.lines)) == ("tell", 2, 2)
        first, second = (line.task for line in section.lines)
        assert first.case_id != second.case_id
        client.post(f"/opgaver/{first.pk}/gjort/")
        (section,) = client.get("/").context["desk"].sections
        assert (section.count, [line.ticks_off for line in section.lines]) == (2, [False, False])

    def test_a_long_part_shows_its_first_lines_and_how_many_there_are(self, world: World) -> None:
        for days in range(FIRST_LINES + 2):
            put(world, TaskKind.DO_ACTION, due_on=timezone.localdate() - timedelta(days=days))
        put(world, TaskKind.DO_ACTION, role="screener")
        put(world, TaskKind.PREPARE)
        client = sit(world, "police.member")
        prepare, do = client.get("/").context["desk"].sections
        assert (do.count, len(do.lines), do.more) == (FIRST_LINES + 2, FIRST_LINES, 2)
        due = [line.task.due_on for line in do.lines]
        assert due == sorted(due)
        text = client.get("/").content.decode()
        assert 'href="?vis=do#bord-do"' in text
        assert "?vis=prepare" not in text
        prepare, do = client.get("/?vis=do").context["desk"].sections
        assert (len(prepare.lines), len(do.lines), do.more) == (1, FIRST_LINES + 2, 0)

    def test_two_lines_of_one_kind_say_which_meeting_or_when(self, world: World) -> None:
        meetings = [plan_one(world, days) for days in (0, 1)]
        with acting(world.seats["social.member"].token) as actor:
            for days, meeting in enumerate(meetings):
                comes_to(meeting, timezone.now() - timedelta(days=days))
                conducting.end(actor, meeting)
                minutes_services.send(actor, meeting)
        put(world, TaskKind.SCREEN, reference="")
        put(world, TaskKind.SCREEN, reference="")
        put(world, TaskKind.FOLLOW_UP)
        sections = {one.key: one for one in sit(world, "police.member").get("/").context["desk"].sections}
        said = [line.words for line in sections["do"].lines if line.task.kind == TaskKind.READ_MINUTES]
        assert len(said) == len(set(said)) == 2
        assert all(words.startswith("Læs referatet, Operativgruppen") for words in said)
        screens = [line.words for line in sections["screen"].lines]
        assert all(words.startswith("Visitér en bekymring, fra ") for words in screens)
        # One that is alone of its kind needs no more words.
        (alone,) = [line for line in sections["do"].lines if line.task.kind == TaskKind.FOLLOW_UP]
        assert alone.words == f"Følg op, {alone.task.reference}"

    @pytest.mark.parametrize("whole", ["x", "", "\0", "prepare' or 1=1", "quiet", "answers"])
    def test_a_part_that_is_not_there_shows_the_plain_desk(self, world: World, whole: str) -> None:
        put(world, TaskKind.DO_ACTION)
        (section,) = sit(world, "police.member").get("/", {"vis": whole}).context["desk"].sections
        assert len(section.lines) == 1

    def test_quiet_cases_and_answers_are_counted_truly_too(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        for _case in range(FIRST_LINES + 1):
            raise_one(world)
        quiet_for(owner_connection, 45)
        client = sit(world, "police.member")
        quiet = client.get("/").context["desk"].quiet
        assert (quiet.count, len(quiet.rows)) == (FIRST_LINES + 1, FIRST_LINES)
        assert len(client.get("/?vis=quiet").context["desk"].quiet.rows) == FIRST_LINES + 1

    def test_a_proposal_has_no_deadline_and_no_colour_of_blame(self, world: World) -> None:
        put(world, TaskKind.ACCEPT_ACTION, due_on=timezone.localdate() - timedelta(days=9))
        text = page(world, "police.member")
        assert "Et nej er også et svar" in text
        section = text.split('id="bord-proposals"')[1].split("</section>")[0]
        for blame in ("badge-error", "badge-warning", "overskredet", "alert-warning"):
            assert blame not in section

    @pytest.mark.req("R-000-154")
    def test_a_steering_member_sees_no_person_and_no_case(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        put(world, TaskKind.DO_ACTION)
        plan_one(world)
        quiet_for(owner_connection, 90)
        change(
            owner_connection,
            "insert into partnerships_group (id, partnership_id, name, word, level, model, reference_prefix, rhythm,"
            " place, duty_to_attend, deputies_allowed, channels, instruction) values (gen_random_uuid(), %s,"
            " 'Styregruppen', 'styregruppe', 'steering', 'steering_group', '', 'quarterly', '', false, true, '{}', '')",
            world.partnership,
        )
        change(
            owner_connection,
            "insert into partnerships_membership (id, group_id, capacity_id, kind, may_decide, close_to_practice,"
            " duty_to_attend, mandate, network, since, end_reason) select gen_random_uuid(), g.id, %s, 'permanent',"
            " true, false, false, '', '', today(), '' from partnerships_group g where g.level = 'steering'",
            world.seats["police.admin"].post,
        )
        text = page(world, "police.admin")
        assert "TST-" not in text
        assert "Mærk en hændelse" not in text
        assert "Næste møde" not in text

    @pytest.mark.req("R-001-4")
    def test_a_frontline_worker_finds_the_own_member_with_a_telephone(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        change(
            owner_connection,
            "update partnerships_capacity set phone = '12 34 56 78', hours = 'hverdage 8-15' where id = %s",
            world.seats["police.member"].post,
        )
        text = page(world, "police.frontline")
        assert "Member Police" in text
        assert "12 34 56 78" in text
        assert "hverdage 8-15" in text
        assert "Member Social" not in text

    @pytest.mark.req("R-000-89")
    def test_a_case_nothing_has_happened_to_is_on_its_parties_desks(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        case = raise_one(world, to=("social",))
        quiet_for(owner_connection, 45)
        for seat in ("police.member", "social.member"):
            text = page(world, seat)
            assert case.reference in text
            assert "stille i 45 dage" in text
        assert case.reference not in page(world, "psychiatry.member")
        assert case.reference not in page(world, "outside.member")

    def test_the_answers_to_own_concerns_are_told_to_their_raiser_alone(self, world: World) -> None:
        client = sit(world, "police.frontline")
        client.post("/bekymringer/ny/", {"event_reference": "0700-76114-00034-26"})
        with acting(world.seats["police.screener"].token) as actor:
            answer(actor, Concern.objects.get(), FeedbackKind.ACTED)
        assert "Vi har reageret på din bekymring" in client.get("/").content.decode()
        assert "Vi har reageret på din bekymring" not in page(world, "police.member")

    def test_what_waits_for_its_day_waits(self, world: World) -> None:
        put(world, TaskKind.FOLLOW_UP, due_on=timezone.localdate() + timedelta(days=2))
        assert "Intet venter på dig" in page(world, "police.member")

    def test_the_desk_speaks_english(self, world: World) -> None:
        assert "Nothing is waiting for you" in page(world, "police.member", "en")


class TestTag:
    """Ten seconds: a reference and a button, on the start page itself."""

    def test_a_reference_and_a_button_raise_a_concern(self, world: World) -> None:
        client = sit(world, "police.frontline")
        text = client.get("/").content.decode()
        assert 'name="event_reference"' in text
        form = text.split('class="desk-tag"')[0].rsplit("<form", 1)[1]
        assert 'action="/bekymringer/ny/"' in form
        once = text.split('name="once" value="')[1].split('"')[0]
        for _press in range(2):
            client.post("/bekymringer/ny/", {"event_reference": "0700-76114-00034-26", "once": once})
        with acting(world.seats["police.screener"].token):
            assert Concern.objects.get().event_reference == "0700-76114-00034-26"

    @pytest.mark.parametrize("seat", ["police.admin", "police.dpo"])
    def test_one_who_meets_no_citizen_has_nothing_to_tag_with(self, world: World, seat: str) -> None:
        assert "event_reference" not in page(world, seat)


class TestTicking:
    """Some tasks are done when the person says so; others end by the act they ask for."""

    def test_what_has_been_prepared_leaves_the_desk(self, world: World) -> None:
        put(world, TaskKind.PREPARE)
        client = sit(world, "police.member")
        (section,) = client.get("/").context["desk"].sections
        assert client.post(f"/opgaver/{section.lines[0].task.pk}/gjort/").status_code == 302
        assert client.get("/").context["desk"].sections == []

    @pytest.mark.parametrize("kind", [TaskKind.SCREEN, TaskKind.ACCEPT_ACTION, TaskKind.INVOLVE_CITIZEN])
    def test_an_act_is_not_ticked_away(self, world: World, kind: TaskKind) -> None:
        put(world, kind)
        client = sit(world, "police.member")
        (section,) = client.get("/").context["desk"].sections
        assert client.post(f"/opgaver/{section.lines[0].task.pk}/gjort/").status_code == 404
        assert len(client.get("/").context["desk"].sections) == 1

    def test_nobody_clears_anothers_desk(self, world: World) -> None:
        put(world, TaskKind.PREPARE)
        task = sit(world, "police.member").get("/").context["desk"].sections[0].lines[0].task
        other = sit(world, "social.member")
        theirs = other.post(f"/opgaver/{task.pk}/gjort/")
        nothing = other.post("/opgaver/00000000-0000-0000-0000-000000000000/gjort/")
        assert theirs.status_code == nothing.status_code == 404
        assert theirs.content == nothing.content


class TestQuietly:
    """It tells little, it is logged, and it stays fast."""

    @pytest.mark.req("R-000-151")
    def test_the_look_is_logged_with_the_cases_on_it(self, world: World, owner_connection: psycopg.Connection) -> None:
        put(world, TaskKind.DO_ACTION)
        page(world, "police.member")
        detail = owner_connection.execute(
            "select detail->'cases' from audit_logrow where act = 'look' and subject_kind = 'desk'"
        ).fetchall()
        assert [len(row[0]) for row in detail] == [1]

    def test_no_citizens_name_stands_on_a_start_page(self, world: World, owner_connection: psycopg.Connection) -> None:
        put(world, TaskKind.DO_ACTION)
        plan_one(world)
        quiet_for(owner_connection, 45)
        for seat in ("police.member", "social.member", "police.screener"):
            assert "Prøvesen" not in page(world, seat)

    def test_ten_times_the_cases_ask_no_more_of_the_database(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        put(world, TaskKind.DO_ACTION)
        plan_one(world)
        quiet_for(owner_connection, 45)
        client = sit(world, "police.member")
        client.get("/")
        with CaptureQueriesContext(
            connection,
        ) as one:
            client.get("/")
        for _more in range(9):
            put(world, TaskKind.DO_ACTION)
        quiet_for(owner_connection, 45)
        with CaptureQueriesContext(connection) as ten:
            client.get("/")
        assert len(ten) == len(one)
        # Session, person, actor, token, tasks, meeting, answers, quiet cases with holders, log.
        assert len(ten) <= 16
