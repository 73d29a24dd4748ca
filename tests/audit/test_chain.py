"""The log is whole: chained under parallel writers, and whoever tampers with it is found."""

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, connections

from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.postgres import provision
from samsvar.postgres.actor import acting
from tests.conftest import Database
from tests.world import World

WRITERS = 8
# Rows of each writer; `make drill` writes ten thousand in all.
SEVERAL, MANY = 500, 1250


def verify(caretaker: psycopg.Connection, authority: UUID) -> int | None:
    """The first broken link, as the caretaker finds it."""
    row = caretaker.execute("select audit_verify(%s)", [authority]).fetchone()
    caretaker.rollback()
    assert row is not None
    return row[0]


def look(world: World, times: int = 1, seat: str = "police.member") -> None:
    """Some looks of one person, each in a transaction of its own."""
    for _ in range(times):
        with acting(world.seats[seat].token) as actor:
            record(actor, Act.LOOK, "case", uuid4(), case_id=uuid4(), detail={"page": 1})


@pytest.mark.req("R-000-151")
@pytest.mark.parametrize("rows", [SEVERAL, pytest.param(MANY, marks=pytest.mark.drill)])
def test_the_chain_holds_under_parallel_writers(
    world: World,
    fresh_database: Database,
    owner_connection: psycopg.Connection,
    caretaker_connection: psycopg.Connection,
    rows: int,
) -> None:
    authority = world.authorities["police"]
    entry = json.dumps([{"act": "look", "subject_kind": "case", "subject_id": str(uuid4())}])

    def write(seat: str) -> None:
        with provision.connect(fresh_database.app) as own:
            for _ in range(rows):
                own.execute("select set_config('samsvar.token', %s, true)", [world.seats[seat].token])
                own.execute("select audit_write(%s, null, null, %s::jsonb)", [authority, entry])
                own.commit()

    seats = [f"police.{name}" for name in ("member", "screener", "frontline", "admin")] * (WRITERS // 4)
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, seats, timeout=240))
    counted = caretaker_connection.execute(
        "select count(*), count(distinct seq), min(seq), max(seq) from audit_logrow where authority_id = %s",
        [authority],
    ).fetchone()
    caretaker_connection.rollback()
    total = WRITERS * rows
    assert counted == (total, total, 1, total)
    assert verify(caretaker_connection, authority) is None
    # One row of them all is changed, then taken away, then one is put in: each time its place is told.
    odd = total * 2 // 3
    for tampering, found in (
        (f"update audit_logrow set purpose = 'noget andet' where seq = {odd}", odd),
        (f"delete from audit_logrow where seq = {odd - 100}", odd - 100),
        (
            "insert into audit_logrow (seq, authority_id, at, act, subject_kind, previous, hash)"
            " select seq, authority_id, at + interval '1 second', 'look', 'case', previous, hash"
            f" from audit_logrow where seq = {odd - 200}",
            odd - 200,
        ),
    ):
        owner_connection.execute(tampering)
        owner_connection.commit()
        assert verify(caretaker_connection, authority) == found


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("update audit_logrow set purpose = 'noget andet' where seq = 4", 4),
        ("update audit_logrow set at = at + interval '1 second' where seq = 3", 3),
        ("update audit_logrow set person_id = null where seq = 5", 5),
        # The same value in the column beside it.
        ("update audit_logrow set subject_id = null, citizen_id = subject_id where seq = 2", 2),
        ("delete from audit_logrow where seq = 4", 4),
        ("delete from audit_logrow where seq = 1", 1),
        ("delete from audit_logrow where seq >= 6", 6),
        ("delete from audit_logrow", 1),
        (
            "insert into audit_logrow (seq, authority_id, at, act, subject_kind, previous, hash)"
            " select 7, authority_id, now(), 'look', 'case', hash, sha256(hash) from audit_logrow where seq = 6",
            7,
        ),
        (
            "insert into audit_logrow (seq, authority_id, at, act, subject_kind, previous, hash)"
            " select seq, authority_id, at + interval '1 second', 'look', 'case', previous, hash"
            " from audit_logrow where seq = 3",
            3,
        ),
        ("update audit_logrow set seq = case seq when 2 then 3 else 2 end where seq in (2, 3)", 2),
    ],
)
def test_tampering_is_found_where_it_was_done(
    world: World,
    owner_connection: psycopg.Connection,
    caretaker_connection: psycopg.Connection,
    tampering: str,
    found: int,
) -> None:
    look(world, 6)
    assert verify(caretaker_connection, world.authorities["police"]) is None
    owner_connection.execute(tampering)
    owner_connection.commit()
    assert verify(caretaker_connection, world.authorities["police"]) == found


def test_the_application_can_add_to_the_log_and_nothing_else(world: World, app_connection: psycopg.Connection) -> None:
    look(world)
    for statement in (
        "update audit_logrow set purpose = ''",
        "delete from audit_logrow",
        "insert into audit_logrow (seq, authority_id, at, act, subject_kind, previous, hash)"
        " values (9, gen_random_uuid(), now(), 'look', 'case', '', '')",
        "truncate audit_logrow",
        "update audit_chainhead set seq = 0",
        "delete from audit_chainhead",
        "select audit_ensure_partitions(1)",
        "select * from audit_logrow_rest",
    ):
        for token in ("", world.seats["police.dpo"].token):
            app_connection.execute("select set_config('samsvar.token', %s, true)", [token])
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app_connection.execute(statement)
            app_connection.rollback()


