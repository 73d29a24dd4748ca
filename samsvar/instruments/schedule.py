"""When a course is reported: every month, at waves counted from its start, and at the end (R-004-72 to R-004-76)."""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from samsvar.calendar.days import next_working_day
from samsvar.instruments.flow import Answers, codes_of
from samsvar.instruments.instrument import Instrument, Occasion, Reporting

UNDATED = 1


class NoAnchor(ValueError):
    """The course began before dates were kept: somebody must say from which day its waves are counted."""


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that a day lies in."""
        return cls(day.year, day.month)

    def plus(self, months: int) -> "Month":
        """So many months later."""
        total = self.year * 12 + self.number - 1 + months
        return Month(total // 12, total % 12 + 1)

    def day(self, number: int) -> date:
        """A day of this month; its last where the month is too short."""
        return date(self.year, self.number, min(number, monthrange(self.year, self.number)[1]))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.day(31)

    def __str__(self) -> str:
        """Year and month, "2008-08"."""
        return f"{self.year}-{self.number:02}"


def anchor(form: Instrument, answers: Answers, substitute: date | None = None) -> date:
    """The day from which the waves are counted: Q16's date, or the substitute where Q16 has none (R-004-76).

    Raises NoAnchor where neither is there.
    """
    key = form.reporting.anchor
    day = answers.get(f"{key}_date")
    if isinstance(day, date) and UNDATED not in codes_of(answers.get(key)):
        return day
    if substitute is None:
        raise NoAnchor(f"{form.stamp}: {key} has no date, and no other day was given.")
    return substitute


def months(start: date, end: date | None, until: date) -> Iterator[Month]:
    """The months that a course owes a report: from the month it began to that in which it ended, or `until`."""
    last = Month.of(min(end, until) if end else until)
    month = Month.of(start)
    while month <= last:
        yield month
        month = month.plus(1)


def waves(start: date, until: date, reporting: Reporting) -> Iterator[date]:
    """The days of the waves from the anchor on: at once and every fourth month after, up to and including `until`.

    Each is counted from the anchor, so that 31 October is followed by the last of February and then by 30 June.
    """
    number = 0
    while True:
        try:
            day = Month.of(start).plus(number * reporting.wave_every_months).day(start.day)
        except ValueError:  # beyond the year 9999
            return
        if day > until:
            return
        yield day
        number += 1


def due(month: Month, reporting: Reporting) -> date:
    """The last day on which a month's report is in time: the 15th of the next, that day included (R-004-73)."""
    day = month.plus(1).day(reporting.due_day)
    return next_working_day(day) if reporting.rolls else day


def occasions(month: Month, start: date, end: date | None, reporting: Reporting) -> frozenset[Occasion]:
    """Why a course is reported in a month; empty where it is not (R-004-74, R-004-75)."""
    first, last = Month.of(start), Month.of(end) if end else None
    if month < first or (last and month > last):
        return frozenset()
    found = {Occasion.MONTH}
    if month == first:
        found.add(Occasion.START)
    if month == last:
        found |= {Occasion.EXIT, Occasion.WAVE}
    elapsed = (month.year - first.year) * 12 + month.number - first.number
    if elapsed % reporting.wave_every_months == 0:
        found.add(Occasion.WAVE)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that a course owes: for which month, why, by when, and whether that day has passed."""

    month: Month
    occasions: frozenset[Occasion]
    due: date
    late: bool


def owed(
    start: date, end: date | None, today: date, received: Collection[Month], reporting: Reporting
) -> tuple[Owed, ...]:
    """The reports that are not in (R-004-73), for months that are over, and for that in which the course has ended."""
    over = Month.of(today).first - timedelta(days=1)
    until = today if end and end <= today and Month.of(end) == Month.of(today) else over
    if until < start:
        return ()
    found = []
    for month in months(start, end, until):
        if month not in received:
            last = due(month, reporting)
            found.append(Owed(month, occasions(month, start, end, reporting), last, last < today))
    return tuple(found)
