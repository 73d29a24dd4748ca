"""Opening a network because somebody asks for a tovholder, finding it again by a number, and ending it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.cases.services.concerns import Who, may_raise, who_row
from samsvar.citizens import vault
from samsvar.citizens.services import sort_key
from samsvar.coordination.models import (
    CareCoordinator,
    CareNetwork,
    CoordinatorRequest,
    CoordinatorState,
    Ending,
    MeetingState,
    NetworkMeeting,
    NetworkReader,
)
from samsvar.coordination.services.errors import CoordinationError, inside, log, own, without_number, write
from samsvar.partnerships.models import APPOINTS
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish, lay


@dataclass(frozen=True)
class Asked:
    """Who asks for a tovholder, and why (R-003-17, R-003-20)."""

    by: str
    who: str = ""
    complex: bool = False
    several: bool = False
    why: str = ""
    on: date | None = None
    child: bool = False


def may_open(actor: Actor) -> bool:
    """Whether the actor's authority is one in which a tovholder is appointed."""
    return actor.authority_kind in APPOINTS and may_raise(actor)


def open_network(actor: Actor, partnership_id: UUID, who: Who, asked: Asked) -> CareNetwork:
    """Open the network of a citizen because somebody asks for a tovholder. Raises CoordinationError.

    A leader has a task until there is one: no open network without a named person.
    """
    if not may_open(actor):
        raise CoordinationError(_("Tovholderen udpeges i kommunen."))
    if not who.name.strip():
        raise CoordinationError(_("Skriv borgerens navn."))
    without_number(who.name, asked.who, asked.why)
    day = asked.on or timezone.localdate()
    if day > timezone.localdate():
        raise CoordinationError(_("Der kan ikke være spurgt i fremtiden."))
    identity = who_row(actor, partnership_id, who)
    network = CareNetwork(
        partnership_id=partnership_id,
        citizen_id=identity.citizen_id,
        name=who.name.strip()[:160],
        name_key=sort_key(who.name.strip()),
        authority_id=actor.authority_id,
        capacity_id=actor.capacity_id,
        by_id=actor.person_id,
    )
    try:
        with transaction.atomic():
            network.save(force_insert=True)
    except IntegrityError as error:
        # It tells a colleague that there is one: who asked, and about whom, stays in the log.
        record_refusal(actor, "care_network", None, "there_is_one", citizen_id=identity.citizen_id)
        raise CoordinationError(_("Borgeren har allerede et netværk hos jer. Spørg jeres leder.")) from error
    write(
        CoordinatorRequest(
            **own(actor, network),
            asked_by=asked.by,
            who=asked.who.strip(),
            complex=asked.complex,
            several=asked.several,
            why=asked.why.strip(),
            asked_on=day,
            child=asked.child,
        )
    )
    alert(actor, network)
    log(actor, Act.CREATE, network, "network")
    return network


def alert(actor: Actor, network: CareNetwork) -> None:
    """Tell the leaders of the authority that a network has no tovholder."""
    here = inside(actor, network)
    lay(
        actor,
        TaskKind.NO_COORDINATOR,
        partnership_id=here.partnership_id,
        authority_id=here.authority_id,
        subject_kind="care_network",
        subject_id=here.pk,
        role="releaser",
    )


def look_for(actor: Actor, cpr: str) -> CareNetwork | None:
    """The network of whoever has this number, for one who may see it; None for all others, whoever it is.

    The same work is done and the same line is logged for somebody whom nobody knows (decisions.md, Typing a CPR).
    """
    found: list[UUID] = []
    for partnership_id in actor.partnership_ids:
        with connection.cursor() as cursor:
            cursor.execute("select citizen_of(%s, %s)", [partnership_id, vault.blind_index(cpr)])
            citizen_id = cursor.fetchone()[0]
            cursor.execute("select coordination_of(%s)", [citizen_id])
            found += cursor.fetchone()[0]
        record(actor, Act.SEARCH, "care_network", partnership_id=partnership_id, citizen_id=citizen_id)
    return CareNetwork.objects.filter(pk__in=found).order_by("-at", "id").first()


def close(actor: Actor, network: CareNetwork, reason: str) -> None:
    """End the network: the tovholdere stop, every door shuts, and meetings to come are called off."""
    here = inside(actor, network)
    if reason not in Ending.values or reason == Ending.REPLACED:
        raise CoordinationError(_("Vælg, hvorfor netværket slutter."))
    today = timezone.localdate()
    # The doors shut; nobody has taken a yes back.
    NetworkReader.objects.filter(network=here, until=None).update(until=today)
    CoordinatorRequest.objects.filter(network=here, answered_on=None).update(answered_on=today)
    NetworkMeeting.objects.filter(network=here, state=MeetingState.PLANNED).update(state=MeetingState.CALLED_OFF)
    # Before the tovholdere end: what is theirs to write is theirs to the end of this day.
    CareNetwork.objects.filter(pk=here.pk).update(ended_on=today, end_reason=reason)
    CareCoordinator.objects.filter(network=here, until=None).update(
        until=today, state=CoordinatorState.ENDED, end_reason=reason
    )
    finish(actor, TaskKind.NO_COORDINATOR, here.pk)
    log(actor, Act.CHANGE, here, "closed")
