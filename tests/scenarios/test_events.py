"""Admission, discharge and what was agreed for them, as the reports tell of it (002 chapter 11, 004 section 9)."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.scenarios.test_network import Worker
from tests.world import World


@pytest.fixture
def tovholder(world: World) -> Worker:
    """Somebody of the municipality who leads, and holds the network together."""
    return Worker(world, "social.member")


@pytest.fixture
def nurse(world: World, ward: UUID) -> Worker:
    """A nurse of Afsnit H3."""
    return Worker(world, "psychiatry.frontline")


def tells(nurse: Worker, network: str, kind: str, ahead: timedelta = timedelta(minutes=-5), **typed: str) -> str:
    """The nurse writes and releases; the draft as it looked before."""
    at = timezone.localtime() + ahead
    draft = nurse.does(
        network + "haendelse/", kind=kind, day=at.date().isoformat(), clock=at.strftime("%H:%M"), text="", **typed
    )
    said = nurse.sees(draft)
    nurse.does(draft + "frigiv/")
    return said


def task(worker: Worker, network: str, rule: str) -> str:
    """The address of a task that stands on the page of the network."""
    found = re.search(rf"{network}haendelse/[0-9a-f-]+/aftalt/{rule}/", worker.sees(network))
    assert found, rule
    return found[0]


def now(**typed: str) -> dict[str, str]:
    """This very minute, as it is typed."""
    at = timezone.localtime()
    return {"day": at.date().isoformat(), "clock": at.strftime("%H:%M"), **typed}


@pytest.mark.scenario("002/AS-4", "Two-second visit")
def test_a_visit_turned_away_is_written_down_and_the_visitator_chooses(
    tovholder: Worker, nurse: Worker, ward: UUID
) -> None:
    network = tovholder.opens()
    tovholder.names(network, "Tove Holdersen")
    tovholder.lets_in(network, ward, "events")
    tells(nurse, network, "admission")
    tovholder.does(
        network + "skema/",
        activity="contact",
        text="Bostøtten stod i døren i to sekunder. Han vil ikke have besøg.",
        on=timezone.localdate().isoformat(),
    )
    assert "i to sekunder" in tovholder.sees(network + "skema/")
    choice = task(tovholder, network, "support_visits")
    offered = tovholder.sees(choice)
    assert "Støtten holder pause" in offered
    assert "Støtten stopper" in offered
    tovholder.does(choice, **now(said="pause"))
    assert "Støtten holder pause" in tovholder.sees(network)
    # What the municipality chooses is its own.
    assert "Støtten holder pause" not in nurse.sees(network)


@pytest.mark.scenario("002/AS-5", "Forgotten contact")
@pytest.mark.req("R-002-103")
def test_a_contact_with_consent_is_proposed_with_a_warning_on_short_notice(
    tovholder: Worker, nurse: Worker, ward: UUID
) -> None:
    network = tovholder.opens()
    tovholder.names(network, "Tove Holdersen")
    tovholder.does(network + "kontakt/", role="support", name="Karl SKP", place="Holbæk", phone="33 33 33 33")
    tovholder.lets_in(network, ward, "coordinator", "contacts", "events")
    said = tells(nurse, network, "discharge", timedelta(days=1))
    assert "Inviter også:" in said
    assert "Karl SKP" in said
    assert "Kort varsel" in said
    said = tells(nurse, network, "discharge", timedelta(days=20))
    assert "Karl SKP" in said
    assert "Kort varsel" not in said


@pytest.mark.scenario("002/AS-10", "Diverse municipalities")
def test_one_discharge_notice_reaches_each_in_its_own_format(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID
) -> None:
    network = tovholder.opens()
    tovholder.names(network, "Tove Holdersen")
    tovholder.lets_in(network, ward, "events")
    tovholder.lets_in(network, world.authorities["police"], "events")
    tells(nurse, network, "discharge")
    for seat in ("social.member", "police.member"):
        reader = Worker(world, seat)
        page = reader.sees(network)
        assert "Udskrevet" in page
        links = re.findall(rf"{network}besked/[0-9a-f-]+/(?:tekst|brev)/", page)
        assert len(links) == 2
        lines = reader.sees(next(one for one in links if one.endswith("tekst/")))
        assert "Udskrevet" in lines
        assert "Kom igen, hvis det bliver værre" in lines
        letter = reader.browser.get(next(one for one in links if one.endswith("brev/")))
        assert letter.content.startswith(b"%PDF")
        # One receiver's notice is no other's.
        for one in links:
            other = Worker(world, "psychiatry.member")
            assert other.browser.get(one).status_code == 404


@pytest.mark.scenario("002/AS-34", "Admission closes contact")
def test_the_contact_rests_during_admission_and_opens_again_by_itself(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID
) -> None:
    network = tovholder.opens()
    tovholder.names(network, "Tove Holdersen")
    tovholder.does(network + "kontakt/", role="primary", name="Dorte Behandler", place="Distriktspsykiatrien")
    tovholder.lets_in(network, ward, "contacts", "events")
    tovholder.lets_in(network, world.authorities["police"], "contacts")
    tells(nurse, network, "admission", timedelta(hours=-3))
    for worker in (tovholder, nurse):
        assert "Hviler under indlæggelsen" in worker.sees(network)
    # Whoever may not know that he is admitted does not learn it from his contacts.
    officer = Worker(world, "police.member")
    assert "Dorte Behandler" in officer.sees(network)
    assert "Hviler" not in officer.sees(network)
    tells(nurse, network, "discharge")
    for worker in (tovholder, nurse):
        assert "Hviler under indlæggelsen" not in worker.sees(network)
        assert "Dorte Behandler" in worker.sees(network)


@pytest.mark.scenario("004/AS-10", "Admission and the contact person")
@pytest.mark.req("R-004-121", "R-004-122", "R-004-123")
def test_an_skp_user_is_admitted_and_gets_a_contact_person_within_a_day(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID
) -> None:
    network = tovholder.opens()
    tovholder.names(network, "Tove Holdersen")
    tovholder.does(network + "kontakt/", role="support", name="Karl SKP", place="Holbæk", phone="33 33 33 33")
    tovholder.lets_in(network, ward, "coordinator", "contacts", "events")
    said = tells(nurse, network, "admission", urgency="acute")
    assert "Tove Holdersen" in said
    assert "Karl SKP" in said
    assert "Borgeren får navnet på en kontaktperson" in nurse.sees(reverse("web:desk"))
    address = task(nurse, network, "contact_person")
    nurse.does(address, **now(said="orally", name="Kirsten Kontakt"))
    nurse.does(address, **now(said="in_writing", name="Kirsten Kontakt"))
    page = nurse.sees(network)
    assert "Sagt mundtligt: Kirsten Kontakt" in page
    assert "Givet skriftligt: Kirsten Kontakt" in page
    # Is the SKP informed? It is said, or that he does not want it.
    nurse.does(task(nurse, network, "support_person"), **now(said="told"))
    assert "De har fået besked" in nurse.sees(network)
    said = tells(nurse, network, "discharge", timedelta(days=2))
    assert "Karl SKP" in said
    assert "Kom igen, hvis det bliver værre" in said
