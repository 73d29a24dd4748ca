"""The tovholder and the network, as the report tells of them (003 section 9)."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.clients import sit
from tests.coordination.ground import unit
from tests.meetings.table import fourth
from tests.world import World

CITIZEN = "Poul Prøvesen"
PHONE, HOURS = "20 20 20 20", "hverdage 9-12"


class Worker:
    """Somebody at a keyboard, and the network in front of them."""

    def __init__(self, world: World, seat: str) -> None:
        self.browser: Client = sit(world, seat)

    def opens(self, **typed: object) -> str:
        """Ask for a tovholder; the address of the network."""
        signs = {"name": CITIZEN, "asked_by": "professional", "signs": ["complex", "several"], "asked_on": ""}
        answer = self.browser.post(reverse("coordination:open"), signs | typed)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"]

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

    def names(self, network: str, name: str, part: str = "responsible", why: str = "") -> None:
        """Name a tovholder."""
        self.does(network + "udpeg/", name=name, phone=PHONE, hours=HOURS, part=part, why=why)

    def lets_in(self, network: str, receiver: UUID, *categories: str) -> None:
        """The citizen says yes to somebody."""
        yes = {"given": CITIZEN, "form": "written", "informed": "on", "valid_to": ""}
        typed = {**yes, "receiver": str(receiver), "categories": list(categories)}
        answer = self.browser.post(network + "lukke-ind/", typed)
        if answer.status_code == 400:
            # They are let in already: what stands is shown beside what it becomes, and sent again once it was seen
            door = next(bit for bit in answer.content.decode().split("<input") if 'name="seen"' in bit)
            typed["seen"] = next(bit for bit in door.split('"') if len(bit) == len(str(receiver)))
            answer = self.browser.post(network + "lukke-ind/", typed)
        assert answer.status_code == 302, answer.content.decode()


@pytest.fixture
def tovholder(world: World) -> Worker:
    """Somebody of the municipality who leads, and holds the network together."""
    return Worker(world, "social.member")


@pytest.fixture
def nurse(world: World, ward: UUID) -> Worker:
    """A nurse of Afsnit H3 at night."""
    return Worker(world, "psychiatry.frontline")


@pytest.mark.scenario("003/S3", "The citizen moves, one contact stays")
@pytest.mark.req("R-003-19")
def test_the_tovholder_ends_because_he_moved_and_the_contact_stays(tovholder: Worker) -> None:
    network = tovholder.opens()
    tovholder.names(network, "Tove Holdersen")
    tovholder.does(network + "kontakt/", role="support", name="Karl SKP", place="Holbæk")
    page = tovholder.sees(network)
    end = next(bit for bit in page.split('"') if bit.startswith(network + "tovholder/") and bit.endswith("/slut/"))
    tovholder.does(end, reason="moved")
    page = tovholder.sees(network)
    assert "borgeren er flyttet til en anden kommune" in page
    assert "Karl SKP" in page


@pytest.mark.scenario("003/S6", "A network meeting waits for the citizen to plan it")
@pytest.mark.req("R-003-25", "R-003-27")
def test_a_proposed_meeting_waits_for_the_citizen(tovholder: Worker) -> None:
    network = tovholder.opens()
    tovholder.does(network + "kontakt/", role="relative", name="Voksen søn")
    tovholder.does(network + "moede/", called_by="M fra jobcentret, som er i tvivl")
    meeting = next(
        bit for bit in tovholder.sees(network).split('"') if bit.startswith(network + "moede/") and len(bit) > 60
    )
    page = tovholder.sees(meeting)
    assert "Formål og ramme uklar" in page
    assert "Ingen bliver inviteret, før borgerens ønsker er skrevet" in page
    tovholder.does(meeting + "indbudt/")
    assert "Skriv først, hvem borgeren ønsker med" in tovholder.sees(meeting)
    tovholder.does(meeting + "oensker/", wishes="Ikke min mor, hun er syg.")
    assert "Ikke min mor, hun er syg." in tovholder.sees(meeting)


@pytest.mark.scenario("003/S7", "An acting tovholder outside the team")
def test_staff_of_another_place_can_be_acting_tovholder(tovholder: Worker) -> None:
    network = tovholder.opens()
    tovholder.names(network, "Bo fra botilbuddet", part="acting")
    page = tovholder.sees(network)
    assert "Bo fra botilbuddet" in page
    assert "Fungerende" in page


@pytest.mark.scenario("003/S9", "The role explained in plain words")
@pytest.mark.req("R-003-14")
def test_the_card_says_what_a_tovholder_can_and_cannot(tovholder: Worker) -> None:
    network = tovholder.opens()
    tovholder.names(network, "Tove Holdersen")
    assert tovholder.browser.get(network + "kort/").content.startswith(b"%PDF")
    tovholder.does(network + "givet/", how="talk", on=timezone.localdate().isoformat())
    assert "kortet med tovholderens navn og telefon, i en samtale" in tovholder.sees(network)


@pytest.mark.scenario("003/S11", "The professional lead reads and answers")
@pytest.mark.req("R-003-64", "R-003-67")
def test_what_the_tovholder_writes_is_read_and_answered(world: World, tovholder: Worker) -> None:
    worker = Worker(world, "social.frontline")
    network = worker.opens()
    worker.does(network + "skema/", activity="contact", text="Ringede om posten.", on=timezone.localdate().isoformat())
    home = tovholder.sees(reverse("coordination:home"))
    assert network + "skema/" in home
    page = tovholder.sees(network + "skema/")
    entry = next(
        bit for bit in page.split('"') if bit.startswith(network + "skema/") and bit.endswith("/") and len(bit) > 85
    )
    tovholder.does(entry, reply="Godt. Husk at spørge til hunden.")
    assert "Husk at spørge til hunden." in worker.sees(network + "skema/")


@pytest.mark.scenario("003/S12", "The ward sees the tovholder at admission")
@pytest.mark.req("R-003-10", "R-003-11")
def test_the_ward_sees_the_tovholder_and_is_proposed_to_ask_them(tovholder: Worker, nurse: Worker, ward: UUID) -> None:
    network = tovholder.opens(cpr="6111551111")
    tovholder.names(network, "Tove Holdersen")
    tovholder.lets_in(network, ward, "coordinator", "contacts", "events")
    page = nurse.sees(network)
    assert "Tove Holdersen" in page
    assert PHONE in page
    assert HOURS in page
    # The discharge is planned from day one, and the tovholder belongs at the talk
    on = timezone.localdate() + timedelta(days=14)
    draft = nurse.does(network + "haendelse/", kind="discharge", day=on.isoformat(), clock="10:00", text="")
    said = nurse.sees(draft)
    assert "Tove Holdersen" in said
    assert "Kom igen, hvis det bliver værre" in said
    nurse.does(draft + "frigiv/")
    assert "Udskrevet" in tovholder.sees(network)


@pytest.mark.scenario("003/S33", "The same path of information from another ward")
@pytest.mark.req("R-003-10")
def test_another_ward_has_the_same_way(
    world: World, tovholder: Worker, nurse: Worker, owner_connection: psycopg.Connection
) -> None:
    slagelse = unit(world, owner_connection, "Psykiatrien i Slagelse", "psychiatry.screener", "psychiatry")
    network = tovholder.opens()
    tovholder.names(network, "Tove Holdersen")
    tovholder.lets_in(network, slagelse, "coordinator")
    assert PHONE in Worker(world, "psychiatry.screener").sees(network)
    # And H3, whom he has not let in, sees nothing
    assert nurse.browser.get(network).status_code == 404


@pytest.mark.scenario("003/S15", "Absent, but told of a new tovholder")
@pytest.mark.req("R-003-8", "R-003-9")
def test_whoever_was_not_there_has_the_news_on_the_desk(
    world: World, tovholder: Worker, owner_connection: psycopg.Connection
) -> None:
    fourth(world, owner_connection)
    network = tovholder.opens()
    tovholder.names(network, "Tove Holdersen")
    tovholder.lets_in(network, world.authorities["other"], "coordinator")
    absent = Worker(world, "other.member")
    absent.does(network + "noteret/")
    tovholder.names(network, "Ny Nielsen", why="Tove er på barsel")
    assert "Nyt om borgere, der har lukket jer ind" in absent.sees(reverse("web:desk"))
    page = absent.sees(network)
    assert "Ny Nielsen er tovholder nu. Før var det Tove Holdersen." in page
    assert CITIZEN not in absent.sees(reverse("web:desk"))


@pytest.mark.scenario("003/S16", "An outside consultant sees the approved summary only")
@pytest.mark.req("R-003-59", "R-003-119")
def test_another_actor_sees_the_approved_summary_and_no_more(
    world: World, tovholder: Worker, owner_connection: psycopg.Connection
) -> None:
    fourth(world, owner_connection)
    network = tovholder.opens()
    agreed = {"how": "talk", "on": timezone.localdate().isoformat(), "seen": "0"}
    tovholder.does(network + "fortalt/situation/", own_words="Jeg vil helst ringes op.", words="", **agreed)
    tovholder.does(network + "fortalt/illness/", own_words="", words="Hører stemmer.", **agreed)
    tovholder.does(network + "fortalt/wishes/", own_words="Et arbejde.", words="", how="", on="", seen="0")
    tovholder.lets_in(network, world.authorities["other"], "situation", "wishes")
    page = Worker(world, "other.member").sees(network + "fortalt/")
    assert "Jeg vil helst ringes op." in page
    # Not named by the yes, and named but not approved
    assert "Hører stemmer." not in page
    assert "Et arbejde." not in page


@pytest.mark.scenario("003/S30", "Somebody else than the tovholder convenes")
@pytest.mark.req("R-003-23")
def test_whoever_calls_it_need_not_be_the_tovholder(tovholder: Worker) -> None:
    network = tovholder.opens()
    tovholder.names(network, "Tove Holdersen")
    tovholder.does(network + "moede/", called_by="Familieafdelingen", purpose="Børnene", clear="on")
    meeting = next(
        bit for bit in tovholder.sees(network).split('"') if bit.startswith(network + "moede/") and len(bit) > 60
    )
    assert "ønsket af Familieafdelingen" in tovholder.sees(meeting)
