"""What the actor may see of cases: the list, one case whole, what has fallen quiet, and search within the own reach."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import itemgetter
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import (
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.fields import CharField, DateTimeField
from django.db.models.functions import Now
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
    Standing,
    YesNoUnknown,
)
from samsvar.cases.selectors.gaps import of_case as gaps_of_case
from samsvar.cases.services.responsibility import WAITS
from samsvar.citizens.models import Identity, Merge
from samsvar.citizens.services import sort_key
from samsvar.citizens.vault import blind_index
from samsvar.forms import parse_cpr
from samsvar.partnerships.models import (
    Authority,
    Capacity,
    CapacityRole,
    Category,
    Criterion,
    Group,
    Level,
    Measure,
    Membership,
)
from samsvar.partnerships.selectors import authorities_in
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

# Whoever searches wants one case: the newest few come at once, more when asked for.
FIRST_FOUND = 10
MOST_FOUND = 50
SHORTEST = 2
_HOLDS = "holds"
_ON_A_LINE = (
    *("reference", "identity_id", "group__name", "partnership__stale_days"),
    *("raised_by_authority_id", "party_ids", "standing", "wait_until", "acute_trigger", "next_step", "next_on"),
    *("last_activity_at", "closed_at", "close_reason"),
)
_NO_CASE_WORK = [CapacityRole.DPO, CapacityRole.LOCAL_ADMIN]


@dataclass(frozen=True)
class Filters:
    """Which cases a list shows: open ones in reach, unless narrowed; closed ones only when asked for (R-000-93)."""

    group_id: UUID | None = None
    mine: bool = False
    stale: bool = False
    waiting: bool = False
    closed: bool = False


@dataclass(frozen=True)
class Seat:
    """One party at the table of a case, as the picture draws it. `days` counts whole days with the rope."""

    authority: Authority
    is_holder: bool
    days: int
    supports: bool
    told: bool


@dataclass(frozen=True)
class Asked:
    """A proposal that another authority has not answered; `says` is what it asks for."""

    authority: Authority
    says: str


@dataclass(frozen=True)
class Row:
    """One case of a list. `since` is when the holder got it, `quiet_days` how long nothing has happened."""

    case: Case
    seats: list[Seat]
    since: datetime | None
    days: int
    quiet_days: int
    is_stale: bool
    asked: list[Asked] = field(default_factory=list)

    @property
    def holder(self) -> Authority | None:
        """Who holds the handlingsansvar; None for a closed case."""
        return next((seat.authority for seat in self.seats if seat.is_holder), None)


def reachable(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor may see, whole and with their names. The row policies draw the line."""
    return (
        Case.objects.defer("search")
        .prefetch_related("group", "partnership", Prefetch("identity", Identity.objects.defer("cpr_cipher")))
        .order_by("-last_activity_at", "id")
    )


