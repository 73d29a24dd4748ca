"""The directory as a sheet: rows in, rows out, and the pack that a partnership can begin with. No framework here."""

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACK = Path(__file__).parent / "data" / "vordingborg-2014.toml"

# The columns in their order: the field, and its heading as people write it.
COLUMNS: dict[str, str] = {
    "name": "navn",
    "known_as": "kaldes også",
    "kind": "slags",
    "sector": "sektor",
    "part_of": "afdeling",
    "outside": "hører under",
    "age_from": "fra alder",
    "age_to": "til alder",
    "purpose": "hvad vi gør",
    "open_door": "uden henvisning",
    "ways_in": "veje ind",
    "bring": "det skal med",
    "pathway": "forløbet",
    "deadlines": "frister",
    "legal": "lovgrundlag",
    "cannot": "det kan vi ikke",
    "asked_as": "ord folk spørger med",
    "procedure": "procedure",
    "phone": "telefon",
    "hours": "åbningstid",
    "inbox": "fælles postkasse",
    "staff": "personer",
    "source": "kilde",
}
NEEDED = ("name", "kind", "sector", "purpose")
_BY_HEADING = {heading: field for field, heading in COLUMNS.items()} | {field: field for field in COLUMNS}
_YES = {"ja", "yes", "1", "true", "x", "sand"}
# A spreadsheet takes a cell that begins so for a formula and works it out; the sign before it makes it a text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class SheetError(ValueError):
    """The sheet as a whole cannot be read."""


class NoRows(SheetError):
    """There is nothing below the headings."""


class UnknownColumns(SheetError):
    """Headings that no page has."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__(", ".join(headings))


class MissingColumns(SheetError):
    """Headings that every page needs."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__(", ".join(headings))


@dataclass(frozen=True)
class SheetRow:
    """One row, by field; `number` is its place in the sheet, the headings being the first."""

    number: int
    values: Mapping[str, str]


def _delimiter(first_line: str) -> str:
    return max("\t;,", key=first_line.count)


def read(text: str) -> list[SheetRow]:
    """The rows of a pasted sheet: tabs from a spreadsheet, semicolons or commas from a CSV file.

    Raises NoRows, UnknownColumns or MissingColumns; the message of the two last is the headings.
    """
    text = text.lstrip("\ufeff").strip("\r\n")
    lines = text.splitlines()
    if not lines:
        raise NoRows
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(lines[0]), strict=False))
    except csv.Error as error:
        raise NoRows from error
    headings = [cell.strip().lower() for cell in table[0]]
    unknown = [heading for heading in headings if heading and heading not in _BY_HEADING]
    if unknown:
        raise UnknownColumns(unknown)
    fields = [_BY_HEADING.get(heading, "") for heading in headings]
    missing = [COLUMNS[field] for field in NEEDED if field not in fields]
    if missing:
        raise MissingColumns(missing)
    rows = []
    for number, cells in enumerate(table[1:], start=2):
        values = {field: _plain(cell) for field, cell in zip(fields, cells, strict=False) if field}
        if any(values.values()):
            rows.append(SheetRow(number, _with_yes(values)))
    if not rows:
        raise NoRows
    return rows


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:2] in _FORMULA else cell


def _with_yes(values: dict[str, str]) -> dict[str, str]:
    # A form takes what is not there for no.
    said = values.pop("open_door", "").strip().lower()
    return {**values, **({"open_door": "on"} if said in _YES else {})}


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write(rows: Iterable[Mapping[str, str]]) -> str:
    """A CSV file with Danish headings, semicolons and a mark that makes a spreadsheet read the letters right."""
    out = io.StringIO(newline="")
    pen = csv.writer(out, delimiter=";", lineterminator="\r\n")
    pen.writerow(COLUMNS.values())
    for row in rows:
        pen.writerow([safe(row.get(field, "")) for field in COLUMNS])
    return "\ufeff" + out.getvalue()


@cache
def pack() -> tuple[SheetRow, ...]:
    """Vordingborg's eleven units of 2014, as rows of a sheet."""
    raw = tomllib.loads(PACK.read_text(encoding="utf-8"))
    return tuple(
        SheetRow(
            number, _with_yes({"source": raw["source"], **{field: str(value).strip() for field, value in unit.items()}})
        )
        for number, unit in enumerate(raw["units"], start=1)
    )
