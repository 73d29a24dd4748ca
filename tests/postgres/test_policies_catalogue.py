"""What the catalogue of a migrated database says of the wall: tables, rights, functions, columns."""

import re
from datetime import date

import psycopg
import pytest

from samsvar.law.kinds import AuthorityKind
from samsvar.law.packs import current as current_pack
from samsvar.postgres.provision import APP, CARETAKER, FRAMEWORK_GRANTS, OWNER, POLICY
from samsvar.postgres.rows import declared

# Tables of the libraries, with the reason why no row of them tells anything about a citizen.
FRAMEWORK = {
    "django_session": "who is logged in; reached before anyone acts",
    "django_content_type": "names of tables",
    "django_migrations": "names of migrations",
    "samsvar_installation": "whether this is a demonstration",
    "account_emailaddress": "employees' addresses",
    "account_emailconfirmation": "employees' addresses",
    "mfa_authenticator": "employees' second factors",
    "auth_group": "not used",
    "auth_group_permissions": "not used",
    "auth_permission": "not used",
}
# Jobs carry ids of groups and days, never persons.
FRAMEWORK_PREFIXES = ("procrastinate_",)
OWNER_COLUMNS = {"partnership_id", "authority_id", "case_id", "group_id", "by_id", "raised_by_id", "created_by_id"}
# An owner column that may be written, and why.
MAY_CHANGE = {
    ("cases_concern", "case_id"): "screening ties a concern to a case; the policy asks that one is in it",
    ("cases_concern", "group_id"): "screening chooses the table",
    ("cases_acutecontact", "case_id"): "an acute contact may become a case",
    ("cases_acutecontact", "group_id"): "with its case",
    ("cases_networkcase", "case_id"): "a network case may become a case",
    ("tasks_task", "group_id"): "a task may be handed to a group",
    (
        "coordination_meetingwishes",
        "by_id",
    ): "whoever wrote them last stands for them, under the own name",
}
# R-000-112, R-000-113: words that no structured column may bear, Danish and English.
FORBIDDEN_WORDS = (
    "race|racial|religi|tro_|faith|belief|politi(cal|k|sk)_?(view|opinion|party|anskuel|parti|holdning)|"
    "union|fagforening|ethnic|etni|nationalit|convict|domfald|straffet|dom_|sentence|criminal_record|straffeattest|"
    "offen[cs]e|lovovertr|sexual|seksuel"
)


@pytest.fixture
def catalogue(owner_connection: psycopg.Connection) -> psycopg.Connection:
    """A connection for reading the catalogue."""
    return owner_connection


def test_every_table_is_behind_the_wall_or_on_a_list_with_its_reason(catalogue: psycopg.Connection) -> None:
    wall = declared()
    guarded = {policies.table for policies in wall.policies}
    open_tables = {table.table: table.reason for table in wall.open_tables}
    found = catalogue.execute(
        "select c.relname, c.relrowsecurity and c.relforcerowsecurity, c.relispartition,"
        " array(select p.polcmd::text from pg_policy p where p.polrelid = c.oid)"
        " from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
    ).fetchall()
    assert len(found) > 60
    unexplained = []
    for table, forced, partition, commands in found:
        if table in guarded:
            assert forced, table
            assert commands, table
        elif partition:
            # A month of the log: read and written through the whole.
            rights = catalogue.execute(
                "select bool_or(has_table_privilege(role, %s, 'select, insert, update, delete'))"
                " from unnest(%s::text[]) role",
                [table, [APP, CARETAKER]],
            ).fetchone()
            assert forced, table
            assert rights == (False,), table
        elif table not in open_tables and table not in FRAMEWORK and not table.startswith(FRAMEWORK_PREFIXES):
            unexplained.append(table)
    assert unexplained == []
    assert all(open_tables.values())
    assert set(FRAMEWORK) <= {row[0] for row in found}
    assert guarded <= {row[0] for row in found}


def test_the_application_reaches_nothing_that_no_policy_speaks_of(catalogue: psycopg.Connection) -> None:
    """A right without a policy for its command would be refused row by row; one on an unlisted table would not."""
    wall = declared()
    given = {policies.table: policies for policies in wall.policies}
    listed = {table.table for table in wall.open_tables} | set(FRAMEWORK_GRANTS) | set(FRAMEWORK)
    for table, right in catalogue.execute(
        "select c.relname, a.privilege_type from pg_class c, aclexplode(c.relacl) a"
        " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.grantee = %s::regrole",
        [APP],
    ).fetchall():
        if table in given:
            assert getattr(given[table], right.lower()), f"{right} on {table}"
        else:
            assert table in listed or table.startswith(FRAMEWORK_PREFIXES), f"{right} on {table}"
    public = catalogue.execute(
        "select c.relname from pg_class c, aclexplode(c.relacl) a"
        " where c.relnamespace = 'public'::regnamespace and a.grantee = 0"
    ).fetchall()
    assert public == []


