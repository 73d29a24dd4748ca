"""The lists of what is asked are whole, and no test claims an id that nobody asked for."""

from collections import Counter

import pytest

from tests.ledger import REQUIREMENTS, SCENARIOS, listed, marked


def test_every_vignette_of_the_requirements_is_listed() -> None:
    documents = Counter(key.partition("/")[0] for key in listed(SCENARIOS))
    assert documents == {"000": 30, "002": 32, "003": 26, "004": 15}


def test_every_must_of_the_requirements_is_listed() -> None:
    documents = Counter(key.rpartition("-")[0] for key in listed(REQUIREMENTS))
    assert documents == {"R-000": 97, "R-001": 15, "R-002": 87, "R-003": 73, "R-004": 77, "LR-000": 66}


def test_tests_carry_ids_that_exist(request: pytest.FixtureRequest) -> None:
    """Holds for the tests of the same run; a SHOULD may be carried too, so only the form of its id is looked at."""
    scenarios = listed(SCENARIOS)
    for item in request.session.items:
        for mark in item.iter_markers("scenario"):
            assert scenarios.get(mark.args[0]) == mark.args[1], item.nodeid
        for key in marked(item, "req"):
            document, _, number = key.removeprefix("L").removeprefix("R-").partition("-")
            assert document in {"000", "001", "002", "003", "004"}, item.nodeid
            assert number.isdigit(), item.nodeid
