"""An appointment in everybody's calendar without a word about a citizen, one press to answer, and who is missing."""

from datetime import date, timedelta
from email.message import Message
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from samsvar.meetings import jobs
from samsvar.meetings.models import Attendance, Invitation, Meeting
from samsvar.meetings.selectors import agendas, turnout
from samsvar.meetings.selectors.coming import can_decide, coming
from samsvar.meetings.services import conducting, invitations
from samsvar.meetings.services.errors import MeetingError
from samsvar.partnerships.models import Group, Membership
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.meetings.test_meeting import comes_to, on_the_day, plan_one, raise_one
from tests.world import SINCE, World

SECRETS = ("Prøvesen", "Aage", "TST-", "611180", "Member", "frost", "PSP-sag")


def events() -> list[tuple[str, str, str, int]]:
    """What the mails of this run said to calendars: who got it, method, UID and sequence; the outbox is emptied."""
    found = []
    for sent in mail.outbox:
        for part in sent.message().walk():
            if part.get_content_type() == "text/calendar":
                calendar = _calendar(part)
                (event,) = calendar.walk("VEVENT")
                assert part.get_param("method") == str(calendar["method"])
                found.append((sent.to[0], str(calendar["method"]), str(event["uid"]), int(event["sequence"])))
    mail.outbox.clear()
    return sorted(found)


def _calendar(part: Message) -> Calendar:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return Calendar.from_ical(payload)  # type: ignore[return-value]


def seat_of(world: World, seat: str) -> Membership:
    """Somebody's seat at the world's table."""
    with acting(world.seats[seat].token):
        return Membership.objects.select_related("capacity").get(
            capacity_id=world.seats[seat].post, group_id=world.group
        )


def say(world: World, meeting: Meeting, seat: str, answer: str) -> None:
    """Somebody answers for the own seat."""
    with acting(world.seats[seat].token) as actor:
        invitations.answer(actor, Meeting.objects.get(pk=meeting.pk), seat_of_actor(actor.capacity_id), answer)


def seat_of_actor(post: UUID) -> Membership:
    """The seat of a post."""
    return Membership.objects.select_related("capacity").get(capacity_id=post)


def deputy_for(world: World, owner: psycopg.Connection, seat: str, stands_in: str) -> None:
    """Let a colleague be somebody's deputy."""
    stands_for = seat_of(world, seat)
    owner.execute(
        "insert into partnerships_membership (id, group_id, capacity_id, kind, deputises_for_id, may_decide,"
        " close_to_practice, duty_to_attend, mandate, network, since, end_reason)"
        " values (%s, %s, %s, 'deputy', %s, true, true, false, '', '', %s, '')",
        [uuid4(), world.group, world.seats[stands_in].post, stands_for.pk, SINCE],
    )
    owner.commit()


