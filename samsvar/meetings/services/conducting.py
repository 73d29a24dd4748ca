"""Meetings: planned far ahead, held on one page, each case with one outcome (000 sections 2.9 to 2.11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case, CaseParty, CloseReason, EventKind, Standing
from samsvar.cases.services import closing, responsibility, work
from samsvar.cases.services.between import told_at
from samsvar.cases.services.errors import Overtaken
from samsvar.cases.services.story import tell
from samsvar.meetings.models import (
    STEERING_PARTS,
    TEXT_PARTS,
    AgendaItem,
    Attendance,
    Decision,
    Meeting,
    MeetingKind,
    MeetingState,
    Part,
)
from samsvar.meetings.selectors.agendas import Line, agenda, attendance, room
from samsvar.meetings.services import minutes as minutes_services
from samsvar.meetings.services.errors import MeetingError, refuse_cpr
from samsvar.meetings.services.naming import refuse_named
from samsvar.partnerships.models import Authority, Capacity, Group, GroupFunction, Level
from samsvar.partnerships.services.errors import PartnershipError
from samsvar.partnerships.services.seats import give_function
from samsvar.postgres.actor import Actor

# Parts with a column of their own; the others stand in `notes`.
OWN_COLUMN = (Part.ORIENTATION, Part.GENERAL)
# What is typed about an item and read by every party of its case.
READ_BY_ALL = ("note", "dissent", "next_step")
NOTIFY_BEFORE = timedelta(days=3)
# From when before its hour it can be noted who is there, and the meeting be ended.
GATHERS = timedelta(hours=1)
# The groups of the report sit one and a half to two hours (000 section 2.10).
USUAL_MINUTES = 120

STANDINGS = {
    Decision.AWAITING_INFORMATION: Standing.AWAITING_INFORMATION,
    Decision.AWAITING_MANDATE: Standing.AWAITING_MANDATE,
    Decision.WAIT_UNTIL: Standing.WAIT_UNTIL,
}
ENDINGS = {Decision.NOT_PSP, Decision.CLOSED}


class Unfinished(MeetingError):
    """Some items have no outcome yet. Ending the meeting all the same must be said once more."""

    def __init__(self, references: Sequence[str]) -> None:
        self.references = list(references)
        super().__init__(
            ngettext(
                "%(count)s sag har ikke fået et udfald: %(list)s.",
                "%(count)s sager har ikke fået et udfald: %(list)s.",
                len(self.references),
            )
            % {"count": len(self.references), "list": ", ".join(self.references)}
        )


def plan(
    actor: Actor,
    group: Group,
    starts_at: datetime,
    *,
    place: str = "",
    theme_day: bool = False,
    notify_until: datetime | None = None,
    kind: MeetingKind | None = None,
    minutes: int | None = None,
) -> Meeting:
    """Put a meeting into the calendar and ask the parties of new cases to prepare (R-000-58, R-000-61).

    Raises MeetingError when the group meets then already, or when the time has passed.
    """
    if starts_at < timezone.now() - timedelta(days=1):
        raise MeetingError(_("Tidspunktet er passeret. Vælg en dag, der kommer."))
    refuse_cpr(place)
    meeting = new_meeting(group, starts_at, kind=kind, place=place, minutes=minutes, notify_until=notify_until)
    meeting.theme_day = theme_day or meeting.theme_day
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
    except IntegrityError as clash:
        raise MeetingError(_("Gruppen har allerede et møde på det tidspunkt.")) from clash
    _log(actor, Act.CREATE, meeting)
    prepare(actor, group)
    return meeting


def new_meeting(
    group: Group,
    starts_at: datetime,
    *,
    kind: MeetingKind | None = None,
    place: str = "",
    minutes: int | None = None,
    notify_until: datetime | None = None,
) -> Meeting:
    """A meeting that has not been written yet, with its own copy of what its kind is now (R-002-99)."""
    usual = () if group.level == Level.OPERATIVE else STEERING_PARTS
    parts = list(kind.parts) if kind else [str(part) for part in usual]
    return Meeting(
        partnership_id=group.partnership_id,
        group=group,
        starts_at=starts_at,
        minutes=minutes or (kind.minutes if kind else USUAL_MINUTES),
        place=place or group.place,
        kind=kind,
        parts=parts,
        decides=kind.decides if kind else True,
        theme_day=Part.THEME in parts,
        notify_until=notify_until or starts_at - NOTIFY_BEFORE,
    )


def short_notice(kind: MeetingKind | None, starts_at: datetime) -> int | None:
    """How many days are left, when that is less than the kind is to be called with (R-002-102)."""
    left = (timezone.localdate(starts_at) - timezone.localdate()).days
    return left if kind is not None and left < kind.notice_days else None


def move(actor: Actor, meeting: Meeting, starts_at: datetime, *, place: str, minutes: int, seen: int) -> Meeting:
    """Give a planned meeting another hour, length or place; its series goes on as before.

    `seen` is the sequence on the screen. Raises Overtaken when somebody else has moved it, MeetingError when it is not
    planned any more, the time has passed, or the group meets then already.
    """
    if starts_at < timezone.now():
        raise MeetingError(_("Tidspunktet er passeret. Vælg en dag, der kommer."))
    refuse_cpr(place)
    locked = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting.pk, state=MeetingState.PLANNED).first()
    if locked is None:
        raise MeetingError(_("Mødet er ikke planlagt længere."))
    if locked.sequence != seen:
        raise Overtaken(_("En anden har flyttet mødet imens. Se det igen, før du flytter det."))
    hour_changes = locked.starts_at != starts_at
    if not hour_changes and (locked.place, locked.minutes) == (place, minutes):
        return locked
    if hour_changes and locked.notify_until:
        locked.notify_until += starts_at - locked.starts_at
    locked.starts_at, locked.place, locked.minutes = starts_at, place, minutes
    locked.sequence += 1
    if hour_changes:
        locked.asked_sequence = locked.sequence
        locked.moved_alone = locked.series_id is not None
    try:
        with transaction.atomic():
            locked.save(
                update_fields=[
                    "starts_at",
                    "place",
                    "minutes",
                    "notify_until",
                    "sequence",
                    "asked_sequence",
                    "moved_alone",
                ]
            )
    except IntegrityError as clash:
        raise MeetingError(_("Gruppen har allerede et møde på det tidspunkt.")) from clash
    _log(actor, Act.CHANGE, locked, {"part": "moved"})
    prepare(actor, meeting.group)
    return locked


def call_off(actor: Actor, meeting: Meeting) -> None:
    """Call a planned meeting off. Its cases wait for nothing: they have their holders (R-001-6)."""
    if not take_off(actor, meeting):
        raise MeetingError(_("Mødet er ikke planlagt længere."))
    prepare(actor, meeting.group)


def take_off(actor: Actor, meeting: Meeting) -> bool:
    """Take one meeting out of the calendar, unless it is out already; several of them are prepared for once."""
    found = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLANNED)
    if not found.update(state=MeetingState.CALLED_OFF, sequence=F("sequence") + 1):
        return False
    _log(actor, Act.CHANGE, meeting, {"state": "called_off"})
    return True


def prepare(actor: Actor, group: Group) -> None:
    """Lay the task "slå op hjemme" at each party of the group's new cases, for its next meeting. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute("select meetings_prepare(%s)", [group.pk])


