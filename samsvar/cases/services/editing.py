"""Mending what the case says, naming the citizen at the table, and letting own people in."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Assignment, Case, CaseParty, EventKind
from samsvar.cases.services import between, responsibility
from samsvar.cases.services.children import ask_about_children
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.cases.services.raising import bring_in, subject_of
from samsvar.cases.services.rows import log_in_case
from samsvar.cases.services.seats import locked, require_table
from samsvar.cases.services.story import danish, tell
from samsvar.citizens.services import give_name
from samsvar.law.assess import meets_target_group
from samsvar.law.kinds import AuthorityKind, InformationType, Purpose
from samsvar.law.warnings import has_cpr
from samsvar.partnerships.models import Authority, Capacity
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Channel, Receipt, SubjectKind
from samsvar.sharing.services import disclose
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import lay

FACTS = (
    "social",
    "psychiatric",
    "crime",
    "grey_zone",
    "category_id",
    "traits",
    "own_reason",
    "why_serious",
    "means_exhausted",
    "tried_before",
    "special_problems",
    "children",
    "link_person",
)


def stamp(case: Case) -> str:
    """What the facts looked like when they were read: 64 hexadecimal digits, another for any other facts."""
    facts = {name: getattr(case, name) for name in FACTS}
    return hashlib.sha256(json.dumps(facts, default=str, sort_keys=True).encode()).hexdigest()


def edit(actor: Actor, case: Case, facts: Mapping[str, Any], *, seen: str) -> list[str]:
    """Change facts of the case; `facts` holds names of `FACTS`. Returns the changed names, for nothing the empty list.

    `seen` is the stamp of what stood on the screen. Raises Overtaken when somebody has changed the facts meanwhile, and
    CaseError when neither a criterion nor an own reason would be left (L26).
    """
    here = locked(case)
    if stamp(here) != seen:
        raise Overtaken(
            _(
                "En anden har rettet sagen, mens du skrev. Din tekst står her endnu. "
                "Se de nye oplysninger, og send igen."
            )
        )
    changed = [name for name in FACTS if name in facts and facts[name] != getattr(here, name)]
    if not changed:
        return []
    for name in changed:
        setattr(here, name, facts[name])
    if not meets_target_group(here.traits, here.own_reason):
        raise CaseError(_("Sæt kryds ved mindst ét kriterium, eller skriv jeres egen grund."))
    here.save(update_fields=changed)
    named = {one.attname: one.verbose_name for one in Case._meta.concrete_fields}
    labels = [danish(named[name]) for name in changed]
    tell(actor, here, EventKind.EDITED, ", ".join(labels))
    if "children" in changed:
        ask_about_children(actor, here, responsibility.current(here).authority_id)
    log_in_case(actor, Act.CHANGE, here, detail={"fields": changed})
    return changed


def let_in(actor: Actor, case: Case, authorities: Sequence[Authority], *, necessity: str) -> None:
    """Let authorities join an open case, which is a disclosure of it; institutions are brought in for this case (L3).

    Raises CaseError for one without a seat at the table, sharing.services.NotLawful.
    """
    require_table(actor, case)
    locked(case)
    institutions = [one.pk for one in authorities if one.kind == AuthorityKind.SELF_OWNING]
    bring_in(actor, case, authorities, necessity=necessity, brought_in=institutions)


def who_lacks_the_name(actor: Actor, case: Case) -> list[Authority]:
    """The parties that have not been told who the citizen is; empty unless the actor's authority can tell them."""
    if case.identity is None or not actor.owns(case.identity.authority_id):
        return []
    told = Receipt.objects.filter(subject_id=case.identity.pk, ended_at=None).values_list("authority_id", flat=True)
    parties = CaseParty.objects.filter(case=case, until=None).exclude(authority_id__in=actor.authority_ids)
    return [party.authority for party in parties.exclude(authority_id__in=list(told)).select_related("authority")]


def ask_to_prepare(actor: Actor, case: Case, authorities: Sequence[Authority]) -> None:
    """Lay "slå op hjemme" before these parties, but for those that do not know yet who it is: whom should they look up?

    A party that has no seat at this table still gets the task, on its screeners' table. Nothing for those who are not
    party, and by one who is not.
    """
    parties = set(CaseParty.objects.filter(case=case, until=None).values_list("authority_id", flat=True))
    if not parties.intersection(actor.authority_ids):
        return
    waiting = {one.pk for one in who_lacks_the_name(actor, case)}
    seated = between.seated_authorities(case.group)
    for authority in authorities:
        if authority.pk in parties - waiting:
            lay(
                actor,
                TaskKind.PREPARE,
                partnership_id=case.partnership_id,
                authority_id=authority.pk,
                subject_kind="case",
                subject_id=case.pk,
                case_id=case.pk,
                group_id=case.group_id if authority.pk in seated else None,
                role="member" if authority.pk in seated else "screener",
                reference=case.reference,
                acute=bool(case.acute_trigger),
            )


