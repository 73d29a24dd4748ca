"""Mit bord: what needs me now, in order. References only: no citizen's name stands on a start page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Case, CharField, Count, F, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samsvar.cases.models import Feedback
from samsvar.cases.selectors import cases as case_selectors
from samsvar.cases.services.concerns import may_raise
from samsvar.coordination.selectors import agreed as care_agreed
from samsvar.coordination.selectors import doctor as own_doctor
from samsvar.coordination.selectors import events as care_events
from samsvar.coordination.selectors import networks as care_networks
from samsvar.coordination.selectors import plans as care_plans
from samsvar.meetings.models import Meeting
from samsvar.meetings.selectors.agendas import meetings_of, next_meeting
from samsvar.partnerships.models import Authority, Level, Membership, MembershipKind
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import Task, TaskKind
from samsvar.tasks.selectors import ONCE_A_CASE, RECEIVED, TICKED_OFF, told_by_notice, waiting_now
from samsvar.web import moments

# So many lines of each kind stand on the desk at first, and so many at most when one asks for all of a kind.
FIRST_LINES = 5
MOST_LINES = 200
MOST_MEMBERS = 6

# The page on which a task is done, by what it is about; the first part is for a kind of its own.
_PAGES = {
    (TaskKind.SCREEN, "concern"): "cases:screen",
    (None, "concern"): "cases:concern",
    (None, "network"): "cases:network_case",
    (None, "acute"): "cases:acute_contact",
    (None, "consult"): "cases:consult",
    (None, "release"): "cases:release",
    (None, "request"): "cases:request",
    (None, "law_question"): "directory:question",
    (None, "rights_request"): "rights:request",
    (None, "hearing"): "rights:hearing",
    (None, "outside"): "rights:asked",
    (None, "steering"): "steering:decision",
    (None, "gap"): "cases:gap",
    (None, "care_network"): "coordination:network",
    (None, "breach"): "rights:breach",
    (None, "minutes"): "meetings:minutes",
    (None, "conference_minutes"): "conferences:minutes",
    (None, RECEIVED): "cases:concern_notice",
}
_WITHOUT_ID = {
    "people": "partnerships:people",
    "log": "rights:log",
    "log_review": "rights:reviews",
    "disposal": "retention:list",
}


@dataclass(frozen=True)
class Line:
    """One task as the desk shows it, in words."""

    task: Task
    url: str
    words: str

    @property
    def moment(self) -> date | datetime:
        """The day it is due, else when it was laid."""
        return self.task.due_on or self.task.created_at

    @property
    def ticks_off(self) -> bool:
        """Whether the person says when it is done; others end by the act itself."""
        return self.task.kind in TICKED_OFF and not told_by_notice(self.task)


@dataclass(frozen=True)
class Section:
    """What belongs together on the desk; left out when it is empty. `count` is how many there are, shown or not."""

    key: str
    heading: str | Promise
    lines: list[Line] = field(default_factory=list)
    note: str | Promise = ""
    count: int = 0

    @property
    def more(self) -> int:
        """How many stand behind "vis alle"."""
        return self.count - len(self.lines)


@dataclass(frozen=True)
class Part:
    """Rows of one kind beside the tasks, and how many there are in all."""

    rows: list[Any] = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        """How many stand behind "vis alle"."""
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Quiet:
    """A case that nothing has happened to: its reference, who holds it, for how many days."""

    case_id: UUID
    reference: str
    holder: Authority | None
    quiet_days: int
    url: str


@dataclass(frozen=True)
class CareNews:
    """What is new about somebody who has let us in: what kind of thing, and when. Who it is stands a page away."""

    network_id: UUID
    words: str
    at: datetime
    url: str


@dataclass(frozen=True)
class AgreedLine:
    """What was agreed to be done when something happens to a citizen, and by when. Who it is stands a page away."""

    network_id: UUID
    words: str
    due: datetime | None
    is_late: bool
    url: str


@dataclass(frozen=True)
class Desk:
    """One person's desk in one post. `case_ids` are those whose references stand on it."""

    sections: list[Section]
    meeting: Meeting | None
    answers: Part
    quiet: Part
    news: Part
    agreed: Part
    members: list[Membership]
    may_raise: bool
    whole: str
    works: bool
    reads_log: bool
    once: UUID

    @property
    def is_empty(self) -> bool:
        """Nothing needs this person now, which is a good state."""
        return not (self.sections or self.answers.rows or self.quiet.rows or self.news.rows or self.agreed.rows)

    @property
    def case_ids(self) -> list[str]:
        """For the log."""
        shown = {line.task.case_id for section in self.sections for line in section.lines if line.task.case_id}
        return sorted(str(one) for one in shown | {row.case_id for row in self.quiet.rows})

    @property
    def subject_ids(self) -> list[str]:
        """For the log: the concerns and calls whose number stands on the desk, and the networks with news."""
        shown = {line.task.subject_id for section in self.sections for line in section.lines}
        shown |= {one.network_id for one in [*self.news.rows, *self.agreed.rows]}
        return sorted(str(one) for one in shown | {answer.concern_id for answer in self.answers.rows})


