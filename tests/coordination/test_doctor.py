"""The own doctor: a practice reads of its own patients alone, and hears short messages on the citizen's yes."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import (
    CareEvent,
    CareEventDelivery,
    CareNetwork,
    EventKind,
    NetworkContact,
    NetworkInvitee,
    NetworkMeeting,
    NetworkReader,
)
from samsvar.coordination.selectors import doctor as selectors
from samsvar.coordination.selectors import networks
from samsvar.coordination.selectors.events import receivers_of
from samsvar.coordination.services import Alert, CoordinationError, Happened, meetings
from samsvar.coordination.services.coordinators import Named
from samsvar.coordination.services.events import put_down
from samsvar.partnerships.models import Authority, Capacity
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Disclosure
from tests.clients import sit
from tests.coordination.ground import NAME, opened, yes
from tests.world import World

LEADER, WARD, DOCTOR, OTHER = "social.member", "psychiatry.frontline", "practice.frontline", "other_practice.frontline"
Lets = Callable[..., object]
ALERT = Alert("compulsion", "Sover ikke. Vi taler om det i dag.", "Afsnit H3, 00 00 55 30")


def here(network: CareNetwork) -> CareNetwork:
    """The network as whoever acts gets it."""
    return CareNetwork.objects.get(pk=network.pk)


def body(world: World, name: str = "practice") -> Authority:
    """A practice."""
    return Authority.objects.get(pk=world.authorities[name])


def open_door(world: World, network: CareNetwork, name: str = "practice") -> NetworkReader:
    """The citizen's yes to a practice."""
    with acting(world.seats[LEADER].token) as actor:
        return services.let_in(
            actor, here(network), body(world, name), None, ["coordinator", "events", "situation"], yes()
        )


@pytest.fixture
def doctor(world: World, practices: None, network: CareNetwork, lets_in: Lets) -> CareNetwork:
    """The practice is the own doctor, and let in; so is the ward."""
    with acting(world.seats[LEADER].token) as actor:
        post = Capacity.objects.get(pk=world.seats[LEADER].post)
        services.appoint(actor, network, Named(post=post, phone="20 20 20 20", hours="9-12"))
        services.name_doctor(actor, network, body(world), "00 00 55 40", "8-9")
        lets_in(actor, network, "psychiatry", True, "coordinator", "events")
    open_door(world, network)
    return network


def alerted(world: World, network: CareNetwork, seat: str = WARD) -> CareEvent:
    """A warning to the own doctor."""
    with acting(world.seats[seat].token) as actor:
        return services.alert_doctor(actor, here(network), ALERT)


def meeting(world: World, network: CareNetwork, wishes: str = "Lægen må gerne komme") -> NetworkMeeting:
    """A network meeting to come, as the citizen wants it."""
    with acting(world.seats[LEADER].token) as actor:
        at = timezone.now() + timedelta(days=7)
        row = meetings.call(actor, here(network), meetings.Frame("Borgeren", "Medicinen", True, at, "I lægehuset"))
        if wishes:
            meetings.write_wishes(actor, row, wishes)
        return row


def invited(world: World, network: CareNetwork) -> CareEventDelivery:
    """The own doctor is asked to one item."""
    row = meeting(world, network)
    with acting(world.seats[LEADER].token) as actor:
        event = services.invite_doctor(actor, row, "Medicinen, ti minutter")
        return CareEventDelivery.objects.get(event=event)


def answers(world: World, delivery: CareEventDelivery, said: str, seat: str = DOCTOR) -> None:
    """The practice answers."""
    with acting(world.seats[seat].token) as actor:
        found = CareEventDelivery.objects.select_related("network", "event").get(pk=delivery.pk)
        services.answer_invitation(actor, found, said)


def sees(world: World, seat: str, network: CareNetwork) -> bool:
    """Whether a seat reads anything of it: the network, its tovholder, what was told."""
    with acting(world.seats[seat].token) as actor:
        pages = [patient.line.network.pk for patient in selectors.patients(actor)]
        return (
            CareNetwork.objects.filter(pk=network.pk).exists()
            or CareEvent.objects.filter(network=network).exists()
            or network.pk in pages
        )


