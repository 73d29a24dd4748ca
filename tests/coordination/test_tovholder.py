"""Who is tovholder, who may know it, and how everybody hears of a change (003 chapter 1)."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.urls import reverse

from samsvar.coordination import services
from samsvar.coordination.models import (
    AskedBy,
    CareCoordinator,
    CareNetwork,
    CoordinatorNews,
    NetworkContact,
    NetworkReader,
)
from samsvar.coordination.selectors import networks as selectors
from samsvar.coordination.services import CoordinationError
from samsvar.coordination.services.contacts import Contact
from samsvar.coordination.services.coordinators import Named
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Consent, Disclosure
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.clients import sit
from tests.coordination.ground import CPR, NAME, named, opened
from tests.world import World

_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]+')


def _plain(answer: object) -> bytes:
    """What a page says, without what differs from one page to the next anyway."""
    return _TOKEN.sub(b"", answer.content)  # type: ignore[attr-defined]


class TestAsking:
    """A tovholder is asked for by a professional, by the citizen or by a relative."""

    @pytest.mark.req("R-003-17", "R-003-20")
    @pytest.mark.parametrize("asked_by", AskedBy.values)
    def test_whoever_asks_is_written_down_and_why(self, world: World, asked_by: str) -> None:
        browser = sit(world, "social.frontline")
        answer = browser.post(
            reverse("coordination:open"),
            {"name": NAME, "asked_by": asked_by, "who": "Bo", "signs": ["complex", "several"], "asked_on": ""},
        )
        assert answer.status_code == 302
        assert "Spurgt af" in browser.get(answer["Location"]).content.decode()

    @pytest.mark.req("R-003-20")
    def test_one_sign_alone_asks_for_the_reason(self, world: World) -> None:
        browser = sit(world, "social.frontline")
        typed = {"name": NAME, "asked_by": "citizen", "signs": ["complex"], "asked_on": ""}
        answer = browser.post(reverse("coordination:open"), typed)
        assert answer.status_code == 400
        assert "Skriv, hvorfor der alligevel er brug for en tovholder." in answer.content.decode()
        assert browser.post(reverse("coordination:open"), typed | {"why": "Hun er helt alene."}).status_code == 302

    def test_only_the_municipality_opens_a_network(self, world: World) -> None:
        assert sit(world, "police.frontline").get(reverse("coordination:open")).status_code == 404
        with acting(world.seats["police.frontline"].token) as actor, pytest.raises(CoordinationError):
            opened(actor)

    def test_the_leader_has_a_task_until_there_is_a_named_person(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats["social.screener"].token) as actor:
            assert open_tasks(actor).filter(kind=TaskKind.NO_COORDINATOR).count() == 1
            named(actor, CareNetwork.objects.get(pk=network.pk))
            assert not open_tasks(actor).filter(kind=TaskKind.NO_COORDINATOR).exists()

    def test_a_second_network_of_the_same_citizen_is_refused_in_words(self, world: World, network: CareNetwork) -> None:
        browser = sit(world, "social.member")
        typed = {"cpr": CPR, "name": NAME, "asked_by": "citizen", "signs": ["complex", "several"], "asked_on": ""}
        answer = browser.post(reverse("coordination:open"), typed)
        assert answer.status_code == 400
        assert "Borgeren har allerede et netværk hos jer" in answer.content.decode()


class TestAppointing:
    """Always a person, and always with a name, a phone and hours."""

    @pytest.mark.req("R-003-3")
    @pytest.mark.parametrize("missing", ["name", "phone", "hours"])
    def test_without_name_phone_and_hours_nobody_is_named(
        self, world: World, network: CareNetwork, missing: str
    ) -> None:
        browser = sit(world, "social.frontline")
        typed = {"name": "Tove", "phone": "20 20 20 20", "hours": "9-12", "part": "responsible", missing: ""}
        answer = browser.post(reverse("coordination:appoint", args=[network.pk]), typed)
        assert answer.status_code == 400
        with acting(world.seats["social.frontline"].token) as actor:
            assert not CareCoordinator.objects.exists()
            with pytest.raises(CoordinationError):
                services.appoint(actor, network, Named(**{k: typed[k] for k in ("name", "phone", "hours")}))

    @pytest.mark.req("R-003-1", "R-003-2")
    def test_a_new_responsible_one_ends_the_former_and_a_helper_does_not(
        self, world: World, network: CareNetwork
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            first = named(actor, network)
            named(actor, network, "Hjælper Hansen", responsible=False)
            second = named(actor, network, "Ny Nielsen", why="Tove er på barsel")
            first.refresh_from_db()
            assert (first.state, first.end_reason) == ("ended", "replaced")
            page = selectors.page(actor, found(actor, network))
            assert page.coordinator == second
            assert [one.name for one in page.helpers] == ["Hjælper Hansen"]

    @pytest.mark.req("R-003-19")
    def test_it_rests_is_taken_up_again_and_ends_with_a_reason(self, world: World, network: CareNetwork) -> None:
        browser = sit(world, "social.member")
        with acting(world.seats["social.member"].token) as actor:
            one = named(actor, network)
        rest, end = (reverse(f"coordination:{name}", args=[network.pk, one.pk]) for name in ("rest", "end"))
        page = reverse("coordination:network", args=[network.pk])
        browser.post(rest)
        assert "I bero" in browser.get(page).content.decode()
        browser.post(rest)
        assert "Sæt i bero" in browser.get(page).content.decode()
        assert browser.post(end, {"reason": "replaced"}).status_code == 400
        assert "flyttet til en anden kommune" in browser.get(end).content.decode()
        browser.post(end, {"reason": "moved"})
        assert "Der er ingen tovholder" in browser.get(page).content.decode()

    def test_nobody_found_is_said_with_its_reason(self, world: World, network: CareNetwork) -> None:
        browser = sit(world, "social.frontline")
        browser.post(reverse("coordination:none_found", args=[network.pk]), {"why": "Ingen har timer før maj."})
        page = browser.get(reverse("coordination:network", args=[network.pk])).content.decode()
        assert "Ingen har timer før maj." in page

    @pytest.mark.req("R-003-12", "R-003-13")
    def test_the_mandate_has_versions_and_says_with_whom_it_was_agreed(
        self, world: World, network: CareNetwork
    ) -> None:
        browser = sit(world, "social.frontline")
        address = reverse("coordination:mandate", args=[network.pk])
        typed = {"text": "Ringer hver mandag", "confirmed_with": "borgeren og søsteren", "confirmed_on": "2026-01-05"}
        assert browser.post(address, typed | {"seen": 0}).status_code == 302
        # A colleague who started from the empty page is told, and loses nothing.
        late = browser.post(address, typed | {"text": "Ringer aldrig", "seen": 0})
        assert late.status_code == 400
        said = late.content.decode()
        assert "Ringer aldrig" in said
        assert "En anden har skrevet udgave 1 imens: Ringer hver mandag" in said
        again = typed | {"text": "Ringer hver fredag", "seen": 0, "looked": "1"}
        assert browser.post(address, again).status_code == 302
        page = browser.get(reverse("coordination:network", args=[network.pk])).content.decode()
        assert "Udgave 2, aftalt med borgeren og søsteren" in page
        assert "Ringer hver mandag" in page

    @pytest.mark.req("R-003-5", "R-003-14")
    def test_the_citizen_gets_the_card_and_it_is_noted_when(self, world: World, network: CareNetwork) -> None:
        browser = sit(world, "social.member")
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network)
        card = browser.get(reverse("coordination:card", args=[network.pk]))
        assert card.content.startswith(b"%PDF")
        page = reverse("coordination:network", args=[network.pk])
        assert "Borgeren har ikke fået kortet" in browser.get(page).content.decode()
        browser.post(reverse("coordination:hand_out", args=[network.pk]), {"how": "hand", "on": "2026-01-05"})
        assert "Borgeren har ikke fået kortet" not in browser.get(page).content.decode()
        # The next tovholder has not been told of.
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network, "Ny Nielsen")
        assert "Borgeren har ikke fået kortet" in browser.get(page).content.decode()


class TestWhoMayKnow:
    """Whoever the citizen has let in knows within three interactions; for others it is as if nobody were there."""

    @pytest.mark.req("R-003-4", "R-003-10", "R-003-16", "R-003-61", "R-003-62")
    def test_a_ward_nurse_types_the_number_and_has_name_phone_and_hours(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            lets_in(actor, network)
            services.write_contact(actor, network, Contact("primary", "Lise Læge", "Afsnit H3", decides="medicinen"))
            named(actor, network)
        nurse = sit(world, "psychiatry.frontline")
        answer = nurse.post(reverse("coordination:look"), {"cpr": CPR}, follow=True)
        said = answer.content.decode()
        for words in ("Tove Holdersen", "20 20 20 20", "hverdage 9-12", "Lise Læge", "Kan afgøre: medicinen", NAME):
            assert words in said
        # Why there is a tovholder, and whom else the citizen has let in, is for those inside.
        assert "Hvorfor der er en tovholder" not in said
        assert "lukket ind" not in said

    @pytest.mark.parametrize(
        "seat", ["police.member", "police.frontline", "psychiatry.member", "psychiatry.screener", "outside.member"]
    )
    def test_everybody_else_reads_the_same_as_for_somebody_unknown(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object], seat: str
    ) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            lets_in(actor, network)
            named(actor, network)
        browser = sit(world, seat)
        known = browser.post(reverse("coordination:look"), {"cpr": CPR})
        unknown = browser.post(reverse("coordination:look"), {"cpr": "6203661234"})
        assert (known.status_code, unknown.status_code) == (200, 200)
        assert _plain(known) == _plain(unknown)
        assert "Her er ingen tovholder, du kan se" in known.content.decode()
        assert browser.get(reverse("coordination:network", args=[network.pk])).status_code == 404

    @pytest.mark.req("R-003-53")
    def test_working_in_the_municipality_opens_nothing(self, world: World, network: CareNetwork) -> None:
        # Once there is a tovholder, whoever opened the network is a colleague like others.
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network)
        browser = sit(world, "social.frontline")
        assert browser.get(reverse("coordination:network", args=[network.pk])).status_code == 404

    def test_what_the_yes_does_not_name_is_not_seen(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            lets_in(actor, network, "psychiatry", True, "coordinator")
            services.write_contact(actor, network, Contact(role="relative", name="Søster Prøvesen"))
        with acting(world.seats["psychiatry.frontline"].token) as actor:
            assert CareNetwork.objects.count() == 1
            assert not NetworkContact.objects.exists()

    @pytest.mark.req("R-003-26")
    def test_whom_the_citizen_does_not_want_is_seen_by_those_inside_alone(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            lets_in(actor, network)
            row = services.write_contact(actor, network, Contact(role="relative", name="Bror Prøvesen"))
            services.set_unwanted(actor, row, unwanted=True)
        nurse = sit(world, "psychiatry.frontline")
        assert "Bror Prøvesen" not in nurse.get(reverse("coordination:network", args=[network.pk])).content.decode()
        worker = sit(world, "social.frontline")
        assert "Bror Prøvesen" in worker.get(reverse("coordination:network", args=[network.pk])).content.decode()

    @pytest.mark.req("R-003-50", "R-003-51")
    def test_a_yes_taken_back_stops_later_reads_and_what_was_told_stays(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            reader = lets_in(actor, network)
        nurse = sit(world, "psychiatry.frontline")
        page = reverse("coordination:network", args=[network.pk])
        assert nurse.get(page).status_code == 200
        with acting(world.seats["social.frontline"].token) as actor:
            services.take_back(actor, reader)  # type: ignore[arg-type]
            assert Consent.objects.get().withdrawn_on is not None
            assert Disclosure.objects.filter(subject_kind="care_network").count() == 2
        assert nurse.get(page).status_code == 404
        assert "Det er videregivet" in sit(world, "social.frontline").get(page).content.decode()

    def test_a_yes_that_nobody_explained_lets_nobody_in(self, world: World, network: CareNetwork, ward: UUID) -> None:
        browser = sit(world, "social.frontline")
        typed = {"receiver": str(ward), "categories": ["coordinator"], "given": NAME, "form": "written"}
        answer = browser.post(reverse("coordination:let_in", args=[network.pk]), typed)
        assert answer.status_code == 400
        assert "Forklar borgeren det først" in answer.content.decode()
        with acting(world.seats["social.frontline"].token):
            assert not NetworkReader.objects.exists()


class TestEverybodyKnows:
    """Old name, new name, when and why; read and noted by each who was let in."""

    @pytest.mark.req("R-003-6", "R-003-8", "R-003-9")
    def test_a_change_reaches_those_let_in_and_each_says_when_it_is_noted(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            lets_in(actor, network)
            named(actor, network)
            named(actor, network, "Ny Nielsen", why="Tove er på barsel")
        page = reverse("coordination:network", args=[network.pk])
        nurse, leader = sit(world, "psychiatry.frontline"), sit(world, "social.member")
        said = nurse.get(page).content.decode()
        assert "Ny Nielsen er tovholder nu. Før var det Tove Holdersen." in said
        assert "Tove er på barsel" in said
        assert "Leveret, ikke læst endnu" in leader.get(page).content.decode()
        nurse.post(reverse("coordination:read", args=[network.pk]))
        assert "Læst af Frontline Psychiatry" in leader.get(page).content.decode()
        nurse.post(reverse("coordination:noted", args=[network.pk]))
        assert "Noteret af Frontline Psychiatry" in leader.get(page).content.decode()
        with acting(world.seats["social.member"].token):
            # Letting in, and twice a name: each delivery is a disclosure.
            assert Disclosure.objects.filter(subject_kind="care_network").count() == 4

    def test_whoever_opened_the_network_names_another_and_those_let_in_hear_of_it(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            lets_in(actor, network)
            named(actor, network)
        with acting(world.seats["psychiatry.frontline"].token):
            assert CoordinatorNews.objects.get().after == "Tove Holdersen"
        with acting(world.seats["social.screener"].token) as actor:
            assert not open_tasks(actor).filter(kind=TaskKind.NO_COORDINATOR).exists()
            page = selectors.page(actor, found(actor, network))
            assert page.request is not None
            assert page.request.answered_on is not None

    def test_nobody_notes_for_another(self, world: World, network: CareNetwork, lets_in: Callable[..., object]) -> None:
        with acting(world.seats["social.member"].token) as actor:
            lets_in(actor, network)
            named(actor, network)
            with pytest.raises(CoordinationError):
                services.note_news(actor, network)
        with acting(world.seats["psychiatry.member"].token):
            # The same authority, another unit.
            assert not CoordinatorNews.objects.exists()

    def test_a_network_that_ends_shuts_every_door(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            lets_in(actor, network)
            named(actor, network)
        leader = sit(world, "social.member")
        leader.post(reverse("coordination:close", args=[network.pk]), {"reason": "no_need"})
        page = reverse("coordination:network", args=[network.pk])
        assert "Netværket er slut" in leader.get(page).content.decode()
        assert sit(world, "psychiatry.frontline").get(page).status_code == 404
        with acting(world.seats["social.member"].token) as actor:
            assert opened(actor, cpr=CPR).pk != network.pk

    @pytest.mark.req("R-003-15", "R-003-56")
    def test_the_tovholder_reads_nobodys_files_and_grants_nothing(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats["social.member"].token) as actor:
            post = next(one for one in selectors.colleagues(actor) if one.pk == world.seats["social.frontline"].post)
            services.appoint(actor, network, Named(post=post, phone="1", hours="9"))
        browser = sit(world, "social.frontline")
        page = browser.get(reverse("coordination:network", args=[network.pk])).content.decode()
        assert "afgør ingenting" in page
        assert browser.get(reverse("cases:list")).content.decode().count(NAME) == 0


def found(actor: object, network: CareNetwork) -> CareNetwork:
    """The network as the page finds it."""
    row = selectors.find_network(actor, network.pk)  # type: ignore[arg-type]
    assert row is not None
    return row
