"""The field's words for tests: who is there, what they do, what they see. Everything goes through HTTP.

A scenario is written with people (`police.officer`), what they do (`tags`, `dismisses`, `places`) and what must then be
true (`hears`, `sees`, `sees_nothing_of`). Which page, form and field that is, stands here alone. See README.md.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

import psycopg
from django.urls import reverse

from tests.scenarios.conference import AtTheConference
from tests.scenarios.pages import Browser, Page, Value
from tests.world import Seat, World

# What a raiser hears, as it stands on the screen (R-000-26).
ANSWERS = {
    "received": "Vi har læst din bekymring",
    "not_psp": "Den bliver ikke en PSP-sag",
    "other_way": "givet din bekymring videre",
    "network": "Myndigheder taler sammen om det, du meldte",
    "on_table": "Din bekymring er taget op i samarbejdet",
    "acted": "Vi har reageret på din bekymring",
    "acute": "behandlet som akut",
    "closed": "Det, du meldte, er fulgt til dørs",
}
# The ten traits as far as scenarios name them, by what stands beside the tick.
TRAITS = {
    "threatening": "Truer andre",
    "violent": "Reagerer voldsomt udad",
    "danger": "Er til fare for sig selv eller andre",
    "family": "Har børn eller familie",
    "crime": "Begår kriminalitet",
    "no_insight": "Ser ikke selv sin sygdom",
    "losing_home": "Kan miste bolig",
    "complaint": "En anden har klaget",
    "invisible": "Er usynlig",
    "several_problems": "Har flere problemer",
}


def in_days(days: int) -> str:
    """A day ahead, as a date field takes it."""
    return (date.today() + timedelta(days=days)).isoformat()


@dataclass
class Concern:
    """What somebody has raised: where it is found, and by which words."""

    id: str
    words: str
    raiser: "Person"


@dataclass
class Case:
    """A case: its reference and its page."""

    reference: str
    id: str

    def page(self, name: str = "case", *more: str) -> str:
        """The address of one of the case's pages."""
        return reverse(f"cases:{name}", args=[self.id, *more])


@dataclass
class NetworkCase:
    """An NP-sag and its page."""

    address: str


@dataclass
class Authority:
    """An authority at the table, and its people."""

    name: str
    people: dict[str, "Person"] = field(default_factory=dict)

    @property
    def officer(self) -> "Person":
        """The police officer on patrol."""
        return self.people["frontline"]

    @property
    def nurse(self) -> "Person":
        """The nurse on the ward."""
        return self.people["frontline"]

    @property
    def caseworker(self) -> "Person":
        """The caseworker who meets the citizen."""
        return self.people["frontline"]

    @property
    def member(self) -> "Person":
        """Who sits at the table."""
        return self.people["member"]

    @property
    def screener(self) -> "Person":
        """Who screens at home."""
        return self.people["screener"]

    @property
    def administrator(self) -> "Person":
        """Who invites the authority's people, and sees no citizen."""
        return self.people["admin"]


