"""Two municipalities at one table (000 section 2.17): each place has its own way, and which was used is noted."""

import psycopg
import pytest
from django.urls import reverse

from samsvar.meetings.models import AgendaItem
from samsvar.partnerships.models import Membership
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.meetings.table import fourth
from tests.meetings.test_meeting import plan_one, raise_one
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