def orient(actor: Actor, meeting: Meeting, text: str, *, seen: str, part: str = "orientation") -> None:
    """Write "orientering fra områderne", or any other part that needs no case (R-000-55, R-000-73).

    `seen` is the text that was being edited. Raises Overtaken when somebody else has written meanwhile, MeetingError
    for a CPR number, a CaseError for the name of somebody whom the meeting is about: the whole group reads it.
    """
    if part not in TEXT_PARTS:
        raise ValueError(part)
    refuse_cpr(text)
    refuse_named(actor, meeting, text)
    if meeting.approved_at:
        raise MeetingError(_("Referatet er godkendt og står fast. Skriv en rettelse til det."))
    if not _write_part(meeting, Part(part), text, seen):
        raise Overtaken(_("En anden har skrevet imens. Din tekst står her endnu; sæt den ind under deres."))
    minutes_services.changed(meeting)
    _log(actor, Act.CHANGE, meeting, {"part": part})


def _write_part(meeting: Meeting, part: Part, text: str, seen: str) -> bool:
    if part in OWN_COLUMN:
        column = part.value
        return bool(Meeting.objects.filter(pk=meeting.pk, **{column: seen}).update(**{column: text}))
    locked = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting.pk).first()
    if locked is None or locked.text_of(part) != seen:
        return False
    locked.notes = {**locked.notes, part.value: text}
    locked.save(update_fields=["notes"])
    return True


