"""Transitions, as report 002 tells of them (chapter 5, chapter 9)."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.calendar.deadlines import add_months
from tests.coordination.ground import practice, unit
from tests.referrals.test_transitions import number
from tests.scenarios.test_network import Worker
from tests.scenarios.test_own_doctor import addresses
from tests.world import World

LIST = reverse("referrals:transitions")
YES = {"given": "Signe, mor, far", "form": "written", "why_oral": "", "informed": "on", "call": "B&U, 20 20 20 20"}


@pytest.fixture
def places(world: World, owner_connection: psycopg.Connection) -> dict[str, UUID]:
    """Units of the municipality and of the region."""
    return {
        "adults": unit(world, owner_connection, "Myndigheden", "social.screener"),
        "job": unit(world, owner_connection, "Jobcenteret", "social.member"),
        "clinic": unit(world, owner_connection, "B&U", "psychiatry.frontline", "psychiatry"),
        "district": unit(world, owner_connection, "Distriktspsykiatrien", "psychiatry.screener", "psychiatry"),
    }


@pytest.fixture
def clinic(world: World, places: dict[str, UUID]) -> Worker:
    """Somebody who treats children and young people."""
    return Worker(world, "psychiatry.frontline")


def listed(worker: Worker, kind: str, **more: str) -> str:
    """A worker writes somebody on the list; the page of the transition."""
    given = {"kind": kind, "name": "Signe Prøvesen", "cpr": "", "day": "", "case_known": "no", **more}
    return worker.does(reverse("referrals:transition_new"), **given)


def hands_to(worker: Worker, page: str, place: UUID, receiver: str, words: str = "Kan selv tage bussen.") -> None:
    """The worker hands over, on a yes."""
    worker.does(page + "overdrag/", to=str(place), receiver=receiver, words=words, **YES)


def takes(worker: Worker, **more: str) -> str:
    """The one hand-over that waits is answered; its page before the answer."""
    address = addresses(worker.sees(LIST), "/henvisning/overgange/modtaget/")[0]
    page = worker.sees(address)
    worker.does(address, **{"answer": "accept", "who": "Mona, 20 20 20 20", "first_on": "", "words": "", **more})
    return page


@pytest.mark.scenario("002/AS-11", "17-year-old inpatient")
@pytest.mark.req("R-002-126", "R-002-127")
def test_the_municipality_knows_of_a_young_patient_well_before_eighteen(
    world: World, clinic: Worker, places: dict[str, UUID]
) -> None:
    page = listed(clinic, "child_psychiatry", cpr=number(205))
    seen = clinic.sees(page)
    for words in ("Ingen sag i kommunen", "Besluttet inden", "Indkomst fra den dag", "Støtte om aftenen og natten"):
        assert words in seen
    adults, job = Worker(world, "social.screener"), Worker(world, "social.member")
    assert "Signe" not in adults.sees(LIST)
    hands_to(clinic, page, places["adults"], "adults")
    hands_to(clinic, page, places["job"], "jobcentre")
    for worker in (adults, job):
        assert "En borger er givet til jer" in worker.sees(reverse("web:desk"))
        assert "Kan selv tage bussen." in takes(worker)
    seen = clinic.sees(page)
    assert seen.count("Taget imod") == 2
    assert "Mona, 20 20 20 20" in seen


@pytest.mark.scenario("002/AS-9", "PAM to Distriktspsykiatri")
def test_without_a_time_within_a_week_both_are_warned(world: World, clinic: Worker, places: dict[str, UUID]) -> None:
    today = timezone.localdate()
    page = listed(clinic, "pam_district", day=(today - timedelta(days=6)).isoformat())
    hands_to(clinic, page, places["district"], "district")
    district = Worker(world, "psychiatry.screener")
    received = addresses(district.sees(LIST), "/henvisning/overgange/modtaget/")[0]
    takes(district, first_on=(today + timedelta(days=12)).isoformat())
    assert "Ingen tid i tide" in clinic.sees(page)
    assert "Ingen tid i tide" in district.sees(received)


@pytest.mark.scenario("002/AS-33", "Waiting compensation")
def test_the_waiting_is_seen_with_its_first_day_and_a_contact_every_fourteen_days(clinic: Worker) -> None:
    since = timezone.localdate() - timedelta(days=30)
    page = listed(clinic, "waiting", day=since.isoformat())
    seen = clinic.sees(page)
    assert "Tid til en kontakt" in seen
    assert f"{since.day}. " in seen
    assert "har ventet 30 dage" in clinic.sees(LIST)
    clinic.does(page + "kontakt/", on=timezone.localdate().isoformat())
    seen = clinic.sees(page)
    assert "Tid til en kontakt" not in seen
    assert "Næste kontakt inden" in seen


@pytest.mark.scenario("002/AS-36", "ADHD at 18")
def test_the_doctor_is_told_that_the_services_for_children_end(
    world: World, clinic: Worker, owner_connection: psycopg.Connection
) -> None:
    practice(world, owner_connection)
    page = listed(clinic, "child_care_ends", cpr=number(212))
    assert "Egen læge ved, at børnetilbuddet slutter" in clinic.sees(page)
    hands_to(clinic, page, world.authorities["practice"], "doctor", "ADHD. Får medicin. Tilbuddet hos os slutter.")
    seen = takes(Worker(world, "practice.frontline"))
    assert "Tilbuddet hos os slutter." in seen
    assert "Børnetilbuddet i psykiatrien slutter ved 18 år" in seen


@pytest.mark.scenario("002/AS-42", "Forældrepålæg")
def test_a_stopped_benefit_ends_after_three_months_and_attendance_is_followed(
    world: World, owner_connection: psycopg.Connection
) -> None:
    unit(world, owner_connection, "Børn og Unge", "social.frontline")
    worker = Worker(world, "social.frontline")
    today = timezone.localdate()
    page = listed(worker, "parental_order", day=add_months(today, -2).isoformat())
    seen = worker.sees(page)
    assert "Forælderen møder op" in seen
    assert "Fristen er gået" not in seen
    over = listed(worker, "parental_order", name="Anden Prøvesen", day=add_months(today, -4).isoformat())
    assert "Fristen er gået" in worker.sees(over)
