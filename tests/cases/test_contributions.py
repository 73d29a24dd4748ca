"""Each authority answers for itself: told to the named, kept at home, or not told at all; always free to say no."""

import psycopg
import pytest

from samsvar.postgres.actor import acting
from samsvar.sharing.models import Contribution, Disclosure, OwnNote
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import lay
from tests.cases.table import Screen, asking, raised, tasks_at
from tests.world import World

TEXT = "Faldt ud af kontanthjælp i august"


def _sent(world: World, *receivers: str, **more: object) -> dict[str, object]:
    return {
        "text": TEXT,
        "information_type": "social",
        "search_by": "look_up",
        "receivers": [world.authorities[key] for key in receivers],
        "necessity": "Det er grunden til udsættelsen",
        "way": "pass",
        **more,
    }


@pytest.mark.req("R-000-67")
def test_an_answer_reaches_the_named_with_its_authority_and_nobody_else(world: World) -> None:
    case = raised(world)
    social, police, psychiatry = (Screen(world, f"{kind}.member") for kind in ("social", "police", "psychiatry"))
    assert social.post("contribute", case.pk, **_sent(world, "police")).status_code == 302
    page = police.text("case", case.pk)
    assert TEXT in page
    assert "<strong>Prøveby Kommune</strong>: Har fortalt" in page
    other = psychiatry.text("case", case.pk)
    assert TEXT not in other
    assert "Ingen har fortalt jer noget endnu." in other
    with acting(world.seats["psychiatry.member"].token):
        assert not Contribution.objects.exists()
        assert not Disclosure.objects.filter(subject_kind="contribution").exists()


