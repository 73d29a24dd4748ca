"""Holes in the system: noted without a person, sent up, answered, taken home (R-000-142, R-000-143, R-001-16)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case, GapLink, GapState, GapStep, GapStepKind, SystemGap
from samsvar.cases.selectors import gaps as selectors
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.cases.services.rows import log_in_case, of_case
from samsvar.cases.services.seats import require_table
from samsvar.law.warnings import exposing, has_cpr
from samsvar.partnerships.models import Capacity, Group
from samsvar.partnerships.selectors import seats_of
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish, lay

# A case's number is a way back to the person for whoever has the sheet.
_REFERENCE = re.compile(r"\b[A-ZÆØÅ]{2,6}-(?:[A-ZÆØÅ]{1,3}-)?20\d\d-\d{2,4}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Hole:
    """What is told of a hole: short, where, between whom (kinds of authorities), what happens, and a proposal."""

    title: str
    place: str
    what: str
    between: Sequence[str] = ()
    proposal: str = ""

    @property
    def text(self) -> str:
        """All that was written."""
        return "\n".join((self.title, self.what, self.proposal))


def way_back(text: str, case: Case | None = None) -> str:
    """Why a text leads back to a person, in words; empty when nothing is known that does.

    Asked of a number, of a case's reference, and of the name and address of the citizen in the case it comes from.
    """
    if has_cpr(text):
        return _("Der står noget, der ligner et CPR-nummer. Beskriv hullet, ikke borgeren.")
    if _REFERENCE.search(text):
        return _("Der står et sagsnummer. Et systemhul må ikke føre tilbage til en sag.")
    if case is None or case.identity is None:
        return ""
    known = case.identity
    found = exposing(text, [name for name in (known.name, known.known_as) if name], [known.address])
    if any(notice.key in {"name", "address"} for notice in found):
        return _("Der står borgerens navn eller adresse. Beskriv hullet, ikke borgeren.")
    return ""


def note(
    actor: Actor,
    group: Group,
    hole: Hole,
    *,
    owner: Capacity,
    case: Case | None = None,
    gap_id: UUID | None = None,
) -> SystemGap:
    """Note a hole at the group's table. With `case` the case knows its hole; the hole does not know its case (V-01).

    Raises CaseError for one without a seat at the table, and for words that lead back to the citizen.
    """
    made = SystemGap.objects.filter(pk=gap_id).first() if gap_id else None
    if made is not None:
        return made
    if group.pk not in actor.group_ids or (case is not None and case.group_id != group.pk):
        raise CaseError(_("Det kan kun de, der sidder i gruppen. Spørg jeres medlem."))
    if case is not None:
        require_table(actor, case)
    if reason := way_back(hole.text, case):
        raise CaseError(reason)
    gap = SystemGap(
        id=gap_id or uuid4(),
        partnership_id=group.partnership_id,
        group=group,
        at_group=group,
        title=hole.title,
        place=hole.place,
        between=list(hole.between),
        what=hole.what,
        proposal=hole.proposal,
        owner=owner,
    )
    gap.save(force_insert=True)
    _log(actor, Act.CREATE, gap)
    if case is not None:
        _link(actor, case, gap)
    if owner.pk != actor.capacity_id:
        _to(actor, gap, [owner])
    return gap


def _link(actor: Actor, case: Case, gap: SystemGap) -> None:
    link = GapLink(
        **of_case(actor, case),
        gap=gap,
    )
    GapLink.objects.bulk_create([link])
    log_in_case(actor, Act.CREATE, case, "gap_link", link.pk)


@dataclass(frozen=True)
class Move:
    """One step with a hole. `seen` is the state and the table on the screen, as `selectors.stamp` says them."""

    kind: GapStepKind
    seen: str
    text: str = ""
    answer: str = ""
    to_group: Group | None = None
    owner: Capacity | None = None


def move(actor: Actor, gap: SystemGap, step: Move) -> SystemGap:
    """Take a hole one step on its way. Raises Overtaken when it has moved meanwhile, else CaseError.

    Sent on, it lies on the tables of those who sit in the receiving group; answered, on its owner's.
    """
    here = SystemGap.objects.select_for_update(of=("self",)).get(pk=gap.pk)
    if selectors.stamp(here) != step.seen:
        raise Overtaken(_("En anden har netop gjort noget ved systemhullet. Din tekst er ikke gemt; se det igen."))
    if step.kind not in selectors.moves(actor, here):
        raise CaseError(_("Det kan ikke gøres med systemhullet nu."))
    if reason := way_back(step.text):
        raise CaseError(reason)
    GapStep.objects.bulk_create(
        [
            GapStep(
                partnership_id=here.partnership_id,
                gap=here,
                kind=step.kind,
                authority_id=actor.authority_id,
                from_group_id=here.at_group_id,
                to_group=step.to_group,
                answer=step.answer,
                text=step.text,
            )
        ]
    )
    # Asked while the hole is still the actor's to take off the tables.
    if step.kind != GapStepKind.NEWS:
        finish(actor, TaskKind.GAP, here.pk)
    receivers = _take(here, step)
    here.moved_on = timezone.localdate()
    SystemGap.objects.filter(pk=here.pk).update(
        state=here.state,
        at_group_id=here.at_group_id,
        answer=here.answer,
        owner_id=here.owner_id,
        moved_on=here.moved_on,
    )
    _to(actor, here, [one for one in receivers if one.pk != actor.capacity_id])
    _log(actor, Act.CHANGE, here, step.kind)
    return here


def _take(gap: SystemGap, step: Move) -> list[Capacity]:
    """Let the step work on the hole. Returns the posts on whose tables it lies then."""
    if step.kind == GapStepKind.FORWARDED:
        if step.to_group is None:
            raise CaseError(_("Vælg, hvem det sendes til."))
        gap.state, gap.at_group = GapState.FORWARDED, step.to_group
        return [seat.capacity for seat in seats_of(step.to_group)]
    if step.kind == GapStepKind.LINE:
        gap.state, gap.at_group = GapState.FORWARDED, None
        return [gap.owner]
    if step.kind == GapStepKind.ANSWERED:
        if not step.answer or not step.text:
            raise CaseError(_("Skriv, hvad svaret er."))
        gap.state, gap.answer, gap.at_group_id = GapState.ANSWERED, step.answer, gap.group_id
        return [gap.owner]
    if step.kind == GapStepKind.OWNER:
        if step.owner is None:
            raise CaseError(_("Vælg, hvem der ejer systemhullet."))
        gap.owner = step.owner
        return [gap.owner]
    if step.kind == GapStepKind.CLOSED:
        if not gap.answer and not step.text:
            raise CaseError(_("Skriv, hvorfor det lukkes uden svar."))
        gap.state = GapState.CLOSED
    elif step.kind == GapStepKind.THEME_DAY:
        gap.state = GapState.THEME_DAY
    elif step.kind == GapStepKind.PARKED:
        gap.state = GapState.PARKED
    return []


def _to(actor: Actor, gap: SystemGap, posts: Iterable[Capacity]) -> None:
    for post in posts:
        lay(
            actor,
            TaskKind.GAP,
            partnership_id=gap.partnership_id,
            authority_id=post.authority_id,
            person_id=post.person_id,
            subject_kind="gap",
            subject_id=gap.pk,
        )


def _log(actor: Actor, act: Act, gap: SystemGap, did: str = "") -> None:
    record(actor, act, "gap", gap.pk, partnership_id=gap.partnership_id, detail={"step": did} if did else {})
