"""Seeking those nobody reaches, as the report tells of it (004, 6.1 and 6.3)."""

import re
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samsvar.instruments.schedule import Month
from tests.clients import sit
from tests.scenarios.filling import PARTNERS, START, WAVE, fill
from tests.world import World

BIRD = "Fuglemanden"


class Worker:
    """A support worker with a phone."""

    def __init__(self, world: World, seat: str) -> None:
        self.browser: Client = sit(world, seat)

    def does(self, address: str, status: int = 302, **typed: object) -> str:
        """Send a form; where it leads, or the page that came back."""
        answer = self.browser.post(address, typed)
        assert answer.status_code == status, answer.content.decode()
        return answer["Location"] if status == 302 else answer.content.decode()

    def sees(self, address: str) -> str:
        """A page in words."""
        answer = self.browser.get(address)
        assert answer.status_code == 200, address
        return answer.content.decode()

    def begins(self, address: str = "", **typed: object) -> str:
        """Begin a course; its address."""
        today = timezone.localdate().isoformat()
        signs = {"pseudonym": BIRD, "known": "unknown", "started_on": today}
        return self.does(address or reverse("outreach:start"), **(signs | typed))

    def logs(self, course: str, method: int, rung: int | None = None, **typed: object) -> None:
        """Log an attempt."""
        self.does(course + "log/", method=method, **({"rung": rung} if rung else {}), **typed)


@pytest.fixture
def skp(world: World, team: UUID) -> Worker:
    """A support worker of the SKP team."""
    return Worker(world, "social.frontline")


def link(page: str, start: str, end: str = "") -> str:
    """The first address on a page that begins and ends so, and is longer than its beginning."""
    return next(bit for bit in page.split('"') if bit.startswith(start) and bit.endswith(end) and len(bit) > len(start))


@pytest.mark.scenario("004/AS-1", "What isolation means to this citizen")
def test_what_isolation_means_is_kept_and_stands_where_the_next_visit_is_planned(skp: Worker) -> None:
    course = skp.begins()
    skp.does(
        course + "husk/",
        meaning_kind="defence",
        meaning="Andres uro bliver til hans egen.",
        angle="Bruserens hoved",
        way="Håndskrevet kort",
    )
    page = skp.sees(course)
    for words in ("Et værn mod angst", "Andres uro bliver til hans egen.", "Bruserens hoved", "Håndskrevet kort"):
        assert words in page


@pytest.mark.scenario("004/AS-2", "Slow steps without pressure")
@pytest.mark.req("R-004-41")
def test_a_course_stays_where_it_is_as_long_as_it_takes(skp: Worker, owner_connection: psycopg.Connection) -> None:
    course = skp.begins()
    skp.does(course + "husk/", meaning_kind="safety", meaning="Han vælger kontakten fra.")
    owner_connection.execute("update outreach_course set started_on = '2025-01-01', phase_since = '2025-01-01'")
    owner_connection.commit()
    for _visit in range(4):
        skp.logs(course, 2, card_left="on", next_on=(timezone.localdate() + timedelta(days=45)).isoformat())
    board = skp.sees(reverse("outreach:home"))
    assert BIRD in board
    assert "søgt 4 gange" in board
    # Nothing but a reason ends it, and a shut door is none.
    page = skp.does(course + "slut/", 400, reason=1)
    assert "Ingen slippes, fordi døren ikke bliver åbnet" in page
    assert BIRD in skp.sees(reverse("outreach:home"))


@pytest.mark.scenario("004/AS-3", "Withdrawal is no drop-out")
@pytest.mark.req("R-004-41")
def test_going_back_is_seen_and_is_no_end_and_the_same_course_is_taken_up_again(skp: Worker) -> None:
    course = skp.begins()
    skp.does(course + "fase/", phase=3)
    skp.does(course + "fase/", phase=2)
    assert "Gik en fase tilbage" in skp.sees(reverse("outreach:home"))
    number = skp.sees(course).partition("KF-")[2][:6]
    skp.does(course + "slut/", reason=2, text="Han vil være i fred nu.")
    assert BIRD not in skp.sees(reverse("outreach:home"))
    assert BIRD in skp.sees(reverse("outreach:ended"))
    skp.does(course + "igen/")
    page = skp.sees(course)
    assert "Taget op igen 1 gang" in page
    assert number in page