class TestOwnPatientsOnly:
    """R-003-70: no practice reads of anybody but its own patients, and of them only on a yes."""

    @pytest.mark.req("R-003-70")
    def test_the_own_doctor_sees_a_patient_who_said_yes(self, world: World, doctor: CareNetwork) -> None:
        alerted(world, doctor)
        browser = sit(world, DOCTOR)
        page = browser.get(reverse("coordination:patients")).content.decode()
        assert NAME in page
        page = browser.get(reverse("coordination:doctor", args=[doctor.pk])).content.decode()
        for words in ("Tvangsindlæggelse overvejes", "Sover ikke.", "20 20 20 20", "Afsnit H3, 00 00 55 30"):
            assert words in page

    @pytest.mark.req("R-003-70")
    def test_a_practice_that_nobody_let_in_sees_nothing(
        self, world: World, practices: None, network: CareNetwork
    ) -> None:
        with acting(world.seats[LEADER].token) as actor:
            services.name_doctor(actor, network, body(world))
        assert not sees(world, DOCTOR, network)
        assert sit(world, DOCTOR).get(reverse("coordination:doctor", args=[network.pk])).status_code == 404

    @pytest.mark.req("R-003-70")
    def test_another_practice_sees_nothing(self, world: World, doctor: CareNetwork) -> None:
        alerted(world, doctor)
        assert sees(world, DOCTOR, doctor)
        assert not sees(world, OTHER, doctor)
        assert sit(world, OTHER).get(reverse("coordination:doctor", args=[doctor.pk])).status_code == 404

    @pytest.mark.req("R-003-70")
    def test_the_same_practice_sees_no_patient_who_has_not_said_yes(self, world: World, doctor: CareNetwork) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            another = opened(actor, cpr="6111551112", name="Anden Prøvesen")
        with acting(world.seats[LEADER].token) as actor:
            services.name_doctor(actor, here(another), body(world))
        assert sees(world, DOCTOR, doctor)
        assert not sees(world, DOCTOR, another)

    @pytest.mark.req("R-003-70")
    def test_a_practice_that_is_not_the_own_doctor_cannot_be_let_in(self, world: World, doctor: CareNetwork) -> None:
        with pytest.raises(CoordinationError, match="egen læge"):
            open_door(world, doctor, "other_practice")
        with acting(world.seats[LEADER].token) as actor:
            offered = [one.pk for one, _units in networks.receivers(actor, doctor)]
            assert world.authorities["practice"] in offered
            assert world.authorities["other_practice"] not in offered
            # Nor past the service: the row itself is refused.
            row = NetworkReader.objects.filter(network=doctor, authority=body(world)).get()
            row.pk, row.authority = None, body(world, "other_practice")
            with pytest.raises(DatabaseError), transaction.atomic():
                row.save(force_insert=True)

    @pytest.mark.req("R-003-70")
    def test_the_former_own_doctor_sees_nothing_at_once(self, world: World, doctor: CareNetwork) -> None:
        alerted(world, doctor)
        with acting(world.seats[LEADER].token) as actor:
            services.name_doctor(actor, here(doctor), body(world, "other_practice"))
            assert not NetworkReader.objects.filter(authority=body(world), until=None).exists()
        assert not sees(world, DOCTOR, doctor)
        # The new one waits for a yes of its own.
        assert not sees(world, OTHER, doctor)
        with pytest.raises(CoordinationError, match="ikke sagt ja"):
            alerted(world, doctor)

    @pytest.mark.req("R-003-70")
    def test_the_database_shuts_it_even_when_the_door_was_forgotten(self, world: World, doctor: CareNetwork) -> None:
        with acting(world.seats[LEADER].token):
            NetworkContact.objects.filter(network=doctor, role="doctor").update(until=timezone.localdate())
            assert NetworkReader.objects.filter(authority=body(world), until=None).exists()
        assert not sees(world, DOCTOR, doctor)

    @pytest.mark.parametrize("off", ["ended", "unwanted"])
    def test_taking_the_doctor_off_shuts_the_door(self, world: World, doctor: CareNetwork, off: str) -> None:
        with acting(world.seats[LEADER].token) as actor:
            contact = NetworkContact.objects.select_related("network").get(network=doctor, role="doctor")
            if off == "ended":
                services.end_contact(actor, contact)
            else:
                services.set_unwanted(actor, contact, unwanted=True)
            assert not NetworkReader.objects.filter(authority=body(world), until=None).exists()
        assert not sees(world, DOCTOR, doctor)

    def test_a_yes_taken_back_stops_reading_and_writing_and_the_record_stays(
        self, world: World, doctor: CareNetwork
    ) -> None:
        event = alerted(world, doctor)
        with acting(world.seats[LEADER].token) as actor:
            reader = NetworkReader.objects.select_related("network", "consent").get(authority=body(world), until=None)
            services.take_back(actor, reader)
        assert not sees(world, DOCTOR, doctor)
        with pytest.raises(CoordinationError, match="ikke sagt ja"):
            alerted(world, doctor)
        with acting(world.seats[WARD].token):
            assert CareEvent.objects.filter(network=doctor).count() == 1
            assert Disclosure.objects.filter(subject_id=event.pk).exists()

    def test_a_colleague_who_is_not_inside_sees_and_sends_nothing(self, world: World, doctor: CareNetwork) -> None:
        alerted(world, doctor, LEADER)
        for seat in ("police.member", "psychiatry.screener"):
            assert not sees(world, seat, doctor), seat
            assert sit(world, seat).get(reverse("coordination:doctor", args=[doctor.pk])).status_code == 404
        with acting(world.seats["social.frontline"].token):
            assert not CareEvent.objects.filter(network=doctor).exists()
            with connection.cursor() as cursor:
                cursor.execute("select coordination_doctor(%s)", [doctor.pk])
                assert cursor.fetchone()[0] is None


