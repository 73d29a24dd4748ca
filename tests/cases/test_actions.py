"""Who does what, when, and what if the plan slips (R-000-80, R-001-11)."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.utils import timezone

from samsvar.cases.models import Action, ActionState, Case
from samsvar.cases.services import work
from samsvar.cases.services.errors import CaseError
from samsvar.partnerships.models import Capacity, Measure
from samsvar.postgres.actor import acting
from samsvar.tasks.models import TaskKind
from tests.cases.table import Screen, asking, authority, raised, tasks_at
from tests.world import World

SLIPS = "SKP går forbi samme dag"


def _agreed(world: World, case: Case, who: str = "social", **more: object) -> Action:
    with acting(world.seats["social.member"].token) as actor:
        return work.agree(
            actor, case, authority(world, who), **{"what": "Betaler huslejen", "if_it_slips": SLIPS, **more}
        )


def _now(world: World, action: Action) -> Action:
    with acting(world.seats["police.member"].token):
        return Action.objects.get(pk=action.pk)


@pytest.mark.req("R-000-80", "R-000-81", "R-001-11")
def test_an_own_agreement_has_who_what_when_and_what_if_it_slips(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    sent = {
        "authority": world.authorities["social"],
        "what": "Betaler huslejen",
        "who": "Ydelsescentret",
        "due_on": asking(3),
        "if_it_slips": SLIPS,
        "supports": "on",
    }
    without = screen.post("agree", case.pk, **sent | {"if_it_slips": ""})
    assert without.status_code == 200
    assert "Betaler huslejen" in without.content.decode()
    assert screen.post("agree", case.pk, **sent).status_code == 302
    page = Screen(world, "police.member").text("case", case.pk)
    for words in ("Betaler huslejen", "Ydelsescentret", SLIPS, "om 3 dage"):
        assert words in page
    assert tasks_at(world, "social.member", TaskKind.DO_ACTION) == 1


@pytest.mark.req("R-000-79")
def test_for_another_authority_it_is_a_proposal_until_taken(world: World) -> None:
    case = raised(world)
    action = _agreed(world, case, "police", what="Holder øje på patruljen")
    assert _now(world, action).state == ActionState.PROPOSED
    assert tasks_at(world, "police.member", TaskKind.ACCEPT_ACTION) == 1
    with acting(world.seats["social.member"].token) as actor, pytest.raises(CaseError):
        work.take(actor, Action.objects.select_related("case").get(pk=action.pk))
    assert Screen(world, "police.member").post("take", case.pk, action.pk, who="Lokalpolitiet").status_code == 302
    assert _now(world, action).state == ActionState.AGREED
    assert tasks_at(world, "police.member", TaskKind.ACCEPT_ACTION) == 0
    assert tasks_at(world, "police.member", TaskKind.DO_ACTION) == 1


def test_declining_a_proposal_needs_no_reason(world: World) -> None:
    case = raised(world)
    action = _agreed(world, case, "police")
    assert Screen(world, "police.member").post("decline", case.pk, action.pk).status_code == 302
    assert _now(world, action).state == ActionState.DECLINED
    assert tasks_at(world, "police.member", TaskKind.ACCEPT_ACTION) == 0


def test_taking_a_proposal_back_clears_the_others_table(world: World) -> None:
    case = raised(world)
    action = _agreed(world, case, "police")
    screen = Screen(world, "social.member")
    assert screen.post("stop", case.pk, action.pk, reason="").status_code == 200
    assert screen.post("stop", case.pk, action.pk, reason="Han er indlagt").status_code == 302
    assert _now(world, action).state == ActionState.STOPPED
    assert tasks_at(world, "police.member", TaskKind.ACCEPT_ACTION) == 0


@pytest.mark.req("R-000-94")
def test_a_no_show_never_ends_an_agreement(world: World) -> None:
    case = raised(world)
    action = _agreed(world, case, due_on=timezone.localdate())
    screen = Screen(world, "social.member")
    assert screen.post("no_show", case.pk, action.pk, next_try="", due_on=asking(2)).status_code == 200
    for attempt in (1, 2):
        screen.post("no_show", case.pk, action.pk, next_try="Banker på med kaffe", due_on=asking(2))
        assert _now(world, action).no_shows == attempt
    action = _now(world, action)
    assert action.state == ActionState.AGREED
    assert action.ended_at is None
    assert action.due_on == timezone.localdate() + timedelta(days=2)
    assert tasks_at(world, "social.member", TaskKind.DO_ACTION) == 1
    assert "Banker på med kaffe" in screen.text("list")


def test_what_is_done_is_done_once_and_by_the_doer(world: World) -> None:
    case = raised(world)
    action = _agreed(world, case)
    other = Screen(world, "police.member")
    assert "ikke jeres" in other.post("done", case.pk, action.pk, result="Prøver").content.decode()
    screen = Screen(world, "social.member")
    assert screen.post("done", case.pk, action.pk, result="Huslejen er betalt").status_code == 302
    assert _now(world, action).state == ActionState.DONE
    assert "Huslejen er betalt" in other.text("case", case.pk)
    assert screen.post("done", case.pk, action.pk, result="Igen").status_code == 200


@pytest.mark.req("R-000-82")
def test_only_the_authoritys_own_measures_can_be_agreed(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    measure = uuid4()
    owner_connection.execute(
        "insert into partnerships_measure (id, authority_id, name, active, position)"
        " values (%s, %s, 'OP-team', true, 1)",
        [measure, world.authorities["psychiatry"]],
    )
    owner_connection.commit()
    screen = Screen(world, "social.member")
    sent = {"measure": measure, "if_it_slips": SLIPS}
    refused = screen.post("agree", case.pk, authority=world.authorities["social"], **sent)
    assert "har ikke den indsats" in refused.content.decode()
    assert screen.post("agree", case.pk, authority=world.authorities["psychiatry"], **sent).status_code == 302
    with acting(world.seats["social.member"].token):
        assert Action.objects.get().what == Measure.objects.get(pk=measure).name


@pytest.mark.parametrize("day", [-1, -400])
def test_a_day_that_has_passed_is_not_agreed(world: World, day: int) -> None:
    case = raised(world)
    with pytest.raises(CaseError, match="ikke er gået"):
        _agreed(world, case, due_on=timezone.localdate() + timedelta(days=day))


def test_an_agreement_for_one_outside_the_table_is_refused(world: World) -> None:
    case = raised(world, parties=["social"])
    with pytest.raises(CaseError, match="ikke part"):
        _agreed(world, case, "psychiatry")


def test_a_named_colleague_has_it_on_the_own_table_and_sees_the_case(world: World) -> None:
    case = raised(world)
    with acting(world.seats["social.member"].token):
        worker = Capacity.objects.select_related("person").get(pk=world.seats["social.frontline"].post)
    _agreed(world, case, who_capacity=worker)
    assert tasks_at(world, "social.frontline", TaskKind.DO_ACTION, case) == 1
    assert tasks_at(world, "social.member", TaskKind.DO_ACTION, case) == 0
    assert case.reference in Screen(world, "social.frontline").text("case", case.pk)


@pytest.mark.req("R-000-86")
def test_safety_advice_is_an_agreement_with_an_end(world: World) -> None:
    case = raised(world)
    until = timezone.localdate() + timedelta(days=14)
    action = _agreed(world, case, "police", what="Politiet går med på hjemmebesøg", safety_until=until)
    assert _now(world, action).safety_until == until
    assert "gælder til og med" in Screen(world, "police.member").text("case", case.pk)


def test_the_agreement_that_is_due_first_is_the_next_step(world: World) -> None:
    case = raised(world)
    soon, late = timezone.localdate() + timedelta(days=2), timezone.localdate() + timedelta(days=9)
    _agreed(world, case, what="Ser til ham", due_on=late)
    first = _agreed(world, case, what="Ringer til udlejeren", due_on=soon)
    screen = Screen(world, "social.member")
    assert "Næste: Ringer til udlejeren" in screen.text("list")
    screen.post("done", case.pk, first.pk, result="")
    assert "Næste: Ser til ham" in screen.text("list")


def test_an_action_of_another_case_is_not_found_in_this_one(world: World) -> None:
    case, other = raised(world), raised(world, name="Birthe Prøve", cpr="6201805678")
    action = _agreed(world, case)
    screen = Screen(world, "social.member")
    for name in ("take", "done", "no_show", "stop"):
        assert screen.get(name, other.pk, action.pk).status_code == 404
    assert screen.post("decline", other.pk, uuid4()).status_code == 404
