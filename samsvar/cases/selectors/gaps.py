"""Holes in the system, as those see them who sit at a table of the partnership; and beside a case, its parties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from samsvar.cases.models import Case, GapLink, GapState, GapStep, GapStepKind, SystemGap
from samsvar.partnerships.models import Capacity, Group, GroupFunction, Level
from samsvar.partnerships.selectors import seats_of
from samsvar.partnerships.services.rights import current
from samsvar.postgres.actor import Actor

# A steering group meets every quarter (R-000-145): what has lain longer has missed one.
STILL_DAYS = 92


def seats(actor: Actor) -> frozenset[UUID]:
    """The tables, on every level, at which the actor sits or which the actor runs."""
    with connection.cursor() as cursor:
        cursor.execute("select actor_seats()")
        return frozenset(cursor.fetchone()[0])


def _all() -> QuerySet[SystemGap]:
    return SystemGap.objects.select_related("group", "at_group", "owner__person", "owner__authority")


@dataclass(frozen=True)
class Gaps:
    """The holes by what they wait for; `waiting` is at one of the actor's own tables."""

    waiting: list[SystemGap]
    elsewhere: list[SystemGap]
    closed: list[SystemGap]

    @property
    def any(self) -> bool:
        """Whether there is any."""
        return bool(self.waiting or self.elsewhere or self.closed)


def gaps(actor: Actor, most: int = 200) -> Gaps:
    """All holes of the partnerships in which the actor has a seat: the one that has lain longest first."""
    mine = seats(actor)
    live = list(_all().exclude(state=GapState.CLOSED).order_by("moved_on", "noted_on", "id")[:most])
    return Gaps(
        [gap for gap in live if gap.at_group_id in mine or (gap.at_group_id is None and gap.group_id in mine)],
        [gap for gap in live if gap.at_group_id not in mine and (gap.at_group_id or gap.group_id not in mine)],
        list(_all().filter(state=GapState.CLOSED).order_by("-moved_on", "id")[:most]),
    )


def find_gap(actor: Actor, gap_id: UUID) -> SystemGap | None:
    """One hole, or None for one that is not there or not in reach."""
    return _all().filter(pk=gap_id).first()


def steps(actor: Actor, gap: SystemGap) -> list[GapStep]:
    """What was done with it, in order."""
    return list(GapStep.objects.filter(gap=gap).select_related("authority", "from_group", "to_group").order_by("at"))


def stamp(gap: SystemGap) -> str:
    """What a form carries to tell whether the hole has moved meanwhile."""
    return f"{gap.state} {str(gap.at_group_id)[:8]} {str(gap.owner_id)[:8]}"


def moves(actor: Actor, gap: SystemGap) -> list[GapStepKind]:
    """The steps that the actor can take with this hole now, the most likely first."""
    ours = gap.group_id in actor.group_ids
    has = gap.at_group_id in seats(actor) if gap.at_group_id else ours
    home = gap.at_group_id == gap.group_id
    if gap.state == GapState.CLOSED or not (ours or has):
        return []
    can = {
        GapStepKind.ANSWERED: has and gap.state != GapState.ANSWERED,
        GapStepKind.FORWARDED: has and bool(above(actor, gap)),
        GapStepKind.THEME_DAY: ours and home and gap.state != GapState.THEME_DAY,
        GapStepKind.PARKED: ours and home and gap.state == GapState.THEME_DAY,
        GapStepKind.LINE: has and gap.at_group_id is not None,
        GapStepKind.NEWS: True,
        GapStepKind.OWNER: ours,
        GapStepKind.CLOSED: ours and home,
    }
    likely = [*can] if not home else [GapStepKind.FORWARDED, GapStepKind.THEME_DAY, *can]
    if gap.state == GapState.ANSWERED:
        likely = [GapStepKind.CLOSED, *likely]
    return list(dict.fromkeys(kind for kind in likely if can[kind]))


def above(actor: Actor, gap: SystemGap) -> list[Group]:
    """The tables that it can be sent to: those that steer in its partnership, but for the one that has it."""
    return [one for one in steering_of(actor, gap.group) if one.pk != gap.at_group_id]


def steering_of(actor: Actor, group: Group) -> list[Group]:
    """The tables that steer in the partnership of a group."""
    return list(
        Group.objects.filter(partnership_id=group.partnership_id, level__in=[Level.STEERING, Level.STRATEGIC])
        .filter(Q(until=None) | Q(until__gte=timezone.localdate()))
        .order_by("level", "name", "id")
    )


def owners(actor: Actor, group: Group) -> list[Capacity]:
    """Who may own a hole of this group: those who sit in it, its coordinator first (R-000-6)."""
    runs = set(
        GroupFunction.objects.filter(current(), group=group, function=GroupFunction.Function.COORDINATOR).values_list(
            "capacity_id", flat=True
        )
    )
    found = [seat.capacity for seat in seats_of(group)]
    return sorted(found, key=lambda post: post.pk not in runs)


def tables(actor: Actor) -> list[Group]:
    """The actor's own operative tables, at which a hole can be noted."""
    return list(Group.objects.filter(pk__in=actor.group_ids).select_related("partnership").order_by("name", "id"))


def of_case(actor: Actor, case: Case) -> list[GapLink]:
    """The holes that this case showed, each with its newest answer in `gap.answers` (R-000-143)."""
    answered = GapStep.objects.filter(kind=GapStepKind.ANSWERED).select_related("authority", "from_group")
    return list(
        GapLink.objects.filter(case=case)
        .select_related("gap__at_group", "gap__owner__person")
        .prefetch_related(Prefetch("gap__steps", queryset=answered.order_by("-at"), to_attr="answers"))
        .order_by("-at", "id")
    )


@dataclass(frozen=True)
class ForMeeting:
    """What a meeting of the group has to do with holes."""

    theme_day: list[SystemGap]
    parked: list[SystemGap]
    answered: list[GapStep]
    sent_here: list[SystemGap]

    @property
    def any(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.theme_day or self.parked or self.answered or self.sent_here)


def for_meeting(actor: Actor, group_id: UUID, since: datetime | None) -> ForMeeting:
    """What is parked, what waits for a theme day or was sent here to be answered, and the answers that came home."""
    here = list(_all().filter(at_group_id=group_id).order_by("noted_on", "id"))
    home = [gap for gap in here if gap.group_id == group_id]
    answers = GapStep.objects.filter(kind=GapStepKind.ANSWERED, gap__group_id=group_id)
    answers = answers.filter(at__gte=since or timezone.now() - timedelta(days=STILL_DAYS))
    return ForMeeting(
        [gap for gap in home if gap.state == GapState.THEME_DAY],
        [gap for gap in home if gap.state == GapState.PARKED],
        list(answers.select_related("gap", "authority", "from_group").order_by("at", "id")),
        [gap for gap in here if gap.group_id != group_id and gap.state == GapState.FORWARDED],
    )


def still(found: Sequence[SystemGap]) -> list[SystemGap]:
    """Those to which nothing has happened for longer than a quarter."""
    return [gap for gap in found if gap.is_open and gap.days_still > STILL_DAYS]
