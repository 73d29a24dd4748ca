"""Plans, as the reports tell of them: at a discharge, after a network meeting, and when something goes otherwise."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.utils import timezone

from tests.coordination.ground import office, unit
from tests.scenarios.test_network import CITIZEN, PHONE, Worker
from tests.scenarios.test_own_doctor import addresses
from tests.world import World

TODAY = timezone.localdate()
GOAL = "Jeg vil være hjemme, og jeg vil ikke have fremmede ind."


@pytest.fixture
def tovholder(world: World) -> Worker:
    """Somebody of the municipality who leads, and holds the network together."""
    return Worker(world, "social.member")


@pytest.fixture
def nurse(world: World, ward: UUID) -> Worker:
    """A nurse of Afsnit H3."""
    return Worker(world, "psychiatry.frontline")


def starts(worker: Worker, network: str, kind: str, **typed: object) -> str:
    """Begin a plan; its address."""
    text = {"kind": kind, "goals": GOAL, "review_on": (TODAY + timedelta(days=30)).isoformat()}
    return worker.does(network + "planer/ny/", **{**text, **typed})


def writes(worker: Worker, plan: str, owner: str, what: str, **more: object) -> None:
    """Write a line of it."""
    worker.does(plan + "linje/", owner=owner, what=what, **more)


def holds(worker: Worker, plan: str, reply: str = "yes", **more: object) -> None:
    """Put it in force."""
    worker.does(plan + "kraft/", reply=reply, on=TODAY.isoformat(), **more)


@pytest.mark.scenario("000/V-13", "Discharge from forensic psychiatry")
def test_a_plan_may_be_just_where_another_plan_stands(tovholder: Worker, nurse: Worker, ward: UUID) -> None:
    network = tovholder.opens()
    where = "Samarbejdsplan hos retspsykiatrien, sag 44, hos overlægen"
    plan = starts(tovholder, network, "elsewhere", goals="", reference=where)
    tovholder.lets_in(network, ward, "plans")
    assert nurse.browser.get(plan).status_code == 404
    tovholder.does(plan + "henvis/")
    assert where in nurse.sees(plan)
    assert "Plan et andet sted" in nurse.sees(network)


@pytest.mark.scenario("003/S2", "A conclusion with a fall-back after a large network meeting")
@pytest.mark.req("R-003-117")
def test_the_plan_and_what_is_done_instead_each_with_an_owner_and_why(tovholder: Worker) -> None:
    network = tovholder.opens()
    meeting = tovholder.does(network + "moede/", called_by=CITIZEN)
    meeting = next(
        bit for bit in tovholder.sees(network).split('"') if bit.startswith(network + "moede/") and len(bit) > 60
    )
    tovholder.does(meeting + "aftale/", what="Flytter til Grønnegården", owner="Bostøtten")
    plan = tovholder.does(meeting + "plan/", kind="joint", goals=GOAL, review_on=TODAY.isoformat())
    refused = {"owner": "citizen", "what": "Et sted i nærheden", "part": "fallback", "reason": ""}
    assert "Skriv, hvorfor det er det" in tovholder.does(plan + "linje/", 400, **refused)
    writes(tovholder, plan, "citizen", "Et sted i nærheden", part="fallback", reason="Hans familie bor i byen")
    holds(tovholder, plan)
    page = tovholder.sees(plan)
    for words in ("Flytter til Grønnegården", "Bostøtten", "I stedet, hvis det ikke går", "Hans familie bor i byen"):
        assert words in page
    assert page.index("Flytter til Grønnegården") < page.index("Et sted i nærheden")


@pytest.mark.scenario("002/AS-27", "Planlægningsmøde")
@pytest.mark.req("R-002-142")
def test_the_ward_is_asked_to_arrange_the_planning_meeting(tovholder: Worker, nurse: Worker, ward: UUID) -> None:
    network = tovholder.opens()
    tovholder.does(network + "kontakt/", role="misuse", name="Mona Prøve", place="Center for Rusmidler", phone=PHONE)
    tovholder.lets_in(network, ward, "contacts", "events")
    draft = nurse.does(network + "haendelse/", kind="admission", day=TODAY.isoformat(), clock="0:00", text="")
    page = nurse.sees(draft)
    assert "Jeres opgave: arranger et planlægningsmøde" in page
    assert "Center for Rusmidler" in page
    assert PHONE in page


@pytest.mark.scenario("002/AS-28", "Homeless after psychosis")
@pytest.mark.req("R-002-119", "R-002-145")
def test_three_offices_share_one_list_in_which_one_waits_for_another(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID, owner_connection: psycopg.Connection
) -> None:
    names = {"Boligkontoret": "Bodil Bolig", "Ydelseskontoret": "Yrsa Ydelse", "Socialpsykiatrien": "Sofus Støtte"}
    housing, benefits, support = (office(world, owner_connection, name, who) for name, who in names.items())
    network = tovholder.opens()
    plan = starts(tovholder, network, "discharge", discharge="simple")
    # The first line, on the visitator, stands there already.
    writes(tovholder, plan, f"u-{housing}", "Finder en bolig", changed="on")
    writes(tovholder, plan, f"u-{benefits}", "Betaler indskuddet", after="2")
    writes(tovholder, plan, f"u-{support}", "Hjælper med at flytte ind", after="3")
    writes(tovholder, plan, f"u-{ward}", "Ringer efter en uge")
    writes(tovholder, plan, f"u-{support}", "Kører ud samme dag", part="away")
    holds(tovholder, plan)
    # Working in the same municipality opens nothing: each office is let in by his yes
    offices = [Worker(world, name) for name in names]
    for one in (*offices, nurse):
        assert one.browser.get(plan).status_code == 404
    for key in (housing, benefits, support, ward):
        tovholder.lets_in(network, key, "plans")
    for one in (*offices, nurse):
        page = one.sees(plan)
        for words in (*names, "Finder en bolig", "Venter på linje 2", "Venter på linje 3"):
            assert words in page
        # The municipality gives its own offices tasks; what it writes for another sector is a proposal
        assert ("Jeres linjer er et forslag, til I siger ja" in page) is (one is nurse)
    nurse.does(plan + "ja/")
    # Housing first: then the deposit can be paid, and then somebody helps him in
    done = addresses(tovholder.sees(plan), plan + "linje/", "/gjort/")
    tovholder.does(done[1])
    for one in (*offices, nurse):
        page = one.sees(plan)
        assert "Linje 2 er gjort" in page
        assert "Venter på linje 3" in page
    tovholder.does(done[2])
    assert "Linje 3 er gjort" in offices[2].sees(plan)
    # One whom he lets in no more reads no more
    back = addresses(tovholder.sees(network), network + "lukke-ind/", "/tilbage/")
    for address in back:
        tovholder.does(address)
    for one in (*offices, nurse):
        assert one.browser.get(plan).status_code == 404


@pytest.mark.scenario("002/AS-30", "Unmotivated at discharge")
@pytest.mark.req("R-004-126")
def test_visitator_hears_of_it_and_the_citizen_knows_and_need_not_open_the_door(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID, owner_connection: psycopg.Connection
) -> None:
    visitation = unit(world, owner_connection, "Visitationen", "social.frontline")
    visitator = Worker(world, "social.frontline")
    network = tovholder.opens()
    tovholder.lets_in(network, visitation, "plans", "events")
    tovholder.lets_in(network, ward, "events")
    plan = starts(tovholder, network, "discharge", discharge="simple")
    assert "Giver visitator besked om udskrivningen" in tovholder.sees(plan)
    writes(tovholder, plan, f"u-{visitation}", "Ringer og spørger igen", part="away")
    holds(tovholder, plan, "no", declines="on")
    page = visitator.sees(plan)
    assert "Koordinationsplan" in page
    assert "Visitator får besked, og borgeren ved det" in page
    assert "Borgeren bestemmer selv, om der bliver lukket op" in page
    draft = nurse.does(network + "haendelse/", kind="discharge", day=TODAY.isoformat(), clock="0:00", text="")
    nurse.does(draft + "frigiv/")
    assert "Udskrevet" in visitator.sees(network)


@pytest.mark.scenario("002/AS-32", "Who does what")
@pytest.mark.req("R-002-101")
def test_a_meeting_at_home_ends_in_a_division_of_labour(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID
) -> None:
    network = tovholder.opens()
    for name in ("Karl SKP", "Karen SKP"):
        tovholder.does(network + "kontakt/", role="support", name=name)
    tovholder.lets_in(network, ward, "plans")
    plan = starts(tovholder, network, "joint")
    page = tovholder.sees(plan)
    contacts = [bit for bit in page.split('"') if bit.startswith("c-")]
    for owner, what in zip(
        [*contacts, f"u-{ward}", "citizen"], ("Vasker", "Handler", "Giver medicin", "Laver mad"), strict=True
    ):
        writes(tovholder, plan, owner, what, due_on=TODAY.isoformat())
    holds(tovholder, plan)
    seen = nurse.sees(plan)
    for words in ("Karl SKP", "Karen SKP", "Afsnit H3", CITIZEN, "Vasker", "Handler", "Giver medicin", "Laver mad"):
        assert words in seen
    assert "Jeres linjer er et forslag, til I siger ja" in seen
    nurse.does(plan + "ja/")
    assert "Siger ja" in tovholder.sees(plan)


@pytest.mark.scenario("004/AS-11", "An unannounced discharge")
@pytest.mark.req("R-004-125", "R-004-126")
def test_a_sudden_discharge_reaches_the_assessment_unit_and_the_skp(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID, owner_connection: psycopg.Connection
) -> None:
    visitation = unit(world, owner_connection, "Visitationen", "social.frontline")
    network = tovholder.opens()
    tovholder.does(network + "kontakt/", role="support", name="Karl Prøve")
    tovholder.lets_in(network, visitation, "events")
    tovholder.lets_in(network, ward, "events", "contacts")
    # He has gone already: the ward tells it, and the plan needs no meeting.
    draft = nurse.does(network + "haendelse/", kind="discharge", day=TODAY.isoformat(), clock="0:00", text="Gik i nat")
    assert "Karl Prøve" in nurse.sees(draft)
    nurse.does(draft + "frigiv/")
    assert "Gik i nat" in Worker(world, "social.frontline").sees(network)
    plan = starts(tovholder, network, "discharge", discharge="sudden")
    page = tovholder.sees(plan)
    assert "Giver visitator besked om udskrivningen" in page
    assert "Giver støtte-kontaktpersonen (SKP) besked om udskrivningen" in page
    assert "Visitationen" in page
    writes(tovholder, plan, "citizen", "Ringer, når det bliver værre", part="away")
    holds(tovholder, plan)
    assert "Uvarslet" in tovholder.sees(plan)
