"""What a network shows: all of it to those inside, and to those let in what the citizen has said yes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from samsvar.coordination.models import (
    CareCoordinator,
    CareNetwork,
    Category,
    ContactRole,
    CoordinatorNews,
    CoordinatorRequest,
    HandedOut,
    Mandate,
    NetworkContact,
    NetworkReader,
    Rope,
)
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import Authority, Capacity, Level, Membership, Unit
from samsvar.partnerships.services.rights import current
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Disclosure, SubjectKind

MOST_LINES = 300
MOST_TOLD = 100


@dataclass(frozen=True)
class Line:
    """One network on a list: whose it is, and who holds it together."""

    network: CareNetwork
    coordinator: CareCoordinator | None
    inside: bool
    news: int = 0


@dataclass(frozen=True)
class Door:
    """One receiver that the citizen has let in, and what has reached it."""

    reader: NetworkReader
    news: CoordinatorNews | None


@dataclass(frozen=True)
class DoorChange:
    """A door that stands, and what a new yes would make of it."""

    door: NetworkReader
    categories: Sequence[str]
    valid_to: date

    @property
    def after(self) -> list[str]:
        """What it would open, in words."""
        return [str(one.label) for one in Category if one in self.categories]

    @property
    def opens(self) -> list[str]:
        """What they may see then, and not now."""
        return [word for word in self.after if word not in self.door.words]

    @property
    def closes(self) -> list[str]:
        """What they may see now, and not then."""
        return [word for word in self.door.words if word not in self.after]


@dataclass(frozen=True)
class NetworkPage:
    """One citizen's network as the actor may see it. What one may not see is empty, as if there were none."""

    network: CareNetwork
    inside: bool
    opens: frozenset[str]
    coordinator: CareCoordinator | None
    helpers: list[CareCoordinator]
    former: list[CareCoordinator]
    mandate: Mandate | None
    mandates: list[Mandate]
    request: CoordinatorRequest | None
    doors: list[Door]
    shut: list[NetworkReader]
    professionals: list[NetworkContact]
    private: list[NetworkContact]
    unwanted: list[NetworkContact]
    news: list[CoordinatorNews]
    handed_out: list[HandedOut]
    told: list[Disclosure] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.network.ended_on is None

    @property
    def unread(self) -> bool:
        """Whether there is news that nobody here has read."""
        return any(one.read_at is None for one in self.news)

    @property
    def card_waits(self) -> bool:
        """Whether the citizen lacks the card of the tovholder there is now."""
        return self.is_open and self.coordinator is not None and self.handed_now is None

    @property
    def tells_contacts(self) -> bool:
        """Whether the actor may see who helps with what."""
        return self.inside or "contacts" in self.opens

    @property
    def tells_meetings(self) -> bool:
        """Whether the actor may see the network meetings and what was agreed there."""
        return self.inside or "meetings" in self.opens

    @property
    def tells_coordinator(self) -> bool:
        """Whether the actor may see who the tovholder is."""
        return self.inside or "coordinator" in self.opens

    @property
    def tells_events(self) -> bool:
        """Whether the actor may read and write what happens."""
        return self.inside or "events" in self.opens

    @property
    def tells_plans(self) -> bool:
        """Whether the actor may read the plans in force."""
        return self.inside or "plans" in self.opens

    @property
    def current(self) -> list[CareCoordinator]:
        """All who are tovholder today, whoever answers for it all first."""
        return [*([self.coordinator] if self.coordinator else []), *self.helpers]

    @property
    def by_area(self) -> bool:
        """Whether the authority lets several be tovholder, each with an area."""
        return self.network.authority.several_coordinators

    @property
    def gaps(self) -> list[str]:
        """The areas that nobody holds (R-002-117)."""
        held = {area for one in self.current for area in one.areas}
        return [str(one.label) for one in Rope if one not in held]

    @property
    def overlaps(self) -> list[tuple[str, list[str]]]:
        """The areas that more than one hold, and who."""
        held = {one: [who.name for who in self.current if one in who.areas] for one in Rope}
        return [(str(one.label), names) for one, names in held.items() if len(names) > 1]

    @property
    def relatives(self) -> list[NetworkContact]:
        """A child's relatives, who get the tovholder's number without being asked about it; an adult's never do."""
        if not (self.inside and self.coordinator and self.request and self.request.child):
            return []
        return [one for one in self.private if one.role == ContactRole.RELATIVE]

    @property
    def letters(self) -> list[NetworkContact]:
        """A child's relatives who have not got the letter with the name of the tovholder there is now (R-003-7)."""
        now = self.coordinator.pk if self.coordinator else None
        told = {one.contact_id for one in self.handed_out if one.coordinator_id == now}
        return [one for one in self.relatives if one.pk not in told]

    @property
    def handed_now(self) -> HandedOut | None:
        """When the citizen got the name of the tovholder there is now."""
        return next(
            (
                one
                for one in self.handed_out
                if self.coordinator and one.coordinator_id == self.coordinator.pk and one.contact_id is None
            ),
            None,
        )


