"""Writing what happened to a citizen, and releasing it to those whom the citizen's yes names (002 chapter 2.3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.coordination.models import (
    FROM_DOCTOR,
    HAPPENINGS,
    PLANNED,
    TO_DOCTOR,
    CareEvent,
    CareEventDelivery,
    CareNetwork,
    Category,
    EventKind,
    Urgency,
)
from samsvar.coordination.selectors.events import Receiver, receivers_of, tells
from samsvar.coordination.services.errors import CoordinationError, log, without_number, write
from samsvar.law.kinds import AuthorityKind, Basis, Purpose
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Consent, SubjectKind
from samsvar.sharing.services import NotLawful, Subject, disclose

# Nobody means a day further away than that.
FARTHEST = timedelta(days=366)
LONGEST = 200


@dataclass(frozen=True)
class Happened:
    """What happened, when, and in few words. A day ahead is a plan."""

    kind: str
    at: datetime
    text: str = ""
    urgency: str = ""
    long_stay: bool = False


def write_event(actor: Actor, network: CareNetwork, happened: Happened) -> CareEvent:
    """Write a draft: nobody outside the own unit sees it. Raises CoordinationError for one who has no part in it."""
    return put_down(actor, network, **_checked(happened))


def put_down(actor: Actor, network: CareNetwork, **fields: Any) -> CareEvent:
    """Write a draft of what has been checked already: a happening, or a message to or from the own doctor."""
    if network.ended_on is not None or not tells(actor, network):
        raise CoordinationError(_("Borgeren har ikke sagt ja til, at I giver besked om hændelser her."))
    row = CareEvent(
        id=uuid4(),
        partnership_id=network.partnership_id,
        network=network,
        authority_id=actor.authority_id,
        unit_id=actor.unit_id,
        by_id=actor.person_id,
        **fields,
    )
    write(row)
    log(actor, Act.CHANGE, network, "event", row.pk)
    return row


def change_event(actor: Actor, event: CareEvent, happened: Happened, version: int | None = None) -> None:
    """Write a draft anew. Raises CoordinationError once it is released, or when a colleague wrote after `version`."""
    new = _checked(happened)
    rows = CareEvent.objects.filter(pk=event.pk, released_at=None)
    if not rows.filter(version=version or event.version).update(**new, version=F("version") + 1):
        if rows.exists():
            raise CoordinationError(_("En kollega har rettet kladden imens. Se den, og ret så igen."))
        raise CoordinationError(_("Beskeden er allerede frigivet. Skriv en ny."))
    log(actor, Act.CHANGE, event.network, "event", event.pk)


def discard_event(actor: Actor, event: CareEvent) -> None:
    """Throw a draft away. Raises CoordinationError once it is released."""
    if not CareEvent.objects.filter(pk=event.pk, released_at=None).delete()[0]:
        raise CoordinationError(_("Beskeden er allerede frigivet. Skriv en ny."))
    log(actor, Act.CHANGE, event.network, "event_discarded", event.pk)


def release_event(actor: Actor, event: CareEvent, version: int | None = None) -> list[CareEventDelivery]:
    """Release an event: all whom the citizen's standing yes names know at once, each by a disclosure of its own.

    One whose yes the law does not take is left out and stops nobody else's message. Raises CoordinationError when a
    colleague was first, or has written the draft anew after `version`.
    """
    now = timezone.now()
    if event.network.ended_on is not None:
        raise CoordinationError(_("Netværket er slut, så ingen kan få besked her."))
    rows = CareEvent.objects.filter(pk=event.pk, released_at=None)
    if not rows.filter(version=version or event.version).update(released_at=now, released_by_id=actor.person_id):
        if rows.exists():
            raise CoordinationError(_("En kollega har rettet kladden, efter du så den. Se den igen, før du frigiver."))
        raise CoordinationError(_("En kollega har lige frigivet den. Alle, der skal have besked, har fået den."))
    kind = str(EventKind(event.kind).label)
    told = []
    for one in receivers_of(actor, event):
        # Another unit of the own authority is told too, and is no other authority.
        if not actor.owns(one.authority.pk):
            try:
                with transaction.atomic():
                    _tell(actor, event, one.authority, one.consent, kind)
            except NotLawful:
                continue
        told.append(one)
    _require_whole(event, told)
    deliveries = CareEventDelivery.objects.bulk_create([one.delivery for one in told])
    log(actor, Act.CHANGE, event.network, "event_released", event.pk)
    return deliveries


def read_event(actor: Actor, delivery: CareEventDelivery) -> None:
    """Somebody of the receiver says that it is read. A colleague who was first keeps the line."""
    unread = CareEventDelivery.objects.filter(pk=delivery.pk, read_at=None)
    # An invitation is read by answering it.
    if not unread.exclude(event__kind=EventKind.INVITATION).update(read_at=timezone.now(), read_by_id=actor.person_id):
        raise CoordinationError(_("Det er allerede læst."))
    log(actor, Act.CHANGE, delivery.network, "event_read", delivery.event_id)


def _require_whole(event: CareEvent, told: list[Receiver]) -> None:
    """Raises CoordinationError for a message between doctor and helpers that would not reach whom it is for."""
    if event.kind in TO_DOCTOR and not told:
        raise CoordinationError(_("Borgeren har ikke sagt ja til, at egen læge får besked. Intet er sendt."))
    if event.kind in FROM_DOCTOR and not told:
        raise CoordinationError(_("Borgeren har ikke sagt ja til, at I skriver til tovholderen. Intet er sendt."))
    if event.kind == EventKind.REFERRAL:
        psychiatry = [one for one in told if one.authority.kind == AuthorityKind.PSYCHIATRY]
        if not psychiatry or len(psychiatry) == len(told):
            raise CoordinationError(
                _("Den skal til både psykiatrien og kommunen. Borgeren mangler at sige ja til en af dem.")
            )


def _tell(actor: Actor, event: CareEvent, receiver: Authority, consent: Consent, kind: str) -> None:
    disclose(
        actor,
        Subject(SubjectKind.CARE_EVENT, event.pk, event.partnership_id, citizen_id=event.network.citizen_id),
        [receiver],
        information_type=Category.EVENTS.information_type,
        purpose=Purpose.HELP,
        necessity=_("Borgeren har sagt ja til, at I får besked: %(what)s") % {"what": kind},
        basis=Basis.CONSENT,
        consent=consent,
    )


def _checked(happened: Happened) -> dict[str, Any]:
    if happened.kind not in dict(HAPPENINGS):
        raise CoordinationError(_("Vælg, hvad der er sket."))
    now = timezone.now()
    if happened.at > now and happened.kind not in PLANNED:
        raise CoordinationError(_("Det kan ikke være sket i fremtiden."))
    if abs(happened.at - now) > FARTHEST:
        raise CoordinationError(_("Se efter, om årstallet er rigtigt."))
    text = " ".join(happened.text.split())
    without_number(text)
    if len(text) > LONGEST:
        raise CoordinationError(_("Skriv det kortere: højst %(number)s tegn.") % {"number": LONGEST})
    admitted = happened.kind == EventKind.ADMISSION
    if happened.urgency and happened.urgency not in Urgency.values:
        raise CoordinationError(_("Vælg, om det var akut eller planlagt."))
    return {
        "kind": happened.kind,
        "happened_at": happened.at,
        "text": text,
        "urgency": happened.urgency if admitted else "",
        "long_stay": admitted and happened.long_stay,
    }
