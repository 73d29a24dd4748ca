"""One page says who holds the case, since when, what is next, and who knows what."""

import pytest
from django.urls import reverse

from tests.cases.table import NAME, Screen, raised
from tests.world import World


@pytest.mark.req("R-000-77")
def test_the_page_says_who_holds_it_and_what_is_next(world: World) -> None:
    case = raised(world)
    page = Screen(world, "social.member").text("case", case.pk)
    assert case.reference in page
    assert NAME in page
    assert "Prøvekredsens Politi har handlingsansvaret, fra i dag." in page
    assert "Næste skridt er ikke aftalt." in page


def test_every_verb_opens_as_a_page(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "police.member")
    for name in [
        "place",
        "wait",
        "edit",
        "bring_in",
        "assign",
        "show_number",
        "close",
        "same_person",
        "agree",
        "follow_up",
        "involve",
        "children",
        "ban",
        "advise",
        "contribute",
        "note",
        "paper",
    ]:
        page = screen.text(name, case.pk)
        assert page.count("<h1") == 1, name


def test_not_found_and_not_yours_are_one_answer(world: World) -> None:
    case = raised(world)
    stranger = Screen(world, "outside.member")
    for name in ("case", "place", "close", "edit"):
        assert stranger.get(name, case.pk).status_code == 404
    there = stranger.get("case", case.pk)
    nowhere = stranger.client.get(reverse("cases:case", args=["00000000-0000-4000-8000-000000000000"]))
    assert there.content == nowhere.content
