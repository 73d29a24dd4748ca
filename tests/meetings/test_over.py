"""A meeting that is over is not offered as if it went on: what can be done is told from what cannot."""

import re

import psycopg
import pytest
from django.urls import reverse

from samsvar.meetings.models import Meeting, Part
from samsvar.meetings.services import conducting
from samsvar.meetings.services import minutes as minutes_services
from samsvar.meetings.services.errors import MeetingError
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.meetings.test_kinds import lead, make, plan_kind
from tests.meetings.test_meeting import on_the_day, plan_one, raise_one
from tests.meetings.test_minutes import again, hold
from tests.world import World


def forms_in(html: str) -> set[str]:
    """Where the forms of the page's own part lead, by the last word of their address."""
    main = html.partition("<main")[2].partition("</main>")[0]
    found = re.findall(r'<form method="post" action="[^"]*/moeder/[^"]*?/([a-z-]+)/"', main)
    return set(found)


def page(world: World, meeting: Meeting, name: str = "meeting", *more: object, language: str = "da") -> str:
    """A page of the meeting as the social services' member sees it."""
    answer = sit(world, "social.member", language).get(reverse(f"meetings:{name}", args=[meeting.pk, *more]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_held_meeting_says_that_it_is_over_when_and_where_the_minutes_are(world: World) -> None:
    meeting = hold(world, raise_one(world))
    shown = page(world, meeting)
    over = shown.partition('data-part="over"')[2].partition("</p>")[0]
    assert "Mødet er slut." in over
    assert "Det sluttede den" in over
    assert reverse("meetings:minutes", args=[meeting.pk]) in over
    assert "er ikke sendt endnu." in over
    with acting(world.seats["social.member"].token) as actor:
        minutes_services.send(actor, meeting, all_the_same=True)
    assert "er sendt og kan rettes, til det godkendes på næste møde." in page(world, meeting)
    with acting(world.seats["social.member"].token) as actor:
        conducting.approve(actor, again(world, meeting))
    assert "er godkendt og står fast." in page(world, meeting)
    assert "The meeting is over." in page(world, meeting, language="en")


def test_a_planned_meeting_offers_what_a_held_one_does_not(world: World) -> None:
    case = raise_one(world)
    planned = plan_one(world, 0)
    offered = forms_in(page(world, planned))
    assert {"slut", "aflys", "fremmoede", "orientering", "generelle-emner"} <= offered
    held = hold(world, case)
    shown = page(world, held)
    # What the minutes say can be mended until they are approved, and that lies folded; nothing else is offered.
    assert forms_in(shown) == {"fremmoede", "orientering", "generelle-emner"}
    for words in ("Flyt mødet", "Aflys mødet", "Gå til bordet", "Forberedelse", "Hvem kommer", "Alle andre er her"):
        assert words not in shown, words
    for folded in ("Ret fremmødet", "Ret teksten"):
        assert f'<summary class="details-summary">{folded}</summary>' in shown
    item = page(world, held, "item", case.pk)
    assert forms_in(item) == set()
    assert "Mødet er slut." in item
    assert "Gæster og borgerens ord" not in item


def test_approved_minutes_leave_nothing_to_be_written_on_the_meetings_page(world: World) -> None:
    meeting = hold(world, raise_one(world))
    with acting(world.seats["social.member"].token) as actor:
        conducting.orient(actor, meeting, "Ny vagtleder i byen.", seen="")
        conducting.approve(actor, meeting)
    shown = page(world, meeting)
    assert forms_in(shown) == set()
    assert "Ny vagtleder i byen." in shown
    assert "<textarea" not in shown
    # Sent from a page that was open all the while, nothing typed is lost, and the message says what to do.
    address = reverse("meetings:orient", args=[meeting.pk])
    given = {"orientation-text": "Glemt: ny telefon.", "orientation-seen": "Ny vagtleder i byen."}
    late = sit(world, "social.member").post(address, given)
    assert late.status_code == 409
    assert "Glemt: ny telefon." in late.content.decode()
    assert "Skriv en rettelse til det." in late.content.decode()


def test_functions_are_not_given_away_at_a_meeting_that_is_over(
    world: World, owner_connection: psycopg.Connection
) -> None:
    lead(world, owner_connection, "social.member")
    meeting = plan_kind(world, make(world, Part.CONSTITUTION), 1)
    assert "konstituering" in forms_in(page(world, meeting))
    with acting(world.seats["social.member"].token) as actor, on_the_day(meeting):
        conducting.end(actor, meeting)
    meeting = again(world, meeting)
    assert "konstituering" not in forms_in(page(world, meeting))
    with (
        acting(world.seats["social.member"].token) as actor,
        pytest.raises(MeetingError, match="gives nu videre under gruppen"),
    ):
        conducting.constitute(actor, meeting, {}, seen={})


def test_a_meeting_that_is_called_off_says_so_and_offers_nothing(world: World) -> None:
    raise_one(world)
    meeting = plan_one(world)
    with acting(world.seats["social.member"].token) as actor:
        conducting.call_off(actor, meeting)
    shown = page(world, meeting)
    assert "Mødet er aflyst." in shown
    assert forms_in(shown) == set()
    for name in ("minutes", "sheet", "prepare"):
        assert reverse(f"meetings:{name}", args=[meeting.pk]) not in shown


def test_a_held_meeting_is_neither_moved_nor_prepared(world: World) -> None:
    meeting = hold(world, raise_one(world))
    client = sit(world, "social.member")
    move = client.get(reverse("meetings:move", args=[meeting.pk]), follow=True)
    assert "Mødet er ikke planlagt længere." in move.content.decode()
    assert move.redirect_chain[0][0] == reverse("meetings:meeting", args=[meeting.pk])
    prepared = page(world, meeting, "prepare")
    assert "Mødet er slut." in prepared
    assert "Jeres mappe til print" not in prepared
    assert "Jeres svar" not in prepared
