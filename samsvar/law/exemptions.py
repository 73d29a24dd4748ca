"""When a citizen may be left untold for now: the exemptions of the laws as dated data (L12, L21)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from samsvar.law.kinds import AuthorityKind, Regime, is_english

# A decision not to tell lapses; no longer than this lies between two looks at it (000 section 7.3).
LONGEST_DAYS = 183
DATA = Path(__file__).parent / "data" / "exemptions.toml"


@dataclass(frozen=True, slots=True)
class Exemption:
    """One way of not telling yet: which paragraph, when it is used, by whom, and from when to when it holds."""

    key: str
    source_da: str
    source_en: str
    when_da: str
    when_en: str
    in_force_from: date
    in_force_to: date | None = None
    regimes: frozenset[Regime] = frozenset(Regime)
    kinds: frozenset[AuthorityKind] = frozenset(AuthorityKind)
    status: str = "unverified"

    def label(self, lang: str | None = "da") -> str:
        """Paragraph and use, as one chooses it."""
        return f"{self.source_en} ({self.when_en})" if is_english(lang) else f"{self.source_da} ({self.when_da})"

    def source(self, lang: str | None = "da") -> str:
        """The paragraph alone."""
        return self.source_en if is_english(lang) else self.source_da

    def in_force(self, on: date) -> bool:
        """Whether it applies on the date (both ends included)."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


def _exemption(raw: dict[str, Any]) -> Exemption:
    given = dict(raw)
    if "regimes" in given:
        given["regimes"] = frozenset(map(Regime, given["regimes"]))
    if "kinds" in given:
        given["kinds"] = frozenset(map(AuthorityKind, given["kinds"]))
    return Exemption(**given)


@cache
def exemptions() -> tuple[Exemption, ...]:
    """All that come with the product, also those that are no longer in force: old notices name them."""
    return tuple(_exemption(raw) for raw in tomllib.loads(DATA.read_text(encoding="utf-8"))["exemptions"])


@dataclass(frozen=True, slots=True)
class ReceiversDuty:
    """By which law whoever receives something of a citizen must tell the citizen so, and from when to when."""

    source_da: str
    source_en: str
    regimes: frozenset[Regime]
    in_force_from: date
    in_force_to: date | None = None
    status: str = "unverified"

    def source(self, lang: str | None = "da") -> str:
        """The law behind it."""
        return self.source_en if is_english(lang) else self.source_da


@cache
def _duties() -> tuple[ReceiversDuty, ...]:
    raw = tomllib.loads(DATA.read_text(encoding="utf-8"))["duties"]
    return tuple(ReceiversDuty(**{**one, "regimes": frozenset(map(Regime, one["regimes"]))}) for one in raw)


def receivers_duty(regime: Regime | str, on: date) -> ReceiversDuty | None:
    """The law by which an authority of this regime tells the citizen of what it received; None where none asks for it.

    Police and probation service work under the Law Enforcement Act, which asks for general information alone.
    """
    for one in _duties():
        if (
            Regime(regime) in one.regimes
            and one.in_force_from <= on
            and (one.in_force_to is None or on <= one.in_force_to)
        ):
            return one
    return None


def usable(kind: AuthorityKind | str, regime: Regime | str, on: date) -> list[Exemption]:
    """Those that an authority of this kind and regime can use on the date."""
    return [
        one
        for one in exemptions()
        if one.in_force(on) and AuthorityKind(kind) in one.kinds and Regime(regime) in one.regimes
    ]


def meant(key: str, on: date) -> Exemption | None:
    """What a key meant on the date; None for one that was not in force then."""
    return next((one for one in exemptions() if one.key == key and one.in_force(on)), None)
