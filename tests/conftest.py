"""A database for the tests: a throw-away server, a migrated template, and the application's own role.

`db` (and `@pytest.mark.django_db`) runs in a transaction that is rolled back, as the application's role, with the row
policies on. `fresh_database` is for tests that need real commits, threads, processes or a live server.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation

from samsvar.accounts import sessions
from samsvar.postgres import provision
from samsvar.postgres.server import Cluster, find_binaries
from tests.attack.walk import Walker, name_the_rest
from tests.environment import PREFIX, TEMPORARY, temporary_folder
from tests.filled import Filled, fill
from tests.kept import ALIASES, Kept, place
from tests.world import World, build

MIGRATE_SECONDS = 600


@dataclass(frozen=True)
class Database:
    """A database of the test server, with each role's address."""

    name: str
    app: str
    owner: str
    caretaker: str

    def environment(self) -> dict[str, str]:
        """For a process of its own that is to work on this database as the application."""
        return {**os.environ, "DATABASE_URL": self.app, "DATABASE_CARETAKER_URL": self.caretaker}


class Server:
    """The test run's server: makes databases from the migrated template, and removes them."""

    TEMPLATE = "samsvar_template"

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.passwords = provision.new_passwords()
        self.made = 0
        self.kept: tuple[Database, Kept] | None = None

    def prepare(self) -> None:
        """Make the roles and the template, and migrate the template as its owner."""
        template = provision.provision(self.cluster.url(), self.TEMPLATE, self.passwords)
        done = subprocess.run(
            [sys.executable, "-m", "samsvar", "migrate"],
            env={**os.environ, "DATABASE_URL": template.app, "DATABASE_OWNER_URL": template.owner},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=MIGRATE_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            pytest.exit(f"The test database could not be migrated:\n{done.stdout}\n{done.stderr}", returncode=3)

    def database(self, name: str | None = None) -> Database:
        """A new database, a copy of the template."""
        self.made += 1
        name = name or f"samsvar_fresh_{self.made}"
        with provision.connect(self.cluster.url(), autocommit=True) as admin:
            provision.make_database(admin, name, template=self.TEMPLATE)
        found = provision.addresses_of(self.cluster.url(), name, self.passwords)
        return Database(name, found.app, found.owner, found.caretaker)

    def empty_database(self) -> Database:
        """A new database with the roles' rights but without any table."""
        self.made += 1
        name = f"samsvar_empty_{self.made}"
        found = provision.provision(self.cluster.url(), name, self.passwords)
        return Database(name, found.app, found.owner, found.caretaker)

    def drop(self, database: Database) -> None:
        """Remove a database, ending whatever is still connected to it."""
        with provision.connect(self.cluster.url(), autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)")

    @contextlib.contextmanager
    def lent(self) -> Iterator[Database]:
        """The worker's own database, empty, with Django on it; emptied again, or thrown away, afterwards."""
        if self.kept is None:
            database = self.database()
            addresses = {"app": database.app, "owner": database.owner, "caretaker": database.caretaker}
            self.kept = database, Kept(provision.with_database(self.cluster.url(), database.name), addresses)
        database, kept = self.kept
        try:
            with kept.on_stage():
                yield database
        finally:
            if not kept.empty():
                self.let_go()

    def let_go(self) -> None:
        """Throw the worker's own database away."""
        if self.kept is not None:
            database, kept = self.kept
            self.kept = None
            kept.close()
            self.drop(database)


def pytest_report_header() -> str:
    """Which PostgreSQL proves what follows."""
    found = find_binaries()
    return f"PostgreSQL {found.major} ({found.kind})"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In continuous integration a skipped test is a failed run: what is not tried proves nothing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _sweep_left_behind() -> None:
    """Stop the servers of test runs that were killed."""
    for folder in temporary_folder().glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            with contextlib.suppress(Exception):
                Cluster(folder / "postgres").stop()
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The test run's PostgreSQL, empty at first; stopped when the run ends."""
    _sweep_left_behind()
    cluster = Cluster(TEMPORARY / "postgres", durable=False)
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def database_server(cluster: Cluster) -> Iterator[Server]:
    """The test run's server with the roles and a migrated template."""
    server = Server(cluster)
    server.prepare()
    yield server
    server.let_go()


def _point_django_at(database: Database) -> None:
    for alias, role in ALIASES.items():
        connections[alias].close()
        settings.DATABASES[alias].update(place(getattr(database, role)))


@pytest.fixture(scope="session")
def shared_database(database_server: Server) -> Database:
    """The database that tests with rollback share; nothing is ever committed to it."""
    return database_server.database("samsvar_test")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, shared_database: Database) -> None:
    """Instead of pytest-django's own: `db` works on the shared database as the application's role."""
    _point_django_at(shared_database)