class TestMessages:
    """Each is one action, one delivery and one disclosure, and reaches the practice alone."""

    @pytest.mark.req("R-003-71")
    def test_a_copy_after_a_conference_is_one_form_sent_once(self, world: World, doctor: CareNetwork) -> None:
        nurse = sit(world, WARD)
        address = reverse("coordination:doctor_copy", args=[doctor.pk])
        assert "Går kun til Lægehuset Prøvegade" in nurse.get(address).content.decode()
        assert nurse.post(address, {"text": "Medicinen fortsætter. Samtaler hver uge."}).status_code == 302
        with acting(world.seats[DOCTOR].token):
            assert "Samtaler hver uge" in CareEvent.objects.get(kind=EventKind.CONFERENCE).text
        with acting(world.seats[WARD].token):
            event = CareEvent.objects.get(kind=EventKind.CONFERENCE)
            told = Disclosure.objects.filter(subject_kind="care_event", subject_id=event.pk)
            assert [one.receipts.get().authority_id for one in told] == [world.authorities["practice"]]
            assert [one.consent_id is not None for one in told] == [True]

    def test_nobody_but_the_practice_hears_it(self, world: World, doctor: CareNetwork, lets_in: Lets) -> None:
        with acting(world.seats[LEADER].token) as actor:
            lets_in(actor, doctor, "police", False, "coordinator", "events")
        alerted(world, doctor)
        for seat in ("police.frontline", LEADER):
            with acting(world.seats[seat].token):
                assert not CareEvent.objects.filter(network=doctor).exists(), seat

    def test_without_a_yes_nothing_is_sent_and_nothing_typed_is_lost(
        self, world: World, practices: None, network: CareNetwork
    ) -> None:
        leader = sit(world, LEADER)
        page = leader.get(reverse("coordination:doctor", args=[network.pk])).content.decode()
        assert "Lægen kan ikke få besked herfra" in page
        assert "Papir, borgeren selv kan give lægen" in page
        answer = leader.post(
            reverse("coordination:doctor_alert", args=[network.pk]),
            {"kind": "breakdown", "text": "Sover ikke", "call": ""},
        )
        assert answer.status_code == 400
        said = answer.content.decode()
        assert "ikke sagt ja" in said
        assert "Sover ikke" in said
        with acting(world.seats[LEADER].token):
            assert not CareEvent.objects.filter(network=network).exists()

    @pytest.mark.parametrize(
        ("text", "said"), [("", 'class="form-error'), ("Født 611155-1111", "CPR"), ("x" * 400, "300")]
    )
    def test_bad_input_is_said(self, world: World, doctor: CareNetwork, text: str, said: str) -> None:
        answer = sit(world, WARD).post(
            reverse("coordination:doctor_alert", args=[doctor.pk]), {"kind": "medicine", "text": text}
        )
        assert answer.status_code == 400
        assert said.lower() in answer.content.decode().lower()

    @pytest.mark.parametrize(
        ("kind", "seat"), [("concern", WARD), ("referral", WARD), ("invitation", WARD), ("alert", DOCTOR)]
    )
    def test_each_writes_only_what_is_theirs(self, world: World, doctor: CareNetwork, kind: str, seat: str) -> None:
        planned = meeting(world, doctor)
        with acting(world.seats[seat].token) as actor:
            verb = {
                "concern": lambda: services.send_concern(actor, here(doctor), "Han sover ikke"),
                "referral": lambda: services.write_referral(actor, here(doctor), "Hjælp", joint=True),
                "alert": lambda: services.alert_doctor(actor, here(doctor), ALERT),
                "invitation": lambda: services.invite_doctor(actor, planned, "Medicinen"),
            }[kind]
            with pytest.raises((CoordinationError, DatabaseError)), transaction.atomic():
                verb()

    def test_a_ward_that_writes_as_a_practice_past_the_service_reaches_nobody(
        self, world: World, doctor: CareNetwork
    ) -> None:

        with acting(world.seats[WARD].token) as actor:
            for kind in ("concern", "referral"):
                event = put_down(actor, here(doctor), kind=kind, happened_at=timezone.now(), text="x")
                assert receivers_of(actor, event) == []

    def test_the_practice_writes_a_concern_to_the_tovholder_alone(self, world: World, doctor: CareNetwork) -> None:
        with acting(world.seats[DOCTOR].token) as actor:
            event = services.send_concern(actor, here(doctor), "Han kom ikke i dag.")
            assert [one.authority_id for one in CareEventDelivery.objects.all()] == [world.authorities["social"]]
            assert Disclosure.objects.filter(subject_id=event.pk).count() == 1
        with acting(world.seats[LEADER].token):
            assert CareEvent.objects.filter(kind="concern").exists()
        with acting(world.seats[WARD].token):
            assert not CareEvent.objects.filter(kind="concern").exists()

    @pytest.mark.parametrize("joint", [True, False])
    def test_a_joint_referral_reaches_both_and_says_whether_they_may_come_together(
        self, world: World, doctor: CareNetwork, joint: bool
    ) -> None:
        browser = sit(world, DOCTOR)
        typed = {"text": "Stemmer hver nat.", **({"joint": "on"} if joint else {})}
        answer = browser.post(reverse("coordination:doctor_refer", args=[doctor.pk]), typed, follow=True)
        said = answer.content.decode()
        assert "Afsnit H3" in said
        assert "Tovholderen, Prøveby Kommune" in said
        with acting(world.seats[DOCTOR].token):
            event = CareEvent.objects.get(kind="referral")
        browser.post(reverse("coordination:event_release", args=[doctor.pk, event.pk]))
        for seat in (WARD, LEADER):
            page = sit(world, seat).get(reverse("coordination:doctor", args=[doctor.pk])).content.decode()
            assert ("ja til, at I kommer sammen første gang" in page) is joint
            assert ("I må ikke komme sammen første gang" in page) is not joint

    def test_a_joint_referral_waits_until_both_are_named(
        self, world: World, practices: None, network: CareNetwork
    ) -> None:
        with acting(world.seats[LEADER].token) as actor:
            services.name_doctor(actor, network, body(world))
        open_door(world, network)
        with acting(world.seats[DOCTOR].token) as actor:
            draft = services.write_referral(actor, here(network), "Stemmer", joint=True)
            with pytest.raises(CoordinationError, match="Borgeren mangler at sige ja"), transaction.atomic():
                services.release_event(actor, draft)

    @pytest.mark.req("R-002-89")
    def test_a_changed_plan_reaches_the_own_doctor_like_others(self, world: World, doctor: CareNetwork) -> None:
        with acting(world.seats[WARD].token) as actor:
            told = Happened(EventKind.PLAN_CHANGE, timezone.now(), "Ny medicin fra i dag")
            services.release_event(actor, services.write_event(actor, here(doctor), told))
        with acting(world.seats[DOCTOR].token):
            assert CareEvent.objects.get(kind="plan_change").text == "Ny medicin fra i dag"


