"""Backup and restore of one database through the owner's role, the same on PostgreSQL 15 to 18.

A backup is a folder: one compressed COPY file per table, taken in one snapshot, and `manifest.json` with what is needed
to tell that a restore is whole. It holds person data and belongs on an encrypted disk; the vault's keys are not in it
and are kept elsewhere.

A restore wants an empty database migrated by the same release. It runs in one transaction. The owner is no superuser
and cannot switch every trigger off, so: our own triggers are off while rows are loaded (they have had their say once),
foreign keys are checked, tables come in the order of their foreign keys, and row security is not forced on the owner
until the rows are in, since COPY cannot load under it.
"""

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from samsvar.postgres import provision

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
# Which migrations were run, and which server key may open sessions, belong to the database that is restored into.
NOT_LOADED = {"django_migrations", "samsvar_installation", "accounts_gate"}


class BackupError(Exception):
    """A backup or restore cannot go on, or is not whole; the message says why."""


@dataclass(frozen=True)
class Table:
    """A table as it is copied: its columns without the generated ones, and its partitions' bounds by name."""

    name: str
    columns: tuple[str, ...]
    partitions: dict[str, str]

    @property
    def identifier(self) -> sql.Identifier:
        """The table's name for SQL."""
        return sql.Identifier("public", self.name)


def tables(connection: psycopg.Connection) -> list[Table]:
    """Every table of schema public, partitions inside their parents, by name."""
    rows = connection.execute(
        "SELECT c.relname,"
        " (SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute"
        "   WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''),"
        " (SELECT coalesce(json_object_agg(p.relname, pg_get_expr(p.relpartbound, p.oid)), '{}'::json)"
        "   FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid WHERE i.inhparent = c.oid)"
        " FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND NOT c.relispartition ORDER BY c.relname"
    )
    return [Table(name, tuple(columns or ()), partitions) for name, columns, partitions in rows]


def backup(owner_url: str, folder: Path) -> dict[str, Any]:
    """Write a backup into a new folder; returns its manifest.

    The folder appears under its name only when it is whole. Raises BackupError if it exists already.
    """
    if folder.exists():
        raise BackupError(f"{folder} findes allerede. / {folder} exists already.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    half = folder.with_name(f".{folder.name}-{os.getpid()}")
    half.mkdir(mode=0o700)
    try:
        manifest = _take(owner_url, half)
        half.rename(folder)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return manifest


def _take(owner_url: str, folder: Path) -> dict[str, Any]:
    with provision.connect(owner_url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "taken": datetime.now(UTC).isoformat(timespec="seconds"),
            "server_version": connection.info.server_version,
            "kind": provision.installation_kind(connection),
            "migrations": migrations(connection),
            "sequences": sequences(connection),
            "chain_heads": chain_heads(connection),
            "tables": {},
        }
        for table in tables(connection):
            manifest["tables"][table.name] = {
                **_copy_out(connection, table, folder / f"{table.name}.copy.gz"),
                "columns": table.columns,
                "partitions": table.partitions,
            }
    _write(folder / MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))
    return manifest


def _copy_out(connection: psycopg.Connection, table: Table, path: Path) -> dict[str, Any]:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(columns, table.identifier)
    digest = hashlib.sha256()
    with (
        connection.cursor() as cursor,
        os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw,
    ):
        with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=1, mtime=0) as file, cursor.copy(query) as copy:
            for block in copy:
                digest.update(block)
                file.write(block)
        os.fsync(raw.fileno())
        # The rows that COPY itself counted.
        return {"rows": cursor.rowcount, "sha256": digest.hexdigest()}


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def migrations(connection: psycopg.Connection) -> list[list[str]]:
    """The migrations that the database has run, as [app, name], sorted."""
    row = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
    if row is None or row[0] is None:
        return []
    return sorted(list(row) for row in connection.execute("SELECT app, name FROM django_migrations"))


def sequences(connection: psycopg.Connection) -> dict[str, int | None]:
    """Each sequence's last number; None if none was given out yet."""
    rows = connection.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
    return dict(sorted(rows.fetchall()))


