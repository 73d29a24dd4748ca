"""What a team can do: log, undo, protect, see who is sought behind which door, judge, and let go."""

import contextlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samsvar.calendar.words import language
from samsvar.instruments.schedule import Month
from samsvar.outreach import services
from samsvar.outreach.forms.phones import PocketVisitForm
from samsvar.outreach.models import Attempt, Course, Inquiry
from samsvar.outreach.policies import POLICIES
from samsvar.outreach.selectors import courses, inquiries
from samsvar.outreach.selectors.months import counted
from samsvar.outreach.services import Asked, Ended, Followed, Judged, OutreachError, Peace, Said, Visit
from samsvar.outreach.words import form, in_group, phase_models, profile, profiles, team_settings, word
from samsvar.postgres.actor import acting
from tests.outreach.ground import BIRD, begun, long_ago, tried
from tests.world import World

Acts = Callable[[], Any]
CRITERIA = ("illness", "isolation", "conditions", "home")


def judged(**more: Any) -> Judged:
    """Somebody who is in the target group, unless told."""
    yes: dict[str, Any] = dict.fromkeys(CRITERIA, "yes")
    known = {"profile": "joint", "belongs": True, "rationale": "Alene og syg", "risk": 0, "conditions_note": "Rod"}
    return Judged(**(yes | known | more))


def this_month() -> Month:
    """The month of today."""
    return Month.of(timezone.localdate())


class TestCourse:
    """Under a name of the worker's own, and a number of the system's."""

    @pytest.mark.req("R-004-62", "R-004-24")
    def test_each_has_a_number_of_its_own(self, worker: Acts) -> None:
        with worker() as actor:
            found = [begun(actor, f"Fugl {place}", known="known") for place in range(5)]
        assert len({one.number for one in found}) == 5
        assert all(one.number.startswith("KF-") and one.known == "known" for one in found)

    def test_a_name_is_used_once_at_a_time(self, worker: Acts) -> None:
        with worker() as actor:
            course = begun(actor)
            with pytest.raises(OutreachError, match="kaldenavn"):
                begun(actor)
            services.end_course(actor, course, Ended(5))
            assert begun(actor).pseudonym == BIRD

    def test_a_number_of_a_person_is_refused_everywhere(self, worker: Acts) -> None:
        with worker() as actor:
            with pytest.raises(OutreachError, match="CPR"):
                begun(actor, "611180-1234")
            course = begun(actor)
            with pytest.raises(OutreachError, match="CPR"):
                tried(actor, course, note="Han er 6111801234")

    def test_what_is_planned_stands_when_somebody_comes_by_before(self, worker: Acts) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        with worker() as actor:
            course = begun(actor)
            tried(actor, course, next_on=tomorrow)
            assert tried(actor, course).next_on == tomorrow
            later = tomorrow + timedelta(days=7)
            assert tried(actor, course, next_on=later).next_on == later

    def test_a_door_that_is_sought_already_is_pointed_out_and_no_address_is_kept(
        self, world: World, worker: Acts, owner_connection: psycopg.Connection
    ) -> None:
        with worker() as actor:
            course = begun(actor, door="Prøvevænget 7, 2. tv.")
            assert courses.same_door(actor, services.door_of("prøvevænget 7 2 tv")) == [course]
            assert courses.same_door(actor, services.door_of("Prøvevænget 7, 2. th.")) == []
            assert courses.same_door(actor, services.door_of("")) == []
        with acting(world.seats["police.frontline"].token) as stranger:
            assert courses.same_door(stranger, services.door_of("Prøvevænget 7, 2. tv.")) == []
        row = owner_connection.execute("select outreach_course::text from outreach_course").fetchone()
        owner_connection.rollback()
        assert row is not None
        assert "vænget" not in row[0]

    @pytest.mark.req("R-004-59")
    def test_a_new_worker_comes_with_a_reason_and_the_citizen_is_told(self, world: World, worker: Acts) -> None:
        other = world.seats["social.screener"].person
        with worker() as actor:
            course = begun(actor)
            with pytest.raises(OutreachError):
                services.hand_to_colleague(actor, course, other, " ")
            with pytest.raises(OutreachError):
                services.hand_to_colleague(actor, course, world.seats["police.frontline"].person, "Barsel")
            row = services.hand_to_colleague(actor, course, other, "Barsel")
            assert row.told_on is None
            services.follow_handover(actor, row, "Tog det pænt", timezone.localdate())
            course.refresh_from_db()
            row.refresh_from_db()
            assert (course.worker_id, row.told_on) == (other, timezone.localdate())

    def test_nothing_is_written_in_a_course_that_has_ended(self, worker: Acts) -> None:
        with worker() as actor:
            course = begun(actor)
            services.end_course(actor, course, Ended(5))
            for act in (
                lambda: tried(actor, course),
                lambda: services.propose(actor, course, "Rengøring"),
                lambda: services.assess(actor, course, judged()),
                lambda: services.move_phase(actor, course, 3),
            ):
                with pytest.raises(OutreachError, match="slut"):
                    act()


