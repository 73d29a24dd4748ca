"""The house's own rules (house.md), read from the code: floors, furniture, and what stands in none of them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

SAMSVAR = Path(settings.BASE_DIR) / "samsvar"

FLOORS = {
    **dict.fromkeys(("law", "calendar", "instruments"), 0),
    **dict.fromkeys(("postgres", "accounts", "audit", "tasks", "forms"), 1),
    **dict.fromkeys(("partnerships", "citizens", "directory", "documents"), 2),
    "sharing": 3,
    **dict.fromkeys(("cases", "outreach", "referrals"), 4),
    **dict.fromkeys(("meetings", "conferences", "outcomes", "letters", "rights", "retention"), 5),
    **dict.fromkeys(("coordination", "steering"), 6),
    **dict.fromkeys(("web", "exchange"), 7),
    # Plays people at their keyboards, and so stands on the roof.
    "demo": 8,
}
# Floors 0 and 1 hold themselves up; these may know each other, and no others on one floor.
BESIDE = {
    ("instruments", "law"): "said in two languages",
    ("instruments", "calendar"): "months and their days",
    ("accounts", "audit"): "signing in is logged",
    ("accounts", "postgres"): "a session is opened in the database",
    ("audit", "postgres"): "who acts",
    ("tasks", "postgres"): "who acts",
    ("directory", "partnerships"): "which authorities have a lawyer",
    ("tasks", "audit"): "work that nobody does is logged",
    ("audit", "tasks"): "the log's own work is done by the worker",
    ("referrals", "cases"): "who somebody is, and how a step is answered",
    ("conferences", "meetings"): "a conference is held at a meeting",
    ("outreach", "cases"): "a step is answered alike everywhere",
    ("outreach", "referrals"): "a tip from another unit is an inquiry",
}
# Rooms whose rows can hold a person: whoever asks for one must say who asks.
PERSON_ROOMS = {
    *(
        "cases",
        "citizens",
        "sharing",
        "meetings",
        "conferences",
        "letters",
        "rights",
        "retention",
        "coordination",
        "referrals",
        "outreach",
        "outcomes",
    ),
}
WRITES = {"save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create", "update_or_create"}
# Functions of a service that write and yet take no actor first, and why.
WITHOUT_ACTOR = {
    "audit.services.write_rows": "the log itself, at the end of the actor's transaction",
    "audit.services.write_system_rows": "work that nobody does (docs/decisions/0010)",
    "cases.services.story.stir": "part of a verb",
    "cases.services.work.set_next": "part of a verb",
    "cases.services.work.refresh_next": "part of a verb",
    "coordination.services.errors.write": "part of a verb",
    "meetings.services.feeds.calendar": "asked by a calendar program, as which nobody acts",
    "meetings.services.invitations.send_waiting": "work that nobody does (docs/decisions/0010)",
    "meetings.services.minutes.changed": "part of a verb",
    "outreach.services.errors.write": "part of a verb",
    "partnerships.services.first.first_administrator": "before anybody is there; by the owner alone",
    "partnerships.services.rights.require_owner": "asks only whether one is the owner",
    "partnerships.services.rights.store": "part of a verb",
    "partnerships.services.rights.change": "part of a verb",
    "referrals.services.passing.change": "part of a verb",
}


@cache
def modules() -> list[tuple[str, Path, ast.Module]]:
    """Every module of a room: its dotted name within samsvar, its file, its tree."""
    found = []
    for file in sorted(SAMSVAR.rglob("*.py")):
        parts = file.relative_to(SAMSVAR).with_suffix("").parts
        if len(parts) > 1 and "migrations" not in parts:
            found.append((".".join(parts), file, ast.parse(file.read_text(encoding="utf-8"))))
    return found


def imported_rooms(tree: ast.Module) -> set[str]:
    """The rooms that a module imports from, inside functions too."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names += [node.module or ""] if node.module != "samsvar" else [f"samsvar.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return {name.split(".")[1] for name in names if name.startswith("samsvar.") and name.count(".") >= 1}


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions of a module that others may call."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def calls(function: ast.FunctionDef) -> set[str]:
    """Names of the methods and functions that it calls."""
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    }


