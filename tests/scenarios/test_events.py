"""Admission, discharge and what was agreed for them, as the reports tell of it (002 chapter 11, 004 section 9)."""

import re
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.coordination.ground import office
from tests.meetings.table import fourth
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
    said = {"day": at.date().isoformat(), "clock": at.strftime("%H:%M"), "text": "", **typed}
    draft = nurse.does(network + "haendelse/", kind=kind, **said)
    page = nurse.sees(draft)
    nurse.does(draft + "frigiv/")
    return page


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
    # Every week while he is there: each visit is a line of its own.
    for weeks in (2, 1, 0):
        tovholder.does(
            network + "skema/",
            activity="contact",
            text=f"Bostøtten stod i døren i to sekunder, besøg {3 - weeks}. Han vil ikke have besøg.",
            on=(timezone.localdate() - timedelta(weeks=weeks)).isoformat(),
        )
    sheet = tovholder.sees(network + "skema/")
    assert [f"besøg {number}." in sheet for number in (1, 2, 3)] == [True, True, True]
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
@pytest.mark.req("R-002-6")
def test_one_discharge_notice_reaches_several_municipalities_each_in_its_own_form(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID, owner_connection: psycopg.Connection
) -> None:
    fourth(world, owner_connection)
    jobs = office(world, owner_connection, "Jobcentret", "Jens Jobsen")
    network = tovholder.opens()
    tovholder.names(network, "Tove Holdersen")
    tovholder.lets_in(network, ward, "events")
    tovholder.lets_in(network, jobs, "events")
    tovholder.lets_in(network, world.authorities["other"], "events")
    # How each wants it is its own to say, once: its administrator does
    settings = Worker(world, "social.admin")
    changed = {"name": "Jobcentret", "phone": "", "hours": "", "inbox": "", "notice": "text"}
    settings.does(reverse("partnerships:unit_edit", args=[jobs]), **changed)
    owner_connection.execute(
        "update partnerships_authority set notice = 'letter' where id = %s", [world.authorities["other"]]
    )
    owner_connection.commit()
    # The ward writes once, and sees beforehand how it reaches each
    said = tells(nurse, network, "discharge")
    for words in ("som tekst til vores eget system", "som brev (pdf)", "på skærmen"):
        assert words in said
    first = {"Jobcentret": ("tekst/", "Hent teksten til jeres system"), "other.member": ("brev/", "Åbn jeres brev")}
    letters = []
    for seat in ("social.member", "Jobcentret", "other.member"):
        reader = Worker(world, seat)
        page = reader.sees(network)
        assert "Udskrevet" in page
        links = re.findall(rf"{network}besked/[0-9a-f-]+/(?:tekst|brev)/", page)
        letters += links
        if seat in first:
            ending, words = first[seat]
            assert words in page
            assert links[0].endswith(ending)
        assert "Åbn jeres brev" not in page or seat == "other.member"
        lines = reader.sees(next(one for one in links if one.endswith("tekst/")))
        assert "Udskrevet" in lines
        assert "Kom igen, hvis det bliver værre" in lines
        assert reader.browser.get(next(one for one in links if one.endswith("brev/"))).content.startswith(b"%PDF")
    # One receiver's notice is no other's.
    outsider = Worker(world, "psychiatry.member")
    assert len(set(letters)) == 6
    for one in letters:
        assert outsider.browser.get(one).status_code == 404
    assert Worker(world, "Jobcentret").browser.get(letters[-1]).status_code == 404


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
def test_an_skp_user_is_admitted_and_gets_a_contact_person_and_an_agreement(
    world: World, tovholder: Worker, nurse: Worker, ward: UUID, owner_connection: psycopg.Connection
) -> None:
    team = office(world, owner_connection, "SKP-teamet", "Karl Kontakt")
    skp = Worker(world, "SKP-teamet")
    network = tovholder.opens()
    tovholder.names(network, "Tove Holdersen")
    tovholder.does(network + "kontakt/", role="support", name="Karl Kontakt", place="SKP-teamet", phone="33 33 33 33")
    tovholder.lets_in(network, ward, "coordinator", "contacts", "events", "plans")
    tovholder.lets_in(network, team, "events", "plans")
    said = tells(nurse, network, "admission", urgency="acute")
    assert "Tove Holdersen" in said
    assert "Karl Kontakt" in said
    # The SKP is told, by the ward, at once
    assert "Indlagt akut" in skp.sees(reverse("web:desk"))
    assert "Indlagt akut" in skp.sees(network)
    # The contact person within a day, orally and in writing
    assert "Borgeren får navnet på en kontaktperson" in nurse.sees(reverse("web:desk"))
    address = task(nurse, network, "contact_person")
    nurse.does(address, **now(said="orally", name="Kirsten Kontakt"))
    nurse.does(address, **now(said="in_writing", name="Kirsten Kontakt"))
    page = nurse.sees(network)
    assert "Sagt mundtligt: Kirsten Kontakt" in page
    assert "Givet skriftligt: Kirsten Kontakt" in page
    # Is the SKP informed? The ward can say so too, or that he does not want it.
    nurse.does(task(nurse, network, "support_person"), **now(said="told"))
    assert "De har fået besked" in nurse.sees(network)
    # The talk: the SKP is proposed to it, and the agreement is made before he goes home
    said = tells(nurse, network, "discharge", timedelta(days=2))
    assert "Karl Kontakt" in said
    assert "Kom igen, hvis det bliver værre" in said
    plan = tovholder.does(
        network + "planer/ny/",
        kind="discharge",
        discharge="simple",
        goals="Jeg vil hjem til min hund.",
        review_on=(timezone.localdate() + timedelta(days=30)).isoformat(),
    )
    tovholder.does(plan + "linje/", owner=f"u-{team}", what="Kommer forbi hver dag den første uge")
    tovholder.does(plan + "linje/", owner=f"u-{team}", what="Banker på samme dag", part="away")
    assert skp.browser.get(plan).status_code == 404
    tovholder.does(plan + "kraft/", reply="yes", on=timezone.localdate().isoformat())
    for worker in (skp, nurse):
        page = worker.sees(plan)
        assert "Udskrivningsaftale" in page
        assert "Jeg vil hjem til min hund." in page
        assert "Kommer forbi hver dag den første uge" in page
        assert "Udskrivningsaftale" in worker.sees(network)
    assert "Udskrevet (planlagt)" in skp.sees(network)
