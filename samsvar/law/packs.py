"""Rule packs: the law as dated data, which a lawyer can read and change without a programmer (R-000-105).

A pack is one TOML file in `data/`. It is checked whole when it is loaded: a pack with a hole never reaches a decision.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from samsvar.law.kinds import AuthorityKind, Basis, Cooperation, InformationType, Purpose, Regime, is_english

Value = TypeVar("Value", bound=StrEnum)

DATA = Path(__file__).parent / "data"

# assess() leans on these; a pack that lacks one of them would answer by accident.
CORE_RULES = ("L1", "L3", "L4", "L5", "L6", "L7", "L8", "L10", "L11", "L17", "L26", "L29", "L37")
RULE_IDS = tuple(f"L{number}" for number in range(1, 38))
# Written in a pack where every kind, purpose or regime is meant.
EVERY = "*"


class PackError(ValueError):
    """A rule pack that may not be used; the message names the pack and what is wrong with it."""


class Status(StrEnum):
    """Whether the wording of a rule agrees with a text that the team holds."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


# A citation is kept once, as Danish law writes it; these are its words in English, longer ones first.
_CITATION_WORDS = {
    "C-579/21 og Datatilsynets sag": "C-579/21 and case of the Danish Data Protection Agency",
    "udtalelse af 7. november 2023": "statement of 7 November 2023",
    "boksen i afsnit 2": "the box in section 2",
    "bekendtgørelse 27/2019 for politiet": "order 27/2019 for the police",
    "retshåndhævelseslovens": "Law Enforcement Act",
    "databeskyttelseslovens": "Data Protection Act",
    "persondatalovens": "Personal Data Act",
    "retssikkerhedslovens": "Legal Protection Act",
    "sundhedslovens": "Health Act",
    "tavshedspligten": "the duty of confidentiality",
    "modsætningsvis": "by contrast",
    "ændringen af": "the amendment of",
    "om tovholder": "on the coordinator",
    "2. pkt.": "second sentence",
    "artikel": "article",
    "stk.": "subs.",
    "nr.": "no.",
    "og": "and",
    "af": "of",
}
_CITATION = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in _CITATION_WORDS))


def _cited_in_english(paragraph: str) -> str:
    return _CITATION.sub(lambda found: _CITATION_WORDS[found.group()], paragraph)


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
    on: bool = True

    def title(self, lang: str | None = "da") -> str:
        """The rule in one line."""
        return self.title_en if is_english(lang) else self.title_da

    def summary(self, lang: str | None = "da") -> str:
        """The rule in one or two plain sentences, in our words."""
        return self.summary_en if is_english(lang) else self.summary_da

    def source(self, lang: str | None = "da") -> str:
        """Act and paragraph, such as "retsplejeloven § 115, stk. 4"."""
        if is_english(lang):
            return f"{self.act_en} {_cited_in_english(self.paragraph)}"
        return f"{self.act_da} {self.paragraph}"

    def short(self, lang: str | None = "da") -> str:
        """Act and section alone, such as "Retsplejelovens § 115"."""
        section = self.paragraph.split(",")[0]
        if is_english(lang):
            return f"{self.act_en}, {_cited_in_english(section)}"
        return f"{self.act_da[:1].upper()}{self.act_da[1:]}s {section}"

    def caution(self, lang: str | None = "da") -> str:
        """What the page that shows the rule must say beside it; empty for a verified rule."""
        if self.status is Status.VERIFIED:
            return ""
        if is_english(lang):
            return f"Not checked by a lawyer yet. {self.note_en}".strip()
        return f"Endnu ikke efterprøvet af en jurist. {self.note_da}".strip()

    def note(self, lang: str | None = "da") -> str:
        """What a lawyer should know of the rule here; often empty."""
        return self.note_en if is_english(lang) else self.note_da

    def in_force(self, on: date) -> bool:
        """Whether the rule applies on the date (both ends included); never while it is switched off."""
        return self.on and self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


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
class Ground:
    """How far one basis reaches: between whom, for what, about what. § 115 has its kinds in the matrix instead.

    `rule` is the rule it stands on; with that rule off or ended the basis is shut. `same_authority`: only inside one.
    `tells_citizen`: the duty of L12 follows when a health professional uses it. `request_duty`: L31 is shown beside it.
    """

    basis: Basis
    rule: str
    senders: frozenset[AuthorityKind]
    receivers: frozenset[AuthorityKind]
    purposes: frozenset[Purpose]
    regimes: frozenset[Regime]
    types: frozenset[InformationType]
    same_authority: bool = False
    tells_citizen: bool = False
    needs_release: bool = True
    request_duty: bool = False


