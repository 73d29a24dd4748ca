"""Danish working days.

Public holidays come from the `holidays` library (Store Bededag until 2023, as the law has it). Days on which public
offices are closed without being holidays are a setting, stated here and nowhere else.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays

from samsvar.calendar.words import WEEKDAYS, language

MonthDay = tuple[int, int]

# Grundlovsdag, 24 and 31 December: no public holidays, but nobody answers the telephone. Month, day.
OFFICE_CLOSED: frozenset[MonthDay] = frozenset({(6, 5), (12, 24), (12, 31)})

_CLOSED_NAMES = {
    "da": {(6, 5): "Grundlovsdag", (12, 24): "Juleaftensdag", (12, 31): "Nytårsaftensdag"},
    "en": {(6, 5): "Constitution Day", (12, 24): "Christmas Eve", (12, 31): "New Year's Eve"},
}

_SATURDAY = 5


@lru_cache(maxsize=256)
def public_holidays(year: int, lang: str = "da") -> Mapping[date, str]:
    """The public holidays of a year with their Danish names; known to 2100, after that only weekends count.

    `lang` "en" gives their English names.
    """
    names = "en_US" if lang == "en" else "da"
    return MappingProxyType(dict(sorted(holidays.country_holidays("DK", years=year, language=names).items())))


def _day(when: date) -> date:
    """A datetime is a date to Python, but finds no date in a set."""
    return when.date() if isinstance(when, datetime) else when


def is_working_day(day: date, closed: frozenset[MonthDay] = OFFICE_CLOSED) -> bool:
    """Whether offices are open: no weekend, no public holiday, none of the `closed` (month, day) pairs."""
    day = _day(day)
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year) and (day.month, day.day) not in closed


def closed_because(day: date, lang: str | None = "da", closed: frozenset[MonthDay] = OFFICE_CLOSED) -> str:
    """Why offices are closed on a day: the holiday's name, or the day of the weekend; nothing on a working day."""
    day, code = _day(day), language(lang)
    if is_working_day(day, closed):
        return ""
    own = _CLOSED_NAMES[code].get((day.month, day.day), "") if (day.month, day.day) in closed else ""
    return public_holidays(day.year, code).get(day) or own or WEEKDAYS[code][day.weekday()]


def next_working_day(day: date, closed: frozenset[MonthDay] = OFFICE_CLOSED) -> date:
    """The day itself when it is a working day, else the first one after it."""
    day = _day(day)
    while not is_working_day(day, closed):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, n: int, closed: frozenset[MonthDay] = OFFICE_CLOSED) -> date:
    """The n-th working day after the day; before it when n is negative. The day itself never counts.

    With n = 0 the next working day, the day itself included. Raises OverflowError beyond the years 1 to 9999.
    """
    day = _day(day)
    if n == 0:
        return next_working_day(day, closed)
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day, closed)
    return day


def working_days_between(start: date, end: date, closed: frozenset[MonthDay] = OFFICE_CLOSED) -> int:
    """How many working days lie after `start` up to and including `end`; negative when `end` comes first.

    The counterpart of add_working_days: working_days_between(day, add_working_days(day, n)) is n for every n but 0.
    """
    start, end = _day(start), _day(end)
    if end < start:
        return -sum(is_working_day(end + timedelta(days=i), closed) for i in range((start - end).days))
    return sum(is_working_day(start + timedelta(days=i), closed) for i in range(1, (end - start).days + 1))


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date | None:
    """The n-th weekday of a month (Monday is 0; n from 1 to 5, or -1 for the last); None where a fifth is missing.

    Raises ValueError for a month, weekday or n that does not exist.
    """
    if not 0 <= weekday <= 6:
        raise ValueError(f"Weekday {weekday} is not between 0 (Monday) and 6.")
    if n not in {-1, 1, 2, 3, 4, 5}:
        raise ValueError(f"There is no {n}. weekday in a month.")
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7)
    if n > 0:
        found += timedelta(weeks=n - 1)
        return found if found.month == month else None
    fifth = found + timedelta(weeks=4)
    return fifth if fifth.month == month else found + timedelta(weeks=3)
