"""What a group's meetings hold: the frame as the group sees it, each item as its case's parties see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samsvar.calendar import rhythms
from samsvar.cases.models import Action, ActionState, Case, CaseEvent, CaseParty, Responsibility, Standing
from samsvar.citizens.models import Identity
from samsvar.meetings.models import AgendaItem, Attendance, ItemKind, Meeting, MeetingState, Part
from samsvar.partnerships.models import Authority, Group, GroupFunction, GroupModel, Level, Membership, Rhythm
from samsvar.postgres.actor import Actor

PROPOSED = 6
MANY_NEW = 3
OVERVIEW_MEETINGS = 12
_MONTHS_BETWEEN = {Rhythm.MONTHLY: 1, Rhythm.EVERY_SECOND_MONTH: 2, Rhythm.QUARTERLY: 3, Rhythm.YEARLY: 12}
_NINE, _ONE = time(9, 0), time(13, 0)


def groups(actor: Actor) -> list[Group]:
    """The tables at which the actor meets: operative groups one sits in, and others that one sits in or runs."""
    today = timezone.localdate()
    now = Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))
    own = (
        Q(Exists(Membership.objects.filter(now, group=OuterRef("pk"), capacity_id=actor.capacity_id)))
        | Q(Exists(GroupFunction.objects.filter(now, group=OuterRef("pk"), capacity_id=actor.capacity_id)))
    ) & ~Q(level=Level.OPERATIVE)
    return list(
        Group.objects.filter(Q(pk__in=actor.group_ids, level=Level.OPERATIVE) | own)
        .select_related("partnership")
        .order_by("name", "id")
    )


def coming(actor: Actor) -> list[Meeting]:
    """Planned meetings, today's included, however far ahead (R-000-61)."""
    return list(
        Meeting.objects.filter(state=MeetingState.PLANNED)
        .select_related("group", "kind")
        .order_by("starts_at", "id")[:200]
    )


def held(actor: Actor, most: int = 20) -> list[Meeting]:
    """The newest held meetings."""
    return list(
        Meeting.objects.filter(state=MeetingState.HELD).select_related("group").order_by("-starts_at", "id")[:most]
    )


def meetings_of(actor: Actor, meeting_ids: Iterable[UUID]) -> list[Meeting]:
    """These meetings, as far as they are at the actor's tables, each with its group."""
    return list(Meeting.objects.filter(pk__in=list(meeting_ids)).select_related("group"))


def next_meeting(actor: Actor) -> Meeting | None:
    """The next meeting at any of the actor's tables, from the start of today."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gte=today)
        .select_related("group")
        .order_by("starts_at", "id")
        .first()
    )


def find(actor: Actor, meeting_id: UUID) -> Meeting | None:
    """A meeting of the actor's group, or None for one that is not there or not theirs."""
    return Meeting.objects.select_related("group__partnership", "kind", "series").filter(pk=meeting_id).first()


def find_case(actor: Actor, meeting: Meeting, case_id: UUID, *, typed: bool = False) -> Case | None:
    """A case that is up at this meeting: open, or dealt with there.

    With `typed` also one that was closed, or whose meeting ended, while somebody was writing: no text may be lost.
    """
    if not meeting.takes_cases:
        return None
    cases = Case.objects.select_related("identity", "partnership").filter(pk=case_id, group_id=meeting.group_id)
    if not typed:
        dealt_with = Exists(AgendaItem.objects.filter(meeting=meeting, case=OuterRef("pk")))
        is_open = Q(closed_at=None) if meeting.state != MeetingState.HELD else Q(pk__in=[])
        cases = cases.filter(is_open | dealt_with).filter(_at_the_table(actor, meeting))
    return cases.first()


def _at_the_table(actor: Actor, meeting: Meeting) -> Q:
    """Not what the own authority has stepped out of: what is said of it at a coming meeting is not for its ears."""
    if meeting.state == MeetingState.HELD:
        return Q()
    return Q(closed_at__isnull=False) | Q(party_ids__overlap=list(actor.authority_ids))


