"""How a paper is handed over a browser: a file name that tells the kind of paper, and never whom it is about."""

from django.http import HttpResponse
from django.utils.text import slugify

from samsvar.documents.words import danish_as_two


def _plain(kind: str) -> str:
    """Letters that every folder takes; Danish ones as two, not left out."""
    return slugify(danish_as_two(kind))


def as_pdf(paper: bytes, kind: str) -> HttpResponse:
    """The paper to keep or print. `kind` is a word such as "brev"; never anything about a person."""
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{_plain(kind)}.pdf"', "Cache-Control": "no-store"},
    )


def as_word(paper: bytes, kind: str) -> HttpResponse:
    """The paper as a Word document."""
    return HttpResponse(
        paper,
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        headers={"Content-Disposition": f'attachment; filename="{_plain(kind)}.docx"', "Cache-Control": "no-store"},
    )


def as_text(words: str, kind: str) -> HttpResponse:
    """Plain text for the own system, in the signs that Danish case systems read."""
    return HttpResponse(
        words.replace("\n", "\r\n"),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_plain(kind)}.txt"', "Cache-Control": "no-store"},
    )