class Person(AtTheConference):
    """Somebody in a post, with a browser of their own."""

    def __init__(self, seat: Seat, authority: Authority, name: str) -> None:
        self.seat, self.authority, self.name = seat, authority, name
        self._browser: Browser | None = None

    @property
    def browser(self) -> Browser:
        """The person's browser; the person sits down when first asked for something."""
        if self._browser is None:
            self._browser = Browser()
            self._browser.post(reverse("accounts:demo_sit"), {"post": str(self.seat.post)})
        return self._browser

    # Raising.

    def tags(self, reference: str, *, repeat: bool = False) -> Concern:
        """Tag an event with nothing but its reference (R-000-18)."""
        return self._raises(reference, event_reference=reference, **({"repeat_mark": True} if repeat else {}))

    def tells(self, lines: str, **details: Value) -> Concern:
        """Tell some lines. `details` are the form's further fields: person, acute_trigger, known_as, notifier_kind."""
        return self._raises(lines, text=lines, **details)

    def _raises(self, words: str, **values: Value) -> Concern:
        page = self.browser.open(reverse("cases:raise"))
        done = self.browser.send(page, page.form("event_reference", "text"), **values)
        found = re.search(r"bekymringer/([0-9a-f-]{36})/", done.url)
        assert found, f"{self.name} was not thanked, but landed at {done.url}"
        return Concern(found.group(1), words, self)

    def says_more(self, concern: Concern, lines: str = "", **details: Value) -> None:
        """Add lines, or who it is: the raiser on the concern's page, a colleague who screens on the screening's."""
        name = "concern" if self is concern.raiser else "screen"
        page = self.browser.open(reverse(f"cases:{name}", args=[concern.id]))
        action = "" if self is concern.raiser else "mere"
        self.browser.send(page, page.form("text", action=action), text=lines, **details)

    def reads_concern(self, concern: Concern) -> Page:
        """The concern's page as this person sees it."""
        return self.browser.open(reverse("cases:concern", args=[concern.id]))

    # Screening.

    def has_to_screen(self, concern: Concern) -> bool:
        """Whether the concern waits on this person's screening list."""
        return concern.id in self.browser.open(reverse("cases:screening")).html

    def _screens(self, concern: Concern, way: str) -> Page:
        """Choose a way out on the concern's page; the page of that way opens."""
        page = self.browser.open(reverse("cases:screen", args=[concern.id]))
        address = reverse(f"cases:screen_{way}", args=[concern.id])
        assert address in page.html, f"{self.name} is not offered this way: {way}"
        return self.browser.open(address)

    def dismisses(
        self, concern: Concern, reason: str = "Hører ikke til her.", *, other_way: bool = False, greeting: str = ""
    ) -> None:
        """Not PSP; with `other_way` it went another way, such as a socialrapport."""
        step = self._screens(concern, "not_psp")
        given: dict[str, Value] = {"other_way": True} if other_way else {}
        self.browser.send(step, step.form("reason"), reason=reason, thanks=greeting, **given)

    def greets(self, concern: Concern, greeting: str, *, refused: bool = False) -> None:
        """Dismiss a concern with a greeting to the raiser."""
        step = self._screens(concern, "not_psp")
        self.browser.send(step, step.form("reason"), refused=refused, reason="Set på.", thanks=greeting)

    def puts_on_agenda(
        self,
        concern: Concern,
        *with_whom: Authority,
        traits: tuple[str, ...] = ("several_problems",),
        why: str = "Det er alvorligt, og vi kan ikke løse det alene.",
        means: str = "Vi har prøvet det, vi må.",
        necessity: str = "De andre skal kunne slå op, om de kender borgeren.",
        **facts: Value,
    ) -> Case:
        """Raise the case for these authorities. `facts` are the form's further fields (social, children)."""
        step = self._screens(concern, "agenda")
        ticks: dict[str, Value] = {"traits": [TRAITS[trait] for trait in traits]} if traits else {}
        return self._raises_case(step, with_whom, why, means, necessity, ticks | facts)

    def raises_after_all(self, concern: Concern, *with_whom: Authority, **facts: Value) -> Case:
        """Raise the case of a concern that was first settled between two, or called about."""
        step = self.browser.open(reverse("cases:screen_agenda", args=[concern.id]))
        why, means = "Det skal følges op ved bordet.", "Vi kan ikke holde det alene."
        return self._raises_case(step, with_whom, why, means, "Alle tre skal kunne handle.", facts)

    def _raises_case(
        self,
        step: Page,
        with_whom: tuple[Authority, ...],
        why: str,
        means: str,
        necessity: str,
        facts: dict[str, Value],
    ) -> Case:
        given: dict[str, Value] = {
            "why_serious": why,
            "means_exhausted": means,
            "necessity": necessity,
            "social": "yes",
            "psychiatric": "yes",
            "crime": "unknown",
            "children": "no",
            "traits": [TRAITS["several_problems"]],
            "parties": [authority.name for authority in with_whom],
        }
        done = self.browser.send(step, step.form("why_serious"), **(given | facts))
        found = re.search(r"[A-ZÆØÅ]+-\d{4}-\d{3,}", done.text)
        assert found, done.text
        return self.finds(found.group())

    def hands_to_holder(self, concern: Concern, necessity: str = "Den, der har ansvaret, skal vide det.") -> None:
        """The citizen has an open case: the concern goes to its holder."""
        step = self._screens(concern, "to_holder")
        self.browser.send(step, step.form("necessity"), necessity=necessity)

    def sends_to(self, concern: Concern, authority: Authority, necessity: str) -> None:
        """To the screener of another authority."""
        step = self._screens(concern, "elsewhere")
        self.browser.send(step, step.form("authority"), authority=authority.name, necessity=necessity)

    def calls_about(
        self,
        concern: Concern,
        authority: Authority,
        trigger: str,
        necessity: str,
        what: str = "",
    ) -> "Call":
        """Acute: somebody has been called at once; it is written down now."""
        step = self._screens(concern, "acute")
        done = self.browser.send(
            step, step.form("trigger"), to=authority.name, trigger=trigger, necessity=necessity, what=what
        )
        return Call(done.url)

    def calls(
        self, authority: Authority, trigger: str, necessity: str, what: str = "", *, doubt: bool = False
    ) -> "Call":
        """An acute call by itself."""
        page = self.browser.open(reverse("cases:acute"))
        given: dict[str, Value] = {"doubt": True} if doubt else {}
        done = self.browser.send(
            page, page.form("trigger"), to=authority.name, trigger=trigger, necessity=necessity, what=what, **given
        )
        return Call(done.url)

    def acts_on(self, call: "Call") -> None:
        """Write down that somebody has acted on a call."""
        page = self.browser.open(call.address)
        self.browser.send(page, page.form("on", "at"))

    # Between meetings.

    def asks(self, question: str, *, group: bool = True, refused: bool = False) -> "Question":
        """Ask without a person: the whole group, or the own member."""
        page = self.browser.open(reverse("cases:consults"))
        done = self.browser.send(
            page, page.form("question"), refused=refused, question=question, to="group" if group else "own"
        )
        return Question(done.url, question)

    def answers(self, question: "Question", words: str) -> None:
        """Answer a question without a person."""
        page = self.reads_question(question)
        self.browser.send(page, page.form("answer"), answer=words)

    def reads_question(self, question: "Question") -> Page:
        """A question without a person, with its answer when there is one."""
        return self.browser.open(self.browser.open(reverse("cases:consults")).link(question.words[:30]))

    def settles_between(self, concern: Concern, *with_whom: Authority, subject: str, necessity: str) -> NetworkCase:
        """NP-sag: solved between authorities before the next meeting."""
        step = self._screens(concern, "network")
        names: list[str] = [authority.name for authority in with_whom]
        done = self.browser.send(step, step.form("subject"), others=names, subject=subject, necessity=necessity)
        return NetworkCase(done.url)

    # The case.

    def finds(self, reference: str) -> Case:
        """A case by its reference, on the list."""
        page = self.browser.open(reverse("cases:list"))
        address = page.link(reference)
        return Case(reference, address.rstrip("/").rpartition("/")[2])

    def case_page(self, case: Case) -> Page:
        """The case's page as this person sees it."""
        return self.browser.open(case.page())

    def _does(self, case: Case, name: str, *ids: str, button: str = "", refused: bool = False, **values: Value) -> Page:
        """One step of the case: open its form, fill it in and send it."""
        page = self.browser.open(case.page(name, *ids))
        fields = [entry for entry in values if not entry.startswith("_")]
        return self.browser.send(page, page.form(*fields), button, refused=refused, **values)

    def places(
        self, case: Case, authority: Authority, reason: str = "De kan gøre det, der skal til.", *, refused: bool = False
    ) -> None:
        """Take the handlingsansvar, or propose it to another authority between meetings, whose member says yes."""
        held = self.holder_of(case)
        self._does(case, "place", authority=authority.name, reason=reason, refused=refused)
        if not refused and authority.name not in {self.authority.name, held}:
            assert self.holder_of(case) == held, "nobody gets it without a yes"
            authority.member.takes(case, reason)

    def knows(
        self,
        case: Case,
        words: str,
        *whom: Authority,
        necessity: str = "Ellers kan de ikke hjælpe.",
        heed: bool = False,
        sure: bool = False,
        **details: Value,
    ) -> None:
        """Tell what the own authority knows, to these authorities alone; with nobody named it stays at home.

        With `sure` the words must be pointed out once, and are then sent as they stand.
        """
        given: dict[str, Value] = {"text": words, **details}
        if whom:
            given |= {"receivers": [authority.name for authority in whom], "necessity": necessity}
        if heed:
            given["heed"] = True
        button = "pass" if whom else "keep"
        if not sure:
            self._does(case, "contribute", button=button, **given)
            return
        page = self.browser.open(case.page("contribute"))
        asked = self.browser.send(page, page.form("text"), button, refused=True, **given)
        self.browser.send(asked, asked.form("text"), button)

    def does_not_know(self, case: Case, *, outreach: bool = False) -> None:
        """ "Kender vi ikke": somebody looks further, or is sent out."""
        self._does(case, "contribute", button="not_known", search_by="outreach" if outreach else "look_up")

    def comes_back_later(self, case: Case) -> None:
        """ "Vender tilbage": an answer like any other."""
        page = self.browser.open(case.page("contribute"))
        self.browser.send(page, page.form("text"), "back_later")

    def keeps_to_itself(self, case: Case) -> None:
        """ "Vi videregiver ikke": no reason is asked for."""
        page = self.browser.open(case.page("contribute"))
        self.browser.send(page, page.form("text"), "declines")

    def puts_question(
        self, case: Case, of: Authority, question: str, why: str, *, call_back: str = "", refused: bool = False
    ) -> Page:
        """Ask another authority one thing, and say why."""
        page = self.browser.open(case.page("ask"))
        return self.browser.send(
            page,
            page.form("question_1"),
            to=of.name,
            question_1=question,
            why_1=why,
            call_back=call_back,
            refused=refused,
        )

    def takes_consent(
        self,
        case: Case,
        *givers: str,
        to: Authority,
        missing: str = "",
        about: str = "helbred og behandling",
        **more: Value,
    ) -> None:
        """Write down a yes to telling an authority about something, for the effort."""
        page = self.browser.open(case.page("consent"))
        self.browser.send(
            page,
            page.form("given"),
            given="\n".join(givers),
            missing=missing,
            receivers=[to.name],
            information_types=[about],
            purposes=["indsatsen for borgeren"],
            informed=True,
            **more,
        )

    def is_in_touch(self, case: Case, who: str, *, anonymous: bool) -> None:
        """Write down who of the own people is in touch with the citizen; under § 99 it is anonymous."""
        self._does(case, "contact", support="(servicelovens § 99)" if anonymous else "Mentor", who=who)

    def tells_of_contact(self, case: Case, to: Authority, *, refused: bool = False) -> None:
        """Tell an authority of the contact on the case."""
        page = self.browser.open(self.case_page(case).link("Fortæl om kontakten"))
        why = "De skal vide, hvem de kan ringe til."
        self.browser.send(page, page.form("necessity"), refused=refused, receivers=[to.name], necessity=why)

    def starts_letter(self, case: Case) -> Page:
        """The standard letter to the own doctor, as it is drafted."""
        return self.browser.open(reverse("letters:write", args=[case.id]))

    def writes_to_doctor(self, case: Case, name: str, words: str, *, yes_from: str) -> Page:
        """Send the own doctor a letter on a yes that the citizen gave today; the page of the letter opens."""
        page = self.starts_letter(case)
        return self.browser.send(
            page,
            page.form("consent_on"),
            name=name,
            words=words,
            necessity="Lægen ser ham i næste uge.",
            basis="borgerens samtykke",
            consent_on=in_days(0),
            consent_by=yes_from,
            consent_informed=True,
            consent_written=True,
        )

    def hears_yes_from(self, case: Case, who: str) -> None:
        """One who was missing has said yes too."""
        page = self.browser.open(case.page())
        self.browser.send(page, page.form("who", action="ogsaa"), who=who)

    def agrees(
        self, case: Case, what: str, if_it_slips: str, by: Authority | None = None, *, days: int = 7, **more: Value
    ) -> None:
        """Agree who does what; for another authority it is a proposal."""
        self._does(
            case,
            "agree",
            authority=(by or self.authority).name,
            what=what,
            if_it_slips=if_it_slips,
            due_on=in_days(days),
            **more,
        )

    def _action(self, case: Case, what: str, name: str) -> str:
        """The address of a step of the agreement with these words."""
        page = self.case_page(case)
        block = page.html[page.html.index(what) :]
        pattern = reverse(f"cases:{name}", args=[case.id, case.id]).replace(case.id, "@", 1).split("@")[1]
        found = re.search(r"/aftale/([0-9a-f-]{36})/" + pattern.rstrip("/").rpartition("/")[2] + "/", block)
        assert found, f"{self.name} has no such step ({name}) for {what!r}"
        return found.group(1)

    def takes(self, case: Case, what: str) -> None:
        """Take what was proposed to the own authority."""
        address = case.page("take", self._action(case, what, "take"))
        page = self.browser.open(address)
        self.browser.send(page, page.form(action=address))

    def did(self, case: Case, what: str, result: str) -> None:
        """What was agreed has been done."""
        self._does(case, "done", self._action(case, what, "done"), result=result)

    def waited_in_vain(self, case: Case, what: str, next_try: str, *, days: int = 3) -> None:
        """The citizen did not come; what is tried next."""
        self._does(case, "no_show", self._action(case, what, "no_show"), next_try=next_try, due_on=in_days(days))

    def follows_up(self, case: Case, what_happened: str, **more: Value) -> None:
        """Follow up: what has happened, and the next step."""
        answers: dict[str, Value] = {"still_necessary": "yes", "criteria_met": "yes", **more}
        self._does(case, "follow_up", what_happened=what_happened, **answers)

    def involves(self, case: Case, state: str = "involved", **more: Value) -> None:
        """Whether the citizen is involved."""
        self._does(case, "involve", state=state, **more)

    def decides_on_children(self, case: Case, decision: str) -> None:
        """What has been decided about the children in the home."""
        self._does(case, "children", decision=decision)

    def bans(self, case: Case, place: str, *, caseworker: "Person", kept_by: str) -> None:
        """Mødeforbud at an own office."""
        self._does(case, "ban", place=place, caseworker=caseworker.name, contact_kept_by=kept_by)

    def advises(
        self, case: Case, answer: str, advice: str, *whom: Authority, days: int = 30, refused: bool = False
    ) -> None:
        """Whether a visit may be dangerous, for these authorities."""
        page = self._does(case, "advise", answer=answer, advice=advice, until=in_days(days), refused=refused)
        if refused or not whom:
            return
        step = self.browser.open(page.link("Videregiv"))
        self.browser.send(
            step,
            step.form("receivers"),
            receivers=[one.name for one in whom],
            necessity="De skal kunne komme sikkert hjem.",
        )

    def closes(self, case: Case, reason: str, note: str, *, refused: bool = False, **more: Value) -> None:
        """Close the case, for good."""
        self._does(case, "close", reason=reason, note=note, refused=refused, **more)

    # A hole in the system.

    def notes_hole(self, case: Case, title: str, what: str, *, owner: "Person", refused: bool = False) -> "Hole":
        """Note what a case has shown to be missing in the system, in words of one's own."""
        page = self.browser.open(case.page("gap_from_case"))
        given: dict[str, Value] = {"title": title, "place": "Arbejdsgange", "what": what, "owner": owner.name}
        done = self.browser.send(page, page.form("title", "what"), refused=refused, **given)
        return Hole(done.url)

    def _moves(self, hole: "Hole", kind: str, **values: Value) -> None:
        page = self.browser.open(hole.address)
        self.browser.send(page, page.form("kind", "seen"), kind=kind, **values)

    def sends_up(self, hole: "Hole", group: str) -> None:
        """Send it to those who steer."""
        self._moves(hole, "forwarded", to_group=group)

    def sends_along_the_line(self, hole: "Hole", words: str) -> None:
        """Bring it to one's own leaders, outside the tables of the partnership."""
        self._moves(hole, "line", text=words)

    def answers_hole(self, hole: "Hole", answer: str, words: str) -> None:
        """The answer of the table above."""
        self._moves(hole, "answered", answer=answer, text=words)

    def reads_hole(self, hole: "Hole") -> Page:
        """The page of a hole."""
        return self.browser.open(hole.address)

    # What must then be true.

    def hears(self, answer: str) -> bool:
        """Whether this answer has come back to the raiser."""
        return self.browser.open(reverse("cases:concerns")).says(ANSWERS[answer])

    def hears_about(self, words: str) -> bool:
        """Whether these words stand anywhere among the answers."""
        return self.browser.open(reverse("cases:concerns")).says(words)

    def sees(self, case: Case, words: str) -> bool:
        """Whether these words stand on the case's page as this person sees it."""
        return self.case_page(case).says(words)

    def sees_nothing_of(self, case: Case) -> bool:
        """Whether the case is not there for this person: not by its address, on no list, and by no search."""
        if self.browser.status(case.page()) != 404:
            return False
        listed = self.browser.open(reverse("cases:list"))
        found = self.searches(case.reference)
        return case.reference not in listed.html and reverse("cases:case", args=[case.id]) not in found.html

    def searches(self, words: str) -> Page:
        """What a search finds."""
        page = self.browser.open(reverse("cases:search"))
        return self.browser.send(page, page.form("q"), q=words)

    def has_on_desk(self, words: str, case: Case | None = None) -> bool:
        """Whether Mit bord says so, about this case where one is named."""
        page = self.browser.open(reverse("web:desk"))
        return page.says(words) and (case is None or case.reference in page.text)

    def plans_meeting(self, *, days: int = 5) -> "Meeting":
        """Put a meeting of the own group into the calendar."""
        page = self.browser.open(reverse("meetings:list"))
        self.browser.send(page, page.form("day", "hour"), day=in_days(days), hour="09:00" if days else "00:05")
        return self.next_meeting()

    def next_meeting(self) -> "Meeting":
        """The group's next meeting."""
        html = self.browser.open(reverse("meetings:list")).html
        found = re.search(r"/moeder/([0-9a-f-]{36})/\"", html)
        assert found, html
        return Meeting(reverse("meetings:meeting", args=[found.group(1)]))

    def plans_in(self, group: str, kind: str = "", *, days: int = 5) -> "Meeting":
        """Put a single meeting of a group into the calendar, of a kind where one is named."""
        page = self.browser.open(reverse("meetings:list"))
        before = set(re.findall(r"/moeder/([0-9a-f-]{36})/\"", page.html))
        form = page.form("day", "hour")
        given: dict[str, Value] = {"kind": kind} if kind else {}
        if len(form.entries["group"].choices) > 1:
            given["group"] = group
        self.browser.send(page, form, day=in_days(days), hour="13:00" if days else "00:05", **given)
        after = set(re.findall(r"/moeder/([0-9a-f-]{36})/\"", self.browser.open(reverse("meetings:list")).html))
        (key,) = after - before
        return Meeting(reverse("meetings:meeting", args=[key]))

    def writes_at(self, meeting: "Meeting", part: str, words: str, *, refused: bool = False) -> None:
        """Write in a part of the meeting that the whole group reads."""
        page = self.browser.open(meeting.address)
        self.browser.send(page, page.form(f"{part}-text"), refused=refused, **{f"{part}-text": words})

    def reads_minutes(self, meeting: "Meeting") -> Page:
        """The minutes of a meeting, as this person sees them."""
        return self.browser.open(f"{meeting.address}referat/")

    def item_of(self, meeting: "Meeting", case: Case) -> Page:
        """A case at a meeting."""
        return self.browser.open(f"{meeting.address}sag/{case.id}/")

    def decides(self, meeting: "Meeting", case: Case, decision: str, note: str = "", **more: Value) -> None:
        """The table's decision about a case at a meeting; `away` names those who left the room for it."""
        address = f"{meeting.address}sag/{case.id}/"
        page = self.browser.open(address)
        self.browser.send(page, page.form("decision", "note"), decision=decision, note=note, **more)

    def holder_of(self, case: Case) -> str:
        """The name of the one authority that holds the handlingsansvar."""
        page = self.case_page(case)
        holders = re.findall(r"^(.+?) har handlingsansvaret\b", page.text, re.MULTILINE)
        assert holders, page.text
        assert len(set(holders)) == 1, holders
        return holders[0]

    def open_page(self, name: str, *ids: str) -> Page:
        """A page by the name of its address, for what has no word of its own yet."""
        return self.browser.open(reverse(name, args=ids))


