"""A hole in the system: from a case to the table above and back, with no way back to the person."""

import re
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samsvar.cases import jobs
from samsvar.cases.models import Case, GapLink, GapState, GapStep, SystemGap
from samsvar.cases.selectors.gaps import stamp
from samsvar.postgres.actor import acting
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.above import steer
from tests.cases.table import NAME, raised
from tests.clients import sit
from tests.world import World

WHAT = "Når kontanthjælpen stopper, er der ingen, der ser efter, om huslejen bliver betalt."


@pytest.fixture
def above(world: World, owner_connection: psycopg.Connection) -> World:
    """The world with a steering group above its table."""
    steer(world, owner_connection)
    owner_connection.commit()
    return world


def typed(world: World, **values: object) -> dict[str, object]:
    """A hole as a form sends it."""
    return {
        "title": "Huslejen, når kontanthjælpen stopper", "place": "procedure", "between": ["social", "police"],
        "what": WHAT, "proposal": "En fast arbejdsgang ved ophør.", "owner": str(world.seats["social.member"].post),
        "once": str(uuid4()), **values,
    }  # fmt: skip


def noted(world: World, case: Case, **values: object) -> HttpResponse:
    """The police's member notes what the case has shown."""
    return sit(world, "police.member").post(f"/sager/{case.pk}/systemhul/", typed(world, **values))


def the_gap(world: World, seat: str = "police.member") -> SystemGap:
    """The one hole there is."""
    with acting(world.seats[seat].token):
        return SystemGap.objects.select_related("at_group").get()


def take(world: World, seat: str, kind: str, **values: object) -> HttpResponse:
    """A step with the hole, from its page as it looks to this person."""
    gap = the_gap(world, seat)
    return sit(world, seat).post(f"/systemhuller/{gap.pk}/", {"kind": kind, "seen": stamp(gap), **values})


def waits(world: World, seat: str) -> int:
    """How many holes wait on this person's desk."""
    with acting(world.seats[seat].token) as actor:
        return open_tasks(actor).filter(kind=TaskKind.GAP).count()


def page(world: World, seat: str, url: str) -> str:
    """What this person reads there."""
    answer = sit(world, seat).get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.mark.req("R-000-142")
@pytest.mark.req("R-000-143")
@pytest.mark.req("R-001-16")
def test_a_hole_goes_up_and_its_answer_comes_back_to_the_group_and_to_the_case(above: World) -> None:
    case = raised(above, parties=("social",))
    assert noted(above, case).status_code == 302
    gap = the_gap(above)
    assert waits(above, "social.member") == 1, "its owner knows"
    take(above, "social.member", "forwarded", to_group=str(above.authorities["steering_group"]))
    assert waits(above, "social.member") == 0
    assert waits(above, "police.leader") == 1
    assert WHAT in page(above, "police.leader", f"/systemhuller/{gap.pk}/")
    take(above, "police.leader", "answered", answer="will_do", text="Arbejdsgangen er på plads fra marts.")
    assert the_gap(above).state == GapState.ANSWERED
    assert the_gap(above).at_group_id == above.group
    assert (waits(above, "police.leader"), waits(above, "social.member")) == (0, 1)
    for seat in ("police.member", "social.member"):
        read = page(above, seat, f"/sager/{case.pk}/")
        assert "Arbejdsgangen er på plads fra marts." in read
    take(above, "police.member", "closed")
    assert the_gap(above).state == GapState.CLOSED
    assert waits(above, "social.member") == 0


@pytest.mark.req("R-000-143")
@pytest.mark.req("R-000-154")
def test_nothing_in_a_hole_leads_back_to_the_case(above: World, owner_connection: psycopg.Connection) -> None:
    case = raised(above, parties=("social",))
    noted(above, case)
    gap = the_gap(above)
    take(above, "police.member", "forwarded", to_group=str(above.authorities["steering_group"]))
    # Psychiatry sits at the table and is no party; the leader sits above it.
    for seat in ("psychiatry.member", "police.leader"):
        with acting(above.seats[seat].token):
            assert SystemGap.objects.count() == 1
            assert not GapLink.objects.exists()
        read = page(above, seat, f"/systemhuller/{gap.pk}/")
        assert case.reference not in read
        assert str(case.pk) not in read
    with acting(above.seats["social.member"].token):
        assert GapLink.objects.get().case_id == case.pk, "the case knows its hole"
    row = owner_connection.execute("select to_jsonb(s)::text from cases_systemgap s").fetchone()[0]
    steps = owner_connection.execute("select string_agg(to_jsonb(s)::text, ' ') from cases_gapstep s").fetchone()[0]
    for trace in (str(case.pk), case.reference, str(case.citizen_id), str(above.seats["police.member"].person)):
        assert trace not in row + steps


@pytest.mark.req("R-000-74")
@pytest.mark.parametrize(
    "words",
    [
        "Aage Prøvesen fik ikke betalt sin husleje.",
        "Født 611180-1234, uden husleje.",
        "Se sagen TST-2026-001.",
    ],
)
def test_words_that_lead_back_are_refused_and_stay_on_the_screen(world: World, words: str) -> None:
    case = raised(world, parties=("social",))
    client = sit(world, "police.member")
    first = client.post(f"/sager/{case.pk}/systemhul/", typed(world, what=words))
    again = client.post(f"/sager/{case.pk}/systemhul/", typed(world, what=words, looked="1"))
    for answer in (first, again):
        assert answer.status_code == 200
    assert words in again.content.decode()
    with acting(world.seats["police.member"].token):
        assert not SystemGap.objects.exists()


