"""To the door: closed once, for a reason, by the table; never because somebody forgot."""

import psycopg
import pytest
from django.urls import reverse

from samsvar.cases.models import (
    Action,
    ActionState,
    Assignment,
    Case,
    CaseEvent,
    CaseParty,
    CloseReason,
    InvolvementState,
    OutcomeType,
    Responsibility,
)
from samsvar.cases.services import closing, responsibility, work
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.postgres.actor import acting
from samsvar.sharing.models import CitizensNo
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import lay
from tests.cases.table import Screen, asking, authority, raised, taken_by, tasks_at
from tests.world import World


def closed(world: World, case: Case, seat: str = "social.member", **more: str) -> None:
    """The case closed by one at the table."""
    with acting(world.seats[seat].token) as actor:
        closing.close(actor, case, CloseReason.SOLVED, note=more.pop("note", "Han er i behandling"), **more)


@pytest.mark.req("R-000-90", "R-000-96", "R-001-10")
@pytest.mark.parametrize("reason", CloseReason.values)
def test_a_case_closes_for_one_of_four_reasons(world: World, reason: str) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    sent = {"reason": reason, "outcome": "home_kept", "good_for_citizen": "Ja, siger han selv"}
    assert screen.post("close", case.pk, **sent | {"note": ""}).status_code == 200
    assert screen.post("close", case.pk, **sent | {"note": "Boligen er reddet"}).status_code == 302
    page = screen.text("case", case.pk)
    for words in ("Sagen er afsluttet", CloseReason(reason).label, "Bolig bevaret", "Ja, siger han selv"):
        assert str(words) in page


def test_closing_needs_a_reason_from_the_list(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    for reason in ("", "no_show", "forgotten"):
        assert screen.post("close", case.pk, reason=reason, note="Kom ikke").status_code == 200
    with acting(world.seats["social.member"].token):
        assert Case.objects.get().closed_at is None


def test_closing_names_what_is_lost_first(world: World) -> None:
    case = raised(world)
    with acting(world.seats["social.member"].token) as actor:
        work.agree(actor, case, authority(world, "social"), what="Ser til ham", if_it_slips="Ringer")
    page = Screen(world, "social.member").text("close", case.pk)
    assert "Det kan ikke fortrydes" in page
    assert "Ser til ham" in page
    assert "30 dage" in page


def test_the_responsibility_and_every_open_task_end(world: World) -> None:
    case = raised(world)
    taken_by(world, case, "psychiatry", "Medicin")
    with acting(world.seats["social.member"].token) as actor:
        work.agree(actor, case, authority(world, "police"), what="Holder øje", if_it_slips="Ringer")
    assert tasks_at(world, "police.member", TaskKind.ACCEPT_ACTION) == 1
    closed(world, case, proposals="dropped")
    assert tasks_at(world, "police.member", TaskKind.ACCEPT_ACTION) == 0
    assert tasks_at(world, "psychiatry.member", TaskKind.INVOLVE_CITIZEN) == 0
    with acting(world.seats["police.member"].token):
        assert not Responsibility.objects.filter(case=case, period__endswith=None).exists()


def test_closing_asks_what_becomes_of_a_proposal_nobody_has_answered_and_ends_what_is_open(world: World) -> None:
    case = raised(world)
    with acting(world.seats["social.member"].token) as actor:
        own = work.agree(actor, case, authority(world, "social"), what="Ser til ham", if_it_slips="Ringer")
        asked = work.agree(actor, case, authority(world, "police"), what="Holder øje", if_it_slips="Ringer")
    with pytest.raises(CaseError, match="ikke er besvaret"):
        closed(world, case)
    screen = Screen(world, "psychiatry.member")
    page = screen.text("close", case.pk)
    assert "Prøvekredsens Politi er spurgt: Holder øje" in page
    assert "Hvad bliver der af det, der ikke er svaret på" in page
    sent = {"reason": "solved", "note": "Han er flyttet"}
    refused = screen.post("close", case.pk, **sent)
    assert "Vælg, hvad der bliver af det forslag" in refused.content.decode()
    assert "Han er flyttet" in refused.content.decode()
    assert screen.post("close", case.pk, **sent, proposals="outside").status_code == 302
    with acting(world.seats["police.member"].token):
        ended = {one.pk: one for one in Action.objects.all()}
        assert {one.state for one in ended.values()} == {ActionState.ENDED}
        assert all(one.ended_at for one in ended.values())
        assert ended[asked.pk].result == "Vi tager det op med dem uden for sagen"
        assert ended[own.pk].result == ""
    after = screen.text("case", case.pk)
    assert "Sluttede med sagen" in after
    assert "afventer svar" not in after


def test_nothing_is_asked_about_proposals_when_there_are_none(world: World) -> None:
    case = raised(world)
    assert "ikke er svaret på" not in Screen(world, "social.member").text("close", case.pk)


def test_what_is_left_to_do_with_the_citizen_is_shown_before_closing(world: World) -> None:
    case = raised(world)
    with acting(world.seats["psychiatry.member"].token) as actor:
        lay(
            actor,
            TaskKind.TELL_CITIZEN,
            partnership_id=case.partnership_id,
            authority_id=actor.authority_id,
            subject_kind="case",
            subject_id=case.pk,
            case_id=case.pk,
            group_id=case.group_id,
            role="member",
        )
    theirs, others = Screen(world, "psychiatry.member"), Screen(world, "social.member")
    for screen in (theirs, others):
        assert "Det er ikke skrevet, om borgeren er inddraget." in screen.text("close", case.pk)
    # Whom another authority has not told is not for this one to know.
    assert "I har ikke fortalt borgeren" in theirs.text("close", case.pk)
    assert "I har ikke fortalt borgeren" not in others.text("close", case.pk)
    with acting(world.seats["social.member"].token) as actor:
        work.involve(actor, case, InvolvementState.INVOLVED)
    assert "om borgeren er inddraget" not in others.text("close", case.pk)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("contribute", {"answer": "contributes", "text": "Vi kender ham godt", "way": "keep", "search_by": "look_up"}),
        ("agree", {"what": "Vi kender ham godt", "if_it_slips": "Ringer"}),
        ("children", {"decision": "Vi kender ham godt"}),
        ("place", {"reason": "Vi kender ham godt"}),
    ],
)
def test_a_page_of_a_closed_case_says_so_and_gives_the_text_back(world: World, name: str, sent: dict[str, str]) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    closed(world, case)
    page = screen.text(name, case.pk)
    assert "Sagen er afsluttet" in page
    assert 'class="case-buttons"' not in page
    answer = screen.post(name, case.pk, **sent).content.decode()
    assert "Sagen er afsluttet" in answer
    assert "Vi kender ham godt" in answer
    assert "så du kan kopiere det" in answer


