"""A concern that another authority sent and that became no case: the citizen is told, or a reason stands."""

import pytest
from django.test import Client

from samsvar.audit.models import LogRow
from samsvar.cases.models import Concern
from samsvar.postgres.actor import acting
from samsvar.tasks.models import Task, TaskKind
from samsvar.tasks.selectors import open_tasks, waiting_now
from samsvar.tasks.services import tick_off
from tests.cases.table import asking
from tests.cases.test_screening import judge, second, tell
from tests.clients import sit
from tests.world import World

NOT_YET = {"told": "not_yet", "why_not": "no_contact", "paragraph": "gdpr14_5b", "review_on": asking(30)}


def received(world: World, by: str = "police", to: str = "social", *, with_name: bool = True) -> Concern:
    """A concern that one authority sent to the screener of another, who found that it was no case."""
    concern = tell(world, f"{by}.frontline")
    screener = sit(world, f"{by}.screener")
    page = judge(screener, concern, "elsewhere")
    named = {"with_name": "on"} if with_name else {"with_name": ""}
    sent = {"authority": str(world.authorities[to]), "necessity": "De har boligen", **named}
    assert second(screener, concern, "anden-myndighed", page, **sent).status_code == 302
    judge(sit(world, f"{to}.screener"), concern, "not_psp", reason="Kan løses i socialforvaltningen")
    return concern


def owed(world: World, seat: str = "social.screener") -> int:
    with acting(world.seats[seat].token) as actor:
        return waiting_now(actor).filter(kind=TaskKind.TELL_CITIZEN).count()


def answer(world: World, concern: Concern, **sent: str) -> int:
    return sit(world, "social.screener").post(f"/bekymringer/{concern.pk}/borgeren/", sent).status_code


@pytest.mark.req("R-002-76", "R-000-120")
def test_the_receiver_has_the_task_and_the_sender_does_not(world: World) -> None:
    concern = received(world)
    assert owed(world) == 1
    assert owed(world, "police.screener") == 0
    desk = sit(world, "social.screener").get("/").content.decode()
    assert f"/bekymringer/{concern.pk}/borgeren/" in desk
    page = sit(world, "social.screener").get(f"/bekymringer/{concern.pk}/borgeren/").content.decode()
    assert "databeskyttelsesforordningen, artikel 14" in page


@pytest.mark.req("R-002-76")
def test_told_ends_it_for_all_in_the_house_and_stands_in_the_log(world: World) -> None:
    concern = received(world)
    assert answer(world, concern, told="told") == 302
    assert owed(world) == 0
    assert owed(world, "social.member") == 0
    assert answer(world, concern, told="told") == 404
    with acting(world.seats["social.dpo"].token):
        assert LogRow.objects.filter(subject_kind="notice", detail__told=True).count() == 1


@pytest.mark.req("R-002-76", "R-000-123")
def test_not_told_says_why_by_which_rule_and_comes_back_on_its_day(world: World) -> None:
    concern = received(world)
    assert answer(world, concern, **NOT_YET) == 302
    assert owed(world) == 0
    with acting(world.seats["social.screener"].token) as actor:
        laid = open_tasks(actor).get(kind=TaskKind.TELL_CITIZEN)
        assert laid.due_on is not None
        assert laid.due_on.isoformat() == asking(30)
    with acting(world.seats["social.dpo"].token):
        row = LogRow.objects.get(subject_kind="notice")
    assert (row.detail["why_not"], row.detail["paragraph"]) == ("no_contact", "gdpr14_5b")


@pytest.mark.parametrize(
    "lacking",
    [
        {"told": ""},
        {"why_not": ""},
        {"paragraph": ""},
        {"paragraph": "rhl14"},
        {"paragraph": "\x00"},
        {"review_on": ""},
        {"review_on": asking(0)},
        {"review_on": asking(400)},
        {"review_on": "9999-99-99"},
    ],
)
def test_what_lacks_is_said_and_the_duty_stands(world: World, lacking: dict[str, str]) -> None:
    concern = received(world)
    assert answer(world, concern, **{**NOT_YET, **lacking}) == 400
    assert owed(world) == 1


def test_it_is_not_ticked_off_in_silence(world: World) -> None:
    received(world)
    with acting(world.seats["social.screener"].token) as actor:
        task = Task.objects.get(kind=TaskKind.TELL_CITIZEN)
        assert not tick_off(actor, task.pk)


def test_no_duty_where_nobody_was_named_or_the_law_asks_for_none(world: World) -> None:
    received(world, with_name=False)
    assert owed(world) == 0
    received(world, by="social", to="police")
    assert owed(world, "police.screener") == 0


@pytest.mark.attack
def test_nobody_else_opens_it(world: World) -> None:
    concern = received(world)
    for seat in ("police.screener", "psychiatry.screener", "outside.screener", "social.frontline"):
        client: Client = sit(world, seat)
        assert client.get(f"/bekymringer/{concern.pk}/borgeren/").status_code in (403, 404)
