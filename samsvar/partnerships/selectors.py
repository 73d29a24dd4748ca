"""Who there is, who sits where, and what a partnership has set: what the screens and the rooms above read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsvar.law.kinds import AuthorityKind
from samsvar.law.packs import current as current_pack
from samsvar.partnerships.models import (
    Agreement,
    Area,
    Authority,
    Capacity,
    Category,
    Criterion,
    EmergencyContact,
    Group,
    GroupFunction,
    Level,
    Measure,
    Membership,
    MembershipKind,
    Participation,
    Partnership,
    Releaser,
    Unit,
)
from samsvar.partnerships.services.rights import current, may_administer, may_lead, may_set_up
from samsvar.postgres.actor import Actor

# R-000-3: these three sit at every operative table, others if the group wants them.
MANDATORY = (AuthorityKind.POLICE, AuthorityKind.SOCIAL, AuthorityKind.PSYCHIATRY)
# R-001-4: one to three permanent representatives per authority.
MOST_PERMANENT = 3
REVIEW_AFTER = timedelta(days=182)
_BY_LEVEL = Case(
    When(level=Level.STRATEGIC, then=Value(0)),
    When(level=Level.STEERING, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


# Partnerships and their structure -----------------------------------------------------------------------------------


def partnerships_of(actor: Actor) -> QuerySet[Partnership]:
    """The partnerships in which the actor's authority takes part."""
    return Partnership.objects.filter(pk__in=actor.partnership_ids).order_by("name", "id")


def partnership(actor: Actor, partnership_id: UUID) -> Partnership | None:
    """One of the actor's own partnerships; None for another one's and for none alike."""
    return partnerships_of(actor).filter(pk=partnership_id).first()


def participants(actor: Actor, place: Partnership) -> QuerySet[Participation]:
    """Who takes part today."""
    return (
        Participation.objects.filter(current(), partnership=place)
        .select_related("authority")
        .prefetch_related("authority__areas")
        .order_by("authority__name", "id")
    )


def former_participants(actor: Actor, place: Partnership) -> QuerySet[Participation]:
    """Who took part before."""
    return (
        Participation.objects.filter(partnership=place, until__lt=timezone.localdate())
        .select_related("authority")
        .order_by("-until", "id")
    )


def authorities_outside(actor: Actor, place: Partnership) -> QuerySet[Authority]:
    """Authorities that exist and take no part here, for letting one of them join."""
    inside = Participation.objects.filter(current(), partnership=place).values("authority_id")
    return Authority.objects.exclude(pk__in=inside).exclude(valid_until__lt=timezone.localdate()).order_by("name", "id")


def authorities_in(actor: Actor, place: Partnership) -> QuerySet[Authority]:
    """The authorities that take part today."""
    inside = Participation.objects.filter(current(), partnership=place).values("authority_id")
    return Authority.objects.filter(pk__in=inside).order_by("name", "id")


def has_people(body: Authority) -> bool:
    """Whether anybody has, or has had, a post in an authority: from then on it looks after itself."""
    return body.capacities.exists()


def groups_of(actor: Actor, place: Partnership) -> QuerySet[Group]:
    """A partnership's groups of today, the strategic first."""
    today = timezone.localdate()
    return (
        Group.objects.filter(partnership=place)
        .exclude(until__lt=today)
        .select_related("parent", "partnership")
        .prefetch_related("areas")
        .order_by(_BY_LEVEL, "name", "id")
    )


def group(actor: Actor, group_id: UUID) -> Group | None:
    """A group of the actor's own partnerships."""
    return (
        Group.objects.filter(pk=group_id, partnership_id__in=actor.partnership_ids)
        .select_related("partnership", "parent")
        .prefetch_related("areas")
        .first()
    )


def authority(actor: Actor, authority_id: UUID) -> Authority | None:
    """An authority that takes part in one of the actor's partnerships, or the actor's own."""
    return (
        Authority.objects.filter(
            Q(pk__in=actor.authority_ids)
            | Q(pk__in=Participation.objects.filter(partnership_id__in=actor.partnership_ids).values("authority_id")),
            pk=authority_id,
        )
        .prefetch_related("areas")
        .first()
    )


