"""The live table: who sees what, what is told there, what is half written, and what the version says."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samsvar.cases.models import Action, Case, FollowUp
from samsvar.cases.services import answering
from samsvar.cases.services.responsibility import current
from samsvar.cases.services.work import set_next
from samsvar.law.warnings import has_cpr
from samsvar.meetings.models import AgendaItem, Attendance, Decision, Draft, Meeting, MeetingState
from samsvar.meetings.selectors import live as live_selectors
from samsvar.meetings.services import conducting
from samsvar.meetings.services import live as live_services
from samsvar.meetings.services.errors import MeetingError
from samsvar.partnerships.models import Authority, Membership
from samsvar.postgres.actor import acting, attempt
from samsvar.sharing.models import Channel, Contribution, Disclosure
from tests.clients import sit
from tests.meetings.test_meeting import outcome, plan_one, raise_one
from tests.world import World


def send(client: Client, name: str, *ids: UUID, **data: object) -> dict:
    """Send one thing from the live table; the answer's JSON, with its status."""
    answer = client.post(reverse(f"meetings:live_{name}", args=ids), data)
    return {"status": answer.status_code, **(answer.json() if answer.content else {})}


def ready(world: World, seat: str, case: Case, text: str, necessity: str) -> Contribution:
    """A contribution that was prepared at home."""
    with acting(world.seats[seat].token) as actor:
        return answering.answer(actor, case, "contributes", text=text, information_type="social", necessity=necessity)


def stands(case: Case, meeting: Meeting) -> dict[str, str]:
    """What a form on the screen carries of how it stands."""
    item = AgendaItem.objects.filter(meeting=meeting, case=case).first()
    return {"holding": str(current(case).pk), "seen": conducting.seen_stamp(item)}


