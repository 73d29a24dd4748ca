"""Asking another authority: about something, with a why, and with a no that is as good as a yes (L6)."""

import pytest
from django.urls import reverse

from samsvar.postgres.actor import acting
from samsvar.sharing.models import Disclosure, InformationRequest, Release
from samsvar.tasks.models import Task, TaskKind
from tests.cases.table import Screen, raised, tasks_at
from tests.cases.test_releasing import listed
from tests.clients import sit
from tests.world import World

QUESTION, WHY = "Tager han sin medicin?", "Vi kan ikke planlægge besøg uden"
TEXT = "Ja, hver morgen med hjælp"


def asked(world: World, **more: str) -> dict[str, str]:
    """A question from the social services to psychiatry."""
    return {
        "to": str(world.authorities["psychiatry"]),
        "question_1": QUESTION,
        "why_1": WHY,
        "purpose": "help",
        **more,
    }


def put(world: World) -> InformationRequest:
    """A question that psychiatry has before it."""
    case = raised(world)
    assert Screen(world, "social.member").post("ask", case.pk, **asked(world)).status_code == 302
    with acting(world.seats["psychiatry.member"].token):
        return InformationRequest.objects.get()


@pytest.mark.req("R-002-72", "R-002-73", "R-003-56")
def test_a_question_reaches_the_one_who_is_asked_and_no_other_party(world: World) -> None:
    row = put(world)
    assert QUESTION in Screen(world, "psychiatry.member").text("case", row.case_id)
    assert QUESTION not in Screen(world, "police.member").text("case", row.case_id)
    assert sit(world, "police.member").get(reverse("cases:request", args=[row.pk])).status_code == 404
    assert tasks_at(world, "psychiatry.member", TaskKind.ANSWER_REQUEST) == 1
    with acting(world.seats["psychiatry.member"].token):
        told = Disclosure.objects.get(subject_kind="request")
    assert told.necessity == WHY


@pytest.mark.req("R-000-99")
def test_a_question_has_no_deadline(world: World) -> None:
    row = put(world)
    with acting(world.seats["psychiatry.member"].token):
        assert Task.objects.get(subject_id=row.pk).due_on is None
    fields = [field.name for field in InformationRequest._meta.get_fields()]
    assert not [name for name in fields if "due" in name or "remind" in name or "deadline" in name]
    assert "Der er ingen frist" in sit(world, "psychiatry.member").get(reverse("web:desk")).content.decode()


@pytest.mark.req("R-002-72")
@pytest.mark.parametrize(
    "everything",
    [
        "Send hele journalen",
        "Vi vil gerne have hans fulde journal",
        "Alle oplysninger om ham",
        "Alt, hvad I har",
        "En journaludskrift",
        "Please send the whole record",
    ],
)
def test_a_whole_journal_cannot_be_asked_for(world: World, everything: str) -> None:
    case = raised(world)
    answer = Screen(world, "social.member").post("ask", case.pk, **asked(world, question_1=everything))
    assert "Hele journalen kan man ikke bede om" in answer.content.decode()
    assert everything in answer.content.decode()
    with acting(world.seats["social.member"].token):
        assert not InformationRequest.objects.exists()


@pytest.mark.req("R-002-73")
@pytest.mark.parametrize("lacking", [{"why_1": ""}, {"question_2": "Hvor bor han?"}, {"question_1": ""}, {"to": "x"}])
def test_each_question_has_its_why(world: World, lacking: dict[str, str]) -> None:
    case = raised(world)
    assert Screen(world, "social.member").post("ask", case.pk, **asked(world, **lacking)).status_code == 200
    with acting(world.seats["social.member"].token):
        assert not InformationRequest.objects.exists()


