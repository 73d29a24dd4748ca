"""From a worry to a case: how it comes in, who screens it, and what its raiser hears (000 sections 2.1 to 2.3)."""

import pytest

from tests.scenarios.language import Authority


@pytest.mark.scenario("000/V-20", "An event tagged in ten seconds")
@pytest.mark.req("R-000-18", "R-000-25", "R-000-26")
def test_an_officer_tags_an_event_and_the_screener_does_the_rest(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given an event that is nothing but a number to the officer
    concern = police.officer.tags("0700-41251-00012-26")
    # When the screener looks up who it is, and raises it
    assert police.screener.has_to_screen(concern)
    police.screener.says_more(concern, "Fjerde gang i år.", person="Aage Prøvesen 611180-1234")
    case = police.screener.puts_on_agenda(concern, social, psychiatry)
    police.member.places(case, social)
    # Then exactly one authority holds it, and the officer hears that, and nothing of whom
    assert police.member.holder_of(case) == social.name
    assert police.officer.hears("on_table")
    assert police.officer.hears("acted")
    assert not police.officer.hears_about("Prøvesen")


@pytest.mark.scenario("000/V-19", "Ten lines to the mailbox")
@pytest.mark.req("R-000-17", "R-000-19", "R-000-23", "R-000-24", "R-000-25")
def test_ten_lines_are_screened_at_home_and_the_officer_hears_back(police: Authority, social: Authority) -> None:
    # Given a man whom the officer meets on the street again and again; neither an admission nor a report
    concern = police.officer.tells("Står ved søen hver nat og taler til træerne. Kan ikke hjælpe ham herfra.")
    # When the own screener has read it; nobody else sees it before
    assert police.screener.has_to_screen(concern)
    assert not social.screener.has_to_screen(concern)
    case = police.screener.puts_on_agenda(concern, social)
    # Then it lies on the table, its words with it, and the officer has an answer
    assert social.member.sees(case, "Det er alvorligt")
    assert police.officer.hears("on_table")
    assert not police.screener.has_to_screen(concern)


@pytest.mark.scenario("000/V-21", "Persons who come back in police registers")
@pytest.mark.req("R-000-20")
def test_only_the_police_mark_somebody_who_comes_back(police: Authority, social: Authority) -> None:
    # Given a tag with the mark, set by the police, who know their own registers
    concern = police.screener.tags("0700-41251-00077-26", repeat=True)
    # When the concern is sent on to the social services' screener
    police.screener.sends_to(concern, social, "De skal kunne se, om han er kendt hos dem.")
    # Then they see the mark and none of the events behind it, and cannot set it themselves
    page = social.screener.reads_concern(concern)
    assert page.says("Genganger")
    form = social.caseworker.open_page("cases:raise").form("event_reference", "text")
    assert "repeat_mark" not in form.entries


@pytest.mark.scenario("000/V-22", "The elderly care consultant")
@pytest.mark.req("R-000-21")
def test_the_one_who_raises_it_becomes_the_link_and_not_the_holder(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given a consultant in elderly care who says: this is a PSP case
    concern = social.caseworker.tells("Sønnen er flyttet ind hos sin gamle mor, drikker og råber.")
    case = social.screener.puts_on_agenda(
        concern, police, psychiatry, link_person="Konsulenten på ældreområdet", traits=("family", "violent")
    )
    # When the table places it elsewhere
    social.member.places(case, psychiatry)
    # Then another holds it, and everybody sees who the link is
    assert police.member.holder_of(case) == psychiatry.name
    assert psychiatry.member.sees(case, "Konsulenten på ældreområdet")


@pytest.mark.scenario("000/V-32", "A housing association or institution notifies")
@pytest.mark.req("R-000-22")
def test_an_outsider_is_thanked_and_told_nothing(police: Authority, social: Authority) -> None:
    # Given the leader of an institution who comes to a member
    concern = social.member.tells(
        "En beboer truer de andre og sover ikke.", notifier_kind="institution", notifier_name="Leder af Bakkehuset"
    )
    # When it is raised
    case = social.member.puts_on_agenda(concern, police)
    # Then who came stays at home, and there is nothing to send back but thanks
    assert social.member.reads_concern(concern).says("Leder af Bakkehuset")
    assert not police.member.sees(case, "Bakkehuset")
    assert not police.member.reads_concern(concern).says("Bakkehuset")


@pytest.mark.scenario("000/V-08", "Neighbours complain and the rent is unpaid")
@pytest.mark.req("R-000-22", "R-000-77")
def test_the_housing_association_is_heard_before_the_bailiff_comes(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given a caretaker who has had complaints and sees unpaid rent
    concern = social.member.tells(
        "Klager over lugt. Huslejen er ikke betalt i tre måneder.",
        notifier_kind="housing",
        notifier_name="Viceværten",
        person="Berta Prøvesen",
        acute_trigger="eviction",
    )
    case = social.member.puts_on_agenda(concern, police, psychiatry, traits=("losing_home", "complaint"))
    # When the others tell what they know, and the social services take it
    police.member.knows(case, "Tre naboklager i år, ingen til sagsbehandling.", social)
    social.member.places(case, social, "Det er huslejen, der haster.")
    social.member.agrees(case, "Betaler restancen og taler med fogeden", "Socialchefen godkender i morgen")
    # Then what the police told reaches those it was told to, and nobody else
    assert social.member.sees(case, "Tre naboklager")
    assert not psychiatry.member.sees(case, "Tre naboklager")
    assert psychiatry.member.sees(case, "Betaler restancen")


@pytest.mark.scenario("000/V-09", "A homeless person who does not seek help")
@pytest.mark.req("R-000-17")
def test_somebody_without_a_known_name_or_address_gets_a_case(police: Authority, social: Authority) -> None:
    # Given a man of whom nobody knows more than how he looks
    concern = police.officer.tells(
        "Sover i parken i frost. Nikker, men taler ikke.", known_as="Manden med den grå kasket"
    )
    # When it is raised, and the police keep an eye on how he is
    case = police.screener.puts_on_agenda(
        concern, social, traits=("invisible",), psychiatric="unknown", own_reason="Fryser."
    )
    police.member.places(case, social)
    social.member.agrees(case, "Opsøger ham med varm mad hver aften", "Patruljen siger til, hvor han er")
    social.member.agrees(case, "Ser til ham på natpatruljen", "Ringer til den opsøgende", police)
    police.member.takes(case, "Ser til ham på natpatruljen")
    # Then he is a person at the table all the same
    assert social.member.sees(case, "Manden med den grå kasket")
    assert social.member.holder_of(case) == social.name


@pytest.mark.scenario("000/V-02", "Citizen found in own filth")
@pytest.mark.req("R-000-77", "R-000-79", "R-000-108")
def test_without_consent_with_a_reason_and_with_one_holder(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given a citizen who cannot answer, and an officer who says why there is no consent
    concern = police.officer.tells(
        "Fundet på gulvet i sit eget skidt, vægge og møbler ødelagt.",
        person="Carl Prøvesen 611148-1111",
        why_without_consent="Kunne ikke svare på noget.",
    )
    case = police.screener.puts_on_agenda(concern, social, psychiatry, traits=("invisible", "losing_home"))
    # When treatment and home are parted between two, and the responsibility is not
    police.member.places(case, psychiatry, "Han skal først og fremmest i behandling.")
    psychiatry.member.agrees(case, "Vurderer ham hjemme", "Kommer igen i morgen med en læge")
    psychiatry.member.agrees(case, "Hovedrengøring, så han ikke mister lejligheden", "Taler med boligselskabet", social)
    social.member.takes(case, "Hovedrengøring")
    # Then both act and one holds
    assert police.member.holder_of(case) == psychiatry.name
    assert police.screener.reads_concern(concern).says("Kunne ikke svare på noget.")
    assert psychiatry.member.sees(case, "Hovedrengøring")


@pytest.mark.scenario("000/V-25", "Anonymous consult")
@pytest.mark.req("R-000-48")
def test_if_i_have_such_and_such_what_can_you_do(police: Authority, psychiatry: Authority, stranger: Authority) -> None:
    # Given a question with a number in it, which is refused
    police.member.asks("Hvad gør I med 611148-1111?", refused=True)
    # When it is asked without a person
    question = police.member.asks("Hvis jeg har en, der ringer om stråler hver nat: hvad kan I gøre?")
    psychiatry.member.answers(question, "Vi kan tage ud og tale med hende, også uden henvisning.")
    # Then the answer comes back, no basis was asked for, and strangers hear nothing of it
    assert police.member.reads_question(question).says("også uden henvisning")
    assert not stranger.member.open_page("cases:consults").says("stråler")


@pytest.mark.req("R-000-21", "R-000-150")
def test_a_nurses_worry_is_seen_by_those_it_was_told_to_and_nobody_else(
    police: Authority, social: Authority, psychiatry: Authority, stranger: Authority
) -> None:
    # Given a nurse's ten lines, screened at home first
    concern = psychiatry.nurse.tells("Bliver udskrevet uden et sted at bo.", person="Aage Prøvesen")
    assert not police.screener.has_to_screen(concern)
    # When the table is set without the police
    case = psychiatry.member.puts_on_agenda(concern, social)
    social.member.knows(case, "Står på venteliste til et botilbud.", psychiatry)
    # Then it is not there for the police, nor for a stranger, nor for the nurse's own administrator
    assert psychiatry.member.sees(case, "venteliste")
    for outsider in (police.member, stranger.member, psychiatry.administrator):
        assert outsider.sees_nothing_of(case)
