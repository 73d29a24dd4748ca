"""Invitations: an appointment in everybody's own calendar, and one press to answer it. No case and no name in them.

The mail says when, where and which group, as iCalendar with one UID for the meeting's whole life (RFC 5545, RFC 5546);
a change raises SEQUENCE, calling off sends CANCEL. Mails are sent by a job, one row per seat saying what was sent last.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.backends.utils import CursorWrapper
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, vCalAddress

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.calendar.words import clock
from samsvar.documents.words import in_full
from samsvar.meetings.models import Invitation, Meeting, MeetingState
from samsvar.meetings.services.errors import MeetingError
from samsvar.meetings.services.feeds import appointment
from samsvar.partnerships.models import Membership
from samsvar.postgres.actor import Actor
from samsvar.tasks.caretaking import caretaking

MOST_AT_ONCE = 500

logger = logging.getLogger(__name__)

# Each seat of each coming meeting with what was sent last, where something else should have been. A deputy is asked
# once the one whom the deputy stands for has said so, and for as long as that stands.
_WAITING = """
    select * from (
        select m.id as meeting, s.id as seat, m.partnership_id, m.group_id, m.sequence, m.starts_at, m.minutes,
            m.place, coalesce(k.name, '') as title, m.theme_day, g.name as group_name, u.email, u.language,
            i.sent_sequence, coalesce(i.sent_off, false) as sent_off,
            m.state = 'planned' and u.is_active
                and s.since <= day.is and (s.until is null or s.until >= day.is)
                and c.since <= day.is and (c.until is null or c.until >= greatest(day.is, today()))
                and (s.kind <> 'deputy' or exists (select 1 from meetings_invitation j where j.meeting_id = m.id
                    and j.membership_id = s.deputises_for_id and j.answer = 'deputy'
                    and j.answered_sequence >= m.asked_sequence)) as wanted
        from meetings_meeting m
            cross join lateral (select (m.starts_at at time zone 'Europe/Copenhagen')::date as is) day
            join partnerships_group g on g.id = m.group_id
            join partnerships_membership s on s.group_id = m.group_id
            join partnerships_capacity c on c.id = s.capacity_id
            join accounts_user u on u.id = c.person_id
            left join meetings_meetingkind k on k.id = m.kind_id
            left join meetings_invitation i on i.meeting_id = m.id and i.membership_id = s.id
        where m.starts_at > now() and m.state in ('planned', 'called_off')) due
    where (wanted and (sent_sequence is null or sent_sequence <> sequence or sent_off))
        or (not wanted and sent_sequence is not null and not sent_off)
    order by starts_at, seat
    limit %s
