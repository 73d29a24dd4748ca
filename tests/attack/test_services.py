"""Every service that is given a case or another row, called by somebody who does not see it.

A view finds rows through selectors, and so meets the wall first. Here a service is handed the very row, as a defect in
a view would do: it refuses, or it finds nothing to do. The services and their arguments are read from the code, so that
a new one is attacked by itself.
"""

import contextlib
import dataclasses
import enum
import importlib
import inspect
import pkgutil
import re
import sys
import types
import typing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DatabaseError, connection, models
from django.http import Http404

import samsvar
from samsvar.cases.models import Case
from samsvar.partnerships.models import Authority, Capacity, Group, Partnership
from samsvar.postgres import provision
from samsvar.postgres.actor import acting
from tests.attack.test_walk import WHO_SEES
from tests.attack.walk import name_the_rest
from tests.conftest import FilledDatabase, _point_django_at
from tests.filled import Filled
from tests.postgres.test_policies import AUDIENCE

pytestmark = pytest.mark.attack

SEATS = [
    *("police.member", "police.screener", "police.frontline", "police.othergroup", "police.colleague"),
    *("police.steering", "police.admin", "police.dpo", "social.member", "social.screener", "social.frontline"),
    *("psychiatry.member", "psychiatry.screener", "outside.member", "outside.screener"),
]
# Ids that stand for a row, by the name of the argument.
KEYS = {"case_id": "cases_case", "contribution_id": "sharing_contribution", "task_id": "tasks_task"}
# What a refusal may be raised as, besides the errors that the rooms define for it.
REFUSALS = (PermissionDenied, ObjectDoesNotExist, Http404, DatabaseError, ValueError, LookupError)
SENTENCE = "Det er nødvendigt for at hjælpe i aften."
# Steps that a service takes for another, once it has found the row: what they write tells nothing of it.
STEPS = {
    "cases.services.rows.lay_in_case": "lays the task with the authority that is to do something in a case",
    "cases.services.concerns.lay_screening": "lays the task to screen with the authority that is to",
    "cases.services.between.lay_acute": "lays the task with the authority that was called",
}
ENOUGH = 5_000
ARTEFACT = Path(__file__).resolve().parents[2] / "artefacts" / "attack-services.tsv"


@dataclasses.dataclass(frozen=True)
class Service:
    """A public function that acts: its name, what it needs, and the argument that is a row of somebody's."""

    name: str
    function: Callable
    needs: dict[str, Any]
    target: str
    table: str


def services() -> list[Service]:
    """Every public function of the rooms' services that takes an actor and a row with an audience, from the code."""
    found = []
    for module_info in pkgutil.walk_packages(samsvar.__path__, "samsvar."):
        if ".services" not in module_info.name:
            continue
        module = importlib.import_module(module_info.name)
        for name, function in vars(module).items():
            if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != module.__name__:
                continue
            parameters = inspect.signature(function).parameters
            if next(iter(parameters), "") != "actor":
                continue
            hints = typing.get_type_hints(function)
            needs = {
                key: hints[key]
                for key, parameter in list(parameters.items())[1:]
                if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
            }
            for key, kind in needs.items():
                if table := _table_of(key, kind):
                    found.append(Service(f"{module.__name__[8:]}.{name}", function, needs, key, table))
                    break
    return found


def _table_of(key: str, kind: Any) -> str:
    """The table of somebody's rows that an argument takes, if it takes one."""
    if key in KEYS and kind is UUID:
        return KEYS[key]
    model = _model_of(kind)
    return model._meta.db_table if model and model._meta.db_table in AUDIENCE else ""


def _model_of(kind: Any) -> type[models.Model] | None:
    for one in typing.get_args(kind) if isinstance(kind, types.UnionType) else [kind]:
        if inspect.isclass(one):
            if issubclass(one, models.Model):
                return one
            # The rooms below the case's own know it by what it has.
            if one.__name__ == "AboutCase":
                return Case
    return None


class Hand:
    """Makes arguments, with rows as the owner reads them."""

    def __init__(self, owner: psycopg.Connection, filled: Filled) -> None:
        self.owner, self.filled = owner, filled
        self.models = {model._meta.db_table: model for model in apps.get_models()}

    def row(self, model: type[models.Model], key: UUID | None = None) -> models.Model:
        """A row as an object, by its key or the first there is."""
        fields = model._meta.concrete_fields
        columns = ", ".join(f'"{field.column}"' for field in fields)
        where, values = ("where id = %s", [key]) if key else ("order by id limit 1", [])
        found = self.owner.execute(f"select {columns} from {model._meta.db_table} {where}", values).fetchone()
        assert found is not None, model
        return model.from_db("default", [field.attname for field in fields], found)

    def named(self, table: str, name: str) -> models.Model:
        """A row of the filled world."""
        return self.row(self.models[table], self.filled.ids[name])

    def value(self, key: str, kind: Any) -> Any:
        """Something that may stand in an argument of this kind."""
        if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
            kinds = [one for one in typing.get_args(kind) if one is not type(None)]
            # Of a choice and its text the choice is meant.
            return self.value(key, next((one for one in kinds if one is not str), kinds[0]))
        origin = typing.get_origin(kind)
        if origin in {Iterable, Sequence, list, tuple}:
            return [self.value(key, typing.get_args(kind)[0])]
        if origin in {Mapping, dict}:
            return {}
        if origin is typing.Literal:
            return typing.get_args(kind)[0]
        if kind in PLAIN:
            return PLAIN[kind](self, key)
        if inspect.isclass(kind) and issubclass(kind, enum.Enum):
            return next(iter(kind))
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            hints = typing.get_type_hints(kind)
            needed = [
                field.name
                for field in dataclasses.fields(kind)
                if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
            ]
            return kind(**{name: self.value(name, hints[name]) for name in needed})
        if model := _model_of(kind):
            # The first that the table of audiences names, else any.
            named = next(iter(AUDIENCE.get(model._meta.db_table, ())), None)
            return self.row(model, self.filled.ids[named] if named else None)
        return None