def participation(actor: Actor, participation_id: UUID) -> Participation | None:
    """One participation in one of the actor's partnerships."""
    return (
        Participation.objects.filter(pk=participation_id, partnership_id__in=actor.partnership_ids)
        .select_related("authority", "partnership")
        .first()
    )


def areas(actor: Actor) -> QuerySet[Area]:
    """All areas there are."""
    return Area.objects.order_by("name", "id")


# Catchment (000 section 1.11) ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CatchmentWarning:
    """Why a case from this area may sit at the wrong table. It advises; it refuses nothing."""

    group: Group
    area: Area
    outside_group: bool
    not_covering: tuple[Authority, ...]
    missing_kinds: tuple[AuthorityKind, ...]
    better_groups: tuple[Group, ...]

    @property
    def sentences(self) -> list[str]:
        """What to tell, one sentence each."""
        said = []
        if self.outside_group:
            said.append(
                _("%(area)s ligger uden for gruppens optageområde. Måske hører borgeren til et andet bord.")
                % {"area": self.area.name}
            )
        if self.not_covering:
            names = ", ".join(body.name for body in self.not_covering)
            said.append(_("Ikke deres område: %(who)s.") % {"who": names})
        if self.missing_kinds:
            kinds = ", ".join(kind.label(get_language()) for kind in self.missing_kinds)
            said.append(_("Ved bordet mangler for dette område: %(kinds)s.") % {"kinds": kinds})
        if self.better_groups:
            names = ", ".join(other.name for other in self.better_groups)
            said.append(_("Området hører til: %(groups)s.") % {"groups": names})
        return said


def catchment_warning(group: Group, area: Area | None) -> CatchmentWarning | None:
    """A warning when group and area do not fit, or None (R-000-5; 000 section 1.11)."""
    if area is None:
        return None
    own_areas = {place.pk for place in group.areas.all()}
    outside = bool(own_areas) and area.pk not in own_areas
    seated = _seated_authorities(group)
    covering = [body for body in seated if covers(body, area.pk)]
    missing = tuple(kind for kind in MANDATORY if kind.value not in {body.kind for body in covering})
    not_covering = tuple(body for body in seated if body not in covering)
    if not outside and not missing and not not_covering:
        return None
    better = (
        Group.objects.filter(partnership_id=group.partnership_id, level=Level.OPERATIVE, areas=area)
        .exclude(pk=group.pk)
        .exclude(until__lt=timezone.localdate())
        .order_by("name", "id")
    )
    return CatchmentWarning(group, area, outside, not_covering, missing, tuple(better) if outside else ())


def _seated_authorities(group: Group) -> list[Authority]:
    seats = Membership.objects.filter(current(), group=group).values("capacity__authority_id")
    return list(Authority.objects.filter(pk__in=seats).prefetch_related("areas").order_by("name", "id"))


def covers(body: Authority, area_id: UUID | None) -> bool:
    """Whether an authority's area holds this one (R-000-5); one without areas covers all, as a police district does."""
    own = {place.pk for place in body.areas.all()}
    return not own or area_id is None or area_id in own


# Who sits where -----------------------------------------------------------------------------------------------------


def seats_of(group: Group) -> QuerySet[Membership]:
    """Everybody who sits at this table today, authority by authority."""
    return (
        Membership.objects.filter(current(), group=group)
        .select_related("capacity__person", "capacity__authority", "capacity__unit", "deputises_for__capacity__person")
        .order_by("capacity__authority__name", "kind", "capacity__person__name", "id")
    )


def former_seats(group: Group) -> QuerySet[Membership]:
    """Who sat here before, the latest first."""
    return (
        Membership.objects.filter(group=group, until__lt=timezone.localdate())
        .select_related("capacity__person", "capacity__authority")
        .order_by("-until", "id")
    )


