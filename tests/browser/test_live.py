"""The live table with three browsers: who leads, and two who follow. Keys are counted, losses are tried."""

import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, TimeoutError

from samsvar.cases.models import Case
from samsvar.cases.services import answering
from samsvar.cases.services.work import set_next
from samsvar.meetings.models import AgendaItem, Draft, Meeting, MeetingState
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Channel, Disclosure
from tests.browser.hands import Hands
from tests.meetings.table import fourth, lead
from tests.meetings.test_meeting import plan_one, raise_one
from tests.world import World

pytestmark = pytest.mark.browser

CASES = 12
SINCE = date(2020, 1, 1)


def known(world: World, to: tuple[str, ...] = ("social", "psychiatry")) -> Case:
    """A case with a next step, as most are."""
    case = raise_one(world, to=to)
    with acting(world.seats["police.member"].token):
        set_next(case, "Ser til ham hjemme", timezone.localdate() + timedelta(days=3))
    return case


def table(meeting: Meeting, case: Case | None = None) -> str:
    """The address of the live table."""
    return f"/moeder/{meeting.pk}/bordet/" + (f"?sag={case.pk}" if case else "")


def shows(page: Page, case_id: UUID | str, within: int = 20_000) -> None:
    """Wait until a page shows this case; else say what it shows."""
    try:
        page.wait_for_selector(f'[data-middle="{case_id}"]', timeout=within)
    except TimeoutError as none:
        stands = page.evaluate(
            "() => ({middle: document.querySelector('[data-middle]')?.dataset.middle,"
            " banners: [...document.querySelectorAll('[data-lost], [data-locked]')].map(one => !one.hidden),"
            " said: document.querySelector('[data-said]')?.textContent,"
            " errors: [...document.querySelectorAll('[data-errors]')].map(one => one.textContent.trim()),"
            " fields: [...document.querySelectorAll('[data-decides] input')]"
            ".filter(one => one.type !== 'radio' || one.checked).map(one => `${one.name}=${one.value}`),"
            " active: document.activeElement?.outerHTML.slice(0, 200)})"
        )
        raise AssertionError(f"not {case_id} but {stands}") from none


def seen(page: Page, text: str, within: int = 20_000) -> float:
    """Seconds until these words stand on the page."""
    began = time.monotonic()
    page.get_by_text(text).first.wait_for(state="attached", timeout=within)
    return time.monotonic() - began


def key_of(hands: Hands, authority: str) -> str:
    """The key that places the handlingsansvar at this authority, on the item that is shown; nothing without one."""
    chair = hands.page.locator(".live-chairs label", has_text=authority)
    return str(chair.get_attribute("data-key")) if chair.count() else ""


def decided(case: Case, world: World) -> AgendaItem | None:
    """The item of a case, as the police read it."""
    with acting(world.seats["police.member"].token):
        return AgendaItem.objects.filter(case=case).exclude(decision="").first()


@pytest.fixture
def three(
    sits: Callable[..., Hands], world: World, owner_connection: psycopg.Connection
) -> Callable[[Meeting], tuple[Hands, Hands, Hands]]:
    """A coordinator and two who follow, at the same table."""
    lead(world, owner_connection)

    def sit_down(meeting: Meeting, case: Case | None = None) -> tuple[Hands, Hands, Hands]:
        hands = sits("social.member"), sits("police.member"), sits("psychiatry.member")
        hands[0].goes(table(meeting, case))
        for other in hands[1:]:
            other.goes(table(meeting))
            other.actions = 0
        hands[0].actions = 0
        return hands

    return sit_down


