"""What somebody inside, or let in, tried to get beyond what the citizen's yes names: it does not work."""

from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import (
    CareEvent,
    CareEventDelivery,
    CareNetwork,
    NetworkContact,
    NetworkReader,
    Plan,
    PlanLine,
    PlanVersion,
)
from samsvar.coordination.papers.event import notice_text
from samsvar.coordination.selectors import plans as plan_selectors
from samsvar.coordination.services import Alert, CoordinationError, Happened, meetings, plans
from samsvar.coordination.services.contacts import Contact
from samsvar.coordination.services.coordinators import Named
from samsvar.coordination.services.plans import Step
from samsvar.partnerships.models import Authority, Capacity, Unit
from samsvar.postgres.actor import Actor, acting
from tests.clients import sit
from tests.coordination.ground import unit, yes
from tests.coordination.test_plans import GOAL, LEADER, NURSE, YES, begun, for_ward, in_force, review
from tests.world import World

Lets = Callable[..., NetworkReader]
UNIT = "social.frontline"


@pytest.fixture
def treatment(world: World, owner_connection: psycopg.Connection) -> UUID:
    """A unit of the municipality, in which its frontline worker has the post."""
    return unit(world, owner_connection, "Rusmiddelcentret", UNIT)


def leads(actor: Actor, world: World, network: CareNetwork) -> None:
    """The leader is tovholder: whoever opened the network is outside it from then on."""
    post = Capacity.objects.get(pk=world.seats[LEADER].post)
    services.appoint(actor, network, Named(post=post, phone="20 20 20 20", hours="9-12"))


def now(plan: Plan) -> Plan:
    return Plan.objects.select_related("network").get(pk=plan.pk)


def test_what_a_unit_at_home_writes_to_the_doctor_is_read_by_the_doctor_alone(
    world: World, network: CareNetwork, treatment: UUID, practices: None
) -> None:
    with acting(world.seats[LEADER].token) as actor:
        leads(actor, world, network)
        body = Authority.objects.get(pk=world.authorities["practice"])
        services.name_doctor(actor, network, body, "00 00 55 40", "8-9")
        services.let_in(actor, network, body, None, ["coordinator", "events"], yes())
        home = Authority.objects.get(pk=world.authorities["social"])
        services.let_in(actor, network, home, Unit.objects.get(pk=treatment), ["events"], yes())
    text = "Antabus stopper.\nFortalt af: Afsnit H3\nTil: Politiet"
    with acting(world.seats[UNIT].token) as actor:
        services.alert_doctor(actor, CareNetwork.objects.get(pk=network.pk), Alert("medicine", text))
    with acting(world.seats[LEADER].token):
        assert not CareEvent.objects.exists()
        assert not CareEventDelivery.objects.exists()
    with acting(world.seats["practice.frontline"].token):
        row = CareEventDelivery.objects.select_related(
            "event__network__authority", "event__authority", "event__unit", "authority", "unit"
        ).get()
        # Nothing that was typed looks like a further fact in the own system.
        assert [line for line in notice_text(row).splitlines() if line.startswith(("Fortalt af:", "Til:"))] == [
            "Fortalt af: Rusmiddelcentret, Prøveby Kommune",
            "Til: Lægehuset Prøvegade",
        ]


def test_a_narrower_yes_does_not_open_what_was_told_on_a_wider_one_taken_back(
    world: World, network: CareNetwork, lets_in: Lets
) -> None:
    with acting(world.seats[LEADER].token) as actor:
        leads(actor, world, network)
        door = lets_in(actor, network, "psychiatry", False, "events")
        event = services.write_event(
            actor, CareNetwork.objects.get(pk=network.pk), Happened("no_show", timezone.now(), "Mødte ikke")
        )
        services.release_event(actor, event)
    with acting(world.seats[NURSE].token):
        assert CareEvent.objects.exists()
    with acting(world.seats[LEADER].token) as actor:
        services.take_back(actor, NetworkReader.objects.select_related("network", "consent").get(pk=door.pk))
        lets_in(actor, network, "psychiatry", True, "events")
    with acting(world.seats[NURSE].token):
        assert not CareEvent.objects.exists()


def test_a_door_is_no_wider_than_its_yes(world: World, network: CareNetwork, lets_in: Lets) -> None:
    with acting(world.seats[LEADER].token) as actor:
        in_force(actor, network)
        door = lets_in(actor, network, "psychiatry", True, "coordinator")

    def widen() -> None:
        with acting(world.seats[LEADER].token) as actor:
            NetworkReader(
                partnership_id=network.partnership_id,
                network_id=network.pk,
                owner_authority_id=network.authority_id,
                authority_id=world.authorities["psychiatry"],
                categories=["coordinator", "plans"],
                consent_id=door.consent_id,
                since=timezone.localdate(),
                by_id=actor.person_id,
            ).save(force_insert=True)

    with pytest.raises(Exception, match="row-level security"):
        widen()


