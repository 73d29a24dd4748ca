"""Visitering: one concern at a time, four ways out, and each of them an answer to the raiser (000 section 2.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import (
    AcuteContact,
    Case,
    CaseParty,
    Concern,
    ConcernState,
    EventKind,
    FeedbackKind,
    NetworkCase,
    Responsibility,
    Screening,
    ScreeningOutcome,
)
from samsvar.cases.services import between, editing
from samsvar.cases.services.concerns import answer, lay_screening, lock
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.cases.services.notice import owe_a_word
from samsvar.cases.services.raising import Facts, raise_case
from samsvar.cases.services.rows import lay_in_case
from samsvar.cases.services.story import tell
from samsvar.citizens.services import take_over
from samsvar.law.assess import Assessment
from samsvar.law.kinds import InformationType, Purpose
from samsvar.partnerships.models import Authority, Group
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import SubjectKind
from samsvar.sharing.services import NotLawful, Subject, weigh
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish


@dataclass(frozen=True)
class Judgement:
    """What the one who screens has seen: trait keys, an own reason, and why it goes this way (R-000-24)."""

    traits: Sequence[str] = ()
    own_reason: str = ""
    reason: str = ""
    thanks: str = ""


def dismiss(actor: Actor, concern: Concern, judgement: Judgement, *, other_way: bool = False) -> None:
    """Not PSP. `other_way`: it went to somebody else outside Samsvar, such as a socialrapport (R-000-27)."""
    if not judgement.reason.strip():
        raise CaseError(_("Skriv hvorfor. Melderen ser ikke begrundelsen."))
    taken = _take(concern)
    kind = FeedbackKind.OTHER_WAY if other_way else FeedbackKind.NOT_PSP
    _settle(actor, taken, judgement, ScreeningOutcome.NOT_PSP, ConcernState.NOT_PSP, kind)


# Where a concern can stay for good without a case.
OFF_THE_TABLE = (ConcernState.NOT_PSP, ConcernState.NETWORK, ConcernState.ACUTE)


def settle_between(
    actor: Actor,
    concern: Concern,
    judgement: Judgement,
    *,
    network_case_id: UUID,
    group: Group,
    others: Sequence[Authority],
    subject: str,
    necessity: str,
) -> NetworkCase | None:
    """NP-sag: solved between authorities before the next meeting. None where NP-sager are not registered."""
    taken = _take(concern)
    opened = None
    if group.partnership.count_network_cases:
        opened = between.open_network_case(
            actor,
            network_case_id=network_case_id,
            group=group,
            others=others,
            subject=subject,
            necessity=necessity,
            concern=taken,
        )
    judged = Judgement(judgement.traits, judgement.own_reason, judgement.reason or subject, judgement.thanks)
    _settle(actor, taken, judged, ScreeningOutcome.NETWORK, ConcernState.NETWORK, FeedbackKind.NETWORK)
    return opened


def put_on_agenda(
    actor: Actor,
    concern: Concern,
    judgement: Judgement,
    *,
    group: Group,
    parties: Sequence[Authority],
    facts: Facts,
    necessity: str,
    network_case: NetworkCase | None = None,
) -> Case:
    """Raise the case at a group's table, and lay "slå op hjemme" before each party (R-000-23, V-14).

    Also from an NP-sag or an acute contact that turned out to need the table. Raises CaseError, Overtaken, NotLawful.
    """
    taken = _take(concern, ConcernState.RAISED, ConcernState.NETWORK, ConcernState.ACUTE)
    if taken.case_id is not None:
        raise Overtaken(_("En anden har netop rejst sagen."))
    lawful = weigh_agenda(actor, taken.partnership_id, parties, necessity, brought_in=facts.brought_in)
    if not lawful.allowed and any(not actor.owns(authority.pk) for authority in parties):
        raise NotLawful(lawful)
    identity = take_over(actor, taken.identity) if taken.identity is not None else None
    case = raise_case(
        actor, group=group, identity=identity, parties=parties, facts=facts, necessity=necessity, concern=taken
    )
    editing.ask_to_prepare(actor, case, [one for one in parties if not actor.owns(one.pk)])
    if network_case is not None:
        NetworkCase.objects.filter(pk=network_case.pk, case=None).update(case=case)
    elif taken.state == ConcernState.NETWORK:
        NetworkCase.objects.filter(concern=taken, case=None).update(case=case)
    judged = Judgement(judgement.traits, judgement.own_reason, judgement.reason or facts.why_serious, judgement.thanks)
    _settle(actor, taken, judged, ScreeningOutcome.AGENDA, ConcernState.AGENDA, FeedbackKind.ON_TABLE)
    return case


def weigh_agenda(
    actor: Actor, partnership_id: UUID, parties: Sequence[Authority], necessity: str, brought_in: Sequence[UUID] = ()
) -> Assessment:
    """What the rule pack says of putting a concern on the table for these parties: the sentence that the form shows."""
    return weigh(
        actor,
        Subject(SubjectKind.CASE, partnership_id, partnership_id),
        [authority for authority in parties if not actor.owns(authority.pk)],
        information_type=InformationType.CONCERN,
        purpose=Purpose.CLARIFY,
        necessity=necessity,
        brought_in=brought_in,
    )


def act_at_once(
    actor: Actor, concern: Concern, judgement: Judgement, call: between.Call, *, group_id: UUID | None
) -> AcuteContact:
    """Acute: somebody has been called, and that is written down (R-000-49, R-000-50). Raises NotLawful."""
    taken = _take(concern)
    contact = between.log_call(
        actor, call, partnership_id=taken.partnership_id, group_id=group_id or taken.group_id, concern=taken
    )
    judged = Judgement(judgement.traits, judgement.own_reason, judgement.reason or call.necessity, judgement.thanks)
    _settle(actor, taken, judged, ScreeningOutcome.ACUTE, ConcernState.ACUTE, FeedbackKind.ACUTE)
    return contact


def open_case_of(actor: Actor, concern: Concern) -> tuple[Case | None, bool]:
    """The citizen's open case where the actor sees it, and whether the own authority is party to one at all.

    A screener without a seat learns only that a colleague with one should look first: the own authority may know that.
    """
    if concern.identity is None:
        return None, False
    with connection.cursor() as cursor:
        cursor.execute("select open_case_of(%s)", [concern.identity.citizen_id])
        case_id = cursor.fetchone()[0]
    if case_id is None:
        return None, False
    return Case.objects.select_related("group").filter(pk=case_id).first(), True


@dataclass(frozen=True)
class Earlier:
    """That somebody has had a case before: the return would be number `number`; `case` where it can still be read."""

    number: int
    closed_at: datetime
    case: Case | None


def earlier_case_of(actor: Actor, concern: Concern) -> Earlier | None:
    """The citizen's latest closed case to which the own authority was party; others do not count here (L37)."""
    if concern.identity is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select case_id, closed_at, earlier from earlier_case_of(%s)", [concern.identity.citizen_id])
        found = cursor.fetchone()
    if found is None:
        return None
    case_id, closed_at, earlier = found
    return Earlier(earlier + 1, closed_at, Case.objects.filter(pk=case_id).first())


