"""The indicators I-01 to I-30 as data: what each is counted from, and which have no meaning yet (R-004-113)."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from samsvar.outcomes.instrument import DATA, Instrument, Said, instrument
from samsvar.outcomes.reference import figures
from samsvar.outcomes.scales import scales


class IndicatorError(ValueError):
    """Indicators that may not be used; the message names the one and what is wrong with it."""


class IndicatorKind(StrEnum):
    """What an indicator is shown as."""

    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"
    DISTRIBUTION = "distribution"
    SCALE = "scale"
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: counted from fields of the form, scales, or `logs` of other rooms; `figure` is a printed one.

    `open`: what it means has still to be decided, and the page says so (R-004-117).
    """

    key: str
    said: Said
    kind: IndicatorKind
    source: str
    fields: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    logs: tuple[str, ...] = ()
    figure: str = ""
    open: bool = False

    @property
    def from_answers(self) -> bool:
        """Whether answers to the form are enough for it."""
        return not self.logs


_LISTS = ("fields", "scales", "logs")
_KNOWN = {"key", "da", "en", "kind", "source", "figure", "open", *_LISTS}


def _indicator(raw: dict[str, Any], form: Instrument) -> Indicator:
    one = Indicator(
        key=raw.get("key", "?"),
        said=Said(raw.get("da", ""), raw.get("en", "")),
        kind=IndicatorKind(raw["kind"]),
        source=raw.get("source", ""),
        figure=raw.get("figure", ""),
        open=raw.get("open", False),
        **{name: tuple(raw.get(name, [])) for name in _LISTS},
    )
    fields = {name for name, _, _ in form.variables()}
    if not (one.said.da and one.said.en and one.source) or set(raw) - _KNOWN:
        raise IndicatorError(f"{one.key} lacks its words or its source, or has something that is not understood.")
    if not (one.fields or one.scales or one.logs):
        raise IndicatorError(f"{one.key} is counted from nothing.")
    if (
        set(one.fields) - fields
        or set(one.scales) - set(scales().scales)
        or (one.figure and one.figure not in figures())
    ):
        raise IndicatorError(f"{one.key} is counted from something that is not there.")
    return one


def read(text: str) -> dict[str, Indicator]:
    """Indicators by their key, from the text of a file. Raises IndicatorError."""
    try:
        found = [_indicator(raw, instrument()) for raw in tomllib.loads(text)["indicators"]]
    except IndicatorError:
        raise
    except (KeyError, ValueError, TypeError) as error:
        raise IndicatorError(f"The indicators cannot be read: {error}") from error
    if len({one.key for one in found}) != len(found):
        raise IndicatorError("An indicator is there twice.")
    return {one.key: one for one in found}


@cache
def indicators() -> dict[str, Indicator]:
    """The indicators that come with the product, by their key."""
    return read((DATA / "indicators.toml").read_text(encoding="utf-8"))
