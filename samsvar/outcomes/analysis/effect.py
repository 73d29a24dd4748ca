"""What changed for whom: scales, alphas and tests of a table, judged by a named rule set.

Always both groups (R-004-101). Which groups may be shown is chosen per scale, so that no small one follows from what is
shown of the others. The result holds everything that a page, a file or a script says of it.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from samsvar.instruments.instrument import Said
from samsvar.instruments.scales import Scale, ScaleSet, Settings, complete_rows, cronbach
from samsvar.outcomes.analysis.privacy import Plan, protect
from samsvar.outcomes.analysis.rules import RuleSet, Test, Verdict
from samsvar.outcomes.analysis.statistics import Anova, Paired, Regression, anova, detectable, holm, paired, regression
from samsvar.outcomes.files.table import CONTROLS, GROUPS, TIMES, Person, Table, both_groups, score_of

HIDDEN = Said(
    "Vises ikke: for få personer, eller de kunne regnes ud af andre tal.",
    "Not shown: too few persons, or they could be computed from other figures.",
)


class Outcome(StrEnum):
    """What groups and times are compared on: the change from the first to the latest wave, or the level at one."""

    CHANGE = "change"
    FIRST = "first"
    LATEST = "latest"

    @property
    def said(self) -> Said:
        """The outcome in words."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.CHANGE: Said("ændring fra første til seneste måling", "change from the first to the latest wave"),
    Outcome.FIRST: Said("første måling", "the first wave"),
    Outcome.LATEST: Said("seneste måling", "the latest wave"),
}


@dataclass(frozen=True, slots=True)
class Split:
    """How persons are divided for a comparison: which fact, and what each code is called."""

    key: str
    fact: str
    said: Said
    codes: Mapping[int, str]


def minority(origin: float) -> int:
    """Q8 as the report controls for it: 0 from Denmark, 1 from elsewhere."""
    return int(origin != 1)


SPLITS = (
    Split("gruppe", "", Said("målgruppe", "target group"), {1: "isbryder", 2: "oevrige"}),
    Split("koen", "q3", Said("køn", "sex"), {1: "mand", 2: "kvinde"}),
    Split("alder", "q4", Said("alder", "age"), {1: "18-25", 2: "26-35", 3: "36-45", 4: "46-55", 5: "56-65", 6: "66+"}),
    Split("minoritet", "q8", Said("etnisk minoritet", "ethnic minority"), {0: "nej", 1: "ja"}),
)

# What nobody is compared on, and yet a table can be divided by: all divisions are protected together.
DIAGNOSIS = Split(
    "diagnose",
    "q9",
    Said("hovedkarakteristikum", "main characteristic"),
    {1: "sindslidende", 2: "stofmisbruger", 3: "alkoholmisbruger", 4: "hjemloes"},
)
TRAITS = (*SPLITS, DIAGNOSIS)
# Those of whom all is known that a regression over time holds fixed: a total of its own, protected with the others.
_WHOLE = "samlet"


def fact(person: Person, split: Split) -> int | None:
    """A person's code in a division; None where it is not known."""
    if not split.fact:
        return person.group
    value = person.facts.get(split.fact)
    return None if value is None else minority(value) if split.fact == "q8" else int(value)


def traits(person: Person) -> dict[str, Hashable | None]:
    """A person's code in each division that a table can have."""
    return {split.key: fact(person, split) for split in TRAITS}


@dataclass(frozen=True, slots=True)
class Alpha:
    """How well a scale hangs together at the first wave, beside what the report printed."""

    scale: Scale
    n: int | None
    alpha: float | None
    band: Said | None


@dataclass(frozen=True, slots=True)
class Change:
    """One group's change on one scale, from the first wave to the latest (`wave` None) or to one wave."""

    scale: Scale
    group: int
    wave: int | None
    result: Paired | None
    verdict: Verdict
    adjusted: float | None = None
    smallest: float | None = None
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Groups:
    """One comparison of groups on one scale. `left_out`: some groups are too small to be in it."""

    scale: Scale
    split: Split
    result: Anova | None
    verdict: Verdict
    left_out: bool
    adjusted: float | None = None


