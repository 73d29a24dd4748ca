"""The words and lists of outreach that are data: the reporting form's own, the phase models, the profiles."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from samsvar.instruments.instrument import Instrument, Said, instrument

DATA = Path(__file__).parent / "data"
CRITERIA = ("illness", "isolation", "conditions", "home")
NOT_KNOWN = 77
GROUP_RULES = ("judgement", "profile")


class BadData(ValueError):
    """A list that may not be used; the message says what is wrong with it."""


def form() -> Instrument:
    """The reporting form whose codes and words the room speaks."""
    return instrument()


def said(words: Said) -> str:
    """Words of the form in the language of the screen."""
    return words.label(get_language())


def options(key: str) -> list[tuple[int, str]]:
    """The answers of a question of the form, as choices."""
    return [(one.code, said(one.said)) for one in form().question(key).options.values()]


def word(key: str, code: int | None) -> str:
    """One answer in words; nothing for no answer."""
    return said(form().question(key).options[code].said) if code is not None else ""


def short(text: str) -> str:
    """What stands before the bracket or the colon: enough on a board."""
    return text.partition("(")[0].partition(":")[0].strip().rstrip(".")


@dataclass(frozen=True)
class Step:
    """One step of a phase model, and the phases of the form that it shows."""

    said: Said
    phases: frozenset[int]


@dataclass(frozen=True)
class PhaseModel:
    """How a municipality speaks of the phases. A view of the form's five, never stored (R-004-40)."""

    key: str
    said: Said
    steps: tuple[Step, ...]

    def words(self, phase: int) -> str:
        """The step or steps in which a phase of the form lies."""
        return " / ".join(said(one.said) for one in self.steps if phase in one.phases)


@dataclass(frozen=True)
class Trait:
    """One item of a profile, under one of the four criteria."""

    key: str
    criterion: str
    said: Said


@dataclass(frozen=True)
class Profile:
    """Whom one municipality means: its items, and whether somebody functionally homeless belongs (R-004-2, R-004-6)."""

    key: str
    said: Said
    traits: tuple[Trait, ...]
    homeless: bool
    requires: tuple[str, ...]

    def would(self, answers: Mapping[str, str], *, homeless: bool) -> bool | None:
        """What the profile's rule says; None where something is not known. The worker decides, not this."""
        if homeless and not self.homeless:
            return False
        said_so = [answers[one] for one in self.requires]
        if "no" in said_so:
            return False
        return None if "unknown" in said_so else True


def _words(raw: Mapping[str, Any], where: str) -> Said:
    if not (raw.get("da") and raw.get("en")):
        raise BadData(f"{where} lacks its words in Danish or English.")
    return Said(raw["da"], raw["en"])


def _once(keys: Iterable[str], where: str) -> None:
    found = list(keys)
    if len(found) != len(set(found)):
        raise BadData(f"{where}: a key is there twice.")


@cache
def phase_models() -> tuple[PhaseModel, ...]:
    """The models in which the phases may be shown; raises BadData where one leaves a phase out."""
    raw = tomllib.loads((DATA / "phases.toml").read_text(encoding="utf-8"))
    found = tuple(
        PhaseModel(
            one["key"],
            _words(one, one["key"]),
            tuple(Step(_words(step, one["key"]), frozenset(step["phases"])) for step in one["steps"]),
        )
        for one in raw["models"]
    )
    _once((one.key for one in found), "phases.toml")
    wanted = frozenset(form().question("q29").options)
    for model in found:
        if frozenset().union(*(step.phases for step in model.steps)) != wanted:
            raise BadData(f"The model {model.key} does not show every phase of the form, or shows another.")
    return found


@cache
def profiles() -> tuple[Profile, ...]:
    """The target-group profiles; raises BadData for one that cannot be used."""
    raw = tomllib.loads((DATA / "profiles.toml").read_text(encoding="utf-8"))
    traits = {key: Trait(key, one["criterion"], _words(one, key)) for key, one in raw["items"].items()}
    if {one.criterion for one in traits.values()} != set(CRITERIA):
        raise BadData("The items do not speak of the four criteria.")
    found = []
    for one in raw["profiles"]:
        if not set(one["items"]) <= set(traits) or not set(one["requires"]) <= set(CRITERIA):
            raise BadData(f"The profile {one['key']} names an item or a criterion that is not there.")
        found.append(
            Profile(
                one["key"],
                _words(one, one["key"]),
                tuple(traits[key] for key in one["items"]),
                one["homeless"],
                tuple(one["requires"]),
            )
        )
    _once((one.key for one in found), "profiles.toml")
    return tuple(found)


def profile(key: str) -> Profile:
    """A profile by its key; raises LookupError."""
    for one in profiles():
        if one.key == key:
            return one
    raise LookupError(key)


# Chapter 14's open questions and what else a place decides, each with its reason in docs/decisions/0119.
@dataclass(frozen=True)
class Settings:
    """What a team may want otherwise."""

    review_months: int
    benchmark: float
    undo_minutes: int
    log_back_days: int
    group_rule: str
    phone_hours: int
    phone_warns_after: int
    unsent_hours: int


@cache
def team_settings() -> Settings:
    """The room's settings."""
    raw = tomllib.loads((DATA / "settings.toml").read_text(encoding="utf-8"))
    if raw["group_rule"] not in GROUP_RULES:
        raise BadData(f"settings.toml: {raw['group_rule']} is no rule for the group.")
    return Settings(**raw)


def in_group(assessment: Any, rule: str = "") -> bool | None:
    """Whether an assessment puts the citizen in the narrow group, by the team's rule (R-004-13). None: not known."""
    if (rule or team_settings().group_rule) == "judgement":
        return bool(assessment.belongs)
    answers = {one: getattr(assessment, one) for one in CRITERIA}
    return profile(assessment.profile).would(answers, homeless=assessment.homeless)
