"""The tests' own databases: the application's role is used, what one test writes another never sees."""

import threading

import psycopg
import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from samsvar.postgres.provision import APP
from tests.conftest import Database


def current_role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def add_session(alias: str = "default") -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('left-behind', '', now())")


def sessions(alias: str = "default") -> int:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session WHERE session_key = 'left-behind'")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_rollback_tests_run_as_the_application() -> None:
    assert current_role() == APP


@pytest.mark.django_db
@pytest.mark.parametrize("time", [1, 2])
def test_what_a_rollback_test_writes_is_gone_in_the_next(time: int) -> None:
    assert sessions() == 0
    add_session()
    assert sessions() == 1


@pytest.mark.django_db
def test_a_refusal_is_rolled_back_with_its_test() -> None:
    add_session("refusals")
    assert sessions("default") == 1


def test_fresh_databases_run_as_the_application_and_commit(
    fresh_database: Database, app_connection: psycopg.Connection
) -> None:
    assert current_role() == APP
    add_session()
    row = app_connection.execute("SELECT count(*) FROM django_session").fetchone()
    assert row == (1,)


def test_a_refusal_stands_when_its_act_is_rolled_back(fresh_database: Database) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("BEGIN")
        add_session("refusals")
        cursor.execute("ROLLBACK")
    assert sessions() == 1


def test_threads_work_on_the_same_fresh_database(fresh_database: Database) -> None:
    def write() -> None:
        add_session()
        connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join(timeout=10)
    assert sessions() == 1


def test_no_test_reaches_a_database_without_asking(django_db_blocker: DjangoDbBlocker) -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        current_role()


@pytest.mark.django_db
def test_the_application_cannot_empty_or_change_a_table(app_connection: psycopg.Connection) -> None:
    for statement in ("TRUNCATE django_session", "ALTER TABLE django_session DISABLE ROW LEVEL SECURITY"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), app_connection.transaction():
            app_connection.execute(statement)


def test_jobs_can_be_put_on_the_list_by_the_application(app_connection: psycopg.Connection) -> None:
    row = app_connection.execute(
        "SELECT count(*) FROM pg_proc WHERE proname LIKE 'procrastinate\\_%'"
        " AND NOT has_function_privilege(oid, 'EXECUTE')"
    ).fetchone()
    assert row == (0,)
    app_connection.execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'x')")
