"""Answers as a workbook or an SPSS file, out and in: the same columns as the CSV file, and nothing more.

Out, only the system's number names a person (R-004-65). In, the file becomes rows of text, which `reading.read` checks
as it checks those of a CSV file. A file is anybody's: it is measured before it is opened, formulas are not computed,
and what cannot be read is refused in words.
"""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from samsvar.forms.workbook import PLAIN, NotAWorkbook, TooLarge, rows_in
from samsvar.instruments.flow import codes_of
from samsvar.instruments.instrument import Instrument, Kind
from samsvar.outcomes.files.codebook import as_csv as codebook_csv
from samsvar.outcomes.files.codebook import columns
from samsvar.outcomes.files.table import END, GROUP, MOST_COLUMNS, NUMBER, TIMES, WAVE, Table

Value = str | float | int | None
MOST_ROWS = 20_000
# What a workbook may take when it is unpacked, and how many parts it may have.
_MOST_UNPACKED, _MOST_PARTS = 12_000_000, 300
_SECONDS = 40
_CHILD = Path(__file__).with_name("read_sav.py")
# SPSS takes labels of so many bytes.
_LABEL, _VALUE_LABEL = 250, 115


class SheetError(ValueError):
    """A file that cannot be read; the message, Danish and English, says what to do."""


# ---- Out ----


def answer_rows(table: Table, form: Instrument) -> Iterator[list[Value]]:
    """A row for each course and wave, in the codebook's columns; the wave at the end is `END`."""
    boxes = {
        f"{question.key}_{code}": (question.key, code)
        for question in form.questions
        if question.kind is Kind.MANY
        for code in question.options
    }
    names = [one.name for one in columns(form)]
    for person in table.persons:
        for wave, report in sorted(person.waves.items()):
            own: dict[str, Value] = {NUMBER: person.number, GROUP: person.group, WAVE: wave}
            own |= {name: person.facts[name] for name in TIMES if name in person.facts}
            row: list[Value] = []
            for name in names:
                if name in boxes:
                    key, code = boxes[name]
                    row.append(int(code in codes_of(report.answers[key])) if key in report.answers else None)
                else:
                    answer = own.get(name, report.answers.get(name))
                    row.append(answer if isinstance(answer, str | int | float) else None)
            yield row


def as_xlsx(table: Table, form: Instrument, lang: str = "da") -> bytes:
    """The copy as a workbook: answers, then the codebook. A text is a text, whatever it begins with."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, PLAIN) as book:
        answers = book.add_worksheet("tal")
        _write(answers, [[one.name for one in columns(form)]])
        place = [one.name for one in columns(form)].index(WAVE)
        rows: Iterator[list[Value]] = (
            [*row[:place], "slut" if row[place] == END else row[place], *row[place + 1 :]]
            for row in answer_rows(table, form)
        )
        _write(answers, rows, 1)
        answers.freeze_panes(1, 1)
        _write(
            book.add_worksheet("kodebog"), csv.reader(io.StringIO(codebook_csv(form, lang), newline=""), delimiter=";")
        )
    return out.getvalue()


def _write(sheet: Any, rows: Iterable[Sequence[Value]], first: int = 0) -> None:
    for line, row in enumerate(rows, first):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, column, value)
            elif value is not None:
                sheet.write_number(line, column, value)


def as_sav(table: Table, form: Instrument, lang: str = "da") -> bytes:
    """The copy as an SPSS file, with labels, and with the codes that mean "don't know" as missing."""
    import pandas as pd
    import pyreadstat

    found = list(columns(form))
    rows = list(answer_rows(table, form))
    frame = pd.DataFrame(
        {
            one.name: pd.Series([row[place] for row in rows], dtype="object" if one.text else "float64")
            for place, one in enumerate(found)
        }
    )
    # The library writes to a path alone. This one is memory, and is on no disk.
    file = os.memfd_create("tal.sav")
    try:
        pyreadstat.write_sav(
            frame,
            f"/proc/self/fd/{file}",
            column_labels={one.name: _cut(one.said.label(lang), _LABEL) for one in found},
            variable_value_labels={
                one.name: {float(code): _cut(said.label(lang), _VALUE_LABEL) for code, said in one.codes.items()}
                for one in found
                if one.codes
            },
            missing_ranges={one.name: [float(code) for code in sorted(one.missing)] for one in found if one.missing},
            variable_measure={one.name: "nominal" if one.codes or one.text else "scale" for one in found},
        )
        with open(f"/proc/self/fd/{file}", "rb") as written:
            return written.read()
    finally:
        os.close(file)


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


# ---- In ----


def rows_of_xlsx(data: bytes) -> list[list[str]]:
    """The rows of a workbook's first sheet, as text. Raises SheetError."""
    rows: list[list[str]] = []
    try:
        for row in rows_in(data, _MOST_UNPACKED, _MOST_PARTS, formulas=True):
            try:
                rows.append([_text(value) for value in row])
            except (ValueError, OverflowError) as error:  # a number without end
                raise NotAWorkbook from error
            _measured(len(rows) - 1, len(row))
    except TooLarge as error:
        raise SheetError(
            "Regnearket fylder for meget, når det pakkes ud: gem kun arket med svarene, eller gem det som CSV. / "
            "The workbook is too large when unpacked: keep the sheet of answers alone, or save it as CSV."
        ) from error
    except NotAWorkbook as error:
        raise SheetError(
            "Filen ligner et regneark, men kan ikke læses: gem det igen som .xlsx, eller som CSV. / "
            "The file looks like a workbook and cannot be read: save it again as .xlsx, or as CSV."
        ) from error
    return rows


def rows_of_sav(data: bytes) -> list[list[str]]:
    """The rows of an SPSS file, its names first, as text. Raises SheetError."""
    try:
        done = subprocess.run(  # noqa: S603 - our own file, run by our own interpreter
            [sys.executable, "-I", str(_CHILD), str(MOST_ROWS), str(MOST_COLUMNS)],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={},
        )
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise SheetError(
            "SPSS-filen kan ikke læses: gem den igen som .sav, eller som CSV. / "
            "The SPSS file cannot be read: save it again as .sav, or as CSV."
        ) from error
    if "columns" in found:
        _measured(0, found["columns"])
    _measured(len(found["rows"]), len(found["names"]))
    return [found["names"], *([_text(value) for value in row] for row in found["rows"])]


def _measured(rows: int, columns: int) -> None:
    if columns > MOST_COLUMNS:
        raise SheetError(
            f"Filen har for mange kolonner. Højst {MOST_COLUMNS}. / "
            f"The file has too many columns. At most {MOST_COLUMNS}."
        )
    if rows > MOST_ROWS:
        raise SheetError(
            f"Filen har for mange linjer. Højst {MOST_ROWS}. / The file has too many lines. At most {MOST_ROWS}."
        )


def _text(value: object) -> str:
    """A cell as it would stand in a CSV file; a formula stands as it was written, and is refused as an answer."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    return str(value).replace("\r", " ").replace("\n", " ")
