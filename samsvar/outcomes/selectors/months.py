"""How the rooms of courses read the months that are reported here."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from samsvar.outcomes.models import Report
from samsvar.postgres.actor import Actor


class ReportedMonths:
    """The reports of courses, as `outreach.selectors.reported.Reports` asks for them."""

    def states(self, actor: Actor, courses: Collection[UUID]) -> Iterable[tuple[UUID, date, bool]]:
        """Course, month, and whether the report is in, of each that somebody has begun."""
        rows = Report.objects.filter(course__in=courses).values_list("course", "month", "sent_at")
        return [(course, month, sent_at is not None) for course, month, sent_at in rows]

    def answers(self, actor: Actor, courses: Collection[UUID]) -> Iterable[tuple[UUID, date, Mapping[str, Any]]]:
        """Course, month and answers as they are stored, of each that is in, by course and month."""
        rows = Report.objects.filter(course__in=courses).exclude(sent_at=None).order_by("course", "month")
        return list(rows.values_list("course", "month", "answers"))
