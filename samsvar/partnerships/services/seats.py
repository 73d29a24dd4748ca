"""Who sits at a group's table, and which functions they hold there (001 section 3.3; 000 section 1.7)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.partnerships.models import Capacity, Group, GroupFunction, Level, Membership, MembershipKind
from samsvar.partnerships.services.errors import PartnershipError
from samsvar.partnerships.services.rights import change, log, require_lead, require_part, store
from samsvar.postgres.actor import Actor

_PROFILE = {"kind", "may_decide", "close_to_practice", "duty_to_attend", "mandate", "network", "deputises_for"}


def yesterday() -> date:
    """The last day of what ends now: both ends of a period are included."""
    return timezone.localdate() - timedelta(days=1)


def seat(
    actor: Actor | None,
    group: Group,
    capacity: Capacity,
    *,
    kind: MembershipKind | str = MembershipKind.PERMANENT,
    since: date | None = None,
    deputises_for: Membership | None = None,
    **profile: Any,
) -> Membership:
    """Seat a post at a group's table (R-000-2, R-001-4, R-001-5).

    `profile`: may_decide, close_to_practice, duty_to_attend, mandate, network. The duty to attend is the group's unless
    told. Raises PartnershipError when the authority takes no part, or a deputy stands for nobody of its own authority.
    """
    require_lead(actor, group, capacity.authority_id)
    not_oneself(actor, capacity)
    require_part(capacity.authority_id, group.partnership_id)
    if kind == MembershipKind.DEPUTY:
        _deputises(group, capacity, deputises_for)
    profile.setdefault("duty_to_attend", group.duty_to_attend and kind == MembershipKind.PERMANENT)
    membership = Membership(
        group=group,
        capacity=capacity,
        kind=str(kind),
        since=since or timezone.localdate(),
        deputises_for=deputises_for,
        **profile,
    )
    try:
        with transaction.atomic():
            store(membership)
    except IntegrityError as clash:
        raise PartnershipError(_("Personen sidder allerede i gruppen.")) from clash
    log(
        actor,
        "membership",
        membership.pk,
        authority_id=capacity.authority_id,
        partnership_id=group.partnership_id,
        person=str(capacity.person_id),
    )
    return membership


def not_oneself(actor: Actor | None, capacity: Capacity) -> None:
    """What one may see is always somebody else's decision. Raises PartnershipError."""
    if actor is not None and capacity.person_id == actor.person_id:
        raise PartnershipError(_("Du kan ikke give dig selv en post, en plads eller en funktion. Bed en anden om det."))


def _deputises(group: Group, capacity: Capacity, stands_for: Membership | None) -> None:
    if not group.deputies_allowed:
        raise PartnershipError(_("Gruppen har ikke stedfortrædere. Det kan ændres under gruppens opsætning."))
    if stands_for is None or stands_for.group_id != group.pk:
        raise PartnershipError(_("Vælg, hvem i gruppen personen er stedfortræder for."))
    if stands_for.capacity.authority_id != capacity.authority_id:
        raise PartnershipError(_("En stedfortræder kommer fra samme myndighed."))


def change_seat(actor: Actor | None, membership: Membership, **profile: Any) -> Membership:
    """Mend a seat's kind, mandate or duty to attend. Who sits and where is not changed: that is a seat of its own."""
    if not profile.keys() <= _PROFILE:
        raise ValueError(sorted(profile.keys() - _PROFILE))
    require_lead(actor, membership.group, membership.capacity.authority_id)
    if profile.get("kind", membership.kind) == MembershipKind.DEPUTY:
        _deputises(membership.group, membership.capacity, profile.get("deputises_for", membership.deputises_for))
    change(membership, profile)
    log(
        actor,
        "membership",
        membership.pk,
        authority_id=membership.capacity.authority_id,
        partnership_id=membership.group.partnership_id,
        changed=sorted(profile),
    )
    return membership


def unseat(actor: Actor | None, membership: Membership, reason: str) -> None:
    """End a seat now. Deputies who stood for it leave with it; functions are moved by `give_function`."""
    require_lead(actor, membership.group, membership.capacity.authority_id)
    Membership.objects.filter(deputises_for=membership, until=None).update(until=yesterday(), end_reason=reason[:200])
    change(membership, {"until": yesterday(), "end_reason": reason.strip()[:200]})
    log(
        actor,
        "membership",
        membership.pk,
        authority_id=membership.capacity.authority_id,
        partnership_id=membership.group.partnership_id,
        ended=True,
    )


def give_function(
    actor: Actor | None,
    group: Group,
    capacity: Capacity,
    function: GroupFunction.Function | str,
    *,
    reason: str = "",
    since: date | None = None,
) -> UUID:
    """Give a group's coordinator, chair or secretariat to a post, also of another authority; gives the new row's id.

    The earlier holder's period ends the day before and stays as history (R-000-7, R-000-8). One step in the database,
    since who gives the coordinator's function away loses the right to in the middle of it.
    """
    not_oneself(actor, capacity)
    if group.level == Level.OPERATIVE:
        require_part(capacity.authority_id, group.partnership_id)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select partnerships_give_function(%s, %s, %s, %s, %s)",
                [group.pk, capacity.pk, str(function), since or timezone.localdate(), reason.strip()[:200]],
            )
            row_id = cursor.fetchone()[0]
    except IntegrityError as clash:
        raise PartnershipError(_("En anden har netop flyttet funktionen. Se gruppen igen.")) from clash
    if row_id is None:
        raise PartnershipError(
            _("Funktionen flyttes af den, der leder gruppen. Er den ledig, kan jeres egen administrator besætte den.")
        )
    log(
        actor,
        "function",
        row_id,
        authority_id=capacity.authority_id,
        partnership_id=group.partnership_id,
        function=str(function),
        person=str(capacity.person_id),
    )
    return row_id


def end_function(actor: Actor | None, held: GroupFunction, reason: str) -> None:
    """Let a function stand empty. Only the operative group's coordinator should not be missing for long (R-000-6)."""
    require_lead(actor, held.group, held.capacity.authority_id)
    change(held, {"until": yesterday(), "reason": reason.strip()[:200]})
    log(
        actor,
        "function",
        held.pk,
        authority_id=held.capacity.authority_id,
        partnership_id=held.group.partnership_id,
        ended=True,
    )
