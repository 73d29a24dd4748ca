"""Seconds, not forms: what the frontline does, counted key by key."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.browser.hands import Hands

pytestmark = pytest.mark.browser


@pytest.mark.req("R-000-18")
def test_an_event_is_tagged_from_the_desk_in_four_actions_at_most(sits: Callable[..., Hands]) -> None:
    officer = sits("police.frontline")
    officer.goes(reverse("web:desk"))
    officer.page.keyboard.press("Escape")
    officer.actions = 0
    officer.fills(event_reference="0700-76114-00021-26")
    officer.presses("Enter")
    officer.page.wait_for_url("**/tak/")
    assert officer.actions <= 4
    officer.goes(reverse("cases:concerns"))
    assert officer.sees("0700-76114-00021-26")
    officer.picture("tag-da")
    assert officer.complaints == []


@pytest.mark.req("R-000-19", "R-000-33")
def test_ten_lines_ask_for_five_fields_at_most(sits: Callable[..., Hands]) -> None:
    nurse = sits("psychiatry.frontline")
    nurse.goes(reverse("cases:raise"))
    shown = nurse.page.locator(
        "form[method=post] :is(input:not([type=hidden]), textarea, select):visible"
    ).evaluate_all("fields => [...new Set(fields.map(field => field.name))].filter(name => name !== 'event_reference')")
    searching = [name for name in shown if name in {"q", "language"}]
    assert len(set(shown) - set(searching)) <= 5, shown
    nurse.page.locator("textarea").first.fill("Han har ikke taget sin medicin siden maj og lukker ikke op.")
    nurse.page.locator("main form[method=post] button[type=submit]").first.click()
    nurse.page.wait_for_url("**/tak/")
