"""What happened to a citizen, as the actor may see it, and whom a draft would reach."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samsvar.calendar.agreements import TELLER
from samsvar.coordination.models import (
    HAPPENINGS,
    STANDS_BACK,
    TALKED_OVER,
    CareCoordinator,
    CareEvent,
    CareEventDelivery,
    CareNetwork,
    Category,
    ContactRole,
    CoordinatorRequest,
    EventKind,
    NetworkContact,
    NetworkReader,
)
from samsvar.coordination.models.events import receiver_words
from samsvar.coordination.selectors.agreed import AgreedTask, in_use, is_ours, rules_of, tasks_of
from samsvar.coordination.selectors.asides import for_me
from samsvar.coordination.selectors.networks import around, coordinator_of
from samsvar.partnerships.models import Authority, Notice, Unit
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Consent

MOST_EVENTS = 200
# Who knows the citizen, and so belongs at a talk on the ward (R-002-103).
COMES_TO_TALKS = (
    ContactRole.CASEWORKER,
    ContactRole.PRIMARY,
    ContactRole.SUPPORT,
    ContactRole.HOME,
    ContactRole.SUPERVISOR,
    ContactRole.MISUSE,
)
# Whoever is asked to a talk later than this will hardly come (R-003-11; 002 chapter 2.6).
SHORT_NOTICE = timedelta(days=3)


@dataclass(frozen=True)
class Receiver:
    """One whom the citizen's standing yes names for events. `facts` are what the law asks of that yes."""

    event: CareEvent
    reader_id: UUID | None
    authority: Authority
    unit: Unit | None
    facts: dict[str, Any]

    @property
    def delivery(self) -> CareEventDelivery:
        """The row that says that the event reached this one."""
        return CareEventDelivery(
            id=uuid4(),
            partnership_id=self.event.partnership_id,
            network_id=self.event.network_id,
            event=self.event,
            reader_id=self.reader_id,
            from_authority_id=self.event.authority_id,
            from_unit_id=self.event.unit_id,
            authority=self.authority,
            unit=self.unit,
            form=self.form,
        )

    @property
    def form(self) -> str:
        """How the receiver wants to be told (R-002-6)."""
        return (self.unit or self.authority).notice

    @property
    def form_words(self) -> str:
        """The same in words."""
        return str(Notice(self.form).label)

    @property
    def who(self) -> str:
        """The receiver in words."""
        return receiver_words(self.reader_id, self.unit, self.authority)

    @property
    def consent(self) -> Consent:
        """The yes by its facts: the row is its taker's, and the sender cannot read it."""
        days = {name: date.fromisoformat(self.facts[name]) for name in ("given_on", "valid_to")}
        return Consent(**{**self.facts, **days}, missing=[])


@dataclass(frozen=True)
class EventLine:
    """One event on the page of a network: to whom it went, or when it reached us."""

    event: CareEvent
    own: bool
    deliveries: list[CareEventDelivery]
    reached_us: CareEventDelivery | None
    # What the agreements ask of the own place.
    tasks: list[AgreedTask] = field(default_factory=list)

    @property
    def sources(self) -> list[tuple[str, bool]]:
        """The agreements behind the tasks, each once, and whether somebody has verified it."""
        return list(dict.fromkeys((one.source, one.rule.status == "verified") for one in self.tasks))

    @property
    def unread(self) -> bool:
        """Whether it waits for somebody here to read it."""
        return self.reached_us is not None and self.reached_us.read_at is None


@dataclass(frozen=True)
class EventPage:
    """A draft before it is released: whom it reaches, whom it does not, and who belongs at the talk."""

    event: CareEvent
    told: list[Receiver]
    not_told: list[str]
    others: list[NetworkContact]
    coordinator: CareCoordinator | None
    invitees: list[NetworkContact]
    talks: bool
    short_notice: bool
    notices: list[str] = field(default_factory=list)

    @property
    def may_change(self) -> bool:
        """Whether it was written in the form that can change it."""
        return self.event.kind in dict(HAPPENINGS)

    @property
    def asked(self) -> list[Receiver]:
        """Whom a question can be put to: one of them is chosen."""
        return [one for one in self.told if one.reader_id] if self.event.kind == EventKind.ASK else []


def tells(actor: Actor, network: CareNetwork) -> bool:
    """Whether the actor may tell of this citizen: from inside, or let in for events."""
    return (
        CoordinatorRequest.objects.filter(network=network).exists()
        or NetworkReader.objects.filter(
            network=network,
            authority_id__in=actor.authority_ids,
            categories__contains=[Category.EVENTS],
            until=None,
        ).exists()
    )


