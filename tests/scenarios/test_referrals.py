"""From one unit to another, as the mapping tells of it (002 chapter 9)."""

import psycopg
import pytest
from django.urls import reverse

from tests.referrals.ground import CPR, NAME, Units
from tests.scenarios.asking import Colleague, Errand

FACTS = (
    "Er ikke kommet til de sidste tre samtaler. Ligger i sengen om dagen og svarer ikke, når vi ringer. "
    "Han siger, at han bliver bange, når der er mange mennesker."
)
HISTORY = (
    FACTS + " Arbejdede på lageret i ni år til i januar. Bor alene, og hans mor døde i foråret. Prøvede medicin i 2019."
)


@pytest.fixture
def consultant(units: Units) -> Colleague:
    """A job consultant."""
    return Colleague(units, "social.frontline")


@pytest.fixture
def doctor(units: Units) -> Colleague:
    """The citizen's own doctor."""
    return Colleague(units, "practice.frontline")


@pytest.mark.scenario("002/AS-22", "GP ordering")
@pytest.mark.req("R-002-43", "R-002-44", "R-002-52", "R-002-72", "R-002-83")
def test_the_doctor_gets_facts_and_no_order(consultant: Colleague, doctor: Colleague) -> None:
    errand = Errand()
    stopped = consultant.looks_for("district")
    assert stopped.says("Her kan I ikke henvise direkte")
    assert stopped.says("Lægehuset Prøvegade")
    draft = consultant.begins(errand, "gp", "gp_request")
    assert draft.says("Først: borgerens ja")
    writes = consultant.hears_yes(errand, draft)
    assert writes.says("Lægen vurderer selv")
    # Too short, and what another should give, is pointed out; it is sent as it stands when sent again.
    looked = consultant.sends(errand, writes, facts="Han bør have en mentor.", refused=True)
    assert looked.says("Bliv på egen banehalvdel")
    assert looked.says("Det er kort")
    sent = consultant.sends(
        errand,
        looked,
        facts=FACTS,
        cannot_meet="Kan ikke være i venteværelset",
        cannot_meet_who="Sygeplejerske Berit, distriktspsykiatrien, 3. maj",
    )
    assert sent.says("Fremme")
    assert sent.says("Kvittering")
    there = doctor.opens(sent)
    assert there.says(FACTS)
    assert there.says("Sygeplejerske Berit")
    assert there.says("Jobcenteret")
    back = doctor.steps(errand, there, "Der mangler noget", items="Hvilken medicin?\nSiden hvornår?")
    assert back.says("Sendt tilbage")
    mends = consultant.opens(sent)
    assert mends.says("Hvilken medicin?")
    # All that was typed stands there; only what was missing is added.
    resent = consultant.sends(errand, mends, "facts", limits="Ingen medicin siden 2019")
    assert resent.says("Sendt igen")
    doctor.steps(errand, doctor.opens(sent), "Svar", answer="no_indication")
    assert consultant.opens(sent).says("Ingen grund til at henvise")


@pytest.mark.scenario("002/AS-21", "Reluctant GP")
@pytest.mark.req("R-002-39")
def test_the_consultant_sees_that_nothing_was_referred(
    consultant: Colleague, doctor: Colleague, units: Units, owner_connection: psycopg.Connection
) -> None:
    errand = Errand()
    sent = consultant.sends(
        errand, consultant.hears_yes(errand, consultant.begins(errand, "gp", "gp_request")), facts=FACTS
    )
    assert doctor.presses(doctor.opens(sent), "vurder").says("Vurderes")
    owner_connection.execute(
        "update referrals_referral set due_at = now() - interval '2 days', sent_at = now() - interval '16 days'"
    )
    owner_connection.commit()
    page = consultant.opens(sent)
    assert page.says("Vurderes")
    assert page.says("Svaret mangler")
    assert page.says("ventet 16 dage")
    assert "Bed egen læge om at se på det" in consultant.browser.open(reverse("web:desk")).text