@pytest.mark.scenario("004/AS-5", "From a neighbour to an open door")
@pytest.mark.req("R-004-21", "R-004-35", "R-004-36", "R-004-38", "R-004-39", "R-004-44")
def test_from_a_neighbours_words_to_a_door_that_opens(skp: Worker, owner_connection: psycopg.Connection) -> None:
    inquiry = skp.does(
        reverse("outreach:receive"),
        source=13,
        text="Han har ikke været ude siden påske.",
        raiser="Nabo Prøvesen, 00 00 00 00",
        hidden="on",
        received_on=timezone.localdate().isoformat(),
    )
    skp.does(inquiry + "forloeb/", 400, pseudonym=BIRD, known="unknown")
    course = skp.begins(inquiry + "forloeb/", answered="taken")
    page = skp.sees(course)
    assert "Nævn ikke, hvem der spurgte" in page
    assert "Nabo Prøvesen" not in page
    skp.logs(course, 2, card_left="on")
    for _visit in range(3):
        skp.logs(course, 1, 1, card_left="on")
    skp.does(course + "fase/", phase=2)
    skp.does(course + "husk/", angle="Bruserens hoved er gået i stykker")
    skp.logs(course, 1, 8)
    page = skp.sees(course)
    assert "Døren åbnes og brugeren inviterer SKP- medarbejderen indenfor." in page
    assert "efter 4 forsøg" in page
    # When the month is over, its report has what the log says, and is the one place where rung and phase are said.
    last = Month.of(timezone.localdate()).plus(-1)
    for table, columns in (
        ("course", "asked_on = %(day)s, started_on = %(day)s, phase_since = %(day)s"),
        ("attempt", '"on" = "on" - (today() - %(day)s::date) * interval \'1 day\''),
    ):
        owner_connection.execute(f"update outreach_{table} set {columns}", {"day": last.day(10)})  # type: ignore[arg-type]
    owner_connection.commit()
    key = course.strip("/").rsplit("/", 1)[1]
    address = f"/indberetning/{key}/{last.year}/{last.number}/"
    assert f'href="{address}"' in skp.sees(course)
    fill(skp.browser, address, **START, **WAVE, **PARTNERS, q29=3)
    assert f'href="{address}">' in skp.sees(course)
    told = dict(re.findall(r"<dt>(\d+\. [^<]*)</dt><dd>([^<]*)</dd>", skp.sees(address)))
    assert [words for question, words in told.items() if question.startswith("28.")] == [
        "Døren åbnes og brugeren inviterer SKP- medarbejderen indenfor."
    ]
    page = skp.sees(course)
    assert "3. Relationsarbejde" in page
    assert "trin 8, fase 3" in page


