"""Plans: the citizen's own goals first, who does what by when, and nobody let in reads more than what is in force."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samsvar.cases.services.errors import Overtaken
from samsvar.coordination import services as network_services
from samsvar.coordination.models import (
    CareEvent,
    CareNetwork,
    EventKind,
    NetworkReader,
    Plan,
    PlanAnswer,
    PlanLine,
    PlanVersion,
)
from samsvar.coordination.selectors import networks as network_selectors
from samsvar.coordination.selectors import plans as selectors
from samsvar.coordination.services import CoordinationError, Happened, meetings
from samsvar.coordination.services import plans as services
from samsvar.coordination.services.contacts import Contact
from samsvar.coordination.services.coordinators import Named
from samsvar.coordination.services.plans import Said, Step, Wanted
from samsvar.partnerships.models import Authority, Capacity, Unit
from samsvar.postgres.actor import Actor, acting, attempt
from samsvar.sharing.models import Disclosure
from samsvar.web.selectors import desk
from tests.clients import sit
from tests.coordination.ground import NAME, named, unit, yes
from tests.coordination.paper import words
from tests.world import World

GOAL = "Jeg vil have et sted at bo, hvor hunden må være."
YES = Said("yes")
NURSE, HOLDER, LEADER = "psychiatry.frontline", "social.frontline", "social.member"
Lets = Callable[..., object]


def review(days: int = 60):
    """A day on which it is looked at again."""
    return timezone.localdate() + timedelta(days=days)


def begun(actor: Actor, network: CareNetwork, kind: str = "action", **more: object) -> Plan:
    """A draft with one line of the citizen's own."""
    wanted = {"goals": GOAL, "review_on": review(), **more}
    plan = services.start_plan(actor, network, kind, Wanted(**wanted))  # type: ignore[arg-type]
    if kind != "elsewhere":
        services.write_line(actor, plan, Step("Ser på lejligheden", network.name, due_on=review(7)))
    return plan


def in_force(actor: Actor, network: CareNetwork, kind: str = "action", **more: object) -> Plan:
    """A plan that holds."""
    plan = begun(actor, network, kind, **more)
    services.put_in_force(actor, plan, YES)
    return Plan.objects.select_related("network").get(pk=plan.pk)


def for_ward(actor: Actor, plan: Plan, world: World, ward: UUID, what: str = "Ser på medicinen") -> None:
    """A line for Afsnit H3."""
    psychiatry = Authority.objects.get(pk=world.authorities["psychiatry"])
    unit = Unit.objects.get(pk=ward)
    services.write_line(actor, plan, Step(what, f"{unit.name}, {psychiatry.name}", psychiatry, unit))


def told(world: World) -> list[str]:
    """What was told of networks, oldest first, as the municipality reads it."""
    with acting(world.seats[LEADER].token):
        rows = Disclosure.objects.filter(subject_kind="care_network").order_by("at")
        return [one.necessity.partition(": ")[2] for one in rows]


def page(browser: Client, network: CareNetwork, name: str = "network", *more: object) -> str:
    """A page of the network as somebody gets it."""
    return browser.get(reverse(f"coordination:{name}", args=[network.pk, *more])).content.decode()


