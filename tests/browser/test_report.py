"""A month's report in a real browser: questions come as their answers decide, on a narrow screen and a wide one."""

from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from django.utils import timezone

from samsvar.instruments.flow import Answer
from samsvar.instruments.instrument import quarterly
from samsvar.instruments.schedule import Month
from samsvar.outcomes import services
from samsvar.outcomes.models import Journal
from samsvar.outreach.models import Course
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands, look_well
from tests.outreach.ground import begun, long_ago, team, tried  # noqa: F401
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def course(world: World, team: UUID, owner_connection: psycopg.Connection) -> Course:  # noqa: F811
    """A course that began last month, and was visited this month."""
    with acting(world.seats["social.frontline"].token) as actor:
        found = begun(actor)
        tried(actor, found, 1, 8, minutes=45)
    long_ago(owner_connection, found, Month.of(timezone.localdate()).plus(-1).day(3))
    return found


def _journal(world: World) -> Journal:
    """A quarter's journal with its first section written."""
    with acting(world.seats["social.frontline"].token) as actor:
        day = timezone.localdate()
        row = services.start_journal(
            actor, quarterly()[0].stamp, day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        )
        said: dict[str, Answer] = {"q1": 2, "q2": 1, "q3": "3. og 17.", "q4": 4, "q5": "Udskrivning", "q6": "Gik godt"}
        return services.keep_journal(actor, row, said, 1)


def test_questions_come_as_answers_decide_and_the_pages_look_well(
    sits: Callable[..., Hands], world: World, course: Course
) -> None:
    this = Month.of(timezone.localdate())
    start, month = (f"/indberetning/{course.pk}/{one.year}/{one.number}/" for one in (this.plus(-1), this))
    pages = [
        ("home", "/indberetning/"),
        ("course", f"/indberetning/{course.pk}/"),
        ("start", start),
        ("month", month),
        ("file", "/indberetning/fra-fil/"),
        ("effect", "/indberetning/effekt/"),
        ("indicators", "/indberetning/effekt/indikatorer/"),
        ("journals", "/indberetning/kvartal/"),
        ("journal", f"/indberetning/kvartal/{_journal(world).pk}/"),
    ]
    look_well(sits, "report", [(name, "social.member", path) for name, path in pages])
    hands = sits("social.frontline", width=320)
    hands.goes(start)
    assert hands.page.locator("[name=q8]").count() == 0
    hands.page.get_by_label("Mand", exact=True).check()
    hands.page.get_by_label("Boligløs, lever på gaden").check()
    hands.page.locator("[name=q8]").first.wait_for()
    assert hands.page.locator("[name=q7]").count() == 0
    assert hands.page.get_by_label("Mand", exact=True).is_checked(), "nothing chosen is lost"
    hands.clicks("Gem og fortsæt")
    assert hands.sees("Kladden er gemt.")
    hands.picture("report-draft-320")
    assert hands.complaints == []
