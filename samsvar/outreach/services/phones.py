"""A phone is made ready, is in contact, and is removed from the desk."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.outreach.models import Phone, PhoneKind
from samsvar.outreach.services.errors import OutreachError, held, log, team, write
from samsvar.postgres.actor import Actor

# So long a phone that is removed, or that nobody uses, stands on the desk's list; the policy holds the same.
_KEPT = timedelta(days=30)


def register_phone(actor: Actor, kind: str = PhoneKind.OTHER) -> Phone:
    """The worker makes the phone in the hand ready. The worker's old ones leave the list."""
    row = team(actor)
    if kind not in PhoneKind.values:
        raise OutreachError(_("Vælg en af mulighederne."))
    long_ago = timezone.now() - _KEPT
    old = Q(revoked_at__lt=long_ago) | Q(revoked_at=None, synced_at__lt=long_ago)
    Phone.objects.filter(old, unit_id=row["unit_id"], by_id=row["by_id"]).delete()
    phone = Phone(**row, kind=kind)
    write(phone)
    log(actor, Act.CREATE, phone, "registered", "phone")
    return phone


def contact(actor: Actor, phone: Phone) -> Phone:
    """The phone is in contact, held until its visits are written: two at once come one after the other."""
    found = held(actor, phone)
    if found.by_id != actor.person_id:
        raise OutreachError(_("Telefonen er fjernet."))
    found.synced_at = timezone.now()
    write(found, new=False, fields=("synced_at",))
    return found


def revoke_phone(actor: Actor, phone: Phone) -> None:
    """Anybody of the unit removes a phone: whoever has lost one rings a colleague."""
    # One that is removed can be held by nobody any more.
    if Phone.objects.filter(pk=phone.pk, unit_id=phone.unit_id, revoked_at__isnull=False).exists():
        raise OutreachError(_("Telefonen er allerede fjernet."))
    found = held(actor, phone)
    found.revoked_at, found.revoked_by_id = timezone.now(), actor.person_id
    write(found, new=False, fields=("revoked_at", "revoked_by"))
    log(actor, Act.CHANGE, found, "revoked", "phone")
