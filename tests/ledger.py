"""What is asked of Samsvar, as lists, and which tests answer: what `make requirements` and `make scenarios` share.

The lists hold ids and short titles only; what each asks for is read in the requirement files that they were taken from.
"""

import contextlib
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
SCENARIOS = TESTS / "scenarios" / "catalogue.tsv"
REQUIREMENTS = TESTS / "requirements.tsv"


def listed(path: Path) -> dict[str, str]:
    """Titles by id, in the order of the list. Raises ValueError on a line that is not an id, a tab and a title."""
    titles: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        key, _, title = line.partition("\t")
        if not key or not title or key in titles:
            raise ValueError(f"{path.name}, line {number}: an id, a tab and a title, each id once")
        titles[key] = title
    return titles


def marked(item: pytest.Item, name: str) -> Iterator[str]:
    """The ids that a test carries: `req` names one or several, `scenario` one and its title."""
    for mark in item.iter_markers(name):
        yield from mark.args if name == "req" else mark.args[:1]


class Collected:
    """A pytest plugin that notes which tests carry which id, and how they ended when they ran."""

    def __init__(self, marker: str) -> None:
        self.marker = marker
        self.tests: dict[str, list[str]] = defaultdict(list)
        self.ids: dict[str, list[str]] = {}
        self.outcomes: dict[str, list[str]] = defaultdict(list)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note each test's ids."""
        for item in items:
            self.ids[item.nodeid] = list(marked(item, self.marker))
            for key in self.ids[item.nodeid]:
                self.tests[key].append(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how each phase of a test ended; a test that was skipped has proven nothing."""
        if report.when == "call" or report.outcome != "passed":
            for key in self.ids.get(report.nodeid, []):
                self.outcomes[key].append(report.outcome)


def run_pytest(arguments: Sequence[str], collected: Collected) -> int:
    """Run pytest with the plugin; what pytest says goes to standard error, so that the list stays clean."""
    with contextlib.redirect_stdout(sys.stderr):
        return int(pytest.main([*arguments], plugins=[collected]))


def say(*columns: str, write: Callable[[str], object] = sys.stdout.write) -> None:
    """One line of tab-separated columns."""
    write("\t".join(columns) + "\n")
