"""What is written on each way, as dated data: fields, lengths, answers, deadlines (002 chapters 2 and 10.3).

One kind of row for all of it; a referral, a statement and a notification differ in their data alone.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language

from samsvar.calendar.clocks import limits
from samsvar.directory.kinds import UnitKind
from samsvar.directory.routes import ANYBODY, Answer, ConsentRule, State, find_way, matrix
from samsvar.law.kinds import Basis, InformationType, Labelled, Spoken, is_english

DATA = Path(__file__).parent / "data" / "templates-2014.toml"
YES, NO = "yes", "no"
# The way of what the matrix does not speak of: a question to somebody is no referral (002 D20 to D22).
BESIDE = "beside"


class TemplateError(ValueError):
    """The data cannot be used; the message says which template and why."""


class Kind(Labelled):
    """What one unit asks of another."""

    REFERRAL = "referral", "henvisning", "referral"
    REQUEST = "request", "spørgsmål til egen læge", "request to the own doctor"
    STATEMENT = "statement", "udtalelse", "statement"
    NOTICE = "notice", "varsel", "notice ahead"
    OUTREACH = "outreach", "opsøgning", "outreach"
    NOTIFICATION = "notification", "underretning", "notification"
    COORDINATOR = "coordinator", "ønske om en tovholder", "wish for a tovholder"


class Perspective(Labelled):
    """Whose words a field holds (R-002-37)."""

    OWN = "own", "vi har selv set det", "we have seen it ourselves"
    CITIZEN = "citizen", "borgeren siger det", "the citizen says so"
    RELATIVE = "relative", "en pårørende siger det", "a relative says so"
    OTHER = "other", "en anden fagperson siger det", "another professional says so"


@dataclass(frozen=True, slots=True)
class Said(Spoken):
    """A word of the data, by its key."""

    key: str

    @property
    def label(self) -> str:
        """In the reader's language."""
        return self.words(get_language())

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Field(Said):
    """One thing to write. `who`: it is somebody's statement, and says whose (R-002-85).

    `whose` is the perspective that the words have by their nature, or "ask" where the writer says it (R-002-37).
    `yes_no`: yes or no, and who (R-002-60). `like`: the name under which other templates have the same, so that nobody
    types it twice.
    """

    help_da: str = ""
    help_en: str = ""
    rows: int = 4
    who: bool = False
    who_da: str = ""
    who_en: str = ""
    whose: str = "own"
    yes_no: bool = False
    like: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Under which names it may stand already, its own first."""
        return (self.key, self.like) if self.like else (self.key,)

    @property
    def who_label(self) -> str:
        """What is asked of who says so, in the reader's language; empty where the form has words of its own."""
        return self.who_en if is_english(get_language()) else self.who_da

    def lacks_who(self, one: Mapping[str, str]) -> bool:
        """Whether what stands in it does not say who, and should."""
        return self.who and not one.get("who") and (not self.yes_no or one.get("text") == YES)

    @property
    def help(self) -> str:
        """What is meant, in the reader's language."""
        return self.help_en if is_english(get_language()) else self.help_da


