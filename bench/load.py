"""Filling many tables fast: constraints and indexes away, COPY, and everything back as it was."""

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from samsvar.postgres.provision import connect

NULL = "\\N"
_EMPTY = {"boolean": "f", "jsonb": "{}", "date": "2020-01-01", "uuid": "0" * 32}
_MEMORY = "set maintenance_work_mem = '768MB'; set max_parallel_maintenance_workers = 1"


class Loader:
    """One connection that appends rows to tables by COPY.

    Columns that the rows do not name and that must not be null get an empty value, so that a new column of a table does
    not stop the seeder.
    """

    def __init__(self, owner_url: str) -> None:
        self.connection = connect(owner_url, autocommit=True)
        self._rest: dict[tuple[str, tuple[str, ...]], tuple[list[str], str]] = {}
        self.rows = 0

    def copy(self, table: str, columns: tuple[str, ...], lines: list[str]) -> None:
        """Append rows, each a line of COPY's text form without its end."""
        if not lines:
            return
        names, rest = self._missing(table, columns)
        statement = sql.SQL("copy {} ({}) from stdin").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, (*columns, *names)))
        )
        with self.connection.cursor().copy(statement) as copy:
            for start in range(0, len(lines), 4000):
                copy.write(f"{rest}\n".join(lines[start : start + 4000]) + f"{rest}\n")
        self.rows += len(lines)

    def _missing(self, table: str, columns: tuple[str, ...]) -> tuple[list[str], str]:
        key = (table, columns)
        if key not in self._rest:
            found = self.connection.execute(
                "select attname, format_type(atttypid, null) from pg_attribute where attrelid = %s::regclass"
                " and attnum > 0 and not attisdropped and attgenerated = '' and attnotnull and not atthasdef"
                " and attidentity = ''",
                [table],
            ).fetchall()
            rest = [(name, kind) for name, kind in found if name not in columns]
            self._rest[key] = ([name for name, _ in rest], "".join(f"\t{_empty(kind)}" for _, kind in rest))
        return self._rest[key]

    def close(self) -> None:
        """End the connection."""
        self.connection.close()


def _empty(kind: str) -> str:
    if kind.endswith("[]"):
        return "{}"
    if kind.startswith(("integer", "smallint", "bigint")):
        return "0"
    if kind.startswith("timestamp"):
        return "2020-01-01 00:00:00+00"
    return _EMPTY.get(kind, "")


@contextmanager
def bare_tables(owner_url: str, tables: Iterable[str], say: Callable[[str], None]) -> Any:
    """While this is open the tables have no keys, indexes or triggers of ours, and the owner may COPY into them.

    Afterwards all of it is built again, on two connections; foreign keys are checked, so that what was loaded is whole.
    """
    names = list(tables)
    with connect(owner_url, autocommit=True) as owner:
        constraints = owner.execute(
            "select conrelid::regclass::text, conname, contype::text, pg_get_constraintdef(oid) from pg_constraint"
            " where (conrelid = any(%(names)s::regclass[]) or contype = 'f' and confrelid = any(%(names)s::regclass[]))"
            " and contype in ('p', 'u', 'x', 'f') and conparentid = 0 order by contype = 'f' desc, contype = 'p'",
            {"names": names},
        ).fetchall()
        for table, name, _, _ in constraints:
            owner.execute(f'alter table {table} drop constraint "{name}"')
        indexes = owner.execute(
            "select indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index"
            " where indrelid = any(%s::regclass[])"
            " and not exists (select 1 from pg_inherits where inhrelid = indexrelid)",
            [names],
        ).fetchall()
        for _, name, _ in indexes:
            owner.execute(f"drop index {name}")
        for table in names:
            owner.execute(f"alter table {table} disable trigger user")
            owner.execute(f"alter table {table} no force row level security")
    yield
    began = time.monotonic()
    work: dict[str, list[str]] = {}
    for table, name, kind, definition in reversed(constraints):
        if kind != "f":
            work.setdefault(table, []).append(f'alter table {table} add constraint "{name}" {definition}')
    for table, _, definition in indexes:
        # A partitioned index is written down as its parent alone.
        work.setdefault(table, []).append(definition.replace(" ON ONLY ", " ON "))
    _in_two(owner_url, [[f"vacuum {table}", *statements] for table, statements in work.items()])
    say(f"indexes {time.monotonic() - began:.0f} s")
    began = time.monotonic()
    with connect(owner_url, autocommit=True) as owner:
        checks: dict[str, list[str]] = {}
        for table, name, kind, definition in constraints:
            if kind == "f":
                owner.execute(f'alter table {table} add constraint "{name}" {definition} not valid')
                checks.setdefault(table, []).append(f'alter table {table} validate constraint "{name}"')
    _in_two(owner_url, list(checks.values()))
    say(f"foreign keys {time.monotonic() - began:.0f} s")
    began = time.monotonic()
    with connect(owner_url, autocommit=True) as owner:
        for table in names:
            owner.execute(f"alter table {table} enable trigger user")
            owner.execute(f"alter table {table} force row level security")
    _in_two(owner_url, [[f"vacuum (analyze) {table}"] for table in names])
    say(f"vacuum and analyze {time.monotonic() - began:.0f} s")


def _in_two(owner_url: str, jobs: list[list[str]]) -> None:
    """Run lists of statements on two connections; the first error stops both and is raised."""
    waiting, failures = list(reversed(jobs)), []

    def work() -> None:
        try:
            with connect(owner_url, autocommit=True) as owner:
                owner.execute(_MEMORY)
                while waiting and not failures:
                    for statement in waiting.pop():
                        owner.execute(statement)
        except psycopg.Error as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
