"""A man is admitted at night: everybody whom his yes names for events knows within the minute, and nobody else."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import CareEvent, CareEventDelivery, CareNetwork, EventKind
from samsvar.coordination.selectors import events as selectors
from samsvar.coordination.services import CoordinationError, Happened
from samsvar.coordination.services.contacts import Contact
from samsvar.coordination.services.coordinators import Named
from samsvar.partnerships.models import Capacity
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Consent, Disclosure
from samsvar.web.selectors import desk
from tests.clients import sit
from tests.coordination.ground import NAME, named
from tests.world import World

WARD = "psychiatry.frontline"
RECENT = (timezone.localdate() - timedelta(days=2)).isoformat()
Lets = Callable[..., object]


def admitted(text: str = "Afsnit H3") -> Happened:
    """An admission, an hour ago."""
    return Happened(kind=EventKind.ADMISSION, at=timezone.now() - timedelta(hours=1), text=text)


@pytest.fixture
def let_in(world: World, network: CareNetwork, lets_in: Lets) -> CareNetwork:
    """The ward and the police may know of events; the tovholder is named."""
    with acting(world.seats["social.member"].token) as actor:
        lets_in(actor, network, "psychiatry", True, "coordinator", "events")
        lets_in(actor, network, "police", False, "coordinator", "events")
        named(actor, network)
    return network


def written(world: World, network: CareNetwork, seat: str = WARD) -> CareEvent:
    """A draft of an admission."""
    with acting(world.seats[seat].token) as actor:
        return services.write_event(actor, CareNetwork.objects.get(pk=network.pk), admitted())


def released(world: World, network: CareNetwork, seat: str = WARD) -> CareEvent:
    """An admission that is told."""
    draft = written(world, network, seat)
    with acting(world.seats[seat].token) as actor:
        services.release_event(actor, CareEvent.objects.select_related("network").get(pk=draft.pk))
    return draft


def sees(world: World, seat: str) -> bool:
    """Whether a seat reads the event."""
    with acting(world.seats[seat].token):
        return CareEvent.objects.exists()


class TestWriting:
    """A draft is its unit's own, and tells nobody."""

    def test_a_nurse_writes_looks_at_who_hears_it_and_releases(self, world: World, let_in: CareNetwork) -> None:
        nurse = sit(world, WARD)
        page = reverse("coordination:network", args=[let_in.pk])
        assert "Skriv en hændelse" in nurse.get(page).content.decode()
        today = timezone.localdate().isoformat()
        typed = {"kind": "admission", "day": today, "clock": "0:00", "text": "Afsnit H3"}
        answer = nurse.post(reverse("coordination:event_new", args=[let_in.pk]), typed, follow=True)
        said = answer.content.decode()
        for words in ("De får besked", "Prøvekredsens Politi", "Tovholderen, ", "Frigiv"):
            assert words in said
        # R-003-11: the tovholder is proposed for the talk, with phone and hours.
        assert "Inviter tovholderen til udskrivningssamtalen:" in said
        assert "20 20 20 20" in said
        with acting(world.seats[WARD].token):
            draft = CareEvent.objects.get()
        answer = nurse.post(reverse("coordination:event_release", args=[let_in.pk, draft.pk]), follow=True)
        assert "leveret, ikke læst endnu" in answer.content.decode()

    def test_a_draft_is_seen_by_nobody_else(self, world: World, let_in: CareNetwork) -> None:
        written(world, let_in)
        assert sees(world, WARD)
        for seat in ("social.member", "social.frontline", "police.member", "psychiatry.member", "outside.member"):
            assert not sees(world, seat), seat

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ({"kind": ""}, "Vælg, hvad der er sket."),
            ({"kind": "party"}, "Vælg"),
            ({"day": ""}, "Dag"),
            ({"day": "31.2.2026"}, "Skriv en dato, der findes"),
            ({"clock": "25:99"}, "Skriv klokken"),
            ({"kind": "no_show", "day": "2199-01-01"}, "Det kan ikke være sket i fremtiden."),
            ({"kind": "discharge", "day": "2199-01-01"}, "Se efter, om årstallet er rigtigt."),
            ({"text": "Født 611155-1111"}, "CPR"),
            ({"text": "x" * 201}, "200"),
        ],
    )
    def test_bad_input_is_said_and_nothing_is_lost(
        self, world: World, let_in: CareNetwork, typed: dict[str, str], message: str
    ) -> None:
        good = {"kind": "admission", "day": RECENT, "clock": "2:10", "text": "Afsnit H3"}
        answer = sit(world, WARD).post(reverse("coordination:event_new", args=[let_in.pk]), good | typed)
        assert answer.status_code == 400
        assert message in answer.content.decode()
        if "text" not in typed:
            assert "Afsnit H3" in answer.content.decode()
        assert not sees(world, WARD)

    def test_a_draft_is_written_anew_or_thrown_away(self, world: World, let_in: CareNetwork) -> None:
        draft, nurse = written(world, let_in), sit(world, WARD)
        change = reverse("coordination:event_change", args=[let_in.pk, draft.pk])
        assert "Afsnit H3" in nurse.get(change).content.decode()
        typed = {"kind": "leave", "day": RECENT, "clock": "14", "text": "Til mandag"}
        assert "På udgang" in nurse.post(change, typed, follow=True).content.decode()
        nurse.post(reverse("coordination:event_discard", args=[let_in.pk, draft.pk]))
        assert not sees(world, WARD)

    def test_what_is_released_is_not_rewritten(self, world: World, let_in: CareNetwork) -> None:
        event = released(world, let_in)
        with acting(world.seats[WARD].token) as actor:
            row = CareEvent.objects.select_related("network").get(pk=event.pk)
            for verb in (
                lambda: services.change_event(actor, row, admitted("noget andet")),
                lambda: services.discard_event(actor, row),
            ):
                with pytest.raises(CoordinationError, match="allerede frigivet"):
                    verb()

    @pytest.mark.req("R-002-47")
    def test_a_discharge_always_says_come_back_if_it_gets_worse(self, world: World, let_in: CareNetwork) -> None:
        nurse = sit(world, WARD)
        typed = {"kind": "discharge", "day": RECENT, "clock": "10", "text": ""}
        answer = nurse.post(reverse("coordination:event_new", args=[let_in.pk]), typed, follow=True)
        assert "Kom igen, hvis det bliver værre." in answer.content.decode()

    @pytest.mark.req("R-002-88", "R-003-11")
    def test_a_planned_discharge_warns_when_there_is_little_time(self, world: World, let_in: CareNetwork) -> None:
        with acting(world.seats[WARD].token) as actor:
            for days, soon in ((2, True), (20, False)):
                at = timezone.now() + timedelta(days=days)
                row = services.write_event(actor, let_in, Happened(kind=EventKind.DISCHARGE, at=at))
                assert selectors.event_page(actor, row).short_notice is soon
                assert row.what == "Udskrevet (planlagt)"


