"""What a tovholder does until the right one takes over, whom a child's relatives can ring to, and the drawn map."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.coordination.models import (
    CareNetwork,
    ContactRole,
    CoordinatorRequest,
    Drawn,
    DrawnPerson,
    HandedOut,
    NetworkContact,
    Pause,
    Ring,
    SubstituteTask,
    Way,
    Weight,
)
from samsvar.coordination.selectors.networks import around, coordinator_of
from samsvar.coordination.services.coordinators import CARD
from samsvar.coordination.services.errors import CoordinationError, inside, log, own, without_number, write
from samsvar.postgres.actor import Actor


def substitute(actor: Actor, network: CareNetwork, what: str, whose: str, since: date | None = None) -> SubstituteTask:
    """Write down a task that belongs to others and is done here until they take it (R-003-78, R-003-79)."""
    here = inside(actor, network)
    day = since or timezone.localdate()
    if not what.strip() or not whose.strip():
        raise CoordinationError(_("Skriv, hvad opgaven er, og hvem den hører til hos."))
    if day > timezone.localdate():
        raise CoordinationError(_("Opgaven kan ikke have ventet siden en dag i fremtiden."))
    without_number(what, whose)
    row = SubstituteTask(**own(actor, here), what=what.strip()[:200], whose=whose.strip()[:160], since=day)
    write(row)
    log(actor, Act.CHANGE, here, "substitute", row.pk)
    return row


def taken_over(actor: Actor, task: SubstituteTask, settled: str) -> None:
    """The right one has taken the task; `settled` says who, and what was settled about the payment (004/AS-14)."""
    here = inside(actor, task.network)
    if not settled.strip():
        raise CoordinationError(_("Skriv, hvem der har opgaven nu."))
    without_number(settled)
    rows = SubstituteTask.objects.filter(pk=task.pk, until=None)
    if not rows.update(until=timezone.localdate(), settled=settled.strip()[:200]):
        raise CoordinationError(_("Opgaven er allerede overtaget."))
    log(actor, Act.CHANGE, here, "taken_over", task.pk)


def tell_relative(actor: Actor, contact: NetworkContact) -> HandedOut:
    """Note that a child's relative has the letter with the tovholder's name and number (R-003-7).

    Raises CoordinationError for an adult: there the citizen gives the card to whom the citizen wants.
    """
    here = inside(actor, contact.network)
    if not CoordinatorRequest.objects.filter(network=here, child=True).exists():
        raise CoordinationError(_("Kun et barns pårørende får brevet. En voksen giver selv sit kort videre."))
    row = around(actor, here).filter(pk=contact.pk, role=ContactRole.RELATIVE).first()
    coordinator = coordinator_of(actor, here)
    if row is None or coordinator is None:
        raise CoordinationError(_("Der er ingen tovholder at fortælle om, eller personen er ikke pårørende."))
    if HandedOut.objects.filter(network=here, contact=row, coordinator=coordinator).exists():
        raise CoordinationError(_("Brevet er allerede sendt."))
    handed = HandedOut(
        **own(actor, here), coordinator=coordinator, contact=row, card=CARD, how=Way.POST, on=timezone.localdate()
    )
    write(handed)
    log(actor, Act.CHANGE, here, "relative_told", handed.pk)
    return handed


def pause(actor: Actor, contact: NetworkContact, why: str) -> None:
    """Somebody stands back for a while, or with no reason given takes the contact up again (002/AS-19)."""
    here = inside(actor, contact.network)
    if why and why not in Pause.values:
        raise CoordinationError(_("Vælg, hvorfor kontakten er på pause."))
    day = timezone.localdate() if why else None
    rows = NetworkContact.objects.filter(pk=contact.pk, until=None, paused_on__isnull=bool(why))
    if not rows.update(paused_on=day, pause=why):
        raise CoordinationError(_("En anden har lige ændret det. Se siden igen."))
    log(actor, Act.CHANGE, here, "paused" if why else "pause_over", contact.pk)


@dataclass(frozen=True)
class Mark:
    """Somebody on the map: who, how near, and what the person means to the citizen."""

    name: str
    kind: str
    ring: int
    weight: str


def draw(actor: Actor, network: CareNetwork, mark: Mark) -> DrawnPerson:
    """Draw somebody on the citizen's map, or draw the one of that name anew: how it was stands."""
    here = inside(actor, network)
    name = mark.name.strip()
    if not name or mark.kind not in Drawn.values or mark.ring not in Ring.values or mark.weight not in Weight.values:
        raise CoordinationError(_("Skriv et navn, og vælg, hvem det er, hvor tæt på, og hvad det betyder."))
    if mark.kind == Drawn.PRIVATE and len(name.split()) > _FIRST_NAME:
        raise CoordinationError(_("Skriv kun fornavnet, eller hvad borgeren kalder personen."))
    without_number(name)
    DrawnPerson.objects.filter(network=here, name__iexact=name, until=None).update(until=timezone.localdate())
    row = DrawnPerson(
        **own(actor, here),
        name=name[:30],
        kind=mark.kind,
        ring=mark.ring,
        weight=mark.weight,
        since=timezone.localdate(),
    )
    write(row)
    log(actor, Act.CHANGE, here, "drawn", row.pk)
    return row


def rub_out(actor: Actor, person: DrawnPerson) -> None:
    """Somebody is not on the map any more."""
    here = inside(actor, person.network)
    if not DrawnPerson.objects.filter(pk=person.pk, until=None).update(until=timezone.localdate()):
        raise CoordinationError(_("Personen er allerede visket ud."))
    log(actor, Act.CHANGE, here, "rubbed_out", person.pk)


# "Bo", "min mor", "Bo fra 2.tv": a first name, or what tells two of them apart.
_FIRST_NAME = 3
