"""What was agreed around a course: demands that stand still, and what the citizen says to proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.instruments.schedule import Month
from samsvar.outreach.models import Course, Demand, Handover, Proposal, Protection, Stance
from samsvar.outreach.services.errors import OutreachError, held, log, of, running, without_number, write
from samsvar.outreach.words import team_settings
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish


@dataclass(frozen=True)
class Peace:
    """Which demands stand still, with whom it was agreed, and on which basis."""

    demands: Sequence[str]
    place: str
    agreed_with: str
    basis: str
    review_on: date | None = None


def review_day(since: date) -> date:
    """When a protection is looked at again: three months on, unless a team has it otherwise (R-004-45)."""
    return Month.of(since).plus(team_settings().review_months).day(since.day)


def protect(actor: Actor, course: Course, peace: Peace) -> Protection:
    """Demands stand still while contact is sought (R-004-45)."""
    found = running(actor, course)
    today = timezone.localdate()
    if not set(peace.demands) <= set(Demand.values):
        raise OutreachError(_("Vælg blandt mulighederne."))
    without_number(peace.place, peace.agreed_with, peace.basis)
    row = Protection(
        **of(actor, found),
        demands=list(peace.demands),
        place=peace.place.strip(),
        agreed_with=peace.agreed_with.strip(),
        basis=peace.basis.strip(),
        since=today,
        review_on=peace.review_on or review_day(today),
    )
    write(row)
    log(actor, Act.CREATE, found, "protection", key=row.pk)
    return row


def review_protection(actor: Actor, protection: Protection, review_on: date | None = None, end_why: str = "") -> None:
    """It goes on until another day, or it ends for a reason. By itself it does neither."""
    found = held(actor, protection)
    today = timezone.localdate()
    if found.ended_on:
        raise OutreachError(_("Fredningen er allerede slut."))
    without_number(end_why)
    if bool(end_why.strip()) == bool(review_on):
        raise OutreachError(_("Vælg en ny dag, eller skriv, hvorfor fredningen slutter."))
    if review_on:
        if review_on <= today:
            raise OutreachError(_("Vælg en dag, der kommer."))
        found.review_on = review_on
    else:
        found.ended_on, found.end_why = today, end_why.strip()
    write(found, new=False, fields=("review_on", "ended_on", "end_why"))
    looked_after(actor, found.course)
    log(actor, Act.CHANGE, found.course, "protection_over" if found.ended_on else "protection_on", key=found.pk)


def looked_after(actor: Actor, course: Course) -> None:
    """Take the reminder of a course off the table once neither a protection nor a hand-over waits to be looked at."""
    today = timezone.localdate()
    waits = Protection.objects.filter(course=course, ended_on=None, review_on__lte=today).exists()
    waits = waits or Handover.objects.filter(course=course, followed_on=None, follow_up_on__lte=today).exists()
    if not waits:
        finish(actor, TaskKind.FOLLOW_UP, course.pk)


def propose(actor: Actor, course: Course, text: str, stance: str = "", condition: str = "") -> Proposal:
    """Something that could be done, with what the citizen says to it if that is known."""
    found = running(actor, course)
    if not text.strip():
        raise OutreachError(_("Skriv forslaget."))
    row = Proposal(**of(actor, found), text=text.strip())
    _stands(row, stance, condition)
    write(row)
    log(actor, Act.CREATE, found, "proposal", key=row.pk)
    return row


def take_stance(actor: Actor, proposal: Proposal, stance: str, condition: str = "", *, met: bool = False) -> None:
    """The citizen has said green, yellow with a condition, or red (R-004-53). `met`: the condition is fulfilled."""
    found = held(actor, proposal)
    if found.done_on:
        raise OutreachError(_("Det er allerede gjort."))
    _stands(found, stance, condition)
    found.met = met and stance == Stance.YELLOW
    write(found, new=False, fields=("stance", "condition", "said_on", "met"))
    log(actor, Act.CHANGE, found.course, "stance", key=found.pk)


def carry_out(actor: Actor, proposal: Proposal) -> None:
    """It is done: with the citizen, never past a red, a condition that does not hold, or no answer (R-004-53)."""
    found = held(actor, proposal)
    if found.done_on:
        raise OutreachError(_("Det er allerede gjort."))
    found.done_on = timezone.localdate()
    write(found, new=False, fields=("done_on",))
    log(actor, Act.CHANGE, found.course, "carried_out", key=found.pk)


def _stands(row: Proposal, stance: str, condition: str) -> None:
    if stance not in {"", *Stance.values}:
        raise OutreachError(_("Vælg grøn, gul eller rød."))
    without_number(row.text, condition)
    row.stance = stance
    row.condition = condition.strip() if stance == Stance.YELLOW else ""
    row.said_on = timezone.localdate() if stance else None
