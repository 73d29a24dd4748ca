"""Minutes without persons: a verdict on each sentence, from what is known of the case first, then by lists.

Pure functions: names, addresses and who is staff come in as words. A verdict asks and never forbids.
Source: R-000-128, R-003-40, R-003-99; screens.md (Referat).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from samsvar.law.names import name_like, words_of
from samsvar.law.sentences import Notice
from samsvar.law.traits import WORDS_DA, WORDS_EN, Trait, traits
from samsvar.law.warnings import blot_cpr, exposing, is_names

# Two of these in one item are a rare combination.
ENOUGH = 2

_PHONE = re.compile(
    r"(?<![\w.,/\-+])(?:(?:\+|00)45[ .\-]?)?(?:[2-9]\d(?P<gap>[ .\-]?)\d{2}(?P=gap)\d{2}(?P=gap)\d{2}"
    r"|[2-9]\d{3}[ .\-]\d{4}"
    r"|[2-9]\d \d{3} \d{3}|[2-9]\d{2} \d{2} \d{3})(?![\w\-])(?! ?(?:kr|kroner))"
    r"|(?<![\w+])(?:\+|00)(?!45)[1-9]\d(?:[ \-]?\d){6,12}(?!\w)"
)
_SPOKEN_OF_A_PHONE = re.compile(r"\b(?:tlf|telefon|mobil|nummer|ring|sms)\w*", re.IGNORECASE)
_NOT_A_PHONE = re.compile(r"^(?:(?:19|20)\d\d[ \-](?:19|20)\d\d|(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d)$")
_MAIL = re.compile(r"\b[\w.+\-]+@[\w\-]+\.[\w.\-]+\b")
# A day of birth in six figures, said to be one.
_BORN = re.compile(
    r"\b(?:cpr|c\.p\.r|personnummer\w*|fødselsdag\w*|født|f\.)[^\d\n]{0,14}\d{2}[ .\-]?\d{2}[ .\-]?(?:19"
    r"|20)?\d{2}(?!\d)",
    re.IGNORECASE,
)

_SHORT = words_of(
    "kl d nr cpr ca tlf hr fru mr mrs dr st sct skt bl.a f.eks m.m m.v p.t pga vedr ang evt inkl ekskl jf min max "
    "stk dvs mdr gl afd osv ift hhv if mht pkt jan feb mar apr jun jul aug sep okt nov dec s litra kap art th tv "
    "mf frk f tidl"
)
_END = re.compile(r"(?<=[.!?])[\"”»)]?\s+(?=[\"“»(\-–•]?[A-ZÆØÅ0-9])")
_CASE_NUMBER = re.compile(r"^\W*(?:Sag |Case )?[A-ZÆØÅ]{2,6}-\d{4}-\d{3,}\b|^#{1,6} |^(?:Sag|Punkt) (?:nr\. ?)?\d+\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence and what to look at once more in it; nothing is well."""

    sentence: str
    notices: tuple[Notice, ...]


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; an abbreviation, an initial or "3. marts" ends none, a line break always does."""
    for line in unicodedata.normalize("NFKC", text).splitlines():
        rest, start = " ".join(line.split()), 0
        for gap in _END.finditer(rest):
            before = rest[start : gap.start()].rstrip('"”»)')
            last = before.rsplit(" ", 1)[-1]
            if not last.endswith("."):
                pass
            elif (
                last.rstrip(".").casefold().lstrip("(") in _SHORT
                or re.fullmatch(r"[A-ZÆØÅ]\.", last)
                or (last[:-1].isdigit() and not rest[gap.end() :][:1].isupper())
            ):
                continue
            if rest[start : gap.start()].strip():
                yield rest[start : gap.start()].strip()
            start = gap.end()
        if rest[start:].strip():
            yield rest[start:].strip()


def items(text: str) -> Iterator[str]:
    """The items of a file: a line that opens with a case's number holds all up to the next; else each paragraph is one.

    Lines that a program has broken are put together again.
    """
    under_number = False
    held: list[str] = []
    for line in [*text.splitlines(), ""]:
        blank, opens = not line.strip(), bool(_CASE_NUMBER.match(line.strip()))
        whole = not held or held[-1].rstrip().endswith((".", "!", "?", ":"))
        if held and (opens or (not under_number and (blank or whole))):
            yield "\n".join(held) if under_number else " ".join(held)
            held = []
        under_number = opens or (under_number and bool(held))
        if not blank:
            held.append(line.strip())
    if held:
        yield "\n".join(held)


def verdicts(
    text: str, names: Sequence[str] = (), addresses: Sequence[str] = (), known: Iterable[str] = ()
) -> list[Verdict]:
    """One verdict per sentence of one item.

    `names`, `addresses`: those of the citizens whom the writer knows to be meant (L37: no others); `known` are
    names of staff, authorities and places that may stand. The sentence that makes a combination rare has the notice.
    """
    known = list(known)
    judged, told = [], set[Trait]()
    for sentence in sentences(text):
        notices = [*exposing(sentence, names, addresses)]
        keys = {notice.key for notice in notices}
        if "cpr" not in keys and _BORN.search(sentence):
            notices.append(Notice.say("cpr"))
        if has_phone(sentence):
            notices.append(Notice.say("phone"))
        shaped = [one for one in name_like(sentence, known) if not any(is_names(one, name) for name in names)]
        notices += [Notice.say("name_like", found=one) for one in shaped]
        here = traits(sentence)
        if (here - told or len(here) >= ENOUGH) and len(told | here) >= ENOUGH:
            every = [trait for trait in Trait if trait in told | here]
            notices.append(
                Notice.say(
                    "combination",
                    who_da=_listed([WORDS_DA[one] for one in every], "og"),
                    who_en=_listed([WORDS_EN[one] for one in every], "and"),
                )
            )
        told |= here
        judged.append(Verdict(sentence, tuple(notices)))
    return judged


def look_again(
    text: str, names: Sequence[str] = (), addresses: Sequence[str] = (), known: Iterable[str] = ()
) -> tuple[Notice, ...]:
    """All that the verdicts on one item point at, each once, in order."""
    return tuple(dict.fromkeys(notice for one in verdicts(text, names, addresses, known) for notice in one.notices))


def has_phone(sentence: str) -> bool:
    """Whether a sentence carries a telephone number or an e-mail address."""
    found = [match.group() for match in _PHONE.finditer(sentence)]
    if _SPOKEN_OF_A_PHONE.search(sentence):
        return bool(found or _MAIL.search(sentence))
    return bool(_MAIL.search(sentence)) or any(not _NOT_A_PHONE.match(number) for number in found)


def _listed(words: Sequence[str], last: str) -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def without_persons(
    text: str, names: Sequence[str] = (), known: Iterable[str] = (), *, instead: str, guess: bool = False
) -> str:
    """The text with `instead` for the citizen's name and a CPR number; with `guess` for all that reads as a name.

    For a reader who has not been told who it is `names` is empty, and guessing keeps the promise all the same. A
    replaced word stands in brackets, so that nobody takes it for what was written.
    """
    mark = f"[{instead}]"
    plain = unicodedata.normalize("NFC", blot_cpr(text, mark))
    for name in names:
        if " " in name.strip():
            plain = re.sub(re.escape(" ".join(name.split())), mark, plain, flags=re.IGNORECASE)
    allowed = {part.casefold() for one in known for part in re.findall(r"\w+", one)}

    def blot(match: re.Match[str]) -> str:
        word = match.group()
        if not word[0].isupper() or word.casefold() in allowed:
            return word
        return mark if any(is_names(word, name) for name in names) else word

    plain = re.sub(r"(?<![\w\[])[^\W\d_]+(?:['’\-][^\W\d_]+)*(?![\w\]])", blot, plain)
    if guess:
        for found in {one for sentence in sentences(plain) for one in name_like(sentence, known)}:
            plain = re.sub(rf"(?<!\w){re.escape(found)}(?!\w)", mark, plain)
    return re.sub(rf"{re.escape(mark)}(?:[ \-]{re.escape(mark)})+", mark, plain)
