"""Mit bord: what needs me now, in order. References only: no citizen's name stands on a start page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db.models import Case, Q, When
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samsvar.cases.models import Feedback
from samsvar.cases.selectors import cases as case_selectors
from samsvar.cases.services.concerns import may_raise
from samsvar.meetings.models import Meeting
from samsvar.meetings.selectors import next_meeting
from samsvar.partnerships.models import Authority, Level, Membership, MembershipKind
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import Task, TaskKind
from samsvar.tasks.selectors import TICKED_OFF, waiting_now

MOST_TASKS = 20
MOST_QUIET = 8
MOST_ANSWERS = 10
MOST_MEMBERS = 6

# The page on which a task is done, by what it is about; the first part is for a kind of its own.
_PAGES = {
    (TaskKind.SCREEN, "concern"): "cases:screen",
    (None, "concern"): "cases:concern",
    (None, "network"): "cases:network_case",
    (None, "acute"): "cases:acute_contact",
    (None, "consult"): "cases:consult",
    (None, "rights_request"): "rights:request",
    (None, "hearing"): "rights:hearing",
    (None, "outside"): "rights:asked",
    (None, "breach"): "rights:breach",
}
_WITHOUT_ID = {
    "people": "partnerships:people",
    "log": "rights:log",
    "log_review": "rights:reviews",
    "disposal": "retention:list",
}


@dataclass(frozen=True)
class Line:
    """One task as the desk shows it."""

    task: Task
    url: str

    @property
    def ticks_off(self) -> bool:
        """Whether the person says when it is done; others end by the act itself."""
        return self.task.kind in TICKED_OFF


@dataclass(frozen=True)
class Section:
    """What belongs together on the desk; left out when it is empty."""

    key: str
    heading: str | Promise
    lines: list[Line] = field(default_factory=list)
    note: str | Promise = ""


@dataclass(frozen=True)
class Quiet:
    """A case that nothing has happened to: its reference, who holds it, for how many days."""

    case_id: UUID
    reference: str
    holder: Authority | None
    quiet_days: int
    url: str


@dataclass(frozen=True)
class Desk:
    """One person's desk in one post. `case_ids` are those whose references stand on it."""

    sections: list[Section]
    meeting: Meeting | None
    answers: list[Feedback]
    quiet: list[Quiet]
    members: list[Membership]
    may_raise: bool
    more: bool
    works: bool
    reads_log: bool
    once: UUID

    @property
    def is_empty(self) -> bool:
        """Nothing needs this person now, which is a good state."""
        return not (self.sections or self.answers or self.quiet)

    @property
    def case_ids(self) -> list[str]:
        """For the log."""
        shown = {line.task.case_id for section in self.sections for line in section.lines if line.task.case_id}
        return sorted(str(one) for one in shown | {row.case_id for row in self.quiet})

    @property
    def subject_ids(self) -> list[str]:
        """For the log: the concerns and calls whose number or reference stands on the desk."""
        shown = {line.task.subject_id for section in self.sections for line in section.lines}
        return sorted(str(one) for one in shown | {answer.concern_id for answer in self.answers})


# In the order of need (screens.md). A task that is acute stands in the first, whatever its kind.
_ORDER: tuple[tuple[str, str | Promise, Sequence[TaskKind], str | Promise], ...] = (
    ("acute", _("Kan ikke vente"), (TaskKind.ACUTE,), ""),
    ("screen", _("Bekymringer, der skal visiteres"), (TaskKind.SCREEN,), ""),
    ("prepare", _("Til næste møde"), (TaskKind.PREPARE,), ""),
    (
        "do",
        _("Det skal jeg gøre"),
        (
            TaskKind.DECIDE_ON_CHILD,
            TaskKind.DO_ACTION,
            TaskKind.INVOLVE_CITIZEN,
            TaskKind.TELL_CITIZEN,
            TaskKind.LOOK_UP,
            TaskKind.OUTREACH,
            TaskKind.FOLLOW_UP,
            TaskKind.GIVE_FEEDBACK,
            TaskKind.ASK_MEMBER,
            TaskKind.ATTENTION,
            TaskKind.REVIEW_PEOPLE,
        ),
        "",
    ),
    (
        "proposals",
        _("Forslag til jer"),
        (TaskKind.ACCEPT_ACTION,),
        _("Et nej er også et svar. Der er ingen frist."),
    ),
    ("closing", _("Er det tid at afslutte?"), (TaskKind.REMIND_CLOSING,), ""),
)


