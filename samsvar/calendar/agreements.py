"""Agreements as data: at this event, that task, by whom and within how long (R-004-122, R-002-94, R-003-122).

A rule sets a date on somebody's own side. It moves no information: what others are told rests on the citizen's yes.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from samsvar.calendar.deadlines import Deadline, Unit, due
from samsvar.calendar.words import language

DATA = Path(__file__).parent / "data" / "agreements.toml"
TELLER = "teller"
# Kept beside what was done, and part of its address.
LONGEST_KEY = 24
STATUSES = ("verified", "unverified")


@dataclass(frozen=True, slots=True)
class Rule:
    """One task that an event brings. `parts` are all to be done, of `choice` one; without either it is one tick."""

    key: str
    events: tuple[str, ...]
    who: str
    what_da: str
    what_en: str
    source_da: str
    source_en: str
    of: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    value: int | None = None
    unit: str = Unit.CALENDAR_DAYS
    parts: tuple[str, ...] = ()
    choice: tuple[str, ...] = ()
    named: bool = False
    contact: str = ""
    reaches: str = ""
    before_new: int = 0
    before_known: int = 0
    long_stay: bool = False
    again: bool = False
    until: tuple[str, ...] = ()
    status: str = "unverified"
    in_force_from: date = date.min
    in_force_to: date | None = None

    def __post_init__(self) -> None:
        """Refuse a rule that cannot be kept, or that rests on nothing."""
        if not self.events or not self.who:
            raise ValueError(f"The rule {self.key} says not when, or not who.")
        if not (self.source_da.strip() and self.source_en.strip()) or self.status not in STATUSES:
            raise ValueError(f"The rule {self.key} has no source.")
        if self.parts and self.choice:
            raise ValueError(f"The rule {self.key} wants all and one.")
        if self.unit not in list(Unit) or len(self.key) > LONGEST_KEY or not re.fullmatch(r"[-\w]+", self.key):
            raise ValueError(f"The rule {self.key} counts in what is no unit, or has no key that an address takes.")
        if self.again and self.value is None:
            raise ValueError(f"The rule {self.key} comes again and never.")

    def what(self, lang: str | None = "da") -> str:
        """The task in words."""
        return self.what_en if language(lang) == "en" else self.what_da

    def source(self, lang: str | None = "da") -> str:
        """The agreement behind it."""
        return self.source_en if language(lang) == "en" else self.source_da

    @property
    def answers(self) -> tuple[str, ...]:
        """What can be written down about it; one empty answer where it is only ticked."""
        return self.parts or self.choice or ("",)

    def in_force(self, on: date) -> bool:
        """Whether it applies on the date (both ends included)."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)

    def due(self, happened_at: datetime, times: int = 0) -> datetime | None:
        """When it must be done at the latest; `times` it was done already, of what comes again."""
        if self.before_new:
            return happened_at - timedelta(days=self.before_new)
        if self.value is None:
            return None
        counted = Deadline(
            key=self.key,
            value=self.value * (times + 1),
            unit=Unit(self.unit),
            source_da=self.source_da,
            source_en=self.source_en,
        )
        return due(counted, happened_at)


@dataclass(frozen=True, slots=True)
class LeastHours:
    """From how many hours a week somebody can be tovholder in a way that makes sense (R-003-76)."""

    value: int
    source_da: str
    source_en: str
    status: str
    in_force_from: date

    def __post_init__(self) -> None:
        """Refuse a number that rests on nothing."""
        if self.value < 1 or not (self.source_da.strip() and self.source_en.strip()) or self.status not in STATUSES:
            raise ValueError("The number of least weekly hours has no source.")

    def source(self, lang: str | None = "da") -> str:
        """Who says so."""
        return self.source_en if language(lang) == "en" else self.source_da


@dataclass(frozen=True, slots=True)
class Agreements:
    """The rules of an installation, when admissions are looked at together, and a tovholder's least hours."""

    rules: tuple[Rule, ...]
    repeated_admissions: int
    repeated_months: int
    least_hours: LeastHours

    def at(self, event: str, kind: str, authority: str, on: date) -> list[Rule]:
        """The rules that this event sets off when this authority, of this kind, tells of it."""
        return [
            one
            for one in self.rules
            if event in one.events
            and one.in_force(on)
            and (not one.of or kind in one.of)
            and (not one.only or authority in one.only)
        ]


def _rule(raw: dict[str, Any]) -> Rule:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
    return Rule(**values)


def _of_the_product() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def agreements(path: str = "") -> Agreements:
    """The agreements of this file, else those that come with the product. Raises ValueError for one that has a hole."""
    raw = tomllib.loads((Path(path) if path else DATA).read_text(encoding="utf-8"))
    try:
        rules = tuple(_rule(one) for one in raw["rules"])
        repeated, months = int(raw["repeated"]["admissions"]), int(raw["repeated"]["months"])
        # A file of an installation that says nothing of it has what comes with the product.
        least = LeastHours(**(raw.get("least_weekly_hours") or _of_the_product()["least_weekly_hours"]))
    except (KeyError, TypeError) as wrong:
        raise ValueError(f"The agreements cannot be read: {wrong}") from wrong
    if len({one.key for one in rules}) != len(rules):
        raise ValueError("Two rules have the same key.")
    return Agreements(rules, repeated, months, least)
