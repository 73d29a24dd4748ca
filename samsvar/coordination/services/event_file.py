"""Events from another system: every row that the unit may tell of becomes a draft. Nothing is released by a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from samsvar.coordination.models import CareEvent, CareNetwork
from samsvar.coordination.selectors.events import tells
from samsvar.coordination.selectors.networks import find_network
from samsvar.coordination.services.errors import CoordinationError
from samsvar.coordination.services.events import Happened, write_event
from samsvar.coordination.services.networks import look_for
from samsvar.partnerships.models import Unit
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class EventRow:
    """One row of a file. `cpr` is ten characters, used for the look-up alone and never kept, or there is a network."""

    number: int
    cpr: str
    network_id: UUID | None
    kind: str
    at: datetime
    unit: str = ""


@dataclass(frozen=True)
class Refused:
    """A row that became nothing, by its line, and why: in words that say nothing of who is known here."""

    number: int
    why: str


@dataclass
class Imported:
    """What became of a file."""

    made: list[CareEvent] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def import_events(actor: Actor, rows: Sequence[EventRow]) -> Imported:
    """Write a draft for each row that the actor's unit may tell of; the others are listed.

    Somebody unknown, somebody who has let in others, and a network that has ended are answered with the same words.
    """
    own = Unit.objects.filter(pk=actor.unit_id).first() if actor.unit_id else None
    said = Imported()
    for row in rows:
        try:
            said.made.append(_draft(actor, row, own))
        except CoordinationError as refused:
            said.refused.append(Refused(row.number, str(refused)))
    return said


def _draft(actor: Actor, row: EventRow, own: Unit | None) -> CareEvent:
    if row.unit and row.unit.casefold() != (own.name.casefold() if own else ""):
        raise CoordinationError(_("Rækken er en anden enheds."))
    network: CareNetwork | None = (
        look_for(actor, row.cpr) if row.cpr else find_network(actor, row.network_id) if row.network_id else None
    )
    if network is None or network.ended_on is not None or not tells(actor, network):
        raise CoordinationError(_("Der er ingen borger her, som I kan give besked om."))
    there = CareEvent.objects.filter(
        network=network, authority_id=actor.authority_id, unit=own, kind=row.kind, happened_at=row.at
    )
    if there.exists():
        raise CoordinationError(_("Det har I allerede skrevet."))
    return write_event(actor, network, Happened(kind=row.kind, at=row.at))
