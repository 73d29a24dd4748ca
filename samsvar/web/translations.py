"""Compiles and checks the English texts: `python -m samsvar.web.translations [--missing]`.

Danish stands in the code; the English of a room stands in that room, kept by hand. Babel reads and writes the files, so
no gettext tools are needed.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import denormalize, read_po
from django.utils.translation.template import templatize

SAMSVAR = Path(__file__).resolve().parent.parent
PO = Path("locale") / "en" / "LC_MESSAGES" / "django.po"

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

_VALUE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")

# A text: the context it is said in ("" for none) and its Danish (the singular, where there are two).
Text = tuple[str, str]


@dataclass
class Findings:
    """What is wrong with one room's English; each text with where it stands.

    `twice`: the file has the text more than once, as a merge of two branches leaves it; only the last would count.
    `places`: the English asks for a value that the Danish does not give, which would fail when shown.
    """

    room: str
    missing: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lines())

    def lines(self) -> list[str]:
        """One line for each text."""
        return [
            f"{self.room}: {kind}: {text}"
            for kind, texts in (
                ("missing", self.missing),
                ("other places for values", self.places),
                ("fuzzy", self.fuzzy),
                ("unused", self.unused),
                ("more than once", self.twice),
            )
            for text in texts
        ]


def rooms(root: Path = SAMSVAR) -> list[Path]:
    """Every package of the project that has code of its own."""
    return sorted(path.parent for path in root.glob("*/__init__.py"))


def _sources(room: Path) -> Iterator[Path]:
    for path in sorted(room.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts and "static" not in path.parts:
            yield path


def texts_in(room: Path) -> dict[Text, str]:
    """Every Danish text of a room's code and templates, with the first place it stands as `file:line`."""
    found: dict[Text, str] = {}
    for path in _sources(room):
        content = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            if path.suffix == ".txt" and "templates" not in path.parts:
                continue
            content = templatize(content, origin=str(path))
        stream = io.BytesIO(content.encode("utf-8"))
        options = {"encoding": "utf-8"}
        for line, messages, _comments, context in extract("python", stream, keywords=KEYWORDS, options=options):
            danish = messages[0] if isinstance(messages, tuple) else messages
            if danish:
                found.setdefault((context or "", danish), f"{path.relative_to(room.parent)}:{line}")
    return found


def read(po: Path) -> Catalog:
    """The catalogue of one file; an empty one when the room has none yet. Raises PoFileError for a broken file."""
    if not po.exists():
        return Catalog(locale="en")
    with po.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def repeated(po: Path) -> list[str]:
    """The Danish of every text that a file has more than once; reading it as a catalogue hides them."""
    seen: set[Text] = set()
    found = []
    for context, danish in _entries(po):
        if (context, danish) in seen:
            found.append(danish)
        seen.add((context, danish))
    return found


def _entries(po: Path) -> Iterator[Text]:
    context = danish = ""
    reading = ""
    for line in [*po.read_text(encoding="utf-8").splitlines(), ""] if po.exists() else []:
        keyword, _space, rest = line.partition(" ")
        if keyword in ("msgctxt", "msgid", "msgstr", "msgstr[0]"):
            if keyword.startswith("msgstr"):
                yield context, danish
                context = danish = ""
            reading = keyword
        elif line.startswith('"'):
            rest = line
        else:
            reading = ""
        if reading == "msgctxt":
            context += denormalize(rest)
        elif reading == "msgid":
            danish += denormalize(rest)


def _danish(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def _values(text: str) -> set[str]:
    return set(_VALUE.findall(text))


def _given(message: Message) -> set[str]:
    """The values the Danish gives; where there are two forms, both, since both are shown with the same ones."""
    forms = message.id if isinstance(message.id, (tuple, list)) else [message.id]
    return set().union(*(_values(form) for form in forms))


def _english(message: Message) -> list[str]:
    english = message.string
    return list(english) if isinstance(english, (tuple, list)) else [english or ""]


def findings(room: Path) -> Findings:
    """Texts of a room without English, with English that someone marked as doubtful, and English that nobody says."""
    result = Findings(room.name)
    texts = texts_in(room)
    entries = {(message.context or "", _danish(message)): message for message in read(room / PO) if message.id}
    for text, place in texts.items():
        message = entries.get(text)
        if message is None or not all(_english(message)):
            result.missing.append(f"{place}: {text[1]}")
        elif any(_values(english) - _given(message) for english in _english(message)):
            result.places.append(f"{place}: {text[1]}")
        elif message.fuzzy:
            result.fuzzy.append(f"{place}: {text[1]}")
    result.twice.extend(repeated(room / PO))
    result.unused.extend(danish for context, danish in entries if (context, danish) not in texts)
    return result


def build(root: Path = SAMSVAR) -> int:
    """Writes a .mo beside each .po; returns how many."""
    count = 0
    for po in sorted(root.glob(f"*/{PO}")):
        with po.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(po))
        count += 1
    return count


def main(arguments: list[str]) -> int:
    """Compiles; with `--missing` lists what is wrong instead. Returns 1 when anything is, or a text stands twice."""
    if "--missing" in arguments:
        lines = [line for room in rooms() for line in findings(room).lines()]
    else:
        lines = [f"{room.name}: more than once: {text}" for room in rooms() for text in repeated(room / PO)]
    if lines or "--missing" in arguments:
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return 1 if lines else 0
    sys.stdout.write(f"{build()} translations compiled\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
