"""What Samsvar must never be: a judge of figures, a second journal, a reader of other systems, an open letter."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import get_resolver, reverse
from psycopg import sql

from samsvar.cases.forms import between, case, concerns, work
from samsvar.cases.models import Concern
from samsvar.meetings.forms import meetings as meetings_forms
from samsvar.postgres.actor import acting
from samsvar.web import translations
from tests.cases.table import NUMBER, raised
from tests.clients import sit
from tests.world import World

SAMSVAR = Path(settings.BASE_DIR) / "samsvar"
# Whoever could ask another system, by the libraries with which one asks.
ASKING = {
    *(
        "urllib.request",
        "http.client",
        "socket",
        "asyncio",
        "smtplib",
        "imaplib",
        "poplib",
        "ftplib",
        "xmlrpc",
        "ldap3",
    ),
    *("requests", "httpx", "aiohttp", "urllib3", "paramiko", "ldap3", "zeep", "suds", "pyodbc", "oracledb", "pymssql"),
}
MAY_ASK = {
    "samsvar.supervisor": "waits for the own server on loopback",
    "samsvar.accounts.invitations": "knows the error of a mail that could not be sent",
    "samsvar.accounts.adapter": "knows the error of a mail that could not be sent",
}


def _asks() -> set[str]:
    found = set()
    for file in SAMSVAR.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            if any(name == library or name.startswith(f"{library}.") for name in names for library in ASKING):
                found.add(".".join(file.relative_to(SAMSVAR.parent).with_suffix("").parts))
    return found


@pytest.mark.req("R-000-162", "LR-000-67")
def test_nothing_in_samsvar_can_ask_another_system() -> None:
    """Only references of the own systems are kept, as text that a person types (R-000-133)."""
    assert _asks() == set(MAY_ASK)


@pytest.mark.req("R-000-162")
def test_the_only_databases_are_the_own() -> None:
    assert {alias for alias in settings.DATABASES if alias not in {"default", "refusals", "caretaker"}} == set()
    assert {database["ENGINE"] for database in settings.DATABASES.values()} == {"django.db.backends.postgresql"}


@pytest.mark.req("R-000-157")
def test_the_number_in_the_own_system_is_enough_to_raise_a_concern(world: World) -> None:
    officer = sit(world, "police.frontline")
    assert officer.post(reverse("cases:raise"), {"event_reference": "0700-76114-00021-26"}).status_code == 302
    with acting(world.seats["police.frontline"].token):
        concern = Concern.objects.get()
        assert (concern.text, concern.identity_id) == ("", None)


@pytest.mark.req("R-000-157")
def test_no_form_demands_what_the_own_journal_holds() -> None:
    """Who the citizen is, where, and what was tried stands in each authority's own system; here it may be left out."""
    journal = re.compile(r"cpr|person|name|address|birth|sex|phone|tried|diagnos|journal|reference|history")
    kinds = {
        form
        for module in (between, case, concerns, work, meetings_forms)
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, forms.BaseForm)
    }
    assert len(kinds) > 30
    demanded = {
        f"{form.__name__}.{name}"
        for form in kinds
        for name, field in form.base_fields.items()
        if field.required and journal.search(name)
    }
    # A citizen who lifts a pseudonym gives the name; to say nothing is to keep the pseudonym.
    assert demanded == {"LiftForm.name"}


@pytest.mark.req("R-003-69", "R-000-70")
def test_no_page_takes_a_file() -> None:
    """A journal cannot move in: what passes is written here, a few lines at a time, and no form keeps a file.

    Two files are read and kept nowhere: short drafts of what has happened (0099), and codes of a form's answers under a
    course's number (0123).
    """
    assert get_resolver().url_patterns
    kinds, waiting = set(), [forms.BaseForm]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind not in kinds:
                kinds.add(kind)
                waiting.append(kind)
    own = {kind for kind in kinds if kind.__module__.startswith("samsvar.")}
    assert len(own) > 60
    fields = {(kind.__name__, name): field for kind in own for name, field in getattr(kind, "base_fields", {}).items()}
    assert {place for place, field in fields.items() if isinstance(field, forms.FileField)} == {
        ("EventFileForm", "file"),
        ("AnswersFileForm", "file"),
        ("SheetForm", "file"),
    }
    unbounded = {
        place for place, field in fields.items() if isinstance(field, forms.CharField) and field.max_length is None
    }
    assert {place for place in unbounded if isinstance(fields[place].widget, forms.Textarea)} == set()
    assert not any(
        isinstance(field, models.FileField) for model in apps.get_models() for field in model._meta.get_fields()
    )


