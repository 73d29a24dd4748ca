"""A whole meeting on one page: four authorities, twelve cases, three browsers, one keyboard that leads.

What the coordinator, those who follow, those who raised and those who steer have in their hands when it is over is
part of the play: issue 4 asks for it in one sentence, and this is that sentence.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.cases.models import Case, SystemGap
from samsvar.cases.services import answering
from samsvar.cases.services.responsibility import current
from samsvar.meetings.models import AgendaItem, Meeting, MeetingState
from samsvar.meetings.selectors import agendas
from samsvar.postgres.actor import acting
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.above import steer
from tests.browser.hands import Hands
from tests.browser.test_live import key_of, known, seen, shows, table
from tests.clients import sit
from tests.meetings.table import fourth, lead
from tests.meetings.test_meeting import plan_one
from tests.scenarios.language import Town
from tests.world import World

pytestmark = pytest.mark.browser

CASES, OPEN_CASES, PROGRAM_MINUTES, WHOLE_MINUTES = 12, 41, 10, 60
# proof.md: a keystroke takes 0.2 seconds, a stop for thought 1.2; one minute is talked about a routine case.
KEY, THOUGHT, TALK = 0.2, 1.2, 60.0
HOLE = "Huslejen, når ydelsen stopper"


@dataclass
class Count:
    """What the program takes of people's time: keys, stops for thought, and what it lets them wait, one by one."""

    keys: list[int] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def takes(self, chair: Hands, keys: Sequence[str], until: Callable[[], object]) -> None:
        """One stop for thought, these keys, and the wait from the first of them until what they ask for is there."""
        before, began = chair.actions, time.monotonic()
        for key in keys:
            chair.presses(key)
        until()
        self.keys.append(chair.actions - before)
        self.waits.append(time.monotonic() - began)

    @property
    def minutes(self) -> float:
        """All of it, as proof.md counts."""
        return (sum(self.keys) * KEY + len(self.keys) * THOUGHT + sum(self.waits)) / 60


def raised_on_patrol(world: World, owner: psycopg.Connection) -> Case:
    """A case behind which an officer stands who wants to hear."""
    names = {str(key): name for key, name in owner.execute("select id, name from partnerships_authority").fetchall()}
    owner.rollback()
    town = Town(world, names)
    police, social, psychiatry = (town.authorities[one] for one in ("police", "social", "psychiatry"))
    concern = police.officer.tells("Ydelsen er stoppet, og han skal ud på fredag.", person="Frode Prøvesen 611155-1111")
    made = police.screener.puts_on_agenda(concern, social, psychiatry)
    with acting(world.seats["police.member"].token):
        return Case.objects.get(pk=made.id)


# Known case, "intet nyt", the holder kept, and a date four weeks ahead.
ROUTINE = ("d", "4", "i")


