"""Calling a network meeting as the citizen wants it, and following what was agreed there until it is in effect."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.coordination.models import (
    AgreementState,
    Answer,
    CareNetwork,
    MeetingState,
    MeetingWishes,
    NetworkAgreement,
    NetworkContact,
    NetworkInvitee,
    NetworkMeeting,
)
from samsvar.coordination.selectors.doctor import doctor_of
from samsvar.coordination.services.errors import CoordinationError, inside, log, own, without_number, write
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class Frame:
    """Why one meets, when and where. `clear` is False while nobody quite knows what for (R-003-27)."""

    called_by: str
    purpose: str = ""
    clear: bool = False
    starts_at: datetime | None = None
    place: str = ""


@dataclass(frozen=True)
class Agreed:
    """What somebody takes on."""

    what: str
    owner: str
    due_on: date | None = None
    condition: str = ""


def call(actor: Actor, network: CareNetwork, frame: Frame) -> NetworkMeeting:
    """Write down that somebody wants a network meeting: anybody whom the citizen agrees to can (R-003-23)."""
    here = inside(actor, network)
    row = NetworkMeeting(**own(actor, here), **tidy(frame))
    write(row)
    log(actor, Act.CREATE, here, "network_meeting", row.pk)
    return row


def reframe(actor: Actor, meeting: NetworkMeeting, frame: Frame) -> None:
    """Change why, when or where, before it is held."""
    here = _planned(actor, meeting)
    NetworkMeeting.objects.filter(pk=meeting.pk).update(**tidy(frame))
    log(actor, Act.CHANGE, here, "network_meeting", meeting.pk)


def write_wishes(actor: Actor, meeting: NetworkMeeting, wishes: str) -> None:
    """What the citizen wants as to who comes, and who does not: before anybody is invited (R-003-25)."""
    here = _planned(actor, meeting)
    if not wishes.strip():
        raise CoordinationError(_("Skriv borgerens ønsker."))
    without_number(wishes)
    said = {"wishes": wishes.strip()[:600], "on": timezone.localdate()}
    # Whoever wrote them last stands for them.
    if not MeetingWishes.objects.filter(meeting=meeting).update(**said, by_id=actor.person_id):
        write(MeetingWishes(**own(actor, here), meeting=meeting, **said))
    log(actor, Act.CHANGE, here, "wishes", meeting.pk)


def put_on(
    actor: Actor, meeting: NetworkMeeting, contact: NetworkContact, mandate: str = "", *, asked: bool = False
) -> NetworkInvitee:
    """Put somebody around the citizen on the list. Raises CoordinationError for one the citizen does not want.

    Whoever only lends the room comes when the citizen has asked for it (R-002-106).
    """
    here = _planned(actor, meeting)
    known = NetworkContact.objects.filter(pk=contact.pk, network=here, until=None).first()
    if known is None:
        raise CoordinationError(_("Vælg en, der står som kontakt."))
    if known.unwanted:
        raise CoordinationError(_("Borgeren vil ikke have personen med."))
    if known.body_id and doctor_of(actor, here).stopped:
        raise CoordinationError(_("Lægen har sagt, at I ikke skal invitere mere."))
    if _lends(known, meeting) and not asked:
        raise CoordinationError(
            _("%(where)s låner kun lokalet ud. Har borgeren bedt om personen?") % {"where": known.place}
        )
    without_number(mandate)
    row = NetworkInvitee(**own(actor, here), meeting=meeting, contact=known, mandate=mandate.strip()[:200])
    write(row)
    log(actor, Act.CHANGE, here, "put_on", row.pk)
    return row


def take_off(actor: Actor, invitee: NetworkInvitee) -> None:
    """Take somebody off the list again."""
    here = _planned(actor, invitee.meeting)
    NetworkInvitee.objects.filter(pk=invitee.pk).delete()
    log(actor, Act.CHANGE, here, "taken_off", invitee.pk)


def invite(actor: Actor, meeting: NetworkMeeting) -> int:
    """Note that those on the list have been invited today. Returns how many.

    Raises CoordinationError before the citizen's wishes are written, and without a day, a place and a clear purpose.
    """
    here = _planned(actor, meeting)
    now = NetworkMeeting.objects.get(pk=meeting.pk)
    if not MeetingWishes.objects.filter(meeting=meeting).exists():
        raise CoordinationError(_("Skriv først, hvem borgeren ønsker med."))
    if not now.clear or now.starts_at is None or not now.place:
        raise CoordinationError(_("Gør først formål, tid og sted klart."))
    waiting = NetworkInvitee.objects.filter(
        meeting=meeting, invited_on=None, contact__unwanted=False, contact__until=None
    )
    if doctor_of(actor, here).stopped:
        waiting = waiting.filter(contact__body=None)
    invited = waiting.update(invited_on=timezone.localdate())
    if not invited:
        raise CoordinationError(_("Der er ingen nye på listen."))
    log(actor, Act.CHANGE, here, "invited", meeting.pk)
    return invited


def answer(actor: Actor, invitee: NetworkInvitee, said: str) -> None:
    """Note what one who was invited says."""
    here = _planned(actor, invitee.meeting)
    if said not in Answer.values or not NetworkInvitee.objects.filter(pk=invitee.pk, invited_on__isnull=False).update(
        answer=said
    ):
        raise CoordinationError(_("Personen er ikke inviteret endnu."))
    log(actor, Act.CHANGE, here, "answered", invitee.pk)


def agree(actor: Actor, meeting: NetworkMeeting, agreed: Agreed) -> NetworkAgreement:
    """Write down what somebody takes on."""
    here = inside(actor, meeting.network)
    if NetworkMeeting.objects.filter(pk=meeting.pk, state=MeetingState.CALLED_OFF).exists():
        raise CoordinationError(_("Mødet er aflyst."))
    if not agreed.what.strip() or not agreed.owner.strip():
        raise CoordinationError(_("Skriv, hvad der er aftalt, og hvem der gør det."))
    without_number(agreed.what, agreed.owner, agreed.condition)
    row = NetworkAgreement(
        **own(actor, here),
        meeting=meeting,
        what=agreed.what.strip()[:300],
        owner=agreed.owner.strip()[:160],
        due_on=agreed.due_on,
        condition=agreed.condition.strip()[:200],
    )
    write(row)
    log(actor, Act.CHANGE, here, "agreement", row.pk)
    return row


def judge(actor: Actor, agreement: NetworkAgreement, state: str, result: str = "") -> None:
    """Say whether an agreement was put into effect. One that was not has a reason (R-003-24)."""
    here = inside(actor, agreement.network)
    if state not in AgreementState.values or state == AgreementState.OPEN:
        raise CoordinationError(_("Vælg, hvordan det gik."))
    if state == AgreementState.FAILED and not result.strip():
        raise CoordinationError(_("Skriv, hvorfor det ikke blev sat i værk."))
    without_number(result)
    if not NetworkAgreement.objects.filter(pk=agreement.pk, state=AgreementState.OPEN).update(
        state=state, result=result.strip()[:300], judged_on=timezone.localdate()
    ):
        raise CoordinationError(_("En anden har allerede svaret på det."))
    log(actor, Act.CHANGE, here, "judged", agreement.pk)


def hold(actor: Actor, meeting: NetworkMeeting, minutes: str) -> None:
    """The meeting was held. Its minutes are written so that the citizen can read them."""
    here = _planned(actor, meeting)
    if not minutes.strip():
        raise CoordinationError(_("Skriv, hvad I talte om, med få ord. Borgeren skal kunne læse det."))
    without_number(minutes)
    begins = NetworkMeeting.objects.values_list("starts_at", flat=True).get(pk=meeting.pk)
    if begins is None or begins > timezone.now():
        raise CoordinationError(_("Mødet er ikke begyndt endnu."))
    NetworkMeeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD, minutes=minutes.strip()[:4000])
    log(actor, Act.CHANGE, here, "held", meeting.pk)


def call_off(actor: Actor, meeting: NetworkMeeting) -> None:
    """There will be no meeting after all."""
    here = _planned(actor, meeting)
    NetworkMeeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CALLED_OFF)
    log(actor, Act.CHANGE, here, "called_off", meeting.pk)


def _planned(actor: Actor, meeting: NetworkMeeting) -> CareNetwork:
    here = inside(actor, meeting.network)
    if not NetworkMeeting.objects.filter(pk=meeting.pk, network=here, state=MeetingState.PLANNED).exists():
        raise CoordinationError(_("Mødet er holdt eller aflyst."))
    return here


def tidy(frame: Frame) -> dict[str, object]:
    """What the row of a meeting says of its frame. Raises CoordinationError for one that says too little."""
    if not frame.called_by.strip():
        raise CoordinationError(_("Skriv, hvem der ønsker mødet."))
    if frame.clear and not frame.purpose.strip():
        raise CoordinationError(_("Skriv, hvad mødet er til, før det er klart."))
    without_number(frame.called_by, frame.purpose, frame.place)
    return {
        "called_by": frame.called_by.strip()[:160],
        "purpose": frame.purpose.strip()[:400],
        "clear": frame.clear,
        "starts_at": frame.starts_at,
        "place": frame.place.strip()[:160],
    }


def _lends(contact: NetworkContact, meeting: NetworkMeeting) -> bool:
    """Whether somebody works where the meeting is held."""
    return bool(contact.place) and contact.place.casefold() in meeting.place.casefold()
