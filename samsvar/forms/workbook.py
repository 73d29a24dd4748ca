"""Excel workbooks: rows in and out, by the same headings and refusals as a pasted sheet. No framework here.

read(content, COLUMNS, NEEDED)      the rows of the first sheet, as `forms.sheet.read` gives those of a CSV file
rows_in(content, ...)               the cells as they are, for who has headings and refusals of their own
write(COLUMNS.values(), rows)       the bytes of a workbook with one sheet; every cell is text, and none a formula
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time

from samsvar.forms.sheet import NoRows, SheetError, SheetRow, rows_of

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a workbook begins with; everything else is read as text.
MAGIC = b"PK\x03\x04"
# So much is unpacked at most, so many rows and columns are looked at: a small file can hold a very large one.
MOST_BYTES, MOST_PARTS, MOST_ROWS, MOST_COLUMNS = 5_000_000, 200, 5_000, 100

# What is written is what is read: no formula, link or number is made of a text.
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class NotAWorkbook(SheetError):
    """It cannot be read as a workbook: it is something else, broken, locked, or larger than it looks."""


class TooLarge(NotAWorkbook):
    """It holds more than may be unpacked."""


def read(content: bytes, columns: Mapping[str, str], needed: Sequence[str]) -> list[SheetRow]:
    """The rows of a workbook's first sheet. Raises NotAWorkbook, NoRows, UnknownColumns or MissingColumns."""
    return rows_of(_table(content), columns, needed)


def _table(content: bytes) -> list[list[str]]:
    found = rows_in(content, MOST_BYTES, MOST_PARTS, MOST_ROWS + 1, MOST_COLUMNS)
    return [[_said(cell) for cell in row] for row in found]


def rows_in(
    content: bytes,
    most_bytes: int,
    most_parts: int,
    most_rows: int | None = None,
    most_columns: int | None = None,
    *,
    formulas: bool = False,
) -> Iterator[tuple[object, ...]]:
    """The cells of a workbook's first sheet, row by row, as far as the given rows and columns.

    A formula is what it last came to, or with `formulas` what was written. The file is measured before it is opened:
    raises TooLarge where it holds more than `most_bytes` unpacked or `most_parts` parts, NotAWorkbook for all else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
        # No part gives more when it is unpacked than stands here: zipfile stops there.
        if len(parts) > most_parts or sum(part.file_size for part in parts) > most_bytes:
            raise TooLarge
        if any(part.flag_bits & 1 for part in parts):
            raise NotAWorkbook
        # Loaded where it is needed: half a second that no other page should wait for.
        from openpyxl import DEFUSEDXML, load_workbook

        if not DEFUSEDXML:
            raise NotAWorkbook
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=not formulas, keep_links=False)
        try:
            sheet = book.worksheets[0]
            # What a sheet says of its own size may be wrong.
            sheet.reset_dimensions()
            yield from sheet.iter_rows(max_row=most_rows, max_col=most_columns, values_only=True)
        finally:
            book.close()
    except SheetError:
        raise
    except Exception as error:  # whatever a broken or hostile file makes of the reader, it is no workbook
        raise NotAWorkbook from error


def _said(cell: object) -> str:
    """A cell as a person reads it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if (cell.hour, cell.minute) == (0, 0) else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def write(headings: Iterable[str], rows: Iterable[Sequence[str]], name: str = "Ark") -> bytes:
    """A workbook with one sheet. What begins with =, +, - or @ stays the text that it is."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, PLAIN) as book:
        # The day and no hour: the same rows are the same bytes, and tell nothing of when somebody fetched them.
        book.set_properties({"created": datetime.combine(date.today(), time())})
        sheet = book.add_worksheet(name[:31])
        # As text also when somebody writes in the cell again.
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        head = book.add_format({"num_format": "@", "bold": True})
        width = 0
        for at, heading in enumerate(headings):
            sheet.write_string(0, at, heading, head)
            width = at
        for number, row in enumerate(rows, start=1):
            for at, cell in enumerate(row):
                sheet.write_string(number, at, cell, text)
        sheet.set_column(0, width, 24, text)
        sheet.freeze_panes(1, 1)
    return out.getvalue()


__all__ = ["CONTENT_TYPE", "MAGIC", "PLAIN", "NoRows", "NotAWorkbook", "TooLarge", "read", "rows_in", "write"]
