"""The series of the actor's tables, with the meetings they have put into the calendar."""

from uuid import UUID

from samsvar.meetings.models import Meeting, MeetingSeries
from samsvar.postgres.actor import Actor


def going_on(actor: Actor) -> list[MeetingSeries]:
    """Series that plan meetings, at any of the actor's tables."""
    return list(
        MeetingSeries.objects.filter(ended_at=None)
        .select_related("group__partnership", "kind")
        .order_by("group__name", "since", "id")
    )


def find(actor: Actor, series_id: UUID) -> MeetingSeries | None:
    """A series of one of the actor's tables that goes on, or None for one that is not there or not theirs."""
    return (
        MeetingSeries.objects.filter(pk=series_id, ended_at=None).select_related("group__partnership", "kind").first()
    )


def planned(actor: Actor, series: MeetingSeries, coming: list[Meeting]) -> list[Meeting]:
    """Which of the coming meetings are the series' own."""
    return [meeting for meeting in coming if meeting.series_id == series.pk]