class TestLog:
    """One log for all of the team."""

    def test_a_form_sent_twice_is_one_attempt(self, worker: Acts) -> None:
        sent = uuid4()
        with worker() as actor:
            course = begun(actor)
            for _time in range(2):
                services.log_attempt(actor, course, Visit(1, 3), sent)
            assert Attempt.objects.count() == 1

    @pytest.mark.req("R-004-37")
    def test_a_run_of_messages_is_one_contact(self, worker: Acts) -> None:
        with worker() as actor:
            course = begun(actor)
            tried(actor, course, 4, None)
            for _message in range(5):
                tried(actor, course, 4, None, same_run=True)
            tried(actor, course, 2, None)
            tried(actor, course, 5, 8, minutes=40)
            tried(actor, course, 1, 1, minutes=5)
            found = counted(actor, course, this_month())
            assert (found.letters, found.meetings, found.futile, found.minutes) == (2, 1, 2, 45)
            assert found.methods == (1, 2, 4, 5)
            # A knock is no message.
            tried(actor, course, 1, 1, same_run=True)
            assert counted(actor, course, this_month()).futile == 3

    def test_only_the_one_who_wrote_it_takes_it_back(self, world: World, worker: Acts) -> None:
        with worker() as actor:
            course = begun(actor)
            row = tried(actor, course)
        with acting(world.seats["social.screener"].token) as other, pytest.raises(OutreachError):
            services.undo_attempt(other, row)
        with worker() as actor:
            services.undo_attempt(actor, row)
            assert Attempt.objects.count() == 0

    @pytest.mark.req("R-004-48")
    def test_nobody_goes_alone_where_there_was_violence_without_saying_so(self, world: World, worker: Acts) -> None:
        other = world.seats["social.screener"].person
        with worker() as actor:
            course = begun(actor, not_alone="Vold i 2024")
            for method in (1, 5):
                with pytest.raises(OutreachError, match="ingen alene"):
                    tried(actor, course, method)
            tried(actor, course, 4, None)
            tried(actor, course, 1, 1, partner=other)
            tried(actor, course, 1, 1, alone=True)
            with pytest.raises(OutreachError):
                tried(actor, course, 1, 1, partner=world.seats["police.frontline"].person)
            with pytest.raises(OutreachError):
                tried(actor, course, 1, 1, partner=actor.person_id)

    @pytest.mark.parametrize(("method", "rung"), [(0, 1), (7, 1), (1, 0), (1, 10)])
    def test_only_the_forms_own_codes(self, worker: Acts, method: int, rung: int) -> None:
        with worker() as actor, pytest.raises(OutreachError):
            tried(actor, begun(actor), method, rung)

    @pytest.mark.req("R-004-44")
    def test_the_first_meeting_is_read_from_the_log(self, worker: Acts, owner_connection: psycopg.Connection) -> None:
        with worker() as actor:
            course = begun(actor)
        long_ago(owner_connection, course, timezone.localdate() - timedelta(days=60))
        with worker() as actor:
            course.refresh_from_db()
            now = timezone.now()
            for days, rung in ((44, 1), (40, 3), (30, 6), (20, 8)):
                tried(actor, course, 1, rung, on=now - timedelta(days=days))
            page = courses.page(actor, course)
            assert page.met_on == timezone.localdate(now - timedelta(days=30))
            assert page.tries_before == 2
            assert course.started_on < page.met_on
            with pytest.raises(OutreachError):
                tried(actor, course, 1, 1, on=now - timedelta(days=70))
            with pytest.raises(OutreachError):
                tried(actor, course, 1, 1, on=now + timedelta(days=1))

    def test_a_visit_of_last_month_is_written_from_a_desk_and_a_phone_alike(
        self, worker: Acts, owner_connection: psycopg.Connection
    ) -> None:
        back, now = team_settings().log_back_days, timezone.now()
        with worker() as actor:
            course = begun(actor)
        long_ago(owner_connection, course, (now - timedelta(days=back + 9)).date())
        for days, is_taken in ((back - 1, True), (back + 1, False)):
            then = now - timedelta(days=days)
            said = {"course": str(course.pk), "sent": str(uuid4()), "on": then.isoformat(), "method": 1, "rung": 1}
            assert ("on" not in PocketVisitForm(said).errors) is is_taken
            with worker() as actor, contextlib.suppress(OutreachError):
                course.refresh_from_db()
                tried(actor, course, on=then)
        with worker():
            assert Attempt.objects.filter(course=course).count() == 1
        # The database reads the same figure.
        attempts = next(one for one in POLICIES if one.table == "outreach_attempt")
        assert f"interval '{back} days'" in (attempts.insert or "")