def functions_of(group: Group) -> QuerySet[GroupFunction]:
    """Coordinator, chair and secretariat of today."""
    return (
        GroupFunction.objects.filter(current(), group=group)
        .select_related("capacity__person", "capacity__authority", "group")
        .order_by("function", "id")
    )


def function_history(group: Group) -> QuerySet[GroupFunction]:
    """Every holder of every function there has been, the latest first (R-000-8)."""
    return (
        GroupFunction.objects.filter(group=group)
        .select_related("capacity__person", "capacity__authority")
        .order_by("function", "-since", "-until", "id")
    )


def membership(actor: Actor, membership_id: UUID) -> Membership | None:
    """A seat of today in one of the actor's partnerships."""
    return (
        Membership.objects.filter(current(), pk=membership_id, group__partnership_id__in=actor.partnership_ids)
        .select_related("group__partnership", "capacity__person", "capacity__authority", "deputises_for")
        .first()
    )


def may_be_seated(actor: Actor, group: Group) -> QuerySet[Capacity]:
    """The posts that the actor may seat in this group: those of every participant for who leads it, else the own."""
    taking_part = Participation.objects.filter(current(), partnership_id=group.partnership_id).values("authority_id")
    posts = Capacity.objects.filter(current(), authority_id__in=taking_part)
    if not may_lead(actor, group):
        posts = posts.filter(authority_id__in=actor.authority_ids)
    seated = Membership.objects.filter(current(), group=group).values("capacity_id")
    return (
        posts.exclude(pk__in=seated)
        .exclude(person_id=actor.person_id)
        .select_related("person", "authority")
        .order_by("authority__name", "person__name", "id")
    )


def may_hold_function(actor: Actor, group: Group) -> QuerySet[Capacity]:
    """The posts that may be given a function of this group; a secretariat need not sit at the table (R-000-15)."""
    taking_part = Participation.objects.filter(current(), partnership_id=group.partnership_id).values("authority_id")
    posts = Capacity.objects.filter(current(), authority_id__in=taking_part).exclude(person_id=actor.person_id)
    if not may_lead(actor, group):
        posts = posts.filter(authority_id__in=actor.authority_ids)
    return posts.select_related("person", "authority").order_by("authority__name", "person__name", "id")


def successors_of(actor: Actor, seat: Membership) -> QuerySet[Capacity]:
    """Who may take over a seat: other posts of the same authority."""
    return (
        Capacity.objects.filter(current(), authority_id=seat.capacity.authority_id)
        .exclude(pk=seat.capacity_id)
        .exclude(person_id__in=[seat.capacity.person_id, actor.person_id])
        .select_related("person")
        .order_by("person__name", "id")
    )


@dataclass(frozen=True)
class Advice:
    """Something about the set-up that people may want to look at. Never an error: a group may have its reasons."""

    text: str
    about: Group | None = None


def advice(actor: Actor, place: Partnership) -> list[Advice]:
    """What lacks: an operative group, a sector (R-000-3), a coordinator, an agreement; or too many of one authority."""
    found: list[Advice] = []
    groups = list(groups_of(actor, place))
    operative = [table for table in groups if table.level == Level.OPERATIVE]
    if not operative:
        found.append(Advice(_("Der er ingen operativ gruppe. Det er den eneste, der skal være.")))
    if not Agreement.objects.filter(partnership=place).exists():
        found.append(Advice(_("Aftalen er ikke skrevet ind.")))
    for table in operative:
        seats = list(seats_of(table))
        kinds = {seat.capacity.authority.kind for seat in seats}
        missing = [kind.label(get_language()) for kind in MANDATORY if kind.value not in kinds]
        if missing:
            found.append(Advice(_("Mangler ved bordet: %(kinds)s.") % {"kinds": ", ".join(missing)}, table))
        if not any(held.function == GroupFunction.Function.COORDINATOR for held in functions_of(table)):
            found.append(Advice(_("Ingen er koordinator."), table))
        permanent: dict[str, int] = {}
        for seat in seats:
            if seat.kind == MembershipKind.PERMANENT:
                name = seat.capacity.authority.name
                permanent[name] = permanent.get(name, 0) + 1
        for name, number in permanent.items():
            if number > MOST_PERMANENT:
                found.append(
                    Advice(
                        _("%(name)s har %(number)d faste pladser. Et til tre er det sædvanlige.")
                        % {"name": name, "number": number},
                        table,
                    )
                )
    return found


