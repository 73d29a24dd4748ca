"""The wall's day is the Danish one, whatever clock the server and the session keep."""

import contextlib
import re
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from samsvar.postgres import provision
from samsvar.postgres.rows import declared, json_kinds
from tests.conftest import FilledDatabase

SAMSVAR = Path(settings.BASE_DIR) / "samsvar"


@pytest.mark.parametrize("zone", ["UTC", "Europe/Copenhagen", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_day_is_the_same_whatever_clock_a_session_was_given(
    owner_connection: psycopg.Connection, zone: str
) -> None:
    """Whoever begins today is in from Danish midnight, and nobody wins a day by setting a clock."""
    with owner_connection.transaction():
        owner_connection.execute("select set_config('TimeZone', %s, true)", [zone])
        days = owner_connection.execute(
            "select today(), (now() at time zone 'Europe/Copenhagen')::date, current_date"
        ).fetchone()
    assert days is not None
    assert days[0] == days[1]


def test_two_clocks_half_a_world_apart_do_have_two_days(owner_connection: psycopg.Connection) -> None:
    """What the function is there for: `current_date` is the session's, and a session sets it."""
    days = set()
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        with owner_connection.transaction():
            owner_connection.execute("select set_config('TimeZone', %s, true)", [zone])
            days |= set(owner_connection.execute("select current_date, today()").fetchone() or ())
    assert len(days) >= 2


def test_no_policy_and_no_job_asks_the_session_for_the_day() -> None:
    asked = [
        str(file.relative_to(SAMSVAR))
        for file in SAMSVAR.rglob("*.py")
        if re.search(r"(?<!`)current_date(?!`)|moment\(\)::date|now\(\)::date", file.read_text(encoding="utf-8"))
    ]
    assert asked == []


DAYS = ("date", "timestamptz", "tstzrange")


def test_no_row_about_a_person_holds_a_day_that_no_page_can_show(
    filled_database: FilledDatabase,
) -> None:
    """The database has days outside every calendar. One of them in a row, and each page that reads it breaks."""
    guarded = [one.table for one in declared().policies]
    with contextlib.closing(provision.connect(filled_database.database.owner)) as owner:
        columns = owner.execute(
            "select c.relname, a.attname, t.typname from pg_attribute a join pg_type t on t.oid = a.atttypid"
            " join pg_class c on c.oid = a.attrelid where c.relname = any(%s) and c.relkind = 'r' and a.attnum > 0"
            " and not a.attisdropped and a.attgenerated = '' and t.typname = any(%s)",
            [guarded, list(DAYS)],
        ).fetchall()
        taken = []
        for table, column, kind in columns:
            for day in ("infinity", "-infinity", "12026-01-01", "0026-01-01 BC"):
                value = f"tstzrange({day!r}, null)" if kind == "tstzrange" else f"{day!r}::{kind}"
                with contextlib.suppress(psycopg.DatabaseError), owner.transaction(force_rollback=True):
                    changed = owner.execute(f'update {table} set "{column}" = {value}').rowcount
                    taken += [(table, column, day)] if changed else []
        empty = [
            table
            for table in {table for table, _, _ in columns}
            if not owner.execute(f"select 1 from {table} limit 1").fetchone()
        ]
    assert taken == []
    assert empty == []
    assert len(columns) > 200


# What PostgreSQL takes and no page can read: each is tried inside the container that the column demands.
UNREADABLE = (
    "repeat('9', 5000)",
    "'1' || repeat('0', 16)",
    "'-1e400'",
    "repeat('[', 1500) || repeat(']', 1500)",
    "repeat('[', 13) || repeat(']', 13)",
    "'\"' || repeat('x', 1000001) || '\"'",
)
PLAIN = ("'1000000000000000'", "'-0.125'", "'null'", "'\"æ\"'", "'[[[[{\"a\": [1, 2.5, true]}]]]]'")


def test_no_row_holds_json_that_no_page_can_read(filled_database: FilledDatabase) -> None:
    """One number of 5,000 digits in a row that another authority lists, and its whole desk would be gone."""
    guarded = [one.table for one in declared().policies]
    kinds = json_kinds()
    with contextlib.closing(provision.connect(filled_database.database.owner)) as owner:
        columns = owner.execute(
            "select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid"
            " where c.relname = any(%s) and c.relkind = 'r' and a.atttypid = 'jsonb'::regtype and a.attnum > 0"
            " and not a.attisdropped",
            [guarded],
        ).fetchall()
        ruled = owner.execute(
            "select r.conrelid::regclass::text, pg_get_constraintdef(r.oid) from pg_constraint r"
            " where r.conname = 'json_is_plain'"
        ).fetchall()
        rules: dict[str, str] = {table: " ".join(rule.split()) for table, rule in ruled}
        unruled = [
            (table, column)
            for table, column in columns
            if not re.search(rf'json_is_plain\("?{column}"?\)', rules.get(table, ""))
            or not re.search(rf'jsonb_typeof\("?{column}"?\)', rules[table])
        ]
        taken, tried = [], []
        for table, column in columns:
            kind = kinds.get((table, column), "object")
            opened, closed = ("[", "]") if kind == "array" else ('{"a":', "}")
            values = [f"'{opened}' || {value} || '{closed}'" for value in UNREADABLE]
            values += ["'null'", "'5'", "'\"x\"'"]
            if (table, column) in kinds:
                values.append("'{}'" if kind == "array" else "'[]'")
            for value in values:
                try:
                    with owner.transaction(force_rollback=True):
                        changed = owner.execute(f'update {table} set "{column}" = ({value})::jsonb').rowcount
                    taken += [(table, column, value)] if changed else []
                except psycopg.DatabaseError:
                    tried.append(table)
        told = {value: owner.execute(f"select json_is_plain(({value})::jsonb)").fetchone() for value in PLAIN}
    assert taken == []
    assert unruled == []
    assert set(told.values()) == {(True,)}
    assert {"referrals_referral", "referrals_pathway", "directory_directoryentry", "sharing_disclosure"} <= set(tried)
    assert len(columns) >= 19
