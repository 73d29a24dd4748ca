"""From one citizen's trouble to a rule for all: a general issue leaves its case behind (000 section 2.19)."""

import psycopg
import pytest

from tests.above import steer
from tests.meetings.table import lead
from tests.scenarios.language import Authority, Person, Town
from tests.world import World


@pytest.fixture
def coordinator(town: Town, world: World, owner_connection: psycopg.Connection) -> Person:
    """The social services' member, who also coordinates the group."""
    lead(world, owner_connection)
    return town.authorities["social"].member


@pytest.fixture
def leader(town: Town, world: World, owner_connection: psycopg.Connection) -> Person:
    """A police leader in the steering group."""
    steer(world, owner_connection)
    owner_connection.commit()
    return Person(world.seats["police.leader"], town.authorities["police"], "Leder Police")


@pytest.mark.scenario("000/V-01", "Benefits stop, the home is lost, a new procedure")
@pytest.mark.req("R-000-74", "R-000-142", "R-000-143", "R-001-16")
def test_a_lost_home_becomes_a_procedure_and_nobody_above_sees_whose_it_was(
    police: Authority, social: Authority, psychiatry: Authority, coordinator: Person, leader: Person
) -> None:
    # Given a citizen about to lose the home, because the benefit stopped and the rent was not paid
    concern = police.officer.tells(
        "Fogeden kommer på fredag. Kontanthjælpen stoppede i maj, og huslejen er ikke betalt.",
        person="Frode Prøvesen 611155-1111",
    )
    case = police.screener.puts_on_agenda(concern, social, psychiatry, traits=("losing_home",))
    # When the group deals with the case itself
    meeting = social.member.plans_meeting(days=0)
    social.member.decides(meeting, case, "placed", "Udsættelsen standses, og der laves en afdragsordning.")
    social.member.agrees(case, "Betaler huslejen for maj og juni", "Fogeden ringes op samme dag")
    # And asks how it can be prevented, first in words that lead back to him, which are refused
    title = "Huslejen, når kontanthjælpen stopper"
    police.member.notes_hole(case, title, "Frode Prøvesen mistede sin bolig.", owner=coordinator, refused=True)
    hole = police.member.notes_hole(
        case,
        title,
        "Når kontanthjælpen stopper, ser ingen efter, om huslejen bliver betalt. Der mangler en fast opfølgning.",
        owner=coordinator,
    )
    # Then it is the coordinator's to bring on, and the coordinator presents it to the steering group
    assert coordinator.has_on_desk("Et systemhul venter på dig")
    coordinator.sends_up(hole, "Styregruppen")
    assert leader.has_on_desk("Et systemhul venter på dig")
    above = leader.reads_hole(hole)
    assert above.says("Der mangler en fast opfølgning")
    # With no way back to the person
    for trace in (case.reference, case.id, "Prøvesen", "Frode"):
        assert trace not in above.html
    assert leader.sees_nothing_of(case)
    # And what came of it stands above, with the group, and on the case that showed it
    leader.answers_hole(hole, "Vi gør noget ved det", "Fast opfølgning ved hvert ophør fra næste måned.")
    for person in (leader, coordinator, psychiatry.member):
        assert person.reads_hole(hole).says("Fast opfølgning ved hvert ophør fra næste måned.")
    assert police.member.sees(case, "Fast opfølgning ved hvert ophør fra næste måned.")
    assert coordinator.has_on_desk("Et systemhul venter på dig")


@pytest.mark.scenario("000/V-01", "Benefits stop, the home is lost, a new procedure")
@pytest.mark.req("R-000-74", "R-000-143")
def test_the_table_talks_of_it_and_the_coordinator_presents_it_above_and_along_the_line(
    police: Authority, social: Authority, psychiatry: Authority, coordinator: Person, leader: Person
) -> None:
    # Given the case of a citizen who is about to lose the home, dealt with at the table
    concern = police.officer.tells("Fogeden kommer på fredag.", person="Frode Prøvesen 611155-1111")
    case = police.screener.puts_on_agenda(concern, social, psychiatry, traits=("losing_home",))
    meeting = social.member.plans_meeting(days=0)
    social.member.decides(meeting, case, "placed", "Udsættelsen standses.")
    # When it turns into a discussion of how it can be prevented, in words that all in the group may read
    social.member.writes_at(meeting, "general", "Frode Prøvesen mistede sin bolig.", refused=True)
    proposal = "Når kontanthjælpen stopper, ser ingen efter huslejen. Vi foreslår en fast opfølgning."
    social.member.writes_at(meeting, "general", proposal)
    assert psychiatry.member.reads_minutes(meeting).says("Vi foreslår en fast opfølgning.")
    title = "Huslejen, når kontanthjælpen stopper"
    hole = police.member.notes_hole(case, title, proposal, owner=coordinator)
    coordinator.sends_up(hole, "Styregruppen")
    # Then it is up at the steering group's own meeting, which decides and answers
    above = leader.plans_in("Styregruppen", days=1)
    assert leader.browser.open(above.address).says(title)
    leader.writes_at(above, "decisions", "Kommunen indfører fast opfølgning ved hvert ophør.")
    leader.answers_hole(hole, "Vi gør noget ved det", "Fast opfølgning ved hvert ophør.")
    # With nothing that leads back to the person
    for page in (leader.browser.open(above.address), leader.reads_minutes(above), leader.reads_hole(hole)):
        for trace in (case.reference, case.id, "Prøvesen", "Fogeden"):
            assert trace not in page.html
    # And the coordinator takes it to the meeting of the area's leaders, who are no table of the partnership
    coordinator.sends_along_the_line(hole, "Fremlagt på områdeledermødet.")
    for person in (coordinator, police.member):
        assert person.reads_hole(hole).says("Fremlagt på områdeledermødet.")
