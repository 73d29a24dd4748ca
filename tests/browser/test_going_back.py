"""Back and Send in a real browser: no question about sending again, no second concern and no second case."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Error

from samsvar.cases.models import Case, Concern
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands
from tests.cases.table import raised
from tests.cases.test_screening import tell
from tests.world import World

pytestmark = pytest.mark.browser


def _goes_back(who: Hands) -> None:
    """The browser's Back; a page that it asks about ("Confirm Form Resubmission") is an error page of its own."""
    try:
        who.page.go_back()
    except Error as refused:
        pytest.fail(f"the browser asks whether to send again: {refused}")
    assert who.page.locator("main").count() == 1, who.page.url


def _sends_at_once(who: Hands) -> None:
    """Press the form's own button twice, as a finger does that slips."""
    button = who.page.locator("main form[method=post] button[type=submit]:visible").first
    button.evaluate("button => { button.click(); button.click(); }")
    who.page.wait_for_load_state()


def test_back_and_send_on_a_concern_is_one_concern(sits: Callable[..., Hands], world: World) -> None:
    officer = sits("police.frontline")
    officer.goes(reverse("cases:raise"))
    officer.fills(text="Han sover i opgangen.")
    _sends_at_once(officer)
    officer.page.wait_for_url("**/tak/")
    thanked = officer.page.url
    _goes_back(officer)
    if officer.page.locator("textarea").count():
        officer.fills(text="Han sover i opgangen.")
        officer.sends()
    assert officer.page.url == thanked
    assert officer.sees("Den er allerede sendt.")
    officer.picture("raised-again-da")
    officer.clicks("Rejs en til", role="link")
    assert officer.page.locator("textarea").first.input_value() == ""
    with acting(world.seats["police.screener"].token):
        assert Concern.objects.count() == 1


def test_back_and_send_on_raising_is_one_case(sits: Callable[..., Hands], world: World) -> None:
    concern = tell(world)
    member = sits("police.member")
    member.goes(reverse("cases:screening"))
    member.opens("/visitering/")
    for way in ("np-sag", "akut", "ikke-psp", "dagsorden"):
        member.opens(f"/{way}/")
        if way != "dagsorden":
            _goes_back(member)
            assert member.page.url.endswith(f"/visitering/{concern.pk}/")
    refused = member.page.url
    member.sends()
    assert member.page.locator(".error-summary").count() == 1
    assert member.page.url == refused
    member.page.locator('main [name="traits"]').first.check(force=True)
    member.fills(
        means_exhausted="Patruljen kan kun køre ham hjem.",
        social="yes",
        psychiatric="yes",
        crime="no",
        children="no",
        necessity="De andre skal kunne slå op, om de kender ham.",
    )
    _sends_at_once(member)
    member.page.wait_for_url("**/sager/*/")
    case = member.page.url
    _goes_back(member)
    if member.page.locator('main [name="necessity"]').count():
        member.sends()
    assert member.page.url == case
    assert member.sees("Den er allerede sendt.")
    with acting(world.seats["police.member"].token):
        assert Case.objects.count() == 1


def test_the_ways_are_seen_without_scrolling(sits: Callable[..., Hands], world: World) -> None:
    concern = tell(world, text="Han står ude hver nat og taler med sig selv.\n" * 12)
    member = sits("police.member")
    member.goes(reverse("cases:screen", args=[concern.pk]))
    boxes = [way.bounding_box() for way in member.page.locator(".ways > li > a").all()]
    assert len(boxes) == 5
    assert all(box is not None and box["y"] + box["height"] <= 768 for box in boxes)
    assert member.axe() == []
    member.picture("ways-da", full=False)
    member.page.set_viewport_size({"width": 320, "height": 640})
    assert member.sideways() <= 0
    member.picture("ways-da-320")


def test_the_picture_has_words_on_a_phone(sits: Callable[..., Hands], world: World) -> None:
    case = raised(world)
    member = sits("police.member", width=320, height=640)
    member.goes(reverse("cases:case", args=[case.pk]))
    words = member.page.locator(".chair-word")
    assert words.all_text_contents() == ["Politi", "Kommune", "Psykiatri"]
    for word in words.all():
        box = word.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    member.picture("picture-320-da", full=False)