def constitute(
    actor: Actor, meeting: Meeting, chosen: Mapping[str, Capacity], *, seen: Mapping[str, UUID | None]
) -> list[str]:
    """Give the group's functions to those whom it chose at this meeting (001 section 3.3). Returns which ones moved.

    `chosen` by function; `seen` is who had it on the screen. The earlier holder's time stays as history. Raises
    Overtaken when a function has moved meanwhile, MeetingError when the actor may not give it or the meeting is over.
    """
    if meeting.state != MeetingState.PLANNED:
        raise MeetingError(_("Funktionerne gives nu videre under gruppen i Opsætning."))
    held = {
        row.function: row.capacity_id for row in GroupFunction.objects.filter(group_id=meeting.group_id, until=None)
    }
    moving = {name: post for name, post in chosen.items() if held.get(name) != post.pk}
    if any(held.get(name) != seen.get(name) for name in moving):
        raise Overtaken(_("En anden har netop flyttet en af funktionerne. Se dem igen."))
    # What one gives away oneself goes last: with it goes the right to give.
    order = sorted(moving, key=lambda name: (held.get(name) == actor.capacity_id, name == "coordinator", name))
    said = _("konstitueret på mødet %(day)s") % {"day": timezone.localdate(meeting.starts_at).isoformat()}
    for name in order:
        try:
            give_function(actor, meeting.group, moving[name], name, reason=said)
        except PartnershipError as refused:
            raise MeetingError(str(refused)) from refused
    if order:
        _log(actor, Act.CHANGE, meeting, {"part": "constitution", "functions": order})
    return order


def approve(actor: Actor, meeting: Meeting) -> None:
    """The group finds the minutes of its last meeting right: they are frozen from now on (R-000-55, R-000-130).

    `meeting` is the one that lies behind.
    """
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.HELD, approved_at=None).update(
        approved_at=timezone.now()
    ):
        raise MeetingError(_("Referatet er allerede godkendt."))
    _log(actor, Act.CHANGE, meeting, {"part": "approved"})


def attend(actor: Actor, meeting: Meeting, states: Mapping[UUID, str]) -> None:
    """Note who came, by membership id (R-000-65). A blank state leaves what stands.

    Raises MeetingError when the minutes have been approved, and before the meeting gathers for anything but an excuse:
    nobody has come, or stayed away, from what has not begun.
    """
    if meeting.approved_at:
        raise MeetingError(_("Referatet er godkendt og står fast. Skriv en rettelse til det."))
    there = {row.membership_id: row for row in Attendance.objects.filter(meeting=meeting)}
    new = {state for one, state in states.items() if state and (one not in there or there[one].state != state)}
    if new - {Attendance.State.EXCUSED} and not has_gathered(meeting):
        raise MeetingError(
            _("Mødet er først %(when)s. Det kan noteres, hvem der er her, fra en time før. Afbud kan noteres nu.")
            % {"when": meeting.said}
        )
    for membership_id, state in states.items():
        if not state:
            continue
        if membership_id in there:
            Attendance.objects.filter(pk=there[membership_id].pk).update(state=state)
        else:
            Attendance.objects.bulk_create(
                [
                    Attendance(
                        partnership_id=meeting.partnership_id,
                        meeting=meeting,
                        group_id=meeting.group_id,
                        membership_id=membership_id,
                        state=state,
                    )
                ],
                ignore_conflicts=True,
            )
    minutes_services.changed(meeting)
    _log(actor, Act.CHANGE, meeting, {"part": "attendance"})


@dataclass(frozen=True)
class Outcome:
    """One decision as the table takes it: joint, with room for dissent, no vote (R-000-76, R-000-85).

    `seen_holding` is the holding on the screen. `away` are memberships that left the room for this item.
    """

    decision: Decision
    seen_holding: UUID
    note: str = ""
    holder: Authority | None = None
    next_step: str = ""
    next_on: date | None = None
    wait_until: date | None = None
    close_reason: str = ""
    result: str = ""
    proposals: str = ""
    dissent: str = ""
    away: Sequence[UUID] = ()
    hearing: str = ""


