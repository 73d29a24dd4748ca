"""The series of the actor's tables, with the meetings they have put into the calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from samsvar.calendar import rhythms, words
from samsvar.meetings.models import Meeting, MeetingSeries
from samsvar.meetings.models.series import Plan
from samsvar.postgres.actor import Actor

# How far dates of a rule are looked for: a yearly meeting, as many ahead as there may be, and some that fall out.
HORIZON = timedelta(days=366 * 26)
# How many days somebody sees of a series before it begins.
FIRST_DAYS = 6


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


@dataclass(frozen=True)
class FirstDay:
    """One of the first days of a plan, in words. `said` is when they meet, `falls_out` that they do not."""

    said: str
    falls_out: bool = False
    moved_from: str = ""
    closed: str = ""


def first_days(actor: Actor, plan: Plan, today: date) -> list[FirstDay]:
    """The first days a series of this plan would have, and what holidays do to them; nothing is written."""
    start = max(today + timedelta(days=1), plan.since)
    end = min(plan.until, start + HORIZON) if plan.until else start + HORIZON
    lang, now = get_language(), timezone.localtime()
    closed = rhythms.IfClosed(plan.if_closed)
    return [
        FirstDay(
            words.moment(datetime.combine(one.meets_on, plan.hour), now.replace(tzinfo=None), lang)
            if one.meets_on
            else words.day(one.day, now, lang),
            falls_out=one.meets_on is None,
            moved_from=words.day(one.day, now, lang) if one.moved else "",
            closed=one.closed,
        )
        for one in rhythms.first_days(plan.rule, start, end, FIRST_DAYS, closed, lang)
    ]
