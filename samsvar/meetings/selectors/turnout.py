"""Who was missing at a group's meetings over a period: authority by authority, with no colour and no order of merit."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from samsvar.meetings.models import Attendance, Meeting, MeetingState
from samsvar.partnerships.models import Authority, Group, Membership
from samsvar.postgres.actor import Actor

_THERE = {Attendance.State.PRESENT, Attendance.State.PHONE}


@dataclass
class Missed:
    """How an authority, or one seat of it, stood to the meetings that were held while it had a seat."""

    authority: Authority
    name: str = ""
    meetings: int = 0
    there: int = 0
    excused: int = 0
    absent: int = 0
    not_noted: int = 0
    seats: list["Missed"] = field(default_factory=list)

    def count(self, states: set[str]) -> None:
        """Add one meeting, at which these were noted: whoever was there counts for all."""
        self.meetings += 1
        if states & _THERE:
            self.there += 1
        elif Attendance.State.ABSENT in states:
            self.absent += 1
        elif Attendance.State.EXCUSED in states:
            self.excused += 1
        else:
            self.not_noted += 1


@dataclass(frozen=True)
class Period:
    """The held meetings of a group in a period, and how each authority stood to them, by name."""

    meetings: int
    rows: list[Missed]
    missing: int


def over(actor: Actor, group: Group, since: date, until: date) -> Period:
    """Attendance from one day to another, both included (R-000-65, R-000-66). Three queries.

    An authority was there when anybody of it was, a deputy too. `missing` is how often one of them was not.
    """
    days = {
        row[0]: timezone.localdate(row[1])
        for row in Meeting.objects.filter(group=group, state=MeetingState.HELD)
        .filter(starts_at__date__gte=since, starts_at__date__lte=until)
        .values_list("pk", "starts_at")
    }
    noted: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for meeting_id, seat, state in Attendance.objects.filter(meeting_id__in=list(days)).values_list(
        "meeting_id", "membership_id", "state"
    ):
        noted[meeting_id][seat] = state
    members = list(
        Membership.objects.filter(Q(until=None) | Q(until__gte=since), group=group, since__lte=until)
        .select_related("capacity__person", "capacity__authority")
        .order_by("capacity__authority__name", "capacity__person__name", "id")
    )
    rows: dict[UUID, Missed] = {}
    for member in members:
        authority = member.capacity.authority
        row = rows.setdefault(authority.pk, Missed(authority))
        own = Missed(authority, member.capacity.person.name)
        for meeting_id, day in days.items():
            if member.since <= day and (member.until is None or day <= member.until):
                own.count({noted[meeting_id].get(member.pk, "")})
        row.seats.append(own)
    for authority_id, row in rows.items():
        seats = [one for one in members if one.capacity.authority_id == authority_id]
        for meeting_id, day in days.items():
            then = [one for one in seats if one.since <= day and (one.until is None or day <= one.until)]
            if then:
                row.count({noted[meeting_id].get(one.pk, "") for one in then})
    return Period(len(days), list(rows.values()), sum(row.excused + row.absent for row in rows.values()))
