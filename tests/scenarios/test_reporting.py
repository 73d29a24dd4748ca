"""Reporting a course, as the form's own regime has it (004, 5.2 and 6.3)."""

import re
from datetime import timedelta

import psycopg
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samsvar.instruments.schedule import Month
from samsvar.outcomes.jobs import lay_reminders
from tests.clients import sit
from tests.scenarios.filling import PARTNERS, START, WAVE, fill
from tests.world import World

BIRD = "Fuglemanden"


class Reporter:
    """A support worker at a desk, with the month's report before them."""

    def __init__(self, world: World) -> None:
        self.browser: Client = sit(world, "social.frontline")

    def does(self, address: str, status: int = 302, **typed: object) -> str:
        """Send a form; where it leads, or the page that came back."""
        answer = self.browser.post(address, typed)
        assert answer.status_code == status, answer.content.decode()
        return answer["Location"] if status == 302 else answer.content.decode()

    def sees(self, address: str) -> str:
        """A page in words."""
        answer = self.browser.get(address)
        assert answer.status_code == 200, address
        return answer.content.decode()

    def begins(self) -> str:
        """Begin a course; its address."""
        today = timezone.localdate().isoformat()
        return self.does(reverse("outreach:start"), pseudonym=BIRD, known="unknown", started_on=today)

    def fills(self, address: str, **typed: object) -> str:
        """Answer a report and send it."""
        return fill(self.browser, address, **typed)


@pytest.fixture
def skp(world: World, team: object) -> Reporter:
    """A support worker of the SKP team."""
    return Reporter(world)


@pytest.mark.scenario("004/AS-18", "A forgotten month")
@pytest.mark.req("R-004-72", "R-004-73", "R-004-91")
def test_a_forgotten_month_is_reminded_of_listed_and_reported(
    skp: Reporter, world: World, owner_connection: psycopg.Connection
) -> None:
    course = skp.begins()
    # Given a course that began the month before the last: that month is long due, the last is due on the 15th.
    last = Month.of(timezone.localdate()).plus(-1)
    owner_connection.execute("update outreach_course set started_on = %s", [last.plus(-1).day(20)])
    owner_connection.commit()
    key = course.strip("/").rsplit("/", 1)[1]
    # When nobody thinks of it, it stands on the worker's table, and on the leader's list.
    lay_reminders(timezone.localdate())
    assert "Indberet måneden" in skp.sees("/")
    leader = sit(world, "social.member")
    assert "For sene indberetninger" in leader.get("/").content.decode()
    listed = sit(world, "social.member").get(reverse("outcomes:home")).content.decode()
    assert listed.count(BIRD) == 2
    assert "For sent" in listed
    # Until when it is owed is told in the reader's own form.
    english = sit(world, "social.member", "en").get(reverse("outcomes:home")).content.decode()
    assert re.search(r'due by <time datetime="[^"]+" title="[^"]+">[^<.]+</time>', english)
    assert not re.search(r"by \d+\. ", english)
    # Then both are sent, the first with all that is asked at a start.
    first = last.plus(-1)
    skp.fills(f"/indberetning/{key}/{first.year}/{first.number}/", **START, **WAVE, **PARTNERS)
    skp.fills(f"/indberetning/{key}/{last.year}/{last.number}/", **PARTNERS)
    assert BIRD not in sit(world, "social.member").get(reverse("outcomes:home")).content.decode()
    assert "Indberet måneden" not in skp.sees("/")
    assert "For sene indberetninger" not in leader.get("/").content.decode()
    sent = skp.sees(f"/indberetning/{key}/{last.year}/{last.number}/")
    assert "isbryder 2008.1" in sent


@pytest.mark.scenario("004/AS-17", "A course ends in a grant")
@pytest.mark.req("R-004-85", "R-004-86")
def test_the_end_of_a_course_is_reported_with_its_results(skp: Reporter, owner_connection: psycopg.Connection) -> None:
    course = skp.begins()
    today = timezone.localdate()
    owner_connection.execute("update outreach_course set started_on = %s", [today.replace(day=1) - timedelta(days=40)])
    owner_connection.commit()
    skp.does(course + "log/", method=1, rung=8, minutes=30)
    skp.does(course + "slut/", reason=4, results=[3], q45=[1], text="Hjemmehjælp fra mandag")
    key = course.strip("/").rsplit("/", 1)[1]
    address = f"/indberetning/{key}/{today.year}/{today.month}/"
    wave = {"q32": 0, "q22": 0, "q23": 2, "q24": 1, "q25": 2}
    skp.fills(address, q30_minutes=0, q30_calls=0, q31=[1], **wave)
    page = skp.sees(address)
    assert "Forløbet er afsluttet, idet formålet med SKP-indsatsen er indfriet" in page
    assert "Personlig hjælp, omsorg eller pleje, f.eks. hjemmehjælp" in page
