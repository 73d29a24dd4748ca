"""Exactly one authority holds a case at any time, all can see which, and it may move (R-000-77, R-000-78)."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.utils import timezone

from samsvar.cases.models import Action, ActionState, Case, CaseEvent, EventKind, Responsibility, Standing
from samsvar.cases.services import responsibility, work
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.postgres.actor import acting
from samsvar.tasks.models import TaskKind
from tests.cases.table import Screen, asking, authority, raised, taken_by, tasks_at
from tests.world import World


def _holding(world: World, case: Case) -> UUID:
    with acting(world.seats["police.member"].token):
        return responsibility.current(case).pk


@pytest.mark.req("R-000-78", "R-001-9")
def test_an_authority_takes_it_in_one_step_and_the_story_says_why(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    answer = screen.post(
        "place",
        case.pk,
        authority=world.authorities["social"],
        reason="De kan redde boligen",
        seen=_holding(world, case),
    )
    assert answer.status_code == 302
    page = Screen(world, "police.member").text("case", case.pk)
    assert "Prøveby Kommune har handlingsansvaret, fra i dag." in page
    assert "De kan redde boligen" in page


def test_one_who_is_overtaken_is_told_and_keeps_the_text(world: World) -> None:
    case = raised(world)
    seen = _holding(world, case)
    first, second = Screen(world, "social.member"), Screen(world, "psychiatry.member")
    first.post("place", case.pk, authority=world.authorities["social"], reason="Boligen", seen=seen)
    overtaken = second.post(
        "place", case.pk, authority=world.authorities["psychiatry"], reason="Han mangler medicin", seen=seen
    )
    assert overtaken.status_code == 409
    page = overtaken.content.decode()
    assert "Prøveby Kommune har netop fået handlingsansvaret" in page
    assert "Han mangler medicin" in page
    with acting(world.seats["police.member"].token):
        assert responsibility.current(case).authority_id == world.authorities["social"]


@pytest.mark.req("R-000-77")
def test_fifty_at_once_one_wins_and_history_has_no_gap(world: World) -> None:
    case = raised(world)
    seen = _holding(world, case)
    seats = ["social", "psychiatry"]
    start, said = threading.Barrier(50), []

    def attempt(number: int) -> None:
        try:
            start.wait(timeout=60)
            own = seats[number % 2]
            with acting(world.seats[f"{own}.member"].token) as actor:
                target = authority(world, own)
                responsibility.place(actor, case, target, reason=f"Forsøg {number}", seen=seen)
            said.append("won")
        except Overtaken as overtaken:
            said.append(str(overtaken))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert said.count("won") == 1
    assert len(said) == 50
    assert all("handlingsansvaret" in text for text in said if text != "won")
    with acting(world.seats["police.member"].token):
        first, second = Responsibility.objects.filter(case=case).order_by("period")
        assert first.period.upper == second.period.lower
        assert second.period.upper is None


@pytest.mark.req("R-000-77")
def test_only_a_party_can_hold_a_case(world: World) -> None:
    case = raised(world, parties=["social"])
    with acting(world.seats["police.member"].token) as actor, pytest.raises(CaseError, match="ikke part"):
        responsibility.place(
            actor, case, authority(world, "psychiatry"), reason="Prøver", seen=responsibility.current(case).pk
        )


def test_one_without_a_seat_at_the_table_does_not_place_it(world: World) -> None:
    case = raised(world, by="police.screener")
    with acting(world.seats["police.screener"].token) as actor, pytest.raises(CaseError, match="sidder i gruppen"):
        responsibility.place(
            actor, case, authority(world, "social"), reason="Prøver", seen=responsibility.current(case).pk
        )


@pytest.mark.req("R-000-121")
def test_the_holder_gets_the_task_to_involve_the_citizen_and_it_moves_along(world: World) -> None:
    case = raised(world)
    for who in ("social", "psychiatry"):
        taken_by(world, case, who)
    assert tasks_at(world, "social.member", TaskKind.INVOLVE_CITIZEN) == 0
    assert tasks_at(world, "psychiatry.member", TaskKind.INVOLVE_CITIZEN) == 1


def test_placing_it_where_it_lies_already_says_that_the_table_has_agreed(world: World) -> None:
    case = raised(world)
    with acting(world.seats["social.member"].token) as actor:
        holding = responsibility.current(case)
        same = responsibility.place(actor, case, authority(world, "police"), reason="Deres", seen=holding.pk)
        assert same.pk == holding.pk
        assert Case.objects.get(pk=case.pk).standing == Standing.PLACED
        assert CaseEvent.objects.filter(case=case, kind=EventKind.PLACED).count() == 1
    assert tasks_at(world, "police.member", TaskKind.INVOLVE_CITIZEN) == 1


@pytest.mark.req("R-000-83")
@pytest.mark.parametrize("standing", responsibility.WAITS)
def test_a_case_that_waits_keeps_its_holder_and_stays_in_sight(world: World, standing: Standing) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    answer = screen.post("wait", case.pk, standing=standing, note="Kontorchefen skal sige ja", until=asking(9))
    assert answer.status_code == 302
    listed = screen.text("list", vis="venter")
    assert case.reference in listed
    assert "Prøvekredsens Politi har handlingsansvaret" in listed
    assert "Kontorchefen skal sige ja" in screen.text("case", case.pk)
    screen.post("resume", case.pk)
    with acting(world.seats["social.member"].token):
        assert Case.objects.get(pk=case.pk).standing == Standing.RAISED


def test_waiting_until_a_day_needs_a_day_ahead(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    for until in ("", asking(-1), "31.2.2027"):
        answer = screen.post("wait", case.pk, standing=Standing.WAIT_UNTIL, note="Udskrivning", until=until)
        assert answer.status_code == 200
        assert "Udskrivning" in answer.content.decode()
    with acting(world.seats["social.member"].token):
        assert Case.objects.get(pk=case.pk).standing == Standing.RAISED


def test_nobody_rewrites_who_held_it_before(world: World) -> None:
    case = raised(world)
    with acting(world.seats["police.member"].token):
        first = responsibility.current(case)
    taken_by(world, case, "social")
    with acting(world.seats["police.member"].token):
        later = timezone.now() + timedelta(days=1)
        period = type(first.period)(first.period.lower, later)
        assert Responsibility.objects.filter(pk=first.pk).update(period=period) == 0


def test_a_case_that_does_not_exist_is_not_placed(world: World) -> None:
    screen = Screen(world, "social.member")
    assert screen.get("place", uuid4()).status_code == 404


# Between meetings another authority gets it by saying yes.


def _asked(world: World, case: Case, whom: str = "social", by: str = "police") -> Action:
    """One authority proposes that another takes it."""
    with acting(world.seats[f"{by}.member"].token) as actor:
        seen = responsibility.current(case).pk
        return work.hand_over(actor, case, authority(world, whom), reason="De kan redde boligen", seen=seen)


def _holder(world: World, case: Case) -> UUID:
    with acting(world.seats["police.member"].token):
        return responsibility.current(case).authority_id


@pytest.mark.req("R-000-77", "R-000-78")
def test_giving_it_to_another_is_a_proposal_until_they_take_it(world: World) -> None:
    case = raised(world)
    giver, taker = Screen(world, "police.member"), Screen(world, "social.member")
    sent = {"authority": world.authorities["social"], "reason": "De kan redde boligen", "seen": _holding(world, case)}
    assert giver.post("place", case.pk, **sent).status_code == 302
    assert _holder(world, case) == world.authorities["police"]
    assert tasks_at(world, "social.member", TaskKind.ACCEPT_ACTION) == 1
    for screen in (giver, taker):
        page = screen.text("case", case.pk)
        assert "Prøvekredsens Politi har handlingsansvaret" in page
        assert "Foreslået til Prøveby Kommune: Tage handlingsansvaret. De kan redde boligen – afventer svar." in page
    with acting(world.seats["social.member"].token):
        proposal = Action.objects.get(hands_over=True)
    assert "Prøvekredsens Politi har det, til I siger ja." in taker.text("take", case.pk, proposal.pk)
    assert taker.post("take", case.pk, proposal.pk, sure="on").status_code == 302
    assert _holder(world, case) == world.authorities["social"]
    assert tasks_at(world, "social.member", TaskKind.ACCEPT_ACTION) == 0
    assert tasks_at(world, "social.member", TaskKind.INVOLVE_CITIZEN) == 1
    page = giver.text("case", case.pk)
    assert "Prøveby Kommune har handlingsansvaret" in page
    assert "afventer svar" not in page
    with acting(world.seats["police.member"].token):
        first, second = Responsibility.objects.filter(case=case).order_by("period")
        assert first.period.upper == second.period.lower
        assert second.reason == "De kan redde boligen"


def test_a_no_leaves_it_where_it_lies(world: World) -> None:
    case = raised(world)
    proposal = _asked(world, case)
    answer = Screen(world, "social.member").post("decline", case.pk, proposal.pk)
    assert answer.status_code == 302
    assert _holder(world, case) == world.authorities["police"]
    with acting(world.seats["police.member"].token):
        assert Action.objects.get(pk=proposal.pk).state == ActionState.DECLINED


def test_nobody_takes_it_on_behalf_of_another(world: World) -> None:
    case = raised(world)
    proposal = _asked(world, case)
    for seat in ("police.member", "psychiatry.member"):
        Screen(world, seat).post("take", case.pk, proposal.pk, sure="on")
        with acting(world.seats[seat].token) as actor, pytest.raises(CaseError, match="selv sige ja"):
            responsibility.place(
                actor, case, authority(world, "social"), reason="Nu", seen=responsibility.current(case).pk
            )
    assert _holder(world, case) == world.authorities["police"]


def test_the_own_authority_the_holder_and_one_who_is_asked_are_not_asked(world: World) -> None:
    case = raised(world)
    for whom in ("police", "social"):
        with pytest.raises(CaseError, match="behøver ikke at blive spurgt"):
            _asked(world, case, whom, by="social")
    _asked(world, case)
    with pytest.raises(CaseError, match="allerede spurgt"):
        _asked(world, case, by="psychiatry")


def test_a_proposal_ends_when_it_has_found_its_place_elsewhere(world: World) -> None:
    case = raised(world)
    proposal = _asked(world, case)
    taken_by(world, case, "psychiatry", "Han skal i behandling")
    assert tasks_at(world, "social.member", TaskKind.ACCEPT_ACTION) == 0
    with acting(world.seats["social.member"].token) as actor:
        found = Action.objects.select_related("case").get(pk=proposal.pk)
        assert (found.state, found.result) == (ActionState.STOPPED, "Handlingsansvaret er placeret.")
        with pytest.raises(CaseError, match="allerede svaret"):
            work.take(actor, found)


def test_open_work_does_not_end_because_somebody_asks_for_it(world: World) -> None:
    case = raised(world)
    proposal = _asked(world, case)
    with acting(world.seats["psychiatry.member"].token) as actor:
        work.agree(actor, case, authority(world, "police"), what="Holder øje", if_it_slips="Ringer")
        with connection.cursor() as cursor:
            cursor.execute("select cases_end_actions(%s, 'x')", [case.pk])
            assert cursor.fetchone()[0] == 0
        assert Action.objects.get(pk=proposal.pk).state == ActionState.PROPOSED


def test_two_who_hand_it_over_at_once_one_is_told(world: World) -> None:
    case = raised(world)
    seen = _holding(world, case)
    taken_by(world, case, "social")
    with acting(world.seats["police.member"].token) as actor, pytest.raises(Overtaken):
        work.hand_over(actor, case, authority(world, "psychiatry"), reason="Medicin", seen=seen)
