"""What one request took: processor time, queries and their seconds."""

import time
from collections.abc import Callable
from typing import Any


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
