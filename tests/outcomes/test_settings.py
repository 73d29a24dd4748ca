"""Sections, deadlines and thresholds are dated data; scales and the form stand in the printed Danish words."""

import re
from datetime import date
from pathlib import Path

import pytest

from samsvar.instruments import instrument as forms
from samsvar.instruments.instrument import DATA, Kind, Said, instrument
from samsvar.instruments.scales import scales
from samsvar.instruments.schedule import Month, due
from samsvar.law.packs import current
from samsvar.outcomes.analysis.rules import Test, Verdict, ruleset, rulesets

FORM = instrument()
# Appendix A of the requirements: the wordings of the printed form, misprints kept.
PRINTED = Path(__file__).with_name("appendix-a.txt").read_text(encoding="utf-8")


@pytest.mark.req("R-004-144")
def test_sections_deadlines_and_thresholds_are_data_with_days() -> None:
    # Thresholds: each rule set has the days in which it holds, and a day picks one.
    assert ruleset(day=date(2010, 6, 1)).key == "isbryder-2011"
    assert ruleset(day=date(2026, 6, 1)).key == "samsvar-2026"
    with pytest.raises(LookupError):
        ruleset(day=date(2015, 1, 1))
    old, new = ruleset("isbryder-2011"), ruleset("samsvar-2026")
    assert old.verdict(Test.PAIRED, 12, 0.15) is Verdict.YES
    assert new.verdict(Test.PAIRED, 12, 0.15) is Verdict.NO
    assert all(one.in_force_from and one.source.da for one in rulesets())
    # Deadlines: the form's own, dated with it. Another figure is another day, and no code.
    assert FORM.in_force_from == date(2008, 8, 1)
    text = (DATA / "isbryder-2008.toml").read_text(encoding="utf-8")
    assert due(Month(2026, 4), FORM.reporting) == date(2026, 5, 15)
    assert due(Month(2026, 4), forms.read(text.replace("due_day = 15", "due_day = 10")).reporting) == date(2026, 5, 10)
    # Sections: the law of a day is the pack of that day.
    assert (current(date(2010, 1, 1)).id, current(date(2026, 6, 1)).id) == ("dk-2009", "dk-2026")


def _plain(text: str) -> str:
    """A wording without the form's own signposts: numbers before it, lines to write on, where to go next."""
    text = re.sub(r"\s*\(L[\d, L-]+\)$", "", text)
    text = re.sub(r"^\d+[a-c]?\. ", "", text)
    text = re.sub(r"\s*[–-]\s*gå til spørgsmål.*$", "", text)
    return re.sub(r"\s+", " ", re.sub(r":?\s*_+", "", text)).strip().rstrip("?")


def _said() -> set[str]:
    """What the form here says, and where it says it otherwise the printed words that it keeps."""
    said: list[Said] = []
    for question in FORM.questions:
        said += [question.said, *(one.said for one in question.options.values()), *(one.said for one in question.items)]
    return {_plain(words) for one in said for words in (one.da, one.printed) if words}


# What is no wording of an answer: headings of columns, and hints in brackets, which stand under the question here.
NO_ANSWER = ("columns", "note", "labels", "prompt", "4 sub")


@pytest.mark.req("R-004-146")
def test_every_printed_wording_of_the_form_is_there_to_the_letter() -> None:
    here, missing, found = _said(), [], 0
    for line in PRINTED.splitlines():
        if not line.startswith("- "):
            continue
        key, _colon, words = line[2:].partition(": ")
        if key in NO_ANSWER:
            continue
        words = _plain(words)
        # A date's form, and the brackets after it, stand at the field.
        words = re.sub(r":? ddmmåååå.*$", "", words)
        words = re.sub(r"^(Andet): \(hvis afkrydset\) Hvilke$", r"\1", words)
        if words not in here:
            missing.append(f"{key}: {words}")
        found += 1
    assert found > 150
    assert missing == []


@pytest.mark.req("R-004-146", "R-004-95")
def test_the_columns_of_the_scales_are_the_printed_ones_with_their_codes() -> None:
    steps = {0: "Slet ikke", 1: "I ringe grad", 2: "I nogen grad", 3: "I høj grad", 77: "Ved ikke"}
    for key in ("q20", "q34", "q37", "q38"):
        question = FORM.question(key)
        assert question.kind is Kind.GRID
        assert {code: one.said.da for code, one in question.options.items()} == steps, key
    for key in ("q33", "q35", "q36"):
        assert FORM.question(key).options[1].said.da in ("I mindre grad", "I ringe grad"), key
    names = {"Tillid", "Værgemål", "Psykisk tilstand", "Livskvalitet", "Tilknytning", "Åbner de døren"}
    assert names <= {one.said.da for one in scales().scales.values()}
