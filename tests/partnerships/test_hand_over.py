"""A member leaves and a successor takes over in one step (R-000-11)."""

import psycopg
import pytest
from django.urls import reverse

from samsvar.cases.models import Action, Assignment, Case
from samsvar.cases.services.raising import Facts, raise_case
from samsvar.partnerships.models import Authority, Capacity, Group, GroupFunction, Membership
from samsvar.partnerships.services import PartnershipError, give_function, hand_over, seat
from samsvar.postgres.actor import acting
from samsvar.tasks.models import Task, TaskKind
from samsvar.tasks.services import lay
from tests.clients import sit
from tests.world import World

LEAVING, NEW, ADMIN = "social.member", "social.screener", "social.admin"


def _case_with_work(world: World) -> Case:
    """The leaving member has raised a case, got a task and an agreement in it, and holds the chair."""
    with acting(world.seats[LEAVING].token) as actor:
        case = raise_case(
            actor,
            group=Group.objects.select_related("partnership").get(pk=world.group),
            identity=None,
            parties=list(Authority.objects.filter(pk=world.authorities["police"])),
            facts=Facts(why_serious="Sover ude", means_exhausted="Vi når ham ikke", traits=["invisible"]),
            necessity="De andre skal kunne hjælpe.",
        )
        Action.objects.create(
            partnership_id=world.partnership,
            case=case,
            group_id=world.group,
            authority_id=actor.authority_id,
            by_id=actor.person_id,
            proposed_by_authority_id=actor.authority_id,
            what="Besøger ham",
            who="Member Social",
            who_capacity_id=world.seats[LEAVING].post,
            if_it_slips="Prøver igen",
            state="agreed",
        )
        lay(
            actor,
            TaskKind.DO_ACTION,
            partnership_id=world.partnership,
            authority_id=actor.authority_id,
            subject_kind="case",
            subject_id=case.pk,
            case_id=case.pk,
            group_id=world.group,
            person_id=actor.person_id,
        )
    return case


def _assign(owner: psycopg.Connection, world: World, case: Case) -> None:
    owner.execute(
        "insert into cases_assignment"
        " (id, partnership_id, case_id, authority_id, capacity_id, reason, since, added_by_id)"
        " values (gen_random_uuid(), %s, %s, %s, %s, 'kender ham', now(), %s)",
        [
            world.partnership,
            case.pk,
            world.authorities["social"],
            world.seats[LEAVING].post,
            world.seats[LEAVING].person,
        ],
    )
    owner.execute("update partnerships_capacity set phone = '12 34 56 78' where id = %s", [world.seats[LEAVING].post])
    owner.commit()


