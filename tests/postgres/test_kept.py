"""The database that the tests of the small world share holds nothing of the test before, or is thrown away."""

import contextlib
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from samsvar.postgres import provision
from tests.conftest import Database, Server
from tests.kept import Kept
from tests.world import build

TOUCHES = {
    "a table": "create table extra (id int)",
    "a column": "alter table accounts_user add column extra int",
    "a name": "alter table accounts_user rename column name to called",
    "a column that may be empty": "alter table accounts_user alter column name drop not null",
    "a policy": "drop policy {policy} on cases_case",
    "a policy's words": "alter policy {policy} on cases_case using (true)",
    "row security": "alter table cases_case disable row level security",
    "a trigger": "alter table cases_case disable trigger all",
    "a right to a table": "grant delete on cases_case to samsvar_app",
    "a right to a column": "grant update (id) on accounts_user to samsvar_app",
    "a right to what is made later": "alter default privileges grant all on tables to samsvar_app",
    "a right to a built-in function": "revoke execute on function pg_catalog.pg_sleep(float8) from public",
    "a right to the schema": "grant create on schema public to samsvar_app",
    "a function": "create function extra() returns int language sql as 'select 1'",
    "an index": "drop index {index}",
    "a setting of a role": "alter role samsvar_app in database {database} set search_path = public",
    "what the migrations wrote": "update auth_permission set name = 'x' where codename = 'add_user'",
}


@pytest.fixture
def lent(database_server: Server) -> Iterator[tuple[Database, Kept]]:
    """A database as a worker keeps it, of the test's own."""
    database = database_server.database()
    addresses = {"app": database.app, "owner": database.owner, "caretaker": database.caretaker}
    kept = Kept(provision.with_database(database_server.cluster.url(), database.name), addresses)
    yield database, kept
    kept.close()
    database_server.drop(database)


def contents(kept: Kept) -> dict[str, str]:
    """Every row of every table, and where every counter stands."""
    found = kept.admin.execute(
        "select relname, relkind from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S')"
    ).fetchall()
    held = {}
    for name, kind in found:
        what = "string_agg(t::text, ' ' order by t::text)" if kind == "r" else "max(row(last_value, is_called)::text)"
        held[name] = kept.admin.execute(f"select {what} from {name} t").fetchone()[0]
    return held


@pytest.mark.parametrize("touch", TOUCHES)
def test_a_database_whose_schema_was_touched_is_thrown_away(lent: tuple[Database, Kept], touch: str) -> None:
    database, kept = lent
    assert kept.empty()
    found = kept.admin.execute(
        "select (select min(polname) from pg_policy where polrelid = 'cases_case'::regclass and polcmd = 'r'),"
        " (select min(i.relname) from pg_index x join pg_class i on i.oid = x.indexrelid"
        " where x.indrelid = 'cases_case'::regclass and not x.indisunique)"
    ).fetchone()
    assert found is not None
    kept.admin.execute(TOUCHES[touch].format(policy=found[0], index=found[1], database=database.name))
    assert not kept.empty()


def test_what_a_test_wrote_is_gone_and_what_the_migrations_wrote_is_there(lent: tuple[Database, Kept]) -> None:
    _database, kept = lent
    before = contents(kept)
    owner = kept.connection("owner")
    build(owner)
    owner.commit()
    kept.admin.execute("delete from accounts_gate")
    kept.admin.execute("select nextval(%s::regclass)", [kept.sequences[0]])
    assert contents(kept) != before
    assert kept.empty()
    assert contents(kept) == before


def test_a_grown_table_is_made_anew_and_that_is_no_change(lent: tuple[Database, Kept]) -> None:
    _database, kept = lent
    before = contents(kept)
    kept.admin.execute(
        "insert into accounts_user (id, email, name, password, language, is_active, created_at)"
        " select gen_random_uuid(), n || '@eksempel.dk', repeat('x', 100), '!', 'da', true, now()"
        " from generate_series(1, 4000) n"
    )
    assert kept.empty()
    assert contents(kept) == before
    assert kept.empty()


def test_nobody_acts_in_the_next_test_as_in_the_one_before(lent: tuple[Database, Kept], world: object) -> None:
    _database, kept = lent
    asked = "select current_setting('samsvar.token', true), current_setting('timezone'), current_user"
    set_here = "select set_config('samsvar.token', 'somebody', false), set_config('timezone', 'Asia/Tokyo', false)"
    with kept.on_stage(), connection.cursor() as cursor:
        cursor.execute(asked)
        before = cursor.fetchone()
        cursor.execute(set_here)
    assert kept.empty()
    with kept.on_stage(), connection.cursor() as cursor:
        cursor.execute(asked)
        token, *rest = cursor.fetchone()
    assert not token
    assert rest == list(before[1:])


def test_a_connection_left_in_the_middle_is_at_rest_again(lent: tuple[Database, Kept]) -> None:
    _database, kept = lent
    owner = kept.connection("owner")
    with contextlib.suppress(psycopg.Error):
        owner.execute("select 1 / 0")
    app = kept.connection("app")
    app.autocommit = True
    app.execute("prepare one as select 1")
    app.execute("set statement_timeout = 1234")
    stranger = provision.connect(kept.addresses["owner"])
    stranger.execute("lock table accounts_user")
    assert kept.empty()
    assert kept.connection("owner").execute("select 1").fetchone() == (1,)
    again = kept.connection("app")
    assert again.execute(
        "select count(*), current_setting('statement_timeout') from pg_prepared_statements"
    ).fetchone() == (0, "0")
    assert not again.autocommit
    with pytest.raises(psycopg.OperationalError):
        stranger.execute("select 1")
    stranger.close()
