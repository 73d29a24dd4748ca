"""Indicators as a page tells them: a definition, a line for each part, a column for each code of a division."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from samsvar.instruments.instrument import Said, instrument
from samsvar.outcomes.analysis.effect import TRAITS, Split
from samsvar.outcomes.analysis.reference import figures as printed_figures
from samsvar.outcomes.analysis.rules import RuleSet
from samsvar.outcomes.files.table import GROUPS
from samsvar.outcomes.indicators.catalogue import Indicator, indicators
from samsvar.outcomes.indicators.parts import Counted, Figure, Part, Shape

_MINORITY = {0: Said("Fra Danmark", "From Denmark"), 1: Said("Fra et andet land", "From another country")}
# What stands in a cell of which nothing may be told.
NONE = "–"


@dataclass(frozen=True)
class IndicatorRow:
    """One part, and each column's name and figure; a dash where nobody is there or nothing may be told."""

    words: str
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class IndicatorSeen:
    """One indicator. `lacks`: what is not collected here; `printed`: what the report printed of it.

    `rows` are those with a figure in them; `hidden`: there are others, and none of them may be shown.
    """

    key: str
    anchor: str
    name: str
    above: str
    below: str
    lacks: str
    printed: str
    source: str
    open: bool
    counted: bool
    rows: list[IndicatorRow]
    hidden: bool


@dataclass(frozen=True)
class Division:
    """How the table is divided, and what its columns are called."""

    key: str
    name: str
    columns: list[tuple[str, Hashable, str]]


def divisions(lang: str | None) -> list[Division]:
    """The divisions that a reader may choose among, the target group first (R-004-101)."""
    return [Division(split.key, split.said.label(lang), _columns(split, lang)) for split in TRAITS]


def _columns(split: Split, lang: str | None) -> list[tuple[str, Hashable, str]]:
    if not split.fact:
        said: Mapping[int, Said] = GROUPS
    elif split.fact == "q8":
        said = _MINORITY
    else:
        said = {code: option.said for code, option in instrument().question(split.fact).options.items()}
    return [("", None, _("Alle")), *((split.key, code, said[code].label(lang)) for code in split.codes)]


def anchor(key: str) -> str:
    """Where an indicator stands on the page."""
    return key.lower()


def tell(
    counted: Mapping[str, Sequence[Counted]], division: Division, rules: RuleSet, lang: str | None
) -> list[IndicatorSeen]:
    """The thirty, in their order."""
    return [_seen(one, counted.get(one.key, ()), division, rules, lang) for one in indicators().values()]


def _seen(
    one: Indicator, parts: Sequence[Counted], division: Division, rules: RuleSet, lang: str | None
) -> IndicatorSeen:
    printed = printed_figures()[one.figure] if one.figure else None
    rows = [
        IndicatorRow(
            part.part.said.label(lang),
            [(name, _cell(part.part, part.of(split, code), rules)) for split, code, name in division.columns],
        )
        for part in parts
    ]
    return IndicatorSeen(
        key=one.key,
        anchor=anchor(one.key),
        name=one.said.label(lang),
        above=one.above.label(lang) if one.above else "",
        below=one.below.label(lang) if one.below else "",
        lacks=one.lacks.label(lang) if one.lacks else "",
        printed=printed.said.label(lang) if printed else "",
        source=one.source,
        open=one.open,
        counted=one.counted,
        rows=[row for row in rows if any(value != NONE for _name, value in row.cells)],
        hidden=bool(rows),
    )


def _number(value: float, places: int) -> str:
    return number_format(round(value, places), places, use_l10n=True, force_grouping=True)


def _cell(part: Part, figure: Figure, rules: RuleSet) -> str:
    if figure.value is None:
        return NONE
    if part.shape in {Shape.SUM, Shape.PLAIN, Shape.RATE}:
        return _number(figure.value, part.places)
    few = f" ({_('få')})" if figure.of is not None and rules.warns(figure.of) else ""
    share = f"{_number(figure.value, 0)} %"
    if part.shape is Shape.PORTION:
        return share + few
    if part.shape is Shape.MEAN:
        return f"{_number(figure.value, part.places)}, n = {figure.number}{few}"
    words = _("%(number)s af %(of)s (%(share)s)") % {"number": figure.number, "of": figure.of, "share": share}
    return words + few
