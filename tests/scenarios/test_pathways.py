"""A citizen's way in a unit, as the mapping tells of it (002 chapter 9)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.directory import services as directory
from samsvar.referrals import jobs
from samsvar.sharing.models import Disclosure
from tests.coordination.ground import unit
from tests.referrals.ground import CPR, NAME, Units, said, sent
from tests.scenarios.test_network import Worker

LIST = reverse("referrals:pathways")


@pytest.fixture
def oasen(units: Units) -> Worker:
    """Somebody at a drop-in centre of the municipality."""
    place = unit(units.world, units.owner, "Oasen", "social.frontline")
    with units.at("social.admin") as actor:
        directory.keep(
            actor,
            units.world.partnership,
            name="Oasen",
            kind="drop_in",
            sector="municipality",
            purpose="Et sted at være",
            unit_id=place,
        )
    return Worker(units.world, "social.frontline")


@pytest.mark.scenario("002/AS-37", "Placement")
@pytest.mark.req("R-002-131", "R-002-151")
def test_the_citizen_hears_of_a_place_once_it_can_and_wants_to(units: Units) -> None:
    units.sit("social.frontline", "child")
    caseworker, leader = Worker(units.world, "social.frontline"), Worker(units.world, "social.screener")
    page = caseworker.does(reverse("referrals:pathway_new"), name=NAME, cpr="")
    caseworker.does(page + "vurdering/", words="Kan ikke bo hjemme lige nu. Skal kunne gå i den samme skole.")
    assert "Venter på, at en leder bevilger" in caseworker.sees(page)
    leader.does(page + "bevilling/", words="Ophold i et år")
    caseworker.does(page + "sted/", words="Plejefamilien på Møn")
    seen = caseworker.sees(page)
    assert "Borgeren ved det ikke endnu" in seen
    assert 'value="told:0"' not in seen
    # Not even by a request of one's own making.
    for what in ("told:0", "can:0", "told:0"):
        caseworker.does(page + "tryk/", what=what)
    assert "Borgeren ved det ikke endnu" in caseworker.sees(page)
    caseworker.does(page + "tryk/", what="wants:0")
    assert 'value="told:0"' in caseworker.sees(page)
    caseworker.does(page + "tryk/", what="told:0")
    seen = caseworker.sees(page)
    assert "Borgeren ved det ikke endnu" not in seen
    # And the help is looked at again within six months.
    assert "Opfølgning på barnets indsats" in seen
    assert page not in caseworker.sees(reverse("web:desk"))
    assert jobs.pathways(0, timezone.now() + timedelta(days=170)) == 1
    assert page in caseworker.sees(reverse("web:desk"))
    with units.at("social.dpo"):
        assert not Disclosure.objects.exists()


@pytest.mark.scenario("002/AS-43", "Antabus tilsyn")
@pytest.mark.req("R-002-17", "R-002-147", "R-002-148")
def test_antabuse_is_dispensed_under_an_agreement_and_a_plan_is_asked_for(oasen: Worker) -> None:
    page = oasen.does(reverse("referrals:pathway_new"), name=NAME, cpr="")
    seen = oasen.sees(page)
    # From the street, without anybody who grants anything
    assert "Indsats" in seen
    assert "Bevilg" not in seen
    assert "Skriv først aftalen med den, der ordinerer" in seen
    asked = page + "svar/?om="
    oasen.does(asked + "sentence", answer="yes", words="Antabus i et år. Kriminalforsorgen: Kaj, 20 20 20 20")
    oasen.does(asked + "beyond", answer="no", words="")
    assert "Tilsyn er ikke behandling. Spørg Center for Rusmidler om en plan." in oasen.sees(page)
    assert "Skriv først aftalen" in oasen.does(page + "udlevering/", status=400, words="Antabus 400 mg")
    oasen.does(asked + "prescriber", answer="yes", words="Lægen i Center for Rusmidler. To gange om ugen til maj.")
    oasen.does(page + "udlevering/", words="Antabus 400 mg, drak det her")
    oasen.does(asked + "beyond", answer="yes", words="Center for Rusmidler: samtaler hver uge")
    seen = oasen.sees(page)
    assert "Udleveret" in seen
    assert "drak det her" in seen
    assert "Tilsyn er ikke behandling" not in seen


@pytest.mark.req("R-002-16", "R-002-29")
def test_the_list_says_who_is_where_and_who_left_with_nobody(oasen: Worker) -> None:
    page = oasen.does(reverse("referrals:pathway_new"), name=NAME, cpr="")
    seen = oasen.sees(LIST)
    assert NAME in seen
    assert "0 dage her" in seen
    oasen.does(page + "pause/", standing="paused", why="Er indlagt", look_again="2099-01-01", status=400)
    oasen.does(page + "slut/", status=400, reason="lost", receiver="")
    oasen.does(page + "slut/", reason="lost", nobody="on")
    assert "Slut uden nogen, der tager over" in oasen.sees(LIST)
    oasen.does(page + "tryk/", what="review")
    assert NAME not in oasen.sees(LIST)


@pytest.mark.req("R-002-22")
def test_what_was_received_becomes_a_way_and_the_next_one_finds_it(units: Units) -> None:
    words = said("wishes", "functioning", "needs")
    with units.at("social.frontline") as actor:
        first = sent(actor, units, "job", "adult", "support_85", words, cpr=CPR)
    leader = Worker(units.world, "social.member")
    address = reverse("referrals:referral", args=[first.pk])
    assert "Begynd et forløb" in leader.sees(address)
    page = leader.does(address + "forloeb/")
    assert NAME in leader.sees(page)
    with units.at("social.frontline") as actor:
        second = sent(actor, units, "job", "adult", "support_85", words, cpr=CPR)
    seen = leader.sees(reverse("referrals:referral", args=[second.pk]))
    assert "Borgeren er kendt hos jer. Member Social har forløbet." in seen
    assert page in seen
    # Whoever asked sees nothing of it.
    sender = Worker(units.world, "social.frontline")
    assert "kendt hos jer" not in sender.sees(reverse("referrals:referral", args=[second.pk]))
    assert sender.browser.get(page).status_code == 404
    assert sender.browser.post(address + "forloeb/").status_code == 404
