"""Instruments: a reporting form as dated, versioned data, so that a new form needs no programmer (R-004-77, R-004-91).

A form is one TOML file in `data/`. It is checked whole when it is loaded: a form with a hole never reaches a worker.
Which questions a report asks is `flow.py`, and when is `schedule.py`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from samsvar.law.kinds import Spoken

DATA = Path(__file__).parent / "data"
# What is asked of an answer: a field and the codes that open what stands behind it.
Condition = tuple[str, frozenset[int]]


class InstrumentError(ValueError):
    """A form that may not be used; the message names the form and what is wrong with it."""


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    MANY = "many"
    GRID = "grid"
    NUMBER = "number"
    NUMBERS = "numbers"
    DATE = "date"
    TEXT = "text"


class Occasion(StrEnum):
    """Why a report asks: at the start of a course, every month, at a wave, at the end; or once a quarter."""

    START = "start"
    MONTH = "month"
    WAVE = "wave"
    EXIT = "exit"
    # Of a team's journal, which is of no course.
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Said(Spoken):
    """Something in both languages; `printed` is the form's own wording where ours differs."""

    printed: str = ""

    def label(self, lang: str | None = "da") -> str:
        """The words of a language."""
        return self.words(lang)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer with its code.

    `to`: the question that follows. `asks`: what it asks for besides ("text" or "date"). `alone`: stands with no other.
    `printed_code` is what the form printed where ours differs, `added` an answer that it did not have.
    """

    code: int
    said: Said
    to: str = ""
    asks: str = ""
    alone: bool = False
    missing: bool = False
    added: bool = False
    success: bool = False
    result: str = ""
    printed_code: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a grid, or one number among several."""

    field: str
    said: Said
    only_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question. Its answers lie in `fields()`: the question itself, or one field for each of its items.

    `filled`: the system knows the answer. `prefilled`: the logs propose one. `own_words`: the form's printed wording is
    not in our source, so that these are ours.
    """

    key: str
    number: int
    part: int
    kind: Kind
    when: frozenset[Occasion]
    said: Said
    note: Said | None
    options: Mapping[int, Option]
    items: tuple[Item, ...]
    only_if: Condition | None
    to: str
    filled: bool
    prefilled: bool
    may_be_empty: bool
    own_words: bool

    def fields(self) -> tuple[str, ...]:
        """The fields that hold its answers, without those that an answer asks for besides."""
        return tuple(item.field for item in self.items) or (self.key,)

    @property
    def missing(self) -> frozenset[int]:
        """The codes that mean that nobody knows."""
        return frozenset(option.code for option in self.options.values() if option.missing)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a form; `only_if` makes it a module for some."""

    number: int
    said: Said
    only_if: Condition | None


@dataclass(frozen=True, slots=True)
class Correction:
    """One departure from what was printed, and why (R-004-79)."""

    where: str
    printed: str
    used: str
    source: str
    why: Said


