"""Limits as a pack of dated data, and the clocks that run by them: begun, heard of in time, run out.

What is under way keeps its limit's key and when it began, never the day on which it runs out. So a changed pack changes
every open clock by the rule that stands beside the change, and nobody goes through the rows.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from samsvar.calendar.deadlines import Deadline, Unit, add_months, due
from samsvar.calendar.words import language

DATA = Path(__file__).parent / "data" / "limits-2014.toml"
DENMARK = ZoneInfo("Europe/Copenhagen")
FOLLOW, KEEP = "follow", "keep"


@dataclass(frozen=True, slots=True)
class Limit:
    """One version of a limit: a length, how long before it runs out one hears of it, and what open clocks do."""

    length: Deadline
    warn_days: int = 0
    # Of a limit in hours alone, where a day is the whole of it.
    warn_hours: int = 0
    age: bool = False
    open_items: str = FOLLOW

    def __post_init__(self) -> None:
        """Refuse a limit that warns of nothing, or says nothing of what is under way."""
        if self.open_items not in (FOLLOW, KEEP) or self.warn_days < 0:
            raise ValueError(f"The limit {self.length.key} does not say what becomes of what is open.")
        if self.warn_hours < 0 or (self.warn_hours and (self.warn_days or self.length.unit is not Unit.HOURS)):
            raise ValueError(f"The limit {self.length.key} warns by hours and is not counted in them.")
        if self.age and self.length.unit is not Unit.MONTHS:
            raise ValueError(f"The age {self.length.key} is counted in months.")

    def words(self, lang: str | None = "da") -> str:
        """How long it is: "24 timer", "14 dage"; an age as "16½ år"."""
        if not self.age:
            return self.length.length(lang)
        years, months = divmod(self.length.value, 12)
        half = {0: "", 6: "½"}.get(months)
        number = f"{years}{half}" if half is not None else f"{years} + {months}/12"
        return f"{number} {'years' if language(lang) == 'en' else 'år'}"


class Stage(StrEnum):
    """How far a clock has come."""

    RUNS = "runs"
    WARNS = "warns"
    OUT = "out"


_ORDER = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Clock:
    """One open clock: by which version it is counted, when it warns, and when it runs out.

    Of a plain date, `warns_at` and `out_at` are the first moment of the day on which one hears of it, and the first
    moment after the last day.
    """

    limit: Limit
    started: date
    due: date
    warns_at: datetime
    out_at: datetime

    def stage(self, now: datetime) -> Stage:
        """Where it stands. At the very moment it runs out, it is out."""
        if now >= self.out_at:
            return Stage.OUT
        return Stage.WARNS if now >= self.warns_at else Stage.RUNS

    def to_say(self, now: datetime, said: Stage = Stage.RUNS) -> Stage | None:
        """What is to be said now that has not been said: once each, and only the worst of what came meanwhile.

        A worker that was dead for days finds everything here that it missed, since what was said is kept with the item
        and nothing depends on when somebody looked.
        """
        now_at = self.stage(now)
        return now_at if _ORDER.index(now_at) > _ORDER.index(said) else None


@dataclass(frozen=True)
class Limits:
    """The limits of an installation: of each key its versions, the oldest first."""

    pack: str
    versions: Mapping[str, tuple[Limit, ...]]

    def counted_by(self, key: str, started: date, on: date) -> Limit:
        """The version that counts what began on `started`, as things stand `on`. Raises LookupError.

        The one in force when it began, or after that the newest in force that what is open follows. A limit that is
        abolished still counts what began under it.
        """
        known = self.versions.get(key, ())
        began = [one for one in known if one.length.in_force(started)]
        # What began before the pack did is counted by its first version.
        found = began[-1] if began else known[0] if known and started < known[0].length.in_force_from else None
        if found is None:
            raise LookupError(f"No limit {key!r} is in force on {started.isoformat()}.")
        for one in known[known.index(found) + 1 :]:
            if one.length.in_force_from <= on and one.open_items == FOLLOW:
                found = one
        return found

    def clock(self, key: str, started: date, on: date) -> Clock:
        """The clock of what began at a day or a moment, as it is counted `on` that day. Raises LookupError.

        A shorter limit that what is open follows is never run out before it came into force.
        """
        began = _danish_day(started)
        limit = self.counted_by(key, began, on)
        last = due(limit.length, started)
        first = self.versions[key][0]
        if limit is not first and began < limit.length.in_force_from > _danish_day(last):
            last = _same_hour(limit.length.in_force_from, last)
        return clock_at(limit, started, last)


def clock_at(limit: Limit, started: date, last: date) -> Clock:
    """A clock that runs out on a day, or at a moment, that is settled already."""
    if isinstance(last, datetime):
        out_at = last
        warned = _same_hour(_danish_day(last) - timedelta(days=limit.warn_days), last)
        warns_at = warned if limit.warn_days and isinstance(warned, datetime) else last
        if limit.warn_hours:
            warns_at = _moment(last) - timedelta(hours=limit.warn_hours)
    else:
        out_at = _midnight(last + timedelta(days=1))
        warns_at = _midnight(last - timedelta(days=limit.warn_days))
    began = started if isinstance(started, datetime) else _midnight(started)
    return Clock(limit, started, last, max(_moment(warns_at), _moment(began)), _moment(out_at))


def birthday(born_on: date, age: Limit) -> date:
    """The day on which somebody reaches an age."""
    return add_months(born_on, age.length.value)


def _danish_day(when: date) -> date:
    if not isinstance(when, datetime):
        return when
    return when.astimezone(DENMARK).date() if when.tzinfo else when.date()


def _moment(when: datetime) -> datetime:
    return when.astimezone(UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), DENMARK)


def _same_hour(day: date, like: date) -> date:
    """This day, at the hour of the other where that is a moment."""
    if not isinstance(like, datetime):
        return day
    hour = like.astimezone(DENMARK).time() if like.tzinfo else like.time()
    return datetime.combine(day, hour, DENMARK)


def _limit(raw: Mapping[str, Any]) -> Limit:
    own = {name: raw[name] for name in ("warn_days", "warn_hours", "age", "open_items") if name in raw}
    rest = {name: value for name, value in raw.items() if name not in own}
    return Limit(Deadline(**{**rest, "unit": Unit(raw["unit"])}), **own)


def limits_of(pack: str, raw: Iterable[Mapping[str, Any]]) -> Limits:
    """A pack from its entries. Raises ValueError for two versions of one limit that hold at once."""
    versions: dict[str, list[Limit]] = {}
    for one in map(_limit, raw):
        versions.setdefault(one.length.key, []).append(one)
    for key, known in versions.items():
        known.sort(key=lambda one: one.length.in_force_from)
        for before, after in pairwise(known):
            if before.length.in_force_to is None or before.length.in_force_to >= after.length.in_force_from:
                raise ValueError(f"Two versions of the limit {key} hold at once.")
    return Limits(pack, {key: tuple(known) for key, known in versions.items()})


@cache
def limits(path: str = "") -> Limits:
    """The limits of this file, else those that come with the product. Raises ValueError for one that has a hole."""
    raw = tomllib.loads((Path(path) if path else DATA).read_text(encoding="utf-8"))
    try:
        return limits_of(str(raw["pack"]), raw["limits"])
    except (KeyError, TypeError) as wrong:
        raise ValueError(f"The limits cannot be read: {wrong}") from wrong
