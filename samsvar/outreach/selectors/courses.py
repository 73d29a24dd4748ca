"""The board, and one course with all that hangs on it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from samsvar.instruments.schedule import Owed
from samsvar.outreach.models import Assessment, Attempt, Course, Handover, Inquiry, Proposal, Protection, Research
from samsvar.outreach.models.courses import MESSAGES, MET
from samsvar.outreach.roles import leads
from samsvar.outreach.selectors.reported import MOST_LINES, OwedReport, Told, owed_by, owed_reports, told_months
from samsvar.outreach.selectors.research import asked_of
from samsvar.outreach.words import form, phase_models, short, team_settings, word
from samsvar.postgres.actor import Actor

MOST_ATTEMPTS = 200
HIGHEST_RISK = 2
# A protection stands out so many days before it is to be looked at.
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Line:
    """One course on the board."""

    course: Course
    days: int
    last_at: datetime | None
    tries: int
    next_on: date | None
    rung: int | None
    protected_until: date | None
    protected_with: str
    protection_due: bool
    risk: int | None

    @property
    def at_risk(self) -> bool:
        """Whether the citizen may lose the home at any time: such a course stands first (R-004-11)."""
        return self.risk == HIGHEST_RISK


@dataclass(frozen=True)
class Column:
    """The courses of one phase."""

    phase: int
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Board:
    """What the team sees when it meets."""

    columns: list[Column]
    reviews: list[Line]
    reports: list[OwedReport]
    first: list[Line]
    planned: list[Line]
    inquiries: int
    ended: int

    @property
    def number(self) -> int:
        """How many courses are open."""
        return sum(len(column.lines) for column in self.columns)

    @property
    def late(self) -> int:
        """How many of the reports that wait are overdue."""
        return sum(one.owed.late for one in self.reports)


@dataclass(frozen=True)
class CoursePage:
    """One course: where it is, what was tried, what was agreed."""

    course: Course
    phases: list[tuple[str, str]]
    attempts: list[Attempt]
    tries: int
    met_on: date | None
    tries_before: int
    protections: list[Protection]
    proposals: list[Proposal]
    handovers: list[Handover]
    assessment: Assessment | None
    assessments: int
    inquiry: Inquiry | None
    months: list[Told]
    studies: list[Research]
    waits: tuple[Owed, ...]
    today: date
    results: list[str] = field(default_factory=list)

    @property
    def next_on(self) -> date | None:
        """The visit that was planned last, unless somebody has been there since."""
        return self.attempts[0].next_on if self.attempts else None

    @property
    def may_undo(self) -> frozenset[UUID]:
        """The attempts that are new enough to be taken back."""
        since = timezone.now() - timedelta(minutes=team_settings().undo_minutes)
        return frozenset(one.pk for one in self.attempts if one.at > since)


def find_course(actor: Actor, course_id: UUID) -> Course | None:
    """One course of the own unit."""
    return Course.objects.select_related("worker", "lifted_by").filter(pk=course_id).first()


def same_door(actor: Actor, door: bytes | None) -> list[Course]:
    """The unit's open courses behind the same door, whatever they are called (R-004-64)."""
    return list(Course.objects.filter(door=door, ended_on=None).order_by("-at", "id")[:5]) if door else []


def board(actor: Actor) -> Board:
    """All open courses of the own unit, by phase, those about to lose their home first. Constant queries."""
    today = timezone.localdate()
    courses = list(
        Course.objects.filter(ended_on=None)
        .select_related("worker")
        .order_by("phase", "phase_since", "id")[:MOST_LINES]
    )
    keys = [one.pk for one in courses]
    latest = {
        one.course_id: one
        for one in Attempt.objects.filter(course__in=keys).order_by("course", "-on", "-at").distinct("course")
    }
    tried = {
        key: (number, last)
        for key, number, last in Attempt.objects.filter(course__in=keys)
        .order_by("course")
        .values("course")
        .annotate(number=Count("id", filter=Q(same_run=False)), last=Max("on"))
        .values_list("course", "number", "last")
    }
    peace: dict[UUID, Protection] = {}
    for one in Protection.objects.filter(course__in=keys, ended_on=None).order_by("-review_on", "id"):
        peace[one.course_id] = one
    risks = dict(
        Assessment.objects.filter(course__in=keys)
        .order_by("course", "-at")
        .distinct("course")
        .values_list("course", "risk")
    )
    lines = []
    for course in courses:
        last, rest = latest.get(course.pk), peace.get(course.pk)
        lines.append(
            Line(
                course=course,
                days=(today - course.phase_since).days,
                last_at=tried.get(course.pk, (0, None))[1],
                tries=tried.get(course.pk, (0, None))[0],
                next_on=last.next_on if last else None,
                rung=last.rung if last else None,
                protected_until=rest.review_on if rest else None,
                protected_with=rest.agreed_with if rest else "",
                protection_due=bool(rest and rest.review_on <= today + SOON),
                risk=risks.get(course.pk),
            )
        )
    lines.sort(key=lambda line: not line.at_risk)
    return Board(
        columns=[
            Column(code, short(word("q29", code)), [line for line in lines if line.course.phase == code])
            for code in form().question("q29").options
        ],
        reviews=sorted((line for line in lines if line.protection_due), key=lambda line: str(line.protected_until)),
        reports=owed_reports(actor),
        first=[line for line in lines if line.at_risk],
        planned=sorted((line for line in lines if line.next_on), key=lambda line: str(line.next_on)),
        inquiries=Inquiry.objects.filter(followed_on=None).count(),
        ended=Course.objects.exclude(ended_on=None).count(),
    )


