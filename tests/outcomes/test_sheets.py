"""Workbooks and SPSS files go out with the number alone and come in as a CSV file does; a hostile one is told so."""

import contextlib
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import psycopg
import pyreadstat
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from samsvar.instruments.instrument import instrument
from samsvar.outcomes.files import sheets
from samsvar.outcomes.files.answers import as_csv
from samsvar.outcomes.files.reading import TableError, read
from samsvar.outcomes.files.table import END, Table
from samsvar.outcomes.models import Report
from samsvar.outcomes.selectors.published import table_from
from tests.clients import sit
from tests.outreach.ground import begun, long_ago
from tests.world import World

FORM = instrument()
HEAD = ["nummer", "gruppe", "maaling", "q20_1", "q21_1", "q21_2", "q23"]


def copied(numbers: tuple[str, ...] = ("KF-1", "KF-2", "=1+1", "+45", "-KF", "@SUM(A1)")) -> Table:
    draw = random.Random(7)
    rows = []
    for number in numbers:
        for wave in (0, 4, END):
            answers: dict[str, object] = {f"q20_{item}": draw.choice([0, 1, 2, 3, 77]) for item in range(1, 7)}
            answers |= {"q3": draw.randint(1, 2), "q21": [1, 3], "q23": 77, "q26_minutes": 90, "q39": 5}
            rows.append((number, 1, wave, answers, 150, 30, 7))
    return table_from(rows)


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return out.getvalue()


def sav(frame: pd.DataFrame, path: Path) -> bytes:
    pyreadstat.write_sav(frame, path)
    return path.read_bytes()


def same(one: Table, other: Table) -> bool:
    def rows(table: Table) -> list:
        return [(person.number, person.group, dict(person.facts), dict(person.waves)) for person in table.persons]

    return rows(one) == rows(other)


@pytest.mark.req("R-004-112")
def test_a_workbook_holds_what_the_csv_file_holds_and_a_text_is_a_text() -> None:
    table = copied()
    data = sheets.as_xlsx(table, FORM)
    book = openpyxl.load_workbook(io.BytesIO(data))
    answers, codes = book.worksheets
    assert answers.title == "tal"
    assert [cell.value for cell in next(codes.iter_rows())][:2] == ["kolonne", "spørgsmål"]
    # Whatever begins with = + - or @ is shown, and computed by no program.
    starts = [row[0] for row in answers.iter_rows(min_row=2)]
    assert {cell.value[0] for cell in starts} == set("K=+-@")
    assert {cell.data_type for cell in starts} == {"s"}
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    assert same(read(data), read(as_csv(table, FORM).encode()))


@pytest.mark.req("R-004-112", "R-004-83")
@pytest.mark.parametrize("lang", ["da", "en"])
def test_an_spss_file_has_its_labels_and_77_is_missing(tmp_path: Path, lang: str) -> None:
    table = copied()
    path = tmp_path / "tal.sav"
    path.write_bytes(sheets.as_sav(table, FORM, lang))
    frame, about = pyreadstat.read_sav(path)
    assert list(frame["nummer"].unique()) == [one.number for one in table.persons]
    assert frame["q23"].isna().all(), "77 is nobody's score"
    assert 77 not in set(frame["q20_1"])
    raw, raw_about = pyreadstat.read_sav(path, user_missing=True)
    assert set(raw["q23"]) == {77.0}
    assert raw_about.missing_ranges["q23"] == [{"lo": 77.0, "hi": 77.0}]
    assert (about.column_names_to_labels["q3"] or "").endswith({"da": "Køn", "en": "Sex"}[lang])
    assert about.variable_value_labels["q3"][1.0] == {"da": "Mand", "en": "Man"}[lang]
    assert about.variable_value_labels["maaling"][float(END)] == {"da": "Slut", "en": "End"}[lang]
    assert "q39" not in frame.columns
    assert not {"q1", "q2"} & set(frame.columns)
    assert same(read(path.read_bytes()), read(as_csv(table, FORM).encode()))


def test_nobody_at_all_makes_files_that_open(tmp_path: Path) -> None:
    empty = Table((), frozenset(), (), "", "", {})
    (tmp_path / "tal.sav").write_bytes(sheets.as_sav(empty, FORM))
    assert len(pyreadstat.read_sav(tmp_path / "tal.sav")[0]) == 0
    assert openpyxl.load_workbook(io.BytesIO(sheets.as_xlsx(empty, FORM))).sheetnames == ["tal", "kodebog"]


@pytest.mark.parametrize("kind", ["xlsx", "sav"])
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["gruppe", "maaling"], [1, 0]], "nummer mangler"),
        ([["nummer", "gruppe", "maaling", "navn"], ["1", 1, 0, "Hans"]], "bruges kun nummeret"),
        ([["nummer", "gruppe", "maaling", "q33"], ["1", 1, 0, 9]], "Linje 2: »9« kan ikke stå i q33"),
        ([["nummer", "gruppe", "maaling"], ["0107831234", 1, 0]], "ligner et CPR-nummer"),
    ],
)
def test_a_sheet_is_checked_as_a_csv_file_is(kind: str, rows: list[list[object]], words: str, tmp_path: Path) -> None:
    data = workbook(rows) if kind == "xlsx" else sav(pd.DataFrame(rows[1:], columns=rows[0]), tmp_path / "x.sav")
    plain = "\n".join(";".join(map(str, row)) for row in rows).encode()
    with pytest.raises(TableError, match=words) as ours:
        read(data)
    with pytest.raises(TableError) as theirs:
        read(plain)
    assert str(ours.value) == str(theirs.value)