@pytest.mark.parametrize("role", [APP, CARETAKER, POLICY])
def test_no_role_in_use_is_mighty_or_owns_or_makes_anything(catalogue: psycopg.Connection, role: str) -> None:
    assert catalogue.execute(
        "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication from pg_roles where rolname = %s",
        [role],
    ).fetchone() == (False, False, False, False, False)
    owned = catalogue.execute(
        "select relname, relkind::text from pg_class where relowner = %s::regrole", [role]
    ).fetchall()
    assert {kind for _, kind in owned} <= ({"v"} if role == POLICY else set())
    members = catalogue.execute(
        "select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid where m.member = %s::regrole",
        [role],
    ).fetchall()
    assert members == []
    if role != POLICY:
        assert catalogue.execute("select has_schema_privilege(%s, 'public', 'create')", [role]).fetchone() == (False,)
        assert catalogue.execute(
            "select has_database_privilege(%s, current_database(), 'create, temporary')", [role]
        ).fetchone() == (False,)


def test_the_application_is_no_member_that_reads_files_or_ends_others(catalogue: psycopg.Connection) -> None:
    mighty = catalogue.execute(
        "select r.rolname from pg_roles r where r.rolname like 'pg\\_%%' and pg_has_role(%s, r.oid, 'member')", [APP]
    ).fetchall()
    assert mighty == []


def test_owner_columns_cannot_be_written_twice(catalogue: psycopg.Connection) -> None:
    writable = catalogue.execute(
        "select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.relnamespace = 'public'::regnamespace and c.relrowsecurity and a.attnum > 0 and not a.attisdropped"
        " and has_column_privilege(%s, c.oid, a.attnum, 'update')",
        [APP],
    ).fetchall()
    assert len(writable) > 80
    assert {pair for pair in writable if pair[1] in OWNER_COLUMNS | {"id"}} - set(MAY_CHANGE) == set()
    assert not [pair for pair in writable if pair[1] in {"party_ids", "successor_id", "level", "blind_index"}]


# Each key that must be unique, and why a collision with a row one does not see tells nothing.
COLLISIONS = {
    "accounts_actorsession": "reached by functions alone",
    "accounts_gate": "one row",
    "audit_": "written by one function alone, in the own authority's chain",
    "cases_assignment": "one sees the case whose colleague one names",
    "cases_case": "the number of a case tells nobody whose it is, and numbers follow each other",
    "cases_caseparty": "a party is made by a receipt, quietly, or by the raiser of the case",
    "cases_outsidenotifier": "one sees the concern",
    "cases_recurrence": "written by a function that tells nothing",
    "cases_referencecounter": "reached by a function alone",
    "cases_responsibility": "one sees the case",
    "conferences_": "one sees every number and every item of the group, and works with the matter",
    "coordination_carenetwork": "the own authority's; its message is for a colleague (docs/decisions/0090)",
    "coordination_careeventdelivery": "one has released the event oneself",
    "coordination_": "one is inside the network",
    "citizens_citizen": "reached by functions that tell nothing",
    "citizens_identity": "the own authority's; found by own_identity_of before it is written",
    "directory_directoryentry": "the partnership reads every page",
    "directory_lawanswer": "one sees the question",
    "directory_lawchange": "the partnership reads every change",
    "letters_outsideletter": "the own disclosure, which nobody else can name",
    "meetings_": "one sees the meeting and the case",
    "outreach_": "the own unit's, every row of it read",
    "outcomes_": "the own unit's, every row of it read",
    "partnerships_": "structure is read by all",
    "referrals_transition": "the own unit's, or of a post in no unit its own; its message is for who sees the row",
    "referrals_handover": "one sees the transition, and whom one has handed it to",
    "referrals_pathway": "the own unit's; its message is for a colleague",
    "sharing_release": "the own authority's; asked before it is written",
    "sharing_treatmentsentence": "one row per case and own authority",
    "retention_disposal": "written by the caretaker and by a function alone",
    "retention_retentionrule": "the own authority's",
    "rights_logreview": "the own authority's row of the log, drawn for the own data protection officer",
    "rights_hearing": "one sees the request and whom one has asked",
    "rights_logwatch": "the own authority's",
    "steering_": "those who have a seat read every row",
    "tasks_notice": "written by the caretaker alone",
}


def test_a_key_that_is_taken_tells_nothing_across_the_wall(catalogue: psycopg.Connection) -> None:
    keys = catalogue.execute(
        "select c.relname, i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid"
        " where c.relnamespace = 'public'::regnamespace and c.relrowsecurity and not c.relispartition"
        " and (i.indisunique or i.indisexclusion)"
        # A primary key is random and made by whoever writes the row.
        " and not (i.indisprimary and i.indkey::text = '1')"
    ).fetchall()
    assert len(keys) > 15
    assert [pair for pair in keys if not any(pair[0].startswith(table) for table in COLLISIONS)] == []


def test_nothing_is_counted_by_a_sequence_that_all_share(catalogue: psycopg.Connection) -> None:
    sequences = catalogue.execute(
        "select relname from pg_class where relnamespace = 'public'::regnamespace"
        " and case when relkind = 'S' then has_sequence_privilege(%s, oid, 'usage, select') end",
        [APP],
    ).fetchall()
    libraries = ("procrastinate_", "account_", "mfa_", "auth_")
    assert [name for (name,) in sequences if not name.startswith(libraries)] == []


