"""Who is in the room: shown before anything sensitive is opened, and on record with what was done about it."""

import psycopg
import pytest
from django.urls import reverse

from samsvar.meetings.models import AgendaItem, Attendance, Decision
from samsvar.meetings.selectors import agendas
from samsvar.meetings.services import conducting
from samsvar.postgres.actor import acting
from tests.cases.table import Screen
from tests.clients import sit
from tests.meetings.test_meeting import outcome, plan_one, raise_one
from tests.world import World

TEXT = "Er sat ud på fredag"


def everybody_came(world: World, meeting: object) -> None:
    """All members of the group are in the room."""
    with acting(world.seats["police.member"].token) as actor:
        members = agendas.attendance(actor, meeting)  # type: ignore[arg-type]
        conducting.attend(
            actor,
            meeting,  # type: ignore[arg-type]
            {one.membership.pk: Attendance.State.PRESENT for one in members},
        )


@pytest.mark.req("R-000-161")
def test_who_is_in_the_room_stands_before_what_has_been_told(world: World) -> None:
    case, meeting = raise_one(world, to=("social",)), plan_one(world, 0)
    Screen(world, "social.member").post(
        "contribute",
        case.pk,
        text=TEXT,
        information_type="social",
        receivers=[world.authorities["police"]],
        necessity="De kører forbi",
        way="pass",
    )
    everybody_came(world, meeting)
    page = sit(world, "police.member").get(reverse("meetings:item", args=[meeting.pk, case.pk])).content.decode()
    assert "Nogen i rummet er ikke med i sagen" in page
    assert page.index("I rummet:") < page.index("Member Psychiatry") < page.index(TEXT)
    # It is closed until somebody opens it.
    assert "<details" in page[: page.index(TEXT)]
    assert " open" not in page[page.index("Åbn det, myndighederne har fortalt") - 60 : page.index(TEXT)]


@pytest.mark.req("R-000-72")
@pytest.mark.parametrize("rule", ["all_hear", "anonymise", "leave_room"])
def test_the_partnerships_rule_is_used_per_item_and_kept(
    world: World, owner_connection: psycopg.Connection, rule: str
) -> None:
    owner_connection.execute("update partnerships_partnership set hearing = %s", [rule])
    owner_connection.commit()
    case, meeting = raise_one(world, to=("social",)), plan_one(world, 0)
    everybody_came(world, meeting)
    with acting(world.seats["police.member"].token) as actor:
        conducting.decide(actor, meeting, case, outcome(case, Decision.FOLLOWED_UP, note="Talt om ham"))
        assert AgendaItem.objects.get().hearing == rule
    detail = owner_connection.execute(
        "select detail from audit_logrow where subject_kind = 'agenda_item' order by at desc limit 1"
    ).fetchone()
    assert detail[0]["hearing"] == rule  # type: ignore[index]
    assert len(detail[0]["present"]) == 3  # type: ignore[index]


@pytest.mark.req("R-000-72")
def test_another_rule_can_be_chosen_for_one_item_and_nothing_is_asked_among_parties(world: World) -> None:
    case, meeting = raise_one(world, to=("social",)), plan_one(world, 0)
    whole = raise_one(world, by="social.member", to=("police", "psychiatry"))
    everybody_came(world, meeting)
    police = sit(world, "police.member")
    page = police.get(reverse("meetings:item", args=[meeting.pk, case.pk]))
    assert "hearing" in page.context["decision"].fields
    assert "hearing" not in police.get(reverse("meetings:item", args=[meeting.pk, whole.pk])).context["decision"].fields
    with acting(world.seats["police.member"].token) as actor:
        conducting.decide(
            actor, meeting, case, outcome(case, Decision.FOLLOWED_UP, note="Talt om ham", hearing="anonymise")
        )
        conducting.decide(actor, meeting, whole, outcome(whole, Decision.FOLLOWED_UP, note="Talt om hende"))
        assert AgendaItem.objects.get(case=case).hearing == "anonymise"
        assert AgendaItem.objects.get(case=whole).hearing == ""


def test_a_case_that_one_has_stepped_out_of_is_no_item_of_ones_own_any_more(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    left = sit(world, "psychiatry.member")
    item = reverse("meetings:item", args=[meeting.pk, case.pk])
    pages = {"meeting": case.reference, "sheet": case.why_serious}
    assert left.get(item).status_code == 200
    assert Screen(world, "psychiatry.member").post("step_out", case.pk, why="Kender ham ikke").status_code == 302
    assert left.get(item).status_code == 404
    for name, words in pages.items():
        page = reverse(f"meetings:{name}", args=[meeting.pk])
        assert words in sit(world, "social.member").get(page).content.decode()
        assert words not in left.get(page).content.decode()
    turn = reverse("meetings:live_turn", args=[meeting.pk, case.pk])
    assert left.post(turn).status_code in (302, 404)
