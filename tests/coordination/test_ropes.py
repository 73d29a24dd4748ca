"""Who holds which rope, what waits with the tovholder, whom a child's relatives ring to, and the page on paper."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.db import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import (
    CareCoordinator,
    CareNetwork,
    CoordinatorNews,
    CoordinatorRequest,
    HandedOut,
    NetworkAgreement,
    NetworkContact,
    NetworkMeeting,
    Rope,
    SubstituteTask,
)
from samsvar.coordination.selectors import networks as selectors
from samsvar.coordination.services import CoordinationError, meetings
from samsvar.coordination.services.contacts import Contact
from samsvar.coordination.services.coordinators import Named
from samsvar.partnerships.models import Authority, Capacity, Unit
from samsvar.partnerships.services import PartnershipError, change_authority
from samsvar.postgres.actor import Actor, acting, attempt
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.clients import sit
from tests.coordination.ground import named, unit
from tests.coordination.paper import words
from tests.world import World

TODAY = timezone.localdate()


@pytest.fixture
def url(network: CareNetwork) -> str:
    """The network's page."""
    return reverse("coordination:network", args=[network.pk])


@pytest.fixture
def by_area(world: World, owner_connection: psycopg.Connection) -> Callable[[bool], None]:
    """Turn "several tovholdere, each with an area" on or off."""

    def turn(on: bool) -> None:
        owner_connection.execute(
            "update partnerships_authority set several_coordinators = %s where id = %s",
            [on, world.authorities["social"]],
        )
        owner_connection.commit()

    return turn


def fresh(actor: Actor, network: CareNetwork) -> CareNetwork:
    """The network as a page finds it."""
    found = selectors.find_network(actor, network.pk)
    assert found is not None
    return found


