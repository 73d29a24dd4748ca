"""Who stands around the citizen: professionals and the citizen's own people, and whom the citizen does not want."""

from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.coordination.models import CareNetwork, MeetingState, NetworkContact, NetworkInvitee, NetworkReader
from samsvar.coordination.services.errors import CoordinationError, inside, log, own, without_number, write
from samsvar.coordination.services.letting_in import tell_of_contact
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class Contact:
    """Somebody around the citizen. `decides`: what the person can decide, beside the tovholder who decides nothing."""

    role: str
    name: str
    place: str = ""
    phone: str = ""
    hours: str = ""
    decides: str = ""


def write_contact(actor: Actor, network: CareNetwork, contact: Contact) -> NetworkContact:
    """Write down somebody who helps, or one of the citizen's own people (R-003-61). Raises CoordinationError."""
    here = inside(actor, network)
    row = _written(actor, here, contact)
    log(actor, Act.CHANGE, here, "contact", row.pk)
    return row


def replace_contact(actor: Actor, former: NetworkContact, contact: Contact) -> int:
    """Somebody else takes over from a contact: all whom the citizen lets know the helpers hear both names (R-002-7).

    Returns how many were told. Raises CoordinationError when a colleague was first.
    """
    here = inside(actor, former.network)
    if former.is_private or former.body_id:
        raise CoordinationError(_("Kun en fagperson kan afløses her."))
    row = _written(actor, here, replace(contact, role=former.role), former)
    end_contact(actor, former)
    # The name of somebody whom the citizen does not want is for those inside alone (R-003-26).
    told = tell_of_contact(actor, here, before=None if former.unwanted else former, after=row)
    log(actor, Act.CHANGE, here, "contact_replaced", row.pk)
    return told


def require_wanted(here: CareNetwork, **who: object) -> None:
    """Raises CoordinationError for one whom the citizen does not want: that is undone first, knowingly (R-003-26)."""
    if NetworkContact.objects.filter(network=here, until=None, unwanted=True, **who).exists():
        raise CoordinationError(
            _("Borgeren vil ikke have personen med. Har borgeren skiftet mening, så skriv det først.")
        )


def _written(actor: Actor, here: CareNetwork, contact: Contact, former: NetworkContact | None = None) -> NetworkContact:
    if not contact.name.strip():
        raise CoordinationError(_("Skriv, hvem det er."))
    without_number(contact.name, contact.place, contact.phone, contact.hours, contact.decides)
    require_wanted(here, name__iexact=contact.name.strip(), role=contact.role)
    row = NetworkContact(
        **own(actor, here),
        role=contact.role,
        name=contact.name.strip(),
        place=contact.place.strip(),
        phone=contact.phone.strip(),
        hours=contact.hours.strip(),
        decides=contact.decides.strip(),
        replaces=former,
    )
    write(row)
    return row


def end_contact(actor: Actor, contact: NetworkContact) -> None:
    """Somebody is no longer around the citizen."""
    here = inside(actor, contact.network)
    if not NetworkContact.objects.filter(pk=contact.pk, until=None).update(until=timezone.localdate()):
        raise CoordinationError(_("Kontakten er allerede taget af."))
    if contact.body_id:
        shut_practices(actor, here)
    log(actor, Act.CHANGE, here, "contact_ended", contact.pk)


def set_unwanted(actor: Actor, contact: NetworkContact, *, unwanted: bool) -> None:
    """The citizen does not want this person told or invited, or has changed the choice (R-003-26)."""
    here = inside(actor, contact.network)
    NetworkContact.objects.filter(pk=contact.pk, until=None).update(unwanted=unwanted)
    if unwanted:
        if contact.body_id:
            shut_practices(actor, here)
        # Nor does one who stands on a list already come to that meeting.
        NetworkInvitee.objects.filter(contact=contact, meeting__state=MeetingState.PLANNED).delete()
    log(actor, Act.CHANGE, here, "unwanted" if unwanted else "wanted", contact.pk)


def shut_practices(actor: Actor, network: CareNetwork, but: Authority | None = None) -> None:
    """Shut the door of a practice that is not the citizen's own doctor any more, at once. Nobody takes a yes back."""
    doors = NetworkReader.objects.filter(network=network, authority__kind=AuthorityKind.PRACTICE, until=None)
    for door in doors.exclude(authority=but) if but else doors:
        NetworkReader.objects.filter(pk=door.pk).update(until=timezone.localdate())
        log(actor, Act.CHANGE, network, "shut", door.pk)
