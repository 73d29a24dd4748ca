"""The people of a scenario, by the field's words."""

import psycopg
import pytest

from tests.coordination.ground import lets_in, network, practices, ward  # noqa: F401
from tests.outreach.ground import elsewhere, team, worker  # noqa: F401
from tests.referrals.ground import units  # noqa: F401
from tests.scenarios.language import Authority, Town
from tests.world import World


@pytest.fixture
def town(world: World, owner_connection: psycopg.Connection) -> Town:
    """A partnership with a table, in a database of the test's own."""
    rows = owner_connection.execute("select id, name from partnerships_authority").fetchall()
    owner_connection.rollback()
    return Town(world, {str(key): name for key, name in rows})


@pytest.fixture
def police(town: Town) -> Authority:
    """Prøvekredsens Politi: `officer`, `screener`, `member`."""
    return town.authorities["police"]


@pytest.fixture
def social(town: Town) -> Authority:
    """Prøveby Kommune: `caseworker`, `screener`, `member`."""
    return town.authorities["social"]


@pytest.fixture
def psychiatry(town: Town) -> Authority:
    """Psykiatrien i Prøveby: `nurse`, `screener`, `member`."""
    return town.authorities["psychiatry"]


@pytest.fixture
def conference_group(world: World, owner_connection: psycopg.Connection) -> None:
    """The table of the small world is a Samarbejdsenhed."""
    owner_connection.execute("update partnerships_group set model = 'conference' where id = %s", [world.group])
    owner_connection.commit()


@pytest.fixture
def stranger(town: Town) -> Authority:
    """An authority that has nothing to do with it."""
    return town.authorities["outside"]
