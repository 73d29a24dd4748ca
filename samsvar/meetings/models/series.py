"""A row of meetings by a rule (R-000-61, R-000-62, R-001-6)."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.calendar import rhythms, words
from samsvar.meetings.models.kinds import MeetingKind
from samsvar.postgres.models import PartnershipRow

MOST_AHEAD = 24


class MeetingSeries(PartnershipRow):
    """How a group meets: the rule, the hour, the place, and how many meetings ahead stand in the calendar."""

    class IfClosed(models.TextChoices):
        NEXT = "next", _("Mødet flyttes til næste hverdag")
        SKIP = "skip", _("Mødet falder ud")
        KEEP = "keep", _("Mødet holdes alligevel")

    group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, related_name="series")
    kind = models.ForeignKey("meetings.MeetingKind", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # What samsvar.calendar.rhythms reads and writes.
    rule = models.JSONField()
    if_closed = models.CharField(
        _("når dagen er en helligdag"), max_length=4, choices=IfClosed.choices, default=IfClosed.NEXT
    )
    hour = models.TimeField(_("klokken"))
    minutes = models.PositiveSmallIntegerField(_("varighed i minutter"), default=120)
    place = models.CharField(_("sted"), max_length=120, blank=True)
    notify_days = models.PositiveSmallIntegerField(_("meld sager senest så mange dage før"), default=3)
    ahead = models.PositiveSmallIntegerField(_("så mange møder frem"), default=6)
    # Dates of the rule count from here: what was planned by an earlier rule and stands lies before it.
    since = models.DateField(_("fra"))
    until = models.DateField(_("til"), null=True, blank=True)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mødeserie")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="series_ends_after_it_begins",
                violation_error_message=_("Serien kan ikke slutte, før den begynder."),
            )
        ]

    @property
    def rhythm(self) -> rhythms.Rhythm:
        """The rule as dates come from it."""
        return rhythms.from_data(self.rule)

    @property
    def said(self) -> str:
        """The rule and the hour in words."""
        label = self.rhythm.label(get_language())
        if isinstance(self.rhythm, rhythms.OnNeed):
            return label
        return f"{label} {words.clock(self.hour, get_language())}"

    def __str__(self) -> str:
        return self.said


@dataclass(frozen=True)
class Plan:
    """How a group will meet, as somebody has written it."""

    rule: rhythms.Rhythm
    if_closed: str
    hour: time
    minutes: int
    place: str
    notify_days: int
    ahead: int
    since: date
    until: date | None = None
    kind: MeetingKind | None = None

    @property
    def rule_said(self) -> str:
        """The rule and the hour in words."""
        return MeetingSeries(rule=rhythms.to_data(self.rule), hour=self.hour).said

    @property
    def on_need(self) -> bool:
        """Whether they meet when there is a reason, on no days of a rule."""
        return isinstance(self.rule, rhythms.OnNeed)

    @property
    def values(self) -> dict[str, Any]:
        """The columns of it."""
        return {**vars(self), "rule": rhythms.to_data(self.rule)}
