"""The own doctor: whom a message would reach, what has been written, and a practice's own patients."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from samsvar.calendar.deadlines import deadline, due
from samsvar.coordination.models import (
    FROM_DOCTOR,
    TO_DOCTOR,
    CareCoordinator,
    CareEvent,
    CareEventDelivery,
    CareNetwork,
    EventKind,
    MeetingState,
    MeetingWishes,
    NetworkContact,
    NetworkMeeting,
)
from samsvar.coordination.models.doctor import CALL_AFTER_DAYS, DoctorAnswer, MessageAnswer
from samsvar.coordination.selectors.events import EventLine, events
from samsvar.coordination.selectors.networks import Line, around, coordinator_of, networks
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import Authority
from samsvar.partnerships.services.rights import current
from samsvar.postgres.actor import Actor

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class OwnDoctor:
    """The citizen's own doctor as far as the actor knows it, and the practice that a message would reach."""

    contact: NetworkContact | None
    practice: Authority | None
    stopped: bool

    @property
    def name(self) -> str:
        """The practice in words, or nothing."""
        if self.practice is not None:
            return self.practice.name
        return self.contact.name if self.contact is not None else ""


@dataclass(frozen=True)
class Epikrise:
    """One discharge, and whether the practice has had its epikrise."""

    discharged: CareEvent
    due_on: date
    sent: CareEvent | None
    received: CareEventDelivery | None

    @property
    def is_late(self) -> bool:
        """Whether it should have been there by now, or was sent too late."""
        on = timezone.localdate(self.sent.happened_at) if self.sent else timezone.localdate()
        return on > self.due_on


@dataclass(frozen=True)
class DoctorPage:
    """What has been written between the own doctor and those who help, as the actor may see it."""

    network: CareNetwork
    inside: bool
    doctor: OwnDoctor
    lines: list[EventLine]
    epikriser: list[Epikrise]
    coordinator: CareCoordinator | None


@dataclass(frozen=True)
class Patient:
    """One own patient on a practice's list."""

    line: Line
    newest: datetime | None
    unread: int


def is_practice(actor: Actor) -> bool:
    """Whether the actor works in a general practice."""
    return actor.authority_kind == AuthorityKind.PRACTICE


def doctor_of(actor: Actor, network: CareNetwork) -> OwnDoctor:
    """The own doctor, and whether a message would reach it; nothing for one who may not tell of this citizen."""
    with connection.cursor() as cursor:
        cursor.execute("select coordination_doctor(%s)", [network.pk])
        answer = cursor.fetchone()[0]
    found = (json.loads(answer) if isinstance(answer, str) else answer) or {}
    contact = around(actor, network).filter(role="doctor").select_related("body").order_by("body__name", "id").first()
    reached = found.get("authority")
    practice = Authority.objects.filter(pk=reached).first() if reached else None
    return OwnDoctor(contact, practice, bool(found.get("stopped")))


def doctor_page(actor: Actor, network: CareNetwork) -> DoctorPage:
    """All that the actor may see; a constant number of queries. A practice sees all that was told to it."""
    lines = events(actor, network)
    written = [
        one for one in lines if is_practice(actor) or one.event.kind in TO_DOCTOR or one.event.kind in FROM_DOCTOR
    ]
    return DoctorPage(
        network=network,
        inside=bool(getattr(network, "inside", False)),
        doctor=doctor_of(actor, network),
        lines=written,
        epikriser=_epikriser(lines),
        coordinator=coordinator_of(actor, network),
    )


def _epikriser(lines: Sequence[EventLine]) -> list[Epikrise]:
    """The discharges, the newest first, each with the first epikrise that its teller has sent since."""
    told = [one for one in lines if one.event.released_at is not None]
    sent = [one for one in reversed(told) if one.event.kind == EventKind.EPIKRISE]
    found = []
    for line in told:
        event = line.event
        if event.kind != EventKind.DISCHARGE or event.is_ahead or not (line.own or line.reached_us):
            continue
        on = timezone.localdate(event.happened_at)
        letter = next(
            (
                one
                for one in sent
                if one.event.authority_id == event.authority_id and timezone.localdate(one.event.happened_at) >= on
            ),
            None,
        )
        rows = ([letter.reached_us] if letter.reached_us else letter.deliveries) if letter else []
        received = next((one for one in rows if one.read_at is not None), None)
        last = due(deadline("epikrise", on), on)
        found.append(Epikrise(event, last, letter.event if letter else None, received))
    return found


