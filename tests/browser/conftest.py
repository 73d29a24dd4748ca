"""A real Chromium before the real product: the small world on loopback, one browser per person."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright

from samsvar.web import translations
from tests.browser.hands import Hands
from tests.coordination.ground import lets_in, network, practices, ward  # noqa: F401
from tests.outreach.ground import elsewhere, team, worker  # noqa: F401
from tests.world import World

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_MS = 20_000
# Chromium without its own windows and panels draws the same pages for a quarter of the processor time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="session", autouse=True)
def _english() -> None:
    """The English texts as they stand in the files now."""
    translations.build()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser program for a file of tests; each person gets a window of an own context."""
    # Playwright keeps an event loop in this thread, which only waits while a test's own code asks the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield instance
        instance.close()


@pytest.fixture
def address(world: World, settings: pytest.FixtureRequest) -> Iterator[str]:
    """The product on a free port of loopback, on the test's own database."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


@pytest.fixture
def sits(chromium: Browser, address: str, world: World) -> Iterator[Callable[..., Hands]]:
    """`sits("police.frontline")`: a person at a screen of their own, signed in by the demonstration's one click."""
    contexts = []

    def open_window(seat: str, *, language: str = "da", width: int = 1366, height: int = 768) -> Hands:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale={"da": "da-DK", "en": "en-GB"}[language]
        )
        contexts.append(context)
        page: Page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        hands = Hands(page, address)
        hands.page.goto(address + reverse("accounts:demo_chairs"))
        button = page.locator(f'button[name="post"][value="{world.seats[seat].post}"]')
        # Chairs stand folded by partnership; the form is sent as it stands.
        button.evaluate("button => button.closest('details')?.setAttribute('open', '')")
        button.click()
        page.wait_for_load_state()
        hands.actions = 0
        return hands

    yield open_window
    for context in contexts:
        context.close()
