"""The copy that is evaluated, and the figures of it as they were published."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from samsvar.instruments.flow import Answer
from samsvar.instruments.instrument import instrument
from samsvar.instruments.scales import Settings, scales
from samsvar.outcomes.analysis.effect import Effect, compute
from samsvar.outcomes.analysis.rules import ruleset
from samsvar.outcomes.files.table import FACTS, GROUP, NUMBER, TIMES, WAVE, Person, Table
from samsvar.outcomes.files.table import Report as TableReport
from samsvar.outcomes.indicators.measuring import measure_all
from samsvar.outcomes.indicators.parts import Counted
from samsvar.outcomes.policies import OPEN_DAYS
from samsvar.outcomes.selectors.logs import logs_of
from samsvar.outcomes.selectors.standing import standing
from samsvar.postgres.actor import Actor

# The figures are published at these months' beginnings, so that two looks at them are no subtraction (decision 0102).
PUBLISHED = (1, 4, 7, 10)


def published(today: date) -> date:
    """The day whose figures are shown: the last on which they were published."""
    return max(date(today.year, month, 1) for month in PUBLISHED if month <= today.month)


def table_of(actor: Actor, until: date) -> Table:
    """The one-way copy of what was in before a day, as a table: the own unit's numbers and codes, and no name."""
    moment = timezone.make_aware(datetime(until.year, until.month, until.day))
    with connection.cursor() as cursor:
        cursor.execute(
            "select number, target, wave, answers, minutes, bridging, months from outcomes_copy(%s)", [moment]
        )
        rows = cursor.fetchall()
    return table_from(rows)


def table_from(rows: Iterable[Sequence[Any]]) -> Table:
    """A table of the copy's rows: number, group, wave, codes, minutes of contact and of bridge-building, months."""
    form = instrument()
    persons: dict[str, Person] = {}
    columns = {NUMBER, GROUP, WAVE}
    for number, target, wave, stored, minutes, bridging, months in rows:
        answers = _codes(stored)
        person = persons.setdefault(number, Person(number, target))
        person.waves[wave] = TableReport(answers, {})
        columns.update(answers)
        for name, value in zip(TIMES, ((minutes or 0) / 60, (bridging or 0) / 60, months), strict=True):
            person.keep(name, value, wave)
            columns.add(name)
        for name in FACTS:
            code = answers.get(name)
            if isinstance(code, int) and not form.is_missing(name, code):
                person.keep(name, code, wave)
    return Table(tuple(persons.values()), frozenset(columns), (), "utf-8-sig", ";", {})


def _codes(stored: Any) -> dict[str, Answer]:
    found = json.loads(stored) if isinstance(stored, str) else stored or {}
    return {field: tuple(one) if isinstance(one, list) else one for field, one in found.items()}


@dataclass(frozen=True)
class Published:
    """The figures of a day, and of how many persons they are."""

    day: date
    persons: int
    effect: Effect


def _shown() -> date:
    """The newest day of which no report can be taken back any more: two looks at one day tell the same."""
    return published(timezone.localdate() - timedelta(days=OPEN_DAYS))


def effect_of(actor: Actor, rules: str) -> Published:
    """What changed for whom in the own unit, by a rule set; raises LookupError for one that is not there.

    The figures of a day stand until the next is published: what one look has computed, the others of the unit get too.
    """
    day = _shown()

    def make() -> Published:
        table = table_of(actor, day)
        return Published(day, len(table.persons), compute(table, scales(), ruleset(rules), Settings()))

    return standing(actor, day, f"effect {ruleset(rules).key}", Published, make)


@dataclass(frozen=True)
class Indicated:
    """The indicators of a day."""

    day: date
    counted: Mapping[str, list[Counted]]


def indicators_of(actor: Actor) -> Indicated:
    """What each indicator comes to in the own unit, published on the same days as the effect (R-004-113)."""
    day = _shown()

    def make() -> Indicated:
        counted = measure_all(logs_of(actor, day, table_of(actor, day)), scales(), ruleset().least)
        return Indicated(day, {key: [one.without_citizens() for one in some] for key, some in counted.items()})

    return standing(actor, day, "indicators", Indicated, make)


def published_table(actor: Actor) -> Table:
    """The table behind the figures that are shown today."""
    return table_of(actor, _shown())
