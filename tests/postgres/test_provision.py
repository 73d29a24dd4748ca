"""The roles hold no more than they need, and a second installation step changes nothing."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samsvar import cli
from samsvar.postgres import provision
from samsvar.postgres.provision import APP, CARETAKER, OWNER, POLICY, Addresses
from samsvar.postgres.server import Cluster
from tests.environment import open_the_way_to

PASSWORDS = provision.new_passwords()


@pytest.fixture
def addresses(database_roles: Cluster) -> Iterator[Addresses]:
    """A prepared database without tables."""
    yield provision.provision(database_roles.url(), "samsvar_provision", PASSWORDS)
    with provision.connect(database_roles.url(), autocommit=True) as admin:
        admin.execute("DROP DATABASE samsvar_provision WITH (FORCE)")


@pytest.fixture(scope="module")
def database_roles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A server of its own: passwords belong to the whole server, and other tests hold theirs."""
    base = tmp_path_factory.mktemp("roles")
    open_the_way_to(base)
    cluster = Cluster(base / "postgres", durable=False)
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of the test's own."""
    monkeypatch.setenv("SAMSVAR_HOME", str(tmp_path))
    return tmp_path


def one(connection: psycopg.Connection, query: str) -> object:
    row = connection.execute(query).fetchone()  # type: ignore[call-overload]
    assert row is not None
    return row[0]


@pytest.mark.parametrize("role", [OWNER, APP, CARETAKER, POLICY])
def test_no_role_is_above_the_policies(addresses: Addresses, role: str) -> None:
    with provision.connect(addresses.app) as connection:
        rights = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, rolcanlogin"
            " FROM pg_roles WHERE rolname = %s",
            [role],
        ).fetchone()
    assert rights == (False, False, False, False, False, role != POLICY)


@pytest.mark.parametrize("role", ["app", "caretaker"])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "SET ROLE samsvar_owner",
        "SET ROLE samsvar_policy",
        "CREATE ROLE another",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_application_and_caretaker_cannot_change_the_database(addresses: Addresses, role: str, statement: str) -> None:
    with provision.connect(getattr(addresses, role)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)  # type: ignore[call-overload]


