"""Reads of the live table: its version, the item that is up, one's own half-written texts, and what one can tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samsvar.meetings.models import AgendaItem, Draft, Meeting
from samsvar.meetings.selectors.agendas import Presence, room
from samsvar.partnerships.models import Authority, Hearing
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Answer, Contribution, Receipt, ReleaseAnswer
from samsvar.sharing.selectors import releases_of

LEADING = ("coordinator", "chair", "secretariat")


def version(token: str, meeting_id: UUID) -> int | None:
    """How many times something has changed at the table for whoever asks; None for one who does not sit there.

    One query; what happens in a case that one does not see is not counted.

    Asked before anybody acts, since each open page asks it all the time.
    """
    with connection.cursor() as cursor:
        cursor.execute("select meetings_version(%s, %s)", [token, meeting_id])
        return cursor.fetchone()[0]


def leads(actor: Actor) -> bool:
    """Whether the actor's function is to lead meetings; anybody else at the table may take the lead by hand."""
    return actor.is_any(*LEADING)


def up_now(actor: Actor, meeting: Meeting) -> AgendaItem | None:
    """The item the table is at, when the actor's authority is party to its case."""
    return AgendaItem.objects.filter(meeting=meeting).exclude(opened_at=None).order_by("-opened_at").first()


def drafts_of(actor: Actor, meeting: Meeting, case_id: UUID | None) -> dict[str, Draft]:
    """What the actor has half written here, by field ("beslut.note")."""
    rows = Draft.objects.filter(meeting=meeting, case_id=case_id, person_id=actor.person_id)
    return {row.field: row for row in rows}


def receivers_here(
    actor: Actor, parties: Iterable[Authority], members: list[Presence], item: AgendaItem | None
) -> list[Authority]:
    """The other parties that hear what is said now: those with somebody in the room, or all when nobody was noted."""
    others = [authority for authority in parties if not actor.owns(authority.pk)]
    if not any(one.came for one in members):
        return others
    here = room(members, others, item.away if item else ())
    present = {one.membership.capacity.authority_id for one in here.present}
    return [authority for authority in others if authority.pk in present]


@dataclass(frozen=True)
class Telling:
    """An own contribution as it lies before the table. `left` are those in the room who have not heard it."""

    number: int
    contribution: Contribution
    left: list[Authority]
    waits: bool


def tellings(
    actor: Actor, case_id: UUID, contributions: Iterable[Contribution], here: list[Authority]
) -> list[Telling]:
    """The own ones of a case's contributions, oldest first, and who in the room has not heard each. Two queries."""
    own = [one for one in contributions if actor.owns(one.authority_id) and one.answer == Answer.CONTRIBUTES]
    if not own:
        return []
    told: dict[UUID, set[UUID]] = {}
    for subject, authority in Receipt.objects.filter(
        subject_id__in=[one.pk for one in own], from_authority_id__in=actor.authority_ids
    ).values_list("subject_id", "authority_id"):
        told.setdefault(subject, set()).add(authority)
    releases = releases_of(actor, case_id)
    return [
        Telling(
            number,
            one,
            [authority for authority in here if authority.pk not in told.get(one.pk, set())],
            bool((asked := releases.get(one.pk)) and asked.answer == ReleaseAnswer.WAITS),
        )
        for number, one in enumerate(own, start=1)
    ]


@dataclass(frozen=True)
class Clock:
    """How long an item has been up: the seconds before, and since when it is up now."""

    seconds: int
    since: datetime | None

    @property
    def now(self) -> int:
        """Seconds in all, at this moment."""
        running = (timezone.now() - self.since).total_seconds() if self.since else 0
        return self.seconds + max(0, int(running))

    @property
    def said(self) -> str:
        """As a clock shows it: "4:05"."""
        return f"{self.now // 60}:{self.now % 60:02}"


def clock_of(item: AgendaItem | None) -> Clock:
    """The clock of an item, at nought before the table has come to it."""
    return Clock(item.seconds, item.opened_at) if item else Clock(0, None)


def way_of(item: AgendaItem | None, meeting: Meeting) -> str:
    """What the table does about those in the room who are not in the case."""
    return str(Hearing((item.hearing if item else "") or meeting.partnership.hearing).label)
