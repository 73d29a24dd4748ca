"""Who attacks: the application's own role on a world with a row of every kind."""

import contextlib
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from samsvar.postgres import provision
from tests.conftest import FilledDatabase
from tests.filled import Filled


class Intruder:
    """A holder of the application's database password who writes any SQL; everything is rolled back."""

    def __init__(self, connection: psycopg.Connection, filled: Filled) -> None:
        self.connection = connection
        self.filled = filled
        self.ids = filled.ids

    def act_as(self, seat: str | None) -> "Intruder":
        """Act in a seat of the world, or (None) as nobody."""
        token = self.filled.seat(seat).token if seat else ""
        self.connection.execute("select set_config('samsvar.token', %s, true)", [token])
        return self

    def rows(self, query: str, *values: Any) -> list[tuple]:
        """What a query answers. The statement leaves nothing behind."""
        with self.connection.transaction(force_rollback=True):
            cursor = self.connection.execute(query, values)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def changed(self, query: str, *values: Any) -> int:
        """How many rows a statement changed. It leaves nothing behind."""
        with self.connection.transaction(force_rollback=True):
            return self.connection.execute(query, values).rowcount  # type: ignore[arg-type]

    def refused(self, query: str, *values: Any) -> bool:
        """Whether the wall refused a statement: an error of rights, and no other."""
        try:
            self.rows(query, *values)
        except psycopg.errors.InsufficientPrivilege:
            return True
        return False


@pytest.fixture
def intruder(filled_database: FilledDatabase) -> Iterator[Intruder]:
    """The application's role, acting as nobody yet."""
    with contextlib.closing(provision.connect(filled_database.database.app)) as connection:
        yield Intruder(connection, filled_database.filled)
        connection.rollback()
