"""Transition lists: written once, counted from the day of birth, handed over on a yes, open until it is accepted."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samsvar.calendar.deadlines import add_months
from samsvar.cases.services.concerns import Who
from samsvar.cases.services.errors import CaseError
from samsvar.citizens.services import birth_date_of
from samsvar.law.kinds import Basis
from samsvar.partnerships.models import Authority, Unit
from samsvar.postgres.actor import acting
from samsvar.referrals import jobs
from samsvar.referrals.models import HandOver, Transition
from samsvar.referrals.selectors import transitions as selectors
from samsvar.referrals.selectors.transitions import Where
from samsvar.referrals.services import transitions as services
from samsvar.referrals.services.transitions import Handed, TransitionError, Yes
from samsvar.referrals.transitions import Facts, days_of, rule_of, rules
from samsvar.sharing.models import Consent, Disclosure
from samsvar.sharing.services import disclose
from samsvar.web.selectors import desk
from tests.clients import sit
from tests.coordination.ground import practice, unit
from tests.coordination.paper import words
from tests.world import World

NAME = "Signe Prøvesen"
Puts = Callable[..., Transition]


def number(months: int, days: int = 0) -> str:
    """A made-up number of somebody who was born so many months and days ago."""
    born = add_months(timezone.localdate(), -months) - timedelta(days=days)
    return f"{born.day + 60:02}{born.month:02}{born.year % 100:02}{'4111' if born.year >= 2000 else '1111'}"


@pytest.fixture
def children(world: World, owner_connection: psycopg.Connection) -> UUID:
    """Børn og Unge, in which the municipality's frontline worker has the post."""
    return unit(world, owner_connection, "Børn og Unge", "social.frontline")


@pytest.fixture
def adults(world: World, owner_connection: psycopg.Connection) -> UUID:
    """Myndigheden of the same municipality, in which its screener has the post."""
    return unit(world, owner_connection, "Myndigheden", "social.screener")


@pytest.fixture
def clinic(world: World, owner_connection: psycopg.Connection) -> UUID:
    """B&U of the region, in which its frontline worker has the post."""
    return unit(world, owner_connection, "Børne- og Ungdomspsykiatrisk Klinik", "psychiatry.frontline", "psychiatry")


def puts(
    world: World, seat: str = "social.frontline", kind: str = "child_adult", months: int = 198, **more
) -> Transition:
    """Somebody is written on a unit's list."""
    with acting(world.seats[seat].token) as actor:
        who = Who(name=more.pop("name", NAME), cpr=more.pop("cpr", number(months, 3)))
        return services.put_on_list(actor, actor.partnership_ids[0], who, kind, **more)


def where(world: World, row: Transition, seat: str = "social.frontline") -> Where | None:
    """Where it stands, for somebody; None for one who does not see it."""
    with acting(world.seats[seat].token) as actor:
        line = selectors.find_transition(actor, row.pk)
        return line.where if line else None


def hands(
    world: World,
    row: Transition,
    to: str = "social",
    to_unit: UUID | None = None,
    seat: str = "social.frontline",
    **more,
) -> HandOver:
    """Somebody hands over."""
    with acting(world.seats[seat].token) as actor:
        given = {
            "receiver": "adults",
            "words": "Kan selv tage bussen.",
            "yes": Yes([NAME, "Far"], informed=True),
            **more,
        }
        return services.hand_over(
            actor,
            row,
            Handed(
                to=Authority.objects.get(pk=world.authorities[to]),
                to_unit=Unit.objects.get(pk=to_unit) if to_unit else None,
                **given,
            ),
        )


def waiting(world: World, seat: str) -> list[str]:
    """The names that wait for an answer."""
    with acting(world.seats[seat].token) as actor:
        return [one.name for one in selectors.received_open(actor)]


