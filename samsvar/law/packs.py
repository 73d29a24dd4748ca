"""Rule packs: the law as dated data, which a lawyer can read and change without a programmer (R-000-105).

A pack is one TOML file in `data/`. It is checked whole when it is loaded: a pack with a hole never reaches a decision.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from samsvar.law.kinds import AuthorityKind, Cooperation, is_english

DATA = Path(__file__).parent / "data"

# assess() leans on these; a pack that lacks one of them would answer by accident.
CORE_RULES = ("L1", "L3", "L4", "L5", "L6", "L7", "L11", "L26", "L37")


class PackError(ValueError):
    """A rule pack that may not be used; the message names the pack and what is wrong with it."""


class Status(StrEnum):
    """Whether the wording of a rule agrees with a text that the team holds."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of law, as people read it. `source(lang)` and `summary(lang)` are what a screen shows."""

    id: str
    title_da: str
    title_en: str
    paragraph: str
    act_da: str
    act_en: str
    summary_da: str
    summary_en: str
    status: Status
    note_da: str
    note_en: str
    in_force_from: date
    in_force_to: date | None

    def title(self, lang: str | None = "da") -> str:
        """The rule in one line."""
        return self.title_en if is_english(lang) else self.title_da

    def summary(self, lang: str | None = "da") -> str:
        """The rule in one or two plain sentences, in our words."""
        return self.summary_en if is_english(lang) else self.summary_da

    def source(self, lang: str | None = "da") -> str:
        """Act and paragraph, such as "retsplejeloven § 115, stk. 4"."""
        return f"{self.act_en if is_english(lang) else self.act_da} {self.paragraph}"

    def short(self, lang: str | None = "da") -> str:
        """Act and section alone, such as "Retsplejelovens § 115"."""
        section = self.paragraph.split(",")[0]
        if is_english(lang):
            return f"{self.act_en}, {section}"
        return f"{self.act_da[:1].upper()}{self.act_da[1:]}s {section}"

    def caution(self, lang: str | None = "da") -> str:
        """What the page that shows the rule must say beside it; empty for a verified rule."""
        if self.status is Status.VERIFIED:
            return ""
        if is_english(lang):
            return f"Not checked by a lawyer yet. {self.note_en}".strip()
        return f"Endnu ikke efterprøvet af en jurist. {self.note_da}".strip()

    def in_force(self, on: date) -> bool:
        """Whether the rule applies on the date (both ends included)."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


@dataclass(frozen=True, slots=True)
class Trait:
    """One of the ten typical traits of the target group (L26, R-001-7)."""

    key: str
    da: str
    en: str

    def label(self, lang: str | None = "da") -> str:
        """The trait as a tick beside a box."""
        return self.en if is_english(lang) else self.da


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which kinds § 115 reaches in one form of cooperation; a kind in none of the three needs another basis (L7)."""

    covered: frozenset[AuthorityKind]
    by_agreement: frozenset[AuthorityKind]
    brought_in: frozenset[AuthorityKind]


@dataclass(frozen=True, slots=True)
class Pack:
    """A dated set of rules. In force from its date until the next pack begins."""

    id: str
    version: str
    in_force_from: date
    drafted_by: str
    approved_by: str
    title_da: str
    title_en: str
    same_necessity_warns_at: int
    health_kinds: frozenset[AuthorityKind]
    matrix: Mapping[Cooperation, Coverage]
    rules: Mapping[str, Rule]
    traits: tuple[Trait, ...]

    @property
    def stamp(self) -> str:
        """Id and version in one text, which every disclosure stores: "dk-2026 2026.1"."""
        return f"{self.id} {self.version}"

    @property
    def approved(self) -> bool:
        """Whether a second person has approved the pack."""
        return bool(self.approved_by.strip())

    def title(self, lang: str | None = "da") -> str:
        """The name of the pack."""
        return self.title_en if is_english(lang) else self.title_da

    def applies(self, rule_id: str, on: date) -> bool:
        """Whether the pack has the rule and it is in force on the date: a lawyer turns a rule off by ending it."""
        rule = self.rules.get(rule_id)
        return rule is not None and rule.in_force(on)


