"""The web server is killed in the middle of a meeting: what the page said was done is done, and done once."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from playwright.sync_api import Browser, Route

from samsvar.audit.services import check_chain
from samsvar.cases.models import FollowUp
from samsvar.cli import web_command, web_environment
from samsvar.meetings.models import AgendaItem
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands
from tests.browser.test_live import known, shows, table
from tests.conftest import Database
from tests.meetings.table import lead
from tests.meetings.test_meeting import plan_one
from tests.world import World

pytestmark = pytest.mark.browser

CASES = 6
# Killed while the answer to these is on its way: at once, and a moment later.
KILLED = {1: 0.0, 3: 0.03, 4: 0.08}


class WebServer:
    """The product's own web server, in a process group of its own so that all of it dies together."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.process: subprocess.Popen[bytes] | None = None
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]

    def start(self) -> None:
        """Start it and wait until it answers."""
        environment = web_environment({**self.database.environment(), "DJANGO_SETTINGS_MODULE": "samsvar.settings"})
        command = web_command(f"127.0.0.1:{self.port}", 1)
        self.process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, start_new_session=True)
        for _turn in range(600):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("the web server does not answer")

    def kill(self) -> None:
        """`kill -9`: nothing is finished, nothing is said."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None


@pytest.fixture
def server(fresh_database: Database, world: World) -> Iterator[WebServer]:
    """The web server on the test's own database."""
    started = WebServer(fresh_database)
    started.start()
    yield started
    started.kill()


@pytest.fixture
def chair(chromium: Browser, server: WebServer, world: World) -> Iterator[Hands]:
    """The coordinator's browser before the real server; scripts and styles come from the folder they lie in."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="da-DK")

    def from_folder(route: Route) -> None:
        found = finders.find(route.request.url.partition("/static/")[2].partition("?")[0])
        route.fulfill(path=Path(found)) if isinstance(found, str) else route.abort()

    context.route("**/static/**", from_folder)
    page = context.new_page()
    page.set_default_timeout(60_000)
    hands = Hands(page, f"http://127.0.0.1:{server.port}")
    hands.goes(reverse("accounts:demo_chairs"))
    button = page.locator(f'button[name="post"][value="{world.seats["social.member"].post}"]')
    button.evaluate("button => button.closest('details')?.setAttribute('open', '')")
    button.click()
    page.wait_for_load_state()
    yield hands
    context.close()


def note(number: int) -> str:
    """What is decided about the case with this number."""
    return f"Aftalt nummer {number} ved bordet"


def test_no_act_that_the_page_acknowledged_is_lost_and_none_is_done_twice(
    chair: Hands, server: WebServer, world: World, owner_connection: psycopg.Connection, fresh_database: Database
) -> None:
    lead(world, owner_connection)
    cases = [known(world) for _ in range(CASES)]
    meeting = plan_one(world, 0)
    chair.goes(table(meeting, cases[0]))
    kills = 0
    for number, case in enumerate(cases[:-1]):
        shows(chair.page, case.pk, 60_000)
        chair.presses("o")
        chair.types_here(note(number))
        chair.presses("Control+Enter")
        if number in KILLED:
            time.sleep(KILLED[number])
            server.kill()
            kills += 1
            if chair.page.locator(f'[data-middle="{case.pk}"]').count():
                # Not acknowledged: what was typed still stands there, and the page says that nobody answers.
                chair.page.locator("[data-lost]").wait_for(state="visible")
                assert chair.page.locator('[name="note"]').input_value() == note(number)
                chair.picture("live-server-killed", full=False)
            server.start()
        # Turning to the next is the acknowledgement: from here on it must be there, whatever happens.
        shows(chair.page, cases[number + 1].pk, 60_000)
        with acting(world.seats["police.member"].token):
            assert AgendaItem.objects.get(case=case).note == note(number)
    assert kills == len(KILLED)
    chair.page.locator("[data-lost]").wait_for(state="hidden")
    # Killed between two acts, everything acknowledged is still there, once.
    server.kill()
    with acting(world.seats["police.member"].token):
        said = {one.case_id: one.note for one in AgendaItem.objects.filter(meeting=meeting).exclude(decision="")}
        assert said == {case.pk: note(number) for number, case in enumerate(cases[:-1])}
        for case in cases[:-1]:
            assert FollowUp.objects.filter(case=case).count() == 1
    for seat in ("social.dpo", "police.dpo"):
        with acting(world.seats[seat].token) as actor:
            assert check_chain(actor) is None
