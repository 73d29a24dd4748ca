"""A row of meetings by a rule: begun, changed with a word about what is planned, ended, and kept ahead (R-000-61).

One meeting of it can be moved or called off by itself: it keeps the day the rule gave it, so that the series neither
plans that day again nor loses count.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.calendar import rhythms
from samsvar.cases.services.errors import Overtaken
from samsvar.meetings.models import AgendaItem, Attendance, Meeting, MeetingSeries, MeetingState
from samsvar.meetings.models.series import Plan
from samsvar.meetings.selectors.agendas import at
from samsvar.meetings.selectors.series import HORIZON
from samsvar.meetings.services.conducting import new_meeting, prepare, take_off
from samsvar.meetings.services.errors import MeetingError, refuse_cpr
from samsvar.partnerships.models import Group, Membership
from samsvar.postgres.actor import Actor
from samsvar.tasks.caretaking import ALIAS, caretaking, log, system_row


def stamp(series: MeetingSeries) -> str:
    """What a form carries to tell whether somebody else has changed it meanwhile."""
    return series.changed_at.isoformat()


def begin(actor: Actor, group: Group, plan: Plan) -> MeetingSeries:
    """Begin a series and put its first meetings into the calendar."""
    _refuse(plan)
    series = MeetingSeries(partnership_id=group.partnership_id, group=group, changed_at=timezone.now(), **plan.values)
    series.save(force_insert=True)
    _log(actor, Act.CREATE, series)
    _fill(actor, series)
    return series


def change(actor: Actor, series: MeetingSeries, plan: Plan, *, move_planned: bool, seen: str) -> None:
    """Change how a group meets, and say what becomes of the meetings that stand in the calendar already.

    With `move_planned` they move to the new days, one by one and in order, and members get the change; those moved by
    themselves stay, and so do those at which somebody is noted or something decided already. Without it all stand, and
    the new rule begins after the last of them. Raises Overtaken when somebody has changed the series since `seen`,
    MeetingError when it has ended.
    """
    _refuse(plan)
    locked = MeetingSeries.objects.select_for_update(of=("self",)).filter(pk=series.pk, ended_at=None).first()
    if locked is None:
        raise MeetingError(_("Serien er slut. Begynd en ny."))
    if stamp(locked) != seen:
        raise Overtaken(_("En anden har ændret serien imens. Dit er ikke gemt, men står her endnu."))
    planned = _coming(locked)
    values = plan.values
    if not move_planned and planned:
        values["since"] = after_planned(plan.since, planned)
        if plan.until and plan.until < values["since"]:
            raise MeetingError(_("Der er planlagt møder efter den dag, serien skal slutte. Lad dem flytte med."))
    MeetingSeries.objects.filter(pk=series.pk).update(**values, changed_at=timezone.now())
    series.refresh_from_db()
    if move_planned:
        begun = _begun(planned)
        _move(actor, series, [one for one in planned if not one.moved_alone and one.pk not in begun])
    _log(actor, Act.CHANGE, series, {"planned": "moved" if move_planned else "kept"})
    _fill(actor, series)


def stop(actor: Actor, series: MeetingSeries, *, call_off: bool) -> int:
    """End a series; its planned meetings stand, or are called off with it. Returns how many were."""
    if not MeetingSeries.objects.filter(pk=series.pk, ended_at=None).update(
        ended_at=timezone.now(), changed_at=timezone.now()
    ):
        raise MeetingError(_("Serien er allerede slut."))
    called_off = _call_off(actor, _coming(series)) if call_off else 0
    _log(actor, Act.CHANGE, series, {"ended": True, "called_off": called_off})
    if called_off:
        prepare(actor, series.group)
    return called_off


def keep_ahead() -> int:
    """Plan what is missing in every series that goes on; for the job. Returns how many were planned.

    Nobody does it: each authority that sits in the group has it in its chain as the system's own act.
    """
    with caretaking("meetings.keep_ahead") as cursor:
        going_on = MeetingSeries.objects.using(ALIAS).filter(ended_at=None).select_related("group", "kind")
        made = [meeting for series in going_on.order_by("id") for meeting in _plan_missing(series, ALIAS)]
        if made:
            log(cursor, _system_rows(made))
    return len(made)


def _system_rows(made: Sequence[Meeting]) -> dict[UUID, list[dict]]:
    today = timezone.localdate()
    sitting = (
        Membership.objects.using(ALIAS)
        .filter(group_id__in={one.group_id for one in made}, since__lte=today, capacity__since__lte=today)
        .exclude(until__lt=today)
        .exclude(capacity__until__lt=today)
    )
    authorities = defaultdict(set)
    for group_id, authority_id in sitting.values_list("group_id", "capacity__authority_id"):
        authorities[group_id].add(authority_id)
    rows = defaultdict(list)
    for one in made:
        row = system_row(Act.CREATE, "meeting", subject_id=one.pk, partnership_id=one.partnership_id)
        for authority_id in authorities[one.group_id]:
            rows[authority_id].append(row)
    return rows


def missing(series: MeetingSeries, today: date, had: Iterable[tuple[date, bool]]) -> list[date]:
    """The days that lack a meeting for the series to stand as far ahead as it should.

    `had` are the days that it has had a meeting for, whatever became of it, and whether that one still is to come.
    """
    days = dict(had)
    wanted = series.ahead - sum(day < series.since for day, coming in days.items() if coming)
    start = max(today + timedelta(days=1), series.since)
    end = min(series.until, start + HORIZON) if series.until else start + HORIZON
    found = []
    for day in _days(series, start, end, wanted):
        if day not in days:
            found.append(day)
    return found


def _days(series: MeetingSeries, start: date, end: date, most: int) -> list[date]:
    """The first days of the rule in the span. Looked for in steps, since a weekly rule has a thousand days in it."""
    if most <= 0:
        return []
    closed, span = rhythms.IfClosed(series.if_closed), timedelta(days=370)
    found: list[date] = []
    while start <= end and len(found) < most:
        found += rhythms.occurrences(series.rhythm, start, min(end, start + span), closed)
        start += span + timedelta(days=1)
        if isinstance(series.rhythm, rhythms.OnNeed):
            break
    return found[:most]


def after_planned(since: date, planned: Sequence[Meeting]) -> date:
    """When a new rule begins, if the meetings that are planned by the old one stand: after the last of them."""
    return max([since, *(day + timedelta(days=1) for one in planned if (day := one.series_day))])


def _begun(planned: Sequence[Meeting]) -> set[UUID]:
    noted = Attendance.objects.filter(meeting__in=planned).values_list("meeting_id", flat=True)
    decided = AgendaItem.objects.filter(meeting__in=planned).exclude(decision="").values_list("meeting_id", flat=True)
    return {*noted, *decided}


def _coming(series: MeetingSeries) -> list[Meeting]:
    """Its meetings that are still to come, in the order of the rule's days."""
    return list(
        Meeting.objects.filter(series=series, state=MeetingState.PLANNED, starts_at__gt=timezone.now())
        .exclude(series_day=None)
        .order_by("series_day", "id")
    )