def desk(actor: Actor) -> Desk:
    """The actor's desk; a constant number of queries. Those who work with no person see none (R-000-154)."""
    # A person with two roles finds one line, though the task lies on the table of each of them.
    tasks = list({(task.kind, task.subject_id): task for task in waiting_now(actor)[: MOST_TASKS + 1]}.values())
    works = may_raise(actor)
    sits = actor.is_any("member")
    return Desk(
        sections=_sections(tasks[:MOST_TASKS]),
        meeting=next_meeting(actor) if sits else None,
        answers=_unread_answers(actor) if works else [],
        quiet=_quiet(actor) if works else [],
        members=_own_members(actor) if works and not sits else [],
        may_raise=works,
        more=len(tasks) > MOST_TASKS,
        works=works,
        reads_log=actor.is_any("dpo"),
        once=uuid4(),
    )


def _quiet(actor: Actor) -> list[Quiet]:
    rows = case_selectors.rows(actor, case_selectors.stale_cases(actor)[:MOST_QUIET])
    return [
        Quiet(row.case.pk, row.case.reference, row.holder, row.quiet_days, _address("cases:case", row.case.pk))
        for row in rows
    ]


def _unread_answers(actor: Actor) -> list[Feedback]:
    """The newest answers to the actor's own concerns that have not been read."""
    return list(
        Feedback.objects.filter(to_id=actor.person_id, read_at=None)
        .select_related("concern", "authority")
        .defer("concern__search", "concern__text")
        .order_by("-at", "id")[:MOST_ANSWERS]
    )


def _own_members(actor: Actor) -> list[Membership]:
    """The cards of those who sit at a table for the actor's authority, permanent members first (R-001-4)."""
    today = timezone.localdate()
    return list(
        Membership.objects.filter(
            Q(until=None) | Q(until__gte=today),
            Q(capacity__until=None) | Q(capacity__until__gte=today),
            since__lte=today,
            capacity__authority_id__in=actor.authority_ids,
            group__level=Level.OPERATIVE,
            group__partnership_id__in=actor.partnership_ids,
        )
        .exclude(capacity_id=actor.capacity_id)
        .select_related("capacity__person", "capacity__unit", "group")
        .annotate(first=Case(When(kind=MembershipKind.PERMANENT, then=0), default=1))
        .order_by("first", "group__name", "capacity__person__name", "id")[:MOST_MEMBERS]
    )


def _sections(tasks: Sequence[Task]) -> list[Section]:
    sections = []
    for key, heading, kinds, note in _ORDER:
        mine = [task for task in tasks if (task.acute and key == "acute") or (not task.acute and task.kind in kinds)]
        if mine:
            sections.append(Section(key, heading, [Line(task, page_of(task)) for task in mine], note))
    return sections


def page_of(task: Task) -> str:
    """Where this task is done; the desk itself while no room answers."""
    if task.subject_kind in _WITHOUT_ID:
        return _address(_WITHOUT_ID[task.subject_kind])
    name = _PAGES.get((TaskKind(task.kind), task.subject_kind)) or _PAGES.get((None, task.subject_kind))
    if name:
        return _address(name, task.subject_id)
    return _address("cases:case", task.case_id) if task.case_id else ""


def _address(name: str, *arguments: UUID) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