class TestWhoChooses:
    """One responsible, or several with an area each: every authority says so for itself."""

    @pytest.mark.req("R-002-117")
    def test_the_own_administrator_turns_it_on_for_the_own_authority_alone(self, world: World) -> None:
        social, police = world.authorities["social"], world.authorities["police"]
        admin = sit(world, "social.admin")
        path = reverse("partnerships:authority_edit", args=[social])
        assert "flere tovholdere, hver med sit område" in admin.get(path).content.decode()
        typed = {"name": "Prøveby Kommune", "short_name": "Prøveby", "regime": "gdpr", "several_coordinators": "on"}
        assert admin.post(path, typed).status_code == 302
        assert set(Authority.objects.filter(several_coordinators=True).values_list("id", flat=True)) == {social}
        # Where no tovholder is appointed, nothing is asked, and what is sent all the same changes nothing.
        other = sit(world, "police.admin")
        theirs = reverse("partnerships:authority_edit", args=[police])
        assert "flere tovholdere" not in other.get(theirs).content.decode()
        other.post(theirs, {**typed, "name": "Prøvekredsens Politi", "short_name": "Politi", "regime": "rhl"})
        assert not Authority.objects.get(pk=police).several_coordinators

    @pytest.mark.parametrize("seat", ["police.admin", "outside.admin", "psychiatry.admin", "social.member"])
    def test_nobody_else_chooses_for_them_even_in_the_database(self, world: World, seat: str) -> None:
        social = Authority.objects.get(pk=world.authorities["social"])
        with acting(world.seats[seat].token) as actor:
            with pytest.raises(PartnershipError):
                change_authority(actor, social, several_coordinators=True)
            assert not Authority.objects.filter(pk=social.pk).update(several_coordinators=True)

    def test_one_who_sets_up_the_cooperation_cannot_choose_for_others(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        owner_connection.execute(
            "insert into partnerships_groupfunction (id, group_id, capacity_id, function, since, reason)"
            " values (gen_random_uuid(), %s, %s, 'coordinator', '2020-01-01', '')",
            [world.group, world.seats["police.member"].post],
        )
        owner_connection.commit()
        with acting(world.seats["police.member"].token) as actor:
            social = Authority.objects.get(pk=world.authorities["social"])
            with pytest.raises(PartnershipError):
                change_authority(actor, social, several_coordinators=True)
            with pytest.raises(ProgrammingError), attempt():
                Authority.objects.filter(pk=social.pk).update(several_coordinators=True)


class TestAreas:
    """One answers for it all, or several hold a rope each."""

    @pytest.mark.req("R-002-117")
    def test_each_rope_stands_with_its_holder_and_gaps_and_overlaps_are_marked(
        self, world: World, network: CareNetwork, url: str, by_area: Callable[[bool], None]
    ) -> None:
        by_area(True)
        browser = sit(world, "social.member")
        typed = {"phone": "20 20 20 20", "hours": "9-12", "why": ""}
        for name, part, areas in (
            ("Tove Holdersen", "responsible", ["adults", "health"]),
            ("Bo Beskæftigelse", "helper", ["work", "money"]),
            ("Rie Region", "helper", ["region", "health"]),
            ("Fie Familie", "helper", ["children"]),
        ):
            address = reverse("coordination:appoint", args=[network.pk])
            answer = browser.post(address, typed | {"name": name, "part": part, "areas": areas})
            assert answer.status_code == 302
        said = browser.get(url).content.decode()
        for name, areas in (
            ("Tove Holdersen", "voksne og social, sundhed"),
            ("Bo Beskæftigelse", "beskæftigelse, økonomi"),
            ("Rie Region", "sundhed, behandling i regionen"),
            ("Fie Familie", "børn og unge"),
        ):
            assert f"<strong>{name}</strong>: {areas}" in said
        assert "Sundhed: Tove Holdersen, Rie Region" in said
        with acting(world.seats["social.member"].token) as actor:
            page = selectors.page(actor, fresh(actor, network))
            assert page.gaps == [str(Rope.HOUSING.label)]

    @pytest.mark.req("R-003-1")
    def test_by_area_too_one_of_them_answers_for_it_all(
        self, world: World, network: CareNetwork, by_area: Callable[[bool], None]
    ) -> None:
        by_area(True)
        with acting(world.seats["social.member"].token) as actor:
            first = named(actor, network, areas=["work"])
            named(actor, network, "Ny Nielsen", areas=["housing"])
            first.refresh_from_db()
            assert first.until == TODAY
            assert CareCoordinator.objects.filter(network=network, until=None, responsible=True).count() == 1

    def test_switching_there_and_back_changes_no_row(
        self, world: World, network: CareNetwork, url: str, by_area: Callable[[bool], None]
    ) -> None:
        by_area(True)
        browser = sit(world, "social.member")
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network, areas=["work"])
            named(actor, network, "Hjælper Hansen", responsible=False, areas=["housing"])
            before = list(CareCoordinator.objects.order_by("id").values())
        assert "Hvem holder hvilket reb" in browser.get(url).content.decode()
        by_area(False)
        page = browser.get(url).content.decode()
        assert "Hvem holder hvilket reb" not in page
        assert "Medtovholder: Hjælper Hansen" in " ".join(page.split())
        assert (
            "Holder rebet for" not in browser.get(reverse("coordination:appoint", args=[network.pk])).content.decode()
        )
        by_area(True)
        assert "Hvem holder hvilket reb" in browser.get(url).content.decode()
        with acting(world.seats["social.member"].token):
            assert list(CareCoordinator.objects.order_by("id").values()) == before

    @pytest.mark.req("R-002-117")
    def test_those_let_in_see_the_ropes_and_hear_of_a_new_holder(
        self,
        world: World,
        network: CareNetwork,
        url: str,
        by_area: Callable[[bool], None],
        lets_in: Callable[..., object],
    ) -> None:
        by_area(True)
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network, areas=["adults"])
            lets_in(actor, network)
            helper = named(actor, network, "Bo Bolig", responsible=False, areas=["housing"])
            services.end(actor, helper, "left_post")  # type: ignore[arg-type]
            news = CoordinatorNews.objects.order_by("-at")
            assert [(one.before, one.after) for one in news][:2] == [
                ("Bo Bolig", "Tove Holdersen"),
                ("", "Bo Bolig"),
            ]
            assert news[0].why == "Det gælder: bolig"
        ward = sit(world, "psychiatry.frontline").get(url).content.decode()
        assert "<strong>Tove Holdersen</strong>: voksne og social" in ward

    @pytest.mark.req("R-003-68")
    def test_a_team_and_a_line_unit_have_tovholdere_in_the_same_way(
        self, world: World, network: CareNetwork, url: str, owner_connection: psycopg.Connection
    ) -> None:
        """A separate team, and somebody named for the occasion in a line unit: the same row, no other data."""
        browser, post = sit(world, "social.member"), world.seats["social.screener"].post
        shapes = []
        for name in ("Tovholderteamet", "Bostøtten i Prøveby"):
            key = unit(world, owner_connection, name, "social.screener")
            with acting(world.seats["social.member"].token) as actor:
                assert Unit.objects.filter(pk=key).exists()
                named(actor, network, post=Capacity.objects.select_related("person").get(pk=post))
                row = CareCoordinator.objects.filter(until=None).values().get()
                shapes.append({name: value for name, value in row.items() if name not in {"id", "at"}})
            assert name in browser.get(url).content.decode()
        assert shapes[0] == shapes[1]

    @pytest.mark.req("R-003-18")
    def test_a_meeting_that_decided_it_stands_beside_the_name(
        self, world: World, network: CareNetwork, url: str
    ) -> None:
        browser = sit(world, "social.member")
        typed = {"name": "Tove", "phone": "20", "hours": "9-12", "part": "responsible", "why": ""}
        address = reverse("coordination:appoint", args=[network.pk])
        ahead = browser.post(address, typed | {"decided_on": (TODAY + timedelta(days=2)).isoformat()})
        assert ahead.status_code == 400
        assert "Mødet kan ikke have besluttet det i fremtiden." in ahead.content.decode()
        assert browser.post(address, typed | {"decided_on": TODAY.isoformat()}).status_code == 302
        assert "Besluttet på møde" in browser.get(url).content.decode()

    @pytest.mark.req("R-002-8")
    def test_when_the_last_one_stops_the_leader_has_a_task(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats["social.member"].token) as actor:
            one = named(actor, network)
            services.end(actor, one, "left_post")  # type: ignore[arg-type]
        with acting(world.seats["social.screener"].token) as leader:
            assert open_tasks(leader).filter(kind=TaskKind.NO_COORDINATOR).count() == 1