def find_network(actor: Actor, network_id: UUID) -> CareNetwork | None:
    """A network that the actor is inside or let into, or None."""
    return (
        CareNetwork.objects.select_related("authority", "partnership")
        .filter(pk=network_id)
        .annotate(inside=_inside(actor))
        .first()
    )


def _inside(actor: Actor) -> Exists:
    """Whether the actor is inside: only those read the request behind it."""
    return Exists(CoordinatorRequest.objects.filter(network=OuterRef("pk")))


def networks(actor: Actor) -> list[Line]:
    """The open networks that the actor is inside or let into, those with news first, then by name."""
    news = CoordinatorNews.objects.filter(
        network=OuterRef("pk"), authority_id__in=actor.authority_ids, noted_at=None
    ).exclude(owner_authority_id__in=actor.authority_ids)
    rows = list(
        CareNetwork.objects.filter(ended_on=None)
        .select_related("authority")
        .annotate(inside=_inside(actor), fresh=Exists(news))
        .order_by("-fresh", "name_key", "id")[:MOST_LINES]
    )
    holds = {
        one.network_id: one
        for one in CareCoordinator.objects.filter(network__in=rows, until=None, responsible=True).select_related(
            "capacity"
        )
    }
    return [Line(one, holds.get(one.pk), one.inside, int(one.fresh)) for one in rows]


def page(actor: Actor, network: CareNetwork) -> NetworkPage:
    """All that the actor may see of a network; a constant number of queries."""
    inside = bool(getattr(network, "inside", False))
    coordinators = list(
        CareCoordinator.objects.filter(network=network).select_related("capacity__unit").order_by("-since", "-at", "id")
    )
    responsible = next((one for one in coordinators if one.is_current and one.responsible), None)
    mandates = list(Mandate.objects.filter(network=network).select_related("by").order_by("-version"))
    readers = list(
        NetworkReader.objects.filter(network=network)
        .select_related("authority", "unit", *(["consent"] if inside else []))
        .order_by("-since", "-at", "id")[:MOST_LINES]
    )
    contacts = list(
        NetworkContact.objects.filter(network=network, until=None)
        .select_related("replaces")
        .order_by("role", "name", "id")[:MOST_LINES]
    )
    news = list(
        CoordinatorNews.objects.filter(network=network)
        .select_related("read_by", "noted_by")
        .order_by("-at", "id")[:MOST_LINES]
    )
    newest: dict[UUID, CoordinatorNews] = {}
    for one in news:
        if not one.role:
            newest.setdefault(one.reader_id, one)
    mine = [one for one in readers if actor.owns(one.authority_id)] if not inside else []
    return NetworkPage(
        network=network,
        inside=inside,
        opens=frozenset(category for one in mine for category in one.categories),
        coordinator=responsible,
        helpers=[one for one in coordinators if one.is_current and not one.responsible],
        former=[one for one in coordinators if not one.is_current],
        mandate=mandates[0] if mandates else None,
        mandates=mandates[1:],
        request=CoordinatorRequest.objects.filter(network=network).order_by("-asked_on", "-at", "id").first(),
        doors=[Door(one, newest.get(one.pk)) for one in readers if inside and one.stands],
        shut=[one for one in readers if inside and not one.stands],
        professionals=[one for one in contacts if not one.is_private and not one.unwanted],
        private=[one for one in contacts if one.is_private and not one.unwanted],
        unwanted=[one for one in contacts if one.unwanted],
        news=[one for one in news if not inside and one.noted_at is None] or [one for one in news if not inside][:1],
        handed_out=list(
            HandedOut.objects.filter(network=network).select_related("by", "contact").order_by("-on", "-at", "id")
        ),
        told=_told(actor, network) if inside else [],
    )


