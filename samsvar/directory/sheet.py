"""The directory as a sheet: rows in, rows out, and the pack that a partnership can begin with. No framework here."""

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from samsvar.forms import sheet, workbook
from samsvar.forms.sheet import SheetRow, safe

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
_YES = {"ja", "yes", "1", "true", "x", "sand"}


def read(text: str) -> list[SheetRow]:
    """The pages of a pasted sheet. Raises NoRows, UnknownColumns or MissingColumns."""
    return [SheetRow(row.number, _with_yes(dict(row.values))) for row in sheet.read(text, COLUMNS, NEEDED)]


def read_file(content: bytes) -> list[SheetRow]:
    """The pages of a file: an Excel workbook or CSV. Raises NotAWorkbook or NotText, and as `read` does."""
    if not content.startswith(workbook.MAGIC):
        return read(sheet.letters(content))
    return [SheetRow(row.number, _with_yes(dict(row.values))) for row in workbook.read(content, COLUMNS, NEEDED)]


def _with_yes(values: dict[str, str]) -> dict[str, str]:
    # A form takes what is not there for no.
    said = values.pop("open_door", "").strip().lower()
    return {**values, **({"open_door": "on"} if said in _YES else {})}


def write(rows: Iterable[Mapping[str, str]]) -> str:
    """A CSV file with Danish headings, semicolons and a mark that makes a spreadsheet read the letters right."""
    out = io.StringIO(newline="")
    pen = csv.writer(out, delimiter=";", lineterminator="\r\n")
    pen.writerow(COLUMNS.values())
    for row in rows:
        pen.writerow([safe(row.get(field, "")) for field in COLUMNS])
    return "\ufeff" + out.getvalue()


def write_workbook(rows: Iterable[Mapping[str, str]]) -> bytes:
    """An Excel workbook with the same headings and cells."""
    return workbook.write(COLUMNS.values(), ([row.get(field, "") for field in COLUMNS] for row in rows), "Vejviser")


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
