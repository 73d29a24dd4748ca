"""Each policy is replaced by `true` and by `false`, and a probe written from the catalogue must notice.

A probe does to the policy's table what its command does, as every seat of the filled world, and keeps what came of it:
which rows were seen or changed, and whether the wall refused. One transaction that is rolled back; a savepoint each.
"""

import contextlib
import re
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.conf import settings
from psycopg import sql
from psycopg.types.json import Jsonb

from samsvar.postgres import provision
from samsvar.postgres.provision import APP, CARETAKER, OWNER, POLICY
from tests.conftest import FilledDatabase, Server
from tests.filled import Filled
from tests.world import Seat

# Columns in which the one who acts must stand; a probe's row names the probing seat there.
PERSON_COLUMNS = {
    "by_id",
    "raised_by_id",
    "added_by_id",
    "placed_by_id",
    "asked_by_id",
    "opened_by_id",
    "created_by_id",
    "set_by_id",
}
POST_COLUMNS = {"capacity_id"}
AUTHORITY_COLUMNS = {"authority_id", "from_authority_id", "raised_by_authority_id", "proposed_by_authority_id"}
REFUSED = "42501"
# One of each kind that differs in what it may; the rest repeat them.
SEATS = [
    *(
        f"police.{name}"
        for name in (
            "member",
            "screener",
            "frontline",
            "admin",
            "dpo",
            "coordinator",
            "othergroup",
            "jurist",
            "steering",
        )
    ),
    *("police.assigned", "police.former", "social.member", "social.frontline", "social.admin"),
    *("psychiatry.member", "psychiatry.screener", "psychiatry.admin", "psychiatry.mover", "outside.member"),
]


@dataclass(frozen=True)
class Policy:
    """One expression of one policy: `using` or `check`."""

    table: str
    name: str
    command: str
    role: str
    part: str
    expression: str

    def __str__(self) -> str:
        return f"{self.table}.{self.name}.{self.part}"


