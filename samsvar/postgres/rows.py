"""Row policies as data: what a room's `policies.py` declares, and how it reaches the database.

The shapes are D8 of row-policies.md: first cut by the actor's arrays, then the fact. Policies are applied again after
every `migrate`, so that `policies.py` is the one place to read them. A table gets its grants here and nowhere else: one
without policies is out of the application's reach rather than open.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module

from django.apps import apps
from django.db.backends.utils import CursorWrapper
from django.db.models import JSONField

from samsvar.postgres.actor import WITH_CITIZENS

OWNER = "samsvar_owner"
APP = "samsvar_app"
CARETAKER = "samsvar_caretaker"
POLICY = "samsvar_policy"

# Each is read once per statement: the select makes it an init plan (row-policies.md).
PERSON = "(select actor_person())"
CAPACITY = "(select actor_capacity())"
AUTHORITIES = "(select actor_authorities())::uuid[]"
GROUPS = "(select actor_groups())::uuid[]"
SEATS = "(select actor_seats())::uuid[]"
PARTNERSHIPS = "(select actor_partnerships())::uuid[]"
ASSIGNED = "(select actor_assigned())::uuid[]"
ROLES = "(select actor_roles())::text[]"


# The roles that work with persons at all (house.md, Roles).
WORKING = f"array{[*WITH_CITIZENS, 'coordinator', 'chair', 'secretariat']}::text[]"


def has_role(*roles: str) -> str:
    """SQL that is true when the actor acts in at least one of these roles."""
    return f"{ROLES} && array[{', '.join(repr(role) for role in roles)}]::text[]"


def near(column: str) -> str:
    """SQL: this hour, as the database's clock has it: nothing is dated back."""
    return f"{column} between moment() - interval '10 minutes' and moment() + interval '10 minutes'"


# The day by the clock that stamps: a demonstration is told as it would have happened.
MOMENTS_DAY = "(moment() at time zone 'Europe/Copenhagen')::date"


def sits_in(partnership: str = "THIS.partnership_id") -> str:
    """SQL of a row without persons: the actor has a seat or a function in its partnership, on whatever level."""
    return (
        f"exists (select 1 from partnerships_group g where g.partnership_id = {partnership} "  # noqa: S608
        f"and g.id = any({SEATS}) offset 0)"
    )


def party_rows(case: str = "THIS.case_id") -> str:
    """SQL of a case row: reached through group or assignment, and the actor's authority is party to the case.

    `offset 0` keeps PostgreSQL from turning the check into a join over the whole table. `THIS` stands for the policy's
    table: inside a subselect a bare column name is taken from the subselect's own table, and the check is always true.
    """
    return f"({in_reach(case)} and {is_party(case)})"


def in_reach(case: str = "THIS.case_id") -> str:
    """SQL of the first cut: a group the actor sits in, or a case the actor is assigned to or has raised."""
    return f"(group_id = any({GROUPS}) or {case} = any({ASSIGNED}))"


def is_party(case: str = "THIS.case_id") -> str:
    """SQL of the fact: the actor's authority is party to the case now, or within the run-off after leaving it."""
    return f"exists (select 1 from my_party p where p.case_id = {case} offset 0)"  # noqa: S608


def still_in(case: str = "THIS.case_id") -> str:
    """SQL of who may write: the actor's authority has not stepped out of the case. The run-off is for reading."""
    return f"exists (select 1 from my_party p where p.case_id = {case} and p.heard_until is null offset 0)"  # noqa: S608


def heard(at: str, case: str = "THIS.case_id") -> str:
    """SQL of what a party has heard: what is said at the table after its authority has left it is not told to it."""
    return (
        f"exists (select 1 from my_party p where p.case_id = {case} "  # noqa: S608
        f"and (p.heard_until is null or {at} <= p.heard_until) offset 0)"
    )


def heard_rows(at: str, case: str = "THIS.case_id") -> str:
    """SQL of a case row written, at `at`, while the actor's authority was in the case: `party_rows` for reading."""
    return f"({in_reach(case)} and {heard(at, case)})"


