"""A ward that the citizen has let in writes the plan of its discharge itself: for itself, and told or not at all."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services as network_services
from samsvar.coordination.models import CareNetwork, NetworkReader, Plan, PlanAnswer, PlanKind, PlanLine, PlanVersion
from samsvar.coordination.selectors import networks as network_selectors
from samsvar.coordination.selectors import plans as selectors
from samsvar.coordination.selectors.discharge import begins, reaches
from samsvar.coordination.services import CoordinationError
from samsvar.coordination.services import plans as services
from samsvar.coordination.services.coordinators import Named
from samsvar.coordination.services.plans import Said, Step, Wanted
from samsvar.partnerships.models import Authority, Capacity, Unit
from samsvar.postgres.actor import Actor, acting, attempt
from samsvar.sharing.models import Disclosure, Receipt
from samsvar.web.selectors import desk
from tests.clients import sit
from tests.coordination.ground import NAME, unit
from tests.coordination.paper import words
from tests.world import World

GOAL = "Jeg vil hjem til min egen seng."
NURSE, HOLDER, LEADER = "psychiatry.frontline", "social.frontline", "social.member"
Lets = Callable[..., object]
DAY = timezone.localdate() + timedelta(days=30)


def found(actor: Actor, network: CareNetwork) -> CareNetwork:
    """The network as one let in, or inside, gets it."""
    row = network_selectors.find_network(actor, network.pk)
    assert row is not None
    return row


def plan_of(actor: Actor, network: CareNetwork, plan: Plan) -> Plan:
    """The plan as a page finds it."""
    row = selectors.find_plan(actor, found(actor, network), plan.pk)
    assert row is not None
    return row


@pytest.fixture
def holder(world: World, network: CareNetwork, lets_in: Lets) -> CareNetwork:
    """The worker is tovholder; the ward is let in for plans, and the police for events alone."""
    with acting(world.seats[LEADER].token) as actor:
        post = Capacity.objects.select_related("person").get(pk=world.seats[HOLDER].post)
        network_services.appoint(actor, network, Named(phone="20 20 20 20", hours="9-12", post=post))
        lets_in(actor, network, "psychiatry", True, "coordinator", "plans")
        lets_in(actor, network, "police", False, "events")
    return network


def begun(actor: Actor, network: CareNetwork, world: World) -> Plan:
    """A ward's draft: its own line, one for the municipality, and who reacts when he stays away."""
    here = found(actor, network)
    plan = services.start_plan(actor, here, "discharge", Wanted(goals=GOAL, review_on=DAY, discharge="simple"))
    social = Authority.objects.get(pk=world.authorities["social"])
    services.write_line(actor, plan, Step("Finder en bostøtte", social.name, social))
    services.write_line(
        actor, plan, Step("Ringer til ham", "Afsnit H3", part="away", party=_ours(world), unit=_ward(actor))
    )
    return plan


def _ours(world: World) -> Authority:
    return Authority.objects.get(pk=world.authorities["psychiatry"])


def _ward(actor: Actor) -> Unit:
    return Unit.objects.get(pk=actor.unit_id)


@pytest.fixture
def draft(world: World, holder: CareNetwork) -> Plan:
    """What the nurse has begun."""
    with acting(world.seats[NURSE].token) as actor:
        return begun(actor, holder, world)


def in_force(world: World, network: CareNetwork, plan: Plan, reply: str = "yes") -> None:
    """The nurse puts it in force."""
    with acting(world.seats[NURSE].token) as actor:
        services.put_in_force(actor, plan_of(actor, network, plan), Said(reply))


def test_those_inside_end_a_wards_plan_and_change_nothing_else_of_it(
    world: World, holder: CareNetwork, draft: Plan
) -> None:
    in_force(world, holder, draft)
    over = {"ended_on": timezone.localdate(), "end_why": "Borgeren er flyttet."}
    for more in ({"kind": PlanKind.COORDINATION}, {"clash": "Passer ikke."}):
        with pytest.raises(DatabaseError, match="only the owner"), acting(world.seats[LEADER].token):
            Plan.objects.filter(pk=draft.pk).update(**over, **more)
    with acting(world.seats[LEADER].token):
        assert Plan.objects.filter(pk=draft.pk).update(**over) == 1


