"""Deadlines as dated data with their source, and the moment they run out."""

import math
import tomllib
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
        return count(self.value, "hour" if self.unit is Unit.HOURS else "day", code)

    def in_force(self, on: date) -> bool:
        """Whether it applies on the date (both ends included)."""
        on = on.date() if isinstance(on, datetime) else on
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


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
    if deadline.unit is Unit.WORKING_DAYS:
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
