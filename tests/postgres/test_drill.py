"""Drills: nothing acknowledged is lost when the server is killed, and a copy moves between versions of PostgreSQL."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samsvar.postgres import backup as copies
from samsvar.postgres import provision
from samsvar.postgres.server import Cluster
from tests.conftest import Server
from tests.environment import open_the_way_to

CRASHES = 20


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A folder that the server's own user can reach."""
    open_the_way_to(tmp_path)
    return tmp_path


@pytest.fixture
def durable(base: Path) -> Iterator[Cluster]:
    """A server as an installation has it: safe on power loss."""
    cluster = Cluster(base / "durable")
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.mark.drill
def test_every_acknowledged_write_survives_a_killed_server(durable: Cluster) -> None:
    with psycopg.connect(durable.url(), autocommit=True) as admin:
        admin.execute("CREATE TABLE written (number int PRIMARY KEY)")
    acknowledged: list[int] = []
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            try:
                with psycopg.connect(durable.url(), autocommit=True, connect_timeout=5) as connection:
                    while not stop.is_set():
                        number += 1
                        connection.execute("INSERT INTO written VALUES (%s)", [number])
                        acknowledged.append(number)
            except psycopg.OperationalError:
                time.sleep(0.02)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(CRASHES):
            before = len(acknowledged)
            deadline = time.monotonic() + 30
            while len(acknowledged) < before + 20 and time.monotonic() < deadline:
                time.sleep(0.01)
            pid = durable.pid()
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            durable.start()
    finally:
        stop.set()
        writer.join(timeout=30)
    with psycopg.connect(durable.url()) as admin:
        there = {row[0] for row in admin.execute("SELECT number FROM written")}
    assert len(acknowledged) >= CRASHES * 20
    assert set(acknowledged) <= there


@pytest.mark.drill
@pytest.mark.parametrize(("taken_on", "restored_on"), [("machine", "embedded"), ("embedded", "machine")])
def test_a_copy_moves_between_versions(base: Path, taken_on: str, restored_on: str) -> None:
    clusters = {choice: Cluster(base / choice, durable=False, choice=choice) for choice in (taken_on, restored_on)}
    servers = {choice: Server(cluster) for choice, cluster in clusters.items()}
    try:
        for choice, cluster in clusters.items():
            cluster.start()
            servers[choice].prepare()
        source, target = servers[taken_on].database(), servers[restored_on].database()
        with provision.connect(source.app) as app:
            app.execute("INSERT INTO django_session SELECT 'æøå ' || n, '', now() FROM generate_series(1, 5000) n")
        manifest = copies.backup(source.owner, base / "copy")
        assert copies.restore(target.owner, base / "copy")["django_session"] == 5000
        again = copies.backup(target.owner, base / "again")
        assert clusters[taken_on].status()["version"] != clusters[restored_on].status()["version"]
        for name in set(manifest["tables"]) - copies.NOT_LOADED:
            assert again["tables"][name]["sha256"] == manifest["tables"][name]["sha256"], name
    finally:
        for cluster in clusters.values():
            cluster.stop()
