"""How a partnership is steered: terms, the year's questions, status without persons, decisions that go down."""

import re
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone

from samsvar.postgres.actor import acting
from samsvar.steering import selectors
from samsvar.steering.models import DecisionReceipt, EvaluationAnswer, SteeringDecision, Terms
from samsvar.steering.questions import QUESTIONS
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.above import steer
from tests.cases.table import NAME, raised
from tests.clients import sit
from tests.filled import Pen
from tests.world import World

LAST = selectors.current_half().before()


@pytest.fixture
def above(world: World, owner_connection: psycopg.Connection) -> World:
    """The world with a steering group above its table."""
    steer(world, owner_connection)
    owner_connection.commit()
    return world


def page(world: World, seat: str, url: str) -> str:
    """What this person reads there."""
    answer = sit(world, seat).get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def status(world: World, seat: str, half: selectors.Half) -> list[tuple]:
    """What the database itself gives this person."""
    with acting(world.seats[seat].token) as actor:
        place = selectors.find_partnership(actor, world.partnership)
        return [(row.key, *row.numbers) for row in selectors.status(actor, place, half).rows] if place else []


def many(world: World, owner: psycopg.Connection, number: int, half: selectors.Half) -> None:
    """So many cases raised in the middle of a half-year."""
    pen = Pen(owner)
    member = world.seats["police.member"]
    for place in range(number):
        pen.put(
            "cases_case",
            partnership_id=world.partnership,
            group_id=world.group,
            reference=f"TST-{half.year}-{place:03}",
            raised_by_authority_id=member.authority,
            raised_by_id=member.person,
            raised_at=f"{half.year}-{half.half * 6 - 3:02}-15",
            standing="raised",
            party_ids=[member.authority],
        )
    owner.commit()


@pytest.mark.req("R-000-141")
@pytest.mark.req("R-000-154")
@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (9, 9)])
def test_few_citizens_are_not_counted_in_public(
    above: World, owner_connection: psycopg.Connection, number: int, shown: int | None
) -> None:
    many(above, owner_connection, number, LAST)
    for seat in ("police.leader", "social.member"):
        assert ("raised", shown) in status(above, seat, LAST)
    read = page(above, "police.leader", f"/styring/{above.partnership}/status/?halvaar={LAST.key}")
    assert ("færre end 5" in read) == (shown is None)


@pytest.mark.req("R-000-154")
def test_nothing_of_citizens_is_counted_before_the_half_year_is_over(above: World) -> None:
    """Else one could look each day, and see from the difference that one case was raised."""
    raised(above)
    found = dict(status(above, "police.leader", selectors.current_half()))
    assert {key: found[key] for key in ("raised", "closed", "told", "not_told")} == dict.fromkeys(
        ("raised", "closed", "told", "not_told"), ""
    )
    assert found["meetings"] == 0


@pytest.mark.req("R-000-154")
def test_strangers_are_told_no_number(above: World, owner_connection: psycopg.Connection) -> None:
    many(above, owner_connection, 9, LAST)
    url = f"/styring/{above.partnership}/status/"
    assert sit(above, "outside.member").get(url).status_code == 404
    for seat in ("police.frontline", "police.screener", "police.admin", "police.dpo"):
        assert sit(above, seat).get(url).status_code == 403
        assert sit(above, seat).get("/styring/").status_code == 403
    for seat in ("outside.member", "police.frontline", "police.admin"):
        with acting(above.seats[seat].token), connection.cursor() as cursor:
            cursor.execute("select * from steering_status(%s, %s, %s)", [above.partnership, LAST.year, LAST.half])
            assert cursor.fetchall() == []


@pytest.mark.req("R-000-141")
def test_absences_stand_in_the_report(above: World, owner_connection: psycopg.Connection) -> None:
    pen = Pen(owner_connection)
    when = f"{LAST.year}-{LAST.half * 6 - 3:02}-15 09:00"
    of_group = {"partnership_id": above.partnership, "group_id": above.group}
    meeting = pen.put("meetings_meeting", **of_group, starts_at=when, state="held")
    seats = owner_connection.execute(
        "select id from partnerships_membership where group_id = %s order by id", [above.group]
    ).fetchall()
    for (seat,), state in zip(seats, ("present", "excused", "absent"), strict=True):
        pen.put("meetings_attendance", **of_group, meeting_id=meeting, membership_id=seat, state=state)
    owner_connection.commit()
    found = dict(status(above, "police.leader", LAST))
    assert [found[key] for key in ("meetings", "present", "excused", "absent", "phone")] == [1, 1, 1, 1, 0]


@pytest.mark.req("R-000-140")
def test_no_arrow_or_colour_judges_a_number(above: World, owner_connection: psycopg.Connection) -> None:
    many(above, owner_connection, 9, LAST)
    for url in ("/styring/", f"/styring/{above.partnership}/status/?halvaar={LAST.key}"):
        main = page(above, "police.leader", url)
        main = main[main.index("<main") : main.index("</main")]
        assert not re.search(r"[↑↓▲▼↗↘]|badge|alert|success|warning|error|#arrow|%", main)