def test_a_formula_is_never_computed_and_is_no_answer() -> None:
    with pytest.raises(TableError, match="=1\\+1"):
        read(workbook([["nummer", "gruppe", "maaling", "q33"], ["1", 1, 0, "=1+1"]]))


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


def _changed(name: str, was: str, becomes: str) -> bytes:
    made, out = workbook([HEAD, ["1", 1, 0, 1, 0, 1, 2]]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            text = old.read(part).decode()
            assert part != name or was in text
            new.writestr(part, text.replace(was, becomes, 1) if part == name else text)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet'
HOSTILE: dict[str, Callable[[], bytes]] = {
    "zip bomb": _bomb,
    "no workbook": lambda: b"PK\x03\x04" + b"x" * 500,
    "an empty zip": lambda: b"PK\x05\x06" + b"\0" * 18,
    "half a workbook": lambda: workbook([HEAD])[:2000],
    "no sheet": lambda: _changed("xl/workbook.xml", '<sheet name="Sheet1" sheetId="1" r:id="rId1"/>', ""),
    "entities": lambda: _changed(SHEET, "<worksheet", ENTITIES),
    "a column that is none": lambda: _changed(SHEET, 'r="A1"', 'r="ZZZZZ1"'),
    "16,384 columns": lambda: _changed(SHEET, 'r="G1"', 'r="XFD1"'),
    "a million rows": lambda: _changed(SHEET, '<row r="2"', '<row r="1048576"'),
    "a million columns": lambda: (";".join(f"k{place}" for place in range(1_000_000))).encode()[:1_000_000],
    "an old workbook": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 900,
    "no SPSS": lambda: b"$FL2@(#) SPSS",
    "SPSS of nothing": lambda: b"$FL2@(#) SPSS DATA FILE" + b"\xff" * 5000,
    "packed SPSS of nothing": lambda: b"$FL3@(#) SPSS DATA FILE" + b"\0" * 5000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_told_so(name: str) -> None:
    with pytest.raises(TableError) as refused:
        read(HOSTILE[name]())
    da, _bar, en = str(refused.value).splitlines()[0].partition(" / ")
    assert da
    assert en
    assert len(da) < 400, "a message that can be read"


@pytest.mark.parametrize("seed", range(4))
def test_spss_files_with_anything_in_them_end_in_a_word(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    data = bytearray(sav(pd.DataFrame([["1", 1, 0, 1]], columns=HEAD[:4]), tmp_path / "x.sav"))
    for _ in range(6):
        data[draw.randrange(8, len(data))] = draw.randrange(256)
    # Whatever else it does would be a page that breaks.
    with contextlib.suppress(TableError):
        read(bytes(data))


def test_too_many_columns_of_an_spss_file(tmp_path: Path) -> None:
    wide = pd.DataFrame([[0] * 1200], columns=[f"v{place}" for place in range(1200)])
    with pytest.raises(TableError, match="for mange kolonner"):
        read(sav(wide, tmp_path / "wide.sav"))


@pytest.mark.req("R-004-112")
def test_a_leader_takes_answers_in_from_excel_and_spss(
    world: World, team: object, owner_connection: psycopg.Connection, worker: Callable, tmp_path: Path
) -> None:
    with worker() as actor:
        courses = [begun(actor, f"Borger {place}") for place in range(2)]
    for one in courses:
        long_ago(owner_connection, one, date(2026, 1, 3))
    first, second = courses
    browser = sit(world, "social.member")
    files = {
        "svar.xlsx": workbook([HEAD, [first.number, 1, 0, 0, 1, 0, 77]]),
        "svar.sav": sav(pd.DataFrame([[second.number, 2, 4, 3, 0, 1, 2]], columns=HEAD), tmp_path / "svar.sav"),
    }
    for name, data in files.items():
        answer = browser.post("/indberetning/fra-fil/", {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 200, answer.content.decode()
        assert "1 indberetning er kommet ind." in answer.content.decode()
    with worker():
        found = {row.course_id: row for row in Report.objects.all()}
        assert found[first.pk].answers == {"q20_1": 0, "q21": [1], "q23": 77}
        assert (found[second.pk].wave, found[second.pk].target, found[second.pk].answers["q21"]) == (4, 2, [2])
    for name in ("zip bomb", "half a workbook", "SPSS of nothing"):
        answer = browser.post("/indberetning/fra-fil/", {"file": SimpleUploadedFile("svar.xlsx", HOSTILE[name]())})
        assert answer.status_code == 400, name
        assert 'class="form-error' in answer.content.decode() or "form-error-message" in answer.content.decode(), name
    out = browser.get("/indberetning/effekt/tal.xlsx")
    assert out["Content-Type"].endswith("spreadsheetml.sheet")
    assert openpyxl.load_workbook(io.BytesIO(out.content)).sheetnames == ["tal", "kodebog"]
    assert browser.get("/indberetning/effekt/tal.sav").content.startswith(b"$FL2")
    for name in ("tal.xlsx", "tal.sav"):
        assert sit(world, "social.frontline").get(f"/indberetning/effekt/{name}").status_code == 404
