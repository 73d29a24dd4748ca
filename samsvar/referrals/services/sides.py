"""Who stands on which side of what one unit asks of another."""

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext as _

from samsvar.directory.models import DirectoryEntry
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import Referral
from samsvar.referrals.roles import may_use, stands_for_all
from samsvar.referrals.services.errors import ReferralError


def of_sender(actor: Actor, row: Referral) -> bool:
    """Whether the actor is of the unit that sends; the row policy says the rest."""
    mine = row.unit_id == actor.unit_id or row.unit_id is None
    return (
        actor.owns(row.authority_id)
        and mine
        and (row.unit_id is not None or stands_for_all(actor) or row.by_id == actor.person_id)
    )


def of_receiver(actor: Actor, row: Referral) -> bool:
    """Whether it was sent to the actor's unit."""
    mine = row.to_unit_id == actor.unit_id or row.to_unit_id is None
    return (
        row.sent_at is not None
        and actor.owns(row.to_authority_id)
        and mine
        and (row.to_unit_id is not None or stands_for_all(actor))
    )


def handed_to_us(actor: Actor) -> Q:
    """What was handed to the actor's unit, or to its authority as a whole; of all that the actor sees."""
    return Q(to_authority_id__in=actor.authority_ids) & (Q(to_unit=None) | Q(to_unit_id=actor.unit_id))


def sends_from(actor: Actor, entry: DirectoryEntry) -> bool:
    """Whether the actor can send in the name of this page's unit."""
    return (
        actor.owns(entry.authority_id) and not entry.outside and entry.unit_id == actor.unit_id and not entry.closed_on
    )


def held(actor: Actor, row: Referral, side: Callable[[Actor, Referral], bool]) -> Referral:
    """The row, held until the verb is done, for one of that side. Raises ReferralError."""
    here = Referral.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if here is None or not may_use(actor) or not side(actor, here):
        raise ReferralError(_("Det er ikke jer, der kan gøre det her."))
    return here
