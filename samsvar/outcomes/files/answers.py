"""The copy of the answers as a CSV file."""

import csv
import io

from samsvar.instruments.instrument import Instrument
from samsvar.outcomes.files.codebook import columns
from samsvar.outcomes.files.sheets import Value, answer_rows
from samsvar.outcomes.files.table import END, TIMES, WAVE, Table


def as_csv(table: Table, form: Instrument) -> str:
    """The copy as a file: a line for each course and wave, in the columns of the codebook."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(one.name for one in columns(form))
    for row in answer_rows(table, form):
        writer.writerow([_cell(value, one.name) for value, one in zip(row, columns(form), strict=True)])
    return out.getvalue()


def _cell(value: Value, name: str) -> Value:
    if name == WAVE and value == END:
        return "slut"
    return repr(value).replace(".", ",") if name in TIMES and value is not None else value
