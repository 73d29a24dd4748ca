"""A group's meetings lay themselves by a rule; one is moved or called off; a new rule says what becomes of them."""

from datetime import date, time, timedelta
from typing import Any

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from samsvar.calendar import rhythms
from samsvar.cases.services.errors import Overtaken
from samsvar.meetings import jobs
from samsvar.meetings.models import Meeting, MeetingKind, MeetingSeries, MeetingState
from samsvar.meetings.selectors import agendas
from samsvar.meetings.services import conducting, series
from samsvar.meetings.services.errors import MeetingError
from samsvar.partnerships.models import Group
from samsvar.postgres.actor import acting
from tests.clients import sit
from tests.meetings.test_meeting import comes_to, on_the_day, raise_one
from tests.world import World

THIRD_WEDNESDAY = rhythms.MonthlyWeekday(weekday=2, nth=3)


def how(rule: rhythms.Rhythm = THIRD_WEDNESDAY, **more: Any) -> series.Plan:
    """A plan with everything that a test does not speak of as usual."""
    given: dict[str, Any] = {
        "rule": rule,
        "if_closed": "next",
        "hour": time(9),
        "minutes": 90,
        "place": "Rådhuset",
        "notify_days": 3,
        "ahead": 4,
        "since": timezone.localdate(),
        **more,
    }
    return series.Plan(**given)


def group_of(world: World) -> Group:
    """The world's table."""
    return Group.objects.select_related("partnership").get(pk=world.group)


def begin(world: World, plan: series.Plan | None = None, by: str = "social.member") -> MeetingSeries:
    """Begin a series of the world's group."""
    with acting(world.seats[by].token) as actor:
        return series.begin(actor, group_of(world), plan or how())


def planned(world: World, by: str = "social.member") -> list[Meeting]:
    """What stands in the calendar."""
    with acting(world.seats[by].token) as actor:
        return agendas.coming(actor)


def days(meetings: list[Meeting]) -> list[date]:
    """On which days."""
    return [timezone.localdate(one.starts_at) for one in meetings]


@pytest.mark.req("R-000-61")
@pytest.mark.req("R-001-6")
def test_a_series_puts_the_next_meetings_into_the_calendar(world: World) -> None:
    begin(world)
    meetings = planned(world)
    expected = rhythms.occurrences(
        THIRD_WEDNESDAY, timezone.localdate() + timedelta(days=1), timezone.localdate() + timedelta(days=400)
    )
    assert days(meetings) == expected[:4]
    assert {timezone.localtime(one.starts_at).hour for one in meetings} == {9}
    assert {(one.minutes, one.place) for one in meetings} == {(90, "Rådhuset")}


def test_weekly_on_mondays_from_one_to_three(world: World) -> None:
    begin(world, how(rhythms.Weekly(0), hour=time(13), minutes=120, if_closed="keep"))
    found = planned(world)
    assert {day.weekday() for day in days(found)} == {0}
    assert {f"{timezone.localtime(one.starts_at):%H:%M}-{timezone.localtime(one.ends_at):%H:%M}" for one in found} == {
        "13:00-15:00"
    }


def test_a_group_that_meets_on_need_has_no_dates(world: World) -> None:
    begin(world, how(rhythms.OnNeed()))
    assert planned(world) == []


@pytest.mark.parametrize(("choice", "seen"), [("skip", 3), ("next", 4)])
def test_a_holiday_falls_out_or_moves_as_the_group_has_chosen(world: World, choice: str, seen: int) -> None:
    """The 1st of January of the years to come, and what lies between."""
    rule = rhythms.Monthly(day=1, every=12, first_month=1)
    begin(world, how(rule, if_closed=choice, ahead=1))
    assert all(day != date(day.year, 1, 1) for day in days(planned(world)))
    assert bool(planned(world)) == (seen == 4)


def logged(owner_connection: psycopg.Connection, act: str, where: str = "true") -> list[tuple]:
    """What the log holds of meetings: id, person, purpose and detail, once for each chain."""
    owner_connection.rollback()
    return owner_connection.execute(
        f"select subject_id, person_id, purpose, detail from audit_logrow where subject_kind = 'meeting' and act = %s and {where}",  # noqa: E501
        [act],
    ).fetchall()