@pytest.mark.req("R-000-11")
def test_seat_function_cases_agreements_tasks_and_card_pass_on(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = _case_with_work(world)
    _assign(owner_connection, world, case)
    with acting(world.seats[ADMIN].token) as admin:
        table = Group.objects.get(pk=world.group)
        give_function(admin, table, Capacity.objects.get(pk=world.seats[LEAVING].post), "chair")
        sits = Membership.objects.select_related("group", "capacity").get(capacity_id=world.seats[LEAVING].post)
        passed = hand_over(admin, sits, Capacity.objects.get(pk=world.seats[NEW].post), "nyt job")
        assert passed == 3
        assert not Case.objects.exists()

    with acting(world.seats[NEW].token) as successor:
        assert successor.is_any("member", "chair")
        assert world.group in successor.group_ids
        assert Action.objects.get(case=case).who_capacity_id == successor.capacity_id
        assert Action.objects.get(case=case).who == "Screener Social"
        assert Task.objects.filter(person_id=successor.person_id, done_at=None).count() == 1
        held = {row.capacity_id: row.until for row in Assignment.objects.filter(case=case)}
        assert held[successor.capacity_id] is None
        assert held[world.seats[LEAVING].post] is not None
        assert Capacity.objects.get(pk=successor.capacity_id).phone == "12 34 56 78"
        assert GroupFunction.objects.filter(until=None).get().capacity_id == successor.capacity_id
    with acting(world.seats[LEAVING].token) as left:
        assert world.group not in left.group_ids
        assert not Task.objects.filter(done_at=None, person_id=left.person_id).exists()


def test_a_coordinator_hands_the_own_seat_and_function_over(world: World, owner_connection: psycopg.Connection) -> None:
    with acting(world.seats[ADMIN].token) as admin:
        table = Group.objects.get(pk=world.group)
        give_function(admin, table, Capacity.objects.get(pk=world.seats[LEAVING].post), "coordinator")
    with acting(world.seats[LEAVING].token) as actor:
        sits = Membership.objects.select_related("group", "capacity").get(capacity_id=actor.capacity_id)
        hand_over(actor, sits, Capacity.objects.get(pk=world.seats[NEW].post))
    with acting(world.seats[NEW].token) as successor:
        assert successor.is_any("coordinator")


def test_nothing_passes_to_another_authority(world: World, owner_connection: psycopg.Connection) -> None:
    case = _case_with_work(world)
    _assign(owner_connection, world, case)
    with acting(world.seats[ADMIN].token) as admin:
        sits = Membership.objects.select_related("group", "capacity").get(capacity_id=world.seats[LEAVING].post)
        with pytest.raises(PartnershipError, match="samme myndighed"):
            hand_over(admin, sits, Capacity.objects.get(pk=world.seats["police.screener"].post))


@pytest.mark.attack
@pytest.mark.parametrize("function", ["tasks_pass_on", "cases_pass_on", "partnerships_pass_on_card"])
@pytest.mark.parametrize("seat", ["police.admin", "social.frontline", "social.member", "outside.admin"])
def test_who_may_not_hand_over_gets_nothing_from_the_database_either(
    world: World, owner_connection: psycopg.Connection, app_connection: psycopg.Connection, function: str, seat: str
) -> None:
    case = _case_with_work(world)
    _assign(owner_connection, world, case)
    app_connection.execute("select set_config('samsvar.token', %s, false)", [world.seats[seat].token])
    app_connection.execute(
        f"select {function}(%s, %s, %s)", [world.seats[LEAVING].post, world.seats[NEW].post, world.group]
    )
    app_connection.commit()
    counts = owner_connection.execute(
        "select (select count(*) from tasks_task where person_id = %(new)s),"
        " (select count(*) from cases_action where who_capacity_id = %(post)s),"
        " (select count(*) from cases_assignment where capacity_id = %(post)s),"
        " (select count(*) from partnerships_capacity where id = %(post)s and phone <> '')",
        {"new": world.seats[NEW].person, "post": world.seats[NEW].post},
    ).fetchone()
    assert counts == (0, 0, 0, 0)


def test_through_the_screen(world: World) -> None:
    client = sit(world, ADMIN)
    with acting(world.seats[ADMIN].token):
        sits = Membership.objects.get(capacity_id=world.seats[LEAVING].post).pk
    address = reverse("partnerships:hand_over", args=[sits])
    empty = client.post(address, {"successor": ""})
    assert empty.context["form"].errors["successor"]
    foreign = client.post(address, {"successor": world.seats["police.screener"].post})
    assert foreign.context["form"].errors["successor"]
    assert client.post(address, {"successor": world.seats[NEW].post, "reason": "nyt job"}).status_code == 302
    page = client.get(reverse("partnerships:group", args=[world.group])).content.decode()
    assert "Screener Social" in page
    assert "nyt job" in page


def test_a_seat_that_is_taken_is_not_taken_twice(world: World) -> None:
    with acting(world.seats[ADMIN].token) as admin:
        table = Group.objects.select_related("partnership").get(pk=world.group)
        post = Capacity.objects.get(pk=world.seats[NEW].post)
        seat(admin, table, post)
        with pytest.raises(PartnershipError, match="sidder allerede"):
            seat(admin, table, post)
