"""A team of two support workers in one unit, a leader of theirs, and somebody in another unit of the same authority."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest

from samsvar.outreach import services
from samsvar.outreach.models import Attempt, Course
from samsvar.outreach.services import Begun, Visit
from samsvar.postgres.actor import Actor, acting
from tests.coordination.ground import unit
from tests.world import World

BIRD = "Fuglemanden"


@pytest.fixture
def team(world: World, owner_connection: psycopg.Connection) -> UUID:
    """SKP-teamet: `social.frontline` and `social.screener`, led by `social.member`. Bostøtten has nobody of them."""
    key = unit(world, owner_connection, "SKP-teamet", "social.frontline")
    for seat in ("social.screener", "social.member"):
        owner_connection.execute(
            "update partnerships_capacity set unit_id = %s where id = %s", [key, world.seats[seat].post]
        )
    owner_connection.commit()
    return key


@pytest.fixture
def elsewhere(world: World, owner_connection: psycopg.Connection, team: UUID) -> UUID:
    """Bostøtten of the same municipality, to which the leader has moved; and a unit of the psychiatry."""
    unit(world, owner_connection, "Afsnit H3", "psychiatry.frontline", "psychiatry")
    return unit(world, owner_connection, "Bostøtten", "social.member")


@pytest.fixture
def worker(world: World, team: UUID) -> Callable[[], object]:
    """Somebody of the team, acting."""
    return lambda: acting(world.seats["social.frontline"].token)


def begun(actor: Actor, pseudonym: str = BIRD, **more: object) -> Course:
    """A course under a name of the worker's own."""
    return services.start_course(actor, Begun(pseudonym, **more))  # type: ignore[arg-type]


def tried(actor: Actor, course: Course, method: int = 1, rung: int | None = 1, **more: object) -> Attempt:
    """One attempt: a knock at a door that stayed shut, unless told."""
    return services.log_attempt(actor, course, Visit(method, rung, **more), uuid4())  # type: ignore[arg-type]


def long_ago(owner: psycopg.Connection, course: Course, day: date) -> None:
    """Let a course have begun another day."""
    owner.execute("update outreach_course set started_on = %s, phase_since = %s where id = %s", [day, day, course.pk])
    owner.commit()