def _authority(hand: Hand, key: str) -> Any:
    return hand.row(Authority, hand.filled.world.authorities["social"])


def _uuid(hand: Hand, key: str) -> UUID:
    world = hand.filled.world
    known = {"partnership_id": world.partnership, "group_id": world.group, "authority_id": world.authorities["police"]}
    return known.get(key, uuid4())


PLAIN: dict[Any, Callable[[Hand, str], Any]] = {
    str: lambda hand, key: "6201805678" if key in {"number", "cpr"} else SENTENCE,
    bool: lambda hand, key: True,
    int: lambda hand, key: 12,
    date: lambda hand, key: date.today() + timedelta(days=9),
    datetime: lambda hand, key: datetime.now(UTC) + timedelta(days=9),
    time: lambda hand, key: time(9),
    UUID: _uuid,
    Any: lambda hand, key: None,
    object: lambda hand, key: None,
    Authority: _authority,
    Group: lambda hand, key: hand.row(Group, hand.filled.world.group),
    Partnership: lambda hand, key: hand.row(Partnership, hand.filled.world.partnership),
    Capacity: lambda hand, key: hand.row(Capacity, hand.filled.seat("police.colleague").post),
    Case: lambda hand, key: hand.named("cases_case", "case.open"),
}


class _Undo(Exception):
    """Ends an attempt; whatever it did is rolled back."""


@pytest.fixture(scope="module")
def hand(filled_database: FilledDatabase, django_db_blocker: Any, shared_database: Any) -> Iterator[Hand]:
    """Django on the filled database, and the owner beside it; nothing is committed."""
    name_the_rest(filled_database.filled)
    with django_db_blocker.unblock():
        _point_django_at(filled_database.database)
        try:
            with contextlib.closing(provision.connect(filled_database.database.owner)) as owner:
                yield Hand(owner, filled_database.filled)
        finally:
            _point_django_at(shared_database)


class Writes:
    """The tables that statements of this transaction have changed."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Callable, query: str, params: Any, many: bool, context: dict) -> Any:
        answer = execute(query, params, many, context)
        verb = str(query).lstrip(" (").partition(" ")[0].upper()
        if verb in {"INSERT", "UPDATE", "DELETE"} and context["cursor"].rowcount > 0:
            self.tables |= set(re.findall(r'"(\w+)"', str(query))[:1])
        return answer

    def all(self) -> set[str]:
        """They, or the word "something" where only the database knows of a write, in a function."""
        with connection.cursor() as cursor:
            cursor.execute("select pg_current_xact_id_if_assigned() is not null")
            return self.tables or ({"something"} if cursor.fetchone()[0] else set())


def attack(hand: Hand, service: Service, row: str, seat: str) -> str:
    """What came of it: `refused: ` and by what, `nothing`, or `wrote: ` and where."""
    arguments = {key: hand.value(key, kind) for key, kind in service.needs.items() if key != service.target}
    target = hand.named(service.table, row)
    arguments[service.target] = target.pk if service.target in KEYS else target
    writes = Writes()
    try:
        with acting(hand.filled.seat(seat).token) as actor, connection.execute_wrapper(writes):
            service.function(actor, **arguments)
            tables = sorted(writes.all())
            raise _Undo
    except _Undo:
        return f"wrote: {' '.join(tables)}" if tables else "nothing"
    except Exception as error:
        ours = type(error).__module__.startswith("samsvar.")
        return f"{'refused' if ours or isinstance(error, REFUSALS) else 'broke'}: {type(error).__name__}"


TABLE: dict[tuple[str, str], dict[str, str]] = {}


@pytest.mark.parametrize("seat", SEATS)
def test_a_service_does_nothing_for_one_who_does_not_see_the_row(hand: Hand, seat: str) -> None:
    wrong = []
    for service in services():
        for row in AUDIENCE[service.table]:
            came = attack(hand, service, row, seat)
            foreign = seat not in WHO_SEES[row]
            TABLE.setdefault((service.name, row), {})[seat] = f"{'foreign' if foreign else 'own'} {came}"
            if foreign and not came.startswith(("refused", "nothing")) and service.name not in STEPS:
                wrong.append(f"{service.name} {row}: {came}")
    assert wrong == [], "\n".join(wrong)


def test_the_table_of_services_has_no_empty_cell() -> None:
    """Kept as artefacts/attack-services.tsv: a line for each service and row, a column for each seat."""
    lines = [["service", "row", *SEATS]]
    lines += [[*place, *(cells.get(seat, "") for seat in SEATS)] for place, cells in sorted(TABLE.items())]
    ARTEFACT.parent.mkdir(exist_ok=True)
    ARTEFACT.write_text("\n".join("\t".join(line) for line in lines) + "\n")
    assert [line[:2] for line in lines if not all(line)] == []
    cells = [(place[0], cell) for place, line in TABLE.items() for cell in line.values()]
    assert sum(cell.startswith("foreign") for _, cell in cells) >= ENOUGH
    # The same arguments get something done by those whose row it is: the wall refuses, and not the arguments.
    works = {name for name, cell in cells if cell.startswith("own wrote")}
    assert len(works) >= 20, sorted({name for name, _ in cells} - works)
    came = Counter(cell.partition(":")[0] for _, cell in cells)
    sys.stdout.write(", ".join(f"{number:,} {what}" for what, number in came.most_common()) + "\n")
