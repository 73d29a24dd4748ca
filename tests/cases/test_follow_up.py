"""Every open case is followed: what happened, is it still necessary, and no case lies in a pile."""

import psycopg
import pytest

from samsvar.cases.models import Case, FollowUp
from samsvar.cases.selectors import lists
from samsvar.cases.services import responsibility, work
from samsvar.postgres.actor import acting
from samsvar.tasks.models import TaskKind
from tests.cases.table import Screen, asking, authority, raised, tasks_at
from tests.world import World


def quiet(owner: psycopg.Connection, case: Case, days: int) -> None:
    """Let nothing have happened in a case for so many days."""
    owner.execute(
        "update cases_case set last_activity_at = now() - make_interval(days => %s) where id = %s", [days, case.pk]
    )
    owner.commit()


@pytest.mark.req("R-000-88", "R-001-12")
def test_following_up_says_what_happened_and_what_is_next(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    sent = {
        "what_happened": "Han har åbnet døren for SKP",
        "still_necessary": "yes",
        "criteria_met": "yes",
        "next_step": "Samtale om huslejen",
        "next_on": asking(4),
    }
    assert screen.post("follow_up", case.pk, **sent | {"what_happened": ""}).status_code == 200
    assert screen.post("follow_up", case.pk, **sent).status_code == 302
    page = Screen(world, "police.member").text("case", case.pk)
    assert "Han har åbnet døren for SKP" in page
    assert "Næste: Samtale om huslejen (om 4 dage" in page


@pytest.mark.req("R-000-93", "R-001-12")
def test_no_longer_necessary_puts_closing_on_the_holders_table_and_closes_nothing(world: World) -> None:
    case = raised(world)
    Screen(world, "social.member").post(
        "follow_up", case.pk, what_happened="Alt er godt", still_necessary="no", criteria_met="yes"
    )
    assert tasks_at(world, "police.member", TaskKind.REMIND_CLOSING) == 1
    with acting(world.seats["police.member"].token) as actor:
        assert lists.closing_candidates(actor).get().pk == case.pk
        assert Case.objects.get(pk=case.pk).closed_at is None
    with acting(world.seats["social.member"].token) as actor:
        assert not lists.closing_candidates(actor).exists()


@pytest.mark.req("R-000-89")
def test_nothing_new_in_one_key_keeps_holder_step_and_silence(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = raised(world)
    with acting(world.seats["social.member"].token) as actor:
        work.follow_up(actor, case, what_happened="Set i går", next_step="Ringe igen")
    quiet(owner_connection, case, 40)
    screen = Screen(world, "social.member")
    assert screen.post("nothing_new", case.pk).status_code == 302
    with acting(world.seats["social.member"].token) as actor:
        assert FollowUp.objects.filter(case=case, nothing_new=True).count() == 1
        assert Case.objects.get(pk=case.pk).next_step == "Ringe igen"
        assert responsibility.current(case).authority_id == world.authorities["police"]
        assert lists.stale_cases(actor).get().pk == case.pk


@pytest.mark.req("R-000-89")
def test_a_case_in_a_pile_is_marked_and_can_be_listed(world: World, owner_connection: psycopg.Connection) -> None:
    case, busy = raised(world), raised(world, name="Birthe Prøve", cpr="6201805678")
    quiet(owner_connection, case, 40)
    screen = Screen(world, "social.member")
    listed = screen.text("list", vis="stille")
    assert "Ender i en bunke? Intet er sket i 40 dage" in listed
    assert case.reference in listed
    assert busy.reference not in listed
    with acting(world.seats["social.member"].token) as actor:
        work.follow_up(actor, case, what_happened="Set i går")
        assert not lists.stale_cases(actor).exists()


def test_a_case_that_waits_for_a_day_ahead_is_not_in_a_pile(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    Screen(world, "social.member").post(
        "wait", case.pk, standing="wait_until", note="Udskrives først da", until=asking(20)
    )
    quiet(owner_connection, case, 60)
    with acting(world.seats["social.member"].token) as actor:
        assert not lists.stale_cases(actor).exists()
        assert not lists.rows(actor, lists.reachable(actor))[0].is_stale


@pytest.mark.req("R-000-93")
def test_a_placed_case_with_nothing_left_to_do_may_be_ready_for_the_door(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = raised(world)
    with acting(world.seats["police.member"].token) as actor:
        holding = responsibility.current(case)
        responsibility.place(actor, case, authority(world, "police"), reason="Deres", seen=holding.pk)
        action = work.agree(actor, case, authority(world, "police"), what="Kører forbi", if_it_slips="Ringer")
    quiet(owner_connection, case, 40)
    with acting(world.seats["police.member"].token) as actor:
        assert not lists.closing_candidates(actor).exists()
        work.done(actor, action, result="")
    quiet(owner_connection, case, 40)
    with acting(world.seats["police.member"].token) as actor:
        assert lists.closing_candidates(actor).get().pk == case.pk
