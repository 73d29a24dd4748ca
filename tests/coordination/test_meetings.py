"""Network meetings: as the citizen wants them, without decisions, and followed until what was agreed is in effect."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import CareNetwork, MeetingWishes, NetworkAgreement, NetworkInvitee, NetworkMeeting
from samsvar.coordination.selectors.meetings import meeting_page
from samsvar.coordination.services import CoordinationError
from samsvar.coordination.services import meetings as verbs
from samsvar.coordination.services.contacts import Contact
from samsvar.postgres.actor import Actor, acting
from tests.clients import sit
from tests.world import World


def _clear(actor: Actor, network: CareNetwork, days: int = 7) -> NetworkMeeting:
    at = timezone.now() + timedelta(days=days)
    return verbs.call(actor, network, verbs.Frame("Søsteren", "Hvor skal han bo", True, at, "Hjemme hos ham"))


def _sister(actor: Actor, network: CareNetwork, role: str = "relative", name: str = "Søster Prøvesen"):
    return services.write_contact(actor, network, Contact(role, name))


class TestCalling:
    """Anybody the citizen agrees to can call one; nobody comes whom the citizen has not been asked about."""

    @pytest.mark.req("R-003-23", "R-003-27")
    def test_it_can_be_saved_while_nobody_knows_what_for_and_when(self, world: World, network: CareNetwork) -> None:
        browser = sit(world, "social.frontline")
        answer = browser.post(reverse("coordination:call", args=[network.pk]), {"called_by": "Søsteren"})
        assert answer.status_code == 302
        with acting(world.seats["social.frontline"].token):
            meeting = NetworkMeeting.objects.get()
        page = browser.get(reverse("coordination:meeting", args=[network.pk, meeting.pk])).content.decode()
        for words in ("Formål og ramme uklar", "Uden dag", "Ikke et beslutningsmøde", "Hjælpen kommer hurtigt."):
            assert words in page

    @pytest.mark.req("R-003-25")
    def test_nobody_is_invited_before_the_citizens_wishes_are_written(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            meeting = _clear(actor, network)
            verbs.put_on(actor, meeting, _sister(actor, network))
            with pytest.raises(CoordinationError, match="hvem borgeren ønsker med"):
                verbs.invite(actor, meeting)
            # The database says the same to whoever goes past the service.
            with pytest.raises(ProgrammingError), transaction.atomic():
                NetworkInvitee.objects.update(invited_on=timezone.localdate())
            verbs.write_wishes(actor, meeting, "Kun min søster. Ikke min bror.")
            assert verbs.invite(actor, meeting) == 1
        browser = sit(world, "social.frontline")
        letter = browser.get(reverse("coordination:invitation", args=[network.pk, meeting.pk]))
        assert letter.content.startswith(b"%PDF")

    @pytest.mark.req("R-003-26")
    def test_whom_the_citizen_does_not_want_is_never_on_a_list(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            meeting = _clear(actor, network)
            brother = _sister(actor, network, name="Bror Prøvesen")
            verbs.put_on(actor, meeting, brother)
            services.set_unwanted(actor, brother, unwanted=True)
            page = meeting_page(actor, meeting)
            assert (page.invitees, page.others) == ([], [])
            brother.refresh_from_db()
            with pytest.raises(CoordinationError, match="vil ikke have personen med"):
                verbs.put_on(actor, meeting, brother)
            row = NetworkInvitee(
                partnership_id=network.partnership_id,
                meeting=meeting,
                network=network,
                authority_id=network.authority_id,
                contact=brother,
                by_id=actor.person_id,
            )
            with pytest.raises(ProgrammingError), transaction.atomic():
                row.save(force_insert=True)

    @pytest.mark.req("R-003-72", "R-003-73")
    def test_the_doctor_is_invited_to_the_own_patients_meeting_by_the_tovholder(
        self, world: World, network: CareNetwork
    ) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            meeting = _clear(actor, network)
            verbs.put_on(actor, meeting, _sister(actor, network, "doctor", "Lise Læge"), "samtale om medicinen")
        page = sit(world, "social.frontline").get(reverse("coordination:meeting", args=[network.pk, meeting.pk]))
        said = page.content.decode()
        assert "Tovholderen ringer til lægen." in said
        assert "Kan love: samtale om medicinen" in said


class TestAgreements:
    """What is agreed has an owner, and stands until somebody says that it is in effect."""

    @pytest.mark.req("R-003-24")
    def test_last_times_agreements_come_first_until_they_are_judged(self, world: World, network: CareNetwork) -> None:
        browser = sit(world, "social.frontline")
        with acting(world.seats["social.frontline"].token) as actor:
            first = _clear(actor, network, days=-7)
        agree = reverse("coordination:agree", args=[network.pk, first.pk])
        assert browser.post(agree, {"what": "Ringer til kommunen", "owner": ""}).status_code == 400
        browser.post(agree, {"what": "Ringer til kommunen", "owner": "Søsteren", "due_on": "2026-01-05"})
        browser.post(
            reverse("coordination:hold", args=[network.pk, first.pk]), {"minutes": "Vi talte om hans lejlighed."}
        )
        assert browser.get(reverse("coordination:minutes", args=[network.pk, first.pk])).content.startswith(b"%PDF")
        with acting(world.seats["social.frontline"].token) as actor:
            second = _clear(actor, network)
            agreement = NetworkAgreement.objects.get()
        page = reverse("coordination:meeting", args=[network.pk, second.pk])
        said = browser.get(page).content.decode()
        assert said.index("Aftalt sidst") < said.index("Ringer til kommunen") < said.index("Formål, tid og sted")
        assert "Dagen er gået" in said
        judge = reverse("coordination:judge", args=[network.pk, agreement.pk])
        assert browser.post(judge, {"state": "failed", "result": ""}).status_code == 400
        browser.post(judge, {"state": "failed", "result": "Der var ingen, der tog telefonen."})
        assert "Ringer til kommunen" not in browser.get(page).content.decode()
        # Judged once.
        assert browser.post(judge, {"state": "done", "result": ""}).status_code == 400

    def test_a_meeting_is_not_held_before_its_hour_nor_twice(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            coming, gone = _clear(actor, network), _clear(actor, network, days=-1)
            with pytest.raises(CoordinationError):
                verbs.hold(actor, coming, "x")
            verbs.hold(actor, gone, "x")
            with pytest.raises(CoordinationError):
                verbs.hold(actor, gone, "y")
            verbs.call_off(actor, coming)
            with pytest.raises(CoordinationError):
                verbs.write_wishes(actor, coming, "x")


class TestWhoMayKnow:
    """Whoever is let in for it sees day, place, purpose and agreements; the citizen's wishes stay inside."""

    def test_the_ward_sees_that_there_is_one_and_not_what_was_wished(
        self,
        world: World,
        network: CareNetwork,
        lets_in: Callable[..., object],
        owner_connection: psycopg.Connection,
    ) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            lets_in(actor, network, "psychiatry", True, "coordinator", "meetings")
            meeting = _clear(actor, network)
            verbs.write_wishes(actor, meeting, "Ikke min bror.")
            verbs.put_on(actor, meeting, _sister(actor, network))
            verbs.agree(actor, meeting, verbs.Agreed("Ser på medicinen", "Distriktspsykiatrien"))
        nurse = sit(world, "psychiatry.frontline")
        said = nurse.get(reverse("coordination:network", args=[network.pk])).content.decode()
        assert "Hvor skal han bo" in said
        assert "Ser på medicinen" in said
        for words in ("Ikke min bror", "Søster Prøvesen"):
            assert words not in said
        assert nurse.get(reverse("coordination:meeting", args=[network.pk, meeting.pk])).status_code == 404
        with acting(world.seats["psychiatry.frontline"].token):
            assert not MeetingWishes.objects.exists()
            assert not NetworkInvitee.objects.exists()

    def test_whoever_is_not_let_in_for_it_sees_none(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            lets_in(actor, network, "psychiatry", True, "coordinator")
            _clear(actor, network)
        said = sit(world, "psychiatry.frontline").get(reverse("coordination:network", args=[network.pk]))
        assert "Netværksmøder" not in said.content.decode()
