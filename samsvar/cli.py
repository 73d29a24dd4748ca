"""The command `samsvar`: demo, serve, worker, migrate, check, backup, restore.

What a command needs is imported when it runs, so that the next command starts fast.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samsvar.postgres.provision import Addresses


class CommandError(Exception):
    """A command cannot go on; the message, Danish and English, says what to do."""


@contextlib.contextmanager
def installation() -> Iterator["Addresses"]:
    """This installation's addresses; a server of one's own that was not running is stopped again afterwards."""
    from samsvar.postgres import state
    from samsvar.postgres.provision import addresses_from
    from samsvar.postgres.server import Cluster

    ran_before = not os.environ.get("DATABASE_URL") and Cluster.at_home(state.home()).running()
    addresses, cluster = addresses_from()
    try:
        yield addresses
    finally:
        if cluster and not ran_before:
            cluster.stop()


def kind() -> str:
    """What this process may open: a "demo" database or a "real" one."""
    return "demo" if os.environ.get("SAMSVAR_DEMO", "").strip().lower() in {"1", "true", "yes", "ja"} else "real"


def set_up_django(database_url: str) -> None:
    """Load Django with one address as its database."""
    os.environ["DATABASE_URL"] = database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsvar.settings")
    import django

    django.setup()


def migrate(options: argparse.Namespace) -> int:
    """Bring the database's tables up to this release, as the owner."""
    from samsvar.postgres import provision

    with installation() as addresses:
        if not addresses.owner:
            raise CommandError(
                "DATABASE_OWNER_URL mangler: kun ejeren af databasen kan ændre den. / "
                "DATABASE_OWNER_URL is missing: only the owner of the database can change it."
            )
        with provision.connect(addresses.owner, autocommit=True) as owner:
            provision.prepare_schema(owner)
            provision.mark_installation(owner, kind())
        os.environ.setdefault("SAMSVAR_BUILDING", "1")
        set_up_django(addresses.owner)
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=options.verbosity)
        with provision.connect(addresses.owner) as owner:
            provision.grant_framework_tables(owner)
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="samsvar", description="Samsvar: the table where authorities share a case.")
    commands = top.add_subparsers(dest="command", required=True, metavar="command")

    one = commands.add_parser("migrate", help="bring the database up to this release (as its owner)")
    one.add_argument("-v", "--verbosity", type=int, default=1, choices=range(4))
    one.set_defaults(run=migrate)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 is well, 1 is a refusal with its reason on standard error."""
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from samsvar.postgres.provision import ProvisionError
        from samsvar.postgres.server import ServerError

        if not isinstance(error, CommandError | ProvisionError | ServerError):
            raise
        print(error, file=sys.stderr)
        return 1
