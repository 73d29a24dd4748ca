"""The own meetings in the own calendar program: hours, places and groups, never a case or a citizen."""

import re
from datetime import timedelta

import psycopg
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from samsvar.meetings.services import conducting
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.meetings.test_meeting import plan_one, raise_one
from tests.world import World


def address_of(world: World, seat: str) -> str:
    """Make a calendar address as a person does, and read it from the page; the path of it."""
    page = sit(world, seat).post(reverse("meetings:own_feed")).content.decode()
    found = re.search(r"<code>https?://[^/]+(/moeder/kalender/[^<]+\.ics)</code>", page)
    assert found, page
    return found[1]


def events(path: str) -> list:
    """What a calendar program without any session gets there."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


@pytest.mark.req("R-000-62")
def test_the_meetings_of_the_own_group_come_into_the_own_calendar(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    path = address_of(world, "social.member")
    [event] = events(path)
    assert event.decoded("dtstart") == meeting.starts_at.replace(microsecond=0)
    assert str(meeting.pk) in str(event["uid"])
    whole = Client().get(path).content.decode()
    for said in (case.reference, "Prøvesen", "6111801234", "Sover ude"):
        assert said not in whole


def test_a_meeting_that_is_called_off_is_crossed_out_in_the_calendar(world: World) -> None:
    meeting = plan_one(world)
    path = address_of(world, "social.member")
    with acting(world.seats["social.member"].token) as actor:
        conducting.call_off(actor, meeting)
    assert [str(event["status"]) for event in events(path)] == ["CANCELLED"]


def test_who_does_not_sit_in_the_group_gets_an_empty_calendar(world: World) -> None:
    plan_one(world)
    assert events(address_of(world, "outside.admin")) == []


def test_who_leaves_the_group_gets_no_more_of_it(world: World, owner_connection: psycopg.Connection) -> None:
    plan_one(world)
    path = address_of(world, "social.member")
    owner_connection.execute(
        "update partnerships_membership set until = today() - 1 where capacity_id = %s",
        [world.seats["social.member"].post],
    )
    owner_connection.commit()
    assert events(path) == []


def test_a_new_address_ends_the_old_one_and_a_stopped_one_is_nobodys(world: World) -> None:
    first, second = address_of(world, "social.member"), address_of(world, "social.member")
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert sit(world, "social.member").post(reverse("meetings:stop_feed")).status_code == 302
    assert Client().get(second).status_code == 404
    assert Client().get(reverse("meetings:feed", args=["nobodys"])).content == Client().get(second).content


def test_meetings_long_gone_are_left_out(world: World, owner_connection: psycopg.Connection) -> None:
    plan_one(world)
    path = address_of(world, "social.member")
    owner_connection.execute("update meetings_meeting set starts_at = %s", [timezone.now() - timedelta(days=90)])
    owner_connection.commit()
    assert events(path) == []