class Prober:
    """Tries a command on a table as each seat, and tells what happened."""

    def __init__(self, superuser: psycopg.Connection, filled: Filled) -> None:
        self.connection = superuser
        self.filled = filled
        self._rows: dict[str, list[dict[str, Any]]] = {}
        guarded = superuser.execute("select relname from pg_class where relrowsecurity and relkind in ('r', 'p')")
        for (table,) in guarded.fetchall():
            self.rows(table)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The table's rows as they stand, without what the database computes."""
        if table not in self._rows:
            kinds = dict(
                self.connection.execute(
                    "select column_name, data_type from information_schema.columns where table_schema = 'public'"
                    " and table_name = %s and is_generated = 'NEVER' and is_identity = 'NO'",
                    [table],
                ).fetchall()
            )
            columns = list(kinds)
            found = self.connection.execute(
                sql.SQL("select {} from {}").format(
                    sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table)
                )
            ).fetchall()
            self._rows[table] = [
                {
                    column: Jsonb(value) if kinds[column] == "jsonb" else value
                    for column, value in zip(columns, row, strict=True)
                }
                for row in found
            ]
        return self._rows[table]

    @contextlib.contextmanager
    def acting(self, role: str, seat: Seat | None) -> Iterator[None]:
        """Act as a database role, and as a seat in it; undone afterwards."""
        with self.connection.transaction(force_rollback=True):
            self.connection.execute(sql.SQL("set local session authorization {}").format(sql.Identifier(role)))
            if seat:
                self.connection.execute("select set_config('samsvar.token', %s, true)", [seat.token])
            yield

    def attempt(self, query: sql.Composable, values: list[Any] | None = None) -> str:
        """What came of a statement: how many rows and which, or the kind of error."""
        try:
            with self.connection.transaction(force_rollback=True):
                cursor = self.connection.execute(query, values)  # type: ignore[arg-type]
                rows = sorted(map(str, cursor.fetchall())) if cursor.description else []
                return f"{cursor.rowcount} {rows}"
        except psycopg.errors.InsufficientPrivilege:
            return REFUSED
        except psycopg.Error as error:
            # A constraint speaks only after the policy has let the row through.
            return f"past the wall: {error.sqlstate}"

    def trials(self, policy: Policy) -> Generator[str, None, None]:
        """What comes of the policy's command, attempt by attempt."""
        table = sql.Identifier(policy.table)
        if policy.role != APP:
            with self.acting(policy.role, None):
                yield self.attempt(sql.SQL("select count(*) from {}").format(table))
            return
        for seat in [*(self.filled.seat(name) for name in SEATS), None]:
            with self.acting(APP, seat):
                if policy.command == "r":
                    yield self.attempt(sql.SQL("select {} from {}").format(self._key(policy.table), table))
                elif policy.command == "d":
                    yield self.attempt(sql.SQL("delete from {}").format(table))
                elif policy.command == "w":
                    for change in self._changes(policy):
                        yield self.attempt(*change)
                elif seat:
                    for row in self._new_rows(policy.table, seat):
                        yield self.attempt(
                            sql.SQL("insert into {} ({}) values ({})").format(
                                table,
                                sql.SQL(", ").join(map(sql.Identifier, row)),
                                sql.SQL(", ").join(sql.Placeholder() * len(row)),
                            ),
                            list(row.values()),
                        )

    def _key(self, table: str) -> sql.Composable:
        names = self.rows(table)[0].keys()
        return sql.Identifier("id" if "id" in names else next(iter(names)))

    def _changes(self, policy: Policy) -> Iterator[tuple[sql.Composable, list[Any]]]:
        """One column that can be written, and each that the policy speaks of, with values that stand in it somewhere.

        No column is read, so that the policy for reading has no say. Row by row as well, since one refused row refuses
        the whole statement.
        """
        table = policy.table
        writable = [
            row[0]
            for row in self.connection.execute(
                "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped"
                " and has_column_privilege(%s, attrelid, attnum, 'update') order by attnum",
                [table, APP],
            )
        ]
        spoken_of = set(re.findall(r"\b\w+\b", policy.expression))
        for column in [*writable[-1:], *(name for name in writable[:-1] if name in spoken_of)]:
            values: list[Any] = []
            for row in self.rows(table):
                if row[column] not in values:
                    values.append(row[column])
            if column == "case_id":
                values.insert(0, self.filled.ids["case.outside"])
            if column == "at_group_id":
                values.insert(0, self.filled.ids["outside_group"])
            for value in [*values[:2], *_STRANGE.get((table, column), [])]:
                change = sql.SQL("update {} set {} = %s").format(sql.Identifier(table), sql.Identifier(column))
                yield change, [value]
                for row in self.rows(table)[:6]:
                    if "id" in row:
                        yield change + sql.SQL(" where id = %s"), [value, row["id"]]

    def _new_rows(self, table: str, seat: Seat) -> Iterator[dict[str, Any]]:
        """Copies of the rows there are: as they stand, in the seat's name, and in its authority's name."""
        rows = self.rows(table)
        if table == "cases_caseparty":
            rows = [*rows, {**rows[0], "case_id": self.filled.ids["case.unborn"]}]
        elif table == "conferences_conferencestep":
            rows = [*rows, {**rows[0], "item_id": self.filled.ids["conference.item"], "state": "open"}]
        elif table in {"coordination_networkinvitee", "coordination_meetingwishes"}:
            rows = [*rows, {**rows[0], "meeting_id": self.filled.ids["care.meeting.other"]}]
        elif table == "coordination_carenetwork":
            rows = [*rows, {**rows[0], "citizen_id": self.filled.ids["citizen.moved"]}]
        for original in rows:
            is_new = "id" in original and table not in _KEPT_KEY
            copy = {**original, **({"id": uuid4()} if is_new else {}), **_AT_BIRTH.get(table, {})}
            if "at" in copy:
                # Nothing is dated back, and the filled world may be older than a slow machine allows.
                copy["at"] = datetime.now(UTC)
            if table == "conferences_conferencecase":
                copy["number"] = max(row["number"] for row in rows if row["group_id"] == copy["group_id"]) + 1
            if table == "coordination_meetingwishes":
                copy["on"] = datetime.now(ZoneInfo(settings.TIME_ZONE)).date()
            if table == "coordination_mandate":
                copy["version"] += len(rows)
            if table == "coordination_drawnperson":
                copy["name"] = f"{copy['name'][:20]} og en til"
            if "party_ids" in copy:
                copy["party_ids"] = [seat.authority]
            yield copy
            named = {
                **copy,
                **{column: seat.person for column in copy if column in PERSON_COLUMNS},
                **{column: seat.post for column in copy if column in POST_COLUMNS and table not in _POST_IS_SUBJECT},
            }
            yield named
            yield {**named, **{column: seat.authority for column in copy if column in AUTHORITY_COLUMNS}}