def writer_rows(case: str = "THIS.case_id") -> str:
    """SQL of a case row that the actor may write: `party_rows` for those who have not stepped out."""
    return f"({in_reach(case)} and {still_in(case)})"


def of_case(table: str) -> str:
    """SQL of a new case row: its case is one the actor sees, and it stands in that case's own group and partnership.

    Without it a row could name a group of the actor's choice and so be written into a case the actor does not reach.
    """
    return (
        f"exists (select 1 from cases_case k where k.id = {table}.case_id and k.group_id = {table}.group_id "  # noqa: S608
        f"and k.partnership_id = {table}.partnership_id offset 0)"
    )


def received(subject: str) -> str:
    """SQL of the door: this row has been disclosed to the actor's authority."""
    return f"exists (select 1 from my_receipt r where r.subject_id = {subject} offset 0)"  # noqa: S608


@dataclass(frozen=True)
class Policies:
    """The policies of one table, one per command; a command left out is refused.

    `immutable` columns can be written once, at insert; `hidden` columns the application role can write but never read.
    `definer` is what the definer functions may do with the table ("select" or "all").
    """

    table: str
    select: str | None = None
    insert: str | None = None
    update: str | None = None
    update_check: str | None = None
    delete: str | None = None
    immutable: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    definer: str = "select"


@dataclass(frozen=True)
class OpenTable:
    """A table without row security, with the reason why no row of it tells anything about a citizen."""

    table: str
    reason: str
    rights: str = "select, insert, update, delete"


@dataclass
class Wall:
    """All declarations of all rooms, in floor order."""

    before: list[str] = field(default_factory=list)
    policies: list[Policies] = field(default_factory=list)
    open_tables: list[OpenTable] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def declared() -> Wall:
    """Read `policies.py` of every room."""
    wall = Wall()
    for config in apps.get_app_configs():
        if not config.name.startswith("samsvar."):
            continue
        try:
            module = import_module(f"{config.name}.policies")
        except ModuleNotFoundError as missing:
            if missing.name != f"{config.name}.policies":
                raise
            continue
        wall.before += getattr(module, "FUNCTIONS", [])
        wall.policies += getattr(module, "POLICIES", [])
        wall.open_tables += getattr(module, "OPEN_TABLES", [])
        wall.after += getattr(module, "TRIGGERS", [])
    return wall


def apply(cursor: CursorWrapper) -> None:
    """Bring the database's wall in line with the rooms' declarations. Idempotent; runs as the owner."""
    wall = declared()
    for table in wall.policies:
        _rights(cursor, table)
    for open_table in wall.open_tables:
        cursor.execute(f"revoke all on {open_table.table} from {APP}, {CARETAKER}")
        cursor.execute(f"grant {open_table.rights} on {open_table.table} to {APP}")
        cursor.execute(f"grant select on {open_table.table} to {POLICY}")
        cursor.execute(f"grant select, delete on {open_table.table} to {CARETAKER}")
    for statement in wall.before:
        cursor.execute(statement)
    for table in wall.policies:
        _policies(cursor, table)
        _days(cursor, table.table)
        _json(cursor, table.table)
    for statement in wall.after:
        cursor.execute(statement)


def definer_function(signature: str, returns: str, body: str, volatile: str = "stable", cost: int = 1000) -> list[str]:
    """A plpgsql function that runs with the policy role's rights and a fixed search path.

    `signature` is "name(argument type, ...)". The cost keeps the planner from evaluating it per row.
    """
    return [
        f"create or replace function {signature} returns {returns} language plpgsql {volatile} security definer "
        f"set search_path = pg_catalog, public, pg_temp cost {cost} as $body$ {body} $body$",
        f"alter function {_argument_types(signature)} owner to {POLICY}",
        f"revoke all on function {_argument_types(signature)} from public",
        f"grant execute on function {_argument_types(signature)} to {APP}, {CARETAKER}, {OWNER}",
    ]


def stamped(table: str, *columns: str, events: str = "insert or update") -> list[str]:
    """A trigger: what the act itself dates is dated now, by the program's own role. See `written_now` (postgres)."""
    names = ", ".join(f"'{one}'" for one in columns)
    return [
        f"drop trigger if exists stamped on {table}",
        f"create trigger stamped before {events} on {table} for each row execute function written_now({names})",
    ]