def ended_courses(actor: Actor) -> list[Course]:
    """Courses that have ended, the latest first: each can be taken up again."""
    return list(Course.objects.exclude(ended_on=None).order_by("-ended_on", "id")[:MOST_LINES])


def caseload(actor: Actor) -> list[tuple[str, int]]:
    """Open courses by worker: everybody's for who leads, else the own (issue 7: for the worker and the leader only)."""
    rows = Course.objects.filter(ended_on=None)
    if not leads(actor):
        rows = rows.filter(worker_id=actor.person_id)
    counts: dict[str, int] = {}
    for name in rows.order_by("worker__name").values_list("worker__name", flat=True):
        counts[name] = counts.get(name, 0) + 1
    return list(counts.items())


def page(actor: Actor, course: Course) -> CoursePage:
    """All that the page of a course shows."""
    attempts = Attempt.objects.filter(course=course)
    # The two met on the first visit that reached the rung for it; futile tries before it are counted (R-004-42).
    met = attempts.filter(rung__gte=MET).exclude(method=MESSAGES).aggregate(first=Min("on"))["first"]
    apart = attempts.filter(same_run=False)
    judged = list(Assessment.objects.filter(course=course).select_related("by").order_by("-at", "id"))
    return CoursePage(
        course=course,
        phases=[(one.key, one.words(course.phase)) for one in phase_models()],
        attempts=list(attempts.select_related("by", "partner").order_by("-on", "-at")[:MOST_ATTEMPTS]),
        tries=apart.count(),
        met_on=timezone.localdate(met) if met else None,
        tries_before=apart.filter(Q(on__lt=met) if met else Q()).exclude(rung__gte=MET).count(),
        protections=list(Protection.objects.filter(course=course).order_by("ended_on", "review_on", "id")),
        proposals=list(Proposal.objects.filter(course=course).order_by("done_on", "-at")),
        handovers=list(Handover.objects.filter(course=course).order_by("-at")),
        assessment=judged[0] if judged else None,
        assessments=len(judged),
        inquiry=Inquiry.objects.filter(course=course).order_by("at").first(),
        months=told_months(actor, course),
        waits=owed_by(actor, course),
        studies=asked_of(actor, course),
        today=timezone.localdate(),
        results=[
            word(key, code)
            for key, codes in course.results.items()
            for code in codes
            if code in form().question(key).options
        ],
    )


def find_attempt(actor: Actor, course: Course, attempt_id: UUID) -> Attempt | None:
    """One attempt of this course."""
    return Attempt.objects.select_related("course").filter(course=course, pk=attempt_id).first()


def last_message(actor: Actor, course: Course) -> Attempt | None:
    """The message of the last day and night, to whose run the next may belong."""
    since = timezone.now() - timedelta(hours=24)
    return Attempt.objects.filter(course=course, method=MESSAGES, on__gt=since).order_by("-on").first()


def find_protection(actor: Actor, course: Course, protection_id: UUID) -> Protection | None:
    """One protection of this course."""
    return Protection.objects.select_related("course").filter(course=course, pk=protection_id).first()


def find_proposal(actor: Actor, course: Course, proposal_id: UUID) -> Proposal | None:
    """One proposal of this course."""
    return Proposal.objects.select_related("course").filter(course=course, pk=proposal_id).first()


def find_handover(actor: Actor, course: Course, handover_id: UUID) -> Handover | None:
    """One hand-over of this course."""
    return Handover.objects.select_related("course").filter(course=course, pk=handover_id).first()
