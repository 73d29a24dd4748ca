"""Transitions as data: when the work begins, by when it must be decided, who takes over, and what is not forgotten."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from samsvar.calendar.clocks import DENMARK, Limits, Stage, birthday, limits
from samsvar.calendar.deadlines import Unit, add_months
from samsvar.law.kinds import AuthorityKind, is_english
from samsvar.referrals.pack import Said

DATA = Path(__file__).parent / "data" / "transitions-2014.toml"
BIRTH, DAY = "birth", "date"


@dataclass(frozen=True, slots=True)
class Receiver(Said):
    """One of those who can take over, and of which kinds of authorities."""

    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One kind of transition."""

    key: str
    label_da: str
    label_en: str
    of: tuple[str, ...]
    by: str
    source_da: str
    source_en: str
    receivers: tuple[Receiver, ...] = ()
    checks: tuple[Said, ...] = ()
    start: str = ""
    decided: str = ""
    turn: str = ""
    lead: str = ""
    before_turn: str = ""
    within: str = ""
    again: str = ""
    notice_new: str = ""
    notice_known: str = ""
    notice_to: str = ""
    date_da: str = ""
    date_en: str = ""
    move_months: int = 0
    without_case: bool = False
    appointment: bool = False
    past: bool = False
    status: str = "2014, not verified"
    in_force_from: date = date.min

    def __str__(self) -> str:
        return self.label_en if is_english(get_language()) else self.label_da

    @property
    def by_birth(self) -> bool:
        """Whether its days follow from the day of birth."""
        return self.by == BIRTH

    @property
    def source(self) -> str:
        """Where it is from."""
        return self.source_en if is_english(get_language()) else self.source_da

    @property
    def day_words(self) -> str:
        """What the day is, of a transition by a day."""
        return self.date_en if is_english(get_language()) else self.date_da

    def limit_keys(self) -> tuple[str, ...]:
        """The limits that it counts by."""
        keys = (self.start, self.decided, self.turn, self.lead, self.before_turn, self.within, self.again)
        return tuple(key for key in (*keys, self.notice_new, self.notice_known) if key)

    def receiver(self, key: str) -> Receiver | None:
        """One of those who can take over."""
        return next((one for one in self.receivers if one.key == key), None)


@dataclass(frozen=True)
class Days:
    """The days of one transition as they are counted today: the work begins, it is decided, the citizen changes hands.

    `late_from` is the first day on which one is too late without a receiver, or without a new contact.
    """

    starts: date
    late_from: date | None
    turns: date | None
    notices: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """What of a transition its days follow from."""

    rule: Rule
    born_on: date | None
    day: date | None
    moved_to: date | None = None
    last_contact: date | None = None


def days_of(facts: Facts, today: date) -> Days:
    """The days of a transition. Raises LookupError for a limit that the pack has not."""
    known = in_use()
    rule = facts.rule
    if rule.by_birth:
        assert facts.born_on is not None
        return _by_birth(known, facts, facts.born_on, today)
    assert facts.day is not None
    if rule.again:
        since = facts.last_contact or facts.day
        return Days(facts.day, _after(known, rule.again, since, today), None)
    if rule.within:
        return Days(facts.day, _after(known, rule.within, facts.day, today), facts.day)
    day = facts.moved_to or facts.day
    notices = {key: _back(known, key, day, today) for key in (rule.notice_new, rule.notice_known) if key}
    return Days(min([today, *notices.values()]), day, day, notices)


def asks_contact(facts: Facts, today: date) -> bool:
    """Whether a contact is due with one who waits, or will be before one has had time to forget it (AS-33)."""
    since = facts.last_contact or facts.day
    assert since is not None
    return today >= in_use().clock(facts.rule.again, since, max(today, since)).warns_at.astimezone(DENMARK).date()


def waiting_rule(kind: str) -> Rule | None:
    """The transition of such an authority in which one keeps in touch with somebody who waits."""
    return next((one for one in rules_of(kind) if one.again), None)