def counted(table: str, *columns: str) -> list[str]:
    """A trigger: these columns go up by one at most, by the program's own role. See `counts_up` (postgres).

    A counter at its end would stop every later step of whoever shares the row.
    """
    names = ", ".join(f"'{one}'" for one in columns)
    return [
        f"drop trigger if exists counted on {table}",
        f"create trigger counted before update on {table} for each row execute function counts_up({names})",
    ]


def guard_columns(table: str, owner_column: str, *open_to_receivers: str) -> list[str]:
    """A trigger that lets whoever is not the owner change nothing but these columns of a row.

    A policy cannot tell columns apart by who writes; without this a receiver could rewrite what another authority said.
    """
    columns = ", ".join(f"'{name}'" for name in (owner_column, *open_to_receivers))
    return [
        f"drop trigger if exists guard_columns on {table}",
        f"create trigger guard_columns after update on {table} for each row execute function guard_columns({columns})",
    ]


def _argument_types(signature: str) -> str:
    name, _, arguments = signature.partition("(")
    types = [argument.strip().split(" ", 1)[1] for argument in arguments.rstrip(")").split(",") if argument.strip()]
    return f"{name}({', '.join(types)})"


def _columns(cursor: CursorWrapper, table: str) -> list[str]:
    cursor.execute(
        "select attname, attgenerated <> '' from pg_attribute"
        " where attrelid = %s::regclass and attnum > 0 and not attisdropped",
        [table],
    )
    return [name for name, generated in cursor.fetchall() if not generated]


def _rights(cursor: CursorWrapper, table: Policies) -> None:
    cursor.execute(f"revoke all on {table.table} from {APP}, {CARETAKER}, {POLICY}")
    cursor.execute(
        f"grant {'select, insert, update, delete' if table.definer == 'all' else 'select'} on {table.table} to {POLICY}"
    )
    cursor.execute(f"grant select, insert, update, delete on {table.table} to {CARETAKER}")
    plain = _columns(cursor, table.table)
    if table.select:
        if table.hidden:
            cursor.execute(
                "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped",
                [table.table],
            )
            readable = [f'"{row[0]}"' for row in cursor.fetchall() if row[0] not in table.hidden]
            cursor.execute(f"grant select ({', '.join(readable)}) on {table.table} to {APP}")
        else:
            cursor.execute(f"grant select on {table.table} to {APP}")
    if table.insert:
        cursor.execute(f"grant insert on {table.table} to {APP}")
    if table.update:
        writable = [f'"{name}"' for name in plain if name not in (*table.immutable, "id")]
        cursor.execute(f"grant update ({', '.join(writable)}) on {table.table} to {APP}")
    if table.delete:
        cursor.execute(f"grant delete on {table.table} to {APP}")


# A day of every kind lies between these: the database also has "infinity", which no page can show and no job comes to.
# Wider than what a form takes (1900 to 2199), so that a program can still count years forward and back.
FIRST_DAY, LAST_DAY = "1800-01-01", "2999-12-31"
_DAYS = {
    "date": "{0} between date '{1}' and date '{2}'",
    "timestamptz": "{0} between timestamptz '{1} 00:00+00' and timestamptz '{2} 00:00+00'",
    # The end of a range may be open.
    "tstzrange": "lower({0}) between timestamptz '{1} 00:00+00' and timestamptz '{2} 00:00+00'"
    " and (upper_inf({0}) or upper({0}) <= timestamptz '{2} 00:00+00')",
}
DAYS_RULE = "days_are_days"


def _days(cursor: CursorWrapper, table: str) -> None:
    """A rule on the table: its days are days, whoever writes. Months of the log are dated by the log itself."""
    days = _columns_of(cursor, table, *_DAYS)
    _rule(cursor, table, DAYS_RULE, [_DAYS[kind].format(f'"{name}"', FIRST_DAY, LAST_DAY) for name, kind in days])