def test_the_night_keeps_the_series_as_far_ahead_as_it_should(
    world: World, owner_connection: psycopg.Connection
) -> None:
    row = begin(world)
    before = days(planned(world))
    owner_connection.execute("update meetings_meetingseries set ahead = 6 where id = %s", [row.pk])
    owner_connection.commit()
    assert jobs.keep_ahead(0) == 2
    assert jobs.keep_ahead(0) == 0
    after = days(planned(world))
    assert after[:4] == before
    assert len(after) == 6
    # Nobody planned them: the chain of each authority that sits in the group says so (docs/decisions/0010).
    for key in ("police", "social", "psychiatry"):
        mine = f"authority_id = '{world.authorities[key]}' and purpose = 'system'"
        rows = logged(owner_connection, "create", mine)
        assert {row[0] for row in rows} == {one.pk for one in planned(world)[4:]}, key
        assert {row[1] for row in rows} == {None}
    assert logged(owner_connection, "create", f"authority_id = '{world.authorities['outside']}'") == []


def test_the_series_are_looked_after_every_hour() -> None:
    """A tick that a stopped worker missed is made up for by the next (docs/decisions/0010)."""
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    for name in ("meetings.keep_ahead", "meetings.prepare", "meetings.invite"):
        assert crons[name].split()[1:] == ["*"] * 4, name


def test_one_meeting_is_called_off_and_the_series_does_not_plan_it_again(world: World) -> None:
    begin(world)
    first, *rest = planned(world)
    with acting(world.seats["social.member"].token) as actor:
        conducting.call_off(actor, first)
    assert jobs.keep_ahead(0) == 0
    assert [one.pk for one in planned(world)] == [one.pk for one in rest]


def test_one_meeting_is_moved_and_the_others_stand(world: World) -> None:
    begin(world)
    first, *rest = planned(world)
    with acting(world.seats["social.member"].token) as actor:
        moved = conducting.move(
            actor, first, first.starts_at + timedelta(days=1), place="Stationen", minutes=60, seen=first.sequence
        )
    assert (moved.moved_alone, moved.sequence, moved.place, moved.minutes) == (True, 1, "Stationen", 60)
    assert jobs.keep_ahead(0) == 0
    assert [one.pk for one in planned(world)] == [first.pk, *(one.pk for one in rest)]


def test_of_two_who_move_a_meeting_the_second_is_told(world: World) -> None:
    begin(world)
    first = planned(world)[0]
    for by, expected in (("social.member", None), ("police.member", Overtaken)):
        with acting(world.seats[by].token) as actor:
            later = first.starts_at + timedelta(days=1 if by == "social.member" else 2)
            if expected is None:
                conducting.move(actor, first, later, place="", minutes=60, seen=0)
            else:
                with pytest.raises(expected):
                    conducting.move(actor, first, later, place="", minutes=60, seen=0)


def test_a_meeting_cannot_be_moved_onto_another(world: World) -> None:
    begin(world)
    first, second, *_ = planned(world)
    with acting(world.seats["social.member"].token) as actor, pytest.raises(MeetingError, match="allerede et møde"):
        conducting.move(actor, first, second.starts_at, place="", minutes=60, seen=0)


def change(world: World, row: MeetingSeries, plan: series.Plan, *, move: bool) -> None:
    """Let the members meet otherwise."""
    with acting(world.seats["social.member"].token) as actor:
        series.change(actor, row, plan, move_planned=move, seen=series.stamp(row))


def test_a_new_rule_moves_what_is_planned_and_each_keeps_who_it_is(
    world: World, owner_connection: psycopg.Connection
) -> None:
    row = begin(world)
    before = planned(world)
    with acting(world.seats["social.member"].token) as actor:
        conducting.move(actor, before[1], before[1].starts_at + timedelta(days=1), place="", minutes=90, seen=0)
    change(world, row, how(rhythms.MonthlyWeekday(weekday=3, nth=1)), move=True)
    after = planned(world)
    by_id = {one.pk: one for one in after}
    assert {one.pk for one in before} <= set(by_id)
    # The one moved by itself stays where somebody put it.
    assert by_id[before[1].pk].starts_at == before[1].starts_at + timedelta(days=1)
    moved = [one for one in after if one.pk != before[1].pk]
    assert {timezone.localdate(one.starts_at).weekday() for one in moved} == {3}
    assert all(by_id[one.pk].sequence == 1 for one in before)
    rows = logged(owner_connection, "change", "detail->>'part' = 'moved'")
    assert sorted(row[0] for row in rows) == sorted(one.pk for one in before)
    assert {row[1] for row in rows} == {world.seats["social.member"].person}


