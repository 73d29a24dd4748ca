"""Working as the owner of the database, as `samsvar admin` and the demonstration do."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections

from samsvar.postgres.urls import database_from_url
from tests.conftest import Database


@pytest.fixture
def as_owner(fresh_database: Database) -> Iterator[None]:
    """Django works on the test's own database as its owner."""
    keys = ("USER", "PASSWORD")
    before = {key: settings.DATABASES["default"][key] for key in keys}
    wanted = database_from_url(fresh_database.owner)
    connections["default"].close()
    settings.DATABASES["default"].update({key: wanted[key] for key in keys})
    yield
    connections["default"].close()
    settings.DATABASES["default"].update(before)
