"""The lawful door in a real browser: the usual consent in five, and its newer pages as they look and read."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from samsvar.postgres.actor import acting
from samsvar.sharing.models import Consent
from tests.browser.hands import Hands, look_well
from tests.cases.table import Screen, raised
from tests.cases.test_pseudonym import anonymous
from tests.cases.test_received import received
from tests.letters.desk import Writer, told_case
from tests.letters.test_notices import wait
from tests.world import World

pytestmark = pytest.mark.browser

MOST = 5


def test_the_usual_yes_is_written_down_in_five(sits: Callable[..., Hands], world: World) -> None:
    case = raised(world)
    member = sits("police.member")
    member.goes(reverse("cases:consent", args=[case.pk]))
    member.actions = 0
    for name, value in (("receivers", str(world.authorities["social"])), ("information_types", "police_event")):
        member.page.locator(f'main input[name="{name}"][value="{value}"]').check(force=True)
        member.actions += 1
    member.page.locator('main input[name="informed"]').check(force=True)
    member.actions += 1
    member.sends()
    assert member.actions <= MOST
    with acting(world.seats["police.member"].token):
        assert Consent.objects.get().given == ["Aage Prøvesen"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_newer_pages_read_well_for_all(sits: Callable[..., Hands], world: World, language: str) -> None:
    case, unknown, concern = told_case(world), anonymous(world), received(world)
    Writer(world, "psychiatry.member").post("tell", case.pk, **wait(world))
    Screen(world, "police.member").get("case", case.pk)
    for seat, pages in (
        (
            "police.member",
            {
                "consent": reverse("cases:consent", args=[case.pk]),
                "lift": reverse("cases:lift_pseudonym", args=[unknown.pk]),
                "pseudonym": reverse("cases:case", args=[unknown.pk]),
            },
        ),
        ("social.screener", {"received": reverse("cases:concern_notice", args=[concern.pk])}),
        ("psychiatry.dpo", {"register": reverse("rights:requests"), "log": reverse("rights:log")}),
    ):
        look_well(sits, "law", [(name, seat, path) for name, path in pages.items()], language)
