"""The rules of the research report one by one, and what the program does about each: checks, asks or shows."""

import tomllib
from dataclasses import dataclass
from functools import cache

from samsvar.law.kinds import Labelled, is_english
from samsvar.law.packs import DATA


class Way(Labelled):
    """What the program does about a rule."""

    CHECKS = "checks", "programmet svarer", "the program answers"
    ASKS = "asks", "programmet spørger", "the program asks"
    SHOWS = "shows", "programmet viser det", "the program shows it"


@dataclass(frozen=True, slots=True)
class ReportRule:
    """One rule of the report. `place` is a dotted name, or "rule:L8" for a rule of the packs."""

    id: str
    way: Way
    place: str
    da: str
    en: str

    def text(self, lang: str | None = "da") -> str:
        """The rule in our words."""
        return self.en if is_english(lang) else self.da

    @property
    def rule(self) -> str:
        """The rule of the packs that says it, where that is what shows it; else empty."""
        kind, _, name = self.place.partition(":")
        return name if kind == "rule" else ""


@cache
def report_rules() -> tuple[ReportRule, ...]:
    """All of them in the report's order."""
    raw = tomllib.loads((DATA / "report-000.toml").read_text(encoding="utf-8"))["rules"]
    return tuple(ReportRule(**{**row, "way": Way(row["way"])}) for row in raw)
