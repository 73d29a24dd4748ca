"""The minutes of a meeting: the frame as the group reads it, each case's section as that case's parties read it.

They are made of what was decided, with words added, each time somebody reads them; nothing is stored a second time.
No citizen's name, number or category stands in them (R-000-128, R-003-40), and nobody gets them for having once
attended: they are read by those who sit in the group (R-003-45).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.cases.models import Action, ActionState, SystemGap
from samsvar.law.minutes import look_again, without_persons
from samsvar.law.sentences import Notice
from samsvar.meetings.models import Amendment, Attendance, Meeting, MeetingState, MinutesRead, Part
from samsvar.meetings.selectors.agendas import Agenda, Line, Presence, agenda, attendance
from samsvar.meetings.selectors.coming import can_decide
from samsvar.meetings.selectors.guests import came_by_case
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor


def staff_words(members: Iterable[Presence]) -> list[str]:
    """Names that may stand in the minutes: those of the group's members and of their authorities."""
    words: dict[str, None] = {}
    for one in members:
        capacity = one.membership.capacity
        for name in (capacity.person.name, capacity.authority.name, capacity.authority.short_name):
            words[name] = None
    return list(words)


@dataclass(frozen=True)
class Deed:
    """One agreement as the minutes tell it."""

    action: Action
    said: str


@dataclass(frozen=True)
class Section:
    """One case in the minutes. Its words have no citizen's name, whatever somebody wrote "alligevel" (R-003-40)."""

    line: Line
    deeds: list[Deed]
    amendments: list[Amendment]
    note: str = ""
    dissent: str = ""
    next_step: str = ""
    added: str = ""
    # Who was there for this item without sitting in the group, by kind: no name of a private person (R-000-128).
    guests: tuple[str, ...] = ()

    @property
    def visitors(self) -> str:
        """The guests of the item as a line: "Borgeren, borgerens bisidder"."""
        said = ", ".join(name[:1].lower() + name[1:] for name in self.guests)
        return said[:1].upper() + said[1:]

    @property
    def case_id(self) -> UUID:
        """Of which case."""
        return self.line.case.pk

    @property
    def holder(self) -> Authority | None:
        """Who held it when the meeting was over."""
        if self.line.item and self.line.item.holder:
            return self.line.item.holder
        return self.line.holding.authority if self.line.holding else None

    @property
    def words(self) -> list[str]:
        """All that stands in this section in somebody's words."""
        typed = [self.note, self.dissent, self.next_step, self.added]
        typed += [part for deed in self.deeds for part in (deed.said, deed.action.who)]
        return [text for text in typed if text.strip()]


def _section(
    line: Line, actions: Iterable[Action], amendments: list[Amendment], staff: Sequence[str], guests: tuple[str, ...]
) -> Section:
    who = line.case.identity
    names = [name for name in (who.name, who.known_as) if name] if who else []

    def neutral(text: str) -> str:
        return without_persons(text, names, staff, instead=_("borgeren"), guess=who is None)

    item = line.item
    for one in amendments:
        one.text, one.reason = neutral(one.text), neutral(one.reason)
    deeds = [Deed(action, neutral(action.said)) for action in actions]
    if item is None:
        return Section(line, deeds, amendments)
    note, dissent, next_step, added = map(neutral, (item.note, item.dissent, item.next_step, item.added))
    return Section(line, deeds, amendments, note, dissent, next_step, added, guests)


@dataclass(frozen=True)
class Share:
    """What one authority took upon itself, case by case: its own list."""

    authority: Authority
    deeds: list[Deed]
    held: list[Section]


@dataclass(frozen=True)
class Reader:
    """One member who has the minutes, and whether they were read as they stand, as far as the actor may see that."""

    presence: Presence
    read_at: datetime | None
    latest: bool


@dataclass(frozen=True)
class Minutes:
    """The minutes as one reader sees them."""

    meeting: Meeting
    following: Meeting | None
    members: list[Presence]
    sections: list[Section]
    amendments: list[Amendment]
    readers: list[Reader]
    book: Agenda
    # Only what was decided, for those who need no more (R-003-100).
    short: bool = False
    # The holes in the system that the group noted on the day. None knows which case showed it.
    gaps: Iterable[SystemGap] = ()

    @property
    def present(self) -> list[Presence]:
        """Who came, or was on the telephone."""
        return [one for one in self.members if one.came]

    @property
    def away(self) -> list[Presence]:
        """Who sent word or stayed away."""
        return [one for one in self.members if one.state in {Attendance.State.EXCUSED, Attendance.State.ABSENT}]

    @property
    def can_decide(self) -> bool:
        """Whether somebody was there who could (R-002-100)."""
        return can_decide(self.meeting, self.members)

    @property
    def before_cases(self) -> list[tuple[Part, str]]:
        """What was written in the parts that come before the cases, in the meeting's own order."""
        return self._texts()[0]

    @property
    def after_cases(self) -> list[tuple[Part, str]]:
        """What was written in the parts that come after them."""
        return self._texts()[1]

    def _texts(self) -> tuple[list[tuple[Part, str]], list[tuple[Part, str]]]:
        parts = self.meeting.part_list
        place = parts.index(Part.CASES) if Part.CASES in parts else len(parts)
        early = set(parts[:place])
        if self.short:
            return [], []
        written = self.meeting.written
        return [one for one in written if one[0] in early], [one for one in written if one[0] not in early]

    @property
    def running(self) -> bool:
        """The meeting is not over: this is what the minutes would say."""
        return self.meeting.state != MeetingState.HELD

    @property
    def frozen(self) -> bool:
        """Approved: only amendments come to it."""
        return self.meeting.approved_at is not None

    @property
    def shares(self) -> list[Share]:
        """Per authority, in the order of their names: actions and cases held."""
        deeds: dict[UUID, list[Deed]] = defaultdict(list)
        held: dict[UUID, list[Section]] = defaultdict(list)
        authorities: dict[UUID, Authority] = {}
        for section in self.sections:
            for deed in section.deeds:
                deeds[deed.action.authority_id].append(deed)
                authorities[deed.action.authority_id] = deed.action.authority
            closed = section.line.item is not None and section.line.item.decision in {"closed", "not_psp"}
            if section.holder and not closed:
                held[section.holder.pk].append(section)
                authorities[section.holder.pk] = section.holder
        return [
            Share(authority, deeds[key], held[key])
            for key, authority in sorted(authorities.items(), key=lambda pair: (pair[1].name, str(pair[0])))
        ]

    def own(self, actor: Actor) -> Share | None:
        """The list of the actor's own authority."""
        return next((share for share in self.shares if actor.owns(share.authority.pk)), None)


