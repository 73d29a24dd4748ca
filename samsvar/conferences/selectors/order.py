"""The order of a conference: what comes when, and how long it may take."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsvar.calendar.words import span
from samsvar.cases.models import Case
from samsvar.conferences.models import Conference, ConferenceItem, ItemWords, Level, Participant
from samsvar.meetings.models import Meeting, MeetingState
from samsvar.meetings.selectors.agendas import Presence, attendance
from samsvar.meetings.selectors.minutes import staff_words
from samsvar.partnerships.selectors import leads
from samsvar.postgres.actor import Actor

_RANK = {Level.REGIONAL: 0, Level.MUNICIPAL: 1, Level.GENERAL: 2}


def _from_to(start: datetime, end: datetime) -> str:
    return span(timezone.localtime(start).time(), timezone.localtime(end).time(), get_language())


@dataclass(frozen=True)
class Slot:
    """One item in the order, with its time; `words` are None for those who only see that it is there."""

    item: ConferenceItem
    starts_at: datetime
    ends_at: datetime
    words: ItemWords | None

    @property
    def time(self) -> str:
        """When to come and when one can go, on the clock of the place."""
        return _from_to(self.starts_at, self.ends_at)

    @property
    def presenter(self) -> str:
        """Who brings it and where from."""
        if self.item.presented_by:
            return ", ".join(part for part in (self.item.presented_by, self.item.presented_from) if part)
        return f"{self.item.presenter.name}, {self.item.authority.short_name}"


def may_move(actor: Actor, item: ConferenceItem) -> bool:
    """Whether the actor works with the matter or leads the table; the row policy asks the same."""
    return ItemWords.objects.filter(item=item).exists() or leads(actor, item.meeting.group)


@dataclass(frozen=True)
class Order:
    """A conference as its group reads it."""

    meeting: Meeting
    frame: Conference | None
    slots: list[Slot]
    psp: list[str]
    members: list[Presence]
    participants: list[Participant]
    # Whether the reader leads the table, and so may move what others brought.
    leads: bool = False

    @property
    def time(self) -> str:
        """From when to when the meeting lasts, on the clock of the place."""
        return _from_to(self.meeting.starts_at, self.meeting.ends_at)

    @property
    def kind(self) -> str:
        """An ordinary meeting, or one that begins with PSP cases (R-003-28, R-003-48)."""
        return _("PSP-møde") if self.frame and self.frame.psp_minutes else _("Almindeligt møde")

    @property
    def psp_time(self) -> str:
        """The closed first part, or nothing."""
        if not self.frame or not self.frame.psp_minutes:
            return ""
        start = self.meeting.starts_at
        return _from_to(start, start + timedelta(minutes=self.frame.psp_minutes))

    @property
    def is_held(self) -> bool:
        """Whether the meeting is over."""
        return self.meeting.state == MeetingState.HELD

    @property
    def present(self) -> list[Presence]:
        """The members who came."""
        return [one for one in self.members if one.came]

    @property
    def staff(self) -> list[str]:
        """Names that may stand in a text: of those who work here."""
        return _staff(self.members, self.participants, [slot.item for slot in self.slots])


def _staff(
    members: Iterable[Presence], participants: Iterable[Participant], items: Iterable[ConferenceItem]
) -> list[str]:
    names = staff_words(members)
    names += [part for one in participants for part in (one.name, *one.affiliations)]
    names += [part for one in items for part in (one.presented_by, one.presented_from) if part]
    return names


def staff_at(actor: Actor, meeting: Meeting) -> list[str]:
    """The names that may stand in a text about a matter at this meeting: of those who work here."""
    return _staff(
        attendance(actor, meeting),
        Participant.objects.filter(meeting=meeting),
        ConferenceItem.objects.filter(meeting=meeting),
    )


def in_order(items: Iterable[ConferenceItem]) -> list[ConferenceItem]:
    """What others have part in, then the municipality alone, then the general; as raised within each (R-003-30).

    An item that somebody has moved stands where it was put, whatever comes in later.
    """
    rows = sorted(items, key=lambda one: (_RANK[Level(one.level)], one.at, str(one.pk)))
    found = [one for one in rows if one.position is None]
    for one in sorted((one for one in rows if one.position is not None), key=lambda one: (one.position, one.at)):
        found.insert((one.position or 1) - 1, one)
    return found


def order(actor: Actor, meeting: Meeting) -> Order:
    """The order of a conference with its times: numbers, who brings what, when to come (003/S19, 003/S27).

    The row policies keep what is said from those who do not work with it. Of PSP cases it has the numbers that the
    actor sees, and nothing else: they are dealt with at the meeting's own page (R-003-49).
    """
    frame = Conference.objects.filter(meeting=meeting).first()
    items = in_order(ConferenceItem.objects.filter(meeting=meeting).select_related("matter", "authority", "presenter"))
    words = {row.item_id: row for row in ItemWords.objects.filter(item__in=items)}
    at = meeting.starts_at + timedelta(minutes=frame.psp_minutes if frame else 0)
    slots = []
    for item in items:
        until = at + timedelta(minutes=item.minutes)
        slots.append(Slot(item, at, until, words.get(item.pk)))
        at = until
    psp = (
        list(
            Case.objects.filter(group_id=meeting.group_id, closed_at=None)
            .order_by("reference")
            .values_list("reference", flat=True)
        )
        if frame and frame.psp_minutes and meeting.state != MeetingState.HELD
        else []
    )
    return Order(
        meeting,
        frame,
        slots,
        psp,
        attendance(actor, meeting),
        list(Participant.objects.filter(meeting=meeting).order_by("name", "id")),
        leads(actor, meeting.group),
    )
