"""The form of 2008 as data: every question and code, the skips with the printed errors put right, and refusals."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsvar.instruments.flow import (
    Answer,
    asked,
    cleaned,
    fields_of,
    items_of,
    next_questions,
    problems,
    results,
    succeeded,
)
from samsvar.instruments.instrument import DATA, Instrument, InstrumentError, Kind, Occasion, Question, instrument, read

FORM = instrument()
TEXT = (DATA / "isbryder-2008.toml").read_text(encoding="utf-8")
START, MONTH, WAVE, EXIT = Occasion.START, Occasion.MONTH, Occasion.WAVE, Occasion.EXIT
ILL = {"q9": 1}


def keys(
    occasions: set[Occasion], answers: Mapping[str, Answer], before: Mapping[str, Answer] | None = None
) -> list[str]:
    return [question.key for question in asked(FORM, occasions, answers, before)]


def codes(key: str) -> list[int]:
    return sorted(FORM.question(key).options)


@pytest.mark.req("R-004-77")
def test_the_form_has_its_52_questions_in_both_languages_and_a_version() -> None:
    assert FORM.stamp == "isbryder 2008.1"
    assert [question.number for question in FORM.questions if question.key[-1].isdigit()] == list(range(1, 53))
    assert [question.key for question in FORM.questions if not question.key[-1].isdigit()] == [
        *("q19a", "q32a", "q32b", "q32c"),
    ]
    assert (
        FORM.question("q28").options[6].said.da.startswith("Brugeren og SKP- medarbejderen mødes på et neutralt sted")
    )
    assert FORM.question("q28").options[6].said.label("en").startswith("User and worker meet")


# Chapter 5.3, read by a person: which codes each question prints.
PRINTED = {
    "q3": range(1, 4),
    "q4": range(1, 8),
    "q5": range(1, 7),
    "q6": range(1, 7),
    "q7": range(1, 9),
    "q8": range(1, 5),
    "q9": range(1, 5),
    "q10": range(1, 6),
    "q11": range(1, 4),
    "q12": range(1, 4),
    "q13": range(1, 16),
    "q14": range(1, 5),
    "q15": (1, 2),
    "q16": (1, 2),
    "q17": (1, 2, 3),
    "q18": range(1, 5),
    "q19": (0, 1, 2, 3, 4, 5, 77),
    "q19a": range(11),
    "q20": (0, 1, 2, 3, 77),
    "q21": (*range(1, 8), 77),
    "q22": (0, 1, 2, 77),
    "q23": (*range(5), 77),
    "q24": (*range(5), 77),
    "q25": (*range(5), 77),
    "q27": range(1, 7),
    "q28": range(1, 10),
    "q29": range(1, 6),
    "q31": range(12),
    "q32": (0, 1, 2, 77),
    "q32a": (1, 2),
    "q32b": (1, 2, 3),
    "q32c": (1, 2, 3, 4, 77),
    **dict.fromkeys(("q33", "q34", "q35", "q36", "q37", "q38"), (0, 1, 2, 3, 77)),
    "q41": range(1, 9),
    "q42": range(1, 5),
    "q43": (1, 2, 4, 5),
    "q44": range(1, 8),
    "q45": range(1, 10),
    "q46": range(1, 7),
}


@pytest.mark.req("R-004-77", "R-004-80")
def test_each_question_has_the_printed_codes() -> None:
    coded = {question.key: sorted(question.options) for question in FORM.questions if question.options}
    assert coded == {key: sorted(found) for key, found in PRINTED.items()}
    assert {question.key: len(question.items) for question in FORM.questions if question.items} == {
        "q20": 6,
        "q26": 4,
        "q30": 2,
        "q34": 4,
        "q37": 7,
        "q38": 6,
    }


@pytest.mark.req("R-004-80")
def test_none_agreement_and_plan_are_told_apart_and_the_departure_is_written_down() -> None:
    options = FORM.question("q32c").options
    assert len({option.said.da for option in options.values()}) == len(options) == 5
    assert options[4].printed_code == 2
    assert {correction.where for correction in FORM.corrections} >= {"Q41", "Q42", "Q32c", "Q43", "Q48", "Q31"}
    assert all(correction.why.en and correction.source for correction in FORM.corrections)


@pytest.mark.req("R-004-83")
def test_77_is_missing_and_0_is_an_answer() -> None:
    for field, question, _ in FORM.variables():
        assert FORM.is_missing(field, 77) == (77 in question.options)
        assert not FORM.is_missing(field, 0)
    assert problems(FORM, {WAVE}, {"q33": 0}, ILL) == problems(FORM, {WAVE}, {"q33": 77}, ILL) == ()


@pytest.mark.req("R-004-78")
@pytest.mark.parametrize(
    ("answers", "skipped", "follows"),
    [
        ({"q6": 3}, {"q7"}, "q8"),
        ({"q6": 4}, {"q7"}, "q8"),
        ({"q6": 1}, set(), "q7"),
        ({"q12": 2}, {"q13"}, "q14"),
        ({"q12": 3}, {"q13", "q14"}, "q15"),
        ({"q12": 1, "q13": 8}, {"q14"}, "q15"),
        ({"q12": 2, "q14": 1}, {"q13", "q15"}, "q16"),
        ({"q12": 2, "q14": 2}, {"q13", "q15"}, "q16"),
        ({"q12": 2, "q14": 4}, {"q13", "q15"}, "q16"),
        ({"q12": 2, "q14": 3}, {"q13"}, "q15"),
        ({"q17": 3}, {"q18"}, "q19"),
        ({"q17": 2}, set(), "q18"),
    ],
)
def test_the_start_skips_as_printed(answers: dict[str, Answer], skipped: set[str], follows: str) -> None:
    whole = {"q6": 1, "q9": 2, "q12": 1, "q13": 1, "q14": 1, "q17": 2, "q19": (0,), **answers}
    found = keys({START}, whole)
    assert not skipped & set(found)
    deciding = list(answers)[-1]
    assert found[found.index(deciding) + 1] == follows


@pytest.mark.req("R-004-78")
@pytest.mark.parametrize(("code", "more"), [(1, True), (2, True), (0, False), (77, False)])
def test_only_an_admission_is_asked_about_further(code: int, more: bool) -> None:
    found = keys({WAVE}, {"q32": code}, ILL)
    assert ("q32a" in found, "q32b" in found, "q32c" in found) == (more, more, more)
    assert "q33" in found


@pytest.mark.req("R-004-79", "R-004-86")
def test_a_purpose_that_was_met_leads_through_its_results_and_nothing_else_does() -> None:
    assert keys({EXIT}, {"q41": 4}) == ["q40", "q41", "q42"]
    for code, key, name in [(1, "q43", "personal"), (2, "q44", "health"), (3, "q45", "social"), (4, "q46", "private")]:
        answers = {"q41": 4, "q42": (code,)}
        assert keys({EXIT}, answers) == ["q40", "q41", "q42", key, *(f"q{n}" for n in range(47, 53))]
        assert succeeded(FORM, answers)
        assert results(FORM, answers) == {name}
    assert keys({EXIT}, {"q41": 4, "q42": (1, 4)})[3:5] == ["q43", "q46"]
    for code in set(range(1, 9)) - {4}:
        assert keys({EXIT}, {"q41": code}) == ["q40", "q41", *(f"q{n}" for n in range(47, 53))]
        # What was ticked before the reason was changed counts for nothing.
        assert not succeeded(FORM, {"q41": code, "q42": (1,)})
        assert results(FORM, {"q41": code, "q42": (1,)}) == frozenset()


@pytest.mark.req("R-004-81")
@pytest.mark.parametrize("main", [1, 2, 3, 4])
def test_the_modules_are_for_those_who_are_mentally_ill(main: int) -> None:
    found = keys({MONTH, WAVE}, {"q32": 0}, {"q9": main})
    parts = {FORM.question(key).part for key in found}
    assert parts == ({2, 3, 4, 5, 6} if main == 1 else {3, 4})


@pytest.mark.req("R-004-82")
@pytest.mark.parametrize(
    ("relatives", "asks"), [(0, False), (1, True), (2, True), (3, True), (77, False), (None, False)]
)
def test_cooperation_with_relatives_is_asked_where_there_are_some(relatives: int | None, asks: bool) -> None:
    answers: dict[str, Answer] = {} if relatives is None else {"q38_1": relatives}
    assert ("q38_2" in {item.field for item in items_of(FORM.question("q38"), answers)}) == asks


@pytest.mark.req("R-004-74", "R-004-75")
def test_a_month_asks_parts_3_and_4_and_a_wave_the_rest() -> None:
    assert keys({MONTH}, {}, ILL) == ["q26", "q27", "q28", "q29", "q30", "q31"]
    assert keys({WAVE}, {"q32": 0}, ILL) == [*(f"q{n}" for n in (*range(20, 26), 32, *range(33, 40)))]


def test_an_answer_beyond_an_open_question_is_kept_until_that_one_closes_it() -> None:
    draft: dict[str, Answer] = {"q13": 8, "q38_2": 3}
    assert "q13" not in keys({START}, draft)
    assert cleaned(FORM, {START, WAVE}, draft, ILL) == draft
    assert problems(FORM, {START, WAVE}, draft, ILL) == ()
    assert cleaned(FORM, {START, WAVE}, {**draft, "q12": 2, "q38_1": 0}, ILL) == {"q12": 2, "q38_1": 0}


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"q28": 10}, "q28"),
        ({"q28": (1,)}, "q28"),
        ({"q31": (0, 3)}, "q31"),
        ({"q31": (3, 3)}, "q31"),
        ({"q31": 3}, "q31"),
        ({"q26_minutes": -1}, "q26_minutes"),
        ({"q26_minutes": True}, "q26_minutes"),
        ({"q26_minutes": "to timer"}, "q26_minutes"),
        ({"q41": 4}, "q41"),
        ({"nonsense": 4}, "nonsense"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(answers: dict[str, Answer], field: str) -> None:
    found = problems(FORM, {MONTH}, answers, ILL)
    assert [problem.field for problem in found] == [field]
    assert found[0].said.da
    assert found[0].said.da != found[0].said.en


def test_figures_and_days_must_agree_with_each_other() -> None:
    counts = {"q41": 1, "q49": 5, "q50": 2, "q51": 2}
    assert [problem.field for problem in problems(FORM, {EXIT}, counts)] == ["q49"]
    assert problems(FORM, {EXIT}, {**counts, "q51": 3}) == ()
    days: dict[str, Answer] = {"q6": 3, "q9": 1, "q12": 3, "q16": 2, "q16_date": date(2009, 3, 2), "q17": 2}
    assert problems(FORM, {START}, {**days, "q17_date": date(2009, 3, 2)}) == ()
    early = problems(FORM, {START}, {**days, "q17_date": date(2009, 3, 1)})
    assert [problem.field for problem in early] == ["q17_date"]


def drawn(draw: st.DrawFn, question: Question, field: str) -> Answer:
    """An answer that the question allows."""
    if field.endswith("_date") or question.kind is Kind.DATE:
        return date(2009, 1, 1)
    if field.endswith("_text") or question.kind is Kind.TEXT:
        return "tekst"
    if question.kind in {Kind.NUMBER, Kind.NUMBERS}:
        return 0
    code = draw(st.sampled_from(sorted(question.options)))
    if question.kind is Kind.MANY:
        others = [one.code for one in question.options.values() if not one.alone and one.code != code]
        more = [] if question.options[code].alone else draw(st.lists(st.sampled_from(others), unique=True, max_size=2))
        return (code, *more)
    return code


@st.composite
def reports(draw: st.DrawFn) -> tuple[set[Occasion], dict[str, Answer]]:
    """A report filled in question by question, as a person would."""
    occasions = draw(st.sets(st.sampled_from(list(Occasion)), min_size=1))
    answers: dict[str, Answer] = {}
    for _ in range(60):
        left = next_questions(FORM, occasions, answers, ILL)
        if not left:
            return occasions, answers
        for question in left:
            # An answer may open a field of its own question.
            while waiting := [field for field in fields_of(question, answers) if field not in answers]:
                answers[waiting[0]] = drawn(draw, question, waiting[0])
    raise AssertionError("The report never ends.")


@pytest.mark.req("R-004-78")
@given(reports())
def test_every_report_comes_to_an_end_and_has_nothing_wrong(report: tuple[set[Occasion], dict[str, Answer]]) -> None:
    occasions, answers = report
    wrong = {problem.field for problem in problems(FORM, occasions, answers, ILL)}
    assert wrong == set()
    assert cleaned(FORM, occasions, answers, ILL) == answers
    order = [question.key for question in FORM.questions]
    found = keys(occasions, answers, ILL)
    assert found == sorted(found, key=order.index)
    assert all(question.when & occasions for question in asked(FORM, occasions, answers, ILL))


@given(reports(), st.data())
def test_changing_an_answer_and_cleaning_leaves_only_what_is_asked(
    report: tuple[set[Occasion], dict[str, Answer]], data: st.DataObject
) -> None:
    occasions, answers = report
    coded = [field for field in answers if field in {q.key for q in FORM.questions if q.kind is Kind.ONE}]
    if coded:
        field = data.draw(st.sampled_from(sorted(coded)))
        answers[field] = data.draw(st.sampled_from(codes(field)))
    once = cleaned(FORM, occasions, answers, ILL)
    assert problems(FORM, occasions, once, ILL) == ()
    assert cleaned(FORM, occasions, once, ILL) == once


@given(st.dictionaries(st.sampled_from([name for name, _, _ in FORM.variables()]), st.integers(-3, 99)))
def test_no_answer_whatever_breaks_the_form(answers: dict[str, Answer]) -> None:
    everything = set(Occasion)
    problems(FORM, everything, answers)
    next_questions(FORM, everything, answers)
    assert set(cleaned(FORM, everything, answers)) <= set(answers)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('to = "q8"', 'to = "q5"'),
        ('to = "q8"', 'to = "q99"'),
        ("only_if = { q42 = [1] }", "only_if = { q42 = [9] }"),
        ("only_if = { q42 = [1] }", "only_if = { q47 = [1] }"),
        ('key = "q40"', 'key = "q39"'),
        ('share = "how_often"', 'share = "how_seldom"'),
        ('da = "Alder"', 'da = ""'),
        ('kind = "grid"', 'kind = "number"'),
        ('kind = "grid"', 'kind = "picture"'),
        ("part = 7", "part = 9"),
        ('when = ["exit"]', "when = []"),
        ("due_day = 15", "due_day = 31"),
        ("own_words = true", "own_word = true"),
        ('version = "2008.1"', ""),
        ("[[parts]]", "[[parts"),
    ],
)
def test_a_form_with_a_hole_is_refused(was: str, becomes: str) -> None:
    assert was in TEXT
    with pytest.raises(InstrumentError):
        read(TEXT.replace(was, becomes, 1))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('met_hours = "q4"', 'met_hours = "q3"'),
        ('met_hours = "q4"', 'met_hours = "q99"'),
        ('met_hours = "q4", ', ""),
        ('met_hours = "q4"', 'hours = "q4"'),
        ("counts = {", 'counts = "q1" #'),
    ],
)
def test_a_quarterly_form_that_says_half_of_what_is_counted_is_refused(was: str, becomes: str) -> None:
    text = (DATA / "kvartal-2008.toml").read_text(encoding="utf-8")
    assert was in text
    assert read(text).counts
    with pytest.raises(InstrumentError):
        read(text.replace(was, becomes, 1))


def test_another_form_needs_no_code() -> None:
    other: Instrument = read(
        """
        key = "kort"
        version = "1"
        in_force_from = 2026-01-01
        title_da = "Kort skema"
        title_en = "Short form"
        source_da = "vores eget"
        source_en = "our own"
        proxy_da = "Borgerens eget svar."
        proxy_en = "The citizen's own answer."
        missing = 9
        reporting = { due_day = 5, rolls = true, wave_every_months = 6, anchor = "q1" }
        parts = [{ number = 1, da = "Alt", en = "All" }]
        [[questions]]
        key = "q1"
        part = 1
        kind = "one"
        when = ["wave"]
        da = "Hvordan går det?"
        en = "How are you?"
        options = { 0 = { da = "Godt", en = "Well" }, 9 = { da = "Ved ikke", en = "Don't know" } }
        """
    )
    assert next_questions(other, {WAVE}, {}) == other.questions
    assert next_questions(other, {WAVE}, {"q1": 9}) == ()
    assert other.is_missing("q1", 9)
    assert not other.is_missing("q1", 0)


def test_there_is_no_form_by_another_name() -> None:
    for name in ("isbryder-1999", "../data/isbryder-2008", ""):
        with pytest.raises(LookupError):
            instrument(name)
