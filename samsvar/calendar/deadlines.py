"""Deadlines as dated data with their source, and the moment they run out."""

import math
import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, overload

from samsvar.calendar.days import OFFICE_CLOSED, MonthDay, add_working_days, next_working_day
from samsvar.calendar.words import count, language

DATA = Path(__file__).parent / "data" / "deadlines.toml"


class Unit(StrEnum):
    """What a deadline is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Deadline:
    """How long something may take, by which source, and when that holds.

    `rolls`: a last day on which offices are closed moves to the next working day (calendar days only).
    """

    key: str
    value: int
    unit: Unit
    source_da: str
    source_en: str
    label_da: str = ""
    label_en: str = ""
    in_force_from: date = date.min
    in_force_to: date | None = None
    rolls: bool = False
    status: str = "unverified"

    def __post_init__(self) -> None:
        """Refuse a deadline that has run out before it begins, or that rests on nothing."""
        if self.value < 0:
            raise ValueError(f"The deadline {self.key} is negative.")
        if not (self.source_da.strip() and self.source_en.strip()):
            raise ValueError(f"The deadline {self.key} has no source.")

    def label(self, lang: str | None = "da") -> str:
        """What the deadline is for."""
        return self.label_en if language(lang) == "en" else self.label_da

    def source(self, lang: str | None = "da") -> str:
        """The law or agreement behind it."""
        return self.source_en if language(lang) == "en" else self.source_da

    def length(self, lang: str | None = "da") -> str:
        """How long it is, in words: "7 arbejdsdage", "72 timer"."""
        code = language(lang)
        if self.unit is Unit.WORKING_DAYS:
            singular, plural = ("working day", "working days") if code == "en" else ("arbejdsdag", "arbejdsdage")
            return f"{self.value} {singular if self.value == 1 else plural}"
        one = {Unit.HOURS: "hour", Unit.MONTHS: "month"}.get(self.unit, "day")
        if self.unit is Unit.MONTHS and self.value >= 24 and self.value % 12 == 0:
            return count(self.value // 12, "year", code)
        return count(self.value, one, code)

    def in_force(self, on: date) -> bool:
        """Whether it applies on the date (both ends included)."""
        on = on.date() if isinstance(on, datetime) else on
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later; the last of the month where it has no such day.

    Who is born on 29 February turns 18 on 28 February: nothing comes too late.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("date value out of range")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@overload
def due(deadline: Deadline, start: datetime, closed: frozenset[MonthDay] = ...) -> datetime: ...
@overload
def due(deadline: Deadline, start: date, closed: frozenset[MonthDay] = ...) -> date: ...
def due(deadline: Deadline, start: date, closed: frozenset[MonthDay] = OFFICE_CLOSED) -> date:
    """The last day, or for a datetime the last moment, of a deadline that began at `start`.

    The day it begins does not count. A point in time keeps its time of day when days are counted; hours are real hours,
    also across the change to summer time. Hours from a plain date are rounded up to whole days, to nobody's loss.
    Raises OverflowError beyond the year 9999.
    """
    if deadline.unit is Unit.HOURS:
        if not isinstance(start, datetime):
            return start + timedelta(days=math.ceil(deadline.value / 24))
        later = timedelta(hours=deadline.value)
        return start + later if start.tzinfo is None else (start.astimezone(UTC) + later).astimezone(start.tzinfo)
    first = start.date() if isinstance(start, datetime) else start
    if deadline.unit is Unit.MONTHS:
        last = add_months(first, deadline.value)
    elif deadline.unit is Unit.WORKING_DAYS:
        last = add_working_days(first, deadline.value, closed)
    else:
        last = first + timedelta(days=deadline.value)
        last = next_working_day(last, closed) if deadline.rolls else last
    return datetime.combine(last, start.timetz()) if isinstance(start, datetime) else last


def _deadline(raw: dict[str, Any]) -> Deadline:
    return Deadline(**{**raw, "unit": Unit(raw["unit"])})


@cache
def deadlines() -> tuple[Deadline, ...]:
    """The deadlines that come with the product."""
    return tuple(_deadline(raw) for raw in tomllib.loads(DATA.read_text(encoding="utf-8"))["deadlines"])


def deadline(key: str, on: date) -> Deadline:
    """The deadline with this key that is in force on the date; raises LookupError when there is none."""
    for one in deadlines():
        if one.key == key and one.in_force(on):
            return one
    raise LookupError(f"No deadline {key!r} is in force on {on.isoformat()}.")
