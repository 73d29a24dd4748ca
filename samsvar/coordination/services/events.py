"""Writing what happened to a citizen, and releasing it to those whom the citizen's yes names (002 chapter 2.3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.coordination.models import (
    FROM_DOCTOR,
    HAPPENINGS,
    NOT_ANSWERED,
    PLANNED,
    TO_DOCTOR,
    CareEvent,
    CareEventDelivery,
    CareNetwork,
    Category,
    EventKind,
    MessageAnswer,
    Urgency,
)
from samsvar.coordination.selectors.doctor import doctor_of
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
# The same words within a day are a form that was sent twice.
SENT_AGAIN = timedelta(days=1)


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
    _require_new(actor, network, fields)
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


def _require_new(actor: Actor, network: CareNetwork, fields: dict[str, Any]) -> None:
    """Raises CoordinationError for what the own unit has written already: somebody went back and sent once more."""
    kind = fields["kind"]
    if kind == EventKind.INVITATION:
        # To one meeting: it has its own rule.
        return
    same = CareEvent.objects.filter(
        network=network,
        authority_id=actor.authority_id,
        kind=kind,
        at__gt=timezone.now() - SENT_AGAIN,
        **{name: fields.get(name, "") for name in ("text", "call", "aftercare")},
    )
    same = same.filter(unit_id=actor.unit_id) if actor.unit_id else same.filter(unit=None)
    if kind in TO_DOCTOR:
        # A new own doctor has not had it.
        practice = doctor_of(actor, network).practice
        same = same.filter(deliveries__authority=practice) if practice else same.none()
    if kind in dict(HAPPENINGS):
        if same.filter(happened_at=fields["happened_at"]).exists():
            raise CoordinationError(_("Det har I allerede skrevet."))
    elif same.filter(happened_at__date=timezone.localdate(fields["happened_at"])).exists():
        raise CoordinationError(_("Den besked har I allerede skrevet. Se den på siden, før du skriver en ny."))


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


@dataclass(frozen=True)
class Released:
    """Whom a released event reached, and who was left out since the law does not take that yes."""

    deliveries: list[CareEventDelivery]
    left_out: list[Receiver]


def release_event(actor: Actor, event: CareEvent, version: int | None = None, to: UUID | None = None) -> Released:
    """Release an event: all whom the citizen's standing yes names know at once, each by a disclosure of its own.

    A question goes to one of them, `to`, and to the tovholder. One whose yes the law does not take is left out,
    returned as such, and stops nobody else's message. Raises CoordinationError when a colleague was first, or has
    written the draft anew after `version`.
    """
    now = timezone.now()
    if event.network.ended_on is not None:
        raise CoordinationError(_("Netværket er slut, så ingen kan få besked her."))
    if event.kind == EventKind.ASK:
        _asked(event, receivers_of(actor, event), to)
    rows = CareEvent.objects.filter(pk=event.pk, released_at=None)
    if not rows.filter(version=version or event.version).update(released_at=now, released_by_id=actor.person_id):
        if rows.exists():
            raise CoordinationError(_("En kollega har rettet kladden, efter du så den. Se den igen, før du frigiver."))
        raise CoordinationError(_("En kollega har lige frigivet den. Alle, der skal have besked, har fået den."))
    kind = str(EventKind(event.kind).label)
    told, left_out = [], []
    for one in _asked(event, receivers_of(actor, event), to):
        # Another unit of the own authority is told too, and is no other authority.
        if not actor.owns(one.authority.pk):
            try:
                with transaction.atomic():
                    _tell(actor, event, one.authority, one.consent, kind)
            except NotLawful:
                left_out.append(one)
                continue
        told.append(one)
    _require_whole(event, told)
    deliveries = CareEventDelivery.objects.bulk_create([one.delivery for one in told])
    log(actor, Act.CHANGE, event.network, "event_released", event.pk)
    return Released(deliveries, left_out)


def read_event(actor: Actor, delivery: CareEventDelivery, answer: str = "") -> None:
    """Somebody of the receiver says that it is read, and may answer in the same press. Who was first keeps the line.

    Raises CoordinationError for what is read already, and for an answer that the message does not take.
    """
    if answer and (answer not in MessageAnswer.values or delivery.event.kind in NOT_ANSWERED):
        raise CoordinationError(_("Vælg et svar."))
    unread = CareEventDelivery.objects.filter(pk=delivery.pk, read_at=None)
    # An invitation is read by answering it.
    if not unread.exclude(event__kind=EventKind.INVITATION).update(
        read_at=timezone.now(), read_by_id=actor.person_id, answer=answer
    ):
        raise CoordinationError(_("Det er allerede læst."))
    log(actor, Act.CHANGE, delivery.network, "event_read", delivery.event_id)


def _asked(event: CareEvent, receivers: list[Receiver], to: UUID | None) -> list[Receiver]:
    """Of the receivers those it is for: of a question the one asked, and the tovholder."""
    if event.kind != EventKind.ASK:
        return receivers
    if to is None or all(one.reader_id != to for one in receivers):
        raise CoordinationError(_("Vælg, hvem I spørger."))
    return [one for one in receivers if one.reader_id in (None, to)]


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
    if happened.kind == EventKind.PAUSE and not text:
        raise CoordinationError(_("Skriv kort, hvorfor I holder pause."))
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