def previous(actor: Actor, meeting: Meeting) -> Meeting | None:
    """The group's meeting before this one."""
    return _held_before(meeting).first()


def _held_before(meeting: Meeting) -> QuerySet[Meeting]:
    return Meeting.objects.filter(
        group_id=meeting.group_id, state=MeetingState.HELD, starts_at__lt=meeting.starts_at
    ).order_by("-starts_at")


def _with_cases(before: Meeting | None, meeting: Meeting) -> Meeting | None:
    """The last meeting that took cases: what a theme day in between did not come to is no news because of it."""
    if before is None or before.takes_cases:
        return before
    return _held_before(meeting).filter(Q(parts=[]) | Q(parts__contains=[Part.CASES])).first()


def rhythm_of(group: Group, latest: datetime | None) -> rhythms.Rhythm:
    """The group's rhythm as dates come from it, by weekday and week of its latest meeting (R-000-62, R-001-6)."""
    if group.rhythm == Rhythm.ON_NEED:
        return rhythms.OnNeed()
    if group.rhythm == Rhythm.WEEKLY:
        # Mondays until the first meeting says otherwise (003 section 2.5).
        return rhythms.Weekly(weekday=timezone.localtime(latest).weekday() if latest else 0)
    if group.rhythm == Rhythm.THIRD_WEDNESDAY:
        return rhythms.MonthlyWeekday(weekday=2, nth=3)
    local = timezone.localtime(latest) if latest else None
    months = _MONTHS_BETWEEN[Rhythm(group.rhythm)]
    if local is None:
        soon = timezone.localdate() + timedelta(days=31)
        return rhythms.MonthlyWeekday(weekday=2, nth=1, every=months, first_month=soon.month)
    nth = (local.day - 1) // 7 + 1
    return rhythms.MonthlyWeekday(
        weekday=local.weekday(), nth=nth if nth < 5 else -1, every=months, first_month=local.month
    )


@dataclass(frozen=True)
class Proposal:
    """A date that the rhythm gives and that is not in the calendar yet."""

    group: Group
    starts_at: datetime
    theme_day: bool

    @property
    def value(self) -> str:
        """What a form sends back."""
        return self.starts_at.isoformat()


def proposals(actor: Actor, group: Group, planned: Sequence[Meeting]) -> list[Proposal]:
    """The next dates of the group's rhythm, at the hour of its latest meeting; none for a group that meets on need."""
    latest = (
        Meeting.objects.filter(group=group)
        .exclude(state=MeetingState.CALLED_OFF)
        .order_by("-starts_at")
        .values_list("starts_at", flat=True)
        .first()
    )
    today = timezone.localdate()
    local = timezone.localtime(latest) if latest else None
    start = max(today, local.date()) + timedelta(days=1) if local else today + timedelta(days=1)
    try:
        end = start + timedelta(days=3 * 366)
    except OverflowError:
        return []
    days = rhythms.occurrences(rhythm_of(group, latest), start, end)[:PROPOSED]
    taken = {timezone.localdate(meeting.starts_at) for meeting in planned if meeting.group_id == group.pk}
    hour = local.timetz().replace(tzinfo=None) if local else usual_hour(group)
    every = group.theme_day_every or 0
    number = Meeting.objects.filter(group=group).exclude(state=MeetingState.CALLED_OFF).count()
    return [
        Proposal(group, at(day, hour), bool(every) and (number + place) % every == 0)
        for place, day in enumerate([day for day in days if day not in taken], start=1)
    ]


def usual_hour(group: Group) -> time:
    """When a group meets until its first meeting says otherwise: a Samarbejdsenhed at one (003 section 2.5)."""
    return _ONE if group.model == GroupModel.CONFERENCE else _NINE


