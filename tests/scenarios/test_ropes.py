"""Who holds which rope, as the reports tell of it (003 section 9; 002 chapter 10; 004 chapter 6)."""

import re
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.coordination.ground import office
from tests.directory.test_pages import PAGE
from tests.scenarios.test_events import now, tells
from tests.scenarios.test_network import PHONE, Worker
from tests.scenarios.test_own_doctor import addresses
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
    tovholder.does(over, settled="Bostøtten, Karen")
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
@pytest.mark.req("R-002-3", "R-002-98")
def test_the_job_centre_asks_the_worker_he_knows_and_they_meet_there_in_time(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID, owner_connection: psycopg.Connection
) -> None:
    jobs = office(world, owner_connection, "Jobcentret", "Jens Jobsen")
    oasen = office(world, owner_connection, "Oasen", "Ole Oasen")
    job_centre, ole = Worker(world, "Jobcentret"), Worker(world, "Oasen")
    network = tovholder.opens(cpr="6111551111")
    tovholder.names(network, "Tove Holdersen")
    tovholder.does(network + "kontakt/", role="other", name="Ole fra Oasen", place="Oasen", phone=PHONE)
    for place in (jobs, oasen):
        tovholder.lets_in(network, place, "coordinator", "contacts", "meetings", "events")
    tovholder.lets_in(network, ward, "events")
    # The job centre cannot reach him: it finds who knows him, with a number, and asks there and nowhere else
    page = job_centre.sees(job_centre.does(reverse("coordination:look"), cpr="6111551111"))
    assert "Ole fra Oasen" in page
    assert PHONE in page
    asked = "Vi kan ikke få fat i ham, og kontanthjælpen stopper på fredag. Kan vi mødes hos jer?"
    draft = job_centre.does(network + "spoerg/", text=asked)
    choice = next(bit for bit in job_centre.sees(draft).split("<input") if "Oasen" in bit)
    key = next(bit for bit in choice.split('"') if len(bit) == len(str(oasen)))
    # Nobody is asked by accident
    job_centre.does(draft + "frigiv/")
    assert asked not in ole.sees(network)
    job_centre.does(draft + "frigiv/", to=key)
    assert asked in ole.sees(network)
    assert asked in tovholder.sees(network)
    assert asked not in nurse.sees(network)
    # Ole has seen him, and calls the meeting at Oasen before the money stops
    soon = TODAY + timedelta(days=2)
    frame = {"purpose": "Kontanthjælpen stopper", "day": soon.isoformat(), "clock": "10:00", "place": "Oasen"}
    ole.does(network + "moede/", **frame)
    for worker in (job_centre, tovholder):
        page = worker.sees(network)
        assert "Oasen" in page[page.index('id="moeder"') :]
    # What for, he has told the tovholder alone, who says it to those the citizen wants there
    assert "Kontanthjælpen stopper" in tovholder.sees(network)
    assert "Kontanthjælpen stopper" not in job_centre.sees(network)
    # The tovholder hears of it at once; nobody is invited before he has said who comes
    assert "Indkalder til netværksmøde" in tovholder.sees(reverse("web:desk"))
    meeting = addresses(tovholder.sees(network), network + "moede/")[0]
    page = tovholder.sees(meeting)
    assert "ønsket af Oasen, Prøveby Kommune" in page
    tovholder.does(meeting + "ret/", called_by="Oasen, Prøveby Kommune", clear="on", **frame)
    assert "Kontanthjælpen stopper" in job_centre.sees(network)
    assert "Ingen bliver inviteret, før borgerens ønsker er skrevet" in page
    # One who is let in for events alone calls nothing
    assert nurse.browser.post(network + "moede/", frame).status_code == 404


@pytest.mark.scenario("002/AS-17", "Kender du Birgitte?")
@pytest.mark.req("R-002-3")
def test_whoever_the_citizen_has_let_in_finds_name_and_number(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID
) -> None:
    network = tovholder.opens(cpr="6111551111")
    tovholder.does(network + "kontakt/", role="primary", name="Pia Primær", place="Distriktet", phone=PHONE)
    assert nurse.browser.post("/tovholder/hvem/", {"cpr": "6111551111"}).status_code == 200
    tovholder.lets_in(network, ward, "contacts")
    page = nurse.sees(nurse.does("/tovholder/hvem/", cpr="6111551111"))
    assert "Pia Primær" in page
    assert PHONE in page
    assert "primærbehandler" in page
    # By unit, for whoever cooperates, and no citizen with it: the unit's own page in the directory.
    Worker(world, "psychiatry.admin").does(
        reverse("directory:entry_new"),
        **PAGE | {"name": "Distriktspsykiatrien", "sector": "region", "kind": "district"},
        staff="Birgitte Behandler; primærbehandler; 00 00 44 44",
    )
    found = Worker(world, "social.frontline").sees(reverse("directory:units") + "?q=distriktspsykiatrien")
    unit = re.search(r'href="(/vejviser/[0-9a-f-]{36}/)"', found)
    assert unit
    page = Worker(world, "social.frontline").sees(unit[1])
    assert "Birgitte Behandler" in page
    assert "00 00 44 44" in page
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
@pytest.mark.req("R-002-26")
def test_the_job_centre_stands_back_with_a_reason_when_he_is_very_unwell(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID, owner_connection: psycopg.Connection
) -> None:
    jobs = office(world, owner_connection, "Jobcentret", "Jens Jobsen")
    job_centre = Worker(world, "Jobcentret")
    network = tovholder.opens()
    for place in (jobs, ward):
        tovholder.lets_in(network, place, "contacts", "events")
    # The psychiatry tells that he is very unwell, and the job centre has it on its desk
    tells(nurse, network, "worse", text="Vent med alt, der kan vente.")
    assert "Har det meget dårligt" in job_centre.sees(reverse("web:desk"))
    assert "Vent med alt, der kan vente." in job_centre.sees(network)
    # It stands back itself, and says why
    refused = now(kind="pause", text="")
    assert "Skriv kort, hvorfor I holder pause" in job_centre.does(network + "haendelse/", 400, **refused)
    tells(job_centre, network, "pause", text="Han skal have ro. Pengene løber videre.")
    for worker in (tovholder, nurse, job_centre):
        page = " ".join(worker.sees(network).split())
        assert "På pause" in page
        assert "Jobcentret, Prøveby Kommune: Han skal have ro. Pengene løber videre." in page
    tells(job_centre, network, "resume", ahead=timedelta(minutes=-1))
    assert "På pause" not in nurse.sees(network)


@pytest.mark.scenario("004/AS-14", "Doubt about who is responsible")
def test_the_nearest_acts_and_it_is_settled_later_whose_it_is_and_who_pays(tovholder: Worker) -> None:
    network = tovholder.opens()
    whose = "Prøveby eller Nabo Kommune, det afgøres senere"
    since = (TODAY - timedelta(days=12)).isoformat()
    tovholder.does(network + "for-andre/", what="Husly i nat", whose=whose, since=since)
    page = tovholder.sees(network)
    assert "Husly i nat" in page
    assert whose in page
    over = addresses(page, network + "for-andre/")[-1]
    # It is not settled by a button: who has it now, and who pays, is said
    assert "Skriv, hvem der har opgaven nu." in tovholder.does(over, 400, settled="")
    assert whose in tovholder.sees(network)
    tovholder.does(over, settled="Nabo Kommune. De betaler fra første dag.")
    page = " ".join(tovholder.sees(network).split())
    assert whose not in page
    assert "<strong>Husly i nat</strong>: Nabo Kommune. De betaler fra første dag." in page
    assert "efter 12 dage" in page
