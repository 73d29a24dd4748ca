"""What an indicator consists of, and what each part of it comes to."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from samsvar.instruments.instrument import Said


class Shape(StrEnum):
    """How a part is told."""

    SHARE = "share"
    SUM = "sum"
    MEAN = "mean"
    # What is added up, of all that there is of it.
    PORTION = "portion"
    # Added up, and divided by something that is no citizen.
    RATE = "rate"
    # No citizens: rounds, areas, hours.
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Asked:
    """One citizen (or inquiry) that a part asks about: whether it holds, and how much."""

    holds: bool = True
    much: float = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """One line of an indicator. Parts of one `who` ask about the same citizens; `asked` holds them by their key."""

    said: Said
    shape: Shape
    who: str
    asked: Mapping[Hashable, Asked] = field(default_factory=dict)
    divisor: float = 1.0
    plain: float = 0.0
    places: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """What may be told of one part in one column; no value where nothing may. `few`: a share of few says little."""

    value: float | None
    number: int | None = None
    of: int | None = None


HIDDEN = Figure(None)
# A citizen's code in each division.
Divided = Mapping[str, Hashable | None]


@dataclass(frozen=True, slots=True)
class Counted:
    """A part with a figure for everybody and for each code of each division."""

    part: Part
    figures: Mapping[tuple[str, Hashable], Figure]

    def of(self, split: str = "", code: Hashable = None) -> Figure:
        """The figure of one column; of everybody unless told."""
        return self.figures.get((split, code), HIDDEN)

    def without_citizens(self) -> "Counted":
        """The same figures, and nothing left of those who were asked about."""
        return replace(self, part=replace(self.part, asked={}))