def chain_heads(connection: psycopg.Connection) -> dict[str, list[Any]] | None:
    """The newest link of each authority's chain as [number, hash in hex], read from the log itself.

    None when the database has no log yet.
    """
    row = connection.execute("SELECT to_regclass('public.audit_logrow')").fetchone()
    if row is None or row[0] is None:
        return None
    rows = connection.execute(
        "SELECT DISTINCT ON (authority_id) authority_id::text, seq, encode(hash, 'hex') FROM audit_logrow"
        " ORDER BY authority_id, seq DESC"
    )
    return {authority: [number, link] for authority, number, link in rows}


def read_manifest(folder: Path) -> dict[str, Any]:
    """A backup's manifest, after every file has been compared with its checksum."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BackupError(f"{folder} er ingen sikkerhedskopi. / {folder} is no backup.") from None
    if manifest.get("format") != FORMAT:
        raise BackupError("Sikkerhedskopien har et ukendt format. / The backup has an unknown format.")
    for name, entry in manifest["tables"].items():
        digest = hashlib.sha256()
        try:
            for block in _blocks(folder / f"{name}.copy.gz"):
                digest.update(block)
        except (OSError, EOFError) as error:
            raise BackupError(f"{name}: {error}") from error
        if digest.hexdigest() != entry["sha256"]:
            raise BackupError(f"{name}: filen er ændret siden kopien. / {name}: the file has changed since the backup.")
    return manifest


def _blocks(path: Path) -> Iterator[bytes]:
    with gzip.open(path, "rb") as file:
        while block := file.read(CHUNK):
            yield block


def restore(owner_url: str, folder: Path) -> dict[str, int]:
    """Load a backup into an empty, migrated database; returns the rows per table.

    Everything or nothing. Raises BackupError when the database is not empty, is of another release or another kind,
    or when counts or chain heads differ afterwards.
    """
    manifest = read_manifest(folder)
    with provision.connect(owner_url) as connection:
        there = {table.name: table for table in tables(connection)}
        _refuse_unfit(connection, manifest, there)
        loaded = {name: entry for name, entry in manifest["tables"].items() if name not in NOT_LOADED}
        order = [there[name] for name in _in_order(connection, set(loaded))]
        _make_partitions(connection, manifest, there)
        triggers = _switch_off(connection, order)
        emptied = sql.SQL(", ").join(table.identifier for table in order)
        connection.execute(sql.SQL("TRUNCATE {}").format(emptied))
        connection.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in order:
            _copy_in(connection, table, loaded[table.name]["columns"], folder / f"{table.name}.copy.gz")
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _switch_on(connection, triggers)
        for name, value in manifest["sequences"].items():
            if value is not None:
                connection.execute("SELECT setval(%s::regclass, %s)", [f'public."{name}"', value])
        counted = {table.name: _count(connection, table) for table in order}
        wrong = [name for name, rows in counted.items() if rows != loaded[name]["rows"]]
        if wrong:
            raise BackupError(f"Antal rækker passer ikke / row counts differ: {', '.join(wrong)}")
        if manifest["chain_heads"] is not None and chain_heads(connection) != manifest["chain_heads"]:
            raise BackupError("Loggens kæder ender et andet sted end i kopien. / The log's chain heads differ.")
    with provision.connect(owner_url, autocommit=True) as connection:
        connection.execute("ANALYZE")
    return counted


def play_disposals(owner_url: str, path: Path) -> int | None:
    """Dispose again of what was disposed of after a copy was taken; returns how many, or None when there is no list.

    A line that was cut off by a power cut belongs to a disposal that was not carried out, and is passed over.
    """
    if not path.exists():
        return None
    done = 0
    with provision.connect(owner_url) as connection, path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                json.loads(line)
            except ValueError:
                continue
            row = connection.execute("SELECT retention_carry_out(%s::jsonb)", [line]).fetchone()
            done += bool(row and row[0])
    return done


def _refuse_unfit(connection: psycopg.Connection, manifest: dict[str, Any], there: dict[str, Table]) -> None:
    kind = provision.installation_kind(connection)
    if kind != manifest["kind"]:
        raise BackupError(
            f"Kopien er {manifest['kind']!r}, databasen er {kind!r}. / "
            f"The backup is {manifest['kind']!r}, the database is {kind!r}."
        )
    if migrations(connection) != manifest["migrations"] or set(there) != set(manifest["tables"]):
        raise BackupError(
            "Databasen har ikke samme udgave som kopien. Kør `samsvar migrate` med den udgave, kopien er taget med. / "
            "The database is not of the backup's release. Run `samsvar migrate` with the release that took the backup."
        )
    rows = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relispartition AND (relrowsecurity OR relname = 'accounts_user') AND NOT relname = ANY(%s)",
        [list(NOT_LOADED)],
    ).fetchall()
    filled = [name for (name,) in rows if _count(connection, there[name], limit=1)]
    if filled:
        raise BackupError(f"Databasen er ikke tom ({', '.join(sorted(filled))}). / The database is not empty.")


def _count(connection: psycopg.Connection, table: Table, limit: int | None = None) -> int:
    inner = sql.SQL("SELECT 1 FROM {}").format(table.identifier)
    if limit is not None:
        inner += sql.SQL(" LIMIT {}").format(limit)
    row = connection.execute(sql.SQL("SELECT count(*) FROM ({}) rows_found").format(inner)).fetchone()
    return int(row[0]) if row else 0


def _in_order(connection: psycopg.Connection, names: set[str]) -> list[str]:
    """Tables in the order of their foreign keys. A circle is only fit when its keys can be deferred."""
    rows = connection.execute(
        "SELECT a.relname, b.relname, k.condeferrable FROM pg_constraint k"
        " JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid"
        " WHERE k.contype = 'f' AND a.relnamespace = 'public'::regnamespace AND k.conparentid = 0 AND a.oid <> b.oid"
    ).fetchall()
    every: dict[str, set[str]] = {name: set() for name in sorted(names)}
    strict: dict[str, set[str]] = {name: set() for name in sorted(names)}
    for child, parent, deferrable in rows:
        if child in names and parent in names:
            every[child].add(parent)
            if not deferrable:
                strict[child].add(parent)
    try:
        return list(TopologicalSorter(every).static_order())
    except CycleError:
        return list(TopologicalSorter(strict).static_order())


def _make_partitions(connection: psycopg.Connection, manifest: dict[str, Any], there: dict[str, Table]) -> None:
    """Partitions that came into being after the migrations, as closed as their parents."""
    for name, entry in manifest["tables"].items():
        for partition, bound in entry["partitions"].items():
            if partition in there[name].partitions:
                continue
            child = sql.Identifier("public", partition)
            connection.execute(
                sql.SQL("CREATE TABLE {} PARTITION OF {} {}").format(
                    child,
                    there[name].identifier,
                    sql.SQL(bound),
                )
            )
            connection.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(child))
            connection.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(child))


def _switch_off(connection: psycopg.Connection, order: list[Table]) -> list[sql.Composed]:
    """Row security's force and our own triggers off; returns the statements that put them back as they were."""
    names = [part for table in order for part in (table.name, *_partition_names(connection, table))]
    back: list[sql.Composed] = []
    words = {"O": "ENABLE", "A": "ENABLE ALWAYS", "R": "ENABLE REPLICA"}
    for name in names:
        identifier = sql.Identifier("public", name)
        rows = connection.execute(
            "SELECT tgname, tgenabled::text FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
            " AND tgenabled <> 'D' ORDER BY tgname",
            [f'public."{name}"'],
        ).fetchall()
        for trigger, state in rows:
            back.append(
                sql.SQL("ALTER TABLE {} {} TRIGGER {}").format(
                    identifier, sql.SQL(words[state]), sql.Identifier(trigger)
                )
            )
        connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(identifier))
        forced = connection.execute(
            "SELECT relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [f'public."{name}"']
        ).fetchone()
        if forced and forced[0]:
            connection.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(identifier))
            back.append(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(identifier))
    return back


def _partition_names(connection: psycopg.Connection, table: Table) -> list[str]:
    rows = connection.execute(
        "SELECT p.relname FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid WHERE i.inhparent = %s::regclass",
        [f'public."{table.name}"'],
    )
    return [name for (name,) in rows]


def _switch_on(connection: psycopg.Connection, statements: list[sql.Composed]) -> None:
    for statement in statements:
        connection.execute(statement)


def _copy_in(connection: psycopg.Connection, table: Table, columns: list[str], path: Path) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(table.identifier, names)
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for block in _blocks(path):
            copy.write(block)
