"""What is told once and the tovholder's record in a real browser: axe, keyboard, and long words on narrow screens."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from samsvar.coordination import services
from samsvar.coordination.models import CareNetwork
from samsvar.coordination.services import Agreed, Entry
from samsvar.partnerships.models import Authority, Unit
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands, look_well
from tests.coordination.ground import CPR, named, opened, yes
from tests.world import World

pytestmark = pytest.mark.browser

LIVES = "Bor alene i en toværelses lejlighed. Glemmer at spise, når stemmerne er slemme.\nHar en kat, der hedder Mis."
LONG = "Rehabiliteringsafdelingssamarbejdsaftalen" * 3


@pytest.fixture
def told(world: World, ward: object) -> CareNetwork:
    """A network in which much is told, a little is only drafted, and the record has an answer."""
    agreed = Agreed("talk")
    with acting(world.seats["social.member"].token) as actor:
        network = opened(actor, cpr=CPR)
        named(actor, network)
        psychiatry = Authority.objects.get(pk=world.authorities["psychiatry"])
        reads = ["coordinator", "situation", "illness", "works", "wishes"]
        services.let_in(actor, network, psychiatry, Unit.objects.get(pk=ward), reads, yes())
        services.write_section(actor, network, "situation", "Jeg vil helst være i fred.", LIVES, agreed=agreed)
        services.write_section(actor, network, "illness", "", "Har været syg siden 2019.", agreed=agreed)
        services.write_section(actor, network, "illness", "", f"Har været syg siden 2019. {LONG}", agreed=agreed)
        services.write_section(actor, network, "works", "Ring, før I kommer.", "Korte aftaler.")
        entry = services.write_entry(actor, network, Entry("contact", f"Talte om katten. {LONG}"))
        services.write_entry(actor, network, Entry("in_place", "Fandt en dyrlæge.", whose="Bostøtten"))
        services.write_memo(actor, network, "Spørg til katten.")
    with acting(world.seats["social.screener"].token) as actor:
        services.answer_entry(actor, entry, "Godt, at du tog den.")
    return network


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_look_well(sits: Callable[..., Hands], told: CareNetwork, language: str) -> None:
    pages = [
        ("network", "social.member", reverse("coordination:network", args=[told.pk])),
        ("summary", "social.member", reverse("coordination:summary", args=[told.pk])),
        ("section", "social.member", reverse("coordination:section", args=[told.pk, "works"])),
        ("record", "social.member", reverse("coordination:record", args=[told.pk])),
        ("lead", "social.screener", reverse("coordination:record", args=[told.pk])),
        ("home", "social.screener", reverse("coordination:home")),
        ("ward", "psychiatry.frontline", reverse("coordination:network", args=[told.pk])),
        ("ward-summary", "psychiatry.frontline", reverse("coordination:summary", args=[told.pk])),
    ]
    look_well(sits, "told", pages, language)


def test_a_text_is_written_and_agreed_to_with_the_keyboard(sits: Callable[..., Hands], told: CareNetwork) -> None:
    holder, nurse = sits("social.member"), sits("psychiatry.frontline")
    holder.goes(reverse("coordination:section", args=[told.pk, "wishes"]))
    holder.fills(own_words="Min egen bolig.", how="talk")
    holder.page.get_by_role("button", name="Gem ny udgave").focus()
    holder.presses("Enter")
    holder.page.wait_for_url("**/fortalt/")
    assert holder.sees("Min egen bolig.")
    nurse.goes(reverse("coordination:summary", args=[told.pk]))
    assert nurse.sees("Min egen bolig.")
