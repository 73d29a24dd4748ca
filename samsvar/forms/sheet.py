"""A sheet from another program: rows in, cells out that no spreadsheet takes for a formula. No framework here."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# A spreadsheet takes a cell that begins so for a formula and works it out; the sign before it makes it a text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class SheetError(ValueError):
    """The sheet as a whole cannot be read."""


class NotText(SheetError):
    """A file that holds no letters."""


class NoRows(SheetError):
    """There is nothing below the headings."""


class UnknownColumns(SheetError):
    """Headings that no row has a place for."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__(", ".join(headings))


class MissingColumns(SheetError):
    """Headings that every row needs."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__(", ".join(headings))


@dataclass(frozen=True)
class SheetRow:
    """One row, by field; `number` is its place in the sheet, the headings being the first."""

    number: int
    values: Mapping[str, str]


def read(text: str, columns: Mapping[str, str], needed: Sequence[str]) -> list[SheetRow]:
    """The rows of a sheet whose headings are `columns` (field: heading) or the fields themselves.

    Tabs from a spreadsheet, semicolons or commas from a CSV file. Raises NoRows, UnknownColumns or MissingColumns; the
    message of the two last is the headings.
    """
    text = text.lstrip("\ufeff").strip("\r\n")
    lines = text.splitlines()
    if not lines:
        raise NoRows
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(lines[0]), strict=False))
    except csv.Error as error:
        raise NoRows from error
    return rows_of(table, columns, needed)


def rows_of(table: Sequence[Sequence[str]], columns: Mapping[str, str], needed: Sequence[str]) -> list[SheetRow]:
    """The rows of a table whose first line is the headings. Raises as `read` does."""
    by_heading = {heading: field for field, heading in columns.items()} | {field: field for field in columns}
    if not table:
        raise NoRows
    headings = [cell.strip().lower() for cell in table[0]]
    unknown = [heading for heading in headings if heading and heading not in by_heading]
    if unknown:
        raise UnknownColumns(unknown)
    fields = [by_heading.get(heading, "") for heading in headings]
    missing = [columns[field] for field in needed if field not in fields]
    if missing:
        raise MissingColumns(missing)
    rows = []
    for number, cells in enumerate(table[1:], start=2):
        values = {field: _plain(cell) for field, cell in zip(fields, cells, strict=False) if field}
        if any(values.values()):
            rows.append(SheetRow(number, values))
    if not rows:
        raise NoRows
    return rows


def letters(content: bytes) -> str:
    """The letters of a file: UTF-8, or as a Danish spreadsheet writes them. Raises NotText."""
    if b"\0" in content:
        raise NotText
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotText


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _delimiter(first_line: str) -> str:
    return max("\t;,", key=first_line.count)


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:2] in _FORMULA else cell