class TestTheRules:
    """Dated data with sources."""

    def test_each_has_a_source_a_day_and_two_languages(self) -> None:
        for one in rules():
            assert one.source_da.startswith("rapport 002, L")
            assert one.label_da != one.label_en
            assert one.status == "2014, not verified"
            assert one.by_birth or one.date_da

    def test_nobody_is_promised_what_others_may_give(self) -> None:
        for one in rules():
            for line in (*one.checks, *one.receivers):
                assert "bevilg" not in line.da.lower()
                assert "skal have" not in line.da.lower()

    @pytest.mark.req("R-002-127")
    def test_what_to_live_on_at_eighteen_is_on_the_list(self) -> None:
        for key in ("child_adult", "child_psychiatry"):
            rule = rule_of(key)
            assert rule
            assert "income" in {one.key for one in rule.checks}

    @pytest.mark.req("R-002-125", "R-002-129")
    def test_the_days_follow_from_the_day_of_birth(self) -> None:
        born, today = date(2010, 3, 15), date(2026, 1, 1)
        rule = rule_of("child_adult")
        assert rule
        days = days_of(Facts(rule, born, None), today)
        assert (days.starts, days.late_from, days.turns) == (date(2026, 9, 15), date(2027, 9, 15), date(2028, 3, 15))
        assert [one.key for one in rule.receivers] == ["adults", "jobcentre", "guidance"]
        thirty = rule_of("thirty")
        assert thirty
        days = days_of(Facts(thirty, date(1996, 5, 31), None), today)
        assert (days.starts, days.turns) == (date(2026, 2, 28), date(2026, 5, 31))

    @pytest.mark.req("R-002-126")
    def test_a_placement_is_asked_for_three_months_before_eighteen(self) -> None:
        rule = rule_of("child_psychiatry")
        assert rule
        days = days_of(Facts(rule, date(2010, 3, 15), None), date(2026, 1, 1))
        assert (days.starts, days.late_from) == (date(2026, 3, 15), date(2027, 12, 15))

    def test_a_day_of_birth_is_read_from_a_number_of_a_demonstration_too(self) -> None:
        assert birth_date_of("7503104111") == date(2010, 3, 15)
        assert birth_date_of("150310-4111") == date(2010, 3, 15)
        assert birth_date_of("150310XXXX") is None


