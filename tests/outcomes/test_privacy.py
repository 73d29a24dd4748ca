"""Nobody in a small group can be picked out: every table that can be shown is searched, and what follows from it."""

import random
from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsvar.outcomes.analysis.privacy import Cell, Plan, cell, protect

VALUES: dict[str, tuple[Hashable, ...]] = {
    "gruppe": (1, 2),
    "koen": (1, 2, None),
    "alder": (1, 2, 3, 4),
    "land": (1, 2),
}
People = list[dict[str, Hashable]]


def people(seed: int, size: int) -> People:
    """So many persons; some values are rare, so that there are small cells."""
    draw = random.Random(seed)
    return [
        {name: draw.choices(values, [6, 3, 1, 1][: len(values)])[0] for name, values in VALUES.items()}
        for _ in range(size)
    ]


def every_cell(depth: int) -> Iterator[dict[str, Hashable]]:
    for size in range(depth + 1):
        for names in combinations(VALUES, size):
            for values in product(*(VALUES[name] for name in names)):
                if None not in values:
                    yield dict(zip(names, values, strict=True))


def counted(persons: People, conditions: Mapping[str, Hashable]) -> int:
    return sum(all(person[name] == value for name, value in conditions.items()) for person in persons)


def shown_cells(plan: Plan, depth: int) -> dict[Cell, int]:
    return {
        cell(conditions): count for conditions in every_cell(depth) if (count := plan.count(**conditions)) is not None
    }


def check(persons: People, depth: int) -> dict[Cell, int]:
    plan = protect(persons, list(VALUES), depth)
    shown = shown_cells(plan, depth)
    for one, count in shown.items():
        assert count == counted(persons, dict(one)), "a count that is shown is right"
        assert not 0 < count < 5, "no cell of 1 to 4"
    # Two tables that differ in one filter: every pair of cells that differ in one condition, and in more.
    for one, count in shown.items():
        for size in range(len(one)):
            for some in combinations(one, size):
                if frozenset(some) in shown:
                    assert not 0 < shown[frozenset(some)] - count < 5
    return shown


def told(persons: People, shown: Mapping[Cell, int]) -> "np.ndarray":
    """What a reader has: one equation for each cell shown, and that nobody is where nobody is."""
    kinds = sorted({tuple(sorted(person.items(), key=repr)) for person in persons}, key=repr)
    return np.array(
        [[float(one <= frozenset(kind)) for kind in kinds] for one, count in shown.items() if count]
        or [[0.0] * len(kinds)]
    )


@pytest.mark.req("R-004-103")
@pytest.mark.parametrize("seed", range(30))
def test_no_table_and_no_two_tables_tell_of_fewer_than_five(seed: int) -> None:
    persons = people(seed, 12 + 9 * seed)
    shown = check(persons, 3)
    # Nobody who solves the equations finds a small cell, however many tables are put together.
    rows = told(persons, shown)
    kinds = sorted({tuple(sorted(person.items(), key=repr)) for person in persons}, key=repr)
    rank = np.linalg.matrix_rank(rows)
    for conditions in every_cell(3):
        if 0 < counted(persons, conditions) < 5:
            secret = np.array([float(cell(conditions) <= frozenset(kind)) for kind in kinds])
            assert np.linalg.matrix_rank(np.vstack([rows, secret])) == rank + 1, conditions


@pytest.mark.req("R-004-103")
@settings(max_examples=60, deadline=None)
@given(st.lists(st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}), max_size=60))
def test_whoever_the_persons_are(persons: People) -> None:
    check(persons, 2)


def test_a_rest_that_a_reader_could_subtract_is_hidden_with_it() -> None:
    """Twenty persons, three of them over 65: neither they nor what is left without them stands beside the total."""
    persons: People = [{"alder": 1}] * 10 + [{"alder": 2}] * 7 + [{"alder": 3}] * 3
    plan = protect(persons, ["alder"], 1)
    assert plan.count() == 20
    assert plan.count(alder=3) is None
    assert [plan.count(alder=1), plan.count(alder=2)].count(None) == 1
    # Two small groups that are four together tell too much together.
    persons = [{"alder": 1}] * 10 + [{"alder": 2}] * 7 + [{"alder": 3}, {"alder": 4}] * 2
    plan = protect(persons, ["alder"], 1)
    assert [plan.count(alder=age) for age in (1, 2, 3, 4)].count(None) == 3


def test_large_groups_are_shown_whole() -> None:
    persons: People = [{"gruppe": g, "koen": k} for g in (1, 2) for k in (1, 2)] * 5
    plan = protect(persons, ["gruppe", "koen"], 2)
    assert plan.hidden == frozenset()
    assert plan.count(gruppe=1, koen=2) == 5
    assert plan.count(gruppe=3) == 0
    with pytest.raises(ValueError, match="2 conditions"):
        plan.count(gruppe=1, koen=1, alder=1)


@pytest.mark.parametrize("size", range(5))
def test_fewer_than_five_in_all_is_nothing_at_all(size: int) -> None:
    plan = protect([{"gruppe": 1}] * size, ["gruppe"], 1)
    assert plan.count() is None
    assert plan.count(gruppe=1) is None
    assert not plan.shown(gruppe=1)