# What was told before the row is written names it by its key: past the wall the key stands there already.
_KEPT_KEY = {"letters_outsideletter"}
_TODAY = datetime.now(ZoneInfo(settings.TIME_ZONE)).date()
# Values that stand in no row yet and that a check must refuse.
_STRANGE: dict[tuple[str, str], list[Any]] = {
    ("cases_responsibility", "period"): ["[2026-01-01,2026-02-01)", "[2026-01-01,)"],
    ("cases_action", "state"): ["done", "stopped"],
    ("cases_case", "closed_at"): ["2026-03-01"],
    ("sharing_informationrequest", "state"): ["withdrawn"],
    ("coordination_networkinvitee", "invited_on"): [datetime.now(ZoneInfo(settings.TIME_ZONE)).date()],
    ("coordination_carecoordinator", "until"): ["2999-12-31"],
    ("coordination_carenetwork", "ended_on"): ["2001-01-01"],
    ("coordination_substitutetask", "until"): ["2999-12-31"],
    ("outreach_course", "ended_on"): ["2999-12-31"],
    ("outreach_protection", "ended_on"): ["2999-12-31"],
    ("outreach_proposal", "done_on"): ["2999-12-31"],
    ("outreach_handover", "followed_on"): ["2999-12-31"],
    ("outreach_inquiry", "followed_on"): ["2026-03-01"],
    ("outreach_handover", "told_on"): ["2999-12-31"],
    ("outreach_research", "withdrawn_on"): ["2026-03-01", _TODAY],
    ("outcomes_journal", "version"): [2],
    ("outcomes_report", "sent_by_id"): ["00000000-0000-4000-8000-000000000000"],
    ("coordination_drawnperson", "until"): ["2999-12-31"],
    ("coordination_meetingwishes", "by_id"): ["00000000-0000-4000-8000-000000000000"],
    ("referrals_handover", "state"): ["withdrawn"],
    ("coordination_planversion", "in_force_by_id"): ["00000000-0000-4000-8000-000000000000"],
    # Nobody but the one who writes answers for a page.
    ("directory_directoryentry", "confirmed_by_id"): ["00000000-0000-4000-8000-000000000000"],
    ("meetings_calendarfeed", "ended_at"): ["2026-03-01"],
    ("meetings_draft", "text"): ["Han er født 611180-1234"],
}
# How a row must stand when it is made.
_AT_BIRTH: dict[str, dict[str, Any]] = {
    "rights_outsidelook": {"expires_at": date.today()},
    "coordination_carecoordinator": {"responsible": False, "until": None, "state": "active", "end_reason": ""},
    "cases_concern": {"case_id": None, "state": "raised"},
    "outreach_attempt": {"on": datetime.now(UTC)},
    "outreach_assessment": {"on": _TODAY},
    "outreach_handover": {"on": _TODAY},
    "outreach_protection": {"since": _TODAY, "review_on": _TODAY},
    "outreach_research": {"asked_on": _TODAY},
    "referrals_referral": {
        **dict.fromkeys(("sent_at", "due_at", "answered_at", "closed_at", "consent_id")),
        "state": "draft",
        "basis": "",
        "answer": "",
    },
    "cases_case": {"closed_at": None, "close_reason": "", "standing": "raised"},
    "cases_caseparty": {"until": None, "read_until": None},
}
# Here the post is whom the row is about, not who writes it.
_POST_IS_SUBJECT = {"cases_assignment", "partnerships_membership", "partnerships_groupfunction"}


@pytest.fixture(scope="module")
def prober(database_server: Server, filled_database: FilledDatabase) -> Iterator[Prober]:
    """As the server's administrator, who alone can be every role in turn; everything is rolled back."""
    address = provision.with_database(database_server.cluster.url(), filled_database.database.name)
    with contextlib.closing(provision.connect(address)) as connection:
        # What may be dated this hour alone is dated so: the filled world is older than that at the end of a long run.
        connection.execute("set session_replication_role = replica")
        connection.execute("update conferences_itemwords set changed_at = now()")
        connection.execute("update outcomes_report set sent_at = now() where month = '2026-03-01'")
        connection.execute("update outreach_phone set synced_at = now()")
        connection.execute(
            "update referrals_pathway p set log = jsonb_set(jsonb_set(log, '{0,at}', to_jsonb(now())), '{0,who}',"
            " to_jsonb(u.name)) from accounts_user u where u.id = p.by_id"
        )
        connection.execute("set session_replication_role = origin")
        yield Prober(connection, filled_database.filled)
        connection.rollback()


