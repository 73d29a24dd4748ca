"""The own meetings in the own calendar program, without a word about a citizen."""

import secrets
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.meetings.models import CalendarFeed, MeetingState
from samsvar.postgres.actor import Actor, token_hash

FETCHED_AGAIN = timedelta(hours=6)


def feed_of(actor: Actor) -> CalendarFeed | None:
    """The address that stands for the actor's post; its token is not kept."""
    return CalendarFeed.objects.filter(capacity_id=actor.capacity_id, ended_at=None).first()


def make(actor: Actor) -> str:
    """A new address, whole. The one before it ends; this one is shown once."""
    stop(actor)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed(
        id=uuid4(), token_hash=token_hash(token), person_id=actor.person_id, capacity_id=actor.capacity_id
    )
    CalendarFeed.objects.bulk_create([feed])
    record(actor, Act.CHANGE, "calendar_feed", feed.pk)
    return settings.SITE_ADDRESS + reverse("meetings:feed", args=[token])


def stop(actor: Actor) -> None:
    """End the address; calendar programs get nothing there any more."""
    feed = feed_of(actor)
    if feed is not None:
        feed.ended_at = timezone.now()
        feed.save(update_fields=["ended_at"])
        record(actor, Act.CHANGE, "calendar_feed", feed.pk)


def calendar(token: str) -> bytes | None:
    """The meetings as iCalendar (RFC 5545), or None where there is no such address. Asked by programs: nobody acts."""
    hashed = token_hash(token)
    with connection.cursor() as cursor:
        cursor.execute("select meetings_feed_stands(%s)", [hashed])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("select * from meetings_feed(%s)", [hashed])
        rows = cursor.fetchall()
    made = Calendar()
    made.add("prodid", "-//Samsvar//DA")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Samsvar")
    made.add("refresh-interval", FETCHED_AGAIN, parameters={"VALUE": "DURATION"})
    for meeting_id, starts_at, minutes, place, state, sequence, title, theme_day, group in rows:
        made.add_component(
            appointment(
                meeting_id,
                starts_at,
                minutes,
                place=place,
                called_off=state == MeetingState.CALLED_OFF,
                sequence=sequence,
                title=title,
                theme_day=theme_day,
                group=group,
            )
        )
    return made.to_ical()


def appointment(
    meeting_id: object,
    starts_at: datetime,
    minutes: int,
    *,
    place: str,
    called_off: bool,
    sequence: int,
    title: str,
    theme_day: bool,
    group: str,
) -> Event:
    """One meeting for a calendar, with the same UID for as long as it lives. Title and place hold no person."""
    event = Event()
    event.add("uid", f"{meeting_id}@samsvar")
    event.add("sequence", sequence)
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", (starts_at + timedelta(minutes=minutes)).astimezone(UTC))
    event.add("summary", f"{title or (_('Temadag') if theme_day else _('Møde'))}: {group}")
    if place:
        event.add("location", place)
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    event.add("url", settings.SITE_ADDRESS + reverse("meetings:meeting", args=[meeting_id]))
    return event
