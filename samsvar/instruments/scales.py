"""Scales: how answers become a score, under rules that are written down with each result (R-004-95 to R-004-99)."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from statistics import variance
from types import MappingProxyType
from typing import Any

from samsvar.instruments.flow import Answers, holds
from samsvar.instruments.instrument import DATA, Instrument, Item, Said, instrument


class Method(StrEnum):
    """What a score is made of: the report says the sum."""

    SUM = "sum"
    MEAN = "mean"


class Missing(StrEnum):
    """What becomes of a scale on which something is not known: nothing, or from half of it, scaled up."""

    ALL = "all"
    HALF = "half"


class NotAsked(StrEnum):
    """What becomes of an item that the form did not ask: the scale is shorter, it counts as 0, or there is no score."""

    SHORTER = "shorter"
    ZERO = "zero"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules by which answers became scores. The report leaves them open; these are ours, each can be changed."""

    method: Method = Method.SUM
    missing: Missing = Missing.ALL
    reverse: bool = True
    not_asked: NotAsked = NotAsked.SHORTER

    def as_data(self) -> dict[str, Any]:
        """What is recorded with each result."""
        return asdict(self)

    def rules(self) -> tuple[Said, ...]:
        """The rules in words, the missing rule and the reverse rule among them (R-004-97)."""
        return (_METHODS[self.method], _MISSING[self.missing], _REVERSE[self.reverse], _NOT_ASKED[self.not_asked])


_METHODS = {
    Method.SUM: Said("Svarene lægges sammen.", "The answers are added up."),
    Method.MEAN: Said("Svarenes gennemsnit.", "The mean of the answers."),
}
_MISSING = {
    Missing.ALL: Said(
        "»Ved ikke« og ubesvaret mangler; mangler ét svar, er der ingen score.",
        '"Don\'t know" and unanswered are missing; where one answer is missing, there is no score.',
    ),
    Missing.HALF: Said(
        "»Ved ikke« og ubesvaret mangler; er mindst halvdelen besvaret, regnes der op til hele skalaen.",
        '"Don\'t know" and unanswered are missing; from half of them on, it is scaled up to the whole.',
    ),
}
_REVERSE = {
    True: Said(
        "Værgemål, sjette udsagn, er vendt (3 minus svaret).", "Guardianship, sixth item, is reversed (3 minus it)."
    ),
    False: Said("Ingen udsagn er vendt.", "No item is reversed."),
}
_NOT_ASKED = {
    NotAsked.SHORTER: Said(
        "Et udsagn, der ikke blev spurgt om, gør skalaen kortere (Værgemål 0-15).",
        "An item that was not asked makes the scale shorter (guardianship 0-15).",
    ),
    NotAsked.ZERO: Said("Et udsagn, der ikke blev spurgt om, tæller 0.", "An item that was not asked counts as 0."),
    NotAsked.MISSING: Said(
        "Blev et udsagn ikke spurgt om, er der ingen score.", "Where an item was not asked, there is no score."
    ),
}


@dataclass(frozen=True, slots=True)
class Band:
    """What a value of alpha is called (George and Mallery)."""

    said: Said
    low: float
    low_inside: bool

    def holds(self, alpha: float) -> bool:
        """Whether alpha reaches it."""
        return alpha >= self.low if self.low_inside else alpha > self.low


@dataclass(frozen=True, slots=True)
class Scale:
    """A measure of 7.4.5. `low` and `high` bound one answer; `ticks` counts boxes of one question instead."""

    key: str
    construct: Said
    said: Said
    fields: tuple[str, ...]
    low: int
    high: int
    better: str
    reverse: frozenset[str]
    conditional: Mapping[str, Item]
    missing_codes: frozenset[int]
    reference_alpha: float | None = None
    nominal: bool = False
    ticks: int = 0
    same_as: str = ""

    def range(self, settings: Settings, asked: int | None = None) -> tuple[int, int]:
        """The lowest and highest score, where `asked` of its items were asked."""
        times = 1 if settings.method is Method.MEAN else len(self.fields) if asked is None else asked
        return self.low * times, self.high * times


@dataclass(frozen=True, slots=True)
class Score:
    """A score with the range it lies in; no value where the missing rule allows none."""

    value: float | None
    low: int
    high: int
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class ScaleSet:
    """The scales of an instrument, and the bands of alpha."""

    key: str
    version: str
    source: Said
    scales: Mapping[str, Scale]
    bands: tuple[Band, ...]

    @property
    def stamp(self) -> str:
        """Key and version in one text."""
        return f"{self.key} {self.version}"

    def band(self, alpha: float) -> Said:
        """What an alpha is called."""
        return next(band.said for band in self.bands if band.holds(alpha))

    def measured(self) -> tuple[Scale, ...]:
        """The scales with an order, each question once: what means and tests are made of."""
        return tuple(scale for scale in self.scales.values() if not scale.nominal and not scale.same_as)