class TestProtection:
    """Fredet: who agreed on which basis, until when, and nothing ends by itself."""

    @pytest.mark.req("R-004-45")
    def test_it_is_looked_at_after_three_months_and_never_ends_by_itself(
        self, worker: Acts, owner_connection: psycopg.Connection
    ) -> None:
        with worker() as actor:
            course = begun(actor)
            row = services.protect(actor, course, Peace(["benefit", "eviction"], "Kommunen", "Lis", "Samtykke"))
            assert row.review_on == Month.of(row.since).plus(3).day(row.since.day)
            assert courses.board(actor).reviews == []
        owner_connection.execute("update outreach_protection set since = '2025-01-01', review_on = '2025-04-01'")
        owner_connection.commit()
        with worker() as actor:
            board = courses.board(actor)
            assert [line.course for line in board.reviews] == [course]
            assert board.reviews[0].protected_with == "Lis"
            row.refresh_from_db()
            assert row.ended_on is None
            with pytest.raises(OutreachError):
                services.review_protection(actor, row)
            services.review_protection(actor, row, timezone.localdate() + timedelta(days=60))
            assert courses.board(actor).reviews == []
            services.review_protection(actor, row, None, "Hun åbner nu")
            assert courses.board(actor).columns[0].lines[0].protected_until is None

    @pytest.mark.parametrize("left_out", ["demands", "place", "agreed_with", "basis"])
    def test_it_is_agreed_with_somebody_on_a_basis(self, worker: Acts, left_out: str) -> None:
        words: dict[str, Any] = {"demands": ["duty"], "place": "Jobcentret", "agreed_with": "Lis", "basis": "Samtykke"}
        with worker() as actor, pytest.raises(OutreachError):
            services.protect(actor, begun(actor), Peace(**(words | {left_out: [] if left_out == "demands" else " "})))


