"""A citizen's way in a unit: opened from what was received, assessed by one and granted by another, paused, ended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samsvar.calendar.clocks import DATA
from samsvar.cases.services.concerns import Who
from samsvar.directory import services as directory
from samsvar.directory.kinds import UNITS, Step
from samsvar.directory.models import DirectoryEntry
from samsvar.referrals import jobs
from samsvar.referrals.models import Pathway, PathwayEnd, Referral
from samsvar.referrals.pathways import is_gated, steps_of, ways
from samsvar.referrals.selectors import desk
from samsvar.referrals.selectors import pathways as selectors
from samsvar.referrals.services import ReferralError
from samsvar.referrals.services import pathways as services
from samsvar.sharing.models import Disclosure
from tests.referrals.ground import CPR, NAME, Units, drafted, said, sent
from tests.scenarios.test_network import Worker

GIVEN = "Støtte to timer om ugen til jul"
Acts = Callable[..., None]


def received(units: Units, cpr: str = CPR) -> Referral:
    """Support under § 85 is asked for at the authority for adults."""
    with units.at("social.frontline") as actor:
        return sent(actor, units, "job", "adult", "support_85", said("wishes", "functioning", "needs"), cpr=cpr)


def opened(units: Units, seat: str = "social.member", cpr: str = CPR) -> Pathway:
    """A way at the authority for adults, from what was received."""
    row = received(units, cpr)
    with units.at(seat) as actor:
        return services.open_from(actor, row)


def walked_in(units: Units, seat: str, key: str, name: str = NAME, cpr: str = "") -> Pathway:
    """Somebody came by themselves."""
    with units.at(seat) as actor:
        return services.open_new(actor, units.pages[key], Who(name=name, cpr=cpr))


def does(units: Units, seat: str, act: Acts, row: Pathway, *given: object) -> Pathway:
    """Somebody does something with a way; the way after it."""
    with units.at(seat) as actor:
        act(actor, row, *given)
    with units.at(seat) as actor:
        found = selectors.find_pathway(actor, row.pk)
        assert found
        return found


@pytest.fixture
def adults(units: Units) -> Units:
    """The authority for adults has a caseworker (screener) and a leader (member)."""
    units.sit("social.screener", "adult")
    units.owner.execute(
        "update partnerships_capacity set roles = '{screener}' where id = %s",
        [units.world.seats["social.screener"].post],
    )
    units.owner.commit()
    return units


class TestTheData:
    """Steps, clocks and questions, each with where it is from."""

    @pytest.mark.req("R-002-16", "R-002-17")
    def test_every_kind_of_unit_has_a_way_and_doctors_and_drop_ins_no_gate(self) -> None:
        for kind in UNITS:
            page = DirectoryEntry(kind=kind.value)
            assert list(steps_of(page)) == sorted(steps_of(page), key=list(Step).index)
        assert not is_gated(DirectoryEntry(kind="gp"))
        assert steps_of(DirectoryEntry(kind="drop_in"))[0] is Step.DELIVER
        assert steps_of(DirectoryEntry(kind="adult_authority")) == tuple(Step)

    @pytest.mark.req("R-002-16")
    def test_a_unit_says_its_own_steps_on_its_page(self, units: Units) -> None:
        with units.at("social.admin") as actor:
            page = directory.keep(actor, units.world.partnership, units.pages["adult"], stages=["deliver", "intake"])
        assert steps_of(page) == (Step.INTAKE, Step.DELIVER)
        row = opened(units)
        assert (row.stage, row.gated) == ("intake", False)

    def test_each_question_is_in_two_languages_and_names_its_lines(self) -> None:
        for one in ways().questions:
            assert one.da != one.en
            assert one.lines.startswith("L")


class TestOpening:
    """From what was received, or by themselves."""

    def test_nothing_is_typed_again_and_no_other_unit_sees_it(self, adults: Units) -> None:
        row = opened(adults)
        assert (row.name, row.stage, row.gated) == (NAME, "intake", True)
        with adults.at("social.screener") as actor:
            assert selectors.find_pathway(actor, row.pk)
        for seat in ("social.frontline", "psychiatry.frontline", "police.member"):
            with adults.at(seat) as actor:
                assert selectors.find_pathway(actor, row.pk) is None
                assert selectors.board(actor).is_empty

    @pytest.mark.req("R-002-17")
    def test_a_doctor_begins_with_no_granting(self, units: Units) -> None:
        row = walked_in(units, "practice.frontline", "gp")
        assert (row.stage, row.gated) == ("deliver", False)

    @pytest.mark.req("R-002-23")
    def test_once_in_one_unit_and_several_at_once_in_several(self, adults: Units) -> None:
        row = opened(adults)
        with adults.at("social.screener") as actor, pytest.raises(ReferralError, match="allerede et forløb"):
            services.open_new(actor, adults.pages["adult"], Who(name=NAME, cpr=CPR))
        other = walked_in(adults, "social.frontline", "job", cpr=CPR)
        assert other.citizen_id == row.citizen_id

    def test_somebody_else_opens_nothing_from_what_was_sent_to_others(self, units: Units) -> None:
        row = received(units)
        for seat in ("social.frontline", "psychiatry.frontline", "social.admin"):
            with units.at(seat) as actor, pytest.raises(ReferralError):
                services.open_from(actor, row)

    @pytest.mark.parametrize(("name", "said"), [("", "navn"), ("Jens 611180-1234", "CPR")])
    def test_what_is_wrong_is_said(self, units: Units, name: str, said: str) -> None:
        with units.at("practice.frontline") as actor, pytest.raises(ReferralError, match=said):
            services.open_new(actor, units.pages["gp"], Who(name=name))


MY_NAME = "(select name from accounts_user where id = actor_person())"


def _line(kind: str, at: str = "now()", who: str = MY_NAME, more: str = "") -> str:
    """SQL: the actor's own line, of this moment; or one of another day or in another's name."""
    line = f"jsonb_build_object('by', actor_person(), 'kind', '{kind}', 'at', {at}, 'who', {who}{more})"
    return f"log = log || jsonb_build_array({line}), "


def _answered(
    who: str = MY_NAME,
    on: str = "today()::text",
    key: str = "wish",
    answer: str = "yes",
    words: str = "Ja",
    kept: str = "facts",
) -> str:
    """SQL: an answer to a question, with its line."""
    line = _line("asked", more=", 'key', 'wish', 'answer', 'yes', 'words', 'Ja'")
    told = f"jsonb_build_object('answer', '{answer}', 'words', '{words}', 'on', {on}, 'who', {who})"
    return f"{line}facts = {kept} || jsonb_build_object('{key}', {told})"


class TestGranting:
    """Whoever investigates does not grant."""

    @pytest.mark.req("R-002-18", "R-002-19", "R-002-21")
    def test_one_assesses_and_another_grants_and_a_change_opens_it_again(self, adults: Units) -> None:
        row = opened(adults, "social.screener")
        row = does(adults, "social.screener", services.assess, row, "Kan ikke selv komme ud ad døren.")
        assert row.stage == "grant"
        with adults.at("social.screener") as actor:
            for act, given in ((services.grant, GIVEN), (services.send_back, ["Hvad siger lægen?"])):
                with pytest.raises(ReferralError):
                    act(actor, row, given)
        row = does(adults, "social.member", services.send_back, row, ["Hvad siger lægen?", " "])
        assert (row.stage, row.missing) == ("assess", ["Hvad siger lægen?"])
        row = does(adults, "social.screener", services.assess, row, "Lægen har ingen indvendinger.")
        row = does(adults, "social.member", services.grant, row, GIVEN)
        assert (row.stage, row.granted, row.missing) == ("deliver", GIVEN, [])
        row = does(adults, "social.screener", services.move, row, "grant", "Økonomien er ændret")
        assert (row.stage, row.granted_on) == ("grant", None)
        with adults.at("social.screener") as actor, pytest.raises(ReferralError, match="bevilget"):
            services.move(actor, row, "deliver", "Vi fortsætter")

    @pytest.mark.req("R-002-18")
    def test_a_leader_does_not_grant_what_the_leader_has_assessed(self, adults: Units) -> None:
        row = does(adults, "social.member", services.assess, opened(adults), "Kan ikke selv komme ud.")
        with adults.at("social.member") as actor, pytest.raises(ReferralError, match="En anden leder"):
            services.grant(actor, row, GIVEN)
        # Not by going a step back first, either.
        for back in ("intake", "assess"):
            row = does(adults, "social.member", services.move, row, back, "Vi ser på det igen")
            with adults.at("social.member") as actor, pytest.raises(ReferralError, match="En anden leder"):
                services.grant(actor, row, GIVEN)

    @pytest.mark.req("R-002-18")
    def test_a_leader_grants_again_what_somebody_else_has_assessed_anew(self, adults: Units) -> None:
        adults.owner.execute(
            "update partnerships_capacity set roles = '{screener,releaser}' where id = %s",
            [adults.world.seats["social.screener"].post],
        )
        adults.owner.commit()
        row = does(adults, "social.screener", services.assess, opened(adults, "social.screener"), "Bor alene.")
        row = does(adults, "social.member", services.grant, row, GIVEN)
        row = does(adults, "social.screener", services.move, row, "assess", "Det er ikke det rigtige mere")
        with adults.at("social.screener") as actor, pytest.raises(ReferralError, match="En anden leder"):
            services.grant(actor, row, GIVEN)
        row = does(adults, "social.member", services.assess, row, "Har brug for mere.")
        assert does(adults, "social.screener", services.grant, row, GIVEN).stage == "deliver"

    @pytest.mark.req("R-002-24")
    def test_a_small_offer_is_granted_without_a_meeting(self, adults: Units) -> None:
        row = opened(adults, "social.screener")
        assert does(adults, "social.member", services.grant, row, GIVEN).stage == "deliver"

    @pytest.mark.req("R-002-16")
    def test_round_again_is_assessed_and_granted_anew(self, adults: Units) -> None:
        row = does(adults, "social.member", services.grant, opened(adults, "social.screener"), GIVEN)
        row = does(adults, "social.screener", services.move, row, "evaluate", "Et halvt år er gået")
        row = does(adults, "social.screener", services.move, row, "assess", "Det er ikke det rigtige mere")
        assert (row.stage, row.granted_on, row.assessed_by_id) == ("assess", None, None)

    ATTEMPTS = (
        # Whoever investigates, the same leader, an assessment without its line, nobody's line, a line of somebody
        # else's, help without a grant.
        ("social.screener", "granted_on = today(), granted = 'x', granted_by_id = actor_person()"),
        ("social.screener", "granted_on = today(), granted = 'x', granted_by_id = '{leader}'"),
        ("social.screener", "stage = 'deliver'"),
        ("social.screener", "assessed_by_id = '{leader}'"),
        ("social.member", "assessed_by_id = actor_person()"),
        ("social.screener", "worker_id = '{leader}'"),
        ("social.screener", "ended_on = today() - 9, end_reason = 'done'"),
        ("social.screener", "reviewed_on = today()"),
    )

    @pytest.mark.req("R-002-18")
    def test_the_database_asks_the_same(self, adults: Units, app_connection: psycopg.Connection) -> None:
        row = does(adults, "social.screener", services.assess, opened(adults, "social.screener"), "Bor alene.")
        seats = adults.world.seats
        line = _line("x")
        wrong = [(seat, line + change) for seat, change in self.ATTEMPTS]
        wrong += [
            ("social.member", _line("granted") + "version = 9"),
            ("social.member", _line("assessed") + "version = 9"),
        ]
        wrong += [("social.member", line + "granted_on = today(), granted = 'x', granted_by_id = actor_person()")]
        wrong += [("social.screener", "version = 9"), ("social.screener", "log = '[]'")]
        # A line of another day, and one in another's name.
        wrong += [("social.screener", _line("x", at="'2020-01-01 10:00+01'") + "version = 9")]
        wrong += [("social.screener", _line("x", who="'Leder Ledersen'") + "version = 9")]
        # Nor one without a day: the page that tells the lines would not open any more.
        wrong += [("social.screener", _line("x", at="null") + "version = 9")]
        dayless = f"jsonb_build_object('by', actor_person(), 'who', {MY_NAME}, 'kind', 'x')"
        wrong += [("social.screener", f"log = log || jsonb_build_array({dayless}), version = 9")]
        wrong += [("social.screener", "log = jsonb_set(log, '{{0,words}}', '\"x\"')")]
        wrong += [("social.screener", "log = log || jsonb_build_array(jsonb_build_object('by', '{leader}'))")]
        for seat, change in wrong:
            asked = change.format(leader=seats["social.member"].person)
            with app_connection.transaction(force_rollback=True):
                app_connection.execute("select set_config('samsvar.token', %s, true)", [seats[seat].token])
                with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)):
                    app_connection.execute(f"update referrals_pathway set {asked}")  # type: ignore[arg-type]
        with app_connection.transaction(force_rollback=True):
            app_connection.execute("select set_config('samsvar.token', %s, true)", [seats["social.member"].token])
            done = app_connection.execute(
                f"update referrals_pathway set {_line('granted')} granted_on = today(), granted = 'x',"
                " granted_by_id = actor_person(), stage = 'deliver'"  # type: ignore[arg-type]
            )
            assert done.rowcount == 1
        assert row.stage == "grant"

    WRONG_ANSWERS = (
        # In another's name, of another day, to another question, not as the line says, or without its line.
        _answered(who="'Leder Ledersen'"),
        _answered(on="'2020-01-01'"),
        _answered(key="alternatives"),
        _answered(answer="no"),
        _answered(words="Nej"),
        _answered(kept="(facts - 'first')"),
        _answered().replace("'asked'", "'x'"),
        _line("x") + "facts = '{}'",
    )

    def test_an_answer_is_in_the_name_of_whoever_writes_it(
        self, units: Units, app_connection: psycopg.Connection
    ) -> None:
        row = walked_in(units, "practice.frontline", "gp")
        units.owner.execute("""update referrals_pathway set facts = '{"first": {"answer": "yes"}}'""")
        units.owner.commit()
        # As the service writes it, it goes through; so each of the others fails for what is wrong with it.
        for change, passes in ((_answered(), True), *((one, False) for one in self.WRONG_ANSWERS)):
            with app_connection.transaction(force_rollback=True):
                token = units.world.seats["practice.frontline"].token
                app_connection.execute("select set_config('samsvar.token', %s, true)", [token])
                sql = f"update referrals_pathway set {change} where id = '{row.pk}'"
                if passes:
                    assert app_connection.execute(sql).rowcount == 1  # type: ignore[arg-type]
                    continue
                with pytest.raises(psycopg.errors.InsufficientPrivilege, match="an answer is one's own"):
                    app_connection.execute(sql)  # type: ignore[arg-type]

    def test_nobody_is_born_with_an_answer(self, units: Units) -> None:
        row = walked_in(units, "practice.frontline", "gp")
        # As the service writes it, only that there is one stands in the way.
        for facts, refused in (
            ({}, IntegrityError),
            ({"wish": {"answer": "yes", "who": "En anden"}}, ProgrammingError),
        ):
            row.pk, row.facts = uuid4(), facts
            with pytest.raises(refused), units.at("practice.frontline"):
                row.save(force_insert=True)

    @pytest.mark.req("R-002-18")
    def test_the_database_knows_who_assessed_before_it_went_a_step_back(
        self, adults: Units, app_connection: psycopg.Connection
    ) -> None:
        row = does(adults, "social.member", services.assess, opened(adults), "Bor alene.")
        does(adults, "social.member", services.move, row, "intake", "Vi ser på det igen")
        app_connection.execute(
            "select set_config('samsvar.token', %s, true)", [adults.world.seats["social.member"].token]
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="does not grant"):
            app_connection.execute(
                f"update referrals_pathway set {_line('granted')} granted_on = today(), granted = 'x',"
                " granted_by_id = actor_person(), stage = 'deliver'"  # type: ignore[arg-type]
            )

    def test_two_at_once_are_told(self, adults: Units) -> None:
        row = opened(adults, "social.screener")
        does(adults, "social.screener", services.take, does(adults, "social.member", services.take, row))
        with adults.at("social.member") as actor, pytest.raises(ReferralError, match="En kollega har rettet"):
            services.grant(actor, row, GIVEN, row.version)


class TestKnownCitizens:
    """What comes in of a known citizen goes to whoever works with the citizen."""

    @pytest.mark.req("R-002-22")
    def test_a_new_concern_stands_with_the_current_caseworker(self, adults: Units) -> None:
        row = opened(adults, "social.screener")
        with adults.at("social.frontline") as actor:
            new = sent(actor, adults, "job", "adult", "support_85", said("wishes", "functioning", "needs"), cpr=CPR)

        def on_desk(seat: str) -> bool:
            with adults.at(seat) as actor:
                return new.pk in {one.row.pk for one in desk.on_desk(actor)[0]}

        assert (on_desk("social.screener"), on_desk("social.member")) == (True, False)
        does(adults, "social.member", services.take, row)
        assert (on_desk("social.screener"), on_desk("social.member")) == (False, True)
        # Late, or when the caseworker has left, it is everybody's.
        adults.owner.execute("update referrals_referral set due_at = now() - interval '1 day'")
        adults.owner.commit()
        assert on_desk("social.screener")
        adults.owner.execute("update referrals_referral set due_at = now() + interval '1 day'")
        adults.owner.commit()
        adults.sit("social.member", "child")
        assert on_desk("social.screener")
        adults.sit("social.member", "adult")
        assert not on_desk("social.screener")
        adults.owner.execute(
            "update partnerships_capacity set until = today() - 1 where id = %s",
            [adults.world.seats["social.member"].post],
        )
        adults.owner.commit()
        assert on_desk("social.screener")


class TestStandingStill:
    """Paused, stood back, ended, and who is left alone."""

    @pytest.mark.req("R-002-25", "R-002-26")
    def test_a_pause_has_a_reason_and_a_day_and_says_when_it_comes(self, units: Units) -> None:
        row = walked_in(units, "social.frontline", "job")
        again = timezone.localdate() + timedelta(days=20)
        with units.at("social.frontline") as actor:
            for wrong in (
                ("paused", "", again),
                ("paused", "x y", timezone.localdate()),
                ("asleep", "Er indlagt", again),
            ):
                with pytest.raises(ReferralError):
                    services.stand(actor, row, *wrong)
        row = does(units, "social.frontline", services.stand, row, "back", "Distriktspsykiatrien: meget dårlig", again)
        assert row.get_standing_display() == "Vi har trukket os"
        assert jobs.pathways(0, _noon(again - timedelta(days=1))) == 0
        assert [jobs.pathways(0, _noon(again)) for _twice in range(2)] == [1, 0]
        row = does(units, "social.frontline", services.resume, row)
        assert (row.standing, row.look_again) == ("", None)
        assert _tasks(units) == [True]

    @pytest.mark.req("R-002-29")
    def test_who_leaves_without_a_receiver_is_listed_until_somebody_has_looked(self, units: Units) -> None:
        rows = [
            walked_in(units, "social.frontline", "job", name) for name in ("En Prøvesen", "To Prøvesen", "Tre Prøvesen")
        ]
        with units.at("social.frontline") as actor:
            for reason, who, nobody in (("done", "", False), ("done", "Anna", True), ("", "", True)):
                with pytest.raises(ReferralError):
                    services.end(actor, rows[0], reason, who, nobody)
            services.end(actor, rows[0], PathwayEnd.LOST, "", True)
            services.end(actor, rows[1], PathwayEnd.PASSED_ON, "Distriktspsykiatrien", False)
            services.end(actor, rows[2], PathwayEnd.MISTAKE, "", True)
        with units.at("social.frontline") as actor:
            assert [one.row.name for one in selectors.board(actor).left] == ["En Prøvesen"]
            services.review(actor, rows[0])
        with units.at("social.frontline") as actor:
            assert selectors.board(actor).is_empty
            with pytest.raises(ReferralError):
                services.review(actor, rows[0])
            with pytest.raises(ReferralError, match="slut"):
                services.take(actor, rows[0])

    def test_what_is_over_asks_nobody_and_is_looked_at_from_its_own_page(self, units: Units) -> None:
        units.sit("psychiatry.frontline", "buk")
        row = walked_in(units, "psychiatry.frontline", "buk")
        worker, page = Worker(units.world, "psychiatry.frontline"), reverse("referrals:pathway", args=[row.pk])
        # Nobody grants here, and the forms say nothing of it.
        seen = worker.sees(page)
        assert "Ikke spurgt" in seen
        assert "bevilge" not in worker.sees(page + "vurdering/")
        assert "bevilling" not in worker.sees(page + "trin/")
        does(units, "psychiatry.frontline", services.answer, row, "wish", "yes", "Vil gerne")
        worker.does(page + "slut/", reason="lost", receiver="", nobody="on")
        seen = worker.sees(page)
        assert "Vil gerne" in seen
        assert "Ikke spurgt" not in seen
        assert 'value="review"' in seen
        worker.does(reverse("referrals:pathway_press", args=[row.pk]), what="review")
        assert 'value="review"' not in worker.sees(page)

    def test_nobody_falls_off_a_long_list_and_whoever_is_late_comes_first(
        self, units: Units, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        names = [f"Prøve {number}" for number in "abcde"]
        for name in names:
            walked_in(units, "social.frontline", "job", name)
        units.owner.execute(
            "update referrals_pathway set standing = 'paused', standing_since = today(), look_again = today() "
            "where name = 'Prøve d'"
        )
        units.owner.commit()
        monkeypatch.setattr(selectors, "PER_PAGE", 2)
        worker, pages = Worker(units.world, "social.frontline"), []
        for side in ("1", "2", "3"):
            seen = worker.sees(reverse("referrals:pathways") + f"?side={side}")
            assert f"Side {side} af 3" in seen
            # The headings count all of them, also those of another page.
            assert "(4)" in seen
            assert ("For sent" in seen) is (side == "1")
            pages.append([name for name in names if name in seen])
        assert sorted(name for page in pages for name in page) == names
        assert "Prøve d" in pages[0]
        # Whose names stood on a page is what the log has of it.
        sql = "select detail from audit_logrow where subject_kind = 'pathways' order by seq"
        rows = units.owner.execute(sql).fetchall()
        units.owner.rollback()
        assert [len(row[0]["ids"]) for row in rows] == [2, 2, 1]

    def test_whoever_is_late_at_a_later_step_comes_before_the_earlier_ones(
        self, units: Units, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("En Prøvesen", "To Prøvesen", "Tre Prøvesen"):
            walked_in(units, "social.frontline", "job", name)
        units.owner.execute(
            "update referrals_pathway set stage = 'assess', standing = 'paused', standing_since = today(),"
            " look_again = today() where name = 'Tre Prøvesen'"
        )
        units.owner.commit()
        monkeypatch.setattr(selectors, "PER_PAGE", 1)
        with units.at("social.frontline") as actor:
            first, second = (selectors.board(actor, side) for side in ("1", "2"))
        assert ([one.row.name for one in first.late.lines], first.late.number, first.steps) == (["Tre Prøvesen"], 1, [])
        assert [one.row.name for one in second.steps[0].lines] == ["En Prøvesen"]
        assert (second.late.lines, second.steps[0].number) == ([], 2)
        assert first.citizen_ids

    def test_the_list_costs_the_same_however_long(self, units: Units) -> None:
        def cost() -> int:
            with units.at("social.frontline") as actor, CaptureQueriesContext(connection) as asked:
                selectors.board(actor)
            return len(asked)

        walked_in(units, "social.frontline", "job", "En Prøvesen")
        one = cost()
        for name in ("To Prøvesen", "Tre Prøvesen", "Fire Prøvesen"):
            walked_in(units, "social.frontline", "job", name)
        assert cost() == one


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


@contextmanager
def without_rule(owner: psycopg.Connection, table: str, rule: str) -> Iterator[None]:
    """The table as it was before it had the rule."""
    [asked] = owner.execute(
        "select pg_get_constraintdef(oid) from pg_constraint where conrelid = %s::regclass and conname = %s",
        [table, rule],
    ).fetchone() or [""]
    owner.execute(f"alter table {table} drop constraint {rule}")
    owner.commit()
    try:
        yield
    finally:
        owner.rollback()
        owner.execute(f"alter table {table} add constraint {rule} {asked}")
        owner.commit()


def _tasks(units: Units) -> list[bool]:
    rows = units.owner.execute(
        "select done_at is not null from tasks_task where subject_kind = 'pathway' order by created_at"
    ).fetchall()
    units.owner.rollback()
    return [row[0] for row in rows]


class TestClocks:
    """Open deadlines on the way, heard of in time."""

    @pytest.fixture
    def clinic(self, units: Units) -> Units:
        units.sit("psychiatry.frontline", "buk")
        return units

    @pytest.mark.req("R-002-133")
    def test_the_clinic_has_a_letter_a_talk_and_a_treatment_in_time(self, clinic: Units) -> None:
        row = walked_in(clinic, "psychiatry.frontline", "buk")
        today = timezone.localdate()
        dues = {one.timed.key: one.due for one in selectors.line_of(row).clocks}
        assert dues["buk_letter"] == today + timedelta(days=7)
        assert dues["buk_date"] == today + timedelta(days=28)
        assert dues["buk_talk"] > dues["buk_date"] - timedelta(days=1)
        assert "buk_treatment" not in dues
        held = today - timedelta(days=3)
        row = does(clinic, "psychiatry.frontline", services.begin_clock, row, "buk_treatment", held)
        dues = {one.timed.key: one.due for one in selectors.line_of(row).clocks}
        assert dues["buk_treatment"] == held + timedelta(days=28)
        row = does(clinic, "psychiatry.frontline", services.meet_clock, row, "buk_letter", today)
        letter = next(one for one in selectors.line_of(row).clocks if one.timed.key == "buk_letter")
        assert (letter.done, letter.is_out, letter.warns) == (today, False, False)
        with clinic.at("psychiatry.frontline") as actor, pytest.raises(ReferralError):
            services.meet_clock(actor, row, "buk_letter", today)

    def test_the_days_are_counted_from_the_day_it_was_sent(self, clinic: Units) -> None:
        with clinic.at("psychiatry.member") as actor:
            words = said("package", "rationale")
            row = sent(actor, clinic, "pvk", "buk", "allocation", words)
        clinic.owner.execute("update referrals_referral set sent_at = sent_at - interval '5 days'")
        clinic.owner.commit()
        with clinic.at("psychiatry.frontline") as actor:
            made = services.open_from(actor, row)
        [letter] = [one for one in selectors.line_of(made).clocks if one.timed.key == "buk_letter"]
        assert letter.due == timezone.localdate() + timedelta(days=2)
        assert letter.warns

    @pytest.mark.req("R-002-131")
    def test_a_childs_help_is_looked_at_every_six_months(self, units: Units) -> None:
        units.owner.execute(
            "update partnerships_capacity set roles = '{frontline}', unit_id = %s where id = %s",
            [units.units["child"], units.world.seats["social.frontline"].post],
        )
        units.owner.commit()
        row = walked_in(units, "social.frontline", "child")
        assert selectors.line_of(row).clocks == []
        row = does(units, "social.screener", services.grant, row, GIVEN)
        [review] = selectors.line_of(row).clocks
        assert review.timed.key == "child_offer_review"
        assert [jobs.pathways(0, _noon(review.due - timedelta(days=back))) for back in (29, 28, 27)] == [0, 1, 0]
        row = does(units, "social.frontline", services.meet_clock, row, "child_offer_review", timezone.localdate())
        # Done, it begins anew, and what stood on the table is gone.
        [again] = selectors.line_of(row).clocks
        assert again.done is None
        assert _tasks(units) == [True]

    def test_none_missed_and_none_twice_after_the_worker_was_dead(self, clinic: Units) -> None:
        row = walked_in(clinic, "psychiatry.frontline", "buk")
        [letter] = [one for one in selectors.line_of(row).clocks if one.timed.key == "buk_letter"]
        dead_from, back = letter.due - timedelta(days=3), letter.due + timedelta(days=1)
        assert jobs.pathways(0, _noon(dead_from)) == 0
        assert [jobs.pathways(0, _noon(back)) for _again in range(3)] == [1, 0, 0]
        clinic.owner.execute("update tasks_task set done_at = now()")
        clinic.owner.commit()
        # Said, ticked off, and not said again; the next clock is.
        assert jobs.pathways(0, _noon(back + timedelta(days=1))) == 0
        assert [jobs.pathways(0, _noon(back + timedelta(days=40))) for _again in range(2)] == [1, 0]

    def test_a_row_that_cannot_be_read_keeps_nobody_elses_reminders(self, clinic: Units) -> None:
        broken, row = (
            walked_in(clinic, "psychiatry.frontline", "buk", cpr=number) for number in ("6201805678", "6202805677")
        )
        [letter] = [one for one in selectors.line_of(row).clocks if one.timed.key == "buk_letter"]
        clinic.owner.execute("""update referrals_pathway set clocks = '{"x": {}}' where id = %s""", [broken.pk])
        clinic.owner.commit()
        assert jobs.pathways(0, _noon(letter.due + timedelta(days=1))) == 1

    @pytest.mark.parametrize("poison", ['{"x": ' + "9" * 5000 + "}", "[" * 1500 + "]" * 1500, "[1]"])
    def test_nor_does_one_that_no_program_can_parse(self, clinic: Units, poison: str) -> None:
        """As an older version may have left it: what is written now the database itself refuses."""
        broken, row = (
            walked_in(clinic, "psychiatry.frontline", "buk", cpr=number) for number in ("6201805678", "6202805677")
        )
        [letter] = [one for one in selectors.line_of(row).clocks if one.timed.key == "buk_letter"]
        with without_rule(clinic.owner, "referrals_pathway", "json_is_plain"):
            clinic.owner.execute("update referrals_pathway set clocks = %s::jsonb where id = %s", [poison, broken.pk])
            clinic.owner.commit()
            assert jobs.pathways(0, _noon(letter.due + timedelta(days=1))) == 1

    def test_it_falls_to_the_leaders_when_the_worker_has_left(self, clinic: Units) -> None:
        walked_in(clinic, "psychiatry.frontline", "buk")
        clinic.owner.execute(
            "update partnerships_capacity set until = today() - 1 where id = %s",
            [clinic.world.seats["psychiatry.frontline"].post],
        )
        clinic.owner.commit()
        assert jobs.pathways(0, _noon(timezone.localdate() + timedelta(days=9))) == 1
        rows = clinic.owner.execute("select person_id, role from tasks_task").fetchall()
        clinic.owner.rollback()
        assert rows == [(None, "releaser")]

    @pytest.mark.req("R-002-22")
    def test_whoever_takes_over_hears_of_the_deadline_too(self, clinic: Units) -> None:
        clinic.sit("psychiatry.member", "buk")
        row = walked_in(clinic, "psychiatry.frontline", "buk")
        soon = _noon(timezone.localdate() + timedelta(days=6))
        assert [jobs.pathways(0, soon) for _twice in range(2)] == [1, 0]
        does(clinic, "psychiatry.member", services.take, row)
        assert [jobs.pathways(0, soon) for _twice in range(2)] == [1, 0]
        rows = clinic.owner.execute("select person_id, done_at is null from tasks_task order by created_at").fetchall()
        clinic.owner.rollback()
        seats = clinic.world.seats
        assert rows == [(seats["psychiatry.frontline"].person, False), (seats["psychiatry.member"].person, True)]

    def test_the_desk_and_the_log_say_whose_way_it_is(self, clinic: Units) -> None:
        row = walked_in(clinic, "psychiatry.frontline", "buk")
        assert jobs.pathways(0, _noon(timezone.localdate() + timedelta(days=6))) == 1
        worker = Worker(clinic.world, "psychiatry.frontline")
        assert "Se på et forløb hos jer, J.P." in worker.sees(reverse("web:desk"))
        worker.sees(reverse("referrals:pathways"))
        [logged] = clinic.owner.execute("select detail from audit_logrow where subject_kind = 'pathways'").fetchall()
        clinic.owner.rollback()
        assert logged[0] == {"ids": [str(row.citizen_id)]}

    @pytest.mark.req("R-002-124")
    def test_the_pack_changes_and_what_is_open_follows(self, clinic: Units, tmp_path, settings) -> None:
        row = walked_in(clinic, "psychiatry.frontline", "buk")
        assert jobs.pathways(0, _noon(timezone.localdate() + timedelta(days=2))) == 0
        own = tmp_path / "limits.toml"
        pack = DATA.read_text(encoding="utf-8")
        own.write_text(pack.replace('"buk_letter"\nvalue = 7', '"buk_letter"\nvalue = 3'), encoding="utf-8")
        settings.LIMITS_FILE = str(own)
        [letter] = [one for one in selectors.line_of(row).clocks if one.timed.key == "buk_letter"]
        assert letter.due == timezone.localdate() + timedelta(days=3)
        assert jobs.pathways(0, _noon(timezone.localdate() + timedelta(days=2))) == 1

    def test_what_a_unit_has_no_clock_for_is_refused(self, clinic: Units) -> None:
        row = walked_in(clinic, "psychiatry.frontline", "buk")
        tomorrow = timezone.localdate() + timedelta(days=1)
        with clinic.at("psychiatry.frontline") as actor:
            for act, key, on in (
                (services.begin_clock, "child_offer_review", timezone.localdate()),
                (services.begin_clock, "buk_letter", timezone.localdate()),
                (services.begin_clock, "buk_treatment", tomorrow),
                (services.meet_clock, "buk_treatment", timezone.localdate()),
                (services.meet_clock, "buk_letter", tomorrow),
                (services.meet_clock, "buk_letter", timezone.localdate() - timedelta(days=2)),
            ):
                with pytest.raises(ReferralError):
                    act(actor, row, key, on)


class TestQuestions:
    """Asked of everybody; no answer stops anybody, but for an agreement with somebody else."""

    @pytest.mark.req("R-002-146")
    def test_children_in_the_home_are_asked_for_and_lead_to_the_duty_to_notify(self, units: Units) -> None:
        row = walked_in(units, "psychiatry.frontline", "district")
        asked = {one.question.key: one for one in selectors.line_of(row).questions}
        assert asked["children"].is_open
        assert "duty" not in asked
        row = does(units, "psychiatry.frontline", services.answer, row, "children", "yes", "To drenge på 4 og 7")
        asked = {one.question.key: one for one in selectors.line_of(row).questions}
        assert asked["duty"].is_open
        row = does(units, "psychiatry.frontline", services.answer, row, "duty", "yes", "Kommer ikke i skole")
        asked = {one.question.key: one for one in selectors.line_of(row).questions}
        assert asked["duty"].notifies
        # The law's own pack says by which sections, and that nobody has checked them.
        assert asked["duty"].law.startswith("barnets lov §§ 132-137. Endnu ikke efterprøvet")
        assert "§" not in asked["duty"].question.da
        # Nobody is stopped while nobody knows.
        other = walked_in(units, "psychiatry.frontline", "district", "Uspurgt Prøvesen")
        assert (
            does(units, "psychiatry.frontline", services.move, other, "deliver", "Begynder på mandag").stage
            == "deliver"
        )

    def test_a_notification_of_the_child_begins_without_the_parent(self, units: Units) -> None:
        row = opened(units)
        row = does(units, "social.member", services.answer, row, "children", "yes", "To drenge på 4 og 7")
        row = does(units, "social.member", services.answer, row, "duty", "yes", "Kommer ikke i skole")
        page = Worker(units.world, "social.member").sees(reverse("referrals:pathway", args=[row.pk]))
        assert f'href="{reverse("referrals:choose")}">Skriv underretningen' in page
        assert "Endnu ikke efterprøvet" in page
        with units.at("social.member") as actor:
            came_by = Referral.objects.get(pk=row.came_by)
            with pytest.raises(ReferralError, match="barnets navn"):
                drafted(actor, units, "adult", "child", "notification", follows=came_by)
            draft = drafted(actor, units, "adult", "child", "notification")
        assert draft.citizen_id != row.citizen_id

    def test_a_unit_answers_only_what_it_asks(self, units: Units) -> None:
        row = walked_in(units, "practice.frontline", "gp")
        with units.at("practice.frontline") as actor:
            for key, answer, words in (("children", "yes", ""), ("wish", "måske", ""), ("wish", "yes", "611180-1234")):
                with pytest.raises(ReferralError):
                    services.answer(actor, row, key, answer, words)

    def test_nothing_of_it_is_told_to_anybody(self, units: Units) -> None:
        row = walked_in(units, "psychiatry.frontline", "district", cpr=CPR)
        does(units, "psychiatry.frontline", services.answer, row, "wish", "yes", "Vil gerne ud at sejle igen")
        with units.at("psychiatry.dpo"):
            assert not Disclosure.objects.exists()


def test_what_is_over_leaves_with_its_time_and_what_is_open_stays(
    adults: Units, caretaker_connection: psycopg.Connection
) -> None:
    row = opened(adults, "social.screener")

    def dispose() -> bool:
        caretaker_connection.execute("select retention_dispose('referral', %s, today())", [row.pk])
        caretaker_connection.commit()
        with adults.at("social.screener"):
            return Pathway.objects.exists()

    assert dispose()
    with adults.at("social.screener") as actor:
        services.end(actor, row, PathwayEnd.DONE, "Egen læge", False)
    assert not dispose()
    # The referral that it began with has a time of its own.
    with adults.at("social.screener"):
        assert Referral.objects.exists()
