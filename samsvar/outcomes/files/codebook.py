"""The codebook of a file of answers: its columns, what their codes mean, and syntax for SPSS (R-004-112).

Only the system number names a person. Texts and dates are not in it: they could tell who somebody is (R-004-65).
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from samsvar.instruments.instrument import Instrument, Kind, Said
from samsvar.outcomes.files.table import END, GROUP, GROUPS, NUMBER, TIMES, WAVE

_TICK = {0: Said("Nej", "No"), 1: Said("Ja", "Yes")}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it says, its codes and which of them mean that nobody knows. `text`: no figure."""

    name: str
    said: Said
    codes: Mapping[int, Said]
    missing: frozenset[int] = frozenset()
    text: bool = False


def columns(form: Instrument) -> Iterator[Column]:
    """The columns of a form's file, in their order."""
    yield Column(NUMBER, Said("Systemets nummer", "The system's number"), {}, text=True)
    yield Column(GROUP, Said("Målgruppe", "Target group"), GROUPS)
    wave = Said(
        "Måling: måneder fra start; »slut« ved afslutning",
        'Wave: months from the start; "slut" at the end',
    )
    yield Column(WAVE, wave, {END: Said("Slut", "End")})
    for name, question, item in form.variables():
        if question.filled or question.kind in {Kind.TEXT, Kind.DATE}:
            continue
        number = name.removeprefix("q").replace("_", ".") if item else question.key.removeprefix("q")
        da, en = (f"{number}. {(item.said if item else question.said).label(lang)}" for lang in ("da", "en"))
        if question.kind is Kind.MANY:
            for code, option in question.options.items():
                said = Said(f"{da} {option.said.da}", f"{en} {option.said.en}")
                yield Column(f"{question.key}_{code}", said, _TICK)
        else:
            codes = {code: option.said for code, option in question.options.items()}
            yield Column(name, Said(da, en), codes, question.missing)
    for name, said in TIMES.items():
        yield Column(name, said, {})


def as_csv(form: Instrument, lang: str = "da") -> str:
    """The codebook as a file: a line for each code, semicolons between, for people and for programs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    english = ("column", "question", "code", "answer", "missing")
    writer.writerow(english if lang == "en" else ("kolonne", "spørgsmål", "kode", "svar", "mangler"))
    for column in columns(form):
        lines = [(str(code), said.label(lang), code in column.missing) for code, said in column.codes.items()]
        for code, answer, missing in lines or [("", "", False)]:
            writer.writerow([column.name, column.said.label(lang), code, answer, "1" if missing else ""])
    return out.getvalue()


def _quoted(text: str, most: int) -> str:
    """A text for SPSS, which ends a label at an apostrophe and takes no long ones."""
    return "'" + text[:most].replace("'", "''") + "'"


def as_spss(form: Instrument, file: str, lang: str = "da") -> str:
    """Syntax that reads such a file into SPSS, with labels and missing codes. `slut` is read as the last wave."""
    found = list(columns(form))
    formats = "\n".join(f"  {one.name} {'A20' if one.text or one.name == WAVE else 'F8.2'}" for one in found)
    lines = [
        "* Encoding: UTF-8.",
        "SET DECIMAL=COMMA.",
        f"GET DATA /TYPE=TXT /FILE={_quoted(file, 250)} /ENCODING='UTF8' /DELIMITERS=';' /QUALIFIER='\"'",
        f"  /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /VARIABLES=\n{formats}.",
        f"RECODE {WAVE} ('slut'='{END}').",
        f"ALTER TYPE {WAVE} (F8.0).",
        "VARIABLE LABELS",
        "\n".join(f"  {one.name} {_quoted(one.said.label(lang), 250)}" for one in found) + ".",
        "VALUE LABELS",
        "\n".join(
            f"  /{one.name} "
            + " ".join(f"{code} {_quoted(said.label(lang), 115)}" for code, said in sorted(one.codes.items()))
            for one in found
            if one.codes
        ).replace("/", "", 1)
        + ".",
    ]
    lines += [
        f"MISSING VALUES {one.name} ({', '.join(str(code) for code in sorted(one.missing))})."
        for one in found
        if one.missing
    ]
    return "\n".join([*lines, "EXECUTE.", ""])
