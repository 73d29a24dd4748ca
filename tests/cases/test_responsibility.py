"""Exactly one authority holds a case at any time, all can see which, and it may move (R-000-77, R-000-78)."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.utils import timezone

from samsvar.cases.models import Case, CaseEvent, EventKind, Responsibility, Standing
from samsvar.cases.services import responsibility
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.postgres.actor import acting
from samsvar.tasks.models import TaskKind
from tests.cases.table import Screen, asking, authority, raised, tasks_at
from tests.world import World


def _holding(world: World, case: Case) -> UUID:
    with acting(world.seats["police.member"].token):
        return responsibility.current(case).pk


@pytest.mark.req("R-000-78", "R-001-9")
def test_the_table_places_it_and_the_story_says_why(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "psychiatry.member")
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
    seats = ["police.member", "social.member", "psychiatry.member"]
    start, said = threading.Barrier(50), []

    def attempt(number: int) -> None:
        try:
            start.wait(timeout=60)
            with acting(world.seats[seats[number % 3]].token) as actor:
                target = authority(world, "social" if number % 2 else "psychiatry")
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
        with acting(world.seats["police.member"].token) as actor:
            responsibility.place(actor, case, authority(world, who), reason="Her", seen=responsibility.current(case).pk)
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
    with acting(world.seats["police.member"].token) as actor:
        first = responsibility.current(case)
        responsibility.place(actor, case, authority(world, "social"), reason="Boligen", seen=first.pk)
    with acting(world.seats["police.member"].token):
        later = timezone.now() + timedelta(days=1)
        period = type(first.period)(first.period.lower, later)
        assert Responsibility.objects.filter(pk=first.pk).update(period=period) == 0


def test_a_case_that_does_not_exist_is_not_placed(world: World) -> None:
    screen = Screen(world, "social.member")
    assert screen.get("place", uuid4()).status_code == 404
