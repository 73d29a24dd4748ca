"""The coordinator's count of persons: a query over the vault, never a stored list (decisions.md, Sheets; R-000-131)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from samsvar.audit.services import record_refusal
from samsvar.cases.models import Case
from samsvar.citizens.models import Identity
from samsvar.citizens.services import unmask
from samsvar.meetings.models import AgendaItem, MeetingState
from samsvar.partnerships.models import Group, GroupFunction
from samsvar.postgres.actor import Actor

# What the log says the numbers were shown for: identification and counting, and nothing else.
PURPOSE = "statistik"


@dataclass(frozen=True)
class Counted:
    """One person and how often the group has had him or her up in the year."""

    identity: Identity
    cases: list[Case]
    times: int
    number: str = ""


@dataclass(frozen=True)
class Count:
    """The year's persons within the coordinator's reach, and the cases about which nobody has been named."""

    year: int
    persons: list[Counted]
    unnamed: list[str]

    @property
    def returned(self) -> int:
        """How many came more than once as a case (R-000-92)."""
        return sum(len(one.cases) > 1 for one in self.persons)


def coordinates(actor: Actor, group_id: UUID) -> bool:
    """Whether the actor is the group's coordinator today. No query for one who coordinates nothing."""
    today = timezone.localdate()
    return (
        actor.is_any("coordinator")
        and GroupFunction.objects.filter(
            Q(until=None) | Q(until__gte=today),
            group_id=group_id,
            capacity_id=actor.capacity_id,
            function=GroupFunction.Function.COORDINATOR,
            since__lte=today,
        ).exists()
    )


def group_to_count(actor: Actor, group_id: UUID) -> Group | None:
    """The group, for the one who is its coordinator today; None, and a refusal in the log, for anybody else."""
    if not coordinates(actor, group_id):
        record_refusal(actor, "person_count", group_id, "not_the_coordinator")
        return None
    return Group.objects.select_related("partnership").filter(pk=group_id, pk__in=actor.group_ids).first()


def count_persons(actor: Actor, group: Group, year: int, *, with_numbers: bool = False) -> Count:
    """The persons whose cases were up at a meeting of the group in a year, in the order of their first case's number.

    With numbers each person is a row of its own in the log. Nothing is kept; rows that are one person count as one.
    """
    items = AgendaItem.objects.filter(
        meeting__group=group,
        meeting__state=MeetingState.HELD,
        meeting__starts_at__gte=_start(year),
        meeting__starts_at__lt=_start(year + 1),
    ).values_list("case_id", flat=True)
    times = Counter(items)
    cases = list(Case.objects.select_related("identity").filter(pk__in=times).order_by("reference"))
    by_citizen: dict[UUID, list[Case]] = {}
    for case in cases:
        if case.identity:
            by_citizen.setdefault(case.citizen_id or case.identity.pk, []).append(case)
    persons = []
    for held in by_citizen.values():
        who = held[-1].identity
        assert who is not None
        persons.append(
            Counted(
                who,
                held,
                sum(times[case.pk] for case in held),
                unmask(actor, who, PURPOSE) if with_numbers else "",
            )
        )
    return Count(year, persons, [case.reference for case in cases if not case.identity])


def _start(year: int) -> datetime:
    return timezone.make_aware(datetime(year, 1, 1))