@dataclass(frozen=True, slots=True)
class Reporting:
    """When reports are due and from what the waves are counted."""

    due_day: int
    rolls: bool
    wave_every_months: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A form. Answers are stored with its `stamp`, so that they keep their meaning when the form changes.

    `counts`: which questions hold what is counted of a quarterly form (`COUNTED`); nothing is counted of one without.
    """

    key: str
    version: str
    in_force_from: date
    title: Said
    source: Said
    proxy: Said
    missing: int
    reporting: Reporting
    parts: Mapping[int, Part]
    questions: tuple[Question, ...]
    corrections: tuple[Correction, ...]
    counts: Mapping[str, str]

    @property
    def stamp(self) -> str:
        """Key and version in one text: "isbryder 2008.1"."""
        return f"{self.key} {self.version}"

    def question(self, key: str) -> Question:
        """The question with this key; raises LookupError."""
        for one in self.questions:
            if one.key == key:
                return one
        raise LookupError(f"{self.stamp} has no question {key}.")

    def variables(self) -> Iterator[tuple[str, Question, Item | None]]:
        """Every field with its question, and its item where the question has several."""
        for question in self.questions:
            if not question.items:
                yield question.key, question, None
            for item in question.items:
                yield item.field, question, item

    def of_field(self, field: str) -> Question:
        """The question that a field belongs to; raises LookupError."""
        for name, question, _ in self.variables():
            if name == field:
                return question
        raise LookupError(f"{self.stamp} has no field {field}.")

    def is_missing(self, field: str, code: int) -> bool:
        """Whether a code stands for not knowing, and so for no number in any calculation (R-004-83)."""
        return code in self.of_field(field).missing


# What is counted of a quarter, with the kind of its question: about whom, whether they met and agreed, and the hours.
COUNTED = {
    "partner": Kind.ONE,
    "met": Kind.ONE,
    "met_hours": Kind.NUMBER,
    "agreed": Kind.ONE,
    "agreed_hours": Kind.NUMBER,
}
_OPTION_KEYS = {"da", "en", "printed", *(one.name for one in fields(Option))} - {"code", "said"}
_QUESTION_KEYS = {
    *("key", "part", "kind", "when", "share", "options", "items", "da", "en", "printed", "note_da", "note_en", "to"),
    *("only_if", "filled", "prefilled", "may_be_empty", "own_words"),
}
_ITEM_KEYS = {"key", "da", "en", "printed", "only_if"}


def _only(raw: Mapping[str, Any], allowed: set[str], where: str) -> None:
    if unknown := set(raw) - allowed:
        raise InstrumentError(f"{where} has something that is not understood: {', '.join(sorted(unknown))}.")


def _said(raw: Mapping[str, Any], where: str, prefix: str = "") -> Said:
    da, en = (str(raw.get(f"{prefix}{lang}", "")).strip() for lang in ("da", "en"))
    said = Said(da, en, raw.get("printed", ""))
    if not (said.da and said.en):
        raise InstrumentError(f"{where} lacks its words in Danish or English.")
    return said


def _condition(raw: Mapping[str, list[int]] | None, where: str) -> Condition | None:
    if raw is None:
        return None
    if len(raw) != 1:
        raise InstrumentError(f"{where}: a condition names one field.")
    ((field, codes),) = raw.items()
    return field, frozenset(codes)


def _options(raw: Mapping[str, Any], missing: int, where: str) -> Mapping[int, Option]:
    found = {}
    for code, one in raw.items():
        _only(one, _OPTION_KEYS, f"{where}, answer {code}")
        if not code.isdigit():
            raise InstrumentError(f"{where}: {code} is no code.")
        rest = {name: value for name, value in one.items() if name not in {"da", "en", "printed"}}
        rest["missing"] = rest.get("missing", False) or int(code) == missing
        found[int(code)] = Option(code=int(code), said=_said(one, f"{where}, answer {code}"), **rest)
    return MappingProxyType(found)


def _number(key: str) -> int:
    digits = "".join(letter for letter in key if letter.isdigit())
    if not key.startswith("q") or not digits:
        raise InstrumentError(f"{key} is no key of a question.")
    return int(digits)


def _question(raw: Mapping[str, Any], shared: Mapping[str, Any], missing: int) -> Question:
    where = f"Question {raw.get('key', '?')}"
    _only(raw, _QUESTION_KEYS, where)
    if raw.get("share", "") not in {"", *shared}:
        raise InstrumentError(f"{where} shares {raw['share']}, which is not there.")
    kind = Kind(raw["kind"])
    options = _options(shared[raw["share"]] if "share" in raw else raw.get("options", {}), missing, where)
    items = []
    for place, one in enumerate(raw.get("items", []), 1):
        _only(one, _ITEM_KEYS, f"{where}, item {place}")
        items.append(
            Item(f"{raw['key']}_{one.get('key', place)}", _said(one, where), _condition(one.get("only_if"), where))
        )
    if bool(options) != (kind in {Kind.ONE, Kind.MANY, Kind.GRID}) or bool(items) != (
        kind in {Kind.GRID, Kind.NUMBERS}
    ):
        raise InstrumentError(f"{where} lacks answers or items, or has some that its kind does not use.")
    return Question(
        key=raw["key"],
        number=_number(raw["key"]),
        part=raw["part"],
        kind=kind,
        when=frozenset(Occasion(one) for one in raw["when"]),
        said=_said(raw, where),
        note=_said(raw, where, "note_") if "note_da" in raw else None,
        options=options,
        items=tuple(items),
        only_if=_condition(raw.get("only_if"), where),
        to=raw.get("to", ""),
        **{name: bool(raw.get(name, False)) for name in ("filled", "prefilled", "may_be_empty", "own_words")},
    )


def _check_references(form: Instrument) -> None:
    """Every way leads on, and every condition asks about something that was asked before."""
    places = {question.key: place for place, question in enumerate(form.questions)}
    codes: dict[str, frozenset[int]] = {}
    for place, question in enumerate(form.questions):
        part = form.parts.get(question.part)
        if part is None or not question.when:
            raise InstrumentError(f"Question {question.key} belongs to no part, or is never asked.")
        for target in filter(None, [question.to, *(option.to for option in question.options.values())]):
            if places.get(target, -1) <= place:
                raise InstrumentError(f"Question {question.key} leads to {target}, which does not come after it.")
        for field in question.fields():
            if field in codes:
                raise InstrumentError(f"The field {field} is there twice.")
        for condition in (part.only_if, question.only_if):
            _check_condition(condition, codes, question.key)
        for name, item in zip(question.fields(), question.items or (None,), strict=True):
            _check_condition(item.only_if if item else None, codes, question.key)
            codes[name] = frozenset(question.options)


def _check_condition(condition: Condition | None, codes: Mapping[str, frozenset[int]], where: str) -> None:
    if condition and not (condition[1] and condition[1] <= codes.get(condition[0], frozenset())):
        raise InstrumentError(
            f"Question {where} depends on {condition[0]}, which was not asked before or lacks a code."
        )


def read(text: str) -> Instrument:
    """A form from the text of its file. Raises InstrumentError for everything that could not be answered or stored."""
    try:
        raw = tomllib.loads(text)
        form = Instrument(
            key=raw["key"],
            version=raw["version"],
            in_force_from=raw["in_force_from"],
            title=_said(raw, "The title", "title_"),
            source=_said(raw, "The source", "source_"),
            proxy=_said(raw, "Whose assessment it is", "proxy_"),
            missing=raw["missing"],
            reporting=Reporting(**raw["reporting"]),
            parts=MappingProxyType(
                {
                    one["number"]: Part(one["number"], _said(one, "A part"), _condition(one.get("only_if"), "A part"))
                    for one in raw["parts"]
                }
            ),
            questions=tuple(_question(one, raw.get("options", {}), raw["missing"]) for one in raw["questions"]),
            corrections=tuple(
                Correction(one["where"], one["printed"], one["used"], one["source"], _said(one, one["where"], "why_"))
                for one in raw.get("corrections", [])
            ),
            counts=MappingProxyType(dict(raw.get("counts", {}))),
        )
    except InstrumentError:
        raise
    except KeyError as error:
        raise InstrumentError(f"The form lacks {error}.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise InstrumentError(f"The form cannot be read: {error}") from error
    numbers = [question.number for question in form.questions]
    if sorted(set(numbers)) != list(range(1, max(numbers) + 1)) or numbers != sorted(numbers):
        raise InstrumentError("The questions are not numbered from 1 without a gap.")
    _check_references(form)
    kinds = {question.key: question.kind for question in form.questions}
    if form.counts and {name: kinds.get(key) for name, key in form.counts.items()} != COUNTED:
        raise InstrumentError("What is counted of the form is not whole, or no question of its kind.")
    reporting = form.reporting
    if not 1 <= reporting.due_day <= 28 or reporting.wave_every_months < 1:
        raise InstrumentError("Reports are due on a day from 1 to 28, and waves are at least a month apart.")
    return form


@cache
def instrument(name: str = "isbryder-2008") -> Instrument:
    """The form that comes with the product under this name; raises LookupError when there is none."""
    path = DATA / f"{name}.toml"
    if not path.is_file() or path.parent != DATA:
        raise LookupError(f"There is no form {name!r}.")
    return read(path.read_text(encoding="utf-8"))


@cache
def quarterly() -> tuple[Instrument, ...]:
    """The forms that a team writes once a quarter: every file of them there is (R-004-93)."""
    return tuple(instrument(path.stem) for path in sorted(DATA.glob("kvartal-*.toml")))
