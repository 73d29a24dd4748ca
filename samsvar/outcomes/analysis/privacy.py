"""Which counts of persons may be shown, so that nobody in a small group can be picked out (R-004-103).

A cell is a set of conditions: {"gruppe": 1, "koen": 2}. Counts from 1 to 4 are never shown, and neither is whatever
lets one be computed: the cells shown are chosen so that no sum or difference of them tells a small cell, a small rest
of a cell within another, or a few small neighbours together. This is checked exactly, as a system of linear equations,
for everything that the tables can show; a cell of nobody is taken to be known.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import ndarray

LEAST = 5
# Arithmetic modulo a prime is exact where floating point is not; products of two residues fit in 64 bits.
_PRIME = 2**31 - 1

Cell = frozenset[tuple[str, Hashable]]


def cell(conditions: Mapping[str, Hashable] | None = None) -> Cell:
    """Conditions as a cell; without any it is everybody."""
    return frozenset((conditions or {}).items())


@dataclass(frozen=True, slots=True)
class Plan:
    """What may be shown of some persons. `counts` holds the cells that may; `depth` is how many conditions one has."""

    counts: Mapping[Cell, int]
    hidden: frozenset[Cell]
    depth: int

    def count(self, **conditions: Hashable) -> int | None:
        """How many persons meet the conditions; None where that is not shown. A cell of nobody is 0.

        Raises ValueError for more conditions than the plan was made for: nobody has checked those.
        """
        if len(conditions) > self.depth:
            raise ValueError(f"This plan was made for {self.depth} conditions at once.")
        wanted = cell(conditions)
        if wanted in self.hidden or not self.counts:
            return None
        return self.counts.get(wanted, 0)

    def shown(self, **conditions: Hashable) -> bool:
        """Whether the count may be shown and is that of somebody."""
        return bool(self.count(**conditions))


class _Equations:
    """What is told so far, and what must not follow from it: both as rows over the kinds of persons there are."""

    def __init__(self, secrets: "ndarray") -> None:
        import numpy as np

        self.np = np
        self.secrets = secrets
        self.rows = np.zeros((0, secrets.shape[1]), dtype=np.int64)
        self.pivots: list[int] = []

    def tell(self, row: "ndarray") -> bool:
        """Add what a cell tells, unless a secret would follow; whether it was added."""
        np = self.np
        row = row.astype(np.int64) % _PRIME
        for known, pivot in zip(self.rows, self.pivots, strict=True):
            if row[pivot]:
                row = (row - row[pivot] * known) % _PRIME
        places = np.flatnonzero(row)
        if not places.size:
            return True  # it follows from what is told already, and so tells no secret
        pivot = int(places[0])
        row = row * pow(int(row[pivot]), -1, _PRIME) % _PRIME
        # A secret follows when what is left of it is a multiple of what is new.
        reduced = (self.secrets - self.secrets[:, pivot : pivot + 1] * row) % _PRIME
        if not reduced.any(axis=1).all():
            return False
        self.secrets = reduced
        self.rows = np.vstack([(self.rows - self.rows[:, pivot : pivot + 1] * row) % _PRIME, row])
        self.pivots.append(pivot)
        return True


def _cells(kind: Sequence[tuple[str, Hashable]], depth: int) -> Iterator[Cell]:
    for size in range(depth + 1):
        for some in combinations(kind, size):
            yield frozenset(some)


def _small_together(counts: Mapping[Cell, int], least: int) -> Iterator[tuple[Cell, ...]]:
    """Neighbours (the same but for one value) that are fewer than `least` persons together."""
    families: dict[tuple[Cell, str], list[Cell]] = {}
    for one, count in counts.items():
        if count < least:
            for condition in one:
                families.setdefault((one - {condition}, condition[0]), []).append(one)
    for family in families.values():
        for size in range(2, least):
            for some in combinations(family, size):
                if sum(counts[one] for one in some) < least:
                    yield some


def protect(
    persons: Iterable[Mapping[str, Hashable | None]],
    variables: Sequence[str],
    depth: int = 2,
    least: int = LEAST,
    first: str = "",
    last: str = "",
    kept: Collection[str] = (),
) -> Plan:
    """Choose what may be shown of persons, in tables of up to `depth` of the variables at once.

    A value that is None is not known and belongs to no cell of its variable. Large cells with few conditions come
    first, so that totals are kept and details go; before them those of the variable `first` alone, where one is named,
    and after all those of `last`.
    The variables in `kept` are in no table: nobody is shown their cells, and no small one of them may follow either.
    The same persons always give the same choice.
    """
    import numpy as np

    kinds = Counter(
        tuple((name, person[name]) for name in variables if person.get(name) is not None) for person in persons
    )
    order = sorted(kinds, key=repr)
    counts: Counter[Cell] = Counter()
    members: dict[Cell, list[int]] = {}
    for place, kind in enumerate(order):
        for one in _cells(kind, depth):
            counts[one] += kinds[kind]
            members.setdefault(one, []).append(place)
    vectors = {}
    for one, places in members.items():
        vectors[one] = np.zeros(len(order), dtype=np.int64)
        vectors[one][places] = 1
    secrets = [vectors[one] for one, count in counts.items() if count < least]
    told = {one: count for one, count in counts.items() if not any(name in kept for name, _ in one)}
    secrets += [np.sum([vectors[one] for one in some], axis=0) for some in _small_together(told, least)]
    for small, count in counts.items():
        # The rest of each larger cell that it lies in.
        for size in range(len(small)):
            for some in combinations(sorted(small, key=repr), size):
                larger = frozenset(some)
                if 0 < counts[larger] - count < least:
                    secrets.append(vectors[larger] - vectors[small])
    unique = np.unique(np.array(secrets), axis=0) if secrets else np.zeros((0, len(order)), dtype=np.int64)
    equations = _Equations(unique)
    shown = {}

    def rank(one: Cell) -> tuple[bool, bool, int, int, str]:
        names = [name for name, _ in one]
        return names != [first], last in names, len(one), -counts[one], repr(sorted(one, key=repr))

    for one in sorted(told, key=rank):
        if counts[one] >= least and equations.tell(vectors[one]):
            shown[one] = counts[one]
    return Plan(shown, frozenset(counts) - set(shown), depth)