def _kinds(names: list[str]) -> frozenset[AuthorityKind]:
    return frozenset(AuthorityKind(name) for name in names)


def _coverage(raw: dict[str, list[str]]) -> Coverage:
    coverage = Coverage(_kinds(raw["covered"]), _kinds(raw["by_agreement"]), _kinds(raw["brought_in"]))
    total = len(coverage.covered) + len(coverage.by_agreement) + len(coverage.brought_in)
    if total != len(coverage.covered | coverage.by_agreement | coverage.brought_in):
        raise ValueError("a kind stands in two columns of the matrix")
    return coverage


def _rule(raw: dict[str, Any], pack_from: date) -> Rule:
    # A rule without a date of its own is vouched for from the day the pack begins, and no earlier.
    filled = {"note_da": "", "note_en": "", "in_force_from": pack_from, "in_force_to": None, **raw}
    return Rule(**{**filled, "status": Status(raw["status"])})


def _check(pack: Pack, rule_ids: list[str]) -> None:
    missing = [rule for rule in CORE_RULES if rule not in pack.rules]
    trait_keys = [trait.key for trait in pack.traits]
    problems = [
        (bool(missing), f"lacks {', '.join(missing)}"),
        (len(rule_ids) != len(set(rule_ids)), "has a rule twice"),
        (len(trait_keys) != 10 or len(set(trait_keys)) != 10, "does not have ten different traits"),
        (Cooperation.PSP not in pack.matrix, "has no matrix for PSP"),
        (pack.same_necessity_warns_at < 1, "must let a necessity be used at least once"),
        (
            any(
                pack.rules[rule].in_force_to or pack.rules[rule].in_force_from > pack.in_force_from
                for rule in CORE_RULES
                if rule in pack.rules
            ),
            "has a core rule that does not apply for as long as the pack does",
        ),
        (
            any(
                not text.strip()
                for rule in pack.rules.values()
                for text in (rule.title_da, rule.title_en, rule.summary_da, rule.summary_en, rule.act_da, rule.act_en)
            ),
            "has a rule without words in both languages",
        ),
        (any(not (trait.da.strip() and trait.en.strip()) for trait in pack.traits), "has a trait without words"),
    ]
    for wrong, what in problems:
        if wrong:
            raise PackError(f"Rule pack {pack.id} {what}.")


def parse(text: str) -> Pack:
    """A pack from the text of its TOML file; raises PackError for anything short of a whole pack."""
    try:
        raw = tomllib.loads(text)
        rules = [_rule(rule, raw["in_force_from"]) for rule in raw.pop("rules")]
        pack = Pack(
            **{
                **raw,
                "health_kinds": _kinds(raw["health_kinds"]),
                "matrix": MappingProxyType({Cooperation(key): _coverage(row) for key, row in raw["matrix"].items()}),
                "rules": MappingProxyType({rule.id: rule for rule in rules}),
                "traits": tuple(Trait(**trait) for trait in raw["traits"]),
            }
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PackError(f"A rule pack cannot be read: {error}") from error
    _check(pack, [rule.id for rule in rules])
    return pack


@cache
def available() -> tuple[Pack, ...]:
    """All packs, oldest first."""
    packs = []
    for path in DATA.glob("*.toml"):
        pack = parse(path.read_text(encoding="utf-8"))
        if pack.id != path.stem:
            raise PackError(f"Rule pack {pack.id} lies in a file with another name.")
        packs.append(pack)
    packs.sort(key=lambda pack: pack.in_force_from)
    return tuple(packs)


def load(pack_id: str) -> Pack:
    """The pack with this id; raises PackError when there is none."""
    for pack in available():
        if pack.id == pack_id:
            return pack
    raise PackError(f"There is no rule pack {pack_id!r}.")


def find(on: date) -> Pack | None:
    """The pack in force on the date; None before the first one began."""
    if isinstance(on, datetime):
        on = on.date()
    begun = [pack for pack in available() if pack.in_force_from <= on]
    return begun[-1] if begun else None


def current(on: date) -> Pack:
    """The pack in force on the date; raises PackError before 1 April 2009, when § 115 got its PSP wording."""
    pack = find(on)
    if pack is None:
        raise PackError(f"No rule pack is in force on {on.isoformat()}.")
    return pack