def minutes_of(actor: Actor, meeting: Meeting, *, short: bool = False) -> Minutes:
    """The minutes within the actor's reach; row policies cut the sections. Eleven queries.

    `short` leaves the conclusion: decision, holder, next step and who does what (R-003-100).
    """
    book = agenda(actor, meeting)
    members = attendance(actor, meeting)
    staff = staff_words(members)
    ids = [line.case.pk for line in book.lines]
    until = meeting.over_at if meeting.state == MeetingState.HELD else None
    actions: dict[UUID, list[Action]] = defaultdict(list)
    for action in _actions(ids, meeting.starts_at, until):
        actions[action.case_id].append(action)
    amended: dict[UUID | None, list[Amendment]] = defaultdict(list)
    for one in Amendment.objects.filter(meeting=meeting).select_related("by", "authority").order_by("at", "id"):
        amended[one.case_id].append(one)
    came = came_by_case(actor, meeting)
    sections = [
        _section(line, actions[line.case.pk], amended[line.case.pk], staff, came.get(line.case.pk, ()))
        for line in book.lines
    ]
    return Minutes(
        meeting=meeting,
        following=Meeting.objects.filter(
            group_id=meeting.group_id, state=MeetingState.PLANNED, starts_at__gt=meeting.starts_at
        )
        .order_by("starts_at")
        .first(),
        members=members,
        sections=[_cut(one) if short else one for one in sections],
        amendments=amended[None],
        readers=readers_of(actor, meeting, members, [one.line.item.added_at for one in sections if one.line.item]),
        book=book,
        short=short,
        gaps=SystemGap.objects.filter(
            group_id=meeting.group_id, noted_on=timezone.localdate(meeting.starts_at)
        ).order_by("title", "id"),
    )


def _cut(section: Section) -> Section:
    return replace(section, note="", added="", guests=())


def _actions(case_ids: Sequence[UUID], since: datetime, until: datetime | None) -> list[Action]:
    """What was agreed, or asked for, when the meeting was over: later steps do not change minutes."""
    stood = Action.objects.filter(case__in=case_ids).exclude(state=ActionState.DECLINED)
    if until is None:
        stood = stood.filter(state__in=[ActionState.PROPOSED, ActionState.AGREED])
    else:
        stood = stood.filter(Q(ended_at=None) | Q(ended_at__gt=since), at__lte=until)
    return list(stood.select_related("authority", "case").order_by("due_on", "at", "id"))


def readers_of(
    actor: Actor, meeting: Meeting, members: Iterable[Presence], changes: Iterable[datetime | None]
) -> list[Reader]:
    """Who has read the minutes and in which version; nobody before they are sent. One query.

    `changes` are when the sections that the actor reads were changed: to others it is not said that a section was.
    """
    if meeting.minutes_sent_at is None:
        return []
    reads: dict[UUID, MinutesRead] = {}
    for row in MinutesRead.objects.filter(meeting=meeting).order_by("version"):
        reads[row.person_id] = row
    seen_to_change = max(filter(None, [meeting.frame_changed_at, *changes]), default=None)
    found = []
    for one in members:
        read = reads.get(one.membership.capacity.person_id)
        latest = read is not None and (
            read.version == meeting.minutes_version or seen_to_change is None or read.at >= seen_to_change
        )
        found.append(Reader(one, read.at if read else None, latest))
    return found


@dataclass(frozen=True)
class Doubt:
    """A place in the minutes that somebody should look at before they are sent."""

    place: str
    notices: tuple[Notice, ...]


def doubts(minutes: Minutes) -> list[Doubt]:
    """What to look at once more in all that the reader sees; `place` is a case's reference, or "" for the frame."""
    known = staff_words(minutes.members)
    frame = "\n".join(text for _part, text in minutes.meeting.written)
    citizens = minutes.book.citizens
    everybody = [name for one in citizens for name in (one.name, one.known_as) if name]
    places = [(frame, "", everybody, [one.address for one in citizens if one.address])]
    for section in minutes.sections:
        who = section.line.case.identity
        names = [name for name in (who.name, who.known_as) if name] if who else []
        streets = [who.address] if who and who.address else []
        places.append(("\n".join(section.words), section.line.case.reference, names, streets))
    found = []
    for text, place, names, streets in places:
        if notices := look_again(text, names, streets, known):
            found.append(Doubt(place, notices))
    return found
