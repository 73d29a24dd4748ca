"""The citizen is told, or a leader answers for not telling; the duty never ends in silence."""

import re
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from samsvar.audit.models import LogRow
from samsvar.letters.models import CitizenWord, Notice
from samsvar.postgres.actor import acting
from samsvar.tasks.models import Task, TaskKind
from samsvar.tasks.selectors import waiting_now
from samsvar.tasks.services import lay, tick_off
from tests.cases.table import asking, raised, tasks_at
from tests.clients import sit
from tests.letters.desk import TOLD, Writer, on_paper, told_case
from tests.world import World


def tell(**more: object) -> dict[str, object]:
    """What the form sends when nobody changes it."""
    return {
        "form": "tell",
        "fortael-words": "Kære Aage\n\nVi har fortalt:\n- at du er kendt hos os",
        "fortael-how": "letter",
        "fortael-told_on": asking(0),
        "fortael-language": "da",
        **more,
    }


def wait(world: World, **more: object) -> dict[str, object]:
    """A full decision not to tell for now."""
    return {
        "form": "hold_back",
        "vent-why_not": "illness",
        "vent-reason": "Han bliver bange og flytter ud, hvis han hører det i dag.",
        "vent-paragraph": "sul43_4",
        "vent-leader": str(world.seats["psychiatry.member"].post),
        "vent-review_on": asking(30),
        **more,
    }


@pytest.mark.req("R-000-102", "R-000-120", "R-000-122")
def test_the_task_on_the_desk_leads_to_a_letter_drafted_from_facts(world: World) -> None:
    case = told_case(world)
    desk = sit(world, "psychiatry.member").get(reverse("web:desk")).content.decode()
    assert f'href="{reverse("letters:tell", args=[case.pk])}"' in desk
    page = Writer(world, "psychiatry.member").text("tell", case.pk)
    for said in ("Kære Aage Prøvesen", "Prøveby Kommune noget om dit helbred og din behandling", "datatilsynet.dk"):
        assert said in page
    draft = page[page.index("<textarea") : page.index("</textarea>")]
    assert TOLD not in draft
    assert "De skal ringe" not in draft
    assert "fået en henvendelse fra nogen" in draft


@pytest.mark.req("R-000-102", "R-001-26", "R-003-57", "R-002-76")
def test_told_ends_the_duty_and_the_letter_comes_out_on_paper(world: World) -> None:
    case = told_case(world)
    writer = Writer(world, "psychiatry.member")
    with acting(world.seats["psychiatry.member"].token) as actor:
        there = {"partnership_id": case.partnership_id, "authority_id": actor.authority_id, "case_id": case.pk}
        lay(actor, TaskKind.TELL_CITIZEN, **there, role="member", subject_kind="acute", subject_id=uuid4())
    assert tasks_at(world, "psychiatry.member", TaskKind.TELL_CITIZEN, case) == 2
    answer = writer.post("tell", case.pk, **tell())
    assert answer.status_code == 302
    assert tasks_at(world, "psychiatry.member", TaskKind.TELL_CITIZEN, case) == 0
    paper = writer.client.get(answer["Location"] + "brev/")
    words = on_paper(paper)
    assert "Kære Aage" in words
    assert "Psykiatrien i Prøveby" in words
    assert "Prøvesen" not in paper["Content-Disposition"]
    assert case.reference not in paper["Content-Disposition"]
    assert "Der er intet nyt at fortælle." in writer.text("tell", case.pk)
    with acting(world.seats["psychiatry.dpo"].token):
        acts = list(LogRow.objects.filter(subject_kind="notice").values_list("act", flat=True))
    assert {"create", "print"} <= set(acts)


