"""The list says who holds each case, since when and what is next, and shows nothing that the case would hide."""

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsvar.cases.selectors import lists
from samsvar.postgres.actor import acting
from tests.cases.table import NAME, Screen, raised, taken_by
from tests.cases.test_closing import closed
from tests.clients import sit
from tests.world import World


@pytest.mark.req("R-000-77")
def test_a_line_says_who_holds_it_since_when_and_what_is_next(world: World) -> None:
    case = raised(world)
    taken_by(world, case, "social")
    page = Screen(world, "psychiatry.member").text("list")
    for words in (case.reference, NAME, "Prøveby Kommune har handlingsansvaret", "Næste skridt er ikke aftalt"):
        assert words in page


def test_filters_narrow_and_say_when_nothing_is_left(world: World) -> None:
    ours, theirs = raised(world, by="social.member", parties=["police"]), raised(world, name="B", cpr="6201805678")
    screen = Screen(world, "social.member")
    mine = screen.text("list", vis="vores")
    assert ours.reference in mine
    assert theirs.reference not in mine
    closed(world, ours)
    assert ours.reference not in screen.text("list")
    assert ours.reference in screen.text("list", vis="afsluttede")
    assert "Ingen sager her" in screen.text("list", vis="stille")
    assert theirs.reference in screen.text("list", gruppe=str(world.group))


@pytest.mark.parametrize("query", [{"gruppe": "x"}, {"vis": "alt"}, {"side": "-1"}, {"side": "😀"}, {"gruppe": "\0"}])
def test_a_mistyped_address_shows_the_plain_list(world: World, query: dict[str, str]) -> None:
    case = raised(world)
    assert case.reference in Screen(world, "social.member").text("list", **query)


@pytest.mark.req("R-000-150")
def test_everyone_sees_only_the_cases_of_their_own_reach(world: World) -> None:
    case = raised(world, parties=["social"])
    for seat in ("psychiatry.member", "outside.member", "social.frontline", "police.frontline"):
        screen = Screen(world, seat)
        assert case.reference not in screen.text("list"), seat
        assert "Ingen åbne sager" in screen.text("list"), seat
    for seat in ("social.admin", "police.dpo"):
        assert case.reference not in Screen(world, seat).get("list").content.decode(), seat


def test_the_list_costs_the_same_for_one_case_as_for_many(world: World) -> None:
    raised(world)
    screen = Screen(world, "social.member")
    screen.text("list")
    with CaptureQueriesContext(connection) as few:
        screen.text("list")
    for number in range(6):
        raised(world, name=f"Prøve {number}", cpr=f"6{number + 1}0180567{number}")
    with CaptureQueriesContext(connection) as many:
        screen.text("list")
    assert len(many) == len(few)


def test_an_authority_that_has_left_is_no_chair_at_the_table(world: World) -> None:
    case = raised(world)
    Screen(world, "psychiatry.member").post("step_out", case.pk, why="Kender ham ikke")
    with acting(world.seats["social.member"].token) as actor:
        row = lists.rows(actor, lists.reachable(actor))[0]
        assert [seat.authority.name for seat in row.seats] == ["Prøvekredsens Politi", "Prøveby Kommune"]
        assert row.holder is not None
        assert row.holder.pk == world.authorities["police"]


def test_without_the_name_in_advance_the_parties_see_the_reference_until_it_is_said(
    world: World, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute("update partnerships_partnership set name_in_advance = false")
    owner_connection.commit()
    case = raised(world)
    social = Screen(world, "social.member")
    assert case.reference in social.text("list")
    assert NAME not in social.text("list")
    assert NAME not in social.text("case", case.pk)
    assert social.get("show_number", case.pk).status_code == 404
    assert "Ingen sager fundet" in social.post("search", q=NAME).content.decode()
    social.post("say_name", case.pk)
    assert NAME not in social.text("case", case.pk)
    assert Screen(world, "police.member").post("say_name", case.pk).status_code == 302
    page = social.text("case", case.pk)
    assert NAME in page
    assert "Borgerens navn blev sagt ved bordet" in page


def test_a_new_party_sees_the_case_but_not_what_others_told_each_other(world: World) -> None:
    case = raised(world, parties=["social"])
    told = {
        "answer": "contributes",
        "text": "Faldt ud af kontanthjælp i august",
        "information_type": "social",
        "search_by": "look_up",
        "receivers": world.authorities["police"],
        "necessity": "Grunden til udsættelsen",
        "way": "pass",
    }
    assert Screen(world, "social.member").post("contribute", case.pk, **told).status_code == 302
    psychiatry = Screen(world, "psychiatry.member")
    assert psychiatry.get("case", case.pk).status_code == 404
    sent = {"authorities": world.authorities["psychiatry"], "necessity": "Han mangler sin medicin"}
    police = Screen(world, "police.member")
    assert police.post("bring_in", case.pk, **sent | {"necessity": "..."}).status_code == 200
    assert police.post("bring_in", case.pk, **sent).status_code == 302
    page = psychiatry.text("case", case.pk)
    assert case.reference in page
    assert "kontanthjælp" not in page


def test_an_authority_of_another_partnership_cannot_be_brought_in(world: World) -> None:
    case = raised(world)
    sent = {"authorities": world.authorities["outside"], "necessity": "De kender ham"}
    assert Screen(world, "police.member").post("bring_in", case.pk, **sent).status_code == 200
    assert Screen(world, "outside.member").get("case", case.pk).status_code == 404


def test_whoever_reads_english_reads_what_the_program_wrote_in_the_story_in_english(world: World) -> None:
    case = raised(world)
    closed(world, case, note="Han er i behandling: det går godt")
    page = sit(world, "social.member", "en").get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "Solved. Han er i behandling: det går godt" in page
    assert "raised the case" in page
    for danish in ("Løst", "rejste sagen", "Afsluttet"):
        assert danish not in page


def test_who_watches_over_the_data_or_sets_up_is_no_colleague_on_a_case(world: World) -> None:
    case = raised(world)
    page = Screen(world, "social.member").text("assign", case.pk)
    assert "Vælg en kollega" in page
    assert "---" not in page
    for seat, offered in (("frontline", True), ("screener", True), ("admin", False), ("dpo", False)):
        assert (str(world.seats[f"social.{seat}"].post) in page) is offered, seat
    sent = {"capacity": str(world.seats["social.dpo"].post), "reason": "Kender ham"}
    assert Screen(world, "social.member").post("assign", case.pk, **sent).status_code == 200
