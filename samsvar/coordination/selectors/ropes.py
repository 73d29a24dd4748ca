"""Tasks that wait with the tovholder, and the network as the citizen has drawn it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from samsvar.coordination.models import CareNetwork, DrawnPerson, SubstituteTask
from samsvar.postgres.actor import Actor

MOST_DRAWN = 300
MOST_SETTLED = 50


def waiting(actor: Actor, network: CareNetwork) -> list[SubstituteTask]:
    """The tasks that are done in place of others and that nobody has taken over, the oldest first."""
    return list(SubstituteTask.objects.filter(network=network, until=None).order_by("since", "at", "id"))


def settled(actor: Actor, network: CareNetwork) -> list[SubstituteTask]:
    """The tasks that somebody else has now, the newest first."""
    rows = SubstituteTask.objects.filter(network=network, until__isnull=False)
    return list(rows.order_by("-until", "-at", "id")[:MOST_SETTLED])


def find_substitute(actor: Actor, network: CareNetwork, task_id: UUID) -> SubstituteTask | None:
    """A task that still waits."""
    return SubstituteTask.objects.select_related("network").filter(network=network, pk=task_id, until=None).first()


@dataclass(frozen=True)
class NetworkMap:
    """The map as it stood on a day, and the earlier days on which it was changed, the newest first."""

    day: date
    persons: list[DrawnPerson]
    days: list[date]
    now: bool


def network_map(actor: Actor, network: CareNetwork, day: date | None = None) -> NetworkMap:
    """The citizen's map as it stood at the end of a day; today's when none is named."""
    today = timezone.localdate()
    asked = day or today
    rows = list(DrawnPerson.objects.filter(network=network).order_by("ring", "name", "id")[:MOST_DRAWN])
    return NetworkMap(
        day=asked,
        persons=[one for one in rows if one.since <= asked and (one.until is None or one.until > asked)],
        days=sorted({bit for one in rows for bit in (one.since, one.until) if bit and bit < today}, reverse=True),
        now=asked >= today,
    )


def find_drawn(actor: Actor, network: CareNetwork, person_id: UUID) -> DrawnPerson | None:
    """Somebody who is on the map today."""
    return DrawnPerson.objects.select_related("network").filter(network=network, pk=person_id, until=None).first()
