"""A steering group above the table of the small world."""

from uuid import uuid4

import psycopg

from tests.filled import Pen
from tests.world import SINCE, Seat, World


def steer(world: World, owner: psycopg.Connection) -> World:
    """The world with a steering group, in which a leader of the police sits; its id stands among the authorities."""
    group = uuid4()
    world.authorities["steering_group"] = group
    pen = Pen(owner)
    names = {"name": "Styregruppen", "word": "styregruppe", "model": "local_council", "rhythm": "quarterly"}
    pen.put("partnerships_group", id=group, partnership_id=world.partnership, level="steering", **names)
    leader = world.seats["police.leader"] = Seat(uuid4(), uuid4(), world.authorities["police"])
    pen.put("accounts_user", id=leader.person, email="leder@eksempel.dk", name="Leder Police", is_active=True)
    of_police = {"person_id": leader.person, "authority_id": leader.authority}
    pen.put("partnerships_capacity", id=leader.post, **of_police, function="vicepolitiinspektør", since=SINCE)
    pen.put("partnerships_membership", group_id=group, capacity_id=leader.post, kind="permanent", since=SINCE)
    owner.execute("select actor_open(%s, %s, %s, now() + interval '1 day')", [leader.token, leader.person, leader.post])
    return world