@dataclass(frozen=True, slots=True)
class Reply(Said):
    """What the receiver can answer, and where it leads. `why`: with a text. `inner`: the sender is not told it."""

    state: str = ""
    why: bool = False
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Refusal(Said):
    """Why something is refused. `loops`: two of them about one citizen go in a ring."""

    loops: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """What is written on these ways."""

    key: str
    kind: Kind
    da: str
    en: str
    ways: frozenset[str]
    to: frozenset[str]
    fields: tuple[Field, ...]
    required: frozenset[str]
    answers: tuple[Reply, ...]
    short: int
    long: int
    about: InformationType
    lines: str
    bases: tuple[Basis, ...]
    consent: ConsentRule
    own_assessment: bool = True
    recommends: bool = False
    gap: str = ""
    # A limit of the calendar's pack; empty where no answer is owed.
    answer_by: str = ""
    # Answered in three voices: one's own, the citizen's and others' (R-002-154).
    voices: bool = False
    says_da: str = ""
    says_en: str = ""

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return self.en if is_english(get_language()) else self.da

    @property
    def says(self) -> str:
        """What the writer should know, in the reader's language."""
        return self.says_en if is_english(get_language()) else self.says_da

    def reply(self, key: str) -> Reply | None:
        """The answer of that name, if this template has it."""
        return next((one for one in self.answers if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Open:
    """A template that may go from one kind of unit to another, and by which way of the matrix."""

    template: Template
    way: str


def _words(raw: dict[str, Any], key: str) -> dict[str, Any]:
    if not raw.get("da") or not raw.get("en"):
        raise TemplateError(f"{key}: in both languages")
    return {"key": key, **raw}


@dataclass(frozen=True, slots=True)
class Track(Said):
    """One of two efforts that run side by side in a dual diagnosis (R-002-141), and which kinds of units give it."""

    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pack:
    """All of the data."""

    id: str
    fields: Mapping[str, Field]
    answers: Mapping[str, Reply]
    reasons: Mapping[str, Refusal]
    templates: Mapping[str, Template]
    tracks: tuple[Track, ...]

    def track_of(self, kind: str) -> Track | None:
        """The track that a kind of unit belongs to."""
        return next((one for one in self.tracks if kind in one.kinds), None)


@cache
def pack() -> Pack:
    """The templates that come with the product. Raises TemplateError when one has a hole."""
    raw = tomllib.loads(DATA.read_text(encoding="utf-8"))
    fields = {key: Field(**_words(one, key)) for key, one in raw["fields"].items()}
    answers = {key: Reply(**_words(one, key)) for key, one in raw["answers"].items()}
    reasons = {key: Refusal(**_words(one, key)) for key, one in raw["reasons"].items()}
    templates = {one["key"]: _template(one, fields, answers) for one in raw["templates"]}
    known = {way.key for way in matrix().ways if way.state is State.ALLOWED}
    used = [way for one in templates.values() for way in one.ways]
    if sorted(used) != sorted(known):
        raise TemplateError(f"each open way has one template: {sorted(known ^ set(used))}")
    return Pack(
        raw["id"],
        MappingProxyType(fields),
        MappingProxyType(answers),
        MappingProxyType(reasons),
        MappingProxyType(templates),
        tuple(
            Track(**{**_words(one, key), "kinds": frozenset(UnitKind(kind).value for kind in one["kinds"])})
            for key, one in raw["tracks"].items()
        ),
    )


def _template(raw: dict[str, Any], fields: dict[str, Field], answers: dict[str, Reply]) -> Template:
    given = _words(dict(raw), raw["key"])
    try:
        made = Template(
            kind=Kind(given.pop("kind")),
            ways=frozenset(given.pop("ways", ())),
            to=frozenset(one if one == ANYBODY else UnitKind(one).value for one in given.pop("to", ())),
            fields=tuple(fields[key] for key in given.pop("fields")),
            required=frozenset(given.pop("required")),
            answers=tuple(answers[key] for key in given.pop("answers")),
            about=InformationType(given.pop("about")),
            bases=tuple(map(Basis, given.pop("bases", ("consent",)))),
            consent=ConsentRule(given.pop("consent", "unsaid")),
            **given,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TemplateError(f"{raw['key']}: {error}") from error
    if made.answer_by and made.answer_by not in limits().versions:
        raise TemplateError(f"{made.key}: counts by no limit")
    if bool(made.ways) == bool(made.to) or not made.required <= {one.key for one in made.fields}:
        raise TemplateError(f"{made.key}: goes by ways or beside them, and demands what it asks")
    if {*made.bases} <= {Basis.COOPERATION}:
        raise TemplateError(f"{made.key}: has nothing to go on at home, where nobody cooperates with others")
    return made


def template(key: str) -> Template:
    """One template by its name. Raises KeyError."""
    return pack().templates[key]


def open_between(sender: UnitKind, receiver: UnitKind) -> tuple[Open, ...]:
    """What a unit of one kind may send to one of another: the matrix's open ways, and what goes beside it."""
    if sender is receiver:
        return ()
    answer: Answer = find_way(sender, receiver)
    keys = [way.key for way in answer.ways] if answer.state is State.ALLOWED else []
    by_matrix = [Open(one, key) for key in keys for one in pack().templates.values() if key in one.ways]
    if len({one.template.key for one in by_matrix}) < len(by_matrix):
        by_matrix = list({one.template.key: one for one in by_matrix}.values())
    beside = [Open(one, BESIDE) for one in pack().templates.values() if receiver in one.to or ANYBODY in one.to]
    return (*by_matrix, *beside)
