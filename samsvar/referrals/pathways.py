"""A citizen's way in a unit as data: the steps, the clocks that run, and what is asked (002 chapters 1 and 10.2)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from samsvar.calendar.clocks import Clock, Stage, limits
from samsvar.directory.kinds import Step, UnitKind
from samsvar.directory.models import DirectoryEntry
from samsvar.law.kinds import is_english
from samsvar.referrals.transitions import in_use

DATA = Path(__file__).parent / "data" / "pathways-2014.toml"
OPENED, HAND = "opened", "hand"
# Not a limit: the day on which somebody looks again at what rests, which is its own length.
RESTS = "rests"
# What a question can be needed for.
DISPENSING = "dispensing"
# Where a way has come once it is granted.
GRANTED = (Step.DELIVER, Step.EVALUATE)


class PathwayDataError(ValueError):
    """The data cannot be used; the message says which line and why."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A clock that runs on a way: which limit, in which kinds of units, from when."""

    key: str
    of: frozenset[str]
    begins: str
    again: bool = False
    begun_da: str = ""
    begun_en: str = ""

    @property
    def label(self) -> str:
        """What is to have happened, in the reader's language."""
        return in_use().versions[self.key][0].length.label(get_language())

    @property
    def begun(self) -> str:
        """What one presses when it begins by hand."""
        return self.begun_en if is_english(get_language()) else self.begun_da

    def clock(self, since: date, on: date) -> Clock | None:
        """The open clock; None when the limits have it no more."""
        try:
            return in_use().clock(self.key, since, max(on, since))
        except LookupError:
            return None


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is asked of everybody on such a way, and answered yes, no or unknown, with a few words."""

    key: str
    da: str
    en: str
    words_da: str
    words_en: str
    lines: str
    of: frozenset[str] = frozenset()
    # Asked when this other one was answered with yes.
    after: str = ""
    # What to write next when the answer is yes: the key of a template.
    opens: str = ""
    # The rule of the law pack that it rests on: its number and whether it is checked stand there.
    rule: str = ""
    # What an answer of yes is needed for.
    needed_for: str = ""
    lacks_da: str = ""
    lacks_en: str = ""

    @property
    def label(self) -> str:
        """The question in the reader's language."""
        return self.en if is_english(get_language()) else self.da

    @property
    def words(self) -> str:
        """What the few words are about."""
        return self.words_en if is_english(get_language()) else self.words_da

    @property
    def lacks(self) -> str:
        """What to do when the answer is no."""
        return self.lacks_en if is_english(get_language()) else self.lacks_da

    def asked_in(self, kind: str) -> bool:
        """Whether units of this kind ask it."""
        return not self.of or kind in self.of


@dataclass(frozen=True)
class Ways:
    """All of the data."""

    steps: dict[str, tuple[Step, ...]]
    clocks: tuple[Timed, ...]
    questions: tuple[Question, ...]


def _kinds(raw: dict[str, Any]) -> frozenset[str]:
    return frozenset(UnitKind(one).value for one in raw.pop("of", ()))


@cache
def _ways(path: str, limits_path: str) -> Ways:
    raw = tomllib.loads((Path(path) if path else DATA).read_text(encoding="utf-8"))
    try:
        steps = {kind: tuple(map(Step, one["steps"])) for one in raw["kinds"] for kind in _kinds(dict(one))}
        clocks = tuple(Timed(of=_kinds(one), **one) for one in map(dict, raw["clocks"]))
        questions = tuple(Question(of=_kinds(one), **one) for one in map(dict, raw["questions"]))
    except (KeyError, TypeError, ValueError) as error:
        raise PathwayDataError(str(error)) from error
    known = limits(limits_path).versions
    for clock in clocks:
        if clock.key not in known or clock.begins not in (OPENED, HAND, *Step):
            raise PathwayDataError(f"The clock {clock.key} counts by no limit, or from nothing.")
        if (clock.begins == HAND) != bool(clock.begun_da and clock.begun_en):
            raise PathwayDataError(f"The clock {clock.key} does not say what begins it.")
    keys = {one.key for one in questions}
    if wrong := [one.key for one in questions if (one.after and one.after not in keys) or not (one.da and one.en)]:
        raise PathwayDataError(f"The question {wrong[0]} hangs in the air.")
    return Ways(steps, clocks, questions)


def ways() -> Ways:
    """The ways of this installation. Raises PathwayDataError for one with a hole."""
    return _ways(settings.PATHWAYS_FILE, settings.LIMITS_FILE)


def steps_of(entry: DirectoryEntry) -> tuple[Step, ...]:
    """The steps of a unit's way in their order: its own, else those of its kind, else all five (R-002-16)."""
    if entry.stages:
        return tuple(step for step in Step if step in entry.stages)
    return ways().steps.get(entry.kind, tuple(Step))


def is_gated(entry: DirectoryEntry) -> bool:
    """Whether somebody must grant before help begins (R-002-17)."""
    return Step.GRANT in steps_of(entry)


def ungated_kinds() -> list[str]:
    """The kinds of units in which nobody grants, unless the unit says otherwise."""
    return sorted(kind for kind, steps in ways().steps.items() if Step.GRANT not in steps)


def clock_of(key: str) -> Timed | None:
    """One by its key; None for one that is not there any more."""
    return next((one for one in ways().clocks if one.key == key), None)


def clocks_of(kind: str, begins: str = "") -> list[Timed]:
    """The clocks of a kind of unit, or those of them that begin so."""
    return [one for one in ways().clocks if kind in one.of and begins in ("", one.begins)]


def questions_of(kind: str) -> list[Question]:
    """What units of this kind ask."""
    return [one for one in ways().questions if one.asked_in(kind)]


def to_say(key: str, kept: Mapping[str, Any], now: datetime) -> Stage | None:
    """What is to be said now of a clock that is kept with a way, and has not been said (docs/decisions/0114)."""
    since, said = date.fromisoformat(kept["since"]), Stage(kept["said"])
    if kept["done"]:
        return None
    if key == RESTS:
        return Stage.OUT if timezone.localdate(now) >= since and said is not Stage.OUT else None
    found = clock_of(key)
    clock = found.clock(since, timezone.localdate(now)) if found else None
    return clock.to_say(now, said) if clock else None
