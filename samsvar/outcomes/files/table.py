"""A file of answers: one row for each person and wave, as the codebook has it (R-004-112).

Only the system number names a person here; never a pseudonym, a name or a CPR number (R-004-65).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from samsvar.instruments.flow import Answer
from samsvar.instruments.instrument import Said
from samsvar.instruments.scales import ScaleSet, Settings, score

NUMBER, GROUP, WAVE = "nummer", "gruppe", "maaling"
ISBRYDER, OTHERS = 1, 2
GROUPS = {
    ISBRYDER: Said("Isbrydermålgruppen", "The Isbryder group"),
    OTHERS: Said("Øvrige SKP-brugere", "Other users of support persons"),
}
# The wave at the end of a course comes after every other.
END = 10_000
TIMES = {
    "kontakttid_timer": Said("Kontakttid, timer", "Contact time, hours"),
    "brobygning_timer": Said("Brobygning, timer", "Bridge-building, hours"),
    "forloeb_maaneder": Said("Forløbets længde, måneder", "Length of the course, months"),
}
CONTROLS = ("q3", "q4", "q8")
# What is known of a person and does not change: the controls, and the main characteristic.
FACTS = (*CONTROLS, "q9")
# The form has some 150; a sheet may hold other columns too.
MOST_COLUMNS = 1_000
# The most minutes, or times, that one answer can count.
MOST_COUNTED = 100_000


@dataclass(frozen=True, slots=True)
class Report:
    """One row: what was answered, and scores that the file gives itself."""

    answers: Mapping[str, Answer]
    scores: Mapping[str, float]


@dataclass(slots=True)
class Person:
    """One person: the group, what does not change, and the reports by wave."""

    number: str
    group: int
    facts: dict[str, float] = field(default_factory=dict)
    said_at: dict[str, int] = field(default_factory=dict)
    waves: dict[int, Report] = field(default_factory=dict)

    def keep(self, name: str, value: float, wave: int) -> None:
        """Note a fact; what a later wave says counts, wherever it stands in the file."""
        if wave >= self.said_at.get(name, -1):
            self.facts[name], self.said_at[name] = value, wave


@dataclass(frozen=True, slots=True)
class Table:
    """A file as read. `ignored` are columns that are no part of it."""

    persons: tuple[Person, ...]
    columns: frozenset[str]
    ignored: tuple[str, ...]
    encoding: str
    delimiter: str
    headings: Mapping[str, str]

    @property
    def waves(self) -> tuple[int, ...]:
        """The waves that somebody has, in order."""
        return tuple(sorted({wave for person in self.persons for wave in person.waves}))


def score_of(report: Report, measures: ScaleSet, key: str, settings: Settings) -> float | None:
    """The score of a report on a scale: the file's own, or from its items."""
    if key in report.scores:
        return report.scores[key]
    return score(measures.scales[key], report.answers, settings).value


def both_groups(persons: Sequence[Person]) -> dict[int, list[Person]]:
    """The persons of each group: always both, also where one is empty (R-004-101)."""
    return {group: [person for person in persons if person.group == group] for group in GROUPS}