@pytest.mark.req("R-000-91")
def test_a_closed_case_takes_no_change_from_anybody(world: World) -> None:
    case = raised(world)
    closed(world, case)
    with acting(world.seats["police.member"].token) as actor:
        fresh = Case.objects.get(pk=case.pk)
        assert Case.objects.filter(pk=case.pk).update(closed_at=None, close_reason="", standing="placed") == 0
        for change in (
            lambda: work.follow_up(actor, fresh, what_happened="Ny uro"),
            lambda: work.agree(actor, fresh, authority(world, "police"), what="Mere", if_it_slips="Ringer"),
            lambda: responsibility.wait(actor, fresh, responsibility.WAITS[0], note="Venter"),
        ):
            with pytest.raises(CaseError, match="afsluttet"):
                change()
    screen = Screen(world, "police.member")
    sent = {"what_happened": "Ny uro", "still_necessary": "yes", "criteria_met": "yes"}
    answer = screen.post("follow_up", case.pk, **sent).content.decode()
    assert "Sagen er afsluttet og kan ikke ændres" in answer
    assert "Ny uro" in answer
    assert screen.post("nothing_new", case.pk).status_code == 302


def test_two_who_close_at_once_one_is_told(world: World) -> None:
    case = raised(world)
    closed(world, case)
    with pytest.raises(Overtaken):
        closed(world, case, "police.member")
    answer = Screen(world, "psychiatry.member").post("close", case.pk, reason="solved", note="Min egen begrundelse")
    assert answer.status_code == 409
    assert "Min egen begrundelse" in answer.content.decode()