def next_monday() -> date:
    """The first Monday to come that is a working day."""
    start = timezone.localdate() + timedelta(days=1)
    mondays = rhythms.Weekly(weekday=0)
    return rhythms.occurrences(mondays, start, start + timedelta(days=60), rhythms.IfClosed.SKIP)[0]


def at(day: date, hour: time) -> datetime:
    """A day and an hour on the clock of the place."""
    return timezone.make_aware(datetime.combine(day, hour))


@dataclass(frozen=True)
class Line:
    """One case on the agenda, as its parties see it."""

    case: Case
    kind: ItemKind
    item: AgendaItem | None
    holding: Responsibility | None
    quiet: bool
    late: bool

    @property
    def name(self) -> str:
        """Who it is about, where it has been disclosed to the actor; else nothing, and the reference stands alone."""
        return str(self.case.identity) if self.case.identity else ""

    @property
    def step_passed(self) -> date | None:
        """The day of the next step, when it has gone: the step waits for a new one."""
        day = self.case.next_on
        return day if self.case.next_step and day and day < timezone.localdate() else None

    @property
    def is_new(self) -> bool:
        """Whether the table meets this case for the first time."""
        return self.kind == ItemKind.NEW

    @property
    def is_late_or_acute(self) -> bool:
        """Whether nobody could prepare it as the others."""
        return self.late or bool(self.case.acute_trigger)

    @property
    def decided(self) -> bool:
        """Whether this meeting has given it an outcome."""
        return bool(self.item and self.item.decision)


@dataclass(frozen=True)
class Agenda:
    """The meeting's case items in order: old cases first, then the new (R-000-55, R-000-56, R-000-87)."""

    meeting: Meeting
    before: Meeting | None
    lines: list[Line]
    # The meeting at which the cases last were up; another one than `before` when that one took none.
    last: Meeting | None = None

    @property
    def follow_up(self) -> list[Line]:
        """Opfølgning på gamle sager."""
        return [line for line in self.lines if line.kind == ItemKind.FOLLOW_UP]

    @property
    def new(self) -> list[Line]:
        """Nye sager."""
        return [line for line in self.lines if line.kind == ItemKind.NEW]

    @property
    def in_time(self) -> list[Line]:
        """New cases that were notified in time."""
        return [line for line in self.new if not line.is_late_or_acute]

    @property
    def late_or_acute(self) -> list[Line]:
        """New cases that came late, or cannot wait."""
        return [line for line in self.new if line.is_late_or_acute]

    @property
    def many_new(self) -> bool:
        """More new citizens than one meeting can do well (R-000-64)."""
        return len(self.new) > MANY_NEW

    @property
    def undecided(self) -> list[Line]:
        """Items without an outcome."""
        return [line for line in self.lines if not line.decided]

    @property
    def citizens(self) -> list[Identity]:
        """Who its cases are about, as far as the actor has been told. Their names stay out of the frame."""
        return [line.case.identity for line in self.lines if line.case.identity]

    @property
    def since(self) -> datetime | None:
        """From when on things are news to the group; None before its first meeting."""
        return self.last.over_at if self.last else None

    def line_of(self, case_id: UUID) -> Line | None:
        """The line of one case, when it is up here as far as the actor sees."""
        return next((line for line in self.lines if line.case.pk == case_id), None)

    def after(self, case_id: UUID) -> Line | None:
        """The next item without an outcome after this one, else the first such."""
        open_lines = [line for line in self.lines if not line.decided and line.case.pk != case_id]
        place = next((n for n, line in enumerate(self.lines) if line.case.pk == case_id), -1)
        behind = [line for line in self.lines[place + 1 :] if line in open_lines]
        return next(iter(behind or open_lines), None)


