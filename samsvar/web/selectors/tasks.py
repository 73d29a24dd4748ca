"""The open tasks of the desk, by section and in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Case, CharField, Count, F, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.selectors import networks as care_networks
from samsvar.meetings.selectors.agendas import meetings_of
from samsvar.postgres.actor import Actor
from samsvar.referrals.selectors import pathways, transitions
from samsvar.tasks.models import Task, TaskKind
from samsvar.tasks.selectors import ONCE_A_CASE, waiting_now
from samsvar.web import moments
from samsvar.web.selectors.parts import FIRST_LINES, MOST_LINES, Line, Section
from samsvar.web.selectors.places import page_of

# In the order of need (screens.md).
ORDER: tuple[tuple[str, str | Promise, Sequence[TaskKind], str | Promise], ...] = (
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
            TaskKind.REVIEW_PAGES,
            TaskKind.READ_MINUTES,
            TaskKind.REPORT,
            TaskKind.LATE_REPORTS,
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


# Home for the next meeting and telling the citizen have their own day, also in a case that is acute.
_NEVER_ACUTE = (TaskKind.PREPARE, TaskKind.TELL_CITIZEN)


def task_sections(actor: Actor, whole: str) -> list[Section]:
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
        *(When(kind__in=kinds, then=Value(key)) for key, _heading, kinds, _note in ORDER),
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
    found = {key: Section(key, heading, note=note) for key, heading, _kinds, note in ORDER}
    shown = list(tasks)
    for task, words in zip(shown, _words(actor, shown), strict=True):
        found[task.section].lines.append(Line(task, page_of(task), words))
    return [
        replace(one, count=one.lines[0].task.of)  # type: ignore[attr-defined]
        for one in found.values()
        if one.lines
    ]


# What one is to look at, where the task alone would not say it.
_LOOK_AT = {
    "transition": _("Se på en overgang"),
    "pathway": _("Se på et forløb hos jer"),
    "referrals": _("Se på en henvisning"),
}


def _to_do(task: Task) -> str:
    if task.kind == TaskKind.ATTENTION and task.subject_kind in _LOOK_AT:
        return str(_LOOK_AT[task.subject_kind])
    return str(TaskKind(task.kind).label)


def _words(actor: Actor, tasks: Sequence[Task]) -> list[str]:
    """What each line says: what is to be done, and about which case or meeting.

    A case is named by its reference, a meeting by its group and hour, a network, a transition or a way by the
    citizen's initials; lines that still read alike say when each was laid.
    """
    about = {task.subject_id for task in tasks if task.kind == TaskKind.READ_MINUTES}
    meetings = {one.pk: f"{one.group.name}, {one.said}" for one in meetings_of(actor, about)} if about else {}
    network_ids = {task.subject_id for task in tasks if task.subject_kind == "care_network"}
    named = meetings | (care_networks.initials_of(actor, network_ids) if network_ids else {})
    moved = {task.subject_id for task in tasks if task.subject_kind == "transition"}
    named |= transitions.initials_of(actor, moved) if moved else {}
    ways = {task.subject_id for task in tasks if task.subject_kind == "pathway"}
    named |= pathways.initials_of(actor, ways) if ways else {}
    words = [
        f"{_to_do(task)}, {which}" if (which := task.reference or named.get(task.subject_id, "")) else _to_do(task)
        for task in tasks
    ]
    alike = Counter(words)
    return [
        str(_("%(what)s, fra %(when)s")) % {"what": said, "when": moments.stamp(task.created_at)}
        if alike[said] > 1
        else said
        for task, said in zip(tasks, words, strict=True)
    ]