@pytest.mark.req("R-000-154")
def test_a_steering_member_meets_no_person(above: World) -> None:
    case = raised(above)
    leader = sit(above, "police.leader")
    for url in ("/", "/styring/", "/systemhuller/", f"/styring/{above.partnership}/status/"):
        read = leader.get(url).content.decode()
        assert NAME not in read
        assert case.reference not in read
    assert leader.get(f"/sager/{case.pk}/").status_code == 404


def test_terms_come_in_versions_and_the_newest_in_force_is_shown(above: World) -> None:
    url = f"/styring/gruppe/{above.authorities['steering_group']}/kommissorium/"
    leader = sit(above, "police.leader")
    today = timezone.localdate()
    for purpose, day in (("Fælles mål", today), ("Nye mål", today + timedelta(days=30))):
        typed = {"purpose": purpose, "tasks": "Rammer", "in_force_from": day.strftime("%d.%m.%Y")}
        assert leader.post(url, typed).status_code == 302
    read = page(above, "social.member", url)
    assert "<h2>Formål</h2><p>Fælles mål</p>" in read
    assert "Udgave 2" in read
    assert sit(above, "social.member").post(url, {"purpose": "x"}).status_code == 404
    with acting(above.seats["police.leader"].token):
        assert [one.version for one in Terms.objects.order_by("version")] == [1, 2]


def answer(world: World, seat: str, **typed: str) -> HttpResponse:
    """Answer this year's questions from the page as it looks to this person."""
    url = f"/styring/gruppe/{world.group}/evaluering/{timezone.localdate().year}/"
    read = page(world, seat, url)
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', read)
    return sit(world, seat).post(url, {"seen": seen.group(1) if seen else "", **typed})


@pytest.mark.req("R-001-18")
def test_each_authority_answers_the_reports_questions_for_itself(above: World) -> None:
    url = f"/styring/gruppe/{above.group}/evaluering/{timezone.localdate().year}/"
    read = page(above, "police.member", url)
    assert len(QUESTIONS) >= 17
    for question in QUESTIONS:
        assert str(question.text) in read
    assert answer(above, "police.member", trust="Ja, mere end sidst.").status_code == 302
    assert answer(above, "social.member", trust="Det svinger.").status_code == 302
    assert answer(above, "police.member", trust="Ja.", time="Nej.").status_code == 302
    read = page(above, "police.leader", url)
    assert "Det svinger." in read
    assert "Nej." in read
    with acting(above.seats["police.leader"].token):
        assert EvaluationAnswer.objects.count() == 3
    assert sit(above, "police.leader").post(url, {"trust": "x"}).status_code == 404, "not at that table"


def test_a_colleagues_answer_is_not_overwritten(above: World) -> None:
    url = f"/styring/gruppe/{above.group}/evaluering/{timezone.localdate().year}/"
    answer(above, "police.member", trust="Ja.")
    late = sit(above, "police.member").post(url, {"seen": "", "trust": "Mine ord"})
    assert late.status_code == 200
    assert "Mine ord" in late.content.decode()
    with acting(above.seats["police.member"].token):
        assert EvaluationAnswer.objects.get().text == "Ja."


@pytest.mark.req("R-000-145")
@pytest.mark.req("R-000-6")
def test_a_decision_flows_down_and_what_was_done_comes_back(above: World) -> None:
    group = above.authorities["steering_group"]
    typed = {
        "title": "Fast kontaktperson ved udskrivning", "text": "Psykiatrien melder ud, hvem det er.",
        "decided_on": timezone.localdate().strftime("%d.%m.%Y"), "to": [str(above.group)],
    }  # fmt: skip
    assert sit(above, "police.leader").post(f"/styring/gruppe/{group}/beslutning/", typed).status_code == 302
    with acting(above.seats["social.member"].token) as actor:
        assert open_tasks(actor).filter(kind=TaskKind.DECISION).count() == 1
        decision = SteeringDecision.objects.get()
    url = f"/styring/beslutninger/{decision.pk}/"
    assert typed["title"] in page(above, "social.member", "/styring/")
    assert sit(above, "social.member").post(url, {"done": "Aftalt på mødet i dag."}).status_code == 302
    assert "Aftalt på mødet i dag." in page(above, "police.leader", url)
    with acting(above.seats["social.member"].token) as actor:
        assert not open_tasks(actor).filter(kind=TaskKind.DECISION).exists()
        assert DecisionReceipt.objects.get().taken_on == timezone.localdate()
    assert sit(above, "police.leader").post(url, {"done": "x"}).status_code == 404, "it was not for them"
    assert sit(above, "social.member").get(f"/styring/gruppe/{above.group}/beslutning/").status_code == 404
    assert sit(above, "outside.member").get(url).status_code == 404


@pytest.mark.parametrize("words", ["Se 611180-1234", "6111801234 er flyttet"])
def test_a_number_is_refused_everywhere(above: World, words: str) -> None:
    assert "CPR-nummer" in answer(above, "police.member", trust=words).content.decode()
    with acting(above.seats["police.member"].token):
        assert not EvaluationAnswer.objects.exists()
