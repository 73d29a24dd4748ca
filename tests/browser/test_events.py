"""A nurse at night tells that a man is admitted, and the municipality knows before she has put the phone down."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination.models import CareNetwork
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands
from tests.coordination.ground import CPR, named
from tests.world import World

DAY = (timezone.localdate() - timedelta(days=2)).strftime("%d.%m.%Y")

pytestmark = pytest.mark.browser


@pytest.mark.req("R-002-87", "R-003-11")
def test_a_nurse_at_night_tells_that_he_is_admitted(
    sits: Callable[..., Hands], world: World, network: CareNetwork, lets_in: Callable[..., object]
) -> None:
    with acting(world.seats["social.member"].token) as actor:
        lets_in(actor, network, "psychiatry", True, "coordinator", "events")
        lets_in(actor, network, "police", False, "coordinator", "events")
        named(actor, network)
    nurse, officer = sits("psychiatry.frontline"), sits("police.member")
    nurse.goes(reverse("coordination:network", args=[network.pk]))
    nurse.page.get_by_text("Skriv en hændelse").click()
    nurse.page.select_option("#id_kind", "admission")
    nurse.page.fill("#id_text", "Afsnit H3, ring på 11 11 11 11")
    nurse.looks_well("event-write")
    nurse.page.get_by_role("button", name="Videre").click()
    nurse.page.wait_for_selector("#faar")
    nurse.looks_well("event-release")
    nurse.page.get_by_role("button", name="Frigiv").click()
    nurse.page.wait_for_selector("#haendelser")
    assert nurse.sees("leveret, ikke læst endnu")
    nurse.looks_well("event-network")
    officer.goes(reverse("web:desk"))
    officer.looks_well("event-desk")
    officer.page.get_by_role("link", name="Indlagt").click()
    officer.page.wait_for_selector("#haendelser")
    officer.looks_well("event-received")
    officer.page.locator("form[action*='/besked/'] button:not([name])").click()
    officer.page.wait_for_selector("#haendelser")
    nurse.goes(reverse("coordination:network", args=[network.pk]))
    assert nurse.sees("læst af")


def test_what_was_agreed_is_done_from_the_page_and_a_file_makes_drafts(
    sits: Callable[..., Hands], world: World, network: CareNetwork, lets_in: Callable[..., object]
) -> None:
    with acting(world.seats["social.member"].token) as actor:
        lets_in(actor, network, "psychiatry", True, "coordinator", "contacts", "events")
        named(actor, network)
    nurse = sits("psychiatry.frontline")
    nurse.goes(reverse("coordination:event_file"))
    row = f"cpr;hændelse;tidspunkt\n{CPR};Indlagt;{DAY} 02:10\n6112701234;Indlagt;{DAY} 02:10\n"
    nurse.page.set_input_files(
        "#id_file", {"name": "haendelser.csv", "mimeType": "text/csv", "buffer": row.encode("cp1252")}
    )
    nurse.looks_well("event-file")
    nurse.page.get_by_role("button", name="Tag ind").click()
    nurse.page.wait_for_selector("#blev")
    nurse.looks_well("event-file-result")
    assert nurse.sees("Linje 3")
    nurse.page.get_by_role("link", name="Indlagt: ").click()
    nurse.page.get_by_role("button", name="Frigiv").click()
    nurse.page.wait_for_selector("#haendelser")
    nurse.looks_well("event-tasks")
    nurse.page.get_by_role("link", name="Borgeren får navnet på en kontaktperson").first.click()
    nurse.page.select_option("#id_said", "orally")
    nurse.page.fill("#id_name", "Kirsten Kontakt")
    nurse.looks_well("event-agreed")
    nurse.page.get_by_role("button", name="Gem").click()
    nurse.page.wait_for_selector("#haendelser")
    assert nurse.sees("Sagt mundtligt: Kirsten Kontakt")
    nurse.goes(reverse("web:desk"))
    assert nurse.sees("Borgeren får navnet på en kontaktperson")
    nurse.looks_well("event-desk-tasks")
