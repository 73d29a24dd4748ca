"""What must be true before Samsvar serves anybody: `samsvar check`.

Each finding has a name, what is wrong and what to do, in Danish and English. Nothing is mended here.
"""

import base64
import binascii
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

KEY_BYTES = 32


@dataclass(frozen=True)
class Finding:
    """Something that keeps Samsvar from starting."""

    name: str
    danish: str
    english: str

    def __str__(self) -> str:
        return f"{self.name}\n  {self.danish}\n  {self.english}"


def check_debug() -> Iterator[Finding]:
    """DEBUG shows program text and settings to strangers."""
    if settings.DEBUG:
        yield Finding("debug", "DEBUG er slået til. Slå det fra.", "DEBUG is on. Turn it off.")


def check_keys() -> Iterator[Finding]:
    """The keys exist, are long enough, and can be read."""
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:
        secret = ""
    if len(secret) < KEY_BYTES or secret.startswith("only-for-set-up"):
        yield Finding(
            "secret-key",
            "SAMSVAR_SECRET_KEY mangler eller er for kort. Sæt mindst 50 tilfældige tegn.",
            "SAMSVAR_SECRET_KEY is missing or too short. Set at least 50 random characters.",
        )
    keys = [part.partition(":") for part in settings.VAULT_KEYS.split(",") if part]
    if not keys or any(not name or not _is_key(value) for name, _, value in keys):
        yield Finding(
            "vault-keys",
            'SAMSVAR_VAULT_KEYS mangler eller kan ikke læses. Sæt "id:base64" med 32 tilfældige bytes.',
            'SAMSVAR_VAULT_KEYS is missing or cannot be read. Set "id:base64" of 32 random bytes.',
        )
    if not _is_key(settings.BLIND_INDEX_KEY):
        yield Finding(
            "blind-index-key",
            "SAMSVAR_BLIND_INDEX_KEY mangler eller kan ikke læses. Sæt 32 tilfældige bytes som base64.",
            "SAMSVAR_BLIND_INDEX_KEY is missing or cannot be read. Set 32 random bytes as base64.",
        )


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def check_https() -> Iterator[Finding]:
    """Outside the demonstration every page and every cookie goes over TLS."""
    safe = settings.SECURE_SSL_REDIRECT and settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
    if not settings.DEMO and not safe:
        yield Finding(
            "plain-http",
            "Sider eller cookies kan gå over almindelig HTTP. Fjern SAMSVAR_BUILDING, og sæt en TLS-proxy foran.",
            "Pages or cookies may go over plain HTTP. Unset SAMSVAR_BUILDING, and put a TLS proxy in front.",
        )


def check_anchors() -> Iterator[Finding]:
    """The log's chain heads are anchored outside the database, in a file that can be written."""
    folder = Path(settings.AUDIT_ANCHOR_FILE).parent
    if not settings.DEMO and not folder.is_dir():
        yield Finding(
            "anchors",
            f"Mappen {folder} til loggens ankre findes ikke. Opret den, eller sæt SAMSVAR_AUDIT_ANCHORS.",
            f"The folder {folder} for the log's anchors is missing. Create it, or set SAMSVAR_AUDIT_ANCHORS.",
        )


def check_disposals() -> Iterator[Finding]:
    """What is disposed of is written down outside the database, in a file that can be written."""
    folder = Path(settings.DISPOSAL_LIST_FILE).parent
    if not settings.DEMO and not folder.is_dir():
        yield Finding(
            "disposals",
            f"Mappen {folder} til kassationslisten findes ikke. Opret den, eller sæt SAMSVAR_DISPOSALS.",
            f"The folder {folder} for the disposal list is missing. Create it, or set SAMSVAR_DISPOSALS.",
        )


