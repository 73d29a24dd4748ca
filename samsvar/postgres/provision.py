"""The database roles, and the addresses that each command connects with.

Four roles keep the wall: the owner migrates, the application reads and writes under the row policies, the caretaker
carries out retention, and the policy role, which nobody can log in as, owns the functions that policies ask.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import psycopg
from psycopg import sql

from samsvar.postgres import state
from samsvar.postgres.server import Cluster

OWNER = "samsvar_owner"
APP = "samsvar_app"
CARETAKER = "samsvar_caretaker"
POLICY = "samsvar_policy"
LOGIN_ROLES = (OWNER, APP, CARETAKER)
DATABASE = "samsvar"
EXTENSIONS = ("btree_gist", "pg_trgm")
CONNECT_SECONDS = 10

NOT_OURS = (
    "Databasen er ikke tom og er ikke lavet af Samsvar; brug en anden database. / "
    "The database is not empty and was not made by Samsvar; use another database."
)

Cursor = psycopg.Cursor | psycopg.Connection


class ProvisionError(Exception):
    """The database cannot be made ready; the message says what to do."""


@dataclass(frozen=True)
class Addresses:
    """Where each role connects. `owner` and `caretaker` are empty when they were not given."""

    app: str
    owner: str
    caretaker: str

    def environment(self) -> dict[str, str]:
        """What the web server and the worker may know: never the owner's address."""
        values = {"DATABASE_URL": self.app, "DATABASE_CARETAKER_URL": self.caretaker, "DATABASE_OWNER_URL": ""}
        return {name: value for name, value in values.items() if value or name == "DATABASE_OWNER_URL"}


def addresses_of(server_url: str, database: str, passwords: Mapping[str, str]) -> Addresses:
    """Every role's address of a database, from any address of its server."""
    place = with_database(server_url, database)
    return Addresses(**{role.removeprefix("samsvar_"): with_role(place, role, passwords[role]) for role in LOGIN_ROLES})


def connect(url: str, *, autocommit: bool = False) -> psycopg.Connection:
    """A psycopg connection to an address as `samsvar.postgres.urls` reads it."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    wanted = {
        "dbname": unquote(parts.path.lstrip("/")),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "host": query.get("host", [unquote(parts.hostname or "")])[0],
        "port": str(parts.port or query.get("port", [""])[0]),
        "sslmode": query.get("sslmode", [""])[0],
        "sslrootcert": query.get("sslrootcert", [""])[0],
    }
    given = {name: value for name, value in wanted.items() if value}
    return psycopg.connect(**given, autocommit=autocommit, connect_timeout=CONNECT_SECONDS)  # type: ignore[arg-type]


def with_role(url: str, role: str, password: str) -> str:
    """The same database, as another role."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{quote(role)}:{quote(password, safe='')}@{place}").geturl()


def with_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    return urlsplit(url)._replace(path=f"/{quote(name)}").geturl()


def new_passwords() -> dict[str, str]:
    """A random password for each role that logs in."""
    return {role: secrets.token_urlsafe(32) for role in LOGIN_ROLES}


def make_roles(admin: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """Make the four roles, or put them right, in a server; `admin` (autocommit) may create roles.

    Safe to repeat. Passwords travel as verifiers, so that no server log can show one.
    """
    with admin.transaction():
        # Two processes that start at once must not both find a role missing.
        admin.execute("SELECT pg_advisory_xact_lock(hashtext('samsvar provision'))")
        rows = admin.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication"
            " FROM pg_roles WHERE rolname = ANY(%s)",
            [[*LOGIN_ROLES, POLICY]],
        )
        mighty: dict[str, bool] = dict(rows.fetchall())
        for role in (*LOGIN_ROLES, POLICY):
            name = sql.Identifier(role)
            if role not in mighty:
                admin.execute(sql.SQL("CREATE ROLE {}").format(name))
            elif mighty[role]:
                raise ProvisionError(
                    f"The role {role} exists and has more rights than it may have. Take them from it first: "
                    f"ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;"
                )
            if role == POLICY:
                admin.execute(sql.SQL("ALTER ROLE {} NOLOGIN PASSWORD NULL").format(name))
                continue
            verifier = admin.pgconn.encrypt_password(passwords[role].encode(), role.encode(), b"scram-sha-256")
            admin.execute(sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(name, sql.Literal(verifier.decode())))
        _grant_role(admin, POLICY, OWNER)
        if not _is_superuser(admin):
            _grant_role(admin, OWNER, None)


def _is_superuser(admin: psycopg.Connection) -> bool:
    row = admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


def _grant_role(admin: psycopg.Connection, role: str, receiver: str | None) -> None:
    """Let the receiver (None: the caller) act as the role. From 16 on both ways of acting must be named."""
    statement = sql.SQL("GRANT {} TO {}").format(
        sql.Identifier(role), sql.Identifier(receiver) if receiver else sql.SQL("CURRENT_USER")
    )
    if admin.info.server_version >= 160000:
        statement += sql.SQL(" WITH INHERIT TRUE, SET TRUE")
    admin.execute(statement)


