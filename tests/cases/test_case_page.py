"""One page says who holds the case, since when, what is next, and who knows what."""

from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsvar.cases.models import Assignment
from samsvar.cases.services import answering, work
from samsvar.postgres.actor import acting
from samsvar.sharing.models import Answer
from samsvar.sharing.services import keep_note
from tests.cases.table import NAME, Screen, authority, raised
from tests.world import World

STEPS = [
    "place",
    "wait",
    "edit",
    "bring_in",
    "assign",
    "show_number",
    "close",
    "same_person",
    "step_out",
    "agree",
    "follow_up",
    "involve",
    "children",
    "ban",
    "advise",
    "contribute",
    "note",
    "paper",
]


@pytest.mark.req("R-000-77")
def test_the_page_says_who_holds_it_and_what_is_next(world: World) -> None:
    case = raised(world)
    page = Screen(world, "social.member").text("case", case.pk)
    assert case.reference in page
    assert NAME in page
    assert "Prøvekredsens Politi har handlingsansvaret, fra i dag." in page
    assert "Næste skridt er ikke aftalt." in page


def test_every_verb_opens_as_a_page(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "police.member")
    for name in STEPS:
        page = screen.text(name, case.pk)
        assert page.count("<h1") == 1, name


def test_not_found_and_not_yours_are_one_answer(world: World) -> None:
    case = raised(world)
    stranger = Screen(world, "outside.member")
    for name in ("case", "place", "close", "edit"):
        assert stranger.get(name, case.pk).status_code == 404
    there = stranger.get("case", case.pk)
    nowhere = stranger.client.get(reverse("cases:case", args=["00000000-0000-4000-8000-000000000000"]))
    assert there.content == nowhere.content


def test_a_step_fetched_by_htmx_is_a_part_of_the_page(world: World) -> None:
    case = raised(world)
    part = Screen(world, "police.member").client.get(
        reverse("cases:follow_up", args=[case.pk]), headers={"HX-Request": "true"}
    )
    assert "<html" not in part.content.decode()
    assert "<h2" in part.content.decode()