@pytest.mark.req("R-000-97")
def test_passing_on_needs_receivers_and_a_necessity_and_loses_nothing(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    for lacking in ({"receivers": []}, {"necessity": ""}, {"necessity": "---"}, {"text": ""}):
        answer = screen.post("contribute", case.pk, **_sent(world, "police") | lacking)
        assert answer.status_code == 200, lacking
        assert lacking.get("text", TEXT) in answer.content.decode()
    with acting(world.seats["social.member"].token):
        assert not Contribution.objects.exists()


def test_whom_to_call_first_is_never_lost_for_want_of_a_day(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "psychiatry.member")
    sent = _sent(world, "police", information_type="health", call_first_who="Afsnit P2, 00 12 34 56")
    refused = screen.post("contribute", case.pk, **sent)
    assert refused.status_code == 200
    page = refused.content.decode()
    assert "Vælg, til og med hvilken dag de skal ringe" in page
    assert 'class="details" open' in page
    assert "Afsnit P2, 00 12 34 56" in page
    assert screen.post("contribute", case.pk, **sent, call_first_until=asking(7)).status_code == 302
    assert "Afsnit P2, 00 12 34 56" in Screen(world, "police.member").text("case", case.pk)


@pytest.mark.req("R-000-68", "R-000-99")
@pytest.mark.parametrize("answer", ["not_known", "back_later"])
def test_not_known_and_back_later_are_full_answers(world: World, answer: str) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    sent = {"way": answer}
    assert screen.post("contribute", case.pk, **sent).status_code == 302
    with acting(world.seats["social.member"].token):
        assert Contribution.objects.get().answer == answer
    with acting(world.seats["police.member"].token):
        assert not Contribution.objects.exists()


@pytest.mark.req("R-000-68", "R-000-99")
def test_not_to_tell_is_one_button_without_a_reason(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    assert "Vi videregiver ikke" in screen.text("contribute", case.pk)
    assert screen.post("contribute", case.pk, way="declines").status_code == 302
    with acting(world.seats["social.member"].token):
        assert Contribution.objects.get().answer == "declines"
    with acting(world.seats["police.member"].token):
        assert not Contribution.objects.exists()


@pytest.mark.req("R-000-71")
@pytest.mark.parametrize("kind", [TaskKind.LOOK_UP, TaskKind.OUTREACH])
def test_not_known_makes_a_task_of_looking_or_going_out(world: World, kind: TaskKind) -> None:
    case = raised(world)
    Screen(world, "social.member").post("contribute", case.pk, way="not_known", search_by=kind.value)
    assert tasks_at(world, "social.member", kind, case) == 1
    assert tasks_at(world, "police.member", kind, case) == 0


def test_what_was_kept_can_be_passed_on_later_but_not_rewritten(world: World) -> None:
    case = raised(world)
    social, police = Screen(world, "social.member"), Screen(world, "police.member")
    social.post("contribute", case.pk, **_sent(world, way="keep"))
    assert TEXT not in police.text("case", case.pk)
    with acting(world.seats["social.member"].token):
        kept = Contribution.objects.get()
    sent = {"receivers": world.authorities["police"], "necessity": "Nu er det nødvendigt", "purpose": "help"}
    assert police.get("pass_on", case.pk, kept.pk).status_code == 404
    assert social.post("pass_on", case.pk, kept.pk, **sent).status_code == 302
    assert TEXT in police.text("case", case.pk)
    with acting(world.seats["social.member"].token):
        assert Contribution.objects.filter(pk=kept.pk).update(text="Noget andet") == 0


@pytest.mark.req("R-000-98")
@pytest.mark.parametrize("purpose", ["efterforskning", "investigation", ""])
def test_investigation_is_no_purpose(world: World, purpose: str) -> None:
    case = raised(world)
    social = Screen(world, "social.member")
    social.post("contribute", case.pk, **_sent(world, way="keep"))
    with acting(world.seats["social.member"].token):
        kept = Contribution.objects.get()
    sent = {"receivers": world.authorities["police"], "necessity": "Til sagen", "purpose": purpose}
    assert social.post("pass_on", case.pk, kept.pk, **sent).status_code == 200
    with acting(world.seats["police.member"].token):
        assert not Contribution.objects.exists()


def test_one_outside_the_table_is_not_told(world: World) -> None:
    case = raised(world, parties=["social"])
    answer = Screen(world, "social.member").post("contribute", case.pk, **_sent(world, "psychiatry"))
    assert answer.status_code == 200
    with acting(world.seats["social.member"].token):
        assert not Contribution.objects.exists()


@pytest.mark.req("R-000-101")
def test_health_information_is_released_by_one_who_holds_it(world: World) -> None:
    case = raised(world)
    Screen(world, "psychiatry.member").post(
        "assign", case.pk, capacity=world.seats["psychiatry.frontline"].post, reason="Kører ud"
    )
    worker = Screen(world, "psychiatry.frontline")
    sent = _sent(world, "social", information_type="health", text="Henter ikke sin medicin")
    assert "Bed om frigivelse" in worker.text("contribute", case.pk)
    assert worker.post("contribute", case.pk, **sent).status_code == 302
    assert "Henter ikke sin medicin" not in Screen(world, "social.member").text("case", case.pk)
    assert Screen(world, "psychiatry.member").post("contribute", case.pk, **sent).status_code == 302


@pytest.mark.req("R-000-102")
def test_the_duty_to_tell_the_citizen_stands_once_however_often_health_has_told(world: World) -> None:
    case = raised(world)
    psychiatry = Screen(world, "psychiatry.member")
    for text in ("Henter ikke sin medicin", "Har fået en ny tid"):
        psychiatry.post("contribute", case.pk, **_sent(world, "social", information_type="health", text=text))
    assert tasks_at(world, "psychiatry.member", TaskKind.TELL_CITIZEN, case) == 1
    assert tasks_at(world, "social.member", TaskKind.TELL_CITIZEN, case) == 0


@pytest.mark.req("R-000-70", "R-000-113", "LR-000-41")
def test_the_form_asks_for_the_strictly_relevant_and_takes_no_file(world: World) -> None:
    case = raised(world)
    page = Screen(world, "psychiatry.member").text("contribute", case.pk)
    assert "strengt nødvendigt" in page
    assert "Sæt ikke stykker af journalen ind" in page
    assert 'type="file"' not in page
    assert "Aldrig domme eller sigtelser" in Screen(world, "police.member").text("contribute", case.pk)


@pytest.mark.req("R-000-69")
def test_the_police_tell_known_how_often_and_broadly_why(world: World) -> None:
    case = raised(world)
    police = Screen(world, "police.member")
    fields = police.get("contribute", case.pk).context["form"].fields
    assert list(fields)[-2:] == ["how_often", "occasion"]
    assert not any(word in name for name in fields for word in ("danger", "conviction", "charge", "sentence"))
    sent = _sent(
        world, "social", text="", information_type="police_event", how_often="several", occasion="Råben om natten"
    )
    assert police.post("contribute", case.pk, **sent).status_code == 302
    assert "Kendt fra døgnrapporten: flere gange. Anledning: Råben om natten" in Screen(world, "social.member").text(
        "case", case.pk
    )


@pytest.mark.req("R-000-98", "R-000-113", "LR-000-47")
def test_words_of_charges_are_pointed_out_before_they_reach_anybody(world: World) -> None:
    case = raised(world)
    police, social = Screen(world, "police.member"), Screen(world, "social.member")
    words = "Han er sigtet for trusler, nummer 611180-1234"
    sent = _sent(world, "social", text=words, information_type="police_event")
    first = police.post("contribute", case.pk, **sent)
    assert first.status_code == 200
    assert "lyder som efterforskning" in first.content.decode()
    assert words in first.content.decode()
    assert words not in social.text("case", case.pk)
    assert police.post("contribute", case.pk, **sent, looked="1").status_code == 302
    assert words in social.text("case", case.pk)


def test_asking_others_to_be_aware_lays_a_task_on_their_table(world: World) -> None:
    case = raised(world)
    police = Screen(world, "police.member")
    sent = _sent(world, "social", text="Set dårligt klædt på i parken", information_type="police_event", heed="on")
    assert police.post("contribute", case.pk, **sent).status_code == 302
    assert tasks_at(world, "social.member", TaskKind.ATTENTION) == 1
    assert tasks_at(world, "psychiatry.member", TaskKind.ATTENTION) == 0


@pytest.mark.req("R-003-65")
def test_own_notes_stay_on_the_own_side_of_the_wall(world: World) -> None:
    case = raised(world)
    social, police = Screen(world, "social.member"), Screen(world, "police.member")
    assert social.post("note", case.pk, text="Husk torsdag", reach="authority").status_code == 302
    assert "Husk torsdag" in social.text("case", case.pk)
    assert "Husk torsdag" not in police.text("case", case.pk)
    assert "Husk torsdag" not in social.text("paper", case.pk)


@pytest.mark.req("R-003-65")
def test_a_memory_note_is_its_writers_alone_and_can_be_thrown_away(world: World) -> None:
    case = raised(world)
    writer, colleague = Screen(world, "social.member"), Screen(world, "social.frontline")
    writer.post("assign", case.pk, capacity=world.seats["social.frontline"].post, reason="Kører ud")
    writer.post("note", case.pk, text="Kun til mig selv", reach="person")
    writer.post("note", case.pk, text="Til os alle", reach="authority")
    page = colleague.text("case", case.pk)
    assert "Kun til mig selv" not in page
    assert "Til os alle" in page
    with acting(world.seats["social.member"].token):
        notes = {note.text: note.pk for note in OwnNote.objects.all()}
    assert colleague.post("forget_note", case.pk, notes["Kun til mig selv"]).status_code == 404
    colleague.post("forget_note", case.pk, notes["Til os alle"])
    assert "Til os alle" in writer.text("case", case.pk)
    writer.post("forget_note", case.pk, notes["Til os alle"])
    assert "Til os alle" not in writer.text("case", case.pk)


def test_a_refused_answer_leaves_no_trace_of_a_contribution_in_the_log(
    world: World, owner_connection: psycopg.Connection
) -> None:
    case = raised(world)
    Screen(world, "social.member").post("contribute", case.pk, **_sent(world, "police", necessity="---"))
    acts = owner_connection.execute(
        "select act, subject_kind from audit_logrow where authority_id = %s", [world.authorities["social"]]
    ).fetchall()
    assert ("create", "contribution") not in acts
    assert ("refuse", "disclosure") in acts


def test_what_was_typed_before_a_short_answer_stays_at_home_with_it(world: World) -> None:
    case = raised(world)
    social = Screen(world, "social.member")
    assert social.post("contribute", case.pk, **_sent(world, "police", way="declines")).status_code == 302
    assert TEXT in social.text("case", case.pk)
    assert TEXT not in Screen(world, "police.member").text("case", case.pk)
    with acting(world.seats["social.member"].token):
        declined = Contribution.objects.get()
    assert declined.answer == "declines"
    assert social.get("pass_on", case.pk, declined.pk).status_code == 404


def test_one_who_comes_back_later_still_has_it_to_prepare(world: World) -> None:
    case = raised(world)
    with acting(world.seats["social.member"].token) as actor:
        lay(
            actor,
            TaskKind.PREPARE,
            partnership_id=world.partnership,
            authority_id=world.authorities["social"],
            subject_kind="case",
            subject_id=case.pk,
            case_id=case.pk,
            role="member",
        )
    social = Screen(world, "social.member")
    social.post("contribute", case.pk, way="back_later")
    assert tasks_at(world, "social.member", TaskKind.PREPARE, case) == 1
    social.post("contribute", case.pk, way="not_known")
    assert tasks_at(world, "social.member", TaskKind.PREPARE, case) == 0


def test_not_known_after_one_has_told_something_is_asked_about_once_more(world: World) -> None:
    case = raised(world)
    screen = Screen(world, "social.member")
    told = {"text": "Står på venteliste", "information_type": "social", "way": "keep"}
    assert screen.post("contribute", case.pk, **told).status_code == 302
    asked = screen.post("contribute", case.pk, way="not_known", search_by="look_up")
    assert asked.status_code == 200
    assert "I har allerede fortalt noget i sagen" in asked.content.decode()
    assert screen.post("contribute", case.pk, way="not_known", search_by="look_up", looked="1").status_code == 302
    # Psychiatry has told nothing: its own answer is nobody else's business.
    other = Screen(world, "psychiatry.member")
    assert other.post("contribute", case.pk, way="not_known", search_by="look_up").status_code == 302
