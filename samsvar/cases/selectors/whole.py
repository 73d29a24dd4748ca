"""One case whole, and each row in it that somebody goes on from."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.cases.models import (
    Action,
    ActionState,
    AcuteContact,
    Assignment,
    Case,
    CaseEvent,
    CaseParty,
    Concern,
    DangerAdvice,
    FollowUp,
    GapLink,
    Involvement,
    InvolvementState,
    MeetingBan,
    Recurrence,
    Responsibility,
)
from samsvar.cases.selectors.gaps import of_case as gaps_of_case
from samsvar.cases.selectors.lists import Row, as_it_was_left, holdings, line_of, reachable
from samsvar.citizens.models import Merge
from samsvar.partnerships.models import Criterion
from samsvar.postgres.actor import Actor
from samsvar.postgres.policies import CLOSED_WITH_US
from samsvar.sharing.models import (
    CitizensNo,
    Consent,
    Contribution,
    Disclosure,
    HelpDecision,
    InformationRequest,
    OwnNote,
    Release,
    TreatmentSentence,
    UnitContact,
)
from samsvar.sharing.selectors import (
    consents_of,
    contacts_of,
    contributions_of,
    disclosures_of,
    help_decisions_of,
    noes_of,
    own_notes_of,
    releases_of,
    requests_of,
)
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks


@dataclass(frozen=True)
class StoryLine:
    """One step of the story. `told` is a contribution that has been passed on to the reader, or None."""

    at: datetime
    event: CaseEvent | None = None
    told: Contribution | None = None


@dataclass
class CaseView:
    """Everything one page shows of a case, as far as the actor may see it."""

    case: Case
    row: Row
    holding: Responsibility | None
    parties: list[CaseParty]
    holdings: list[Responsibility]
    actions: list[Action]
    story: list[StoryLine]
    contributions: list[Contribution]
    own_contributions: list[Contribution]
    own_notes: list[OwnNote]
    disclosures: list[Disclosure]
    follow_ups: list[FollowUp]
    involvements: list[Involvement]
    bans: list[MeetingBan]
    own_advice: list[DangerAdvice]
    told_advice: list[DangerAdvice]
    acute: list[AcuteContact]
    concerns: list[Concern]
    assignments: list[Assignment]
    recurrence: Recurrence | None
    criteria: list[Criterion]
    own_people: list[Assignment]
    conditions: list[TreatmentSentence]
    releases: dict[UUID, Release]
    requests: list[InformationRequest]
    consents: list[Consent]
    noes: list[CitizensNo]
    contacts: list[UnitContact]
    help_decisions: list[HelpDecision]
    merges: list[Merge] = field(default_factory=list)
    gaps: list[GapLink] = field(default_factory=list)

    @property
    def open_actions(self) -> list[Action]:
        """Agreed and proposed, those due first at the top."""
        waiting = [action for action in self.actions if action.state in (ActionState.AGREED, ActionState.PROPOSED)]
        return sorted(waiting, key=lambda action: (action.due_on or date.max, action.at))

    @property
    def ended_actions(self) -> list[Action]:
        """Done, stopped and not taken, the newest first."""
        ended = [action for action in self.actions if action.ended_at is not None]
        return sorted(ended, key=lambda action: action.ended_at or action.at, reverse=True)

    @property
    def involvement(self) -> Involvement | None:
        """The judgement that counts: the newest."""
        return self.involvements[0] if self.involvements else None

    @property
    def involvement_lapsed(self) -> bool:
        """Whether "later" or "not" has passed its day, and somebody must look at it again (R-000-123)."""
        judged = self.involvement
        return bool(judged and judged.review_on and judged.review_on < timezone.localdate())

    @property
    def return_text(self) -> str:
        """That this is the citizen's return, and which one, as a sentence (R-000-92)."""
        return (
            _("Det er %(number)s. gang, borgeren har en sag her.") % {"number": self.recurrence.number}
            if self.recurrence
            else ""
        )

    @property
    def age(self) -> int | None:
        """Years since the year of birth: more is not known without the number (R-001-15)."""
        born = self.case.identity.birth_year if self.case.identity else None
        return timezone.localdate().year - born if born else None

    @property
    def address_protected(self) -> bool:
        """Whether the address is protected today (L25)."""
        until = self.case.identity.protected_until if self.case.identity else None
        return bool(until and until >= timezone.localdate())

    @property
    def own_answers(self) -> list[tuple[Contribution, Release | None]]:
        """What lies at home, each with how it goes with its release."""
        return [(one, self.releases.get(one.pk)) for one in self.own_contributions]

    @property
    def call_first(self) -> list[Contribution]:
        """Contributions that ask whoever comes to ring first, today."""
        return [one for one in self.contributions if one.call_first]

    @property
    def bans_in_force(self) -> list[MeetingBan]:
        """Mødeforbud that is neither lifted nor over."""
        return [ban for ban in self.bans if ban.lifted_at is None and (ban.until or date.max) >= timezone.localdate()]


