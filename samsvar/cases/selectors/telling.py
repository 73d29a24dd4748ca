"""What would happen if this were told to them: the basis, who hears it and who does not, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.cases.models import Case
from samsvar.cases.selectors.around import possible_parties
from samsvar.cases.services.editing import brought_in_ids
from samsvar.cases.services.raising import subject_of
from samsvar.law import packs
from samsvar.law.kinds import Basis, InformationType, Purpose
from samsvar.law.warnings import exposing
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Answer, SubjectKind, TreatmentSentence
from samsvar.sharing.selectors import contributions_of
from samsvar.sharing.services import Ground, find_ground, weigh

# More than this is a piece of a journal, not an answer to what is necessary here.
MUCH = 600


@dataclass(frozen=True)
class Prospect:
    """What a page shows before something is passed on. Names of authorities, and the law's own sentences."""

    basis: str
    lacks: list[str]
    gets: list[str]
    gets_not: list[str]
    outside: list[str]
    follows: list[str]


def prospect(
    actor: Actor,
    case: Case,
    chosen: Sequence[Authority],
    others: Sequence[Authority],
    *,
    information_type: InformationType | str = InformationType.SOCIAL,
    purpose: Purpose | str = Purpose.HELP,
    lang: str = "da",
    basis: Basis = Basis.COOPERATION,
) -> Prospect:
    """What telling the chosen would rest on and lead to; with nobody chosen, what telling all the others would."""
    receivers = list(chosen) or list(others)
    kind = InformationType(information_type or InformationType.SOCIAL)
    found = find_ground(actor, case, Ground(basis), receivers, kind.value, str(purpose or Purpose.HELP))
    assessment = weigh(
        actor,
        subject_of(case, SubjectKind.CASE, case.pk),
        receivers,
        information_type=kind,
        purpose=purpose or Purpose.HELP,
        necessity=_("skrives nedenfor"),
        brought_in=brought_in_ids(case),
        basis=basis,
        consent=found.consent,
    )
    pack = packs.find(timezone.localdate())
    rule = pack.rules.get(assessment.rule) if pack else None
    source = f" ({rule.source(lang)})" if rule and assessment.allowed else ""
    taken = {authority.pk for authority in chosen}
    return Prospect(
        basis=f"{assessment.reasons[0].text(lang)}{source}",
        lacks=[need.text(lang) for need in assessment.needs],
        gets=[authority.name for authority in chosen],
        gets_not=[authority.name for authority in others if authority.pk not in taken],
        outside=[
            authority.name for authority in possible_parties(actor, case) if authority.pk not in actor.authority_ids
        ],
        follows=[duty.text(lang) for duty in assessment.duties],
    )


def second_look(
    actor: Actor,
    case: Case,
    text: str,
    receivers: Sequence[Authority],
    *,
    necessity: str,
    information_type: InformationType | str,
    purpose: Purpose | str = Purpose.HELP,
    lang: str = "da",
) -> list[str]:
    """What the writer should look at once more before it reaches anybody; empty for nothing (R-000-70, R-000-98).

    Too much of it, words of an investigation or a conviction, a CPR number, the name of an illness, and a necessity
    that has been used again and again (L4). A person decides: sending again sends it as it stands.
    """
    said = []
    if len(text) > MUCH:
        said.append(
            _("Det er en lang tekst (%(count)s tegn). Hvad er nødvendigt for netop dem, der skal have den?")
            % {"count": len(text)}
        )
    # A name and an address are often the very thing that the receivers need.
    said += [notice.text(lang) for notice in exposing(text) if notice.key not in ("name", "address")]
    assessment = weigh(
        actor,
        subject_of(case, SubjectKind.CASE, case.pk),
        receivers,
        information_type=InformationType(information_type),
        purpose=purpose,
        necessity=necessity,
        brought_in=brought_in_ids(case),
    )
    return list(dict.fromkeys([*said, *(notice.text(lang) for notice in assessment.warnings)]))


def told_before(actor: Actor, case: Case) -> list[str]:
    """What one who answers "ikke kendt" should look at once more: the own authority has told something here before."""
    told = [one for one in contributions_of(actor, case.pk) if actor.owns(one.authority_id)]
    if not any(one.answer == Answer.CONTRIBUTES for one in told):
        return []
    return [_("I har allerede fortalt noget i sagen. »Ikke kendt« siger, at I ikke kender borgeren.")]


def find_conditions(actor: Actor, case: Case, sentence_id: UUID) -> TreatmentSentence | None:
    """The own authority's conditions, or None."""
    return TreatmentSentence.objects.filter(case=case, pk=sentence_id, authority_id__in=actor.authority_ids).first()