class TestProposals:
    """Red, yellow and green."""

    @pytest.mark.req("R-004-53")
    @pytest.mark.parametrize(
        ("stance", "condition", "met", "may"),
        [
            ("green", "", False, True),
            ("yellow", "Kun om morgenen", False, False),
            ("yellow", "Kun om morgenen", True, True),
            ("red", "", False, False),
            ("", "", False, False),
        ],
    )
    def test_only_what_the_citizen_is_with_is_done(
        self, worker: Acts, stance: str, condition: str, met: bool, may: bool
    ) -> None:
        with worker() as actor:
            row = services.propose(actor, begun(actor), "Rengøring")
            services.take_stance(actor, row, stance, condition, met=met)
            if may:
                services.carry_out(actor, row)
            else:
                with pytest.raises(OutreachError):
                    services.carry_out(actor, row)
            row.refresh_from_db()
            assert (row.done_on is not None) == may


class TestWords:
    """The form's own words, and other ways to speak of its phases."""

    @pytest.mark.req("R-004-40")
    def test_copenhagen_and_odense_are_views_of_the_forms_phases(self) -> None:
        models = {one.key: one for one in phase_models()}
        assert models["koebenhavn"].words(1) == "Kontaktfasen"
        assert models["odense"].words(3) == "Tillid / Erkendelse / Motivation"
        assert [models["form"].words(code) for code in range(1, 6)] == [
            "Opsøgende arbejde",
            "Kontaktskabelse",
            "Relationsarbejde",
            "Brobygning",
            "Aflevering",
        ]

    @pytest.mark.req("R-004-36", "R-004-38")
    def test_the_forms_words_are_shown_as_printed(self) -> None:
        assert language("da") == "da"
        assert word("q28", 4) == "Døren el. vinduet åbnes, men brugeren ”gemmer sig”"
        assert word("q27", 4) == "Telefon / SMS"
        assert (len(form().question("q28").options), len(form().question("q27").options)) == (9, 6)


class TestTargetGroup:
    """Four criteria, each by itself; a worker decides."""

    @pytest.mark.req("R-004-1", "R-004-9")
    def test_each_criterion_is_an_answer_of_its_own_with_who_and_why(self, worker: Acts) -> None:
        with worker() as actor:
            course = begun(actor)
            first = services.assess(actor, course, judged(isolation="unknown", isolation_note="Taler med kiosken"))
            assert (first.illness, first.isolation, first.by_id) == ("yes", "unknown", actor.person_id)
            for missing in ({"rationale": " "}, {"conditions_note": ""}, {"home": "maybe"}, {"profile": "x"}):
                with pytest.raises(OutreachError):
                    services.assess(actor, course, judged(**missing))
            services.assess(actor, course, judged(belongs=False))
            page = courses.page(actor, course)
            assert page.assessment is not None
            assert (page.assessments, page.assessment.belongs) == (2, False)

    @pytest.mark.req("R-004-5")
    def test_whoever_is_helped_is_isolated_only_for_a_reason(self, worker: Acts) -> None:
        with worker() as actor:
            course = begun(actor)
            with pytest.raises(OutreachError, match="§ 83"):
                services.assess(actor, course, judged(helped=True))
            services.assess(actor, course, judged(helped=True, helped_why="Hjælpen bliver ikke lukket ind"))
            services.assess(actor, course, judged(helped=True, isolation="no", belongs=False))

    @pytest.mark.req("R-004-2", "R-004-6")
    def test_the_municipalities_differ_as_printed(self) -> None:
        yes = dict.fromkeys(CRITERIA, "yes")
        said = {one.key: one.would(yes, homeless=True) for one in profiles()}
        assert said == {"joint": True, "esbjerg": True, "koebenhavn": False, "odense": True}
        assert profile("koebenhavn").would(yes, homeless=False) is True
        assert profile("joint").would(yes | {"home": "unknown"}, homeless=False) is None

    @pytest.mark.req("R-004-13")
    def test_the_group_of_the_figures_is_by_a_rule_that_a_team_can_choose(self, worker: Acts) -> None:
        with worker() as actor:
            course = begun(actor)
            own = services.assess(actor, course, judged(belongs=False))
            assert (in_group(own), in_group(own, "profile")) == (False, True)
            unsure = services.assess(actor, course, judged(illness="unknown"))
            assert (in_group(unsure), in_group(unsure, "profile")) == (True, None)
            housed = services.assess(actor, course, judged(profile="koebenhavn", homeless=True))
            assert (in_group(housed), in_group(housed, "profile")) == (True, False)

    @pytest.mark.req("R-004-3", "R-004-4", "R-004-7", "R-004-13")
    def test_no_diagnosis_abuse_or_number_of_contacts_decides_anything(self) -> None:
        """The rule reads the four criteria and nothing else; the traits beside them are notes."""
        yes = dict.fromkeys(CRITERIA, "yes")
        for one in profiles():
            assert set(one.requires) == set(CRITERIA)
            assert one.would(yes, homeless=False) is True
            keys = {trait.key for trait in one.traits if trait.criterion == "isolation"}
            assert keys & {"negative", "shallow", "deviates"}

    @pytest.mark.req("R-004-8", "R-004-11")
    def test_the_checklist_is_the_forms_and_whoever_may_lose_the_home_comes_first(self, worker: Acts) -> None:
        with worker() as actor:
            quiet, risky = begun(actor, "Stille"), begun(actor, "Truet")
            services.move_phase(actor, risky, 4)
            services.assess(actor, quiet, judged(risk=1, dwelling=[1, 5, 7]))
            services.assess(actor, risky, judged(risk=2, dwelling=[77]))
            board = courses.board(actor)
            assert [line.course for line in board.first] == [risky]
            for wrong in ({"risk": 3}, {"dwelling": [8]}, {"dwelling": [1, 77]}):
                with pytest.raises(OutreachError):
                    services.assess(actor, quiet, judged(**wrong))