def agenda(actor: Actor, meeting: Meeting, also: UUID | None = None) -> Agenda:
    """Every open case of the group within reach; for a held meeting, what was dealt with. Four queries, or five.

    A meeting whose kind takes no cases has none.

    `also` is a case that stands there in any event: the one somebody is looking at.
    """
    before = previous(actor, meeting)
    last = _with_cases(before, meeting)
    if not meeting.takes_cases:
        return Agenda(meeting, before, [], last)
    items = {
        item.case_id: item for item in AgendaItem.objects.filter(meeting=meeting).select_related("holder", "decided_by")
    }
    cases = Case.objects.select_related("identity").order_by("raised_at", "id")
    if meeting.state == MeetingState.HELD:
        cases = cases.filter(Q(pk__in=items) | Q(pk=also))
    else:
        cases = cases.filter(Q(closed_at=None) | Q(pk__in=items) | Q(pk=also), group_id=meeting.group_id)
        cases = cases.filter(_at_the_table(actor, meeting) | Q(pk=also))
    found = list(cases)
    holdings = {
        holding.case_id: holding
        for holding in Responsibility.objects.filter(
            case__in=[case.pk for case in found], period__endswith=None
        ).select_related("authority")
    }
    lines = [_line(case, items.get(case.pk), holdings.get(case.pk), meeting, last) for case in found]
    lines.sort(key=lambda line: (line.is_new, line.is_new and line.is_late_or_acute, not line.case.acute_trigger))
    return Agenda(meeting, before, lines, last)


def _line(
    case: Case, item: AgendaItem | None, holding: Responsibility | None, meeting: Meeting, before: Meeting | None
) -> Line:
    # `before` is the last meeting that took cases.
    if item:
        kind = ItemKind(item.kind)
    elif before:
        kind = ItemKind.NEW if case.raised_at > before.over_at else ItemKind.FOLLOW_UP
    else:
        kind = ItemKind.NEW if case.standing == Standing.RAISED else ItemKind.FOLLOW_UP
    # "Ender i en bunke": nothing has been registered since the group last met (R-000-89).
    quiet = kind == ItemKind.FOLLOW_UP and before is not None and case.last_activity_at < before.over_at
    late = bool(meeting.notify_until and kind == ItemKind.NEW and case.raised_at > meeting.notify_until)
    return Line(case, kind, item, holding, quiet, late)


@dataclass(frozen=True)
class ItemPage:
    """What the table looks at when one case is up (R-000-88)."""

    line: Line
    parties: list[Authority]
    events: list[CaseEvent]
    actions: list[Action]
    last: AgendaItem | None
    facts: list[tuple[str | Promise, str]] = field(default_factory=list)

    @property
    def proposed(self) -> list[Action]:
        """What another authority has been asked and has not answered."""
        return [action for action in self.actions if action.state == ActionState.PROPOSED]


def item_page(actor: Actor, book: Agenda, case: Case) -> ItemPage:
    """One case at this meeting: who did what since last, what happened to the citizen, what is agreed. Four queries."""
    line = next(line for line in book.lines if line.case.pk == case.pk)
    since = book.since or case.raised_at
    return ItemPage(
        line=line,
        parties=[
            party.authority
            for party in CaseParty.objects.filter(case=case, until=None)
            .select_related("authority")
            .order_by("since", "id")
        ],
        events=list(
            CaseEvent.objects.filter(case=case, at__gte=since)
            .select_related("authority", "about_authority")
            .order_by("-at", "id")[:30]
        ),
        actions=list(
            Action.objects.filter(case=case)
            .filter(Q(state__in=[ActionState.PROPOSED, ActionState.AGREED]) | Q(ended_at__gte=since))
            .select_related("authority")
            .order_by("due_on", "at", "id")
        ),
        last=AgendaItem.objects.filter(case=case, meeting__state=MeetingState.HELD)
        .exclude(meeting=book.meeting)
        .exclude(decision="")
        .order_by("-decided_at")
        .first(),
        facts=[(label, text) for name, label in _FACTS if (text := getattr(case, name))],
    )


