"""Every page fits a phone: none is wider than 320 pixels, in either language (screens.md, Manners)."""

import mimetypes
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, sync_playwright

from samsvar.web import translations
from tests.attack.test_english import EnglishWalker
from tests.attack.walk import Walker, address, routes, targets
from tests.browser.conftest import FLAGS
from tests.filled import Filled

pytestmark = pytest.mark.browser

PLACE = "http://samsvar.example"
WIDE, HIGH = 320, 640
# Whoever is the first to get a page, shows it.
SEATS = ["police.member", "social.member", "police.screener", "police.coordinator", "police.admin", "police.dpo", None]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A narrow screen whose requests are answered by the test itself."""
    # Playwright keeps an event loop in this thread, which only waits while the test's own code asks the database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser.new_page(viewport={"width": WIDE, "height": HIGH})
        browser.close()


def _answers(pages: dict[str, bytes]) -> Callable[[Route], None]:
    """What the phone gets: a page, a file of the design, or nothing."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(PLACE)
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path in pages:
            route.fulfill(body=pages[path], content_type="text/html")
        elif isinstance(found, str):
            route.fulfill(body=Path(found).read_bytes(), content_type=mimetypes.guess_type(found)[0])
        else:
            route.fulfill(status=404)

    return answer


def _first_page(walker: Walker, route: Any) -> tuple[str, bytes] | None:
    """The first page that anybody gets at this address, or None where there is none to look at."""
    for seat in SEATS:
        for filling in targets(route, walker.filled):
            url, _ids = address(route, filling)
            answer = walker.ask(seat, "GET", url)
            if answer.status == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
                return url, answer.body
    return None


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_page_is_wider_than_a_phone(walked: Filled, phone: Page, language: str) -> None:
    translations.build()
    walker = Walker(walked) if language == "da" else EnglishWalker(walked)
    pages = dict(filter(None, (_first_page(walker, route) for route in routes())))
    phone.route(f"{PLACE}/**", _answers(pages))
    wider = {}
    for url in pages:
        phone.goto(PLACE + url)
        if (by := phone.evaluate(WIDER)) > 0:
            wider[url] = by
    assert wider == {}
    assert len(pages) > 50