class TestInquiries:
    """Every one ends in a follow-up."""

    @pytest.mark.req("R-004-21", "R-004-22", "R-004-23")
    def test_it_stands_on_the_list_until_it_has_an_outcome(self, worker: Acts) -> None:
        with worker() as actor:
            row = services.receive(actor, Said(8, "Sover på trappen"))
            assert inquiries.waiting(actor) == [row]
            for wrong in (
                Followed("", "x", answered="taken"),
                Followed("other", "x", answered="taken"),
                Followed("mistaken", " ", answered="taken"),
                Followed("mistaken", "x"),
            ):
                with pytest.raises(OutreachError):
                    services.follow_up(actor, row, wrong)
            services.follow_up(actor, row, Followed("mistaken", "Ringede", answered="taken"))
            assert inquiries.waiting(actor) == []
            with pytest.raises(OutreachError):
                services.follow_up(actor, row, Followed("target", "x"))
            for source in (0, 16):
                with pytest.raises(OutreachError):
                    services.receive(actor, Said(source, "x"))
            assert (inquiries.share(actor).percent, inquiries.share(actor).benchmark) == (100, 33)

    @pytest.mark.req("R-004-29")
    @pytest.mark.parametrize("kind", ["power", "stairs", "no_access", "pension"])
    def test_a_list_made_for_something_else_is_blocked_without_a_basis(self, worker: Acts, kind: str) -> None:
        with worker() as actor:
            with pytest.raises(OutreachError, match="lovgrundlaget"):
                services.look_for_some(actor, services.Looked(kind, "Vænget", basis=" "))
            services.look_for_some(actor, services.Looked(kind, "Vænget", basis="Serviceloven § 12"))