@pytest.mark.scenario("002/AS-25", "No-show to GP")
@pytest.mark.req("R-002-35", "R-002-36", "R-002-37")
def test_the_doctor_learns_that_the_patient_did_not_come(
    consultant: Colleague, doctor: Colleague, units: Units
) -> None:
    errand = Errand()
    asked = consultant.sends(
        errand,
        consultant.hears_yes(errand, consultant.begins(errand, "gp", "gp_request")),
        facts=FACTS,
        functioning="Spiser, når søsteren kommer",
    )
    # The doctor goes on from what is there: the citizen and the words are not typed again.
    on = doctor.begins(errand, "pvk", "psychiatry", after=doctor.opens(asked))
    assert on.says(NAME)
    writes = doctor.hears_yes(errand, on)
    assert "Spiser, når søsteren kommer" in writes.html
    sent = doctor.sends(errand, writes, "seen", seen=HISTORY, social="Bor alene, har mistet sin mor")
    clinic = Colleague(units, "psychiatry.member")
    clinic.steps(errand, clinic.opens(sent), "Svar", answer="accepted")
    clinic.steps(errand, clinic.opens(sent), "Mødte ikke op", text="Var der ikke kl. 10")
    page = doctor.opens(sent)
    assert page.says("Mødte ikke op")
    assert page.says("Var der ikke kl. 10")
    # What the doctor asked of the clinic is not the job centre's to see.
    assert consultant.browser.status(sent.url) == 404


@pytest.mark.scenario("002/AS-40", "Elderly bereaved patient")
def test_loss_and_loneliness_travel_with_the_referral(doctor: Colleague, units: Units) -> None:
    errand = Errand()
    writes = doctor.hears_yes(errand, doctor.begins(errand, "pvk", "psychiatry"))
    short = doctor.sends(errand, writes, "seen", seen=HISTORY, functioning="Går ikke ud", refused=True)
    assert short.says("Familie, bolig, økonomi og tab – Skriv det, der mangler her.")
    sent = doctor.sends(errand, short, "seen", social="Mistede sin mand i marts. Ser ingen.")
    clinic = Colleague(units, "psychiatry.member")
    assert clinic.opens(sent).says("Mistede sin mand i marts")


@pytest.mark.scenario("002/AS-13", "Autism referral")
def test_the_clinic_gets_the_diagnosis_the_package_and_why(units: Units) -> None:
    errand = Errand()
    pvk = Colleague(units, "psychiatry.member")
    draft = pvk.begins(errand, "buk", "allocation")
    writes = pvk.hears_yes(errand, draft)
    short = pvk.sends(errand, writes, "package", package="DF84, udredningspakke", refused=True)
    assert short.says("Hvorfor netop det – Skriv det, der mangler her.")
    sent = pvk.sends(
        errand,
        short,
        rationale="PPR's test fra april peger på autisme, og skolen beskriver det samme.",
    )
    clinic = Colleague(units, "psychiatry.frontline", "buk")
    page = clinic.opens(sent)
    assert page.says("DF84, udredningspakke")
    assert page.says("peger på autisme")


@pytest.mark.scenario("002/AS-7", "White coat")
@pytest.mark.req("R-002-38")
def test_a_doctor_who_promises_what_the_municipality_gives_is_warned(doctor: Colleague) -> None:
    errand = Errand()
    writes = doctor.hears_yes(errand, doctor.begins(errand, "pvk", "psychiatry"))
    text = HISTORY + " Han skal have et botilbud i kommunen."
    looked = doctor.sends(errand, writes, "seen", seen=text, functioning=FACTS, social="Bor alene", refused=True)
    assert looked.says("Bliv på egen banehalvdel")
    # A word of advice: sent again, it goes as it stands.
    assert doctor.sends(errand, looked, "seen").says("Fremme")


