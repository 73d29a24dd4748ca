"""Setting a place up, by the verbs of partnerships on the owner's connection, and giving its posts a person each."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from samsvar.accounts.models import User
from samsvar.demo.names import address_of
from samsvar.demo.shapes import Body, Place, Table
from samsvar.partnerships.models import Area, Authority, Capacity, Group, Membership, MembershipKind, Partnership
from samsvar.partnerships.services import (
    add_area,
    add_authority,
    add_emergency_contact,
    add_group,
    add_measure,
    add_unit,
    adopt_agreement,
    appoint,
    found_partnership,
    give_function,
    join,
    seat,
)

_HOUSES = {
    "police": "politi",
    "social": "kommune",
    "psychiatry": "psykiatri",
    "forensic_psychiatry": "retspsykiatri",
    "probation": "kriminalforsorg",
    "jobcentre": "jobcenter",
    "practice": "laegehus",
}
# Numbers that cannot be called: no Danish number begins with 0.
_PHONE = "00 {:02d} {:02d} {:02d}"


@dataclass(frozen=True)
class Post:
    """Who sits in a post, for telling stories with."""

    key: str
    person: UUID
    capacity: UUID
    authority: UUID
    unit: str
    name: str


@dataclass(frozen=True)
class Scene:
    """A place that has been set up: what stories need to know of it, by the keys of its data."""

    place: Place
    partnership: UUID
    groups: dict[str, UUID]
    authorities: dict[str, UUID]
    posts: dict[str, Post]

    def facts(self) -> tuple:
        """All but the place, as plain values: a process of its own gets them before it knows any class of ours."""
        people = {key: tuple(vars(post).values()) for key, post in self.posts.items()}
        return self.partnership, self.groups, self.authorities, people

    @classmethod
    def of(cls, place: Place, facts: tuple) -> "Scene":
        """The scene again."""
        partnership, groups, authorities, people = facts
        return cls(place, partnership, groups, authorities, {key: Post(*values) for key, values in people.items()})


def is_set_up(place: Place) -> bool:
    """Whether this place is there already."""
    return Partnership.objects.filter(name=place.name).exists()


def set_up(place: Place, names: list[str]) -> Scene:
    """Found a place's partnership with all that belongs to it; `names` are taken from the end. Owner's connection."""
    partnership = found_partnership(
        None,
        name=place.name,
        reference_prefix=place.prefix,
        police_district=place.district,
        purpose=place.purpose,
        name_in_advance=place.name_in_advance,
        count_network_cases=place.count_network_cases,
        means_required=place.means_required,
        stale_days=place.stale_days,
    )
    authorities: dict[str, Authority] = {}
    posts: dict[str, Capacity] = {}
    dice = random.Random(place.key)  # noqa: S311 - a demonstration's dice, not a secret
    for body in place.bodies:
        authority = authorities[body.key] = _authority(place, body)
        join(None, authority, partnership, body.since)
        for measure in body.measures:
            add_measure(None, authority, measure)
        posts |= _people(body, authority, names, dice)
    groups: dict[str, Group] = {}
    for table in place.tables:
        groups[table.key] = _table(place, table, partnership, groups, posts)
    for name, phone, hours in place.emergency:
        add_emergency_contact(None, partnership, name=name, phone=phone, hours=hours)
    adopter = User.objects.get(pk=next(iter(posts.values())).person_id)
    parties = [authority for body, authority in zip(place.bodies, authorities.values(), strict=True) if body.measures]
    for text, day in ((place.agreement, place.founded), (place.later_agreement, date(2024, 4, 1))):
        if text:
            adopt_agreement(None, partnership, text=text, in_force_from=day, parties=parties, by=adopter)
    people = {
        key: Post(
            key, post.person_id, post.pk, post.authority_id, post.unit.name if post.unit else "", post.person.name
        )
        for key, post in posts.items()
    }
    return Scene(
        place,
        partnership.pk,
        {key: group.pk for key, group in groups.items()},
        {key: authority.pk for key, authority in authorities.items()},
        people,
    )


def _authority(place: Place, body: Body) -> Authority:
    parent = None
    if body.parent:
        parent = Authority.objects.filter(name=body.parent).first() or add_authority(
            None, name=body.parent, short_name=body.parent[:24], kind=body.kind
        )
    return add_authority(
        None,
        name=body.name,
        short_name=body.short,
        kind=body.kind,
        areas=[add_area(None, area) for area in body.areas],
        parent=parent,
        valid_from=body.since,
    )


def _people(body: Body, authority: Authority, names: list[str], dice: random.Random) -> dict[str, Capacity]:
    units = {name: add_unit(None, authority, name=name, phone=_phone(dice)) for name in body.units}
    posts = {}
    for someone in body.people:
        name = names.pop()
        person = User.objects.create_user(address_of(name, _HOUSES[body.kind]), name)
        posts[someone.key] = appoint(
            None,
            person,
            authority,
            function=someone.function,
            roles=someone.roles,
            unit=units.get(someone.unit),
            phone=_phone(dice),
            hours=someone.hours,
            since=max(body.since, timezone.localdate() - timedelta(days=dice.randint(700, 2500))),
        )
    return posts


def _table(
    place: Place, table: Table, partnership: Partnership, groups: dict[str, Group], posts: dict[str, Capacity]
) -> Group:
    group = add_group(
        None,
        partnership,
        name=table.name,
        level=table.level,
        model=table.model,
        areas=list(Area.objects.filter(name__in=table.areas)),
        parent=groups.get(table.parent),
        word=table.word,
        reference_prefix=table.prefix,
        rhythm=table.rhythm,
        place=table.place,
        duty_to_attend=table.duty_to_attend,
        deputies_allowed=table.deputies,
        theme_day_every=table.theme_day_every,
        channels=[str(channel) for channel in table.channels],
        instruction=table.instruction,
        since=place.founded,
    )
    seated: dict[str, Membership] = {}
    for chair in table.seats:
        post = posts[chair.who]
        seated[chair.who] = seat(
            None,
            group,
            post,
            kind=chair.kind,
            since=chair.since or post.since,
            deputises_for=seated[chair.for_whom] if chair.kind == MembershipKind.DEPUTY else None,
            may_decide=chair.may_decide,
            mandate=chair.mandate,
            network=chair.network,
        )
    for held in table.functions:
        give_function(None, group, posts[held.who], held.function, reason=held.reason, since=held.since)
    return group


def _phone(dice: random.Random) -> str:
    return _PHONE.format(dice.randint(10, 99), dice.randint(0, 99), dice.randint(0, 99))
