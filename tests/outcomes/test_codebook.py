"""The codebook names the columns of a file of answers, and a file made by it is read."""

import csv
import io

import pytest

from samsvar.cli import main
from samsvar.instruments.instrument import instrument
from samsvar.outcomes.files.codebook import as_csv, as_spss, columns
from samsvar.outcomes.files.reading import read

FORM = instrument()
COLUMNS = list(columns(FORM))


def test_nothing_in_a_file_of_answers_says_who_somebody_is() -> None:
    names = {column.name for column in COLUMNS}
    assert len(names) == len(COLUMNS)
    # Initials, pseudonym, comments, dates, and what somebody wrote beside an answer.
    assert not {"q1", "q2", "q39", "q40", "q52"} & names
    assert not [name for name in names if name.endswith(("_text", "_date"))]
    assert {"nummer", "gruppe", "maaling", "q20_1", "q21_7", "q38_6", "q26_minutes", "q51"} <= names


def test_a_file_made_by_the_codebook_is_read_whole() -> None:
    for pick in (min, max):
        values = ["7", "1", "0", *(str(pick(column.codes)) if column.codes else "3" for column in COLUMNS[3:])]
        # Not one of several boxes may stand with all the others, and nobody asks here.
        table = read("\n".join([";".join(column.name for column in COLUMNS), ";".join(values)]).encode())
        assert table.ignored == ()
        assert len(table.persons) == 1
        assert table.columns == {column.name for column in COLUMNS}


def test_each_code_is_explained_in_both_languages() -> None:
    for lang in ("da", "en"):
        rows = list(csv.reader(io.StringIO(as_csv(FORM, lang)), delimiter=";"))
        assert all(len(row) == 5 for row in rows)
        codes = {(row[0], row[2]): row for row in rows[1:]}
        assert codes["q32c", "4"][3].startswith({"da": "Nej, brugeren blev udskrevet", "en": "No, the user"}[lang])
        assert codes["q33", "77"][4] == "1"
        assert codes["q33", "0"][4] == ""


def test_spss_is_told_of_labels_and_missing_codes() -> None:
    syntax = as_spss(FORM, "svar.csv")
    assert "MISSING VALUES q20_1 (77)." in syntax
    assert "RECODE maaling ('slut'='10000')." in syntax
    assert "0 'Slet ikke' 1 'I ringe grad' 2 'I nogen grad' 3 'I høj grad' 77 'Ved ikke'" in syntax
    # An apostrophe within a label is doubled, so that every line has its quotes in pairs.
    for line in syntax.splitlines():
        assert line.count("'") % 2 == 0, line
    assert max(len(line) for line in syntax.splitlines()) < 2000


def test_the_command_prints_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kodebog"]) == 0
    assert capsys.readouterr().out.startswith("kolonne;spørgsmål;kode;svar;mangler")
    assert main(["kodebog", "--sprog", "en"]) == 0
    assert capsys.readouterr().out.startswith("column;question;code;answer;missing")
    assert main(["kodebog", "--spss", "C:/Bo's svar.csv"]) == 0
    assert "/FILE='C:/Bo''s svar.csv'" in capsys.readouterr().out