class TestTheWall:
    """Those inside write; one let in to plans reads the version in force; nobody else reads anything."""

    def test_a_draft_is_for_those_inside_and_a_plan_in_force_for_whom_the_yes_names(
        self, world: World, network: CareNetwork, lets_in: Lets
    ) -> None:
        nurse = sit(world, NURSE)
        with acting(world.seats[LEADER].token) as actor:
            lets_in(actor, network, "psychiatry", True, "plans")
            lets_in(actor, network, "police", False, "coordinator", "events")
            plan = begun(actor, network)
        assert told(world) == ["Hvem der er tovholder", "Indlæggelse, udskrivning og andre hændelser"]
        assert "Der er ingen plan, der gælder" in page(nurse, network)
        for name in ("plan", "plan_paper", "plan_goals", "plan_force"):
            assert nurse.get(reverse(f"coordination:{name}", args=[network.pk, plan.pk])).status_code == 404
        with acting(world.seats[NURSE].token):
            assert not Plan.objects.exists()
            assert not PlanVersion.objects.exists()
            assert not PlanLine.objects.exists()
        with acting(world.seats[LEADER].token) as actor:
            services.put_in_force(actor, plan, YES)
        assert GOAL in page(nurse, network, "plan", plan.pk)
        assert GOAL in page(nurse, network, "plans")
        assert told(world)[2:] == ["Handleplan, udgave 1"]
        with acting(world.seats[LEADER].token) as actor:
            named(actor, network)
        # One in another unit, the police without that category, a stranger, and a colleague who is inside no more.
        for seat in ("psychiatry.member", "police.member", "outside.member", HOLDER):
            with acting(world.seats[seat].token):
                for model in (Plan, PlanVersion, PlanLine, PlanAnswer):
                    assert not model.objects.exists(), seat
            answer = sit(world, seat).get(reverse("coordination:plan", args=[network.pk, plan.pk]))
            assert answer.status_code == 404, seat
        assert sit(world, "police.member").get(reverse("coordination:plans", args=[network.pk])).status_code == 404

    def test_a_new_version_is_read_when_it_is_in_force_and_the_former_no_more(
        self, world: World, network: CareNetwork, lets_in: Lets
    ) -> None:
        nurse = sit(world, NURSE)
        with acting(world.seats[LEADER].token) as actor:
            plan = in_force(actor, network)
            lets_in(actor, network, "psychiatry", True, "plans")
            draft = services.revise_plan(actor, plan)
            services.change_draft(actor, plan, Wanted("Jeg vil flytte til byen.", review()), draft.edits)
        seen = page(nurse, network, "plan", plan.pk)
        assert GOAL in seen
        assert "flytte til byen" not in seen
        with acting(world.seats[NURSE].token):
            assert [one.version for one in PlanVersion.objects.all()] == [1]
        with acting(world.seats[LEADER].token) as actor:
            services.put_in_force(actor, plan, YES)
        seen = page(nurse, network, "plan", plan.pk)
        assert "flytte til byen" in seen
        assert GOAL not in seen
        # Letting in told version 1; putting version 2 in force told it anew.
        assert told(world) == ["Handleplan, udgave 1", "Handleplan, udgave 2"]

    def test_a_yes_taken_back_stops_reading_and_so_does_the_end_of_the_plan(
        self, world: World, network: CareNetwork, lets_in: Lets
    ) -> None:
        nurse = sit(world, NURSE)
        with acting(world.seats[LEADER].token) as actor:
            door = lets_in(actor, network, "psychiatry", True, "plans")
            assert isinstance(door, NetworkReader)
            plan = in_force(actor, network)
            other = in_force(actor, network, "crisis")
        assert nurse.get(reverse("coordination:plan", args=[network.pk, plan.pk])).status_code == 200
        with acting(world.seats[LEADER].token) as actor:
            services.end_plan(actor, other, "Den er afløst.")
        assert nurse.get(reverse("coordination:plan", args=[network.pk, other.pk])).status_code == 404
        with acting(world.seats[LEADER].token) as actor:
            network_services.take_back(actor, door)
        assert nurse.get(reverse("coordination:plan", args=[network.pk, plan.pk])).status_code == 404
        with acting(world.seats[NURSE].token):
            assert not PlanLine.objects.exists()
        assert "Handleplan, udgave 1" in told(world)

    def test_one_let_in_says_yes_to_its_own_lines_and_writes_nothing_else(
        self, world: World, network: CareNetwork, lets_in: Lets, ward: UUID
    ) -> None:
        with acting(world.seats[LEADER].token) as actor:
            lets_in(actor, network, "psychiatry", True, "plans")
            lets_in(actor, network, "police", False, "plans")
            plan = begun(actor, network)
            for_ward(actor, plan, world, ward)
            services.put_in_force(actor, plan, YES)
            assert "Foreslået" in page(sit(world, LEADER), network, "plan", plan.pk)
        nurse, police = sit(world, NURSE), sit(world, "police.member")
        assert "Jeres linjer er et forslag, til I siger ja" in page(nurse, network, "plan", plan.pk)
        assert "Jeres linjer" not in page(police, network, "plan", plan.pk)
        police.post(reverse("coordination:plan_accept", args=[network.pk, plan.pk]), {"version": plan.in_force or 1})
        nurse.post(reverse("coordination:plan_accept", args=[network.pk, plan.pk]), {"version": plan.in_force or 1})
        nurse.post(reverse("coordination:plan_accept", args=[network.pk, plan.pk]), {"version": plan.in_force or 1})
        with acting(world.seats[LEADER].token):
            said = PlanAnswer.objects.exclude(authority=None)
            assert [(one.authority_id, one.unit_id) for one in said] == [(world.authorities["psychiatry"], ward)]
        holder = page(sit(world, LEADER), network, "plan", plan.pk)
        assert "Foreslået" not in holder
        # What the ward said is for those inside: the police are told neither that it has nor that it has not.
        seen = page(police, network, "plan", plan.pk)
        assert "Ser på medicinen" in seen
        assert "Foreslået" not in seen
        with acting(world.seats["police.member"].token):
            assert not PlanAnswer.objects.exclude(authority=None).exists()
        for seat in (NURSE, "police.member"):
            browser = sit(world, seat)
            line = {"owner": "citizen", "what": "Flytter ind"}
            for name in ("plan_line", "plan_revise", "plan_clash", "plan_end", "plan_answer", "plan_discard"):
                answer = browser.post(reverse(f"coordination:{name}", args=[network.pk, plan.pk]), line)
                assert answer.status_code == 404, name

    def test_the_database_lets_no_party_answer_for_another_or_in_words(
        self, world: World, network: CareNetwork, lets_in: Lets, ward: UUID
    ) -> None:
        with acting(world.seats[LEADER].token) as actor:
            lets_in(actor, network, "psychiatry", True, "plans")
            lets_in(actor, network, "police", False, "plans")
            plan = begun(actor, network)
            for_ward(actor, plan, world, ward)
            version = services.put_in_force(actor, plan, YES)
        answer = {
            "partnership_id": network.partnership_id,
            "network_id": network.pk,
            "owner_authority_id": network.authority_id,
            "version_id": version.pk,
            "who": "x",
            "reply": "yes",
            "on": timezone.localdate(),
        }
        psychiatry, police = world.authorities["psychiatry"], world.authorities["police"]
        for seat, more in (
            ("police.member", {"authority_id": psychiatry, "unit_id": ward}),
            ("police.member", {"authority_id": police}),
            ("police.member", {"authority_id": None}),
            (NURSE, {"authority_id": psychiatry, "unit_id": ward, "words": "Vi ved mere"}),
            (NURSE, {"authority_id": psychiatry, "unit_id": ward, "reply": "no"}),
            (NURSE, {"authority_id": psychiatry, "unit_id": None}),
            # Not even those inside say yes for another authority.
            (LEADER, {"authority_id": psychiatry, "unit_id": ward}),
        ):
            with acting(world.seats[seat].token) as actor, pytest.raises(DatabaseError), attempt():
                PlanAnswer(id=uuid4(), **{**answer, **more}, by_id=actor.person_id).save(force_insert=True)
        with acting(world.seats[NURSE].token) as actor:
            for change in ({"goals": "Nej"}, {"review_on": None}):
                assert PlanVersion.objects.update(**change) == 0
            assert PlanLine.objects.update(done_on=timezone.localdate(), done_by_id=actor.person_id) == 0
        with acting(world.seats[LEADER].token):
            # In force: not even those inside rewrite it, or take a line out of it.
            assert PlanVersion.objects.update(goals="Nej") == 0
            assert PlanLine.objects.all().delete()[0] == 0

    def test_someone_outside_can_do_nothing_even_with_the_row_in_hand(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats[LEADER].token) as actor:
            plan = in_force(actor, network)
            line = PlanLine.objects.select_related("network", "version").first()
        assert line is not None
        with acting(world.seats["outside.member"].token) as actor:
            for act in (
                lambda: services.revise_plan(actor, plan),
                lambda: services.accept_lines(actor, plan, 1),
                lambda: services.end_plan(actor, plan, "x"),
                lambda: services.finish_line(actor, line),
                lambda: services.start_plan(actor, network, "crisis", Wanted(GOAL)),
            ):
                with pytest.raises(CoordinationError):
                    act()


