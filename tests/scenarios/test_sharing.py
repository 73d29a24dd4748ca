"""What is told, on what basis, and what the citizen says of it (000 chapter 4; 002 chapter 6; 003 section 2.7)."""

import psycopg
import pytest

from tests.scenarios.language import Authority, Town
from tests.scenarios.test_the_table import raised


@pytest.mark.scenario("000/V-28", "Personal assessment instead of conviction")
@pytest.mark.req("R-000-98", "R-000-113", "R-000-96")
def test_treatment_instead_of_a_conviction_leaves_no_word_of_the_criminal_case(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given somebody whose member wants help to come before a sentence
    case = raised(police, social, psychiatry)
    # When the police speak of the criminal case, they are asked to look again, and say it in other words
    page = police.member.browser.open(case.page("contribute"))
    asked = police.member.browser.send(
        page,
        page.form("text"),
        "pass",
        refused=True,
        text="Straffesagen mod ham venter på en mentalerklæring.",
        receivers=[psychiatry.name],
        necessity="De kan hjælpe ham nu.",
    )
    assert asked.says("lyder som efterforskning")
    police.member.knows(case, "Har brug for at blive set af en læge før på fredag.", psychiatry)
    psychiatry.member.places(case, psychiatry)
    psychiatry.member.agrees(case, "En læge ser ham torsdag", "Vagtlægen samme aften")
    psychiatry.member.did(case, "En læge ser ham torsdag", "Er i behandling.")
    psychiatry.member.closes(case, "solved", "Er i behandling.", outcome="treatment_not_sentence")
    # Then the outcome stands, and the case holds nothing of an investigation
    assert police.member.sees(case, "Behandling i stedet for dom")
    for one in (police.member, psychiatry.member, social.member):
        assert not one.sees(case, "Straffesagen")


@pytest.mark.scenario("000/V-37", "The radio programme and the Ombudsman")
@pytest.mark.req("R-000-97", "R-000-105")
def test_each_disclosure_can_be_accounted_for_one_by_one(police: Authority, social: Authority) -> None:
    # Given two disclosures in one case
    case = raised(police, social)
    for words, why in (
        ("Er sat ud på fredag.", "De kører forbi hver nat."),
        ("Har fået en seng.", "De skal vide hvor."),
    ):
        social.member.knows(case, words, police, necessity=why)
    # When somebody asks on what each of them rested
    page = social.member.browser.open(case.page())
    # Then each has its own necessity and rule, its sender and its receiver
    for why in ("De kører forbi hver nat.", "De skal vide hvor."):
        assert page.says(why)
    assert page.says("§ 115") or page.says("L1")


@pytest.mark.scenario("002/AS-14", "Two custody holders")
@pytest.mark.req("R-002-67")
def test_a_consent_waits_for_both_custody_holders(social: Authority, psychiatry: Authority, police: Authority) -> None:
    # Given a child whose mother has said yes
    case = raised(police, social, psychiatry)
    psychiatry.member.takes_consent(case, "Mor Prøvesen", to=social, missing="Far Prøvesen")
    assert psychiatry.member.sees(case, "Gælder ikke endnu: Far Prøvesen mangler.")
    # When the father says yes too
    psychiatry.member.hears_yes_from(case, "Far Prøvesen")
    # Then it stands
    assert not psychiatry.member.sees(case, "Gælder ikke endnu")
    assert psychiatry.member.sees(case, "Mor Prøvesen, Far Prøvesen")


@pytest.mark.scenario("002/AS-15", "Journal request")
@pytest.mark.req("R-002-72", "R-002-73")
def test_a_whole_journal_becomes_a_question_and_a_telephone_number(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given a caseworker who would like the whole journal
    case = raised(police, social, psychiatry)
    asked = social.member.puts_question(
        case, psychiatry, "Send hele journalen", "Vi skal vurdere støtten.", refused=True
    )
    assert asked.says("Spørg om det, I mangler at vide, eller bed dem ringe.")
    # When it becomes a question with a number to ring
    social.member.puts_question(
        case, psychiatry, "Kan han bo alene?", "Vi skal vurdere støtten.", call_back="Støtteteamet, 00 00 00 00"
    )
    # Then psychiatry sees both, and the police neither
    assert psychiatry.member.has_on_desk("Svar på et spørgsmål", case)
    assert psychiatry.member.sees(case, "Kan han bo alene?")
    assert not police.member.sees(case, "Kan han bo alene?")


@pytest.mark.scenario("003/S5", "A disclosure at the table is logged")
@pytest.mark.req("R-003-51", "R-003-52")
def test_what_a_table_heard_is_on_record_with_giver_and_basis(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given somebody seen by psychiatry after pills, without a referral
    case = raised(police, social, psychiatry)
    psychiatry.member.knows(
        case, "Er set i går. Er ikke henvist videre.", social, necessity="De skal tilbyde noget nu."
    )
    # When the social services make their offer
    social.member.agrees(case, "Tilbyder en plads og en kontaktperson", "Vælger noget andet sammen med ham")
    # Then who told it, why and on what basis stands with sender and receiver alone
    for one in (psychiatry.member, social.member):
        assert one.sees(case, "De skal tilbyde noget nu.")
    assert not police.member.sees(case, "De skal tilbyde noget nu.")


@pytest.mark.scenario("003/S18", "The citizen is asked beforehand")
@pytest.mark.req("R-003-50", "R-004-66")
def test_a_yes_is_written_down_with_its_purpose(police: Authority, social: Authority, psychiatry: Authority) -> None:
    # Given a counsellor who has asked the citizen beforehand
    case = raised(police, social, psychiatry)
    # When the yes is written down
    social.member.takes_consent(case, "Frode Prøvesen", to=psychiatry)
    # Then it says by whom and until when, with the own authority alone
    assert social.member.sees(case, "Frode Prøvesen")
    assert social.member.sees(case, "Borgeren trækker det tilbage")
    assert not psychiatry.member.sees(case, "Borgeren trækker det tilbage")


@pytest.mark.scenario("000/V-23", "GP involvement")
@pytest.mark.req("R-000-100", "R-000-115", "R-000-116")
def test_the_own_doctor_is_told_one_way_and_may_ring_psychiatry(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given somebody whose own doctor does not know that he has stopped his medicine, and who has said yes
    case = raised(police, social, psychiatry)
    # When the social services write the standard letter
    page = social.member.starts_letter(case)
    assert page.says("Medicin:")
    assert page.says(psychiatry.member.name)
    letter = social.member.writes_to_doctor(
        case, "Læge Lone Lægesen", "Han tager ikke sin medicin mere.", yes_from="Aage"
    )
    # Then it is on record with its receiver, and goes out on paper with an order of secrecy
    assert letter.says("Læge Lone Lægesen")
    assert letter.says("Pålæg om tavshed")
    assert social.member.sees(case, "Læge Lone Lægesen")
    # And neither it nor the doctor is anything to the others at the table
    for one in (police.member, psychiatry.member):
        assert not one.sees(case, "Lægesen")
    # And the citizen is to be told of it
    assert social.member.has_on_desk("Fortæl borgeren", case)


@pytest.mark.scenario("002/AS-6", "§ 99 anonymous")
@pytest.mark.req("R-002-70")
def test_the_hospital_sees_no_section_99_contact_until_the_citizen_lifts_it(
    police: Authority, social: Authority, psychiatry: Authority, town: Town, owner_connection: psycopg.Connection
) -> None:
    # Given a § 99 worker's contact, in the unit that seeks people out
    town.puts_in_unit(owner_connection, social.member, "Opsøgende team")
    case = raised(police, social, psychiatry)
    social.member.is_in_touch(case, "Karen Kontakt", anonymous=True)
    assert social.member.sees(case, "Karen Kontakt")
    # When the hospital looks up contacts, nothing shows, and it cannot be told
    assert not psychiatry.member.sees(case, "Karen Kontakt")
    social.member.tells_of_contact(case, psychiatry, refused=True)
    # Then it shows when the citizen has said yes to the hospital, and to nobody else
    social.member.takes_consent(case, "Aage Prøvesen", to=psychiatry, about="hvordan borgeren kan nås")
    social.member.tells_of_contact(case, psychiatry)
    assert psychiatry.member.sees(case, "Karen Kontakt")
    assert not police.member.sees(case, "Karen Kontakt")
