"""The meeting in a real browser: the decision is in reach without scrolling, and a phone shows the item first."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone

from samsvar.cases.models import Case
from samsvar.cases.services.work import agree
from samsvar.meetings.models import Meeting
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import acting
from tests.browser.hands import Hands
from tests.meetings.test_meeting import plan_one, raise_one
from tests.world import World

pytestmark = pytest.mark.browser

LONG = "Myndigheden for Voksne med Særlige Behov og Tværgående Indsatser i Prøveby og Omegns Kommuner"


def _usual(world: World) -> tuple[Case, Meeting]:
    """A case that was followed up before, with a proposal to another authority, among a few others."""
    case = raise_one(world)
    for _other in range(3):
        raise_one(world, to=("social",))
    with acting(world.seats["social.member"].token) as actor:
        police = Authority.objects.get(pk=world.authorities["police"])
        agree(
            actor,
            case,
            police,
            what="Holder øje med ham på patruljen, og ringer når han ses",
            if_it_slips="Ringer til os",
        )
        own = Authority.objects.get(pk=actor.authority_id)
        day = timezone.localdate() + timedelta(days=3)
        agree(actor, case, own, what="Ser til ham hjemme", if_it_slips="Ringer", due_on=day)
    return case, plan_one(world, 0)


def _bottom(who: Hands, selector: str) -> float:
    box = who.page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return box["y"] + box["height"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_decision_is_saved_without_scrolling(sits: Callable[..., Hands], world: World, language: str) -> None:
    case, meeting = _usual(world)
    member = sits("social.member", language=language)
    member.goes(f"/moeder/{meeting.pk}/sag/{case.pk}/")
    member.picture(f"item-{language}", full=False)
    member.picture(f"item-whole-{language}")
    assert _bottom(member, ".item-save .button-primary") <= 768
    assert member.axe() == []
    assert member.sideways() <= 0


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_phone_shows_the_item_before_the_agenda_with_long_names_too(
    sits: Callable[..., Hands], world: World, owner_connection: psycopg.Connection, language: str
) -> None:
    case, meeting = _usual(world)
    owner_connection.execute("update partnerships_authority set name = %s where kind <> 'police'", [LONG])
    owner_connection.commit()
    member = sits("social.member", language=language, width=320, height=640)
    member.goes(f"/moeder/{meeting.pk}/sag/{case.pk}/")
    member.picture(f"item-320-{language}")
    assert _bottom(member, ".item-head h2") < _bottom(member, ".meeting-agenda h2")
    assert member.sideways() <= 0
    assert member.axe() == []
    member.page.set_viewport_size({"width": 1366, "height": 768})
    member.picture(f"item-long-{language}", full=False)
    assert _bottom(member, ".meeting-agenda h2") < 768
    assert member.sideways() <= 0