class TestEpikrise:
    """Sent, received, late: the ward notes the day, the practice that it has it (R-002-91)."""

    def discharged(self, world: World, network: CareNetwork, days: int) -> None:
        with acting(world.seats[WARD].token) as actor:
            at = timezone.now() - timedelta(days=days)
            event = services.write_event(actor, here(network), Happened(EventKind.DISCHARGE, at))
            services.release_event(actor, event)

    @pytest.mark.req("R-002-91")
    def test_it_is_late_then_sent_then_read(self, world: World, doctor: CareNetwork) -> None:
        self.discharged(world, doctor, 10)
        nurse, practice = sit(world, WARD), sit(world, DOCTOR)
        address = reverse("coordination:doctor", args=[doctor.pk])
        for browser in (nurse, practice):
            page = browser.get(address).content.decode()
            assert "Epikrisen er ikke sendt" in page
            assert "Forsinket" in page
        typed = {"on": timezone.localdate().isoformat(), "aftercare": "followed"}
        assert nurse.post(reverse("coordination:doctor_epikrise", args=[doctor.pk]), typed).status_code == 302
        assert "ikke læst endnu" in nurse.get(address).content.decode()
        # What happens afterwards stands first, for one who will not read the letter.
        assert "Følges i distriktspsykiatrien" in practice.get(address).content.decode()
        with acting(world.seats[DOCTOR].token):
            delivery = CareEventDelivery.objects.get(event__kind="epikrise")
        practice.post(reverse("coordination:event_read", args=[doctor.pk, delivery.pk]), {"back": "doctor"})
        assert "modtaget og læst" in nurse.get(address).content.decode()

    @pytest.mark.req("R-002-91")
    def test_within_the_days_it_is_not_late(self, world: World, doctor: CareNetwork) -> None:
        self.discharged(world, doctor, 0)
        page = sit(world, WARD).get(reverse("coordination:doctor", args=[doctor.pk])).content.decode()
        assert "Den skal sendes senest" in page
        assert "Forsinket" not in page
        assert "ikke efterprøvet" in page

    @pytest.mark.parametrize("days", [-1, 400])
    def test_the_day_is_a_day_gone_by(self, world: World, doctor: CareNetwork, days: int) -> None:
        on = timezone.localdate() - timedelta(days=days)
        with acting(world.seats[WARD].token) as actor, pytest.raises(CoordinationError), transaction.atomic():
            services.note_epikrise(actor, here(doctor), on, "followed")


