"""One process per scale: answers the measurer's wishes, one line each, so that the scales can take turns.

A wish is a JSON list [actor, page, turn]; the answer tells how long one request took, how many queries it made and how
long they took (seconds), and the same rows fetched by hand. Runs as the application, except for the rows by hand.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any


def main() -> None:
    """Load Django on the database in the environment and serve wishes until the line is closed."""
    import django

    django.setup()
    from bench.pages import Reader

    reader = Reader(os.environ["BENCH_SCALE"], os.environ["BENCH_OWNER_URL"])
    print(json.dumps(reader.pages()), flush=True)
    for line in sys.stdin:
        actor, page, turn = json.loads(line)
        print(json.dumps(reader.read(actor, page, turn)), flush=True)
    reader.close()


def work(backends: list[int]) -> float:
    """Seconds of processor time that this process and these database processes have used; 0 where that is unknown."""
    used = time.process_time()
    for backend in backends:
        try:
            with open(f"/proc/{backend}/schedstat", encoding="ascii") as file:
                used += int(file.read().split()[0]) / 1e9
        except OSError:
            return 0.0
    return used


class Counter:
    """Counts the queries of a connection and the time they take."""

    def __init__(self) -> None:
        self.count, self.seconds = 0, 0.0

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - began


if __name__ == "__main__":
    main()