class TestMail:
    """What goes out, to whom, and when."""

    def test_each_member_is_called_once_and_nobody_is_named(self, world: World) -> None:
        case, meeting = raise_one(world), plan_one(world)
        assert jobs.invite(0) == 3
        for sent in mail.outbox:
            whole = "".join(
                (part.get_payload(decode=True) or b"").decode()  # type: ignore[union-attr]
                for part in sent.message().walk()
                if not part.is_multipart()
            )
            text = f"{sent.subject} {sent.body} {whole}".replace(sent.to[0], "")
            assert not [secret for secret in (*SECRETS, case.reference) if secret in text]
            assert "/moeder/" in text
        assert [one[1:] for one in events()] == [("REQUEST", f"{meeting.pk}@samsvar", 0)] * 3
        assert jobs.invite(0) == 0

    def test_a_moved_meeting_is_the_same_appointment_with_a_higher_number(self, world: World) -> None:
        meeting = plan_one(world)
        jobs.invite(0)
        mail.outbox.clear()
        with acting(world.seats["social.member"].token) as actor:
            conducting.move(
                actor, meeting, meeting.starts_at + timedelta(days=1), place="Stationen", minutes=60, seen=0
            )
        assert jobs.invite(0) == 3
        assert {sent.subject.partition(":")[0] for sent in mail.outbox} == {"Ændret"}
        assert [one[1:] for one in events()] == [("REQUEST", f"{meeting.pk}@samsvar", 1)] * 3

    def test_a_meeting_called_off_is_taken_out_of_the_calendars_it_stood_in(self, world: World) -> None:
        meeting, never_sent = plan_one(world), None
        jobs.invite(0)
        mail.outbox.clear()
        never_sent = plan_one(world, 14)
        with acting(world.seats["social.member"].token) as actor:
            conducting.call_off(actor, meeting)
            conducting.call_off(actor, never_sent)
        assert jobs.invite(0) == 3
        assert [one[1:] for one in events()] == [("CANCEL", f"{meeting.pk}@samsvar", 1)] * 3
        assert jobs.invite(0) == 0

    def test_who_leaves_the_group_is_told_that_it_is_off_for_them(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        plan_one(world)
        jobs.invite(0)
        mail.outbox.clear()
        owner_connection.execute(
            "update partnerships_membership set until = today() - 1 where capacity_id = %s",
            [world.seats["social.member"].post],
        )
        owner_connection.commit()
        assert jobs.invite(0) == 1
        (found,) = events()
        assert found[1] == "CANCEL"
        assert found[0].startswith("member.social")

    def test_who_is_out_of_the_post_by_then_is_not_asked(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        """The seat stands, but nobody sits in it on the day of the meeting."""
        meeting = plan_one(world, 9)
        leaves = timezone.localdate(meeting.starts_at)
        post = world.seats["social.member"].post
        for until, asked in ((leaves - timedelta(days=1), 2), (leaves, 1)):
            owner_connection.execute("update partnerships_capacity set until = %s where id = %s", [until, post])
            owner_connection.commit()
            assert jobs.invite(0) == asked, until
        assert [one[0].startswith("member.social") for one in events()].count(True) == 1

    def test_a_deputy_is_called_when_the_member_says_so(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        deputy_for(world, owner_connection, "social.member", "social.screener")
        meeting = plan_one(world)
        assert jobs.invite(0) == 3
        events()
        say(world, meeting, "social.member", Invitation.Answer.DEPUTY)
        assert jobs.invite(0) == 1
        assert [(one[0].partition(".6")[0][:15], one[1]) for one in events()] == [("screener.social", "REQUEST")]
        say(world, meeting, "social.member", Invitation.Answer.COMING)
        assert jobs.invite(0) == 1
        assert [one[1] for one in events()] == ["CANCEL"]

    def test_a_mail_that_the_server_refuses_is_tried_again(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        plan_one(world)
        with monkeypatch.context() as broken:
            broken.setattr("django.core.mail.message.EmailMessage.send", _refuse)
            assert jobs.invite(0) == 0
        assert jobs.invite(0) == 3

    def test_each_in_the_own_language(self, world: World, owner_connection: psycopg.Connection) -> None:
        owner_connection.execute("update accounts_user set language = 'en'")
        owner_connection.commit()
        plan_one(world)
        jobs.invite(0)
        assert {sent.subject.partition(":")[0] for sent in mail.outbox} == {"Invitation"}

    def test_what_has_been_is_not_called(self, world: World, owner_connection: psycopg.Connection) -> None:
        plan_one(world)
        owner_connection.execute("update meetings_meeting set starts_at = now() - interval '1 hour'")
        owner_connection.commit()
        assert jobs.invite(0) == 0


def _refuse(*_: object, **__: object) -> int:
    raise OSError("the mail server is down")


def read(world: World, meeting: Meeting, seat: str = "police.member") -> str:
    """The meeting's page as somebody sees it."""
    return sit(world, seat).get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()


def press(client: Client, meeting: Meeting, seat: Membership, answer: str) -> int:
    """Press one of the answers."""
    return client.post(reverse("meetings:answer", args=[meeting.pk, seat.pk]), {"answer": answer}).status_code


class TestAnswers:
    """Kommer, kommer ikke, stedfortræder, på telefon: one press."""

    @pytest.mark.req("R-000-65")
    def test_one_press_and_the_group_sees_it(self, world: World) -> None:
        meeting = plan_one(world)
        assert press(sit(world, "social.member"), meeting, seat_of(world, "social.member"), "phone") == 302
        page = read(world, meeting)
        assert "Member Social, Prøveby Kommune: På telefon" in page
        assert "1 af 3 har svaret." in page

    def test_nobody_answers_for_another_authority(self, world: World) -> None:
        meeting = plan_one(world)
        seat = seat_of(world, "social.member")
        assert press(sit(world, "police.member"), meeting, seat, "not_coming") == 404
        assert press(sit(world, "outside.member"), meeting, seat, "not_coming") == 404
        with acting(world.seats["police.member"].token) as actor, pytest.raises(MeetingError):
            invitations.answer(actor, meeting, seat, "not_coming")
        assert "0 af 3 har svaret." in read(world, meeting)

    def test_a_colleague_answers_for_whoever_is_ill(self, world: World, owner_connection: psycopg.Connection) -> None:
        deputy_for(world, owner_connection, "social.member", "social.screener")
        meeting = plan_one(world)
        assert press(sit(world, "social.screener"), meeting, seat_of(world, "social.member"), "deputy") == 302
        page = read(world, meeting)
        assert "Member Social, Prøveby Kommune: Stedfortræder kommer" in page
        assert "Screener Social, Prøveby Kommune" in page

    def test_no_deputy_no_such_answer(self, world: World) -> None:
        meeting = plan_one(world)
        assert 'value="deputy"' not in read(world, meeting)
        say_nothing = press(sit(world, "social.member"), meeting, seat_of(world, "social.member"), "deputy")
        assert say_nothing == 302
        assert "0 af 3 har svaret." in read(world, meeting)

    def test_an_answer_is_about_the_hour_it_was_given_for(self, world: World) -> None:
        meeting = plan_one(world)
        say(world, meeting, "social.member", "coming")
        with acting(world.seats["social.member"].token) as actor:
            moved = conducting.move(actor, meeting, meeting.starts_at, place="Et andet sted", minutes=120, seen=0)
        assert "1 af 3 har svaret." in read(world, meeting)
        with acting(world.seats["social.member"].token) as actor:
            later = moved.starts_at + timedelta(days=1)
            conducting.move(actor, moved, later, place="", minutes=120, seen=moved.sequence)
        assert "0 af 3 har svaret." in read(world, meeting)

    def test_an_authority_with_duty_to_attend_that_will_not_be_there_is_named_beforehand(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        meeting = plan_one(world)
        say(world, meeting, "social.member", "not_coming")
        assert "Nogen kommer ikke" not in read(world, meeting)
        owner_connection.execute(
            "update partnerships_membership set duty_to_attend = true where capacity_id = %s",
            [world.seats["social.member"].post],
        )
        owner_connection.commit()
        page = read(world, meeting)
        assert "Nogen kommer ikke" in page
        assert "Prøveby Kommune. Ring til dem" in page

    def test_a_deputy_is_as_good_as_the_member_until_the_deputy_says_no(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        deputy_for(world, owner_connection, "social.member", "social.screener")
        owner_connection.execute("update partnerships_group set duty_to_attend = true where id = %s", [world.group])
        owner_connection.commit()
        meeting = plan_one(world)
        say(world, meeting, "social.member", "deputy")
        assert "Nogen kommer ikke" not in read(world, meeting)
        say(world, meeting, "social.screener", "not_coming")
        assert "Nogen kommer ikke" in read(world, meeting)

    def test_near_the_meeting_those_are_named_too_who_have_said_nothing(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        owner_connection.execute(
            "update partnerships_membership set duty_to_attend = true where capacity_id = any(%s)",
            [[world.seats["social.member"].post, world.seats["police.member"].post]],
        )
        owner_connection.commit()
        far, near = plan_one(world, 3), plan_one(world, 2)
        assert "Nogen har ikke svaret" not in read(world, far)
        page = read(world, near)
        assert "disse myndigheder har ikke svaret:" in page
        assert "Psykiatrien i Prøveby. Ring" not in page
        say(world, near, "police.member", "phone")
        page = read(world, near)
        assert "denne myndighed har ikke svaret: Prøveby Kommune. Ring til dem." in page
        # A no is said as a no, not as silence.
        say(world, near, "social.member", "not_coming")
        page = read(world, near)
        assert "Nogen har ikke svaret" not in page
        assert "Nogen kommer ikke" in page

    def test_when_all_have_said_no_the_page_says_so(self, world: World) -> None:
        meeting = plan_one(world)
        for seat in ("police.member", "social.member", "psychiatry.member"):
            say(world, meeting, seat, "not_coming")
        assert "Alle har sagt nej" in read(world, meeting)


@pytest.mark.req("R-002-100")
class TestMandate:
    """A meeting at which nobody can decide says so, and is a meeting all the same."""

    def no_mandate(self, owner: psycopg.Connection, *posts: UUID) -> None:
        owner.execute(
            "update partnerships_membership set may_decide = false where capacity_id = any(%s)", [list(posts)]
        )
        owner.commit()

    def test_nobody_has_a_mandate(self, world: World, owner_connection: psycopg.Connection) -> None:
        meeting = plan_one(world)
        assert "Det er ikke et beslutningsmøde." not in read(world, meeting)
        self.no_mandate(owner_connection, *(seat.post for seat in world.seats.values()))
        for page in ("meeting", "minutes", "live"):
            shown = sit(world, "police.member").get(reverse(f"meetings:{page}", args=[meeting.pk])).content.decode()
            assert "Det er ikke et beslutningsmøde." in shown
        assert "henter mandat hjemme" in read(world, meeting)

    def test_the_one_who_could_has_said_no(self, world: World, owner_connection: psycopg.Connection) -> None:
        meeting = plan_one(world)
        self.no_mandate(owner_connection, world.seats["police.member"].post, world.seats["psychiatry.member"].post)
        assert "Det er ikke et beslutningsmøde." not in read(world, meeting)
        say(world, meeting, "social.member", "not_coming")
        assert "Det er ikke et beslutningsmøde." in read(world, meeting)

    def test_those_who_came_count_and_not_those_who_said_they_would(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        meeting = plan_one(world, 0)
        self.no_mandate(owner_connection, world.seats["police.member"].post)
        with acting(world.seats["police.member"].token) as actor:
            seats = {one.membership.capacity_id: one for one in agendas.attendance(actor, meeting)}
            police = seats[world.seats["police.member"].post].membership.pk
            conducting.attend(actor, meeting, {police: Attendance.State.PRESENT})
            members = agendas.attendance(actor, meeting)
            assert not can_decide(meeting, members, coming(actor, meeting, members))


@pytest.mark.req("R-000-65")
class TestAbsence:
    """Who misses meetings, over a period."""

    def held(self, world: World, days: int, **states: str) -> None:
        """A meeting at which these were noted, by authority."""
        meeting = plan_one(world, days)
        planned = meeting.starts_at
        with acting(world.seats["police.member"].token) as actor, on_the_day(meeting):
            seats = {one.membership.capacity_id: one.membership.pk for one in agendas.attendance(actor, meeting)}
            noted = {seats[world.seats[f"{name}.member"].post]: state for name, state in states.items()}
            conducting.attend(actor, meeting, noted)
            conducting.end(actor, meeting, all_the_same=True)
            comes_to(meeting, planned)

    def test_each_authority_is_counted_over_the_period(self, world: World) -> None:
        self.held(world, 1, police="present", social="excused", psychiatry="phone")
        self.held(world, 2, police="present", social="absent")
        self.held(world, 40, police="absent", social="present", psychiatry="present")
        today = timezone.localdate()
        with acting(world.seats["police.member"].token) as actor:
            group = Group.objects.get(pk=world.group)
            found = turnout.over(actor, group, today, today + timedelta(days=10))
        assert found.meetings == 2
        counted = {row.authority.name: (row.there, row.excused, row.absent, row.not_noted) for row in found.rows}
        assert counted == {
            "Prøvekredsens Politi": (2, 0, 0, 0),
            "Prøveby Kommune": (0, 1, 1, 0),
            "Psykiatrien i Prøveby": (1, 0, 0, 1),
        }
        # By name, whoever missed most.
        assert [row.authority.name for row in found.rows] == sorted(row.authority.name for row in found.rows)

    def test_a_deputy_counts_for_the_authority(self, world: World, owner_connection: psycopg.Connection) -> None:
        deputy_for(world, owner_connection, "social.member", "social.screener")
        meeting = plan_one(world, 1)
        with acting(world.seats["police.member"].token) as actor, on_the_day(meeting):
            seats = {one.membership.capacity_id: one.membership.pk for one in agendas.attendance(actor, meeting)}
            states = {
                seats[world.seats["social.member"].post]: Attendance.State.EXCUSED,
                seats[world.seats["social.screener"].post]: Attendance.State.PRESENT,
            }
            conducting.attend(actor, meeting, states)
            conducting.end(actor, meeting, all_the_same=True)
            group = Group.objects.get(pk=world.group)
            until = timezone.localdate() + timedelta(days=10)
            rows = turnout.over(actor, group, date(2020, 1, 1), until).rows
        (social,) = [row for row in rows if row.authority.name == "Prøveby Kommune"]
        assert (social.there, social.excused) == (1, 0)
        assert [(one.there, one.excused) for one in social.seats] == [(0, 1), (1, 0)]

    def test_the_page_asks_for_days_and_answers_for_the_own_group_alone(self, world: World) -> None:
        url = reverse("meetings:turnout", args=[world.group])
        client = sit(world, "police.member")
        assert "0 møder er holdt" in client.get(url).content.decode()
        wrong = client.get(url, {"since": "2026-02-01", "until": "2026-01-01"})
        assert wrong.status_code == 400
        assert "Slutdagen ligger før den første dag." in wrong.content.decode()
        for seat in ("outside.member", "police.frontline"):
            assert sit(world, seat).get(url).status_code == 404