@pytest.mark.parametrize("begun", ["attended", "decided"])
def test_a_meeting_that_has_begun_stays_on_its_day(world: World, begun: str) -> None:
    case, row = raise_one(world), begin(world)
    first, *rest = planned(world)
    if begun == "attended":
        day = first.starts_at
        with acting(world.seats["social.member"].token) as actor, on_the_day(first):
            conducting.attend(actor, first, {agendas.attendance(actor, first)[0].membership.pk: "present"})
            comes_to(first, day)
    else:
        client, page = sit(world, "social.member"), f"/moeder/{first.pk}/sag/{case.pk}/"
        seen = client.get(page).context["stamp"]
        client.post(reverse("meetings:nothing_new", args=[first.pk, case.pk]), {"seen": seen})
    change(world, row, how(rhythms.MonthlyWeekday(weekday=3, nth=1)), move=True)
    after = {one.pk: one for one in planned(world)}
    assert after[first.pk].starts_at == first.starts_at
    assert all(after[one.pk].starts_at != one.starts_at for one in rest)


def test_the_first_days_that_are_shown_begin_after_what_stays(world: World) -> None:
    row = begin(world)
    last = days(planned(world))[-1]
    client = sit(world, "social.member")
    address = reverse("meetings:series", args=[row.pk])
    sent = {name: value for name, value in client.get(address).context["form"].initial.items() if value is not None}
    shown = {
        planned: client.post(address, {**sent, "planned": planned, "vis": "1"}).context["shown"].since
        for planned in ("move", "keep")
    }
    assert shown["move"] <= last < shown["keep"]


def test_a_new_rule_may_leave_what_is_planned(world: World) -> None:
    row = begin(world)
    before = planned(world)
    change(world, row, how(rhythms.Weekly(0), ahead=6), move=False)
    after = planned(world)
    assert [(one.pk, one.starts_at) for one in after[:4]] == [(one.pk, one.starts_at) for one in before]
    assert len(after) == 6
    assert all(day > days(before)[-1] for day in days(after)[4:])


def test_fewer_days_call_the_rest_off(world: World, owner_connection: psycopg.Connection) -> None:
    row = begin(world, how(rhythms.Weekly(0, first=timezone.localdate()), ahead=6))
    change(world, row, how(rhythms.Monthly(day=10), ahead=2), move=True)
    assert len(planned(world)) == 2
    with acting(world.seats["social.member"].token):
        off = set(Meeting.objects.filter(series=row, state=MeetingState.CALLED_OFF).values_list("pk", flat=True))
    assert len(off) == 4
    assert {row[0] for row in logged(owner_connection, "change", "detail->>'state' = 'called_off'")} == off


def test_of_two_who_change_a_series_the_second_is_told(world: World) -> None:
    row = begin(world)
    seen = series.stamp(row)
    change(world, row, how(ahead=5), move=True)
    with acting(world.seats["police.member"].token) as actor, pytest.raises(Overtaken):
        series.change(actor, row, how(ahead=6), move_planned=True, seen=seen)


@pytest.mark.parametrize(("call_off", "left"), [(False, 4), (True, 0)])
def test_a_series_ends_with_its_meetings_or_without(
    world: World, owner_connection: psycopg.Connection, call_off: bool, left: int
) -> None:
    row = begin(world)
    with acting(world.seats["social.member"].token) as actor:
        assert series.stop(actor, row, call_off=call_off) == 4 - left
    assert jobs.keep_ahead(0) == 0
    assert len(planned(world)) == left
    assert len(logged(owner_connection, "change", "detail->>'state' = 'called_off'")) == 4 - left