@pytest.mark.req("R-000-88")
def test_twelve_cases_and_four_authorities_without_leaving_the_page(
    three: Callable, sits: Callable[..., Hands], world: World, owner_connection: psycopg.Connection
) -> None:
    fourth(world, owner_connection)
    cases = [known(world, to=("social", "psychiatry", "other")) for _ in range(CASES)]
    meeting = plan_one(world, 0)
    with acting(world.seats["social.member"].token) as actor:
        answering.answer(
            actor,
            cases[1],
            "contributes",
            text="Han bor hos sin søster.",
            information_type="social",
            necessity="De skal vide, hvor han kan findes.",
        )
    chair, police, doctor = three(meeting)
    chair.presses("å")
    chair.page.wait_for_selector('select[name="state"] option[value="present"][selected]', state="attached")
    chair.picture("live-frame", full=False)
    watched = []
    for number in range(CASES):
        if number == 0:
            chair.page.locator(f'[data-open="{cases[0].pk}"]').click()
        case = cases[number]
        shows(chair.page, case.pk)
        if number == 1:
            chair.page.wait_for_selector('[data-second="u1"]')
            chair.picture("live-item", full=False)
            assert chair.axe() == []
            assert chair.sideways() <= 0
            before = chair.actions
            chair.presses("u")
            chair.presses("1")
            assert chair.actions - before == 2
            watched.append(seen(police.page, "Han bor hos sin søster."))
        if number == 2:
            chair.presses(key_of(chair, "Psykiatrien"))
            chair.presses("b")
        elif number == 3:
            chair.presses("a")
            chair.types_here("Lægen ringer om medicinen")
            chair.presses("Control+Enter")
        else:
            chair.presses("d")
            chair.presses("4")
            chair.presses("i")
        if number + 1 < CASES:
            shows(chair.page, cases[number + 1].pk)
            began = time.monotonic()
            shows(doctor.page, cases[number + 1].pk)
            watched.append(time.monotonic() - began)
    chair.page.wait_for_selector('[data-middle="ramme"]')
    assert "/bordet/" in chair.page.url
    chair.presses("q")
    chair.page.wait_for_url(f"**/moeder/{meeting.pk}/")
    with acting(world.seats["police.member"].token):
        assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.HELD
        items = AgendaItem.objects.filter(meeting=meeting)
        assert items.count() == CASES
        assert "" not in {item.decision for item in items}
    with acting(world.seats["social.member"].token):
        assert Disclosure.objects.filter(channel=Channel.MEETING).count() == 1
    sys.stdout.write(
        f"\nothers see what is done {sorted(watched)[len(watched) // 2]:.2f} s later (slowest {max(watched):.2f} s)\n"
    )
    assert [one.complaints for one in (chair, police, doctor)] == [[], [], []]


@pytest.mark.parametrize("seconds", [5, pytest.param(60, marks=pytest.mark.drill)])
def test_a_network_that_is_lost_for_a_while_loses_nothing(three: Callable, world: World, seconds: int) -> None:
    case, meeting = known(world), plan_one(world, 0)
    chair, police, _doctor = three(meeting, case)
    shows(chair.page, case.pk)
    chair.page.context.set_offline(True)
    began = time.monotonic()
    chair.presses("o")
    chair.types_here("Han har fået en seng på herberget")
    chair.presses("Control+Enter")
    chair.page.locator("[data-lost]").wait_for(state="visible")
    chair.picture("live-lost", full=False)
    chair.page.wait_for_timeout(max(0, (seconds - (time.monotonic() - began)) * 1000))
    assert decided(case, world) is None
    assert chair.page.locator('[name="note"]').input_value() == "Han har fået en seng på herberget"
    chair.page.context.set_offline(False)
    police.page.locator(".agenda-state", has_text="Fulgt op").wait_for()
    item = decided(case, world)
    assert item is not None
    assert item.note == "Han har fået en seng på herberget"
    chair.page.locator("[data-lost]").wait_for(state="hidden")


def test_enter_in_a_field_saves_what_is_chosen_and_not_the_quick_answer(three: Callable, world: World) -> None:
    case, meeting = known(world), plan_one(world, 0)
    chair, police, _doctor = three(meeting, case)
    shows(chair.page, case.pk)
    chair.presses(key_of(chair, "Psykiatrien"))
    chair.presses("t")
    chair.types_here("Taler med bostedet")
    chair.presses("Enter")
    police.page.locator(".agenda-state", has_text="Handlingsansvaret placeres").wait_for()
    item = decided(case, world)
    assert item is not None
    assert item.decision == "placed"
    with acting(world.seats["police.member"].token):
        assert Case.objects.get(pk=case.pk).next_step == "Taler med bostedet"


def test_a_key_is_not_lost_while_a_choice_has_the_focus(three: Callable, world: World) -> None:
    # Whoever is quick presses the next key before the browser has let go of the chair that was chosen.
    case, meeting = known(world), plan_one(world, 0)
    chair, police, _doctor = three(meeting, case)
    shows(chair.page, case.pk)
    chair.page.locator(".live-chairs input[type=radio]").first.focus()
    chair.presses("o")
    chair.types_here("Der er skiftet lås")
    chair.presses("Control+Enter")
    police.page.locator(".agenda-state", has_text="Fulgt op").wait_for()
    item = decided(case, world)
    assert item is not None
    assert item.note == "Der er skiftet lås"


