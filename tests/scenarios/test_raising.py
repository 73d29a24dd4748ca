"""From the street to an answer: how a worry comes in and what its raiser hears (000 sections 2.1 to 2.3)."""

import pytest

from tests.scenarios.language import Authority


@pytest.mark.scenario("000/V-20", "An event tagged in ten seconds")
@pytest.mark.req("R-000-18", "R-000-25", "R-000-26")
def test_an_officer_tags_an_event_and_the_screener_does_the_rest(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given an event that is nothing but a number to the officer
    concern = police.officer.tags("0700-41251-00012-26")
    # When the screener has looked up who it is, and raises it
    assert police.screener.has_to_screen(concern)
    police.screener.says_more(concern, "Fjerde gang i år.", person="Aage Prøvesen 611180-1234")
    case = police.screener.puts_on_agenda(concern, social, psychiatry)
    police.member.places(case, social)
    # Then exactly one authority holds it, and the officer hears that, and nothing of whom
    assert police.member.holder_of(case) == social.name
    assert police.officer.hears("on_table")
    assert police.officer.hears("acted")
    assert not police.officer.hears_about("Prøvesen")