class TestEnd:
    """Why it ends, and what came of it."""

    @pytest.mark.req("R-004-85", "R-004-86")
    def test_results_are_the_forms_own_and_no_shut_door_ends_anything(self, worker: Acts) -> None:
        with worker() as actor:
            course = begun(actor)
            for wrong in (Ended(1), Ended(9), Ended(4), Ended(4, (5,)), Ended(4, (3,), {"q45": [10]})):
                with pytest.raises(OutreachError):
                    services.end_course(actor, course, wrong)
            services.end_course(actor, course, Ended(4, (3, 1), {"q45": [1], "q44": [2]}))
            course.refresh_from_db()
            assert course.results == {"q42": [1, 3], "q45": [1]}
            services.take_up(actor, course)
            course.refresh_from_db()
            assert (course.ended_on, course.end_reason, course.results, course.taken_up) == (None, None, {}, 1)

    @pytest.mark.req("R-000-134")
    def test_what_has_had_its_time_goes_with_all_that_hangs_on_it(
        self, worker: Acts, caretaker_connection: psycopg.Connection, owner_connection: psycopg.Connection
    ) -> None:
        with worker() as actor:
            inquiry = services.receive(actor, Said(13, "Råber om natten"))
            course = services.start_course(actor, services.Begun(BIRD), inquiry, "taken")
            tried(actor, course)
            services.propose(actor, course, "Rengøring")
            services.protect(actor, course, Peace(["debt"], "SKAT", "Lis", "Samtykke"))
            services.assess(actor, course, judged())
            services.ask_about_study(actor, course, Asked("Gadeplan", "no"))
            other = services.receive(actor, Said(13, "Noget andet"))
            services.follow_up(actor, other, Followed("mistaken", "Ringede", answered="taken"))

        def disposed(key: Any) -> int:
            caretaker_connection.execute("select retention_dispose('outreach', %s, today())", [key])
            caretaker_connection.commit()
            owner_connection.rollback()
            row = owner_connection.execute(
                "select (select count(*) from outreach_course) + (select count(*) from outreach_attempt)"
                " + (select count(*) from outreach_inquiry) + (select count(*) from outreach_assessment)"
                " + (select count(*) from outreach_research) + (select count(*) from outreach_protection)"
                " + (select count(*) from outreach_proposal)"
            ).fetchone()
            assert row is not None
            return row[0]

        assert disposed(course.pk) == 8
        with worker() as actor:
            services.end_course(actor, course, Ended(5))
        assert disposed(other.pk) == 7
        assert disposed(course.pk) == 0


def test_the_board_asks_as_often_for_ten_as_for_two(worker: Acts) -> None:
    def asked() -> int:
        with worker() as actor, CaptureQueriesContext(connection) as queries:
            assert courses.board(actor).number
            return len(queries)

    with worker() as actor:
        for place in range(2):
            tried(actor, begun(actor, f"Fugl {place}"), 1, 3)
    few = asked()
    with worker() as actor:
        for place in range(2, 10):
            course = begun(actor, f"Fugl {place}")
            tried(actor, course, 1, 3)
            services.protect(actor, course, Peace(["debt"], "SKAT", "Lis", "Samtykke"))
    assert asked() == few


@pytest.mark.parametrize("role", ["releaser", "member"])
def test_how_many_each_has_is_for_oneself_and_the_leader(
    world: World, worker: Acts, owner_connection: psycopg.Connection, role: str
) -> None:
    owner_connection.execute(
        "update partnerships_capacity set roles = %s where id = %s", [[role], world.seats["social.member"].post]
    )
    owner_connection.commit()
    with worker() as actor:
        begun(actor)
        assert courses.caseload(actor) == [("Frontline Social", 1)]
    with acting(world.seats["social.member"].token) as leader:
        assert courses.caseload(leader) == [("Frontline Social", 1)]
        begun(leader, "Lederens")
    with worker() as actor:
        assert courses.caseload(actor) == [("Frontline Social", 1)]


def test_nothing_is_left_of_what_came_to_nothing(worker: Acts) -> None:
    with worker() as actor, pytest.raises(OutreachError):
        services.start_course(actor, services.Begun(BIRD, started_on=date(2999, 1, 1)))
    with worker():
        assert (Course.objects.count(), Inquiry.objects.count()) == (0, 0)
