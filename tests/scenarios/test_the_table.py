"""At the table and to the door: who holds, who does what, and what came of it (000 sections 2.11 to 2.15)."""

import pytest

from tests.scenarios.language import Authority, Case


def raised(police: Authority, *others: Authority, person: str = "Frode Prøvesen 611155-1111") -> Case:
    """A case that the police have raised about somebody."""
    concern = police.officer.tells("Får det værre uge for uge, og ingen af os når ham.", person=person)
    return police.screener.puts_on_agenda(concern, *others)


@pytest.mark.scenario("000/V-04", "A citizen banned from the office")
@pytest.mark.req("R-000-79")
def test_how_a_banned_citizen_is_doing_reaches_the_caseworker_alone(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given a citizen who may not come to the office
    case = raised(police, social, psychiatry)
    police.member.places(case, social)
    social.member.bans(case, "Borgerservice", caseworker=social.caseworker, kept_by="Lokalpolitiet")
    # When the police have asked how he is, and tell the social services
    police.member.knows(case, "Talte med ham ved søen. Spiser og sover.", social, heed=True)
    # Then it lies on the caseworker's table and on nobody else's
    assert social.caseworker.has_on_desk("Vær opmærksom", case)
    assert social.caseworker.sees(case, "Spiser og sover")
    assert not social.member.has_on_desk("Vær opmærksom")
    assert not psychiatry.member.sees(case, "Spiser og sover")


@pytest.mark.scenario("000/V-05", "A citizen seen unwell in a neighbourhood")
@pytest.mark.req("R-000-25")
def test_a_new_sighting_reaches_whoever_holds_the_case(police: Authority, social: Authority) -> None:
    # Given an open case that the social services hold
    case = raised(police, social, person="Gerda Prøvesen 611160-1111")
    police.member.places(case, social)
    # When another patrol meets her, unwell, and the police hand it to the holder
    concern = police.officer.tells("Gik i nattøj på gaden og frøs.", person="Gerda Prøvesen 611160-1111")
    police.member.hands_to_holder(concern)
    # Then the holder is asked to be attentive, the story tells of it, and the officer hears, not of any case
    assert social.member.has_on_desk("Vær opmærksom", case)
    assert social.member.sees(case, "Ny bekymring om borgeren")
    assert police.officer.hears("other_way")
    assert not police.officer.hears_about(case.reference)


@pytest.mark.scenario("000/V-14", "Unknown need revealed by neighbour complaints")
@pytest.mark.req("R-000-71", "R-000-68")
def test_whoever_does_not_know_the_citizen_goes_and_looks(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given complaints behind which the police see a child and an illness that nobody knew of
    concern = police.officer.tells("Naboklager over støj. Et barn kom ud fra køkkenet.", person="Hanne Prøvesen")
    case = police.screener.puts_on_agenda(concern, social, psychiatry, traits=("complaint", "family"), children="yes")
    # When those who do not know her say so
    social.member.does_not_know(case)
    psychiatry.member.does_not_know(case, outreach=True)
    # Then each has a task at home, and the children are to be decided on
    assert social.member.has_on_desk("Undersøg, om I kender borgeren", case)
    assert psychiatry.member.has_on_desk("Send en opsøgende medarbejder", case)
    assert police.member.has_on_desk("barnet", case)


@pytest.mark.scenario("000/V-15", "An apartment is saved")
@pytest.mark.req("R-000-90", "R-000-91", "R-000-92")
def test_an_apartment_is_saved_and_a_return_is_a_new_case(police: Authority, social: Authority) -> None:
    # Given a case that ended with the home kept
    case = raised(police, social, person="Ib Prøvesen 611149-1111")
    police.member.places(case, social)
    social.member.closes(
        case,
        "solved",
        "Huslejen er betalt, og der er en kontaktperson.",
        outcome="home_kept",
        good_for_citizen="Ja, han beholdt sit hjem.",
    )
    # When the same citizen comes back
    again = raised(police, social, person="Ib Prøvesen 611149-1111")
    # Then the closed case stays closed with its outcome, and the return is a case of its own, counted
    assert social.member.sees(case, "Bolig bevaret")
    assert again.reference != case.reference
    assert social.member.sees(again, case.reference)
    assert social.member.holder_of(again) == police.name


@pytest.mark.scenario("000/V-16", "Persistent outreach")
@pytest.mark.req("R-000-94", "R-001-11")
def test_they_go_on_though_nobody_opens_the_door(police: Authority, social: Authority) -> None:
    # Given an agreement that says what they do if the plan slips
    case = raised(police, social)
    police.member.places(case, social)
    social.member.agrees(case, "Opsøger ham hver tirsdag", "Kommer igen torsdag med viceværten")
    # When he does not come, twice
    social.member.waited_in_vain(case, "Opsøger ham hver tirsdag", "Prøver en formiddag")
    social.member.waited_in_vain(case, "Opsøger ham hver tirsdag", "Tager viceværten med")
    # Then the agreement stands, with how often and with the next try
    assert police.member.sees(case, "Borgeren er ikke kommet 2 gange")
    assert police.member.sees(case, "Tager viceværten med")
    assert police.member.holder_of(case) == social.name


@pytest.mark.scenario("000/V-17", "Help instead of police intervention")
@pytest.mark.req("R-000-90", "R-000-80")
def test_another_tool_than_the_police(police: Authority, psychiatry: Authority, social: Authority) -> None:
    # Given shouting and broken glass, for the third time
    case = raised(police, social, psychiatry)
    police.member.places(case, psychiatry, "Han tør ikke være alene om natten.")
    # When somebody talks with him every week instead
    psychiatry.member.agrees(case, "Fast samtale hver uge, første gang hjemme", "Den opsøgende ringer samme dag")
    psychiatry.member.did(case, "Fast samtale hver uge", "Har mødt op fire gange i træk.")
    psychiatry.member.follows_up(case, "Ingen udrykninger siden sommer.")
    psychiatry.member.closes(case, "solved", "I behandling og på arbejde.", outcome="police_avoided")
    # Then that is what came of it
    assert police.member.sees(case, "Politiindgriben undgået")


@pytest.mark.scenario("000/V-38", "The reporting officer hears back")
@pytest.mark.req("R-000-25", "R-000-26")
def test_the_officer_hears_that_it_was_acted_on_and_never_about_whom(
    police: Authority, social: Authority, stranger: Authority
) -> None:
    # Given a concern that the screener wants to thank for, and forgets herself
    concern = police.officer.tells("Ligger på bænken ved skolen.", person="Jens Prøvesen 611151-1111")
    police.screener.greets(concern, "Tak. Jens Prøvesen har det bedre nu.", refused=True)
    # When it is raised with thanks alone, placed, and followed to the door
    case = police.screener.puts_on_agenda(concern, social)
    police.member.places(case, social)
    social.member.closes(case, "resting", "Ingen har set ham fryse i tre måneder.")
    # Then the officer has heard each step, and not one word of the person or the case
    for answer in ("on_table", "acted", "closed"):
        assert police.officer.hears(answer)
    assert not police.officer.hears_about("Prøvesen")
    assert not police.officer.hears_about(case.reference)
    assert stranger.member.sees_nothing_of(case)


@pytest.mark.scenario("000/V-39", "The homeless in the park in winter")
@pytest.mark.req("R-000-79", "R-000-88")
def test_attention_keeps_somebody_from_freezing(police: Authority, social: Authority) -> None:
    # Given a man who sleeps in the park in winter
    concern = police.officer.tells("Sover i parken i ti graders frost.", known_as="Ham ved søen")
    case = police.screener.puts_on_agenda(concern, social, traits=("invisible", "danger"))
    police.member.places(case, social)
    # When the police watch out for him and the outreach comes every evening
    social.member.agrees(case, "Holder øje om natten", "Ringer til den opsøgende", police)
    police.member.takes(case, "Holder øje om natten")
    social.member.follows_up(case, "Tog imod suppe og sokker.", next_step="Besøger ham i morgen")
    social.member.closes(case, "solved", "Har fået et værelse.", outcome="contact")
    # Then what came of it is told, neither good nor bad by itself
    assert police.member.sees(case, "Kontakt genoprettet")


@pytest.mark.req("R-000-76", "R-000-77", "R-000-78", "R-000-87", "R-000-91", "R-000-150")
def test_from_a_tag_to_the_door_and_back_again(
    police: Authority, social: Authority, psychiatry: Authority, stranger: Authority
) -> None:
    # Given a tag, looked up and raised at home, and a meeting today
    concern = police.officer.tags("0700-41251-00099-26")
    police.screener.says_more(concern, "Ligger på vejen ved skolen om aftenen.", person="Kaj Prøvesen 611158-1111")
    case = police.screener.puts_on_agenda(concern, social, psychiatry)
    meeting = police.member.plans_meeting(days=0)
    # When the table places it, who does what is agreed, it moves, and is followed to the door
    police.member.decides(meeting, case, "placed", "Bostøtte og behandling.", holder=psychiatry.name)
    assert social.member.holder_of(case) == psychiatry.name
    psychiatry.member.agrees(case, "Samtale hjemme hver uge", "Den opsøgende ringer samme dag")
    psychiatry.member.follows_up(case, "Har talt med ham to gange.", next_step="Kommunen tager over")
    psychiatry.member.places(case, social, "Nu er det hverdagen, der skal hænge sammen.")
    assert police.member.holder_of(case) == social.name
    assert police.member.sees(case, "Handlingsansvaret flyttede")
    social.member.closes(case, "solved", "Har fået plads på værestedet.", outcome="treatment")
    # Then the officer has heard, a return is a new linked case, and a stranger never saw any of it
    assert police.officer.hears("closed")
    back = raised(police, social, psychiatry, person="Kaj Prøvesen 611158-1111")
    assert police.member.sees(back, case.reference)
    for one in (case, back):
        assert stranger.member.sees_nothing_of(one)


@pytest.mark.scenario("000/V-10", "Dangerousness before a home visit")
@pytest.mark.req("R-000-69", "R-000-113")
def test_whether_a_visit_may_be_dangerous_is_answered_with_advice_alone(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given a visit that the social services have agreed on
    case = raised(police, social, psychiatry)
    police.member.places(case, social)
    social.member.agrees(case, "Besøger ham hjemme på tirsdag", "Kommer igen med en kollega")
    # When the police answer with advice that lapses, and no word of a charge is taken
    police.member.advises(case, "yes", "Han er sigtet for trusler.", social, refused=True)
    police.member.advises(case, "yes", "Gå to sammen, og ring til lokalpolitiet først.", social)
    # Then those who go have it, the others do not, and no search finds it
    assert social.member.sees(case, "Gå to sammen")
    assert not psychiatry.member.sees(case, "Gå to sammen")
    assert not social.member.searches("lokalpolitiet først").says(case.reference)


@pytest.mark.scenario("000/V-33", "Confirmed or rejected psychosis")
@pytest.mark.req("R-000-70", "R-000-101")
def test_psychiatry_confirms_or_rejects_in_one_line(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given social services who believe that somebody is psychotic
    case = raised(police, social, psychiatry)
    # When psychiatry itself says what is needed, to those who need it
    psychiatry.member.knows(case, "Vi har set ham i går. Ingen psykose.", social, sure=True)
    # Then the line reaches them, and the police do not see that there is one
    assert social.member.sees(case, "Ingen psykose")
    assert not police.member.sees(case, "Ingen psykose")


@pytest.mark.scenario("000/V-35", "Evolution of secrecy practice")
@pytest.mark.req("R-000-68", "R-000-99")
def test_listening_first_and_coming_back_is_an_answer(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given a case that psychiatry wants to think about, and the social services keep what they know
    case = raised(police, social, psychiatry)
    psychiatry.member.comes_back_later(case)
    social.member.keeps_to_itself(case)
    # When psychiatry comes back
    psychiatry.member.knows(case, "Han er i behandling og har en tid på fredag.", police, social)
    # Then both were full answers, and the second did not undo the first
    assert police.member.sees(case, "har en tid på fredag")
    assert psychiatry.member.sees(case, "Vender tilbage")
