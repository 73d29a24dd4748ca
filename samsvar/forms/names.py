"""Texts without the names that somebody knows."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_WORD = re.compile(r"\w+")


def nameless(text: str, names: Iterable[str], instead: str) -> str:
    """A text where each of some names, and several after each other, is `instead`; a genitive keeps its s."""
    return Renaming(dict.fromkeys(names, instead)).of(text)


class Renaming:
    """What stands instead of which name: made once for many texts, for the names can be many.

    A name is the same however it is written: in capitals (ß is SS, and ı, i, İ, I are one letter), with its marks apart
    from their letters, or with signs in it that nobody sees.
    """

    def __init__(self, instead: Mapping[str, str], before: "Renaming | None" = None, words: Iterable[str] = ()) -> None:
        """What stands instead of each name; `before` holds others, and these go before its own.

        `words` are the names that are words too ("hans"): alone and in small letters they stand.
        """
        own = {one: word for name, word in instead.items() if (one := " ".join(_folded(name)[0].split()))}
        self._words: dict[str, str] = (before._words if before else {}) | own
        self._also_words: frozenset[str] = (before._also_words if before else frozenset()) | {
            _folded(word)[0] for word in words
        }
        self._by_first: dict[str, list[str]] = {}
        for name in self._words:
            self._by_first.setdefault(_first_word(name), []).append(name)

    def of(self, text: str) -> str:
        """The text with each name renamed. The longest is found first: a name can hold another."""
        plain, places = _folded(text)
        # Most names stand in no text: a pattern of all of them would be asked at every letter.
        words = {"", *_WORD.findall(plain)}
        words |= {word.removesuffix("s") for word in words}
        there = [name for word in words for name in self._by_first.get(word, ())]
        if not there:
            return text
        text = unicodedata.normalize("NFC", text)
        name = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in sorted(there, key=len, reverse=True))
        parts, end = [], 0
        for found in re.finditer(rf"(?<!\w)(?P<first>{name})(?:\s+(?:{name}))*(?P<s>s?)(?!\w)", plain):
            start = places[found.start()]
            if (
                found["first"] + found["s"] == found.group()
                and found["first"] in self._also_words
                and text[start].islower()
            ):
                continue
            parts += [text[end:start], self._words[" ".join(found["first"].split())], found["s"]]
            # To the end of its last letter, which may be two when it is folded, and of what nobody sees behind it.
            end = max(places[found.end() - 1] + 1, places[found.end()])
        return "".join([*parts, text[end:]])


def _first_word(name: str) -> str:
    found = _WORD.search(name)
    return found.group() if found else ""


def _folded(text: str) -> tuple[str, list[int]]:
    """A text as names are compared, and where each of its letters, and its end, stands in the composed text."""
    composed = unicodedata.normalize("NFC", text)
    letters = [(one, place) for place, sign in enumerate(composed) for one in _letters(sign)]
    return "".join(one for one, _place in letters), [*(place for _one, place in letters), len(composed)]


@lru_cache(maxsize=4096)
def _letters(sign: str) -> str:
    if unicodedata.category(sign) == "Cf":
        return ""
    # The dot of İ stands alone once it is small.
    return unicodedata.normalize("NFKC", sign).casefold().replace("ı", "i").replace("\u0307", "")