@pytest.mark.req("R-000-140")
def test_more_cases_look_no_better_and_no_worse_than_few(world: World) -> None:
    def looks() -> dict[str, set[str]]:
        member = sit(world, "police.member")
        pages = {name: member.get(reverse(name)).content.decode() for name in ("web:desk", "cases:list")}
        assert "TST-" in pages["cases:list"]
        tone = re.compile(r"(?:badge|alert|icon|trend|arrow|text)-[\w-]+")
        return {name: set(tone.findall(page.partition("<main")[2])) for name, page in pages.items()}

    raised(world, name="Borger 0", cpr="")
    few = looks()
    for number in range(1, 12):
        raised(world, name=f"Borger {number}", cpr="")
    assert looks() == few


@pytest.mark.req("R-000-153", "LR-000-51")
def test_a_cpr_number_stands_in_clear_nowhere_in_the_database(
    world: World, owner_connection: psycopg.Connection
) -> None:
    raised(world)
    tables = owner_connection.execute(
        "select table_schema, table_name from information_schema.tables where table_type = 'BASE TABLE'"
        " and table_schema not in ('pg_catalog', 'information_schema')"
    ).fetchall()
    assert len(tables) > 40
    clear = [
        table
        for schema, table in tables
        if owner_connection.execute(
            sql.SQL("select 1 from {} t where replace(t::text, '-', '') like %s limit 1").format(
                sql.Identifier(schema, table)
            ),
            [f"%{NUMBER}%"],
        ).fetchone()
    ]
    assert clear == []


@pytest.mark.req("R-000-153")
def test_outside_the_demonstration_everything_goes_over_tls() -> None:
    asked = (
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SECURE_HSTS_SECONDS",
    )
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from samsvar import settings; print([bool(getattr(settings, n)) for n in {asked!r}])",
        ],
        env={**os.environ, "SAMSVAR_DEMO": "0"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert said.stdout.strip() == str([True] * len(asked))


# What somebody else grants, gives or decides, and the words with which one would promise it to the citizen.
_OFFERS = (
    r"(?:bolig|bosted|botilbud|behandling|bostøtte|støtte|bevilling|ydelse|kontanthjælp|førtidspension|psykolog"
    r"|indlæggelse|plads|tilbud)"
)
_PROMISES = [
    re.compile(
        r"\b(?:du|I|vi|borgeren|de|man)\b[^.?]{0,40}\b(?:får|vil få|skal have|har ret til|bliver tilbudt|er sikret"
        rf"|er garanteret|kan regne med)\b[^.?]{{0,30}}\b{_OFFERS}\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:vi lover|lover jer|lover dig|garanterer|det er lovet)\b", re.IGNORECASE),
]
# Sentences that read as a promise to the pattern and are none, each with why.
NO_PROMISE = {
    "bestemme, om du får en ydelse eller en bolig: det gør dem, der har ansvaret for det": "what a tovholder cannot do",
}


@pytest.mark.req("R-002-158")
def test_no_text_of_the_program_promises_what_somebody_else_gives() -> None:
    texts = {text for room in translations.rooms() for _context, text in translations.texts_in(room)}
    assert len(texts) > 2000
    found = {one for one in texts if any(pattern.search(one) for pattern in _PROMISES)}
    assert found == set(NO_PROMISE)


@pytest.mark.req("R-002-158")
@pytest.mark.parametrize(
    ("said", "promises"),
    [
        ("Borgeren får en bolig.", True),
        ("Du har ret til behandling hos dem.", True),
        ("Vi lover, at de kommer.", True),
        ("Foreslået, ikke lovet endnu", False),
        ("Spørg borgeren, om de skal have besked.", False),
    ],
)
def test_a_promise_would_be_seen(said: str, promises: bool) -> None:
    assert any(pattern.search(said) for pattern in _PROMISES) is promises
