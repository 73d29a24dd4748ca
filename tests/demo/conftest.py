"""A database in which the demonstration's world has been told, once for all tests that look at it."""

import contextlib
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from samsvar.demo import play
from samsvar.postgres import provision
from samsvar.postgres.urls import database_from_url
from tests.conftest import Database, Server

_PLACE = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


@contextlib.contextmanager
def working_on(database: Database) -> Iterator[None]:
    """Let Django work on a database as the application."""
    kept = {alias: dict(settings.DATABASES[alias]) for alias in ("default", "refusals")}
    wanted = database_from_url(database.app)
    for alias in kept:
        connections[alias].close()
        settings.DATABASES[alias].update({key: wanted[key] for key in _PLACE})
    try:
        yield
    finally:
        for alias, before in kept.items():
            connections[alias].close()
            settings.DATABASES[alias].update({key: before[key] for key in _PLACE})


@pytest.fixture(scope="session")
def told(database_server: Server, django_db_blocker: pytest.FixtureRequest) -> Database:
    """The told world. Read it; nothing in it may be changed."""
    database = database_server.database("samsvar_told")
    with contextlib.closing(provision.connect(database.owner, autocommit=True)) as owner:
        owner.execute("update samsvar_installation set world = 'telling'")
        with django_db_blocker.unblock(), working_on(database):  # type: ignore[attr-defined]
            play(database.owner)
        owner.execute("update samsvar_installation set world = 'told'")
    return database


@pytest.fixture
def owner(told: Database) -> Iterator[psycopg.Connection]:
    """psycopg as the owner of the told world; what is done is rolled back."""
    with contextlib.closing(provision.connect(told.owner)) as connection:
        yield connection
