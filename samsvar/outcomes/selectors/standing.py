"""The figures of a day stand in one place: whatever process shows them, and whatever becomes of the rows behind them.

Figures alone are kept, with small groups hidden, and no row of anybody. Else a course that is taken up again, or
deleted, would change the figures of a day by one, and two looks would be a subtraction (decision 0132).
"""

import json
import logging
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from math import isfinite
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from django.db import connection

from samsvar.instruments.scales import Scale, scales
from samsvar.outcomes.analysis.effect import TRAITS, Split
from samsvar.outcomes.analysis.rules import RuleSet, ruleset
from samsvar.postgres.actor import Actor
from samsvar.postgres.rows import LARGEST_NUMBER

logger = logging.getLogger(__name__)

Made = TypeVar("Made")

# What has a key is kept by it: the words are today's.
_BY_KEY: Mapping[type, Callable[[str], object]] = {
    RuleSet: ruleset,
    Scale: lambda key: scales().scales[key],
    Split: lambda key: {one.key: one for one in TRAITS}[key],
}


def standing(actor: Actor, day: date, what: str, kind: type[Made], make: Callable[[], Made]) -> Made:
    """What was published of a day in the own unit; made, and so published, by whoever looks first."""
    kept = _publish(day, what, None, None)
    found = _read(kind, kept)
    if found is None:
        made = make()
        # Another may have been first: then theirs stands. What nobody can read gives way.
        found = _read(kind, _publish(day, what, json.dumps(packed(made)), kept)) or made
    return found


def _publish(day: date, what: str, figures: str | None, unread: str | None) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("select outcomes_publish(%s, %s, %s::jsonb, %s::jsonb)::text", [day, what, figures, unread])
        return cast(str | None, cursor.fetchone()[0])


def _read(kind: type[Made], kept: str | None) -> Made | None:
    if kept is None:
        return None
    try:
        return cast(Made, unpacked(kind, json.loads(kept)))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        logger.exception("Published figures that nobody can read")
        return None


def packed(value: Any) -> Any:
    """Figures as data: nothing but numbers, words, lists and the names of fields."""
    if type(value) in _BY_KEY:
        return value.key
    if is_dataclass(value):
        return {one.name: packed(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return [[packed(key), packed(one)] for key, one in value.items()]
    if isinstance(value, list | tuple):
        return [packed(one) for one in value]
    # A number of numpy's is one of Python's; what is no number, or too large for the database's JSON, has a word.
    plain = value.item() if hasattr(value, "item") else value
    return str(plain) if isinstance(plain, float) and not (isfinite(plain) and abs(plain) <= LARGEST_NUMBER) else plain


def unpacked(kind: Any, data: Any) -> Any:
    """What `packed` made, as what it was; raises an error where it is nothing of that kind.

    A field more or less is another kind: what a changed program would read wrongly, it does not read at all.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _BY_KEY:
        return _BY_KEY[kind](data)
    if origin in {Union, UnionType}:
        [one] = (one for one in inner if one is not type(None))
        return None if data is None else unpacked(one, data)
    if origin is tuple:
        kinds = [inner[0]] * len(data) if inner[-1] is Ellipsis else inner
        return tuple(unpacked(one, item) for one, item in zip(kinds, data, strict=True))
    if origin is list:
        return [unpacked(inner[0], one) for one in data]
    if origin is not None and issubclass(origin, Mapping):
        return {unpacked(inner[0], key): unpacked(inner[1], one) for key, one in data}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        if set(data) != {one.name for one in fields(kind)}:
            raise ValueError(kind)
        return kind(**{one.name: unpacked(hints[one.name], data[one.name]) for one in fields(kind)})
    return _simple(kind, data)


def _simple(kind: Any, data: Any) -> Any:
    if kind is date:
        return date.fromisoformat(data)
    if kind is float or issubclass(kind, Enum):
        return kind(data)
    if not isinstance(data, str | int | float | None if kind is Hashable else kind):
        raise TypeError(kind)
    return data
