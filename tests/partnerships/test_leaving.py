"""An authority that has left the partnership neither reads nor writes at its tables any more (L1)."""

from datetime import timedelta

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from samsvar.cases.models import Case, CaseEvent
from samsvar.partnerships.models import GroupFunction, Membership, Participation
from samsvar.partnerships.services import leave
from samsvar.postgres.actor import acting
from samsvar.steering.models import Terms
from tests.cases.table import Screen, raised
from tests.world import World


def gone(world: World, owner: psycopg.Connection, key: str = "psychiatry") -> None:
    """The authority's participation ended yesterday, and nobody has touched its seats."""
    owner.execute("alter table partnerships_participation disable trigger partnerships_left")
    owner.execute(
        "update partnerships_participation set until = today() - 1 where authority_id = %s",
        [world.authorities[key]],
    )
    owner.execute("alter table partnerships_participation enable trigger partnerships_left")
    owner.commit()


def actor_sets(world: World, seat: str) -> dict[str, list[object]]:
    """What the database says that a person reaches."""
    found = {}
    with acting(world.seats[seat].token), connection.cursor() as cursor:
        for name in ("groups", "seats", "assigned", "partnerships", "roles"):
            cursor.execute(f"select actor_{name}()")
            found[name] = cursor.fetchone()[0]
    return found


def test_who_has_left_neither_reads_nor_writes(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    own = raised(world, by="psychiatry.member", parties=("police",), name="Berta Prøvesen", cpr="")
    member = Screen(world, "psychiatry.member")
    assert case.reference in member.text("list")
    gone(world, owner_connection)
    assert actor_sets(world, "psychiatry.member") == {
        "groups": [],
        "seats": [],
        "assigned": [],
        "partnerships": [],
        "roles": ["releaser"],
    }
    # The running session ends there too: not the others' case, and not the one it raised itself.
    for one in (case, own):
        assert member.get("case", one.pk).status_code == 404
        assert member.post("follow_up", one.pk, text="Har ringet").status_code in {403, 404}
        assert one.reference not in member.get("list").content.decode()
    with acting(world.seats["psychiatry.member"].token) as actor:
        assert not Case.objects.exists()
        assert not Terms.objects.exists()
        with pytest.raises(ProgrammingError), transaction.atomic():
            CaseEvent.objects.create(
                partnership_id=case.partnership_id,
                case_id=case.pk,
                group_id=case.group_id,
                authority_id=actor.authority_id,
                by_id=actor.person_id,
                kind="edited",
            )
    # Those who are still there go on.
    assert case.reference in Screen(world, "police.member").text("list")


def test_seats_and_functions_end_with_the_participation(world: World, owner_connection: psycopg.Connection) -> None:
    owner_connection.execute(
        "insert into partnerships_groupfunction (id, group_id, capacity_id, function, since, reason)"
        " values (gen_random_uuid(), %s, %s, 'coordinator', '2020-01-01', '')",
        [world.group, world.seats["psychiatry.member"].post],
    )
    owner_connection.commit()
    last = timezone.localdate() + timedelta(days=3)
    with acting(world.seats["psychiatry.admin"].token) as actor:
        leave(actor, Participation.objects.get(authority_id=world.authorities["psychiatry"]), last)
    with acting(world.seats["police.member"].token):
        ours = Membership.objects.filter(capacity__authority_id=world.authorities["psychiatry"])
        assert [seat.until for seat in ours] == [last]
        assert [held.until for held in GroupFunction.objects.all()] == [last]
        others = Membership.objects.filter(group_id=world.group).exclude(pk__in=ours)
        assert {seat.until for seat in others} == {None}
    # Until its last day it sits there as before.
    assert actor_sets(world, "psychiatry.member")["groups"] == [world.group]


def test_an_authority_leaves_one_partnership_and_stays_in_another(
    world: World, owner_connection: psycopg.Connection
) -> None:
    row = owner_connection.execute(
        "select g.id, g.partnership_id from partnerships_group g where g.id <> %s", [world.group]
    ).fetchone()
    assert row is not None
    owner_connection.execute(
        "insert into partnerships_participation (id, partnership_id, authority_id, since)"
        " values (gen_random_uuid(), %s, %s, '2020-01-01')",
        [row[1], world.authorities["psychiatry"]],
    )
    owner_connection.execute(
        "insert into partnerships_membership (id, group_id, capacity_id, kind, may_decide, close_to_practice,"
        " duty_to_attend, mandate, network, since, end_reason)"
        " values (gen_random_uuid(), %s, %s, 'permanent', true, true, false, '', '', '2020-01-01', '')",
        [row[0], world.seats["psychiatry.member"].post],
    )
    owner_connection.execute(
        "update partnerships_participation set until = today() - 1 where authority_id = %s and partnership_id = %s",
        [world.authorities["psychiatry"], world.partnership],
    )
    owner_connection.commit()
    reach = actor_sets(world, "psychiatry.member")
    assert (reach["groups"], reach["partnerships"]) == ([row[0]], [row[1]])
    assert "member" in reach["roles"]
