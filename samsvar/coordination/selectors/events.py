"""What happened to a citizen, as the actor may see it, and whom a draft would reach."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.coordination.models import (
    TALKED_OVER,
    CareCoordinator,
    CareEvent,
    CareEventDelivery,
    CareNetwork,
    Category,
    ContactRole,
    CoordinatorRequest,
    EventKind,
    NetworkContact,
    NetworkReader,
)
from samsvar.coordination.models.events import receiver_words
from samsvar.coordination.selectors.networks import coordinator_of
from samsvar.partnerships.models import Authority, Unit
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Consent

MOST_EVENTS = 200
# Whoever is asked to a talk later than this will hardly come (R-003-11; 002 chapter 2.6).
SHORT_NOTICE = timedelta(days=3)


@dataclass(frozen=True)
class Receiver:
    """One whom the citizen's standing yes names for events. `facts` are what the law asks of that yes."""

    event: CareEvent
    reader_id: UUID | None
    authority: Authority
    unit: Unit | None
    facts: dict[str, Any]

    @property
    def delivery(self) -> CareEventDelivery:
        """The row that says that the event reached this one."""
        return CareEventDelivery(
            id=uuid4(),
            partnership_id=self.event.partnership_id,
            network_id=self.event.network_id,
            event=self.event,
            reader_id=self.reader_id,
            from_authority_id=self.event.authority_id,
            from_unit_id=self.event.unit_id,
            authority=self.authority,
            unit=self.unit,
        )

    @property
    def who(self) -> str:
        """The receiver in words."""
        return receiver_words(self.reader_id, self.unit, self.authority)

    @property
    def consent(self) -> Consent:
        """The yes by its facts: the row is its taker's, and the sender cannot read it."""
        days = {name: date.fromisoformat(self.facts[name]) for name in ("given_on", "valid_to")}
        return Consent(**{**self.facts, **days}, missing=[])


@dataclass(frozen=True)
class EventLine:
    """One event on the page of a network: to whom it went, or when it reached us."""

    event: CareEvent
    own: bool
    deliveries: list[CareEventDelivery]
    reached_us: CareEventDelivery | None

    @property
    def unread(self) -> bool:
        """Whether it waits for somebody here to read it."""
        return self.reached_us is not None and self.reached_us.read_at is None


@dataclass(frozen=True)
class EventPage:
    """A draft before it is released: whom it reaches, whom it does not, and who belongs at the talk."""

    event: CareEvent
    told: list[Receiver]
    not_told: list[str]
    others: list[NetworkContact]
    coordinator: CareCoordinator | None
    caseworkers: list[NetworkContact]
    talks: bool
    short_notice: bool


def tells(actor: Actor, network: CareNetwork) -> bool:
    """Whether the actor may tell of this citizen: from inside, or let in for events."""
    return (
        CoordinatorRequest.objects.filter(network=network).exists()
        or NetworkReader.objects.filter(
            network=network,
            authority_id__in=actor.authority_ids,
            categories__contains=[Category.EVENTS],
            until=None,
        ).exists()
    )


def events(actor: Actor, network: CareNetwork) -> list[EventLine]:
    """What happened, the newest first: the own unit's, drafts too, and what was delivered to it. Two queries."""
    inside = bool(getattr(network, "inside", False))
    deliveries = CareEventDelivery.objects.select_related("authority", "unit", "read_by").order_by("at", "id")
    rows = (
        CareEvent.objects.filter(network=network)
        .select_related("authority", "unit", "by", "released_by")
        .prefetch_related(Prefetch("deliveries", queryset=deliveries))
        .order_by("-happened_at", "-at", "id")[:MOST_EVENTS]
    )
    lines = []
    for row in rows:
        all_of_it = list(row.deliveries.all())
        reached_us = next((one for one in all_of_it if _is_ours(actor, one, inside=inside)), None)
        own = reached_us is None and actor.owns(row.authority_id)
        lines.append(EventLine(row, own, all_of_it if own else [], reached_us))
    return lines


