"""The own doctor, as the reports tell of it (003 chapter 5 and section 9; 002 section 10)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.scenarios.test_network import CITIZEN, HOURS, PHONE, Worker
from tests.world import World

CPR = "6111551111"


@pytest.fixture
def tovholder(world: World) -> Worker:
    """Somebody of the municipality who leads, and holds the network together."""
    return Worker(world, "social.member")


@pytest.fixture
def nurse(world: World, ward: UUID) -> Worker:
    """A nurse of Afsnit H3."""
    return Worker(world, "psychiatry.frontline")


@pytest.fixture
def doctor(world: World, practices: None) -> Worker:
    """The citizen's own doctor."""
    return Worker(world, "practice.frontline")


@pytest.fixture
def network(world: World, tovholder: Worker, nurse: Worker, doctor: Worker, ward: UUID) -> str:
    """A network with a tovholder and an own doctor; the citizen has let the doctor and the ward in."""
    address = tovholder.opens(cpr=CPR)
    tovholder.names(address, "Tove Holdersen")
    tovholder.does(
        address + "laege/navn/", practice=str(world.authorities["practice"]), phone="00 00 55 40", hours="8-9"
    )
    tovholder.lets_in(address, world.authorities["practice"], "coordinator", "events", "situation")
    tovholder.lets_in(address, ward, "coordinator", "events")
    return address


def addresses(page: str, begins: str, ends: str = "") -> list[str]:
    """The links and forms of a page that lead to such a place."""
    return [bit for bit in page.split('"') if bit.startswith(begins) and bit.endswith(ends) and len(bit) > len(begins)]


@pytest.mark.scenario("003/S22", "A joint referral from the practice")
def test_both_psychiatries_receive_it_and_come_together_only_on_a_yes(
    network: str, doctor: Worker, nurse: Worker, tovholder: Worker
) -> None:
    for number, joint in enumerate(({}, {"joint": "on"}), start=1):
        draft = doctor.does(network + "laege/henvisning/", text=f"Stemmer hver nat, {number}.", **joint)
        page = doctor.sees(draft)
        assert "Afsnit H3" in page
        assert "Tovholderen, Prøveby Kommune" in page
        doctor.does(draft + "frigiv/")
        for receiver in (nurse, tovholder):
            page = receiver.sees(network + "laege/")
            assert f"Stemmer hver nat, {number}." in page
            assert ("ja til, at I kommer sammen første gang" in page) is bool(joint)


@pytest.mark.scenario("003/S23", "The practice is alerted before a commitment")
def test_the_practice_knows_that_a_commitment_is_considered(network: str, doctor: Worker, tovholder: Worker) -> None:
    typed = {"kind": "compulsion", "text": "Spiser ikke. Vi taler med psykiatrien i dag.", "call": f"Tove, {PHONE}"}
    tovholder.does(network + "laege/besked/", **typed)
    assert "1 ny" in doctor.sees(reverse("coordination:patients"))
    page = doctor.sees(network + "laege/")
    for words in ("Tvangsindlæggelse overvejes", "Spiser ikke.", f"Tove, {PHONE}", HOURS):
        assert words in page
    # Without the basis nothing goes
    take_back = addresses(tovholder.sees(network), network + "lukke-ind/", "/tilbage/")
    for address in take_back:
        tovholder.does(address)
    assert "ikke sagt ja" in tovholder.does(network + "laege/besked/", 400, **typed)


@pytest.mark.scenario("003/S25", "The practice gets its copy in one action")
@pytest.mark.req("R-003-71")
def test_one_button_one_text(network: str, nurse: Worker, doctor: Worker) -> None:
    assert "Kopi efter konference" in nurse.sees(network + "laege/")
    nurse.does(network + "laege/kopi/", text="Medicinen fortsætter. Hjem på torsdag.")
    page = doctor.sees(network + "laege/")
    assert "Behandlingskonference holdt" in page
    assert "Hjem på torsdag." in page


@pytest.mark.scenario("003/S31", "The practice joins one item only")
@pytest.mark.req("R-003-72")
def test_the_practice_that_asked_is_invited_to_its_own_patients_item(
    network: str, doctor: Worker, tovholder: Worker
) -> None:
    doctor.does(network + "laege/bekymring/", text="Jeg vil gerne være med, når I taler om medicinen.")
    assert "Jeg vil gerne være med" in tovholder.sees(network + "laege/")
    on = timezone.localdate() + timedelta(days=7)
    tovholder.does(
        network + "moede/",
        called_by="Borgeren",
        purpose="Boligen og medicinen",
        clear="on",
        day=on.isoformat(),
        clock="10:00",
        place="I lægehuset",
    )
    meeting = next(one for one in addresses(tovholder.sees(network), network + "moede/") if len(one) > 60)
    tovholder.does(meeting + "oensker/", wishes="Lægen må gerne være med til det om medicinen.")
    tovholder.does(network + "laege/invitation/", meeting=meeting.split("/")[-2], item="Medicinen, ti minutter")
    page = doctor.sees(network + "laege/")
    assert "I lægehuset. Medicinen, ti minutter" in page
    # The rest of the meeting is not the doctor's
    assert "Boligen" not in page
    assert doctor.browser.get(meeting).status_code == 404
    doctor.does(addresses(page, network + "laege/svar/")[0], answer="comes")
    assert "Vi kommer" in tovholder.sees(network + "laege/")