class TestWhoHears:
    """Everybody whom the standing yes names for events, each by a disclosure of its own; nobody else."""

    @pytest.mark.req("R-002-87", "R-003-121", "R-003-10")
    def test_those_whom_the_yes_names_know_at_once(self, world: World, let_in: CareNetwork) -> None:
        event = released(world, let_in)
        for seat in ("social.member", "police.member"):
            assert sees(world, seat), seat
        with acting(world.seats[WARD].token):
            told = Disclosure.objects.filter(subject_kind="care_event", subject_id=event.pk)
            assert {receipt.authority_id for one in told for receipt in one.receipts.all()} == {
                world.authorities["police"],
                world.authorities["social"],
            }
            assert {one.information_type for one in told} == {"health"}
            assert all(one.consent_id and one.rule for one in told)
            assert CareEventDelivery.objects.count() == told.count() == 2

    def test_others_read_nothing_and_hear_nothing(self, world: World, let_in: CareNetwork, lets_in: Lets) -> None:
        released(world, let_in)
        # Once there is a tovholder, whoever opened the network is a colleague like others (R-003-53).
        for seat in ("psychiatry.member", "psychiatry.screener", "social.frontline", "outside.member"):
            assert not sees(world, seat), seat
        with acting(world.seats["psychiatry.member"].token):
            # Another unit of the sender's own authority: not even that it was told.
            assert not CareEventDelivery.objects.exists()
            assert not Disclosure.objects.filter(subject_kind="care_event").exists()

    def test_whoever_was_let_in_for_something_else_hears_nothing(
        self, world: World, network: CareNetwork, lets_in: Lets
    ) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            lets_in(actor, network, "psychiatry", True, "coordinator", "contacts", "events")
            lets_in(actor, network, "police", False, "coordinator")
            services.write_contact(actor, network, Contact(role="caseworker", name="Sanne Sagsen", phone="33"))
            row = services.write_contact(actor, network, Contact(role="doctor", name="Uønsket Læge"))
            services.set_unwanted(actor, row, unwanted=True)
            draft = services.write_event(actor, network, Happened(kind=EventKind.MOVE, at=timezone.now()))
            page = selectors.event_page(actor, draft)
            # Those inside see whom the citizen has said no for.
            assert [one.who for one in page.told] == ["Afsnit H3, Psykiatrien i Prøveby"]
            assert page.not_told == ["Prøvekredsens Politi"]
        nurse = sit(world, WARD)
        mine = written(world, network)
        said = nurse.get(reverse("coordination:event", args=[network.pk, mine.pk])).content.decode()
        assert "Sanne Sagsen" in said
        assert "Uønsket Læge" not in said
        # Whom else the citizen has let in is none of the ward's business.
        assert "Prøvekredsens Politi" not in said
        released(world, network)
        assert not sees(world, "police.member")

    def test_whoever_was_let_in_for_something_else_writes_nothing(
        self, world: World, network: CareNetwork, lets_in: Lets
    ) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            lets_in(actor, network)
        with acting(world.seats[WARD].token) as actor, pytest.raises(CoordinationError, match="ikke sagt ja"):
            services.write_event(actor, CareNetwork.objects.get(pk=network.pk), admitted())
        assert sit(world, WARD).get(reverse("coordination:event_new", args=[network.pk])).status_code == 404

    def test_inside_tells_those_let_in_and_not_itself(self, world: World, let_in: CareNetwork) -> None:
        with acting(world.seats["social.member"].token) as actor:
            row = services.write_event(actor, CareNetwork.objects.get(pk=let_in.pk), admitted())
            told = services.release_event(actor, CareEvent.objects.select_related("network").get(pk=row.pk))
            assert {one.authority_id for one in told.deliveries} == {
                world.authorities["police"],
                world.authorities["psychiatry"],
            }

    @pytest.mark.req("R-003-50")
    def test_a_yes_taken_back_stops_later_deliveries_and_reads_and_what_was_told_stays(
        self, world: World, let_in: CareNetwork
    ) -> None:
        event = released(world, let_in)
        with acting(world.seats["social.member"].token) as actor:
            reader = next(
                one
                for one in let_in.readers.select_related("network", "consent")
                if one.authority_id == world.authorities["police"]
            )
            services.take_back(actor, reader)
        assert not sees(world, "police.member")
        later = released(world, let_in)
        with acting(world.seats[WARD].token):
            assert Disclosure.objects.filter(subject_id=event.pk).count() == 2
            assert Disclosure.objects.filter(subject_id=later.pk).count() == 1

    def test_the_ward_whose_door_is_shut_releases_nothing_more(self, world: World, let_in: CareNetwork) -> None:
        draft = written(world, let_in)
        with acting(world.seats["social.member"].token) as actor:
            for reader in let_in.readers.select_related("network", "consent"):
                if reader.authority_id == world.authorities["psychiatry"]:
                    services.take_back(actor, reader)
        with acting(world.seats[WARD].token) as actor:
            with pytest.raises(CoordinationError):
                services.release_event(actor, draft)
            assert selectors.receivers_of(actor, draft) == []
            assert not Disclosure.objects.filter(subject_kind="care_event").exists()


