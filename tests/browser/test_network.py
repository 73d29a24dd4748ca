"""The tovholder in a real browser: found in three interactions, read by axe, with long names on narrow screens."""

from collections.abc import Callable

import psycopg
import pytest
from django.urls import reverse

from samsvar.coordination import services
from samsvar.coordination.models import CareNetwork
from samsvar.coordination.services.contacts import Contact
from samsvar.partnerships.models import Authority, Unit
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands, look_well
from tests.coordination.ground import CPR, named, opened, yes
from tests.world import World

pytestmark = pytest.mark.browser

LONG = "Maj-Britt Henriette Kristoffersen-Bøgebjerg Vestergaard"
PLACE = "Rehabiliteringsafdelingen for borgere med sammensatte problemer, Socialpsykiatrien i Prøveby"


@pytest.fixture
def known(world: World, ward: object, owner_connection: psycopg.Connection) -> CareNetwork:
    """A network with all that it can hold, into which the ward is let."""
    with acting(world.seats["social.member"].token) as actor:
        network = opened(actor, cpr=CPR, name=LONG)
        psychiatry = Authority.objects.get(pk=world.authorities["psychiatry"])
        named(actor, network)
        services.let_in(actor, network, psychiatry, Unit.objects.get(pk=ward), ["coordinator", "contacts"], yes())
        services.let_in(
            actor, network, Authority.objects.get(pk=world.authorities["police"]), None, ["contacts"], yes()
        )
        services.write_mandate(
            actor, network, "Ringer hver mandag\nGår med til lægen", "Bostøtten: hverdagen", confirmed_with="borgeren"
        )
        services.write_contact(actor, network, Contact("primary", LONG, PLACE, "12 34 56 78", "9-12", "medicin"))
        services.write_contact(actor, network, Contact("relative", "Søster Prøvesen", phone="87 65 43 21"))
        brother = services.write_contact(actor, network, Contact("relative", "Bror Prøvesen"))
        services.set_unwanted(actor, brother, unwanted=True)
        named(actor, network, LONG, why="Tove er på barsel")
        services.hand_out(actor, network, "hand")
    return network


def test_a_ward_nurse_knows_who_the_tovholder_is_in_three_interactions(
    sits: Callable[..., Hands], known: CareNetwork
) -> None:
    nurse = sits("psychiatry.frontline")
    # Two keys that lead to the page are one way there; the number; and Enter.
    nurse.page.keyboard.press("g")
    nurse.presses("h")
    nurse.page.wait_for_function("document.activeElement.name === 'cpr'")
    nurse.types("CPR-nummer", CPR)
    nurse.presses("Enter")
    nurse.page.wait_for_url(f"**/tovholder/{known.pk}/")
    assert nurse.actions == 3
    assert nurse.sees(LONG)
    assert nurse.sees("20 20 20 20")
    assert nurse.complaints == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_look_well(sits: Callable[..., Hands], known: CareNetwork, language: str) -> None:
    pages = [
        ("home", "social.member", reverse("coordination:home")),
        ("open", "social.member", reverse("coordination:open")),
        ("network", "social.member", reverse("coordination:network", args=[known.pk])),
        ("let-in", "social.member", reverse("coordination:let_in", args=[known.pk])),
        ("appoint", "social.member", reverse("coordination:appoint", args=[known.pk])),
        ("ward", "psychiatry.frontline", reverse("coordination:network", args=[known.pk])),
    ]
    look_well(sits, "network", pages, language)