def find_case(actor: Actor, case_id: UUID) -> Case | None:
    """One case with its names, or None for one that does not exist as for one that is not the actor's to see."""
    found = (
        reachable(actor)
        .select_related("raised_by_authority", "raised_by")
        .prefetch_related("identity__area", "category", "children_decided_by", "closed_by")
        .filter(pk=case_id)
        .first()
    )
    if found is not None and not any(map(actor.owns, found.party_ids)):
        seats = CaseParty.objects.filter(case=found, authority_id__in=actor.authority_ids).exclude(until=None)
        seat = seats.order_by("-until", "id").first()
        if seat is not None and seat.end_reason != CLOSED_WITH_US:
            as_it_was_left(found)
    return found


def has_own_pseudonym(actor: Actor, case: Case) -> bool:
    """Whether the own authority knows the citizen by a pseudonym alone, so that the citizen can lift it with it."""
    return case.identity is not None and actor.owns(case.identity.authority_id) and case.identity.is_pseudonym


def case_view(actor: Actor, case: Case) -> CaseView:
    """All that the case's page shows. A fixed number of queries."""
    here = {"case": case}
    parties = list(CaseParty.objects.filter(**here).select_related("authority").order_by("since", "id"))
    holdings = list(
        Responsibility.objects.filter(**here).select_related("authority", "placed_by").order_by("period", "id")
    )
    actions = list(Action.objects.filter(**here).select_related("authority", "measure").order_by("at", "id"))
    events = CaseEvent.objects.filter(**here).select_related("authority", "about_authority", "by").order_by("at", "id")
    contributions = list(contributions_of(actor, case.pk))
    holding = next((one for one in holdings if one.period.upper is None), None)
    supporting = {(case.pk, one.authority_id) for one in actions if one.state == ActionState.AGREED and one.supports}
    # Whom else a sender told is the sender's to know: a line without a receiver that one may see is left out.
    disclosures = [one for one in disclosures_of(actor, case.pk) if one.receipts.all() or one.outside]
    told = {receipt.authority_id for one in disclosures for receipt in one.receipts.all()}
    asked = [one for one in actions if one.state == ActionState.PROPOSED]
    row = line_of(
        case,
        [party.authority for party in parties if party.until is None],
        holding.authority_id if holding else None,
        holding.period.lower if holding else None,
        supporting,
        told,
        asked,
    )
    story = [StoryLine(event.at, event=event) for event in events]
    story += [StoryLine(one.disclosed_at, told=one) for one in contributions if one.disclosed_at]
    assignments = list(
        Assignment.objects.filter(**here, until=None)
        .select_related("authority", "capacity__person")
        .order_by("since", "id")
    )
    advice = DangerAdvice.objects.filter(**here, until__gte=timezone.localdate()).select_related("authority")
    advice = advice.order_by("-at", "id")
    return CaseView(
        case=case,
        row=row,
        holding=holding,
        parties=parties,
        holdings=holdings,
        actions=actions,
        story=sorted(story, key=lambda line: line.at, reverse=True),
        contributions=[one for one in contributions if one.disclosed_at],
        own_contributions=[one for one in contributions if one.disclosed_at is None],
        own_notes=list(own_notes_of(actor, case.pk)),
        disclosures=disclosures,
        follow_ups=list(FollowUp.objects.filter(**here).select_related("authority").order_by("-at", "id")),
        involvements=list(Involvement.objects.filter(**here).select_related("authority", "by").order_by("-at", "id")),
        bans=list(MeetingBan.objects.filter(**here).select_related("authority", "caseworker__person").order_by("-at")),
        own_advice=[one for one in advice if actor.owns(one.authority_id)],
        told_advice=[one for one in advice if not actor.owns(one.authority_id)],
        acute=list(
            AcuteContact.objects.filter(**here)
            .select_related("authority", "to_authority", "by")
            .order_by("-called_at", "id")
        ),
        concerns=list(
            Concern.objects.filter(**here).select_related("authority").defer("search").order_by("raised_at", "id")
        ),
        assignments=assignments,
        own_people=[one for one in assignments if actor.owns(one.authority_id)],
        releases=releases_of(actor, case.pk),
        requests=requests_of(actor, case.pk),
        consents=consents_of(actor, case.pk),
        noes=noes_of(actor, case.pk),
        contacts=contacts_of(actor, case.pk),
        help_decisions=help_decisions_of(actor, case.pk),
        conditions=list(TreatmentSentence.objects.filter(**here).select_related("authority").order_by("at", "id")),
        recurrence=Recurrence.objects.filter(**here).select_related("earlier").first(),
        criteria=list(Criterion.objects.filter(partnership_id=case.partnership_id, key__in=case.traits)),
        merges=merges_of(actor, case),
        gaps=gaps_of_case(actor, case),
    )