@pytest.mark.req("R-002-74")
@pytest.mark.parametrize(("partly", "state"), [("", "answered"), ("on", "partly")])
def test_an_answer_or_a_part_of_one_goes_to_the_asker_alone(world: World, partly: str, state: str) -> None:
    row = put(world)
    psychiatry = sit(world, "psychiatry.member")
    page = reverse("cases:request", args=[row.pk])
    sent = {"text": TEXT, "information_type": "health", **({"partly": partly} if partly else {})}
    assert psychiatry.post(page, sent).status_code == 302
    assert TEXT in Screen(world, "social.member").text("case", row.case_id)
    assert TEXT not in Screen(world, "police.member").text("case", row.case_id)
    with acting(world.seats["social.member"].token):
        assert InformationRequest.objects.get().state == state
    assert tasks_at(world, "psychiatry.member", TaskKind.ANSWER_REQUEST) == 0
    assert psychiatry.post(page, sent).status_code == 404


@pytest.mark.req("R-000-99", "R-002-74")
def test_a_no_is_one_button_without_a_reason(world: World) -> None:
    row = put(world)
    psychiatry = sit(world, "psychiatry.member")
    assert psychiatry.post(reverse("cases:request_decline", args=[row.pk])).status_code == 302
    assert tasks_at(world, "psychiatry.member", TaskKind.ANSWER_REQUEST) == 0
    shown = sit(world, "social.member").get(reverse("cases:request", args=[row.pk])).content.decode()
    assert "Besvares ikke" in shown


def test_the_asker_alone_withdraws_and_the_asked_alone_answers(world: World) -> None:
    row = put(world)
    social, psychiatry = sit(world, "social.member"), sit(world, "psychiatry.member")
    for name in ("request_decline", "request_done"):
        social.post(reverse(f"cases:{name}", args=[row.pk]))
    psychiatry.post(reverse("cases:request_withdraw", args=[row.pk]))
    with acting(world.seats["social.member"].token):
        assert InformationRequest.objects.get().state == "open"
    social.post(reverse("cases:request_withdraw", args=[row.pk]))
    with acting(world.seats["psychiatry.member"].token):
        assert InformationRequest.objects.get().state == "withdrawn"
    assert tasks_at(world, "psychiatry.member", TaskKind.ANSWER_REQUEST) == 0


@pytest.mark.req("R-002-74", "R-000-101")
@pytest.mark.parametrize(("partly", "state"), [("", "answered"), ("on", "partly")])
def test_a_question_answered_through_a_releaser_is_ticked_off_when_it_is_released(
    world: World, partly: str, state: str
) -> None:
    listed(world, "psychiatry.screener")
    row = put(world)
    sent = {"text": TEXT, "information_type": "health", **({"partly": partly} if partly else {})}
    assert sit(world, "psychiatry.member").post(reverse("cases:request", args=[row.pk]), sent).status_code == 302
    assert tasks_at(world, "psychiatry.member", TaskKind.ANSWER_REQUEST) == 1
    with acting(world.seats["psychiatry.screener"].token):
        waits = Release.objects.get()
    done = sit(world, "psychiatry.screener").post(reverse("cases:release", args=[waits.pk]), {"way": "release"})
    assert done.status_code == 302
    with acting(world.seats["social.member"].token):
        assert InformationRequest.objects.get().state == state
    assert tasks_at(world, "psychiatry.member", TaskKind.ANSWER_REQUEST) == 0
    assert TEXT in Screen(world, "social.member").text("case", row.case_id)


def test_a_draft_that_is_sent_back_leaves_the_question_open(world: World) -> None:
    listed(world, "psychiatry.screener")
    row = put(world)
    sent = {"text": TEXT, "information_type": "health"}
    sit(world, "psychiatry.member").post(reverse("cases:request", args=[row.pk]), sent)
    with acting(world.seats["psychiatry.screener"].token):
        waits = Release.objects.get()
    back = {"way": "back", "note": "For meget"}
    assert sit(world, "psychiatry.screener").post(reverse("cases:release", args=[waits.pk]), back).status_code == 302
    with acting(world.seats["social.member"].token):
        assert InformationRequest.objects.get().state == "open"
    assert tasks_at(world, "psychiatry.member", TaskKind.ANSWER_REQUEST) == 1
