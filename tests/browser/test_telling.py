"""Telling the table in under a minute, and not telling it just as easily: counted as proof.md counts."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from samsvar.postgres.actor import acting
from samsvar.sharing.models import Contribution
from tests.browser.hands import Hands
from tests.cases.table import raised
from tests.world import World

pytestmark = pytest.mark.browser

KEY, POINT, THINK = 0.2, 1.1, 1.2
TEXT = "Han er kendt hos os og holdt op med sin medicin i maj. Ring til afdelingen, før I kører ud."
NECESSITY = "De går hjem til ham hver dag"
MOST_SECONDS, MOST_DECISIONS, MOST_TO_DECLINE = 60, 6, 2


class Clock:
    """Seconds as proof.md counts them: keystrokes, pointer, and a stop for thought at each decision."""

    def __init__(self) -> None:
        self.seconds, self.decisions = 0.0, 0

    def decides(self, *, keys: int = 0, points: int = 0) -> None:
        """One thing that the person makes up the mind about, and does."""
        self.seconds += keys * KEY + points * POINT + THINK
        self.decisions += 1


@pytest.mark.req("R-000-156", "R-000-97", "R-000-101")
def test_a_nurse_tells_the_table_in_under_a_minute(sits: Callable[..., Hands], world: World) -> None:
    case = raised(world)
    nurse, clock = sits("psychiatry.member"), Clock()
    nurse.goes(reverse("cases:case", args=[case.pk]))
    nurse.page.keyboard.press("s")
    nurse.page.wait_for_selector("#handling textarea")
    clock.decides(keys=1)
    nurse.page.locator("#handling textarea").first.click()
    nurse.page.keyboard.type(TEXT)
    clock.decides(keys=len(TEXT), points=1)
    for number, authority in enumerate(("police", "social"), 1):
        nurse.page.locator(f'#handling input[value="{world.authorities[authority]}"]').check(force=True)
        nurse.page.wait_for_function(
            "n => document.querySelectorAll('#virkning dd strong')[0]?.textContent.split('; ').length === n", arg=number
        )
        clock.decides(points=1)
    assert nurse.sees("Fortæl snarest muligt borgeren")
    nurse.page.locator('#handling [name="necessity"]').click()
    nurse.page.keyboard.type(NECESSITY)
    clock.decides(keys=len(NECESSITY), points=1)
    nurse.picture("telling-da")
    nurse.page.locator('#handling button[value="pass"]').click()
    nurse.page.wait_for_load_state()
    clock.decides(points=1)
    assert nurse.sees("Svaret er videregivet til")
    assert clock.seconds <= MOST_SECONDS, clock.seconds
    assert clock.decisions <= MOST_DECISIONS
    assert nurse.complaints == []
    with acting(world.seats["police.member"].token):
        assert Contribution.objects.get().text == TEXT


@pytest.mark.req("R-000-99", "R-000-68")
@pytest.mark.parametrize("button", ["declines", "not_known", "back_later"])
def test_a_short_answer_is_two_decisions(sits: Callable[..., Hands], world: World, button: str) -> None:
    case = raised(world)
    nurse, clock = sits("psychiatry.member"), Clock()
    nurse.goes(reverse("cases:case", args=[case.pk]))
    nurse.page.keyboard.press("s")
    nurse.page.wait_for_selector("#handling textarea")
    clock.decides(keys=1)
    nurse.page.locator(f'#handling button[value="{button}"]').click()
    nurse.page.wait_for_load_state()
    clock.decides(points=1)
    assert clock.decisions <= MOST_TO_DECLINE
    with acting(world.seats["psychiatry.member"].token):
        assert Contribution.objects.get().answer == button


@pytest.mark.parametrize(("language", "width"), [("da", 320), ("en", 1366)])
def test_the_page_of_telling_is_read_by_all(
    sits: Callable[..., Hands], world: World, language: str, width: int
) -> None:
    case = raised(world)
    for seat in ("police", "psychiatry"):
        hands = sits(f"{seat}.member", language=language, width=width)
        for page in ("contribute", "conditions"):
            hands.goes(reverse(f"cases:{page}", args=[case.pk]))
            hands.looks_well(f"{page}-{seat}-{language}-{width}")
