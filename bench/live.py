"""How soon those who follow a meeting see a change: 30 meetings at once, 4 windows each, on the real web server.

Each window asks as the page's script does: the version all the time, the parts when it has moved. A change is what a
coordinator does about an item; its delay ends when a window has the parts that hold it.
"""

import http.client
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from bench.home import database_of_its_own, environment
from samsvar.cli import web_command, web_environment
from samsvar.postgres import provision
from samsvar.postgres.provision import Addresses
from samsvar.postgres.server import Cluster

MEETINGS, WINDOWS, CASES = 30, 4, 6
# As in live.js.
BEAT = 1.3
LIMIT = 3.0
WATCHERS = ("police.member", "psychiatry.member", "police.member", "psychiatry.member")
_VERSION = re.compile(rb'data-version="(\d+)"')


@dataclass
class Window:
    """One open page: its address, its cookie, and when it had which version."""

    meeting: UUID
    cookie: str
    had: list[tuple[float, int]] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)
    faults: int = 0


def _ask(port: int, window: Window, part: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        line.request("GET", f"/moeder/{window.meeting}/bordet/{part}", headers={"Cookie": window.cookie})
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def _follow(port: int, window: Window, over: threading.Event) -> None:
    version = b"-1"
    time.sleep(random.random() * BEAT)
    while not over.is_set():
        try:
            began = time.monotonic()
            status, _body = _ask(port, window, f"siden/?v={version.decode()}")
            window.asked.append(time.monotonic() - began)
            if status == 200:
                began = time.monotonic()
                status, body = _ask(port, window, "dele/")
                window.drawn.append(time.monotonic() - began)
                found = _VERSION.search(body)
                if status == 200 and found:
                    version = found[1]
                    window.had.append((time.monotonic(), int(version)))
                else:
                    window.faults += 1
            elif status != 204:
                window.faults += 1
        except OSError:
            window.faults += 1
        over.wait(BEAT * (0.85 + random.random() * 0.3))


@contextmanager
def web(addresses: Addresses, port: int, workers: int) -> Iterator[None]:
    """The real web server, until the work is done."""
    process = subprocess.Popen(web_command(f"127.0.0.1:{port}", workers), env=web_environment(environment(addresses)))
    try:
        for _turn in range(300):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def measure(cluster: Cluster, seconds: int = 60, pause: float = 20.0) -> int:
    """Seed the tables, let the windows follow, change things, print.

    `pause`: seconds between changes at one table; an item takes a minute and stirs three times.
    Returns 1 when the limit at p95 is broken, else 0.
    """
    addresses = database_of_its_own(cluster, "samsvar_bench_live")
    port = free_port()
    inner = [sys.executable, "-m", "bench.live", str(port), str(seconds), str(pause)]
    with web(addresses, port, max(2, os.cpu_count() or 2)):
        told = subprocess.run(
            inner,
            env={**environment(addresses), "BENCH_OWNER_URL": addresses.owner},
            check=False,
            timeout=seconds + 600,
        )
    return told.returncode


def _tables(owner_url: str) -> list:
    """Thirty worlds of one table each, with cases that all three authorities are party to, and a meeting today."""
    from django.utils import timezone

    from samsvar.cases.services.raising import Facts, raise_case
    from samsvar.cases.services.work import set_next
    from samsvar.citizens.services import identify
    from samsvar.meetings.services import conducting
    from samsvar.partnerships.models import Authority, Group
    from samsvar.postgres.actor import acting
    from tests.world import build

    made = []
    for number in range(MEETINGS):
        with provision.connect(owner_url) as owner:
            world = build(owner, prefix=f"B{number:02}")
            owner.commit()
        with acting(world.seats["social.member"].token) as actor:
            group = Group.objects.select_related("partnership").get(pk=world.group)
            others = list(Authority.objects.filter(pk__in=[world.authorities[one] for one in ("police", "psychiatry")]))
            cases = []
            for _turn in range(CASES):
                case = raise_case(
                    actor,
                    group=group,
                    identity=identify(actor, partnership_id=world.partnership, name="Aage Prøvesen", cpr="6111801234"),
                    parties=others,
                    facts=Facts(why_serious="Sover ude", means_exhausted="Vi kan ikke mere", traits=["invisible"]),
                    necessity="De andre skal kunne slå op, om de kender ham.",
                )
                set_next(case, "Ser til ham hjemme", date.today() + timedelta(days=5))
                cases.append(case)
            made.append((world, conducting.plan(actor, group, timezone.now()), cases))
    return made


def cookie_of(seat) -> str:
    """The cookie of somebody who sits in this chair."""
    from django.conf import settings
    from django.test import Client

    from samsvar.accounts.chairs import SESSION_POST, open_actor, token_of
    from samsvar.accounts.models import User
    from samsvar.accounts.sessions import BEGAN, KEYED, SEEN

    client = Client()
    client.force_login(User.objects.get(pk=seat.person), backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session[BEGAN] = session[SEEN] = int(time.time())
    session[KEYED], session[SESSION_POST] = True, str(seat.post)
    session.save()
    assert open_actor(token_of(session.session_key, seat.post), seat.person, seat.post)
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def share(values: list[float], part: float) -> float:
    """The value below which this part of them lies; 0 of none."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)] if values else 0.0


def main() -> int:
    """In a process of its own, on the database in the environment: windows and coordinators."""
    import django

    django.setup()
    from samsvar.meetings.selectors import live as live_selectors
    from samsvar.meetings.services import live as live_services
    from samsvar.postgres.actor import acting

    port, seconds, pause = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    tables = _tables(os.environ["BENCH_OWNER_URL"])
    windows = [
        Window(meeting.pk, cookie_of(world.seats[seat]))
        for world, meeting, _cases in tables
        for seat in WATCHERS[:WINDOWS]
    ]
    over = threading.Event()
    threads = [threading.Thread(target=_follow, args=(port, one, over), daemon=True) for one in windows]
    for thread in threads:
        thread.start()
    time.sleep(5)
    changes: list[tuple[UUID, float, int]] = []
    ends, turn = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        world, meeting, cases = tables[turn % MEETINGS]
        token = world.seats["social.member"].token
        with acting(token) as actor:
            live_services.turn_to(actor, meeting, cases[(turn // MEETINGS) % CASES])
        changes.append((meeting.pk, time.monotonic(), live_selectors.version(token, meeting.pk) or 0))
        turn += 1
        time.sleep(max(0.0, pause / MEETINGS - 0.02))
    time.sleep(5)
    over.set()
    for thread in threads:
        thread.join(20)
    delays, unseen = [], 0
    for meeting_id, at, version in changes:
        for window in (one for one in windows if one.meeting == meeting_id):
            when = next((moment for moment, had in window.had if had >= version), None)
            if when is None:
                unseen += 1
            else:
                delays.append(max(0.0, when - at))
    asked = [one for window in windows for one in window.asked]
    drawn = [one for window in windows for one in window.drawn]
    print(
        f"\nlive: {MEETINGS} meetings, {len(windows)} windows, {len(changes)} changes in {seconds:.0f} s"
        f" (one per table every {len(tables) * seconds / max(1, len(changes)):.1f} s)\n"
        f"a change is seen after {statistics.median(delays):.2f} s, p95 {share(delays, 0.95):.2f} s,"
        f" slowest {max(delays):.2f} s; never {unseen}; faults {sum(one.faults for one in windows)}\n"
        f"a version asked: p50 {share(asked, 0.5) * 1000:.0f} ms, p95 {share(asked, 0.95) * 1000:.0f} ms"
        f" ({len(asked) / (seconds + 10):.0f} a second); the parts drawn: p50 {share(drawn, 0.5) * 1000:.0f} ms,"
        f" p95 {share(drawn, 0.95) * 1000:.0f} ms ({len(drawn) / (seconds + 10):.1f} a second)"
    )
    return 0 if share(delays, 0.95) <= LIMIT and not unseen else 1


if __name__ == "__main__":
    sys.exit(main())