@pytest.mark.req("R-000-151")
def test_every_look_is_logged(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    screen.text("case", case.pk)
    screen.text("list")
    screen.text("paper", case.pk)
    rows = owner_connection.execute(
        "select act, subject_kind, case_id, detail from audit_logrow where authority_id = %s order by seq",
        [world.authorities["social"]],
    ).fetchall()
    assert ("look", "case", case.pk, {"page": "case"}) in rows
    assert ("look", "case_list", None, {"ids": [str(case.pk)]}) in rows
    assert ("print", "case", case.pk, {}) in rows


def test_the_number_is_hidden_until_somebody_says_why(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    assert "80-1234" not in screen.text("case", case.pk)
    assert "80-1234" not in screen.post("show_number", case.pk, purpose="").content.decode()
    assert "611180-1234" in screen.post("show_number", case.pk, purpose="Opslag i journalen").content.decode()
    looked = owner_connection.execute("select purpose from audit_logrow where act = 'unmask'").fetchall()
    assert looked == [("Opslag i journalen",)]


@pytest.mark.req("R-000-40", "R-000-41")
def test_category_and_traits_never_reach_paper(world: World, owner_connection: psycopg.Connection) -> None:
    category = uuid4()
    owner_connection.execute(
        "insert into partnerships_category (id, partnership_id, key, danish, english, position, active)"
        " values (%s, %s, 'usynlig', 'Usynlig borger', 'Invisible citizen', 1, true)",
        [category, world.partnership],
    )
    owner_connection.execute(
        "insert into partnerships_criterion (id, partnership_id, key, danish, english, position, active)"
        " values (%s, %s, 'invisible', 'Ved at gå til i egen lejlighed', '', 1, true)",
        [uuid4(), world.partnership],
    )
    owner_connection.commit()
    case = raised(world, category_id=category)
    screen = Screen(world, "social.member")
    assert "Usynlig borger" in screen.text("case", case.pk)
    paper = screen.text("paper", case.pk)
    assert case.reference in paper
    assert "Usynlig" not in paper
    assert "Ved at gå til" not in paper


@pytest.mark.req("R-000-37", "R-000-44", "R-000-36")
def test_facts_are_mended_and_the_story_tells_which(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    sent = {
        "why_serious": "Sover ude i frost og har mistet sin lejlighed",
        "social": "yes",
        "psychiatric": "unknown",
        "crime": "no",
        "grey_zone": "Ingen har ham som kerneopgave, men han er ved at gå til",
        "own_reason": "Gruppen tager den alligevel",
        "children": "no",
        "link_person": "Ældrekonsulenten",
        "seen": screen.get("edit", case.pk).context["stamp"],
    }
    assert screen.post("edit", case.pk, **sent).status_code == 302
    page = screen.text("case", case.pk)
    assert "har mistet sin lejlighed" in page
    assert "Ingen har ham som kerneopgave" in page
    assert "Ældrekonsulenten" in page
    assert "sociale problemer" in page


def test_two_who_mend_at_once_one_is_told_and_keeps_the_text(world: World) -> None:
    case = raised(world)
    first, second = Screen(world, "social.member"), Screen(world, "psychiatry.member")
    stamp = first.get("edit", case.pk).context["stamp"]
    sent = {"social": "yes", "psychiatric": "no", "crime": "no", "own_reason": "Vores", "children": "no", "seen": stamp}
    assert first.post("edit", case.pk, why_serious="Først", **sent).status_code == 302
    overtaken = second.post("edit", case.pk, why_serious="Den andens lange tekst", **sent)
    assert overtaken.status_code == 409
    page = overtaken.content.decode()
    assert "Den andens lange tekst" in page
    assert "En anden har rettet sagen" in page
    assert "Først" in page
    again = overtaken.context["stamp"]
    assert (
        second.post("edit", case.pk, **sent | {"why_serious": "Den andens lange tekst", "seen": again}).status_code
        == 302
    )


BAD = ["a\x00b", "\u202egnp.exe", "<script>alert(1)</script>", "🙂" * 3000, "x" * 5000]


@pytest.mark.parametrize("bad", BAD)
def test_bad_text_is_answered_beside_the_field(world: World, bad: str) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    for name, fields in (
        ("follow_up", {"what_happened": bad, "next_on": "31.2.2026"}),
        ("agree", {"what": bad, "authority": bad, "measure": bad, "if_it_slips": bad, "due_on": "0000-00-00"}),
        ("note", {"text": bad, "reach": bad}),
        ("place", {"authority": bad, "reason": bad, "seen": bad}),
        ("close", {"reason": bad, "note": bad, "outcome": bad}),
        ("contribute", {"answer": bad, "text": bad, "receivers": bad, "way": "pass"}),
        ("edit", {"why_serious": bad, "traits": bad, "category": bad, "seen": bad}),
        ("bring_in", {"authorities": bad, "necessity": bad}),
        ("advise", {"answer": "yes", "advice": bad, "until": "2026-02-30"}),
        ("ban", {"place": bad, "until": "x", "caseworker": bad}),
        ("assign", {"capacity": bad, "reason": bad}),
        ("same_person", {"other": bad, "reason": bad}),
        ("show_number", {"purpose": bad}),
    ):
        answer = screen.client.post(reverse(f"cases:{name}", args=[case.pk]), fields)
        assert answer.status_code in (200, 302), name
        assert b"<script>alert" not in answer.content, name


@pytest.mark.req("R-000-150")
def test_a_colleague_on_the_case_sees_it_and_only_until_taken_off(world: World) -> None:
    case = raised(world)
    member, worker = Screen(world, "social.member"), Screen(world, "social.frontline")
    assert worker.get("case", case.pk).status_code == 404
    post = world.seats["social.frontline"].post
    assert member.post("assign", case.pk, capacity=post, reason="Tager på hjemmebesøg").status_code == 302
    assert case.reference in worker.text("case", case.pk)
    with acting(world.seats["social.member"].token):
        assignment = Assignment.objects.get(case=case)
    member.post("unassign", case.pk, assignment.pk)
    assert worker.get("case", case.pk).status_code == 404


def test_nobody_puts_anothers_people_on_a_case(world: World) -> None:
    case = raised(world)
    answer = Screen(world, "social.member").post(
        "assign", case.pk, capacity=world.seats["police.frontline"].post, reason="Prøver"
    )
    assert answer.status_code == 200
    with acting(world.seats["police.member"].token):
        assert not Assignment.objects.exists()


def test_a_page_costs_the_same_however_long_the_story(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    screen.text("case", case.pk)
    with CaptureQueriesContext(connection) as short:
        screen.text("case", case.pk)
    with acting(world.seats["social.member"].token) as actor:
        for number in range(8):
            work.agree(actor, case, authority(world, "social"), what=f"Besøg {number}", if_it_slips="Vi prøver igen")
            answering.tell_parties(
                actor,
                case,
                answering.answer(actor, case, Answer.CONTRIBUTES, text=f"Bidrag {number}", information_type="social"),
                [authority(world, "police")],
                necessity=f"Nødvendigt {number}",
            )
            keep_note(actor, case, f"Note {number}")
    with CaptureQueriesContext(connection) as long:
        screen.text("case", case.pk)
    assert len(long) == len(short)
