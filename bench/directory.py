"""How soon the right door is found among 5,000 units: the questions of the tests, asked by an actor (issue 6)."""

import os
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

from bench.gauge import work
from bench.home import database_of_its_own, environment
from bench.live import share
from samsvar.postgres import provision
from samsvar.postgres.server import Cluster
from tests.world import build

UNITS, ROUNDS, BAR = 5_000, 10, 200.0
QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "directory" / "questions.tsv"


def measure(cluster: Cluster) -> int:
    """Ask in a database of its own. Returns 1 when the bar is broken."""
    addresses = database_of_its_own(cluster, "samsvar_bench_directory")
    asked = subprocess.run(
        [sys.executable, "-m", "bench.directory"],
        env={**environment(addresses), "BENCH_OWNER_URL": addresses.owner},
        check=False,
        timeout=1800,
    )
    return asked.returncode


def main() -> int:
    """Seed the units, as many municipalities keep pages of the same eleven kinds, and let the questions be asked."""
    import django

    django.setup()
    from django.db import connection
    from django.utils import timezone

    from samsvar.directory import sheet
    from samsvar.directory.forms.entries import pages_of
    from samsvar.directory.models import DirectoryEntry
    from samsvar.directory.selectors.entries import find
    from samsvar.postgres.actor import acting

    with provision.connect(os.environ["BENCH_OWNER_URL"]) as owner:
        world = build(owner, prefix=uuid4().hex[:6].upper())
        owner.commit()
        good, _refused = pages_of(sheet.pack())
        fields = [field for field in DirectoryEntry._meta.concrete_fields if not field.generated]
        for number in range(UNITS):
            _number, page = good[number % len(good)]
            one = DirectoryEntry(
                partnership_id=world.partnership,
                authority_id=world.authorities["social"],
                confirmed_on=timezone.localdate(),
                **page,
            )
            if number >= len(good):
                one.name = f"{one.name} {number // len(good)}"
            row = {str(field.column): field.get_db_prep_save(field.pre_save(one, True), connection) for field in fields}
            owner.execute(
                f"insert into directory_directoryentry ({', '.join(row)}) values ({', '.join(['%s'] * len(row))})",
                list(row.values()),
            )
        owner.commit()
        owner.execute("analyze directory_directoryentry")
        owner.commit()
    lines = [line for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    questions = [line.split("\t")[0] for line in lines]
    took: list[float] = []
    worked: list[float] = []
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        backend = cursor.fetchone()[0]
    for turn in range(ROUNDS):
        for question in questions:
            began, before = time.monotonic(), work([backend])
            with acting(world.seats["social.frontline"].token) as actor:
                find(actor, question, world.partnership)
            if turn:
                took.append(time.monotonic() - began)
                worked.append(work([backend]) - before)
    p95 = share(took, 0.95) * 1000
    print(
        f"\ndirectory: {UNITS:,} units, {len(questions)} questions, {ROUNDS - 1} warm rounds\n"
        f"found after {share(took, 0.5) * 1000:.0f} ms, p95 {p95:.0f} ms, worst {max(took) * 1000:.0f} ms"
        f" (bar {BAR:.0f} ms)\n"
        f"processor time {share(worked, 0.5) * 1000:.0f} ms, p95 {share(worked, 0.95) * 1000:.0f} ms"
    )
    return 0 if p95 <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
