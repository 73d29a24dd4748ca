"""Text that the writer should look at once more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsvar.law.warnings import exposing, has_cpr, is_investigation, suspicious


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
    [
        *("61-01-01-1234", "61/01/01-1234", "61011901-1234", "610119011234", "610101\u00ad-1234", "610101\u200b1234"),
        *("610101·1234", "610101~1234", "٦١٠١٠١-١٢٣٤"),
        "6101011234",
        "610101-1234",
        "610101 1234",
        "61 01 01 1234",
        "610101–1234",
        "610101 - 1234",
        "610101\u00a01234",
    ],
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
        "12.11.2026 12.30",
        "01-02-2026 1430",
        "12/11-2026 12 deltagere",
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


@pytest.mark.req("R-000-128")
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Han har skizofreni", "diagnosis"),
        ("Udredes for ADHD", "diagnosis"),
        ("F20.0 siden i sommer", "diagnosis"),
        ("known personality disorder", "diagnosis"),
        ("Besøg på Vestergade 12, 2. tv.", "address"),
        ("besøg på vestergade 12", "address"),
        ("Nørre Allé 3", "address"),
        ("bor i 2000 Frederiksberg", "address"),
        ("ringer til Aage i morgen", "name"),
        ("Prøvesens lejlighed", "name"),
        ("aage prøvesen", "name"),
        ("AAGE", "name"),
        ("Der er rejst sigtelse", "investigation_word"),
        ("611180-1234", "cpr"),
    ],
)
def test_what_a_whole_table_should_not_read_warns(text, key):
    assert key in [notice.key for notice in exposing(text, ["Aage Prøvesen"], ["Fyrrebakken 7, 5000 Odense C"])]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SKP kommer på besøg fredag den 4. og igen i 2027 Aftalt med bostøtten",
        "Overvej 2 ting, før han er på vej 3 gange",
        "Borgeren er ked af det og sover ikke",
        "Han går til prøvelse og ageren",
        "Telefon 20 30 40 50",
    ],
)
def test_a_neutral_note_does_not_warn(text):
    assert exposing(text, ["Aage Prøvesen"], ["Parken ved søen", ""]) == ()


def test_the_citizens_own_address_is_known_and_neither_it_nor_the_name_is_repeated():
    notices = exposing(
        "Se efter ham på fyrrebakken 7 ved Aages opgang", ["Aage Prøvesen"], ["Fyrrebakken 7, 5000 Odense C"]
    )
    assert [notice.key for notice in notices] == ["address", "name"]
    for notice in notices:
        assert "yrrebakken" not in notice.text("da") + notice.text("en")
        assert "Aage" not in notice.text("da") + notice.text("en")


def test_a_name_that_is_also_a_word_warns_only_when_written_as_a_name():
    assert exposing("Vi skal finde et sted, hvor han kan bo", ["Bo Lund"]) == ()
    assert [notice.key for notice in exposing("Vi skal finde Bo", ["Bo Lund"])] == ["name"]


@given(st.text(max_size=80), st.text(max_size=30), st.text(max_size=30))
def test_any_text_and_any_name_are_answered(text, name, address):
    assert isinstance(exposing(text, [name], [address]), tuple)
