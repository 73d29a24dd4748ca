"""The map and the ropes in a real browser: drawn with the keyboard, heard as well as seen, and printed."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import CareNetwork
from samsvar.coordination.services import Mark
from samsvar.coordination.services.contacts import Contact
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands, look_well
from tests.coordination.ground import CPR, named, opened
from tests.world import World

pytestmark = pytest.mark.browser

DRAWN = (
    ("Mor", "private", 1, "both"),
    ("Bo fra 2.tv", "private", 2, "supports"),
    ("Far", "private", 3, "burdens"),
    ("Karl SKP", "professional", 1, "supports"),
    ("Specialsygeplejersken på H3", "professional", 2, "supports"),
    ("Jobcentret", "professional", 3, "burdens"),
    ("Besøgsvennen", "support", 2, "supports"),
)


@pytest.fixture
def drawn(world: World, owner_connection: psycopg.Connection) -> CareNetwork:
    """A child's network with ropes, a task that waits, a contact on pause and a map."""
    owner_connection.execute("update partnerships_authority set several_coordinators = true")
    owner_connection.commit()
    with acting(world.seats["social.member"].token) as actor:
        network = opened(actor, cpr=CPR, name="Ung Prøvesen")
        named(actor, network, areas=["adults", "health"])
        named(actor, network, "Bo Beskæftigelse", responsible=False, areas=["work", "health"])
        services.write_contact(actor, network, Contact("relative", "Mor Prøvesen"))
        jens = services.write_contact(actor, network, Contact("caseworker", "Jens", "Jobcentret"))
        services.pause(actor, jens, "rest")
        services.substitute(actor, network, "Gør rent", "bostøtte", timezone.localdate() - timedelta(days=40))
        for mark in DRAWN:
            services.draw(actor, network, Mark(*mark))
    owner_connection.execute("update coordination_coordinatorrequest set child = true")
    owner_connection.commit()
    return network


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_look_well(sits: Callable[..., Hands], drawn: CareNetwork, language: str) -> None:
    pages = [
        (name, "social.member", reverse(f"coordination:{name}", args=[drawn.pk]))
        for name in ("network", "map", "appoint", "substitute")
    ]
    look_well(sits, "ropes", pages, language)


def test_somebody_is_drawn_with_the_keyboard_and_stands_in_the_table(
    sits: Callable[..., Hands], drawn: CareNetwork
) -> None:
    holder = sits("social.member")
    holder.goes(reverse("coordination:map", args=[drawn.pk]))
    holder.page.locator("#id_name").focus()
    holder.types_here("Søster")
    for key in ("Tab", "Space", "Tab", "Space", "Tab", "Space", "Enter"):
        holder.presses(key)
    holder.page.get_by_text("Søster er tegnet.").wait_for(timeout=5000)
    assert holder.page.get_by_role("img", name="Netværkskort").count() == 1
    assert holder.page.get_by_role("rowheader", name="Søster").count() == 1
    holder.page.emulate_media(media="print")
    assert not holder.page.get_by_role("button", name="Sæt på kortet").is_visible()
    assert holder.complaints == []