def _for_lines(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor may see, with no more of them than a line says; `rows` fetches the name.

    The name stands behind a policy: joined, every case in reach would be looked up before the page is cut.
    """
    return Case.objects.select_related("group", "partnership").only(*_ON_A_LINE).order_by("-last_activity_at", "id")


def case_list(actor: Actor, filters: Filters) -> QuerySet[Case]:
    """The cases of a list, the latest activity first; of the quiet ones, the quietest first."""
    found = _for_lines(actor)
    if filters.group_id:
        found = found.filter(group_id=filters.group_id)
    if filters.closed:
        # Whatever else is closed has run off and can be read by nobody; the policies would look at all of it to say so.
        run_off = CaseParty.objects.filter(authority_id__in=actor.authority_ids, read_until__gt=Now())
        return found.filter(pk__in=run_off.values("case_id")).exclude(closed_at=None).order_by("-closed_at", "id")
    found = found.filter(closed_at=None)
    if filters.mine:
        found = found.filter(Exists(_holdings().filter(case=OuterRef("pk"), authority_id__in=actor.authority_ids)))
    if filters.waiting:
        found = found.filter(standing__in=[Standing.RAISED, *WAITS])
    if filters.stale:
        found = found.filter(_quiet()).order_by("last_activity_at", "id")
    return found


def stale_cases(actor: Actor) -> QuerySet[Case]:
    """Open cases that lie in a pile: nothing has happened for the partnership's number of days (R-000-89)."""
    return case_list(actor, Filters(stale=True))


def holders(actor: Actor, cases: Iterable[Case]) -> dict[UUID, Authority]:
    """Who holds each of these cases now, by the case's key; a case that is closed is not among them. One query."""
    found = _holdings().filter(case__in=[case.pk for case in cases]).select_related("authority")
    return {one.case_id: one.authority for one in found.only("case_id", "authority__name")}


def closing_candidates(actor: Actor) -> QuerySet[Case]:
    """Open cases held by the own authority that may be ready for the door (R-000-93).

    Either the newest follow-up says that sharing is no longer necessary or the criteria no longer met, or the case has
    been quiet for the partnership's number of days with nothing left to do.
    """
    newest = FollowUp.objects.filter(case=OuterRef("pk")).order_by("-at")
    says_no = Q(necessary=YesNoUnknown.NO) | Q(criteria=YesNoUnknown.NO)
    nothing_left = ~Exists(
        Action.objects.filter(case=OuterRef("pk"), state__in=[ActionState.AGREED, ActionState.PROPOSED])
    )
    return (
        case_list(actor, Filters(mine=True))
        .annotate(
            necessary=Subquery(newest.values("still_necessary")[:1]),
            criteria=Subquery(newest.values("criteria_met")[:1]),
        )
        .filter(says_no | (Q(standing=Standing.PLACED, next_step="") & _quiet() & nothing_left))
    )


def _holdings() -> QuerySet[Responsibility]:
    return Responsibility.objects.filter(period__endswith=None)


def _quiet() -> Q:
    """Nothing has happened for `stale_days`, and the case does not wait for a day that lies ahead."""
    limit = ExpressionWrapper(
        Now() - F("partnership__stale_days") * Value(timedelta(days=1)), output_field=DateTimeField()
    )
    waits = Q(standing=Standing.WAIT_UNTIL, wait_until__gte=timezone.localdate())
    return Q(last_activity_at__lt=limit) & ~waits


def rows(actor: Actor, cases: Iterable[Case]) -> list[Row]:
    """The lines of a list, in the order given: three queries, however many cases.

    Who sits at the table stands on each case, which its policy has already let the actor read.
    """
    cases = list(cases)
    for case in cases:
        if case.closed_at is None and not any(map(actor.owns, case.party_ids)):
            _as_it_was_left(case)
    prefetch_related_objects(cases, Prefetch("identity", Identity.objects.only("name", "known_as", "pseudonym_number")))
    authorities = Authority.objects.only("name", "short_name", "kind").in_bulk(
        {party for case in cases for party in case.party_ids}
    )
    holdings: dict[UUID, tuple[UUID, datetime]] = {}
    supporting: set[tuple[UUID, UUID]] = set()
    asked: dict[UUID, list[Action]] = defaultdict(list)
    for case_id, authority_id, state, at, _key, hands_over, what in sorted(_beside(cases), key=itemgetter(3, 4)):
        if state == _HOLDS:
            holdings[case_id] = (authority_id, at)
        elif state == ActionState.PROPOSED:
            asked[case_id].append(Action(authority_id=authority_id, hands_over=hands_over, what=what))
        else:
            supporting.add((case_id, authority_id))
    found = []
    for case in cases:
        parties = [authorities[party] for party in case.party_ids]
        holder, since = holdings.get(case.pk, (None, None))
        found.append(_row(case, parties, holder, since, supporting, asked=asked.get(case.pk, ())))
    return found


def _beside(cases: Sequence[Case]) -> QuerySet:
    """Who holds each case, and its agreements that support and proposals that wait, as one statement's plain rows."""
    ids = [case.pk for case in cases]
    held = _holdings().filter(case__in=ids)
    counts = Q(state=ActionState.AGREED, supports=True) | Q(state=ActionState.PROPOSED)
    actions = Action.objects.filter(counts, case__in=ids)
    nothing = Value("", output_field=CharField())
    holds = Value(_HOLDS, output_field=CharField())
    return held.values_list("case_id", "authority_id", holds, "period__startswith", "id", Value(False), nothing).union(
        actions.values_list("case_id", "authority_id", "state", "at", "id", "hands_over", "what"), all=True
    )


def _row(
    case: Case,
    parties: Iterable[Authority],
    holder: UUID | None,
    since: datetime | None,
    supporting: set[tuple[UUID, UUID]],
    told: Collection[UUID] = (),
    asked: Iterable[Action] = (),
) -> Row:
    days = whole_days(since) if since else 0
    # The raiser's chair first, then by name: a case looks the same each time it is drawn.
    parties = sorted(parties, key=lambda one: (one.pk != case.raised_by_authority_id, one.name, one.pk))
    seats = [
        Seat(
            authority=party,
            is_holder=party.pk == holder,
            days=days,
            supports=(case.pk, party.pk) in supporting,
            # Whoever is party has been told that there is a case, except the one who told it.
            told=party.pk != case.raised_by_authority_id or party.pk in told,
        )
        for party in parties
    ]
    quiet = whole_days(case.last_activity_at)
    waits = case.standing == Standing.WAIT_UNTIL and case.wait_until and case.wait_until >= timezone.localdate()
    stale = case.closed_at is None and not waits and quiet > case.partnership.stale_days
    # Whoever has left the table is asked nothing any more.
    names = {party.pk: party for party in parties}
    waiting = [Asked(names[one.authority_id], one.said) for one in asked if one.authority_id in names]
    return Row(case, seats, since, days, quiet, bool(stale), waiting)


def whole_days(moment: datetime) -> int:
    """How many midnights lie between a moment and now."""
    return (timezone.localdate() - timezone.localtime(moment).date()).days


def groups_of(actor: Actor) -> QuerySet[Group]:
    """The groups that the actor sits in, to filter a list by."""
    return Group.objects.filter(pk__in=actor.group_ids).order_by("name", "id")


# One case


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
            _as_it_was_left(found)
    return found


# What is written over and over in a case's row. The policies show a row or do not, and cannot cut a column out of it.
_WRITTEN_OVER = ("standing_note", "next_step", "close_note", "good_for_citizen", "outcome")


def _as_it_was_left(case: Case) -> None:
    """Take out of this copy what may have been written after the reader's authority left the case (decision 0070)."""
    for name in _WRITTEN_OVER:
        if name not in case.get_deferred_fields():
            setattr(case, name, "")
    case.next_on = case.wait_until = None


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
    row = _row(
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


# What the forms offer


def holding_of(actor: Actor, case: Case) -> Responsibility | None:
    """Who holds the case now; None for a closed case."""
    return _holdings().select_related("authority").filter(case=case).first()


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


def parties_of(actor: Actor, case: Case) -> QuerySet[Authority]:
    """The authorities at the table now."""
    now = CaseParty.objects.filter(case=case, until=None).values("authority_id")
    return Authority.objects.filter(pk__in=list(now.values_list("authority_id", flat=True))).order_by("name", "id")


def others_of(actor: Actor, case: Case) -> QuerySet[Authority]:
    """The other authorities at the table."""
    return parties_of(actor, case).exclude(pk__in=actor.authority_ids)


def possible_parties(actor: Actor, case: Case) -> QuerySet[Authority]:
    """The authorities of the partnership that are not at this table."""
    here = CaseParty.objects.filter(case=case, until=None).values_list("authority_id", flat=True)
    return authorities_in(actor, case.partnership).exclude(pk__in=list(here))


def fellow_authorities(actor: Actor) -> QuerySet[Authority]:
    """The other authorities of the actor's partnerships today."""
    today = timezone.localdate()
    return (
        Authority.objects.filter(
            Q(participations__until=None) | Q(participations__until__gte=today),
            participations__partnership_id__in=actor.partnership_ids,
            participations__since__lte=today,
        )
        .exclude(pk__in=actor.authority_ids)
        .distinct()
        .order_by("name", "id")
    )


def own_people(actor: Actor) -> QuerySet[Capacity]:
    """The posts of the own authority in which somebody works with citizens today, by name.

    Who sets up or watches over the data alone, without a seat at a table, is no colleague on a case (house.md, Roles).
    """
    today = timezone.localdate()
    sits = Membership.objects.filter(
        Q(until=None) | Q(until__gte=today), capacity=OuterRef("pk"), since__lte=today, group__level=Level.OPERATIVE
    )
    return (
        Capacity.objects.filter(
            Q(until=None) | Q(until__gte=today), authority_id__in=actor.authority_ids, since__lte=today
        )
        .exclude(~Q(roles=[]) & Q(roles__contained_by=_NO_CASE_WORK) & ~Exists(sits))
        .select_related("person")
        .order_by("person__name", "id")
    )


def measures_of(actor: Actor, case: Case) -> QuerySet[Measure]:
    """The measures that the authorities at the table already have (R-000-82, R-000-84)."""
    return (
        Measure.objects.filter(authority__in=parties_of(actor, case), active=True)
        .select_related("authority")
        .order_by("authority__name", "position", "name", "id")
    )


def criteria_of(actor: Actor, case: Case) -> QuerySet[Criterion]:
    """The traits that the partnership uses, and those the case already has."""
    return Criterion.objects.filter(Q(active=True) | Q(key__in=case.traits), partnership_id=case.partnership_id)


def categories_of(actor: Actor, case: Case) -> QuerySet[Category]:
    """The categories that the partnership uses (R-000-40)."""
    return Category.objects.filter(Q(active=True) | Q(pk=case.category_id), partnership_id=case.partnership_id)


def case_by_reference(actor: Actor, partnership_id: UUID, reference: str) -> Case | None:
    """The case in reach with this reference, or None."""
    typed = reference.strip()
    return reachable(actor).filter(partnership_id=partnership_id, reference__in=[typed, typed.upper()]).first()


# Search


@dataclass(frozen=True)
class Found:
    """What a search gave. `too_short` asks for more letters; `more` says that there were more than are shown.

    `is_number`: a CPR number was typed, whoever has it.
    """

    cases: list[Case]
    too_short: bool = False
    more: bool = False
    is_number: bool = False


def search(actor: Actor, words: str, *, closed: bool = False, most: int = FIRST_FOUND) -> Found:
    """Cases in the actor's reach whose reference, texts or citizen match; nothing outside it (R-000-152).

    The definer functions give ids, which are read again under the row policies. A CPR number finds the cases whose name
    the actor's authority has been told, and no others. With `closed` those too that were closed within the run-off. The
    newest `most` are given.
    """
    words = " ".join(words.split())
    if len(words) < SHORTEST:
        return Found([], too_short=True)
    number = _number_in(words)
    part, blind = ("", blind_index(number)) if number else (_like(sort_key(words)), None)
    with connection.cursor() as cursor:
        cursor.execute("select find_cases_of_person(%s, %s, %s, %s)", [part, blind, closed, most + 1])
        ids = {row[0] for row in cursor.fetchall()}
        if not number:
            cursor.execute("select find_cases(%s, %s, %s)", [words, closed, most + 1])
            ids |= {row[0] for row in cursor.fetchall()}
    within = _for_lines(actor) if closed else _for_lines(actor).filter(closed_at=None)
    # So few keys that the name can be looked up with them.
    named = within.filter(pk__in=ids).select_related("group", "partnership", "identity")
    found = list(
        named.only(*_ON_A_LINE, "identity__name", "identity__known_as", "identity__pseudonym_number")[: most + 1]
    )
    return Found(found[:most], more=len(found) > most, is_number=bool(number))


def _number_in(words: str) -> str:
    """The CPR number that the words are, or an empty text."""
    try:
        return parse_cpr(words, demo=settings.DEMO)
    except ValueError:
        return ""


def _like(text: str) -> str:
    """The text with the signs that LIKE reads as its own taken at their word."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
