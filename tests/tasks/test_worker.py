"""The worker carries out what waits, and what a worker left lying when it died."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable

import psycopg
from django.conf import settings

from samsvar.tasks.models import TaskKind
from tests.conftest import Database
from tests.meetings.test_meeting import raise_one
from tests.tasks.test_jobs import change, kinds
from tests.world import World

SECONDS = 60


def wait_for(condition: Callable[[], bool]) -> bool:
    """Whether it comes true in time."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.2)
    return False


def start_worker(database: Database) -> subprocess.Popen[bytes]:
    """A worker as an installation starts it, on this database."""
    return subprocess.Popen(
        [sys.executable, "-m", "samsvar", "worker"],
        env=database.environment(),
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def defer(owner: psycopg.Connection, name: str) -> None:
    """Let a job wait for a worker, as the clock would."""
    change(
        owner,
        "insert into procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status)"
        " values ('default', %s, null, null, '{\"timestamp\": 0}', 'todo')",
        name,
    )


def test_a_worker_carries_out_what_waits_and_ends_when_asked(
    world: World, fresh_database: Database, owner_connection: psycopg.Connection
) -> None:
    raise_one(world)
    change(owner_connection, "update cases_case set next_on = today(), next_step = 'Ringe'")
    defer(owner_connection, "cases.remind")
    worker = start_worker(fresh_database)
    try:
        assert wait_for(lambda: TaskKind.FOLLOW_UP in kinds(world, "police.member"))
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0


def test_a_job_whose_worker_died_is_taken_up_again(
    world: World, fresh_database: Database, owner_connection: psycopg.Connection
) -> None:
    raise_one(world)
    change(owner_connection, "update cases_case set next_on = today(), next_step = 'Ringe'")
    change(
        owner_connection,
        "with dead as (insert into procrastinate_workers (last_heartbeat)"
        " values (now() - interval '1 hour') returning id)"
        " insert into procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
        " select 'default', 'cases.remind', '{\"timestamp\": 0}', 'doing', id from dead",
    )
    defer(owner_connection, "tasks.sweep")

    def carried_out() -> bool:
        found = owner_connection.execute(
            "select status = 'succeeded' from procrastinate_jobs where task_name = 'cases.remind' order by id limit 1"
        ).fetchone()
        owner_connection.rollback()
        return found == (True,)

    worker = start_worker(fresh_database)
    try:
        assert wait_for(carried_out)
        assert TaskKind.FOLLOW_UP in kinds(world, "police.member")
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