class TestInvitation:
    """One item of one network meeting, never a Samarbejdsenhed, and never again once the practice has said so."""

    @pytest.mark.req("R-003-72")
    def test_the_practice_reads_hour_place_and_its_item_and_nothing_else_of_the_meeting(
        self, world: World, doctor: CareNetwork
    ) -> None:
        invited(world, doctor)
        with acting(world.seats[DOCTOR].token):
            assert CareEvent.objects.get().text == "I lægehuset. Medicinen, ti minutter"
            assert not NetworkMeeting.objects.exists()

    @pytest.mark.req("R-003-72")
    def test_it_waits_for_the_citizens_wishes(self, world: World, doctor: CareNetwork) -> None:
        row = meeting(world, doctor, wishes="")
        with acting(world.seats[LEADER].token) as actor:
            with pytest.raises(CoordinationError, match="borgeren ønsker med"), transaction.atomic():
                services.invite_doctor(actor, row, "Medicinen")

            # Nor past the service.
            with pytest.raises(DatabaseError), transaction.atomic():
                put_down(actor, here(doctor), kind="invitation", happened_at=timezone.now(), text="x", meeting=row)

    @pytest.mark.req("R-003-73")
    def test_only_those_inside_ask_the_practice(self, world: World, doctor: CareNetwork) -> None:
        assert sit(world, WARD).get(reverse("coordination:doctor_invite", args=[doctor.pk])).status_code == 404
        assert sit(world, LEADER).get(reverse("coordination:doctor_invite", args=[doctor.pk])).status_code == 200

    @pytest.mark.req("R-003-73")
    def test_the_tovholder_is_reminded_to_call_a_practice_that_does_not_answer(
        self, world: World, doctor: CareNetwork, owner_connection: psycopg.Connection
    ) -> None:
        delivery = invited(world, doctor)
        words = "Egen læge har ikke svaret. Ring"
        assert words not in sit(world, LEADER).get("/").content.decode()
        owner_connection.execute(
            "update coordination_careeventdelivery set at = at - interval '3 days' where id = %s", [delivery.pk]
        )
        owner_connection.commit()
        with acting(world.seats[LEADER].token) as actor:
            assert selectors.unanswered(actor).count() == 1
        assert words in sit(world, LEADER).get("/").content.decode()
        with acting(world.seats["social.screener"].token) as actor:
            assert selectors.unanswered(actor).count() == 0
        answers(world, delivery, "comes")
        with acting(world.seats[LEADER].token) as actor:
            assert selectors.unanswered(actor).count() == 0
        assert words not in sit(world, LEADER).get("/").content.decode()

    def test_the_answer_stands_on_the_tovholders_page(self, world: World, doctor: CareNetwork) -> None:
        delivery = invited(world, doctor)
        address = reverse("coordination:doctor_answer", args=[doctor.pk, delivery.pk])
        assert sit(world, DOCTOR).post(address, {"answer": "other_time"}).status_code == 302
        page = sit(world, LEADER).get(reverse("coordination:doctor", args=[doctor.pk])).content.decode()
        assert "Gerne, men på et andet tidspunkt" in page
        with pytest.raises(CoordinationError, match="allerede svaret"):
            answers(world, delivery, "comes")

    def test_it_is_read_by_answering_alone(self, world: World, doctor: CareNetwork) -> None:
        delivery = invited(world, doctor)
        with acting(world.seats[DOCTOR].token) as actor:
            found = CareEventDelivery.objects.select_related("network").get(pk=delivery.pk)
            with pytest.raises(CoordinationError), transaction.atomic():
                services.read_event(actor, found)

    def test_nobody_asks_twice_while_the_practice_has_not_answered(self, world: World, doctor: CareNetwork) -> None:
        delivery = invited(world, doctor)
        with acting(world.seats[LEADER].token) as actor:
            row = NetworkMeeting.objects.select_related("network").get()
            with pytest.raises(CoordinationError, match="Ring i stedet"), transaction.atomic():
                services.invite_doctor(actor, row, "Medicinen")
        answers(world, delivery, "other_time")
        with acting(world.seats[LEADER].token) as actor:
            services.invite_doctor(actor, row, "Medicinen")

    @pytest.mark.parametrize("said", ["never", "never_any"])
    def test_a_practice_that_said_never_is_invited_by_no_path(
        self, world: World, doctor: CareNetwork, said: str
    ) -> None:
        row = meeting(world, doctor)
        with acting(world.seats[LEADER].token) as actor:
            contact = NetworkContact.objects.get(network=doctor, role="doctor")
            on_the_list = meetings.put_on(actor, row, contact)
        answers(world, invited(world, doctor), said)
        again = meeting(world, doctor)
        with acting(world.seats[LEADER].token) as actor:
            with pytest.raises(CoordinationError, match="ikke skal invitere"), transaction.atomic():
                services.invite_doctor(actor, again, "Medicinen")
            with pytest.raises(CoordinationError, match="ikke skal invitere"), transaction.atomic():
                meetings.put_on(actor, again, contact)
            with pytest.raises(CoordinationError), transaction.atomic():
                meetings.invite(actor, row)
            assert NetworkInvitee.objects.get(pk=on_the_list.pk).invited_on is None
            # Nor past the services: the database delivers no invitation to it.

            event = put_down(
                actor, here(doctor), kind="invitation", happened_at=timezone.now(), text="x", meeting=again
            )
            assert receivers_of(actor, event) == []
        # What is written is not an invitation.
        alerted(world, doctor)

    @pytest.mark.parametrize(("said", "asked"), [("never", True), ("never_any", False)])
    def test_never_about_one_patient_is_not_never_about_all(
        self, world: World, doctor: CareNetwork, said: str, asked: bool
    ) -> None:
        answers(world, invited(world, doctor), said)
        with acting(world.seats["social.frontline"].token) as actor:
            another = opened(actor, cpr="6111551112", name="Anden Prøvesen")
        with acting(world.seats[LEADER].token) as actor:
            services.name_doctor(actor, here(another), body(world))
        open_door(world, another)
        row = meeting(world, another)
        with acting(world.seats[LEADER].token) as actor:
            if asked:
                services.invite_doctor(actor, row, "Medicinen")
            else:
                with pytest.raises(CoordinationError, match="ikke skal invitere"), transaction.atomic():
                    services.invite_doctor(actor, row, "Medicinen")

    def test_the_practice_can_change_a_never(self, world: World, doctor: CareNetwork) -> None:
        delivery = invited(world, doctor)
        answers(world, delivery, "never")
        answers(world, delivery, "not_now")
        row = meeting(world, doctor)
        with acting(world.seats[LEADER].token) as actor:
            services.invite_doctor(actor, row, "Medicinen")

    def test_nobody_answers_for_the_practice(self, world: World, doctor: CareNetwork) -> None:
        delivery = invited(world, doctor)
        with acting(world.seats[LEADER].token) as actor:
            found = CareEventDelivery.objects.select_related("network", "event").get(pk=delivery.pk)
            with pytest.raises(CoordinationError), transaction.atomic():
                services.answer_invitation(actor, found, "comes")
        with acting(world.seats[OTHER].token):
            assert not CareEventDelivery.objects.exists()