# Contacts (000 section 1.10) ----------------------------------------------------------------------------------------


@dataclass
class Contact:
    """A named person with a post at a table: how to reach them, and what they do there."""

    post: Capacity
    kinds: list[str] = field(default_factory=list)
    functions: list[str] = field(default_factory=list)
    own: bool = False


@dataclass
class Table:
    """A group with its people, authority by authority."""

    group: Group
    contacts: list[Contact]

    @property
    def by_authority(self) -> list[tuple[str, list[Contact]]]:
        """Contacts under each authority's name."""
        names: dict[str, list[Contact]] = {}
        for contact in self.contacts:
            names.setdefault(contact.post.authority.name, []).append(contact)
        return sorted(names.items())


def tables(actor: Actor, place: Partnership) -> list[Table]:
    """Who sits at our tables, the steering ones too, with named people, phone and hours (R-000-13, R-000-146)."""
    groups = list(groups_of(actor, place))
    seats = (
        Membership.objects.filter(current(), group__in=groups)
        .select_related("capacity__person", "capacity__authority", "capacity__unit")
        .order_by("capacity__authority__name", "kind", "capacity__person__name", "id")
    )
    held = (
        GroupFunction.objects.filter(current(), group__in=groups)
        .select_related("capacity__person", "capacity__authority", "capacity__unit")
        .order_by("function", "id")
    )
    found: dict[UUID, dict[UUID, Contact]] = {table.pk: {} for table in groups}

    def contact(group_id: UUID, post: Capacity) -> Contact:
        return found[group_id].setdefault(post.pk, Contact(post, own=actor.owns(post.authority_id)))

    for seat in seats:
        contact(seat.group_id, seat.capacity).kinds.append(seat.get_kind_display())
    for function in held:
        contact(function.group_id, function.capacity).functions.append(function.get_function_display())
    return [Table(table, list(found[table.pk].values())) for table in groups]


def our_members(actor: Actor) -> list[Membership]:
    """The own authority's members of operative groups: whom the frontline asks (R-000-14)."""
    return list(
        Membership.objects.filter(
            current(),
            capacity__authority_id__in=actor.authority_ids,
            group__level=Level.OPERATIVE,
            group__partnership_id__in=actor.partnership_ids,
        )
        .select_related("capacity__person", "capacity__unit", "group")
        .order_by("group__name", "kind", "capacity__person__name", "id")
    )


def emergency_contacts(actor: Actor) -> QuerySet[EmergencyContact]:
    """The place's own numbers for what cannot wait."""
    return (
        EmergencyContact.objects.filter(partnership_id__in=actor.partnership_ids)
        .select_related("partnership")
        .order_by("partnership__name", "position", "id")
    )


def own_post(actor: Actor) -> Capacity:
    """The post in which the actor acts."""
    return Capacity.objects.select_related("person", "authority", "unit").get(pk=actor.capacity_id)


# What a partnership has set -----------------------------------------------------------------------------------------


def agreements(actor: Actor, place: Partnership) -> QuerySet[Agreement]:
    """Every version, the newest first."""
    return (
        Agreement.objects.filter(partnership=place)
        .select_related("created_by")
        .prefetch_related("parties")
        .order_by("-version")
    )


def agreement_in_force(actor: Actor, place: Partnership, on: date | None = None) -> Agreement | None:
    """The newest version that is in force on a day, today unless told."""
    return agreements(actor, place).filter(in_force_from__lte=on or timezone.localdate()).first()