class TestTasksOfOthers:
    """What is done because the right one has not begun yet."""

    @pytest.mark.req("R-003-78", "R-003-79")
    def test_it_waits_in_days_until_the_right_one_takes_over(
        self, world: World, network: CareNetwork, url: str
    ) -> None:
        browser = sit(world, "social.frontline")
        add = reverse("coordination:substitute", args=[network.pk])
        since = (TODAY - timedelta(days=40)).isoformat()
        assert browser.post(add, {"what": "Gør rent", "whose": "bostøtte", "since": since}).status_code == 302
        said = browser.get(url).content.decode()
        assert "hører til bostøtte" in said
        assert "40 dage" in said
        with acting(world.seats["social.frontline"].token):
            task = SubstituteTask.objects.get()
        over = reverse("coordination:taken_over", args=[network.pk, task.pk])
        settled = {"settled": "Bostøtten, Karen"}
        assert browser.post(over, {"settled": ""}).status_code == 400
        assert browser.post(over, {"settled": "611155-1111"}).status_code == 400
        browser.post(over, settled)
        said = browser.get(url).content.decode()
        assert "hører til bostøtte" not in said
        assert "Bostøtten, Karen" in said
        assert browser.post(over, settled).status_code == 404

    @pytest.mark.parametrize(
        "wrong",
        [{"what": ""}, {"whose": ""}, {"since": (TODAY + timedelta(days=1)).isoformat()}, {"what": "611155-1111"}],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, world: World, network: CareNetwork, wrong: dict[str, str]
    ) -> None:
        typed = {"what": "Gør rent", "whose": "bostøtte i Ørsted", "since": TODAY.isoformat()} | wrong
        answer = sit(world, "social.frontline").post(reverse("coordination:substitute", args=[network.pk]), typed)
        assert answer.status_code == 400
        for name in {"what", "whose"} - set(wrong):
            assert typed[name] in answer.content.decode()

    def test_nobody_let_in_reads_it(
        self, world: World, network: CareNetwork, url: str, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            services.substitute(actor, network, "Gør rent", "bostøtte")
            lets_in(actor, network, "psychiatry", True, "coordinator", "contacts", "meetings", "events")
        assert "Gør rent" not in sit(world, "psychiatry.frontline").get(url).content.decode()
        with acting(world.seats["psychiatry.frontline"].token):
            assert not SubstituteTask.objects.exists()


class TestRelatives:
    """Relatives hear who the tovholder is without being asked about it where it is a child, and nowhere else."""

    @pytest.fixture
    def mother(self, world: World, network: CareNetwork) -> NetworkContact:
        """One of the citizen's own people."""
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network)
            return services.write_contact(actor, network, Contact("relative", "Mor Prøvesen"))

    def of_a_child(self, owner: psycopg.Connection) -> None:
        """Say that the citizen is a child."""
        owner.execute("update coordination_coordinatorrequest set child = true")
        owner.commit()

    @pytest.mark.req("R-003-7")
    def test_a_childs_relative_has_a_letter_at_once(
        self,
        world: World,
        network: CareNetwork,
        url: str,
        mother: NetworkContact,
        owner_connection: psycopg.Connection,
    ) -> None:
        self.of_a_child(owner_connection)
        browser = sit(world, "social.member")
        assert "Brevet til Mor Prøvesen om tovholderen er klar." in browser.get(url).content.decode()
        letter = words(browser.get(reverse("coordination:letter", args=[network.pk, mother.pk])).content)
        assert "Tove Holdersen" in letter
        assert "20 20 20 20" in letter
        assert network.name not in letter
        browser.post(reverse("coordination:letter_sent", args=[network.pk, mother.pk]))
        said = browser.get(url).content.decode()
        assert "er klar" not in said
        assert "brev til Mor Prøvesen om tovholderen" in said
        # The citizen has still not got the card
        assert "Borgeren har ikke fået kortet fra den tovholder, der er nu." in said
        # A new tovholder is a new letter
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network, "Ny Nielsen")
        assert "Brevet til Mor Prøvesen om tovholderen er klar." in browser.get(url).content.decode()

    @pytest.mark.req("R-003-7")
    def test_an_adults_relative_has_none_by_any_way(
        self, world: World, network: CareNetwork, url: str, mother: NetworkContact
    ) -> None:
        browser = sit(world, "social.member")
        assert "Brevet til" not in browser.get(url).content.decode()
        assert browser.get(reverse("coordination:letter", args=[network.pk, mother.pk])).status_code == 404
        browser.post(reverse("coordination:letter_sent", args=[network.pk, mother.pk]))
        with acting(world.seats["social.member"].token) as actor:
            assert not HandedOut.objects.exists()
            with pytest.raises(CoordinationError, match="En voksen giver selv sit kort videre"):
                services.tell_relative(actor, mother)
            holder = CareCoordinator.objects.get()
            with pytest.raises(ProgrammingError), attempt():
                HandedOut.objects.create(
                    partnership_id=network.partnership_id,
                    network=network,
                    authority_id=network.authority_id,
                    coordinator=holder,
                    contact=mother,
                    card="x",
                    how="post",
                    on=TODAY,
                    by_id=actor.person_id,
                )

    def test_whom_the_citizen_does_not_want_gets_none(
        self, world: World, network: CareNetwork, mother: NetworkContact, owner_connection: psycopg.Connection
    ) -> None:
        self.of_a_child(owner_connection)
        with acting(world.seats["social.member"].token) as actor:
            services.set_unwanted(actor, mother, unwanted=True)
            with pytest.raises(CoordinationError):
                services.tell_relative(actor, mother)
        letter = reverse("coordination:letter", args=[network.pk, mother.pk])
        assert sit(world, "social.member").get(letter).status_code == 404

    def test_it_is_asked_when_somebody_asks_for_a_tovholder(self, world: World) -> None:
        browser = sit(world, "social.frontline")
        typed = {"name": "Ung Prøvesen", "asked_by": "relative", "signs": ["complex", "several"], "child": "on"}
        page = browser.get(browser.post(reverse("coordination:open"), typed | {"asked_on": ""})["Location"])
        assert "En ung uden tovholder" in page.content.decode()
        with acting(world.seats["social.member"].token):
            assert CoordinatorRequest.objects.get().child


