"""Guests at one item: the citizen, somebody the citizen chooses, or words that are read there (R-000-119, R-000-124).

A guest has no account, gets no minutes, and hears no prepared contribution: what an authority has told the others is
not thereby told to whoever the citizen brings (docs/decisions/0072).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.cases.models import Case, InvolvementState
from samsvar.cases.services import work
from samsvar.cases.services.raising import subject_of
from samsvar.law.kinds import AuthorityKind, InformationType, Purpose
from samsvar.meetings.models import AgendaItem, Guest, GuestKind, Meeting, MeetingState
from samsvar.meetings.selectors.guests import is_welcome
from samsvar.meetings.services.errors import MeetingError, refuse_cpr
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Consent, ConsentForm, Contribution, Scope, SubjectKind
from samsvar.sharing.services import Outsider, consent_covering, disclose_outside, take_consent

# What somebody hears who sits in on an item: that there is a case, and what is agreed.
HEARS = (InformationType.CONCERN, InformationType.ACTION)


class NotOurs(MeetingError):
    """Another authority has asked the guest."""


@dataclass(frozen=True)
class Yes:
    """The citizen's yes to somebody being there, as it is written down with the invitation (L10)."""

    given_on: date
    written: bool
    why_oral: str = ""


def invite(
    actor: Actor,
    meeting: Meeting,
    case: Case,
    who: GuestKind | str,
    comes_at: datetime,
    *,
    name: str = "",
    yes: Yes | None,
) -> Guest:
    """Ask somebody to come to one item. Whoever is not the citizen comes on the citizen's yes: a disclosure (L7, L10).

    Raises MeetingError for a meeting that is over, a day that is not the meeting's, one who is asked already, or a yes
    that is missing; sharing.services.NotLawful and NothingSaid.
    """
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLANNED).exists() or case.closed_at is not None:
        raise MeetingError(_("Mødet eller sagen er slut, så der kan ikke komme gæster."))
    if timezone.localdate(comes_at) != timezone.localdate(meeting.starts_at):
        raise MeetingError(_("Vælg et tidspunkt på mødets dag."))
    kind, name = GuestKind(who), " ".join(name.split())
    refuse_cpr(name)
    name = "" if kind == GuestKind.CITIZEN else name
    if kind != GuestKind.CITIZEN:
        if not name:
            raise MeetingError(_("Skriv, hvem der kommer."))
        _tell_outsider(actor, case, name, yes)
    same = Guest.objects.filter(meeting=meeting, case=case, who=kind, name=name, called_off_at=None).first()
    if same is not None:
        raise MeetingError(_("Gæsten er allerede inviteret til punktet."))
    guest = Guest(
        id=uuid4(),
        partnership_id=case.partnership_id,
        meeting=meeting,
        group_id=case.group_id,
        case=case,
        authority_id=actor.authority_id,
        by_id=actor.person_id,
        who=kind,
        name=name,
        comes_at=comes_at,
    )
    guest.save(force_insert=True)
    _log(actor, Act.CREATE, guest, who=kind.value)
    return guest


def _tell_outsider(actor: Actor, case: Case, name: str, yes: Yes | None) -> None:
    kinds = [kind.value for kind in HEARS]
    consent: Consent | None = consent_covering(actor, case.pk, [name], kinds, Purpose.HELP.value)
    if yes is not None and (consent is None or not consent.stands()):
        consent = take_consent(
            actor,
            case,
            scope=Scope.SHARE,
            information_types=kinds,
            receivers=[],
            others=name,
            purposes=[Purpose.HELP.value],
            given=[_("borgeren")],
            form=ConsentForm.WRITTEN if yes.written else ConsentForm.ORAL,
            why_oral=yes.why_oral,
            informed=True,
            given_on=yes.given_on,
        )
    if consent is None:
        raise MeetingError(_("Skriv, hvilken dag borgeren har sagt ja til, at gæsten er med."))
    disclose_outside(
        actor,
        subject_of(case, SubjectKind.CASE, case.pk),
        Outsider(name, AuthorityKind.PRIVATE),
        information_types=HEARS,
        purpose=Purpose.HELP,
        necessity=_("Borgeren vil have gæsten med, når der tales om sagen."),
        grounds=consent,
    )


