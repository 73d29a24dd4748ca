"""Where the benchmark lives: its own server in the state folder, one database per scale, kept for the next run."""

import base64
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.country import Scale
from bench.seed import seed
from bench.story import INDEX_KEY, VAULT_KEY
from samsvar.cli import migrations_stamp
from samsvar.postgres import provision, state
from samsvar.postgres.provision import Addresses
from samsvar.postgres.server import Cluster

ROOM = Path(__file__).resolve().parent
MIGRATE_SECONDS = 600
SEEDERS = ("chain.py", "country.py", "load.py", "seed.py", "story.py", "words.py")


def environment(addresses: Addresses) -> dict[str, str]:
    """For a process that works on a seeded database as the application. Its people are invented: a demonstration."""
    return {
        **os.environ,
        **addresses.environment(),
        "DJANGO_SETTINGS_MODULE": "samsvar.settings",
        "SAMSVAR_DEMO": "1",
        "SAMSVAR_SECRET_KEY": "a-key-for-a-country-of-invented-people-and-nothing-else",
        "SAMSVAR_VAULT_KEYS": f"bench:{base64.b64encode(VAULT_KEY).decode()}",
        "SAMSVAR_BLIND_INDEX_KEY": base64.b64encode(INDEX_KEY).decode(),
        "SAMSVAR_AUDIT_ANCHORS": str(_home() / "anchors.jsonl"),
    }


def _home() -> Path:
    return state.home() / "bench"


def _stamp() -> str:
    """What decides the seeded rows: the tables and the seeder. Policies may change without seeding again."""
    rooms = ROOM.parent / "samsvar"
    files = sorted([*rooms.glob("*/migrations/*.py"), *(ROOM / name for name in SEEDERS)])
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


@contextmanager
def server() -> Iterator[Cluster]:
    """The benchmark's server, stopped afterwards unless it ran before. Seeding makes it fast and careless meanwhile."""
    state.make_home()
    home = _home()
    home.mkdir(exist_ok=True, mode=0o711)
    cluster = Cluster(Cluster.at_home(home).folder, choice=os.environ.get("SAMSVAR_POSTGRES") or "embedded")
    ran_before = cluster.running()
    cluster.start()
    try:
        yield cluster
    finally:
        if not ran_before:
            cluster.stop()


def database(cluster: Cluster, scale: Scale, say: Callable[[str], None], *, fresh: bool = False) -> Addresses:
    """The addresses of a scale's database: migrated, and seeded unless that was done already."""
    passwords = provision.passwords_at(_home())
    addresses = provision.addresses_of(cluster.url(), scale.database, passwords)
    stamp_file = _home() / f"{scale.name}.stamp"
    # Read first: what is edited while it seeds has not been seeded.
    wanted, migrated = _stamp(), migrations_stamp()
    kept = stamp_file.read_text(encoding="ascii").splitlines() if stamp_file.exists() else ["", ""]
    if kept[0] != wanted or fresh:
        stamp_file.unlink(missing_ok=True)
        with provision.connect(cluster.url(), autocommit=True) as admin:
            admin.execute(f"drop database if exists {scale.database} with (force)")
        provision.provision(cluster.url(), scale.database, passwords)
        _migrate(addresses)
        with _careless(cluster):
            seed(scale, addresses.owner, say)
    elif kept[1] != migrated:
        _migrate(addresses)
    stamp_file.write_text(f"{wanted}\n{migrated}\n", encoding="ascii")
    return addresses


def database_of_its_own(cluster: Cluster, name: str) -> Addresses:
    """A new database, migrated and empty; the one of this name before it is gone."""
    passwords = provision.passwords_at(_home())
    with provision.connect(cluster.url(), autocommit=True) as admin:
        admin.execute(f"drop database if exists {name} with (force)")
    provision.provision(cluster.url(), name, passwords)
    addresses = provision.addresses_of(cluster.url(), name, passwords)
    _migrate(addresses)
    return addresses


def _migrate(addresses: Addresses) -> None:
    subprocess.run(
        [sys.executable, "-m", "samsvar", "migrate", "-v", "0"],
        env={**environment(addresses), "DATABASE_OWNER_URL": addresses.owner},
        cwd=ROOM.parent,
        timeout=MIGRATE_SECONDS,
        check=True,
    )


@contextmanager
def _careless(cluster: Cluster) -> Iterator[None]:
    """No waiting for the disk while rows are loaded: a seeding that is interrupted starts over anyway."""
    _settings(cluster, {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "8GB"})
    yield
    _settings(cluster, {})
    with provision.connect(cluster.url(), autocommit=True) as admin:
        admin.execute("checkpoint")
    os.sync()


def _settings(cluster: Cluster, wanted: dict[str, str]) -> None:
    with provision.connect(cluster.url(), autocommit=True) as admin:
        admin.execute("alter system reset all")
        for name, value in wanted.items():
            admin.execute(f"alter system set {name} = '{value}'")
        admin.execute("select pg_reload_conf()")
