"""The minutes in a real browser: every state of the page, and the way from the desk to a receipt."""

from collections.abc import Callable

import psycopg
import pytest
from django.urls import reverse

from samsvar.meetings.services import conducting
from samsvar.meetings.services import minutes as minutes_services
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands
from tests.meetings.test_meeting import plan_one, raise_one
from tests.meetings.test_minutes import again, hold, make_coordinator
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_minutes_read_well_in_every_state(
    sits: Callable[..., Hands], world: World, owner_connection: psycopg.Connection, language: str
) -> None:
    make_coordinator(owner_connection, world, "social.member")
    case = raise_one(world)
    meeting = hold(world, case, note="Aage er 43 år gammel og bor i Bogense.")
    hands = sits("social.member", language=language)
    page = reverse("meetings:minutes", args=[meeting.pk])
    hands.looks_well_on_both(f"minutes-unsent-{language}", page)
    hands.sends(f'form[action="{reverse("meetings:minutes_send", args=[meeting.pk])}"] button')
    hands.looks_well_on_both(f"minutes-doubt-{language}")
    # The browser calls the answer that asks once more a conflict, which it is.
    hands.complaints.clear()
    hands.sends(f'form[action="{reverse("meetings:minutes_send", args=[meeting.pk])}"] button')
    hands.looks_well_on_both(f"minutes-sent-{language}")
    following = plan_one(world, 14)
    meeting = again(world, meeting)
    with acting(world.seats["social.member"].token) as actor:
        conducting.approve(actor, meeting)
        minutes_services.amend(actor, again(world, meeting), "Aftalen gælder i en uge.", "Det blev sagt.", case)
    hands.looks_well_on_both(f"minutes-approved-{language}", page)
    hands.looks_well_on_both(f"minutes-count-{language}", reverse("meetings:count", args=[world.group]))
    hands.looks_well_on_both(f"minutes-frame-{language}", reverse("meetings:meeting", args=[following.pk]))
    assert hands.complaints == []


def test_a_member_reads_the_minutes_from_the_desk(sits: Callable[..., Hands], world: World) -> None:
    meeting = hold(world, raise_one(world))
    with acting(world.seats["social.member"].token) as actor:
        minutes_services.send(actor, meeting)
    member = sits("police.member")
    member.goes(reverse("web:desk"))
    member.actions = 0
    member.opens("/referat/")
    member.clicks("Jeg har læst referatet")
    assert member.actions == 2
    assert member.sees("Det er noteret")
    member.goes(reverse("web:desk"))
    assert member.page.locator('main a[href*="/referat/"]').count() == 0