"""


@dataclass(frozen=True)
class Mail:
    """What one seat is to be told about one meeting."""

    meeting: UUID
    seat: UUID
    partnership: UUID
    group: UUID
    sequence: int
    starts_at: datetime
    minutes: int
    place: str
    title: str
    theme_day: bool
    group_name: str
    email: str
    language: str
    sent_sequence: int | None
    sent_off: bool
    wanted: bool


def answer(actor: Actor, meeting: Meeting, membership: Membership, said: str) -> None:
    """Say whether this seat's member comes, for oneself or for a colleague of the own authority (R-000-65).

    Raises MeetingError when the meeting is over or called off, the seat is another authority's, or no deputy is there.
    """
    if meeting.state != MeetingState.PLANNED:
        raise MeetingError(_("Mødet er ikke planlagt længere."))
    if membership.group_id != meeting.group_id or not actor.owns(membership.capacity.authority_id):
        raise MeetingError(_("Kun jeres egen myndighed kan svare for den plads."))
    today = timezone.localdate()
    if said == Invitation.Answer.DEPUTY and not membership.deputies.exclude(until__lt=today).exists():
        raise MeetingError(_("Der er ingen stedfortræder for den plads. Gruppens koordinator kan sætte en ind."))
    row, made = Invitation.objects.get_or_create(
        meeting=meeting,
        membership=membership,
        defaults={
            "partnership_id": meeting.partnership_id,
            "group_id": meeting.group_id,
            "answer": said,
            "answered_at": timezone.now(),
            "answered_sequence": meeting.sequence,
        },
    )
    if not made:
        row.answer, row.answered_at, row.answered_sequence = said, timezone.now(), meeting.sequence
        row.save(update_fields=["answer", "answered_at", "answered_sequence"])
    record(
        actor,
        Act.CHANGE,
        "meeting",
        meeting.pk,
        partnership_id=meeting.partnership_id,
        detail={"part": "answer", "answer": said, "seat": str(membership.pk)},
    )


def send_waiting() -> int:
    """Send what members have not been sent. A mail that the mail server refuses is tried again by the next run."""
    with caretaking("meetings.invite") as cursor:
        cursor.execute(_WAITING, [MOST_AT_ONCE])
        waiting = [Mail(*row) for row in cursor.fetchall()]
    sent = 0
    for mail in waiting:
        try:
            # The mail goes out before its row is committed: a crash between the two sends one too many, never none.
            with caretaking("meetings.invite") as cursor:
                if _note(cursor, mail):
                    message(mail).send()
                    sent += 1
        except OSError:
            logger.exception("An invitation could not be sent; the next run tries again.")
    return sent


def _note(cursor: CursorWrapper, mail: Mail) -> bool:
    cursor.execute(
        "insert into meetings_invitation (id, partnership_id, meeting_id, group_id, membership_id, sent_sequence,"
        " sent_off, sent_at, answer, answered_sequence) values (%s, %s, %s, %s, %s, %s, %s, now(), '', 0)"
        " on conflict (meeting_id, membership_id) do update set sent_sequence = excluded.sent_sequence,"
        " sent_off = excluded.sent_off, sent_at = excluded.sent_at"
        " where (meetings_invitation.sent_sequence, meetings_invitation.sent_off)"
        " is distinct from (excluded.sent_sequence, excluded.sent_off)",
        [uuid4(), mail.partnership, mail.meeting, mail.group, mail.seat, mail.sequence, not mail.wanted],
    )
    return cursor.rowcount == 1


def message(mail: Mail) -> EmailMultiAlternatives:
    """The mail: words for people, and the appointment for their calendar."""
    with translation.override(mail.language):
        local = timezone.localtime(mail.starts_at)
        when = f"{in_full(local.date())} {clock(local.timetz(), mail.language)}"
        if not mail.wanted:
            subject = _("Aflyst: %(group)s, %(when)s")
        elif mail.sent_sequence is None or mail.sent_off:
            subject = _("Indkaldelse: %(group)s, %(when)s")
        else:
            subject = _("Ændret: %(group)s, %(when)s")
        text = render_to_string(
            "meetings/mail/invitation.txt",
            {
                "mail": mail,
                "when": when,
                "address": settings.SITE_ADDRESS + reverse("meetings:meeting", args=[mail.meeting]),
            },
        )
        found = EmailMultiAlternatives(subject % {"group": mail.group_name, "when": when}, text, to=[mail.email])
        method = "REQUEST" if mail.wanted else "CANCEL"
        found.attach_alternative(calendar(mail).decode(), f"text/calendar; method={method}")
    return found


def calendar(mail: Mail) -> bytes:
    """The appointment as iCalendar. It names the receiver's own address and the sender's, and nobody else's."""
    event = appointment(
        mail.meeting,
        mail.starts_at,
        mail.minutes,
        place=mail.place,
        called_off=not mail.wanted,
        sequence=mail.sequence,
        title=mail.title,
        theme_day=mail.theme_day,
        group=mail.group_name,
    )
    sender = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    sender.params["CN"] = "Samsvar"
    event.add("organizer", sender)
    who = vCalAddress(f"mailto:{mail.email}")
    who.params["ROLE"] = "REQ-PARTICIPANT"
    who.params["PARTSTAT"] = "NEEDS-ACTION"
    # Answers are given in Samsvar, where the group sees them; a mailed answer would reach nobody.
    who.params["RSVP"] = "FALSE"
    event.add("attendee", who)
    made = Calendar()
    made.add("prodid", "-//Samsvar//DA")
    made.add("version", "2.0")
    made.add("method", "REQUEST" if mail.wanted else "CANCEL")
    made.add_component(event)
    return made.to_ical()
