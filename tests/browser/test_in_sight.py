"""Who holds it, since when, and what is next: in sight on an ordinary screen, without scrolling (screens.md)."""

from collections.abc import Callable

import psycopg
import pytest
from django.urls import reverse

from samsvar.cases.models import Case
from tests.browser.hands import Hands
from tests.cases.table import raised
from tests.tasks.test_jobs import change
from tests.world import World

pytestmark = pytest.mark.browser

HEIGHT, WIDTH = 768, 1366
ROWS = 4
STEP = "Ring til udlejeren om huslejerestancen, og aftal med hjemmeplejen, hvem der går med hjem på fredag"


def _box(who: Hands, selector: str, place: int = 0) -> dict[str, float]:
    box = who.page.locator(selector).nth(place).bounding_box()
    assert box is not None, selector
    return {"top": box["y"], "bottom": box["y"] + box["height"], "left": box["x"], "right": box["x"] + box["width"]}


def _in_sight(box: dict[str, float]) -> bool:
    return box["top"] >= 0 and box["left"] >= 0 and box["bottom"] <= HEIGHT and box["right"] <= WIDTH


@pytest.fixture
def cases(world: World, owner_connection: psycopg.Connection) -> list[Case]:
    """A long list of cases, each with a long next step."""
    made = [raised(world, name="Aage Prøvesen-Langenavnsen af Vestergaarden", cpr="") for _case in range(8)]
    change(
        owner_connection,
        "update cases_case set next_step = %s, next_on = today() + 3, standing = 'placed'",
        STEP,
    )
    # Held for some days: of today's holder "since today" is said in the same breath.
    change(owner_connection, "update cases_responsibility set period = tstzrange(now() - interval '9 days', null)")
    return made


@pytest.mark.req("R-000-77")
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_list_shows_it_for_several_cases_at_once(
    sits: Callable[..., Hands], cases: list[Case], language: str
) -> None:
    who = sits("social.member", language=language)
    who.goes(reverse("cases:list"))
    who.picture(f"list-in-sight-{language}", full=False)
    for row in range(ROWS):
        assert _in_sight(_box(who, ".table-picture-small-text", row)), f"what is next, line {row}"
        assert _in_sight(_box(who, ".case-since", row)), f"since when, line {row}"
        assert _in_sight(_box(who, ".case-reference", row)), f"which case, line {row}"
        assert STEP in who.page.locator(".table-picture-small-text").nth(row).inner_text()
    assert _in_sight(_box(who, ".case-order"))


def test_the_list_stands_in_the_order_that_it_states(
    sits: Callable[..., Hands], cases: list[Case], owner_connection: psycopg.Connection
) -> None:
    for days, case in enumerate(cases):
        change(
            owner_connection,
            "update cases_case set last_activity_at = now() - make_interval(days => %s) where id = %s",
            days * 2,
            case.pk,
        )
    who = sits("social.member")
    who.goes(reverse("cases:list"))
    assert who.sees("Den sag, der senest er sket noget i, står øverst.")
    shown = who.page.locator(".case-reference").all_inner_texts()
    assert shown == [case.reference for case in cases]
    stamps = who.page.locator("tbody td:last-child time").evaluate_all("all => all.map(one => one.dateTime)")
    assert len(stamps) == len(cases)
    assert stamps == sorted(stamps, reverse=True)


@pytest.mark.req("R-000-77")
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_case_shows_it_before_one_scrolls(sits: Callable[..., Hands], cases: list[Case], language: str) -> None:
    who = sits("social.member", language=language)
    who.goes(reverse("cases:case", args=[cases[0].pk]))
    who.picture(f"case-in-sight-{language}", full=False)
    for what in (".table-picture-holder", ".table-picture-since", ".table-picture-next"):
        assert _in_sight(_box(who, what)), what
    chairs = who.page.locator(".table-picture-chairs li")
    assert chairs.count() == 3
    assert all(_in_sight(_box(who, ".table-picture-chairs li", one)) for one in range(3))