def test_the_list_asks_as_often_for_many_as_for_one(world: World, doctor: CareNetwork) -> None:
    def asks() -> int:
        with acting(world.seats[DOCTOR].token) as actor, CaptureQueriesContext(connection) as seen:
            selectors.patients(actor)
            selectors.doctor_page(actor, here(doctor))
        return len(seen)

    alerted(world, doctor)
    few = asks()
    for number in range(3):
        with acting(world.seats[WARD].token) as actor:
            services.alert_doctor(actor, here(doctor), Alert("medicine", f"Ændring {number}"))
    assert asks() == few


@pytest.mark.req("R-000-134")
def test_what_was_written_leaves_with_the_network(
    world: World,
    doctor: CareNetwork,
    caretaker_connection: psycopg.Connection,
    owner_connection: psycopg.Connection,
) -> None:
    answers(world, invited(world, doctor), "comes")
    alerted(world, doctor)
    with acting(world.seats[LEADER].token) as actor:
        services.close(actor, here(doctor), "no_need")
    assert not sees(world, DOCTOR, doctor)
    caretaker_connection.execute("select retention_dispose('care', %s, today())", [doctor.pk])
    caretaker_connection.commit()
    owner_connection.rollback()
    for table in ("carenetwork", "careevent", "careeventdelivery", "networkmeeting", "networkcontact"):
        row = owner_connection.execute(f"select count(*) from coordination_{table}").fetchone()
        assert row == (0,), table