# In the order of need (screens.md).
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
            TaskKind.LOOK_UP,
            TaskKind.OUTREACH,
            TaskKind.FOLLOW_UP,
            TaskKind.GIVE_FEEDBACK,
            TaskKind.ASK_MEMBER,
            TaskKind.RELEASE,
            TaskKind.SENT_BACK,
            TaskKind.ANSWER_LAW,
            TaskKind.LAW_ANSWERED,
            TaskKind.GAP,
            TaskKind.DECISION,
            TaskKind.NO_COORDINATOR,
            TaskKind.ATTENTION,
            TaskKind.REVIEW_PEOPLE,
            TaskKind.READ_MINUTES,
        ),
        "",
    ),
    ("tell", _("Det skal borgeren have at vide"), (TaskKind.TELL_CITIZEN,), ""),
    (
        "proposals",
        _("Forslag til jer"),
        (TaskKind.ACCEPT_ACTION,),
        _("Et nej er også et svar. Der er ingen frist."),
    ),
    (
        "requests",
        _("Spørgsmål til jer"),
        (TaskKind.ANSWER_REQUEST,),
        _("I må svare, svare på en del eller lade være. Der er ingen frist."),
    ),
    ("closing", _("Er det tid at afslutte?"), (TaskKind.REMIND_CLOSING,), ""),
)
_PARTS = {"answers", "quiet", "news", "agreed", *(key for key, *_rest in _ORDER)}
# Home for the next meeting and telling the citizen have their own day, also in a case that is acute.
_NEVER_ACUTE = (TaskKind.PREPARE, TaskKind.TELL_CITIZEN)


def desk(actor: Actor, whole: str = "") -> Desk:
    """The actor's desk; a constant number of queries. Those who work with no person see none (R-000-154).

    `whole` is the key of the part that is shown to its end; of the others the first lines.
    """
    works = may_raise(actor)
    sits = actor.is_any("member")
    whole = whole if whole in _PARTS else ""
    return Desk(
        sections=_sections(actor, whole),
        meeting=next_meeting(actor) if sits else None,
        answers=_unread_answers(actor, whole) if works else Part(),
        quiet=_quiet(actor, whole) if works else Part(),
        news=_care_news(actor, whole) if works else Part(),
        agreed=_agreed(actor, whole) if works else Part(),
        members=_own_members(actor) if works and not sits else [],
        may_raise=works,
        whole=whole,
        works=works,
        reads_log=actor.is_any("dpo"),
        once=uuid4(),
    )


def _length(key: str, whole: str) -> int:
    return MOST_LINES if key == whole else FIRST_LINES


def _quiet(actor: Actor, whole: str) -> Part:
    quiet = case_selectors.stale_cases(actor).select_related(None).only("reference", "last_activity_at")
    found = list(quiet.annotate(of=Window(Count("*")))[: _length("quiet", whole)])
    holders = case_selectors.holders(actor, found)
    return Part(
        [
            Quiet(
                case.pk,
                case.reference,
                holders.get(case.pk),
                case_selectors.whole_days(case.last_activity_at),
                _address("cases:case", case.pk),
            )
            for case in found
        ],
        found[0].of if found else 0,
    )


def _care_news(actor: Actor, whole: str) -> Part:
    """What is new about citizens who have let the actor's unit in: what happened, and who is tovholder now."""
    length = _length("news", whole)
    happened = list(care_events.unread(actor).annotate(of=Window(Count("*")))[:length])
    changed = list(care_networks.news_of(actor).annotate(of=Window(Count("*")))[:length])
    waits = list(own_doctor.unanswered(actor).annotate(of=Window(Count("*")))[:length])
    due = list(care_plans.due(actor).annotate(of=Window(Count("*")))[:length])
    rows = [
        *(
            CareNews(
                one.network_id,
                str(_("Egen læge har ikke svaret. Ring")),
                one.at,
                _address("coordination:doctor", one.network_id),
            )
            for one in waits
        ),
        *(
            CareNews(
                one.network_id, one.event.what, one.event.happened_at, _address("coordination:network", one.network_id)
            )
            for one in happened
        ),
        *(
            CareNews(one.network_id, one.headline, one.at, _address("coordination:network", one.network_id))
            for one in changed
        ),
        *(
            CareNews(
                one.network_id,
                _("%(plan)s skal ses igennem") % {"plan": one.plan.get_kind_display()},
                one.in_force_at,
                _address("coordination:plan", one.network_id, one.plan_id),
            )
            for one in due
            if one.in_force_at is not None
        ),
    ]
    count = sum(found[0].of for found in (happened, changed, waits, due) if found)
    return Part(sorted(rows, key=lambda row: row.at, reverse=True)[:length], count)


