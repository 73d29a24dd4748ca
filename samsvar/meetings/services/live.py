"""Verbs of the live table: turning to an item, who is in the room for it, telling there, and what is half written."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.cases.models import Action, Case, GapStepKind, SystemGap
from samsvar.cases.selectors.gaps import owners as gap_owners
from samsvar.cases.selectors.gaps import stamp as gap_stamp
from samsvar.cases.services import answering, gaps, work
from samsvar.cases.services.gaps import Hole
from samsvar.cases.services.rows import log_in_case
from samsvar.law.kinds import InformationType
from samsvar.law.warnings import has_cpr
from samsvar.meetings.models import AgendaItem, Draft, Meeting, MeetingState
from samsvar.meetings.selectors import live as live_selectors
from samsvar.meetings.selectors.agendas import agenda, attendance, room
from samsvar.meetings.selectors.guests import guests_of
from samsvar.meetings.services.errors import MeetingError, refuse_cpr
from samsvar.meetings.services.guests import may_hear
from samsvar.partnerships.models import Authority, Capacity, Group, Hearing
from samsvar.partnerships.selectors import may_release
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Channel, Contribution, Receipt

LONGEST_DRAFT = 4000


def turn_to(actor: Actor, meeting: Meeting, case: Case | None) -> None:
    """The table turns to a case (or to its frame): the item's clock runs from now, all others stand.

    Turning to the item that is up already leaves its clock. Raises MeetingError for a meeting that is over.
    """
    require_running(meeting)
    item = AgendaItem.objects.filter(meeting=meeting, case=case).first() if case else None
    if item is not None and item.opened_at is not None:
        return
    with connection.cursor() as cursor:
        cursor.execute("select meetings_stop_clocks(%s)", [meeting.pk])
    if case is None:
        return
    if case.closed_at is not None:
        return
    if item is None:
        item = _item_of(actor, meeting, case)
    AgendaItem.objects.filter(pk=item.pk).update(opened_at=timezone.now())
    _log(actor, meeting, case, "up")


def leave(actor: Actor, meeting: Meeting, case: Case) -> None:
    """Whoever turned the table to this case leaves it: its clock stops, and no item is up until somebody turns to one.

    Its guests stay where they sit. Nothing happens when the table has turned to another item since, or is over.
    """
    up = AgendaItem.objects.filter(meeting=meeting, case=case, meeting__state=MeetingState.PLANNED)
    item = up.exclude(opened_at=None).first()
    if item is None:
        return
    ran = live_selectors.clock_of(item).now
    if AgendaItem.objects.filter(pk=item.pk, opened_at=item.opened_at).update(opened_at=None, seconds=ran):
        _log(actor, meeting, case, "left")


def _item_of(actor: Actor, meeting: Meeting, case: Case) -> AgendaItem:
    """The row of a case at this meeting, made when the table first turns to it."""
    item = AgendaItem.objects.filter(meeting=meeting, case=case).first()
    if item is not None:
        return item
    line = agenda(actor, meeting, case.pk).line_of(case.pk)
    if line is None:
        raise MeetingError(_("Sagen er ikke på mødets dagsorden."))
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(
                partnership_id=case.partnership_id,
                meeting=meeting,
                group_id=case.group_id,
                case=case,
                kind=line.kind,
                late=line.late,
            )
        ],
        ignore_conflicts=True,
    )
    return AgendaItem.objects.get(meeting=meeting, case=case)


def set_room(actor: Actor, meeting: Meeting, case: Case, away: Sequence[UUID], hearing: str = "") -> None:
    """Who has left the room for this item, and what was agreed about those who stay (000 section 2.17, R-000-72).

    Without `hearing` the partnership's own way is noted where somebody in the room is not in the case.
    """
    require_running(meeting)
    item = _item_of(actor, meeting, case)
    members = attendance(actor, meeting)
    known = {one.membership.pk for one in members}
    gone = [one for one in away if one in known]
    parties = list(Authority.objects.filter(pk__in=case.party_ids))
    strangers = room(members, parties, gone).strangers
    if not strangers:
        # Somebody who has left heard nothing: that is the way that was used.
        hearing = Hearing.LEAVE_ROOM.value if gone else ""
    elif hearing not in Hearing.values:
        hearing = item.hearing or meeting.partnership.hearing
    AgendaItem.objects.filter(pk=item.pk).update(away=gone, hearing=hearing)
    _log(actor, meeting, case, "room", away=[str(one) for one in gone], hearing=hearing)


def tell_here(
    actor: Actor,
    meeting: Meeting,
    case: Case,
    contribution: Contribution,
    *,
    necessity: str = "",
    deliberate: bool = False,
    against_no: str = "",
) -> list[Authority]:
    """Say an own contribution at the table: a full disclosure to those who hear it. Returns who they are.

    One who may not release asks for release and nobody is told yet: returns nobody. What they have heard already is not
    told twice. Raises MeetingError without a why, without anybody there, or while a guest sits there who is not to hear
    it; sharing.services.NothingSaid and NotLawful.
    """
    require_running(meeting)
    may_hear(guests_of(actor, meeting).get(case.pk, ()), contribution)
    why = necessity.strip() or contribution.necessity
    if not why:
        raise MeetingError(_("Skriv, hvorfor det er nødvendigt, at de får det at vide."))
    told = set(
        Receipt.objects.filter(subject_id=contribution.pk, from_authority_id__in=actor.authority_ids).values_list(
            "authority_id", flat=True
        )
    )
    parties = Authority.objects.filter(pk__in=case.party_ids).order_by("name", "id")
    item = AgendaItem.objects.filter(meeting=meeting, case=case).first()
    here = live_selectors.receivers_here(actor, parties, attendance(actor, meeting), item)
    if not here:
        raise MeetingError(_("Der er ingen andre parter i rummet under punktet."))
    receivers = [authority for authority in here if authority.pk not in told]
    if not receivers:
        return here
    if not may_release(actor):
        answering.ask_release(
            actor, case, contribution, receivers, necessity=why, against_no=against_no, channel=Channel.MEETING
        )
        return []
    answering.tell_parties(
        actor,
        case,
        contribution,
        receivers,
        necessity=why,
        deliberate=deliberate,
        against_no=against_no,
        channel=Channel.MEETING,
    )
    return receivers


def contribute_here(
    actor: Actor, meeting: Meeting, case: Case, *, text: str, information_type: str, necessity: str
) -> Contribution:
    """Write down what the own authority can say, at home until it is told. Raises CaseError, NothingSaid."""
    require_running(meeting)
    same = Contribution.objects.filter(
        case_id=case.pk, authority_id__in=actor.authority_ids, by_id=actor.person_id, text=text.strip()
    ).first()
    if same is not None:
        # The answer to it was lost on the way, so it was sent again.
        return same
    return answering.answer(
        actor,
        case,
        "contributes",
        text=text,
        information_type=information_type or InformationType.KNOWN.value,
        necessity=necessity,
    )


def agree_here(
    actor: Actor,
    meeting: Meeting,
    case: Case,
    authority: Authority,
    *,
    what: str,
    if_it_slips: str,
    due_on: date | None = None,
) -> Action:
    """Who does what, written at the table. Sent twice it is agreed once. Raises CaseError, also for a CPR number."""
    require_running(meeting)
    if not Meeting.objects.filter(pk=meeting.pk, group_id=case.group_id).exists():
        raise MeetingError(_("Sagen hører til en anden gruppes bord."))
    refuse_cpr(what, if_it_slips)
    same = Action.objects.filter(
        case=case, authority=authority, by_id=actor.person_id, what=what, due_on=due_on, ended_at=None
    ).first()
    return same or work.agree(actor, case, authority, what=what, if_it_slips=if_it_slips, due_on=due_on)


def note_gap(
    actor: Actor, case: Case, hole: Hole, *, gap_id: UUID, to_group: Group | None
) -> tuple[SystemGap, Group | None]:
    """Note the hole that the item on the table has shown, and send it up in the same step (R-000-142, V-01).

    Sent twice it is noted once. Raises CaseError for words that lead back to the citizen, or without a seat.
    """
    # The coordinator sees to it that it comes on, where there is one (R-000-6).
    owner = next(iter(gap_owners(actor, case.group)), None) or Capacity.objects.get(pk=actor.capacity_id)
    gap = gaps.note(actor, case.group, hole, owner=owner, case=case, gap_id=gap_id)
    if to_group is None or gap.at_group_id != gap.group_id:
        return gap, to_group
    kind = GapStepKind.FORWARDED
    return gaps.move(actor, gap, gaps.Move(kind, gap_stamp(gap), to_group=to_group)), to_group


def keep_draft(actor: Actor, meeting: Meeting, case_id: UUID | None, fields: dict[str, str]) -> list[str]:
    """Keep what is half written, by field; an empty text is thrown away. Returns the fields that were kept.

    A text with a CPR number is not kept, and what lay there goes with it: the half of the number stands in that. One
    statement per field.
    """
    require_running(meeting)
    kept = []
    for field, text in fields.items():
        of_field = Draft.objects.filter(meeting=meeting, case_id=case_id, person_id=actor.person_id, field=field)
        now = timezone.now()
        if has_cpr(text):
            of_field.delete()
            continue
        kept.append(field)
        if not text.strip():
            of_field.delete()
        elif not of_field.update(text=text[:LONGEST_DRAFT], saved_at=now):
            Draft.objects.bulk_create(
                [
                    Draft(
                        id=uuid4(),
                        partnership_id=meeting.partnership_id,
                        meeting=meeting,
                        group_id=meeting.group_id,
                        case_id=case_id,
                        person_id=actor.person_id,
                        field=field,
                        text=text[:LONGEST_DRAFT],
                        saved_at=now,
                    )
                ]
            )
    return kept


def drop_drafts(actor: Actor, meeting: Meeting, case_id: UUID | None, form: str) -> None:
    """What was half written in this form has been sent."""
    Draft.objects.filter(
        meeting=meeting, case_id=case_id, person_id=actor.person_id, field__startswith=f"{form}."
    ).delete()


def require_running(meeting: Meeting) -> None:
    """Raises MeetingError for a meeting that is over or called off."""
    if meeting.state != MeetingState.PLANNED:
        raise MeetingError(_("Mødet er slut, så punktet kan ikke ændres. Skriv det på sagen."))


def _log(actor: Actor, meeting: Meeting, case: Case, part: str, **more: object) -> None:
    log_in_case(
        actor,
        Act.CHANGE,
        case,
        "agenda_item",
        case.pk,
        detail={"meeting": str(meeting.pk), "part": part, **more},
    )