def test_statistics_of_person_rows_are_out_of_reach(catalogue: psycopg.Connection) -> None:
    assert catalogue.execute("select has_table_privilege(%s, 'pg_statistic', 'select')", [APP]).fetchone() == (False,)


@pytest.mark.req("R-000-112", "LR-000-46", "LR-000-49")
@pytest.mark.req("R-000-113")
def test_no_column_for_what_nobody_may_register(catalogue: psycopg.Connection) -> None:
    columns = catalogue.execute(
        "select table_name, column_name from information_schema.columns where table_schema = 'public'"
    ).fetchall()
    assert len(columns) > 300
    forbidden = re.compile(FORBIDDEN_WORDS, re.IGNORECASE)
    assert [pair for pair in columns if forbidden.search(pair[1])] == []
    # The pattern itself is alive.
    for word in ("religion", "ethnicity", "etnicitet", "union_member", "fagforening", "political_view", "convictions"):
        assert forbidden.search(word), word


# What is kept for statistics and evaluation: no row of it points at a person or at anything of theirs.
EVALUATION = ("retention_remainder", "steering_evaluationanswer")


@pytest.mark.req("R-004-65")
def test_what_is_kept_for_evaluation_leads_back_to_nobody(catalogue: psycopg.Connection) -> None:
    for table in EVALUATION:
        keys = catalogue.execute(
            "select f.relname from pg_constraint c join pg_class f on f.oid = c.confrelid"
            " where c.contype = 'f' and c.conrelid = %s::regclass",
            [table],
        ).fetchall()
        assert keys, table
        assert {key for (key,) in keys} <= {"partnerships_partnership", "partnerships_group", "partnerships_authority"}
        columns = catalogue.execute(
            "select column_name, data_type from information_schema.columns where table_name = %s", [table]
        ).fetchall()
        assert not [
            name
            for name, _kind in columns
            if re.search(r"citizen|identity|case|name|cpr|known_as|pseudonym|address", name)
        ], table
        uuids = {name for name, kind in columns if kind == "uuid"}
        assert uuids <= {"id", "partnership_id", "group_id", "authority_id"}, table


def test_functions_with_borrowed_rights_are_fixed_and_closed(catalogue: psycopg.Connection) -> None:
    functions = catalogue.execute(
        "select p.oid::regprocedure::text, pg_get_userbyid(p.proowner),"
        " coalesce(array_to_string(p.proconfig, ';'), ''), has_function_privilege('public', p.oid, 'execute')"
        " from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef"
        " and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')"
    ).fetchall()
    assert len(functions) > 25
    for name, owner, settings, public in functions:
        assert "search_path=pg_catalog, public, pg_temp" in settings, name
        assert not public, name
        if owner != POLICY:
            # Only the months of the log need the owner, who alone makes tables; the application cannot call it.
            assert (owner, name) == (OWNER, "audit_ensure_partitions(integer)")
            assert catalogue.execute("select has_function_privilege(%s, %s, 'execute')", [APP, name]).fetchone() == (
                False,
            )


def test_no_own_function_can_be_called_by_everybody(catalogue: psycopg.Connection) -> None:
    """Functions of extensions and of the task library are theirs; ours are granted one by one."""
    open_to_all = catalogue.execute(
        "select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace"
        " and has_function_privilege('public', p.oid, 'execute') and p.proname not like 'procrastinate\\_%'"
        " and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')"
    ).fetchall()
    assert open_to_all == []


def test_the_views_of_ones_own_parties_hold_back_what_a_leaky_function_would_tell(
    catalogue: psycopg.Connection,
) -> None:
    views = catalogue.execute(
        "select relname, pg_get_userbyid(relowner), coalesce(array_to_string(reloptions, ';'), '')"
        " from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'"
        " and not exists (select 1 from pg_depend d where d.objid = pg_class.oid and d.deptype = 'e')"
    ).fetchall()
    assert {(name, owner) for name, owner, _ in views} == {("my_party", POLICY), ("my_receipt", POLICY)}
    assert all("security_barrier=true" in options for _, _, options in views)


def test_no_catalogue_function_has_been_declared_leakproof(catalogue: psycopg.Connection) -> None:
    """A text operator marked leakproof would use the index, and tell of rows behind the wall (row-policies.md)."""
    marked = catalogue.execute(
        "select p.proname from pg_proc p where p.proleakproof and (p.proname like '%like%' or p.proname like 'ts\\_%')"
        " and p.proname !~ '^(name|text|bpchar|bytea)(eq|ne|lt|le|gt|ge|like|nlike)'"
    ).fetchall()
    assert marked == []


def test_the_database_asks_the_list_of_releasers_of_the_health_kinds_of_the_law(catalogue: psycopg.Connection) -> None:
    row = catalogue.execute("select pg_get_functiondef('partnerships_releases()'::regprocedure)").fetchone()
    assert row is not None
    named = {kind for kind in AuthorityKind if f"'{kind}'" in row[0]}
    assert named == current_pack(date.today()).health_kinds