def first_argument(function: ast.FunctionDef) -> str:
    """The name of what comes first."""
    arguments = [*function.args.posonlyargs, *function.args.args]
    return arguments[0].arg if arguments else ""


def test_every_room_has_its_floor() -> None:
    rooms = {folder.name for folder in SAMSVAR.iterdir() if (folder / "__init__.py").exists()}
    assert rooms <= set(FLOORS), "say on which floor the new room stands"
    assert len(rooms) > 10


def test_a_room_imports_only_from_floors_below() -> None:
    wrong = []
    for name, _, tree in modules():
        room = name.partition(".")[0]
        for other in imported_rooms(tree) - {room, "settings", "urls", "wsgi"}:
            if FLOORS.get(other, 9) >= FLOORS[room] and (room, other) not in BESIDE:
                wrong.append(f"{name} -> {other}")
    assert wrong == []


def test_each_neighbour_is_still_needed() -> None:
    known = {(name.partition(".")[0], other) for name, _, tree in modules() for other in imported_rooms(tree)}
    assert set(BESIDE) <= known


def test_the_law_the_calendar_and_the_instruments_know_no_framework() -> None:
    """So that a lawyer's table can be their test."""
    for name, file, tree in modules():
        if FLOORS[name.partition(".")[0]] == 0:
            text = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
            text |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            assert not [module for module in text if module.startswith("django")], file


def _is_screen(name: str) -> bool:
    return "views" in name.split(".") or name.endswith(".api")


def test_no_view_asks_the_database_itself() -> None:
    wrong = []
    for name, _, tree in modules():
        if not _is_screen(name):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "raw"}:
                wrong.append(f"{name}:{node.lineno}")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "cursor":
                wrong.append(f"{name}:{node.lineno}")
    # Whether the database answers at all is what the health page asks.
    assert [place for place in wrong if not place.startswith("web.views")] == []
    assert len(wrong) <= 1


def test_nothing_happens_behind_a_save() -> None:
    wrong = []
    for name, _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and "models" in name.split("."):
                wrong += [
                    f"{name}.{node.name}" for item in node.body if getattr(item, "name", "") in {"save", "delete"}
                ]
            if isinstance(node, ast.Attribute) and node.attr in {"post_save", "pre_save", "post_delete", "pre_delete"}:
                wrong.append(f"{name}:{node.lineno}")
            if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals":
                wrong += [f"{name}:{alias.name}" for alias in node.names if alias.name != "post_migrate"]
    assert wrong == []


def _furniture(kind: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for name, _, tree in modules():
        if kind in name.split("."):
            for function in functions(tree):
                yield f"{name}.{function.name}", function


def test_whoever_writes_says_who_acts() -> None:
    verbs = {name: f for name, f in _furniture("services") if calls(f) & (WRITES | {"execute"})}
    assert len(verbs) > 40
    silent = {name for name, function in verbs.items() if first_argument(function) != "actor"}
    assert silent - set(WITHOUT_ACTOR) == set()


@pytest.mark.parametrize("kind", ["services", "selectors"])
def test_verbs_and_readings_that_log_know_who_acts(kind: str) -> None:
    for name, function in _furniture(kind):
        if "record" in calls(function):
            assert first_argument(function) == "actor", name


def test_whoever_reads_persons_says_who_asks() -> None:
    wrong = []
    for name, function in _furniture("selectors"):
        asks = any(isinstance(node, ast.Attribute) and node.attr == "objects" for node in ast.walk(function))
        if name.partition(".")[0] in PERSON_ROOMS and asks and first_argument(function) != "actor":
            wrong.append(name)
    # The criteria and categories of a partnership are words, not persons.
    assert set(wrong) == {"cases.selectors.concerns.traits_of", "cases.selectors.concerns.categories_of"}


def test_services_know_nothing_of_http() -> None:
    for name, _, tree in modules():
        if {"services", "selectors", "models", "policies"} & set(name.split(".")):
            modules_used = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            assert not [module for module in modules_used if module.startswith(("django.http", "django.shortcuts"))], (
                name
            )