@dataclass(frozen=True, slots=True)
class CellChange:
    """A lawyer's dated change of rows of the matrix. None in a dimension means every value of it.

    It opens or shuts a basis between kinds; what the basis itself asks for (consent, a leader, release) stays.
    """

    number: int
    basis: Basis
    opens: bool
    since: date
    until: date | None = None
    cooperation: Cooperation | None = None
    sender: AuthorityKind | None = None
    receiver: AuthorityKind | None = None
    purpose: Purpose | None = None
    regime: Regime | None = None

    def covers(
        self,
        basis: Basis,
        cooperation: Cooperation,
        sender: AuthorityKind,
        receiver: AuthorityKind,
        purpose: str,
        regime: Regime,
    ) -> bool:
        """Whether one row of the matrix lies within the change."""
        return (
            self.basis is basis
            and self.cooperation in (None, cooperation)
            and self.sender in (None, sender)
            and self.receiver in (None, receiver)
            and self.purpose in (None, purpose)
            and self.regime in (None, regime)
        )


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A lawyer's dated change of one rule: verified, switched on or off, with a note. None leaves as it is."""

    number: int
    rule: str
    since: date
    until: date | None = None
    status: Status | None = None
    on: bool | None = None
    note_da: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """A dated set of rules. In force from its date until the next pack begins.

    `rhl_kinds` work under retshåndhævelsesloven unless the authority says otherwise (L9). `free_senders` are bound by
    no secrecy of these laws: what they have seen they may tell. Consent lapses after `consent_months` (L10).
    """

    id: str
    version: str
    in_force_from: date
    drafted_by: str
    approved_by: str
    title_da: str
    title_en: str
    same_necessity_warns_at: int
    health_kinds: frozenset[AuthorityKind]
    rhl_kinds: frozenset[AuthorityKind]
    free_senders: frozenset[AuthorityKind]
    consent_months: int
    consent_written: bool
    matrix: Mapping[Cooperation, Coverage]
    bases: Mapping[Basis, Ground]
    rules: Mapping[str, Rule]
    traits: tuple[Trait, ...]
    changes: tuple[CellChange, ...] = ()

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

    def regime_of(self, kind: AuthorityKind) -> Regime:
        """The regime a kind works under when the authority has not said (L9)."""
        return Regime.RHL if kind in self.rhl_kinds else Regime.GDPR

    def changed(
        self,
        basis: Basis,
        cooperation: Cooperation,
        sender: AuthorityKind,
        receiver: AuthorityKind,
        purpose: str,
        regime: Regime,
    ) -> CellChange | None:
        """The latest change a lawyer has made to a row of the matrix, if any."""
        for change in self.changes:
            if change.covers(basis, cooperation, sender, receiver, purpose, regime):
                return change
        return None

    def amended(self, changes: "Iterable[CellChange | RuleChange]", on: date) -> "Pack":
        """This pack with the changes in force on the date; the version says up to which (`2026.1+4`).

        A change that would end a core rule, or names a rule that is not there, raises PackError.
        """
        valid = sorted(
            (c for c in changes if c.since <= on and (c.until is None or on <= c.until)),
            key=lambda c: (c.since, c.number),
        )
        if not valid:
            return self
        rules = dict(self.rules)
        for change in valid:
            if isinstance(change, RuleChange):
                rules[change.rule] = self._ruled(rules.get(change.rule), change)
        # The latest first, since it is the one that counts.
        cells = tuple(change for change in reversed(valid) if isinstance(change, CellChange))
        last = max(change.number for change in valid)
        return replace(self, version=f"{self.version}+{last}", rules=MappingProxyType(rules), changes=cells)

    def _ruled(self, rule: Rule | None, change: RuleChange) -> Rule:
        if rule is None:
            raise PackError(f"Rule pack {self.id} has no rule {change.rule} to change.")
        if change.on is False and change.rule in CORE_RULES:
            raise PackError(f"Rule {change.rule} carries others and cannot be switched off.")
        return replace(
            rule,
            status=rule.status if change.status is None else change.status,
            on=rule.on if change.on is None else change.on,
            note_da=change.note_da or rule.note_da,
            note_en=change.note_en or rule.note_en,
        )


def _kinds(names: list[str]) -> frozenset[AuthorityKind]:
    return _set(AuthorityKind, names)


def _set(kind: type[Value], names: list[str]) -> frozenset[Value]:
    return frozenset(kind) if names == [EVERY] else frozenset(kind(name) for name in names)


def _coverage(raw: dict[str, list[str]]) -> Coverage:
    coverage = Coverage(_kinds(raw["covered"]), _kinds(raw["by_agreement"]), _kinds(raw["brought_in"]))
    total = len(coverage.covered) + len(coverage.by_agreement) + len(coverage.brought_in)
    if total != len(coverage.covered | coverage.by_agreement | coverage.brought_in):
        raise ValueError("a kind stands in two columns of the matrix")
    return coverage


def _ground(basis: Basis, raw: dict[str, Any]) -> Ground:
    filled = {
        "senders": [EVERY],
        "receivers": [EVERY],
        "purposes": [EVERY],
        "regimes": [EVERY],
        "types": [EVERY],
        **raw,
    }
    return Ground(
        **{
            **filled,
            "basis": basis,
            "senders": _kinds(filled["senders"]),
            "receivers": _kinds(filled["receivers"]),
            "purposes": _set(Purpose, filled["purposes"]),
            "regimes": _set(Regime, filled["regimes"]),
            "types": _set(InformationType, filled["types"]),
        }
    )


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
        (set(pack.bases) != set(Basis) - {Basis.NONE}, "does not say how far each basis reaches"),
        (any(ground.rule not in pack.rules for ground in pack.bases.values()), "has a basis without a rule"),
        (pack.consent_months < 1, "has a consent that never holds"),
        (pack.same_necessity_warns_at < 1, "must let a necessity be used at least once"),
        (
            any(
                pack.rules[rule].in_force_to or pack.rules[rule].in_force_from > pack.in_force_from
                for rule in CORE_RULES
                if rule in pack.rules
            )
            or any(not pack.rules[rule].on for rule in CORE_RULES if rule in pack.rules),
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
                "rhl_kinds": _kinds(raw["rhl_kinds"]),
                "free_senders": _kinds(raw["free_senders"]),
                "bases": MappingProxyType({Basis(key): _ground(Basis(key), row) for key, row in raw["bases"].items()}),
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
    for path in DATA.glob("dk-*.toml"):
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
