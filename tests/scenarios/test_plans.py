"""Plans, as the reports tell of them: at a discharge, after a network meeting, and when something goes otherwise."""

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.utils import timezone

from tests.scenarios.test_network import CITIZEN, PHONE, Worker
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


def unit(world: World, owner: psycopg.Connection, name: str, seat: str = "", of: str = "social") -> UUID:
    """A unit, and who works there."""
    key = uuid4()
    owner.execute(
        "insert into partnerships_unit (id, authority_id, name, phone, hours, inbox) values (%s, %s, %s, '', '', '')",
        [key, world.authorities[of], name],
    )
    if seat:
        owner.execute("update partnerships_capacity set unit_id = %s where id = %s", [key, world.seats[seat].post])
    owner.commit()
    return key


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
def test_three_offices_share_one_list_in_which_one_waits_for_another(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID, owner_connection: psycopg.Connection
) -> None:
    housing = unit(world, owner_connection, "Boligkontoret")
    benefits = unit(world, owner_connection, "Ydelseskontoret")
    support = unit(world, owner_connection, "Socialpsykiatrien", "social.frontline")
    network = tovholder.opens()
    for one in (support, ward):
        tovholder.lets_in(network, one, "plans")
    plan = starts(tovholder, network, "discharge", discharge="simple")
    # The first line, on the visitator, stands there already.
    writes(tovholder, plan, f"u-{housing}", "Finder en bolig", changed="on")
    writes(tovholder, plan, f"u-{benefits}", "Betaler indskuddet", after="2")
    writes(tovholder, plan, f"u-{support}", "Hjælper med at flytte ind", after="3")
    writes(tovholder, plan, f"u-{ward}", "Ringer efter en uge")
    writes(tovholder, plan, f"u-{support}", "Kører ud samme dag", part="away")
    holds(tovholder, plan)
    for one in (Worker(world, "social.frontline"), nurse):
        page = one.sees(plan)
        for words in (
            "Boligkontoret",
            "Ydelseskontoret",
            "Socialpsykiatrien",
            "Venter på linje 2",
            "Venter på linje 3",
        ):
            assert words in page
    lines = [bit for bit in tovholder.sees(plan).split('"') if bit.endswith("/gjort/")]
    tovholder.does(lines[1])
    assert "Linje 2 er gjort" in nurse.sees(plan)


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
