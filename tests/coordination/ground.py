"""A ward, a municipality that has tovholdere, and a way to open a citizen's network."""

from collections.abc import Callable
from uuid import UUID, uuid4

import psycopg
import pytest

from samsvar.cases.services.concerns import Who
from samsvar.coordination import services
from samsvar.coordination.models import AskedBy, CareNetwork
from samsvar.coordination.services import Asked
from samsvar.coordination.services.coordinators import Named
from samsvar.partnerships.models import Authority, Unit
from samsvar.postgres.actor import Actor, acting
from tests.world import SINCE, Seat, World

CPR = "6111551111"
NAME = "Frode Prøvesen"


def unit(world: World, owner: psycopg.Connection, name: str, seat: str = "", of: str = "social") -> UUID:
    """A unit of an authority, and who has the post in it."""
    key = uuid4()
    owner.execute(
        "insert into partnerships_unit (id, authority_id, name, phone, hours, inbox) values (%s, %s, %s, '', '', '')",
        [key, world.authorities[of], name],
    )
    if seat:
        owner.execute("update partnerships_capacity set unit_id = %s where id = %s", [key, world.seats[seat].post])
    owner.commit()
    return key


@pytest.fixture
def ward(world: World, owner_connection: psycopg.Connection) -> UUID:
    """Afsnit H3 of the psychiatry, in which its frontline worker has the post."""
    return unit(world, owner_connection, "Afsnit H3", "psychiatry.frontline", "psychiatry")


def opened(actor: Actor, *, cpr: str = CPR, name: str = NAME) -> CareNetwork:
    """A network of a citizen, for whom the ward has asked."""
    return services.open_network(
        actor,
        actor.partnership_ids[0],
        Who(name=name, cpr=cpr),
        Asked(by=AskedBy.PROFESSIONAL, who="Afsnit H3", complex=True, several=True),
    )


def named(actor: Actor, network: CareNetwork, name: str = "Tove Holdersen", phone: str = "20 20 20 20", **more: object):
    """Somebody is tovholder from now on."""
    return services.appoint(actor, network, Named(name=name, phone=phone, hours="hverdage 9-12", **more))  # type: ignore[arg-type]


def yes(informed: bool = True) -> services.Yes:
    """The citizen's own written yes."""
    return services.Yes(given=[NAME], informed=informed)


@pytest.fixture
def lets_in(world: World, ward: UUID) -> Callable[..., object]:
    """Let the ward, or the whole of an authority, into a network."""

    def let(
        actor: Actor, network: CareNetwork, kind: str = "psychiatry", unit: bool = True, *categories: str
    ) -> object:
        return services.let_in(
            actor,
            network,
            Authority.objects.get(pk=world.authorities[kind]),
            Unit.objects.get(pk=ward) if unit else None,
            categories or ("coordinator", "contacts"),
            yes(),
        )

    return let


@pytest.fixture
def network(world: World) -> CareNetwork:
    """A network opened by a worker of the municipality, without a tovholder yet."""
    with acting(world.seats["social.frontline"].token) as actor:
        return opened(actor)


def practice(world: World, owner: psycopg.Connection, name: str = "practice") -> None:
    """A general practice that takes part, with a doctor: seat "practice.frontline"."""
    authority = world.authorities[name] = uuid4()
    seat = world.seats[f"{name}.frontline"] = Seat(uuid4(), uuid4(), authority)
    called = "Lægehuset Prøvegade" if name == "practice" else "Lægehuset ved Åen"
    owner.execute(
        "insert into partnerships_authority (id, name, short_name, kind, regime)"
        " values (%s, %s, %s, 'practice', 'gdpr')",
        [authority, called, called[:24]],
    )
    owner.execute(
        "insert into partnerships_participation (id, partnership_id, authority_id, since) values (%s, %s, %s, %s)",
        [uuid4(), world.partnership, authority, SINCE],
    )
    _employed(owner, seat, "Lone Lægesen", "læge")


def _employed(owner: psycopg.Connection, seat: Seat, name: str, function: str, of: UUID | None = None) -> None:
    """Somebody with a post at the front, signed in."""
    owner.execute(
        "insert into accounts_user (id, email, name, password, language, is_active, created_at)"
        " values (%s, %s, %s, '!', 'da', true, now())",
        [seat.person, f"{seat.person.hex[:8]}@eksempel.dk", name],
    )
    owner.execute(
        "insert into partnerships_capacity"
        " (id, person_id, authority_id, unit_id, function, roles, phone, hours, since, end_reason)"
        " values (%s, %s, %s, %s, %s, '{frontline}', '00 00 55 60', '', %s, '')",
        [seat.post, seat.person, seat.authority, of, function, SINCE],
    )
    owner.execute("select actor_open(%s, %s, %s, now() + interval '1 day')", [seat.token, seat.person, seat.post])
    owner.commit()


def office(world: World, owner: psycopg.Connection, name: str, who: str, of: str = "social") -> UUID:
    """A unit of an authority with somebody in it, whose seat bears the name of the unit."""
    key = unit(world, owner, name, of=of)
    hired(world, owner, name, who, key, of)
    return key


def hired(world: World, owner: psycopg.Connection, seat: str, who: str, of_unit: UUID, of: str = "social") -> None:
    """Somebody more in a unit."""
    world.seats[seat] = Seat(uuid4(), uuid4(), world.authorities[of])
    _employed(owner, world.seats[seat], who, "sagsbehandler", of_unit)


@pytest.fixture
def practices(world: World, owner_connection: psycopg.Connection) -> None:
    """Two general practices."""
    practice(world, owner_connection)
    practice(world, owner_connection, "other_practice")