def _columns_of(cursor: CursorWrapper, table: str, *kinds: str) -> list[tuple[str, str]]:
    """The columns of some types with their type, in their order; of a table in months none."""
    cursor.execute(
        "select a.attname, t.typname from pg_attribute a join pg_type t on t.oid = a.atttypid"
        " join pg_class c on c.oid = a.attrelid where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped"
        " and c.relkind = 'r' and t.typname = any(%s) order by a.attnum",
        [table, list(kinds)],
    )
    return list(cursor.fetchall())


def _rule(cursor: CursorWrapper, table: str, name: str, checks: list[str]) -> None:
    if not checks:
        return
    cursor.execute(f"alter table {table} drop constraint if exists {name}")
    # Rows of an older version are left as they are: what is written from now on is asked.
    cursor.execute(f"alter table {table} add constraint {name} check (({') and ('.join(checks)})) not valid")


# What every page and job can read: no number that Python refuses or no clock comes to, no nesting without end, and no
# more than a page can carry. Written as one expression, which the planner puts into the rule that asks it.
LARGEST_NUMBER = 10**15
JSON_IS_PLAIN = f"""create or replace function json_is_plain(doc jsonb) returns boolean
    language sql immutable parallel safe as $$ select octet_length(doc::text) <= 1000000
        and not pg_catalog.jsonb_path_exists(doc, 'strict $.**{{13 to last}}')
        and not pg_catalog.jsonb_path_exists(doc,
            'strict $.** ? (@.type() == "number" && (@ > {LARGEST_NUMBER} || @ < -{LARGEST_NUMBER}))') $$"""
JSON_RULE = "json_is_plain"


def json_kinds() -> dict[tuple[str, str], str]:
    """What a JSON column holds at its top, "object" or "array", by table and column: as the model begins it."""
    return {
        (model._meta.db_table, column.attname): "object" if column.default is dict else "array"
        for model in apps.get_models()
        for column in model._meta.local_fields
        if isinstance(column, JSONField) and column.default in {dict, list}
    }


def _json(cursor: CursorWrapper, table: str) -> None:
    """A rule on the table: its JSON is plain, whoever writes. What is written in the log is asked by the log itself."""
    kinds, rules = json_kinds(), []
    for name, _type in _columns_of(cursor, table, "jsonb"):
        kind = kinds.get((table, name))
        # Without a beginning of its own it is one of the two: null and a bare word are neither.
        right = f"= '{kind}'" if kind else "in ('object', 'array')"
        rules += [f'json_is_plain("{name}")', f'jsonb_typeof("{name}") {right}']
    _rule(cursor, table, JSON_RULE, rules)


def _policies(cursor: CursorWrapper, table: Policies) -> None:
    cursor.execute(f"alter table {table.table} enable row level security")
    cursor.execute(f"alter table {table.table} force row level security")
    cursor.execute("select policyname from pg_policies where schemaname = 'public' and tablename = %s", [table.table])
    for (name,) in cursor.fetchall():
        cursor.execute(f'drop policy "{name}" on {table.table}')
    for statement in _statements(table):
        cursor.execute(statement)


def _statements(table: Policies) -> Iterable[str]:
    name = table.table
    yield f"create policy owner_all on {name} to {OWNER} using (true) with check (true)"
    yield f"create policy caretaker_all on {name} to {CARETAKER} using (true) with check (true)"
    command = "all" if table.definer == "all" else "select"
    check = " with check (true)" if table.definer == "all" else ""
    yield f"create policy definer_{command} on {name} for {command} to {POLICY} using (true){check}"

    def of_this(condition: str) -> str:
        return condition.replace("THIS.", f"{name}.")

    if table.select:
        yield f"create policy app_select on {name} for select to {APP} using ({of_this(table.select)})"
    if table.insert:
        yield f"create policy app_insert on {name} for insert to {APP} with check ({of_this(table.insert)})"
    if table.update:
        # Without a check of its own PostgreSQL asks the new row what it asked the old one.
        check = f" with check ({of_this(table.update_check)})" if table.update_check else ""
        yield f"create policy app_update on {name} for update to {APP} using ({of_this(table.update)}){check}"
    if table.delete:
        yield f"create policy app_delete on {name} for delete to {APP} using ({of_this(table.delete)})"