def test_a_new_table_is_closed_until_a_migration_opens_it(addresses: Addresses) -> None:
    with provision.connect(addresses.owner) as owner:
        owner.execute("CREATE TABLE persons (name text)")
    with provision.connect(addresses.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("SELECT * FROM persons")


def test_the_owner_hands_functions_to_the_policy_role(addresses: Addresses) -> None:
    with provision.connect(addresses.owner) as owner:
        owner.execute("CREATE FUNCTION who() RETURNS name LANGUAGE sql SECURITY DEFINER AS 'SELECT current_user'")
        owner.execute("ALTER FUNCTION who() OWNER TO samsvar_policy")
    with provision.connect(addresses.app) as app:
        assert one(app, "SELECT who()") == POLICY


def test_search_and_exclusion_have_their_extensions(addresses: Addresses) -> None:
    with provision.connect(addresses.app) as app:
        assert one(app, "SELECT similarity('udskrivning', 'udskrivningsaftale') > 0.5") is True
        assert one(app, "SELECT count(*) FROM pg_extension WHERE extname IN ('btree_gist', 'pg_trgm')") == 2


def test_making_the_roles_again_changes_nothing(addresses: Addresses, database_roles: Cluster) -> None:
    again = provision.provision(database_roles.url(), "samsvar_provision", PASSWORDS)
    assert again == addresses


def test_a_role_that_has_become_mighty_is_refused(addresses: Addresses, database_roles: Cluster) -> None:
    with provision.connect(database_roles.url(), autocommit=True) as admin:
        admin.execute("ALTER ROLE samsvar_app BYPASSRLS")
        try:
            with pytest.raises(provision.ProvisionError, match="samsvar_app exists and has more rights"):
                provision.make_roles(admin, PASSWORDS)
        finally:
            admin.execute("ALTER ROLE samsvar_app NOBYPASSRLS")


def test_passwords_are_stored_as_verifiers(addresses: Addresses, database_roles: Cluster) -> None:
    with provision.connect(database_roles.url()) as admin:
        stored = admin.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'samsvar_app'").fetchone()
    assert stored is not None
    assert re.match(r"SCRAM-SHA-256\$", stored[0])


def test_an_administrator_who_is_no_superuser_can_prepare_everything(database_roles: Cluster) -> None:
    with provision.connect(database_roles.url(), autocommit=True) as admin:
        for role in (POLICY, APP, CARETAKER, OWNER):
            admin.execute(f"DROP ROLE IF EXISTS {role}")  # type: ignore[call-overload]
        admin.execute("CREATE ROLE hosting LOGIN CREATEDB CREATEROLE PASSWORD 'hosting'")
    url = provision.with_role(database_roles.url(), "hosting", "hosting")
    found = provision.provision(url, "samsvar_hosted", PASSWORDS)
    with provision.connect(found.app) as app:
        assert one(app, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()") == OWNER
    provision.provision(url, "samsvar_hosted", PASSWORDS)


def test_a_database_that_is_not_there_is_made(database_roles: Cluster, state_folder: Path) -> None:
    url = provision.with_database(database_roles.url(), "samsvar_made")
    found, cluster = provision.addresses_from({"DATABASE_URL": url})
    assert cluster is None
    with provision.connect(found.app) as app:
        assert one(app, "SELECT current_user || ' ' || current_database()") == "samsvar_app samsvar_made"
    assert stat.S_IMODE((state_folder / "secrets" / "roles.json").stat().st_mode) == 0o600
    again, _ = provision.addresses_from({"DATABASE_URL": url})
    assert again == found


def test_a_database_of_somebody_else_is_not_taken_over(database_roles: Cluster, state_folder: Path) -> None:
    url = provision.with_database(database_roles.url(), "another_system")
    with provision.connect(database_roles.url(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE another_system")
    with provision.connect(url) as admin:
        admin.execute("CREATE TABLE theirs (id int)")
    with pytest.raises(provision.ProvisionError, match="was not made by Samsvar"):
        provision.addresses_from({"DATABASE_URL": url})
    with provision.connect(url) as admin:
        assert one(
            admin, "SELECT pg_get_userbyid(datdba) = current_user FROM pg_database WHERE datname = 'another_system'"
        )


def test_what_serves_people_makes_nothing(database_roles: Cluster) -> None:
    url = provision.with_database(database_roles.url(), "samsvar_never_made")
    found, _ = provision.addresses_from({"DATABASE_URL": url}, prepare=False)
    assert found == Addresses(app=url, owner="", caretaker="")
    with provision.connect(database_roles.url()) as admin:
        assert one(admin, "SELECT count(*) FROM pg_database WHERE datname = 'samsvar_never_made'") == 0


def test_a_plain_role_is_taken_for_the_application(addresses: Addresses) -> None:
    found, cluster = provision.addresses_from({"DATABASE_URL": addresses.app})
    assert (found, cluster) == (Addresses(app=addresses.app, owner="", caretaker=""), None)


def test_a_demonstration_can_never_become_real_nor_the_other_way(addresses: Addresses) -> None:
    with provision.connect(addresses.owner, autocommit=True) as owner:
        assert provision.installation_kind(owner) is None
        provision.mark_installation(owner, "demo")
        provision.mark_installation(owner, "demo")
        with pytest.raises(provision.ProvisionError, match="can never become"):
            provision.mark_installation(owner, "real")
        assert provision.installation_kind(owner) == "demo"


@pytest.mark.parametrize("role", ["app", "caretaker"])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_get(1)",
        "SELECT lo_unlink(1)",
        "SELECT loread(0, 1)",
        "SELECT pg_advisory_lock(7)",
        "SELECT pg_try_advisory_lock(7)",
        "SELECT pg_advisory_xact_lock(1, 2)",
        "SELECT pg_advisory_unlock_all()",
    ],
)
def test_large_objects_and_session_locks_are_shut(addresses: Addresses, role: str, statement: str) -> None:
    with provision.connect(getattr(addresses, role)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)  # type: ignore[call-overload]


def test_the_one_lock_is_for_samsvars_functions_and_the_caretaker(addresses: Addresses) -> None:
    with provision.connect(addresses.caretaker) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(7)")
    with provision.connect(addresses.app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT pg_advisory_xact_lock(7)")


@pytest.mark.parametrize(
    "name", ["cases/policies.py", "referrals/policies/words.py", "cases/migrations/0001_initial.py"]
)
def test_what_decides_the_tables_is_looked_at_again_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Also where a room's policies are a package: an installation that is started newer must not keep the old ones."""
    monkeypatch.setattr(cli, "ROOM", tmp_path)
    decides = tmp_path / name
    decides.parent.mkdir(parents=True)
    stamps = set()
    for text in ("", "OLD", "NEW"):
        decides.write_text(text)
        stamps.add(cli.migrations_stamp())
    assert len(stamps) == 3
