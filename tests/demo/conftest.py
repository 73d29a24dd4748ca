"""A database in which the demonstration's world has been told, once for all tests that look at it."""

import contextlib
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connections, transaction

from samsvar.accounts.chairs import close_actor, open_actor
from samsvar.demo import play
from samsvar.postgres import provision
from samsvar.postgres.actor import Actor, acting
from tests.conftest import Database, Server
from tests.kept import ALIASES, place


@contextlib.contextmanager
def working_on(database: Database) -> Iterator[None]:
    """Let Django work on a database as the application, and its jobs as the caretaker."""
    kept = {alias: dict(settings.DATABASES[alias]) for alias in ALIASES}
    for alias, role in ALIASES.items():
        connections[alias].close()
        settings.DATABASES[alias].update(place(getattr(database, role)))
    try:
        yield
    finally:
        for alias, before in kept.items():
            connections[alias].close()
            settings.DATABASES[alias].update(before)


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


@contextlib.contextmanager
def at_work(told: Database, owner: psycopg.Connection, function: str, municipality: str) -> Iterator[Actor]:
    """Act as whoever has this function in the authority whose name begins so; nothing of it is kept."""
    person, capacity = owner.execute(
        "select c.person_id, c.id from partnerships_capacity c join partnerships_authority a on a.id = c.authority_id"
        " where c.function = %s and a.name like %s",
        [function, f"{municipality}%"],
    ).fetchone()  # type: ignore[misc]
    with working_on(told):
        token = uuid4().hex
        open_actor(token, person, capacity)
        try:
            with transaction.atomic():
                with acting(token) as actor:
                    yield actor
                transaction.set_rollback(True)
        finally:
            close_actor(token)