def _fill(actor: Actor, series: MeetingSeries) -> list[Meeting]:
    made = _plan_missing(series, "default")
    for meeting in made:
        record(actor, Act.CREATE, "meeting", meeting.pk, partnership_id=meeting.partnership_id)
    if made:
        prepare(actor, series.group)
    return made


def _plan_missing(series: MeetingSeries, using: str) -> list[Meeting]:
    meetings = Meeting.objects.using(using)
    had = [
        (one.series_day, one.state == MeetingState.PLANNED and one.starts_at > timezone.now())
        for one in meetings.filter(series=series).only("series_day", "state", "starts_at")
        if one.series_day
    ]
    days = missing(series, timezone.localdate(), had)
    if not days:
        return []
    # An hour at which the group meets already is taken: that meeting is the one.
    taken = set(
        meetings.filter(group_id=series.group_id, starts_at__in=[at(day, series.hour) for day in days])
        .exclude(state=MeetingState.CALLED_OFF)
        .values_list("starts_at", flat=True)
    )
    every = series.group.theme_day_every or 0
    number = meetings.filter(group_id=series.group_id).exclude(state=MeetingState.CALLED_OFF).count() if every else 0
    made = []
    for day in days:
        starts_at = at(day, series.hour)
        if starts_at in taken:
            continue
        meeting = _meeting(series, day, starts_at)
        number += 1
        meeting.theme_day = meeting.theme_day or bool(every and number % every == 0)
        made.append(meeting)
    with transaction.atomic(using=using):
        meetings.bulk_create(made)
    return made