@pytest.mark.scenario("002/AS-26", "Dual diagnosis")
@pytest.mark.req("R-002-23")
def test_both_tracks_run_and_a_ring_of_refusals_is_raised(consultant: Colleague, units: Units) -> None:
    one, two = Errand(), Errand()
    drinks = consultant.sends(
        one,
        consultant.hears_yes(one, consultant.begins(one, "substance", "substance", cpr=CPR)),
        "wishes",
        wishes=FACTS,
    )
    support = consultant.begins(two, "adult", "support_85", cpr=CPR)
    support = consultant.sends(
        two, consultant.hears_yes(two, support), "needs", wishes=FACTS, functioning=FACTS, needs="Nogen, der går med"
    )
    assert consultant.opens(drinks).says("På samme tid")
    for seat, unit, sent in (("social.member", "", support), ("social.screener", "substance", drinks)):
        colleague = Colleague(units, seat, unit)
        colleague.steps(
            one, colleague.opens(sent), "Svar", answer="refused", reason="other_first", text="Det andet skal først"
        )
    assert consultant.opens(drinks).says("De siger begge, at den anden skal først")
    leader = Colleague(units, "social.member")
    page = leader.browser.open(reverse("referrals:box"))
    assert page.says("Center for Rusmidler, Myndigheden siger hver især, at den anden skal først")


@pytest.mark.scenario("002/AS-33", "Waiting compensation")
@pytest.mark.req("R-002-27")
def test_the_wait_is_seen_by_whoever_asked(
    consultant: Colleague, units: Units, owner_connection: psycopg.Connection
) -> None:
    """The wait with its first day; that the psychiatry keeps in touch meanwhile is a plan's to say."""
    errand = Errand()
    writes = consultant.hears_yes(errand, consultant.begins(errand, "adult", "support_85"))
    sent = consultant.sends(errand, writes, wishes=FACTS, functioning=FACTS, needs="Nogen, der går med")
    visitator = Colleague(units, "social.member")
    visitator.steps(errand, visitator.opens(sent), "Svar", answer="accepted")
    owner_connection.execute("update referrals_referral set sent_at = now() - interval '60 days'")
    owner_connection.commit()
    assert consultant.opens(sent).says("ventet 60 dage")
    visitator.presses(visitator.opens(sent), "begynd")
    owner_connection.execute("update referrals_referral set started_at = now() - interval '20 days'")
    owner_connection.commit()
    page = consultant.opens(sent)
    assert page.says("I gang")
    assert page.says("ventet 40 dage")


@pytest.mark.scenario("002/AS-36", "ADHD at 18")
def test_the_doctor_is_told_that_the_childrens_services_end(doctor: Colleague, units: Units) -> None:
    errand = Errand()
    clinic = Colleague(units, "psychiatry.frontline", "buk")
    words = "Fylder 18 den 3. juni. Vores tilbud slutter der, og der er ikke noget til voksne. Får medicin for ADHD."
    sent = clinic.sends(errand, clinic.hears_yes(errand, clinic.begins(errand, "gp", "gp_request")), facts=words)
    assert doctor.opens(sent).says("Vores tilbud slutter der")
    assert doctor.opens(sent).says("sagde ja")


@pytest.mark.scenario("002/AS-39", "Arresthus")
@pytest.mark.req("R-002-46")
def test_what_became_of_one_from_the_remand_prison_is_written_down(units: Units) -> None:
    errand = Errand()
    guard = Colleague(units, "police.frontline", "prison")
    draft = guard.begins(errand, "pam", "notice")
    assert draft.says("PAM vurderer alene")
    sent = guard.sends(errand, draft, basis="s115", facts="Har ikke sovet i tre døgn og banker på døren.")
    pam = Colleague(units, "psychiatry.screener")
    pam.steps(errand, pam.opens(sent), "Svar", answer="taken_back")
    page = guard.opens(sent)
    assert page.says("Ikke indlagt, kørt tilbage af politiet")
    assert not page.says("svar senest")
