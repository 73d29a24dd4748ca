"""What somebody inside, or a receiver, tried with SQL of their own: other days, old yeses, other names, a stop list."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import (
    CareEventDelivery,
    CareNetwork,
    NetworkContact,
    NetworkInvitee,
    NetworkReader,
    Plan,
    PlanAnswer,
    PlanLine,
    PlanVersion,
    RecordEntry,
)
from samsvar.coordination.services import plans
from samsvar.coordination.services.contacts import Contact
from samsvar.postgres.actor import acting
from tests.coordination.test_doctor import alerted, answers, doctor, here, invited, meeting
from tests.coordination.test_plans import GOAL, LEADER, NURSE, YES, begun, for_ward, in_force
from tests.world import World

__all__ = ["doctor"]
Lets = Callable[..., NetworkReader]
DOCTOR = "practice.frontline"


def refused(write: Callable[[], Any]) -> None:
    """The database does not take it."""
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


@pytest.fixture
def accepted(world: World, network: CareNetwork, ward: UUID, lets_in: Lets) -> Plan:
    """A plan in force with a line for the ward, to which the ward has said yes."""
    with acting(world.seats[LEADER].token) as actor:
        lets_in(actor, network, "psychiatry", True, "plans")
        plan = begun(actor, network)
        for_ward(actor, plan, world, ward)
        plans.put_in_force(actor, plan, YES)
    with acting(world.seats[NURSE].token) as actor:
        now = Plan.objects.select_related("network").get(pk=plan.pk)
        plans.accept_lines(actor, now, now.in_force or 0)
    return plan


def test_an_old_yes_does_not_cover_a_new_line(world: World, accepted: Plan) -> None:
    with acting(world.seats[LEADER].token) as actor:
        plan = Plan.objects.select_related("network").get(pk=accepted.pk)
        draft = plans.revise_plan(actor, plan)
        # What stands unchanged came along with its yes.
        line = PlanLine.objects.get(version=draft, party__isnull=False)
        assert line.since == 1

        def forged(**more: object) -> PlanLine:
            same = {name: getattr(line, name) for name in ("partnership_id", "network_id", "authority_id", "by_id")}
            same |= {name: getattr(line, name) for name in ("version_id", "part", "owner", "party_id", "unit_id")}
            return PlanLine(**same, **{"id": uuid4(), "number": 9, "what": "Betaler det hele", "since": 1, **more})

        refused(lambda: forged().save(force_insert=True))
        refused(lambda: forged(number=line.number, what=line.what + " gratis").save(force_insert=True))
        forged(since=2).save(force_insert=True)


def test_a_party_answers_under_the_name_of_its_own_place(
    world: World, network: CareNetwork, ward: UUID, lets_in: Lets
) -> None:
    with acting(world.seats[LEADER].token) as actor:
        lets_in(actor, network, "psychiatry", True, "plans")
        plan = begun(actor, network)
        for_ward(actor, plan, world, ward)
        plans.put_in_force(actor, plan, YES)
    with acting(world.seats[NURSE].token) as actor:
        version = PlanVersion.objects.get(plan=plan)

        def answer(who: str) -> PlanAnswer:
            return PlanAnswer(
                id=uuid4(),
                partnership_id=network.partnership_id,
                network_id=network.pk,
                owner_authority_id=network.authority_id,
                version=version,
                authority_id=actor.authority_id,
                unit_id=ward,
                who=who,
                reply="yes",
                on=timezone.localdate(),
                by_id=actor.person_id,
            )

        refused(lambda: answer("Frode Prøvesen").save(force_insert=True))
        name = PlanLine.objects.filter(version=version, party__isnull=False).values_list("owner", flat=True)[0]
        answer(name).save(force_insert=True)


def test_a_stop_is_said_to_an_invitation_alone(world: World, doctor: CareNetwork) -> None:
    alerted(world, doctor)
    with acting(world.seats[DOCTOR].token) as actor:
        row = CareEventDelivery.objects.filter(authority_id=actor.authority_id)
        read = {"read_at": timezone.now(), "read_by_id": actor.person_id}
        refused(lambda: row.update(answer="never_any", **read))
        refused(lambda: row.update(answer="comes", **read))
        assert row.update(answer="call_us", **read) == 1


def test_an_invitation_takes_its_own_answers_alone(world: World, doctor: CareNetwork) -> None:
    invited(world, doctor)
    with acting(world.seats[DOCTOR].token) as actor:
        row = CareEventDelivery.objects.filter(authority_id=actor.authority_id)
        read = {"read_at": timezone.now(), "read_by_id": actor.person_id}
        refused(lambda: row.update(answer="we_call", **read))
        assert row.update(answer="never", **read) == 1


def test_nobody_puts_a_practice_that_said_never_on_a_list(world: World, doctor: CareNetwork) -> None:
    answers(world, invited(world, doctor), "never")
    row = meeting(world, doctor)
    with acting(world.seats[LEADER].token) as actor:
        contact = NetworkContact.objects.get(network=doctor, role="doctor")
        sister = services.write_contact(actor, here(doctor), Contact("relative", "Søster Prøvesen"))
        for one, taken in ((contact, False), (sister, True)):
            new = NetworkInvitee(
                id=uuid4(),
                partnership_id=doctor.partnership_id,
                network_id=doctor.pk,
                authority_id=doctor.authority_id,
                meeting=row,
                contact=one,
                by_id=actor.person_id,
            )
            if taken:
                new.save(force_insert=True)
            else:
                refused(lambda new=new: new.save(force_insert=True))


def test_no_row_of_the_room_is_dated_back(world: World, network: CareNetwork) -> None:
    long_ago = timezone.now() - timedelta(days=40)
    with acting(world.seats[LEADER].token) as actor:
        own = {
            "partnership_id": network.partnership_id,
            "network_id": network.pk,
            "authority_id": network.authority_id,
            "by_id": actor.person_id,
        }

        def entry(at: Any) -> None:
            """As an insider's own SQL would."""
            row = RecordEntry(id=uuid4(), **own, on=timezone.localdate(), activity="contact", text="Ringede")
            field = RecordEntry._meta.get_field("at")
            field.auto_now_add = False
            try:
                row.at = at
                row.save(force_insert=True)
            finally:
                field.auto_now_add = True

        refused(lambda: entry(long_ago))
        refused(lambda: entry(timezone.now() + timedelta(days=2)))
        entry(timezone.now())


def test_nothing_ends_or_is_read_on_another_day(world: World, network: CareNetwork, ward: UUID, lets_in: Lets) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    with acting(world.seats[LEADER].token) as actor:
        door = lets_in(actor, network)
        contact = services.write_contact(actor, network, Contact("relative", "Søster Prøvesen"))
        plan = in_force(actor, network)
        refused(lambda: NetworkReader.objects.filter(pk=door.pk).update(until=yesterday))
        refused(lambda: NetworkContact.objects.filter(pk=contact.pk).update(until=yesterday))
        refused(lambda: Plan.objects.filter(pk=plan.pk).update(ended_on=yesterday, end_why="x"))
        draft = plans.start_plan(actor, network, "crisis", plans.Wanted(goals=GOAL))
        back = timezone.now() - timedelta(days=3)
        version = PlanVersion.objects.filter(plan=draft)
        refused(lambda: version.update(in_force_at=back, in_force_by_id=actor.person_id))
        assert NetworkReader.objects.filter(pk=door.pk).update(until=timezone.localdate()) == 1
