"""The indicators I-01 to I-30 as data: what each is counted from, what is not collected, and which mean nothing yet.

R-004-113, R-004-117.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from samsvar.instruments.instrument import Instrument, Said, instrument
from samsvar.instruments.scales import scales
from samsvar.outcomes import DATA
from samsvar.outcomes.analysis.reference import figures


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

    `above` is the numerator or the measure, `below` the denominator, `lacks` what is not collected here. `open`: what
    it means has still to be decided, and the page says so (R-004-117).
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
    above: Said | None = None
    below: Said | None = None
    lacks: Said | None = None

    @property
    def counted(self) -> bool:
        """Whether there is anything here to count it from."""
        return self.above is not None

    @property
    def from_answers(self) -> bool:
        """Whether answers to the form are enough for it."""
        return not self.logs


_LISTS = ("fields", "scales", "logs")
_SAID = ("above", "below", "lacks")
_KNOWN = {"key", "da", "en", "kind", "source", "figure", "open", *_LISTS}
_KNOWN |= {f"{name}_{lang}" for name in _SAID for lang in ("da", "en")}


def _optional(raw: dict[str, Any], name: str) -> Said | None:
    words = [raw.get(f"{name}_{lang}", "") for lang in ("da", "en")]
    if any(words) and not all(words):
        raise IndicatorError(f"{raw.get('key', '?')} says its {name} in one language.")
    return Said(*words) if all(words) else None


def _indicator(raw: dict[str, Any], form: Instrument) -> Indicator:
    one = Indicator(
        key=raw.get("key", "?"),
        said=Said(raw.get("da", ""), raw.get("en", "")),
        kind=IndicatorKind(raw["kind"]),
        source=raw.get("source", ""),
        figure=raw.get("figure", ""),
        open=raw.get("open", False),
        above=_optional(raw, "above"),
        below=_optional(raw, "below"),
        lacks=_optional(raw, "lacks"),
        fields=tuple(raw.get("fields", [])),
        scales=tuple(raw.get("scales", [])),
        logs=tuple(raw.get("logs", [])),
    )
    fields = {name for name, _, _ in form.variables()}
    if not (one.said.da and one.said.en and one.source) or set(raw) - _KNOWN:
        raise IndicatorError(f"{one.key} lacks its words or its source, or has something that is not understood.")
    if not (one.fields or one.scales or one.logs):
        raise IndicatorError(f"{one.key} is counted from nothing.")
    if not (one.above or one.lacks):
        raise IndicatorError(f"{one.key} says neither what is counted nor what is lacking.")
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


def version() -> str:
    """Which version of the definitions the figures were counted by."""
    return str(tomllib.loads((DATA / "indicators.toml").read_text(encoding="utf-8"))["version"])