class TestStandingBack:
    """Somebody lets the citizen be for a while, and everybody who sees the contact knows."""

    def test_a_pause_has_a_reason_and_ends(self, world: World, network: CareNetwork, url: str) -> None:
        browser = sit(world, "social.frontline")
        with acting(world.seats["social.frontline"].token) as actor:
            contact = services.write_contact(actor, network, Contact("caseworker", "Jens", "Jobcentret"))
        address = reverse("coordination:pause", args=[network.pk, contact.pk])
        assert browser.post(address, {"why": ""}).status_code == 400
        assert browser.post(address, {"why": "rest"}).status_code == 302
        assert "Borgeren har brug for ro" in browser.get(url).content.decode()
        assert browser.post(address, {"why": "wish"}).status_code == 400
        browser.post(reverse("coordination:pause_over", args=[network.pk, contact.pk]))
        assert "Borgeren har brug for ro" not in browser.get(url).content.decode()


class TestMeetings:
    """Whoever lends the room is no guest, and whoever the citizen agrees to can call a meeting."""

    @pytest.mark.req("R-002-106")
    def test_whoever_lends_the_room_comes_when_the_citizen_asks(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats["social.member"].token) as actor:
            talk = meetings.call(actor, network, meetings.Frame("overlægen", place="Oasen, Stege"))
            host = services.write_contact(actor, network, Contact("other", "Ole", "Oasen"))
        browser = sit(world, "social.member")
        put_on = reverse("coordination:put_on", args=[network.pk, talk.pk])
        answer = browser.post(put_on, {"contact": str(host.pk), "mandate": ""})
        assert answer.status_code == 400
        assert "Oasen låner kun lokalet ud" in answer.content.decode()
        assert browser.post(put_on, {"contact": str(host.pk), "mandate": "", "asked": "on"}).status_code == 302

    @pytest.mark.parametrize("who", ["Søsteren", "Jobcentret", "Borgeren selv", "Bostøtten"])
    def test_anybody_can_call_it(self, world: World, network: CareNetwork, who: str) -> None:
        browser = sit(world, "social.member")
        assert browser.post(reverse("coordination:call", args=[network.pk]), {"called_by": who}).status_code == 302
        with acting(world.seats["social.member"].token):
            talk = NetworkMeeting.objects.get()
        page = browser.get(reverse("coordination:meeting", args=[network.pk, talk.pk])).content.decode()
        assert f"ønsket af {who}" in page

    @pytest.mark.req("R-003-117")
    def test_a_step_can_hang_on_something(self, world: World, network: CareNetwork, url: str) -> None:
        with acting(world.seats["social.member"].token) as actor:
            talk = meetings.call(actor, network, meetings.Frame("søsteren"))
        browser = sit(world, "social.member")
        typed = {"what": "Viser tilbuddene", "owner": "Tove", "due_on": "", "condition": "han vil"}
        assert browser.post(reverse("coordination:agree", args=[network.pk, talk.pk]), typed).status_code == 302
        assert "hvis han vil: Viser tilbuddene" in browser.get(url).content.decode()

    @pytest.mark.req("R-002-119")
    def test_what_is_agreed_has_one_owner_and_binds_no_other_authority(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            talk = meetings.call(actor, network, meetings.Frame("søsteren"))
            with pytest.raises(CoordinationError):
                meetings.agree(actor, talk, meetings.Agreed("Ringer", ""))
            meetings.agree(actor, talk, meetings.Agreed("Ringer", "Afsnit H3"))
            lets_in(actor, network, "psychiatry", True, "meetings")
        # The ward reads what it has taken on; nothing is laid on its table
        with acting(world.seats["psychiatry.frontline"].token) as actor:
            assert [one.owner for one in NetworkAgreement.objects.all()] == ["Afsnit H3"]
            assert not open_tasks(actor).exists()


class TestOnPaper:
    """The citizen's own page, in plain words."""

    def test_it_says_who_helps_who_knows_what_is_agreed_and_where_to_complain(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network)
            lets_in(actor, network)
            services.write_contact(actor, network, Contact("home", "Birgit", "Bostøtten", decides="bostøtte"))
            brother = services.write_contact(actor, network, Contact("relative", "Bror Prøvesen"))
            services.set_unwanted(actor, brother, unwanted=True)
            talk = meetings.call(
                actor, network, meetings.Frame("søsteren", "En bolig", True, timezone.now(), "Biblioteket")
            )
            meetings.agree(actor, talk, meetings.Agreed("Ringer til boligforeningen", "Tove"))
        paper = words(sit(world, "social.member").get(reverse("coordination:overview", args=[network.pk])).content)
        for said in (
            *("Hvem hjælper mig med hvad", "Tove Holdersen", "20 20 20 20", "Birgit", "kan afgøre: bostøtte"),
            *("Hvem ved hvad om mig", "Afsnit H3", "Hvem der er tovholder, Hvem der hjælper med hvad"),
            *("Hvad er aftalt", "Tove: Ringer til boligforeningen", "Hvornår hører jeg noget", "Biblioteket"),
            *("Hvor kan jeg klage", "Ankestyrelsen", "Styrelsen for Patientklager", "Datatilsynet"),
        ):
            assert said in paper, said
        assert "Bror Prøvesen" not in paper
        assert "6111551111" not in paper

    def test_it_is_taken_out_by_those_inside_alone(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network)
            lets_in(actor, network)
        address = reverse("coordination:overview", args=[network.pk])
        assert sit(world, "psychiatry.frontline").get(address).status_code == 404
        assert sit(world, "police.member").get(address).status_code == 404


class TestContacts:
    """Whoever the citizen has let in sees each unit and the person there."""

    @pytest.mark.req("R-002-3")
    def test_one_let_in_sees_every_unit_and_its_person_and_one_who_is_not_sees_none(
        self, world: World, network: CareNetwork, url: str, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            for role, name, place in (
                ("primary", "Pia Primær", "Distriktspsykiatrien"),
                ("supervisor", "Tom Tilsyn", "Kriminalforsorgen"),
                ("misuse", "Mia Misbrug", "Rusmiddelcentret"),
                ("support", "Sif SKP", "Socialpsykiatrien"),
                ("companion", "Bo Bisidder", ""),
            ):
                services.write_contact(actor, network, Contact(role, name, place, "20 20 20 20"))
            lets_in(actor, network, "psychiatry", True, "contacts")
            lets_in(actor, network, "police", False, "coordinator")
        said = sit(world, "psychiatry.frontline").get(url).content.decode()
        for bit in ("Pia Primær", "Distriktspsykiatrien", "Tom Tilsyn", "Mia Misbrug", "Sif SKP", "Bo Bisidder"):
            assert bit in said
        assert "Pia Primær" not in sit(world, "police.member").get(url).content.decode()


def test_a_name_without_a_post_has_no_team(world: World, network: CareNetwork) -> None:
    with acting(world.seats["social.member"].token) as actor:
        row = services.appoint(actor, network, Named("Bo", "20", "9-12"))
        assert row.team == ""