def _meeting(series: MeetingSeries, day: date, starts_at: datetime) -> Meeting:
    meeting = new_meeting(
        series.group,
        starts_at,
        kind=series.kind,
        place=series.place,
        minutes=series.minutes,
        notify_until=starts_at - timedelta(days=series.notify_days),
    )
    meeting.series, meeting.series_day = series, day
    return meeting


def _move(actor: Actor, series: MeetingSeries, planned: list[Meeting]) -> None:
    """Give each planned meeting a day of the new rule: its own where the rule has it too, else the next free one.

    Those for which there is none are called off. A free day has no meeting of the series: none moves onto another.
    """
    gone = Meeting.objects.filter(series=series).exclude(pk__in=[one.pk for one in planned])
    had = set(gone.exclude(series_day=None).values_list("series_day", flat=True))
    start = max(timezone.localdate() + timedelta(days=1), series.since)
    end = min(series.until, start + HORIZON) if series.until else start + HORIZON
    days = [day for day in _days(series, start, end, series.ahead + len(had)) if day not in had]
    stays = [one for one in planned if one.series_day in days]
    free = [day for day in days if day not in {one.series_day for one in stays}]
    moves = [one for one in planned if one.series_day not in days]
    pairs = [(one, one.series_day) for one in stays] + list(zip(moves, free, strict=False))
    for meeting, day in pairs:
        assert day is not None
        _give(actor, meeting, series, day)
    _call_off(actor, moves[len(free) :])


def _give(actor: Actor, meeting: Meeting, series: MeetingSeries, day: date) -> None:
    wanted = _meeting(series, day, at(day, series.hour))
    same = (meeting.starts_at, meeting.minutes, meeting.place) == (wanted.starts_at, wanted.minutes, wanted.place)
    clash = Meeting.objects.filter(group_id=series.group_id, starts_at=wanted.starts_at).exclude(pk=meeting.pk)
    if meeting.starts_at != wanted.starts_at and clash.exclude(state=MeetingState.CALLED_OFF).exists():
        # The group meets then already; this one stays where it is, as if it had been moved by itself.
        Meeting.objects.filter(pk=meeting.pk).update(moved_alone=True)
        return
    values: dict[str, Any] = {
        "series_day": day,
        "starts_at": wanted.starts_at,
        "minutes": wanted.minutes,
        "place": wanted.place,
        "notify_until": wanted.notify_until,
        "kind": series.kind,
        "parts": wanted.parts,
        "decides": wanted.decides,
        "theme_day": wanted.theme_day or (meeting.theme_day and meeting.kind_id == series.kind_id),
    }
    if not same:
        values["sequence"] = F("sequence") + 1
    if meeting.starts_at != wanted.starts_at:
        values["asked_sequence"] = F("sequence") + 1
    if Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLANNED).update(**values) and not same:
        record(
            actor,
            Act.CHANGE,
            "meeting",
            meeting.pk,
            partnership_id=meeting.partnership_id,
            detail={"part": "moved", "series": str(series.pk)},
        )


def _call_off(actor: Actor, planned: list[Meeting]) -> int:
    return sum(take_off(actor, one) for one in planned)


def _refuse(plan: Plan) -> None:
    refuse_cpr(plan.place)
    if plan.until and plan.until < plan.since:
        raise MeetingError(_("Serien kan ikke slutte, før den begynder."))


def _log(actor: Actor, act: Act, series: MeetingSeries, detail: dict | None = None) -> None:
    record(actor, act, "meeting_series", series.pk, partnership_id=series.partnership_id, detail=detail)
