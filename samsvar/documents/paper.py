"""Making a tagged PDF (PDF/UA-1) of a template and words.

typst draws with the fonts inside its own package and reads no file but the templates here. What a person typed travels
as data and is never read as markup. The same words give the same bytes: no clock, no name of machine or author is in
a paper. A title says what kind of paper it is, never whom it is about (house.md: no name in a title or a file name).
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import typst

TEMPLATES = Path(__file__).parent / "templates"
# Beyond this many different rare signs in one paper nobody reads them; each is tried alone.
_MOST_RARE_SIGNS = 200
_NOT_DRAWN = "�"

Template = Literal["letter", "report", "sheet"]
Part = dict[str, Any]


@dataclass(frozen=True)
class Paper:
    """The words of one paper. `sender`, `receiver` and `signed` are lines; `parts` come from the functions below."""

    title: str
    parts: Sequence[Part]
    sender: Sequence[str] = field(default_factory=tuple)
    receiver: Sequence[str] = field(default_factory=tuple)
    signed: Sequence[str] = field(default_factory=tuple)
    date: str = ""
    footer: str = ""


def heading(text: str) -> Part:
    """A heading below the title."""
    return {"kind": "heading", "text": text}


def text(words: str) -> Part:
    """Running text; an empty line begins a paragraph, and line breaks are kept."""
    return {"kind": "text", "text": words}


def quote(words: str) -> Part:
    """Somebody's own words, set in."""
    return {"kind": "quote", "text": words}


def points(items: Iterable[str]) -> Part:
    """A list."""
    return {"kind": "points", "items": list(items)}


def facts(rows: Iterable[tuple[str, str]]) -> Part:
    """What and its value, one pair a line."""
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int] | None = None) -> Part:
    """A table whose heading is repeated on each page; `widths` are shares of the page."""
    return {
        "kind": "table",
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "widths": list(widths or [1] * len(columns)),
    }


def plain(words: str) -> list[Part]:
    """Parts of a text that a person wrote: paragraphs, and a list wherever lines begin with a dash."""
    parts: list[Part] = []
    for piece in words.replace("\r\n", "\n").split("\n\n"):
        for is_list, lines in groupby(piece.split("\n"), key=lambda line: line.startswith("- ")):
            held = [line for line in lines if line.strip()]
            if held:
                parts.append(points(line[2:] for line in held) if is_list else text("\n".join(held)))
    return parts


def render(template: Template, paper: Paper, *, lang: str = "da") -> bytes:
    """The paper as PDF/UA-1. `lang` is what a screen reader reads it in.

    Signs that no font here can draw become a replacement sign: a paper always comes out.
    """
    data = clean(
        {
            "lang": lang,
            "title": paper.title,
            "parts": list(paper.parts),
            "sender": list(paper.sender),
            "receiver": list(paper.receiver),
            "signed": list(paper.signed),
            "date": paper.date,
            "footer": paper.footer,
        }
    )
    source = (TEMPLATES / f"{template}.typ").read_bytes()
    try:
        return _compile(source, json.dumps(data))
    except typst.TypstError as refused:
        if "could not be displayed" not in str(refused):
            raise
    return _compile(source, json.dumps(_drawable_only(data)))


def _compile(source: bytes, data: str) -> bytes:
    compiler = typst.Compiler(input=source, root=TEMPLATES, ignore_system_fonts=True, sys_inputs={"data": data})
    made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one piece")
    return made


def _each_text(data: Any, change: Any) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, Mapping):
        return {key: _each_text(value, change) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_each_text(value, change) for value in data]
    return data


def clean(data: Any) -> Any:
    """Control signs and signs that turn the direction of reading do not reach paper; line breaks do."""

    def tidy(words: str) -> str:
        words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        return "".join(sign for sign in words if sign == "\n" or unicodedata.category(sign)[0] != "C")

    return _each_text(data, tidy)


def _drawable_only(data: Any) -> Any:
    signs: set[str] = set()
    _each_text(data, lambda words: signs.update(sign for sign in words if ord(sign) > 0x17F))
    drawn = {sign for sign in sorted(signs)[:_MOST_RARE_SIGNS] if _can_draw(sign)}
    return _each_text(
        data,
        lambda words: "".join(sign if sign in drawn or sign not in signs else _NOT_DRAWN for sign in words),
    )


@lru_cache(maxsize=2000)
def _can_draw(sign: str) -> bool:
    probe = b'#set document(title: "-", date: none)\n#set text(font: "Libertinus Serif")\n#json(bytes(sys.inputs.data))'
    try:
        _compile(probe, json.dumps(sign))
    except typst.TypstError:
        return False
    return True