class TestWriting:
    """Seconds to write, kind when something is missing, never rewritten."""

    @pytest.mark.req("R-003-66")
    def test_the_citizens_goals_come_first_and_something_is_always_asked_kindly(
        self, world: World, network: CareNetwork
    ) -> None:
        holder = sit(world, HOLDER)
        new = reverse("coordination:plan_new", args=[network.pk])
        answer = holder.post(new, {"kind": "action", "goals": "", "review_on": "31.13.2026"})
        assert answer.status_code == 400
        assert "Begynd med, hvad borgeren selv vil." in answer.content.decode()
        assert "31.13.2026" in answer.content.decode()
        answer = holder.post(new, {"kind": "action", "goals": GOAL, "review_on": ""})
        assert answer.status_code == 302
        plan = answer["Location"]
        seen = holder.get(plan).content.decode()
        assert seen.index(GOAL) < seen.index("Skriv en linje")
        yes_ = {"reply": "yes", "words": "", "on": timezone.localdate().isoformat()}
        assert "Skriv mindst én linje" in holder.post(plan + "kraft/", yes_).content.decode()
        answer = holder.post(plan + "linje/", {"owner": "", "what": "Ringer til udlejeren", "due_on": ""})
        assert answer.status_code == 400
        assert "Ringer til udlejeren" in answer.content.decode()
        assert holder.post(plan + "linje/", {"owner": "citizen", "what": "Ringer til udlejeren"}).status_code == 302
        assert "Skriv, hvornår planen skal ses igennem" in holder.post(plan + "kraft/", yes_).content.decode()
        draft = holder.post(plan + "maal/", {"goals": GOAL, "review_on": review().isoformat(), "seen": "0"})
        assert draft.status_code == 302
        no = holder.post(plan + "kraft/", {**yes_, "reply": "no"}).content.decode()
        assert "Planen er borgerens" in no
        assert holder.post(plan + "kraft/", yes_).status_code == 302
        assert "I kraft siden" in holder.get(plan).content.decode()

    @pytest.mark.parametrize("onward", ["kraft", "maal"])
    def test_what_stands_in_a_line_goes_along_when_one_goes_on_from_it(
        self, world: World, network: CareNetwork, onward: str
    ) -> None:
        holder = sit(world, HOLDER)
        with acting(world.seats[HOLDER].token) as actor:
            plan = begun(actor, network)
        url = reverse("coordination:plan", args=[network.pk, plan.pk])
        go_on = {"owner": "citizen", "next": {"kraft": "plan_force", "maal": "plan_goals"}[onward]}
        written = holder.post(url + "linje/", {**go_on, "what": "Ringer til udlejeren"})
        assert written["Location"] == f"{url}{onward}/"
        assert "2. Ringer til udlejeren" in holder.get(url).content.decode()
        # Nothing written is no line, whoever was chosen for it.
        assert holder.post(url + "linje/", {**go_on, "what": " "})["Location"] == f"{url}{onward}/"
        with acting(world.seats[HOLDER].token):
            assert PlanLine.objects.filter(version__plan=plan).count() == 2
        # What cannot stand so is shown again, and nobody has gone on.
        refused = holder.post(url + "linje/", {**go_on, "what": "Ringer igen", "due_on": "31.13.2026"})
        assert refused.status_code == 400
        assert "Ringer igen" in refused.content.decode()
        assert holder.post(url + "linje/", {**go_on, "what": "Ringer igen", "next": "//x"})["Location"] == url

    @pytest.mark.req("R-003-66", "R-002-101")
    def test_a_handleplan_grows_out_of_a_network_meeting_and_is_told_to_those_the_citizen_has_let_in(
        self, world: World, network: CareNetwork, lets_in: Lets
    ) -> None:
        holder = sit(world, HOLDER)
        with acting(world.seats[HOLDER].token) as actor:
            lets_in(actor, network, "psychiatry", True, "plans")
            meeting = meetings.call(actor, network, meetings.Frame("Søsteren"))
            meetings.agree(actor, meeting, meetings.Agreed("Går med i banken", "Søster Prøvesen", review(3)))
            meetings.agree(actor, meeting, meetings.Agreed("Ser på medicinen", "Signe fra distriktet"))
        address = reverse("coordination:plan_from_meeting", args=[network.pk, meeting.pk])
        assert address in page(holder, network, "meeting", meeting.pk)
        plan = holder.post(address, {"kind": "action", "goals": GOAL, "review_on": review().isoformat()})["Location"]
        seen = holder.get(plan).content.decode()
        for said in ("Går med i banken", "Søster Prøvesen", "Ser på medicinen", "Signe fra distriktet", GOAL):
            assert said in seen
        # They took it on at the meeting.
        assert "Foreslået" not in seen
        holder.post(plan + "kraft/", {"reply": "yes", "words": "", "on": timezone.localdate().isoformat()})
        ward = sit(world, NURSE).get(plan).content.decode()
        assert "Går med i banken" in ward
        assert told(world) == ["Handleplan, udgave 1"]

    def test_a_plan_in_force_stands_while_a_new_version_is_written(self, world: World, network: CareNetwork) -> None:
        holder = sit(world, HOLDER)
        with acting(world.seats[HOLDER].token) as actor:
            plan = in_force(actor, network)
        address = reverse("coordination:plan", args=[network.pk, plan.pk])
        holder.post(address + "ret/")
        again = holder.post(address + "ret/", follow=True).content.decode()
        assert "Der er allerede et udkast" in again
        assert "Udkast, udgave 2" in again
        assert "Udgave 1" in again
        holder.post(address + "linje/", {"owner": "citizen", "what": "Henter nøglen"})
        with acting(world.seats[HOLDER].token) as actor:
            view = selectors.plan_view(actor, plan)
            assert view.now is not None
            assert view.draft is not None
            assert [row.line.what for row in view.now.lines] == ["Ser på lejligheden"]
            assert [(row.line.what, row.fresh) for row in view.draft.lines] == [
                ("Ser på lejligheden", False),
                ("Henter nøglen", True),
            ]
        holder.post(address + "smid-ud/")
        assert "Udkastet er smidt ud" in holder.get(address).content.decode()
        assert "Udkast, udgave" not in holder.get(address).content.decode()

    def test_two_who_write_at_once_lose_nothing(self, world: World, network: CareNetwork) -> None:
        holder = sit(world, HOLDER)
        with acting(world.seats[HOLDER].token) as actor:
            plan = begun(actor, network)
            services.change_draft(actor, plan, Wanted("Bo ved havet.", review()), 0)
            with pytest.raises(Overtaken):
                services.change_draft(actor, plan, Wanted("Bo i byen.", review()), 0)
        step = reverse("coordination:plan_goals", args=[network.pk, plan.pk])
        answer = holder.post(step, {"goals": "Bo i byen.", "review_on": review().isoformat(), "seen": "0"})
        seen = answer.content.decode()
        assert "Bo ved havet." in seen
        assert "Bo i byen." in seen
        assert 'name="seen" value="1"' in seen
        with acting(world.seats[HOLDER].token) as actor:
            services.put_in_force(actor, plan, YES)
            with pytest.raises(CoordinationError):
                services.put_in_force(actor, plan, YES)

    def test_who_has_said_yes_to_a_line_need_not_say_it_again_in_the_next_version(
        self, world: World, network: CareNetwork, ward: UUID, lets_in: Lets
    ) -> None:
        with acting(world.seats[LEADER].token) as actor:
            lets_in(actor, network, "psychiatry", True, "plans")
            plan = begun(actor, network)
            for_ward(actor, plan, world, ward)
            services.put_in_force(actor, plan, YES)
        with acting(world.seats[NURSE].token) as actor:
            services.accept_lines(actor, Plan.objects.select_related("network").get(pk=plan.pk), 1)
        with acting(world.seats[LEADER].token) as actor:
            services.revise_plan(actor, Plan.objects.get(pk=plan.pk))
            for_ward(actor, plan, world, ward, "Ringer om fredagen")
            services.put_in_force(actor, plan, YES)
            view = selectors.plan_view(actor, Plan.objects.get(pk=plan.pk))
            assert view.now is not None
            proposed = {row.line.what: row.proposed for row in view.now.lines}
        assert proposed == {"Ser på lejligheden": False, "Ser på medicinen": False, "Ringer om fredagen": True}

    def test_a_number_of_a_person_is_refused_everywhere(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats[HOLDER].token) as actor:
            plan = begun(actor, network)
            for act in (
                lambda: services.start_plan(actor, network, "crisis", Wanted("611155-1111")),
                lambda: services.write_line(actor, plan, Step("Ringer til 611155-1111", network.name)),
                lambda: services.put_in_force(actor, plan, Said("but", "611155-1111")),
                lambda: services.mark_clash(actor, plan, "611155-1111"),
            ):
                with pytest.raises(CoordinationError):
                    act()

    def test_whom_the_citizen_does_not_want_is_offered_no_line(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats[HOLDER].token) as actor:
            brother = network_services.write_contact(actor, network, Contact("relative", "Bror Prøvesen"))
            network_services.write_contact(actor, network, Contact("relative", "Søster Prøvesen"))
            network_services.set_unwanted(actor, brother, unwanted=True)
            offered = " ".join(one.words for one in selectors.owners(actor, network))
            begun(actor, network, "discharge")
        assert "Søster Prøvesen" in offered
        assert "Bror Prøvesen" not in offered

    def test_a_fallback_needs_a_reason_and_a_line_waits_for_another(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats[HOLDER].token) as actor:
            plan = begun(actor, network)
            with pytest.raises(CoordinationError, match="hvorfor"):
                services.write_line(actor, plan, Step("Et andet sted", network.name, part="fallback"))
            services.write_line(actor, plan, Step("Flytter ind", network.name, after=1))
            with pytest.raises(CoordinationError, match="Vælg en linje"):
                services.write_line(actor, plan, Step("Flytter ud", network.name, after=9))
            first = PlanLine.objects.select_related("network", "version").get(number=1)
            with pytest.raises(CoordinationError, match="venter på den"):
                services.remove_line(actor, first)
            services.put_in_force(actor, plan, YES)
        holder = sit(world, HOLDER)
        assert "Venter på linje 1" in page(holder, network, "plan", plan.pk)
        holder.post(reverse("coordination:plan_line_done", args=[network.pk, plan.pk, first.pk]))
        assert "Linje 1 er gjort" in page(holder, network, "plan", plan.pk)

    def test_the_pages_ask_the_database_as_often_for_many_plans_as_for_one(
        self, world: World, network: CareNetwork
    ) -> None:
        def counted() -> int:
            with acting(world.seats[HOLDER].token) as actor, CaptureQueriesContext(connection) as caught:
                selectors.plans(actor, CareNetwork.objects.get(pk=network.pk))
            return len(caught)

        with acting(world.seats[HOLDER].token) as actor:
            in_force(actor, network)
        one = counted()
        with acting(world.seats[HOLDER].token) as actor:
            for kind in ("crisis", "joint"):
                plan = in_force(actor, network, kind)
                services.revise_plan(actor, plan)
        assert counted() == one


