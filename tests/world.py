"""A small partnership for tests of a room: three authorities, one group, people in their posts.

Written as the owner, since nobody can set up the first authority from inside; everything after that goes through services.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

import psycopg

SINCE = date(2020, 1, 1)


@dataclass
class Seat:
    """A person in a post, ready to act with `token`."""

    person: UUID
    post: UUID
    authority: UUID
    token: str = field(default_factory=lambda: uuid4().hex)


@dataclass
class World:
    """Ids of what `build` made; `seats` by name."""

    partnership: UUID
    group: UUID
    authorities: dict[str, UUID]
    seats: dict[str, Seat]


def build(owner: psycopg.Connection, *, prefix: str = "TST") -> World:
    """Police, social services and psychiatry around one table; a member, a screener and a frontline worker in each.

    A fourth authority, `outside`, belongs to another partnership. Seats are named "police.member" and so on.
    """
    partnership, elsewhere, group, other_group = uuid4(), uuid4(), uuid4(), uuid4()
    world = World(partnership, group, {}, {})
    for key, name in ((partnership, "Prøvekredsen"), (elsewhere, "Nabokredsen")):
        owner.execute(
            "insert into partnerships_partnership (id, name, cooperation, police_district, purpose, reference_prefix, name_in_advance,"
            " age_limit, means_required, count_network_cases, run_off_days, stale_days, created_at)"
            " values (%s, %s, 'psp', '', '', %s, true, 18, true, true, 30, 30, now())",
            [key, name, prefix],
        )
    for key, of in ((group, partnership), (other_group, elsewhere)):
        owner.execute(
            "insert into partnerships_group (id, partnership_id, name, word, level, model, reference_prefix, rhythm, place,"
            " duty_to_attend, deputies_allowed, channels, instruction)"
            " values (%s, %s, 'Operativgruppen', 'operativgruppe', 'operative', 'operative_group', '', 'monthly', '', false, true, '{}', '')",
            [key, of],
        )
    for kind, name, regime, at, table in (
        ("police", "Prøvekredsens Politi", "rhl", partnership, group),
        ("social", "Prøveby Kommune", "gdpr", partnership, group),
        ("psychiatry", "Psykiatrien i Prøveby", "gdpr", partnership, group),
        ("outside", "Fremmed Kommune", "gdpr", elsewhere, other_group),
    ):
        authority = world.authorities[kind] = uuid4()
        owner.execute(
            "insert into partnerships_authority (id, name, short_name, kind, regime) values (%s, %s, %s, %s, %s)",
            [authority, name, name[:24], "social" if kind == "outside" else kind, regime],
        )
        owner.execute(
            "insert into partnerships_participation (id, partnership_id, authority_id, since) values (%s, %s, %s, %s)",
            [uuid4(), at, authority, SINCE],
        )
        for role, roles in (
            ("member", ["releaser"]),
            ("screener", ["screener", "releaser"]),
            ("frontline", ["frontline"]),
            ("admin", ["local_admin"]),
            ("dpo", ["dpo"]),
        ):
            seat = world.seats[f"{kind}.{role}"] = Seat(uuid4(), uuid4(), authority)
            owner.execute(
                "insert into accounts_user (id, email, name, password, language, is_active, created_at)"
                " values (%s, %s, %s, '!', 'da', true, now())",
                [seat.person, f"{role}.{kind}.{seat.person.hex[:6]}@eksempel.dk", f"{role.title()} {kind.title()}"],
            )
            owner.execute(
                "insert into partnerships_capacity (id, person_id, authority_id, function, roles, phone, hours, since, end_reason)"
                " values (%s, %s, %s, %s, %s, '', '', %s, '')",
                [seat.post, seat.person, authority, role, roles, SINCE],
            )
            if role == "member":
                owner.execute(
                    "insert into partnerships_membership (id, group_id, capacity_id, kind, may_decide, close_to_practice,"
                    " duty_to_attend, mandate, network, since, end_reason) values (%s, %s, %s, 'permanent', true, true, false, '', '', %s, '')",
                    [uuid4(), table, seat.post, SINCE],
                )
            owner.execute(
                "select actor_open(%s, %s, %s, now() + interval '1 day')", [seat.token, seat.person, seat.post]
            )
    return world