def test_nobody_writes_in_anothers_log(world: World, app_connection: psycopg.Connection) -> None:
    app_connection.execute("select set_config('samsvar.token', %s, true)", [world.seats["police.member"].token])
    with pytest.raises(psycopg.errors.RaiseException):
        app_connection.execute("select audit_write(%s, null, null, '[]')", [world.authorities["social"]])


def test_nobody_acts_in_anothers_name(world: World, owner_connection: psycopg.Connection) -> None:
    other = world.seats["police.dpo"]
    entry = json.dumps([{"act": "look", "subject_kind": "case"}])
    with acting(world.seats["police.member"].token), connection.cursor() as cursor:
        cursor.execute("select audit_write(%s, %s, %s, %s::jsonb)", [other.authority, other.person, other.post, entry])
    (who,) = owner_connection.execute("select person_id from audit_logrow").fetchone() or (None,)
    assert who == world.seats["police.member"].person


@pytest.mark.req("R-000-151")
def test_only_the_own_dpo_reads_the_log(world: World, app_connection: psycopg.Connection) -> None:
    look(world, 3)
    for seat, rows in (("police.dpo", 3), ("police.member", 0), ("police.admin", 0), ("social.dpo", 0)):
        app_connection.execute("select set_config('samsvar.token', %s, true)", [world.seats[seat].token])
        assert app_connection.execute("select count(*) from audit_logrow").fetchone() == (rows,)
        app_connection.rollback()


def test_only_the_own_dpo_may_check_the_chain(world: World, app_connection: psycopg.Connection) -> None:
    look(world)
    police = world.authorities["police"]
    app_connection.execute("select set_config('samsvar.token', %s, true)", [world.seats["police.dpo"].token])
    assert app_connection.execute("select audit_verify(%s)", [police]).fetchone() == (None,)
    app_connection.rollback()
    for token in ("", world.seats["social.dpo"].token, world.seats["police.member"].token):
        app_connection.execute("select set_config('samsvar.token', %s, true)", [token])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_connection.execute("select audit_verify(%s)", [police])
        app_connection.rollback()


def test_a_refusal_outlives_the_act_that_was_rolled_back(
    world: World, owner_connection: psycopg.Connection, caretaker_connection: psycopg.Connection
) -> None:
    def refused() -> None:
        with acting(world.seats["police.frontline"].token) as actor:
            record(actor, Act.CREATE, "case", uuid4())
            record_refusal(actor, "case", uuid4(), "not_at_the_table")
            raise PermissionError

    with pytest.raises(PermissionError):
        refused()
    rows = owner_connection.execute("select act, person_id, detail from audit_logrow").fetchall()
    assert rows == [("refuse", world.seats["police.frontline"].person, {"reason": "not_at_the_table"})]
    assert verify(caretaker_connection, world.authorities["police"]) is None
    connections["refusals"].close()


def test_an_act_that_fails_leaves_no_row(world: World, owner_connection: psycopg.Connection) -> None:
    def failing() -> None:
        with acting(world.seats["police.member"].token) as actor:
            record(actor, Act.LOOK, "case", uuid4())
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        failing()
    assert owner_connection.execute("select count(*) from audit_logrow").fetchone() == (0,)


class TestMonths:
    """The log lies in months, so that retention can take one away at a time."""

    def test_rows_land_in_their_month(self, world: World, owner_connection: psycopg.Connection) -> None:
        look(world)
        (table, month) = owner_connection.execute(
            "select tableoid::regclass::text, 'audit_logrow_' || to_char(at at time zone 'UTC', 'YYYY_MM')"
            " from audit_logrow"
        ).fetchone() or (None, "")
        assert table == month

    def test_asking_again_makes_nothing(self, world: World, caretaker_connection: psycopg.Connection) -> None:
        assert caretaker_connection.execute("select audit_ensure_partitions(2)").fetchone() == (0,)
        assert caretaker_connection.execute("select audit_ensure_partitions(3)").fetchone() == (1,)

    def test_a_month_that_was_missed_moves_out_of_the_rest(
        self, world: World, owner_connection: psycopg.Connection, caretaker_connection: psycopg.Connection
    ) -> None:
        for (name,) in owner_connection.execute(
            "select inhrelid::regclass::text from pg_inherits where inhparent = 'audit_logrow'::regclass"
            " and inhrelid <> 'audit_logrow_rest'::regclass"
        ).fetchall():
            owner_connection.execute(f"drop table {name}")
        owner_connection.commit()
        look(world, 3)
        caretaker_connection.execute("select audit_ensure_partitions(0)")
        caretaker_connection.commit()
        assert owner_connection.execute("select count(*) from only audit_logrow_rest").fetchone() == (0,)
        assert owner_connection.execute("select count(*) from audit_logrow").fetchone() == (3,)
        look(world)
        assert verify(caretaker_connection, world.authorities["police"]) is None

    def test_no_month_can_be_reached_past_the_log(
        self, world: World, owner_connection: psycopg.Connection, app_connection: psycopg.Connection
    ) -> None:
        look(world)
        names = [
            name
            for (name,) in owner_connection.execute(
                "select inhrelid::regclass::text from pg_inherits where inhparent = 'audit_logrow'::regclass"
            )
        ]
        assert len(names) >= 4
        for name in names:
            app_connection.execute("select set_config('samsvar.token', %s, true)", [world.seats["police.dpo"].token])
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app_connection.execute(f"select * from {name}")
            app_connection.rollback()
