"""What users of the room stumbled over: nothing is replaced, cut, sent twice or lost without a word."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import (
    CareEvent,
    CareEventDelivery,
    CareNetwork,
    Category,
    NetworkMeeting,
    NetworkReader,
    PlanLine,
    PlanVersion,
)
from samsvar.coordination.selectors import events
from samsvar.coordination.selectors import plans as plan_selectors
from samsvar.coordination.services import CoordinationError, Happened, meetings
from samsvar.postgres.actor import acting
from samsvar.web.selectors import desk
from tests.clients import sit
from tests.coordination.ground import CPR, NAME
from tests.coordination.test_doctor import alerted, answers, doctor, here, invited
from tests.coordination.test_events import let_in
from tests.coordination.test_plans import in_force
from tests.world import World

# Fixtures of the neighbours.
__all__ = ["doctor", "let_in"]
WORKER, LEADER, WARD = "social.frontline", "social.member", "psychiatry.frontline"
Lets = Callable[..., object]
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]+')


def yes_to(ward: UUID, *categories: str, **more: object) -> dict[str, object]:
    """The form of a yes, filled in."""
    return {
        "receiver": str(ward),
        "categories": list(categories),
        "given": NAME,
        "form": "written",
        "informed": "on",
        **more,
    }


class TestAYesToSomebodyLetInAlready:
    """What stands is said, and what would become of it, before anything is replaced."""

    def test_nothing_is_replaced_before_it_was_seen(
        self, world: World, network: CareNetwork, ward: UUID, lets_in: Lets
    ) -> None:
        with acting(world.seats[WORKER].token) as actor:
            lets_in(actor, network)
        browser, address = sit(world, WORKER), reverse("coordination:let_in", args=[network.pk])
        answer = browser.post(address, yes_to(ward, "coordinator", "events"))
        page = answer.content.decode()
        assert answer.status_code == 400
        assert "er allerede lukket ind" in page
        assert "Det kan de ikke se længere:</strong> hvem der hjælper" in page
        assert f"Det kan de også se:</strong> {str(Category.EVENTS.label).lower()}" in page
        with acting(world.seats[WORKER].token):
            door = NetworkReader.objects.get(until=None)
            assert door.categories == ["coordinator", "contacts"]
        answer = browser.post(address, yes_to(ward, "coordinator", "events", seen=str(door.pk)))
        assert answer.status_code == 302
        with acting(world.seats[WORKER].token):
            assert NetworkReader.objects.get(until=None).categories == ["coordinator", "events"]

    def test_somebody_else_chosen_after_the_warning_is_warned_of_anew(
        self, world: World, network: CareNetwork, ward: UUID, lets_in: Lets
    ) -> None:
        with acting(world.seats[WORKER].token) as actor:
            first = lets_in(actor, network)
            lets_in(actor, network, "police", False)
        browser = sit(world, WORKER)
        typed = yes_to(world.authorities["police"], "coordinator", seen=str(first.pk))  # type: ignore[attr-defined]
        answer = browser.post(reverse("coordination:let_in", args=[network.pk]), typed)
        assert answer.status_code == 400
        assert "er allerede lukket ind" in answer.content.decode()

    def test_a_day_beyond_a_year_is_not_cut_in_silence(self, world: World, network: CareNetwork, ward: UUID) -> None:
        browser, address = sit(world, WORKER), reverse("coordination:let_in", args=[network.pk])
        far = timezone.localdate() + timedelta(days=500)
        answer = browser.post(address, yes_to(ward, "coordinator", valid_to=far.isoformat()))
        assert answer.status_code == 400
        assert "Et ja gælder højst et år" in answer.content.decode()
        with acting(world.seats[WORKER].token):
            assert not NetworkReader.objects.exists()
        near = timezone.localdate() + timedelta(days=30)
        assert browser.post(address, yes_to(ward, "coordinator", valid_to=near.isoformat())).status_code == 302
        with acting(world.seats[WORKER].token):
            assert NetworkReader.objects.select_related("consent").get().consent.valid_to == near


class TestAdmittedAlready:
    """Somebody who stands as admitted is not admitted again without a question."""

    def test_a_second_admission_is_asked_about(self, world: World, let_in: CareNetwork) -> None:
        with acting(world.seats[WARD].token) as actor:
            first = services.write_event(actor, here(let_in), Happened("admission", timezone.now()))
            services.release_event(actor, CareEvent.objects.select_related("network").get(pk=first.pk))
        nurse, address = sit(world, WARD), reverse("coordination:event_new", args=[let_in.pk])
        typed = {"kind": "admission", "day": timezone.localdate().isoformat(), "clock": "0:01", "text": "Afsnit H4"}
        answer = nurse.post(address, typed)
        assert answer.status_code == 400
        assert "Borgeren står allerede som indlagt" in answer.content.decode()
        assert "Afsnit H4" in answer.content.decode()
        answer = nurse.post(address, {**typed, "looked": "1"}, follow=True)
        assert "De får besked" in answer.content.decode()
        # Whoever gets the draft from a file has not been asked: it stands there too.
        assert "Borgeren står allerede som indlagt" in answer.content.decode()


class TestADayToCome:
    """A day ahead does not take the hour at which somebody happened to write."""

    def test_the_hour_of_now_is_left_out(self, world: World, let_in: CareNetwork) -> None:
        nurse, address = sit(world, WARD), reverse("coordination:event_new", args=[let_in.pk])
        shown = nurse.get(address).context["form"]["shown"].value()
        day = timezone.localdate() + timedelta(days=3)
        typed = {"kind": "discharge", "day": day.isoformat(), "clock": shown, "shown": shown}
        answer = nurse.post(address, typed, follow=True)
        assert answer.status_code == 200
        with acting(world.seats[WARD].token):
            event = CareEvent.objects.get()
        assert event.moment == day
        assert f'datetime="{day.isoformat()}"' in answer.content.decode()
        changed = nurse.get(reverse("coordination:event_change", args=[let_in.pk, event.pk]))
        assert not changed.context["form"]["clock"].value()

    def test_an_hour_that_somebody_writes_stands(self, world: World, let_in: CareNetwork) -> None:
        nurse, address = sit(world, WARD), reverse("coordination:event_new", args=[let_in.pk])
        day = timezone.localdate() + timedelta(days=3)
        nurse.post(address, {"kind": "discharge", "day": day.isoformat(), "clock": "13.30", "shown": "09:12"})
        with acting(world.seats[WARD].token):
            assert timezone.localtime(CareEvent.objects.get().happened_at).strftime("%H:%M") == "13:30"

    def test_what_has_happened_needs_its_hour(self, world: World, let_in: CareNetwork) -> None:
        nurse, address = sit(world, WARD), reverse("coordination:event_new", args=[let_in.pk])
        answer = nurse.post(address, {"kind": "admission", "day": timezone.localdate().isoformat(), "clock": ""})
        assert answer.status_code == 400
        assert "Skriv, hvad klokken var." in answer.content.decode()


class TestBackAndSentAgain:
    """The same letter is not sent twice."""

    def test_the_doctor_gets_one_letter(self, world: World, doctor: CareNetwork) -> None:
        nurse, address = sit(world, WARD), reverse("coordination:doctor_alert", args=[doctor.pk])
        typed = {"kind": "compulsion", "text": "Sover ikke.", "call": "Afsnit H3, 00 00 55 30"}
        assert nurse.post(address, typed).status_code == 302
        answer = nurse.post(address, typed)
        assert answer.status_code == 400
        assert "Den besked har I allerede skrevet" in answer.content.decode()
        with acting(world.seats["practice.frontline"].token):
            assert CareEvent.objects.count() == 1
        assert nurse.post(address, {**typed, "text": "Sover ikke. Spiser heller ikke."}).status_code == 302


class TestAnotherTime:
    """A doctor who can at another time is called: whoever asked has it on the desk."""

    def words(self, world: World, seat: str) -> list[str]:
        with acting(world.seats[seat].token) as actor:
            return [row.words for row in desk(actor).news.rows]

    def test_it_lies_on_the_desk_until_the_meeting_moves(self, world: World, doctor: CareNetwork) -> None:
        letter = invited(world, doctor)
        answers(world, letter, "other_time")
        line = "Egen læge kan et andet tidspunkt. Ring, F.P."
        assert line in self.words(world, LEADER)
        with acting(world.seats[LEADER].token) as actor:
            row = NetworkMeeting.objects.select_related("network").get()
            later = (row.starts_at or timezone.now()) + timedelta(days=1)
            meetings.reframe(actor, row, meetings.Frame(row.called_by, row.purpose, True, later, row.place))
        assert line not in self.words(world, LEADER)

    def test_a_doctor_who_comes_needs_no_call(self, world: World, doctor: CareNetwork) -> None:
        answers(world, invited(world, doctor), "comes")
        assert not [words for words in self.words(world, LEADER) if "andet tidspunkt" in words]


class TestAnswering:
    """Whoever gets a message can answer it in the press that says it is read."""

    def test_the_practice_asks_to_be_called_and_the_sender_sees_it(self, world: World, doctor: CareNetwork) -> None:
        alerted(world, doctor)
        browser = sit(world, "practice.frontline")
        page = browser.get(reverse("coordination:doctor", args=[doctor.pk])).content.decode()
        assert 'name="answer" value="call_us"' in page
        with acting(world.seats["practice.frontline"].token):
            row = CareEventDelivery.objects.get()
        read = reverse("coordination:event_read", args=[doctor.pk, row.pk])
        said = browser.post(read, {"answer": "call_us", "back": "doctor"}, follow=True).content.decode()
        assert "Svaret er sendt" in said
        nurse = sit(world, WARD)
        assert "Læst. Ring til os" in nurse.get(reverse("coordination:network", args=[doctor.pk])).content.decode()
        with acting(world.seats[WARD].token) as actor:
            words = [one.words for one in desk(actor).news.rows]
        assert "De beder jer ringe om: Tvangsindlæggelse overvejes, F.P." in words

    def test_no_answer_but_those_there_are_is_taken(self, world: World, doctor: CareNetwork) -> None:
        alerted(world, doctor)
        with acting(world.seats["practice.frontline"].token) as actor:
            row = CareEventDelivery.objects.select_related("network", "event").get()
            with pytest.raises(CoordinationError, match="Vælg et svar"):
                services.read_event(actor, row, "never_any")


class TestThePracticesDesk:
    """A line leads to the very thing, not to a page on which it must be found."""

    def test_a_message_and_an_invitation(self, world: World, doctor: CareNetwork) -> None:
        event = alerted(world, doctor)
        letter = invited(world, doctor)
        with acting(world.seats["practice.frontline"].token) as actor:
            urls = {row.url for row in desk(actor).news.rows}
        page = reverse("coordination:doctor", args=[doctor.pk])
        assert f"{page}#haendelse-{event.pk}" in urls
        assert reverse("coordination:doctor_answer", args=[doctor.pk, letter.pk]) in urls
        assert f'id="haendelse-{event.pk}"' in sit(world, "practice.frontline").get(page).content.decode()


class TestAPlanPutInForceMeanwhile:
    """Whoever wrote on the draft loses nothing and gets no empty page."""

    def test_goals_become_the_next_version(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats[LEADER].token) as actor:
            plan = in_force(actor, network)
        leader, address = sit(world, LEADER), reverse("coordination:plan_goals", args=[network.pk, plan.pk])
        typed = {"goals": "Jeg vil også have en hund.", "review_on": "", "seen": "0"}
        answer = leader.post(address, typed)
        assert answer.status_code == 400
        assert "En kollega har sat planen i kraft imens" in answer.content.decode()
        assert "Jeg vil også have en hund." in answer.content.decode()
        assert leader.post(address, {**typed, "looked": "1"}).status_code == 302
        with acting(world.seats[LEADER].token):
            version = PlanVersion.objects.get(plan=plan, in_force_at=None)
            assert version.version == 2
            assert version.goals == "Jeg vil også have en hund."
        answer = leader.get(reverse("coordination:plan_force", args=[network.pk, plan.pk]))
        assert answer.status_code == 200

    def test_a_line_is_kept_too(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats[LEADER].token) as actor:
            plan = in_force(actor, network)
        leader, address = sit(world, LEADER), reverse("coordination:plan_line", args=[network.pk, plan.pk])
        form = leader.get(reverse("coordination:plan", args=[network.pk, plan.pk]))
        assert form.status_code == 200
        with acting(world.seats[LEADER].token) as actor:
            owner = plan_selectors.owners(actor, here(network))[0].key
        typed = {"owner": owner, "what": "Går tur med hunden", "part": "step"}
        answer = leader.post(address, typed)
        assert "En kollega har sat planen i kraft imens" in answer.content.decode()
        assert "Går tur med hunden" in answer.content.decode()
        assert leader.post(address, {**typed, "looked": "1"}).status_code == 302
        with acting(world.seats[LEADER].token):
            assert PlanLine.objects.filter(version__in_force_at=None, what="Går tur med hunden").exists()

    def test_putting_in_force_what_is_in_force_is_said(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats[LEADER].token) as actor:
            plan = in_force(actor, network)
        answer = sit(world, LEADER).get(reverse("coordination:plan_force", args=[network.pk, plan.pk]), follow=True)
        assert answer.status_code == 200
        assert "Udkastet er her ikke mere" in answer.content.decode()


class TestTheSearchAtTheTop:
    """From a number, also in the search of cases, to the tovholder; alike for all who may not know."""

    def test_an_entitled_nurse_is_led_to_the_tovholder(self, world: World, network: CareNetwork, lets_in: Lets) -> None:
        with acting(world.seats[WORKER].token) as actor:
            lets_in(actor, network)
        nurse = sit(world, WARD)
        page = nurse.post(reverse("cases:search"), {"q": CPR}).content.decode()
        assert f'action="{reverse("coordination:look")}"' in page
        answer = nurse.post(reverse("coordination:look"), {"cpr": CPR})
        assert answer.url == reverse("coordination:network", args=[network.pk])  # type: ignore[attr-defined]

    def test_the_page_says_the_same_of_somebody_known_and_of_somebody_unknown(
        self, world: World, network: CareNetwork, lets_in: Lets
    ) -> None:
        with acting(world.seats[WORKER].token) as actor:
            lets_in(actor, network)
        unknown = "6211551112"
        for seat in ("police.member", WARD):
            browser = sit(world, seat)
            pages = [
                TOKEN.sub(b"", browser.post(reverse("cases:search"), {"q": number}).content).replace(
                    number.encode(), b""
                )
                for number in (CPR, unknown)
            ]
            assert pages[0] == pages[1], seat
        # What the number leads to is the neutral answer.
        police = sit(world, "police.member")
        neutral = [
            TOKEN.sub(b"", police.post(reverse("coordination:look"), {"cpr": number}).content).replace(
                number.encode(), b""
            )
            for number in (CPR, unknown)
        ]
        assert neutral[0] == neutral[1]

    def test_words_are_no_number(self, world: World) -> None:
        page = sit(world, WARD).post(reverse("cases:search"), {"q": "Frode"}).content.decode()
        assert reverse("coordination:look") not in page


class TestThePage:
    """What is next stands at the top, and what is seldom done is folded."""

    def test_what_comes_next_stands_under_the_tovholders_number(self, world: World, let_in: CareNetwork) -> None:
        with acting(world.seats[LEADER].token) as actor:
            at = timezone.now() + timedelta(days=3)
            meetings.call(actor, here(let_in), meetings.Frame("Borgeren", "Boligen", True, at, "Rådhuset"))
        page = sit(world, LEADER).get(reverse("coordination:network", args=[let_in.pk])).content.decode()
        assert page.index("20 20 20 20") < page.index("Det næste") < page.index("Netværksmøde</a>")
        assert page.index("Det næste") < page.index("Det gør tovholderen")

    def test_much_that_is_new_does_not_hide_the_next_meeting(self, world: World, let_in: CareNetwork) -> None:
        with acting(world.seats[LEADER].token) as actor:
            at = timezone.now() + timedelta(days=3)
            meetings.call(actor, here(let_in), meetings.Frame("Borgeren", "Boligen", True, at, "Rådhuset"))
        for kind in ("admission", "leave", "worse"):
            with acting(world.seats[WARD].token) as actor:
                row = services.write_event(actor, here(let_in), Happened(kind, timezone.now()))
                services.release_event(actor, CareEvent.objects.select_related("network").get(pk=row.pk))
        page = sit(world, LEADER).get(reverse("coordination:network", args=[let_in.pk])).content.decode()
        first = page[page.index("Det næste") : page.index("Det gør tovholderen")]
        assert "Netværksmøde</a>" in first
        assert first.count("<li>") == 3

    def test_a_draft_is_not_thrown_away_by_one_press(self, world: World, let_in: CareNetwork) -> None:
        with acting(world.seats[WARD].token) as actor:
            event = services.write_event(actor, here(let_in), Happened("admission", timezone.now()))
        page = sit(world, WARD).get(reverse("coordination:event", args=[let_in.pk, event.pk])).content.decode()
        discard = reverse("coordination:event_discard", args=[let_in.pk, event.pk])
        # The summary, then the form, and no end of a fold between them.
        between = page[page.index("Slet kladden") : page.index(discard)]
        assert "</summary>" in between
        assert "</details>" not in between

    def test_nothing_waits_since_a_while_ago(self, world: World, network: CareNetwork) -> None:
        with acting(world.seats[LEADER].token) as actor:
            services.substitute(actor, network, "Gør rent", "bostøtte", timezone.localdate() - timedelta(days=6))
        page = sit(world, LEADER).get(reverse("coordination:network", args=[network.pk])).content.decode()
        assert "venter siden" in page
        assert "dage siden" not in page


def test_the_agreements_behind_stand_once(world: World, let_in: CareNetwork) -> None:
    with acting(world.seats[WARD].token) as actor:
        first = services.write_event(actor, here(let_in), Happened("admission", timezone.now()))
        services.release_event(actor, CareEvent.objects.select_related("network").get(pk=first.pk))
        (line,) = events.events(actor, CareNetwork.objects.get(pk=let_in.pk))
    assert line.sources
    page = sit(world, WARD).get(reverse("coordination:network", args=[let_in.pk])).content.decode()
    for source, _verified in line.sources:
        assert page.count(source) == 1
        assert page.index("Aftalerne bag") < page.index(source)