class TestTheWardWrites:
    """From the day of admission, as its own draft; then the parties each say yes to their own."""

    def test_the_draft_is_the_wards_alone_until_it_holds(self, world: World, holder: CareNetwork, draft: Plan) -> None:
        for seat in (HOLDER, LEADER, "police.frontline", "psychiatry.member", "psychiatry.screener", "outside.member"):
            with acting(world.seats[seat].token):
                assert not Plan.objects.exists(), seat
                assert not PlanVersion.objects.exists(), seat
                assert not PlanLine.objects.exists(), seat
                assert not PlanAnswer.objects.exists(), seat
        page = reverse("coordination:plan", args=[holder.pk, draft.pk])
        assert sit(world, HOLDER).get(page).status_code == 404
        assert not Disclosure.objects.filter(subject_kind="care_plan").exists()
        text = sit(world, NURSE).get(page).content.decode()
        assert GOAL in text
        assert "De kan læse planen, når I sætter den i kraft" in text
        assert "Prøveby Kommune" in text
        assert "hvem gør hvad, hvis borgeren bliver væk" not in text

    def test_what_a_discharge_must_have_is_said_before_it_is_asked_for(
        self, world: World, holder: CareNetwork, draft: Plan
    ) -> None:
        with acting(world.seats[NURSE].token) as actor:
            for line in PlanLine.objects.select_related("version__plan__network"):
                services.remove_line(actor, line)
        page = reverse("coordination:plan", args=[holder.pk, draft.pk])
        assert "hvem gør hvad, hvis borgeren bliver væk" in sit(world, NURSE).get(page).content.decode()

    def test_in_force_it_is_told_to_the_tovholder_and_each_party_says_yes_to_its_own(
        self, world: World, holder: CareNetwork, draft: Plan
    ) -> None:
        in_force(world, holder, draft)
        with acting(world.seats[LEADER].token) as actor:
            told = Receipt.objects.filter(subject_id__in=PlanVersion.objects.values("id"))
            assert [one.authority_id for one in told] == [world.authorities["social"]]
        with acting(world.seats[HOLDER].token) as actor:
            assert [row[0] for row in _on_desk(actor)] == [draft.pk]
            plan = plan_of(actor, holder, draft)
            view = selectors.plan_view(actor, plan)
            assert [one.line.what for one in selectors.own_lines(actor, view)] == ["Finder en bostøtte"]
            with pytest.raises(CoordinationError):
                services.accept_lines(actor, plan, 9)
        browser = sit(world, HOLDER)
        page = reverse("coordination:plan", args=[holder.pk, draft.pk])
        assert "skrevet af Afsnit H3, Psykiatrien i Prøveby" in browser.get(page).content.decode()
        answer = browser.post(reverse("coordination:plan_accept", args=[holder.pk, draft.pk]), {"version": "1"})
        assert answer.status_code == 302
        assert "Vi gør det" not in browser.get(page).content.decode()
        with acting(world.seats[HOLDER].token) as actor:
            assert not _on_desk(actor)
        # The ward sees that they do it, and who says so is the municipality.
        with acting(world.seats[NURSE].token) as actor:
            said = PlanAnswer.objects.filter(authority=world.authorities["social"])
            assert [(one.reply, one.words) for one in said] == [("yes", "")]
            assert not [
                one for one in selectors.plan_view(actor, plan_of(actor, holder, draft)).now.lines if one.proposed
            ]  # type: ignore[union-attr]

    @pytest.mark.parametrize(("reply", "kind"), [("yes", PlanKind.DISCHARGE), ("no", PlanKind.COORDINATION)])
    def test_unsigned_it_is_a_coordination_plan_from_the_ward_too(
        self, world: World, holder: CareNetwork, draft: Plan, reply: str, kind: str
    ) -> None:
        in_force(world, holder, draft, reply)
        with acting(world.seats[HOLDER].token) as actor:
            assert plan_of(actor, holder, draft).kind == kind

    def test_the_whole_way_goes_through_the_pages_and_comes_out_on_paper(
        self, world: World, holder: CareNetwork
    ) -> None:
        nurse = sit(world, NURSE)
        network = nurse.get(reverse("coordination:network", args=[holder.pk])).content.decode()
        assert "Begynd udskrivningsaftalen" in network
        new = reverse("coordination:plan_new", args=[holder.pk])
        assert "Handleplan" not in nurse.get(new).content.decode()
        assert nurse.post(new, {"goals": "", "review_on": ""}).status_code == 400
        made = nurse.post(new, {"goals": GOAL, "review_on": DAY.isoformat(), "discharge": "simple", "kind": "action"})
        assert made.status_code == 302
        page = made["Location"]
        line = page + "linje/"
        ward = world.authorities["psychiatry"]
        sent = nurse.post(line, {"owner": f"a-{ward}", "what": "Ringer", "part": "away", "reason": ""})
        assert sent.status_code == 302, sent.content.decode()
        goals = nurse.get(page + "maal/").content.decode()
        assert GOAL in goals
        force = nurse.get(page + "kraft/")
        assert force.status_code == 200
        sent = nurse.post(page + "kraft/", {"reply": "yes", "on": timezone.localdate().isoformat()})
        assert sent.status_code == 302
        paper = nurse.get(page + "papir/")
        assert GOAL in words(paper.content)
        # A new version later: those inside read the one in force meanwhile.
        assert nurse.post(page + "ret/").status_code == 302
        assert nurse.post(line, {"owner": "citizen", "what": "Køber ind"}).status_code == 302
        read = sit(world, HOLDER).get(page).content.decode()
        assert "Køber ind" not in read
        assert "Sæt i kraft" not in read
        assert GOAL in words(sit(world, HOLDER).get(page + "papir/").content)

    def test_those_inside_follow_up_and_end_it_but_write_nothing_in_it(
        self, world: World, holder: CareNetwork, draft: Plan
    ) -> None:
        in_force(world, holder, draft)
        with acting(world.seats[HOLDER].token) as actor:
            plan = plan_of(actor, holder, draft)
            line = PlanLine.objects.select_related("network", "version").get(what="Finder en bostøtte")
            with pytest.raises(CoordinationError):
                services.revise_plan(actor, plan)
            with pytest.raises(CoordinationError):
                services.write_line(actor, plan, Step("Andet", NAME))
            with pytest.raises(CoordinationError):
                services.mark_clash(actor, plan, "Passer ikke")
            services.finish_line(actor, line)
            services.end_plan(actor, plan, "Han er hjemme.")
        browser = sit(world, HOLDER)
        for name in ("plan_goals", "plan_force", "plan_revise", "plan_discard", "plan_line", "plan_clash"):
            path = reverse(f"coordination:{name}", args=[holder.pk, draft.pk])
            assert browser.post(path).status_code == 404, name

    def test_a_new_party_is_told_of_the_plan_there_is(
        self, world: World, holder: CareNetwork, draft: Plan, lets_in: Lets
    ) -> None:
        in_force(world, holder, draft)
        with acting(world.seats["police.frontline"].token):
            assert not Plan.objects.exists()
        with acting(world.seats[LEADER].token) as actor:
            lets_in(actor, holder, "police", False, "plans")
            told = Disclosure.objects.filter(subject_kind="care_network").order_by("-at").first()
            assert told is not None
            assert "Udskrivningsaftale" in told.necessity
        with acting(world.seats["police.frontline"].token):
            assert Plan.objects.count() == 1


