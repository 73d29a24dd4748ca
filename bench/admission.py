"""How soon an admission is known: a nurse releases "indlagt" on the real web server, while a worker runs (issue 5).

Twenty units of three authorities are let in for events, and as many for something else. Each of the twenty asks for its
desk and for the citizen's page, as somebody does who waits for news; its delay ends when both tell of the admission.
"""

import http.client
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4

import psycopg

from bench.home import environment
from bench.live import cookie_of, free_port, share, web
from samsvar.cli import WORKER_COMMAND
from samsvar.postgres import provision
from samsvar.postgres.provision import Addresses
from tests.world import SINCE, Seat, World, build

UNITS, ROUNDS, OTHERS = 20, 5, 5
LIMIT = 60.0
PAUSE = 0.5
_COUNT = re.compile(rb'id="bord-news">[^<]*<span class="desk-count">(\d+)')


@dataclass
class Reader:
    """Somebody of a unit that is let in, with a browser."""

    seat: Seat
    unit: UUID
    cookie: str = ""


def measure(addresses: Addresses) -> int:
    """Let a network stand in a seeded database, release, and count. Returns 1 when the bar or the wall is broken."""
    port = free_port()
    surroundings = environment(addresses)
    inner = [sys.executable, "-m", "bench.admission", str(port)]
    worker = subprocess.Popen(WORKER_COMMAND, env=surroundings, stdout=subprocess.DEVNULL)
    try:
        with web(addresses, port, max(2, os.cpu_count() or 2)):
            told = subprocess.run(
                inner, env={**surroundings, "BENCH_OWNER_URL": addresses.owner}, check=False, timeout=1800
            )
    finally:
        ran = worker.poll() is None
        worker.terminate()
        worker.wait(30)
    if not ran:
        print("the worker had ended")
    return told.returncode if ran else 1


def _unit(owner: psycopg.Connection, world: World, kind: str, number: int) -> Reader:
    """One more unit of an authority, and somebody who works there."""
    reader = Reader(Seat(uuid4(), uuid4(), world.authorities[kind]), uuid4())
    owner.execute(
        "insert into partnerships_unit (id, authority_id, name, phone, hours, inbox) values (%s, %s, %s, '', '', '')",
        [reader.unit, reader.seat.authority, f"Enhed {number}"],
    )
    owner.execute(
        "insert into accounts_user (id, email, name, password, language, is_active, created_at)"
        " values (%s, %s, %s, '!', 'da', true, now())",
        [reader.seat.person, f"{reader.seat.person.hex}@eksempel.dk", f"Medarbejder {number}"],
    )
    owner.execute(
        "insert into partnerships_capacity (id, person_id, authority_id, unit_id, function, roles, phone, hours, since,"
        " end_reason) values (%s, %s, %s, %s, 'x', '{frontline}', '', '', %s, '')",
        [reader.seat.post, reader.seat.person, reader.seat.authority, reader.unit, SINCE],
    )
    return reader