def _agreed(actor: Actor, whole: str) -> Part:
    """What the actor's place has to do by the agreements, the earliest first, without a name."""
    found = care_agreed.open_tasks(actor)
    rows = [
        AgreedLine(
            one.event.network_id, one.what, one.due, one.is_late, _address("coordination:network", one.event.network_id)
        )
        for one in found[: _length("agreed", whole)]
    ]
    return Part(rows, len(found))


def _unread_answers(actor: Actor, whole: str) -> Part:
    """The newest answers to the actor's own concerns that have not been read."""
    found = list(
        Feedback.objects.filter(to_id=actor.person_id, read_at=None)
        .select_related("concern", "authority")
        .defer("concern__search", "concern__text")
        .annotate(of=Window(Count("*")))
        .order_by("-at", "id")[: _length("answers", whole)]
    )
    return Part(found, found[0].of if found else 0)


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


def _sections(actor: Actor, whole: str) -> list[Section]:
    """The open tasks by section, the first of each and how many there are: one query, however many wait.

    A person with two roles finds one line, though the task lies on the table of each of them; and the citizen is told
    once what has been passed on in a case, however many passed something on.
    """
    about = Case(When(kind__in=ONCE_A_CASE, case_id__isnull=False, then="case_id"), default="subject_id")
    once = waiting_now(actor).annotate(
        again=Window(
            RowNumber(), partition_by=[F("kind"), about], order_by=["-acute", F("due_on").asc(), "created_at", "id"]
        )
    )
    section = Case(
        When(Q(acute=True) & ~Q(kind__in=_NEVER_ACUTE), then=Value("acute")),
        *(When(kind__in=kinds, then=Value(key)) for key, _heading, kinds, _note in _ORDER),
        output_field=CharField(),
    )
    length = Case(When(section=whole, then=MOST_LINES), default=FIRST_LINES, output_field=IntegerField())
    tasks = (
        Task.objects.filter(pk__in=once.filter(again=1).order_by().values("pk"))
        .annotate(section=section)
        .annotate(
            length=length,
            of=Window(Count("*"), partition_by=F("section")),
            place=Window(
                RowNumber(), partition_by=F("section"), order_by=["-acute", F("due_on").asc(), "created_at", "id"]
            ),
        )
        .filter(place__lte=F("length"))
        .order_by("place", "section")
    )
    found = {key: Section(key, heading, note=note) for key, heading, _kinds, note in _ORDER}
    shown = list(tasks)
    for task, words in zip(shown, _words(actor, shown), strict=True):
        found[task.section].lines.append(Line(task, page_of(task), words))
    return [
        replace(one, count=one.lines[0].task.of)  # type: ignore[attr-defined]
        for one in found.values()
        if one.lines
    ]


def _words(actor: Actor, tasks: Sequence[Task]) -> list[str]:
    """What each line says: what is to be done, and about which case or meeting.

    A case is named by its reference, a meeting by its group and hour; lines that still read alike say when each was
    laid.
    """
    about = {task.subject_id for task in tasks if task.kind == TaskKind.READ_MINUTES}
    meetings = {one.pk: f"{one.group.name}, {one.said}" for one in meetings_of(actor, about)} if about else {}
    kinds = dict(TaskKind.choices)
    words = [
        f"{kinds[task.kind]}, {which}"
        if (which := task.reference or meetings.get(task.subject_id, ""))
        else str(kinds[task.kind])
        for task in tasks
    ]
    alike = Counter(words)
    return [
        str(_("%(what)s, fra %(when)s")) % {"what": said, "when": moments.stamp(task.created_at)}
        if alike[said] > 1
        else said
        for task, said in zip(tasks, words, strict=True)
    ]


def page_of(task: Task) -> str:
    """Where this task is done; the desk itself while no room answers."""
    if task.kind == TaskKind.TELL_CITIZEN and task.case_id:
        return _address("letters:tell", task.case_id)
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