@pytest.mark.scenario("004/AS-4", "Consent before research reads a record")
@pytest.mark.req("R-004-69")
def test_research_reads_a_record_on_a_written_yes_that_stands_and_no_other(world: World, skp: Worker) -> None:
    leader = Worker(world, "social.member")
    ill, gone, bird = (skp.begins(pseudonym=name) for name in ("Lyset i stuen", "Hende med cyklen", BIRD))
    for course in (ill, gone, bird):
        skp.logs(course, 1, 3, note="Svarede gennem sprækken")
    skp.logs(bird, 1, 3, note=f"Sprækken i {BIRD}s dør. {BIRD.upper()} vil ikke mere")
    skp.logs(bird, 1, 3, note="Kender hende med cyklen og lyset i stuen. Naboen Aage Prøvesen bor Fyrrebakken 7")
    number = {course: skp.sees(course).partition("KF-")[2][:6] for course in (ill, gone, bird)}
    study, today = "Psykisk syg og isoleret 2026", timezone.localdate()
    # Who was asked is written down whatever came of it; a yes only when it is signed, dated and kept.
    skp.does(ill + "undersoegelse/", study=study, answer="fragile")
    for missing in ({"given_on": ""}, {"kept": ""}, {"given_on": (today + timedelta(days=1)).isoformat()}):
        said = {"study": study, "answer": "yes", "given_on": today.isoformat(), "kept": "Skabet, mappe 4"} | missing
        skp.does(bird + "undersoegelse/", 400, **said)
    register = leader.sees(reverse("outreach:studies"))
    assert "1 spurgt" in register
    assert "Der er intet, undersøgelsen må læse." in register
    for course in (gone, bird):
        skp.does(
            course + "undersoegelse/", study=study, answer="yes", given_on=today.isoformat(), kept="Skabet, mappe 4"
        )
    # However the study is spelt, it is the one that was said yes to; and it is chosen from the unit's own.
    for spelt in ({"study": study}, {"study": f" {study.upper()}  "}, {"known": study}):
        assert "allerede sagt ja" in skp.does(gone + "undersoegelse/", 400, answer="no", **spelt)
    skp.does(gone + "undersoegelse/", 400, answer="no")
    skp.does(gone + "undersoegelse/", 400, answer="no", known=study, study="En anden")
    # What the study gets is the two records, by the system's number.
    address = link(leader.sees(reverse("outreach:studies")), "/opsoegende/undersoegelser/", "/fil/")
    read = leader.sees(address)
    assert [number[course] in read for course in (ill, gone, bird)] == [False, True, True]
    assert "Svarede gennem sprækken" in read
    assert BIRD.casefold() not in read.casefold()
    assert "Sprækken i borgerens dør. borgeren vil ikke mere" in read
    # Other citizens too, whether the study may read of them or not, and whoever has a name.
    assert "Kender en anden borger og en anden borger. [navn] bor [adresse]" in read
    assert "Frontline" not in read
    # A yes that is taken back ends it, and a yes to one study is none to another.
    skp.does(link(skp.sees(gone), gone + "undersoegelse/", "/fortryd/"))
    skp.does(ill + "undersoegelse/", study="En anden", answer="yes", given_on=today.isoformat(), kept="Skabet")
    read = leader.sees(address)
    assert [number[course] in read for course in (ill, gone, bird)] == [False, False, True]
    # Who works with the citizens fetches none of it, and no other unit knows that there is one.
    worker = sit(world, "social.frontline")
    assert worker.get(address).status_code == 404
    assert sit(world, "police.member").get(address).status_code == 404


@pytest.mark.scenario("004/AS-6", "An answer through the letter slot")
@pytest.mark.req("R-004-35")
def test_an_answer_through_the_slot_is_rung_three_and_the_card_has_a_day(skp: Worker) -> None:
    course = skp.begins()
    skp.does(course + "fase/", phase=2)
    day = timezone.localdate() + timedelta(days=7)
    skp.logs(course, 1, 3, card_left="on", next_on=day.isoformat())
    page = skp.sees(course)
    assert "Brugeren kommunikerer gennem brevsprække/vinduet, men åbner ikke døren/vinduet" in page
    assert "lagde et kort" in page
    assert "2. Kontaktskabelse" in page
    assert "Næste besøg:" in page
    assert "Planlagte besøg" in skp.sees(reverse("outreach:home"))


@pytest.mark.scenario("004/AS-8", "Two workers before a visit")
@pytest.mark.req("R-004-48")
def test_whoever_goes_is_warned_and_says_who_came_along(world: World, skp: Worker) -> None:
    course = skp.begins(not_alone="Slog ud efter en vicevært i 2024")
    for address in (course, course + "log/", reverse("outreach:home")):
        assert "Gå ikke alene" in skp.sees(address)
    page = skp.does(course + "log/", 400, method=1, rung=1)
    assert "Her går ingen alene" in page
    # A message needs nobody beside one.
    skp.logs(course, 4)
    skp.logs(course, 1, 1, partner=str(world.seats["social.screener"].person))
    assert "Screener Social" in skp.sees(course)


@pytest.mark.scenario("004/AS-13", "A yes with a condition")
@pytest.mark.req("R-004-53")
def test_a_yellow_has_its_condition_and_is_not_carried_out_before_it_holds(skp: Worker) -> None:
    course = skp.begins()
    assert "betingelse" in skp.does(course + "forslag/", 400, text="Rengøring", stance="yellow")
    skp.does(course + "forslag/", text="Rengøring", stance="yellow", condition="Kun hvis du er der imens")
    page = skp.sees(course)
    assert "Kun hvis du er der imens" in page
    proposal = link(page, course + "forslag/")
    skp.does(proposal + "gjort/")
    assert "Det kan først gøres, når borgeren er med på det." in skp.sees(course)
    skp.does(proposal, stance="yellow", condition="Kun hvis du er der imens", met="on")
    skp.does(proposal + "gjort/")
    assert "gjort" in skp.sees(course)
    skp.does(course + "forslag/", text="Besøg hos lægen", stance="red")
    red = [
        bit for bit in skp.sees(course).split('"') if bit.startswith(course + "forslag/") and bit.endswith("/gjort/")
    ]
    assert red == []