@pytest.mark.scenario("002/AS-23", "Missing epikrise")
@pytest.mark.req("R-002-91")
def test_the_doctor_without_an_epikrise_sees_the_summary_of_the_plan_or_asks(
    world: World, network: str, doctor: Worker, nurse: Worker, tovholder: Worker
) -> None:
    gone = timezone.localdate() - timedelta(days=9)
    nurse.does(
        nurse.does(network + "haendelse/", kind="discharge", day=gone.isoformat(), clock="10:00", text="") + "frigiv/"
    )
    plan = tovholder.does(
        network + "planer/ny/",
        kind="joint",
        goals="Jeg vil trappe ned og sove.",
        review_on=(timezone.localdate() + timedelta(days=30)).isoformat(),
    )
    tovholder.does(plan + "linje/", owner="citizen", what="Ringer, når det bliver værre")
    tovholder.does(plan + "kraft/", reply="yes", on=timezone.localdate().isoformat())
    summary = ("Jeg vil trappe ned og sove.", "Ringer, når det bliver værre")
    # The epikrise is late. His yes so far does not name plans: the practice asks the ward, and nobody else but the
    # tovholder reads it
    page = doctor.sees(network + "laege/")
    assert "Forsinket" in page
    assert not any(words in page for words in summary)
    assert "Borgeren har ikke sagt ja til, at I ser planer" in page
    assert network + "spoerg/" in page
    question = "Patienten ringer til os. Vi mangler epikrisen. Hvad er planen?"
    draft = doctor.does(network + "spoerg/", text=question)
    choice = next(bit for bit in doctor.sees(draft).split("<input") if "Afsnit H3" in bit)
    doctor.does(draft + "frigiv/", to=next(bit for bit in choice.split('"') if len(bit) == 36))
    assert question in nurse.sees(network)
    assert question in tovholder.sees(network)
    # He says yes to plans too: the latest plan stands on the doctor's own page
    own = str(world.authorities["practice"])
    tovholder.lets_in(network, UUID(own), "coordinator", "events", "plans")
    page = doctor.sees(network + "laege/")
    for words in ("Den seneste plan", *summary):
        assert words in page
    # Without a valid yes: the neutral answer, and nothing of him
    for address in addresses(tovholder.sees(network), network + "lukke-ind/", "/tilbage/"):
        tovholder.does(address)
    assert doctor.browser.get(network + "laege/").status_code == 404
    assert doctor.browser.get(network + "spoerg/").status_code == 404
    page = doctor.does(reverse("coordination:look"), 200, cpr=CPR)
    assert CITIZEN not in page


@pytest.mark.scenario("002/AS-25", "No-show to GP")
@pytest.mark.req("R-002-90")
def test_the_doctor_who_referred_learns_that_he_did_not_come_when_he_has_said_yes(
    network: str, doctor: Worker, nurse: Worker, tovholder: Worker
) -> None:
    draft = doctor.does(network + "laege/henvisning/", text="Stemmer hver nat.")
    doctor.does(draft + "frigiv/")
    assert "Stemmer hver nat." in nurse.sees(network + "laege/")
    stays_away(nurse, network, "Kom ikke til samtalen i dag.")
    assert "Udeblevet" in doctor.sees(reverse("web:desk"))
    assert "Kom ikke til samtalen i dag." in doctor.sees(network + "laege/")
    # The yes is taken back: the next time the practice hears nothing
    for address in addresses(tovholder.sees(network), network + "lukke-ind/", "/tilbage/"):
        tovholder.does(address)
    assert nurse.browser.get(network + "haendelse/").status_code == 404
    assert "Udeblevet" not in doctor.sees(reverse("web:desk"))


def stays_away(nurse: Worker, network: str, text: str) -> None:
    """The ward tells that the citizen did not come."""
    at = timezone.localtime() - timedelta(minutes=2)
    day = {"day": at.date().isoformat(), "clock": at.strftime("%H:%M")}
    nurse.does(nurse.does(network + "haendelse/", kind="no_show", text=text, **day) + "frigiv/")
