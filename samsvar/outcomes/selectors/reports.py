"""One month of a course: what was answered, and what the log knows of it already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from samsvar.instruments.flow import Answer, asked, fields_of, next_questions
from samsvar.instruments.instrument import Instrument, Kind, Occasion, Question, instrument
from samsvar.instruments.schedule import Month, due, occasions
from samsvar.outcomes.models import Report
from samsvar.outcomes.policies import OPEN_DAYS
from samsvar.outreach.models import Attempt, Course, Inquiry
from samsvar.outreach.models.courses import MESSAGES, MET, VISITS
from samsvar.outreach.selectors.months import LETTERS, counted
from samsvar.postgres.actor import Actor

# A code of the form: there is a date.
_DATED, _REFERRED = 2, 1


@dataclass(frozen=True)
class ReportPage:
    """One month of a course with all that its page needs. `answers`: the log's and, over them, the draft's."""

    course: Course
    month: Month
    form: Instrument
    occasions: frozenset[Occasion]
    report: Report | None
    answers: Mapping[str, Answer]
    log: Mapping[str, Answer]
    before: Mapping[str, Answer]
    due: date

    @property
    def late(self) -> bool:
        """Whether it should have been in."""
        return not (self.report and self.report.is_sent) and self.due < timezone.localdate()

    @property
    def may_take_back(self) -> bool:
        """Whether it is new enough to be put right."""
        sent = self.report.sent_at if self.report else None
        return sent is not None and sent > timezone.now() - timedelta(days=OPEN_DAYS)

    def questions(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """The questions as far as the answers decide, without those that the system fills in itself."""
        return tuple(one for one in asked(self.form, self.occasions, answers, self.before) if not one.filled)

    def waiting(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """The questions that still want an answer."""
        return next_questions(self.form, self.occasions, answers, self.before)

    def shares(self, answers: Mapping[str, Answer]) -> tuple[int, int]:
        """How many fields hold what the log said, and how many are asked: the share that was filled in beforehand."""
        fields = {field for one in self.questions(answers) for field in fields_of(one, answers)}
        return len([one for one in fields if one in self.log and answers.get(one) == self.log[one]]), len(fields)


def plain(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Answers as they are stored: codes, numbers, texts, days as 2026-11-23."""
    return {
        field: one.isoformat() if isinstance(one, date) else list(one) if isinstance(one, tuple) else one
        for field, one in answers.items()
    }


def understood(form: Instrument, stored: Mapping[str, Any]) -> dict[str, Answer]:
    """Stored answers as they are reckoned with."""
    days = {one.key for one in form.questions if one.kind is Kind.DATE}
    return {
        field: date.fromisoformat(one)
        if field in days or field.endswith("_date")
        else tuple(one)
        if isinstance(one, list)
        else one
        for field, one in stored.items()
    }


def sent_reports(actor: Actor, course: Course) -> list[Report]:
    """The reports of a course that are in, the newest first."""
    return list(Report.objects.filter(course=course).exclude(sent_at=None).select_related("sent_by").order_by("-month"))


def before(actor: Actor, course: Course, month: Month) -> dict[str, Answer]:
    """What earlier reports of the course have answered; the later one counts."""
    found: dict[str, Answer] = {}
    rows = Report.objects.filter(course=course, month__lt=month.first).exclude(sent_at=None).order_by("month")
    for stored in rows.values_list("answers", flat=True):
        found |= understood(instrument(), stored)
    return found


def find_page(actor: Actor, course: Course, month: Month) -> ReportPage | None:
    """One month's report; None for a month in which the course was not going."""
    form = instrument()
    why = occasions(month, course.started_on, course.ended_on, form.reporting)
    if not why or month > Month.of(timezone.localdate()):
        return None
    report = Report.objects.select_related("sent_by").filter(course=course, month=month.first).first()
    earlier = before(actor, course, month)
    log = from_log(actor, course, month, why, earlier)
    given = understood(form, report.answers) if report else {}
    return ReportPage(
        course=course,
        month=month,
        form=form,
        occasions=why,
        report=report,
        answers=given if report and report.is_sent else {**log, **given},
        log=log,
        before=earlier,
        due=due(month, form.reporting),
    )


def from_log(
    actor: Actor, course: Course, month: Month, why: frozenset[Occasion], earlier: Mapping[str, Answer]
) -> dict[str, Answer]:
    """What the system knows of a month: contacts from the log, days from the course, and at the end its totals.

    A course that has moved since the month was over was in the phase that the month before was told in.
    """
    seen = counted(actor, course, month)
    moved = course.phase_since > month.last
    found: dict[str, Answer] = {
        "q26_minutes": seen.minutes,
        "q26_calls": seen.letters,
        "q26_meetings": seen.meetings,
        "q26_futile": seen.futile,
        "q27": seen.methods,
        "q28": seen.rung,
        "q29": earlier.get("q29", course.phase) if moved else course.phase,
    }
    if Occasion.START in why:
        found |= _beginning(course)
    if Occasion.EXIT in why:
        found |= _ending(course)
    return found


def _met_on(course: Course) -> datetime | None:
    return (
        Attempt.objects.filter(course=course, rung__gte=MET)
        .exclude(method=MESSAGES)
        .order_by("on")
        .values_list("on", flat=True)
        .first()
    )


def _beginning(course: Course) -> dict[str, Answer]:
    found: dict[str, Answer] = {"q16": _DATED, "q16_date": course.started_on}
    if course.asked_on:
        found |= {"q15": _DATED, "q15_date": course.asked_on}
    source = Inquiry.objects.filter(course=course).order_by("at").values_list("source", flat=True).first()
    if source:
        found |= {"q12": _REFERRED, "q13": source}
    if met := _met_on(course):
        found |= {"q17": _DATED, "q17_date": timezone.localdate(met)}
    return found


def _ending(course: Course) -> dict[str, Answer]:
    """Q40 to Q51: the last contact, why, what came of it, and the log's totals (R-004-84, R-004-85)."""
    rows = list(Attempt.objects.filter(course=course).order_by("on"))
    apart = [one for one in rows if not one.same_run]
    futile = [one for one in apart if one.method in VISITS and one.is_futile]
    met = _met_on(course)
    early = [one for one in futile if met is None or one.on < met]
    found: dict[str, Answer] = {
        "q47": sum(one.method in LETTERS for one in apart),
        # A letter that led to a meeting is a letter: the month counts it so too.
        "q48": sum((one.rung or 0) >= MET for one in apart if one.method not in LETTERS and one.method != MESSAGES),
        "q49": len(futile),
        "q50": len(early),
        "q51": len(futile) - len(early),
    }
    if rows:
        found["q40"] = timezone.localdate(rows[-1].on)
    if course.end_reason:
        found["q41"] = course.end_reason
    return found | {key: tuple(codes) for key, codes in course.results.items()}
