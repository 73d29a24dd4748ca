"""Which months of a course are in and which are owed: the one list that the board, a course and the reports read.

The room above keeps the reports, and says at the start how they are read (`reports_are_read_by`): this room knows the
months and never the rows.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from samsvar.instruments.instrument import instrument
from samsvar.instruments.schedule import Month, Owed, owed
from samsvar.outreach.models.courses import Course
from samsvar.outreach.roles import leads
from samsvar.postgres.actor import Actor

# So many lines each list of this room shows.
MOST_LINES = 300


class Reports(Protocol):
    """How the reports of courses are read. The wall lets the actor read no other unit's."""

    def states(self, actor: Actor, courses: Collection[UUID]) -> Iterable[tuple[UUID, date, bool]]:
        """Course, month, and whether the report is in, of each that somebody has begun."""

    def answers(self, actor: Actor, courses: Collection[UUID]) -> Iterable[tuple[UUID, date, Mapping[str, Any]]]:
        """Course, month and answers as they are stored, of each that is in, by course and month."""


_readers: list[Reports] = []


def reports_are_read_by(reader: Reports) -> None:
    """Read the reports in this way."""
    _readers[:] = [reader]


def answers_of(actor: Actor, courses: Collection[UUID]) -> Iterable[tuple[UUID, date, Mapping[str, Any]]]:
    """Course, month and answers of the courses' reports that are in, by course and month."""
    (reader,) = _readers
    return reader.answers(actor, courses)


@dataclass(frozen=True)
class OwedReport:
    """One report that is not in: of which course, until when, and whether somebody has begun."""

    course: Course
    owed: Owed
    begun: bool


@dataclass(frozen=True)
class Told:
    """A month whose report is in: its one rung and one phase (Q28 and Q29). Old answers may lack them."""

    month: date
    rung: int | None
    phase: int | None


def _begun_and_sent(actor: Actor, courses: Collection[UUID]) -> dict[UUID, dict[Month, bool]]:
    """By course and month: whether the report is in. A month that nobody has begun is not there."""
    found: dict[UUID, dict[Month, bool]] = {}
    (reader,) = _readers
    for key, month, is_in in reader.states(actor, courses):
        found.setdefault(key, {})[Month.of(month)] = is_in
    return found


def _owed(course: Course, states: dict[Month, bool], today: date) -> tuple[Owed, ...]:
    sent = {month for month, is_in in states.items() if is_in}
    return owed(course.started_on, course.ended_on, today, sent, instrument().reporting)


def owed_by(actor: Actor, course: Course) -> tuple[Owed, ...]:
    """The reports that a course owes."""
    return _owed(course, _begun_and_sent(actor, [course.pk]).get(course.pk, {}), timezone.localdate())


def owed_reports(actor: Actor) -> list[OwedReport]:
    """The reports that are not in, the oldest first: one's own courses', and for who leads those of all (R-004-73)."""
    courses = Course.objects.select_related("worker").order_by(F("ended_on").desc(nulls_first=True), "started_on", "id")
    if not leads(actor):
        courses = courses.filter(worker_id=actor.person_id)
    found = list(courses[:MOST_LINES])
    states = _begun_and_sent(actor, [course.pk for course in found])
    today = timezone.localdate()
    rows = [
        OwedReport(course, one, one.month in states.get(course.pk, {}))
        for course in found
        for one in _owed(course, states.get(course.pk, {}), today)
    ]
    return sorted(rows, key=lambda row: (row.owed.due, row.course.pseudonym))


def late_in_unit(actor: Actor, course: Course) -> bool:
    """Whether anything of the course's unit is overdue: what its leader is told of."""
    courses = list(Course.objects.filter(unit_id=course.unit_id))
    states = _begun_and_sent(actor, [one.pk for one in courses])
    today = timezone.localdate()
    return any(waits.late for one in courses for waits in _owed(one, states.get(one.pk, {}), today))


def told_months(actor: Actor, course: Course) -> list[Told]:
    """The months whose reports are in, the newest first: forward and back is read from them (R-004-38, R-004-41)."""
    found = [Told(month, said.get("q28"), said.get("q29")) for _, month, said in answers_of(actor, [course.pk])]
    return found[::-1]