def test_a_new_disclosure_owes_a_new_word(world: World) -> None:
    case = told_case(world)
    writer = Writer(world, "psychiatry.member")
    writer.post("tell", case.pk, **tell())
    writer.post("tell", case.pk, **wait(world))
    from tests.cases.table import Screen

    Screen(world, "psychiatry.member").post(
        "contribute",
        case.pk,
        answer="contributes",
        text="Er udskrevet",
        information_type="health",
        search_by="look_up",
        receivers=[world.authorities["police"]],
        necessity="De møder ham i aften",
        way="pass",
    )
    page = writer.text("tell", case.pk)
    assert "Prøvekredsens Politi" in page
    with acting(world.seats["psychiatry.member"].token) as actor:
        assert waiting_now(actor).filter(kind=TaskKind.TELL_CITIZEN).count() == 1


@pytest.mark.req("R-000-102", "R-000-120", "R-000-123")
def test_not_told_has_a_leader_a_reason_a_rule_and_lapses_on_its_day(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = told_case(world)
    writer = Writer(world, "psychiatry.member")
    assert writer.post("tell", case.pk, **wait(world)).status_code == 302
    with acting(world.seats["psychiatry.member"].token) as actor:
        assert not waiting_now(actor).filter(kind=TaskKind.TELL_CITIZEN).exists()
        laid = Task.objects.get(kind=TaskKind.TELL_CITIZEN, done_at=None)
    assert laid.due_on == timezone.localdate() + timedelta(days=30)
    page = writer.text("tell", case.pk)
    assert "Ikke fortalt: Det kan gøre borgeren mere syg" in page
    assert "Member Psychiatry" in page
    owner_connection.execute("update tasks_task set due_on = today() where id = %s", [laid.pk])
    owner_connection.commit()
    with acting(world.seats["psychiatry.member"].token) as actor:
        assert waiting_now(actor).filter(kind=TaskKind.TELL_CITIZEN).count() == 1
    assert writer.post("tell", case.pk, **tell()).status_code == 302
    with acting(world.seats["psychiatry.member"].token):
        assert not Task.objects.filter(kind=TaskKind.TELL_CITIZEN, done_at=None).exists()


@pytest.mark.req("R-000-102")
@pytest.mark.parametrize(
    "lacking",
    [
        {"vent-why_not": ""},
        {"vent-reason": ""},
        {"vent-reason": "---"},
        {"vent-paragraph": ""},
        {"vent-leader": ""},
        {"vent-review_on": ""},
        {"vent-review_on": "today"},
        {"vent-review_on": "far"},
    ],
)
def test_not_telling_without_all_of_it_is_refused_and_nothing_typed_is_lost(
    world: World, lacking: dict[str, str]
) -> None:
    days = {"today": asking(0), "far": asking(400)}
    case = told_case(world)
    sent = wait(world, **{key: days.get(value, value) for key, value in lacking.items()})
    answer = Writer(world, "psychiatry.member").post("tell", case.pk, **sent)
    assert answer.status_code == 200
    assert str(sent["vent-reason"]) in answer.content.decode()
    assert tasks_at(world, "psychiatry.member", TaskKind.TELL_CITIZEN, case) == 1
    with acting(world.seats["psychiatry.member"].token):
        assert not Notice.objects.exists()


def test_the_leader_is_one_of_the_own_and_may_release(world: World) -> None:
    case = told_case(world)
    for seat in ("social.member", "psychiatry.frontline"):
        sent = wait(world, **{"vent-leader": str(world.seats[seat].post)})
        assert Writer(world, "psychiatry.member").post("tell", case.pk, **sent).status_code == 200
    with acting(world.seats["psychiatry.member"].token):
        assert not Notice.objects.exists()


def test_the_duty_cannot_be_ticked_away(world: World) -> None:
    told_case(world)
    with acting(world.seats["psychiatry.member"].token) as actor:
        task = Task.objects.get(kind=TaskKind.TELL_CITIZEN)
        assert not tick_off(actor, task.pk)
    desk = sit(world, "psychiatry.member").get(reverse("web:desk")).content.decode()
    assert reverse("web:task_done", args=[task.pk]) not in desk


@pytest.mark.req("R-000-119", "R-000-124")
def test_the_words_of_the_citizen_and_of_a_companion_are_kept_apart_and_at_home(world: World) -> None:
    case = told_case(world)
    nurse = Writer(world, "psychiatry.member")
    said = {"form": "hear", "ord-text": "Jeg er ikke syg, jeg er vred", "ord-speaker": "ombud", "ord-name": "Ole Ombud"}
    assert nurse.post("tell", case.pk, **said).status_code == 302
    page = nurse.text("tell", case.pk)
    assert "Jeg er ikke syg, jeg er vred" in page
    assert "Borgerens personlige ombud, Ole Ombud" in page
    assert "vred" not in Writer(world, "social.member").text("tell", case.pk)
    with acting(world.seats["social.member"].token):
        assert not CitizenWord.objects.exists()
    assert nurse.post("tell", case.pk, **{**said, "ord-text": " "}).status_code == 200


def test_a_letter_in_english_is_one_click_away_whatever_the_screen_speaks(world: World) -> None:
    case = told_case(world)
    writer = Writer(world, "psychiatry.member")
    page = writer.text("tell", case.pk, sprog="en")
    draft = page[page.index("<textarea") : page.index("</textarea>")]
    assert "Dear Aage Prøvesen" in draft
    assert not re.search(r"\b(hos|til|eller|ikke)\b", draft)
    answer = writer.post("tell", case.pk, **tell(**{"fortael-words": "Dear Aage", "fortael-language": "en"}))
    words = on_paper(writer.client.get(answer["Location"] + "brev/"))
    assert "Kind regards" in words


def test_others_find_neither_the_notice_nor_the_letter(world: World) -> None:
    case = told_case(world)
    answer = Writer(world, "psychiatry.member").post("tell", case.pk, **tell())
    for seat in ("social.member", "police.member", "psychiatry.frontline", "psychiatry.dpo", "outside.member"):
        client = sit(world, seat)
        assert client.get(answer["Location"]).status_code == 404, seat
        assert client.get(answer["Location"] + "brev/").status_code == 404, seat


def test_a_case_of_others_is_not_told_about(world: World) -> None:
    case = raised(world, parties=("social",))
    writer = Writer(world, "psychiatry.member")
    assert writer.get("tell", case.pk).status_code == 404
    assert writer.post("tell", case.pk, **tell()).status_code == 404


@pytest.mark.req("R-000-102")
def test_a_rule_of_another_authority_cannot_be_chosen(world: World) -> None:
    case = told_case(world)
    writer = Writer(world, "psychiatry.member")
    page = writer.text("tell", case.pk)
    assert "sundhedsloven § 43, stk. 4" in page
    assert "retshåndhævelsesloven" not in page
    assert writer.post("tell", case.pk, **wait(world, **{"vent-paragraph": "rhl14"})).status_code == 200
    with acting(world.seats["psychiatry.member"].token):
        assert not Notice.objects.exists()


@pytest.mark.req("R-000-102", "R-000-123")
def test_the_register_shows_who_is_not_told_until_they_are(world: World) -> None:
    case = told_case(world)
    writer = Writer(world, "psychiatry.member")
    writer.post("tell", case.pk, **wait(world))
    register = sit(world, "psychiatry.dpo").get(reverse("rights:requests")).content.decode()
    for said in (case.reference, "Det kan gøre borgeren mere syg", "sundhedsloven § 43, stk. 4", "Member Psychiatry"):
        assert said in register
    # Not the words, which tell of the person; and nothing to another authority.
    assert "flytter ud" not in register
    assert case.reference not in sit(world, "social.dpo").get(reverse("rights:requests")).content.decode()
    writer.post("tell", case.pk, **tell())
    assert case.reference not in sit(world, "psychiatry.dpo").get(reverse("rights:requests")).content.decode()
