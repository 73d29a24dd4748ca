"""What the log says of a month."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from samsvar.instruments.schedule import Month
from samsvar.outreach.models import Attempt, Course
from samsvar.outreach.models.courses import MESSAGES, MET
from samsvar.postgres.actor import Actor

# Handwritten, typed, phone or message: what Q26a counts.
# What is written on paper and is waited for by nobody at the door; a message that meets nobody is futile as a visit is.
ON_PAPER = (2, 3)
LETTERS = (*ON_PAPER, MESSAGES)


@dataclass(frozen=True)
class Counted:
    """A month of the log in the form's own figures: Q26 and Q27, and the highest rung that was reached."""

    minutes: int
    letters: int
    meetings: int
    futile: int
    methods: tuple[int, ...]
    rung: int


def _count(attempts: Iterable[Attempt]) -> Counted:
    """A run of messages is one contact; a letter is a letter; a visit that met nobody is futile (R-004-37)."""
    rows = list(attempts)
    apart = [one for one in rows if not one.same_run]
    return Counted(
        minutes=sum(one.minutes or 0 for one in rows),
        letters=sum(one.method in LETTERS for one in apart),
        meetings=sum((one.rung or 0) >= MET for one in apart if one.method not in LETTERS),
        futile=sum(one.is_futile for one in apart if one.method not in ON_PAPER),
        methods=tuple(sorted({one.method for one in rows})),
        rung=max((one.rung or 1 for one in rows), default=1),
    )


def _of_month(course: Course, month: Month) -> list[Attempt]:
    return [
        one
        for one in Attempt.objects.filter(course=course, on__date__gte=month.first, on__date__lte=month.last)
        if Month.of(timezone.localdate(one.on)) == month
    ]


def counted(actor: Actor, course: Course, month: Month) -> Counted:
    """What the log says of a month."""
    return _count(_of_month(course, month))
