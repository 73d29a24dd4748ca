"""The main job in a real browser, in both languages: from a tag to one holder, followed to the door, and answered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.browser.hands import Hands
from tests.world import World

pytestmark = pytest.mark.browser

MAN = "Aage Prøvesen-Langenavnsen af Vestergaarden 611180-1234"


def looks_right(who: Hands, name: str) -> None:
    """It looks well on a desk and on a phone, and the browser complains of nothing."""
    who.looks_well_on_both(name)
    assert who.complaints == [], name


def _height(who: Hands, text: str) -> float:
    """How far down the page the first visible mention stands, in pixels."""
    box = who.page.locator("main").get_by_text(text).locator("visible=true").first.bounding_box()
    assert box is not None, text
    return box["y"]


def _raise_at_the_table(member: Hands, world: World, language: str, *, name: str) -> str:
    """The newest concern is screened by the own member and put on the agenda; gives the case's address."""
    member.goes(reverse("cases:screening"))
    looks_right(member, f"screening-{language}") if name == "first" else None
    member.opens("/visitering/")
    if member.page.locator('main [name="person"]').count():
        member.page.locator("main details:has([name=person])").first.evaluate("fold => fold.open = true")
        member.fills(person=MAN)
        member.sends("main form:has([name=person]) button[type=submit]")
        member.page.wait_for_load_state()
    looks_right(member, f"screen-{language}") if name == "first" else None
    member.opens("/dagsorden/")
    member.page.locator('main [name="traits"]').first.check(force=True)
    member.fills(
        why_serious="Han sover ude i frost og er truende, når han vågner.",
        means_exhausted="Patruljen kan kun køre ham hjem til en kold lejlighed.",
        social="yes",
        psychiatric="yes",
        crime="no",
        children="no",
        necessity="De andre skal kunne slå op, om de kender ham.",
    )
    for party in ("social", "psychiatry"):
        box = member.page.locator(f'main [name="parties"][value="{world.authorities[party]}"]')
        if not box.is_checked():
            box.check(force=True)
    looks_right(member, f"agenda-{language}") if name == "first" else None
    member.sends("main form:has([name=necessity]) button[type=submit]:visible")
    member.page.wait_for_url("**/sager/*/")
    return member.page.url.removeprefix(member.address)


@pytest.mark.req("R-000-23", "R-000-25", "R-000-26", "R-000-91", "R-001-9", "R-001-10", "R-001-11")
@pytest.mark.parametrize("language", ["da", "en"])
def test_from_a_tag_to_the_door_and_back_again(sits: Callable[..., Hands], world: World, language: str) -> None:
    officer, police, social, nurse = (
        sits(seat, language=language)
        for seat in ("police.frontline", "police.member", "social.member", "psychiatry.member")
    )
    officer.goes(reverse("web:desk"))
    looks_right(officer, f"desk-officer-{language}")
    officer.fills(event_reference="0700-76114-00021-26")
    officer.presses("Enter")
    officer.page.wait_for_url("**/tak/")
    looks_right(officer, f"raised-{language}")

    case = _raise_at_the_table(police, world, language, name="first")
    police.goes(case)
    looks_right(police, f"case-raised-{language}")

    social.goes(reverse("cases:list"))
    assert _height(social, "Prøvekredsens Politi") < 768
    looks_right(social, f"list-{language}")
    social.goes(case)
    assert _height(social, "Prøvekredsens Politi") < 768
    social.goes(case + "ansvar/")
    social.fills(authority=str(world.authorities["social"]), reason="Boligen er det første, der skal på plads.")
    looks_right(social, f"place-{language}")
    social.sends("main form:has([name=seen]) button[type=submit]")

    soon = (timezone.localdate() + timedelta(days=3)).isoformat()
    social.goes(case + "aftale/")
    social.fills(
        what="Besøg ham hjemme sammen med en støtte-kontaktperson",
        due_on=soon,
        if_it_slips="Vi prøver igen dagen efter og ringer til vagten.",
        authority=str(world.authorities["psychiatry"]),
    )
    looks_right(social, f"agree-{language}")
    social.sends("main form:has([name=if_it_slips]) button[type=submit]")

    nurse.goes(reverse("web:desk"))
    looks_right(nurse, f"desk-nurse-{language}")
    nurse.goes(case)
    nurse.opens("/tag/")
    nurse.sends("main form:has([name=who]) button[type=submit]")
    social.goes(case + "borgeren/")
    social.fills(state="later", reason="Han skal først være i ro.", review_on=soon)
    social.sends("main form:has([name=citizens_view]) button[type=submit]")
    social.goes(case + "opfoelgning/")
    social.fills(what_happened="Han er i varmen, og lejligheden er gjort ren.", next_step="Se til ham", next_on=soon)
    social.fills(still_necessary="yes", criteria_met="yes")
    social.sends("main form:has([name=what_happened]) button[type=submit]")
    social.goes(case)
    looks_right(social, f"case-followed-{language}")

    social.goes(case + "ansvar/")
    social.fills(authority=str(world.authorities["psychiatry"]), reason="Han er i behandling nu.")
    social.sends("main form:has([name=seen]) button[type=submit]")
    looks_right(social, f"handed-over-{language}")
    nurse.goes(case)
    nurse.opens("/tag/")
    looks_right(nurse, f"take-over-{language}")
    nurse.sends("main form:has([name=sure]) button[type=submit]")
    nurse.goes(case + "afslut/")
    nurse.fills(reason="solved", note="Han bor hjemme og tager sin medicin.", outcome="home_kept")
    looks_right(nurse, f"close-{language}")
    nurse.sends("main form:has([name=note]) button[type=submit]")

    officer.goes(reverse("cases:concerns"))
    looks_right(officer, f"answers-{language}")
    heard = officer.page.locator("main").inner_text()
    assert "0700-76114-00021-26" in heard
    assert "Aage" not in heard
    assert "medicin" not in heard

    officer.goes(reverse("web:desk"))
    officer.fills(event_reference="0700-76114-00044-27")
    officer.presses("Enter")
    officer.page.wait_for_url("**/tak/")
    again = _raise_at_the_table(police, world, language, name="second")
    assert again != case
    police.goes(again)
    assert police.page.locator(f'main a[href="{case}"]').count() == 1
    looks_right(police, f"case-return-{language}")
    assert social.page.goto(social.address + case).status == 200
    stranger = sits("outside.member", language=language)
    assert stranger.page.goto(stranger.address + case).status == 404
