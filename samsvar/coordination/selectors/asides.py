"""What a place that the citizen has let in may do itself, and who has the contact there."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from samsvar.coordination.models import (
    CareEvent,
    CareEventDelivery,
    CareNetwork,
    Category,
    ContactRole,
    EventKind,
    NetworkReader,
)
from samsvar.directory.kinds import UnitKind
from samsvar.directory.models import DirectoryEntry
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import Capacity
from samsvar.partnerships.services.rights import current
from samsvar.postgres.actor import Actor

# In which role somebody of such a unit has the contact (R-002-4); a unit of another kind has a case worker.
CONTACT_ROLES = {
    UnitKind.WARD: ContactRole.WARD,
    UnitKind.DISTRICT: ContactRole.PRIMARY,
    UnitKind.CLINIC: ContactRole.PRIMARY,
    UnitKind.ADULT_PSYCHIATRY: ContactRole.PRIMARY,
    UnitKind.BUK: ContactRole.PRIMARY,
    UnitKind.PAM: ContactRole.WARD,
    UnitKind.SUBSTANCE: ContactRole.MISUSE,
    UnitKind.ADULT_AUTHORITY: ContactRole.SUPERVISOR,
    UnitKind.SUPPORT_85: ContactRole.HOME,
    UnitKind.OUTREACH_99: ContactRole.SUPPORT,
    UnitKind.DROP_IN: ContactRole.SUPPORT,
    UnitKind.GP: ContactRole.DOCTOR,
}
# Where the unit has no page in the directory, its authority says what it is.
_BY_AUTHORITY = {
    AuthorityKind.PSYCHIATRY: ContactRole.PRIMARY,
    AuthorityKind.FORENSIC_PSYCHIATRY: ContactRole.PRIMARY,
    AuthorityKind.PRACTICE: ContactRole.DOCTOR,
}
# What whoever has the contact has not read by then, all of the unit have on the desk: its shared inbox (R-002-5).
ANSWERS_WITHIN = timedelta(days=2)
_NO_UNIT = Value(UUID(int=0), output_field=UUIDField())


def may_convene(actor: Actor, network: CareNetwork) -> bool:
    """Whether a place is let in for meetings and for events, and so can call a meeting that the tovholder hears of."""
    return network.ended_on is None and any(
        {Category.MEETINGS, Category.EVENTS} <= set(one)
        for one in NetworkReader.objects.filter(
            network=network, authority_id__in=actor.authority_ids, until=None
        ).values_list("categories", flat=True)
    )


def contact_role(actor: Actor) -> str:
    """What whoever has the contact is called in a unit of the actor's kind."""
    entry = DirectoryEntry.objects.filter(unit_id=actor.unit_id, closed_on=None).first() if actor.unit_id else None
    known = CONTACT_ROLES.get(UnitKind(entry.kind)) if entry else None
    return str((known or _BY_AUTHORITY.get(AuthorityKind(actor.authority_kind), ContactRole.CASEWORKER)).label).lower()


def named_contact(actor: Actor, network: CareNetwork) -> Capacity | None:
    """Who of the actor's own unit has the contact, as long as that person has a post there."""
    here: dict[str, UUID | None] = {"authority_id": actor.authority_id, "unit_id": actor.unit_id}
    said = (
        CareEvent.objects.filter(network=network, kind=EventKind.CONTACT, released_at__isnull=False, **here)
        .order_by("-released_at", "-id")
        .first()
    )
    if said is None:
        return None
    return Capacity.objects.filter(current(), person_id=said.released_by_id, **here).select_related("person").first()


def for_me(actor: Actor, rows: QuerySet[CareEventDelivery]) -> QuerySet[CareEventDelivery]:
    """Of what was told to a unit: what lies with the actor, who has the contact, or with all while nobody has it."""
    of_unit = (
        CareEvent.objects.annotate(of=Coalesce("unit_id", _NO_UNIT))
        .filter(
            of=Coalesce(OuterRef("unit_id"), _NO_UNIT),
            network_id=OuterRef("network_id"),
            authority_id=OuterRef("authority_id"),
            kind=EventKind.CONTACT,
            released_at__isnull=False,
        )
        .order_by("-released_at", "-id")
    )
    rows = rows.alias(holder=Subquery(of_unit.values("released_by_id")[:1]))
    works_there = Capacity.objects.annotate(of=Coalesce("unit_id", _NO_UNIT)).filter(
        current(),
        of=Coalesce(OuterRef("unit_id"), _NO_UNIT),
        person_id=OuterRef("holder"),
        authority_id=OuterRef("authority_id"),
    )
    return rows.filter(
        Q(reader=None)
        | Q(holder=None)
        | Q(holder=actor.person_id)
        | ~Exists(works_there)
        | Q(at__lt=timezone.now() - ANSWERS_WITHIN)
    )
