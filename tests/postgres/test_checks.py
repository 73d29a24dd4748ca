"""Samsvar does not start where the wall would not hold; each reason has a name."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import Settings

from samsvar.postgres import provision
from samsvar.postgres.checks import findings
from samsvar.postgres.urls import database_from_url
from tests.conftest import Database, Server


def names() -> set[str]:
    return {finding.name for finding in findings()}


def use(settings: Settings, url: str) -> None:
    """Let Django connect with another address."""
    connections["default"].close()
    given = database_from_url(url)
    settings.DATABASES["default"].update({key: given[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})


@pytest.fixture
def admin(database_server: Server, fresh_database: Database) -> Iterator[object]:
    """The server's administrator, on the test's database."""
    url = provision.with_database(database_server.cluster.url(), fresh_database.name)
    with provision.connect(url, autocommit=True) as connection:
        yield connection


def test_a_sound_installation_has_nothing_to_mend(fresh_database: Database) -> None:
    assert findings() == []


def test_each_finding_speaks_danish_and_english(fresh_database: Database, settings: Settings) -> None:
    settings.DEBUG = True
    (finding,) = findings()
    assert str(finding) == "debug\n  DEBUG er slået til. Slå det fra.\n  DEBUG is on. Turn it off."


@pytest.mark.parametrize(
    ("setting", "value", "name"),
    [
        ("DEBUG", True, "debug"),
        ("SECRET_KEY", "", "secret-key"),
        ("SECRET_KEY", "short", "secret-key"),
        ("VAULT_KEYS", "", "vault-keys"),
        ("VAULT_KEYS", "a:c2hvcnQ=", "vault-keys"),
        ("VAULT_KEYS", "no key at all", "vault-keys"),
        ("BLIND_INDEX_KEY", "", "blind-index-key"),
        ("BLIND_INDEX_KEY", "ikke base64!", "blind-index-key"),
    ],
)
def test_unsafe_settings_are_named(
    fresh_database: Database, settings: Settings, setting: str, value: object, name: str
) -> None:
    setattr(settings, setting, value)
    assert names() == {name}


@pytest.mark.req("R-000-153")
@pytest.mark.parametrize("setting", ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"])
def test_plain_http_is_named_outside_the_demonstration(
    fresh_database: Database, settings: Settings, setting: str
) -> None:
    settings.DEMO = False
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    assert "plain-http" not in names()
    setattr(settings, setting, False)
    assert "plain-http" in names()


@pytest.mark.req("R-000-148")
def test_a_demonstration_s_database_is_refused_for_real(fresh_database: Database, settings: Settings) -> None:
    settings.DEMO = False
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    assert names() == {"demo-database"}


@pytest.mark.req("R-000-148")
def test_a_real_database_is_refused_by_a_demonstration(fresh_database: Database) -> None:
    with provision.connect(fresh_database.owner) as owner:
        owner.execute("UPDATE samsvar_installation SET kind = 'real'")
    assert names() == {"real-database"}


def test_missing_folder_for_the_log_s_anchors_is_named(
    fresh_database: Database, settings: Settings, tmp_path: Path
) -> None:
    settings.DEMO = False
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "nowhere" / "anchors.jsonl")
    assert "anchors" in names()


def test_the_owner_s_role_is_refused(fresh_database: Database, settings: Settings) -> None:
    use(settings, fresh_database.owner)
    assert names() == {"owns-tables", "member-of-roles"}


def test_a_superuser_is_refused(fresh_database: Database, settings: Settings, database_server: Server) -> None:
    use(settings, provision.with_database(database_server.cluster.url(), fresh_database.name))
    assert {"superuser", "bypass-rls", "create-role"} <= names()


def test_a_role_that_passes_row_security_by_is_refused(
    fresh_database: Database, settings: Settings, admin: provision.Cursor
) -> None:
    admin.execute("CREATE ROLE passer_by LOGIN BYPASSRLS PASSWORD 'x'")
    admin.execute(f"GRANT CONNECT ON DATABASE {fresh_database.name} TO passer_by")  # type: ignore[call-overload]
    admin.execute("GRANT USAGE ON SCHEMA public TO passer_by")
    admin.execute("GRANT SELECT ON samsvar_installation, django_migrations TO passer_by")
    try:
        use(settings, provision.with_role(fresh_database.app, "passer_by", "x"))
        assert names() == {"bypass-rls"}
    finally:
        connections["default"].close()
        admin.execute("DROP OWNED BY passer_by")
        admin.execute("DROP ROLE passer_by")


def test_a_role_that_can_become_the_owner_is_refused(fresh_database: Database, admin: provision.Cursor) -> None:
    admin.execute("GRANT samsvar_owner TO samsvar_app")
    try:
        assert "member-of-roles" in names()
    finally:
        admin.execute("REVOKE samsvar_owner FROM samsvar_app")


@pytest.mark.req("R-000-153")
def test_a_server_that_trusts_is_refused(
    fresh_database: Database, admin: provision.Cursor, database_server: Server
) -> None:
    rules = database_server.cluster.data / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text("local all all trust\n" + before)
    admin.execute("SELECT pg_reload_conf()")
    try:
        # The server reads its rules again in its own time.
        assert any(names() == {"trust-authentication"} for _ in range(100))
    finally:
        rules.write_text(before)
        admin.execute("SELECT pg_reload_conf()")


def test_migrations_that_wait_are_named(fresh_database: Database) -> None:
    with provision.connect(fresh_database.owner) as owner:
        owner.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert names() == {"migrations"}


def test_row_security_that_does_not_bind_everybody_is_named(fresh_database: Database) -> None:
    with provision.connect(fresh_database.owner) as owner:
        owner.execute("ALTER TABLE audit_logrow NO FORCE ROW LEVEL SECURITY")
    found = [finding for finding in findings() if finding.name == "row-security-not-forced"]
    assert len(found) == 1
    assert "audit_logrow" in found[0].danish


def test_an_unprepared_database_is_named(fresh_database: Database, settings: Settings, database_server: Server) -> None:
    empty = database_server.empty_database()
    try:
        use(settings, empty.app)
        assert "not-migrated" in names()
    finally:
        connections["default"].close()
        database_server.drop(empty)


def test_no_database_is_named(fresh_database: Database, settings: Settings) -> None:
    use(settings, provision.with_database(fresh_database.app, "nowhere"))
    assert names() == {"no-database"}


@pytest.mark.parametrize("command", [["check"], ["serve", "--bind", "127.0.0.1:1"]])
def test_neither_check_nor_serve_goes_on_with_an_unsafe_installation(
    fresh_database: Database, command: list[str]
) -> None:
    environment = {**fresh_database.environment(), "SAMSVAR_DEMO": "0", "SAMSVAR_SECRET_KEY": ""}
    done = subprocess.run(
        [sys.executable, "-m", "samsvar", *command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.split("\n  ")[0] == "secret-key"
    assert "demo-database" in done.stderr


def test_an_administrator_s_address_never_serves(fresh_database: Database, database_server: Server) -> None:
    url = provision.with_database(database_server.cluster.url(), fresh_database.name)
    done = subprocess.run(
        [sys.executable, "-m", "samsvar", "serve", "--bind", "127.0.0.1:1"],
        env={**fresh_database.environment(), "DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "superuser" in done.stderr.splitlines()