def _post(port: int, cookie: str, address: str, data: dict[str, str]) -> tuple[int, str]:
    """Send a form as a browser does; where it leads."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    token = "b" * 32
    try:
        line.request(
            "POST",
            address,
            body=urlencode({**data, "csrfmiddlewaretoken": token}),
            headers={
                "Cookie": f"{cookie}; csrftoken={token}",
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.getheader("Location", "")
    finally:
        line.close()


def _holds(port: int, cookie: str, address: str, word: bytes) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", address, headers={"Cookie": cookie})
        answer = line.getresponse()
        return answer.status == 200 and word in answer.read()
    except OSError:
        return False
    finally:
        line.close()


def main() -> int:
    """In a process of its own, on the database in the environment: the network, the nurse and those who wait."""
    import django

    django.setup()
    from django.utils import timezone

    from samsvar.cases.services.concerns import Who
    from samsvar.coordination import services
    from samsvar.coordination.services.coordinators import Named
    from samsvar.partnerships.models import Authority, Unit
    from samsvar.postgres.actor import acting

    port = int(sys.argv[1])
    kinds = ("police", "social", "psychiatry")
    with provision.connect(os.environ["BENCH_OWNER_URL"]) as owner:
        world = build(owner, prefix=uuid4().hex[:6].upper())
        readers = [_unit(owner, world, kinds[number % 3], number) for number in range(UNITS)]
        others = [_unit(owner, world, kinds[number % 3], UNITS + number) for number in range(OTHERS)]
        nurse = _unit(owner, world, "psychiatry", UNITS + OTHERS)
        owner.commit()
    for one in [*readers, *others, nurse]:
        one.cookie = cookie_of(one.seat)
    name = "Aage Prøvesen"
    opener = Seat(world.seats["social.member"].person, world.seats["social.member"].post, world.authorities["social"])
    cookie_of(opener)
    with acting(world.seats["social.member"].token) as actor:
        network = services.open_network(
            actor,
            actor.partnership_ids[0],
            Who(name=name, cpr="6111801234"),
            services.Asked(by="professional", complex=True, several=True),
        )
        services.appoint(actor, network, Named(name="Tove Prøvesen", phone="20 20 20 20", hours="9-12"))
        for one in [*readers, *others, nurse]:
            services.let_in(
                actor,
                network,
                Authority.objects.get(pk=one.seat.authority),
                Unit.objects.get(pk=one.unit),
                ["coordinator"] if one in others else ["coordinator", "events"],
                services.Yes(given=[name], informed=True),
            )
    page, desk = f"/tovholder/{network.pk}/", "/"
    delays: list[float] = []
    faults: list[str] = []
    for turn in range(ROUNDS):
        word = f"Stue {uuid4().hex[:8]}"
        then = timezone.localtime() - timedelta(minutes=1)
        typed = {
            "kind": "admission",
            "day": then.date().isoformat(),
            "clock": then.strftime("%H:%M"),
            "text": word,
            # The citizen stands as admitted from the round before: the nurse has been asked, and means it.
            "looked": "1",
        }
        status, draft = _post(port, nurse.cookie, page + "haendelse/", typed)
        if status != 302:
            faults.append(f"the draft was answered {status}")
            break
        before = {one.unit: _lines(port, one, desk) for one in readers}
        began = time.monotonic()
        status, _where = _post(port, nurse.cookie, draft + "frigiv/", {"version": "1"})
        if status != 302:
            faults.append(f"the release was answered {status}")
            break
        found: dict[UUID, float] = {}

        def wait(one: Reader, word: str = word, began: float = began, found: dict = found, was: dict = before) -> None:
            while time.monotonic() - began < LIMIT * 2:
                if _holds(port, one.cookie, page, word.encode()) and _lines(port, one, desk) > was[one.unit]:
                    found[one.unit] = time.monotonic() - began
                    return
                time.sleep(PAUSE)

        threads = [threading.Thread(target=wait, args=(one,)) for one in readers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        delays += found.values()
        if len(found) != len(readers):
            faults.append(f"round {turn}: {len(readers) - len(found)} never knew")
        told = [one for one in others if _holds(port, one.cookie, page, word.encode())]
        if told:
            faults.append(f"round {turn}: {len(told)} read it whom no yes names")
    faults += _rows(network.pk, nurse, readers)
    print(
        f"\nadmission: {UNITS} units let in, {OTHERS} for something else, {ROUNDS} admissions\n"
        f"page and desk tell of it after {statistics.median(delays or [0]):.2f} s,"
        f" p95 {share(delays, 0.95):.2f} s, worst {max(delays, default=0):.2f} s (bar {LIMIT:.0f} s)"
    )
    for fault in faults:
        print(f"  fault: {fault}")
    return 0 if delays and max(delays) <= LIMIT and not faults else 1


def _lines(port: int, one: Reader, desk: str) -> int:
    """How many news the desk of this reader counts."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", desk, headers={"Cookie": one.cookie})
        found = _COUNT.search(line.getresponse().read())
        return int(found[1]) if found else 0
    except OSError:
        return -1
    finally:
        line.close()


def _rows(network: UUID, nurse: Reader, readers: list[Reader]) -> list[str]:
    """What is wrong with the rows: each delivery has its disclosure, and nobody else has either."""
    with provision.connect(os.environ["BENCH_OWNER_URL"]) as owner:
        delivered = owner.execute(
            "select event_id, authority_id, unit_id from coordination_careeventdelivery where network_id = %s",
            [network],
        ).fetchall()
        told = owner.execute(
            "select d.subject_id, r.authority_id, count(*) from sharing_disclosure d join sharing_receipt r"
            " on r.disclosure_id = d.id join coordination_careevent e on e.id = d.subject_id"
            " where e.network_id = %s group by 1, 2",
            [network],
        ).fetchall()
    faults = []
    wanted = {one.unit for one in readers}
    events = {event for event, _authority, _unit in delivered}
    for event in events:
        # Without a unit it is the tovholder's.
        units = sorted(str(unit) for one, _authority, unit in delivered if one == event and unit)
        if units != sorted(map(str, wanted)):
            faults.append("an event was delivered to others than those whom a yes names")
    expected: dict[tuple[UUID, UUID], int] = {}
    for event, authority, _unit in delivered:
        # Another unit of the own authority is told too, and is no other authority.
        if authority != nurse.seat.authority:
            expected[event, authority] = expected.get((event, authority), 0) + 1
    if expected != {(event, authority): count for event, authority, count in told}:
        faults.append("deliveries and disclosures differ")
    print(f"  {len(events)} events, {len(delivered)} deliveries, {sum(count for *_who, count in told)} disclosures")
    return faults


if __name__ == "__main__":
    sys.exit(main())
