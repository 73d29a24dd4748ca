"""The rhythm in which a group meets: "3. onsdag i måneden", every second month, weekly, or on need (R-001-6).

A rhythm is a small frozen value. `to_data` and `from_data` turn it into what a JSON column can hold and back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from samsvar.calendar.days import OFFICE_CLOSED, MonthDay, closed_because, is_working_day, next_working_day, nth_weekday
from samsvar.calendar.words import WEEKDAYS, language

# A meeting moved off closed days crosses at most Christmas or Easter with a weekend at each end.
_LONGEST_CLOSED = timedelta(days=14)
_DANISH_NUMERALS = {2: "anden", 3: "tredje", 4: "fjerde", 5: "femte", 6: "sjette"}
_ENGLISH_NUMERALS = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 5: "5th"}


class IfClosed(StrEnum):
    """What happens to a date on which offices are closed."""

    NEXT = "next"
    SKIP = "skip"
    KEEP = "keep"


def _whole(value: int, low: int, high: int, what: str) -> None:
    if not low <= value <= high:
        raise ValueError(f"{what} must be between {low} and {high}, not {value}.")


def _every(every: int, unit_da: str, unit_en: str, lang: str) -> str:
    """ "hver måned", "hver anden måned", "hver 9. måned"."""
    if every == 1:
        return f"every {unit_en}" if lang == "en" else f"hver {unit_da}"
    if lang == "en":
        return f"every second {unit_en}" if every == 2 else f"every {every} {unit_en}s"
    return f"hver {_DANISH_NUMERALS.get(every, f'{every}.')} {unit_da}"


def _months(start: date, end: date, every: int, first_month: int) -> Iterator[tuple[int, int]]:
    """Year and month of each month of the rhythm that touches the span."""
    for number in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        if (number - (first_month - 1)) % every == 0:
            yield number // 12, number % 12 + 1


@dataclass(frozen=True, slots=True)
class OnNeed:
    """No fixed dates: small places meet when there is a case."""

    kind: ClassVar[str] = "on_need"

    def label(self, lang: str | None = "da") -> str:
        """The rhythm in words."""
        return "when needed" if language(lang) == "en" else "efter behov"

    def days(self, start: date, end: date) -> Iterator[date]:
        """Never any."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Weekly:
    """A weekday (Monday is 0), every week or every n-th, counted from the week of `first`."""

    kind: ClassVar[str] = "weekly"
    weekday: int
    every: int = 1
    first: date = date(2024, 1, 1)

    def __post_init__(self) -> None:
        """Refuse a weekday or a distance that does not exist."""
        _whole(self.weekday, 0, 6, "The weekday")
        _whole(self.every, 1, 52, "The number of weeks")

    def label(self, lang: str | None = "da") -> str:
        """The rhythm in words."""
        code = language(lang)
        name = WEEKDAYS[code][self.weekday]
        if code == "en" and self.every > 2:
            return f"{name}, every {self.every} weeks"
        if code == "da" and self.every > 2:
            return f"{name}, {_every(self.every, 'uge', 'week', code)}"
        return _every(self.every, name, name, code)

    def days(self, start: date, end: date) -> Iterator[date]:
        """The dates of the rhythm in the span, closed days included."""
        monday = self.first - timedelta(days=self.first.weekday())
        anchor = monday + timedelta(days=self.weekday)
        step = 7 * self.every
        offset = (anchor - start).days % step
        for late in range(offset, (end - start).days + 1, step):
            yield start + timedelta(days=late)


@dataclass(frozen=True, slots=True)
class MonthlyWeekday:
    """The n-th weekday of a month (n = -1: the last), every month or every n-th, one of which is `first_month`."""

    kind: ClassVar[str] = "monthly_weekday"
    weekday: int
    nth: int
    every: int = 1
    first_month: int = 1

    def __post_init__(self) -> None:
        """Refuse a weekday, a place in the month or a distance that does not exist."""
        _whole(self.weekday, 0, 6, "The weekday")
        if self.nth != -1:
            _whole(self.nth, 1, 5, "The place in the month")
        _whole(self.every, 1, 12, "The number of months")
        _whole(self.first_month, 1, 12, "The first month")

    def label(self, lang: str | None = "da") -> str:
        """The rhythm in words."""
        code = language(lang)
        name = WEEKDAYS[code][self.weekday]
        if code == "en":
            place = "last" if self.nth == -1 else _ENGLISH_NUMERALS[self.nth]
            return f"{place} {name} of {_every(self.every, '', 'month', code)}"
        place = "sidste" if self.nth == -1 else f"{self.nth}."
        return f"{place} {name} {'i måneden' if self.every == 1 else _every(self.every, 'måned', '', code)}"

    def days(self, start: date, end: date) -> Iterator[date]:
        """The dates of the rhythm in the span, closed days included; a month without a fifth has none."""
        for year, month in _months(start, end, self.every, self.first_month):
            found = nth_weekday(year, month, self.weekday, self.nth)
            if found is not None and start <= found <= end:
                yield found


