"""A plan in a real browser: written with keys in seconds, read by axe, with long names on narrow screens."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import CareNetwork, Plan
from samsvar.coordination.services import plans
from samsvar.coordination.services.contacts import Contact
from samsvar.coordination.services.plans import Said, Step, Wanted
from samsvar.partnerships.models import Authority, Unit
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands, look_well
from tests.coordination.ground import named, opened, yes
from tests.world import World

pytestmark = pytest.mark.browser

LONG = "Maj-Britt Henriette Kristoffersen-Bøgebjerg Vestergaard"
GOAL = "Jeg vil bo et sted, hvor hunden må være.\nJeg vil ikke have to ad gangen ind i min lejlighed."


@pytest.fixture
def planned(world: World, ward: UUID) -> list[Plan]:
    """A handleplan in force with a new version on its way, and a discharge that is being planned."""
    with acting(world.seats["social.member"].token) as actor:
        network = opened(actor, name=LONG)
        named(actor, network)
        services.write_contact(actor, network, Contact("support", "Karl Prøve", "SKP", "12 34 56 78"))
        psychiatry = Authority.objects.get(pk=world.authorities["psychiatry"])
        unit = Unit.objects.get(pk=ward)
        services.let_in(actor, network, psychiatry, unit, ["coordinator", "plans", "events"], yes())
        day = timezone.localdate() + timedelta(days=20)
        action = plans.start_plan(actor, network, "action", Wanted(GOAL, day))
        for step in (
            Step("Finder en lejlighed", LONG, due_on=day, changed=True),
            Step("Ser på medicinen", f"{unit.name}, {psychiatry.name}", psychiatry, unit, day, condition="hun vil"),
            Step("Flytter ind", LONG, after=1),
            Step("Bor hos søsteren", LONG, part="fallback", reason="Der er ingen ledige lejligheder"),
        ):
            plans.write_line(actor, action, step)
        plans.put_in_force(actor, action, Said("but", "Ikke om morgenen"))
        plans.revise_plan(actor, Plan.objects.select_related("network").get(pk=action.pk))
        discharge = plans.start_plan(actor, network, "discharge", Wanted(GOAL, day, "complex"))
    return [action, discharge]


def test_a_plan_is_written_with_the_keys(sits: Callable[..., Hands], world: World, network: CareNetwork) -> None:
    hands = sits("social.frontline")
    hands.goes(reverse("coordination:network", args=[network.pk]))
    hands.presses("p")
    hands.page.wait_for_url("**/planer/ny/")
    hands.types("Hvad vil borgeren selv", "Et sted, hvor hunden må være")
    hands.sends()
    hands.page.wait_for_url("**/plan/*/")
    hands.fills(owner="citizen", what="Ser på lejligheden")
    hands.presses("Enter")
    hands.page.get_by_role("cell", name="1. Ser på lejligheden").wait_for()
    hands.page.locator("h1").click()
    hands.presses("k")
    hands.page.wait_for_url("**/kraft/")
    hands.fills(reply="yes")
    hands.sends()
    hands.page.get_by_text("I kraft siden").wait_for()
    assert hands.actions <= 9
    assert hands.complaints == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_look_well(sits: Callable[..., Hands], planned: list[Plan], language: str) -> None:
    action, discharge = planned
    network = action.network_id
    pages = [
        ("new", "social.member", reverse("coordination:plan_new", args=[network])),
        ("all", "social.member", reverse("coordination:plans", args=[network])),
        ("action", "social.member", reverse("coordination:plan", args=[network, action.pk])),
        ("discharge", "social.member", reverse("coordination:plan", args=[network, discharge.pk])),
        ("force", "social.member", reverse("coordination:plan_force", args=[network, discharge.pk])),
        ("ward", "psychiatry.frontline", reverse("coordination:plan", args=[network, action.pk])),
        ("network", "social.member", reverse("coordination:network", args=[network])),
    ]
    look_well(sits, "plan", pages, language)