def _told(actor: Actor, network: CareNetwork) -> list[Disclosure]:
    """What was told of this network, the newest first: the citizen can have it read aloud (R-003-51)."""
    return list(
        Disclosure.objects.filter(subject_kind=SubjectKind.CARE_NETWORK, subject_id=network.pk)
        .select_related("by")
        .prefetch_related("receipts__authority")
        .order_by("-at", "id")[:MOST_TOLD]
    )


def coordinator_of(actor: Actor, network: CareNetwork) -> CareCoordinator | None:
    """The responsible tovholder there is now: whom one calls."""
    return CareCoordinator.objects.filter(network=network, until=None, responsible=True).first()


def mandate_of(actor: Actor, network: CareNetwork) -> Mandate | None:
    """The newest version of what the tovholder does here."""
    return Mandate.objects.filter(network=network).order_by("-version").first()


def find_coordinator(actor: Actor, network: CareNetwork, coordinator_id: UUID) -> CareCoordinator | None:
    """A tovholder of this network who has not stopped."""
    return (
        CareCoordinator.objects.select_related("network").filter(network=network, pk=coordinator_id, until=None).first()
    )


def find_contact(actor: Actor, network: CareNetwork, contact_id: UUID) -> NetworkContact | None:
    """Somebody around the citizen, today."""
    return NetworkContact.objects.select_related("network").filter(network=network, pk=contact_id, until=None).first()


def find_reader(actor: Actor, network: CareNetwork, reader_id: UUID) -> NetworkReader | None:
    """A door that stands open."""
    return (
        NetworkReader.objects.select_related("network", "consent")
        .filter(network=network, pk=reader_id, until=None)
        .first()
    )


def initials_of(actor: Actor, network_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The initials of the citizens of these networks, of those that the actor may see."""
    return {one.pk: one.initials for one in CareNetwork.objects.filter(pk__in=list(network_ids)).only("name")}


def standing_door(actor: Actor, network: CareNetwork, authority: Authority, unit: Unit | None) -> NetworkReader | None:
    """The door of exactly this receiver, if one stands today."""
    rows = NetworkReader.objects.filter(network=network, authority=authority, unit=unit, until=None)
    found = rows.select_related("consent", "authority", "unit").first()
    return found if found is not None and found.stands else None


def colleagues(actor: Actor) -> list[Capacity]:
    """The posts of the own authority in which one works with persons, by name: they can be tovholder."""
    return list(
        Capacity.objects.filter(
            current(),
            Q(roles__overlap=["frontline", "screener", "releaser"])
            | Exists(Membership.objects.filter(capacity=OuterRef("pk"), until=None, group__level=Level.OPERATIVE)),
            authority_id__in=actor.authority_ids,
        )
        .select_related("person", "unit")
        .order_by("person__name", "id")[:MOST_LINES]
    )


def around(actor: Actor, network: CareNetwork) -> QuerySet[NetworkContact]:
    """Those around the citizen today. Whom the citizen does not want is never among them (R-003-26)."""
    return NetworkContact.objects.filter(network=network, until=None, unwanted=False)


def is_own_doctor(actor: Actor, network: CareNetwork, practice: Authority) -> bool:
    """Whether the network has this practice as the citizen's own doctor today."""
    return around(actor, network).filter(body=practice).exists()


def receivers(actor: Actor, network: CareNetwork) -> list[tuple[Authority, list[Unit]]]:
    """The authorities that take part, each with its units: whom the citizen can let in."""
    own_doctor = around(actor, network).filter(body__isnull=False)
    bodies = list(
        Authority.objects.filter(
            # Of the practices, the citizen's own doctor alone.
            ~Q(kind=AuthorityKind.PRACTICE) | Q(pk__in=own_doctor.values("body")),
            Q(participations__until=None) | Q(participations__until__gte=timezone.localdate()),
            participations__partnership=network.partnership_id,
            participations__since__lte=timezone.localdate(),
        )
        .distinct()
        .prefetch_related("units")
        .order_by("name", "id")
    )
    return [(body, sorted(body.units.all(), key=lambda unit: (unit.name, str(unit.pk)))) for body in bodies]


def news_of(actor: Actor) -> QuerySet[CoordinatorNews]:
    """What is new for the actor's own unit or authority and noted by nobody there yet, the newest first."""
    return (
        CoordinatorNews.objects.filter(authority_id__in=actor.authority_ids, noted_at=None)
        .exclude(network__in=_inside_ids(actor))
        .select_related("network")
        .order_by("-at", "id")
    )


def _inside_ids(actor: Actor) -> QuerySet[CoordinatorRequest, UUID]:
    return CoordinatorRequest.objects.values_list("network_id", flat=True)
