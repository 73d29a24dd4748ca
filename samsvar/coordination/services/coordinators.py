"""Naming the tovholder, letting the work rest, handing it over, and saying what it consists of (003 chapter 1)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.coordination.models import (
    CareCoordinator,
    CareNetwork,
    CoordinatorRequest,
    CoordinatorState,
    Ending,
    HandedOut,
    Mandate,
    Rope,
    Way,
)
from samsvar.coordination.selectors.networks import coordinator_of
from samsvar.coordination.services.errors import CoordinationError, inside, log, own, without_number, write
from samsvar.coordination.services.letting_in import tell_readers
from samsvar.coordination.services.networks import alert
from samsvar.partnerships.models import Capacity
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish

# The wording of the card that the citizen gets; a new wording is a new year and letter.
CARD = "2026-a"


@dataclass(frozen=True)
class Named:
    """Who is to be tovholder: a colleague's post, or a person by name; always with phone and hours (R-003-3)."""

    name: str = ""
    phone: str = ""
    hours: str = ""
    post: Capacity | None = None
    responsible: bool = True
    acting: bool = False
    why: str = ""
    # Which ropes, where the partnership lets several hold one each; and the meeting that decided it.
    areas: Sequence[str] = field(default_factory=list)
    decided_on: date | None = None


def appoint(actor: Actor, network: CareNetwork, named: Named) -> CareCoordinator:
    """Name a tovholder. A responsible one ends the former, and everybody whom the citizen lets know is told.

    Raises CoordinationError without a name, a phone and hours (R-003-3).
    """
    here = inside(actor, network)
    post = named.post
    if post is not None and not actor.owns(post.authority_id):
        raise CoordinationError(_("Vælg en kollega, eller skriv et navn."))
    # Whoever the post is, is named: nobody stands there under another's name.
    name = post.person.name if post else named.name.strip()
    phone = named.phone.strip() or (post.phone if post else "")
    hours = named.hours.strip() or (post.hours if post else "")
    if not (name and phone and hours):
        raise CoordinationError(_("En tovholder har et navn, en telefon og en træffetid."))
    without_number(name, phone, hours, named.why)
    today = timezone.localdate()
    if named.decided_on and named.decided_on > today:
        raise CoordinationError(_("Mødet kan ikke have besluttet det i fremtiden."))
    former = coordinator_of(actor, here)
    if named.responsible and former is not None:
        _stop(former, Ending.REPLACED)
    row = CareCoordinator(
        **own(actor, here),
        capacity=post,
        name=name[:160],
        phone=phone[:40],
        hours=hours[:120],
        responsible=named.responsible,
        acting=named.acting,
        since=today,
        why=named.why.strip()[:200],
        areas=[one for one in Rope.values if one in named.areas] if here.authority.several_coordinators else [],
        decided_on=named.decided_on,
    )
    if named.responsible:
        # Before the row stands: whoever opened the network is outside it from then on.
        CoordinatorRequest.objects.filter(network=here, answered_on=None).update(answered_on=today, none_found="")
        finish(actor, TaskKind.NO_COORDINATOR, here.pk)
        tell_readers(actor, here, before=former, after=row, why=row.why)
    elif row.areas:
        tell_readers(actor, here, before=None, after=row, why=_about(row))
    write(row)
    log(actor, Act.CHANGE, here, "appointed", row.pk)
    return row


def rest(actor: Actor, coordinator: CareCoordinator) -> None:
    """Let the work rest: the tovholder is still the one to call (R-003-19)."""
    _set_state(actor, coordinator, CoordinatorState.ACTIVE, CoordinatorState.RESTING)


def resume(actor: Actor, coordinator: CareCoordinator) -> None:
    """Take the work up again."""
    _set_state(actor, coordinator, CoordinatorState.RESTING, CoordinatorState.ACTIVE)


