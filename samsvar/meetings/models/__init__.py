"""A meeting and what belongs to it: kinds and series before it, the invitation to it, cases and decisions at it."""

from samsvar.meetings.models.kinds import (
    DEFAULT_PARTS,
    LONGEST,
    SHORTEST,
    STEERING_PARTS,
    TEXT_PARTS,
    MeetingKind,
    Part,
)
from samsvar.meetings.models.meetings import (
    AgendaItem,
    Amendment,
    Attendance,
    CalendarFeed,
    Decision,
    Draft,
    Guest,
    GuestKind,
    Invitation,
    ItemKind,
    Meeting,
    MeetingState,
    MinutesRead,
    Pulse,
)
from samsvar.meetings.models.series import MOST_AHEAD, MeetingSeries

__all__ = [
    "DEFAULT_PARTS",
    "LONGEST",
    "MOST_AHEAD",
    "SHORTEST",
    "STEERING_PARTS",
    "TEXT_PARTS",
    "AgendaItem",
    "Amendment",
    "Attendance",
    "CalendarFeed",
    "Decision",
    "Draft",
    "Guest",
    "GuestKind",
    "Invitation",
    "ItemKind",
    "Meeting",
    "MeetingKind",
    "MeetingSeries",
    "MeetingState",
    "MinutesRead",
    "Part",
    "Pulse",
]