def test_the_page_shows_the_agenda_and_the_item_the_table_is_at(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    client = sit(world, "social.member")
    assert send(client, "turn", meeting.pk, case.pk)["status"] == 200
    for name in ("live", "live_parts"):
        body = sit(world, "psychiatry.member").get(reverse(f"meetings:{name}", args=[meeting.pk])).content.decode()
        assert f'data-up="{case.pk}"' in body
        assert f'data-shown="{case.pk}"' in body
        assert "Intet nyt" in body


def test_one_who_is_not_in_the_case_sees_neither_it_nor_that_the_table_is_at_it(world: World) -> None:
    case, meeting = raise_one(world, to=("social",)), plan_one(world, 0)
    assert send(sit(world, "social.member"), "turn", meeting.pk, case.pk)["status"] == 200
    outsider = sit(world, "psychiatry.member")
    body = outsider.get(reverse("meetings:live_parts", args=[meeting.pk]) + f"?sag={case.pk}").content.decode()
    assert str(case.pk) not in body
    assert case.reference not in body
    assert outsider.post(reverse("meetings:live_turn", args=[meeting.pk, case.pk])).status_code == 404


def test_the_clock_runs_for_one_item_at_a_time(world: World, owner_connection: psycopg.Connection) -> None:
    first, second, meeting = raise_one(world), raise_one(world), plan_one(world, 0)
    with acting(world.seats["social.member"].token) as actor:
        live_services.turn_to(actor, meeting, first)
        AgendaItem.objects.filter(case=first).update(opened_at=timezone.now() - timedelta(seconds=90))
        live_services.turn_to(actor, meeting, second)
        one, other = AgendaItem.objects.get(case=first), AgendaItem.objects.get(case=second)
        assert one.opened_at is None
        assert 89 <= one.seconds <= 95
        assert other.opened_at is not None
        up = live_selectors.up_now(actor, meeting)
        assert up is not None
        assert up.case_id == second.pk
        assert live_selectors.clock_of(one).said == "1:30"


def test_the_clock_stops_when_whoever_leads_leaves_and_not_another_items(world: World) -> None:
    first, second, meeting = raise_one(world), raise_one(world, to=("social",)), plan_one(world, 0)
    client = sit(world, "social.member")
    for case in (first, second):
        assert send(client, "turn", meeting.pk, case.pk)["status"] == 200
    # The table has gone on: who leaves with an older page stops nothing.
    assert send(client, "leave", meeting.pk, first.pk)["status"] == 200
    assert (
        sit(world, "psychiatry.member").post(reverse("meetings:live_leave", args=[meeting.pk, second.pk])).status_code
        == 404
    )
    with acting(world.seats["social.member"].token) as actor:
        up = live_selectors.up_now(actor, meeting)
        assert up is not None
        assert up.case_id == second.pk
        AgendaItem.objects.filter(case=second).update(opened_at=timezone.now() - timedelta(seconds=90))
    for _again in range(2):
        assert send(client, "leave", meeting.pk, second.pk)["status"] == 200
    with acting(world.seats["social.member"].token) as actor:
        assert live_selectors.up_now(actor, meeting) is None
        assert 89 <= AgendaItem.objects.get(case=second).seconds <= 95
    # Back at the table it runs on from there
    assert send(client, "turn", meeting.pk, second.pk)["status"] == 200
    with acting(world.seats["social.member"].token):
        assert live_selectors.clock_of(AgendaItem.objects.get(case=second)).now >= 89


def test_intet_nyt_keeps_holder_and_takes_a_new_date(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    with acting(world.seats["social.member"].token):
        set_next(case, "Ser til ham hjemme", timezone.localdate() + timedelta(days=2))
        given = stands(case, meeting)
        holder = current(case).authority_id
    day = timezone.localdate() + timedelta(days=28)
    answer = send(
        sit(world, "social.member"), "decide", meeting.pk, case.pk, decision="nothing_new", next_on=day, **given
    )
    assert answer["status"] == 200, answer
    with acting(world.seats["psychiatry.member"].token):
        case.refresh_from_db()
        assert (case.next_step, case.next_on) == ("Ser til ham hjemme", day)
        assert current(case).authority_id == holder


def test_a_step_whose_day_has_gone_asks_for_a_new_one_and_is_not_let_go(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    step, gone = "Ser til ham hjemme", timezone.localdate() - timedelta(days=9)
    with acting(world.seats["social.member"].token):
        set_next(case, step, gone)
        given = stands(case, meeting)
    client = sit(world, "social.member")
    for name in ("live_parts", "item"):
        address = reverse(f"meetings:{name}", args=[meeting.pk, *([case.pk] if name == "item" else [])])
        page = client.get(address, {"sag": str(case.pk)})
        assert "Dagen er gået" in page.content.decode()
        assert page.context["decision"]["next_on"].value() is None
        assert "Dagen gik:" in page.content.decode()
    for decision in ({"decision": "nothing_new"}, {"decision": "placed", "note": "A"}):
        for words in ({"next_step": step}, {}):
            refused = send(client, "decide", meeting.pk, case.pk, **decision, **words, **given)
            assert refused["status"] == 400
            assert "Sæt en ny dag" in refused["errors"]["next_on"][0]
    with acting(world.seats["social.member"].token):
        case.refresh_from_db()
        assert (case.next_step, case.next_on) == (step, gone)
    day = timezone.localdate() + timedelta(days=14)
    answer = send(client, "decide", meeting.pk, case.pk, decision="nothing_new", next_on=day, **given)
    assert answer["status"] == 200, answer
    with acting(world.seats["social.member"].token):
        case.refresh_from_db()
        assert (case.next_step, case.next_on) == (step, day)
        set_next(case, step, gone)
        given = stands(case, meeting)
    # Another step comes instead of it, with a day or without
    answer = send(client, "decide", meeting.pk, case.pk, decision="placed", note="A", next_step="Ringer", **given)
    assert answer["status"] == 200, answer
    with acting(world.seats["social.member"].token):
        case.refresh_from_db()
        assert (case.next_step, case.next_on) == ("Ringer", None)


@pytest.mark.req("R-000-76")
def test_the_same_decision_sent_again_after_a_lost_answer_is_one_decision(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    with acting(world.seats["social.member"].token):
        given = stands(case, meeting)
    client = sit(world, "social.member")
    for _turn in range(2):
        answer = send(client, "decide", meeting.pk, case.pk, decision="followed_up", note="Han har fået seng.", **given)
        assert answer["status"] == 200, answer
    with acting(world.seats["social.member"].token):
        assert FollowUp.objects.filter(case=case).count() == 1


def test_a_second_editor_is_told_and_keeps_both_texts_in_reach(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    with acting(world.seats["social.member"].token):
        given = stands(case, meeting)
    first = send(sit(world, "social.member"), "decide", meeting.pk, case.pk, decision="general", note="A", **given)
    assert first["status"] == 200
    other = sit(world, "psychiatry.member")
    second = send(other, "decide", meeting.pk, case.pk, decision="general", note="B", **given)
    assert second["status"] == 409
    assert "Member Social" in second["errors"][""][0]
    again = send(other, "decide", meeting.pk, case.pk, decision="general", note="B", **{**given, **second["now"]})
    assert again["status"] == 200, again


def test_what_is_half_written_is_ones_own_and_goes_when_it_is_sent(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    client = sit(world, "social.member")
    data = {"sag": case.pk, "beslut.note": "Halvt skrev", "findes.ikke": "x"}
    assert client.post(reverse("meetings:live_draft", args=[meeting.pk]), data).json() == {
        "kept": ["beslut.note"],
        "not_kept": {},
    }
    page = reverse("meetings:live_parts", args=[meeting.pk]) + f"?sag={case.pk}"
    assert "Halvt skrev" in client.get(page).content.decode()
    assert "Halvt skrev" not in sit(world, "psychiatry.member").get(page).content.decode()
    with acting(world.seats["psychiatry.member"].token):
        assert Draft.objects.count() == 0
        given = stands(case, meeting)
    assert send(client, "decide", meeting.pk, case.pk, decision="general", note="Helt", **given)["status"] == 200
    with acting(world.seats["social.member"].token):
        assert Draft.objects.count() == 0


def test_a_number_is_not_kept_while_it_is_typed_and_the_writer_is_told(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    client, url = sit(world, "social.member"), reverse("meetings:live_draft", args=[meeting.pk])
    half = {"sag": case.pk, "beslut.note": "Han er født 611180-12"}
    assert client.post(url, half).json()["kept"] == ["beslut.note"]
    whole = {"sag": case.pk, "beslut.note": "Han er født 611180-1234", "beslut.next_step": "Ringer"}
    answer = client.post(url, whole).json()
    assert answer["kept"] == ["beslut.next_step"]
    assert set(answer["not_kept"]) == {"beslut.note"}
    assert "CPR-nummer" in answer["not_kept"]["beslut.note"]
    with acting(world.seats["social.member"].token):
        # Nor is the half of it that lay there.
        assert [(row.field, row.text) for row in Draft.objects.all()] == [("beslut.next_step", "Ringer")]
    frame = client.post(url, {"orientation.text": "Aage, 6111801234"}).json()
    assert frame["kept"] == []
    assert "CPR-nummer" in frame["not_kept"]["orientation.text"]
    assert client.post(url, {"sag": case.pk, "beslut.note": "Han er født i 1980"}).json()["not_kept"] == {}


@pytest.mark.attack
def test_the_database_keeps_no_number_in_what_is_half_written(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    client, url = sit(world, "social.member"), reverse("meetings:live_draft", args=[meeting.pk])
    assert client.post(url, {"sag": case.pk, "beslut.note": "Halvt"}).status_code == 200
    for number in ("611180-1234", "6111801234", "61 11 80 12 34", "６１１１８０１２３４", "611180–1234"):
        assert has_cpr(number)
        with acting(world.seats["social.member"].token):
            with pytest.raises(ProgrammingError, match="row-level security"), attempt():
                Draft.objects.update(text=f"Han er {number}")
            assert Draft.objects.get().text == "Halvt"
    with acting(world.seats["social.member"].token):
        assert Draft.objects.update(text="Telefon 12 34 56 78, sag 2026-001") == 1


@pytest.mark.req("R-000-97")
def test_a_prepared_contribution_is_told_with_one_press_to_those_in_the_room(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    made = ready(world, "social.member", case, "Han har ingen bolig.", "De skal vide, hvor han kan findes.")
    with acting(world.seats["social.member"].token) as actor:
        people = {
            one.capacity.authority_id: one.pk
            for one in Membership.objects.filter(group_id=meeting.group_id).select_related("capacity")
        }
        there = [world.authorities[name] for name in ("social", "police")]
        conducting.attend(actor, meeting, {people[one]: Attendance.State.PRESENT for one in there})
    answer = send(sit(world, "social.member"), "tell", meeting.pk, case.pk, made.pk)
    assert answer["status"] == 200, answer
    with acting(world.seats["social.member"].token):
        told = Disclosure.objects.get(subject_id=made.pk)
        assert told.channel == Channel.MEETING
        assert told.necessity == "De skal vide, hvor han kan findes."
    for seat, sees in (("police.member", True), ("psychiatry.member", False)):
        with acting(world.seats[seat].token):
            assert Contribution.objects.filter(pk=made.pk).exists() is sees
    # Sent again, nobody is told twice.
    assert send(sit(world, "social.member"), "tell", meeting.pk, case.pk, made.pk)["status"] == 200
    with acting(world.seats["social.member"].token):
        assert Disclosure.objects.filter(subject_id=made.pk).count() == 1


def test_a_contribution_without_a_why_asks_for_it(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    made = ready(world, "social.member", case, "Han har ingen bolig.", "")
    client = sit(world, "social.member")
    answer = send(client, "tell", meeting.pk, case.pk, made.pk)
    assert answer["status"] == 400
    assert answer["ask"] == str(made.pk)
    assert send(client, "tell", meeting.pk, case.pk, made.pk, necessity="De skal finde ham.")["status"] == 200


@pytest.mark.req("R-000-72", "R-000-161")
def test_those_who_are_not_in_the_case_leave_for_the_item_and_it_is_noted(world: World) -> None:
    case, meeting = raise_one(world, to=("social",)), plan_one(world, 0)
    with acting(world.seats["social.member"].token) as actor:
        stranger = Membership.objects.get(group_id=meeting.group_id, capacity=world.seats["psychiatry.member"].post)
        conducting.attend(actor, meeting, {stranger.pk: Attendance.State.PRESENT})
    client = sit(world, "social.member")
    page = reverse("meetings:live_parts", args=[meeting.pk]) + f"?sag={case.pk}"
    assert "De går ud under punktet" in client.get(page).content.decode()
    assert send(client, "room", meeting.pk, case.pk, away=[stranger.pk])["status"] == 200
    assert "De går ud under punktet" not in client.get(page).content.decode()
    with acting(world.seats["social.member"].token):
        item = AgendaItem.objects.get(case=case)
        assert (item.away, item.hearing) == ([stranger.pk], "leave_room")


def test_the_wall_shows_no_name(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    with acting(world.seats["police.member"].token):
        set_next(case, "Ringer til Aage Prøvesen", None)
    client = sit(world, "police.member")
    page = reverse("meetings:live_parts", args=[meeting.pk]) + f"?sag={case.pk}"
    assert "Aage Prøvesen" in client.get(page).content.decode()
    wall = client.get(f"{page}&projektor=1").content.decode()
    assert case.reference in wall
    assert "Aage" not in wall
    assert "Prøvesen" not in wall
    assert "borgeren" in wall
    assert "Intet nyt" in wall


def test_who_does_what_is_agreed_once_however_often_it_is_sent(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    client = sit(world, "social.member")
    data = {
        "aftale-authority": world.authorities["social"],
        "aftale-what": "Ser til ham hjemme",
        "aftale-if_it_slips": "Ringer",
    }
    for _turn in range(2):
        assert send(client, "agree", meeting.pk, case.pk, **data)["status"] == 200
    with acting(world.seats["social.member"].token):
        assert Action.objects.filter(case=case).count() == 1


@pytest.mark.parametrize("words", [("Ring 611180-1234", "Ringer"), ("Ser til ham", "Ring 611180-1234")])
def test_what_is_agreed_takes_no_number_of_a_person_whoever_asks(world: World, words: tuple[str, str]) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    with acting(world.seats["social.member"].token) as actor:
        authority = Authority.objects.get(pk=world.authorities["social"])
        with pytest.raises(MeetingError, match="CPR-nummer"):
            live_services.agree_here(actor, meeting, case, authority, what=words[0], if_it_slips=words[1])
    data = {
        "aftale-authority": world.authorities["social"],
        "aftale-what": words[0],
        "aftale-if_it_slips": words[1],
    }
    answer = send(sit(world, "social.member"), "agree", meeting.pk, case.pk, **data)
    assert answer["status"] == 400
    assert "CPR-nummer" in answer["errors"][""][0]
    with acting(world.seats["social.member"].token):
        assert not Action.objects.filter(case=case).exists()


@pytest.mark.req("R-000-87")
def test_no_item_is_without_an_outcome_when_the_meeting_is_over(world: World) -> None:
    ours, theirs, meeting = raise_one(world), raise_one(world, to=("psychiatry",)), plan_one(world, 0)
    client = sit(world, "social.member")
    first = send(client, "end", meeting.pk)
    assert (first["status"], first["unfinished"]) == (409, True)
    assert ours.reference in first["errors"][""][0]
    assert theirs.reference not in first["errors"][""][0]
    assert send(client, "end", meeting.pk, all_the_same="1")["status"] == 200
    with acting(world.seats["police.member"].token):
        assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.HELD
        items = AgendaItem.objects.filter(meeting=meeting)
        assert {item.case_id for item in items} == {ours.pk, theirs.pk}
        assert {item.decision for item in items} == {Decision.POSTPONED}
        assert all(item.holder_id == world.authorities["police"] for item in items)


def test_the_version_is_for_those_at_the_table(world: World) -> None:
    raise_one(world)
    since = reverse("meetings:live_since", args=[plan_one(world, 0).pk])
    watcher = sit(world, "psychiatry.member")
    version = watcher.get(since).json()["version"]
    assert version > 0
    assert watcher.get(since, {"v": version}).status_code == 204
    strangers = [Client(), sit(world, "outside.member"), sit(world, "social.frontline")]
    assert {client.get(since).status_code for client in strangers} == {404}


def test_the_version_moves_when_something_changes_at_the_table(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    since = reverse("meetings:live_since", args=[meeting.pk])
    watcher = sit(world, "psychiatry.member")
    seen = [watcher.get(since).json()["version"]]

    def moved() -> bool:
        seen.append(watcher.get(since).json()["version"])
        return seen[-1] > seen[-2]

    assert not moved()
    with acting(world.seats["social.member"].token) as actor:
        live_services.turn_to(actor, meeting, case)
    assert moved()
    made = ready(world, "social.member", case, "Han bor hos sin søster.", "De skal finde ham.")
    moved()
    with acting(world.seats["social.member"].token) as actor:
        live_services.tell_here(actor, meeting, case, made)
    assert moved()
    with acting(world.seats["police.member"].token) as actor:
        conducting.decide(actor, meeting, case, outcome(case, Decision.NOTHING_NEW))
    assert moved()
    with acting(world.seats["police.member"].token) as actor:
        conducting.orient(actor, meeting, "Ny leder", seen="")
    assert moved()
    with acting(world.seats["police.member"].token) as actor:
        live_services.keep_draft(actor, meeting, case.pk, {"beslut.note": "Halvt"})
    assert not moved()


def test_an_unchanged_table_costs_one_small_question(world: World) -> None:
    meeting = plan_one(world, 0)
    watcher = sit(world, "psychiatry.member")
    since = reverse("meetings:live_since", args=[meeting.pk])
    answer = watcher.get(since)
    version = answer.json()["version"]
    with CaptureQueriesContext(connection) as asked:
        assert watcher.get(since, {"v": version}).status_code == 204
    about = [query["sql"] for query in asked if "django_session" not in query["sql"]]
    assert len(about) == 1, about
    assert "meetings_version" in about[0]


@pytest.mark.attack
def test_a_change_in_a_case_that_one_does_not_see_is_not_counted(world: World) -> None:
    meeting = plan_one(world, 0)
    case = raise_one(world, to=("social",))
    since = reverse("meetings:live_since", args=[meeting.pk])
    inside, outside = sit(world, "social.member"), sit(world, "psychiatry.member")
    seen = [one.get(since).json()["version"] for one in (inside, outside)]
    with acting(world.seats["police.member"].token):
        set_next(case, "Ring til hende", None)
    now = [one.get(since).json()["version"] for one in (inside, outside)]
    assert now[0] > seen[0]
    assert now[1] == seen[1]


@pytest.mark.req("R-003-48")
def test_a_group_that_shares_at_its_meetings_alone_shares_nothing_between_them(
    world: World, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute("update partnerships_group set only_at_meetings = true")
    owner_connection.commit()
    meeting = plan_one(world, 0)
    case = raise_one(world, to=("social",))
    social = sit(world, "social.member")
    sent = {
        "text": "Har fået en seng",
        "information_type": "social",
        "receivers": [world.authorities["police"]],
        "necessity": "De skal vide hvor",
        "way": "pass",
        "looked": "1",
    }
    refused = social.post(reverse("cases:contribute", args=[case.pk]), sent)
    assert "Her deler I kun på møderne" in refused.content.decode()
    assert "Har fået en seng" in refused.content.decode()
    with acting(world.seats["social.member"].token):
        assert not Contribution.objects.exists()
    # At the meeting it is told as ever, and what is acute does not wait for one.
    assert social.post(reverse("meetings:live_attend", args=[meeting.pk]), {"alle": "1"}).status_code == 200
    with acting(world.seats["social.member"].token) as actor:
        said = live_services.contribute_here(
            actor, meeting, case, text="Har fået en seng", information_type="social", necessity="De skal vide hvor"
        )
        assert live_services.tell_here(actor, meeting, case, said)
    acute = {**sent, "text": "Truer med at springe", "purpose": "acute"}
    assert social.post(reverse("cases:contribute", args=[case.pk]), acute).status_code == 302
