"""The citizen is a person at the table: involved, later or not is a judgement that can be seen and lapses."""

import psycopg
import pytest

from samsvar.cases.models import Involvement
from samsvar.postgres.actor import acting
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.cases.table import Screen, asking, raised, taken_by, tasks_at
from tests.world import World


@pytest.mark.req("R-001-13", "R-000-120", "R-000-121")
def test_involving_the_citizen_is_seen_and_finishes_the_task(world: World) -> None:
    case = raised(world)
    taken_by(world, case, "social")
    assert tasks_at(world, "social.member", TaskKind.INVOLVE_CITIZEN) == 1
    screen = Screen(world, "social.member")
    sent = {"state": "involved", "citizens_view": "Jeg vil bare have lov at blive boende"}
    assert screen.post("involve", case.pk, **sent).status_code == 302
    assert tasks_at(world, "social.member", TaskKind.INVOLVE_CITIZEN) == 0
    page = Screen(world, "police.member").text("case", case.pk)
    assert "Jeg vil bare have lov at blive boende" in page
    assert "Inddraget" in page


@pytest.mark.req("R-000-123")
@pytest.mark.parametrize("state", ["later", "not"])
def test_later_and_not_have_a_reason_and_a_day_and_come_back(world: World, state: str) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    assert screen.post("involve", case.pk, state=state).status_code == 200
    assert screen.post("involve", case.pk, state=state, reason="Meget bange").status_code == 200
    assert screen.post("involve", case.pk, state=state, reason="Meget bange", review_on=asking(-2)).status_code == 200
    with acting(world.seats["social.member"].token):
        assert not Involvement.objects.exists()
    assert screen.post("involve", case.pk, state=state, reason="Meget bange", review_on=asking(14)).status_code == 302
    with acting(world.seats["police.member"].token) as actor:
        task = open_tasks(actor).get(kind=TaskKind.INVOLVE_CITIZEN)
        assert task.due_on is not None
        assert task.due_on.isoformat() == asking(14)
    assert "Meget bange" in screen.text("case", case.pk)


@pytest.mark.req("R-000-123")
def test_a_judgement_that_has_lapsed_is_said_at_the_top(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    screen.post("involve", case.pk, state="not", reason="Meget bange", review_on=asking(14))
    assert "er gået" not in screen.text("case", case.pk)
    owner_connection.execute("update cases_involvement set review_on = today() - 1")
    owner_connection.commit()
    assert "Den dag, hvor I ville se på det igen, er gået." in screen.text("case", case.pk)


@pytest.mark.req("R-000-124", "R-000-127")
def test_the_citizens_words_stand_by_themselves_and_each_time_anew(world: World) -> None:
    case = raised(world)
    Screen(world, "social.member").post("involve", case.pk, state="involved", citizens_view="Jeg klarer mig")
    Screen(world, "psychiatry.member").post("involve", case.pk, state="involved", citizens_view="Jeg er træt")
    page = Screen(world, "police.member").text("case", case.pk)
    assert page.index("Jeg er træt") < page.index("Jeg klarer mig")