def patients(actor: Actor) -> list[Patient]:
    """The own patients who have let the practice in, the newest message first. Constant queries."""
    told = {
        row["network_id"]: row
        for row in CareEventDelivery.objects.filter(authority_id__in=actor.authority_ids)
        .order_by()
        .values("network_id")
        .annotate(newest=Max("at"), waits=Count("id", filter=Q(read_at=None)))
    }
    found = []
    for line in networks(actor):
        row = told.get(line.network.pk)
        found.append(Patient(line, row["newest"] if row else None, row["waits"] if row else 0))
    return sorted(found, key=lambda one: one.newest or _NEVER, reverse=True)


def practices(actor: Actor, network: CareNetwork) -> list[Authority]:
    """The practices that take part in the cooperation, by name."""
    return list(
        Authority.objects.filter(
            current("participations__"), kind=AuthorityKind.PRACTICE, participations__partnership=network.partnership_id
        )
        .distinct()
        .order_by("name", "id")
    )


def meetings_to_invite_to(actor: Actor, network: CareNetwork) -> list[NetworkMeeting]:
    """The network meetings to come that are clear, and for which the citizen has said who comes."""
    wished = MeetingWishes.objects.filter(meeting=OuterRef("pk"))
    return list(
        NetworkMeeting.objects.filter(
            Exists(wished), network=network, state="planned", clear=True, starts_at__gt=timezone.now()
        )
        .exclude(place="")
        .order_by("starts_at", "id")
    )


def find_letter(actor: Actor, network: CareNetwork, delivery_id: UUID) -> CareEventDelivery | None:
    """An invitation that reached the actor's own practice."""
    return (
        CareEventDelivery.objects.select_related("network", "event")
        .filter(
            network=network,
            pk=delivery_id,
            authority_id__in=actor.authority_ids,
            event__kind=EventKind.INVITATION,
        )
        .first()
    )


def unanswered(actor: Actor) -> QuerySet[CareEventDelivery]:
    """Invitations that a practice has not answered for days: the tovholder calls it (R-003-73)."""
    holds = CareCoordinator.objects.filter(network=OuterRef("network"), until=None, capacity=actor.capacity_id)
    return (
        CareEventDelivery.objects.filter(
            Exists(holds),
            from_authority_id__in=actor.authority_ids,
            event__kind=EventKind.INVITATION,
            read_at=None,
            at__lt=timezone.now() - timedelta(days=CALL_AFTER_DAYS),
            # Once the meeting is held or called off there is nothing to ring about.
            event__happened_at__gt=timezone.now(),
            event__meeting__state=MeetingState.PLANNED,
            network__ended_on=None,
        )
        .select_related("network")
        .order_by("at", "id")
    )


def other_times(actor: Actor) -> QuerySet[CareEventDelivery]:
    """Invitations that a practice would like at another time: whoever asked calls it, or the tovholder.

    It is over when the meeting has got another hour, is held or called off, or the practice has been asked anew.
    """
    holds = CareCoordinator.objects.filter(network=OuterRef("network"), until=None, capacity=actor.capacity_id)
    anew = CareEvent.objects.filter(
        kind=EventKind.INVITATION,
        meeting=OuterRef("event__meeting"),
        released_at__gt=OuterRef("event__released_at"),
    )
    return (
        CareEventDelivery.objects.filter(
            Q(event__released_by=actor.person_id) | Exists(holds),
            ~Exists(anew),
            from_authority_id__in=actor.authority_ids,
            event__kind=EventKind.INVITATION,
            answer=DoctorAnswer.OTHER_TIME,
            event__happened_at__gt=timezone.now(),
            event__meeting__state=MeetingState.PLANNED,
            event__meeting__starts_at=F("event__happened_at"),
            network__ended_on=None,
        )
        .select_related("network")
        .order_by("read_at", "id")
    )


def calls_back(actor: Actor) -> QuerySet[CareEventDelivery]:
    """What the actor has told somebody who asks to be called: on the desk for a week."""
    return (
        CareEventDelivery.objects.filter(
            event__released_by=actor.person_id,
            from_authority_id__in=actor.authority_ids,
            answer=MessageAnswer.CALL_US,
            read_at__gt=timezone.now() - timedelta(days=7),
            network__ended_on=None,
        )
        .select_related("network", "event")
        .order_by("read_at", "id")
    )