def events(actor: Actor, network: CareNetwork) -> list[EventLine]:
    """What happened, the newest first: the own unit's, drafts too, and what was delivered to it. Four queries."""
    inside = bool(getattr(network, "inside", False))
    deliveries = CareEventDelivery.objects.select_related("authority", "unit", "read_by").order_by("at", "id")
    rows = (
        CareEvent.objects.filter(network=network)
        .select_related("authority", "unit", "by", "released_by")
        .prefetch_related(Prefetch("deliveries", queryset=deliveries))
        .order_by("-happened_at", "-at", "id")[:MOST_EVENTS]
    )
    found = []
    for row in rows:
        all_of_it = list(row.deliveries.all())
        found.append((row, all_of_it, next((one for one in all_of_it if is_ours(actor, one, inside=inside)), None)))
    tasks = tasks_of(actor, [(row, all_of_it, ours is not None) for row, all_of_it, ours in found])
    lines = []
    for row, all_of_it, ours in found:
        own = ours is None and actor.owns(row.authority_id)
        lines.append(EventLine(row, own, all_of_it if own else [], ours, tasks.get(row.pk, [])))
    return lines


@dataclass(frozen=True)
class Course:
    """What the events say together: since when the citizen is admitted, how often, and who stands back."""

    admitted_at: datetime | None = None
    admissions: int = 0
    months: int = 0
    resting: list[CareEvent] = field(default_factory=list)


def course(network: CareNetwork, lines: list[EventLine]) -> Course:
    """Since when the citizen is admitted, as far as the reader was told; and to those inside, repeated admissions.

    An admission that two tell of on one day is one.
    """
    told = [line.event for line in lines if line.event.released_at is not None and not line.event.is_ahead]
    stays = [one for one in told if one.kind in TALKED_OVER]
    # Moved to another ward the citizen is admitted still, since the day of the first.
    left = max((one.happened_at for one in stays if one.kind != EventKind.ADMISSION), default=None)
    here = [
        one.happened_at for one in stays if one.kind == EventKind.ADMISSION and (left is None or one.happened_at > left)
    ]
    admitted_at = min(here, default=None)
    resting = _resting(told)
    if not getattr(network, "inside", False):
        return Course(admitted_at, resting=resting)
    rules = in_use()
    since = timezone.now() - timedelta(days=round(rules.repeated_months * 365 / 12))
    days = {
        timezone.localtime(one.happened_at).date()
        for one in told
        if one.kind == EventKind.ADMISSION and one.happened_at >= since
    }
    again = len(days) if len(days) >= rules.repeated_admissions else 0
    return Course(admitted_at, again, rules.repeated_months, resting)


def _resting(told: Sequence[CareEvent]) -> list[CareEvent]:
    """The newest word of each place that has said that it stands back, and not yet that it is over."""
    newest: dict[tuple[UUID, UUID | None], CareEvent] = {}
    for one in sorted(told, key=lambda event: (event.happened_at, event.at)):
        if one.kind in STANDS_BACK:
            newest[one.authority_id, one.unit_id] = one
    return [one for one in newest.values() if one.kind == EventKind.PAUSE]


def admitted_since(actor: Actor, network: CareNetwork) -> datetime | None:
    """Since when the citizen is admitted, as far as the actor was told; None when that is not known."""
    stays = CareEvent.objects.filter(network=network, released_at__isnull=False, happened_at__lte=timezone.now())
    last = stays.filter(kind__in=TALKED_OVER).order_by("-happened_at", "-at", "id").first()
    return last.happened_at if last is not None and last.kind == EventKind.ADMISSION else None


def find_event(actor: Actor, network: CareNetwork, event_id: UUID) -> CareEvent | None:
    """An event of this network that the actor's own authority tells."""
    return (
        CareEvent.objects.select_related("network__authority", "authority", "unit", "by", "released_by")
        .filter(network=network, pk=event_id, authority_id__in=actor.authority_ids)
        .first()
    )


def find_delivery(actor: Actor, network: CareNetwork, delivery_id: UUID) -> CareEventDelivery | None:
    """What reached the actor's own authority."""
    return (
        CareEventDelivery.objects.select_related(
            "network__authority", "event__network__authority", "event__authority", "event__unit", "authority", "unit"
        )
        .filter(network=network, pk=delivery_id, authority_id__in=actor.authority_ids)
        .first()
    )


