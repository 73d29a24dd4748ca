"""A ward's plan and the list of hours in a real browser, on a wide screen and a narrow one."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import CareNetwork, Plan
from samsvar.coordination.selectors.networks import find_network
from samsvar.coordination.services import plans
from samsvar.coordination.services.caseload import set_hours
from samsvar.coordination.services.coordinators import Named
from samsvar.coordination.services.plans import Step, Wanted
from samsvar.partnerships.models import Authority, Capacity, Unit
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands, look_well
from tests.coordination.ground import opened, yes
from tests.world import World

pytestmark = pytest.mark.browser

LONG = "Maj-Britt Henriette Kristoffersen-Bøgebjerg Vestergaard"
GOAL = "Jeg vil hjem til min egen seng."


@pytest.fixture
def begun(world: World, ward: UUID) -> tuple[CareNetwork, Plan]:
    """A ward's draft with lines of three places, and a tovholder with few hours."""
    with acting(world.seats["social.member"].token) as actor:
        network = opened(actor, name=LONG)
        post = Capacity.objects.select_related("person").get(pk=world.seats["social.frontline"].post)
        services.appoint(actor, network, Named(phone="20 20 20 20", hours="hverdage 9-12", post=post))
        set_hours(actor, post.pk, 8)
        psychiatry = Authority.objects.get(pk=world.authorities["psychiatry"])
        unit = Unit.objects.get(pk=ward)
        services.let_in(actor, network, psychiatry, unit, ["coordinator", "plans"], yes())
    with acting(world.seats["psychiatry.frontline"].token) as actor:
        here = find_network(actor, network.pk)
        assert here is not None
        day = timezone.localdate() + timedelta(days=9)
        plan = plans.start_plan(actor, here, "discharge", Wanted(GOAL, day, "simple"))
        social = Authority.objects.get(pk=world.authorities["social"])
        plans.write_line(actor, plan, Step("Finder en bostøtte", social.name, social, due_on=day))
        plans.write_line(actor, plan, Step("Ringer til hende", f"{unit.name}", psychiatry, unit, part="away"))
    return network, plan


def test_the_nurse_puts_it_in_force_and_the_tovholder_says_yes(
    sits: Callable[..., Hands], begun: tuple[CareNetwork, Plan]
) -> None:
    network, plan = begun
    page = reverse("coordination:plan", args=[network.pk, plan.pk])
    nurse = sits("psychiatry.frontline")
    for path, name in ((reverse("coordination:network", args=[network.pk]), "network"), (page, "draft")):
        nurse.goes(path)
        nurse.picture(f"discharge-{name}-da-1366")
        assert nurse.axe() == []
    nurse.page.locator("h1").click()
    nurse.presses("k")
    nurse.page.wait_for_url("**/kraft/")
    nurse.fills(reply="no")
    nurse.sends()
    nurse.page.get_by_text("I kraft siden").wait_for()
    holder = sits("social.frontline", language="en", width=320)
    holder.goes(page)
    holder.picture("discharge-asked-en-320")
    assert holder.axe() == []
    assert holder.sideways() <= 0
    holder.page.locator("h1").click()
    holder.presses("j")
    holder.page.get_by_text("You have said yes").wait_for()
    assert holder.complaints == []
    assert nurse.complaints == []


def test_the_list_of_hours_looks_well(sits: Callable[..., Hands], begun: tuple[CareNetwork, Plan]) -> None:
    for language, width in (("da", 1366), ("en", 320)):
        look_well(sits, "caseload", [("hours", "social.member", reverse("coordination:caseload"))], language, (width,))
