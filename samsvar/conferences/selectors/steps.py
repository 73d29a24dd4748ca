"""What has been agreed at conferences and is not done yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from samsvar.conferences.models import Conclusion, ConferenceItem, ConferenceStep, StepState
from samsvar.meetings.models import Meeting, MeetingState
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor

MOST_LEFT = 40


@dataclass(frozen=True)
class Step:
    """A step with the names of those who do it."""

    step: ConferenceStep
    owners: list[Authority]

    @property
    def by(self) -> str:
        """Who does it, in words."""
        return self.doers(self.step.who)

    def doers(self, who: str) -> str:
        """The authorities, and `who` at them."""
        names = " + ".join(one.short_name for one in self.owners)
        return f"{names} ({who})" if who else names

    @property
    def is_open(self) -> bool:
        """Nobody has said how it went."""
        return self.step.state == StepState.OPEN


def steps_of(actor: Actor, rows: Sequence[ConferenceStep]) -> list[Step]:
    """Each with the authorities that own it. One query."""
    owners = Authority.objects.in_bulk({key for row in rows for key in row.owner_ids})
    return [Step(row, [owners[key] for key in row.owner_ids if key in owners]) for row in rows]


def open_steps(actor: Actor, meeting: Meeting) -> list[Step]:
    """What was agreed at earlier conferences of the group and has not been judged (R-003-44). Two queries."""
    rows = (
        ConferenceStep.objects.filter(group_id=meeting.group_id, state=StepState.OPEN)
        .exclude(item__meeting=meeting)
        .filter(item__meeting__starts_at__lt=meeting.starts_at)
        .select_related("matter", "item")
        .order_by("due_on", "at", "id")
    )
    return steps_of(actor, list(rows))


def left_over(actor: Actor, meeting: Meeting) -> list[ConferenceItem]:
    """What earlier conferences of the group came to no conclusion on and has not been up since, for its parties."""
    since = ConferenceItem.objects.filter(
        matter=OuterRef("matter"), meeting__starts_at__gt=OuterRef("meeting__starts_at")
    ).exclude(meeting__state=MeetingState.CALLED_OFF)
    rows = (
        ConferenceItem.objects.filter(
            ~Exists(since),
            group_id=meeting.group_id,
            meeting__state=MeetingState.HELD,
            meeting__starts_at__lt=meeting.starts_at,
            words__conclusion__in=["", Conclusion.NOT_REACHED],
        )
        .select_related("matter", "meeting")
        .order_by("meeting__starts_at", "matter__number")
    )
    return list(rows[:MOST_LEFT])


def step_words(step: Step) -> str:
    """A step as one sentence: what, if what, or else what, and where it is decided (R-003-46)."""
    row = step.step
    said = [row.what]
    if row.condition:
        said.append(_("Hvis: %(condition)s") % {"condition": row.condition})
    if row.fallback:
        said.append(_("Ellers: %(fallback)s") % {"fallback": row.fallback})
    if row.decided_at:
        said.append(_("Afgøres hos %(place)s") % {"place": row.decided_at})
    return ". ".join(one.rstrip(".") for one in said) + "."
