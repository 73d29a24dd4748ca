"""Rule sets: from which p a difference is called significant, and below how many persons nothing is shown.

Dated data (R-004-144). The report's own rules of 2011 are kept under their name, beside those we would use (R-004-102).
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from samsvar.instruments.instrument import Said
from samsvar.outcomes import DATA

# A p of 0.05 that arithmetic has moved in its sixteenth digit is still 0.05.
_TOUCH = 1e-12


class Test(StrEnum):
    """What kind of test a threshold is for."""

    # Not a test of ours: pytest asks every class of this name.
    __test__ = False

    PAIRED = "paired"
    ANOVA = "anova"
    REGRESSION = "regression"


class Verdict(StrEnum):
    """What a rule set says of a result."""

    HIDDEN = "hidden"
    YES = "yes"
    NO = "no"
    NONE = "none"

    @property
    def said(self) -> Said:
        """The verdict in words."""
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.HIDDEN: Said("vises ikke", "not shown"),
    Verdict.YES: Said("under grænsen", "below the threshold"),
    Verdict.NO: Said("ikke under grænsen", "not below the threshold"),
    Verdict.NONE: Said("kan ikke prøves", "cannot be tested"),
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """The largest p that counts, for fewer than `below` persons (or for everybody)."""

    p: float
    below: int | None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A named set of rules. `least`: fewer persons are never shown. `few`: a share of fewer is shown with a warning."""

    key: str
    in_force_from: date
    in_force_to: date | None
    historical: bool
    said: Said
    source: Said
    caution: Said
    least: int
    few: int
    correction: str
    confidence: float
    power: float
    thresholds: dict[Test, tuple[Threshold, ...]]

    def in_force_on(self, day: date) -> bool:
        """Whether it is the one to use on that day, when nobody names another."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def threshold(self, test: Test, n: int) -> float:
        """The largest p that counts for so many persons."""
        lines = self.thresholds[test]
        return next((line.p for line in lines if line.below is None or n < line.below), lines[-1].p)

    def verdict(self, test: Test, n: int, p: float | None) -> Verdict:
        """Whether a result may be shown, and whether its p is small enough (R-004-102, R-004-103)."""
        if n < self.least:
            return Verdict.HIDDEN
        if p is None:
            return Verdict.NONE
        return Verdict.YES if p <= self.threshold(test, n) + _TOUCH else Verdict.NO

    def warns(self, n: int) -> bool:
        """Whether a percentage of so many persons needs a warning (R-004-106)."""
        return n < self.few


def _ruleset(raw: dict[str, Any]) -> RuleSet:
    return RuleSet(
        **{name: raw[name] for name in ("key", "in_force_from", "historical", "least", "few", "correction")},
        **{name: raw[name] for name in ("confidence", "power")},
        in_force_to=raw.get("in_force_to"),
        said=Said(raw["da"], raw["en"]),
        source=Said(raw["source_da"], raw["source_en"]),
        caution=Said(raw["caution_da"], raw["caution_en"]),
        thresholds={test: tuple(Threshold(line["p"], line.get("below")) for line in raw[test]) for test in Test},
    )


@cache
def rulesets() -> tuple[RuleSet, ...]:
    """The rule sets that come with the product, ours first."""
    return tuple(
        _ruleset(raw) for raw in tomllib.loads((DATA / "rulesets.toml").read_text(encoding="utf-8"))["rulesets"]
    )


def ruleset(key: str = "", day: date | None = None) -> RuleSet:
    """The rule set of this name, else the one in force on that day (today); raises LookupError.

    One that is not in force any more can still be named: figures of its time are read with it.
    """
    when = day or date.today()
    for one in rulesets():
        if one.key == key if key else one.in_force_on(when):
            return one
    raise LookupError(f"There is no rule set {key!r}." if key else f"No rule set is in force on {when}.")
