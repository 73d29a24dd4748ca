"""The door: the only way in which person data passes from one authority to another (house.md, The wall)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils import timezone

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.directory.selectors.law import pack_in_force
from samsvar.law.assess import Act as LegalAct
from samsvar.law.assess import Assessment, Outcome, Receiver, Weighing, assess
from samsvar.law.kinds import AuthorityKind, Basis, Cooperation, InformationType, Purpose, Regime
from samsvar.law.sentences import Need, Reason
from samsvar.law.warnings import has_cpr
from samsvar.partnerships.models import Authority, Participation, Partnership
from samsvar.partnerships.selectors import may_release
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Channel, Consent, Disclosure, Receipt, SubjectKind, Weighed
from samsvar.sharing.models.consent import receiver_key
from samsvar.sharing.services.consenting import noes_against
from samsvar.sharing.services.grounds import is_routine, keep_weighing
from samsvar.tasks.models import Task, TaskKind
from samsvar.tasks.services import lay

# What a health authority tells of a citizen goes through the people on its list; that there is a case, and whose it is,
# through those who sit at its table.
RELEASED = (SubjectKind.CONTRIBUTION, SubjectKind.DANGER, SubjectKind.TREATMENT, SubjectKind.LETTER)


class NotLawful(Exception):
    """The rule pack does not allow this disclosure as it stands; `assessment` says why and what is missing."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        super().__init__(assessment.explain())


@dataclass(frozen=True)
class Subject:
    """What is disclosed: one own row, and whose case and citizen it is about."""

    kind: SubjectKind
    id: UUID
    partnership_id: UUID
    case_id: UUID | None = None
    citizen_id: UUID | None = None
    reference: str = ""
    group_id: UUID | None = None


def weigh(
    actor: Actor,
    subject: Subject,
    receivers: Sequence[Authority],
    *,
    information_type: InformationType,
    purpose: Purpose | str,
    necessity: str,
    brought_in: Sequence[UUID] = (),
    basis: Basis = Basis.COOPERATION,
    consent: Consent | None = None,
    weighed: Weighed | Weighing | None = None,
    child_at_risk: bool = False,
) -> Assessment:
    """What the rule pack says of a disclosure before it is made: the basis, why, and what follows (L1 to L11).

    `consent` and `weighed` are what the bases of that name rest on, `child_at_risk` the duty to notify.
    """
    now = timezone.localdate()
    partnership = Partnership.objects.get(pk=subject.partnership_id)
    taking_part = set(
        Participation.objects.filter(
            Q(until=None) | Q(until__gte=now), partnership=partnership, since__lte=now
        ).values_list("authority_id", flat=True)
    )
    return assess(
        LegalAct(
            cooperation=Cooperation(partnership.cooperation),
            sender=AuthorityKind(actor.authority_kind),
            receivers=tuple(
                Receiver(
                    kind=AuthorityKind(authority.kind),
                    party=authority.pk in taking_part,
                    brought_in=authority.pk in brought_in,
                    name=authority.name,
                    key=str(authority.pk),
                )
                for authority in receivers
            ),
            basis=basis,
            consent=consent.for_law(by_kind=actor.authority_kind) if consent else None,
            weighing=weighed.for_law() if isinstance(weighed, Weighed) else weighed,
            recurring=basis == Basis.OVERRIDING
            and subject.case_id is not None
            and is_routine(actor, subject.case_id, weighed),
            said_no=bool(subject.case_id and noes_against(actor, subject.case_id, receivers)),
            child_at_risk=child_at_risk,
            purpose=str(purpose),
            necessity=necessity,
            information_types=(information_type,),
            on=now,
            released_by_holder=_released(actor, subject.kind),
            sender_brought_in=False,
            earlier_same_necessity=_said_before(actor, necessity),
        ),
        pack_in_force(actor, subject.partnership_id, now),
    )


def _said_before(actor: Actor, necessity: str) -> int:
    """How many of the own disclosures have had the very same necessity (L4)."""
    words = necessity.strip()
    return Disclosure.objects.filter(authority_id__in=actor.authority_ids, necessity=words).count() if words else 0


