"""What the Effekt page costs: `python -m bench.effect [answers]`, a million unless told.

First the recompute alone, from rows as the database hands them over: once a quarter for each unit and rule set. Then
the pages as the leader of one unit with all those answers opens them, the first look and the ones after it.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import django

from bench.home import database_of_its_own, environment, server
from bench.load import Loader, bare_tables
from samsvar.instruments.scales import Settings, scales
from samsvar.outcomes.analysis.effect import compute
from samsvar.outcomes.analysis.rules import rulesets
from samsvar.postgres import provision
from tests.world import World, build

WAVES = 5
TURNS = 40
_SCORED = {"q23": 5, "q24": 5, "q25": 5, "q22": 3, "q28": 9, "q33": 4, "q35": 4, "q36": 4}
_GRIDS = {"q20": 6, "q34": 4, "q37": 7, "q38": 6}
# What a report of a wave holds: facts, single questions, grids, boxes.
PER_REPORT = 3 + len(_SCORED) + sum(_GRIDS.values()) + 1


def rows(answers: int, seed: int = 20260101) -> Iterator[tuple[object, ...]]:
    """Rows of so many answers, five waves for each person."""
    draw = random.Random(seed)
    for person in range(max(1, answers // (PER_REPORT * WAVES))):
        facts = {"q3": draw.randint(1, 2), "q4": draw.randint(1, 6), "q8": draw.randint(1, 3)}
        for wave in range(WAVES):
            codes: dict[str, object] = {
                **facts,
                **{key: draw.choice([*range(most), 77]) for key, most in _SCORED.items()},
                **{
                    f"{key}_{item}": draw.randint(0, 3)
                    for key, number in _GRIDS.items()
                    for item in range(1, number + 1)
                },
                "q21": sorted(draw.sample(range(1, 8), 2)),
                "q28": draw.randint(1, 9),
            }
            target = 1 + (person % 5 == 0)
            yield (
                f"KF-{person:06}",
                target,
                wave * 4,
                json.dumps(codes),
                600 + person % 997,
                person % 331,
                17 + person % 9,
            )


def recompute(answers: int) -> None:
    """Print what one recompute takes: of the effect by each rule set."""
    from samsvar.outcomes.selectors.published import table_from

    made = list(rows(answers))
    begun = time.perf_counter()
    table = table_from(made)
    read = time.perf_counter() - begun
    sys.stdout.write(f"{answers:,} answers, {len(made):,} reports, {len(table.persons):,} persons: read {read:.1f} s\n")
    for rules in rulesets():
        begun = time.perf_counter()
        found = compute(table, scales(), rules, Settings())
        took = time.perf_counter() - begun
        sys.stdout.write(f"{rules.key}: {found.tests} tests, recomputed in {took:.1f} s\n")


def fill(owner_url: str, world: World, answers: int) -> None:
    """Lay so many answers as sent reports of one unit, the leader's."""
    place = world.seats["social.member"]
    from tests.coordination.ground import unit

    with provision.connect(owner_url) as owner:
        skp = str(unit(world, owner, "SKP-teamet", "social.member"))
    authority = str(world.authorities["social"])
    own = [str(world.partnership), authority, skp, str(place.person), "2025-01-02"]
    columns = ("partnership_id", "authority_id", "unit_id", "by_id", "at")
    courses: dict[str, str] = {}
    course_lines, report_lines = [], []
    for number, target, wave, said, minutes, _bridging, _months in rows(answers):
        called = str(number)
        if called not in courses:
            courses[called] = str(uuid4())
            row = [courses[called], *own, called, called, "known", "2024-01-01", "2024-01-01", "3", own[3]]
            course_lines.append("\t".join(row))
        codes = json.dumps({**json.loads(str(said)), "q26_minutes": minutes, "q30_minutes": 20})
        month = f"{2024 + int(str(wave)) // 12}-{int(str(wave)) % 12 + 1:02}-01"
        row = [str(uuid4()), *own, courses[called], month, "isbryder 2008.1", str(wave), str(target), codes]
        report_lines.append("\t".join([*row, "2025-06-10", own[3]]))
    course_columns = ("number", "pseudonym", "known", "started_on", "phase_since", "phase", "worker_id")
    report_columns = ("course_id", "month", "form", "wave", "target", "answers", "sent_at", "sent_by_id")
    with bare_tables(owner_url, ("outreach_course", "outcomes_report"), lambda _said: None):
        load = Loader(owner_url)
        load.copy("outreach_course", ("id", *columns, *course_columns), course_lines)
        load.copy("outcomes_report", ("id", *columns, *report_columns), report_lines)
        load.close()
    with provision.connect(owner_url, autocommit=True) as owner:
        owner.execute("analyze outreach_course, outcomes_report")


def share(seconds: list[float], part: float) -> float:
    """The value below which this part of them lies, in milliseconds."""
    return sorted(seconds)[min(int(len(seconds) * part), len(seconds) - 1)] * 1000


def pages(answers: int) -> None:
    """Print what a look takes: the first of a quarter, which computes, and those after it (docs/decisions/0126)."""
    from django.conf import settings
    from django.urls import reverse

    from tests.clients import sit

    owner_url = os.environ["BENCH_OWNER_URL"]
    with provision.connect(owner_url) as owner:
        world = build(owner, prefix=uuid4().hex[:6].upper())
        owner.commit()
    fill(owner_url, world, answers)
    settings.ALLOWED_HOSTS = ["testserver"]
    browser = sit(world, "social.member")
    by_hand: list[float] = []
    with provision.connect(owner_url, autocommit=True) as owner:
        for _turn in range(TURNS):
            begun = time.perf_counter()
            owner.execute("select count(*), max(sent_at) from outcomes_report where sent_at < now()").fetchall()
            by_hand.append(time.perf_counter() - begun)
    limit = share(by_hand, 0.5)
    for name in ("web:help", "outcomes:effect", "outcomes:indicators"):
        took = []
        for _turn in range(TURNS + 1):
            begun = time.perf_counter()
            answer = browser.get(reverse(name))
            took.append(time.perf_counter() - begun)
            assert answer.status_code == 200, answer.status_code
        first, after = took[0], took[1:]
        if name == "web:help":
            limit += share(after, 0.5)
        sys.stdout.write(
            f"{name}: first look {first:.1f} s, then p50 {share(after, 0.5):.0f} ms, p95 {share(after, 0.95):.0f} ms, "
            f"{share(after, 0.5) / limit:.1f} times the rows by hand and a page without any\n"
        )
        sys.stdout.flush()


def main() -> int:
    """Recompute here; then the pages, in a database of their own and a process that works on it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsvar.settings")
    django.setup()
    answers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    if "BENCH_OWNER_URL" in os.environ:
        pages(answers)
        return 0
    recompute(answers)
    sys.stdout.write(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB\n")
    sys.stdout.flush()
    with server() as cluster:
        addresses = database_of_its_own(cluster, "samsvar_bench_effect")
        asked = subprocess.run(
            [sys.executable, "-m", "bench.effect", str(answers)],
            env={**environment(addresses), "BENCH_OWNER_URL": addresses.owner},
            check=False,
            timeout=1800,
        )
    return asked.returncode


if __name__ == "__main__":
    sys.exit(main())