def criteria(actor: Actor, place: Partnership) -> QuerySet[Criterion]:
    """The partnership's criteria in its own order, those out of use too."""
    return Criterion.objects.filter(partnership=place).order_by("position", "id")


def categories(actor: Actor, place: Partnership) -> QuerySet[Category]:
    """The partnership's categories in its own order, those out of use too."""
    return Category.objects.filter(partnership=place).order_by("position", "id")


def numbers(actor: Actor, place: Partnership) -> QuerySet[EmergencyContact]:
    """One partnership's numbers for what cannot wait."""
    return EmergencyContact.objects.filter(partnership=place).order_by("position", "id")


# The own authority --------------------------------------------------------------------------------------------------


def people_of(actor: Actor) -> QuerySet[Capacity]:
    """The posts of the actor's own authority today."""
    return (
        Capacity.objects.filter(current(), authority_id__in=actor.authority_ids)
        .select_related("person", "unit", "authority")
        .prefetch_related(
            Prefetch(
                "memberships", Membership.objects.filter(current()).select_related("group").order_by("group__name")
            ),
            Prefetch("functions", GroupFunction.objects.filter(current()).select_related("group").order_by("function")),
        )
        .order_by("person__name", "id")
    )


def post_of_ours(actor: Actor, post_id: UUID) -> Capacity | None:
    """A post of the actor's own authority, ended ones too."""
    return (
        Capacity.objects.filter(pk=post_id, authority_id__in=actor.authority_ids)
        .select_related("person", "unit", "authority")
        .first()
    )


def due_for_review(people: Iterable[Capacity]) -> list[Capacity]:
    """Those nobody has looked at for half a year."""
    latest = timezone.localdate() - REVIEW_AFTER
    return [post for post in people if (post.reviewed_on or post.since) <= latest]


def units_of(actor: Actor, authority_id: UUID) -> QuerySet[Unit]:
    """An authority's units."""
    return Unit.objects.filter(authority_id=authority_id).order_by("name", "id")


def unit_of_ours(actor: Actor, unit_id: UUID) -> Unit | None:
    """A unit of the actor's own authority."""
    return Unit.objects.filter(pk=unit_id, authority_id__in=actor.authority_ids).select_related("authority").first()


def measures_of(actor: Actor, authority_id: UUID) -> QuerySet[Measure]:
    """The measures that an authority already has, those out of use too."""
    return Measure.objects.filter(authority_id=authority_id).order_by("position", "name", "id")


def authorities_named(actor: Actor, ids: Iterable[UUID]) -> QuerySet[Authority]:
    """These authorities, by name."""
    return Authority.objects.filter(pk__in=list(ids)).order_by("name", "id")


def releasers_of(actor: Actor, authority_id: UUID) -> QuerySet[Releaser]:
    """Who releases health information for an authority today: first those who usually do, then their deputies (L11)."""
    return (
        Releaser.objects.filter(current(), authority_id=authority_id)
        .filter(current("capacity__"))
        .select_related("capacity__person", "unit")
        .order_by("deputy", "capacity__person__name", "id")
    )


def holds_health(actor: Actor) -> bool:
    """Whether the own authority is one whose information is released by named people (L11)."""
    return actor.authority_kind in current_pack(timezone.localdate()).health_kinds


def may_release(actor: Actor) -> bool:
    """Whether the actor may release what the own authority holds; asked of the database, which decides (L11)."""
    with connection.cursor() as cursor:
        cursor.execute("select partnerships_releases()")
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class Rights:
    """What the actor may change in a partnership, for drawing buttons. The services and the database decide."""

    sets_up: bool
    administers: bool


def rights(actor: Actor, place: Partnership) -> Rights:
    """See Rights."""
    return Rights(may_set_up(actor, place.pk), may_administer(actor, actor.authority_id))


def leads(actor: Actor, table: Group) -> bool:
    """Whether the actor may seat people of every participant at this table."""
    return may_lead(actor, table)
