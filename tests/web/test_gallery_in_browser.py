"""The frame and every component in a real browser: read by axe, used by keyboard alone, narrow, and without script."""

import threading
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, Quiet

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def address(shell):
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


@pytest.fixture
def chromium():
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield instance
        instance.close()


@pytest.fixture
def visit(chromium, address):
    """Opens a page and remembers what the browser complains of."""

    def go(path, width=1366, locale="da-DK", script=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 768}, locale=locale, java_script_enabled=script
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address + path)
        return page

    return go


def violations(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize("locale", ["da-DK", "en-GB"])
@pytest.mark.parametrize("width", [320, 1366])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(visit, width, locale):
    page = visit("/?alle", width, locale)
    assert violations(page) == []
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector(".error-summary")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.complaints == []


@pytest.mark.parametrize("path", ["/hjaelp/", "/findes-ikke/", "/broken/"])
def test_axe_finds_nothing_on_help_and_error_pages(visit, path):
    assert violations(visit(path, 320)) == []


def test_the_page_works_at_twice_the_size(visit):
    page = visit("/?alle", 683)
    assert page.evaluate("document.documentElement.scrollWidth") == 683


def test_the_keyboard_alone_reaches_content_places_and_shortcuts(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skipnav"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "indhold"
    page.keyboard.press("?")
    assert page.locator("#genveje").is_visible()
    assert page.locator("#genveje").get_by_text("Send", exact=True).is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/sager/")


def test_letters_typed_into_a_field_are_letters(visit):
    page = visit("/")
    page.get_by_label("Hvad er du bekymret for?").click()
    page.keyboard.type("gs?gs")
    assert page.get_by_label("Hvad er du bekymret for?").input_value() == "gs?gs"
    assert not page.locator("#genveje").is_visible()


def test_shortcuts_can_be_turned_off(visit):
    page = visit("/")
    page.keyboard.press("?")
    page.get_by_label("Slå genveje fra på denne maskine").check()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("?")
    assert not page.locator("#genveje").is_visible()


def test_the_error_summary_takes_the_focus_and_its_link_leads_to_the_field(visit):
    page = visit("/")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector(".error-summary:focus")
    page.get_by_role("link", name="Er der børn i hjemmet?").click()
    assert page.evaluate("document.activeElement.id") == "id_children_0"


def test_everything_works_without_script(visit):
    page = visit("/", 320, script=False)
    page.locator(".shell-menu > summary").click()
    page.get_by_role("link", name="Rejs bekymring").click()
    page.wait_for_url("**/sager/rejs/")
    page.locator(".shell-menu > summary").click()
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("text=Not an emergency service")
    assert not page.locator("[data-shortcuts-open]").is_visible()