def _on_desk(actor: Actor) -> list[tuple[UUID, UUID]]:
    return [(one.plan_id, one.pk) for one in selectors.due(actor)]


class TestTheWall:
    """What the yes does not name, no ward writes; and what is not on record, nobody reads."""

    @pytest.mark.parametrize("kind", ["action", "joint", "crisis", "elsewhere"])
    def test_a_ward_begins_no_other_plan(self, world: World, holder: CareNetwork, kind: str) -> None:
        with acting(world.seats[NURSE].token) as actor:
            wanted = Wanted(goals=GOAL, review_on=DAY, reference="et sted")
            with pytest.raises(CoordinationError):
                services.start_plan(actor, found(actor, holder), kind, wanted)
            row = Plan(
                partnership_id=holder.partnership_id,
                network=holder,
                authority_id=actor.authority_id,
                unit_id=actor.unit_id,
                kind=kind,
                by_id=actor.person_id,
            )
            with pytest.raises(DatabaseError), attempt():
                row.save(force_insert=True)

    @pytest.mark.parametrize("categories", [("coordinator",), ("events",), ("contacts", "meetings")])
    def test_let_in_for_something_else_it_begins_nothing(
        self, world: World, network: CareNetwork, lets_in: Lets, categories: tuple[str, ...]
    ) -> None:
        with acting(world.seats[LEADER].token) as actor:
            lets_in(actor, network, "psychiatry", True, *categories)
        self._begins_nothing(world, network)

    def test_a_yes_that_does_not_name_the_tovholder_lets_no_ward_write_to_them(
        self, world: World, holder: CareNetwork, owner_connection: psycopg.Connection
    ) -> None:
        owner_connection.execute(
            "update sharing_consent set receiver_ids = array_remove(receiver_ids, %s)", [world.authorities["social"]]
        )
        owner_connection.commit()
        self._begins_nothing(world, holder)

    def test_another_unit_of_the_hospital_neither_begins_nor_writes(
        self, world: World, holder: CareNetwork, draft: Plan, owner_connection: psycopg.Connection
    ) -> None:
        unit(world, owner_connection, "Afsnit H9", NURSE, "psychiatry")
        with acting(world.seats[NURSE].token) as actor:
            assert not Plan.objects.exists()
            assert network_selectors.find_network(actor, holder.pk) is None
            draft.network = holder
            with pytest.raises(CoordinationError):
                services.write_line(actor, draft, Step("Andet", NAME))

    @staticmethod
    def _begins_nothing(world: World, network: CareNetwork) -> None:
        with acting(world.seats[NURSE].token) as actor:
            here = found(actor, network)
            assert not begins(actor, here)
            with pytest.raises(CoordinationError):
                services.start_plan(actor, here, "discharge", Wanted(goals=GOAL, review_on=DAY))
            row = Plan(
                partnership_id=network.partnership_id,
                network=network,
                authority_id=actor.authority_id,
                unit_id=actor.unit_id,
                kind="discharge",
                by_id=actor.person_id,
            )
            with pytest.raises(DatabaseError), attempt():
                row.save(force_insert=True)
        nurse = sit(world, NURSE)
        assert nurse.get(reverse("coordination:plan_new", args=[network.pk])).status_code == 404
        assert (
            "Begynd udskrivningsaftalen"
            not in nurse.get(reverse("coordination:network", args=[network.pk])).content.decode()
        )

    def test_police_let_in_for_plans_reads_and_begins_nothing(
        self, world: World, holder: CareNetwork, lets_in: Lets
    ) -> None:
        with acting(world.seats[LEADER].token) as actor:
            lets_in(actor, holder, "police", False, "plans")
        with acting(world.seats["police.frontline"].token) as actor:
            assert not begins(actor, holder)
            with pytest.raises(CoordinationError):
                services.start_plan(actor, found(actor, holder), "discharge", Wanted(goals=GOAL, review_on=DAY))

    def test_a_plan_in_force_without_its_disclosures_is_undone_by_the_database(
        self, world: World, holder: CareNetwork, draft: Plan
    ) -> None:
        with pytest.raises(DatabaseError, match="disclosures"), acting(world.seats[NURSE].token) as actor:
            PlanVersion.objects.filter(plan=draft).update(in_force_at=timezone.now(), in_force_by_id=actor.person_id)
        with acting(world.seats[HOLDER].token):
            assert not PlanVersion.objects.exists()

    def test_it_is_disclosed_to_nobody_whom_the_yes_does_not_name(
        self, world: World, holder: CareNetwork, draft: Plan
    ) -> None:
        in_force(world, holder, draft)
        with acting(world.seats[NURSE].token) as actor:
            version = PlanVersion.objects.get()
            assert [one.authority.pk for one in reaches(actor, version)] == [world.authorities["social"]]
            row = Disclosure.objects.filter(subject_kind="care_plan").first()
            assert row is not None
            with pytest.raises(DatabaseError), attempt():
                Receipt(
                    id=uuid4(),
                    disclosure=row,
                    partnership_id=holder.partnership_id,
                    subject_id=version.pk,
                    authority_id=world.authorities["police"],
                    from_authority_id=actor.authority_id,
                ).save(force_insert=True)
        with acting(world.seats["psychiatry.member"].token) as actor:
            assert not reaches(actor, version)
            assert not Disclosure.objects.filter(subject_kind="care_plan").exists()

    def test_the_ward_writes_in_no_plan_of_those_inside(self, world: World, holder: CareNetwork) -> None:
        with acting(world.seats[HOLDER].token) as actor:
            plan = services.start_plan(actor, holder, "action", Wanted(goals=GOAL, review_on=DAY))
            services.write_line(actor, plan, Step("Ser på lejligheden", holder.name))
            services.put_in_force(actor, plan, Said("yes"))
        with acting(world.seats[NURSE].token) as actor:
            theirs = plan_of(actor, holder, plan)
            for verb in (services.revise_plan, services.discard_draft):
                with pytest.raises(CoordinationError):
                    verb(actor, theirs)
            assert not PlanLine.objects.update(done_on=timezone.localdate(), done_by_id=actor.person_id)
            assert not Plan.objects.update(ended_on=timezone.localdate(), end_why="x")
            for owner in (actor.authority_id, world.authorities["social"]):
                line = PlanLine(
                    partnership_id=holder.partnership_id,
                    network=holder,
                    authority_id=owner,
                    version=PlanVersion.objects.get(),
                    number=9,
                    what="x",
                    owner="x",
                    since=1,
                    by_id=actor.person_id,
                )
                with pytest.raises(DatabaseError), attempt():
                    line.save(force_insert=True)

    def test_those_inside_write_in_no_plan_of_a_ward_and_say_nothing_in_its_name(
        self, world: World, holder: CareNetwork, draft: Plan
    ) -> None:
        in_force(world, holder, draft)
        with acting(world.seats[LEADER].token) as actor:
            version = PlanVersion.objects.get()
            base = {"partnership_id": holder.partnership_id, "network": holder, "by_id": actor.person_id}
            social, ward = world.authorities["social"], world.authorities["psychiatry"]
            day = timezone.localdate()
            rows = [
                *(
                    PlanLine(**base, authority_id=who, version=version, number=9, what="x", owner="x", since=1)
                    for who in (social, ward)
                ),
                *(PlanVersion(**base, authority_id=who, plan=draft, version=2, goals="x") for who in (social, ward)),
                # The citizen's answer is the ward's to write; a party answers under its own name.
                *(
                    PlanAnswer(**base, owner_authority_id=who, version=version, who=NAME, reply="no", on=day)
                    for who in (social, ward)
                ),
                PlanAnswer(
                    **base, owner_authority_id=ward, authority_id=ward, version=version, who="x", reply="yes", on=day
                ),
                PlanAnswer(
                    **base, owner_authority_id=ward, authority_id=social, version=version, who="x", reply="no", on=day
                ),
            ]
            for row in rows:
                with pytest.raises(DatabaseError), attempt():
                    row.save(force_insert=True)
            with pytest.raises(DatabaseError), attempt():
                Plan.objects.update(kind="action")
            with pytest.raises(DatabaseError), attempt():
                Plan.objects.update(clash="x")
            assert not PlanVersion.objects.update(edits=9)

    def test_a_yes_taken_back_ends_the_wards_part_and_what_was_told_stands(
        self, world: World, holder: CareNetwork, draft: Plan
    ) -> None:
        in_force(world, holder, draft)
        with acting(world.seats[LEADER].token) as actor:
            door = NetworkReader.objects.select_related("network", "consent").get(
                authority=world.authorities["psychiatry"], until=None
            )
            network_services.take_back(actor, door)
        with acting(world.seats[NURSE].token) as actor:
            assert not Plan.objects.exists()
            with connection.cursor() as cursor:
                cursor.execute("select coordination_begins(), coordination_plan_reaches(%s)", [uuid4()])
                assert cursor.fetchone()[0] in ([], "{}")
        with acting(world.seats[HOLDER].token) as actor:
            assert plan_of(actor, holder, draft).in_force == 1


def test_two_nurses_who_write_at_once_lose_nothing(world: World, holder: CareNetwork, draft: Plan) -> None:
    nurse = sit(world, NURSE)
    page = reverse("coordination:plan_force", args=[holder.pk, draft.pk])
    seen = nurse.get(page).context["form"].initial["seen"]
    with acting(world.seats[NURSE].token) as actor:
        services.write_line(actor, plan_of(actor, holder, draft), Step("Ny linje", NAME))
    late = nurse.post(page, {"reply": "yes", "on": timezone.localdate().isoformat(), "seen": seen})
    assert late.status_code == 400
    assert "En anden har ændret planen" in late.content.decode()


def test_the_desk_tells_that_lines_wait(world: World, holder: CareNetwork, draft: Plan) -> None:
    in_force(world, holder, draft)
    with acting(world.seats[HOLDER].token) as actor:
        assert "Udskrivningsaftale" in str(desk(actor))
