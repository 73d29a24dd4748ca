"""Search finds the own cases by reference, what has been told, and a name that one knows; nothing else."""

import psycopg
import pytest
from django.urls import reverse

from samsvar.cases.selectors import finding
from samsvar.postgres.actor import acting
from tests.cases.table import NAME, NUMBER, Screen, raised
from tests.cases.test_closing import closed
from tests.world import World


def found(world: World, seat: str, words: str) -> list[str]:
    """The references that a person finds."""
    with acting(world.seats[seat].token) as actor:
        return [case.reference for case in finding.search(actor, words).cases]


def test_a_case_is_found_by_reference_words_parts_of_compounds_and_name(world: World) -> None:
    case = raised(world, why_serious="Udskrivningsaftalen blev ikke holdt, og huslejerestancen vokser")
    raised(world, name="Birthe Øgaard", cpr="6201805678", why_serious="Uro i opgangen")
    for words in (
        case.reference,
        case.reference.lower(),
        "restancen",
        "huslejerestance",
        "udskrivningsaftale",
        NAME,
        "Prøvesen",
        "åge prøvesen",
        NUMBER,
        "611180-1234",
    ):
        assert found(world, "social.member", words) == [case.reference], words


@pytest.mark.req("R-000-152")
def test_nothing_outside_the_own_reach_is_found(world: World) -> None:
    case = raised(world, parties=["social"])
    for words in (case.reference, NAME, NUMBER, "frost"):
        assert found(world, "social.member", words) == [case.reference]
        for seat in ("psychiatry.member", "outside.member", "social.frontline", "social.admin", "police.dpo"):
            assert found(world, seat, words) == [], (seat, words)


@pytest.mark.req("R-000-152")
def test_a_name_that_has_not_been_said_finds_nothing(world: World, owner_connection: psycopg.Connection) -> None:
    owner_connection.execute("update partnerships_partnership set name_in_advance = false")
    owner_connection.commit()
    case = raised(world)
    assert found(world, "social.member", NAME) == []
    assert found(world, "social.member", NUMBER) == []
    assert found(world, "police.member", NAME) == [case.reference]


def test_what_was_told_to_others_is_not_found(world: World) -> None:
    case = raised(world)
    told = {
        "answer": "contributes",
        "text": "Kobberkedel i køkkenet",
        "information_type": "social",
        "search_by": "look_up",
        "receivers": world.authorities["psychiatry"],
        "necessity": "De skal køre ud",
        "way": "pass",
    }
    Screen(world, "social.member").post("contribute", case.pk, **told)
    assert found(world, "social.member", "kobberkedel") == [case.reference]
    assert found(world, "psychiatry.member", "køkkener") == [case.reference]
    assert found(world, "police.member", "kobberkedel") == []


@pytest.mark.req("R-000-93")
def test_closed_cases_are_found_only_when_asked_for(world: World) -> None:
    case = raised(world)
    closed(world, case)
    screen = Screen(world, "social.member")
    assert "Ingen sager fundet" in screen.post("search", q=NAME).content.decode()
    assert case.reference in screen.post("search", q=NAME, closed="on").content.decode()


@pytest.mark.parametrize(
    "words", ["", "a", " ", "%", "'", '"', "\\", "a & | !", "'; drop", "😀😀", "%%%%", "____", "\0\0"]
)
def test_odd_words_are_answered(world: World, words: str) -> None:
    case = raised(world)
    answer = Screen(world, "social.member").post("search", q=words)
    assert answer.status_code == 200
    assert case.reference not in answer.content.decode()


def test_a_search_is_logged_without_what_was_typed(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    Screen(world, "social.member").post("search", q=NAME)
    row = owner_connection.execute("select purpose, detail from audit_logrow where act = 'search'").fetchall()
    assert row == [("", {"ids": [str(case.pk)]})]


def test_nothing_that_is_sought_stands_in_an_address(world: World) -> None:
    case = raised(world)
    assert case.reference not in Screen(world, "social.member").text("search", q=NAME)


def test_the_newest_ten_come_first_and_the_others_when_asked_for(world: World) -> None:
    cases = [raised(world, name=f"Elo {number}", cpr="", why_serious="Uro i opgangen") for number in range(12)]
    screen = Screen(world, "social.member")
    first = screen.client.post(reverse("cases:search"), {"q": "opgangen"}).content.decode()
    assert "De 10 nyeste sager" in first
    assert cases[-1].reference in first
    assert cases[0].reference not in first
    everything = screen.client.post(reverse("cases:search"), {"q": "opgangen", "all": "1"}).content.decode()
    assert "12 sager" in everything
    assert all(case.reference in everything for case in cases)