class TestDischarge:
    """Planned from the day of admission; with a meeting where it is complicated; signed or not."""

    def plan(self, actor: Actor, network: CareNetwork, discharge: str = "simple") -> Plan:
        """A draft of a discharge that names who reacts when the citizen stays away."""
        plan = begun(actor, network, "discharge", discharge=discharge)
        services.write_line(
            actor,
            plan,
            Step("Kører hjem til borgeren samme dag", network.authority.name, network.authority, part="away"),
        )
        return plan

    @pytest.mark.req("R-004-128")
    def test_signed_it_is_an_agreement_and_unsigned_a_coordination_plan(
        self, world: World, network: CareNetwork
    ) -> None:
        with acting(world.seats[HOLDER].token) as actor:
            first, second = self.plan(actor, network), self.plan(actor, network)
            services.put_in_force(actor, first, YES)
            services.put_in_force(actor, second, Said("no"))
            assert Plan.objects.get(pk=first.pk).kind == "discharge"
            assert Plan.objects.get(pk=second.pk).kind == "coordination"
        seen = page(sit(world, HOLDER), network, "plan", second.pk)
        for said in ("Koordinationsplan", "vil ikke skrive under", "Hvis borgeren bliver væk", "Kom igen"):
            assert said in seen

    @pytest.mark.req("R-004-128")
    def test_nobody_is_discharged_without_somebody_who_reacts_when_the_citizen_stays_away(
        self, world: World, network: CareNetwork
    ) -> None:
        with acting(world.seats[HOLDER].token) as actor:
            plan = begun(actor, network, "discharge", discharge="simple")
            with pytest.raises(CoordinationError, match="bliver væk"):
                services.put_in_force(actor, plan, YES)

    @pytest.mark.req("R-004-125", "R-002-104")
    @pytest.mark.parametrize("discharge", ["complex", "regional"])
    def test_one_meets_before_a_complicated_discharge_or_writes_why_not(
        self, world: World, network: CareNetwork, discharge: str
    ) -> None:
        with acting(world.seats[HOLDER].token) as actor:
            plan, other = self.plan(actor, network, discharge), self.plan(actor, network, discharge)
            with pytest.raises(CoordinationError, match="skal I mødes"):
                services.put_in_force(actor, plan, YES)
            services.put_in_force(actor, plan, YES, why_no_meeting="Borgeren gik i nat")
            meeting = meetings.call(actor, network, meetings.Frame("Afsnit H3", starts_at=timezone.now()))
            with pytest.raises(CoordinationError, match="skal I mødes"):
                services.put_in_force(actor, other, YES)
            meetings.hold(actor, meeting, "Vi talte om lejligheden.")
            services.put_in_force(actor, other, YES)
        seen = page(sit(world, HOLDER), network, "plan", plan.pk)
        assert "Borgeren gik i nat" in seen

    @pytest.mark.req("R-004-125")
    @pytest.mark.parametrize("discharge", ["simple", "sudden"])
    def test_other_discharges_need_no_meeting_but_must_be_classified(
        self, world: World, network: CareNetwork, discharge: str
    ) -> None:
        with acting(world.seats[HOLDER].token) as actor:
            services.put_in_force(actor, self.plan(actor, network, discharge), YES)
            with pytest.raises(CoordinationError, match="hvad for en udskrivning"):
                services.put_in_force(actor, self.plan(actor, network, ""), YES)

    @pytest.mark.req("R-002-116", "R-002-103")
    def test_it_is_planned_from_the_first_day_with_those_around_the_citizen_at_hand(
        self, world: World, network: CareNetwork
    ) -> None:
        holder = sit(world, HOLDER)
        with acting(world.seats[HOLDER].token) as actor:
            network_services.write_contact(
                actor, network, Contact("home", "Bertil Bostøtte", "Bostøtten", "12 34 56 78")
            )
            hidden = network_services.write_contact(actor, network, Contact("relative", "Bror Prøvesen"))
            network_services.set_unwanted(actor, hidden, unwanted=True)
            plan = begun(actor, network, "discharge", discharge="complex")
            services.write_line(actor, plan, Step("Bostøtte hver dag", "Bertil Bostøtte", changed=True))
        seen = page(holder, network, "plan", plan.pk)
        assert "Hvem kan I spørge med til mødet?" in seen
        assert "12 34 56 78" in seen
        assert "Bror Prøvesen" not in seen
        assert "Ny eller ændret hjælp: Bertil Bostøtte" in " ".join(seen.split())

    @pytest.mark.req("R-004-126")
    def test_visitator_and_skp_are_to_be_told_of_every_discharge_also_the_sudden(
        self, world: World, network: CareNetwork, lets_in: Lets, owner_connection: psycopg.Connection
    ) -> None:
        assessment = unit(world, owner_connection, "Visitationen")
        with acting(world.seats[LEADER].token) as actor:
            network_services.write_contact(actor, network, Contact("support", "Karl Prøve"))
            social = Authority.objects.get(pk=world.authorities["social"])
            network_services.let_in(actor, network, social, Unit.objects.get(pk=assessment), ["events"], yes())
            lets_in(actor, network, "psychiatry", True, "events")
            plan = self.plan(actor, network, "sudden")
            lines = list(PlanLine.objects.filter(version__plan=plan).order_by("number").values_list("what", flat=True))
            assert lines[:2] == [
                "Giver visitator besked om udskrivningen",
                "Giver støtte-kontaktpersonen (SKP) besked om udskrivningen",
            ]
        assert "Visitationen" in page(sit(world, LEADER), network, "plan", plan.pk)
        with acting(world.seats[NURSE].token) as actor:
            event = network_services.write_event(
                actor, CareNetwork.objects.get(pk=network.pk), Happened(EventKind.DISCHARGE, timezone.now())
            )
            network_services.release_event(actor, CareEvent.objects.select_related("network").get(pk=event.pk))
        reached = owner_connection.execute("select unit_id from coordination_careeventdelivery").fetchall()
        assert (assessment,) in reached

    def test_on_paper_the_citizen_reads_the_plan_in_plain_words(self, world: World, network: CareNetwork) -> None:
        holder = sit(world, HOLDER)
        with acting(world.seats[HOLDER].token) as actor:
            named(actor, network, post=Capacity.objects.get(pk=world.seats[HOLDER].post))
            plan = self.plan(actor, network)
        said = words(holder.get(reverse("coordination:plan_paper", args=[network.pk, plan.pk])).content)
        assert "Det gælder ikke endnu" in said
        with acting(world.seats[HOLDER].token) as actor:
            services.put_in_force(actor, plan, YES, declines=True)
        said = words(holder.get(reverse("coordination:plan_paper", args=[network.pk, plan.pk])).content)
        for part in (GOAL, "Ser på lejligheden", "Hvis du bliver væk", "Kom igen, hvis det bliver værre.", "lukke op"):
            assert part in said
        assert said.index(GOAL) < said.index("Ser på lejligheden")
        assert "udkast" not in said