class TestReading:
    """News lies on the desk until somebody of the receiver has read it."""

    def test_it_lies_on_the_desk_without_a_name_until_it_is_read(self, world: World, let_in: CareNetwork) -> None:
        released(world, let_in)
        officer = sit(world, "police.member")
        desk = officer.get(reverse("web:desk")).content.decode()
        assert "Nyt om borgere, der har lukket jer ind" in desk
        assert "Indlagt" in desk
        assert NAME not in desk
        page = reverse("coordination:network", args=[let_in.pk])
        assert page in desk
        with acting(world.seats["police.member"].token):
            mine = CareEventDelivery.objects.get()
        officer.post(reverse("coordination:event_read", args=[let_in.pk, mine.pk]))
        assert "Indlagt" not in officer.get(reverse("web:desk")).content.decode()
        assert "læst af Member Police" in sit(world, WARD).get(page).content.decode()
        # Once is enough.
        again = officer.post(reverse("coordination:event_read", args=[let_in.pk, mine.pk]), follow=True)
        assert "Det er allerede læst." in again.content.decode()

    def test_the_desk_of_others_says_nothing(self, world: World, let_in: CareNetwork) -> None:
        released(world, let_in)
        for seat in (WARD, "psychiatry.member", "social.frontline"):
            assert "Indlagt" not in sit(world, seat).get(reverse("web:desk")).content.decode(), seat

    def test_it_lies_with_the_tovholder_and_with_the_leader_where_there_is_none_here(
        self, world: World, let_in: CareNetwork
    ) -> None:
        released(world, let_in)
        with acting(world.seats["social.member"].token) as actor:
            assert selectors.unread(actor).count() == 1
            post = Capacity.objects.get(pk=world.seats["social.frontline"].post)
            services.appoint(actor, let_in, Named(post=post, phone="20 20 20 20", hours="9-12"))
            assert selectors.unread(actor).count() == 0
        with acting(world.seats["social.frontline"].token) as actor:
            assert selectors.unread(actor).count() == 1

    def test_the_desk_asks_as_often_for_many_as_for_one(self, world: World, let_in: CareNetwork) -> None:
        counts = []
        for _round in range(2):
            for _one in range(1 + 3 * _round):
                released(world, let_in)
            with acting(world.seats["police.member"].token) as actor, CaptureQueriesContext(connection) as asked:
                assert desk(actor).news.count == selectors.unread(actor).count() + 1
            counts.append(len(asked))
        assert counts[0] == counts[1]

    def test_nobody_reads_for_another(self, world: World, let_in: CareNetwork) -> None:
        released(world, let_in)
        with acting(world.seats[WARD].token) as actor:
            rows = list(CareEventDelivery.objects.select_related("network"))
            assert rows
            for row in rows:
                with pytest.raises(CoordinationError):
                    services.read_event(actor, row)


