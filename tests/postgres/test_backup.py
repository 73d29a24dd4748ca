"""Nothing is lost: what was backed up comes back, all of it or nothing."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samsvar.postgres import backup as copies
from samsvar.postgres import provision
from samsvar.postgres.backup import BackupError
from tests.conftest import Database, Server

JOBS = 3


@pytest.fixture
def lived_in(fresh_database: Database) -> Database:
    """A database with rows that have triggers, numbers, partitions and Danish letters."""
    with provision.connect(fresh_database.app) as app:
        app.execute("INSERT INTO django_session VALUES ('æøå', 'linje\\n\ttabulator \\ 🙂', now())")
        for _ in range(JOBS):
            app.execute(
                "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'task', 0, NULL, NULL, '{}', NULL)"
                "::procrastinate_job_to_defer_v1])"
            )
    with provision.connect(fresh_database.owner) as owner:
        owner.execute(
            "CREATE TABLE audit_logrow_later PARTITION OF audit_logrow FOR VALUES FROM ('2031-01-01') TO ('2031-02-01')"
        )
        owner.execute(
            "INSERT INTO audit_logrow (seq, authority_id, at, act, subject_kind, previous, hash)"
            " SELECT number, '00000000-0000-0000-0000-000000000001', day, 'look', 'case', '\\x00',"
            " sha256(number::text::bytea)"
            " FROM (VALUES (1, timestamptz '2026-01-05'), (2, '2031-01-05')) AS one(number, day)"
        )
    return fresh_database


@pytest.fixture
def empty(database_server: Server) -> Iterator[Database]:
    """Another database, migrated and without a person."""
    database = database_server.database()
    yield database
    database_server.drop(database)


def everything(database: Database) -> dict[str, list[tuple]]:
    """Every row of every table, in an order of its own, except what belongs to the database itself."""
    with provision.connect(database.owner) as owner:
        return {
            table.name: sorted(owner.execute(f"SELECT t::text FROM {table.name} t").fetchall())  # type: ignore[call-overload]
            for table in copies.tables(owner)
            if table.name not in copies.NOT_LOADED
        }


def test_what_was_backed_up_comes_back(lived_in: Database, empty: Database, tmp_path: Path) -> None:
    manifest = copies.backup(lived_in.owner, tmp_path / "copy")
    counted = copies.restore(empty.owner, tmp_path / "copy")
    assert everything(empty) == everything(lived_in)
    assert counted["procrastinate_jobs"] == JOBS
    assert counted["audit_logrow"] == 2
    assert manifest["chain_heads"]["00000000-0000-0000-0000-000000000001"][0] == 2


def test_the_wall_stands_after_a_restore(lived_in: Database, empty: Database, tmp_path: Path) -> None:
    state = (
        "SELECT relname, relrowsecurity, relforcerowsecurity,"
        " (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT tgisinternal AND tgenabled <> 'O')"
        " FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname"
    )
    with provision.connect(empty.owner) as owner:
        before = {row[0]: row for row in owner.execute(state)}  # type: ignore[call-overload]
    copies.backup(lived_in.owner, tmp_path / "copy")
    copies.restore(empty.owner, tmp_path / "copy")
    with provision.connect(empty.owner) as owner:
        after = {row[0]: row for row in owner.execute(state)}  # type: ignore[call-overload]
    later = after.pop("audit_logrow_later")
    assert after == before
    assert later[1:3] == (True, True)
    with provision.connect(empty.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("SELECT * FROM audit_logrow_later")


def test_new_rows_get_new_numbers_after_a_restore(lived_in: Database, empty: Database, tmp_path: Path) -> None:
    copies.backup(lived_in.owner, tmp_path / "copy")
    copies.restore(empty.owner, tmp_path / "copy")
    with provision.connect(empty.app) as app:
        row = app.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'next') RETURNING id"
        ).fetchone()
        assert row is not None
        earlier = app.execute("SELECT max(id) FROM procrastinate_jobs WHERE task_name <> 'next'").fetchone()
        assert earlier is not None
        assert row[0] > earlier[0]


def test_the_copy_is_one_moment(lived_in: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_out = copies._copy_out

    def somebody_writes_meanwhile(connection: psycopg.Connection, table: copies.Table, path: Path) -> dict:
        with provision.connect(lived_in.app) as app:
            app.execute("INSERT INTO django_session VALUES (gen_random_uuid()::text, '', now())")
        return copy_out(connection, table, path)

    monkeypatch.setattr(copies, "_copy_out", somebody_writes_meanwhile)
    assert copies.backup(lived_in.owner, tmp_path / "copy")["tables"]["django_session"]["rows"] == 1


def test_only_its_owner_can_read_a_copy(lived_in: Database, tmp_path: Path) -> None:
    copies.backup(lived_in.owner, tmp_path / "copy")
    assert {path.stat().st_mode & 0o077 for path in [tmp_path / "copy", *(tmp_path / "copy").iterdir()]} == {0}


def test_a_copy_never_overwrites_another(lived_in: Database, tmp_path: Path) -> None:
    copies.backup(lived_in.owner, tmp_path / "copy")
    with pytest.raises(BackupError, match="exists already"):
        copies.backup(lived_in.owner, tmp_path / "copy")


def test_a_copy_that_fails_leaves_nothing_behind(
    lived_in: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*arguments: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(copies, "_write", full_disk)
    with pytest.raises(OSError, match="No space"):
        copies.backup(lived_in.owner, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_a_changed_file_is_found_and_named(lived_in: Database, empty: Database, tmp_path: Path) -> None:
    copies.backup(lived_in.owner, tmp_path / "copy")
    file = tmp_path / "copy" / "django_session.copy.gz"
    file.write_bytes(gzip.compress(gzip.decompress(file.read_bytes()).replace("æøå".encode(), "åøæ".encode())))
    with pytest.raises(BackupError, match="django_session"):
        copies.restore(empty.owner, tmp_path / "copy")


def test_a_broken_file_is_found_and_named(lived_in: Database, empty: Database, tmp_path: Path) -> None:
    copies.backup(lived_in.owner, tmp_path / "copy")
    file = tmp_path / "copy" / "procrastinate_jobs.copy.gz"
    file.write_bytes(file.read_bytes()[:-12])
    with pytest.raises(BackupError, match="procrastinate_jobs"):
        copies.restore(empty.owner, tmp_path / "copy")


def test_a_row_too_few_undoes_everything(lived_in: Database, empty: Database, tmp_path: Path) -> None:
    copies.backup(lived_in.owner, tmp_path / "copy")
    manifest_file = tmp_path / "copy" / copies.MANIFEST
    manifest = json.loads(manifest_file.read_text())
    manifest["tables"]["django_session"]["rows"] += 1
    manifest_file.write_text(json.dumps(manifest))
    before = everything(empty)
    with pytest.raises(BackupError, match="row counts differ: django_session"):
        copies.restore(empty.owner, tmp_path / "copy")
    assert everything(empty) == before


def test_a_log_that_ends_elsewhere_undoes_everything(lived_in: Database, empty: Database, tmp_path: Path) -> None:
    copies.backup(lived_in.owner, tmp_path / "copy")
    manifest_file = tmp_path / "copy" / copies.MANIFEST
    manifest_file.write_text(manifest_file.read_text().replace('"chain_heads": {', '"chain_heads": {"x": [1, "00"],'))
    with pytest.raises(BackupError, match="chain heads differ"):
        copies.restore(empty.owner, tmp_path / "copy")
    with provision.connect(empty.owner) as owner:
        assert owner.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (0,)


def test_a_database_with_people_in_it_is_not_overwritten(lived_in: Database, tmp_path: Path) -> None:
    copies.backup(lived_in.owner, tmp_path / "copy")
    before = everything(lived_in)
    with pytest.raises(BackupError, match="not empty"):
        copies.restore(lived_in.owner, tmp_path / "copy")
    assert everything(lived_in) == before


def test_another_release_is_refused(lived_in: Database, empty: Database, tmp_path: Path) -> None:
    copies.backup(lived_in.owner, tmp_path / "copy")
    with provision.connect(empty.owner) as owner:
        owner.execute("DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)")
    with pytest.raises(BackupError, match="not of the backup's release"):
        copies.restore(empty.owner, tmp_path / "copy")


def test_a_real_copy_does_not_go_into_a_demonstration(lived_in: Database, empty: Database, tmp_path: Path) -> None:
    with provision.connect(lived_in.owner) as owner:
        owner.execute("UPDATE samsvar_installation SET kind = 'real'")
    copies.backup(lived_in.owner, tmp_path / "copy")
    with pytest.raises(BackupError, match="'real'"):
        copies.restore(empty.owner, tmp_path / "copy")


def test_a_folder_that_is_no_copy_is_refused(empty: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="is no backup"):
        copies.restore(empty.owner, tmp_path)