def hand_to_holder(actor: Actor, concern: Concern, judgement: Judgement, *, necessity: str) -> Case:
    """Add the concern to the citizen's open case: a disclosure to its parties, and a word to its holder (V-05).

    The raiser hears that it has been passed on, not that there is a case (L37). Raises CaseError or NotLawful.
    """
    taken = _take(concern)
    case, _known = open_case_of(actor, taken)
    if case is None:
        raise CaseError(_("Der er ingen åben sag, som I er part i."))
    Concern.objects.filter(pk=taken.pk).update(case=case, group=case.group)
    taken.case_id = case.pk
    others = [
        party.authority
        for party in CaseParty.objects.select_related("authority").filter(case=case, until=None)
        if not actor.owns(party.authority_id)
    ]
    if others:
        between.disclose_concern(actor, taken, others, purpose=Purpose.FOLLOW_UP, necessity=necessity, with_name=False)
    tell(actor, case, EventKind.CONCERN_ADDED)
    holder = Responsibility.objects.get(case=case, period__endswith=None)
    lay_in_case(actor, case, TaskKind.ATTENTION, holder.authority_id, acute=bool(taken.acute_trigger))
    judged = Judgement(judgement.traits, judgement.own_reason, judgement.reason or necessity, judgement.thanks)
    _settle(actor, taken, judged, ScreeningOutcome.TO_HOLDER, ConcernState.TO_HOLDER, FeedbackKind.OTHER_WAY, case=case)
    return case


