"""Who holds which rope, as the reports tell of it (003 section 9; 002 chapter 10; 004 chapter 6)."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.utils import timezone

from tests.meetings.table import fourth
from tests.scenarios.test_network import PHONE, Worker
from tests.world import World

TODAY = timezone.localdate()


@pytest.fixture
def tovholder(world: World) -> Worker:
    """Somebody of the municipality who leads, and holds the network together."""
    return Worker(world, "social.member")


@pytest.fixture
def nurse(world: World, ward: UUID) -> Worker:
    """A professional of the psychiatry."""
    return Worker(world, "psychiatry.frontline")


def meeting_of(worker: Worker, network: str, **frame: str) -> str:
    """Call a network meeting; its address."""
    worker.does(network + "moede/", **frame)
    return next(bit for bit in worker.sees(network).split('"') if bit.startswith(network + "moede/") and len(bit) > 60)


@pytest.mark.scenario("003/S1", "Waste in the house, two tovholdere, one responsible")
@pytest.mark.req("R-003-1", "R-003-2", "R-003-117")
def test_two_tovholdere_one_responsible_and_a_step_that_hangs_on_something(tovholder: Worker) -> None:
    # Told on behalf of somebody private; he will have nothing of the socialpsykiatri
    network = tovholder.opens(who="En nabo, gennem viceværten", why="Han siger nej til socialpsykiatrien.")
    page = tovholder.sees(network)
    assert "En nabo, gennem viceværten" in page
    assert "Han siger nej til socialpsykiatrien." in page
    tovholder.names(network, "Tove Holdersen", why="Økonomien")
    tovholder.names(network, "Hjælper Hansen", part="helper")
    meeting = meeting_of(tovholder, network, called_by="Tovholderen")
    agreed = {"what": "Vis ham socialpsykiatriens tilbud", "owner": "Tove Holdersen", "due_on": ""}
    tovholder.does(meeting + "aftale/", condition="det bliver muligt", **agreed)
    page = " ".join(tovholder.sees(network).split())
    assert "Medtovholder: Hjælper Hansen" in page
    assert '<p class="network-name">Tove Holdersen' in page
    assert "hvis det bliver muligt: Vis ham socialpsykiatriens tilbud" in page


@pytest.mark.scenario("003/S10", "A task that belongs to a waiting list")
@pytest.mark.req("R-003-78", "R-003-79")
def test_a_task_says_to_whom_it_belongs_and_since_when_it_waits(tovholder: Worker) -> None:
    network = tovholder.opens()
    since = (TODAY - timedelta(days=90)).isoformat()
    tovholder.does(network + "for-andre/", what="Køber ind", whose="bostøtte", since=since)
    page = tovholder.sees(network)
    assert "hører til bostøtte" in page
    assert "venter siden" in page
    assert "90 dage" in page
    over = next(bit for bit in page.split('"') if bit.startswith(network + "for-andre/") and len(bit) > 70)
    tovholder.does(over)
    assert "hører til bostøtte" not in tovholder.sees(network)


@pytest.mark.scenario("003/S28", "A youth without a tovholder")
def test_a_youth_without_a_tovholder_is_pointed_out(tovholder: Worker) -> None:
    network = tovholder.opens(child="on", why="Står til en ungdoms-akutbolig")
    assert "En ung uden tovholder" in tovholder.sees(network)
    tovholder.names(network, "Tove Holdersen")
    assert "En ung uden tovholder" not in tovholder.sees(network)


@pytest.mark.scenario("002/AS-1", "Neutral ground")
@pytest.mark.req("R-002-106")
def test_whoever_lends_the_room_is_no_guest_unless_the_citizen_asks(tovholder: Worker) -> None:
    network = tovholder.opens()
    tovholder.does(network + "kontakt/", role="other", name="Ole fra Oasen", place="Oasen")
    meeting = meeting_of(tovholder, network, called_by="Overlægen", place="Oasen")
    page = tovholder.sees(meeting)
    assert "Oasen" in page
    host = next(bit for bit in page.split("<option") if "Ole fra Oasen" in bit).split('"')[1]
    assert "Oasen låner kun lokalet ud" in tovholder.does(meeting + "paa/", 400, contact=host, mandate="")
    tovholder.does(meeting + "paa/", contact=host, mandate="", asked="on")
    assert "<strong>Ole fra Oasen</strong>" in tovholder.sees(meeting)


@pytest.mark.scenario("002/AS-2", "Benefit at risk")
@pytest.mark.req("R-002-3")
def test_the_job_centre_finds_the_worker_he_knows_and_meets_there_in_time(
    world: World, tovholder: Worker, owner_connection: psycopg.Connection
) -> None:
    fourth(world, owner_connection)
    network = tovholder.opens()
    tovholder.does(network + "kontakt/", role="other", name="Ole fra Oasen", place="Oasen", phone=PHONE)
    tovholder.lets_in(network, world.authorities["other"], "coordinator", "contacts", "meetings")
    job_centre = Worker(world, "other.member")
    assert "Ole fra Oasen" in job_centre.sees(network)
    # Called for the job centre, before the benefit lapses
    soon = (TODAY + timedelta(days=3)).isoformat()
    frame = {"purpose": "Kontanthjælpen udløber", "clear": "on", "day": soon, "clock": "10:00", "place": "Oasen"}
    meeting_of(tovholder, network, called_by="Jobcentret", **frame)
    assert "Kontanthjælpen udløber" in job_centre.sees(network)


@pytest.mark.scenario("002/AS-17", "Kender du Birgitte?")
@pytest.mark.req("R-002-3")
def test_whoever_the_citizen_has_let_in_finds_name_and_number(tovholder: Worker, nurse: Worker, ward: UUID) -> None:
    network = tovholder.opens(cpr="6111551111")
    tovholder.does(network + "kontakt/", role="primary", name="Pia Primær", place="Distriktet", phone=PHONE)
    assert nurse.browser.post("/tovholder/hvem/", {"cpr": "6111551111"}).status_code == 200
    tovholder.lets_in(network, ward, "contacts")
    page = nurse.sees(nurse.does("/tovholder/hvem/", cpr="6111551111"))
    assert "Pia Primær" in page
    assert PHONE in page
    assert "primærbehandler" in page


@pytest.mark.scenario("002/AS-18", "Shared citizen mail")
def test_two_who_help_are_told_of_each_other_on_the_yes_alone(tovholder: Worker, nurse: Worker, ward: UUID) -> None:
    network = tovholder.opens()
    tovholder.does(network + "kontakt/", role="caseworker", name="Jens fra jobcentret", phone=PHONE)
    tovholder.lets_in(network, ward, "coordinator")
    page = nurse.sees(network)
    assert "Jens fra jobcentret" not in page
    assert "Skal I have et samarbejde?" not in page
    tovholder.lets_in(network, ward, "coordinator", "contacts")
    page = nurse.sees(network)
    assert "Jens fra jobcentret" in page
    assert "Skal I have et samarbejde?" in page


@pytest.mark.scenario("002/AS-19", "Pause")
def test_one_who_stands_back_says_why(tovholder: Worker, nurse: Worker, ward: UUID) -> None:
    network = tovholder.opens()
    tovholder.does(network + "kontakt/", role="caseworker", name="Jens fra jobcentret")
    pause = next(bit for bit in tovholder.sees(network).split('"') if bit.endswith("/pause/"))
    tovholder.does(pause, why="rest")
    tovholder.lets_in(network, ward, "contacts")
    page = nurse.sees(network)
    assert "På pause" in page
    assert "Borgeren har brug for ro" in page


@pytest.mark.scenario("004/AS-14", "Doubt about who is responsible")
def test_the_nearest_acts_while_it_is_settled_whose_task_it_is(tovholder: Worker) -> None:
    network = tovholder.opens()
    whose = "Prøveby eller Nabo Kommune, betaling afgøres senere"
    tovholder.does(network + "for-andre/", what="Husly i nat", whose=whose, since=TODAY.isoformat())
    page = tovholder.sees(network)
    assert "Husly i nat" in page
    assert whose in page