def receivers_of(actor: Actor, event: CareEvent) -> list[Receiver]:
    """Whom the event goes to, by name; nobody for one who may not release it."""
    with connection.cursor() as cursor:
        cursor.execute("select coordination_receivers(%s)", [event.pk])
        answer = cursor.fetchone()[0]
    found = json.loads(answer) if isinstance(answer, str) else answer
    authorities = Authority.objects.in_bulk([one["authority"] for one in found])
    units = Unit.objects.in_bulk([one["unit"] for one in found if one["unit"]])
    return sorted(
        (
            Receiver(
                event,
                UUID(one["reader"]) if one["reader"] else None,
                authorities[UUID(one["authority"])],
                units[UUID(one["unit"])] if one["unit"] else None,
                one["yes"],
            )
            for one in found
        ),
        key=lambda one: (one.reader_id is not None, one.who),
    )


def event_page(actor: Actor, event: CareEvent) -> EventPage:
    """A draft with whom it would reach. The rest is what the actor sees anyway, without the unwanted."""
    network = event.network
    told = receivers_of(actor, event)
    contacts = list(around(actor, network).order_by("role", "name", "id"))
    reached = {one.reader_id for one in told}
    # Those inside know all whom the citizen has let in; others only themselves.
    left_out = [
        one.who
        for one in NetworkReader.objects.filter(network=network, until=None)
        .exclude(authority_id__in=actor.authority_ids)
        .select_related("authority", "unit")
        .order_by("authority__name", "unit__name", "id")
        if one.pk not in reached
    ]
    if not actor.owns(network.authority_id) and None not in reached:
        left_out.insert(0, _("Tovholderen, %(place)s") % {"place": network.authority.name})
    talks = event.kind in TALKED_OVER
    told_at = {one.authority.pk for one in told}
    return EventPage(
        event=event,
        told=told,
        not_told=left_out,
        others=[one for one in contacts if not one.is_private and one.body_id not in told_at],
        coordinator=coordinator_of(actor, network) if talks else None,
        invitees=[one for one in contacts if talks and one.role in COMES_TO_TALKS],
        talks=talks,
        short_notice=event.kind == EventKind.DISCHARGE and event.happened_at < timezone.now() + SHORT_NOTICE,
        notices=_notices(actor, event, told),
    )


def _notices(actor: Actor, event: CareEvent, told: list[Receiver]) -> list[str]:
    """What the agreements ask of whoever tells this, and what the yes or the days do not hold (R-002-94, R-004-126)."""
    said = [asked] if (asked := admitted_already(actor, event.network, event.kind)) else []
    left = event.happened_at - timezone.now()
    for rule in rules_of(event):
        if rule.who != TELLER:
            continue
        words = {"what": rule.what(get_language())}
        if rule.before_new and left < timedelta(days=rule.before_known):
            said.append(
                ngettext(
                    "%(what)s, mindst %(days)s dag før, også når de kender borgeren. Ring nu.",
                    "%(what)s, mindst %(days)s dage før, også når de kender borgeren. Ring nu.",
                    rule.before_known,
                )
                % {**words, "days": rule.before_known}
            )
        elif rule.before_new and left < timedelta(days=rule.before_new):
            said.append(
                _("%(what)s, mindst %(days)s dage før, når de ikke kender borgeren. Ring i dag.")
                % {**words, "days": rule.before_new}
            )
        if rule.reaches and not any(one.reader_id and one.authority.kind == rule.reaches for one in told):
            said.append(_("%(what)s, og de er ikke blandt dem, der får besked. Spørg borgeren, og ring så.") % words)
    return said


def admitted_already(actor: Actor, network: CareNetwork, kind: str) -> str:
    """What to ask before somebody admitted is written down as admitted again; empty when there is nothing."""
    since = admitted_since(actor, network) if kind == EventKind.ADMISSION else None
    if since is None:
        return ""
    said = _("Borgeren står allerede som indlagt fra %(when)s. Er borgeren flyttet til et andet afsnit, så skriv det.")
    return said % {"when": date_format(timezone.localtime(since), "SHORT_DATETIME_FORMAT")}


def unread(actor: Actor) -> QuerySet[CareEventDelivery]:
    """What happened and nobody of the receiver has read yet, the newest first.

    What goes to a unit lies with whoever has the contact there, else with all of it. What goes to those inside lies
    with the tovholder; with the leaders only where no tovholder works with Samsvar.
    """
    holders = CareCoordinator.objects.filter(network=OuterRef("network"), until=None, capacity__isnull=False)
    held = Exists(holders.filter(capacity=actor.capacity_id)) | ~Exists(holders)
    rows = (
        CareEventDelivery.objects.filter(
            Q(held, reader=None) | Q(Q(unit=None) | Q(unit=actor.unit_id), reader__isnull=False),
            authority_id__in=actor.authority_ids,
            read_at=None,
        )
        .exclude(from_authority_id__in=actor.authority_ids, from_unit_id=actor.unit_id)
        .select_related("event", "network")
        .order_by("-at", "id")
    )
    return for_me(actor, rows)