def _by_birth(known: Limits, facts: Facts, born: date, today: date) -> Days:
    rule = facts.rule

    def age(key: str) -> date:
        return birthday(born, known.counted_by(key, today, today))

    usual = age(rule.turn)
    turns = facts.moved_to or usual
    starts = age(rule.start) if rule.start else _back(known, rule.lead, turns, today)
    if rule.decided:
        # Moved with the turn, but what should have begun has begun.
        late_from = age(rule.decided) + (turns - usual)
    else:
        late_from = _back(known, rule.before_turn, turns, today) if rule.before_turn else turns
    return Days(starts, late_from, turns)


def _after(known: Limits, key: str, since: date, today: date) -> date:
    """The first day after the last one of a limit that began then."""
    last = known.clock(key, since, max(today, since)).due
    return (last.date() if isinstance(last, datetime) else last) + timedelta(days=1)


def _back(known: Limits, key: str, day: date, today: date) -> date:
    """So long before a day as the limit says."""
    length = known.counted_by(key, today, today).length
    if length.unit is Unit.MONTHS:
        return add_months(day, -length.value)
    return day - timedelta(days=length.value)


@cache
def _rules(path: str, limits_path: str) -> tuple[Rule, ...]:
    raw = tomllib.loads((Path(path) if path else DATA).read_text(encoding="utf-8"))
    found = []
    for one in raw["transitions"]:
        rule = Rule(
            **{
                **one,
                "of": tuple(one["of"]),
                "receivers": tuple(Receiver(**{**each, "of": tuple(each["of"])}) for each in one.get("receivers", [])),
                "checks": tuple(Said(**each) for each in one.get("checks", [])),
            }
        )
        kinds = {*rule.of, *(kind for receiver in rule.receivers for kind in receiver.of)}
        if not kinds <= {kind.value for kind in AuthorityKind}:
            raise ValueError(f"The transition {rule.key} names an authority that is none.")
        if missing := [key for key in rule.limit_keys() if key not in limits(limits_path).versions]:
            raise ValueError(f"The transition {rule.key} counts by what is no limit: {missing[0]}.")
        if rule.by_birth != bool(rule.turn) or (rule.by_birth and not (rule.start or rule.lead)):
            raise ValueError(f"The transition {rule.key} does not say when.")
        found.append(rule)
    return tuple(found)


def in_use() -> Limits:
    """The limits of this installation."""
    return limits(settings.LIMITS_FILE)


def answer_out(key: str, began_at: datetime, today: date) -> datetime | None:
    """When a limit that began at this moment is out, by the version that holds today."""
    return _known(key).clock(key, timezone.localtime(began_at), today).out_at


def answer_words(key: str, on: date, lang: str | None) -> str:
    """How long a limit that begins on this day is, in words."""
    return _known(key).counted_by(key, on, on).words(lang)


def warned_before(key: str) -> int:
    """So many hours before a limit of hours is out one hears of it, by its newest version."""
    return _known(key).versions[key][-1].warn_hours


def is_near(key: str, began_at: datetime, now: datetime) -> bool:
    """Whether a limit that began at this moment warns by now, or is out."""
    clock = _known(key).clock(key, timezone.localtime(began_at), timezone.localdate(now))
    return clock.stage(now) is not Stage.RUNS


def _known(key: str) -> Limits:
    # An installation's own pack may be older than a limit of ours.
    return in_use() if key in in_use().versions else limits()


def rules() -> tuple[Rule, ...]:
    """The transitions of this installation. Raises ValueError for one with a hole."""
    return _rules(settings.TRANSITIONS_FILE, settings.LIMITS_FILE)


def rules_of(kind: str) -> list[Rule]:
    """Those that an authority of this kind works with."""
    return [one for one in rules() if kind in one.of]


def rule_of(key: str) -> Rule | None:
    """One by its key; None for one that is not there any more."""
    return next((one for one in rules() if one.key == key), None)