class TestTheList:
    """The unit's own; nobody has to remember."""

    @pytest.mark.req("R-002-125")
    def test_a_girl_of_sixteen_and_a_half_is_already_on_the_list(self, world: World, children: UUID) -> None:
        early = puts(world, months=150, cpr=number(150))
        girl = puts(world, months=198, name="Signe")
        late = puts(world, months=211, name="Karla", cpr=number(211))
        assert [where(world, one) for one in (early, girl, late)] == [Where.LATER, Where.NOW, Where.LATE]
        with acting(world.seats["social.frontline"].token) as actor:
            board = selectors.board(actor)
        assert [line.row.name for line in board.now] == ["Signe"]
        assert [line.age for line in board.now] == ["16½"]

    def test_no_other_unit_sees_the_list(self, world: World, children: UUID, adults: UUID) -> None:
        row = puts(world)
        hidden = set(world.seats) - {"social.frontline"}
        assert {seat: where(world, row, seat) for seat in hidden} == dict.fromkeys(hidden)

    def test_without_units_the_writer_and_those_who_lead_see_it(self, world: World) -> None:
        row = puts(world)
        sees = {seat for seat in world.seats if where(world, row, seat)}
        assert sees == {"social.frontline", "social.screener", "social.member"}

    def test_twice_is_once(self, world: World, children: UUID) -> None:
        puts(world)
        with pytest.raises(TransitionError, match="står allerede"):
            puts(world)

    def test_whoever_is_in_no_unit_does_not_learn_whom_a_colleague_has(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        owner_connection.execute(
            "update partnerships_capacity set roles = '{frontline}', unit_id = null where id = any(%s)",
            [[world.seats[seat].post for seat in ("social.frontline", "social.screener")]],
        )
        owner_connection.commit()
        cpr = number(198)
        first = puts(world, cpr=cpr)
        # The same answer as for somebody whom nobody has, and each has a row of one's own.
        second = puts(world, "social.screener", cpr=cpr)
        assert second.pk != first.pk
        assert [where(world, row, "social.screener") for row in (first, second)] == [None, Where.NOW]
        for seat in ("social.screener", "social.frontline"):
            with pytest.raises(TransitionError, match="står allerede"):
                puts(world, seat, cpr=cpr)
        # A leader sees both, and writes no third.
        with pytest.raises(TransitionError, match="står allerede"):
            puts(world, "social.member", cpr=cpr)

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"cpr": ""}, "CPR-nummeret"),
            ({"name": " "}, "navn"),
            ({"name": "Signe 610190-1234"}, "ligner et CPR-nummer"),
            ({"kind": "ward_home"}, "Vælg en overgang"),
            ({"case_known": "måske"}, "sag i kommunen"),
        ],
    )
    def test_what_is_missing_is_said(self, world: World, children: UUID, wrong: dict, message: str) -> None:
        with pytest.raises(TransitionError, match=message):
            puts(world, **wrong)

    def test_those_who_set_up_and_oversee_write_nobody_on_a_list(self, world: World) -> None:
        for seat in ("social.admin", "social.dpo"):
            with pytest.raises(TransitionError):
                puts(world, seat)

    @pytest.mark.req("R-002-128")
    def test_the_day_moves_with_a_reason_and_not_beyond_the_policy(self, world: World, children: UUID) -> None:
        row = puts(world, months=211)
        usual = add_months(birth_date_of(number(211, 3)) or date.min, 216)
        with acting(world.seats["social.frontline"].token) as actor:
            for to, why, message in (
                (add_months(usual, 6), " ", "faglige grund"),
                (add_months(usual, 14), "Skoleåret", "højst 12 måneder"),
                (date(2020, 1, 1), "Skoleåret", "gået"),
            ):
                with pytest.raises(TransitionError, match=message):
                    services.move_turn(actor, row, to, why)
            services.move_turn(actor, row, add_months(usual, 9), "Gør skoleåret færdigt først.")
            line = selectors.find_transition(actor, row.pk)
            assert line
            assert line.days
            assert line.days.turns == add_months(usual, 9)
            # The decision moves with it: what was late is not
            assert line.where is Where.NOW

    def test_two_at_once_are_told(self, world: World, children: UUID) -> None:
        row = puts(world)
        with acting(world.seats["social.frontline"].token) as actor:
            services.check(actor, row, "income", version=1)
            with pytest.raises(services.Overtaken, match="kollega"):
                services.check(actor, row, "home", version=1)
            line = selectors.find_transition(actor, row.pk)
            assert line
            assert line.missing == len(line.checks) - 1
            services.check(actor, row, "income")
            assert Transition.objects.get(pk=row.pk).checked == {}

    @pytest.mark.req("R-002-126")
    def test_a_young_patient_without_a_case_is_warned_of_at_sixteen(self, world: World, clinic: UUID) -> None:
        row = puts(world, "psychiatry.frontline", "child_psychiatry", 194, cpr=number(194))
        with acting(world.seats["psychiatry.frontline"].token) as actor:
            line = selectors.find_transition(actor, row.pk)
            assert line
            assert (line.where, line.no_case) == (Where.NOW, True)
            services.note_case(actor, row, "yes")
            line = selectors.find_transition(actor, row.pk)
            assert line
            assert (line.where, line.no_case) == (Where.SETTLED, False)

    def test_the_list_costs_the_same_however_long(self, world: World, children: UUID) -> None:
        def cost() -> int:
            with acting(world.seats["social.frontline"].token) as actor, CaptureQueriesContext(connection) as queries:
                selectors.board(actor)
            return len(queries)

        puts(world, cpr=number(200))
        one = cost()
        for months in (201, 202, 203):
            puts(world, cpr=number(months), name=f"Prøve {months}")
        assert cost() == one

    def test_nobody_falls_off_a_long_list(self, world: World, children: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
        puts(world, cpr=number(200))
        puts(world, cpr=number(150), name="Ikke endnu")
        puts(world, cpr=number(211), name="For sent")
        monkeypatch.setattr(selectors, "PER_PAGE", 2)
        with acting(world.seats["social.frontline"].token) as actor:
            pages = [selectors.board(actor, side) for side in ("1", "2")]
        assert [line.row.name for line in (*pages[0].late, *pages[0].now)] == ["For sent", NAME]
        assert [line.row.name for line in pages[1].later] == ["Ikke endnu"]
        assert pages[1].page.number == pages[1].page.paginator.num_pages == 2

    def test_an_exit_without_a_receiver_is_listed(self, world: World, children: UUID) -> None:
        row = puts(world)
        with acting(world.seats["social.frontline"].token) as actor:
            with pytest.raises(TransitionError, match="Ingen har taget imod"):
                services.end_transition(actor, row, "received")
            services.end_transition(actor, row, "no_receiver")
            assert [line.row.pk for line in selectors.board(actor).without_receiver] == [row.pk]
            with pytest.raises(TransitionError, match="slut"):
                services.check(actor, row, "income")


class TestTheQuarterlyMeeting:
    """One paper from the age rules, taken along; it says whom one may speak of by name."""

    def test_the_paper_has_whom_age_has_reached_or_reaches_before_the_next_meeting(
        self, world: World, children: UUID, adults: UUID
    ) -> None:
        late = puts(world, months=211, name="Karla Prøvesen", cpr=number(211))
        puts(world, months=198)
        puts(world, months=196, name="Oline Prøvesen", cpr=number(196))
        puts(world, months=150, name="Villads Prøvesen", cpr=number(150))
        puts(world, kind="municipalities", name="Flemming Prøvesen", day=timezone.localdate(), cpr=number(500))
        hands(world, late, "social", adults)
        read = words(sit(world, "social.frontline").get(reverse("referrals:transitions_paper")).content)
        assert [name for name in ("Karla", "Signe", "Oline") if name not in read] == []
        # Neither who is far too young nor whose day no birthday sets.
        assert [name for name in ("Villads", "Flemming") if name in read] == []
        assert read.index("For sent") < read.index("Karla") < read.index("I gang") < read.index("Signe")
        assert "Myndigheden" in read
        assert "bed borgeren om lov først" in read

    def test_who_had_a_yes_that_is_over_is_not_named(
        self, world: World, clinic: UUID, adults: UUID, owner_connection: psycopg.Connection
    ) -> None:
        row = puts(world, "psychiatry.frontline", "child_psychiatry", 200)
        hands(world, row, "social", adults, "psychiatry.frontline")
        over = ("withdrawn_on = today()", "given_on = today() - 9, valid_to = today() - 1")
        for change, named in (("withdrawn_on = null", True), *((one, False) for one in over)):
            owner_connection.execute(
                "update sharing_consent set given_on = today(), valid_to = today(), withdrawn_on = null"
            )
            owner_connection.execute(f"update sharing_consent set {change} where referral_id = %s", [row.pk])  # type: ignore[arg-type]
            owner_connection.commit()
            read = words(sit(world, "psychiatry.frontline").get(reverse("referrals:transitions_paper")).content)
            assert "Signe" in read
            assert (("Myndigheden" in read), ("Ingen endnu" in read)) == (named, not named), change

    def test_a_yes_to_another_authority_names_no_unit_at_home(
        self, world: World, children: UUID, adults: UUID, owner_connection: psycopg.Connection
    ) -> None:
        hands(world, puts(world), "social", adults)
        # The answer comes back on such a yes, so that it bears the own authority too.
        owner_connection.execute(
            "insert into sharing_consent select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),"
            " 'receiver_ids', array[%s, %s]::uuid[]))).* from sharing_consent c",
            [world.authorities["social"], world.authorities["psychiatry"]],
        )
        owner_connection.commit()
        # Whoever is asked at home reads of its own yes, not of whom else the citizen was handed to (decision 0115).
        with acting(world.seats["social.screener"].token):
            assert [one.receiver_ids for one in Consent.objects.all()] == [[world.authorities["social"]]]
        owner_connection.execute(
            "update sharing_consent set withdrawn_on = today() where cardinality(receiver_ids) = 1"
        )
        owner_connection.commit()
        read = words(sit(world, "social.frontline").get(reverse("referrals:transitions_paper")).content)
        assert "Signe" in read
        assert "Myndigheden" not in read

    def test_where_no_birthday_counts_there_is_no_list_to_take_along(self, world: World, children: UUID) -> None:
        puts(world)
        puts(world, "police.frontline", "prison_home", day=timezone.localdate(), name="Otto Prøvesen", cpr="")
        for seat, offered in (("social.frontline", True), ("police.frontline", False)):
            seen = sit(world, seat).get(reverse("referrals:transitions")).content.decode()
            assert "Prøvesen" in seen
            assert (reverse("referrals:transitions_paper") in seen) is offered

    def test_each_person_on_it_stands_in_the_log(
        self, world: World, children: UUID, owner_connection: psycopg.Connection
    ) -> None:
        row = puts(world)
        for seat, expected in (("social.frontline", 200), ("social.admin", 404)):
            assert sit(world, seat).get(reverse("referrals:transitions_paper")).status_code == expected
        said = owner_connection.execute(
            "select subject_kind, subject_id, citizen_id from audit_logrow where act = 'print'"
        ).fetchall()
        assert said == [("transition", row.pk, row.citizen_id)]


class TestHandingOver:
    """On the citizen's yes to that receiver, and open until it is accepted."""

    @pytest.mark.req("R-002-136")
    def test_to_another_authority_it_is_a_disclosure(self, world: World, clinic: UUID, adults: UUID) -> None:
        row = puts(world, "psychiatry.frontline", "child_psychiatry", 200)
        sent = hands(world, row, "social", adults, "psychiatry.frontline")
        assert waiting(world, "social.screener") == [NAME]
        others = set(world.seats) - {"social.screener"}
        assert {seat: waiting(world, seat) for seat in others} == {seat: [] for seat in others}
        with acting(world.seats["psychiatry.frontline"].token) as actor:
            told = Disclosure.objects.get(subject_id=sent.pk)
            assert (told.subject_kind, told.information_type, told.consent.given) == (
                "hand_over",
                "health",
                [NAME, "Far"],
            )
            with pytest.raises(TransitionError, match="ikke svaret"):
                services.end_transition(actor, row, "no_need")
            with pytest.raises(TransitionError, match="ikke jer"):
                services.accept(actor, sent, "Os selv")
        assert where(world, row, "psychiatry.frontline") is Where.NOW
        with acting(world.seats["social.screener"].token) as actor:
            assert not Transition.objects.exists()
            services.accept(actor, sent, "Mona, 20 20 20 20", answer="Vi ses i marts.")
            with pytest.raises(services.Overtaken):
                services.decline(actor, sent, "Alligevel ikke")
        with acting(world.seats["psychiatry.frontline"].token) as actor:
            line = selectors.find_transition(actor, row.pk)
            assert line
            assert line.where is Where.SETTLED
            assert [(one.who, one.answer) for one in line.given] == [("Mona, 20 20 20 20", "Vi ses i marts.")]
            services.end_transition(actor, row, "received")

    @pytest.mark.parametrize(
        "yes",
        [
            Yes(),
            Yes([NAME]),
            Yes([NAME], form="oral", informed=True),
            # One of two with custody has not said yes (R-002-67).
            Yes([NAME, "Mor Prøvesen (mor)"], informed=True, missing=["Far Prøvesen (far)"]),
        ],
    )
    def test_without_a_whole_yes_nothing_is_told(
        self, world: World, clinic: UUID, children: UUID, adults: UUID, yes: Yes
    ) -> None:
        row = puts(world, "psychiatry.frontline", "child_psychiatry", 200)
        with pytest.raises(TransitionError):
            hands(world, row, "social", adults, "psychiatry.frontline", yes=yes)
        # At home neither.
        own = puts(world, months=200)
        with pytest.raises(TransitionError):
            hands(world, own, "social", adults, yes=yes)
        assert waiting(world, "social.screener") == []

    def test_inside_one_municipality_the_other_unit_sees_what_it_was_sent(
        self, world: World, children: UUID, adults: UUID
    ) -> None:
        row = puts(world)
        sent = hands(world, row, "social", adults)
        assert waiting(world, "social.screener") == [NAME]
        assert waiting(world, "social.frontline") == []
        with acting(world.seats["social.screener"].token) as actor:
            services.decline(actor, sent, "Bor i en anden kommune.")
        assert where(world, row) is Where.NOW
        with acting(world.seats["social.frontline"].token) as actor:
            assert not Disclosure.objects.exists()
            assert Consent.objects.count() == 1

    def test_what_nobody_has_answered_can_be_taken_back(self, world: World, children: UUID, adults: UUID) -> None:
        row = puts(world)
        sent = hands(world, row, "social", adults)
        with pytest.raises(TransitionError, match="ikke svaret endnu"):
            hands(world, row, "social", adults)
        with acting(world.seats["social.screener"].token) as actor, pytest.raises(TransitionError):
            services.withdraw(actor, sent)
        with acting(world.seats["social.frontline"].token) as actor:
            services.withdraw(actor, sent)
        assert waiting(world, "social.screener") == []

    @pytest.mark.req("R-002-67")
    @pytest.mark.parametrize("answered", [False, True])
    def test_a_yes_is_taken_back_on_the_page_and_nothing_more_goes_to_whom_it_was_given(
        self, world: World, clinic: UUID, adults: UUID, answered: bool
    ) -> None:
        row = puts(world, "psychiatry.frontline", "child_psychiatry", 200)
        sent = hands(world, row, "social", adults, "psychiatry.frontline")
        if answered:
            with acting(world.seats["social.screener"].token) as actor:
                services.accept(actor, sent, "Bente, 11 22 33 44")
        page, back = (
            reverse("referrals:transition", args=[row.pk]),
            reverse("referrals:yes_back", args=[row.pk, sent.pk]),
        )
        for seat in ("psychiatry.screener", "social.screener", "police.frontline"):
            assert sit(world, seat).post(back).status_code == 404, seat
        browser = sit(world, "psychiatry.frontline")
        assert back in browser.get(page).content.decode()
        assert "går intet nyt til modtageren" in browser.post(back, follow=True).content.decode()
        read = browser.get(page).content.decode()
        assert back not in read
        assert ("Borgerens ja gælder ikke mere" in read) is answered
        with acting(world.seats["psychiatry.frontline"].token):
            assert [one.stands() for one in Consent.objects.filter(referral_id=row.pk)] == [False]
            assert HandOver.objects.get(pk=sent.pk).state == ("accepted" if answered else "withdrawn")
        assert waiting(world, "social.screener") == []
        if not answered:
            with (
                acting(world.seats["social.screener"].token) as actor,
                pytest.raises(CaseError, match="trukket tilbage"),
            ):
                services.accept(actor, sent, "Bente, 11 22 33 44")
        # Both sides read that it is gone.
        told = sit(world, "social.screener").get(reverse("referrals:received", args=[sent.pk])).content.decode()
        assert "Borgeren har trukket sit ja tilbage" in told
        mine, theirs = (
            sit(world, seat).get(reverse("referrals:transitions")).content.decode()
            for seat in ("psychiatry.frontline", "social.screener")
        )
        assert ("Ja trukket tilbage" in mine) is answered
        assert ("Taget imod af jer" in theirs) is answered
        # Once.
        assert "Borgerens ja gælder ikke mere. Se siden igen." in browser.post(back, follow=True).content.decode()

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"words": " "}, "få ord"),
            ({"words": "610190-1234"}, "ligner et CPR"),
            ({"words": "x" * 2001}, "højst 2000"),
            ({"receiver": "doctor"}, "hvem der skal tage over"),
            ({"to": "police"}, "hvem der skal tage over"),
            ({"to": "outside"}, "er med i samarbejdet"),
            ({"to_unit": None, "to": "social"}, ""),
        ],
    )
    def test_what_is_wrong_is_said(self, world: World, clinic: UUID, wrong: dict, message: str) -> None:
        row = puts(world, "psychiatry.frontline", "child_psychiatry", 200)
        if not message:
            hands(world, row, seat="psychiatry.frontline", **wrong)
            return
        with pytest.raises(TransitionError, match=message):
            hands(world, row, seat="psychiatry.frontline", **wrong)

    def test_a_unit_hands_nothing_to_itself(self, world: World, children: UUID) -> None:
        row = puts(world)
        with pytest.raises(TransitionError, match="jer selv"):
            hands(world, row, "social", children)

    @pytest.mark.parametrize(
        ("seat", "kind"), [("psychiatry.frontline", "child_psychiatry"), ("social.frontline", "child_adult")]
    )
    def test_no_row_is_handed_over_without_a_yes_at_home_neither(
        self, world: World, clinic: UUID, children: UUID, adults: UUID, seat: str, kind: str
    ) -> None:
        row = puts(world, seat, kind, 200)

        def put() -> None:
            with acting(world.seats[seat].token) as actor:
                HandOver(
                    partnership_id=row.partnership_id,
                    transition=row,
                    citizen_id=row.citizen_id,
                    kind=row.kind,
                    authority_id=row.authority_id,
                    unit_id=row.unit_id,
                    receiver="adults",
                    to_authority_id=world.authorities["social"],
                    to_unit_id=adults,
                    name=row.name,
                    born_on=row.born_on,
                    words="Uden et ja.",
                    by_id=actor.person_id,
                ).save(force_insert=True)

        with pytest.raises(ProgrammingError, match="handed over without a yes"):
            put()
        assert waiting(world, "social.screener") == []

    @pytest.mark.req("R-002-67")
    def test_a_yes_to_one_is_no_yes_to_another_at_home_neither(
        self, world: World, clinic: UUID, adults: UUID, owner_connection: psycopg.Connection
    ) -> None:
        ward = unit(world, owner_connection, "Ambulatoriet", "psychiatry.screener", "psychiatry")
        row = puts(world, "psychiatry.frontline", "child_psychiatry", 200)
        sent = hands(world, row, "social", adults, "psychiatry.frontline")

        def copied(**more: object) -> None:
            with acting(world.seats["psychiatry.frontline"].token):
                new = HandOver.objects.get(pk=sent.pk)
                for name, value in {"pk": uuid4(), "at": timezone.now(), **more}.items():
                    setattr(new, name, value)
                new.save(force_insert=True)

        home = {"to_authority_id": row.authority_id, "to_unit_id": ward}
        with pytest.raises(ProgrammingError, match="handed over without a yes"):
            copied(**home)
        # Nor is a question born with its answer.
        for answer in ({"who": "Fatima"}, {"answer": "Vi tager over."}):
            with pytest.raises(ProgrammingError):
                copied(**answer)

    def test_nothing_is_told_of_a_hand_over_on_another_basis_than_the_yes(
        self, world: World, clinic: UUID, adults: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def on_another(*told: Any, **more: Any) -> Disclosure:
            return disclose(*told, **{**more, "basis": Basis.COOPERATION, "consent": None})

        row = puts(world, "psychiatry.frontline", "child_psychiatry", 200)
        with monkeypatch.context() as changed:
            changed.setattr("samsvar.referrals.services.transitions.disclose", on_another)
            with pytest.raises(ProgrammingError, match="handed over without being told"):
                hands(world, row, "social", adults, "psychiatry.frontline")
        sent = hands(world, row, "social", adults, "psychiatry.frontline")
        monkeypatch.setattr("samsvar.referrals.services.transitions.disclose", on_another)
        with (
            pytest.raises(ProgrammingError, match="answered without being told"),
            acting(world.seats["social.screener"].token) as actor,
        ):
            services.accept(actor, sent, "Bente, 11 22 33 44")

    @pytest.mark.parametrize(
        "change",
        [
            "moved_to = '2031-01-01'::date + 20000, moved_why = 'Fordi'",
            "moved_to = today() - 1, moved_why = 'Fordi'",
            "last_contact = today() + 1",
            "last_contact = today() - 400",
            """checked = '{"home": {"on": "2020-01-01", "by": "Nogen"}}'""",
            # Today, and in another's name.
            "checked = jsonb_build_object('home', jsonb_build_object('on', today()::text, 'by', 'Nogen'))",
            "said = 3",
            "ended_on = today() - 9, end_reason = 'no_need'",
            "day = today()",
        ],
    )
    def test_no_day_is_free(self, world: World, children: UUID, change: str) -> None:
        row = puts(world)
        sql = f"update referrals_transition set {change} where id = %s"
        with (
            pytest.raises(ProgrammingError),
            acting(world.seats["social.frontline"].token),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, [row.pk])

    def test_an_answer_is_of_this_hour(self, world: World, children: UUID, adults: UUID) -> None:
        sent = hands(world, puts(world), "social", adults)
        for change in ("answered_at = now() - interval '3 days'", "answered_at = now(), first_on = '2040-01-01'"):
            with (
                pytest.raises(ProgrammingError),
                acting(world.seats["social.screener"].token) as actor,
                connection.cursor() as cursor,
            ):
                cursor.execute(
                    f"update referrals_handover set state = 'accepted', answered_by_id = %s, {change} where id = %s",
                    [actor.person_id, sent.pk],
                )

    @pytest.mark.req("R-002-136")
    @pytest.mark.parametrize("seat", ["social.screener", "psychiatry.frontline"])
    def test_no_word_goes_back_to_another_authority_without_being_told(
        self, world: World, clinic: UUID, adults: UUID, seat: str
    ) -> None:
        row = puts(world, "psychiatry.frontline", "child_psychiatry", 200)
        sent = hands(world, row, "social", adults, "psychiatry.frontline")
        answered = "answer = 'Hun er gravid', answered_by_id = actor_person(), answered_at = now()"
        change, refused = {
            "social.screener": (f"state = 'declined', {answered}", "without being told"),
            "psychiatry.frontline": ("state = 'withdrawn', who = 'Hun er gravid'", "the receiver answers"),
        }[seat]

        def put() -> None:
            with acting(world.seats[seat].token), connection.cursor() as cursor:
                cursor.execute(f"update referrals_handover set {change} where id = %s", [sent.pk])

        with pytest.raises(ProgrammingError, match=refused):
            put()
        with acting(world.seats["psychiatry.frontline"].token):
            kept = HandOver.objects.get(pk=sent.pk)
            assert (kept.state, kept.answer, kept.who) == ("open", "", "")


class TestTheWorker:
    """Tasks without a name, each once."""

    def laid(self, owner: psycopg.Connection) -> list[tuple]:
        rows = owner.execute(
            "select kind, subject_kind, reference, person_id, role, done_at is null from tasks_task"
        ).fetchall()
        owner.rollback()
        return rows

    def test_it_is_said_once_when_it_begins_is_late_and_turns(
        self, world: World, children: UUID, owner_connection: psycopg.Connection
    ) -> None:
        puts(world, months=190, cpr=number(190))
        today = timezone.localdate()
        assert [jobs.transitions(0, today + timedelta(days=one)) for one in (0, 1, 2)] == [0, 0, 0]
        begins = add_months(today, 8)
        assert [jobs.transitions(0, begins + timedelta(days=one)) for one in (0, 0, 1)] == [1, 0, 0]
        assert self.laid(owner_connection) == [
            ("attention", "transition", "", world.seats["social.frontline"].person, "", True)
        ]
        # Ticked off; then dead until long after it was late and the birthday was past: one word, not two
        owner_connection.execute("update tasks_task set done_at = now()")
        owner_connection.commit()
        assert [jobs.transitions(0, add_months(today, 27)) for _again in range(2)] == [1, 0]

    def test_it_falls_to_the_leaders_when_the_writer_has_left(
        self, world: World, children: UUID, owner_connection: psycopg.Connection
    ) -> None:
        puts(world, months=200)
        owner_connection.execute(
            "update partnerships_capacity set until = today() - 1 where id = %s", [world.seats["social.frontline"].post]
        )
        owner_connection.commit()
        assert jobs.transitions(0) == 1
        assert [(row[3], row[4]) for row in self.laid(owner_connection)] == [(None, "releaser")]

    def test_nothing_is_said_of_what_is_accepted(self, world: World, children: UUID, adults: UUID) -> None:
        row = puts(world, months=212, cpr=number(212))
        assert jobs.transitions(0) == 1
        sent = hands(world, row, "social", adults)
        with acting(world.seats["social.screener"].token) as actor:
            services.accept(actor, sent, "Mona, 20 20 20 20")
        assert jobs.transitions(0, add_months(timezone.localdate(), 12)) == 0

    def test_the_limits_can_be_changed_and_what_is_open_follows(
        self, world: World, children: UUID, tmp_path, settings
    ) -> None:
        from samsvar.calendar.clocks import DATA

        row = puts(world, months=193, cpr=number(193))
        assert where(world, row) is Where.LATER
        own = tmp_path / "limits.toml"
        own.write_text(DATA.read_text(encoding="utf-8").replace("value = 198", "value = 192"), encoding="utf-8")
        settings.LIMITS_FILE = str(own)
        assert where(world, row) is Where.NOW


class TestOtherTransitions:
    """From a ward, from PAM, from prison, and while somebody waits."""

    @pytest.mark.req("R-002-94")
    def test_the_home_nurses_are_to_know_three_days_or_one_day_before(self, world: World, clinic: UUID) -> None:
        today = timezone.localdate()
        row = puts(world, "psychiatry.frontline", "ward_home", cpr="", day=today + timedelta(days=2))
        with acting(world.seats["psychiatry.frontline"].token) as actor:
            line = selectors.find_transition(actor, row.pk)
            assert line
            assert [(one.latest, one.is_short) for one in line.notices] == [
                (today - timedelta(days=1), True),
                (today + timedelta(days=1), False),
            ]
            assert {one.line.key for one in line.checks} >= {"home", "income", "children", "pets", "misuse", "medicine"}

    def test_a_first_time_after_a_week_is_late_for_both(
        self, world: World, clinic: UUID, owner_connection: psycopg.Connection
    ) -> None:
        district = unit(world, owner_connection, "Distriktspsykiatrien", "psychiatry.screener", "psychiatry")
        today = timezone.localdate()
        row = puts(world, "psychiatry.frontline", "pam_district", cpr="", day=today - timedelta(days=6))
        sent = hands(world, row, "psychiatry", district, "psychiatry.frontline", receiver="district")
        assert where(world, row, "psychiatry.frontline") is Where.NOW
        with acting(world.seats["psychiatry.screener"].token) as actor:
            services.accept(actor, sent, "Mona, 20 20 20 20", first_on=today + timedelta(days=9))
            found = selectors.find_received(actor, sent.pk)
            assert found
            assert selectors.too_late(found)
        assert jobs.transitions(0, today + timedelta(days=3)) == 1
        with acting(world.seats["psychiatry.frontline"].token) as actor:
            line = selectors.find_transition(actor, row.pk)
            assert line
            assert line.where is not Where.SETTLED

    def test_while_somebody_waits_a_contact_every_fourteen_days_is_watched(self, world: World, clinic: UUID) -> None:
        today = timezone.localdate()
        row = puts(world, "psychiatry.frontline", "waiting", cpr="", day=today - timedelta(days=20))
        assert where(world, row, "psychiatry.frontline") is Where.LATE
        with acting(world.seats["psychiatry.frontline"].token) as actor:
            services.note_contact(actor, row, today)
            line = selectors.find_transition(actor, row.pk)
            assert line
            assert (line.where, line.waited) == (Where.NOW, 20)
            with pytest.raises(TransitionError):
                services.note_contact(actor, row, today + timedelta(days=1))

    def test_a_contact_that_is_due_lies_on_the_desk_of_whoever_waits_with_the_citizen(
        self, world: World, clinic: UUID, owner_connection: psycopg.Connection
    ) -> None:
        today = timezone.localdate()
        row = puts(world, "psychiatry.frontline", "waiting", cpr="", day=today)
        clerk = world.seats["psychiatry.frontline"]

        def laid(days: int) -> tuple[int, list[str]]:
            number = jobs.transitions(0, today + timedelta(days=days))
            with acting(clerk.token) as actor:
                sections = desk(actor).sections
            return number, [line.words for section in sections for line in section.lines]

        # Nothing on the first day; three days before the fourteen are over it is there, once, with initials.
        assert laid(0) == (0, [])
        assert laid(10) == (0, [])
        number, words = laid(11)
        assert (number, len(words)) == (1, 1)
        assert words[0].endswith(", S.P.")
        assert laid(13)[0] == 0
        with acting(clerk.token) as actor:
            services.note_contact(actor, row, today)
        # The contact takes it away, and the next fourteen days begin.
        assert laid(10) == (0, [])
        assert laid(11)[0] == 1

    def test_the_own_doctor_is_told_that_childrens_services_end(
        self, world: World, clinic: UUID, owner_connection: psycopg.Connection
    ) -> None:
        practice(world, owner_connection)
        row = puts(world, "psychiatry.frontline", "child_care_ends", 213)
        hands(world, row, "practice", None, "psychiatry.frontline", receiver="doctor")
        assert waiting(world, "practice.frontline") == [NAME]
