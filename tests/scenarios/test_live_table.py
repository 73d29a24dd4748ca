"""Two municipalities at one table (000 section 2.17): each place has its own way, and which was used is noted."""

import psycopg
import pytest
from django.urls import reverse

from samsvar.meetings.models import AgendaItem
from samsvar.meetings.services.live import contribute_here, tell_here
from samsvar.partnerships.models import Membership
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.meetings.table import fourth
from tests.meetings.test_meeting import plan_one, raise_one
from tests.scenarios.language import Authority, Person, Town
from tests.world import World


@pytest.mark.scenario("000/V-31", "Two municipalities at the table")
@pytest.mark.req("R-000-72")
@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("all_hear", "Alle hører med"),
        ("anonymise", "Sagen drøftes uden navn"),
        ("leave_room", "De andre går ud"),
    ],
)
def test_a_municipality_that_the_item_does_not_concern_is_treated_as_the_place_has_agreed(
    world: World, owner_connection: psycopg.Connection, way: str, said: str
) -> None:
    # Given a second municipality in the room, a case that does not concern it, and what the place has agreed
    fourth(world, owner_connection)
    owner_connection.execute("update partnerships_partnership set hearing = %s", [way])
    owner_connection.commit()
    case, meeting = raise_one(world, to=("social",)), plan_one(world, 0)
    chair = sit(world, "social.member")
    assert chair.post(reverse("meetings:live_attend", args=[meeting.pk]), {"alle": "1"}).status_code == 200
    # When the table turns to the item
    assert chair.post(reverse("meetings:live_turn", args=[meeting.pk, case.pk])).status_code == 200
    page = chair.get(reverse("meetings:live_parts", args=[meeting.pk])).content.decode()
    # Then all see who is not in the case, and what has been agreed here
    assert "Member Other (Nabo)" in page
    assert said in page
    # And whoever stays or leaves, which way was used is noted on the item
    with acting(world.seats["social.member"].token):
        strangers = [
            member.pk
            for member in Membership.objects.filter(group_id=meeting.group_id).select_related("capacity")
            if member.capacity.authority_id in (world.authorities["other"], world.authorities["psychiatry"])
        ]
    away = strangers if way == "leave_room" else []
    answer = chair.post(reverse("meetings:live_room", args=[meeting.pk, case.pk]), {"away": away})
    assert answer.status_code == 200
    with acting(world.seats["police.member"].token):
        item = AgendaItem.objects.get(case=case)
        assert (item.hearing, sorted(item.away)) == (way, sorted(away))
    # And the second municipality's own screen shows neither the case nor its number
    other = sit(world, "other.member").get(reverse("meetings:live", args=[meeting.pk])).content.decode()
    assert case.reference not in other


@pytest.mark.scenario("000/V-31", "Two municipalities at the table")
@pytest.mark.req("R-000-72")
def test_each_municipality_is_there_for_its_own_items_and_out_for_the_others(
    town: Town, world: World, owner_connection: psycopg.Connection
) -> None:
    # Given two municipalities at one table, each with a citizen, in a place where the others leave the room
    fourth(world, owner_connection)
    owner_connection.execute("update partnerships_partnership set hearing = 'leave_room'")
    owner_connection.commit()
    police, social = town.authorities["police"], town.authorities["social"]
    nabo = Authority("Nabo Kommune")
    neighbour = nabo.people["member"] = Person(world.seats["other.member"], nabo, "Member Other")
    ours, theirs = (
        police.screener.puts_on_agenda(police.officer.tells(lines, person=who), whose)
        for lines, who, whose in (
            ("Sover i en bil ved havnen.", "Aage Prøvesen 611180-1234", social),
            ("Går rundt om natten og råber.", "Bodil Prøvesen 621180-1234", nabo),
        )
    )
    meeting = social.member.plans_meeting(days=0)
    social.member.notes_that_all_came(meeting)
    # When each item comes up, it says who is in the room and not in the case, and what the place has agreed
    for case, own, stranger in ((ours, social.member, "Member Other"), (theirs, neighbour, "Member Social")):
        page = own.item_of(meeting, case)
        assert page.says("Nogen i rummet er ikke med i sagen")
        assert page.says(f"{stranger} (")
        assert page.says("De andre går ud")
        out = [stranger, "Member Psychiatry"]
        own.decides(meeting, case, "followed_up", "Der er ringet til botilbuddet.", away=out)
        # Then they are out for this item alone
        room = own.item_of(meeting, case).text.partition("I rummet:")[2].split("\n")[0]
        assert stranger not in room
        assert own.name in room
    # And neither finds the other's case on the agenda, by its address or in the minutes
    for own, case, other in ((social.member, ours, theirs), (neighbour, theirs, ours)):
        assert own.browser.status(f"{meeting.address}sag/{other.id}/") == 404
        for page in (own.browser.open(meeting.address), own.reads_minutes(meeting)):
            assert case.reference in page.html
            assert other.reference not in page.html


@pytest.mark.scenario("000/V-31", "Two municipalities at the table")
@pytest.mark.req("R-000-72", "R-003-49")
@pytest.mark.parametrize("way", ["all_hear", "anonymise", "leave_room"])
def test_what_is_told_at_the_table_is_told_to_the_parties_in_the_room_whoever_else_sits_there(
    world: World, owner_connection: psycopg.Connection, way: str
) -> None:
    # Given a second municipality in the room, and a case that does not concern it
    fourth(world, owner_connection)
    case, meeting = raise_one(world, to=("social",)), plan_one(world, 0)
    chair, neighbour = sit(world, "social.member"), sit(world, "other.member")
    assert chair.post(reverse("meetings:live_attend", args=[meeting.pk]), {"alle": "1"}).status_code == 200
    assert chair.post(reverse("meetings:live_turn", args=[meeting.pk, case.pk])).status_code == 200
    # When the table chooses its way for this one item
    assert chair.post(reverse("meetings:live_room", args=[meeting.pk, case.pk]), {"hearing": way}).status_code == 200
    # And social services tell the table something
    told = {"text": "Har fået en seng på Solvej.", "information_type": "social", "necessity": "De skal vide hvor."}
    with acting(world.seats["social.member"].token) as actor:
        said = contribute_here(actor, meeting, case, **told)
        receivers = tell_here(actor, meeting, case, said)
    # Then the police have been told, and nobody else; the way stands with those who were there
    assert [one.pk for one in receivers] == [world.authorities["police"]]
    assert "Solvej" in sit(world, "police.member").get(reverse("cases:case", args=[case.pk])).content.decode()
    with acting(world.seats["police.member"].token):
        assert AgendaItem.objects.get(case=case).hearing == way
    # And the second municipality finds it nowhere: not on the live page, in the minutes, the list or the case
    for address in (
        reverse("meetings:live", args=[meeting.pk]),
        reverse("meetings:minutes", args=[meeting.pk]),
        reverse("cases:list"),
        reverse("cases:case", args=[case.pk]),
    ):
        page = neighbour.get(address).content.decode()
        assert "Solvej" not in page
        assert case.reference not in page
