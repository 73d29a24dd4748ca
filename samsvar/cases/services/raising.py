"""Putting a case on the table: a disclosure, a party list, and a holder from the first moment."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case, CaseParty, Concern, EventKind
from samsvar.cases.services import responsibility
from samsvar.cases.services.children import ask_about_children
from samsvar.cases.services.errors import CaseError
from samsvar.cases.services.story import danish, tell
from samsvar.citizens.models import Identity
from samsvar.law.assess import meets_target_group
from samsvar.law.kinds import InformationType, Purpose
from samsvar.partnerships.models import Authority, Group
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import SubjectKind
from samsvar.sharing.services import Subject, disclose


@dataclass(frozen=True)
class Facts:
    """What the raiser says of a case (000 sections 2.4 and 3.12; R-000-35 to R-000-40). Texts are as typed."""

    why_serious: str
    means_exhausted: str = ""
    tried_before: str = ""
    special_problems: str = ""
    social: str = "unknown"
    psychiatric: str = "unknown"
    crime: str = "unknown"
    grey_zone: str = ""
    category_id: UUID | None = None
    traits: Sequence[str] = ()
    own_reason: str = ""
    children: str = "unknown"
    link_person: str = ""
    acute_trigger: str = ""
    brought_in: Sequence[UUID] = field(default_factory=tuple)


def raise_case(
    actor: Actor,
    *,
    group: Group,
    identity: Identity | None,
    parties: Sequence[Authority],
    facts: Facts,
    necessity: str,
    concern: Concern | None = None,
) -> Case:
    """Raise a case at a group's table, disclosing it (and its concern, and by setting the name) to the parties chosen.

    Raises CaseError when no trait and no own reason is given (L26) or a trait of the partnership's rules is missing;
    sharing.services.NotLawful when the law does not let it be disclosed to one of the parties.
    """
    partnership = group.partnership
    if not meets_target_group(facts.traits, facts.own_reason):
        raise CaseError(_("Sæt kryds ved mindst ét kriterium, eller skriv jeres egen grund."))
    if partnership.means_required and not facts.means_exhausted.strip():
        raise CaseError(_("Skriv, hvorfor jeres egne midler ikke slår til."))
    with connection.cursor() as cursor:
        cursor.execute(
            "select next_reference(%s, %s)", [partnership.pk, group.reference_prefix or partnership.reference_prefix]
        )
        reference = cursor.fetchone()[0]
    now = timezone.now()
    case = Case(
        id=uuid4(),
        partnership=partnership,
        group=group,
        reference=reference,
        citizen_id=identity.citizen_id if identity else None,
        identity=identity,
        raised_by_authority_id=actor.authority_id,
        raised_by_id=actor.person_id,
        party_ids=[actor.authority_id],
        link_person=facts.link_person,
        acute_trigger=facts.acute_trigger,
        social=facts.social,
        psychiatric=facts.psychiatric,
        crime=facts.crime,
        grey_zone=facts.grey_zone,
        category_id=facts.category_id,
        traits=list(facts.traits),
        own_reason=facts.own_reason,
        why_serious=facts.why_serious.strip(),
        means_exhausted=facts.means_exhausted.strip(),
        tried_before=facts.tried_before.strip(),
        special_problems=facts.special_problems.strip(),
        children=facts.children,
    )
    case.save(force_insert=True)
    CaseParty.objects.bulk_create(
        [
            CaseParty(
                partnership=partnership,
                case=case,
                group_id=group.pk,
                authority_id=actor.authority_id,
                reason=danish(gettext_lazy("rejste sagen")),
                since=now,
                added_by_id=actor.person_id,
            )
        ]
    )
    responsibility.begin(actor, case, danish(gettext_lazy("rejste sagen")), now)
    tell(actor, case, EventKind.RAISED)
    ask_about_children(actor, case, actor.authority_id)
    if concern is not None:
        Concern.objects.filter(pk=concern.pk).update(case=case, group=group)
    bring_in(actor, case, parties, necessity=necessity, concern=concern, brought_in=facts.brought_in)
    if identity is not None:
        with connection.cursor() as cursor:
            cursor.execute("select note_recurrence(%s)", [case.pk])
    record(
        actor, Act.CREATE, "case", case.pk, partnership_id=partnership.pk, case_id=case.pk, citizen_id=case.citizen_id
    )
    return case


def bring_in(
    actor: Actor,
    case: Case,
    authorities: Sequence[Authority],
    *,
    necessity: str,
    concern: Concern | None = None,
    brought_in: Sequence[UUID] = (),
    purpose: Purpose = Purpose.CLARIFY,
) -> None:
    """Make authorities party to a case: a disclosure of the case, and of the own concern and name behind it.

    Without "name in advance" (decisions.md) the name waits for `say_name`. Raises NotLawful.
    """
    others = [authority for authority in authorities if not actor.owns(authority.pk)]
    if not others:
        return
    _open(actor, case, SubjectKind.CASE, case.pk, others, necessity, purpose, brought_in)
    if concern is not None and actor.owns(concern.authority_id):
        _open(actor, case, SubjectKind.CONCERN, concern.pk, others, necessity, purpose, brought_in)
    identity = case.identity
    if identity is not None and actor.owns(identity.authority_id) and case.partnership.name_in_advance:
        _open(actor, case, SubjectKind.IDENTITY, identity.pk, others, necessity, purpose, brought_in)
    for authority in others:
        tell(actor, case, EventKind.PARTY_ADDED, about_authority_id=authority.pk)


def _open(
    actor: Actor,
    case: Case,
    kind: SubjectKind,
    subject_id: UUID,
    receivers: Sequence[Authority],
    necessity: str,
    purpose: Purpose,
    brought_in: Sequence[UUID],
) -> None:
    disclose(
        actor,
        subject_of(case, kind, subject_id),
        receivers,
        information_type=InformationType.IDENTITY if kind == SubjectKind.IDENTITY else InformationType.CONCERN,
        purpose=purpose,
        necessity=necessity,
        brought_in=tuple(brought_in),
    )


def subject_of(case: Case, kind: SubjectKind, subject_id: UUID) -> Subject:
    """A row of this case as the subject of a disclosure."""
    return Subject(kind, subject_id, case.partnership_id, case.pk, case.citizen_id, case.reference, case.group_id)
