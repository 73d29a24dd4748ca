"""The same papers as Word documents: headings, lists and tables as such, so that a screen reader finds its way.

As with PDF the same words give the same bytes: no clock, no author, no machine in the file.
"""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from samsvar.documents.paper import Paper, clean

_LANGUAGES = {"da": "da-DK", "en": "en-GB"}
# A zip file cannot say less than that.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def render_word(paper: Paper, *, lang: str = "da") -> bytes:
    """The paper as .docx, in A4 and in this language."""
    document = Document()
    about = document.core_properties
    about.title, about.language = clean(paper.title), _LANGUAGES.get(lang, lang)
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = datetime(1980, 1, 1, tzinfo=UTC)
    _speak(document, _LANGUAGES.get(lang, lang))
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    for line in (*paper.sender, *paper.receiver, paper.date):
        if line:
            document.add_paragraph(clean(line))
    document.add_heading(clean(paper.title), level=1)
    for part in paper.parts:
        _add(document, clean(part))
    for line in paper.signed:
        document.add_paragraph(clean(line))
    page.footer.paragraphs[0].text = clean(paper.footer)
    written = io.BytesIO()
    document.save(written)
    return _without_time(written.getvalue())


def _add(document: Any, part: dict[str, Any]) -> None:
    kind = part["kind"]
    if kind == "heading":
        document.add_heading(part["text"], level=2)
    elif kind in {"text", "quote"}:
        for piece in part["text"].split("\n\n"):
            document.add_paragraph(piece, style="Quote" if kind == "quote" else None)
    elif kind == "points":
        for item in part["items"]:
            document.add_paragraph(item, style="List Bullet")
    elif kind == "facts":
        for what, value in part["rows"]:
            line = document.add_paragraph()
            line.add_run(f"{what}: ").bold = True
            line.add_run(value)
    elif kind == "table":
        _table(document, part)


def _table(document: Any, part: dict[str, Any]) -> None:
    table = document.add_table(rows=1, cols=len(part["columns"]))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, part["columns"], strict=True):
        cell.text = words
        cell.paragraphs[0].runs[0].bold = True
    # The heading row is said to be one, and is repeated on each page.
    properties = table.rows[0]._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)
    for row in part["rows"]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def _speak(document: Any, language: str) -> None:
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    spoken = properties.find(qn("w:lang"))
    if spoken is None:
        spoken = OxmlElement("w:lang")
        properties.append(spoken)
    spoken.set(qn("w:val"), language)


def _without_time(document: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write:
        for name in read.namelist():
            write.writestr(zipfile.ZipInfo(name, _NO_TIME), read.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
