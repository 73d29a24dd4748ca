"""A group meets: every open case is on the agenda, each gets one outcome, and none is left without a holder."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import ProgrammingError, connection
from django.utils import timezone

from samsvar.audit.models import LogRow
from samsvar.cases.models import Case, CloseReason, FollowUp, Standing
from samsvar.cases.services.closing import close
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.cases.services.raising import Facts, raise_case
from samsvar.cases.services.responsibility import current
from samsvar.cases.services.work import agree
from samsvar.citizens.services import identify
from samsvar.meetings.models import AgendaItem, Attendance, Decision, ItemKind, Meeting, MeetingState
from samsvar.meetings.selectors import agendas
from samsvar.meetings.services import conducting
from samsvar.partnerships.models import Authority, Group
from samsvar.postgres.actor import acting, attempt
from samsvar.tasks.models import TaskKind
from samsvar.tasks.selectors import open_tasks
from tests.clients import sit
from tests.world import World


def raise_one(world: World, by: str = "police.member", to: tuple[str, ...] = ("social", "psychiatry")) -> Case:
    """A case at the world's table."""
    with acting(world.seats[by].token) as actor:
        return raise_case(
            actor,
            group=Group.objects.select_related("partnership").get(pk=world.group),
            identity=identify(actor, partnership_id=world.partnership, name="Aage Prøvesen", cpr="6111801234"),
            parties=list(Authority.objects.filter(pk__in=[world.authorities[name] for name in to])),
            facts=Facts(why_serious="Sover ude i frost", means_exhausted="Vi kan ikke mere", traits=["invisible"]),
            necessity="De andre skal kunne slå op, om de kender ham.",
        )


def plan_one(world: World, days: int = 7, by: str = "social.member") -> Meeting:
    """A planned meeting of the world's group."""
    with acting(world.seats[by].token) as actor:
        group = Group.objects.select_related("partnership").get(pk=world.group)
        return conducting.plan(actor, group, timezone.now() + timedelta(days=days))


def comes_to(meeting: Meeting, when: datetime) -> None:
    """Put a planned meeting at this hour: the database goes by its own clock, so the meeting comes to the day."""
    meeting.starts_at = when
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=when)


@contextmanager
def on_the_day(meeting: Meeting) -> Iterator[None]:
    """The hour at which a planned meeting begins."""
    comes_to(meeting, timezone.now())
    yield


def outcome(case: Case, decision: Decision, **more: object) -> conducting.Outcome:
    """A decision from a screen that shows how the case stands now."""
    return conducting.Outcome(decision, current(case).pk, **more)  # type: ignore[arg-type]