@pytest.fixture(autouse=True)
def _danish_again() -> Iterator[None]:
    """A request in English leaves its language in the thread."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _refusals_are_rolled_back_too(request: pytest.FixtureRequest) -> Iterator[None]:
    """In a test with rollback, refusals go into the test's own transaction.

    On their own connection they would be committed and stay. That they outlive a rolled-back act is proven with
    `fresh_database`, which has both connections.
    """
    marked = request.node.get_closest_marker("django_db") is not None
    if "fresh_database" in request.fixturenames or not (marked or "db" in request.fixturenames):
        yield
        return
    request.getfixturevalue("db")
    apart = connections["refusals"]
    connections["refusals"] = connections["default"]
    yield
    connections["refusals"] = apart


@pytest.fixture
def transactional_db() -> None:
    """Not here: emptying tables after a test needs rights that the application must not have."""
    pytest.fail("Use the fixture fresh_database where a test needs real commits.")


@pytest.fixture
def fresh_database(
    request: pytest.FixtureRequest,
    database_server: Server,
    shared_database: Database,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[Database]:
    """A database of the test's own, where commits are real; Django works on it for the test's duration.

    For the small world it is one that is emptied between tests (tests/kept.py), for all others a new one. A thread
    that used Django's connections closes them itself: `django.db.connections.close_all()`.
    """
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        if "world" in request.fixturenames:
            with database_server.lent() as database:
                yield database
            return
        database = database_server.database()
        _point_django_at(database)
        try:
            yield database
        finally:
            _point_django_at(shared_database)
            database_server.drop(database)


@pytest.fixture
def current_database(request: pytest.FixtureRequest, shared_database: Database) -> Database:
    """The test's own database if it asked for one, else the shared one."""
    if "fresh_database" in request.fixturenames:
        return request.getfixturevalue("fresh_database")
    return shared_database


@contextlib.contextmanager
def _connected(server: Server, database: Database, role: str) -> Iterator[psycopg.Connection]:
    if server.kept and server.kept[0] is database:
        yield server.kept[1].connection(role)
        return
    with contextlib.closing(provision.connect(getattr(database, role))) as connection:
        yield connection


@pytest.fixture
def owner_connection(database_server: Server, current_database: Database) -> Iterator[psycopg.Connection]:
    """psycopg as the owner. What is not committed is rolled back; commit only in a `fresh_database`."""
    with _connected(database_server, current_database, "owner") as connection:
        yield connection


@pytest.fixture
def app_connection(database_server: Server, current_database: Database) -> Iterator[psycopg.Connection]:
    """psycopg as the application's role, as `owner_connection`."""
    with _connected(database_server, current_database, "app") as connection:
        yield connection


@pytest.fixture
def caretaker_connection(database_server: Server, current_database: Database) -> Iterator[psycopg.Connection]:
    """psycopg as the caretaker, as `owner_connection`."""
    with _connected(database_server, current_database, "caretaker") as connection:
        yield connection


@dataclass(frozen=True)
class FilledDatabase:
    """A database with a row in every table that can hold a person, and what is in it."""

    database: Database
    filled: Filled


@pytest.fixture(scope="session")
def filled_database(database_server: Server) -> Iterator[FilledDatabase]:
    """One for the whole run: whoever uses it rolls back, or reads only."""
    database = database_server.database("samsvar_filled")
    with contextlib.closing(provision.connect(database.owner)) as owner:
        filled = fill(owner)
        owner.commit()
        # Estimates are part of what must not tell.
        owner.execute("analyze")
        owner.commit()
    yield FilledDatabase(database, filled)
    database_server.drop(database)


@pytest.fixture
def superuser(database_server: Server, filled_database: FilledDatabase) -> Iterator[psycopg.Connection]:
    """The server's administrator on the filled database, who can be every role in turn; rolled back."""
    address = provision.with_database(database_server.cluster.url(), filled_database.database.name)
    with contextlib.closing(provision.connect(address)) as connection:
        yield connection
        connection.rollback()


@pytest.fixture(scope="module")
def walked(
    database_server: Server, shared_database: Database, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Filled]:
    """A filled database of the module's own, on which Django works; each request is rolled back by whoever sends it."""
    database = database_server.database()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _point_django_at(database)
        try:
            with contextlib.closing(provision.connect(database.owner)) as owner:
                filled = fill(owner)
                owner.commit()
            name_the_rest(filled)
            yield filled
        finally:
            _point_django_at(shared_database)
            database_server.drop(database)


@pytest.fixture(scope="module")
def walker(walked: Filled) -> Iterator[Walker]:
    """Requests on a filled database of the module's own, by anybody who has a seat in it."""
    step, sessions._SEEN_STEP_SECONDS = sessions._SEEN_STEP_SECONDS, 10**6
    yield Walker(walked)
    sessions._SEEN_STEP_SECONDS = step


@pytest.fixture
def world(fresh_database: Database, owner_connection: psycopg.Connection) -> World:
    """One partnership with its people, in a database of the test's own."""
    built = build(owner_connection)
    owner_connection.commit()
    return built