# What has one test and one verdict.
Tested = TypeVar("Tested", Change, Groups)


@dataclass(frozen=True, slots=True)
class Time:
    """What time explains of one scale; verdicts and adjusted p for each of the times."""

    scale: Scale
    result: Regression | None
    verdicts: Mapping[str, Verdict]
    adjusted: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Effect:
    """All of it, with the rules it was made by."""

    rules: RuleSet
    settings: Settings
    outcome: Outcome
    alphas: tuple[Alpha, ...]
    changes: tuple[Change, ...]
    groups: tuple[Groups, ...]
    times: tuple[Time, ...]
    no_times: tuple[str, ...]

    @property
    def tests(self) -> int:
        """How many tests stand behind it (R-004-107): each is a chance of a finding that is none."""
        ps = [one.result.p for one in self.changes if one.result] + [one.result.p for one in self.groups if one.result]
        ps += [one.result.coefficients[name].p for one in self.times if one.result for name in one.verdicts]
        return sum(p is not None for p in ps)

    def record(self) -> dict[str, Any]:
        """What is kept with each analysis, so that it can be made again (R-004-97)."""
        return {"rules": self.rules.key, "outcome": str(self.outcome), **self.settings.as_data()}


Scored = dict[str, list[tuple[int, float]]]


def _scored(person: Person, measures: ScaleSet, settings: Settings) -> Scored:
    """A person's scores on each scale, in the order of the waves, without those that are missing."""
    found: Scored = {}
    for scale in measures.measured():
        pairs = (
            (wave, score_of(report, measures, scale.key, settings)) for wave, report in sorted(person.waves.items())
        )
        found[scale.key] = [(wave, value) for wave, value in pairs if value is not None]
    return found


def _outcome(scores: Sequence[tuple[int, float]], outcome: Outcome) -> float | None:
    if not scores or (outcome is Outcome.CHANGE and len(scores) < 2):
        return None
    first, latest = scores[0][1], scores[-1][1]
    return first if outcome is Outcome.FIRST else latest if outcome is Outcome.LATEST else latest - first


def _adjust(rules: RuleSet, ps: Sequence[float | None]) -> list[float | None]:
    return holm(ps) if rules.correction == "holm" else list(ps)


