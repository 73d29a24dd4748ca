"""What follows from an event by the agreements: at this event, that task, for the place that is to do it.

A task is no row. It is there for whoever may read the event at that place, and so tells no colleague of a citizen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from samsvar.calendar.agreements import TELLER, Agreements, Rule, agreements
from samsvar.coordination.models import (
    AgreedDone,
    CareCoordinator,
    CareEvent,
    CareEventDelivery,
    CareNetwork,
    ContactRole,
    CoordinatorRequest,
    EventKind,
    NetworkContact,
    TaskAnswer,
)
from samsvar.law.kinds import AuthorityKind
from samsvar.postgres.actor import Actor

# A task that nobody has done for so long is no news any more; it stands on the page of the network.
ON_THE_DESK = timedelta(days=60)
MOST_EVENTS = 300


def in_use() -> Agreements:
    """The agreements of this installation."""
    return known_agreements(settings.AGREEMENTS_FILE)


@cache
def known_agreements(path: str = "") -> Agreements:
    """The agreements of this file, of events, places and answers that there are; ValueError for one that is not."""
    found = agreements(path)
    places = {kind.value for kind in AuthorityKind}
    for rule in found.rules:
        if not set(rule.events) | set(rule.until) <= set(EventKind.values):
            raise ValueError(f"The rule {rule.key} is of what nobody tells.")
        if not set(rule.of) | ({rule.reaches} - {""}) | ({rule.who} - {TELLER}) <= places:
            raise ValueError(f"The rule {rule.key} names a place that is none.")
        if not {*rule.parts, *rule.choice} <= set(TaskAnswer.values) or rule.contact not in {"", *ContactRole.values}:
            raise ValueError(f"The rule {rule.key} asks for an answer or a contact that there is not.")
    return found


@dataclass(frozen=True)
class AgreedTask:
    """One task of an agreement at the actor's own place, and what was done about it."""

    event: CareEvent
    rule: Rule
    done: Sequence[AgreedDone] = ()
    by_itself: bool = False
    ended: bool = False

    @property
    def missing(self) -> list[TaskAnswer]:
        """What can still be written down."""
        said = {one.said for one in self.done}
        if self.rule.parts:
            return [TaskAnswer(one) for one in self.rule.parts if one not in said]
        return [TaskAnswer(one) for one in self.rule.answers] if self.rule.again or not self.done else []

    @property
    def is_open(self) -> bool:
        """Whether somebody here has something to do."""
        return bool(self.missing) and not self.by_itself and not self.ended

    @property
    def due(self) -> datetime | None:
        """The last moment. Of what was to be done before: the day it was told, where that moment had passed by then."""
        happens = timezone.localtime(self.event.happened_at)
        due = self.rule.due(happens, len(self.done) if self.rule.again else 0)
        told = self.event.released_at
        if due is None or told is None or not due < told < happens:
            return due
        return min(datetime.combine(timezone.localdate(told), time.max, happens.tzinfo), happens)

    @property
    def is_late(self) -> bool:
        """Whether it should have been done."""
        return self.is_open and self.due is not None and self.due < timezone.now()

    @property
    def what(self) -> str:
        """The task in words."""
        return self.rule.what(get_language())

    @property
    def source(self) -> str:
        """The agreement behind it."""
        return self.rule.source(get_language())


def is_ours(actor: Actor, delivery: CareEventDelivery, *, inside: bool) -> bool:
    """Whether it reached the actor's own place. What one sent to another unit of the own authority did not."""
    if not actor.owns(delivery.authority_id):
        return False
    return inside if delivery.reader_id is None else delivery.unit_id in (None, actor.unit_id)


def rules_of(event: CareEvent) -> list[Rule]:
    """The rules that an event sets off, whoever is to do it."""
    day = timezone.localtime(event.happened_at).date()
    return in_use().at(event.kind, event.authority.kind, event.authority.name, day)


