"""Seeds what is missing, lets the scales take turns at the pages, prints what it took. It asserts no time."""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench import admission, directory, live
from bench.country import SCALES, Scale
from bench.home import database, environment, server
from samsvar.postgres.provision import Addresses

ACTORS = ("coordinator", "table", "region", "frontline", "officer")
CONSTANT_PAGE = "help"
WARM_UP = 3


@dataclass
class Readings:
    """What was read of one page by one actor at one scale; seconds, queries, rows shown."""

    page: list[float] = field(default_factory=list)
    sql: list[float] = field(default_factory=list)
    hand: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    queries: set[int] = field(default_factory=set)
    rows: list[int] = field(default_factory=list)

    def add(self, answer: dict) -> None:
        """Take one answer in."""
        for name in ("page", "sql", "hand", "work", "rows"):
            getattr(self, name).append(answer[name])
        self.queries.add(answer["queries"])


def share(values: list[float], part: float) -> float:
    """The value below which this part of them lies, in milliseconds."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)] * 1000


class Line:
    """One scale's answering process."""

    def __init__(self, scale: Scale, addresses: Addresses) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.answer"],
            env={**environment(addresses), "BENCH_SCALE": scale.name, "BENCH_OWNER_URL": addresses.owner},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pages = self._hear()

    def ask(self, actor: str, page: str, turn: int) -> dict:
        """One request there."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([actor, page, turn]) + "\n")
        self.process.stdin.flush()
        return self._hear()

    def _hear(self):
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the answering process ended")
        return json.loads(line)

    def close(self) -> None:
        """Let it end."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)


@contextlib.contextmanager
def lines(addresses: dict[str, Addresses]) -> Iterator[dict[str, Line]]:
    """An answering process per scale."""
    found: dict[str, Line] = {}
    try:
        for name, there in addresses.items():
            found[name] = Line(SCALES[name], there)
        yield found
    finally:
        for line in found.values():
            line.close()


def measure(found: dict[str, Line], turns: int, actors: tuple[str, ...]) -> dict[tuple[str, str, str], Readings]:
    """By scale, actor and page. The scales take turns, so that what else the machine does falls on all alike."""
    readings: dict[tuple[str, str, str], Readings] = defaultdict(Readings)
    pages = next(iter(found.values())).pages
    for actor in actors:
        for page in pages[actor]:
            for turn in range(-WARM_UP, turns):
                for name, line in found.items():
                    answer = line.ask(actor, page, turn)
                    if turn >= 0:
                        readings[name, actor, page].add(answer)
    return readings


COLUMNS = (
    *("actor", "page", "scale", "rows", "queries", "p50 ms", "p95 ms", "work ms", "SQL ms", "limit ms", "ratio"),
    "SQL ratio",
    *("p95 grows", "work grows"),
)


def table(readings: dict[tuple[str, str, str], Readings]) -> str:
    """The figures in Markdown. `work` is processor time of page and database together, which noise cannot stretch."""
    text = [f"| {' | '.join(COLUMNS)} |", f"|{' --- |' * len(COLUMNS)}"]
    for (scale, actor, page), found in sorted(readings.items(), key=lambda item: (item[0][1], item[0][2])):
        middle = share(found.page, 0.5)
        limit = share(found.hand, 0.5) + share(readings[scale, actor, CONSTANT_PAGE].page, 0.5)
        full = readings.get(("full", actor, page))
        cells = [
            *(
                actor,
                page,
                scale,
                f"{sum(found.rows) / len(found.rows):.0f}",
                "/".join(map(str, sorted(found.queries))),
            ),
            *(f"{middle:.1f}", f"{share(found.page, 0.95):.1f}", f"{share(found.work, 0.5):.1f}"),
            *(f"{share(found.sql, 0.5):.1f}", f"{limit:.1f}", f"{middle / limit:.1f}"),
            # The page's own queries to the rows by hand.
            f"{share(found.sql, 0.5) / hand:.1f}" if (hand := share(found.hand, 0.5)) else "",
        ]
        if scale == "full" or full is None:
            cells += ["", ""]
        else:
            cells += [
                f"{share(full.page, 0.95) / share(found.page, 0.95):.2f}",
                f"{share(full.work, 0.5) / share(found.work, 0.5):.2f}",
            ]
        text.append(f"| {' | '.join(cells)} |")
    return "\n".join(text)


def main() -> int:
    """Seed, measure, print."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--scales", default="rows,places,full", help="which of them, in this order")
    parser.add_argument("--actors", default=",".join(ACTORS))
    parser.add_argument("--turns", type=int, default=60, help="requests per page, actor and scale")
    parser.add_argument("--fresh", action="store_true", help="seed again even if nothing has changed")
    parser.add_argument("--seed-only", action="store_true")
    parser.add_argument(
        "--only", choices=("live", "admission", "directory"), help="only this measure of the whole server"
    )
    parser.add_argument("--live-seconds", type=int, default=60)
    options = parser.parse_args()
    with server() as cluster:
        if options.only == "live":
            return live.measure(cluster, options.live_seconds)
        if options.only == "directory":
            return directory.measure(cluster)
        addresses = {}
        for name in options.scales.split(","):
            began = time.monotonic()

            def say(text: str, name: str = name) -> None:
                print(f"  {name}: {text}", flush=True)

            addresses[name] = database(cluster, SCALES[name], say, fresh=options.fresh)
            print(f"{name} is ready ({time.monotonic() - began:.0f} s)", flush=True)
        if options.seed_only:
            return 0
        # In the largest of them; the pages are measured before it leaves its rows there.
        largest = list(addresses.values())[-1]
        if options.only == "admission":
            return admission.measure(largest)
        with lines(addresses) as found:
            readings = measure(found, options.turns, tuple(options.actors.split(",")))
        print(f"\nPostgreSQL {cluster.status()['version']}, {os.cpu_count()} processors, {options.turns} turns\n")
        print(table(readings))
        whole = live.measure(cluster, options.live_seconds) | admission.measure(largest)
        return whole | directory.measure(cluster)