def make_database(admin: psycopg.Connection, name: str, *, template: str | None = None) -> bool:
    """Make a database that the owner owns, if it is missing; True if it was made. `admin` is in autocommit.

    A `template` must be a prepared database of the same server to which nobody is connected.
    """
    row = admin.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [name]).fetchone()
    made = row is None
    identifier, owner = sql.Identifier(name), sql.Identifier(OWNER)
    if row is None:
        # A template of ours is copied file by file, which is twice as fast as through the log.
        statement = sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE {} STRATEGY {}").format(
            identifier,
            owner,
            sql.Identifier(template or "template0"),
            sql.Identifier("file_copy" if template else "wal_log"),
        )
        admin.execute(statement)
    elif row[0] != OWNER:
        admin.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(identifier, owner))
    roles = sql.SQL(", ").join(map(sql.Identifier, (APP, CARETAKER)))
    with admin.transaction():
        if not _is_superuser(admin):
            admin.execute(sql.SQL("SET LOCAL ROLE {}").format(owner))
        admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(identifier))
        admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(identifier, roles))
    return made


def prepare_schema(owner: psycopg.Connection) -> None:
    """Extensions, and who may do what in schema public; run as the owner in each new database. Safe to repeat."""
    roles = sql.SQL(", ").join(map(sql.Identifier, (APP, CARETAKER)))
    with owner.transaction():
        for extension in EXTENSIONS:
            owner.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(extension)))
        owner.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        owner.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(roles))
        # A function can only be handed to a role that may create in the schema.
        owner.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(sql.Identifier(POLICY)))


# What every role of a new database may call and Samsvar does not: large objects stand outside row security, and a lock
# that anybody can take is a way to stop the others.
_OPEN_TO_ALL = r"p.proname ~ '^(lo_|loread$|lowrite$|pg_advisory_|pg_try_advisory_)'"
_LOCKS_WITHIN_A_TRANSACTION = "pg_catalog.pg_advisory_xact_lock(bigint)"


def shut_built_ins(admin: psycopg.Connection) -> bool:
    """Take large objects and advisory locks from everybody; Samsvar's functions and the caretaker keep one lock.

    Only a superuser can, connected to the very database; False for anybody else. Safe to repeat.
    """
    if not _is_superuser(admin):
        return False
    with admin.transaction():
        names = admin.execute(
            f"SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND {_OPEN_TO_ALL}"  # noqa: E501, S608
        ).fetchall()
        for (name,) in names:
            # The name comes from the server's own catalogue, quoted as it needs.
            admin.execute(sql.SQL("REVOKE EXECUTE ON FUNCTION {} FROM PUBLIC").format(sql.SQL(name)))
        keepers = sql.SQL(", ").join(map(sql.Identifier, (OWNER, POLICY, CARETAKER)))
        admin.execute(
            sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(sql.SQL(_LOCKS_WITHIN_A_TRANSACTION), keepers)
        )
    return True


FRAMEWORK_GRANTS: dict[str, str] = {
    "django_session": "SELECT, INSERT, UPDATE, DELETE",
    "django_content_type": "SELECT",
    "django_migrations": "SELECT",
    "account_emailaddress": "SELECT, INSERT, UPDATE, DELETE",
    "account_emailconfirmation": "SELECT, INSERT, UPDATE, DELETE",
    "mfa_authenticator": "SELECT, INSERT, UPDATE, DELETE",
    "samsvar_installation": "SELECT",
}


def grant_framework_tables(cursor: Cursor) -> None:
    """Let the application and the caretaker use the tables of the libraries; run as the owner after each migrate.

    Samsvar's own tables are granted by the migrations that make them, table by table.
    """
    roles = sql.SQL(", ").join(map(sql.Identifier, (APP, CARETAKER)))
    found = cursor.execute(
        "SELECT relname, relkind::text FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S')"
        " AND (relname = ANY(%s) OR relname LIKE 'procrastinate\\_%%')",
        [list(FRAMEWORK_GRANTS)],
    ).fetchall()
    for name, kind in found:
        rights = "USAGE, SELECT" if kind == "S" else FRAMEWORK_GRANTS.get(name, "SELECT, INSERT, UPDATE, DELETE")
        what = "SEQUENCE" if kind == "S" else "TABLE"
        statement = sql.SQL("GRANT " + rights + " ON " + what + " {} TO {}")
        cursor.execute(statement.format(sql.Identifier(name), roles))
    functions = cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'procrastinate\\_%'"
    ).fetchall()
    for (signature,) in functions:
        cursor.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(sql.SQL(signature), roles))


