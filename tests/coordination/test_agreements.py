"""At this event, that task: for whoever is to do it, with a day and a source, and told to nobody by that (0098)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samsvar.calendar.agreements import DATA, Rule, agreements
from samsvar.coordination import services
from samsvar.coordination.models import AgreedDone, CareEvent, CareNetwork, EventKind
from samsvar.coordination.selectors import agreed as selectors
from samsvar.coordination.selectors import events as event_selectors
from samsvar.coordination.selectors.agreed import known_agreements
from samsvar.coordination.services import CoordinationError, Happened
from samsvar.coordination.services.contacts import Contact
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Disclosure
from tests.clients import sit
from tests.coordination.ground import named
from tests.world import World

WARD = "psychiatry.frontline"
RECENT = (timezone.localdate() - timedelta(days=2)).isoformat()
Lets = Callable[..., object]


@pytest.fixture
def let_in(world: World, network: CareNetwork, lets_in: Lets) -> CareNetwork:
    """The ward and the police may know of events; the tovholder is named."""
    with acting(world.seats["social.member"].token) as actor:
        lets_in(actor, network, "psychiatry", True, "coordinator", "contacts", "events")
        lets_in(actor, network, "police", False, "coordinator", "events")
        named(actor, network)
    return network


def tells(
    world: World, network: CareNetwork, kind: str, ago: timedelta = timedelta(hours=1), **more: object
) -> CareEvent:
    """The ward writes what happened and releases it."""
    with acting(world.seats[WARD].token) as actor:
        here = CareNetwork.objects.get(pk=network.pk)
        row = services.write_event(actor, here, Happened(kind=kind, at=timezone.now() - ago, **more))  # type: ignore[arg-type]
        services.release_event(actor, CareEvent.objects.select_related("network").get(pk=row.pk))
        return CareEvent.objects.select_related("network").get(pk=row.pk)


def waits(world: World, seat: str = WARD) -> list[str]:
    """The keys of what waits at a place."""
    with acting(world.seats[seat].token) as actor:
        return sorted(one.rule.key for one in selectors.open_tasks(actor))


def does(world: World, event: CareEvent, rule: str, said: str = "", seat: str = WARD, **more: object) -> AgreedDone:
    """Somebody writes down that it is done."""
    with acting(world.seats[seat].token) as actor:
        row = CareEvent.objects.select_related("network").get(pk=event.pk)
        return services.write_agreed(actor, row, rule, said, **more)  # type: ignore[arg-type]


class TestTheRules:
    """Dated data with sources, which an installation can replace."""

    def test_each_rule_has_a_source_in_two_languages_and_says_that_nobody_has_verified_it(self) -> None:
        for one in agreements().rules:
            assert one.source("da")
            assert one.source("en") != one.source("da")
            assert one.what("en") != one.what("da")
            assert one.status == "unverified"
            assert one.in_force_from < timezone.localdate()

    @pytest.mark.parametrize(
        "hole",
        [{"events": ()}, {"who": ""}, {"source_da": " "}, {"parts": ("a",), "choice": ("b",)}, {"again": True}],
    )
    def test_a_rule_with_a_hole_is_refused(self, hole: dict[str, object]) -> None:
        whole: dict[str, object] = {
            "key": "x",
            "events": ("admission",),
            "who": "teller",
            "what_da": "x",
            "what_en": "y",
            "source_da": "x",
            "source_en": "y",
        }
        Rule(**whole)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="The rule x"):
            Rule(**{**whole, **hole})  # type: ignore[arg-type]

    @pytest.mark.req("R-004-122")
    def test_an_installation_sets_its_own_hours_and_whom_they_bind(
        self, world: World, let_in: CareNetwork, tmp_path: Path, settings: object
    ) -> None:
        own = tmp_path / "own.toml"
        text = DATA.read_text(encoding="utf-8").replace("value = 24", 'value = 48\nonly = ["Psykiatrien i Prøveby"]')
        own.write_text(text, encoding="utf-8")
        settings.AGREEMENTS_FILE = str(own)  # type: ignore[attr-defined]
        event = tells(world, let_in, EventKind.ADMISSION)
        with acting(world.seats[WARD].token) as actor:
            task = next(one for one in selectors.open_tasks(actor) if one.rule.key == "contact_person")
            assert task.due is not None
            assert task.due - event.happened_at == timedelta(hours=48)
        own.with_name("other.toml").write_text(text.replace("Psykiatrien i Prøveby", "Esbjerg"), encoding="utf-8")
        settings.AGREEMENTS_FILE = str(own.with_name("other.toml"))  # type: ignore[attr-defined]
        assert "contact_person" not in waits(world)

    def test_a_rule_holds_from_a_day_to_a_day(self) -> None:
        long_ago = timezone.localdate().replace(year=2001)
        assert agreements().at("admission", "psychiatry", "x", long_ago) == []


class TestAdmission:
    """What an admission asks of the ward, and of the municipality."""

    @pytest.mark.req("R-004-122", "R-004-123")
    def test_a_contact_person_within_a_day_orally_and_in_writing_each_with_its_time(
        self, world: World, let_in: CareNetwork
    ) -> None:
        event = tells(world, let_in, EventKind.ADMISSION)
        nurse = sit(world, WARD)
        assert "Borgeren får navnet på en kontaktperson" in nurse.get(reverse("web:desk")).content.decode()
        page = reverse("coordination:network", args=[let_in.pk])
        said = nurse.get(page).content.decode()
        assert "Esbjergs samarbejdsaftale" in said
        assert "(ikke efterprøvet)" in said
        form = reverse("coordination:agreed", args=[let_in.pk, event.pk, "contact_person"])
        now = timezone.localtime()
        typed = {"name": "Kirsten Kontakt", "day": now.date().isoformat(), "clock": now.strftime("%H:%M")}
        assert nurse.post(form, {**typed, "said": "orally"}).status_code == 302
        assert "contact_person" in waits(world)
        # What is said is not offered again.
        assert 'value="orally"' not in nurse.get(form).content.decode()
        assert nurse.post(form, {**typed, "said": "in_writing"}).status_code == 302
        assert "contact_person" not in waits(world)
        said = nurse.get(page).content.decode()
        assert "Sagt mundtligt: Kirsten Kontakt" in said
        assert "Givet skriftligt: Kirsten Kontakt" in said

    @pytest.mark.req("R-004-122")
    def test_after_a_day_it_is_late(self, world: World, let_in: CareNetwork) -> None:
        tells(world, let_in, EventKind.ADMISSION, timedelta(hours=25))
        with acting(world.seats[WARD].token) as actor:
            task = next(one for one in selectors.open_tasks(actor) if one.rule.key == "contact_person")
            assert task.is_late
        assert "For sent" in sit(world, WARD).get(reverse("coordination:network", args=[let_in.pk])).content.decode()

    @pytest.mark.req("R-004-121")
    def test_an_admission_says_day_ward_and_whether_it_was_planned_and_the_skp_is_told(
        self, world: World, let_in: CareNetwork
    ) -> None:
        assert "support_person" not in waits(world)
        with acting(world.seats["social.member"].token) as actor:
            services.write_contact(actor, let_in, Contact(role="support", name="Karl SKP", place="Holbæk"))
        event = tells(world, let_in, EventKind.ADMISSION, urgency="acute")
        assert "support_person" in waits(world)
        assert event.what == "Indlagt akut"
        page = sit(world, "police.member").get(reverse("coordination:network", args=[let_in.pk])).content.decode()
        assert "Indlagt akut" in page
        assert "Afsnit H3, Psykiatrien i Prøveby" in page
        does(world, event, "support_person", "told")
        assert "support_person" not in waits(world)

    def test_a_long_stay_brings_a_conference_after_two_weeks(self, world: World, let_in: CareNetwork) -> None:
        tells(world, let_in, EventKind.ADMISSION)
        assert "treatment_conference" not in waits(world)
        event = tells(world, let_in, EventKind.ADMISSION, long_stay=True)
        with acting(world.seats[WARD].token) as actor:
            task = next(one for one in selectors.open_tasks(actor) if one.rule.key == "treatment_conference")
            assert task.due is not None
            assert task.due.date() == (timezone.localtime(event.happened_at) + timedelta(days=14)).date()

    @pytest.mark.req("R-002-134")
    def test_the_plan_comes_again_every_fourteen_days_until_the_stay_ends(
        self, world: World, let_in: CareNetwork
    ) -> None:
        event = tells(world, let_in, EventKind.ADMISSION, timedelta(days=20))
        days = []
        for _turn in range(3):
            with acting(world.seats[WARD].token) as actor:
                task = next(one for one in selectors.open_tasks(actor) if one.rule.key == "ward_plan")
                assert task.due is not None
                days.append((task.due.date() - timezone.localtime(event.happened_at).date()).days)
            does(world, event, "ward_plan")
        assert days == [14, 28, 42]
        tells(world, let_in, EventKind.DISCHARGE, timedelta(0))
        assert not {"ward_plan", "contact_person"} & set(waits(world))

    def test_whoever_grants_the_support_chooses_whether_it_goes_on(self, world: World, let_in: CareNetwork) -> None:
        event = tells(world, let_in, EventKind.ADMISSION)
        assert waits(world, "social.member") == ["support_visits"]
        assert "support_visits" not in waits(world)
        does(world, event, "support_visits", "pause", "social.member")
        assert waits(world, "social.member") == []
        with pytest.raises(CoordinationError, match="allerede skrevet"):
            does(world, event, "support_visits", "stop", "social.member")


class TestDischarge:
    """What a discharge asks, before and after."""

    @pytest.mark.req("R-004-126")
    def test_the_assessment_unit_is_to_know_and_who_got_it_from_here_knows(
        self, world: World, let_in: CareNetwork, lets_in: Lets, owner_connection: psycopg.Connection
    ) -> None:
        with acting(world.seats[WARD].token) as actor:
            here = CareNetwork.objects.get(pk=let_in.pk)
            draft = services.write_event(actor, here, Happened(kind=EventKind.DISCHARGE, at=timezone.now()))
            notices = event_selectors.event_page(actor, draft).notices
            assert any("Kommunens visitation" in one for one in notices)
        tells(world, let_in, EventKind.DISCHARGE)
        assert "assessment_unit" in waits(world)
        with acting(world.seats["social.member"].token) as actor:
            lets_in(actor, let_in, "social", False, "events")
        event = tells(world, let_in, EventKind.DISCHARGE)
        with acting(world.seats[WARD].token) as actor:
            assert not any(
                one.event.pk == event.pk and one.rule.key == "assessment_unit" for one in selectors.open_tasks(actor)
            )
        page = sit(world, WARD).get(reverse("coordination:network", args=[let_in.pk])).content.decode()
        assert "de har fået beskeden herfra" in page

    @pytest.mark.req("R-002-94")
    @pytest.mark.parametrize(
        ("ahead", "said"),
        [(timedelta(hours=20), "mindst 1 dag før"), (timedelta(days=2), "mindst 3 dage før"), (timedelta(days=4), "")],
    )
    def test_the_home_nurses_have_three_days_for_a_new_one_and_one_for_a_known(
        self, world: World, let_in: CareNetwork, ahead: timedelta, said: str
    ) -> None:
        with acting(world.seats[WARD].token) as actor:
            here = CareNetwork.objects.get(pk=let_in.pk)
            draft = services.write_event(actor, here, Happened(kind=EventKind.DISCHARGE, at=timezone.now() + ahead))
            found = [one for one in event_selectors.event_page(actor, draft).notices if "Hjemmesygeplejen" in one]
        assert bool(found) is bool(said)
        assert not found or said in found[0]
        tells(world, let_in, EventKind.DISCHARGE, -ahead)
        assert "home_nurse" in waits(world)
        with acting(world.seats[WARD].token) as actor:
            [task] = [one for one in selectors.open_tasks(actor) if one.rule.key == "home_nurse"]
        # Nobody is late before it was told: what should have been done by then is to be done the same day.
        assert not task.is_late
        assert task.due is not None
        assert task.due >= timezone.now()

    @pytest.mark.req("R-002-103")
    def test_those_who_know_the_citizen_are_proposed_for_the_talk(self, world: World, let_in: CareNetwork) -> None:
        with acting(world.seats["social.member"].token) as actor:
            services.write_contact(actor, let_in, Contact(role="home", name="Bo Støtte", phone="33"))
            row = services.write_contact(actor, let_in, Contact(role="support", name="Uønsket Person"))
            services.set_unwanted(actor, row, unwanted=True)
        with acting(world.seats[WARD].token) as actor:
            here = CareNetwork.objects.get(pk=let_in.pk)
            draft = services.write_event(actor, here, Happened(kind=EventKind.DISCHARGE, at=timezone.now()))
            found = event_selectors.event_page(actor, draft)
        assert [one.name for one in found.invitees] == ["Bo Støtte"]
        assert found.short_notice


class TestNoShow:
    """Whoever referred knows, when the citizen has said yes to it."""

    def test_whoever_referred_is_told_only_on_the_citizens_yes(
        self, world: World, network: CareNetwork, lets_in: Lets
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            lets_in(actor, network, "psychiatry", True, "events")
            lets_in(actor, network, "police", False, "coordinator")
            named(actor, network)
        event = tells(world, network, EventKind.NO_SHOW)
        assert sit(world, "police.member").get(reverse("web:desk")).content.decode().count("Udeblevet") == 0
        assert "Udeblevet" in sit(world, "social.member").get(reverse("web:desk")).content.decode()
        with acting(world.seats[WARD].token):
            told = Disclosure.objects.filter(subject_id=event.pk)
            assert {one.authority_id for row in told for one in row.receipts.all()} == {world.authorities["social"]}


class TestBothSectors:
    """A contact person in each sector, and one who coordinates."""

    @pytest.mark.req("R-004-124")
    def test_a_contact_in_both_sectors_and_exactly_one_who_coordinates(self, world: World, let_in: CareNetwork) -> None:
        with acting(world.seats["social.member"].token) as actor:
            services.write_contact(actor, let_in, Contact(role="ward", name="Kirsten Kontakt", place="Afsnit H3"))
            services.write_contact(actor, let_in, Contact(role="caseworker", name="Sanne Sagsen"))
            named(actor, let_in, name="Ny Holdersen", why="ferie")
        page = sit(world, WARD).get(reverse("coordination:network", args=[let_in.pk])).content.decode()
        for words in ("Kirsten Kontakt", "Sanne Sagsen", "Ny Holdersen"):
            assert words in page
        assert page.count('class="network-name"') == 1


class TestAgainAndAgain:
    """Two admissions in half a year are looked at together, by those inside."""

    def test_two_admissions_are_pointed_out_to_those_inside_alone(self, world: World, let_in: CareNetwork) -> None:
        page = reverse("coordination:network", args=[let_in.pk])
        tells(world, let_in, EventKind.ADMISSION, timedelta(days=300))
        tells(world, let_in, EventKind.ADMISSION, timedelta(days=90))
        assert "Indlagt flere gange" not in sit(world, "social.member").get(page).content.decode()
        tells(world, let_in, EventKind.ADMISSION, timedelta(days=10))
        # Told twice is one admission.
        tells(world, let_in, EventKind.ADMISSION, timedelta(days=10))
        said = sit(world, "social.member").get(page).content.decode()
        assert "Indlagt flere gange" in said
        assert "2 indlæggelser på 6 måneder" in said
        assert "Grænsen er vores egen" in said
        assert "Kald til netværksmøde" in said
        for seat in (WARD, "police.member"):
            assert "Indlagt flere gange" not in sit(world, seat).get(page).content.decode()


class TestTheWall:
    """A task is of one place; nobody else sees it, does it, or reads that it is done."""

    def test_nobody_else_has_it_on_the_desk(self, world: World, let_in: CareNetwork) -> None:
        tells(world, let_in, EventKind.ADMISSION)
        for seat in ("psychiatry.member", "psychiatry.screener", "police.member", "social.frontline", "outside.member"):
            assert waits(world, seat) == [], seat

    def test_nobody_does_it_for_another(self, world: World, let_in: CareNetwork) -> None:
        event = tells(world, let_in, EventKind.ADMISSION)
        for seat, rule in (("police.member", "contact_person"), ("social.member", "ward_plan"), (WARD, "no_such")):
            with pytest.raises(CoordinationError, match="ikke jeres opgave"):
                does(world, event, rule, seat=seat)
        address = reverse("coordination:agreed", args=[let_in.pk, event.pk, "contact_person"])
        assert sit(world, "police.member").get(address).status_code == 404

    def test_what_is_done_is_read_at_home_alone(self, world: World, let_in: CareNetwork) -> None:
        event = tells(world, let_in, EventKind.ADMISSION)
        does(world, event, "ward_plan")
        with acting(world.seats[WARD].token):
            assert AgreedDone.objects.count() == 1
        for seat in ("social.member", "police.member", "psychiatry.member", "outside.member"):
            with acting(world.seats[seat].token):
                assert not AgreedDone.objects.exists(), seat

    @pytest.mark.parametrize(
        ("more", "message"),
        [
            ({"at": datetime(2199, 1, 1, tzinfo=timezone.get_default_timezone())}, "fremtiden"),
            ({"name": "611155-1111"}, "CPR"),
            ({"name": " "}, "kontaktperson"),
            ({"said": "stop"}, "allerede skrevet"),
        ],
    )
    def test_bad_input_is_refused_with_words(
        self, world: World, let_in: CareNetwork, more: dict[str, object], message: str
    ) -> None:
        event = tells(world, let_in, EventKind.ADMISSION)
        with pytest.raises(CoordinationError, match=message):
            does(world, event, "contact_person", **{"said": "orally", "name": "Kirsten", **more})  # type: ignore[arg-type]

    def test_the_desk_asks_as_often_for_many_as_for_one(self, world: World, let_in: CareNetwork) -> None:
        counts = []
        for _round in range(2):
            for _one in range(1 + 3 * _round):
                tells(world, let_in, EventKind.ADMISSION)
            with acting(world.seats[WARD].token) as actor, CaptureQueriesContext(connection) as asked:
                assert selectors.open_tasks(actor)
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestTwoEditors:
    """A draft that a colleague wrote anew is neither overwritten nor released unseen."""

    def test_the_later_is_told_and_nothing_is_lost(self, world: World, let_in: CareNetwork) -> None:
        nurse = sit(world, WARD)
        with acting(world.seats[WARD].token) as actor:
            here = CareNetwork.objects.get(pk=let_in.pk)
            draft = services.write_event(actor, here, Happened(kind=EventKind.ADMISSION, at=timezone.now()))
        change = reverse("coordination:event_change", args=[let_in.pk, draft.pk])
        page = nurse.get(change).content.decode()
        assert 'name="version" value="1"' in page
        typed = {"kind": "admission", "day": RECENT, "clock": "14:00", "text": "Stue 4", "version": "1"}
        assert nurse.post(change, typed).status_code == 302
        late = nurse.post(change, {**typed, "text": "Stue 7"})
        assert late.status_code == 400
        assert "En kollega har rettet kladden imens" in late.content.decode()
        assert "Stue 7" in late.content.decode()
        release = reverse("coordination:event_release", args=[let_in.pk, draft.pk])
        answer = nurse.post(release, {"version": "1"}, follow=True)
        assert "En kollega har rettet kladden, efter du så den" in answer.content.decode()
        assert "Stue 4" in answer.content.decode()
        nurse.post(release, {"version": "2"})
        with acting(world.seats["police.member"].token):
            assert CareEvent.objects.get().text == "Stue 4"


def test_one_whose_yes_the_law_does_not_take_stops_nobody(
    world: World, let_in: CareNetwork, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute(
        "update sharing_consent set informed = false where %s = any(receiver_ids)", [world.authorities["police"]]
    )
    owner_connection.commit()
    nurse = sit(world, WARD)
    with acting(world.seats[WARD].token) as actor:
        here = CareNetwork.objects.get(pk=let_in.pk)
        draft = services.write_event(actor, here, Happened(kind=EventKind.ADMISSION, at=timezone.now()))
    answer = nurse.post(reverse("coordination:event_release", args=[let_in.pk, draft.pk]), follow=True)
    said = answer.content.decode()
    assert "borgerens samtykke ikke er gyldigt til det: Prøvekredsens Politi" in said
    with acting(world.seats["social.member"].token):
        assert CareEvent.objects.exists()
    with acting(world.seats["police.member"].token):
        assert not CareEvent.objects.exists()


@pytest.mark.req("R-000-134")
def test_what_was_done_leaves_with_the_network(
    world: World, let_in: CareNetwork, caretaker_connection: psycopg.Connection, owner_connection: psycopg.Connection
) -> None:
    does(world, tells(world, let_in, EventKind.ADMISSION), "ward_plan")
    with acting(world.seats["social.member"].token) as actor:
        services.close(actor, let_in, "no_need")
    assert waits(world) == []
    caretaker_connection.execute("select retention_dispose('care', %s, today())", [let_in.pk])
    caretaker_connection.commit()
    assert owner_connection.execute("select count(*) from coordination_agreeddone").fetchone() == (0,)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('key = "home_nurse"', 'key = "ward_plan"', "same key"),
        ("before_new = 3", "before_newer = 3", "cannot be read"),
        ("months = 6", "", "cannot be read"),
        ('status = "unverified"', 'status = "sure"', "has no source"),
        ('unit = "hours"', 'unit = "hour"', "no unit"),
        ('events = ["admission"]', 'events = ["admision"]', "of what nobody tells"),
        ('"psychiatry"', '"psykiatri"', "a place that is none"),
    ],
)
def test_a_file_with_a_hole_is_refused_whole(tmp_path: Path, old: str, new: str, message: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(DATA.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        known_agreements(str(own))
