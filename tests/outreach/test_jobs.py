"""A protection comes back to the table of whoever has the course, once, and tells nobody's name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.outreach import jobs, services
from samsvar.outreach.services import Peace
from samsvar.postgres.actor import acting
from samsvar.tasks.selectors import open_tasks
from samsvar.web.selectors import page_of
from tests.clients import sit
from tests.outreach.ground import BIRD, begun
from tests.world import World

Acts = Callable[[], Any]


@pytest.mark.req("R-004-45")
def test_a_protection_whose_day_has_come_is_told_once_and_goes_on(
    world: World, worker: Acts, owner_connection: psycopg.Connection
) -> None:
    with worker() as actor:
        course = begun(actor)
        row = services.protect(actor, course, Peace(["debt"], "Kommunen", "Lis", "Samtykke"))
    assert jobs.remind(0)["protections"] == 0
    owner_connection.execute("update outreach_protection set since = '2026-01-01', review_on = today()")
    owner_connection.commit()
    assert jobs.remind(0)["protections"] == 1
    assert jobs.remind(0)["protections"] == 0
    with acting(world.seats["social.screener"].token) as other:
        assert not open_tasks(other).exists(), "it is the worker's own"
    desk = sit(world, "social.frontline").get(reverse("web:desk")).content.decode()
    assert course.number in desk
    assert BIRD not in desk
    with worker() as actor:
        row.refresh_from_db()
        assert row.ended_on is None
        (task,) = open_tasks(actor)
        assert (task.reference, task.due_on) == (course.number, timezone.localdate())
        assert page_of(task) == f"/opsoegende/{course.pk}/"
        services.review_protection(actor, row, timezone.localdate() + timedelta(days=60))
        assert not open_tasks(actor).exists()


@pytest.mark.req("R-004-45", "R-004-59")
def test_whoever_takes_over_is_told_of_what_waits(
    world: World, worker: Acts, owner_connection: psycopg.Connection
) -> None:
    with worker() as actor:
        course = begun(actor)
        services.protect(actor, course, Peace(["debt"], "Kommunen", "Lis", "Samtykke"))
    owner_connection.execute("update outreach_protection set since = '2026-01-01', review_on = today()")
    owner_connection.commit()
    assert jobs.remind(0)["protections"] == 1
    with worker() as actor:
        services.hand_to_colleague(actor, course, world.seats["social.screener"].person, "Ferie")
        assert not open_tasks(actor).exists()
    assert jobs.remind(0)["protections"] == 1
    assert jobs.remind(0)["protections"] == 0
    with acting(world.seats["social.screener"].token) as other:
        assert open_tasks(other).get().subject_id == course.pk


@pytest.mark.req("R-004-57")
def test_how_it_goes_at_the_new_place_is_asked_on_the_day_that_was_set(
    worker: Acts, owner_connection: psycopg.Connection
) -> None:
    with worker() as actor:
        course = begun(actor)
        row = services.hand_over(actor, course, "Bostøtten", "Lis", "Vil selv", timezone.localdate())
    assert jobs.remind(0)["handovers"] == 1
    assert jobs.remind(0)["handovers"] == 0
    with worker() as actor:
        assert open_tasks(actor).get().subject_id == course.pk
        services.follow_handover(actor, row, "De drikker kaffe om tirsdagen")
        assert not open_tasks(actor).exists()
    assert jobs.remind(0)["handovers"] == 0
