"""What the annex volume prints: figures to hold ours against, and the words for what it does not hold (R-004-109).

It holds method and no results. Until the main report is loaded, no figure of ours is shown as Isbryder's (R-004-110).
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from math import fsum
from typing import Any

from samsvar.instruments.instrument import Said
from samsvar.outcomes import DATA

WHOSE = Said(
    "Tallene er regnet ud af jeres egne indberetninger. De er ikke Isbryderprojektets resultater; dem har vi ikke.",
    "The figures are computed from your own reports. They are not the results of Isbryderprojektet.",
)
NO_CAUSE = Said(
    "En ændring kan have andre grunde end indsatsen; grupperne er ikke trukket ved lod.",
    "A change may have other causes than the effort; the groups were not drawn by lot.",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure: its parts, what they add up to, and `of` of them as a share in per cent where it prints one."""

    key: str
    said: Said
    parts: tuple[float, ...]
    total: float | None
    of: float | None
    share: float | None
    source: str

    @property
    def summed(self) -> float:
        """What the parts add up to."""
        return fsum(self.parts)


@dataclass(frozen=True, slots=True)
class Goal:
    """Odense's goal: so many new persons found and out of isolation, and part in the meetings."""

    key: str
    found: int
    source: str

    def reached(self, found: int, isolation_broken: int, takes_part: bool) -> bool:
        """Whether it is reached: each of the persons found counts once isolation is broken too."""
        return min(found, isolation_broken) >= self.found and takes_part


def percent(part: float, whole: float) -> float | None:
    """A share in per cent with one decimal; None of nothing."""
    return None if not whole else round(100 * part / whole, 1)


def places(whole: int, half: int) -> float:
    """Enrolments as places: a half one is half a place."""
    return whole + half / 2


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((DATA / "figures-004.toml").read_text(encoding="utf-8"))


@cache
def figures() -> dict[str, Figure]:
    """The printed figures by their key."""
    return {
        raw["key"]: Figure(
            key=raw["key"],
            said=Said(raw["da"], raw["en"]),
            parts=tuple(raw["parts"]),
            source=raw["source"],
            **{name: raw.get(name) for name in ("total", "of", "share")},
        )
        for raw in _data()["figures"]
    }


def goal() -> Goal:
    """Odense's goal (N-14)."""
    return Goal(**_data()["goal"])


@cache
def undecided() -> dict[str, Said]:
    """What the annex leaves open (004, chapter 14) of the figures, and what was chosen; the settings say the same."""
    return {raw["key"]: Said(raw["da"], raw["en"]) for raw in _data()["undecided"]}
