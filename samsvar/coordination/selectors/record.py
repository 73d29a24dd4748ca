"""The borgerskema as those inside read it, and what the professional lead has not read."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from samsvar.coordination.models import CareNetwork, OwnMemo, RecordEntry
from samsvar.postgres.actor import Actor

MOST_ENTRIES = 300


@dataclass(frozen=True)
class Unread:
    """One network on the professional lead's list, and how many entries wait there."""

    network: CareNetwork
    number: int


def entries(actor: Actor, network: CareNetwork) -> list[RecordEntry]:
    """The entries of a network, the newest day first."""
    return list(
        RecordEntry.objects.filter(network=network)
        .select_related("by", "read_by")
        .order_by("-on", "-at", "id")[:MOST_ENTRIES]
    )


def find_entry(actor: Actor, network: CareNetwork, entry_id: UUID) -> RecordEntry | None:
    """One entry of this network."""
    return RecordEntry.objects.select_related("network", "by").filter(network=network, pk=entry_id).first()


def memos(actor: Actor, network: CareNetwork) -> list[OwnMemo]:
    """The actor's own notes, the newest first."""
    return list(OwnMemo.objects.filter(network=network, by_id=actor.person_id).order_by("-at", "id")[:MOST_ENTRIES])


def find_memo(actor: Actor, network: CareNetwork, memo_id: UUID) -> OwnMemo | None:
    """One of the actor's own notes."""
    return OwnMemo.objects.select_related("network").filter(network=network, pk=memo_id, by_id=actor.person_id).first()


def unread(actor: Actor) -> list[Unread]:
    """The borgerskemaer with something that no professional lead has read, for one who is (R-003-67)."""
    if not actor.is_any("releaser"):
        return []
    counts = dict(
        RecordEntry.objects.filter(read_at=None, network__ended_on=None)
        .exclude(by_id=actor.person_id)
        .values_list("network")
        .annotate(n=Count("id"))
        .order_by("network")
    )
    rows = CareNetwork.objects.filter(pk__in=counts).order_by("name_key", "id")
    return [Unread(one, counts[one.pk]) for one in rows]
