"""A nurse at night tells that a man is admitted, and the municipality knows before she has put the phone down."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from samsvar.coordination.models import CareNetwork
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands
from tests.coordination.ground import named
from tests.world import World

pytestmark = pytest.mark.browser


def _looks(hands: Hands, name: str) -> None:
    assert hands.axe() == []
    assert hands.sideways() == 0
    hands.picture(name)


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
    _looks(nurse, "event-write")
    nurse.page.get_by_role("button", name="Videre").click()
    nurse.page.wait_for_selector("#faar")
    _looks(nurse, "event-release")
    nurse.page.get_by_role("button", name="Frigiv").click()
    nurse.page.wait_for_selector("#haendelser")
    assert nurse.sees("leveret, ikke læst endnu")
    _looks(nurse, "event-network")
    officer.goes(reverse("web:desk"))
    _looks(officer, "event-desk")
    officer.page.get_by_role("link", name="Indlagt").click()
    officer.page.wait_for_selector("#haendelser")
    _looks(officer, "event-received")
    officer.page.locator("form[action*='/besked/'] button").click()
    officer.page.wait_for_selector("#haendelser")
    nurse.goes(reverse("coordination:network", args=[network.pk]))
    assert nurse.sees("læst af")
