"""What each indicator comes to: figures of citizens, in whatever way the page divides them, with small groups hidden.

Pure. An indicator has parts; a part says who is asked about (`who`), of whom it holds, and what is added up. All
divisions, and all parts that ask about the same citizens, are protected together (`privacy.protect`), so that neither
a row beside another nor a table divided otherwise lets a small group be computed. What is no citizen (rounds, areas,
hours) is told plainly.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from samsvar.instruments.scales import ScaleSet
from samsvar.outcomes.analysis.effect import TRAITS, traits
from samsvar.outcomes.analysis.privacy import Plan, protect
from samsvar.outcomes.indicators.logs import Logs, inquiries_of
from samsvar.outcomes.indicators.measures import MEASURES
from samsvar.outcomes.indicators.parts import Asked, Counted, Divided, Figure, Part, Shape

# Circles of their own: the scales have the Effekt page's, the others are no courses.
_APART = ("scale ", "inquiries", "reviewed")


@dataclass(frozen=True, slots=True)
class _Told:
    """What may be told of the citizens whom some parts ask about, and of those of whom each part holds."""

    plan: Plan
    names: Mapping[int, str]

    def tells(self, part: Part, split: str, code: Hashable) -> bool:
        """Whether a part's figure of one column may be told: the column, and of how many it holds and does not."""
        if not self.plan.shown(**({split: code} if split else {})):
            return False
        name = self.names.get(id(part))
        return name is None or _both_told(self.plan, name, split, code)


def _both_told(plan: Plan, name: str, split: str, code: Hashable) -> bool:
    cells = [{f"{name}|{split}": (code, flag)} if split else {name: flag} for flag in (True, False)]
    return all(plan.count(**cell) is not None for cell in cells)


_SPLITS = [split.key for split in TRAITS]


def _flagged(
    flags: Mapping[str, Mapping[Hashable, bool]],
    pairs: Sequence[tuple[str, str]],
    divided: Mapping[Hashable, Divided],
    keys: Sequence[Hashable],
    least: int,
) -> Plan:
    """What may be told of flags of citizens, in all divisions at once.

    What lies between two flags of a pair ("of them ...", a figure less another) is as small as its citizens: it is
    shown nowhere, and must not follow.
    """
    columns: dict[str, list[Hashable | None]] = {
        split: [divided.get(key, {}).get(split) for key in keys] for split in _SPLITS
    }
    told = {name: [held[key] for key in keys] for name, held in flags.items()}
    between = {f"{one}&{other}": list(zip(told[one], told[other], strict=True)) for one, other in pairs}
    kept = set()
    all_flags: dict[str, Sequence[Hashable]] = {**told, **between}
    for name, values in all_flags.items():
        for place in (name, *(f"{name}|{split}" for split in _SPLITS)):
            split = place.partition("|")[2]
            cells: list[Hashable | None] = (
                [None if code is None else (code, value) for code, value in zip(columns[split], values, strict=True)]
                if split
                else list(values)
            )
            if name in between:
                # What is nowhere small has nothing to keep.
                if min((n for cell, n in Counter(cells).items() if cell is not None), default=least) >= least:
                    continue
                kept.add(place)
            columns[place] = cells
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return protect(rows, list(columns), 1, least, first=_SPLITS[0], kept=kept)


def _of_parts(parts: Sequence[Part], divided: Mapping[Hashable, Divided], least: int) -> _Told:
    """The plan of parts that ask about the same citizens.

    Where each holds of all of them, it is the Effekt page's plan of those citizens, so that both tell the same.
    """
    names = {
        id(part): str(place) for place, part in enumerate(parts) if not all(one.holds for one in part.asked.values())
    }
    flags = {
        names[id(part)]: {key: one.holds for key, one in part.asked.items()} for part in parts if id(part) in names
    }
    order = list(flags)
    pairs = [*pairwise(order), *((order[0], one) for one in order[2:])]
    return _Told(_flagged(flags, pairs, divided, list(parts[0].asked), least), names)


def _of_circles(circles: Mapping[str, Collection[Hashable]], divided: Mapping[Hashable, Divided], least: int) -> Plan:
    """Which circles of citizens may be told of, since one circle less another tells of who is in the one alone."""
    everybody = sorted({key for keys in circles.values() for key in keys}, key=repr)
    flags = {who: {key: key in keys for key in everybody} for who, keys in circles.items()}
    return _flagged(flags, list(combinations(flags, 2)), divided, everybody, least)


def measure_all(logs: Logs, measures: ScaleSet, least: int) -> dict[str, list[Counted]]:
    """Every indicator that something is collected for, by its key. `least`: fewer citizens are never told of."""
    divided: dict[Hashable, Divided] = {one.number: traits(one) for one in logs.persons}
    # An inquiry is divided as the citizen is for whom a course was begun.
    divided |= {key: divided[one.course] for key, one in inquiries_of(logs).items() if one.course in divided}
    parts = {
        key: [part for part in asks(logs, measures) if part.shape is Shape.PLAIN or part.asked]
        for key, asks in MEASURES.items()
    }
    by_who: dict[str, list[Part]] = defaultdict(list)
    for some in parts.values():
        for part in some:
            if part.shape is not Shape.PLAIN:
                by_who[part.who].append(part)
    told = {who: _of_parts(some, divided, least) for who, some in by_who.items()}
    sets = {who: frozenset(some[0].asked) for who, some in by_who.items() if not who.startswith(_APART)}
    circles = _of_circles(sets, divided, least)

    def tells(part: Part, split: str, code: Hashable) -> bool:
        known = part.who not in sets or _both_told(circles, part.who, split, code)
        return known and told[part.who].tells(part, split, code)

    found = {key: [_counted(part, divided, tells) for part in some] for key, some in parts.items()}
    # Odense's goal counts some of those of I-08: it is the same figure, told or hidden with it.
    return {**found, "I-30": found["I-08"][1:2]}


def _counted(part: Part, divided: Mapping[Hashable, Divided], tells: Callable[[Part, str, Hashable], bool]) -> Counted:
    if part.shape is Shape.PLAIN:
        return Counted(part, {("", None): Figure(part.plain)})
    columns: dict[tuple[str, Hashable], list[Asked]] = defaultdict(list)
    for key, one in part.asked.items():
        columns["", None].append(one)
        for split, code in divided.get(key, {}).items():
            if code is not None:
                columns[split, code].append(one)
    return Counted(part, {place: _figure(part, asked) for place, asked in columns.items() if tells(part, *place)})


def _figure(part: Part, asked: Sequence[Asked]) -> Figure:
    holding = [one for one in asked if one.holds]
    total, everything = sum(one.much for one in holding), sum(one.much for one in asked)
    value = {
        Shape.SHARE: 100 * len(holding) / len(asked),
        Shape.SUM: total,
        Shape.MEAN: total / len(holding) if holding else 0.0,
        Shape.PORTION: 100 * total / everything if everything else 0.0,
        Shape.RATE: total / part.divisor,
    }[part.shape]
    return Figure(value, len(holding), len(asked))
