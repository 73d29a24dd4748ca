"""Who may send what to whom: the route matrix of 002 section 1.14 as dated data, and one question to it.

A pair that the matrix does not list has no known way; nothing is guessed.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from samsvar.directory.kinds import UnitKind
from samsvar.law.kinds import Labelled, is_english

DATA = Path(__file__).parent / "data" / "routes-2014.toml"
# Who has only children, and only adults, so that a leg of the way there says nothing of the others.
_AGES = {UnitKind.BUK: "child", UnitKind.DISTRICT: "adult", UnitKind.ADULT_PSYCHIATRY: "adult"}
# Written in the data where anybody may send.
ANYBODY = "*"


class RouteError(ValueError):
    """The data cannot be used; the message says which row and why."""


class State(StrEnum):
    """What the matrix says of a way."""

    ALLOWED = "allowed"
    ONLY_VIA = "only_via"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"


class ConsentRule(Labelled):
    """Whether the citizen must have said yes before something is sent this way."""

    NEEDED = "needed", "Borgeren skal have sagt ja.", "The citizen must have said yes."
    NOT_NEEDED = "not_needed", "Kræver ikke samtykke.", "Needs no consent."
    UNSAID = (
        "unsaid",
        "Kilden siger ikke noget om samtykke. Spørg borgeren.",
        "The source says nothing about consent. Ask the citizen.",
    )


@dataclass(frozen=True, slots=True)
class Way:
    """One row of the matrix: from any of these to any of those, by this means, on this condition."""

    key: str
    senders: frozenset[str]
    receivers: frozenset[UnitKind]
    state: State
    consent: ConsentRule
    lines: str
    who_da: str = ""
    who_en: str = ""
    means_da: str = ""
    means_en: str = ""
    when_da: str = ""
    when_en: str = ""
    why_da: str = ""
    why_en: str = ""
    # Of whom it speaks, "child" or "adult", where a pair has one row for each.
    about: str = ""
    # By which stations it must go, in their order, when it may not go straight.
    via: tuple[UnitKind, ...] = ()

    def who(self, lang: str | None = "da") -> str:
        """Who may send, in words."""
        return self.who_en if is_english(lang) else self.who_da

    def means(self, lang: str | None = "da") -> str:
        """What is sent."""
        return self.means_en if is_english(lang) else self.means_da

    def when(self, lang: str | None = "da") -> str:
        """The gate or condition; empty when there is none."""
        return self.when_en if is_english(lang) else self.when_da

    def why(self, lang: str | None = "da") -> str:
        """Why it may not go straight."""
        return self.why_en if is_english(lang) else self.why_da


@dataclass(frozen=True, slots=True)
class Step:
    """One leg of the way round: from one station to the next, with the rows that allow it."""

    sender: UnitKind
    receiver: UnitKind
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How one comes from one unit to another.

    `ways` are the rows that say so. Where it may not go straight, `stations` are the right way's and `steps` its legs;
    a leg without rows is one that the matrix does not list (as a citizen's own visit to the doctor).
    """

    sender: UnitKind
    receiver: UnitKind
    state: State
    ways: tuple[Way, ...] = ()
    stations: tuple[UnitKind, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def is_shut(self) -> bool:
        """Whether it may not go straight: whatever sends something asks here first (R-002-52)."""
        return self.state in {State.FORBIDDEN, State.ONLY_VIA}


@dataclass(frozen=True, slots=True)
class Matrix:
    """All rows, with the day they are from and whether anybody has compared them with what holds now."""

    id: str
    source_da: str
    source_en: str
    in_force_from: date
    status: str
    ways: tuple[Way, ...]

    def source(self, lang: str | None = "da") -> str:
        """Where the rows are from."""
        return self.source_en if is_english(lang) else self.source_da


def _way(raw: dict[str, Any]) -> Way:
    given = dict(raw)
    try:
        senders = frozenset(one if one == ANYBODY else UnitKind(one).value for one in given.pop("from"))
        way = Way(
            senders=senders,
            receivers=frozenset(map(UnitKind, given.pop("to"))),
            state=State(given.pop("state", "allowed")),
            consent=ConsentRule(given.pop("consent", "unsaid")),
            via=tuple(map(UnitKind, given.pop("via", ()))),
            **given,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RouteError(f"{raw.get('key', '?')}: {error}") from error
    if not way.lines or (way.state is State.ALLOWED and not (way.means_da and way.means_en)):
        raise RouteError(f"{way.key}: no source or no means")
    if (way.state in {State.FORBIDDEN, State.ONLY_VIA}) != bool(way.via and way.why_da and way.why_en):
        raise RouteError(f"{way.key}: a way that may not go straight says why, and by which stations it goes")
    if way.state is State.UNKNOWN:
        raise RouteError(f"{way.key}: what nobody knows has no row")
    return way


@cache
def matrix() -> Matrix:
    """The matrix that comes with the product. Raises RouteError when a row has a hole."""
    raw = tomllib.loads(DATA.read_text(encoding="utf-8"))
    ways = tuple(map(_way, raw.pop("ways")))
    if len({way.key for way in ways}) != len(ways):
        raise RouteError("two rows have the same key")
    return Matrix(ways=ways, **raw)


def _straight(sender: UnitKind, receiver: UnitKind) -> tuple[Way, ...]:
    """The rows of a pair; what anybody may send, every kind but the receiver's own may send too."""
    if sender is receiver:
        return ()
    return tuple(
        way for way in matrix().ways if receiver in way.receivers and (sender in way.senders or ANYBODY in way.senders)
    )


def _is_about(way: Way, receiver: UnitKind) -> bool:
    return not way.about or way.about == _AGES.get(receiver, way.about)


def find_way(sender: UnitKind, receiver: UnitKind) -> Answer:
    """How one comes from `sender` to `receiver`: straight, round by others, not at all, or nobody has said."""
    ways = _straight(sender, receiver)
    allowed = tuple(way for way in ways if way.state is State.ALLOWED)
    if allowed:
        return Answer(sender, receiver, State.ALLOWED, allowed)
    if not ways:
        return Answer(sender, receiver, State.UNKNOWN)
    stop = ways[0]
    stations = (sender, *stop.via, receiver)
    steps = tuple(
        Step(
            one,
            other,
            tuple(way for way in _straight(one, other) if way.state is State.ALLOWED and _is_about(way, receiver)),
        )
        for one, other in pairwise(stations)
    )
    return Answer(sender, receiver, stop.state, ways, stations, steps)
