"""The borgerskema: the tovholder writes, the professional lead reads and answers, and nobody let in ever sees it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import Activity, CareNetwork, OwnMemo, RecordEntry
from samsvar.coordination.services import CoordinationError, Entry
from samsvar.postgres.actor import acting, attempt
from tests.clients import sit
from tests.coordination.ground import named
from tests.world import World

CALLED = "Ringede til boligkontoret."
TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
TYPED = {"activity": "contact", "text": CALLED, "whose": ""}


@pytest.fixture
def url(network: CareNetwork) -> str:
    """The page of the record."""
    return reverse("coordination:record", args=[network.pk])


@pytest.fixture
def entry(world: World, network: CareNetwork) -> RecordEntry:
    """What the worker has written."""
    with acting(world.seats["social.frontline"].token) as actor:
        return services.write_entry(actor, network, Entry("in_place", CALLED, whose="Bostøtten"))


def typed(**more: str) -> dict[str, str]:
    """A form of today."""
    return TYPED | {"on": timezone.localdate().isoformat()} | more


class TestWriting:
    """Each entry says which kind of work it was."""

    @pytest.mark.req("R-003-64", "R-003-91", "R-003-92")
    @pytest.mark.parametrize("activity", Activity.values)
    def test_the_tovholder_writes_which_work_it_was(self, world: World, url: str, activity: str) -> None:
        browser = sit(world, "social.frontline")
        assert browser.post(url, typed(activity=activity, whose="Bostøtten")).status_code == 302
        said = browser.get(url).content.decode()
        assert CALLED in said
        assert str(Activity(activity).label).lower() in said
        assert "Bostøtten" in said

    @pytest.mark.req("R-003-64")
    def test_what_belongs_here_and_what_does_not_stands_on_the_page(self, world: World, url: str) -> None:
        said = sit(world, "social.frontline").get(url).content.decode()
        assert said.index("Det hører til") < said.index("Det hører ikke til")
        assert "diagnoser, medicin og CPR-nummer" in said

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"activity": ""}, "Vælg en af mulighederne."),
            ({"activity": "in_place"}, "Skriv, hvis opgave det egentlig var."),
            ({"on": TOMORROW}, "Dagen kan ikke være i fremtiden."),
            ({"on": "i går"}, CALLED),
            ({"whose": "611155-1111"}, CALLED),
            ({"text": CALLED + " 611155-1111"}, CALLED),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, world: World, url: str, wrong: dict[str, str], says: str
    ) -> None:
        answer = sit(world, "social.frontline").post(url, typed() | wrong)
        assert answer.status_code == 400
        assert says in answer.content.decode()
        assert CALLED in answer.content.decode()
        with acting(world.seats["social.member"].token):
            assert not RecordEntry.objects.exists()

    def test_what_is_written_cannot_be_rewritten(self, world: World, entry: RecordEntry) -> None:
        with acting(world.seats["social.member"].token), pytest.raises(ProgrammingError), attempt():
            RecordEntry.objects.filter(pk=entry.pk).update(text="noget andet")


class TestWhoReads:
    """Tovholder and professional lead; the record follows nobody's yes out."""

    @pytest.mark.req("R-003-64")
    @pytest.mark.parametrize("seat", ["psychiatry.frontline", "psychiatry.member", "police.member", "social.frontline"])
    def test_nobody_let_in_ever_sees_it(
        self,
        world: World,
        network: CareNetwork,
        lets_in: Callable[..., object],
        entry: RecordEntry,
        url: str,
        seat: str,
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            every = ("coordinator", "contacts", "situation", "illness")
            lets_in(actor, network, "psychiatry", False, *every)
            lets_in(actor, network, "social", False, *every)
            # Whoever opened it is a colleague like others, now that there is a tovholder.
            named(actor, network)
        browser = sit(world, seat)
        answer = reverse("coordination:record_answer", args=[network.pk, entry.pk])
        for address in (url, answer, reverse("coordination:record_read", args=[network.pk])):
            assert browser.post(address, typed()).status_code == 404
        assert browser.get(url).status_code == 404
        assert CALLED not in browser.get(reverse("coordination:network", args=[network.pk])).content.decode()
        with acting(world.seats[seat].token) as actor:
            assert not RecordEntry.objects.exists()
            with pytest.raises(CoordinationError):
                services.write_entry(actor, network, Entry("contact", "x"))

    @pytest.mark.req("R-003-67")
    def test_the_lead_has_a_list_of_what_is_not_read_and_answers(
        self, world: World, network: CareNetwork, entry: RecordEntry, url: str
    ) -> None:
        lead, worker = sit(world, "social.screener"), sit(world, "social.frontline")
        home = reverse("coordination:home")
        assert "Borgerskemaer, ingen leder har læst" in lead.get(home).content.decode()
        assert "ingen leder har læst" not in worker.get(home).content.decode()
        assert "Ikke læst" in worker.get(url).content.decode()
        answer = reverse("coordination:record_answer", args=[network.pk, entry.pk])
        assert answer in lead.get(url).content.decode()
        assert CALLED in lead.get(answer).content.decode()
        assert lead.post(answer, {"reply": "Godt. Spørg bostøtten, om de tager den næste."}).status_code == 302
        said = worker.get(url).content.decode()
        assert "Læst af Screener Social" in said
        assert "om de tager den næste" in said
        assert "ingen leder har læst" not in lead.get(home).content.decode()
        again = lead.post(answer, {"reply": "Et andet svar"})
        assert again.status_code == 400
        assert "Det er allerede læst." in again.content.decode()
        assert "Et andet svar" in again.content.decode()

    @pytest.mark.req("R-003-67")
    def test_all_is_marked_read_in_one(self, world: World, network: CareNetwork, entry: RecordEntry, url: str) -> None:
        lead = sit(world, "social.member")
        with acting(world.seats["social.frontline"].token) as actor:
            services.write_entry(actor, network, Entry("meeting", "Holdt møde."))
        assert "2 nye" in lead.get(reverse("coordination:home")).content.decode()
        lead.post(reverse("coordination:record_read", args=[network.pk]))
        said = lead.get(url).content.decode()
        assert "Ikke læst" not in said
        assert "Alt er læst" not in said

    def test_nobody_reads_their_own_as_lead_and_a_worker_is_none(
        self, world: World, network: CareNetwork, entry: RecordEntry
    ) -> None:
        with acting(world.seats["social.frontline"].token) as actor:
            with pytest.raises(CoordinationError, match="faglige leder"):
                services.answer_entry(actor, entry, "Fint")
            assert not RecordEntry.objects.filter(pk=entry.pk).update(
                read_at=timezone.now(), read_by_id=actor.person_id
            )
        with acting(world.seats["social.member"].token) as actor:
            mine = services.write_entry(actor, network, Entry("advice", "Rådede jobcentret."))
            with pytest.raises(CoordinationError, match="allerede læst"):
                services.answer_entry(actor, mine, "Fint")

    def test_a_new_tovholder_takes_the_record_over(
        self, world: World, network: CareNetwork, entry: RecordEntry, url: str
    ) -> None:
        assert CALLED in sit(world, "social.screener").get(url).content.decode()
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network)
        assert sit(world, "social.frontline").get(url).status_code == 404