class TestTwoAtOnce:
    """Two press at the same time: it is told once, and the other is told so."""

    def test_the_second_release_is_told_that_a_colleague_was_first(self, world: World, let_in: CareNetwork) -> None:
        draft = written(world, let_in)
        gate, said = threading.Barrier(2), []

        def press() -> None:
            try:
                with acting(world.seats[WARD].token) as actor:
                    row = CareEvent.objects.select_related("network").get(pk=draft.pk)
                    gate.wait(10)
                    services.release_event(actor, row)
                    said.append("released")
            except CoordinationError as refused:
                said.append(str(refused))
            finally:
                connections.close_all()

        hands = [threading.Thread(target=press) for _ in range(2)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join(30)
        assert sorted(said, key=len)[0] == "released"
        assert any("En kollega har lige frigivet den" in one for one in said)
        with acting(world.seats[WARD].token):
            assert CareEventDelivery.objects.filter(event=draft).count() == 2
            assert Disclosure.objects.filter(subject_id=draft.pk).count() == 2


class TestTheWall:
    """The database itself refuses what the services never do."""

    def test_nobody_delivers_what_is_not_released_or_to_whom_the_yes_does_not_name(
        self, world: World, let_in: CareNetwork
    ) -> None:
        draft = written(world, let_in)
        outsider = world.authorities["outside"]
        with acting(world.seats[WARD].token) as actor:
            one = selectors.receivers_of(actor, draft)[0]
            with pytest.raises(Exception, match="row-level security"):
                CareEventDelivery.objects.bulk_create([one.delivery])
        event = released(world, let_in)
        for key, value in (("authority_id", outsider), ("unit_id", uuid4()), ("from_authority_id", outsider)):
            with acting(world.seats[WARD].token) as actor:
                row = selectors.receivers_of(actor, event)[0].delivery
                setattr(row, key, value)
                with pytest.raises(Exception, match="row-level security"):
                    CareEventDelivery.objects.bulk_create([row])

    def test_nothing_is_delivered_to_another_authority_without_a_disclosure(
        self, world: World, let_in: CareNetwork
    ) -> None:
        draft = written(world, let_in)

        def deliver() -> None:
            with acting(world.seats[WARD].token) as actor:
                CareEvent.objects.filter(pk=draft.pk).update(released_at=timezone.now(), released_by_id=actor.person_id)
                CareEventDelivery.objects.bulk_create([one.delivery for one in selectors.receivers_of(actor, draft)])

        with pytest.raises(Exception, match="what is delivered has a disclosure"):
            deliver()
        with acting(world.seats[WARD].token):
            assert not CareEventDelivery.objects.filter(event=draft).exists()

    def test_the_sender_reads_no_yes_that_another_took(self, world: World, let_in: CareNetwork) -> None:
        written(world, let_in)
        with acting(world.seats[WARD].token):
            assert not Consent.objects.exists()


@pytest.mark.req("R-000-134")
def test_what_was_told_leaves_with_the_network(
    world: World, let_in: CareNetwork, caretaker_connection: psycopg.Connection, owner_connection: psycopg.Connection
) -> None:
    written(world, let_in)
    released(world, let_in)
    with acting(world.seats["social.member"].token) as actor:
        services.close(actor, let_in, "no_need")
    caretaker_connection.execute("select retention_dispose('care', %s, today())", [let_in.pk])
    caretaker_connection.commit()
    for table in ("coordination_careevent", "coordination_careeventdelivery", "sharing_disclosure"):
        row = owner_connection.execute(f"select count(*) from {table}").fetchone()
        assert row == (0,), table
