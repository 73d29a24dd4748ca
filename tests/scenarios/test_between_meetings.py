"""What cannot wait for a meeting (000 section 2.8)."""

import pytest

from tests.scenarios.language import Authority


@pytest.mark.scenario("000/V-06", "Commitment")
@pytest.mark.req("R-000-49", "R-000-50", "R-000-53")
def test_psychiatry_calls_the_police_and_the_next_meeting_hears_of_it(
    police: Authority, psychiatry: Authority, stranger: Authority
) -> None:
    # Given somebody who is to be committed, and a call to the police that is typed in
    call = psychiatry.member.calls(
        police, "commitment", "Politiet skal være der, så det går roligt.", "To betjente møder os kl. 13."
    )
    # When the police have acted
    police.member.acts_on(call)
    # Then the call has its time, the next meeting is told, and nobody else
    meeting = police.member.plans_meeting()
    assert police.member.browser.open(meeting.address).says("Tvangsindlæggelse")
    assert stranger.member.browser.status(call.address) == 404


@pytest.mark.scenario("000/V-12", "Children in an acute case")
@pytest.mark.req("R-000-49", "R-000-50", "R-000-51")
def test_children_alone_do_not_wait_for_a_meeting(police: Authority, social: Authority, psychiatry: Authority) -> None:
    # Given a call-out: the mother drunk, the father away, nobody for the children
    concern = police.officer.tells(
        "Mor beruset i køkkenet, far er væk. To små børn, ingen mad.", person="Ditte Prøvesen", acute_trigger="children"
    )
    # When the screener has called the social services at once, who act
    call = police.screener.calls_about(
        concern, social, "children", "To små børn uden nogen til at passe dem i nat.", "Den sociale vagt tager ud nu."
    )
    assert social.member.has_on_desk("Akut")
    social.member.acts_on(call)
    # Then the officer knows, the case is raised next day, and cannot be closed before the children are decided on
    assert police.officer.hears("acute")
    case = police.screener.raises_after_all(concern, social, psychiatry, children="yes")
    social.member.closes(case, "ordinary", "Familieafdelingen har den.", refused=True)
    social.member.decides_on_children(case, "Underrettet samme aften. Mormor har børnene.")
    social.member.closes(case, "ordinary", "Familieafdelingen har den.", outcome="children_safe")


@pytest.mark.scenario("000/V-27", "Dangerous person, 48 hours")
@pytest.mark.req("R-000-49", "R-000-50", "R-000-113")
def test_from_danger_to_treatment_with_one_days_notice(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    # Given a man behind barricades, and a table that does not wait
    concern = police.officer.tells(
        "Har bygget barrikader og siger, at den næste skal fortryde det.",
        person="Egon Prøvesen 611161-1111",
        acute_trigger="danger",
    )
    call = police.screener.calls_about(
        concern, psychiatry, "danger", "Han kan gøre skade på den næste, der ringer på.", "Læge ved døren kl. 7."
    )
    case = police.screener.raises_after_all(concern, social, psychiatry)
    # When psychiatry takes it, with the police's advice and no word of convictions
    police.member.advises(case, "yes", "Er tidligere dømt for vold.", psychiatry, refused=True)
    police.member.advises(case, "yes", "Gå ikke alene. Ring til vagtlederen først.", psychiatry)
    police.member.places(case, psychiatry, "En læge skal vurdere ham.")
    psychiatry.member.agrees(case, "Læge og politi er ved døren i morgen kl. 7", "Vagtlæge i nat", days=1)
    psychiatry.member.did(case, "Læge og politi", "Frihedsberøvet uden kamp og i behandling.")
    psychiatry.member.acts_on(call)
    # Then it is told with its times; the advice is for those who must go there; and nobody was arrested
    assert psychiatry.member.sees(case, "Gå ikke alene")
    assert not social.member.sees(case, "Gå ikke alene")
    assert police.member.sees(case, "Frihedsberøvet uden kamp")
    assert not police.member.sees(case, "anholdt")


@pytest.mark.scenario("000/V-29", "Threatened by crime, said on the phone")
@pytest.mark.req("R-000-53", "R-000-97")
def test_a_call_in_doubt_is_written_down_and_the_lawyer_asked(
    police: Authority, psychiatry: Authority, social: Authority
) -> None:
    # Given a call of which the caller does not know whether it was allowed
    call = police.member.calls(
        psychiatry, "danger", "Jeg er bange for, at han bliver brugt af andre.", "De ser på det i dag.", doubt=True
    )
    # Then it is written down with its doubt, and those who were not called see nothing
    assert police.member.browser.open(call.address).says("jurist")
    assert social.member.browser.status(call.address) == 404
