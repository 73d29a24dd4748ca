"""Text that the writer should look at once more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsvar.law.warnings import has_cpr, is_investigation, names_diagnosis, suspicious


@pytest.mark.req("R-000-98")
@pytest.mark.parametrize(
    "text",
    [
        "Skal bruges til efterforskning",
        "EFTERFORSKNINGEN kører",
        "Der er rejst sigtelse",
        "Han er sigtet for vold",
        "Ved afhøringen sagde han",
        "afhøring og bevis",
        "Vi mangler bevis",
        "beviser i straffesagen",
        "mistænkt for indbrud",
        "politiet vil ransage boligen",
        "needed for the investigation",
        "He is charged with theft",
    ],
)
def test_words_of_an_investigation_warn(text):
    assert is_investigation(text)
    assert "investigation_word" in [notice.key for notice in suspicious(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Borgeren har mistet sit kørselsbevis og sit forsikringsbevis",
        "Det er bevist, at medicinen hjælper",
        "Han er bevidst om sin situation",
        "Hun er mistænksom over for fremmede",
        "Borgeren har en behandlingsdom med vilkår om tilsyn",
        "Frihedsberøvet efter psykiatriloven",
        "I suspect he has not eaten",
    ],
)
def test_ordinary_words_do_not(text):
    assert suspicious(text) == ()


@pytest.mark.req("R-000-113")
def test_convictions_do_not_belong_here():
    notices = suspicious("Straffeattest vedlagt, tidligere dømt for røveri")
    assert {notice.key for notice in notices} == {"conviction_word"}
    assert "straffeattest" in notices[0].text("da")


@pytest.mark.parametrize(
    "number",
    ["6101011234", "610101-1234", "610101 1234", "61 01 01 1234", "610101–1234", "610101 - 1234", "610101\u00a01234"],
)
def test_a_cpr_number_warns_and_is_not_repeated(number):
    text = f"Borgeren ({number}) bor alene."
    assert has_cpr(text)
    notices = suspicious(text)
    assert [notice.key for notice in notices] == ["cpr"]
    assert not any(digit in notices[0].text("da") + notices[0].text("en") for digit in "0123456789")


@pytest.mark.parametrize(
    "text",
    [
        "+4512345678",
        "20 30 40 50",
        "FRB-2026-014",
        "450101-1234",
        "611301-1234",
        "99610101123499",
        "610101-123",
        "2026",
    ],
)
def test_other_numbers_do_not(text):
    assert not has_cpr(text)


@given(st.dates(), st.integers(0, 9999), st.sampled_from(["", "-", " "]))
def test_every_date_of_birth_is_seen(born, serial, dash):
    day = born.day + 60
    assert has_cpr(f"cpr {day:02}{born.month:02}{born.year % 100:02}{dash}{serial:04}.")


@given(st.text())
def test_any_text_can_be_looked_at(text):
    for notice in suspicious(text):
        assert notice.text("da")


@pytest.mark.req("R-000-70")
@pytest.mark.parametrize("text", ["har paranoid skizofreni", "Diagnosen er F20.0", "DF60.31", "er bipolar", "ADHD"])
def test_the_name_of_an_illness_is_pointed_out(text):
    assert {notice.key for notice in names_diagnosis(text)} == {"diagnosis_word"}


@pytest.mark.parametrize("text", ["hører stemmer", "har ikke taget sin medicin siden maj", "F2 på vej 20", "afd. 20"])
def test_what_an_illness_means_is_not(text):
    assert names_diagnosis(text) == ()