class _Analysis:
    """The table with its scores, while an effect is computed."""

    def __init__(self, table: Table, measures: ScaleSet, rules: RuleSet, settings: Settings, outcome: Outcome) -> None:
        self.table, self.measures, self.rules, self.settings, self.outcome = table, measures, rules, settings, outcome
        self.scores = {person.number: _scored(person, measures, settings) for person in table.persons}
        self.names = [name for name in TIMES if name in table.columns]
        self.lacking = [name for name in CONTROLS if not any(name in one.facts for one in table.persons)]

    def scales(self) -> list[Scale]:
        """The scales on which somebody has a score."""
        return [scale for scale in self.measures.measured() if any(found[scale.key] for found in self.scores.values())]

    def having(self, scale: Scale, outcome: Outcome) -> list[Person]:
        return [one for one in self.table.persons if _outcome(self.scores[one.number][scale.key], outcome) is not None]

    def plan(self, persons: Sequence[Person]) -> Plan:
        """What may be told of these persons, their two groups before all else."""
        rows: list[dict[str, Hashable | None]] = [{**traits(one), _WHOLE: self.whole(one)} for one in persons]
        names = [*(split.key for split in TRAITS), _WHOLE]
        return protect(rows, names, 1, self.rules.least, first=SPLITS[0].key, last=_WHOLE)

    def whole(self, person: Person) -> bool | None:
        """Whether a regression over time counts the person; None where it does not, or there is none."""
        if self.lacking or not self.names:
            return None
        return all(person.facts.get(name) is not None for name in (*self.names, *CONTROLS)) or None

    def alpha(self, scale: Scale) -> Alpha:
        first = [person.waves[min(person.waves)].answers for person in self.table.persons]
        rows = complete_rows(scale, first, self.settings)
        if len(rows) < self.rules.least:
            return Alpha(scale, None, None, None)
        value = cronbach(rows)
        return Alpha(scale, len(rows), value, None if value is None else self.measures.band(value))

    def change(self, scale: Scale, group: int, persons: Sequence[Person], wave: int | None, plan: Plan) -> Change:
        pairs = []
        ranges = set()
        for person in persons:
            scores = self.scores[person.number][scale.key]
            later = dict(scores[1:]) if wave is not None else {}
            last = later.get(wave) if wave is not None else scores[-1][1] if len(scores) > 1 else None
            if last is not None:
                pairs.append((scores[0][1], last))
                ranges |= {_asked(scale, report.answers) for report in person.waves.values()}
        if len(pairs) < self.rules.least or not plan.shown(gruppe=group):
            return Change(scale, group, wave, None, Verdict.HIDDEN)
        before, after = zip(*pairs, strict=True)
        result = paired(before, after, self.rules.confidence)
        verdict = self.rules.verdict(Test.PAIRED, result.n, result.p)
        smallest = detectable(result.n, self.rules.threshold(Test.PAIRED, result.n), self.rules.power)
        return Change(scale, group, wave, result, verdict, None, smallest, len(ranges) > 1)

    def compare(self, scale: Scale, split: Split, persons: Sequence[Person], plan: Plan) -> Groups:
        values: dict[str, list[float]] = {}
        left_out = False
        for person in persons:
            code = fact(person, split)
            if code is None:
                continue
            if not plan.shown(**{split.key: code}):
                left_out = True
                continue
            value = _outcome(self.scores[person.number][scale.key], self.outcome)
            if value is not None:
                values.setdefault(split.codes[code], []).append(value)
        if len(values) < 2:
            return Groups(scale, split, None, Verdict.HIDDEN, left_out)
        result = anova(dict(sorted(values.items())), self.rules.confidence)
        return Groups(scale, split, result, self.rules.verdict(Test.ANOVA, result.n, result.p), left_out)

    def time(self, scale: Scale, persons: Sequence[Person], plan: Plan, beside: Sequence[int]) -> Time:
        """What time explains; hidden where its total is a few from another of `beside`, those that stand by it."""
        names = self.names
        rows = []
        for person in persons:
            row = [person.facts.get(name) for name in names] + [person.facts.get(name) for name in CONTROLS]
            value = _outcome(self.scores[person.number][scale.key], self.outcome)
            if value is not None and all(one is not None for one in row):
                *times, sex, age, origin = (one for one in row if one is not None)
                rows.append((value, *times, sex - 1, age, float(minority(origin))))
        # Who is left out for a fact that is not known is the difference between two totals, and may not be a few.
        few = any(0 < abs(total - len(rows)) < self.rules.least for total in beside)
        if len(rows) < self.rules.least or few or not plan.shown(**{_WHOLE: True}):
            return Time(scale, None, {}, {})
        columns = list(zip(*rows, strict=True))
        labels = [*names, "koen", "alder", "minoritet"]
        found = regression(columns[0], dict(zip(labels, columns[1:], strict=True)), self.rules.confidence)
        verdicts = {
            name: self.rules.verdict(Test.REGRESSION, found.n, found.coefficients[name].p)
            for name in names
            if name in found.coefficients
        }
        return Time(scale, found, verdicts, {})


def _asked(scale: Scale, answers: Mapping[str, Any]) -> int:
    return sum(name in answers for name in scale.conditional)