class TestMemos:
    """What somebody keeps in mind is nobody else's."""

    @pytest.mark.req("R-003-65")
    def test_a_memo_is_read_by_whoever_wrote_it_and_by_nobody_else(
        self, world: World, network: CareNetwork, url: str
    ) -> None:
        mine, lead = sit(world, "social.frontline"), sit(world, "social.member")
        memo = reverse("coordination:memo", args=[network.pk])
        assert mine.post(memo, {"memo": "Spørg til hunden."}).status_code == 302
        assert "Spørg til hunden." in mine.get(url).content.decode()
        assert "Spørg til hunden." not in lead.get(url).content.decode()
        with acting(world.seats["social.member"].token):
            assert not OwnMemo.objects.exists()
        with acting(world.seats["social.frontline"].token):
            row = OwnMemo.objects.get()
        gone = reverse("coordination:memo_gone", args=[network.pk, row.pk])
        assert lead.post(gone).status_code == 404
        assert mine.post(gone).status_code == 302
        assert "Spørg til hunden." not in mine.get(url).content.decode()
        assert mine.post(gone).status_code == 404

    @pytest.mark.parametrize("text", ["", "611155-1111", "x" * 2001])
    def test_what_is_wrong_is_said_beside_the_field(
        self, world: World, network: CareNetwork, url: str, text: str
    ) -> None:
        answer = sit(world, "social.frontline").post(reverse("coordination:memo", args=[network.pk]), {"memo": text})
        assert answer.status_code == 400
        assert text[:2000] in answer.content.decode()
        with acting(world.seats["social.frontline"].token):
            assert not OwnMemo.objects.exists()

    def test_it_is_on_no_paper_and_on_no_other_page(self, world: World, network: CareNetwork) -> None:
        mine = sit(world, "social.frontline")
        mine.post(reverse("coordination:memo", args=[network.pk]), {"memo": "Spørg til hunden."})
        for name in ("network", "summary"):
            assert "hunden" not in mine.get(reverse(f"coordination:{name}", args=[network.pk])).content.decode()


def test_a_network_that_has_ended_can_be_read_and_not_written(
    world: World, network: CareNetwork, entry: RecordEntry, url: str
) -> None:
    with acting(world.seats["social.member"].token) as actor:
        services.close(actor, network, "no_need")
    lead = sit(world, "social.member")
    said = lead.get(url).content.decode()
    assert CALLED in said
    assert "Gem i skemaet" not in said
    refused = lead.post(url, typed(text="For sent"))
    assert refused.status_code == 400
    assert "Netværket er slut" in refused.content.decode()
