"""The Samarbejdsenhed: open conferences under a number that lasts, nameless without a consent (003 chapter 2)."""

import pytest

from tests.scenarios.language import Authority

pytestmark = pytest.mark.usefixtures("conference_group")


@pytest.mark.scenario("003/S17", "An anonymous case recognised in the minutes")
@pytest.mark.req("R-003-99", "R-003-40", "R-003-42")
def test_the_writer_is_asked_to_look_before_a_section_is_approved(social: Authority, psychiatry: Authority) -> None:
    # Given a nameless matter
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Borgeren vil gerne i arbejde igen.", psychiatry, person="Ragna Prøvesen")
    # Without a conclusion it cannot be approved
    assert social.member.approves(item, refused=True).says("Stadig uklart")
    # When what is written of her tells who she is
    words = "Den 43-årige kvinde fra Højby, som arbejder på plejecentret, har skizofreni."
    page = social.member.concludes(item, "Stadig uklart", words, refused=True)
    # Then the writer is asked at once, and when the section is approved; nothing typed is lost
    assert words in page.html
    social.member.browser.send(page, page.form("conclusion", action="ord/"), "Skriv det alligevel")
    asked = social.member.approves(item, refused=True)
    assert asked.says("Se på det her, før punktet godkendes")
    social.member.approves_all_the_same(asked)
    assert social.member.opens_item(item).says("Punktet står fast")
    # Her name cannot be written at all
    other = social.member.brings(meeting, "Om en borger.", psychiatry, person="Signe Prøvesen")
    page = social.member.concludes(other, "Stadig uklart", "Signe Prøvesen ringer selv.", refused=True)
    again = page.form("conclusion", action="ord/")
    page = social.member.browser.send(page, again, "Skriv det alligevel", refused=True)
    assert page.says("Borgerens navn står i teksten")


@pytest.mark.scenario("003/S17", "An anonymous case recognised in the minutes")
@pytest.mark.req("R-003-99")
@pytest.mark.parametrize(
    "words",
    [
        "Den 43-årige kvinde bor i Højby.",
        "Den 43-årige mand er fra Somalia.",
        "Manden er somalier og bor i Højby.",
        "Kvinden fra Højby har skizofreni.",
        "Borgeren arbejder på plejecentret og har skizofreni.",
    ],
)
def test_age_town_origin_diagnosis_and_work_are_asked_about_two_and_two(
    social: Authority, psychiatry: Authority, words: str
) -> None:
    meeting = social.member.plans_conference()
    item = social.member.brings(meeting, "Vil gerne i arbejde igen.", psychiatry, person="Ragna Prøvesen")
    page = social.member.concludes(item, "Stadig uklart", words, refused=True)
    assert words in page.html
    # Nobody else has read it before somebody has looked once more
    assert not psychiatry.member.sees_minutes(meeting).says(words)
    assert not psychiatry.member.opens_item(item).says(words)


