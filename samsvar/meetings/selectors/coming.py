"""Who has said what to an invitation, who will be missing, and whether anybody who comes can decide (R-002-100)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from samsvar.meetings.models import Invitation, Meeting
from samsvar.meetings.selectors.agendas import Presence
from samsvar.partnerships.models import Authority, MembershipKind
from samsvar.postgres.actor import Actor

# So near the meeting, silence says as much as a no: there is still a day to call them.
SILENCE_COUNTS = timedelta(days=2)


@dataclass(frozen=True)
class Seat:
    """One member and the answer that counts for the hour at which the meeting now stands."""

    presence: Presence
    answer: str
    deputies: tuple[Presence, ...] = ()

    @property
    def said(self) -> str:
        """The answer in words."""
        return str(Invitation.Answer(self.answer).label) if self.answer else ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The answers there are, a deputy only for a seat that has one."""
        return [
            (one.value, str(one.label)) for one in Invitation.Answer if one != Invitation.Answer.DEPUTY or self.deputies
        ]


@dataclass(frozen=True)
class Coming:
    """What is known before the meeting about who will sit there."""

    seats: list[Seat]
    own: list[Seat]
    missing: list[Authority]
    silent: list[Authority]
    nobody: bool

    @property
    def answered(self) -> int:
        """How many of those who are asked have answered."""
        return sum(bool(one.answer) for one in self.seats)


def coming(actor: Actor, meeting: Meeting, members: Sequence[Presence]) -> Coming:
    """Answers to the invitation, seat by seat, and the authorities with duty to attend that will not be there.

    One query. `members` are the group's on the day of the meeting. An authority is missing when nobody of it has said
    yes and nobody has yet to answer; a deputy counts as the one whom the deputy stands for. Two days before the meeting
    those are named too who have said nothing.
    """
    answers: dict[UUID, str] = {
        row.membership_id: row.answer
        for row in Invitation.objects.filter(meeting=meeting).exclude(answer="")
        if row.answered_sequence >= meeting.asked_sequence
    }
    deputies: dict[UUID, list[Presence]] = {}
    for one in members:
        if one.membership.kind == MembershipKind.DEPUTY and one.membership.deputises_for_id:
            deputies.setdefault(one.membership.deputises_for_id, []).append(one)
    asked = [one for one in members if one.membership.kind != MembershipKind.DEPUTY]
    seats = [Seat(one, answers.get(one.membership.pk, ""), tuple(deputies.get(one.membership.pk, ()))) for one in asked]
    for seat in list(seats):
        if seat.answer == Invitation.Answer.DEPUTY:
            seats += [Seat(one, answers.get(one.membership.pk, "")) for one in seat.deputies]
    missing, silent = _missing(meeting, seats)
    return Coming(
        seats,
        [seat for seat in seats if actor.owns(seat.presence.membership.capacity.authority_id)],
        missing,
        silent,
        bool(seats) and all(seat.answer == Invitation.Answer.NOT_COMING for seat in seats),
    )


def _missing(meeting: Meeting, seats: Sequence[Seat]) -> tuple[list[Authority], list[Authority]]:
    """Those of whom nobody comes, and those of whom nobody has said yes while somebody has yet to answer."""
    by_authority: dict[UUID, list[Seat]] = {}
    for seat in seats:
        by_authority.setdefault(seat.presence.membership.capacity.authority_id, []).append(seat)
    near = timezone.localdate(meeting.starts_at) - timezone.localdate() <= SILENCE_COUNTS
    missing: list[Authority] = []
    silent: list[Authority] = []
    for own in by_authority.values():
        duty = any(
            seat.presence.membership.duty_to_attend
            or (meeting.group.duty_to_attend and seat.presence.membership.kind == MembershipKind.PERMANENT)
            for seat in own
        )
        # Who sends a deputy is not missing before the deputy has said no too.
        answers = {seat.answer for seat in own if seat.answer != Invitation.Answer.DEPUTY}
        authority = own[0].presence.membership.capacity.authority
        if duty and answers == {Invitation.Answer.NOT_COMING}:
            missing.append(authority)
        elif duty and near and "" in answers and answers <= {Invitation.Answer.NOT_COMING, ""}:
            silent.append(authority)
    return missing, silent


def can_decide(meeting: Meeting, members: Sequence[Presence], answered: Coming | None = None) -> bool:
    """Whether this is a meeting that can decide: its kind may, and somebody who is there has the mandate (R-002-100).

    Before anybody is noted as present, all who have not said no count. A group without members says nothing of it.
    """
    if not meeting.decides:
        return False
    there = [one for one in members if one.came]
    if not there:
        away = {
            seat.presence.membership.pk
            for seat in (answered.seats if answered else ())
            if seat.answer in {Invitation.Answer.NOT_COMING, Invitation.Answer.DEPUTY}
        }
        there = [one for one in members if one.membership.pk not in away]
    return not members or any(one.membership.may_decide for one in there)
