"""One database for the small world, emptied between tests: what every test would otherwise pay for is paid once.

Making a database takes a tenth of a second, and a new connection to it reads eight hundred row policies before its
first answer. So a worker keeps one database and the connections to it. What makes this safe: every row goes and the
rows of the migrations come back as they were, whoever else is connected is thrown out, and a database whose schema has
been touched in any way is thrown away whole.
"""

import contextlib
import copy
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql
from psycopg.rows import tuple_row

from samsvar.postgres import provision
from samsvar.postgres.urls import database_from_url

# Written by the migrations and never by a person: only looked at, since a test may have touched it.
MIGRATED = ("django_migrations", "django_content_type", "auth_permission")
# A table that has grown by this much is made anew, lest the rows of earlier tests be read past for ever.
BLOATED_BYTES = 400_000
# Which role each of Django's connections has.
ALIASES = {"default": "app", "refusals": "app", "caretaker": "caretaker"}

# Where a schema and its rights stand. Each change leaves a new version of a row, with a new xmin.
_CATALOGUES = (
    *("pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_index", "pg_type", "pg_enum"),
    *("pg_proc", "pg_policy", "pg_trigger", "pg_rewrite", "pg_namespace", "pg_default_acl", "pg_extension"),
)


def place(url: str) -> dict[str, object]:
    """Where a database is and who asks, as Django's settings say it."""
    wanted = database_from_url(url)
    return {key: wanted[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}


def _begins_anew(connection: psycopg.Connection, *, autocommit: bool = False) -> bool:
    """Let a session forget all that was set, prepared, opened or listened to in it; False where it cannot."""
    try:
        connection.rollback()
        connection.autocommit = True
        connection.execute("discard all")
        connection.autocommit = autocommit
    except psycopg.Error:
        return False
    connection.row_factory = tuple_row
    return True


@dataclass
class Kept:
    """A database that is used again, with a connection for each role."""

    url: str
    addresses: dict[str, str]
    admin: psycopg.Connection = field(init=False)
    tables: list[str] = field(init=False)
    sequences: list[str] = field(init=False)
    seeds: dict[str, str] = field(init=False)
    schema: tuple = field(init=False)
    migrated: tuple = field(init=False)
    hands: dict[str, psycopg.Connection] = field(default_factory=dict)
    django: dict[str, BaseDatabaseWrapper] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Remember the database as the migrations left it."""
        self.admin = provision.connect(self.url, autocommit=True)
        self.admin.execute("set session_replication_role = replica")
        self.admin.execute("set lock_timeout = '2s'")
        self._read_schema()
        self.seeds = {name: str(self._one("select json_agg(t)::text from {} t", name)) for name in self._with_rows()}
        self.migrated = self._migrated()

    def connection(self, role: str) -> psycopg.Connection:
        """The role's connection to it, as if it were new."""
        found = self.hands.get(role)
        if found is None or found.closed or found.broken:
            found = self.hands[role] = provision.connect(self.addresses[role])
            # The session is made anew between tests, and with it goes what was prepared.
            found.prepare_threshold = None
        return found

    @contextlib.contextmanager
    def on_stage(self) -> Iterator[None]:
        """Django works on it, over connections that last."""
        before = {alias: connections[alias] for alias in ALIASES}
        addresses = {alias: dict(settings.DATABASES[alias]) for alias in ALIASES}
        for alias, role in ALIASES.items():
            # Threads and servers of a test find the address here.
            settings.DATABASES[alias].update(place(self.addresses[role]))
            if alias not in self.django:
                self.django[alias] = connections.create_connection(alias)
                self.django[alias].settings_dict = copy.deepcopy(settings.DATABASES[alias])
            connections[alias] = self.django[alias]
        try:
            yield
        finally:
            for alias in ALIASES:
                if connections[alias] is not self.django[alias]:
                    with contextlib.suppress(Exception):
                        connections[alias].close()
                connections[alias] = before[alias]
                settings.DATABASES[alias].update(addresses[alias])

    def empty(self) -> bool:
        """Take away all that a test left; False where the database is not what it was."""
        try:
            self._rest()
            if not self._alone() or self.schema != self._fingerprint() or self.migrated != self._migrated():
                return False
            self._clear()
        except psycopg.Error:
            return False
        return True

    def close(self) -> None:
        """End every connection of ours."""
        for wrapper in self.django.values():
            if wrapper.connection is not None:
                wrapper.connection.close()
        for connection in (*self.hands.values(), self.admin):
            connection.close()

    def _rest(self) -> None:
        """Let our own connections begin anew; one that cannot is closed, and made again when it is asked for."""
        for role, connection in list(self.hands.items()):
            if not _begins_anew(connection):
                connection.close()
                del self.hands[role]
        for alias, wrapper in list(self.django.items()):
            raw = wrapper.connection
            if raw is None:
                continue
            clean = wrapper.autocommit and not wrapper.in_atomic_block and not wrapper.run_on_commit
            if clean and _begins_anew(raw, autocommit=True):
                wrapper.init_connection_state()
            else:
                raw.close()
                del self.django[alias]

    def _alone(self) -> bool:
        """End everybody else who is connected; False where somebody will not go."""
        ours = [self.admin, *self.hands.values(), *(one.connection for one in self.django.values() if one.connection)]
        ended = self.admin.execute(
            "select coalesce(bool_and(pg_terminate_backend(pid, 2000)), true) from pg_stat_activity"
            " where datname = current_database() and backend_type = 'client backend' and pid <> all(%s)",
            [[one.info.backend_pid for one in ours]],
        ).fetchone()
        return ended == (True,)

    def _clear(self) -> None:
        with self.admin.transaction():
            for name in self._with_rows():
                self.admin.execute(sql.SQL("delete from {}").format(sql.Identifier(name)))
            grown = [
                name
                for (name,) in self.admin.execute(
                    "select relname from pg_class where relname = any(%s) and pg_relation_size(oid) > %s",
                    [self.tables, BLOATED_BYTES],
                )
            ]
            for name in grown:
                self.admin.execute(sql.SQL("truncate {} cascade").format(sql.Identifier(name)))
            for name, rows in self.seeds.items():
                self.admin.execute(
                    sql.SQL("insert into {0} select * from json_populate_recordset(null::{0}, %s)").format(
                        sql.Identifier(name)
                    ),
                    [rows],
                )
            for name in self.sequences:
                self.admin.execute("select setval(%s::regclass, 1, false)", [name])
        if grown:
            self._read_schema()

    def _read_schema(self) -> None:
        found = self.admin.execute(
            "select relname, relkind from pg_class where relnamespace = 'public'::regnamespace"
            " and relkind in ('r', 'S') and relname <> all(%s) order by relname",
            [list(MIGRATED)],
        ).fetchall()
        self.tables = [name for name, kind in found if kind == "r"]
        # What the migrations counted goes on from there.
        self.sequences = [name for name, kind in found if kind == "S" and not name.startswith(MIGRATED)]
        self.schema = self._fingerprint()

    def _fingerprint(self) -> tuple:
        """Changes with any change of the schema, of a right or of a setting of the database."""
        parts = [f"(select row(count(*), sum(xmin::text::bigint))::text from {name})" for name in _CATALOGUES]
        row = self.admin.execute(
            f"select {', '.join(parts)}, d.datacl::text,"
            " (select array_agg(s::text order by s::text) from pg_db_role_setting s where s.setdatabase in (0, d.oid))"
            " from pg_database d where d.datname = current_database()"
        ).fetchone()
        assert row is not None
        return row

    def _migrated(self) -> tuple:
        return tuple(
            self._one("select md5(string_agg(t::text, ' ' order by t::text)) from {} t", name) for name in MIGRATED
        )

    def _with_rows(self) -> list[str]:
        """The tables that hold a row now."""
        asked = sql.SQL(" union all ").join(
            sql.SQL("select {} where exists (select from {})").format(sql.Literal(name), sql.Identifier(name))
            for name in self.tables
        )
        return [name for (name,) in self.admin.execute(asked, prepare=True)]

    def _one(self, asked: str, name: str) -> object:
        row = self.admin.execute(sql.SQL(asked).format(sql.Identifier(name))).fetchone()  # type: ignore[arg-type]
        assert row is not None
        return row[0]
