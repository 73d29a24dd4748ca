"""Which cases the actor may see, line by line: the list, what has fallen quiet, what could be closed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID

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

from samsvar.cases.models import Action, ActionState, Case, CaseParty, FollowUp, Responsibility, Standing, YesNoUnknown
from samsvar.cases.services.responsibility import WAITS
from samsvar.citizens.models import Identity
from samsvar.partnerships.models import Authority, Group
from samsvar.postgres.actor import Actor

_HOLDS = "holds"
# What a line shows, and so is read.
ON_A_LINE = (
    *("reference", "identity_id", "group__name", "partnership__stale_days"),
    *("raised_by_authority_id", "party_ids", "standing", "wait_until", "acute_trigger", "next_step", "next_on"),
    *("last_activity_at", "closed_at", "close_reason"),
)


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


def for_lines(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor may see, with no more of them than a line says; `rows` fetches the name.

    The name stands behind a policy: joined, every case in reach would be looked up before the page is cut.
    """
    return Case.objects.select_related("group", "partnership").only(*ON_A_LINE).order_by("-last_activity_at", "id")


def case_list(actor: Actor, filters: Filters) -> QuerySet[Case]:
    """The cases of a list, the latest activity first; of the quiet ones, the quietest first."""
    found = for_lines(actor)
    if filters.group_id:
        found = found.filter(group_id=filters.group_id)
    if filters.closed:
        # Whatever else is closed has run off and can be read by nobody; the policies would look at all of it to say so.
        run_off = CaseParty.objects.filter(authority_id__in=actor.authority_ids, read_until__gt=Now())
        return found.filter(pk__in=run_off.values("case_id")).exclude(closed_at=None).order_by("-closed_at", "id")
    found = found.filter(closed_at=None)
    if filters.mine:
        found = found.filter(Exists(holdings(actor).filter(case=OuterRef("pk"), authority_id__in=actor.authority_ids)))
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
    found = holdings(actor).filter(case__in=[case.pk for case in cases]).select_related("authority")
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


def holdings(actor: Actor) -> QuerySet[Responsibility]:
    """Who holds what today."""
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
            as_it_was_left(case)
    prefetch_related_objects(cases, Prefetch("identity", Identity.objects.only("name", "known_as", "pseudonym_number")))
    authorities = Authority.objects.only("name", "short_name", "kind").in_bulk(
        {party for case in cases for party in case.party_ids}
    )
    holdings: dict[UUID, tuple[UUID, datetime]] = {}
    supporting: set[tuple[UUID, UUID]] = set()
    asked: dict[UUID, list[Action]] = defaultdict(list)
    for case_id, authority_id, state, at, _key, hands_over, what in sorted(_beside(actor, cases), key=itemgetter(3, 4)):
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
        found.append(line_of(case, parties, holder, since, supporting, asked=asked.get(case.pk, ())))
    return found


def _beside(actor: Actor, cases: Sequence[Case]) -> QuerySet:
    """Who holds each case, and its agreements that support and proposals that wait, as one statement's plain rows."""
    ids = [case.pk for case in cases]
    held = holdings(actor).filter(case__in=ids)
    counts = Q(state=ActionState.AGREED, supports=True) | Q(state=ActionState.PROPOSED)
    actions = Action.objects.filter(counts, case__in=ids)
    nothing = Value("", output_field=CharField())
    holds = Value(_HOLDS, output_field=CharField())
    return held.values_list("case_id", "authority_id", holds, "period__startswith", "id", Value(False), nothing).union(
        actions.values_list("case_id", "authority_id", "state", "at", "id", "hands_over", "what"), all=True
    )


def line_of(
    case: Case,
    parties: Iterable[Authority],
    holder: UUID | None,
    since: datetime | None,
    supporting: set[tuple[UUID, UUID]],
    told: Collection[UUID] = (),
    asked: Iterable[Action] = (),
) -> Row:
    """A case as its line shows it: `told` are authorities with news of it, `supporting` pairs of case and authority."""
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


# What is written over and over in a case's row. The policies show a row or do not, and cannot cut a column out of it.
_WRITTEN_OVER = ("standing_note", "next_step", "close_note", "good_for_citizen", "outcome")


def as_it_was_left(case: Case) -> None:
    """Take out of this copy what may have been written after the reader's authority left the case (decision 0070)."""
    for name in _WRITTEN_OVER:
        if name not in case.get_deferred_fields():
            setattr(case, name, "")
    case.next_on = case.wait_until = None


def whole_days(moment: datetime) -> int:
    """How many midnights lie between a moment and now."""
    return (timezone.localdate() - timezone.localtime(moment).date()).days


def groups_of(actor: Actor) -> QuerySet[Group]:
    """The groups that the actor sits in, to filter a list by."""
    return Group.objects.filter(pk__in=actor.group_ids).order_by("name", "id")
