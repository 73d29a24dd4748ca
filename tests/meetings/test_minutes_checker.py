"""Minutes show nobody: what is planted is asked about, and plain sentences of a meeting are left alone."""

import csv
import sys
from collections import Counter
from pathlib import Path

import pytest

from samsvar import cli
from samsvar.law.minutes import items, look_again, sentences, verdicts, without_persons

# The later ones were written by hands that had not seen the rules; the first figures stand in docs/decisions/0074.
FILES = sorted(Path(__file__).parent.glob("sentences*.tsv"))
FOUND_BY = {"name": {"name", "name_like"}}
BAR = 0.95
# More than this many plain sentences asked about, and nobody reads the questions any more.
PATIENCE = 0.10


def read(path: Path) -> list[tuple[str, str]]:
    """What was planted ("clean" for nothing), and the sentence."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            (row["planted"], row["sentence"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def keys(text: str, **more: list[str]) -> set[str]:
    """What is asked about a text."""
    return {notice.key for notice in look_again(text, **more)}


@pytest.mark.req("R-000-128")
@pytest.mark.req("R-003-99")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_planted_is_found_and_little_else(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missed, alarms, planted = [], [], Counter[str]()
    for kind, sentence in read(path):
        found = keys(sentence)
        # A sentence may hold several: "name+phone".
        for one in kind.split("+"):
            planted[one] += 1
            if one == "clean":
                alarms += [(sorted(found), sentence)] if found else []
            elif not found & FOUND_BY.get(one, {one}):
                missed.append((one, sentence))
    hidden = planted.total() - planted["clean"]
    with capsys.disabled():
        sys.stdout.write(
            f"\n{path.stem}: {len(read(path))} sentences: {hidden - len(missed)} of {hidden} planted found,"
            f" {len(alarms)} of {planted['clean']} plain ones asked about\n"
        )
        for line in (*missed, *alarms):
            sys.stdout.write(f"  {line[0]}: {line[1]}\n")
    assert len(missed) <= (1 - BAR) * hidden, missed
    assert len(alarms) <= PATIENCE * planted["clean"], alarms


def test_there_are_three_hundred_sentences_by_several_hands() -> None:
    assert len(FILES) >= 3
    assert sum(len(read(path)) for path in FILES) >= 300


def test_the_case_itself_comes_first_and_a_slip_of_the_pen_hides_nobody() -> None:
    names = ["Grane Kirkebæk"]
    assert "name" in keys("Kontakten til Kirkebæk er god.", names=names)
    assert "name" in keys("Kontakten til Kirkebek er god.", names=names)
    assert "name" in keys("grane kirkebæk er set.", names=names)
    assert keys("Kontakten til naboen er god.", names=names) == set()


def test_staff_and_authorities_may_stand() -> None:
    said = "Mette Lyngtoft ringer til borgeren."
    assert "name_like" in keys(said)
    assert keys(said, known=["Mette Lyngtoft"]) == set()


def test_a_combination_is_found_across_the_sentences_of_one_item() -> None:
    first, second, third = verdicts("Han er 43 år gammel. Kommunen ringer. Hans far bor i Bogense.")
    assert not first.notices
    assert not second.notices
    assert [notice.key for notice in third.notices] == ["combination"]
    assert "alder, sted og familie" in third.notices[0].text_da


def test_sentences_are_told_apart_as_people_write_them() -> None:
    text = "Mødet er d. 3. marts kl. 9. Tlf. følger, f.eks. på mail.\nJ. Hansen ringer! Hvem? Alle."
    assert list(sentences(text)) == [
        "Mødet er d. 3. marts kl. 9.",
        "Tlf. følger, f.eks. på mail.",
        "J. Hansen ringer!",
        "Hvem?",
        "Alle.",
    ]


def test_a_case_number_holds_an_item_together_and_broken_lines_are_mended() -> None:
    assert list(items("FLT-2026-001\nHan er 43.\nHan bor her.\n\nFLT-2026-002: intet\nnyt")) == [
        "FLT-2026-001\nHan er 43.\nHan bor her.",
        "FLT-2026-002: intet\nnyt",
    ]
    assert list(items("Politiet kører\nforbi i dag.\nKommunen ringer.\n\nSlut")) == [
        "Politiet kører forbi i dag.",
        "Kommunen ringer.",
        "Slut",
    ]


def test_the_command_says_a_verdict_for_each_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "referat.txt"
    file.write_text("Politiet taler med Xhevat. Kommunen ringer.", encoding="utf-8")
    assert cli.main(["referat-tjek", str(file)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("SE IGEN\tPolitiet taler med Xhevat.\t»Xhevat«")
    assert second == "I ORDEN\tKommunen ringer.\t"
    assert cli.main(["referat-tjek", str(file), "--kendt", "Xhevat"]) == 0
    assert cli.main(["referat-tjek", str(tmp_path / "none")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_one_who_was_not_told_the_name_reads_none_either() -> None:
    said = "Xhevat har ringet til Mette Lyngtoft."
    known = ["Mette Lyngtoft"]
    assert without_persons(said, [], known, instead="borgeren") == said
    neutral = without_persons(said, [], known, instead="borgeren", guess=True)
    assert neutral == "[borgeren] har ringet til Mette Lyngtoft."
