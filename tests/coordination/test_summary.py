"""Tell it once: what a citizen has agreed to, read by whom the citizen has let in, for what the yes names."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samsvar.cases.services.errors import Overtaken
from samsvar.coordination import services
from samsvar.coordination.models import SECTIONS, CareNetwork, Category, NetworkReader, SummarySection
from samsvar.coordination.selectors import networks, summary
from samsvar.coordination.services import Agreed, CoordinationError
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor, acting, attempt
from samsvar.sharing.models import Disclosure
from tests.clients import sit
from tests.coordination.ground import named, yes
from tests.coordination.paper import words
from tests.world import World

TALK = Agreed("talk")
ILL = "Hun hører stemmer, mest om natten."
LIVES = "Hun bor alene og glemmer at spise."


def wrote(
    actor: Actor, network: CareNetwork, category: str, words: str, own: str = "", agreed: Agreed | None = TALK
) -> SummarySection:
    """A section of this citizen's summary."""
    return services.write_section(actor, network, category, own, words, agreed=agreed)


def told(world: World) -> list[str]:
    """What was told of networks, for which reason, oldest first, as the municipality reads it."""
    with acting(world.seats["social.member"].token):
        rows = Disclosure.objects.filter(subject_kind="care_network").order_by("at")
        return [one.necessity.partition(": ")[2] for one in rows]


def page(browser: Client, network: CareNetwork, name: str = "summary", *more: object) -> str:
    """A page of the network as somebody gets it."""
    return browser.get(reverse(f"coordination:{name}", args=[network.pk, *more])).content.decode()