def _released(actor: Actor, kind: SubjectKind) -> bool:
    if kind in (
        SubjectKind.REQUEST,
        SubjectKind.CARE_NETWORK,
        SubjectKind.CARE_EVENT,
        SubjectKind.CARE_PLAN,
        SubjectKind.HAND_OVER,
        SubjectKind.REFERRAL,
    ):
        # What somebody asks is what that person says; a network is opened by those inside, as its citizen wants; and an
        # event, or a ward's plan, is released by a named person of the unit that the citizen has let in for it. What is
        # handed over is told by the unit that has had the citizen, on the citizen's yes to that receiver. A referral is
        # written by one of the unit that knows the citizen, and answered by one of the unit that was asked.
        return True
    return may_release(actor) if kind in RELEASED else actor.is_any("releaser", "member")


def disclose(
    actor: Actor,
    subject: Subject,
    receivers: Sequence[Authority],
    *,
    information_type: InformationType,
    purpose: Purpose | str,
    necessity: str,
    channel: Channel = Channel.HERE,
    brought_in: Sequence[UUID] = (),
    basis: Basis = Basis.COOPERATION,
    consent: Consent | None = None,
    weighed: Weighed | Weighing | None = None,
    child_at_risk: bool = False,
) -> Disclosure:
    """Pass one own row to named receivers, with its basis and its necessity recorded (R-000-97). Raises NotLawful.

    `brought_in` names self-owning institutions brought into this case (L3). The database opens the row to the receivers
    and to nobody else; a receipt of a case makes its receiver party to it.
    """
    receivers = [authority for authority in receivers if not actor.owns(authority.pk)]
    assessment = weigh(
        actor,
        subject,
        receivers,
        information_type=information_type,
        purpose=purpose,
        necessity=necessity,
        brought_in=brought_in,
        basis=basis,
        consent=consent,
        weighed=weighed,
        child_at_risk=child_at_risk,
    )
    _require_lawful(assessment, necessity)
    if basis == Basis.OVERRIDING and isinstance(weighed, Weighing):
        weighed = keep_weighing(actor, subject, weighed)
    disclosure = _disclosure(
        actor,
        subject,
        assessment,
        information_type=information_type.value,
        purpose=str(purpose),
        necessity=necessity.strip(),
        consent=consent if basis == Basis.CONSENT else None,
        weighed=weighed if basis == Basis.OVERRIDING and isinstance(weighed, Weighed) else None,
        channel=channel,
    )
    Disclosure.objects.bulk_create([disclosure])
    Receipt.objects.bulk_create(
        [
            Receipt(
                partnership_id=subject.partnership_id,
                disclosure=disclosure,
                subject_id=subject.id,
                authority=authority,
                from_authority_id=actor.authority_id,
                brought_in=authority.pk in brought_in,
            )
            for authority in receivers
        ]
    )
    _log(actor, subject, assessment, purpose, to=[str(authority.pk) for authority in receivers])
    if any(duty.key == "tell_citizen" for duty in assessment.duties):
        _owe_the_citizen(actor, subject)
    return disclosure


def _require_lawful(assessment: Assessment, necessity: str) -> None:
    """Raises NotLawful, also for a necessity with a CPR number: it is shown to every receiver and in proofs (L16)."""
    if assessment.allowed and has_cpr(necessity):
        raise NotLawful(
            replace(
                assessment,
                outcome=Outcome.NEEDS,
                reasons=(Reason.say("number_in_necessity"),),
                needs=(Need.say("without_number"),),
            )
        )
    if not assessment.allowed:
        raise NotLawful(assessment)


def _disclosure(actor: Actor, subject: Subject, assessment: Assessment, **told: Any) -> Disclosure:
    """A row that says who tells what by which rule; `told` is what differs from one kind of receiver to the other."""
    return Disclosure(
        id=uuid4(),
        partnership_id=subject.partnership_id,
        authority_id=actor.authority_id,
        case_id=subject.case_id,
        citizen_id=subject.citizen_id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        rule=assessment.rule,
        pack=assessment.pack,
        reasons=[asdict(reason) for reason in assessment.reasons],
        by_id=actor.person_id,
        capacity_id=actor.capacity_id,
        **told,
    )