@pytest.mark.req("R-000-88", "R-000-76", "R-000-87", "R-000-25", "R-000-142")
def test_a_whole_meeting_is_led_by_keyboard_and_everybody_has_what_is_theirs(
    sits: Callable[..., Hands], world: World, owner_connection: psycopg.Connection
) -> None:
    # Given four authorities, a steering group above them, and twelve cases; the fourth was raised on patrol.
    fourth(world, owner_connection)
    steer(world, owner_connection)
    lead(world, owner_connection)
    others = ("social", "psychiatry", "other")
    cases = [known(world, to=others) for _ in range(3)]
    cases.append(raised_on_patrol(world, owner_connection))
    cases += [known(world, to=others) for _ in range(CASES - len(cases))]
    meeting, following = plan_one(world, 0), plan_one(world, 28)
    with acting(world.seats["social.member"].token) as actor:
        answering.answer(
            actor,
            cases[1],
            "contributes",
            text="Bor hos en bekendt til fredag.",
            information_type="social",
            necessity="De skal vide, hvor de kan finde ham.",
        )
        # The agenda wrote itself: as it stands there, so it is walked.
        order = [line.case for line in agendas.agenda(actor, meeting).lines]
    told, hole = order.index(cases[1]), order.index(cases[3])
    chair, police, doctor = sits("social.member"), sits("police.member"), sits("psychiatry.member")
    for hands in (chair, police, doctor):
        hands.goes(table(meeting))
        hands.actions = 0

    # When the coordinator leads it from the first key to the last.
    seen_by_others = []
    chair.presses("å")
    chair.page.wait_for_selector('select[name="state"] option[value="present"][selected]', state="attached")
    chair.presses("n")
    special = [n for n in range(CASES - 1) if n not in (told, hole)][:4]
    for number, case in enumerate(order[:-1]):
        shows(chair.page, case.pk)
        began = time.monotonic()
        for hands in (police, doctor):
            shows(hands.page, case.pk)
        seen_by_others.append(time.monotonic() - began)
        after = str(order[number + 1].pk)
        if number == told:
            chair.page.wait_for_selector('[data-second="u1"]')
            before = chair.actions
            chair.presses("u")
            chair.presses("1")
            assert chair.actions - before == 2
            seen_by_others.append(seen(police.page, "Bor hos en bekendt til fredag."))
        if number == hole:
            chair.presses("y")
            chair.types_here(HOLE)
            chair.presses("Tab")
            chair.types_here("Når ydelsen stopper, ser ingen efter, om huslejen bliver betalt.")
            chair.presses("Control+Enter")
            seen(chair.page, "Systemhullet ligger hos Styregruppen")
            chair.presses("e")
            chair.types_here("Styregruppen spørges om en fast arbejdsgang")
            chair.presses("Control+Enter")
        elif number == special[0]:
            chair.presses(key_of(chair, "Psykiatrien"))
            chair.presses("b")
        elif number == special[1]:
            chair.presses("a")
            chair.types_here("Lægen ringer om medicinen")
            chair.presses("Control+Enter")
        elif number == special[2]:
            chair.presses("o")
            chair.types_here("Der er skiftet lås, og nøglen ligger i receptionen")
            chair.presses("Control+Enter")
        elif number == special[3]:
            chair.presses("w")
            chair.types_here("Kommunen indkalder i næste uge")
            chair.presses("Control+Enter")
        else:
            for key in ROUTINE:
                chair.presses(key)
        shows(chair.page, after)
    # The last one is not reached: one question, one press for all that are missing.
    assert "/bordet/" in chair.page.url
    chair.presses("q")
    chair.page.locator("[data-anyway]").wait_for(state="visible")
    assert order[-1].reference in chair.page.locator("[data-end] [data-errors]").inner_text()
    chair.picture("live-end", full=False)
    chair.presses("Enter")
    chair.page.wait_for_url(f"**/moeder/{meeting.pk}/")

    # Then the minutes are complete, looked through, and in everybody's hands without anybody's name.
    with acting(world.seats["social.member"].token):
        held = Meeting.objects.get(pk=meeting.pk)
        assert held.state == MeetingState.HELD
        assert held.minutes_sent_at is not None
        decided = dict(AgendaItem.objects.filter(meeting=meeting).values_list("case_id", "decision"))
        assert len(decided) == CASES
        assert "" not in decided.values()
        assert decided[order[-1].pk] == "postponed"
    chair.goes(reverse("meetings:minutes", args=[meeting.pk]))
    text = chair.page.locator("main").inner_text()
    chair.picture("whole-meeting-minutes")
    assert HOLE in text
    for case in order:
        assert case.reference in text
    for name in ("Prøvesen", "Aage", "Frode", "611"):
        assert name not in text
    assert chair.axe() == []
    for hands in (police, doctor):
        seen(hands.page, "Mødet er slut.")
    for seat, who in (
        ("police.member", "Prøvekredsens Politi"),
        ("psychiatry.member", "Psykiatrien i Prøveby"),
        ("other.member", "Nabo Kommune"),
    ):
        read = sit(world, seat).get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()
        assert "Prøvesen" not in read
        if seat != "other.member":
            assert f"Det skal {who}" in read
        with acting(world.seats[seat].token) as actor:
            assert open_tasks(actor).filter(kind=TaskKind.READ_MINUTES, subject_id=meeting.pk).count() == 1
    # And the raiser has an answer, the system gap lies with the steering group, and the next agenda has what is left.
    officer = sit(world, "police.frontline").get(reverse("cases:concerns")).content.decode()
    assert "Vi har reageret på din bekymring" in officer
    with acting(world.seats["police.leader"].token) as actor:
        gap = SystemGap.objects.get()
        assert (gap.title, gap.at_group_id) == (HOLE, world.authorities["steering_group"])
        assert open_tasks(actor).filter(kind=TaskKind.GAP, subject_id=gap.pk).count() == 1
    above = sit(world, "police.leader").get(reverse("cases:gap", args=[gap.pk])).content.decode()
    assert HOLE in above
    assert cases[3].reference not in above
    later = sit(world, "social.member").get(reverse("meetings:meeting", args=[following.pk])).content.decode()
    assert order[-1].reference in later

    sys.stdout.write(
        f"\nothers see what is done {sorted(seen_by_others)[len(seen_by_others) // 2]:.2f} s later"
        f" (slowest {max(seen_by_others):.2f} s)\n"
    )
    # The browser says of itself that the first "Slut mødet" was answered with a question.
    assert len(chair.complaints) == 1
    assert "409" in chair.complaints[0]
    assert [police.complaints, doctor.complaints] == [[], []]