def tasks_of(
    actor: Actor, rows: Sequence[tuple[CareEvent, list[CareEventDelivery], bool]]
) -> Mapping[UUID, list[AgreedTask]]:
    """The tasks of the actor's place by event; each event with its deliveries and whether it reached this place."""
    released = [row for row in rows if row[0].released_at is not None]
    if not released:
        return {}
    done: dict[tuple[UUID, str], list[AgreedDone]] = defaultdict(list)
    for one in (
        AgreedDone.objects.filter(event__in=[event for event, *_rest in released])
        .select_related("by")
        .order_by("done_at", "id")
    ):
        done[one.event_id, one.rule].append(one)
    roles = set(
        NetworkContact.objects.filter(
            network__in={event.network_id for event, *_rest in released}, until=None, unwanted=False
        ).values_list("network_id", "role")
    )
    told_at: dict[tuple[UUID | None, ...], list[CareEvent]] = defaultdict(list)
    for event, *_rest in released:
        told_at[_place(event)].append(event)
    found: dict[UUID, list[AgreedTask]] = {}
    for event, deliveries, reached_us in released:
        own = actor.owns(event.authority_id) and event.unit_id == actor.unit_id
        places = {TELLER} if own else {str(actor.authority_kind)} if reached_us else set()
        tasks = [
            AgreedTask(
                event,
                rule,
                done[event.pk, rule.key],
                by_itself=bool(rule.reaches)
                and any(one.reader_id and one.authority.kind == rule.reaches for one in deliveries),
                ended=_ended(event, rule, told_at[_place(event)]),
            )
            for rule in rules_of(event)
            if rule.who in places
            and (not rule.contact or (event.network_id, rule.contact) in roles)
            and (not rule.long_stay or event.long_stay)
            and not (rule.value is not None and event.is_ahead)
        ]
        found[event.pk] = [
            one
            for one in tasks
            if one.done or one.by_itself or (one.is_open and (event.is_ahead or not one.rule.before_new))
        ]
    return found


def _place(event: CareEvent) -> tuple[UUID | None, ...]:
    """Who told of which citizen."""
    return event.network_id, event.authority_id, event.unit_id


def _ended(event: CareEvent, rule: Rule, told_there: Iterable[CareEvent]) -> bool:
    """Whether something that the same place told later ends the task."""
    return any(
        other.kind in rule.until and event.happened_at <= other.happened_at and not other.is_ahead
        for other in told_there
    )


def find_task(actor: Actor, network: CareNetwork, event_id: UUID, key: str) -> AgreedTask | None:
    """The task that a rule brings at an event for the actor's own place, or None."""
    rows = _rows(actor, CareEvent.objects.filter(network=network))
    return next((one for one in tasks_of(actor, rows).get(event_id, []) if one.rule.key == key), None)


def open_tasks(actor: Actor) -> list[AgreedTask]:
    """What the actor's place has to do by the agreements, the earliest day first; a constant number of queries.

    What goes to those inside lies with the tovholder; with the leaders only where no tovholder works with Samsvar.
    """
    fresh = CareEvent.objects.filter(released_at__gte=timezone.now() - ON_THE_DESK, kind__in=_kinds_with_rules())
    rows = _rows(actor, fresh, on_the_desk=True)
    found = [task for tasks in tasks_of(actor, rows).values() for task in tasks if task.is_open]
    return sorted(found, key=lambda one: (one.due is None, one.due or one.event.happened_at, one.rule.key))


def _kinds_with_rules() -> set[str]:
    """What sets off a task or ends one: all else is not read for the desk, and pushes nothing out of it."""
    return {kind for rule in in_use().rules for kind in (*rule.events, *rule.until)}


def _rows(
    actor: Actor, events: QuerySet[CareEvent], *, on_the_desk: bool = False
) -> list[tuple[CareEvent, list[CareEventDelivery], bool]]:
    deliveries = CareEventDelivery.objects.select_related("authority")
    holders = CareCoordinator.objects.filter(network=OuterRef("network"), until=None, capacity__isnull=False)
    rows = list(
        events.exclude(released_at=None)
        .filter(network__ended_on=None)
        .annotate(
            inside=Exists(CoordinatorRequest.objects.filter(network=OuterRef("network"))),
            held=Exists(holders),
            mine=Exists(holders.filter(capacity=actor.capacity_id)),
        )
        .select_related("authority", "network")
        .prefetch_related(Prefetch("deliveries", queryset=deliveries))
        .order_by("-released_at", "id")[:MOST_EVENTS]
    )
    found: list[tuple[CareEvent, list[CareEventDelivery], bool]] = []
    for row in rows:
        inside = row.inside and (not on_the_desk or row.mine or not row.held)
        all_of_it = list(row.deliveries.all())
        found.append((row, all_of_it, any(is_ours(actor, one, inside=inside) for one in all_of_it)))
    return found