def find_action(actor: Actor, case: Case, action_id: UUID) -> Action | None:
    """One agreement of a case, or None."""
    return (
        Action.objects.select_related("authority", "case", "case__partnership").filter(case=case, pk=action_id).first()
    )


def find_ban(actor: Actor, case: Case, ban_id: UUID) -> MeetingBan | None:
    """One mødeforbud of a case, or None."""
    return MeetingBan.objects.select_related("case").filter(case=case, pk=ban_id).first()


def find_advice(actor: Actor, case: Case, advice_id: UUID) -> DangerAdvice | None:
    """One piece of the own authority's advice before a visit, or None."""
    return DangerAdvice.objects.filter(case=case, pk=advice_id, authority_id__in=actor.authority_ids).first()


def find_contribution(actor: Actor, case: Case, contribution_id: UUID) -> Contribution | None:
    """One of the own authority's contributions to a case, or None."""
    return (
        Contribution.objects.filter(case=case, pk=contribution_id, authority_id__in=actor.authority_ids)
        .defer("search")
        .first()
    )


def find_note(actor: Actor, case: Case, note_id: UUID) -> OwnNote | None:
    """One note of a case that the actor may read, or None."""
    return OwnNote.objects.filter(case=case, pk=note_id).first()


def find_assignment(actor: Actor, case: Case, assignment_id: UUID) -> Assignment | None:
    """One of the own people on a case, or None."""
    return Assignment.objects.filter(case=case, pk=assignment_id, authority_id__in=actor.authority_ids).first()


def find_merge(actor: Actor, case: Case, merge_id: UUID) -> Merge | None:
    """One merge of this case's citizen that can still be undone by the actor's authority, or None."""
    return next((merge for merge in merges_of(actor, case) if merge.pk == merge_id), None)


def merges_of(actor: Actor, case: Case) -> list[Merge]:
    """The merges that this case's citizen is part of, not yet undone; none while the name is not the actor's to see."""
    if case.identity is None:
        return []
    citizen = case.citizen_id
    return list(Merge.objects.filter(Q(kept_id=citizen) | Q(merged_id=citizen), undone_at=None).order_by("-at", "id"))


def holding_of(actor: Actor, case: Case) -> Responsibility | None:
    """Who holds the case now; None for a closed case."""
    return holdings(actor).select_related("authority").filter(case=case).first()


@dataclass(frozen=True)
class BeforeClosing:
    """What somebody should see before a case is closed. `told_left`: the own authority has not told the citizen yet."""

    agreements: list[Action]
    proposals: list[Action]
    judged: Involvement | None
    told_left: bool

    @property
    def is_involved(self) -> bool:
        """Whether the newest judgement says that the citizen is involved."""
        return bool(self.judged and self.judged.state == InvolvementState.INVOLVED)


def before_closing(actor: Actor, case: Case) -> BeforeClosing:
    """What ends with the case, what has not been answered, and what is left to tell the citizen. Three queries."""
    waiting = list(
        Action.objects.filter(case=case, state__in=[ActionState.AGREED, ActionState.PROPOSED])
        .select_related("authority")
        .order_by("due_on", "at", "id")
    )
    return BeforeClosing(
        agreements=[one for one in waiting if one.state == ActionState.AGREED],
        proposals=[one for one in waiting if one.state == ActionState.PROPOSED],
        judged=Involvement.objects.filter(case=case).order_by("-at", "id").first(),
        told_left=open_tasks(actor).filter(case_id=case.pk, kind=TaskKind.TELL_CITIZEN).exists(),
    )