@pytest.mark.req("R-000-93")
def test_a_closed_case_leaves_the_list_and_reading_ends_after_the_run_off(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = raised(world)
    closed(world, case)
    screen = Screen(world, "police.member")
    assert case.reference not in screen.text("list")
    assert case.reference in screen.text("list", vis="afsluttede")
    owner_connection.execute("update cases_caseparty set read_until = now() - interval '1 minute'")
    owner_connection.commit()
    assert case.reference not in screen.text("list", vis="afsluttede")
    assert screen.get("case", case.pk).status_code == 404


@pytest.mark.req("R-001-10")
def test_children_in_the_home_need_a_decision_first(world: World) -> None:
    case = raised(world, children="yes")
    assert tasks_at(world, "police.member", TaskKind.DECIDE_ON_CHILD) == 1
    screen = Screen(world, "social.member")
    refused = screen.post("close", case.pk, reason="solved", note="Løst")
    assert "Der er børn i hjemmet" in refused.content.decode()
    assert "Løst" in refused.content.decode()
    assert screen.post("children", case.pk, decision="...").status_code == 200
    assert screen.post("children", case.pk, decision="Kommunen er underrettet i dag").status_code == 302
    assert tasks_at(world, "police.member", TaskKind.DECIDE_ON_CHILD) == 0
    assert screen.post("close", case.pk, reason="solved", note="Løst").status_code == 302


def test_children_found_later_ask_for_a_decision_too(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    sent = {"why_serious": "Sover ude", "social": "yes", "psychiatric": "no", "crime": "no", "own_reason": "Vores"}
    stamp = screen.get("edit", case.pk).context["stamp"]
    screen.post("edit", case.pk, **sent, children="yes", seen=stamp)
    assert tasks_at(world, "police.member", TaskKind.DECIDE_ON_CHILD) == 1
    assert "Der er ikke skrevet, hvad I har besluttet om børnene." in screen.text("case", case.pk)


def test_a_party_steps_out_and_reads_on_for_a_while(world: World, owner_connection: psycopg.Connection) -> None:
    case = raised(world)
    screen = Screen(world, "psychiatry.member")
    assert screen.post("step_out", case.pk, why="").status_code == 200
    assert screen.post("step_out", case.pk, why="Kender ham ikke").status_code == 302
    assert "I er trådt ud" in screen.text("case", case.pk)
    with acting(world.seats["police.member"].token):
        assert CaseParty.objects.get(authority_id=world.authorities["psychiatry"]).end_reason == "Kender ham ikke"
    owner_connection.execute(
        "update cases_caseparty set read_until = now() - interval '1 minute' where until is not null"
    )
    owner_connection.commit()
    assert screen.get("case", case.pk).status_code == 404
    assert case.reference not in screen.text("list")
    assert case.reference in Screen(world, "social.member").text("list")


def test_what_is_said_after_a_party_has_left_is_not_told_to_it(world: World) -> None:
    case = raised(world)
    social, left = Screen(world, "social.member"), Screen(world, "psychiatry.member")
    followed = {"still_necessary": "yes", "criteria_met": "yes", "next_step": "Ringe", "next_on": asking(3)}
    assert social.post("follow_up", case.pk, what_happened="Sagt mens alle sad der", **followed).status_code == 302
    assert left.post("step_out", case.pk, why="closed").status_code == 302
    assert social.post("follow_up", case.pk, what_happened="Sagt bagefter", **followed).status_code == 302
    social.client.post(reverse("rights:remark", args=[case.pk]), {"text": "Borgerens ord bagefter"})
    with acting(world.seats["social.member"].token) as actor:
        work.agree(actor, case, authority(world, "social"), what="Aftalt bagefter", if_it_slips="Ringer")
    for address in ("case", "paper"):
        page = left.text(address, case.pk)
        assert "Sagt mens alle sad der" in page
        assert "bagefter" not in page
    assert "Sagt bagefter" in social.text("case", case.pk)
    # Whoever was in the case when it was closed reads all of it for the run-off, its last words too.
    assert social.post("close", case.pk, reason="solved", note="Alt er godt", proposals="dropped").status_code == 302
    police = Screen(world, "police.member").text("case", case.pk)
    for words in ("Sagt bagefter", "Borgerens ord bagefter", "Alt er godt"):
        assert words in police
    assert "bagefter" not in left.text("case", case.pk)


def test_who_has_left_changes_nothing_any_more(world: World) -> None:
    case = raised(world)
    left = Screen(world, "psychiatry.member")
    stamp = left.get("edit", case.pk).context["stamp"]
    assert left.post("step_out", case.pk, why="Kender ham ikke").status_code == 302
    followed = {"still_necessary": "yes", "criteria_met": "yes", "next_step": "Ringe", "next_on": asking(3)}
    sent: list[tuple[str, dict[str, str]]] = [
        ("close", {"reason": "solved", "note": "Lukket"}),
        ("follow_up", {"what_happened": "Set", **followed}),
        ("nothing_new", {}),
        (
            "edit",
            {
                "why_serious": "Andet",
                "own_reason": "x",
                "social": "yes",
                "psychiatric": "no",
                "crime": "no",
                "seen": stamp,
            },
        ),
        ("wait", {"standing": "awaiting_information", "note": "Venter"}),
        ("agree", {"authority": str(world.authorities["police"]), "what": "Gør noget", "if_it_slips": "Ringer"}),
        ("contribute", {"answer": "not_known"}),
        ("involve", {"state": "informed", "words": "Ja"}),
        ("say_no", {"to": "sharing", "words": "Nej"}),
        ("bring_in", {"authorities": str(world.authorities["outside"]), "necessity": "Skal hjælpe"}),
        ("assign", {"capacity": str(world.seats["psychiatry.frontline"].post), "reason": "Skal se med"}),
        ("step_out", {"why": "Igen"}),
    ]
    for name, fields in sent:
        answer = left.post(name, case.pk, **fields)
        assert answer.status_code in (200, 302, 409), name
    with acting(world.seats["police.member"].token):
        now = Case.objects.get()
        assert (now.closed_at, now.why_serious, now.standing) == (None, case.why_serious, case.standing)
        assert not Action.objects.exists()
        assert (
            not CaseEvent.objects.filter(authority_id=world.authorities["psychiatry"])
            .exclude(kind="party_left")
            .exists()
        )
    with acting(world.seats["psychiatry.member"].token):
        assert not Assignment.objects.exists()
        assert not CitizensNo.objects.exists()
    page = left.text("case", case.pk)
    assert "Sagen er afsluttet" not in page
    assert reverse("cases:close", args=[case.pk]) not in page


def test_the_holder_cannot_step_out(world: World) -> None:
    case = raised(world)
    answer = Screen(world, "police.member").post("step_out", case.pk, why="Vi er færdige")
    assert "I har handlingsansvaret" in answer.content.decode()


def test_outcomes_are_noted_without_saying_which_are_good(world: World) -> None:
    case = raised(world)
    closed(world, case, outcome=OutcomeType.TREATMENT_NOT_SENTENCE)
    with acting(world.seats["social.member"].token):
        assert Case.objects.get().outcome == "treatment_not_sentence"


def test_what_one_who_steps_out_asked_or_was_asked_does_not_stay_open(world: World) -> None:
    case = raised(world)
    psychiatry, social = Screen(world, "psychiatry.member"), Screen(world, "social.member")
    when = {"if_it_slips": "Vi taler sammen", "due_on": asking(7)}
    psychiatry.post("agree", case.pk, authority=world.authorities["social"], what="Finder en bolig", **when)
    social.post("agree", case.pk, authority=world.authorities["psychiatry"], what="Ser til ham", **when)
    assert tasks_at(world, "social.member", TaskKind.ACCEPT_ACTION, case) == 1
    assert psychiatry.post("step_out", case.pk, why="Kender ham ikke").status_code == 302
    with acting(world.seats["social.member"].token):
        assert set(Action.objects.values_list("what", "state")) == {
            ("Finder en bolig", "stopped"),
            ("Ser til ham", "declined"),
        }
    assert tasks_at(world, "social.member", TaskKind.ACCEPT_ACTION, case) == 0


@pytest.mark.attack
def test_what_is_written_over_after_one_has_left_is_not_shown(world: World) -> None:
    case = raised(world)
    left = Screen(world, "psychiatry.member")
    assert left.post("step_out", case.pk, why="Kender ham ikke").status_code == 302
    with acting(world.seats["police.member"].token):
        Case.objects.filter(pk=case.pk).update(next_step="Hent ham på Solvej 8", standing_note="Afventer Solvej 8")
    for page in (left.text("case", case.pk), left.text("list")):
        assert case.reference in page
        assert "Solvej" not in page
    assert "Solvej" in Screen(world, "police.member").text("case", case.pk)