def compute(
    table: Table,
    measures: ScaleSet,
    rules: RuleSet,
    settings: Settings,
    outcome: Outcome = Outcome.CHANGE,
    *,
    each_wave: bool = False,
) -> Effect:
    """The effect that a table shows. Two-sided; the first wave against the latest, and with `each_wave` each other."""
    work = _Analysis(table, measures, rules, settings, outcome)
    alphas, changes, groups, times = [], [], [], []
    later = table.waves[1:] if each_wave else ()
    for scale in work.scales():
        if len(scale.fields) > 1:
            alphas.append(work.alpha(scale))
        twice = work.having(scale, Outcome.CHANGE)
        plan = work.plan(twice)
        if len(table.waves) > 1:
            for group, persons in both_groups(twice).items():
                changes += [work.change(scale, group, persons, wave, plan) for wave in (None, *later)]
        persons = work.having(scale, outcome)
        if not persons:
            continue
        plan = work.plan(persons)
        compared = [work.compare(scale, split, persons, plan) for split in SPLITS if _has(table, split)]
        groups += compared
        if work.names and not work.lacking:
            times.append(work.time(scale, persons, plan, [one.result.n for one in compared if one.result]))
    return Effect(
        rules,
        settings,
        outcome,
        tuple(alphas),
        tuple(_judged(rules, Test.PAIRED, changes)),
        tuple(_judged(rules, Test.ANOVA, groups)),
        tuple(_judged_times(rules, times)),
        tuple(work.lacking) if work.names else tuple(TIMES),
    )


def _has(table: Table, split: Split) -> bool:
    return not split.fact or any(split.fact in person.facts for person in table.persons)


def _judge(rules: RuleSet, test: Test, n: int, p: float | None, adjusted: float | None) -> Verdict:
    return rules.verdict(test, n, p if adjusted is None else adjusted)


def _judged(rules: RuleSet, test: Test, found: Sequence[Tested]) -> list[Tested]:
    """Each result with its p after the correction for all tests of its kind, and what the rules say of it."""
    judged = []
    for one, p in zip(found, _adjust(rules, [one.result.p if one.result else None for one in found]), strict=True):
        if one.result:
            one = replace(one, adjusted=p, verdict=_judge(rules, test, one.result.n, one.result.p, p))
        judged.append(one)
    return judged


def _judged_times(rules: RuleSet, found: Sequence[Time]) -> list[Time]:
    places = [(one, name) for one in found if one.result for name in one.verdicts]
    ps = [one.result.coefficients[name].p for one, name in places if one.result]
    adjusted = {(id(one), name): p for (one, name), p in zip(places, _adjust(rules, ps), strict=True)}
    judged = []
    for one in found:
        if one.result is None:
            judged.append(one)
            continue
        own = {name: adjusted[id(one), name] for name in one.verdicts}
        n, lines = one.result.n, one.result.coefficients
        verdicts = {name: _judge(rules, Test.REGRESSION, n, lines[name].p, p) for name, p in own.items()}
        judged.append(replace(one, adjusted=own, verdicts=verdicts))
    return judged


def figures(effect: Effect) -> list[tuple[str, dict[str, float]]]:
    """Every figure shown, by a name of its own: what the script computes again. What is hidden is not among them."""
    found: list[tuple[str, dict[str, float | None]]] = []
    for alpha in effect.alphas:
        if alpha.alpha is not None:
            found.append((f"alpha.{alpha.scale.key}", {"n": alpha.n, "alpha": alpha.alpha}))
    for change in effect.changes:
        if r := change.result:
            name = f"change.{change.scale.key}.{change.group}.{'latest' if change.wave is None else change.wave}"
            found.append((name, {"n": r.n, "difference": r.difference, "sd": r.sd, "t": r.t, "df": r.df, "p": r.p}))
    for one in effect.groups:
        if g := one.result:
            name = f"groups.{one.scale.key}.{one.split.key}"
            found.append((name, {"n": g.n, "f": g.f, "df1": g.df[0], "df2": g.df[1], "p": g.p}))
    for time in effect.times:
        if time.result:
            for key, c in time.result.coefficients.items():
                values = {"n": time.result.n, "b": c.b, "se": c.se, "t": c.t, "p": c.p, "r2": time.result.r2}
                found.append((f"time.{time.scale.key}.{key}", values))
    return [
        (name, {key: value for key, value in values.items() if value is not None})
        for name, values in found
        if None not in values.values()
    ]


def group_name(group: int, lang: str | None = "da") -> str:
    """What a group is called."""
    return GROUPS[group].label(lang)