def seen_stamp(item: AgendaItem | None) -> str:
    """What a form carries to tell whether somebody else has decided meanwhile."""
    return item.decided_at.isoformat() if item and item.decided_at else ""


def decide(actor: Actor, meeting: Meeting, case: Case, outcome: Outcome, *, seen: str = "") -> AgendaItem:
    """Give one case its outcome at this meeting; none leaves it without a holder (decisions.md).

    Raises Overtaken when somebody else has decided on it or placed it since `seen`; else MeetingError or CaseError.
    """
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLANNED).exists():
        raise MeetingError(_("Mødet er slut, så punktet kan ikke ændres. Skriv det på sagen."))
    if outcome.next_on and outcome.next_on < timezone.localdate():
        raise MeetingError(_("Vælg en dag, der ikke er gået."))
    refuse_cpr(*(getattr(outcome, name) for name in READ_BY_ALL))
    try:
        with transaction.atomic():
            locked = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk, closed_at=None).first()
            if locked is None or locked.group_id != meeting.group_id:
                raise MeetingError(_("Sagen er afsluttet, så der kan ikke besluttes om den."))
            item = AgendaItem.objects.filter(meeting=meeting, case=locked).select_related("decided_by").first()
            if seen_stamp(item) != seen:
                if item is not None and _says_the_same(actor, item, outcome):
                    # The answer to it was lost on the way, so it was sent again.
                    return item
                who = item.decided_by.name if item and item.decided_by else _("En anden")
                raise Overtaken(
                    _("%(who)s har netop skrevet en beslutning om sagen. Din er ikke gemt; se deres først.")
                    % {"who": who}
                )
            line = agenda(actor, meeting, case.pk).line_of(case.pk)
            if line is None:
                raise MeetingError(_("Sagen er ikke på mødets dagsorden."))
            parties = [
                party.authority
                for party in CaseParty.objects.filter(case=locked, until=None).select_related("authority")
            ]
            here = room(attendance(actor, meeting), parties, outcome.away)
            if not outcome.hearing and here.strangers:
                outcome = replace(outcome, hearing=meeting.partnership.hearing)
            holder = _take_effect(actor, meeting, locked, outcome)
            item = _write(actor, meeting, line, item, outcome, holder)
    except IntegrityError as clash:
        raise Overtaken(_("En anden har netop skrevet en beslutning om sagen. Se den først.")) from clash
    record(
        actor,
        Act.CHANGE,
        "agenda_item",
        item.pk,
        partnership_id=case.partnership_id,
        case_id=case.pk,
        citizen_id=case.citizen_id,
        detail={
            "meeting": str(meeting.pk),
            "decision": outcome.decision.value,
            "hearing": outcome.hearing,
            "present": [str(one.membership.pk) for one in here.present],
        },
    )
    return item


def _says_the_same(actor: Actor, item: AgendaItem, outcome: Outcome) -> bool:
    """Whether this person has already written this very decision."""
    step = outcome.next_step in ("", item.next_step) and outcome.next_on in (None, item.next_on)
    holder = outcome.holder is None or outcome.holder.pk == item.holder_id
    words = (item.decision, item.note, item.dissent) == (outcome.decision, outcome.note, outcome.dissent)
    return item.decided_by_id == actor.person_id and words and step and holder


