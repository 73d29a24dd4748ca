"""The own doctor in a real browser: a copy sent and read, and every page read by axe on both widths."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import CareEventDelivery, CareNetwork
from samsvar.coordination.services import Alert, Happened, meetings
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands, look_well
from tests.coordination.ground import named, yes
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def patient(world: World, practices: None, network: CareNetwork, lets_in: Callable[..., object]) -> CareNetwork:
    """A citizen with an own doctor, discharged nine days ago, and asked about."""
    with acting(world.seats["social.member"].token) as actor:
        practice = Authority.objects.get(pk=world.authorities["practice"])
        named(actor, network)
        services.name_doctor(actor, network, practice, "00 00 55 40", "Telefontid kl. 8-9")
        services.let_in(actor, network, practice, None, ["coordinator", "events"], yes())
        lets_in(actor, network, "psychiatry", True, "coordinator", "events")
        at = timezone.now() + timedelta(days=7)
        row = meetings.call(actor, network, meetings.Frame("Borgeren", "Medicinen", True, at, "I lægehuset"))
        meetings.write_wishes(actor, row, "Lægen må gerne komme")
        services.invite_doctor(actor, row, "Medicinen, ti minutter")
        meetings.call(actor, network, meetings.Frame("Borgeren", "Boligen", True, at, "Rådhuset"))
    with acting(world.seats["psychiatry.frontline"].token) as actor:
        here = CareNetwork.objects.get(pk=network.pk)
        told = Happened("discharge", timezone.now() - timedelta(days=9), "Hjem til sig selv")
        services.release_event(actor, services.write_event(actor, here, told))
        services.alert_doctor(
            actor, here, Alert("medicine", "Sover for lidt. Ny dosis i dag.", "Afsnit H3, 00 00 55 30")
        )
    return network


def test_a_nurse_sends_a_copy_and_the_doctor_reads_it(
    sits: Callable[..., Hands], world: World, patient: CareNetwork
) -> None:
    nurse, doctor = sits("psychiatry.frontline"), sits("practice.frontline")
    nurse.goes(reverse("coordination:doctor", args=[patient.pk]))
    nurse.page.get_by_text("Kopi efter konference").click()
    nurse.page.fill("#id_text", "Medicinen fortsætter.")
    nurse.page.get_by_role("button", name="Send kopi til egen læge").click()
    nurse.page.wait_for_selector("#skrevet")
    assert nurse.sees("leveret, ikke læst endnu")
    doctor.goes(reverse("coordination:patients"))
    doctor.page.get_by_role("link", name="Frode Prøvesen").click()
    doctor.page.wait_for_selector("#beskeder")
    assert doctor.sees("Medicinen fortsætter.")
    doctor.page.get_by_role("button", name="Modtaget og læst").first.click()
    doctor.page.wait_for_selector("#beskeder")
    nurse.goes(reverse("coordination:doctor", args=[patient.pk]))
    assert nurse.sees("læst af Lone Lægesen")
    assert nurse.complaints == doctor.complaints == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_look_well(sits: Callable[..., Hands], world: World, patient: CareNetwork, language: str) -> None:
    with acting(world.seats["practice.frontline"].token):
        asked = CareEventDelivery.objects.get(event__kind="invitation")
    of = {"args": [patient.pk]}
    pages = [
        ("patients", "practice.frontline", reverse("coordination:patients")),
        ("patient", "practice.frontline", reverse("coordination:doctor", **of)),
        ("answer", "practice.frontline", reverse("coordination:doctor_answer", args=[patient.pk, asked.pk])),
        ("refer", "practice.frontline", reverse("coordination:doctor_refer", **of)),
        ("concern", "practice.frontline", reverse("coordination:doctor_concern", **of)),
        ("network", "practice.frontline", reverse("coordination:network", **of)),
        ("home", "practice.frontline", reverse("coordination:home")),
        ("ward", "psychiatry.frontline", reverse("coordination:doctor", **of)),
        ("alert", "psychiatry.frontline", reverse("coordination:doctor_alert", **of)),
        ("epikrise", "psychiatry.frontline", reverse("coordination:doctor_epikrise", **of)),
        ("tovholder", "social.member", reverse("coordination:doctor", **of)),
        ("invite", "social.member", reverse("coordination:doctor_invite", **of)),
        ("name", "social.member", reverse("coordination:doctor_name", **of)),
    ]
    look_well(sits, "doctor", pages, language)
