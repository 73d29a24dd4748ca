"""The server is private, survives being killed, and never asks twice for the same start."""

import os
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samsvar.postgres.server import Cluster, ServerError, find_binaries
from tests.environment import open_the_way_to


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A durable server, as an installation has it."""
    base = tmp_path_factory.mktemp("server")
    open_the_way_to(base)
    cluster = Cluster(base / "postgres")
    cluster.start()
    yield cluster
    cluster.stop()


def show(server: Cluster, setting: str) -> str:
    with psycopg.connect(server.url()) as connection:
        row = connection.execute("SELECT current_setting(%s)", [setting]).fetchone()
    assert row is not None
    return row[0]


def test_it_listens_on_no_network(server: Cluster) -> None:
    assert show(server, "listen_addresses") == ""


def test_the_socket_lies_in_a_folder_that_only_the_server_s_user_may_enter(server: Cluster) -> None:
    folder = server.socket_folder.stat()
    assert stat.S_IMODE(folder.st_mode) == 0o700
    assert folder.st_uid == (server.user.uid if server.user else os.geteuid())
    assert folder.st_uid != 0


def test_a_long_path_gets_a_socket_that_the_kernel_accepts(tmp_path: Path) -> None:
    far = Cluster(tmp_path / ("long" * 30) / "postgres")
    assert len(str(far.socket_folder / ".s.PGSQL.5432")) < 100


def test_nobody_comes_in_without_a_password(server: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url(password=""))


def test_no_rule_trusts_anybody(server: Cluster) -> None:
    with psycopg.connect(server.url()) as connection:
        methods = {row[0] for row in connection.execute("SELECT auth_method FROM pg_hba_file_rules")}
    assert methods == {"scram-sha-256"}


def test_what_was_committed_is_on_disk_and_checked(server: Cluster) -> None:
    assert show(server, "fsync") == "on"
    assert show(server, "full_page_writes") == "on"
    assert show(server, "data_checksums") == "on"


def test_danish_letters_have_a_small_form(server: Cluster) -> None:
    with psycopg.connect(server.url()) as connection:
        row = connection.execute("SELECT lower('ÆØÅ'), to_tsvector('danish', 'Ærøboerne')::text").fetchone()
    assert row == ("æøå", "'ærøbo':1")


def test_errors_do_not_carry_values_into_the_log(server: Cluster) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE secret_test (value text PRIMARY KEY)")
        connection.execute("INSERT INTO secret_test VALUES ('610190-0001')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO secret_test VALUES ('610190-0001')")
        connection.execute("DROP TABLE secret_test")
    log = server.log.read_text(encoding="utf-8")
    assert "secret_test_pkey" in log
    assert "610190" not in log


def test_starting_twice_is_starting_once(server: Cluster) -> None:
    before = server.pid()
    began = time.monotonic()
    server.start()
    assert server.pid() == before
    assert time.monotonic() - began < 2


def test_it_comes_back_after_being_killed(server: Cluster) -> None:
    pid = server.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    server.start()
    assert server.pid() != pid
    assert show(server, "listen_addresses") == ""


def test_a_dead_server_s_number_taken_by_another_process_does_not_stop_it(server: Cluster) -> None:
    server.stop()
    lock = server.data / "postmaster.pid"
    lock.write_text(f"{os.getppid()}\n{server.data}\n")
    assert not server.running()
    server.start()
    assert server.running()


def test_a_folder_that_somebody_else_made_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    cluster = Cluster(folder)
    cluster.folder = folder
    with pytest.raises(ServerError, match="belongs to somebody else"):
        cluster.start()


def test_a_wrong_choice_of_server_is_named() -> None:
    with pytest.raises(ServerError, match="SAMSVAR_POSTGRES"):
        find_binaries("sqlite")


def test_a_data_folder_of_an_unknown_version_is_not_opened() -> None:
    with pytest.raises(ServerError, match="PostgreSQL 12"):
        find_binaries("", major=12)