def policies(connection: psycopg.Connection) -> list[Policy]:
    """Every expression of every policy, from the catalogue."""
    rows = connection.execute(
        """select c.relname, p.polname, p.polcmd, r.rolname, pg_get_expr(p.polqual, p.polrelid),
                  pg_get_expr(p.polwithcheck, p.polrelid)
           from pg_policy p join pg_class c on c.oid = p.polrelid join pg_roles r on r.oid = any(p.polroles)
           where c.relnamespace = 'public'::regnamespace order by 1, 2"""
    ).fetchall()
    found = []
    for table, name, command, role, using, check in rows:
        command = command.decode() if isinstance(command, bytes) else command
        for part, expression in (("using", using), ("check", check)):
            if expression is not None:
                found.append(Policy(table, name, command, role, part, expression))
    return found


def test_no_policy_compares_a_column_with_itself(prober: Prober) -> None:
    """A bare column inside a subselect is taken from the subselect's table, and the condition is then always true."""
    same = re.compile(r"\b(\w+\.\w+) = \1\b")
    assert [str(policy) for policy in policies(prober.connection) if same.search(policy.expression)] == []


ARTEFACT = Path(__file__).resolve().parents[2] / "artefacts" / "policy-mutation.tsv"


class Catalogue:
    """What comes of each trial as the policies stand, and when one of them says something else."""

    def __init__(self, prober: Prober) -> None:
        self.prober = prober
        self._before: dict[tuple[str, ...], list[str]] = {}

    def noticed(self, policy: Policy, replacement: str) -> int:
        """Which trial is the first to come out otherwise when the policy's expression is replaced; 0 when none does."""
        place = (policy.table, policy.command, policy.role, policy.part)
        if place not in self._before:
            self._before[place] = list(self.prober.trials(policy))
        with self.prober.connection.transaction(force_rollback=True):
            self.prober.connection.execute(
                sql.SQL("alter policy {} on {} {} ({})").format(
                    sql.Identifier(policy.name),
                    sql.Identifier(policy.table),
                    sql.SQL("using" if policy.part == "using" else "with check"),
                    sql.SQL(replacement),
                )
            )
            # Closed before the rollback: whoever stops in the middle still acts as somebody.
            with contextlib.closing(self.prober.trials(policy)) as trials:
                both = zip(trials, self._before[place], strict=True)
                return next((number for number, (now, then) in enumerate(both, 1) if now != then), 0)


@pytest.fixture(scope="module")
def catalogue(prober: Prober) -> Catalogue:
    """The catalogue's policies, each tried once as it stands."""
    return Catalogue(prober)


def probed(connection: psycopg.Connection) -> list[Policy]:
    """Those that a probe can speak of.

    The owner is a member of the policy role and has its policies too; it stands behind the wall. Other roles than the
    application may write whatever they read; the reading is the probe.
    """
    return [
        policy
        for policy in policies(connection)
        if policy.role != OWNER and (policy.role == APP or policy.part != "check")
    ]


@pytest.mark.req("R-000-150")
def test_every_policy_has_a_probe_that_notices_its_loss(catalogue: Catalogue) -> None:
    """Kept as artefacts/policy-mutation.tsv: each policy, what it was replaced by, and which trial noticed."""
    connection = catalogue.prober.connection
    seen = policies(connection)
    lines, unnoticed = [], []
    for policy in probed(connection):
        for replacement in ("true", "false"):
            if policy.expression == replacement:
                continue
            noticed = catalogue.noticed(policy, replacement)
            lines.append(f"{policy}\t{policy.role}\t{replacement}\t{noticed or 'no'}\n")
            if not noticed:
                unnoticed.append(f"{policy} -> {replacement}")
    ARTEFACT.parent.mkdir(exist_ok=True)
    ARTEFACT.write_text("policy\trole\treplaced by\tnoticed by trial\n" + "".join(lines))
    sys.stdout.write(f"{len(lines) - len(unnoticed):,} of {len(lines):,} replacements noticed\n")
    assert len(seen) > 100
    assert {policy.role for policy in seen} == {APP, CARETAKER, OWNER, POLICY}
    assert unnoticed == [], "\n".join(unnoticed)