def come_in(actor: Actor, guest: Guest) -> None:
    """The guest sits down, or comes back to the seat. Safe to repeat.

    Raises MeetingError while the table is at another item: a guest hears one item; for one who does not come after all,
    or to a meeting that is over; and when the citizen has taken back the yes that the guest comes on, or it has run out
    (L10). When the guest first came is kept.
    """
    require_yes(actor, guest)
    here = Guest.objects.filter(pk=guest.pk, called_off_at=None, meeting__state=MeetingState.PLANNED)
    if not here.exists():
        raise MeetingError(_("Gæsten kommer ikke: invitationen er taget tilbage, eller mødet er slut."))
    up = AgendaItem.objects.filter(meeting_id=guest.meeting_id, case_id=guest.case_id).exclude(opened_at=None)
    if not up.exists():
        raise MeetingError(_("Bordet er ved et andet punkt. Vent med at lukke gæsten ind."))
    first = here.filter(arrived_at=None).update(arrived_at=timezone.now())
    if first or here.exclude(left_at=None).update(left_at=None):
        _log(actor, Act.CHANGE, guest, part="came_in")


def require_yes(actor: Actor, guest: Guest) -> None:
    """Raises MeetingError for somebody whom the citizen does not say yes to any more (L10)."""
    if not is_welcome(actor, guest):
        raise MeetingError(
            _(
                "Borgerens ja til gæsten gælder ikke længere: det er trukket tilbage eller udløbet. "
                "Tag invitationen tilbage. Siger borgeren ja igen, så invitér på ny."
            )
        )


def leave(actor: Actor, guest: Guest) -> None:
    """The guest has left. Turning to another item says the same. Safe to repeat."""
    if Guest.objects.filter(pk=guest.pk, left_at=None).exclude(arrived_at=None).update(left_at=timezone.now()):
        _log(actor, Act.CHANGE, guest, part="left")


def call_off(actor: Actor, guest: Guest) -> None:
    """The guest does not come after all. Safe to repeat; one who has been there stays in what happened."""
    if Guest.objects.filter(pk=guest.pk, arrived_at=None, called_off_at=None).update(called_off_at=timezone.now()):
        _log(actor, Act.CHANGE, guest, part="called_off")


def read_aloud(actor: Actor, case: Case, words: str) -> None:
    """Take the citizen's own words along to the item: kept where the citizen's words of the case are kept (R-000-124).

    Raises CaseError without words, for a CPR number, or for a case that is closed.
    """
    if not words.strip():
        raise MeetingError(_("Skriv ordene først."))
    refuse_cpr(words)
    work.involve(actor, case, InvolvementState.INVOLVED, citizens_view=words)


def may_hear(guests: Sequence[Guest], contribution: Contribution) -> None:
    """Raises MeetingError while somebody sits at the table who is not to hear a contribution.

    Nobody the citizen brings hears what an authority tells the others, and the citizen nothing that is also about
    somebody else or is a guess.
    """
    here = [guest for guest in guests if guest.is_here]
    if any(guest.who != GuestKind.CITIZEN for guest in here):
        raise MeetingError(_("Der er en gæst ved bordet. Fortæl det, når gæsten er gået."))
    if here and contribution.is_marked:
        raise MeetingError(_("Bidraget er mærket, og borgeren er ved bordet. Fortæl det, når borgeren er gået."))


def printed(actor: Actor, guest: Guest) -> None:
    """Log that the invitation was taken out on paper.

    Raises NotOurs for others than those who asked, MeetingError as `require_yes` does: then it is not.
    """
    if not actor.owns(guest.authority_id):
        record_refusal(actor, "guest", guest.pk, "not_who_asked")
        raise NotOurs(_("Kun de, der har inviteret gæsten, kan tage brevet ud."))
    require_yes(actor, guest)
    _log(actor, Act.PRINT, guest)


def _log(actor: Actor, act: Act, guest: Guest, **detail: object) -> None:
    record(
        actor,
        act,
        "guest",
        guest.pk,
        partnership_id=guest.partnership_id,
        case_id=guest.case_id,
        citizen_id=guest.case.citizen_id,
        detail={"meeting": str(guest.meeting_id), **detail},
    )