def check_role() -> Iterator[Finding]:
    """The application's role can neither pass the row policies by nor become somebody who can."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        role, superuser, bypass, creates = cursor.fetchone()
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname <> current_user AND pg_has_role(current_user, oid, 'MEMBER')"
        )
        becomes = sorted(row[0] for row in cursor.fetchall())
        cursor.execute(
            "SELECT count(*) FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm')"
            " AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
        )
        owned = cursor.fetchone()[0]
    if superuser:
        yield Finding(
            "superuser",
            f"Rollen {role} er superbruger. Lad DATABASE_URL bruge samsvar_app.",
            f"The role {role} is a superuser. Let DATABASE_URL use samsvar_app.",
        )
    if bypass:
        yield Finding(
            "bypass-rls",
            f"Rollen {role} har BYPASSRLS. Fjern den: ALTER ROLE {role} NOBYPASSRLS;",
            f"The role {role} has BYPASSRLS. Remove it: ALTER ROLE {role} NOBYPASSRLS;",
        )
    if creates:
        yield Finding(
            "create-role",
            f"Rollen {role} må oprette roller. Lad DATABASE_URL bruge samsvar_app.",
            f"The role {role} may create roles. Let DATABASE_URL use samsvar_app.",
        )
    if becomes and not superuser:
        yield Finding(
            "member-of-roles",
            f"Rollen {role} kan blive til {', '.join(becomes)}. Fjern det: REVOKE ... FROM {role};",
            f"The role {role} can become {', '.join(becomes)}. Remove it: REVOKE ... FROM {role};",
        )
    if owned:
        yield Finding(
            "owns-tables",
            f"Rollen {role} ejer {owned} tabeller. Lad samsvar_owner eje dem, og DATABASE_URL bruge samsvar_app.",
            f"The role {role} owns {owned} tables. Let samsvar_owner own them, and DATABASE_URL use samsvar_app.",
        )


def check_authentication() -> Iterator[Finding]:
    """No connection to the database is let in without a password."""
    finding = Finding(
        "trust-authentication",
        "Databasen lukker forbindelser ind uden adgangskode. Ret pg_hba.conf: scram-sha-256 i stedet for trust.",
        "The database lets connections in without a password. Change pg_hba.conf: scram-sha-256 instead of trust.",
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'trust'")
            if cursor.fetchone()[0]:
                yield finding
                return
    except DatabaseError:
        # The rules are readable to few; then the door itself is tried.
        connection.close()
    given = settings.DATABASES["default"]
    wanted = {"dbname": given["NAME"], "user": given["USER"], "host": given["HOST"], "port": given["PORT"]}
    try:
        psycopg.connect(
            **{key: value for key, value in wanted.items() if value},
            password="",
            passfile="/nonexistent",
            connect_timeout=10,
        ).close()
    except psycopg.OperationalError:
        return
    yield finding


def check_database_kind() -> Iterator[Finding]:
    """A real installation never opens a demonstration's database, nor the other way round."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.samsvar_installation') IS NOT NULL")
        if not cursor.fetchone()[0]:
            yield Finding(
                "not-migrated",
                "Databasen er ikke gjort klar. Kør: samsvar migrate",
                "The database has not been prepared. Run: samsvar migrate",
            )
            return
        cursor.execute("SELECT kind FROM samsvar_installation")
        kind = cursor.fetchone()[0]
    if kind == "demo" and not settings.DEMO:
        yield Finding(
            "demo-database",
            "Databasen tilhører en demonstration og kan aldrig blive ægte. Brug en anden database.",
            "The database belongs to a demonstration and can never become real. Use another database.",
        )
    if kind == "real" and settings.DEMO:
        yield Finding(
            "real-database",
            "Databasen er ægte, og en demonstration åbner den ikke. Brug en anden database.",
            "The database is real, and a demonstration does not open it. Use another database.",
        )


def check_migrations() -> Iterator[Finding]:
    """The tables are those of this release."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield Finding(
            "migrations",
            f"{len(waiting)} ændringer af databasen er ikke kørt. Kør: samsvar migrate",
            f"{len(waiting)} changes of the database have not been run. Run: samsvar migrate",
        )


def check_row_security() -> Iterator[Finding]:
    """Row security is forced wherever it is on: without FORCE it does not bind the owner's functions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND relrowsecurity AND NOT relforcerowsecurity ORDER BY relname"
        )
        loose = [row[0] for row in cursor.fetchall()]
    if loose:
        names = ", ".join(loose)
        yield Finding(
            "row-security-not-forced",
            f"Rækkereglerne gælder ikke for alle på: {names}. Kør: samsvar migrate",
            f"The row policies do not bind everybody on: {names}. Run: samsvar migrate",
        )


SETTINGS_CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    check_debug,
    check_keys,
    check_https,
    check_anchors,
    check_disposals,
)
DATABASE_CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    check_role,
    check_authentication,
    check_database_kind,
    check_migrations,
    check_row_security,
)


def findings() -> list[Finding]:
    """Everything that is wrong with this installation, seen as the application; empty when it may serve."""
    found = [finding for check in SETTINGS_CHECKS for finding in check()]
    try:
        connections["default"].ensure_connection()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        found.append(
            Finding(
                "no-database",
                f"Databasen svarer ikke: {reason}. Se efter DATABASE_URL og serveren.",
                f"The database does not answer: {reason}. Look at DATABASE_URL and the server.",
            )
        )
        return found
    return found + [finding for check in DATABASE_CHECKS for finding in check()]