@pytest.mark.req("R-000-56")
def test_a_new_case_is_on_the_agenda_by_itself(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    with acting(world.seats["psychiatry.member"].token) as actor:
        (line,) = agendas.agenda(actor, meeting).lines
        assert line.case.pk == case.pk
        assert line.kind == ItemKind.NEW
        assert line.holding is not None
        assert line.holding.authority_id == world.authorities["police"]


@pytest.mark.req("R-000-87")
@pytest.mark.req("R-000-56")
def test_an_open_case_returns_at_each_meeting_until_it_is_closed(world: World) -> None:
    case = raise_one(world)
    for days in (7, 14, 21):
        meeting = plan_one(world, days)
        with acting(world.seats["social.member"].token) as actor:
            lines = agendas.agenda(actor, meeting).lines
            assert [line.case.pk for line in lines] == [case.pk]
            assert lines[0].kind == (ItemKind.NEW if days == 7 else ItemKind.FOLLOW_UP)
            with on_the_day(meeting):
                conducting.decide(actor, meeting, case, outcome(case, Decision.FOLLOWED_UP, note="Han har fået seng."))
                conducting.end(actor, meeting)


def test_a_case_is_on_the_agenda_of_its_parties_only(world: World) -> None:
    raise_one(world, to=("social",))
    meeting = plan_one(world)
    with acting(world.seats["psychiatry.member"].token) as actor:
        assert agendas.find(actor, meeting.pk)
        assert agendas.agenda(actor, meeting).lines == []
    with acting(world.seats["outside.member"].token) as actor:
        assert agendas.find(actor, meeting.pk) is None


@pytest.mark.attack
@pytest.mark.parametrize("change", [{"sequence": 32767}, {"minutes_version": 32767}, {"sequence": 3}])
def test_no_member_runs_a_counter_of_the_meeting_to_its_end(world: World, change: dict[str, int]) -> None:
    meeting = plan_one(world)
    with (
        pytest.raises(ProgrammingError, match="goes up by one"),
        acting(world.seats["police.member"].token),
    ):
        Meeting.objects.filter(pk=meeting.pk).update(**change)


@pytest.mark.req("R-000-58")
def test_each_party_is_asked_to_prepare_a_new_case(world: World) -> None:
    case = raise_one(world, to=("social",))
    plan_one(world)
    for seat, expected in (("police.member", 1), ("social.member", 1), ("psychiatry.member", 0)):
        with acting(world.seats[seat].token) as actor:
            assert open_tasks(actor).filter(kind=TaskKind.PREPARE, subject_id=case.pk).count() == expected


@pytest.mark.req("R-000-58")
def test_nobody_is_asked_twice_to_prepare(world: World) -> None:
    raise_one(world)
    plan_one(world, 14)
    meeting = plan_one(world, 7)
    with acting(world.seats["social.member"].token) as actor:
        conducting.prepare(actor, meeting.group)
        (task,) = open_tasks(actor).filter(kind=TaskKind.PREPARE)
        assert task.due_on == timezone.localdate(meeting.starts_at)


def test_a_stranger_cannot_ask_anybody_to_prepare(world: World) -> None:
    raise_one(world)
    meeting = plan_one(world)
    with acting(world.seats["social.member"].token) as actor:
        conducting.call_off(actor, meeting)
        open_tasks(actor).filter(kind=TaskKind.PREPARE).update(done_at=timezone.now())
    raise_one(world)
    with acting(world.seats["outside.member"].token) as actor:
        conducting.prepare(actor, meeting.group)
    with acting(world.seats["social.member"].token) as actor:
        assert not open_tasks(actor).filter(kind=TaskKind.PREPARE).exists()


@pytest.mark.req("R-000-76")
def test_the_table_places_the_responsibility(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    with acting(world.seats["social.member"].token) as actor:
        social = Authority.objects.get(pk=world.authorities["social"])
        item = conducting.decide(
            actor,
            meeting,
            case,
            outcome(case, Decision.PLACED, holder=social, note="Bolig", next_step="Ringe til ham"),
        )
        holding = current(case)
        assert (holding.authority_id, holding.meeting_id) == (social.pk, meeting.pk)
        case.refresh_from_db()
        assert (case.standing, case.next_step) == (Standing.PLACED, "Ringe til ham")
        assert (item.holder_id, item.next_step) == (social.pk, "Ringe til ham")


def test_before_the_meeting_nobody_places_it_with_another_and_on_the_day_the_table_does(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    with acting(world.seats["social.member"].token) as actor:
        psychiatry = Authority.objects.get(pk=world.authorities["psychiatry"])
        placed = outcome(case, Decision.PLACED, holder=psychiatry, note="Behandling")
        with pytest.raises(conducting.MeetingError, match="ikke holdt endnu"):
            conducting.decide(actor, meeting, case, placed)
        assert current(case).authority_id == world.authorities["police"]
        with on_the_day(meeting):
            conducting.decide(actor, meeting, case, placed)
        assert current(case).authority_id == psychiatry.pk


def test_closing_at_the_table_asks_what_becomes_of_an_unanswered_proposal(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    with acting(world.seats["social.member"].token) as actor:
        police = Authority.objects.get(pk=world.authorities["police"])
        agree(actor, case, police, what="Holder øje", if_it_slips="Ringer")
    client = sit(world, "social.member")
    url = f"/moeder/{meeting.pk}/sag/{case.pk}/"
    page = client.get(url)
    assert "Foreslået til Prøvekredsens Politi: Holder øje – afventer svar." in page.content.decode()
    assert "Næste skridt er ikke aftalt" not in page.content.decode()
    given = {
        "decision": "closed",
        "close_reason": "solved",
        "sure": "on",
        "note": "Han bor godt nu",
        "holding": str(page.context["decision"].initial["holding"]),
        "seen": "",
    }
    assert "proposals" in client.post(url, given).context["decision"].errors
    assert client.post(url, {**given, "proposals": "dropped"}).status_code == 302


@pytest.mark.req("R-000-76")
@pytest.mark.req("R-000-83")
@pytest.mark.parametrize(
    ("decision", "standing"),
    [
        (Decision.AWAITING_INFORMATION, Standing.AWAITING_INFORMATION),
        (Decision.AWAITING_MANDATE, Standing.AWAITING_MANDATE),
        (Decision.WAIT_UNTIL, Standing.WAIT_UNTIL),
        (Decision.GENERAL, Standing.RAISED),
    ],
)
def test_no_outcome_leaves_a_case_without_holder_or_out_of_sight(
    world: World, decision: Decision, standing: Standing
) -> None:
    case, meeting = raise_one(world), plan_one(world)
    with acting(world.seats["social.member"].token) as actor:
        conducting.decide(
            actor,
            meeting,
            case,
            outcome(
                case,
                decision,
                note="Psykiatrien spørger",
                wait_until=timezone.localdate() + timedelta(days=9) if decision == Decision.WAIT_UNTIL else None,
            ),
        )
        with on_the_day(meeting):
            conducting.end(actor, meeting)
    following = plan_one(world, 14)
    with acting(world.seats["psychiatry.member"].token) as actor:
        (line,) = agendas.agenda(actor, following).lines
        assert line.case.standing == standing
        assert line.holding is not None


def test_waiting_needs_a_day_to_come(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    with acting(world.seats["social.member"].token) as actor:
        for day in (None, timezone.localdate()):
            with pytest.raises(CaseError):
                conducting.decide(actor, meeting, case, outcome(case, Decision.WAIT_UNTIL, note="Dom", wait_until=day))
        assert not AgendaItem.objects.exists()


def test_intet_nyt_keeps_holder_and_date_and_does_not_break_the_silence(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    with acting(world.seats["social.member"].token) as actor:
        day = timezone.localdate() + timedelta(days=3)
        Case.objects.filter(pk=case.pk).update(next_step="Ringe", next_on=day)
        before, holding = Case.objects.get().last_activity_at, current(case).pk
        conducting.decide(actor, meeting, case, outcome(case, Decision.NOTHING_NEW))
        case.refresh_from_db()
        assert (case.next_step, case.next_on, case.last_activity_at) == ("Ringe", day, before)
        assert current(case).pk == holding
        assert FollowUp.objects.get().nothing_new


@pytest.mark.req("R-000-89")
def test_a_case_nothing_has_happened_to_stands_out(world: World) -> None:
    case, first = raise_one(world), plan_one(world)
    with acting(world.seats["social.member"].token) as actor:
        conducting.decide(actor, first, case, outcome(case, Decision.FOLLOWED_UP, note="Set"))
        with on_the_day(first):
            conducting.end(actor, first)
    second = plan_one(world, 14)
    with acting(world.seats["social.member"].token) as actor, on_the_day(second):
        (line,) = agendas.agenda(actor, second).lines
        assert line.quiet
        conducting.decide(actor, second, case, outcome(case, Decision.FOLLOWED_UP, note="Set i dag"))
        (line,) = agendas.agenda(actor, second).lines
        assert not line.quiet


@pytest.mark.req("R-000-76")
@pytest.mark.req("R-000-93")
@pytest.mark.parametrize(("decision", "reason"), [(Decision.NOT_PSP, "not_psp"), (Decision.CLOSED, "solved")])
def test_the_table_follows_a_case_to_the_door(world: World, decision: Decision, reason: str) -> None:
    case, meeting = raise_one(world), plan_one(world)
    with acting(world.seats["social.member"].token) as actor:
        item = conducting.decide(
            actor, meeting, case, outcome(case, decision, note="Han bor godt nu", close_reason="solved")
        )
        assert item.holder_id == world.authorities["police"]
        case.refresh_from_db()
        assert (case.standing, case.close_reason) == (Standing.CLOSED, reason)
        assert [line.decided for line in agendas.agenda(actor, meeting).lines] == [True]
        with on_the_day(meeting):
            conducting.end(actor, meeting)
    with acting(world.seats["police.member"].token) as actor:
        assert agendas.agenda(actor, plan_one(world, 14)).lines == []


def test_a_meeting_is_neither_attended_nor_over_before_its_hour_is_near(world: World) -> None:
    meeting = plan_one(world)
    client = sit(world, "social.member")
    page = client.get(f"/moeder/{meeting.pk}/").content.decode()
    assert "Mødet kan sluttes fra en time før, det begynder." in page
    assert "/slut/" not in page
    assert "Alle andre er her" not in page
    table = client.get(f"/moeder/{meeting.pk}/bordet/").content.decode()
    assert "Alle andre er her" not in table
    assert "Afbud kan noteres nu." in table
    refused = client.post(f"/moeder/{meeting.pk}/bordet/fremmoede/", {"alle": "1"})
    assert refused.status_code == 400
    assert "fra en time før" in refused.json()["errors"][""][0]
    answer = client.post(f"/moeder/{meeting.pk}/slut/", {"all_the_same": "1"}, follow=True).content.decode()
    assert "kan sluttes fra en time før" in answer
    with acting(world.seats["social.member"].token) as actor:
        assert Meeting.objects.get().state == MeetingState.PLANNED
        first, second, *_others = agendas.attendance(actor, meeting)
        for _day in range(2):
            with pytest.raises(conducting.MeetingError, match="kan sluttes fra en time før"):
                conducting.end(actor, meeting)
            for state in (Attendance.State.PRESENT, Attendance.State.PHONE, Attendance.State.ABSENT):
                with pytest.raises(conducting.MeetingError, match="fra en time før"):
                    conducting.attend(actor, meeting, {first.membership.pk: state})
            # Its day has come, but its hour has not.
            comes_to(meeting, timezone.now() + timedelta(minutes=61))
        conducting.attend(actor, meeting, {first.membership.pk: Attendance.State.EXCUSED})
        # People sit down early, and then it can be ended.
        comes_to(meeting, timezone.now() + timedelta(minutes=59))
        conducting.attend(actor, meeting, {second.membership.pk: Attendance.State.PRESENT})
        # Moved to another hour it keeps what was noted, and takes the form with it again.
        comes_to(meeting, timezone.now() + timedelta(minutes=61))
        conducting.attend(actor, meeting, {second.membership.pk: Attendance.State.PRESENT})
        comes_to(meeting, min(timezone.now() + timedelta(minutes=59), timezone.localtime().replace(hour=23, minute=59)))
        conducting.end(actor, meeting)
        assert Meeting.objects.get().state == MeetingState.HELD


def ends_by_hand(world: World, meeting: Meeting, seat: str) -> bool:
    """Call the database's function as the application's role, without the service that logs it."""
    with acting(world.seats[seat].token), connection.cursor() as cursor:
        cursor.execute("select meetings_end(%s)", [meeting.pk])
        return bool(cursor.fetchone()[0])


@pytest.mark.attack
class TestEndingInTheDatabase:
    """No meeting ends, and nothing is put off, but by those at the table, on its day, in the log."""

    def test_a_meeting_to_come_is_neither_ended_nor_are_its_cases_put_off(self, world: World) -> None:
        case, meeting = raise_one(world, to=("social",)), plan_one(world, 7)
        for seat in ("psychiatry.member", "social.member", "outside.member"):
            assert not ends_by_hand(world, meeting, seat)
        with acting(world.seats["police.member"].token):
            assert Meeting.objects.get().state == MeetingState.PLANNED
            assert not AgendaItem.objects.filter(case=case).exists()

    def test_one_from_another_table_ends_nothing(self, world: World) -> None:
        raise_one(world)
        meeting = plan_one(world, 0)
        for seat in ("outside.member", "social.frontline", "social.screener"):
            assert not ends_by_hand(world, meeting, seat)
        with acting(world.seats["police.member"].token):
            assert Meeting.objects.get().state == MeetingState.PLANNED
            assert not AgendaItem.objects.exists()

    def test_no_meeting_ends_without_a_row_in_the_log(self, world: World) -> None:
        raise_one(world)
        meeting = plan_one(world, 0)
        with pytest.raises(ProgrammingError, match="in the log"):
            ends_by_hand(world, meeting, "social.member")
        with acting(world.seats["police.member"].token):
            assert Meeting.objects.get().state == MeetingState.PLANNED
            assert not AgendaItem.objects.exists()
        with acting(world.seats["social.member"].token) as actor:
            conducting.end(actor, meeting, all_the_same=True)
        assert not ends_by_hand(world, meeting, "police.member")
        with acting(world.seats["social.dpo"].token):
            assert LogRow.objects.filter(subject_id=meeting.pk, detail__state="held").count() == 1

    def test_a_meeting_is_not_written_as_held_beside_the_function_and_does_not_come_back(self, world: World) -> None:
        raise_one(world)
        meeting = plan_one(world, 0)
        only_there = "ended by meetings_end, and once"
        rows = Meeting.objects.filter(pk=meeting.pk)
        with acting(world.seats["social.member"].token):
            with pytest.raises(ProgrammingError, match=only_there), attempt():
                rows.update(state=MeetingState.HELD)
            rows.update(state=MeetingState.CALLED_OFF)
            for state in (MeetingState.HELD, MeetingState.PLANNED):
                with pytest.raises(ProgrammingError, match=only_there), attempt():
                    rows.update(state=state)

    def test_who_ends_it_decides_nothing_in_a_case_of_others(self, world: World) -> None:
        theirs, ours = raise_one(world, to=("social",)), raise_one(world)
        meeting = plan_one(world, 0)
        with acting(world.seats["psychiatry.member"].token) as actor:
            conducting.end(actor, meeting, all_the_same=True)
        with acting(world.seats["police.member"].token):
            for case, who in ((theirs, None), (ours, world.seats["psychiatry.member"].person)):
                item = AgendaItem.objects.get(case=case)
                assert (item.decision, item.decided_by_id) == (Decision.POSTPONED, who)
                assert item.holder_id == world.authorities["police"]


def test_a_meeting_warns_before_it_leaves_a_case_without_outcome(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    with acting(world.seats["social.member"].token) as actor:
        with pytest.raises(conducting.Unfinished) as warned:
            conducting.end(actor, meeting)
        assert warned.value.references == [case.reference]
        conducting.end(actor, meeting, all_the_same=True)
        assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.HELD


def test_a_meeting_that_is_over_takes_no_decision(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    with acting(world.seats["social.member"].token) as actor:
        conducting.end(actor, meeting, all_the_same=True)
        with pytest.raises(conducting.MeetingError):
            conducting.decide(actor, meeting, case, outcome(case, Decision.FOLLOWED_UP, note="Set"))


def test_two_write_the_same_item_and_one_wins(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    with acting(world.seats["social.member"].token) as actor:
        conducting.decide(actor, meeting, case, outcome(case, Decision.FOLLOWED_UP, note="Først"))
    with acting(world.seats["psychiatry.member"].token) as actor:
        with pytest.raises(Overtaken, match="Member Social"):
            conducting.decide(actor, meeting, case, outcome(case, Decision.GENERAL, note="Sidst"), seen="")
        assert AgendaItem.objects.get().note == "Først"


@pytest.mark.req("R-000-65")
def test_who_came_is_noted_for_the_meeting_and_for_each_item(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world, 0)
    with acting(world.seats["social.member"].token) as actor:
        police, *_others = agendas.attendance(actor, meeting)
        conducting.attend(actor, meeting, {police.membership.pk: Attendance.State.PRESENT})
        conducting.attend(actor, meeting, {police.membership.pk: Attendance.State.EXCUSED})
        conducting.decide(actor, meeting, case, outcome(case, Decision.GENERAL, away=[police.membership.pk]))
        assert agendas.attendance(actor, meeting)[0].state == Attendance.State.EXCUSED
        assert AgendaItem.objects.get().away == [police.membership.pk]


@pytest.mark.req("R-000-85")
def test_a_decision_is_joint_and_has_room_for_dissent(world: World) -> None:
    case, meeting = raise_one(world), plan_one(world)
    with acting(world.seats["social.member"].token) as actor:
        conducting.decide(
            actor, meeting, case, outcome(case, Decision.GENERAL, dissent="Psykiatrien ville have ventet.")
        )
    page = sit(world, "police.member").get(f"/moeder/{meeting.pk}/sag/{case.pk}/").content.decode()
    assert "Psykiatrien ville have ventet." in page


@pytest.mark.req("R-000-57")
def test_a_case_that_comes_after_the_deadline_is_on_the_agenda_and_says_so(world: World) -> None:
    with acting(world.seats["social.member"].token) as actor:
        group = Group.objects.select_related("partnership").get(pk=world.group)
        soon = timezone.now() + timedelta(days=2)
        meeting = conducting.plan(actor, group, soon, notify_until=soon - timedelta(days=5))
    case = raise_one(world)
    with acting(world.seats["social.member"].token) as actor:
        (line,) = agendas.agenda(actor, meeting).lines
        assert line.late
        assert conducting.decide(actor, meeting, case, outcome(case, Decision.GENERAL)).late


class TestOnTheScreen:
    """What a person meets in the browser."""

    def test_a_deadline_that_is_over_is_told_as_over_and_no_field_of_a_decision_is_called_voluntary(
        self, world: World
    ) -> None:
        case, later, soon = raise_one(world), plan_one(world), plan_one(world, days=2)
        client = sit(world, "social.member")
        assert "Meld sager senest" in client.get(f"/moeder/{later.pk}/").content.decode()
        frame = client.get(f"/moeder/{soon.pk}/").content.decode()
        assert "Fristen for at melde sager var" in frame
        assert "Meld sager senest" not in frame
        page = client.get(f"/moeder/{soon.pk}/sag/{case.pk}/").content.decode()
        fields = page[page.index('class="item-fields"') : page.index('class="item-save"')]
        assert "(frivilligt)" not in fields

    def test_a_member_decides_and_is_led_to_the_next_case(self, world: World) -> None:
        first, second, meeting = raise_one(world), raise_one(world), plan_one(world)
        client = sit(world, "social.member")
        page = client.get(f"/moeder/{meeting.pk}/sag/{first.pk}/")
        assert page.status_code == 200
        form = page.context["decision"]
        answer = client.post(
            f"/moeder/{meeting.pk}/sag/{first.pk}/",
            {
                "decision": "placed",
                "holder": str(world.authorities["social"]),
                "note": "Vi ringer",
                "holding": str(form.initial["holding"]),
                "seen": "",
            },
        )
        assert answer.headers["Location"] == f"/moeder/{meeting.pk}/sag/{second.pk}/"

    def test_one_who_is_overtaken_keeps_the_text(self, world: World) -> None:
        case, meeting = raise_one(world), plan_one(world)
        client = sit(world, "social.member")
        holding = client.get(f"/moeder/{meeting.pk}/sag/{case.pk}/").context["decision"].initial["holding"]
        with acting(world.seats["police.member"].token) as actor:
            conducting.decide(actor, meeting, case, outcome(case, Decision.FOLLOWED_UP, note="Politiet kørte forbi"))
        answer = client.post(
            f"/moeder/{meeting.pk}/sag/{case.pk}/",
            {"decision": "general", "note": "Mine lange ord", "holding": str(holding), "seen": ""},
        )
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "Mine lange ord" in text
        assert "Politiet kørte forbi" in text
        assert "Member Police har netop skrevet en beslutning" in text

    def test_a_case_closed_while_somebody_was_writing_gives_the_text_back(self, world: World) -> None:
        case, meeting = raise_one(world), plan_one(world)
        client = sit(world, "social.member")
        url = f"/moeder/{meeting.pk}/sag/{case.pk}/"
        given = {
            "decision": "general",
            "note": "Mine lange ord",
            "holding": str(client.get(url).context["decision"].initial["holding"]),
            "seen": "",
        }
        with acting(world.seats["police.member"].token) as actor:
            close(actor, case, CloseReason.SOLVED, note="Han bor godt nu")
        answer = client.post(url, given)
        assert answer.status_code == 409
        assert "Mine lange ord" in answer.content.decode()
        assert "Sagen er afsluttet" in answer.content.decode()
        assert client.get(url).status_code == 404
        assert client.post(f"{url}intet-nyt/", {"seen": ""}).status_code in {302, 404}

    def test_a_meeting_ended_while_somebody_was_writing_gives_the_text_back(self, world: World) -> None:
        case, meeting = raise_one(world), plan_one(world, 0)
        client = sit(world, "social.member")
        url = f"/moeder/{meeting.pk}/sag/{case.pk}/"
        holding = str(client.get(url).context["decision"].initial["holding"])
        with acting(world.seats["police.member"].token) as actor:
            conducting.end(actor, meeting, all_the_same=True)
        answer = client.post(url, {"decision": "general", "note": "Mine lange ord", "holding": holding, "seen": ""})
        assert answer.status_code == 409
        assert "Mine lange ord" in answer.content.decode()

    def test_one_key_for_nothing_new(self, world: World) -> None:
        case, meeting = raise_one(world), plan_one(world)
        client = sit(world, "social.member")
        answer = client.post(f"/moeder/{meeting.pk}/sag/{case.pk}/intet-nyt/", {"seen": ""})
        assert answer.headers["Location"] == f"/moeder/{meeting.pk}/"
        assert "Intet nyt" in client.get(f"/moeder/{meeting.pk}/").content.decode()

    def test_ending_lists_what_lacks_an_outcome(self, world: World) -> None:
        case, meeting = raise_one(world), plan_one(world, 0)
        client = sit(world, "social.member")
        warned = client.post(f"/moeder/{meeting.pk}/slut/")
        assert warned.status_code == 409
        assert f"1 sag har ikke fået et udfald: {case.reference}." in warned.content.decode()
        client.post(f"/moeder/{meeting.pk}/slut/", {"all_the_same": "1"})
        assert client.get(f"/moeder/{meeting.pk}/").context["running"] is False

    @pytest.mark.req("R-000-60")
    def test_without_name_in_advance_the_name_is_said_in_the_room_with_one_key(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        owner_connection.execute("update partnerships_partnership set name_in_advance = false")
        owner_connection.commit()
        case, meeting = raise_one(world), plan_one(world)
        theirs, own = sit(world, "social.member"), sit(world, "police.member")
        url = f"/moeder/{meeting.pk}/sag/{case.pk}/"
        assert "Aage" not in theirs.get(url).content.decode()
        assert "Sig navnet til parterne" in own.get(url).content.decode()
        assert "Sig navnet til parterne" not in theirs.get(url).content.decode()
        own.post(f"{url}navn/")
        assert "Aage Prøvesen" in theirs.get(url).content.decode()
        assert "Sig navnet til parterne" not in own.get(url).content.decode()

    def test_closing_asks_once(self, world: World) -> None:
        case, meeting = raise_one(world), plan_one(world)
        client = sit(world, "social.member")
        url = f"/moeder/{meeting.pk}/sag/{case.pk}/"
        given = {
            "decision": "closed",
            "close_reason": "solved",
            "note": "Han bor godt nu",
            "holding": str(client.get(url).context["decision"].initial["holding"]),
            "seen": "",
        }
        assert "sure" in client.post(url, given).context["decision"].errors
        assert client.post(url, {**given, "sure": "on"}).status_code == 302

    @pytest.mark.req("R-000-128")
    def test_the_printed_minutes_name_no_citizen(self, world: World) -> None:
        case, meeting = raise_one(world), plan_one(world)
        client = sit(world, "police.member")
        assert "Aage Prøvesen" in client.get(f"/moeder/{meeting.pk}/").content.decode()
        with acting(world.seats["social.member"].token) as actor:
            conducting.decide(actor, meeting, case, outcome(case, Decision.FOLLOWED_UP, note="Aage fik en seng"))
        paper = client.get(f"/moeder/{meeting.pk}/referat/").content.decode()
        assert case.reference in paper
        assert "Aage" not in paper

    def test_a_meeting_of_others_and_one_that_is_not_there_look_the_same(self, world: World) -> None:
        case, meeting = raise_one(world), plan_one(world)
        client = sit(world, "outside.member")
        for path in ("", f"sag/{case.pk}/", "referat/"):
            theirs = client.get(f"/moeder/{meeting.pk}/{path}")
            nothing = client.get(f"/moeder/{case.pk}/{path}")
            assert theirs.status_code == nothing.status_code == 404
            assert theirs.content == nothing.content

    @pytest.mark.req("R-000-55")
    def test_the_agenda_has_its_fixed_items_in_order(self, world: World) -> None:
        first = plan_one(world, 0)
        with acting(world.seats["social.member"].token) as actor:
            conducting.end(actor, first)
        raise_one(world)
        meeting = plan_one(world)
        client = sit(world, "police.member")
        agenda = client.get(f"/moeder/{meeting.pk}/").content.decode().split('class="meeting-agenda"')[1]
        parts = (
            "Godkendelse af referat",
            "Orientering fra områderne",
            "Opfølgning på gamle sager",
            "Nye sager",
            "Generelle emner",
        )
        places = [agenda.index(part) for part in parts]
        assert places == sorted(places)

    @pytest.mark.req("R-000-55")
    def test_the_minutes_of_the_last_meeting_are_approved_once(self, world: World) -> None:
        first = plan_one(world, 0)
        with acting(world.seats["social.member"].token) as actor:
            conducting.end(actor, first)
        meeting = plan_one(world)
        client = sit(world, "police.member")
        assert "Godkend referatet" in client.get(f"/moeder/{meeting.pk}/").content.decode()
        client.post(f"/moeder/{meeting.pk}/godkend/")
        assert "Godkend referatet" not in client.get(f"/moeder/{meeting.pk}/").content.decode()
        assert "allerede godkendt" in client.post(f"/moeder/{meeting.pk}/godkend/", follow=True).content.decode()
        assert sit(world, "outside.member").post(f"/moeder/{meeting.pk}/godkend/").status_code == 404

    def test_general_issues_stand_in_the_minutes(self, world: World) -> None:
        meeting = plan_one(world)
        client = sit(world, "social.member")
        given = {"general-text": "Ingen akutte boliger om natten", "general-seen": ""}
        assert client.post(f"/moeder/{meeting.pk}/generelle-emner/", given).status_code == 302
        assert (
            "Ingen akutte boliger" in sit(world, "police.member").get(f"/moeder/{meeting.pk}/referat/").content.decode()
        )

    @pytest.mark.req("R-000-73")
    def test_orientation_needs_no_case_and_two_writers_lose_nothing(self, world: World) -> None:
        meeting = plan_one(world)
        client = sit(world, "social.member")
        url = f"/moeder/{meeting.pk}/orientering/"
        assert client.post(url, {"orientation-text": "Nyt varmested", "orientation-seen": ""}).status_code == 302
        late = client.post(url, {"orientation-text": "Ny vagtordning", "orientation-seen": ""})
        assert late.status_code == 409
        assert "Ny vagtordning" in late.content.decode()
        with acting(world.seats["police.member"].token) as actor:
            found = agendas.find(actor, meeting.pk)
            assert found is not None
            assert found.orientation == "Nyt varmested"

    def test_a_cpr_number_is_refused_in_what_the_group_reads(self, world: World) -> None:
        case, meeting = raise_one(world), plan_one(world)
        client = sit(world, "social.member")
        holding = client.get(f"/moeder/{meeting.pk}/sag/{case.pk}/").context["decision"].initial["holding"]
        answer = client.post(
            f"/moeder/{meeting.pk}/sag/{case.pk}/",
            {"decision": "general", "note": "Om 611180-1234", "holding": str(holding), "seen": ""},
        )
        assert answer.status_code == 409
        assert "CPR-nummer" in answer.content.decode()

    @pytest.mark.req("R-000-128")
    @pytest.mark.parametrize(
        ("words", "warned"),
        [
            ("Aage skal have en bolig", "borgerens navn"),
            ("Besøg på Vestergade 12", "ligner en adresse"),
            ("Behandles for skizofreni", "lyder som en diagnose"),
            ("Politiet venter på afhøring", "lyder som efterforskning"),
        ],
    )
    def test_what_all_parties_read_is_looked_at_once_more_and_may_be_written_all_the_same(
        self, world: World, words: str, warned: str
    ) -> None:
        case, meeting = raise_one(world), plan_one(world)
        client = sit(world, "social.member")
        url = f"/moeder/{meeting.pk}/sag/{case.pk}/"
        page = client.get(url)
        assert "Læses af alle parter: " in page.content.decode()
        assert "Skriv det alligevel" not in page.content.decode()
        holding = str(page.context["decision"].initial["holding"])
        for field in ("note", "dissent", "next_step"):
            given = {"decision": "followed_up", "note": "Set", field: words, "holding": holding, "seen": ""}
            answer = client.post(url, given)
            assert answer.status_code == 400
            assert warned in answer.content.decode()
            assert words in answer.content.decode()
            assert "Skriv det alligevel" in answer.content.decode()
        assert client.post(url, {**given, "looked": "1"}).status_code == 302
        with acting(world.seats["police.member"].token):
            assert AgendaItem.objects.get().next_step == words

    def test_what_the_whole_group_reads_warns_at_the_names_the_writer_knows(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        raise_one(world, to=("social",))
        meeting = plan_one(world)
        for part, url in (("orientation", "orientering"), ("general", "generelle-emner")):
            given = {f"{part}-text": "Aage har fået ny kontaktperson", f"{part}-seen": ""}
            for seat, knows in (("social.member", True), ("psychiatry.member", False)):
                answer = sit(world, seat).post(f"/moeder/{meeting.pk}/{url}/", given)
                assert answer.status_code == 400, seat
                assert "Skriv det alligevel" in answer.content.decode()
                # One who has not been told the name must not learn it from a warning: any name at all is asked about.
                assert ("Her står borgerens navn" in answer.content.decode()) == knows
                assert ("»Aage« ligner et navn" in answer.content.decode()) == (not knows)
            told = {**given, "looked": "1"}
            assert sit(world, "social.member").post(f"/moeder/{meeting.pk}/{url}/", told).status_code == 302

    @pytest.mark.parametrize("bad", ["", "ikke-et-id", "00000000-0000-0000-0000-000000000000", "\x00", "x" * 5000])
    def test_bad_input_is_answered_beside_the_field(self, world: World, bad: str) -> None:
        case, meeting = raise_one(world), plan_one(world)
        client = sit(world, "social.member")
        answer = client.post(
            f"/moeder/{meeting.pk}/sag/{case.pk}/",
            {"decision": bad, "holder": bad, "next_on": bad, "holding": bad, "seen": bad, "away": bad, "note": "Gemt"},
        )
        assert answer.status_code == 400
        assert "Gemt" in answer.content.decode()


class TestCalendar:
    """The meeting plan."""

    @pytest.mark.req("R-000-61")
    @pytest.mark.req("R-000-62")
    @pytest.mark.req("R-001-6")
    def test_the_rhythm_proposes_dates_far_ahead(self, world: World, owner_connection: psycopg.Connection) -> None:
        owner_connection.execute(
            "update partnerships_group set rhythm = 'third_wednesday' where id = %s", [world.group]
        )
        owner_connection.commit()
        client = sit(world, "social.member")
        (plan,) = client.get("/moeder/").context["plans"]
        days = [value for value, _label in plan["form"].fields["days"].choices]
        assert len(days) == agendas.PROPOSED
        client.post(f"/moeder/efter-rytmen/{world.group}/", {f"{world.group.hex[:8]}-days": days})
        with acting(world.seats["police.member"].token) as actor:
            starts = [timezone.localtime(meeting.starts_at) for meeting in agendas.coming(actor)]
        assert len(starts) == len(days)
        assert {(start.weekday(), (start.day - 1) // 7) for start in starts} == {(2, 2)}

    @pytest.mark.req("R-001-6")
    def test_a_group_that_meets_on_need_works_without_dates(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        owner_connection.execute("update partnerships_group set rhythm = 'on_need' where id = %s", [world.group])
        owner_connection.commit()
        client = sit(world, "social.member")
        page = client.get("/moeder/")
        assert "Gruppen mødes efter behov" in page.content.decode()
        assert page.context["plans"][0]["form"] is None
        case = raise_one(world)
        day = (timezone.localdate() + timedelta(days=1)).isoformat()
        client.post("/moeder/nyt/", {"group": str(world.group), "day": day, "hour": "9.30", "notify_days": "3"})
        with acting(world.seats["social.member"].token) as actor:
            (meeting,) = agendas.coming(actor)
            assert [line.case.pk for line in agendas.agenda(actor, meeting).lines] == [case.pk]

    @pytest.mark.parametrize(
        ("day", "hour"),
        [("2026-02-31", "9"), ("1999-01-01", "9"), ("\x00", "25:99"), ("", ""), ("9999-12-31", "23:59")],
    )
    def test_an_impossible_time_is_answered_beside_the_field(self, world: World, day: str, hour: str) -> None:
        answer = sit(world, "social.member").post(
            "/moeder/nyt/",
            {"group": str(world.group), "day": day, "hour": hour, "place": "Rådhuset", "notify_days": "3"},
        )
        assert answer.status_code == 400
        assert "Rådhuset" in answer.content.decode()
        assert answer.context["form"].errors

    def test_a_member_cannot_plan_for_anothers_group(self, world: World) -> None:
        answer = sit(world, "outside.member").post(
            "/moeder/nyt/", {"group": str(world.group), "day": "2099-01-01", "hour": "9"}
        )
        assert answer.status_code == 400
        assert "group" in answer.context["form"].errors

    @pytest.mark.req("R-000-66")
    def test_a_group_with_moedepligt_sees_who_stays_away(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        owner_connection.execute("update partnerships_group set duty_to_attend = true where id = %s", [world.group])
        owner_connection.commit()
        meeting = plan_one(world, 0)
        with acting(world.seats["social.member"].token) as actor:
            police = agendas.attendance(actor, meeting)[0].membership
            conducting.attend(actor, meeting, {police.pk: Attendance.State.ABSENT})
            conducting.end(actor, meeting)
        (plan,) = sit(world, "social.member").get("/moeder/").context["plans"]
        assert {one.membership.pk: one.absent for one in plan["turnout"]}[police.pk] == 1


def test_all_others_are_noted_as_here_in_one_press(world: World) -> None:
    meeting = plan_one(world, 0)
    with acting(world.seats["social.member"].token) as actor:
        first, *others = agendas.attendance(actor, meeting)
        conducting.attend(actor, meeting, {first.membership.pk: Attendance.State.EXCUSED})
    form = {first.field: Attendance.State.EXCUSED, "alle": "1"}
    assert sit(world, "social.member").post(f"/moeder/{meeting.pk}/fremmoede/", form).status_code == 302
    with acting(world.seats["social.member"].token) as actor:
        states = {one.membership.pk: one.state for one in agendas.attendance(actor, meeting)}
    assert states.pop(first.membership.pk) == Attendance.State.EXCUSED
    assert set(states.values()) == {Attendance.State.PRESENT}
    assert len(states) == len(others)
