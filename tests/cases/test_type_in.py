"""When a group goes live, today's open cases are typed in on one page; nothing typed is lost."""

from typing import Any

from samsvar.cases.models import Case, Standing
from samsvar.cases.services import responsibility
from samsvar.postgres.actor import acting
from tests.cases.table import Screen, asking
from tests.world import World


def _page(world: World, *rows: dict[str, Any], necessity: str = "Gruppen havde sagerne i forvejen") -> dict[str, Any]:
    sent: dict[str, Any] = {
        "h-group": world.group,
        "h-necessity": necessity,
        "r-TOTAL_FORMS": 10,
        "r-INITIAL_FORMS": 0,
    }
    for number, row in enumerate(rows):
        sent |= {f"r-{number}-{name}": value for name, value in row.items()}
    return sent


def _row(world: World, **more: Any) -> dict[str, Any]:
    return {
        "name": "Aage Prøvesen",
        "cpr": "611180-1234",
        "why_serious": "Sover ude i frost",
        "parties": [world.authorities["social"], world.authorities["psychiatry"]],
        "holder": world.authorities["social"],
        "next_step": "Samtale",
        "next_on": asking(3),
        **more,
    }


def _cases(world: World, seat: str = "police.member") -> list[Case]:
    with acting(world.seats[seat].token):
        return list(Case.objects.order_by("reference"))


def test_several_cases_are_typed_in_with_holder_and_next_step(world: World) -> None:
    screen = Screen(world, "police.member")
    second = _row(world, name="Kvinden i parken", cpr="", holder="", next_step="", next_on="")
    assert screen.post("type_in", **_page(world, _row(world), second)).status_code == 302
    first, other = _cases(world, "social.member")
    with acting(world.seats["social.member"].token):
        assert responsibility.current(first).authority_id == world.authorities["social"]
        assert responsibility.current(other).authority_id == world.authorities["police"]
    assert (first.standing, first.next_step) == (Standing.PLACED, "Samtale")
    assert "Kvinden i parken" in Screen(world, "psychiatry.member").text("list")


def test_one_row_that_is_wrong_says_so_and_nothing_is_lost_or_saved(world: World) -> None:
    screen = Screen(world, "police.member")
    wrong = _row(world, name="", cpr="999999-0000", why_serious="Det her må ikke gå tabt", next_on="31.2.2026")
    answer = screen.post("type_in", **_page(world, _row(world), wrong))
    page = answer.content.decode()
    assert answer.status_code == 200
    for kept in ("Aage Prøvesen", "Det her må ikke gå tabt", "31.2.2026", "Skriv en dato, der findes"):
        assert kept in page
    assert _cases(world) == []


def test_the_holder_must_sit_at_the_table(world: World) -> None:
    row = _row(world, parties=[world.authorities["psychiatry"]])
    answer = Screen(world, "police.member").post("type_in", **_page(world, row))
    assert "skal også være part" in answer.content.decode()
    assert _cases(world) == []


def test_what_the_law_does_not_allow_is_said_at_its_row(world: World) -> None:
    answer = Screen(world, "police.member").post("type_in", **_page(world, _row(world), necessity="---"))
    assert answer.status_code == 200
    assert "Sover ude i frost" in answer.content.decode()
    assert _cases(world) == []


def test_an_empty_page_and_broken_counts_are_answered(world: World) -> None:
    screen = Screen(world, "police.member")
    assert "Skriv mindst én sag" in screen.post("type_in", **_page(world)).content.decode()
    assert screen.post("type_in", **{"r-TOTAL_FORMS": "mange"}).status_code == 200
    assert screen.post("type_in", **_page(world) | {"h-group": "\0", "r-TOTAL_FORMS": 100000}).status_code == 200


def test_one_without_a_seat_is_told_who_does_it(world: World) -> None:
    assert "Det gør gruppens medlemmer" in Screen(world, "social.frontline").text("type_in")