def test_what_may_be_a_name_is_pointed_out_once(world: World) -> None:
    case = raised(world, parties=("social",))
    words = "Ingen ved, hvad Kirsten Opdigtesen gør den dag."
    assert "Er der ingen borger i teksten" in noted(world, case, what=words).content.decode()
    assert noted(world, case, what=words, looked="1").status_code == 302


def test_a_hole_can_be_noted_without_a_case_and_dealt_with_on_a_theme_day(above: World) -> None:
    sit(above, "psychiatry.member").post("/systemhuller/nyt/", typed(above))
    take(above, "psychiatry.member", "theme_day")
    assert the_gap(above).state == GapState.THEME_DAY
    take(above, "police.member", "answered", answer="done", text="Vi gør det selv.")
    assert the_gap(above).answer == "done"


def test_a_hole_may_leave_by_the_line_of_command_and_its_answer_is_written_at_home(above: World) -> None:
    sit(above, "psychiatry.member").post("/systemhuller/nyt/", typed(above))
    take(above, "psychiatry.member", "line", text="Til klinikledelsen.")
    assert the_gap(above).at_group is None
    take(above, "social.member", "answered", answer="law", text="Loven skal ændres.")
    assert the_gap(above).at_group_id == above.group


def test_only_those_who_have_it_move_it(above: World) -> None:
    sit(above, "psychiatry.member").post("/systemhuller/nyt/", typed(above))
    assert take(above, "police.leader", "answered", answer="no", text="Nej.").status_code == 404, "not sent there yet"
    take(above, "social.member", "forwarded", to_group=str(above.authorities["steering_group"]))
    take(above, "social.member", "closed", text="Lukkes")
    assert the_gap(above).state == GapState.FORWARDED
    for seat in ("outside.member", "police.frontline", "police.admin"):
        client = sit(above, seat)
        assert client.get(f"/systemhuller/{the_gap(above).pk}/").status_code == 404
    for seat in ("police.frontline", "police.admin", "police.dpo"):
        assert sit(above, seat).get("/systemhuller/").status_code == 403
    assert WHAT not in page(above, "outside.member", "/systemhuller/")


def test_two_at_once_do_not_overwrite_each_other(above: World) -> None:
    sit(above, "psychiatry.member").post("/systemhuller/nyt/", typed(above))
    gap = the_gap(above)
    seen = stamp(gap)
    take(above, "social.member", "theme_day")
    late = sit(above, "police.member").post(
        f"/systemhuller/{gap.pk}/", {"kind": "line", "seen": seen, "text": "Til ledelsen"}
    )
    assert late.status_code == 409
    assert "Til ledelsen" in late.content.decode()
    assert the_gap(above).state == GapState.THEME_DAY


def test_a_hole_shows_its_age_and_its_owner_is_reminded_after_a_quarter(
    above: World, owner_connection: psycopg.Connection
) -> None:
    sit(above, "psychiatry.member").post(
        "/systemhuller/nyt/", typed(above, owner=str(above.seats["psychiatry.member"].post))
    )
    assert waits(above, "psychiatry.member") == 0
    assert jobs.remind(0)["gaps"] == 0
    owner_connection.execute("update cases_systemgap set noted_on = noted_on - 120, moved_on = moved_on - 120")
    owner_connection.commit()
    assert "120" in page(above, "police.member", "/systemhuller/")
    assert jobs.remind(0)["gaps"] == 1
    assert jobs.remind(0)["gaps"] == 0, "once is enough"
    assert waits(above, "psychiatry.member") == 1
    take(above, "psychiatry.member", "news", text="Vi har talt med boligforeningen.")
    with acting(above.seats["police.member"].token):
        assert GapStep.objects.get().text == "Vi har talt med boligforeningen."
        assert SystemGap.objects.get().moved_on == timezone.localdate()


def test_a_meeting_shows_what_is_parked_and_what_was_answered(above: World) -> None:
    sit(above, "psychiatry.member").post("/systemhuller/nyt/", typed(above))
    day = (timezone.localdate() + timedelta(days=10)).strftime("%d.%m.%Y")
    client: Client = sit(above, "police.member")
    planned = client.post(
        "/moeder/nyt/", {"group": str(above.group), "day": day, "hour": "9.00", "notify_days": "3"}, follow=True
    )
    meeting = re.search(r"/moeder/[0-9a-f-]{36}/", planned.content.decode()).group()
    assert "Huslejen, når kontanthjælpen stopper" in page(above, "police.member", meeting)
    take(above, "social.member", "forwarded", to_group=str(above.authorities["steering_group"]))
    take(above, "police.leader", "answered", answer="intent", text="Vi vil det samme.")
    assert "Vi vil det samme." in page(above, "social.member", meeting)


def test_no_word_of_the_citizen_comes_with_the_form(world: World) -> None:
    case = raised(world, parties=("social",))
    read = page(world, "police.member", f"/sager/{case.pk}/systemhul/")
    assert NAME not in read
    assert "Sover ude" not in read