def send_elsewhere(
    actor: Actor, concern: Concern, judgement: Judgement, authority: Authority, *, necessity: str, with_name: bool
) -> None:
    """Send an own concern to the screener of another authority, which is a disclosure (decisions.md, Who screens?).

    It waits there as it waited here; the raiser hears that it has been passed on. Raises CaseError or NotLawful.
    """
    taken = _take(concern)
    if not actor.owns(taken.authority_id):
        raise CaseError(_("Kun den myndighed, der har rejst bekymringen, kan sende den videre."))
    if not can_go_elsewhere(actor, taken):
        raise Overtaken(_("Bekymringen er allerede sendt til en anden visitator."))
    between.disclose_concern(
        actor, taken, [authority], purpose=Purpose.CLARIFY, necessity=necessity, with_name=with_name
    )
    lay_screening(actor, taken, authority.pk)
    judged = Judgement(judgement.traits, judgement.own_reason, judgement.reason or necessity, judgement.thanks)
    _settle(actor, taken, judged, ScreeningOutcome.ELSEWHERE, ConcernState.RAISED, FeedbackKind.OTHER_WAY)


def can_go_elsewhere(actor: Actor, concern: Concern) -> bool:
    """Whether the concern is the own authority's to send on, and has not been sent on already."""
    return (
        actor.owns(concern.authority_id)
        and not Screening.objects.filter(concern=concern, outcome=ScreeningOutcome.ELSEWHERE).exists()
    )


def _take(concern: Concern, *states: ConcernState) -> Concern:
    """Lock the concern for this step. Raises Overtaken when it has left the states in which it can be screened."""
    taken = lock(concern)
    if taken is None or taken.state not in (states or (ConcernState.RAISED,)):
        now = taken or Concern.objects.only("state").filter(pk=concern.pk).first() or concern
        raise Overtaken(
            _("En kollega har visiteret bekymringen imens: %(state)s. Din visitering er ikke gemt.")
            % {"state": now.get_state_display()}
        )
    return taken


def _settle(
    actor: Actor,
    concern: Concern,
    judgement: Judgement,
    outcome: ScreeningOutcome,
    state: ConcernState,
    feedback: FeedbackKind,
    case: Case | None = None,
) -> None:
    """Write down who chose which way and why, take the task off the table, and answer the raiser."""
    Screening.objects.bulk_create(
        [
            Screening(
                partnership_id=concern.partnership_id,
                concern=concern,
                authority_id=actor.authority_id,
                outcome=outcome,
                traits=list(judgement.traits),
                own_reason=judgement.own_reason.strip(),
                reason=judgement.reason.strip()[:1000],
                by_id=actor.person_id,
            )
        ]
    )
    Concern.objects.filter(pk=concern.pk).update(state=state)
    finish(actor, TaskKind.SCREEN, concern.pk)
    if state in OFF_THE_TABLE:
        owe_a_word(actor, concern)
    answer(actor, concern, feedback, judgement.thanks)
    record(
        actor,
        Act.CHANGE,
        "concern",
        concern.pk,
        partnership_id=concern.partnership_id,
        case_id=case.pk if case is not None else concern.case_id,
        citizen_id=concern.identity.citizen_id if concern.identity is not None else None,
        detail={"outcome": outcome.value},
    )