def _log(actor: Actor, subject: Subject, assessment: Assessment, purpose: Purpose | str, **receivers: Any) -> None:
    record(
        actor,
        Act.DISCLOSE,
        subject.kind,
        subject.id,
        partnership_id=subject.partnership_id,
        case_id=subject.case_id,
        citizen_id=subject.citizen_id,
        purpose=str(purpose),
        detail={**receivers, "rule": assessment.rule, "pack": assessment.pack},
    )


def _owe_the_citizen(actor: Actor, subject: Subject) -> None:
    """The duty to tell the citizen rests on the unit, not on the one who happened to press the button (L12)."""
    about = subject.case_id or subject.id
    if Task.objects.filter(kind=TaskKind.TELL_CITIZEN, subject_id=about, done_at=None).exists():
        return
    lay(
        actor,
        TaskKind.TELL_CITIZEN,
        partnership_id=subject.partnership_id,
        authority_id=actor.authority_id,
        subject_kind="case" if subject.case_id else subject.kind,
        subject_id=about,
        case_id=subject.case_id,
        role="member",
        reference=subject.reference,
    )


@dataclass(frozen=True)
class Outsider:
    """One named receiver outside the circle: no authority of the cooperation, so no receipt and no door (L7)."""

    name: str
    kind: AuthorityKind


def weigh_outside(
    actor: Actor,
    subject: Subject,
    outsider: Outsider,
    *,
    information_types: Sequence[InformationType],
    purpose: Purpose | str,
    necessity: str,
    grounds: Consent | Weighing | None,
) -> Assessment:
    """What the rule pack says of telling somebody outside the circle, on a consent or on five answers (L7, L8, L10)."""
    now = timezone.localdate()
    partnership = Partnership.objects.get(pk=subject.partnership_id)
    weighing = grounds if isinstance(grounds, Weighing) else None
    consent = grounds if isinstance(grounds, Consent) else None
    return assess(
        LegalAct(
            cooperation=Cooperation(partnership.cooperation),
            sender=AuthorityKind(actor.authority_kind),
            sender_regime=Regime(actor.regime),
            receivers=(Receiver(kind=outsider.kind, name=outsider.name, key=receiver_key(outsider.name)),),
            basis=Basis.OVERRIDING if weighing else Basis.CONSENT,
            consent=consent.for_law(by_kind=actor.authority_kind) if consent else None,
            weighing=weighing,
            recurring=bool(weighing and subject.case_id and is_routine(actor, subject.case_id, weighing)),
            said_no=bool(subject.case_id and noes_against(actor, subject.case_id, [])),
            purpose=str(purpose),
            necessity=necessity.strip(),
            information_types=tuple(information_types),
            on=now,
            released_by_holder=_released(actor, subject.kind),
            earlier_same_necessity=_said_before(actor, necessity),
        ),
        pack_in_force(actor, subject.partnership_id, now),
    )


def disclose_outside(
    actor: Actor,
    subject: Subject,
    outsider: Outsider,
    *,
    information_types: Sequence[InformationType],
    purpose: Purpose | str,
    necessity: str,
    grounds: Consent | Weighing | None,
) -> Disclosure:
    """Record that somebody outside the circle is told, one row for each kind of information (R-000-97, R-000-100).

    They know now, so the sender owes the citizen a word, whatever kind of authority it is (L12; decisions.md, Told or
    not told). Returns one of the rows. `grounds` are a consent of the case, None where
    there is none, or the five answers. Raises NotLawful.
    """
    assessment = weigh_outside(
        actor,
        subject,
        outsider,
        information_types=information_types,
        purpose=purpose,
        necessity=necessity,
        grounds=grounds,
    )
    _require_lawful(assessment, necessity)
    consent = grounds if isinstance(grounds, Consent) else None
    weighed = keep_weighing(actor, subject, grounds) if isinstance(grounds, Weighing) else None
    rows = Disclosure.objects.bulk_create(
        [
            _disclosure(
                actor,
                subject,
                assessment,
                outside=outsider.name,
                information_type=kind.value,
                purpose=str(purpose),
                necessity=necessity.strip(),
                consent=consent,
                weighed=weighed,
                channel=Channel.HERE,
            )
            for kind in information_types
        ]
    )
    _log(actor, subject, assessment, purpose, outside=outsider.kind.value)
    _owe_the_citizen(actor, subject)
    return rows[0]
