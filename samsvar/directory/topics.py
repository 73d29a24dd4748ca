"""What people ask about, in everyday words, and which kinds of unit answer it (docs/decisions/0129). No framework here.

The words are data with their source: `data/topics-2014.toml`. A page needs none of them in its own text.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from samsvar.directory.kinds import UnitKind
from samsvar.law.kinds import is_english

DATA = Path(__file__).parent / "data" / "topics-2014.toml"

# The words of a phrase stand in any order within so many words of each other.
WINDOW = 6
# Words this long are known with one letter wrong.
TYPO_FROM = 6
GROWN_UP = 18
# Where one of that age belongs, whatever else is asked.
_OF_A_CHILD = {UnitKind.CHILD_AUTHORITY: 0.4, UnitKind.BUK: 0.4}
_TOKENS = re.compile(r"§+\s*\d+|[^\W_]+")
_PARAGRAPH = re.compile(r"\b(?:paragraf|par)\.?\s+(?=\d)")
_AGE = re.compile(
    r"\b(\d{1,3})\s*(?:-?\s*årig\w*|\s*års?\b)|\bpå (\d{1,2})\b(?!\s*\.|\s*(?:dage|uger|måneder|timer|minutter|sal))"
)
_SMALL = (
    "et",
    "to",
    "tre",
    "fire",
    "fem",
    "seks",
    "syv",
    "otte",
    "ni",
    "ti",
    "elleve",
    "tolv",
    "tretten",
    "fjorten",
    "femten",
)
_IN_WORDS = re.compile(rf"\b({'|'.join(_SMALL)})-?årig")
_CLASS = re.compile(r"\b(\d{1,2})\.?\s*klasse")
# Who is spoken of, when no age is told. Both at once say nothing.
_YOUNG = re.compile(
    r"^(barn|barnet|børn|børne.*|småbørn.*|dreng.*|pige|pigen|piger|pigerne|baby.*|spæd.*|unger|ungerne|skolebarn|teenager.*|skoledreng.*|skolepige.*)$"
)
_GROWN = re.compile(
    r"^(mand|manden|mænd|kvinde|kvinden|voksen|voksne|voksent|kone|konen|ægtefælle|pensionist.*|herre)$"
)
_FAMILY = re.compile(r"^(far|faren|faderen|mor|moren|moderen|forældre.*|stedfar|stedmor|gravid.*)$")


class TopicError(ValueError):
    """The data cannot be used; the message says which topic and why."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that people ask about. `kinds` answer it, each with how surely; the other two when the age is known."""

    key: str
    words: tuple[str, ...]
    kinds: Mapping[UnitKind, float]
    child: Mapping[UnitKind, float]
    adult: Mapping[UnitKind, float]
    lines: str
    why_da: str
    why_en: str
    # Words that make a single other word say nothing: whoever drinks coffee does not drink.
    unless: tuple[str, ...] = ()
    # Somebody may be in danger now.
    danger: bool = False

    def why(self, lang: str | None = "da") -> str:
        """Why these units are the door, in a line."""
        return self.why_en if is_english(lang) else self.why_da

    def points(self, age: int | None) -> Mapping[UnitKind, float]:
        """How surely each kind of unit is the door, for somebody of that age."""
        if age is None:
            return self.kinds
        return (self.child if age < GROWN_UP else self.adult) or self.kinds


@dataclass(frozen=True, slots=True)
class Heard:
    """What a question is about: the topics in it, with how much of each, and the age of whom it speaks of, if told."""

    topics: tuple[tuple[Topic, float], ...]
    age: int | None

    @property
    def danger(self) -> bool:
        """Whether somebody may be in danger now."""
        return any(topic.danger for topic, _much in self.topics)

    @property
    def points(self) -> dict[UnitKind, float]:
        """How surely each kind of unit is the door."""
        found: dict[UnitKind, float] = dict(_OF_A_CHILD) if self.age is not None and self.age < GROWN_UP else {}
        for topic, much in self.topics:
            for kind, surely in topic.points(self.age).items():
                found[kind] = found.get(kind, 0.0) + surely * much
        return found

    def why(self, kind: UnitKind | str, lang: str | None = "da") -> str:
        """Why a kind of unit is the door: the surest topic that names it, in a line; empty when none does."""
        named = [
            (topic.points(self.age)[UnitKind(kind)] * much, topic.why(lang))
            for topic, much in self.topics
            if UnitKind(kind) in topic.points(self.age)
        ]
        return max(named)[1] if named else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()


def _topic(raw: dict[str, Any]) -> Topic:
    given = dict(raw)
    try:
        kinds, child, adult = (
            {UnitKind(kind): float(surely) for kind, surely in given.pop(name, {}).items()}
            for name in ("kinds", "child", "adult")
        )
        words, unless = _words(given.pop("words")), _words(given.pop("unless", ""))
        topic = Topic(words=words, unless=unless, kinds=kinds, child=child, adult=adult, **given)
    except (KeyError, TypeError, ValueError) as error:
        raise TopicError(f"{raw.get('key', '?')}: {error}") from error
    if not topic.kinds or not topic.lines or not topic.words or not all(topic.words):
        raise TopicError(f"{topic.key}: no unit, no source or an empty word")
    return topic


