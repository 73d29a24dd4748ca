"""What the logs hold, as a selector hands it over to be measured."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from samsvar.instruments.instrument import Said
from samsvar.outcomes.files.table import Person


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course as far as it is counted. `met_on`: when the two first met."""

    number: str
    unknown: bool
    started_on: date
    ended_on: date | None
    end_reason: int | None
    results: Mapping[str, Sequence[int]]
    taken_up: bool
    worker: Hashable
    belongs: bool | None
    handed_over: bool


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt at contact, in Danish time."""

    course: str
    on: datetime
    method: int
    rung: int
    minutes: int
    worker: Hashable


@dataclass(frozen=True, slots=True)
class Asking:
    """One inquiry. `search`: by which round of looking it came, if by one."""

    source: int
    search: Hashable
    kind: str
    course: str
    outcome: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Round:
    """One round of looking."""

    key: Hashable
    kind: str
    place: str
    hours: float
    reviewed: int
    concerns: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """What one quarterly journal says: of what kind of partner, whether they met and agreed, and the hours of both.

    `on`: the quarter's first day; a quarter can have several journals. `partner`: in the words of its form.
    """

    on: date
    partner: Said
    met: bool
    agreed: bool
    hours: float


@dataclass(frozen=True, slots=True)
class Logs:
    """All of it, until a day."""

    day: date
    courses: Sequence[CourseLine] = ()
    tries: Sequence[Try] = ()
    asked: Sequence[Asking] = ()
    rounds: Sequence[Round] = ()
    proposals: Mapping[str, bool] = field(default_factory=dict)
    persons: Sequence[Person] = ()
    quarters: Sequence[Quarter] = ()


def inquiries_of(logs: Logs) -> dict[Hashable, Asking]:
    """The inquiries that were followed up: one circle for all that is asked of inquiries."""
    return {("inquiry", place): one for place, one in enumerate(logs.asked) if one.days is not None}