def _scale(raw: Mapping[str, Any], form: Instrument) -> Scale:
    items = {name: item for name, _, item in form.variables()}
    if unknown := set(raw["fields"]) - set(items):
        raise ValueError(f"The scale {raw['key']} uses {', '.join(sorted(unknown))}, which the form does not ask.")
    rest = ("low", "high", "better", "reference_alpha", "nominal", "ticks", "same_as")
    return Scale(
        key=raw["key"],
        construct=Said(raw["construct_da"], raw["construct_en"]),
        said=Said(raw["da"], raw["en"]),
        fields=tuple(raw["fields"]),
        reverse=frozenset(raw.get("reverse", [])),
        conditional=MappingProxyType(
            {name: item for name in raw["fields"] if (item := items[name]) is not None and item.only_if}
        ),
        missing_codes=frozenset({form.missing}).union(*(form.of_field(name).missing for name in raw["fields"])),
        **{name: raw[name] for name in rest if name in raw},
    )


@cache
def scales(name: str = "scales-2008") -> ScaleSet:
    """The scales that come with the product; raises ValueError where they do not fit their form."""
    raw = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    form = instrument(raw["instrument"])
    return ScaleSet(
        key=raw["key"],
        version=raw["version"],
        source=Said(raw["source_da"], raw["source_en"]),
        scales=MappingProxyType({one["key"]: _scale(one, form) for one in raw["scales"]}),
        bands=tuple(
            Band(Said(one["da"], one["en"]), one.get("above", one.get("from", float("-inf"))), "above" not in one)
            for one in raw["bands"]
        ),
    )


def item_values(scale: Scale, answers: Answers, settings: Settings) -> list[float | None]:
    """The items as numbers in their order, reversed where the rule says so; None where nobody knows.

    An item that the form did not ask is left out, or 0, or None, by the setting. A code that is no number is None.
    """
    found: list[float | None] = []
    for name in scale.fields:
        item = scale.conditional.get(name)
        # Where the first item is itself missing, so is this one: nobody knows whether it should have been asked.
        unasked = item is not None and name not in answers and not holds(item.only_if, answers)
        if unasked and item and item.only_if and _number(answers.get(item.only_if[0]), scale) is not None:
            if settings.not_asked is NotAsked.ZERO:
                found.append(0.0)
            elif settings.not_asked is NotAsked.MISSING:
                found.append(None)
            continue
        value = _ticked(answers.get(name), scale) if scale.ticks else _number(answers.get(name), scale)
        turned = settings.reverse and name in scale.reverse and value is not None
        found.append(scale.low + scale.high - value if turned and value is not None else value)
    return found


def _number(answer: object, scale: Scale) -> float | None:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return None
    return None if answer in scale.missing_codes or not scale.low <= answer <= scale.high else float(answer)


def _ticked(answer: object, scale: Scale) -> float | None:
    if not isinstance(answer, tuple | list | set | frozenset) or scale.missing_codes.intersection(answer):
        return None
    return float(len({code for code in answer if 1 <= code <= scale.ticks}))


def score(scale: Scale, answers: Answers, settings: Settings = Settings()) -> Score:
    """The score of one report. Raises ValueError for a scale without an order."""
    if scale.nominal:
        raise ValueError(f"{scale.key} has no order and no score.")
    values = item_values(scale, answers, settings)
    known = [value for value in values if value is not None]
    enough = len(known) == len(values) if settings.missing is Missing.ALL else 2 * len(known) >= len(values)
    low, high = scale.range(settings, len(values))
    if not known or not enough:
        return Score(None, low, high, len(known), len(values))
    mean = sum(known) / len(known)
    whole = sum(known) if len(known) == len(values) else mean * len(values)
    return Score(mean if settings.method is Method.MEAN else whole, low, high, len(known), len(values))


def cronbach(rows: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha of complete rows, one per person: k/(k-1) * (1 - sum of item variances / variance of the sum).

    None where it does not exist: fewer than two persons or items, or nobody differs from anybody.
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    count = len(rows[0])
    total = variance([sum(row) for row in rows])
    if total == 0:
        return None
    return count / (count - 1) * (1 - sum(variance(column) for column in zip(*rows, strict=True)) / total)


def complete_rows(scale: Scale, reports: Iterable[Answers], settings: Settings) -> list[list[float]]:
    """The items of those reports that answer all of them: what alpha is computed from."""
    rows = (item_values(scale, answers, settings) for answers in reports)
    whole = [[value for value in row if value is not None] for row in rows]
    return [row for row in whole if len(row) == len(scale.fields)]
