"""The own doctor: naming it, writing to it in one action, and what the practice writes back (003 chapter 5)."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.coordination.models import (
    ALERTS,
    STOPS,
    Aftercare,
    CareEvent,
    CareEventDelivery,
    CareNetwork,
    ContactRole,
    DoctorAnswer,
    EventKind,
    NetworkContact,
    NetworkMeeting,
)
from samsvar.coordination.selectors.doctor import doctor_of, is_practice, meetings_to_invite_to, practices
from samsvar.coordination.services.contacts import require_wanted, shut_practices
from samsvar.coordination.services.errors import CoordinationError, inside, log, own, without_number, write
from samsvar.coordination.services.events import put_down, release_event
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor

LONGEST_ALERT = 300
LONGEST_LETTER = 600


@dataclass(frozen=True)
class Alert:
    """A short warning: what is about to happen, in few words, and whom the practice can call."""

    kind: str
    text: str
    call: str = ""


def name_doctor(
    actor: Actor, network: CareNetwork, practice: Authority, phone: str = "", hours: str = ""
) -> NetworkContact:
    """Write down which practice is the citizen's own doctor. The door of a former one shuts at once (R-003-70).

    Raises CoordinationError for a practice that takes no part, or when a colleague was first.
    """
    here = inside(actor, network)
    if practice not in practices(actor, here):
        raise CoordinationError(_("Vælg en lægepraksis, der er med i samarbejdet."))
    without_number(phone, hours)
    require_wanted(here, body=practice)
    NetworkContact.objects.filter(network=here, role=ContactRole.DOCTOR, until=None).update(until=timezone.localdate())
    shut_practices(actor, here, but=practice)
    row = NetworkContact(
        **own(actor, here),
        role=ContactRole.DOCTOR,
        name=practice.name[:160],
        body=practice,
        phone=phone.strip(),
        hours=hours.strip(),
    )
    write(row)
    log(actor, Act.CHANGE, here, "own_doctor", row.pk)
    return row


def alert_doctor(actor: Actor, network: CareNetwork, alert: Alert) -> CareEvent:
    """Warn the own doctor in one action (R-003-139). Raises CoordinationError without the citizen's yes."""
    if alert.kind not in ALERTS:
        raise CoordinationError(_("Vælg, hvad lægen skal vide."))
    text = _text(alert.text, LONGEST_ALERT)
    call = " ".join(alert.call.split())
    without_number(call)
    return _sent(
        actor, put_down(actor, network, kind=alert.kind, happened_at=timezone.now(), text=text, call=call[:120])
    )


def copy_conference(actor: Actor, network: CareNetwork, text: str) -> CareEvent:
    """A copy to the own doctor after a behandlingskonference: one text, one action (R-003-71)."""
    said = _text(text, LONGEST_LETTER)
    return _sent(actor, put_down(actor, network, kind=EventKind.CONFERENCE, happened_at=timezone.now(), text=said))


def note_epikrise(actor: Actor, network: CareNetwork, on: date, aftercare: str) -> CareEvent:
    """Note that the epikrise has been sent, on its day, and what happens afterwards; no file (R-002-91)."""
    if aftercare not in Aftercare.values:
        raise CoordinationError(_("Vælg, hvad der sker efter udskrivningen."))
    today = timezone.localdate()
    if on > today:
        raise CoordinationError(_("Epikrisen kan ikke være sendt i fremtiden."))
    if (today - on).days > 366:
        raise CoordinationError(_("Se efter, om årstallet er rigtigt."))
    at = timezone.now() if on == today else timezone.make_aware(datetime.combine(on, time(12)))
    return _sent(actor, put_down(actor, network, kind=EventKind.EPIKRISE, happened_at=at, aftercare=aftercare))


def invite_doctor(actor: Actor, meeting: NetworkMeeting, item: str) -> CareEvent:
    """Ask the own doctor to one item of one network meeting about this patient; never to a Samarbejdsenhed (R-003-72).

    Raises CoordinationError before the meeting is clear and the citizen has said who comes, and once the practice has
    said that it does not want to be invited.
    """
    here = inside(actor, meeting.network)
    now = next((one for one in meetings_to_invite_to(actor, here) if one.pk == meeting.pk), None)
    if now is None or now.starts_at is None:
        raise CoordinationError(_("Gør først formål, tid og sted klart, og skriv, hvem borgeren ønsker med."))
    said = _text(item, LONGEST_ALERT)
    if doctor_of(actor, here).stopped:
        raise CoordinationError(_("Lægen har sagt, at I ikke skal invitere mere."))
    waits = CareEventDelivery.objects.filter(network=here, event__kind=EventKind.INVITATION, read_at=None)
    if waits.filter(event__meeting=now).exists():
        raise CoordinationError(_("Lægen har ikke svaret på invitationen til det møde endnu. Ring i stedet."))
    event = put_down(
        actor,
        here,
        kind=EventKind.INVITATION,
        happened_at=now.starts_at,
        meeting=now,
        # The practice does not see the meeting: only its hour, where it is, and its own item.
        text=f"{now.place}. {said}",
    )
    return _sent(actor, event)


def answer_invitation(actor: Actor, delivery: CareEventDelivery, said: str) -> None:
    """The practice answers. Whoever said "never" can change it; no other answer is given twice."""
    if said not in DoctorAnswer.values:
        raise CoordinationError(_("Vælg et svar."))
    waits = CareEventDelivery.objects.filter(pk=delivery.pk, authority_id__in=actor.authority_ids)
    open_to = Q(read_at=None) if said in STOPS else Q(read_at=None) | Q(answer__in=STOPS)
    if delivery.event.kind != EventKind.INVITATION or not waits.filter(open_to).update(
        answer=said, read_at=timezone.now(), read_by_id=actor.person_id
    ):
        raise CoordinationError(_("En kollega har allerede svaret."))
    log(actor, Act.CHANGE, delivery.network, "doctor_answered", delivery.event_id)


def send_concern(actor: Actor, network: CareNetwork, text: str) -> CareEvent:
    """A bekymringsbrev from the practice to the tovholder (R-003-145)."""
    _require_practice(actor)
    said = _text(text, LONGEST_LETTER)
    return _sent(actor, put_down(actor, network, kind=EventKind.CONCERN, happened_at=timezone.now(), text=said))


def write_referral(actor: Actor, network: CareNetwork, text: str, *, joint: bool) -> CareEvent:
    """A draft of a joint referral to both psychiatries: the practice looks whom it reaches, and releases it."""
    _require_practice(actor)
    said = _text(text, LONGEST_LETTER)
    return put_down(actor, network, kind=EventKind.REFERRAL, happened_at=timezone.now(), text=said, joint=joint)


def _require_practice(actor: Actor) -> None:
    if not is_practice(actor):
        raise CoordinationError(_("Det er kun egen læge, der kan sende det."))


def _sent(actor: Actor, event: CareEvent) -> CareEvent:
    """Released at once: a message to one receiver needs no second look at whom it reaches."""
    release_event(actor, event)
    return event


def _text(text: str, longest: int) -> str:
    said = text.strip()
    if not said:
        raise CoordinationError(_("Skriv det med få ord."))
    without_number(said)
    if len(said) > longest:
        raise CoordinationError(_("Skriv det kortere: højst %(number)s tegn.") % {"number": longest})
    return said
