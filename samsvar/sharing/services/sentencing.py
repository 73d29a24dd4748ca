"""Behandlingsdom: vilkår. Told in a form of its own, by a leader, and to named parties (L15, decisions.md)."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.law.kinds import InformationType, Purpose
from samsvar.law.warnings import suspicious
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Disclosure, SubjectKind, TreatmentSentence
from samsvar.sharing.services.about import AboutCase, NothingSaid, own_row, require_of_case
from samsvar.sharing.services.consenting import heed_no
from samsvar.sharing.services.disclosing import Subject, disclose

_NOT_CONDITIONS = {"investigation_word", "conviction_word"}


def may_tell(actor: Actor) -> bool:
    """Whether the actor may write and pass on the conditions of a sentence to treatment."""
    return actor.is_any("releaser")


def write_conditions(
    actor: Actor, case: AboutCase, *, conditions: str, supervisor: str, allows: str = ""
) -> TreatmentSentence:
    """The conditions as the own authority knows them, in place of what it wrote before; at home until passed on.

    Raises NothingSaid for one who may not, without conditions or supervisor, and for words of charges and convictions.
    """
    if not may_tell(actor):
        raise NothingSaid(_("Vilkår kan kun skrives af en leder, der kan frigive."))
    if not (conditions.strip() and supervisor.strip()):
        raise NothingSaid(_("Skriv vilkårene, og hvem der fører tilsyn."))
    if any(notice.key in _NOT_CONDITIONS for notice in suspicious(f"{conditions}\n{allows}\n{supervisor}")):
        raise NothingSaid(_("Skriv kun vilkårene. Domme, sigtelser og efterforskning hører ikke til her."))
    TreatmentSentence.objects.filter(case_id=case.id, authority_id__in=actor.authority_ids).delete()
    row = TreatmentSentence(
        **own_row(actor, case),
        conditions=conditions.strip(),
        allows=allows.strip(),
        supervisor=supervisor.strip(),
    )
    row.save(force_insert=True)
    _log(actor, case, row.pk, Act.CREATE)
    return row


def pass_conditions_on(
    actor: Actor,
    case: AboutCase,
    row: TreatmentSentence,
    receivers: Sequence[Authority],
    *,
    necessity: str,
    purpose: Purpose | str = Purpose.HELP,
    brought_in: Sequence[UUID] = (),
    against_no: str = "",
) -> Disclosure:
    """Tell named parties the conditions. Only those who sit at their table read them.

    Raises NotLawful, NothingSaid, and SaidNo against the citizen's no without a reason (R-002-68).
    """
    if not may_tell(actor):
        raise NothingSaid(_("Vilkår kan kun videregives af en leder, der kan frigive."))
    require_of_case(case, row.case_id)
    heed_no(actor, case, receivers, row.pk, against_no)
    made = disclose(
        actor,
        Subject(SubjectKind.TREATMENT, row.pk, case.partnership_id, case.id, case.citizen_id, case.reference),
        receivers,
        information_type=InformationType.TREATMENT_SENTENCE,
        purpose=purpose,
        necessity=necessity,
        brought_in=brought_in,
    )
    if row.disclosed_at is None:
        row.disclosed_at = timezone.now()
        TreatmentSentence.objects.filter(pk=row.pk, disclosed_at=None).update(disclosed_at=row.disclosed_at)
    return made


def take_conditions_away(actor: Actor, case: AboutCase, row: TreatmentSentence) -> bool:
    """The conditions no longer hold: they are gone for everybody. False for what is not the actor's to take away."""
    require_of_case(case, row.case_id)
    gone = TreatmentSentence.objects.filter(pk=row.pk, authority_id__in=actor.authority_ids).delete()[0] > 0
    if gone:
        _log(actor, case, row.pk, Act.CHANGE)
    return gone


def _log(actor: Actor, case: AboutCase, row_id: UUID, act: Act) -> None:
    record(
        actor,
        act,
        "treatment",
        row_id,
        partnership_id=case.partnership_id,
        case_id=case.id,
        citizen_id=case.citizen_id,
    )