def _is_ours(actor: Actor, delivery: CareEventDelivery, *, inside: bool) -> bool:
    """Whether it reached the actor's own place. What one sent to another unit of the own authority did not."""
    if not actor.owns(delivery.authority_id):
        return False
    return inside if delivery.reader_id is None else delivery.unit_id in (None, actor.unit_id)


def find_event(actor: Actor, network: CareNetwork, event_id: UUID) -> CareEvent | None:
    """An event of this network that the actor's own authority tells."""
    return (
        CareEvent.objects.select_related("network__authority", "authority", "unit", "by", "released_by")
        .filter(network=network, pk=event_id, authority_id__in=actor.authority_ids)
        .first()
    )


def find_delivery(actor: Actor, network: CareNetwork, delivery_id: UUID) -> CareEventDelivery | None:
    """What reached the actor's own authority."""
    return (
        CareEventDelivery.objects.select_related("network")
        .filter(network=network, pk=delivery_id, authority_id__in=actor.authority_ids)
        .first()
    )


def receivers_of(actor: Actor, event: CareEvent) -> list[Receiver]:
    """Whom the event goes to, by name; nobody for one who may not release it."""
    with connection.cursor() as cursor:
        cursor.execute("select coordination_receivers(%s)", [event.pk])
        answer = cursor.fetchone()[0]
    found = json.loads(answer) if isinstance(answer, str) else answer
    authorities = Authority.objects.in_bulk([one["authority"] for one in found])
    units = Unit.objects.in_bulk([one["unit"] for one in found if one["unit"]])
    return sorted(
        (
            Receiver(
                event,
                UUID(one["reader"]) if one["reader"] else None,
                authorities[UUID(one["authority"])],
                units[UUID(one["unit"])] if one["unit"] else None,
                one["yes"],
            )
            for one in found
        ),
        key=lambda one: (one.reader_id is not None, one.who),
    )


def event_page(actor: Actor, event: CareEvent) -> EventPage:
    """A draft with whom it would reach. The rest is what the actor sees anyway, without the unwanted."""
    network = event.network
    told = receivers_of(actor, event)
    contacts = list(
        NetworkContact.objects.filter(network=network, until=None, unwanted=False).order_by("role", "name", "id")
    )
    reached = {one.reader_id for one in told}
    # Those inside know all whom the citizen has let in; others only themselves.
    left_out = [
        one.who
        for one in NetworkReader.objects.filter(network=network, until=None)
        .exclude(authority_id__in=actor.authority_ids)
        .select_related("authority", "unit")
        .order_by("authority__name", "unit__name", "id")
        if one.pk not in reached
    ]
    if not actor.owns(network.authority_id) and None not in reached:
        left_out.insert(0, _("Tovholderen, %(place)s") % {"place": network.authority.name})
    talks = event.kind in TALKED_OVER
    return EventPage(
        event=event,
        told=told,
        not_told=left_out,
        others=[one for one in contacts if not one.is_private],
        coordinator=coordinator_of(actor, network) if talks else None,
        caseworkers=[one for one in contacts if talks and one.role == ContactRole.CASEWORKER],
        talks=talks,
        short_notice=event.kind == EventKind.DISCHARGE and event.happened_at < timezone.now() + SHORT_NOTICE,
    )


def unread(actor: Actor) -> QuerySet[CareEventDelivery]:
    """What happened and nobody of the receiver has read yet, the newest first.

    What goes to those inside lies with the tovholder; with the leaders only where no tovholder works with Samsvar.
    """
    holders = CareCoordinator.objects.filter(network=OuterRef("network"), until=None, capacity__isnull=False)
    held = Exists(holders.filter(capacity=actor.capacity_id)) | ~Exists(holders)
    return (
        CareEventDelivery.objects.filter(
            Q(held, reader=None) | Q(Q(unit=None) | Q(unit=actor.unit_id), reader__isnull=False),
            authority_id__in=actor.authority_ids,
            read_at=None,
        )
        .exclude(from_authority_id__in=actor.authority_ids, from_unit_id=actor.unit_id)
        .select_related("event")
        .order_by("-at", "id")
    )
