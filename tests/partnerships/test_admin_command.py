"""`samsvar admin`: the way in for an authority's first administrator, by whoever runs the system."""

import os
import subprocess
import sys

from django.conf import settings
from django.test import Client

from samsvar.accounts.models import User
from tests.conftest import Database

ASKED = ["admin", "anna@eksempel.dk", "--name", "Anna Prøve", "--authority", "Prøveby Kommune", "--partnership", "PSP"]


def _samsvar(database: Database, owner: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "samsvar", *arguments],
        env={**os.environ, "DATABASE_URL": database.app, "DATABASE_OWNER_URL": owner},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_command_prints_a_link_that_works(fresh_database: Database) -> None:
    done = _samsvar(fresh_database, fresh_database.owner, *ASKED)
    assert done.returncode == 0, done.stderr
    link = next(word for word in done.stdout.split() if word.startswith(settings.SITE_ADDRESS))
    page = Client().get(link.removeprefix(settings.SITE_ADDRESS), follow=True)
    assert "Vælg en adgangskode" in page.content.decode()
    assert User.objects.get().email == "anna@eksempel.dk"


def test_without_the_owners_address_nothing_is_made(fresh_database: Database) -> None:
    done = _samsvar(fresh_database, "", *ASKED)
    assert done.returncode == 1
    assert "DATABASE_OWNER_URL" in done.stderr
    assert not User.objects.exists()


def test_what_does_not_fit_is_said_in_words(fresh_database: Database) -> None:
    done = _samsvar(fresh_database, fresh_database.owner, *ASKED, "--prefix", "ALTFORLANGT")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not User.objects.exists()