def test_intet_nyt_asks_for_a_day_when_the_old_one_has_gone_and_enter_sends_it_again(
    three: Callable, world: World
) -> None:
    first, second = known(world), known(world)
    with acting(world.seats["police.member"].token):
        set_next(first, "Ser til ham hjemme", timezone.localdate() - timedelta(days=9))
    chair, *_ = three(plan_one(world, 0), first)
    shows(chair.page, first.pk)
    assert chair.sees("Dagen er gået")
    chair.presses("i")
    seen(chair.page, "Dagen for næste skridt gik")
    chair.picture("live-passed", full=False)
    day = chair.page.locator('[data-decides] [name="next_on"]')
    day.fill((timezone.localdate() + timedelta(days=14)).isoformat())
    assert day.evaluate("field => document.activeElement === field")
    chair.presses("Enter")
    shows(chair.page, second.pk)
    item = decided(first, world)
    assert item is not None
    assert (item.decision, item.next_on) == ("nothing_new", timezone.localdate() + timedelta(days=14))


def test_a_drawing_that_is_lost_on_the_way_is_fetched_again(three: Callable, world: World) -> None:
    first, second = known(world), known(world)
    meeting = plan_one(world, 0)
    chair, *_ = three(meeting)
    chair.page.locator(f'[data-open="{first.pk}"]').click()
    shows(chair.page, first.pk)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.request.url)
            route.abort()

    chair.page.route("**/bordet/dele/**", lose)
    chair.presses("i")
    shows(chair.page, second.pk)
    assert lost


def test_an_authority_has_the_same_key_at_every_case_of_the_meeting(
    three: Callable, world: World, owner_connection: psycopg.Connection
) -> None:
    fourth(world, owner_connection)
    cases = [known(world, to=to) for to in (("social", "psychiatry", "other"), ("psychiatry",), ("social", "other"))]
    meeting = plan_one(world, 0)
    _chair, police, _doctor = three(meeting)
    keys: dict[str, set[str]] = {}
    for case in cases[:1] + cases[2:]:
        police.goes(table(meeting, case))
        shows(police.page, case.pk)
        for name in ("Nabo", "Prøvekredsens Politi", "Psykiatrien"):
            keys.setdefault(name, set()).add(key_of(police, name))
    police.goes(table(meeting, cases[1]))
    shows(police.page, cases[1].pk)
    keys["Psykiatrien"].add(key_of(police, "Psykiatrien"))
    keys["Prøvekredsens Politi"].add(key_of(police, "Prøvekredsens Politi"))
    assert key_of(police, "Nabo") == ""
    # Whoever is not in the case has no key there, and the others keep theirs.
    found = {name: held - {""} for name, held in keys.items()}
    assert all(len(held) == 1 for held in found.values()), keys
    assert len(set.union(*found.values())) == len(found), keys


def test_what_was_just_saved_is_gone_back_to_with_one_key_and_decided_anew(three: Callable, world: World) -> None:
    first, second = known(world), known(world)
    chair, *_ = three(plan_one(world, 0), first)
    shows(chair.page, first.pk)
    assert not chair.page.locator("[data-back]").is_visible()
    chair.presses("i")
    shows(chair.page, second.pk)
    assert chair.sees(f"Gemt: {first.reference}, Intet nyt.")
    chair.picture("live-saved", full=False)
    assert chair.axe() == []
    chair.presses("ø")
    shows(chair.page, first.pk)
    assert not chair.page.locator("[data-back]").is_visible()
    chair.presses("e")
    chair.types_here("Der var noget nyt alligevel")
    chair.presses("Control+Enter")
    shows(chair.page, second.pk)
    item = decided(first, world)
    assert item is not None
    assert (item.decision, item.note) == ("general", "Der var noget nyt alligevel")
    # At an item a letter means one thing, and another one says that everybody is here.
    keys = chair.page.locator("[data-key]").evaluate_all("all => all.map(one => one.dataset.key)")
    assert "å" not in keys
    assert len(keys) == len(set(keys)), keys
    chair.page.locator('.live-entry[data-open=""]').click()
    shows(chair.page, "ramme")
    assert "y" not in chair.page.locator("[data-key]").evaluate_all("all => all.map(one => one.dataset.key)")
    assert chair.complaints == []


def test_the_clock_stops_when_whoever_leads_leaves_the_table(three: Callable, world: World) -> None:
    first, second = known(world), known(world)
    chair, police, _doctor = three(plan_one(world, 0))
    chair.page.locator(f'.live-entry[data-open="{first.pk}"]').click()
    for hands in (chair, police):
        shows(hands.page, first.pk)
        hands.page.locator(".live-up").wait_for()
    # One who follows may go as they like.
    police.clicks("Forlad bordet", "link")
    chair.page.wait_for_timeout(1500)
    with acting(world.seats["social.member"].token):
        assert AgendaItem.objects.get(case=first).opened_at is not None
    chair.presses("i")
    shows(chair.page, second.pk)
    chair.page.locator(".live-up").wait_for()
    chair.clicks("Forlad bordet", "link")
    chair.page.wait_for_timeout(1500)
    with acting(world.seats["social.member"].token):
        assert not AgendaItem.objects.exclude(opened_at=None).exists()
        assert AgendaItem.objects.get(case=second).decision == ""