def say_name(actor: Actor, case: Case, *, necessity: str = "") -> list[Authority]:
    """Say at the table, with one key, who the citizen is, to the parties that do not know yet (decisions.md).

    Returns who was told. Raises CaseError when the name is not the actor's to say, sharing.services.NotLawful.
    """
    require_table(actor, case)
    here = locked(case)
    if case.identity is None or not actor.owns(case.identity.authority_id):
        raise CaseError(_("Det er den myndighed, der rejste sagen, som kan sige navnet."))
    told = who_lacks_the_name(actor, case)
    if told:
        disclose(
            actor,
            subject_of(here, SubjectKind.IDENTITY, case.identity.pk),
            told,
            information_type=InformationType.IDENTITY,
            purpose=Purpose.HELP,
            necessity=necessity.strip() or _("Parterne skal vide, hvem de taler om og skal hjælpe."),
            channel=Channel.MEETING,
            brought_in=brought_in_ids(here),
        )
        tell(actor, here, EventKind.NAME_DISCLOSED)
        # Only now can they look at home.
        ask_to_prepare(actor, here, told)
    return told


def lift_pseudonym(actor: Actor, case: Case, name: str, *, words: str) -> list[Authority]:
    """The citizen says who they are, and the name may be used from now on (R-004-63).

    The parties that know the pseudonym read the name too: that is a disclosure of its own, on what the citizen has said
    (`words`). What was told before opens the row no more, so one who has left the case hears nothing new. Returns who
    was told. Raises CaseError when there is no own pseudonym to lift, NotLawful.
    """
    require_table(actor, case)
    here = locked(case)
    identity = here.identity
    if has_cpr(name) or has_cpr(words):
        raise CaseError(_("Her står noget, der ligner et CPR-nummer. Skriv det uden nummer, og send igen."))
    # Asked first: the name ends what was told under the pseudonym (sharing/policies).
    told = _knows_who(actor, here)
    if identity is None or not identity.is_pseudonym or not give_name(actor, identity, name):
        raise CaseError(_("Der er intet kaldenavn, som I kan løfte."))
    if told:
        disclose(
            actor,
            subject_of(here, SubjectKind.IDENTITY, identity.pk),
            told,
            information_type=InformationType.IDENTITY,
            purpose=Purpose.HELP,
            necessity=words.strip(),
            brought_in=brought_in_ids(here),
        )
        tell(actor, here, EventKind.NAME_DISCLOSED)
    return told


def _knows_who(actor: Actor, case: Case) -> list[Authority]:
    """The other parties that have been told who the citizen is."""
    if case.identity_id is None:
        return []
    told = Receipt.objects.filter(subject_id=case.identity_id, ended_at=None).values_list("authority_id", flat=True)
    parties = CaseParty.objects.filter(case=case, until=None, authority_id__in=list(told))
    return [
        party.authority for party in parties.exclude(authority_id__in=actor.authority_ids).select_related("authority")
    ]


def brought_in_ids(case: Case) -> tuple[UUID, ...]:
    """The self-owning institutions that have been brought into this case (L3)."""
    return tuple(
        CaseParty.objects.filter(case=case, until=None, brought_in=True).values_list("authority_id", flat=True)
    )


def assign(actor: Actor, case: Case, capacity: Capacity, *, reason: str) -> Assignment | None:
    """Let one of the own people see and work on the case (R-000-150). None when the person already does.

    Raises CaseError for another authority's people and for a post that has ended.
    """
    if not actor.owns(capacity.authority_id):
        raise CaseError(_("Du kan kun sætte jeres egne folk på."))
    if capacity.until is not None and capacity.until < timezone.localdate():
        raise CaseError(_("Personen er ikke længere i den post."))
    here = locked(case)
    if Assignment.objects.filter(case=here, capacity=capacity, until=None).exists():
        return None
    assignment = Assignment(
        id=uuid4(),
        partnership_id=here.partnership_id,
        case=here,
        authority_id=actor.authority_id,
        capacity=capacity,
        reason=reason.strip()[:200],
        added_by_id=actor.person_id,
    )
    assignment.save(force_insert=True)
    log_in_case(actor, Act.CREATE, here, "assignment", assignment.pk, detail={"capacity": str(capacity.pk)})
    return assignment


def unassign(actor: Actor, assignment: Assignment) -> None:
    """One of the own people no longer works on the case, and no longer sees it. Raises CaseError for others' people."""
    if not actor.owns(assignment.authority_id):
        raise CaseError(_("Du kan kun tage jeres egne folk af sagen."))
    Assignment.objects.filter(pk=assignment.pk, until=None).update(until=timezone.now())
    record(
        actor,
        Act.CHANGE,
        "assignment",
        assignment.pk,
        partnership_id=assignment.partnership_id,
        case_id=assignment.case_id,
        detail={"ended": True},
    )