@dataclass
class Call:
    """An acute contact, by its page."""

    address: str


@dataclass
class Hole:
    """A hole in the system, by its page."""

    address: str


@dataclass
class Meeting:
    """A group's meeting, by its page."""

    address: str


@dataclass
class Question:
    """A question without a person."""

    address: str
    words: str


class Town:
    """A small partnership of the test's own: three authorities at one table, and a stranger from elsewhere."""

    def __init__(self, world: World, names: dict[str, str]) -> None:
        self.authorities: dict[str, Authority] = {}
        for seat_name, seat in world.seats.items():
            kind, _, post = seat_name.partition(".")
            authority = self.authorities.setdefault(kind, Authority(names[str(seat.authority)]))
            authority.people[post] = Person(seat, authority, f"{post.title()} {kind.title()}")

    def puts_in_unit(self, owner: psycopg.Connection, person: Person, name: str) -> None:
        """Let a person belong to a unit of the own authority."""
        row = owner.execute(
            "insert into partnerships_unit (id, authority_id, name, phone, hours, inbox)"
            " values (gen_random_uuid(), %s, %s, '', '', '') returning id",
            [person.seat.authority, name],
        ).fetchone()
        owner.execute("update partnerships_capacity set unit_id = %s where id = %s", [*(row or ()), person.seat.post])
        owner.commit()