def test_a_browser_that_is_killed_loses_two_seconds_at_most(
    three: Callable, sits: Callable[..., Hands], world: World
) -> None:
    case, meeting = known(world), plan_one(world, 0)
    chair, police, doctor = three(meeting, case)
    shows(chair.page, case.pk)
    chair.presses("o")
    typed, began = "", time.monotonic()
    for word in ("Han ", "har ", "fået ", "en ", "seng ", "på ", "herberget "):
        chair.page.keyboard.type(word)
        typed += word
        chair.page.wait_for_timeout(300)
    late = 0.0
    with acting(world.seats["social.member"].token):
        while True:
            kept = Draft.objects.filter(case_id=case.pk, field="beslut.note").values_list("text", flat=True).first()
            if kept == typed or time.monotonic() - began > 20:
                break
            time.sleep(0.05)
            late = time.monotonic() - began
    assert kept == typed
    assert late < 7 * 0.6 + 2
    # As a killed browser: nothing is said to the page before it is gone.
    chair.page.context.close()
    again = sits("social.member")
    again.goes(table(meeting, case))
    shows(again.page, case.pk)
    assert again.page.locator('[name="note"]').input_value() == typed
    again.picture("live-draft", full=False)
    assert not police.sees("herberget")
    assert not doctor.sees("herberget")


def test_a_number_that_is_typed_is_said_not_to_be_kept_and_the_words_go_when_it_does(
    sits: Callable[..., Hands], world: World
) -> None:
    case, meeting = known(world), plan_one(world, 0)
    hands = sits("social.member")
    hands.goes(table(meeting, case))
    page = hands.page
    shows(page, case.pk)
    note = page.locator('[data-draft="beslut.note"]')
    note.fill("Han er født 611180-1234")
    beside = page.get_by_text("Kladden er ikke gemt")
    beside.wait_for()
    assert beside.get_attribute("id") in (note.get_attribute("aria-describedby") or "").split()
    assert note.input_value() == "Han er født 611180-1234"
    note.fill("Han er født i 1980")
    beside.wait_for(state="detached")
    assert "unkept" not in (note.get_attribute("aria-describedby") or "")
    with acting(world.seats["social.member"].token):
        assert Draft.objects.get(case_id=case.pk).text == "Han er født i 1980"


def test_two_editors_keep_both_texts_and_one_is_told(three: Callable, world: World) -> None:
    case, meeting = known(world), plan_one(world, 0)
    chair, police, doctor = three(meeting, case)
    for one in (chair, police, doctor):
        shows(one.page, case.pk)
    police.presses("e")
    police.types_here("Politiets ord")
    police.page.wait_for_timeout(1500)
    chair.presses("e")
    chair.types_here("Kommunens ord")
    chair.presses("Control+Enter")
    doctor.page.locator(".agenda-state", has_text="Generelt emne").wait_for()
    seen(police.page, "Kommunens ord")
    assert police.page.locator('[name="note"]').input_value() == "Politiets ord"
    police.page.locator('[data-decides] [name="note"]').focus()
    police.presses("Control+Enter")
    seen(police.page, "har netop skrevet en beslutning")
    police.picture("live-second-editor", full=False)
    assert police.page.locator('[name="note"]').input_value() == "Politiets ord"
    item = decided(case, world)
    assert item is not None
    assert item.note == "Kommunens ord"
    police.presses("Control+Enter")
    police.page.locator('[data-middle="ramme"]').wait_for()
    item = decided(case, world)
    assert item is not None
    assert item.note == "Politiets ord"


def test_the_wall_and_the_telephone(sits: Callable[..., Hands], world: World) -> None:
    case, meeting = known(world, to=("social",)), plan_one(world, 0)
    wide = sits("police.member")
    wide.goes(table(meeting, case))
    shows(wide.page, case.pk)
    assert wide.sees("Aage Prøvesen")
    wide.presses("j")
    wide.page.get_by_text("Aage Prøvesen").first.wait_for(state="detached")
    assert wide.sees(case.reference)
    wide.picture("live-wall", full=False)
    phone = sits("police.member", width=320, height=640, language="en")
    phone.goes(table(meeting, case))
    shows(phone.page, case.pk)
    phone.picture("live-320")
    assert phone.sideways() <= 0
    assert phone.axe() == []