def test_every_second_group_date_is_a_theme_day_where_the_group_has_said_so(
    world: World, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute("update partnerships_group set theme_day_every = 2 where id = %s", [world.group])
    owner_connection.commit()
    begin(world)
    assert [one.theme_day for one in planned(world)] == [False, True, False, True]


def test_nobody_else_sees_or_changes_it(world: World) -> None:
    row = begin(world)
    for seat in ("outside.member", "police.frontline", "social.screener"):
        client = sit(world, seat)
        assert client.get(reverse("meetings:series", args=[row.pk])).status_code == 404
        assert client.post(reverse("meetings:series_stop", args=[row.pk])).status_code == 404
        assert client.get(reverse("meetings:series_new", args=[world.group])).status_code == 404
    assert len(planned(world)) == 4


class TestOnThePage:
    """As somebody at the keyboard does it."""

    def typed(self, **more: Any) -> dict[str, Any]:
        """The form as it comes filled in, but for what is said."""
        return {
            "how": "monthly_weekday",
            "weekday": "2",
            "place_in_month": "3",
            "every": "1",
            "since": timezone.localdate().isoformat(),
            "hour": "09:00",
            "minutes": "120",
            "place": "Rådhuset",
            "if_closed": "next",
            "notify_days": "3",
            "ahead": "3",
            **more,
        }

    def test_a_series_is_begun_changed_and_ended(self, world: World) -> None:
        client = sit(world, "social.member")
        new = reverse("meetings:series_new", args=[world.group])
        assert "begynd en serie" in client.get(reverse("meetings:list")).content.decode()
        assert client.get(new).status_code == 200
        assert client.post(new, self.typed()).status_code == 302
        calendar = client.get(reverse("meetings:list")).content.decode()
        assert "3. onsdag i måneden kl. 9" in calendar
        assert "Læg de næste møder i kalenderen" not in calendar
        with acting(world.seats["social.member"].token):
            row = MeetingSeries.objects.get()
        page = reverse("meetings:series", args=[row.pk])
        shown = client.get(page)
        assert "3 møder er planlagt" in shown.content.decode()
        seen = shown.context["form"]["seen"].value()
        # What becomes of the planned meetings must be said.
        answer = client.post(page, self.typed(how="weekly", seen=seen))
        assert answer.status_code == 400
        assert "Vælg, hvad der sker med de planlagte møder." in answer.content.decode()
        assert client.post(page, self.typed(how="weekly", planned="move", seen=seen)).status_code == 302
        again = client.post(page, self.typed(planned="keep", place="Et helt andet sted", seen=seen))
        assert again.status_code == 400
        assert "En anden har ændret serien imens" in again.content.decode()
        assert "Et helt andet sted" in again.content.decode()
        assert client.post(reverse("meetings:series_stop", args=[row.pk]), {"aflys": "1"}).status_code == 302
        assert planned(world) == []

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("every", "0"),
            ("minutes", "1"),
            ("ahead", "99"),
            ("hour", "25:00"),
            ("since", "31.2.2026"),
            ("weekday", "9"),
            ("how", "x\x00"),
            ("until", "2001-01-01"),
            ("kind", "6f0e5b3c-0000-0000-0000-000000000000"),
        ],
    )
    def test_what_cannot_be_is_said_beside_the_field(self, world: World, field: str, value: str) -> None:
        answer = sit(world, "social.member").post(
            reverse("meetings:series_new", args=[world.group]), self.typed(**{field: value})
        )
        assert answer.status_code == 400
        assert list(answer.context["form"].errors) == [field]
        assert 'value="Rådhuset"' in answer.content.decode()

    def test_a_date_of_the_month_must_be_written(self, world: World) -> None:
        url = reverse("meetings:series_new", args=[world.group])
        answer = sit(world, "social.member").post(url, self.typed(how="monthly"))
        assert list(answer.context["form"].errors) == ["day"]

    def test_a_number_of_a_person_is_no_place(self, world: World) -> None:
        url = reverse("meetings:series_new", args=[world.group])
        answer = sit(world, "social.member").post(url, self.typed(place="611180-1234"))
        assert answer.status_code == 400
        assert "ligner et CPR-nummer" in answer.content.decode()
        assert planned(world) == []

    def test_one_meeting_is_moved(self, world: World) -> None:
        begin(world)
        first = planned(world)[0]
        client = sit(world, "police.member")
        url = reverse("meetings:move", args=[first.pk])
        form = client.get(url).context["form"]
        given = {name: form[name].value() for name in ("minutes", "place", "seen")}
        day = timezone.localdate(first.starts_at) + timedelta(days=1)
        assert client.post(url, {**given, "day": day.isoformat(), "hour": "10.30"}).status_code == 302
        assert days(planned(world))[0] == day
        late = client.post(url, {**given, "day": day.isoformat(), "hour": "11"})
        assert late.status_code == 400
        assert "En anden har flyttet mødet imens" in late.content.decode()

    def test_the_first_days_are_seen_before_it_begins_and_nothing_is_planned(self, world: World) -> None:
        client = sit(world, "social.member")
        url = reverse("meetings:series_new", args=[world.group])
        # What the form proposes stands there at once.
        proposed = client.get(url).content.decode()
        assert "Sådan falder de første møder" in proposed
        assert "3. onsdag i måneden kl. 9" in proposed
        # Mondays from before Easter of a year to come, seen as somebody has typed them.
        easter = self.typed(how="weekly", weekday="0", since="2029-03-26", hour="13", vis="1")
        answer = client.post(url, easter)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert [one.said for one in answer.context["first_days"]][:3] == [
            "man 26. marts 2029 kl. 13",
            "tir 3. april 2029 kl. 13",
            "man 9. april 2029 kl. 13",
        ]
        assert "flyttet fra man 2. april 2029: Anden påskedag" in page
        assert len(answer.context["first_days"]) == 6
        assert 'value="2029-03-26"' in page
        assert planned(world) == []
        with acting(world.seats["social.member"].token):
            assert not MeetingSeries.objects.exists()
        # And they are the days it gets.
        del easter["vis"]
        assert client.post(url, easter).status_code == 302
        assert days(planned(world)) == [date(2029, 3, 26), date(2029, 4, 3), date(2029, 4, 9)]

    @pytest.mark.parametrize(
        ("choice", "said"),
        [("skip", "Anden påskedag: mødet falder ud."), ("keep", "Anden påskedag: mødet holdes alligevel.")],
    )
    def test_what_a_holiday_does_follows_the_choice(self, world: World, choice: str, said: str) -> None:
        url = reverse("meetings:series_new", args=[world.group])
        given = self.typed(how="weekly", weekday="0", since="2029-03-26", if_closed=choice, vis="1")
        assert said in sit(world, "social.member").post(url, given).content.decode()
        english = sit(world, "social.member", "en").post(url, given).content.decode()
        assert "Easter Monday" in english

    def test_days_of_a_form_that_must_be_mended_are_not_shown(self, world: World) -> None:
        url = reverse("meetings:series_new", args=[world.group])
        answer = sit(world, "social.member").post(url, self.typed(every="0", minutes="1", vis="1"))
        assert answer.status_code == 400
        assert set(answer.context["form"].errors) == {"every", "minutes"}
        assert answer.context["first_days"] == []
        # What must be mended is not left in the fold.
        assert answer.context["form"].unfolds

    def test_looking_at_a_changed_rule_changes_nothing(self, world: World) -> None:
        row = begin(world)
        before = [one.starts_at for one in planned(world)]
        url = reverse("meetings:series", args=[row.pk])
        client = sit(world, "social.member")
        # What is planned stands there; the days of another rule come when somebody asks for them.
        assert client.get(url).context["first_days"] == []
        given = self.typed(how="weekly", weekday="1", planned="move", vis="1", seen=series.stamp(row))
        answer = client.post(url, given)
        assert answer.status_code == 200
        assert "De næste dage efter reglen" in answer.content.decode()
        assert all(one.said.startswith("tir") or one.moved_from for one in answer.context["first_days"])
        assert [one.starts_at for one in planned(world)] == before

    def test_a_meeting_of_the_series_is_of_its_kind(self, world: World) -> None:
        with acting(world.seats["police.admin"].token):
            MeetingKind.objects.bulk_create(
                [MeetingKind(partnership_id=world.partnership, name="Tema", parts=["theme"], changed_at=timezone.now())]
            )
            kind = MeetingKind.objects.get()
        client = sit(world, "social.member")
        url = reverse("meetings:series_new", args=[world.group])
        assert client.post(url, self.typed(kind=str(kind.pk))).status_code == 302
        assert {(tuple(one.parts), one.theme_day) for one in planned(world)} == {(("theme",), True)}