@cache
def topics() -> tuple[Topic, ...]:
    """All topics that come with the product. Raises TopicError when one has a hole."""
    raw = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return tuple(map(_topic, raw["topics"]))


@cache
def says_nothing() -> frozenset[str]:
    """Words of a question that tell no door from another."""
    return frozenset(tomllib.loads(DATA.read_text(encoding="utf-8"))["says_nothing"].split())


@dataclass(frozen=True, slots=True)
class _Index:
    """The words of all topics, so that a question is heard in one pass over its own words."""

    exact: Mapping[str, frozenset[str]]
    begins: Mapping[str, frozenset[str]]
    inside: tuple[tuple[str, str], ...]
    # A word with one letter left out, to the stems that it may have been.
    nearly: Mapping[str, frozenset[str]]
    phrases: tuple[tuple[Topic, tuple[str, ...]], ...]


def _shorter(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]


def _frozen(words: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(parts) for word, parts in words.items()}


@cache
def _index() -> _Index:
    phrases = tuple((topic, tuple(phrase.split())) for topic in topics() for phrase in topic.words)
    exact: dict[str, set[str]] = {}
    begins: dict[str, set[str]] = {}
    nearly: dict[str, set[str]] = {}
    inside = []
    for part in {part for _topic, parts in phrases for part in parts}:
        bare = part.strip("*")
        if part.startswith("*"):
            inside.append((bare, part))
            continue
        (begins if part.endswith("*") else exact).setdefault(bare, set()).add(part)
        if len(bare) >= TYPO_FROM:
            for one in (bare, *_shorter(bare)):
                nearly.setdefault(one, set()).add(part)
    return _Index(_frozen(exact), _frozen(begins), tuple(inside), _frozen(nearly), phrases)


def _is_near(one: str, other: str) -> bool:
    """Whether two words differ by one letter left out, put in, changed, or by two that changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[same:], other[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _parts(token: str) -> set[str]:
    """The words of the topics that one word of a question is, by itself, by its beginning, or nearly."""
    index = _index()
    found: set[str] = set(index.exact.get(token, ()))
    for size in range(1, len(token) + 1):
        found |= index.begins.get(token[:size], frozenset())
    found |= {part for bare, part in index.inside if bare in token}
    if found or len(token) < TYPO_FROM:
        return found
    for size in range(TYPO_FROM - 1, len(token) + 1):
        start = token[:size]
        for one in (start, *_shorter(start)):
            for part in index.nearly.get(one, ()):
                bare = part.strip("*")
                whole = part.endswith("*") or size == len(token)
                if whole and _is_near(start, bare):
                    found.add(part)
    return found


def tokens_of(question: str) -> list[str]:
    """The words of a question in small letters; a section of the law is one word, §85."""
    low = _PARAGRAPH.sub("§", question.lower())
    return ["§" + token.lstrip("§ ") if token.startswith("§") else token for token in _TOKENS.findall(low)]


def _age_of(question: str, tokens: Iterable[str]) -> int | None:
    low = question.lower()
    if said := _AGE.search(low):
        age = int(said.group(1) or said.group(2))
        return age if age <= 120 else None
    if said := _IN_WORDS.search(low):
        return _SMALL.index(said.group(1)) + 1
    if said := _CLASS.search(low):
        return int(said.group(1)) + 6
    seen = list(tokens)
    young = any(_YOUNG.match(token) for token in seen)
    grown = any(_GROWN.match(token) for token in seen)
    if young == grown or any(_FAMILY.match(token) for token in seen):
        return None
    return 10 if young else 40


def hear(question: str, most: int = 60) -> Heard:
    """What a question is about. Nothing of it is kept."""
    tokens = tokens_of(question)[:most]
    places: dict[str, list[int]] = {}
    for at, token in enumerate(tokens):
        # Whoever has no Danish letters on the keyboard writes them with two.
        plain = token.replace("aa", "å").replace("oe", "ø").replace("ae", "æ")
        for part in _parts(token) | (_parts(plain) if plain != token else set()):
            places.setdefault(part, []).append(at)
    stands: dict[str, set[int]] = {}
    by_key = {}
    for topic, parts in _index().phrases:
        found = _stands(parts, places)
        if found:
            by_key[topic.key] = topic
            stands.setdefault(topic.key, set()).add(min(found))
    heard = []
    for key, different in stands.items():
        if len(different) > 1 or not any(word in tokens for word in by_key[key].unless):
            heard.append((by_key[key], min(1.0 + 0.3 * (len(different) - 1), 1.6)))
    return Heard(tuple(heard), _age_of(question, tokens))


def _stands(parts: Sequence[str], places: Mapping[str, list[int]]) -> tuple[int, ...]:
    """Where a phrase stands: each of its words, near each other and none twice; nowhere when it does not."""
    if any(part not in places for part in parts):
        return ()
    for first in places[parts[0]]:
        taken = [first]
        for part in parts[1:]:
            near = [at for at in places[part] if abs(at - first) <= WINDOW and at not in taken]
            if not near:
                break
            taken.append(min(near, key=lambda at: abs(at - first)))
        else:
            return tuple(taken)
    return ()
