"""The directory in Excel: out and in again as it was, with the same refusals as CSV, and no file breaks the page."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from samsvar.directory import sheet
from samsvar.forms import workbook
from tests.clients import sit
from tests.directory.places import with_pack, written
from tests.directory.test_pages import _told, pages
from tests.world import World

HEADINGS = ("navn", "slags", "sektor", "hvad vi gør", "telefon")


def book(*rows: Any) -> bytes:
    """A workbook as Excel writes it."""
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    made.save(out)
    return out.getvalue()


def upload(world: World, content: bytes, name: str = "ark.xlsx", seat: str = "social.admin") -> Any:
    """Send a file to the directory."""
    return sit(world, seat).post(reverse("directory:sheet"), {"file": SimpleUploadedFile(name, content)})


def test_what_goes_out_to_excel_comes_in_again_as_it_was(world: World) -> None:
    with_pack(world)
    written(
        world, staff=[{"name": "Anna Holm", "function": "vagt", "phone": "+45 00 12"}], hours="=1+1", phone="+45 00"
    )
    before = {name: _told(one) for name, one in pages(world).items()}
    out = sit(world, "police.frontline").get(reverse("directory:units_xlsx"))
    assert out["Content-Type"] == workbook.CONTENT_TYPE
    assert out["Content-Disposition"] == 'attachment; filename="vejviser.xlsx"'
    found = load_workbook(io.BytesIO(out.content)).worksheets[0]
    assert [cell.value for cell in found[1]] == list(sheet.COLUMNS.values())
    # No spreadsheet works a cell out: each is text, and stays text when somebody writes in it.
    assert {cell.data_type for row in found.iter_rows() for cell in row} <= {"s", "n"}
    assert {cell.number_format for row in found.iter_rows() for cell in row if cell.value} == {"@"}
    assert "=1+1" in {cell.value for row in found.iter_rows() for cell in row if cell.data_type == "s"}
    assert upload(world, out.content).status_code == 302
    assert {name: _told(one) for name, one in pages(world).items()} == before
    told = upload(world, out.content, seat="police.admin").content.decode()
    assert told.count("Siden holdes ved lige af Prøveby Kommune.") == 12


def test_the_same_rows_are_refused_for_the_same_reasons_as_in_csv(world: World) -> None:
    rows = [
        HEADINGS,
        ("Kløverhuset", "værested", "kommune", "Kaffe og samtale", 112),
        ("Bostøtte", "SKP", "kommune", "Støtte", None),
        (None, "værested", "kommune", "Uden navn", None),
    ]
    as_text = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in rows)
    by_file = upload(world, book(*rows)).content.decode()
    assert pages(world)["Kløverhuset"].phone == "112"
    by_paste = sit(world, "social.admin").post(reverse("directory:sheet"), {"sheet": as_text}).content.decode()
    assert by_file.count("Række ") == by_paste.count("Række ") == 2
    assert 'Række 3, <span lang="da">Bostøtte</span>: Hvad er det?: »SKP« bruges om flere slags støtte.' in by_file
    assert (
        by_file[by_file.index("Række 3") : by_file.index("Række 4")]
        == (by_paste[by_paste.index("Række 3") : by_paste.index("Række 4")])
    )
    assert list(pages(world)) == ["Kløverhuset"]


def test_a_number_of_a_citizen_is_refused_in_a_file_too(world: World) -> None:
    shown = upload(world, book(HEADINGS, ("Hus", "værested", "kommune", "Ring til 611180-1234", None))).content.decode()
    assert "CPR-nummer" in shown
    assert "611180" not in shown
    assert not pages(world)


def test_csv_can_be_sent_as_a_file_also_as_windows_writes_it(world: World) -> None:
    text = "navn;slags;sektor;hvad vi gør\r\nKløverhuset;værested;kommune;Kaffe på øen\r\n"
    assert upload(world, text.encode("cp1252"), "ark.csv").status_code == 302
    assert pages(world)["Kløverhuset"].purpose == "Kaffe på øen"


def _repacked(content: bytes, name: str, inside: bytes) -> bytes:
    """A workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, inside if part == name else old.read(part))
    return out.getvalue()


GOOD = book(HEADINGS, ("Kløverhuset", "værested", "kommune", "Kaffe", None))
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
OUTSIDE = LAUGHS.replace(b'<!ENTITY a "ha">', b'<!ENTITY a SYSTEM "file:///etc/passwd">')


HOSTILE = {
    "no more than a mark": b"PK\x03\x04",
    "a mark and nothing": b"PK\x03\x04" + b"\x00" * 400,
    "half a workbook": GOOD[: len(GOOD) // 2],
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "signs that are no text": b"\x00\x01\x02",
    "a PDF": b"%PDF-1.7",
    "a text that grows": _repacked(GOOD, SHEET, LAUGHS),
    "a text from elsewhere": _repacked(GOOD, SHEET, OUTSIDE),
    "a sheet that is none": _repacked(GOOD, SHEET, b"not xml"),
    "a sheet that is too large": _repacked(GOOD, SHEET, b"<a/>" + b" " * (workbook.MOST_BYTES + 1)),
    "a book without sheets": _repacked(GOOD, "xl/workbook.xml", b"<workbook/>"),
    "an empty sheet": book(),
    "other columns": book(("noget", "andet")),
    "columns alone": book(HEADINGS),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_no_file_breaks_the_page_and_each_gets_a_message_beside_the_field(world: World, content: bytes) -> None:
    answer = upload(world, content)
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert 'id="id_file-error"' in shown or "form-error-message" in shown
    assert not pages(world)


def test_a_sheet_that_lies_about_its_size_is_read_to_an_end() -> None:
    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>langt nede</t></is></c></row></sheetData>'
    with zipfile.ZipFile(io.BytesIO(GOOD)) as parts:
        whole = parts.read(SHEET).replace(b"</sheetData>", far)
    assert len(workbook.read(_repacked(GOOD, SHEET, whole), sheet.COLUMNS, sheet.NEEDED)) == 1


def test_neither_file_nor_text_is_asked_for(world: World) -> None:
    answer = sit(world, "social.admin").post(reverse("directory:sheet"), {})
    assert answer.status_code == 400
    assert "Vælg en fil på højst 1 MB" in answer.content.decode()
