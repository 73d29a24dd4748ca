"""A hundred open cases at one table: the agenda and the live table ask the database no more than with a few."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsvar.cases.models import Case
from samsvar.meetings.models import Meeting
from tests.clients import sit
from tests.meetings.test_meeting import plan_one, raise_one
from tests.world import World

FEW, MANY = 3, 100
PAGES: dict[str, Callable[[Meeting, Case], str]] = {
    "meeting": lambda meeting, _case: reverse("meetings:meeting", args=[meeting.pk]),
    "item": lambda meeting, case: reverse("meetings:item", args=[meeting.pk, case.pk]),
    "live": lambda meeting, _case: reverse("meetings:live", args=[meeting.pk]),
    "live_item": lambda meeting, case: reverse("meetings:live_parts", args=[meeting.pk]) + f"?sag={case.pk}",
    "prepare": lambda meeting, _case: reverse("meetings:prepare", args=[meeting.pk]),
    "minutes": lambda meeting, _case: reverse("meetings:minutes", args=[meeting.pk]),
}


def queries(client: Client, url: str) -> tuple[int, str]:
    """How many queries a page costs once it has been open before, and the page."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len(asked), answer.content.decode()


@pytest.mark.req("R-000-87")
def test_a_hundred_open_cases_cost_no_more_queries_than_three(world: World) -> None:
    cases = [raise_one(world) for _ in range(FEW)]
    meeting, client = plan_one(world, 0), sit(world, "social.member")
    before = {name: queries(client, url(meeting, cases[0]))[0] for name, url in PAGES.items()}
    cases += [raise_one(world) for _ in range(MANY - FEW)]
    for name, url in PAGES.items():
        count, page = queries(client, url(meeting, cases[0]))
        assert count <= before[name], (name, before[name], count)
        # Every open case stands on the agenda.
        missing = [case.reference for case in cases if case.reference not in page]
        assert not missing, (name, len(missing))
