"""Vejviser in a real browser: the door found by typing, and its pages as they look and read."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from samsvar.directory.models import DirectoryEntry
from samsvar.postgres.actor import acting
from tests.browser.hands import WIDTHS, Hands
from tests.directory.places import with_pack, written
from tests.world import World

pytestmark = pytest.mark.browser


def test_the_door_is_found_by_typing_and_enter(sits: Callable[..., Hands], world: World) -> None:
    with_pack(world)
    hands = sits("police.frontline")
    hands.goes(reverse("directory:units"))
    hands.page.locator('main input[name="q"]').focus()
    hands.page.keyboard.type("mand vil ikke lukke op", delay=5)
    hands.page.keyboard.press("Enter")
    hands.page.wait_for_selector(".unit-door")
    assert hands.page.locator(".unit-door h2").first.inner_text() == "Værestedet Oasen"
    assert "q=" not in hands.page.url
    assert hands.complaints == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_directorys_pages_read_well_for_all(sits: Callable[..., Hands], world: World, language: str) -> None:
    with_pack(world)
    made = written(
        world,
        name="Bostøtten",
        kind="support_85",
        sector="municipality",
        purpose="Støtter voksne i eget hjem.",
        phone="00 00 12 12",
        hours="hverdage 8-14",
        inbox="bostoette@eksempel.dk",
        staff=[{"name": "Anna Holm", "function": "teamleder", "phone": "00 00 12 13"}],
    )
    with acting(world.seats["social.admin"].token):
        district = DirectoryEntry.objects.get(name="Distriktspsykiatrien")
    way = reverse("directory:way")
    for seat, pages in (
        (
            "police.frontline",
            {
                "units": reverse("directory:units"),
                "entry": reverse("directory:entry", args=[district.pk]),
                "shut": f"{way}?fra=jobcentre&til=district",
                "open": f"{way}?fra=gp&til=pvk",
                "unknown": f"{way}?fra=police&til=support_85",
            },
        ),
        (
            "social.admin",
            {
                "own": reverse("directory:entry", args=[made.pk]),
                "edit": reverse("directory:entry_edit", args=[made.pk]),
                "sheet": reverse("directory:sheet"),
                "pack": reverse("directory:pack"),
            },
        ),
    ):
        hands = sits(seat, language=language)
        for width in WIDTHS:
            hands.page.set_viewport_size({"width": width, "height": 768})
            for name, path in pages.items():
                hands.goes(path)
                hands.looks_well(f"directory-{name}-{language}-{width}")
            hands.goes(reverse("directory:units"))
            hands.page.locator('main input[name="q"]').fill("vil tage livet af sig, distriktspsykiatri eller bostøtte")
            hands.page.keyboard.press("Enter")
            hands.page.wait_for_selector(".unit-door")
            hands.looks_well(f"directory-found-{seat}-{language}-{width}")
        assert hands.complaints == []