def end(actor: Actor, coordinator: CareCoordinator, reason: str) -> None:
    """The tovholder stops, with a reason. Without a successor the leaders are told, and so are those let in."""
    here = inside(actor, coordinator.network)
    if reason not in Ending.values or reason == Ending.REPLACED:
        raise CoordinationError(_("Vælg, hvorfor tovholderen stopper."))
    if not CareCoordinator.objects.filter(pk=coordinator.pk, until=None).exists():
        raise CoordinationError(_("Tovholderen er allerede stoppet."))
    _stop(coordinator, reason)
    if coordinator.responsible:
        tell_readers(actor, here, before=coordinator, after=None, why=str(Ending(reason).label))
        alert(actor, here)
    elif coordinator.areas:
        # Whoever answers for it all is the one to call until somebody takes that rope.
        tell_readers(actor, here, before=coordinator, after=coordinator_of(actor, here), why=_about(coordinator))
    log(actor, Act.CHANGE, here, "ended", coordinator.pk)


def none_found(actor: Actor, network: CareNetwork, why: str) -> None:
    """Say why nobody has been found yet. The leaders keep the task."""
    here = inside(actor, network)
    if not why.strip():
        raise CoordinationError(_("Skriv, hvorfor der ikke er fundet en tovholder."))
    without_number(why)
    if not CoordinatorRequest.objects.filter(network=here, answered_on=None).update(none_found=why.strip()[:400]):
        raise CoordinationError(_("Der er ikke noget ønske, der venter på svar."))
    log(actor, Act.CHANGE, here, "none_found")


def write_mandate(
    actor: Actor,
    network: CareNetwork,
    text: str,
    interfaces: str,
    *,
    confirmed_with: str,
    confirmed_on: date | None = None,
    seen: int | None = None,
) -> Mandate:
    """Write what the tovholder does here, and what others do, as agreed with whom: a new version (R-003-12, R-003-13).

    `seen` is the version that the writer started from. Raises CoordinationError when there is a newer one.
    """
    here = inside(actor, network)
    day = confirmed_on or timezone.localdate()
    if not text.strip() or not confirmed_with.strip():
        raise CoordinationError(_("Skriv, hvad tovholderen gør, og hvem det er aftalt med."))
    if day > timezone.localdate():
        raise CoordinationError(_("Det kan ikke være aftalt i fremtiden."))
    without_number(text, interfaces, confirmed_with)
    newest = Mandate.objects.filter(network=here).aggregate(n=Max("version"))["n"] or 0
    if seen is not None and seen != newest:
        raise CoordinationError(_("En anden har lige skrevet en ny udgave. Se den, og skriv så din."))
    row = Mandate(
        **own(actor, here),
        version=newest + 1,
        text=text.strip(),
        interfaces=interfaces.strip(),
        confirmed_on=day,
        confirmed_with=confirmed_with.strip(),
    )
    write(row)
    log(actor, Act.CHANGE, here, "mandate", row.pk)
    return row


def hand_out(actor: Actor, network: CareNetwork, how: str, on: date | None = None) -> HandedOut:
    """Note that the citizen has the tovholder's name and number, and the card (R-003-5, R-003-14)."""
    here = inside(actor, network)
    day = on or timezone.localdate()
    coordinator = coordinator_of(actor, here)
    if coordinator is None:
        raise CoordinationError(_("Der er ingen tovholder at fortælle om endnu."))
    if how not in Way.values or day > timezone.localdate():
        raise CoordinationError(_("Vælg, hvordan borgeren fik det, og hvornår."))
    row = HandedOut(
        **own(actor, here),
        coordinator=coordinator,
        card=CARD,
        mandate_version=Mandate.objects.filter(network=here).aggregate(n=Max("version"))["n"],
        how=how,
        on=day,
    )
    write(row)
    log(actor, Act.CHANGE, here, "handed_out", row.pk)
    return row


def _about(coordinator: CareCoordinator) -> str:
    return _("Det gælder: %(areas)s") % {"areas": ", ".join(coordinator.ropes).lower()}


def _stop(coordinator: CareCoordinator, reason: str) -> None:
    CareCoordinator.objects.filter(pk=coordinator.pk, until=None).update(
        until=timezone.localdate(), state=CoordinatorState.ENDED, end_reason=reason
    )


def _set_state(actor: Actor, coordinator: CareCoordinator, now: str, then: str) -> None:
    here = inside(actor, coordinator.network)
    if not CareCoordinator.objects.filter(pk=coordinator.pk, state=now).update(state=then):
        raise CoordinationError(_("En anden har lige ændret det. Se siden igen."))
    log(actor, Act.CHANGE, here, then, coordinator.pk)