def mark_installation(owner: psycopg.Connection, kind: str) -> None:
    """Mark a database as "demo" or "real", once and for good. Raises ProvisionError if it is the other kind.

    A demonstration never opens a database that was ever real, and can never become real. A database with tables but
    without a mark belongs to something else and is refused too.
    """
    if installation_kind(owner) is None and _has_tables(owner):
        raise ProvisionError(NOT_OURS)
    with owner.transaction():
        owner.execute(
            "CREATE TABLE IF NOT EXISTS samsvar_installation ("
            " one boolean PRIMARY KEY DEFAULT true CHECK (one),"
            " kind text NOT NULL CONSTRAINT samsvar_installation_kind CHECK (kind IN ('demo', 'real')),"
            " since timestamptz NOT NULL DEFAULT now(),"
            # What was migrated last and how far the demonstration's world is told, so that a second start does nothing.
            " migrated text NOT NULL DEFAULT '',"
            " world text NOT NULL DEFAULT '')"
        )
        owner.execute("INSERT INTO samsvar_installation (kind) VALUES (%s) ON CONFLICT DO NOTHING", [kind])
    found = installation_kind(owner)
    if found != kind:
        raise ProvisionError(
            f"Databasen er mærket {found!r} og kan aldrig blive {kind!r}; brug en anden database. / "
            f"The database is marked {found!r} and can never become {kind!r}; use another database."
        )


def installation_kind(connection: psycopg.Connection) -> str | None:
    """ "demo", "real", or None when the database is not marked yet."""
    row = connection.execute("SELECT to_regclass('public.samsvar_installation')").fetchone()
    if row is None or row[0] is None:
        return None
    row = connection.execute("SELECT kind FROM samsvar_installation").fetchone()
    return row[0] if row else None


def provision(admin_url: str, database: str, passwords: Mapping[str, str]) -> Addresses:
    """Make roles and database ready with an administrator's address, and give every role's own address back.

    Raises ProvisionError when the database has tables of somebody else's.
    """
    addresses = addresses_of(admin_url, database, passwords)
    with connect(admin_url, autocommit=True) as admin:
        _refuse_foreign(admin, with_database(admin_url, database), database)
        make_roles(admin, passwords)
        make_database(admin, database)
    with connect(with_database(admin_url, database), autocommit=True) as admin:
        shut_built_ins(admin)
    with connect(addresses.owner, autocommit=True) as owner:
        prepare_schema(owner)
    return addresses


def _refuse_foreign(admin: psycopg.Connection, url: str, database: str) -> None:
    """Nothing is taken over: a database with another owner must be empty."""
    row = admin.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [database]).fetchone()
    if row is None or row[0] == OWNER:
        return
    with connect(url) as connection:
        if _has_tables(connection):
            raise ProvisionError(NOT_OURS)


def _has_tables(connection: psycopg.Connection) -> bool:
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm')"
        " AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
        " AND relnamespace::regnamespace::text NOT LIKE 'pg\\_toast%')"
    ).fetchone()
    return bool(row and row[0])


def passwords_at(home: Path) -> dict[str, str]:
    """The roles' passwords of a state folder; made, and kept, the first time."""
    return state.kept(home / "secrets" / "roles.json", new_passwords)


def addresses_from(
    environ: Mapping[str, str] = os.environ, *, prepare: bool = True
) -> tuple[Addresses, Cluster | None]:
    """The addresses of this installation.

    Without DATABASE_URL: the state folder's own server, started, with roles and database ready; the cluster is given
    back too. With DATABASE_URL of a role that may create roles, and `prepare`: that role makes the others and is used
    for nothing else. Otherwise the addresses are taken as they are: DATABASE_URL is the application's, and
    DATABASE_OWNER_URL and DATABASE_CARETAKER_URL name the others.
    """
    url = environ.get("DATABASE_URL", "")
    if not url:
        home = state.make_home()
        cluster = Cluster.at_home(home)
        cluster.start()
        return _provision_if_needed(cluster.url(), DATABASE, passwords_at(home)), cluster
    if not prepare or environ.get("DATABASE_OWNER_URL") or not (admin_url := _administrator(url)):
        given = Addresses(url, environ.get("DATABASE_OWNER_URL", ""), environ.get("DATABASE_CARETAKER_URL", ""))
        return given, None
    database = unquote(urlsplit(url).path.lstrip("/")) or DATABASE
    return _provision_if_needed(admin_url, database, passwords_at(state.make_home())), None


def _administrator(url: str) -> str:
    """An address that works, if its role may create roles, else an empty one.

    The database named need not exist yet; then the server is reached through the database that every server has.
    """
    elsewhere = with_database(url, "postgres")
    try:
        connection = connect(url)
    except psycopg.OperationalError as error:
        try:
            connection = connect(elsewhere)
        except psycopg.OperationalError:
            raise ProvisionError(f"Databasen svarer ikke / the database does not answer: {error}") from None
        url = elsewhere
    with connection:
        row = connection.execute(
            "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    return url if row and row[0] else ""


def _provision_if_needed(admin_url: str, database: str, passwords: Mapping[str, str]) -> Addresses:
    ready = addresses_of(admin_url, database, passwords)
    try:
        for url in (ready.app, ready.caretaker):
            connect(url).close()
        with connect(ready.owner) as owner:
            row = owner.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [POLICY]).fetchone()
    except psycopg.Error:
        row = None
    return ready if row and row[0] else provision(admin_url, database, passwords)
