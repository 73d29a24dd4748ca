"""Old answers come in from a file."""

from dataclasses import dataclass

from django.utils import timezone

from samsvar.audit.models import Act
from samsvar.instruments.flow import Answer
from samsvar.instruments.instrument import instrument
from samsvar.instruments.schedule import Month
from samsvar.outcomes.files.table import END, Table
from samsvar.outcomes.models import Report
from samsvar.outcomes.selectors.reports import plain
from samsvar.outreach.models import Course
from samsvar.outreach.services.errors import held, log, of, write
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class TakenIn:
    """What came of a file: how many reports are new, and for which numbers nothing could be done, and why."""

    made: int
    there: int
    unknown: tuple[str, ...]


def take_in(actor: Actor, table: Table) -> TakenIn:
    """Bring in old answers by the system's number of a course of the own unit (`reading.read` has checked each).

    What is in already stands. A wave lies so many months after the start, "slut" in the month of the end.
    """
    numbers = [one.number for one in table.persons]
    # The wall tells of no other unit's.
    courses = {one.number: one for one in Course.objects.filter(number__in=numbers)}
    made = there = 0
    for person in table.persons:
        course = courses.get(person.number)
        if course is None:
            continue
        held(actor, course)
        taken = set(Report.objects.filter(course=course).values_list("month", flat=True))
        for wave, said in sorted(person.waves.items()):
            month = _month_of(course, wave)
            if month is None or month.first in taken:
                there += month is not None
                continue
            row = Report(
                **of(actor, course), month=month.first, form=instrument().stamp, wave=wave, target=person.group
            )
            row.answers = plain({field: _whole(one) for field, one in said.answers.items()})
            row.asked = len(row.answers)
            write(row)
            row.sent_at, row.sent_by_id = timezone.now(), actor.person_id
            write(row, new=False, fields=("sent_at", "sent_by"))
            taken.add(month.first)
            made += 1
        log(actor, Act.CREATE, course, "reports_taken_in")
    return TakenIn(made, there, tuple(one for one in numbers if one not in courses))


def _month_of(course: Course, wave: int) -> Month | None:
    if wave == END:
        return Month.of(course.ended_on) if course.ended_on else None
    month = Month.of(course.started_on).plus(wave)
    return month if month <= Month.of(timezone.localdate()) else None


def _whole(answer: Answer) -> Answer:
    return int(answer) if isinstance(answer, float) and answer == int(answer) else answer
