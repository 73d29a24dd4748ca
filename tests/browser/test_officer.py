"""The data protection officer's pages in a real browser: nothing for axe, nothing wider than a phone, two languages."""

from collections.abc import Callable

import pytest

from tests.browser.hands import Hands
from tests.browser.test_main_job import _looks_right
from tests.cases.table import NUMBER, raised
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_log_is_searched_judged_and_checked(world: World, sits: Callable[..., Hands], language: str) -> None:
    raised(world)
    dpo = sits("police.dpo", language=language)
    dpo.goes("/log/")
    _looks_right(dpo, f"log-{language}")
    dpo.page.locator("main details").first.evaluate("fold => fold.open = true")
    dpo.fills(number=NUMBER, reason="insight")
    dpo.sends("main details form button[type=submit]")
    assert "borger=" in dpo.page.url
    assert NUMBER not in dpo.page.url
    _looks_right(dpo, f"log-citizen-{language}")
    dpo.goes("/log/gennemsyn/")
    dpo.sends()
    _looks_right(dpo, f"reviews-{language}")
    dpo.goes("/log/gennemsyn/regler/")
    _looks_right(dpo, f"watch-{language}")
    dpo.goes("/log/gennemsyn/")
    dpo.opens("/log/gennemsyn/")
    _looks_right(dpo, f"review-{language}")
