"""An authority's answer to a case and its own notes: at home until they are passed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.law.kinds import InformationType, Purpose
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Answer, Channel, Contribution, Disclosure, OwnNote, SubjectKind
from samsvar.sharing.services.about import AboutCase, NothingSaid, own_row, require_no_number, require_of_case
from samsvar.sharing.services.consenting import heed_no
from samsvar.sharing.services.disclosing import Subject, disclose
from samsvar.sharing.services.grounds import ON_COOPERATION, Found, Ground, find_ground


@dataclass(frozen=True)
class Marks:
    """What is said about a contribution: that one rings first, until when, and what keeps it from travelling on."""

    call_first_until: date | None = None
    call_first_who: str = ""
    third_party: bool = False
    hypothesis: bool = False


UNMARKED = Marks()


def contribute(
    actor: Actor,
    case: AboutCase,
    answer: Answer | str,
    *,
    text: str = "",
    information_type: str = "",
    necessity: str = "",
    marks: Marks = UNMARKED,
) -> Contribution:
    """The own authority's answer to a case, kept at home until it is passed on (R-000-67, R-000-68).

    Nothing but the answer is needed: declining has no reason (L6). `necessity` waits with it for the table. Raises
    NothingSaid for a contribution without words, and for a mark that would have ended before it began.
    """
    if answer == Answer.CONTRIBUTES and not text.strip():
        raise NothingSaid(_("Skriv det, der er nødvendigt i denne sag, eller vælg et andet svar."))
    require_no_number(necessity, marks.call_first_who)
    if marks.call_first_until is not None and marks.call_first_until < timezone.localdate():
        raise NothingSaid(_("Vælg en dag, der ikke er gået."))
    contribution = Contribution(
        **own_row(actor, case),
        answer=answer,
        information_type=information_type or InformationType.KNOWN.value,
        text=text.strip(),
        necessity=necessity.strip()[:400],
        call_first_until=marks.call_first_until,
        call_first_who=marks.call_first_who.strip()[:120] if marks.call_first_until else "",
        third_party=marks.third_party,
        hypothesis=marks.hypothesis,
    )
    contribution.save(force_insert=True)
    record(
        actor,
        Act.CREATE,
        "contribution",
        contribution.pk,
        partnership_id=case.partnership_id,
        case_id=case.id,
        citizen_id=case.citizen_id,
        detail={"answer": str(answer)},
    )
    return contribution


def pass_on(
    actor: Actor,
    case: AboutCase,
    contribution: Contribution,
    receivers: Sequence[Authority],
    *,
    necessity: str,
    purpose: Purpose | str = Purpose.HELP,
    channel: Channel = Channel.HERE,
    brought_in: Sequence[UUID] = (),
    deliberate: bool = False,
    against_no: str = "",
    ground: Ground | Found = ON_COOPERATION,
) -> Disclosure:
    """Disclose an own contribution to named parties; others do not see that it exists. Raises NotLawful.

    One that is marked as a working hypothesis, or as being about somebody else too, has to be passed on deliberately;
    raises NothingSaid otherwise (R-002-75, R-002-79). `against_no` is why it is done although the citizen has said no;
    raises SaidNo without it (R-002-68). `ground` is what it rests on where that is not § 115 (L8, L10).
    """
    require_of_case(case, contribution.case_id)
    require_deliberate(contribution, deliberate)
    heed_no(actor, case, receivers, contribution.pk, against_no)
    kind, aim = contribution.information_type, str(purpose)
    rests_on = ground if isinstance(ground, Found) else find_ground(actor, case, ground, receivers, kind, aim)
    disclosure = disclose(
        actor,
        contribution_subject(case, contribution.pk),
        receivers,
        information_type=InformationType(contribution.information_type),
        purpose=purpose,
        necessity=necessity,
        channel=channel,
        brought_in=brought_in,
        basis=rests_on.basis,
        consent=rests_on.consent,
        weighed=rests_on.weighed,
    )
    if contribution.disclosed_at is None:
        contribution.disclosed_at = timezone.now()
        # A colleague may have told it to somebody else meanwhile: the first time stands.
        Contribution.objects.filter(pk=contribution.pk, disclosed_at=None).update(
            disclosed_at=contribution.disclosed_at
        )
    return disclosure


def require_deliberate(contribution: Contribution, deliberate: bool) -> None:
    """What is marked goes on only by a deliberate act (R-002-75, R-002-79). Raises NothingSaid."""
    if contribution.is_marked and not deliberate:
        raise NothingSaid(_("Bidraget er mærket. Sæt kryds ved, at det skal videre alligevel."))


def contribution_subject(case: AboutCase, contribution_id: UUID) -> Subject:
    """An own contribution as the subject of a disclosure."""
    return Subject(
        SubjectKind.CONTRIBUTION,
        contribution_id,
        case.partnership_id,
        case.id,
        case.citizen_id,
        case.reference,
        case.group_id,
    )


def keep_note(
    actor: Actor, case: AboutCase, text: str, reach: OwnNote.Reach | str = OwnNote.Reach.AUTHORITY
) -> OwnNote:
    """A note on the own side of the wall: for the authority, or only for its writer. Raises NothingSaid."""
    if not text.strip():
        raise NothingSaid(_("Skriv noten først."))
    note = OwnNote(
        **own_row(actor, case),
        reach=reach,
        text=text.strip(),
    )
    note.save(force_insert=True)
    record(
        actor,
        Act.CREATE,
        "own_note",
        note.pk,
        partnership_id=case.partnership_id,
        case_id=case.id,
        citizen_id=case.citizen_id,
    )
    return note


def forget_note(actor: Actor, note: OwnNote) -> bool:
    """Throw away a note that the actor has written. False when it is not the actor's."""
    gone = OwnNote.objects.filter(pk=note.pk, by_id=actor.person_id).delete()[0] > 0
    if gone:
        record(
            actor,
            Act.CHANGE,
            "own_note",
            note.pk,
            partnership_id=note.partnership_id,
            case_id=note.case_id,
            detail={"deleted": True},
        )
    return gone