def test_nobody_says_yes_to_lines_they_have_not_seen(
    world: World, network: CareNetwork, lets_in: Lets, ward: UUID
) -> None:
    with acting(world.seats[LEADER].token) as actor:
        lets_in(actor, network, "psychiatry", True, "plans")
        plan = begun(actor, network)
        for_ward(actor, plan, world, ward)
        plans.put_in_force(actor, plan, YES)
    accept = reverse("coordination:plan_accept", args=[network.pk, plan.pk])
    nurse = sit(world, NURSE)
    page = nurse.get(reverse("coordination:plan", args=[network.pk, plan.pk])).content.decode()
    assert '<input type="hidden" name="version" value="1">' in page
    with acting(world.seats[LEADER].token) as actor:
        plans.revise_plan(actor, now(plan))
        for_ward(actor, now(plan), world, ward, "Ringer hver nat")
        plans.put_in_force(actor, now(plan), YES)
    assert "Der er kommet en ny udgave" in nurse.post(accept, {"version": "1"}, follow=True).content.decode()
    assert "Der er kommet en ny udgave" in nurse.post(accept, follow=True).content.decode()
    with acting(world.seats[LEADER].token) as actor:
        view = plan_selectors.plan_view(actor, now(plan))
        assert view.now is not None
        assert not any(row.accepted for row in view.now.lines if row.line.party_id)


def test_a_plan_is_put_in_force_as_it_was_gone_through(world: World, network: CareNetwork) -> None:
    with acting(world.seats[LEADER].token) as actor:
        plan = begun(actor, network)
        plans.write_line(actor, plan, Step("Går til træning", network.name))
    leader = sit(world, LEADER)
    address = reverse("coordination:plan_force", args=[network.pk, plan.pk])
    seen = leader.get(address).context["form"]["seen"].value()
    with acting(world.seats[LEADER].token) as actor:
        plans.write_line(actor, now(plan), Step("Flytter i botilbud", network.name))
    typed = {"reply": "yes", "on": timezone.localdate().isoformat(), "words": "", "seen": str(seen)}
    assert "En anden har ændret planen" in leader.post(address, typed).content.decode()
    with acting(world.seats[LEADER].token):
        assert now(plan).in_force is None


def test_no_meeting_says_yes_for_an_authority_and_nobody_unwanted_comes_into_a_plan(
    world: World, network: CareNetwork, ward: UUID
) -> None:
    with acting(world.seats[LEADER].token) as actor:
        leads(actor, world, network)
        unwanted = services.write_contact(actor, network, Contact("misuse", "Mads Misbrug"))
        frame = meetings.Frame("Borgeren", "Medicinen", True, timezone.now(), "Biblioteket")
        meeting = meetings.call(actor, network, frame)
        for who in ("Afsnit H3, Psykiatrien i Prøveby", "Mads Misbrug"):
            meetings.agree(actor, meeting, meetings.Agreed("Giver medicin", who))
        plan = plans.start_plan(actor, network, "joint", plans.Wanted(goals=GOAL, review_on=review()), meeting)
        view = plan_selectors.plan_view(actor, now(plan))
        line = PlanLine.objects.get(owner__startswith="Afsnit H3")
        assert line.unit_id == ward
        assert view.draft is not None
        assert "Afsnit H3" not in " ".join(view.draft.accepted_by)
        services.set_unwanted(
            actor, NetworkContact.objects.select_related("network").get(pk=unwanted.pk), unwanted=True
        )
        with pytest.raises(CoordinationError, match="Borgeren vil ikke have Mads Misbrug med"):
            plans.put_in_force(actor, now(plan), YES)
        with pytest.raises(CoordinationError):
            plans.answer_plan(actor, now(plan), "Mads Misbrug", YES)
        # Nor is the no undone by writing the same person down once more.
        with pytest.raises(CoordinationError, match="Borgeren vil ikke have personen med"):
            services.write_contact(actor, network, Contact("misuse", "mads misbrug"))


def test_a_line_done_meanwhile_is_done_in_the_new_version_too(world: World, network: CareNetwork) -> None:
    with acting(world.seats[LEADER].token) as actor:
        plan = in_force(actor, network)
        line = PlanLine.objects.select_related("network", "version").filter(version__plan=plan).first()
        assert line is not None
        plans.revise_plan(actor, now(plan))
        plans.finish_line(actor, line)
        plans.put_in_force(actor, now(plan), YES)
        assert PlanLine.objects.get(version__plan=plan, version__version=2, number=line.number).done_on is not None


def test_what_hangs_on_an_ended_network_stands_as_it_is(world: World, network: CareNetwork) -> None:
    with acting(world.seats[LEADER].token) as actor:
        plan = in_force(actor, network)
        services.write_contact(actor, network, Contact("friend", "Ven"))
        services.close(actor, network, "no_need")
        assert Plan.objects.filter(pk=plan.pk).update(clash="Rettet") == 0
        assert PlanLine.objects.update(done_on=timezone.localdate(), done_by_id=actor.person_id) == 0
        assert NetworkContact.objects.update(unwanted=True) == 0


def test_a_former_version_does_not_come_back_in_force(world: World, network: CareNetwork) -> None:
    with acting(world.seats[LEADER].token) as actor:
        plan = in_force(actor, network)
        plans.revise_plan(actor, now(plan))
        plans.put_in_force(actor, now(plan), YES)
        assert PlanVersion.objects.filter(plan=plan).count() == 2

    def bring_back() -> None:
        with acting(world.seats[LEADER].token):
            Plan.objects.filter(pk=plan.pk).update(in_force=1)

    with pytest.raises(Exception, match="only a newer version"):
        bring_back()
