"""Who else may sit at the small world's table: a coordinator, and a second municipality."""

from datetime import date
from uuid import uuid4

import psycopg

from tests.world import Seat, World

SINCE = date(2020, 1, 1)


def lead(world: World, owner: psycopg.Connection, seat: str = "social.member") -> None:
    """Let this seat be the group's coordinator."""
    owner.execute(
        "insert into partnerships_groupfunction (id, group_id, capacity_id, function, since, reason)"
        " values (%s, %s, %s, %s, %s, %s)",
        [uuid4(), world.group, world.seats[seat].post, "coordinator", SINCE, ""],
    )
    owner.commit()


def fourth(world: World, owner: psycopg.Connection) -> None:
    """A fourth authority at the table: another municipality, with a member."""
    authority = world.authorities["other"] = uuid4()
    owner.execute(
        "insert into partnerships_authority (id, name, short_name, kind, regime) values (%s, %s, %s, %s, %s)",
        [authority, "Nabo Kommune", "Nabo", "social", "gdpr"],
    )
    owner.execute(
        "insert into partnerships_participation (id, partnership_id, authority_id, since) values (%s, %s, %s, %s)",
        [uuid4(), world.partnership, authority, SINCE],
    )
    seat = world.seats["other.member"] = Seat(uuid4(), uuid4(), authority)
    owner.execute(
        "insert into accounts_user (id, email, name, password, language, is_active, created_at)"
        " values (%s, %s, 'Member Other', '!', 'da', true, now())",
        [seat.person, f"{seat.person.hex[:8]}@eksempel.dk"],
    )
    owner.execute(
        "insert into partnerships_capacity"
        " (id, person_id, authority_id, function, roles, phone, hours, since, end_reason)"
        " values (%s, %s, %s, 'member', '{releaser}', '', '', %s, '')",
        [seat.post, seat.person, authority, SINCE],
    )
    owner.execute(
        "insert into partnerships_membership (id, group_id, capacity_id, kind, may_decide, close_to_practice,"
        " duty_to_attend, mandate, network, since, end_reason)"
        " values (%s, %s, %s, 'permanent', true, true, false, '', '', %s, '')",
        [uuid4(), world.group, seat.post, SINCE],
    )
    owner.execute("select actor_open(%s, %s, %s, now() + interval '1 day')", [seat.token, seat.person, seat.post])
    owner.commit()