class TestWhoReads:
    """Nobody reads anything before the citizen has agreed to it, and let them in for it."""

    @pytest.mark.req("R-003-59", "R-003-60", "R-003-119")
    def test_two_receivers_with_different_yes_read_different_texts(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            wrote(actor, network, "illness", ILL)
            wrote(actor, network, "situation", LIVES)
            lets_in(actor, network, "psychiatry", True, "illness", "help_region")
            lets_in(actor, network, "police", False, "situation")
        for name in ("summary", "network"):
            ward, police = (page(sit(world, seat), network, name) for seat in ("psychiatry.frontline", "police.member"))
            assert ILL in ward
            assert LIVES not in ward
            assert LIVES in police
            assert ILL not in police
        # The ward's colleague in another unit, and everybody else, see nothing at all.
        for seat in ("psychiatry.member", "police.frontline", "social.frontline", "outside.member"):
            seen = sit(world, seat).get(reverse("coordination:summary", args=[network.pk]))
            assert (seen.status_code == 404) == (seat in {"psychiatry.member", "outside.member"})
            with acting(world.seats[seat].token):
                reads = SummarySection.objects.values_list("category", flat=True)
                assert (
                    set(reads)
                    == {
                        "psychiatry.member": set(),
                        "outside.member": set(),
                        "police.frontline": {"situation"},
                        "social.frontline": {"illness", "situation"},
                    }[seat]
                )

    @pytest.mark.req("R-003-59", "R-003-21")
    def test_nobody_let_in_reads_a_text_before_the_citizen_has_agreed_to_that_version(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        nurse, holder = sit(world, "psychiatry.frontline"), sit(world, "social.frontline")
        with acting(world.seats["social.member"].token) as actor:
            lets_in(actor, network, "psychiatry", True, "wishes")
            draft = wrote(actor, network, "wishes", "", "Min egen bolig", agreed=None)
        assert "Her står ikke noget endnu" in page(nurse, network)
        assert "Min egen bolig" in page(holder, network)
        with acting(world.seats["psychiatry.frontline"].token):
            assert not SummarySection.objects.exists()
        assert told(world) == []
        step = reverse("coordination:section_approve", args=[network.pk, draft.pk])
        assert "Min egen bolig" in holder.get(step).content.decode()
        answer = holder.post(step, {"how": "talk", "on": timezone.localdate().isoformat()})
        assert answer.status_code == 302
        assert "Min egen bolig" in page(nurse, network)
        assert told(world) == ["Borgerens ønsker, udgave 1"]
        with acting(world.seats["social.member"].token) as actor:
            wrote(actor, network, "wishes", "", "Et værelse i byen", agreed=None)
        seen = page(nurse, network)
        assert "Min egen bolig" in seen
        assert "Et værelse i byen" not in seen

    @pytest.mark.req("R-003-59")
    def test_a_yes_taken_back_stops_later_reads_and_what_was_told_stays_on_record(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            wrote(actor, network, "illness", ILL)
            door = lets_in(actor, network, "psychiatry", True, "illness")
            assert isinstance(door, NetworkReader)
        nurse = sit(world, "psychiatry.frontline")
        assert ILL in page(nurse, network)
        with acting(world.seats["social.member"].token) as actor:
            services.take_back(actor, door)
            wrote(actor, network, "illness", "Hun har det bedre.")
        assert nurse.get(reverse("coordination:summary", args=[network.pk])).status_code == 404
        with acting(world.seats["psychiatry.frontline"].token):
            assert not SummarySection.objects.exists()
        assert told(world) == ["Sygdomsforløb, udgave 1"]

    @pytest.mark.req("R-003-59")
    def test_each_new_version_that_reaches_somebody_is_a_disclosure_and_a_draft_is_none(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            lets_in(actor, network, "psychiatry", True, "illness", "situation")
            lets_in(actor, network, "police", False, "situation")
            wrote(actor, network, "situation", LIVES)
            wrote(actor, network, "situation", "Hun er flyttet.", agreed=None)
            wrote(actor, network, "situation", "Hun er flyttet ind hos sin søster.")
            wrote(actor, network, "works", "Ring, før I kommer.")
        assert told(world) == ["Situationen nu, udgave 1"] * 2 + ["Situationen nu, udgave 3"] * 2
        seen = page(sit(world, "police.member"), network)
        assert "ind hos sin søster" in seen
        assert LIVES not in seen

    def test_the_former_versions_stand_for_those_inside_alone(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            lets_in(actor, network, "police", False, "situation")
            wrote(actor, network, "situation", LIVES)
            wrote(actor, network, "situation", "Hun er flyttet.")
        assert LIVES in page(sit(world, "social.frontline"), network)
        with acting(world.seats["police.member"].token):
            assert [one.words for one in SummarySection.objects.all()] == ["Hun er flyttet."]

    def test_a_text_the_citizen_wants_shown_no_more_is_gone_for_others(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            lets_in(actor, network, "police", False, "situation")
            row = wrote(actor, network, "situation", LIVES)
        off = reverse("coordination:section_off", args=[network.pk, row.pk])
        assert sit(world, "police.member").post(off).status_code == 404
        holder = sit(world, "social.frontline")
        holder.post(off)
        assert LIVES not in page(sit(world, "police.member"), network)
        assert LIVES in page(holder, network)
        assert holder.post(off).status_code == 404

    def test_what_the_door_says_is_all_that_opens(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            for category in SECTIONS:
                wrote(actor, network, category, f"om {category.value}")
            lets_in(actor, network, "psychiatry", True, "coordinator")
        nurse = sit(world, "psychiatry.frontline")
        assert "Fortæl det én gang" not in page(nurse, network, "network")
        assert nurse.get(reverse("coordination:summary", args=[network.pk])).status_code == 404


class TestOrder:
    """How everyday life works first for the social side, health first for the health side."""

    @pytest.mark.req("R-003-59", "R-002-160")
    def test_each_side_reads_its_own_first(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            lets_in(actor, network, "psychiatry", True, "situation", "illness")
            social = summary.sections(actor, networks.find_network(actor, network.pk))  # type: ignore[arg-type]
        with acting(world.seats["psychiatry.frontline"].token) as actor:
            ward = summary.sections(actor, networks.find_network(actor, network.pk))  # type: ignore[arg-type]
        assert social[0].category == Category.SITUATION
        assert [one.category for one in ward] == [Category.ILLNESS, Category.SITUATION]

    def test_every_section_stands_once_in_each_order(self) -> None:
        for kind in ("social", "psychiatry", "police"):
            assert sorted(summary.order_for(kind)) == sorted(SECTIONS)


class TestWriting:
    """The citizen's words and the professionals' apart, in versions that stand."""

    @pytest.fixture
    def url(self, network: CareNetwork) -> str:
        return reverse("coordination:section", args=[network.pk, "works"])

    @pytest.mark.req("R-003-59")
    def test_the_two_texts_stand_apart_with_the_day_and_the_way_of_the_yes(
        self, world: World, network: CareNetwork, url: str
    ) -> None:
        browser = sit(world, "social.frontline")
        typed = {"own_words": "Ring først.", "words": "Korte aftaler.", "how": "signed", "seen": "0"}
        typed["on"] = (timezone.localdate() - timedelta(days=3)).isoformat()
        assert browser.post(url, typed).status_code == 302
        seen = page(browser, network)
        assert seen.index("Ring først.") < seen.index("Med fagfolks ord:") < seen.index("Korte aftaler.")
        assert "Udgave 1, godkendt af borgeren med underskrift" in seen

    def test_without_any_text_it_is_said_beside_the_field(self, world: World, url: str) -> None:
        answer = sit(world, "social.frontline").post(url, {"own_words": " ", "words": "", "how": "", "on": ""})
        assert answer.status_code == 400
        assert "Skriv noget med borgerens ord eller med fagfolks." in answer.content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"how": "duestafet"},
            {"how": "talk", "on": "31-02-2026"},
            {"how": "talk", "on": (timezone.localdate() + timedelta(days=1)).isoformat()},
            {"words": "Hun har 611155-1111"},
            {"words": "x" * 2001},
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, world: World, network: CareNetwork, url: str, wrong: dict[str, str]
    ) -> None:
        typed = {"own_words": "Ring først.", "words": "Korte aftaler.", "how": "", "on": "", "seen": "0"} | wrong
        answer = sit(world, "social.frontline").post(url, typed)
        assert answer.status_code == 400
        assert "Ring først." in answer.content.decode()
        with acting(world.seats["social.frontline"].token):
            assert not SummarySection.objects.exists()

    def test_a_number_never_stands_in_a_text(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats["social.frontline"].token) as actor, pytest.raises(CoordinationError):
            wrote(actor, network, "works", "611155-1111")

    def test_words_of_an_investigation_are_pointed_out_before_others_read_them(
        self, world: World, network: CareNetwork, url: str
    ) -> None:
        browser = sit(world, "social.frontline")
        typed = {"own_words": "", "words": "Hun er sigtet.", "how": "talk", "on": "", "seen": "0"}
        answer = browser.post(url, typed)
        assert answer.status_code == 400
        assert "Er det rigtigt, som det står, så send igen." in answer.content.decode()
        assert 'name="looked" value="1"' in answer.content.decode()
        assert browser.post(url, typed | {"looked": "1"}).status_code == 302
        # A draft reaches nobody, and asks for no second look.
        assert browser.post(url, typed | {"how": "", "seen": "1"}).status_code == 302

    def test_the_second_of_two_writers_sees_the_first_and_loses_no_text(
        self, world: World, network: CareNetwork, url: str
    ) -> None:
        first, second = sit(world, "social.frontline"), sit(world, "social.member")
        typed = {"own_words": "", "how": "talk", "on": "", "seen": "0"}
        assert first.post(url, typed | {"words": "Ring først."}).status_code == 302
        answer = second.post(url, typed | {"words": "Bank på."})
        assert answer.status_code == 400
        said = answer.content.decode()
        assert "En anden har lige skrevet en ny udgave." in said
        assert "Ring først." in said
        assert "Bank på." in said
        assert 'name="seen" value="1"' in said
        assert second.post(url, typed | {"words": "Ring først, og bank på.", "seen": "1"}).status_code == 302
        assert "Ring først, og bank på." in page(first, network)

    def test_only_the_newest_version_can_be_agreed_to(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            old = wrote(actor, network, "works", "Gammelt", agreed=None)
            new = wrote(actor, network, "works", "Nyt", agreed=None)
            with pytest.raises(Overtaken, match="nyere udgave"):
                services.approve_section(actor, old, TALK)
            services.approve_section(actor, new, TALK)
            with pytest.raises(CoordinationError, match="allerede godkendt"):
                services.approve_section(actor, new, TALK)

    def test_an_agreed_text_is_old_after_half_a_year(self, world: World, network: CareNetwork) -> None:
        browser = sit(world, "social.frontline")
        with acting(world.seats["social.frontline"].token) as actor:
            today = timezone.localdate()
            wrote(actor, network, "works", "Ring", agreed=Agreed("talk", today - timedelta(days=182)))
            assert "Spørg, om det stadig passer" not in page(browser, network)
            wrote(actor, network, "works", "Ring", agreed=Agreed("talk", today - timedelta(days=183)))
        assert "Spørg, om det stadig passer" in page(browser, network)

    @pytest.mark.parametrize("seat", ["psychiatry.frontline", "police.member", "outside.member"])
    def test_nobody_outside_writes_or_agrees(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object], seat: str, url: str
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            lets_in(actor, network, "psychiatry", True, "works")
            row = wrote(actor, network, "works", "Ring", agreed=None)
        browser = sit(world, seat)
        approve = reverse("coordination:section_approve", args=[network.pk, row.pk])
        assert browser.post(url, {"words": "x", "how": "talk"}).status_code == 404
        assert browser.post(approve, {"how": "talk", "on": "2026-01-01"}).status_code == 404
        with acting(world.seats[seat].token) as actor, pytest.raises(CoordinationError):
            wrote(actor, network, "works", "x")

    @pytest.mark.parametrize("column", ["words", "own_words", "category", "version"])
    def test_what_is_written_cannot_be_rewritten(self, world: World, network: CareNetwork, column: str) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            row = wrote(actor, network, "works", "Ring")
            with pytest.raises(ProgrammingError, match="permission denied"), attempt():
                SummarySection.objects.filter(pk=row.pk).update(**{column: 7 if column == "version" else "wishes"})

    @pytest.mark.parametrize("category", ["coordinator", "contacts", "x"])
    def test_only_a_section_is_written(self, world: World, network: CareNetwork, category: str) -> None:
        url = reverse("coordination:section", args=[network.pk, category])
        assert sit(world, "social.frontline").get(url).status_code == 404
        with acting(world.seats["social.frontline"].token) as actor, pytest.raises(CoordinationError):
            wrote(actor, network, category, "x")


class TestPaper:
    """To carry, and for whoever is to grant."""

    @pytest.mark.req("R-003-22", "R-003-59")
    def test_the_citizen_carries_all_and_the_granting_one_gets_no_more_than_the_yes(
        self, world: World, network: CareNetwork, lets_in: Callable[..., object]
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            wrote(actor, network, "illness", ILL)
            wrote(actor, network, "situation", LIVES)
            wrote(actor, network, "wishes", "Et udkast", agreed=None)
            door = lets_in(actor, network, "police", False, "situation", "wishes")
            assert isinstance(door, NetworkReader)
        holder = sit(world, "social.frontline")
        brief = reverse("coordination:summary_brief", args=[network.pk, door.pk])
        assert brief in page(holder, network, "network")
        whole = reverse("coordination:summary_paper", args=[network.pk])
        for url in (whole, brief):
            assert sit(world, "police.member").get(url).status_code == 404
        carried, granted = (words(holder.get(url).content) for url in (whole, brief))
        assert ILL in carried
        assert LIVES in carried
        assert LIVES in granted
        assert ILL not in granted
        assert "Et udkast" not in carried + granted
        holder.post(reverse("coordination:take_back", args=[network.pk, door.pk]))
        assert holder.get(brief).status_code == 404

    def test_a_paper_with_nothing_on_it_says_so(self, world: World, network: CareNetwork) -> None:
        holder = sit(world, "social.frontline")
        with acting(world.seats["social.frontline"].token) as actor:
            wrote(actor, network, "works", "Korte aftaler.", agreed=None)
        said = words(holder.get(reverse("coordination:summary_paper", args=[network.pk])).content)
        assert "Der er ikke godkendt noget endnu." in said
        assert "Korte aftaler" not in said
        assert holder.get(reverse("coordination:summary_brief", args=[network.pk, uuid4()])).status_code == 404


def test_a_unit_of_the_own_authority_reads_by_the_yes_alone(world: World, network: CareNetwork) -> None:
    """Working in the municipality opens nothing (R-003-53)."""
    with acting(world.seats["social.member"].token) as actor:
        wrote(actor, network, "situation", LIVES)
        wrote(actor, network, "illness", ILL)
        social = Authority.objects.get(pk=world.authorities["social"])
        services.let_in(actor, network, social, None, ["situation"], yes())
        # Now that there is a tovholder, whoever opened it is a colleague like others.
        named(actor, network)
    assert told(world) == []
    with acting(world.seats["social.frontline"].token):
        assert [one.words for one in SummarySection.objects.all()] == [LIVES]
    seen = page(sit(world, "social.frontline"), network)
    assert LIVES in seen
    assert ILL not in seen
    assert "Skriv en ny udgave" not in seen