_FACTS = (
    ("why_serious", _("Hvorfor er det alvorligt")),
    ("means_exhausted", _("Hvorfor slår egne midler ikke til")),
    ("tried_before", _("Hvad er prøvet før, og hvorfor lykkedes det ikke")),
    ("special_problems", _("Særlige problemer")),
)


@dataclass(frozen=True)
class Presence:
    """One member and whether the member came."""

    membership: Membership
    state: str

    @property
    def came(self) -> bool:
        """In the room or on the telephone."""
        return self.state in {Attendance.State.PRESENT, Attendance.State.PHONE}

    @property
    def said(self) -> str:
        """Whether the member came, in words; nothing when nobody has noted it."""
        return str(Attendance.State(self.state).label) if self.state else ""

    @property
    def field(self) -> str:
        """The name of the form field."""
        return f"m-{self.membership.pk.hex}"


def attendance(actor: Actor, meeting: Meeting) -> list[Presence]:
    """The group's members on the day of the meeting, and who came (R-000-65). Two queries."""
    day = timezone.localdate(meeting.starts_at)
    members = (
        Membership.objects.filter(Q(until=None) | Q(until__gte=day), group_id=meeting.group_id, since__lte=day)
        .select_related("capacity__person", "capacity__authority")
        .order_by("capacity__authority__name", "capacity__person__name", "id")
    )
    states = dict(Attendance.objects.filter(meeting=meeting).values_list("membership_id", "state"))
    return [Presence(member, states.get(member.pk, "")) for member in members]


def functions_of(actor: Actor, meeting: Meeting) -> dict[str, GroupFunction]:
    """Who holds which function in the meeting's group."""
    rows = GroupFunction.objects.filter(group_id=meeting.group_id, until=None)
    return {row.function: row for row in rows.select_related("capacity__person", "capacity__authority")}


@dataclass(frozen=True)
class Room:
    """Who is in the room for one item, and who of them is not in the case (R-000-161, R-000-72)."""

    present: list[Presence]
    strangers: list[Presence]


def room(members: Iterable[Presence], parties: Iterable[Authority], away: Iterable[UUID] = ()) -> Room:
    """Who came and has not left for this item; strangers are those whose authority is not party to the case."""
    out, inside = set(away), {authority.pk for authority in parties}
    present = [one for one in members if one.came and one.membership.pk not in out]
    return Room(present, [one for one in present if one.membership.capacity.authority_id not in inside])


@dataclass(frozen=True)
class Turnout:
    """How often one member came to the group's latest meetings."""

    membership: Membership
    present: int
    excused: int
    absent: int


def turnout(actor: Actor, group: Group) -> list[Turnout]:
    """Attendance over the latest meetings, for groups with mødepligt (R-000-66). Two queries."""
    latest = list(
        Meeting.objects.filter(group=group, state=MeetingState.HELD)
        .order_by("-starts_at")
        .values_list("pk", flat=True)[:OVERVIEW_MEETINGS]
    )
    counted: dict[UUID, dict[str, int]] = {}
    for row in (
        Attendance.objects.filter(meeting__in=latest).values("membership_id", "state").annotate(times=Count("id"))
    ):
        counted.setdefault(row["membership_id"], {})[row["state"]] = row["times"]
    members = Membership.objects.filter(group=group, until=None).select_related(
        "capacity__person", "capacity__authority"
    )
    return [
        Turnout(
            member,
            counted.get(member.pk, {}).get(Attendance.State.PRESENT, 0)
            + counted.get(member.pk, {}).get(Attendance.State.PHONE, 0),
            counted.get(member.pk, {}).get(Attendance.State.EXCUSED, 0),
            counted.get(member.pk, {}).get(Attendance.State.ABSENT, 0),
        )
        for member in members.order_by("capacity__authority__name", "capacity__person__name", "id")
    ]