@pytest.mark.drill
@pytest.mark.req("R-000-88")
def test_forty_one_open_cases_are_through_within_the_hour(
    sits: Callable[..., Hands], world: World, owner_connection: psycopg.Connection
) -> None:
    """Issue 4: a minute is talked about each, the program takes ten minutes at most, and all of it is within the hour.

    Every key is counted and every wait is measured; on a slow machine the waits, and so the figures, are too high.
    """
    lead(world, owner_connection)
    for _ in range(OPEN_CASES):
        known(world)
    meeting = plan_one(world, 0)
    with acting(world.seats["social.member"].token) as actor:
        order = [line.case for line in agendas.agenda(actor, meeting).lines]
    assert len(order) == OPEN_CASES
    chair, items, around = sits("social.member"), Count(), Count()
    page = chair.page
    chair.goes(table(meeting))
    here = 'select[name="state"] option[value="present"][selected]'
    around.takes(chair, "å", lambda: page.wait_for_selector(here, state="attached"))
    around.takes(chair, "n", lambda: shows(page, order[0].pk))
    for after in [*(str(case.pk) for case in order[1:]), "ramme"]:
        items.takes(chair, ROUTINE, lambda after=after: shows(page, after))  # type: ignore[misc]
    around.takes(chair, "q", lambda: page.wait_for_url(f"**/moeder/{meeting.pk}/"))
    assert chair.complaints == []

    with acting(world.seats["social.member"].token):
        held = Meeting.objects.get(pk=meeting.pk)
        assert held.minutes_sent_at is not None
        rows = AgendaItem.objects.filter(meeting=meeting).values_list("decision", "next_on", "holder_id")
        four_weeks = timezone.localdate() + timedelta(weeks=4)
        assert set(rows) == {("nothing_new", four_weeks, current(order[0]).authority_id)}
        assert len(rows) == OPEN_CASES
    whole = OPEN_CASES * TALK / 60 + items.minutes + around.minutes
    sys.stdout.write(
        f"\n{OPEN_CASES} open cases: {sum(items.keys)} keys, waits of {sum(items.waits) / OPEN_CASES:.2f} s"
        f" (slowest {max(items.waits):.2f} s): {items.minutes:.1f} min. of the program's;"
        f" beginning and ending {around.minutes:.1f} min.; {whole:.1f} min. in all, with a minute of talk each\n"
    )
    assert items.minutes <= PROGRAM_MINUTES
    assert whole < WHOLE_MINUTES


def test_the_decision_is_in_sight_however_much_has_been_told(
    sits: Callable[..., Hands], world: World, owner_connection: psycopg.Connection
) -> None:
    lead(world, owner_connection)
    case, meeting = known(world), plan_one(world, 0)
    for number in range(4):
        for seat in ("social.member", "police.member"):
            with acting(world.seats[seat].token) as actor:
                answering.answer(
                    actor,
                    case,
                    "contributes",
                    text=f"Nummer {number}: har været ved lægen, hos sagsbehandleren og på værestedet. " * 3,
                    information_type="social",
                    necessity="De skal vide, hvor han kan findes.",
                )
    for language in ("da", "en"):
        chair = sits("social.member", language=language)
        chair.goes(table(meeting, case))
        shows(chair.page, case.pk)
        chair.picture(f"live-much-{language}", full=False)
        for part in (".live-nothing", ".live-chairs", "[data-decides] [data-save]"):
            box = chair.page.locator(part).first.bounding_box()
            assert box is not None, part
            assert box["y"] + box["height"] <= 768, (language, part, box)
        assert chair.sideways() <= 0
        assert chair.axe() == []


@pytest.mark.req("R-000-119", "R-000-124")
def test_a_guest_is_asked_shown_in_and_gone_when_the_table_turns(
    sits: Callable[..., Hands], world: World, owner_connection: psycopg.Connection
) -> None:
    lead(world, owner_connection)
    case, other, meeting = known(world), known(world), plan_one(world, 0)
    member = sits("social.member")
    member.goes(reverse("meetings:guests", args=[meeting.pk, case.pk]))
    assert member.axe() == []
    member.fills(**{"ord-words": "Jeg vil gerne blive boende."})
    member.clicks("Læs ordene op ved punktet")
    member.clicks("Invitér")
    assert member.sees("Borgeren")
    member.picture("guests")
    assert member.axe() == []
    member.goes(table(meeting, case))
    shows(member.page, case.pk)
    follower = sits("police.member")
    follower.goes(table(meeting))
    seen(follower.page, "Jeg vil gerne blive boende.")
    member.clicks("Gæsten kommer ind")
    seen(member.page, "er her nu")
    seen(follower.page, "er her nu")
    member.picture("live-guest", full=False)
    assert member.axe() == []
    member.page.locator(f'.live-entry[data-open="{other.pk}"]').click()
    shows(member.page, other.pk)
    member.page.locator(f'.live-entry[data-open="{case.pk}"]').click()
    shows(member.page, case.pk)
    seen(member.page, "har været her")
    phone = sits("social.member", width=320, height=640, language="en")
    phone.goes(reverse("meetings:guests", args=[meeting.pk, case.pk]))
    phone.picture("guests-320")
    assert phone.sideways() <= 0
    assert phone.axe() == []
    assert [one.complaints for one in (member, follower, phone)] == [[], [], []]