@dataclass(frozen=True, slots=True)
class Monthly:
    """A date in the month, every month or every n-th, one of which is `first_month`; the last day in short months."""

    kind: ClassVar[str] = "monthly"
    day: int = 1
    every: int = 1
    first_month: int = 1

    def __post_init__(self) -> None:
        """Refuse a day or a distance that does not exist."""
        _whole(self.day, 1, 31, "The day of the month")
        _whole(self.every, 1, 12, "The number of months")
        _whole(self.first_month, 1, 12, "The first month")

    def label(self, lang: str | None = "da") -> str:
        """The rhythm in words."""
        code = language(lang)
        if code == "en":
            return f"{_every(self.every, '', 'month', code)}, on day {self.day}"
        return f"{_every(self.every, 'måned', '', code)}, den {self.day}."

    def days(self, start: date, end: date) -> Iterator[date]:
        """The dates of the rhythm in the span, closed days included."""
        for year, month in _months(start, end, self.every, self.first_month):
            found = _clamped(year, month, self.day)
            if start <= found <= end:
                yield found


def _clamped(year: int, month: int, day: int) -> date:
    for candidate in range(day, 28, -1):
        try:
            return date(year, month, candidate)
        except ValueError:
            continue
    return date(year, month, min(day, 28))


Rhythm = OnNeed | Weekly | MonthlyWeekday | Monthly
_KINDS: dict[str, type[Rhythm]] = {rule.kind: rule for rule in (OnNeed, Weekly, MonthlyWeekday, Monthly)}


def occurrences(
    rule: Rhythm,
    start: date,
    end: date,
    if_closed: IfClosed = IfClosed.NEXT,
    closed: frozenset[MonthDay] = OFFICE_CLOSED,
) -> list[date]:
    """The meeting days from `start` to `end`, both included, in order and without doubles; empty when `end` is earlier.

    A date on which offices are closed moves to the next working day, falls out or stays, as `if_closed` says.
    """
    if end < start:
        return []
    if if_closed is IfClosed.KEEP:
        return list(rule.days(start, end))
    if if_closed is IfClosed.SKIP:
        return [found for found in rule.days(start, end) if is_working_day(found, closed)]
    # A date before the span may move into it.
    early = start - min(_LONGEST_CLOSED, start - date.min)
    moved = {next_working_day(found, closed) for found in rule.days(early, end)}
    return sorted(found for found in moved if start <= found <= end)


@dataclass(frozen=True, slots=True)
class RuleDay:
    """One day of a rule, and what becomes of it: `meets_on` is None where it falls out, `closed` why offices are."""

    day: date
    meets_on: date | None
    closed: str

    @property
    def moved(self) -> bool:
        """Whether they meet on another day than the rule's."""
        return self.meets_on not in (None, self.day)


def first_days(
    rule: Rhythm,
    start: date,
    end: date,
    most: int,
    if_closed: IfClosed = IfClosed.NEXT,
    lang: str | None = "da",
) -> list[RuleDay]:
    """The first `most` meeting days of `occurrences`, with what a holiday did to them and those that fall out between.

    A rule of which every day falls out gives some of these and stops.
    """
    found: list[RuleDay] = []
    met: set[date] = set()
    if end < start:
        return found
    for day in rule.days(start - min(_LONGEST_CLOSED, start - date.min), end):
        why = closed_because(day, lang)
        meets_on = _meets_on(day, if_closed) if why else day
        if (meets_on or day) < start or (meets_on or day) > end or meets_on in met:
            continue
        found.append(RuleDay(day, meets_on, why))
        if meets_on:
            met.add(meets_on)
        if len(met) == most or len(found) == 3 * most:
            break
    return found


def _meets_on(day: date, if_closed: IfClosed) -> date | None:
    if if_closed is IfClosed.SKIP:
        return None
    return day if if_closed is IfClosed.KEEP else next_working_day(day)


def to_data(rule: Rhythm) -> dict[str, Any]:
    """The rhythm as plain data for a JSON column."""
    data = asdict(rule)
    if "first" in data:
        data["first"] = data["first"].isoformat()
    return {"kind": rule.kind, **data}


def from_data(data: Mapping[str, Any]) -> Rhythm:
    """The rhythm that `to_data` wrote; raises ValueError for data that is no rhythm."""
    fields = dict(data)
    kind = _KINDS.get(fields.pop("kind", ""))
    if kind is None:
        raise ValueError("This is no rhythm that groups can meet in.")
    try:
        if "first" in fields:
            fields["first"] = date.fromisoformat(fields["first"])
        return kind(**fields)
    except TypeError as error:
        raise ValueError(f"The rhythm cannot be read: {error}") from error