class TestSeveralPlans:
    """All side by side; what may not go together is marked; who shall look again is reminded."""

    @pytest.mark.req("R-004-129")
    def test_all_plans_stand_side_by_side_and_what_clashes_is_marked(self, world: World, network: CareNetwork) -> None:
        holder = sit(world, HOLDER)
        with acting(world.seats[HOLDER].token) as actor:
            in_force(actor, network, "joint")
            services.put_in_force(
                actor, begun(actor, network, "elsewhere", goals="", reference="Region Sjælland"), Said()
            )
        assert "Passer måske ikke sammen" not in page(holder, network, "plans")
        with acting(world.seats[HOLDER].token) as actor:
            plan = in_force(actor, network)
            crisis = in_force(actor, network, "crisis")
            services.mark_clash(actor, crisis, "To planer siger hver sin adresse")
        seen = page(holder, network, "plans")
        for said in ("Handleplan", "Fælles plan", "Plan et andet sted", "Region Sjælland", "To planer siger hver sin"):
            assert said in seen
        with acting(world.seats[HOLDER].token) as actor:
            clashes = selectors.plan_view(actor, plan).clashes
        # The citizen is to be at two places on one day.
        assert clashes == [f"Fælles plan: {network.name}", f"Kriseplan: {network.name}"]

    @pytest.mark.req("R-004-131")
    def test_an_admission_opens_the_handleplan_and_the_tovholder_sees_it_on_the_desk(
        self, world: World, network: CareNetwork, lets_in: Lets
    ) -> None:
        with acting(world.seats[LEADER].token) as actor:
            lets_in(actor, network, "psychiatry", True, "plans", "events")
            network_services.appoint(
                actor,
                network,
                Named(post=Capacity.objects.get(pk=world.seats[HOLDER].post), phone="20 20 20 20", hours="9-12"),
            )
            plan = in_force(actor, network)
            in_force(actor, network, "crisis")
            assert not selectors.plan_view(actor, plan).is_due
        with acting(world.seats[NURSE].token) as actor:
            draft = network_services.write_event(
                actor, CareNetwork.objects.get(pk=network.pk), Happened(EventKind.ADMISSION, timezone.now())
            )
        url = reverse("coordination:plan", args=[network.pk, plan.pk])
        with acting(world.seats[HOLDER].token) as actor:
            assert url not in [row.url for row in desk(actor).news.rows]
        with acting(world.seats[NURSE].token) as actor:
            network_services.release_event(actor, CareEvent.objects.select_related("network").get(pk=draft.pk))
        holder = sit(world, HOLDER)
        assert "Borgeren er blevet indlagt, siden planen blev sat i kraft" in holder.get(url).content.decode()
        with acting(world.seats[HOLDER].token) as actor:
            assert [row.words for row in desk(actor).news.rows if row.url == url] == [
                "Handleplan skal ses igennem, F.P."
            ]
        # The leader has the tovholder to do it; the ward is not asked.
        for seat in (LEADER, NURSE):
            with acting(world.seats[seat].token) as actor:
                assert url not in [row.url for row in desk(actor).news.rows]
        with acting(world.seats[HOLDER].token) as actor:
            services.revise_plan(actor, Plan.objects.get(pk=plan.pk))
            services.put_in_force(actor, plan, YES)
            assert url not in [row.url for row in desk(actor).news.rows]

    def test_a_plan_comes_to_the_desk_on_its_day_of_review(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats[HOLDER].token) as actor:
            network_services.appoint(
                actor,
                network,
                Named(post=Capacity.objects.get(pk=world.seats[HOLDER].post), phone="20 20 20 20", hours="9-12"),
            )
            later, today = in_force(actor, network), in_force(actor, network, "crisis", review_on=review(0))
            urls = [row.url for row in desk(actor).news.rows]
        assert reverse("coordination:plan", args=[network.pk, today.pk]) in urls
        assert reverse("coordination:plan", args=[network.pk, later.pk]) not in urls

    @pytest.mark.req("R-002-142")
    def test_the_ward_is_given_the_planning_meeting_only_for_one_whom_the_misuse_treatment_knows_too(
        self, world: World, network: CareNetwork, lets_in: Lets
    ) -> None:
        nurse = sit(world, NURSE)
        with acting(world.seats[LEADER].token) as actor:
            lets_in(actor, network, "psychiatry", True, "contacts", "events")
        today = timezone.localdate().isoformat()
        typed = {"kind": "admission", "day": today, "clock": "0:00", "text": ""}
        draft = nurse.post(reverse("coordination:event_new", args=[network.pk]), typed)["Location"]
        assert "arranger et planlægningsmøde" not in nurse.get(draft).content.decode()
        with acting(world.seats[LEADER].token) as actor:
            contact = Contact("misuse", "Mona Prøve", "Center for Rusmidler", "11 22 33 44")
            row = network_services.write_contact(actor, network, contact)
        seen = nurse.get(draft).content.decode()
        for said in ("arranger et planlægningsmøde", "Center for Rusmidler", "11 22 33 44"):
            assert said in seen
        nurse.post(draft + "frigiv/")
        assert "arranger et planlægningsmøde" in page(nurse, network)
        # The tovholder's own page does not ask for it, and one whom the citizen does not want is not named.
        assert "arranger et planlægningsmøde" not in page(sit(world, LEADER), network)
        with acting(world.seats[LEADER].token) as actor:
            found = network_selectors.find_contact(actor, network, row.pk)
            assert found is not None
            network_services.set_unwanted(actor, found, unwanted=True)
        assert "arranger et planlægningsmøde" not in page(nurse, network)


def test_the_citizen_is_named_as_whoever_opened_the_network_wrote(world: World, network: CareNetwork) -> None:
    with acting(world.seats[HOLDER].token) as actor:
        assert selectors.owners(actor, network)[0].words == NAME
