"""A closed case stays closed; the citizen's return is a new, linked, counted case (R-000-91, R-000-92)."""

import pytest

from samsvar.cases.models import Recurrence
from samsvar.postgres.actor import acting
from tests.cases.table import Screen, raised
from tests.cases.test_closing import closed
from tests.world import World


@pytest.mark.req("R-000-91", "R-000-92")
def test_a_return_is_a_new_case_that_points_at_the_earlier_one(world: World) -> None:
    first = raised(world)
    closed(world, first)
    second = raised(world)
    assert second.pk != first.pk
    assert second.reference != first.reference
    page = Screen(world, "social.member").text("case", second.pk)
    assert "2. gang" in page
    assert first.reference in page


@pytest.mark.req("R-000-92")
def test_one_who_was_not_party_before_does_not_learn_of_the_earlier_case(world: World) -> None:
    closed(world, raised(world, parties=["social"]))
    second = raised(world, parties=["social", "psychiatry"])
    assert "2. gang" in Screen(world, "social.member").text("case", second.pk)
    assert "gang" not in Screen(world, "psychiatry.member").text("case", second.pk).split("<h1")[1].split("</p>")[0]
    with acting(world.seats["psychiatry.member"].token):
        assert not Recurrence.objects.exists()


def test_somebody_else_is_no_return(world: World) -> None:
    closed(world, raised(world))
    other = raised(world, name="Birthe Prøve", cpr="6201805678")
    with acting(world.seats["police.member"].token):
        assert not Recurrence.objects.filter(case=other).exists()


def test_two_who_turn_out_to_be_one_are_merged_and_taken_apart_again(world: World) -> None:
    known, unknown = raised(world), raised(world, name="Manden i den røde jakke", cpr="")
    screen = Screen(world, "police.member")
    sent = {"other": known.reference, "reason": "Han viste sit sundhedskort"}
    assert screen.post("same_person", unknown.pk, **sent | {"other": "TST-2000-999"}).status_code == 200
    assert screen.post("same_person", unknown.pk, **sent).status_code == 302
    page = screen.text("case", unknown.pk)
    assert "Han viste sit sundhedskort" in page
    action = page.split("/fortryd/")[0].rsplit("/", 1)[1]
    assert screen.post("not_same_person", unknown.pk, action).status_code == 302
    assert "Han viste sit sundhedskort" not in screen.text("case", unknown.pk)