def _take_effect(actor: Actor, meeting: Meeting, case: Case, outcome: Outcome) -> Authority:
    """Let the decision work in the case, through the case's own verbs. Returns who holds it now, or held it last."""
    holding = responsibility.current(case)
    if holding.pk != outcome.seen_holding:
        raise Overtaken(
            _("%(who)s har netop fået handlingsansvaret. Din beslutning er ikke gemt; se sagen igen.")
            % {"who": holding.authority.name}
        )
    holder = holding.authority
    if outcome.decision == Decision.PLACED:
        holder = outcome.holder or holder
        if holder != holding.authority and not actor.owns(holder.pk) and not has_gathered(meeting):
            raise MeetingError(
                _("Mødet er ikke holdt endnu. Foreslå %(who)s det på sagen, så kan de selv tage det.")
                % {"who": holder.name}
            )
        placed = responsibility.place(
            actor, case, holder, reason=outcome.note, seen=outcome.seen_holding, meeting_id=meeting.pk
        )
        if placed.pk == holding.pk and outcome.note:
            tell(actor, case, EventKind.DECIDED, outcome.note)
    elif outcome.decision in STANDINGS:
        responsibility.wait(actor, case, STANDINGS[outcome.decision], note=outcome.note, until=outcome.wait_until)
    elif outcome.decision == Decision.NOTHING_NEW:
        work.nothing_new(actor, case, meeting_id=meeting.pk)
        if outcome.next_on:
            step = outcome.next_step or case.next_step
            if not step:
                raise MeetingError(_("Skriv, hvad der skal ske den dag."))
            work.set_next(case, step, outcome.next_on)
        return holder
    elif outcome.decision == Decision.FOLLOWED_UP:
        work.follow_up(actor, case, what_happened=outcome.note, meeting_id=meeting.pk)
    elif outcome.decision in ENDINGS:
        reason = CloseReason.NOT_PSP if outcome.decision == Decision.NOT_PSP else CloseReason(outcome.close_reason)
        closing.close(actor, case, reason, note=outcome.note, outcome=outcome.result, proposals=outcome.proposals)
        return holder
    else:
        tell(actor, case, EventKind.DECIDED, outcome.note)
    if outcome.next_step:
        work.set_next(case, outcome.next_step, outcome.next_on)
    return holder


def _write(
    actor: Actor, meeting: Meeting, line: Line, item: AgendaItem | None, outcome: Outcome, holder: Authority
) -> AgendaItem:
    case = line.case
    case.refresh_from_db(fields=["next_step", "next_on"])
    values = {
        "decision": outcome.decision,
        "note": outcome.note,
        "dissent": outcome.dissent,
        "holder": holder,
        "next_step": case.next_step,
        "next_on": case.next_on,
        "away": list(outcome.away),
        "hearing": outcome.hearing,
        "decided_at": timezone.now(),
        "decided_by_id": actor.person_id,
    }
    if item is not None:
        for name, value in values.items():
            setattr(item, name, value)
        item.save(update_fields=[name.removesuffix("_id") for name in values])
        return item
    item = AgendaItem(
        partnership_id=case.partnership_id,
        meeting=meeting,
        group_id=case.group_id,
        case=case,
        kind=line.kind,
        late=line.late,
        **values,
    )
    item.save(force_insert=True)
    return item


def end(actor: Actor, meeting: Meeting, *, all_the_same: bool = False) -> None:
    """End the meeting. Raises Unfinished, with their references, while items of the actor's lack an outcome.

    With `all_the_same` their outcome is that they were not reached: they keep their holders and stand on the next
    agenda (R-000-87), and so do those of the group's cases that the actor does not see. Raises MeetingError before
    the hour at which it gathers: what has not been held cannot be over.
    """
    if not has_gathered(meeting):
        raise MeetingError(
            _("Mødet er først %(when)s og kan sluttes fra en time før. Holdes det før, så flyt det; ellers aflys det.")
            % {"when": meeting.said}
        )
    left = agenda(actor, meeting).undecided
    if left and not all_the_same:
        raise Unfinished([line.case.reference for line in left])
    with connection.cursor() as cursor:
        cursor.execute("select meetings_end(%s)", [meeting.pk])
        (ended,) = cursor.fetchone()
    if not ended:
        raise MeetingError(_("Mødet er allerede slut."))
    told_at(actor, meeting.group, meeting.pk)
    minutes_services.finish(actor, meeting)
    _log(actor, Act.CHANGE, meeting, {"state": "held", "without_outcome": len(left)})


def has_gathered(meeting: Meeting) -> bool:
    """Whether its hour has come, or nearly: people sit down early, and a meeting that all are at may begin."""
    return meeting.state == MeetingState.HELD or meeting.starts_at - GATHERS <= timezone.now()


def _log(actor: Actor, act: Act, meeting: Meeting, detail: dict | None = None) -> None:
    record(actor, act, "meeting", meeting.pk, partnership_id=meeting.partnership_id, detail=detail)
