"""A paper can be read by eye and by ear, says nothing about itself, and takes every word at its word."""

import io
import re
import subprocess
import sys
import time
import unicodedata

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as checks
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from samsvar.documents import paper as documents
from samsvar.documents.answers import as_pdf
from samsvar.documents.paper import Paper, facts, heading, points, quote, render, table, text

LETTER = Paper(
    title="Brev til dig",
    sender=("Distriktspsykiatrien", "Prøveby"),
    receiver=("Aage Prøvesen",),
    date="22. november 2026",
    parts=[
        heading("Hvad vi har fortalt"),
        text("Vi har talt med kommunen.\nOg med politiet."),
        points(["at du er kendt her", "at du kan ringes op"]),
        quote("Det er jeg ikke enig i."),
        facts([("Formål", "Indsatsen for dig")]),
        table(["Dag", "Hvem"], [["1. marts", "Kommunen"], ["2. marts", "Politiet"]]),
    ],
    signed=("Venlig hilsen", "Afsnittet"),
    footer="Samsvar",
)


def read(pdf: bytes) -> PdfReader:
    """The paper as a reading program opens it."""
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    """What stands on it, in the order of reading."""
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def tags(pdf: bytes) -> set[str]:
    """The kinds of structure that a screen reader is told of."""
    found: set[str] = set()

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.add(str(node["/S"]))
            walk(node.get("/K"))

    walk(read(pdf).trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.mark.parametrize("template", ["letter", "report", "sheet"])
@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_paper_is_tagged_titled_and_has_a_language(template: documents.Template, lang: str) -> None:
    made = render(template, LETTER, lang=lang)
    root = read(made).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (a PDF's own kind of truth)
    assert root["/Lang"] == lang
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert b"pdfuaid:part>1<" in made or "pdfuaid:part>1<" in read(made).xmp_metadata.rdf_root.toxml()
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= tags(made)
    for said in ("Brev til dig", "Vi har talt med kommunen.", "at du kan ringes op", "1. marts"):
        assert said in words(made)


def test_a_paper_tells_nothing_about_itself_but_its_kind() -> None:
    made = read(render("letter", LETTER))
    assert dict(made.metadata or {}).keys() <= {"/Title", "/Creator"}
    assert made.metadata.title == "Brev til dig"
    answer = as_pdf(b"%PDF", "Brev til Aage/../Prøvesen")
    assert re.fullmatch(r'attachment; filename="[a-z-]+\.pdf"', answer["Content-Disposition"])
    assert answer["Cache-Control"] == "no-store"


def test_the_same_words_give_the_same_bytes_in_another_process() -> None:
    again = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, hashlib; from samsvar.documents.paper import *;"
            "print(hashlib.sha256(render('letter', Paper('T', [text('Æblet')]))).hexdigest())",
        ],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    import hashlib

    here = hashlib.sha256(render("letter", Paper("T", [text("Æblet")]))).hexdigest()
    assert again.stdout.strip() == here


def test_no_font_of_the_machine_is_used() -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in read(render("letter", LETTER)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all(name.startswith(("Libertinus", "NewCM", "DejaVuSansMono")) for name in fonts), fonts


HOSTILE = [
    "#panic(1)",
    '#read("/etc/passwd")',
    "$x^2$",
    "*fed* _kursiv_ `kode`",
    "= Overskrift",
    "<etiket> @henvisning",
    r"\#let x = 1",
    "// ikke en bemærkning",
    '"; #eval("1")',
    "[#sys.inputs]",
    "https://eksempel.dk/#side",
    "- ikke et punkt",
    "1. ikke et nummer",
    "~ -- ...",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_markup_is_drawn_as_the_text_it_is(typed: str) -> None:
    made = render("letter", Paper(typed, [text(typed), points([typed]), table([typed], [[typed]])], receiver=[typed]))
    squeezed = re.sub(r"\s", "", words(made))
    assert squeezed.count(re.sub(r"\s", "", typed)) >= 5


def test_control_signs_and_turned_writing_do_not_reach_paper() -> None:
    made = words(render("letter", Paper("T", [text("a\x00b\x07c\u202ed\u2066e\ufffef")])))
    assert "abcdef" in made
    assert not [sign for sign in made if unicodedata.category(sign) in {"Cc", "Cf"} and sign != "\n"]


def test_a_sign_that_no_font_draws_is_marked_and_the_paper_comes_out() -> None:
    made = words(render("letter", Paper("T", [text("Han smiler 😀 漢 og hedder Nguyễn Łukasz")])))
    assert "Han smiler � � og hedder Nguyễn Łukasz" in made.replace("\n", " ")


def test_a_thousand_rare_signs_take_no_longer_than_a_person_waits() -> None:
    started = time.monotonic()
    render("letter", Paper("T", [text("".join(chr(0x4E00 + i) for i in range(1000)))]))
    assert time.monotonic() - started < 20


@checks(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_comes_out_as_a_paper(typed: str) -> None:
    made = render("report", Paper("T", [text(typed), facts([(typed, typed)]), quote(typed)], sender=[typed]))
    assert made.startswith(b"%PDF-1.7")


def test_lines_with_a_dash_become_a_list_and_empty_lines_paragraphs() -> None:
    parts = documents.plain("Kære du\r\n\r\nDet er:\n- det ene\n- det andet\nSlut\n\n\n")
    assert [part["kind"] for part in parts] == ["text", "text", "points", "text"]
    assert parts[2]["items"] == ["det ene", "det andet"]


def test_long_tables_repeat_their_heading_and_pages_are_numbered() -> None:
    rows = [[f"{day}. marts", "Kommunen"] for day in range(1, 200)]
    pages = read(render("report", Paper("T", [table(["Hvilken dag", "Hvem"], rows)]))).pages
    assert len(pages) > 2
    assert all("Hvilken dag" in page.extract_text() for page in pages)
    assert f"2 / {len(pages)}" in pages[1].extract_text()
