"""Law cards: what each kind of unit may and may not do, as the mapping of 2014 tells it (002 chapter 7)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samsvar.directory.kinds import UnitKind
from samsvar.law.kinds import is_english

DATA = Path(__file__).parent / "data" / "lawcards-2014.toml"


@dataclass(frozen=True, slots=True)
class Card:
    """One rule, for the kinds of units that it binds. `lines` are the source's own."""

    law_da: str
    law_en: str
    says_da: str
    says_en: str
    lines: str
    kinds: frozenset[UnitKind]
    allows: bool
    # It lets the unit tell without anybody's yes.
    without_consent: bool = False

    def law(self, lang: str | None = "da") -> str:
        """Which law."""
        return self.law_en if is_english(lang) else self.law_da

    def says(self, lang: str | None = "da") -> str:
        """What it lets the unit do, or keeps it from, in plain words."""
        return self.says_en if is_english(lang) else self.says_da


@cache
def cards() -> tuple[Card, ...]:
    """All cards that come with the product."""
    raw = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return tuple(Card(**{**one, "kinds": frozenset(map(UnitKind, one["kinds"]))}) for one in raw["cards"])


def cards_of(kind: UnitKind | str) -> tuple[list[Card], list[Card]]:
    """What a kind of unit may do, and what it may not."""
    own = [card for card in cards() if UnitKind(kind) in card.kinds]
    return [card for card in own if card.allows], [card for card in own if not card.allows]