@pytest.mark.scenario("004/AS-15", "A pension review finds somebody without contact")
@pytest.mark.req("R-004-29")
def test_a_review_of_pension_cases_leads_to_a_visit_and_is_counted(skp: Worker) -> None:
    searches = reverse("outreach:searches")
    today = timezone.localdate().isoformat()
    review = {
        "kind": "pension",
        "place": "Ydelsesservice",
        "hours": "6",
        "reviewed": "40",
        "concerns": "3",
        "on": today,
    }
    assert "når lovgrundlaget er skrevet ned" in skp.does(searches, 400, **review)
    skp.does(searches, **review, basis="Serviceloven § 12, aftalt med juristen")
    from_here = link(skp.sees(searches), searches, "/henvendelse/")
    inquiry = skp.does(from_here, source=4, text="Pension siden 2009, ingen har talt med ham.", received_on=today)
    course = skp.begins(inquiry + "forloeb/", answered="not_needed")
    skp.logs(course, 1, 3)
    criteria = dict.fromkeys(("illness", "isolation", "conditions", "home"), "yes")
    skp.does(
        course + "vurdering/odense/",
        **criteria,
        conditions_note="Intet vand siden jul",
        risk=1,
        belongs="yes",
        rationale="Alene og syg i en bolig uden vand",
    )
    told = skp.sees(searches)
    for words in (
        "1 henvendelse ·",
        "· 6 timer ·",
        "40 gået igennem ·",
        "3 giver bekymring ·",
        "1 kontakt ·",
        "1 i målgruppen",
    ):
        assert words in told
    skp.does(searches, kind="area", place="Banegården", hours="1", on=today)
    assert "· 1 time<" in skp.sees(searches)


@pytest.mark.scenario("004/AS-17", "A course ends in a grant")
@pytest.mark.req("R-004-85", "R-004-86", "R-004-57")
def test_a_course_ends_because_its_purpose_is_met(skp: Worker) -> None:
    course = skp.begins()
    later = (timezone.localdate() + timedelta(days=30)).isoformat()
    offer = {"to": "Hjemmeplejen, § 83", "reason": "Hun vil gerne have hjælp nu", "follow_up_on": later}
    skp.does(course + "aflever/", 400, **offer)
    skp.does(course + "aflever/", **offer, contact="Lis Prøvesen", told_on=timezone.localdate().isoformat())
    assert "Vælg mindst ét område" in skp.does(course + "slut/", 400, reason=4)
    skp.does(course + "slut/", reason=4, results=[3], q45=[1], text="Hjemmehjælp fra mandag")
    page = skp.sees(course)
    assert "Personlig hjælp, omsorg eller pleje, f.eks. hjemmehjælp" in page
    assert "Lis Prøvesen" in page


@pytest.mark.scenario("004/AS-20", "Not the target group, referred on")
@pytest.mark.req("R-004-22", "R-004-23", "R-004-26")
def test_what_is_not_for_the_team_is_referred_on_and_counted(skp: Worker) -> None:
    today = timezone.localdate().isoformat()
    for text in ("Bor her ikke mere", "Vil have hjælp til rengøring", "Står altid i døren og råber"):
        skp.does(reverse("outreach:receive"), source=11, text=text, received_on=today)
    page = skp.sees(reverse("outreach:inquiries"))
    waiting = sorted({bit for bit in page.split('"') if bit.startswith("/opsoegende/henvendelser/") and len(bit) > 50})
    assert len(waiting) == 3
    skp.does(waiting[0], 400, did="Talte med viceværten")
    skp.does(waiting[0], outcome="mistaken", did="Talte med viceværten", answered="not_needed")
    assert "Skriv, hvor det hører til." in skp.does(
        waiting[1], 400, outcome="other", did="Ringede til dem", answered="elsewhere"
    )
    skp.does(waiting[1], outcome="other", did="Ringede til dem", sent_to="Hjemmeplejen", answered="elsewhere")
    skp.does(waiting[2], outcome="target", did="Kender borgeren i forvejen", answered="taken")
    page = skp.sees(reverse("outreach:inquiries"))
    assert "Alle er fulgt op" in page
    assert "33 % var misforståelser. I Odense var det 33 %, en tredjedel." in page
    assert "Hører til et andet tilbud: Hjemmeplejen" in page