@pytest.mark.scenario("003/S19", "Attending only the relevant item")
@pytest.mark.req("R-003-38", "R-003-45", "R-003-149")
def test_a_participant_sees_when_the_own_matter_is_up_and_nothing_of_the_others(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    meeting = social.member.plans_conference()
    first = social.member.brings(meeting, "Har fået en regning, ingen forstår.", person="Ebbe Prøvesen", minutes="3")
    own = social.member.brings(meeting, "Skal snart udskrives.", psychiatry, person="Tora Prøvesen")
    # When the nurse looks at the list beforehand
    order = psychiatry.member.sees_order(meeting)
    # Then it has numbers and times, and the own item comes first, since the ward takes part in it
    assert psychiatry.member.order_of(meeting) == [("13", own.number), ("13.15", first.number)]
    assert not order.says("Prøvesen")
    assert not order.says("regning")
    # And only the item that is theirs can be opened
    assert psychiatry.member.opens_item(own).says("Skal snart udskrives")
    assert not psychiatry.member.opens_item(own).says("Tora")
    psychiatry.member.opens_item(first, 404)
    psychiatry.member.opens_matter(first, 404)
    assert not psychiatry.member.sees_minutes(meeting).says("regning")


@pytest.mark.scenario("003/S26", "Each open case judged at the next meeting")
@pytest.mark.req("R-003-43", "R-003-44")
def test_what_was_agreed_is_judged_at_the_next_meeting(social: Authority, psychiatry: Authority) -> None:
    meeting, later = social.member.plans_conference(days=5), social.member.plans_conference(days=12)
    item = social.member.brings(meeting, "Kommer ikke til samtaler.", psychiatry, person="Viggo Prøvesen")
    social.member.agrees_step(
        item, "Besøger borgeren", psychiatry, condition="han lukker op", fallback="skriver et brev"
    )
    social.member.agrees_step(item, "Ringer til boligselskabet", social)
    # At the next meeting both are on the list, for those who work with it
    assert psychiatry.member.sees_order(later).says("Besøger borgeren")
    again = social.member.brings(later, "Har stadig ikke lukket op.", psychiatry, again=item, kind="Opfølgning")
    assert again.number == item.number
    # One succeeded; in the other somebody else takes over, by name
    social.member.says_how_it_went(again, "Lykkedes", "Taget til døren")
    social.member.says_how_it_went(again, "En anden tager over", refused=True)
    social.member.says_how_it_went(again, "En anden tager over", to=psychiatry)
    page = psychiatry.member.opens_item(again)
    assert page.says("Psykiatrien i Prøveby: Ringer til boligselskabet") or page.says("Ringer til boligselskabet")
    assert not social.member.sees_order(later).says("Aftalt på tidligere møder")


@pytest.mark.scenario("003/S27", "Items sorted into the hours where people are there")
@pytest.mark.req("R-003-30", "R-003-48", "R-003-29")
def test_the_region_comes_first_and_a_move_says_why(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    meeting = social.member.plans_conference()
    municipal = social.member.brings(meeting, "Kun os.", person="Bodil Prøvesen")
    general = social.member.brings(meeting, "Nye åbningstider.", about="Et generelt emne", kind="Generelt emne")
    regional = social.member.brings(meeting, "Afdelingen skal med.", psychiatry, person="Jarl Prøvesen")
    social.member.says_closed_part(meeting, 30)
    # PSP first and closed, then with the region, then the municipality's own, then the general
    assert social.member.order_of(meeting) == [
        ("13.30", regional.number),
        ("13.45", municipal.number),
        ("14", general.number),
    ]
    assert police.member.sees_order(meeting).says("PSP-sager. Kun for deres parter")
    # A move needs a reason, which all read
    assert 'value="1"' in social.member.moves_item(meeting, municipal, 1, "", refused=True).html
    social.member.moves_item(meeting, municipal, 1, "Sagsbehandleren skal gå kl. 14")
    assert social.member.order_of(meeting)[0] == ("13.30", municipal.number)
    assert police.member.sees_order(meeting).says("Flyttet: Sagsbehandleren skal gå kl. 14")


@pytest.mark.scenario("003/S32", "An early worry about somebody little known")
@pytest.mark.req("R-003-37", "R-003-38", "R-003-39", "R-003-33")
def test_a_worry_is_nameless_until_somebody_answers_for_a_consent(
    police: Authority, social: Authority, psychiatry: Authority
) -> None:
    meeting = social.member.plans_conference()
    # Without an answer about the consent it does not come on
    social.member.brings(meeting, "Har lige hørt noget.", psychiatry, person="Asta Prøvesen", named="", refused=True)
    item = social.member.brings(
        meeting, "Har lige hørt noget.", psychiatry, police, kind="Bekymring", person="Asta Prøvesen"
    )
    assert social.member.opens_item(item).says("Asta Prøvesen")
    for other in (psychiatry, police):
        page = other.member.opens_item(item)
        assert page.says("Bekymring")
        assert not page.says("Asta")
    # When she has said yes, it is said to those it covers, and who answers for it stands there
    named = social.member.brings(
        meeting,
        "Vil gerne have, at I taler sammen.",
        psychiatry,
        kind="Bekymring",
        person="Dagny Prøvesen",
        consent="Dagny Prøvesen",
    )
    page = psychiatry.member.opens_item(named)
    assert page.says("Dagny Prøvesen")
    assert page.says("svarer for samtykket")
    assert not psychiatry.member.sees_minutes(meeting).says("Dagny")
    assert not police.member.sees_order(meeting).says("Dagny")


@pytest.mark.scenario("003/S34", "An old case returns under its number")
@pytest.mark.req("R-003-35", "R-003-36")
def test_an_old_case_returns_under_its_number(social: Authority, psychiatry: Authority) -> None:
    meeting, later = social.member.plans_conference(days=5), social.member.plans_conference(days=12)
    item = social.member.brings(meeting, "Første gang.", psychiatry, about="En familie", person="Fam. Prøvesen")
    social.member.concludes(item, "Kræver ikke mere nu")
    social.member.approves(item)
    # A year later, for all that matters: same number, with all that was said
    again = psychiatry.member.brings(later, "Nu er det galt igen.", social, again=item, kind="Videre med en sag")
    assert again.number == item.number
    history = social.member.opens_matter(item)
    assert history.says("Kræver ikke mere nu")
    assert history.says("Videre med en sag")
    assert psychiatry.member.opens_item(item).says("Første gang")
