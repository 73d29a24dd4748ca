"""A citizen's way in one unit: how far, for how long, who works with it, and how it ended (002 chapter 10.2)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.directory.kinds import Step
from samsvar.directory.models import DirectoryEntry
from samsvar.postgres.models import PartnershipRow


class Standing(models.TextChoices):
    """Why nothing happens on a way for a while (R-002-25, R-002-26)."""

    PAUSED = "paused", _("På pause")
    BACK = "back", _("Vi har trukket os")


class PathwayEnd(models.TextChoices):
    """How somebody left a unit."""

    DONE = "done", _("Hjælpen er givet")
    PASSED_ON = "passed_on", _("Andre skal hjælpe nu")
    CITIZENS_WISH = "citizens_wish", _("Borgeren ønsker det ikke")
    NOT_FOR_US = "not_for_us", _("Borgeren hører ikke til hos os")
    LOST = "lost", _("Vi har mistet kontakten")
    MOVED = "moved", _("Flyttet")
    DIED = "died", _("Borgeren er død")
    MISTAKE = "mistake", _("Skrevet ved en fejl")


# Here nobody has to take over, and nobody is looked for.
NOBODY_NEEDED = (PathwayEnd.DIED, PathwayEnd.MISTAKE)


class Pathway(PartnershipRow):
    """One citizen in one unit. Every change of it leaves a line in `log`, which only grows."""

    citizen = models.ForeignKey("citizens.Citizen", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("navn"), max_length=160)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(DirectoryEntry, on_delete=models.PROTECT, related_name="+")
    # The referral that it began with; no key, so that the one can be disposed of without the other.
    came_by = models.UUIDField(null=True)
    # Whether somebody must grant first, as the unit's page had it when this began.
    gated = models.BooleanField()
    stage = models.CharField(_("trin"), max_length=10, choices=Step.choices())
    since = models.DateField(_("siden"))
    # Who works with the citizen now: a new concern goes there (R-002-22).
    worker = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=8, choices=Standing.choices, blank=True)
    standing_why = models.CharField(_("hvorfor"), max_length=400, blank=True)
    standing_since = models.DateField(null=True)
    look_again = models.DateField(_("se på det igen"), null=True)
    # Whoever has assessed it does not grant it (R-002-18).
    assessed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    assessed_on = models.DateField(null=True)
    granted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    granted_on = models.DateField(null=True)
    granted = models.CharField(_("bevilget"), max_length=400, blank=True)
    # What must be lit up before it can be granted (R-002-19).
    missing = models.JSONField(default=list)
    # Of each limit: since when it runs, when it was met, and how far it has been said (docs/decisions/0114).
    clocks = models.JSONField(default=dict)
    # What was asked: answer, words, day, by whom.
    facts = models.JSONField(default=dict)
    # Places that were asked: what is confirmed and since when, and when the citizen was told (002/AS-37).
    suppliers = models.JSONField(default=list)
    log = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(_("slut"), null=True)
    end_reason = models.CharField(_("hvordan"), max_length=16, choices=PathwayEnd.choices, blank=True)
    receiver = models.CharField(_("hvem tager over"), max_length=160, blank=True)
    reviewed_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("forløb")
        indexes = [
            models.Index(fields=["authority", "unit"], condition=Q(ended_on=None), name="pathway_open_by_unit"),
            models.Index(fields=["citizen"], name="pathway_by_citizen"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "entry"],
                condition=Q(ended_on=None),
                name="pathway_once",
                violation_error_message=_("Borgeren har allerede et forløb hos jer."),
            ),
            models.CheckConstraint(
                condition=Q(gated=False) | Q(granted_on__isnull=False) | ~Q(stage__in=["deliver", "evaluate"]),
                name="pathway_granted_first",
                violation_error_message=_("Indsatsen begynder, når den er bevilget."),
            ),
            models.CheckConstraint(
                condition=Q(granted_on=None, granted_by=None, granted="")
                | (Q(granted_on__isnull=False, granted_by__isnull=False) & ~Q(granted="")),
                name="pathway_granted_by_somebody",
                violation_error_message=_("Skriv, hvad der er bevilget."),
            ),
            models.CheckConstraint(
                condition=Q(standing="", standing_since=None) | ~Q(standing="") & Q(standing_since__isnull=False),
                name="pathway_stands_since",
                violation_error_message=_("En pause har en dag."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="pathway_ends_with_a_reason",
                violation_error_message=_("Vælg, hvordan det endte."),
            ),
        ]

    @property
    def stage_words(self) -> str:
        """Where it is, in the reader's language."""
        return Step(self.stage).label(get_language()).capitalize()

    @property
    def days(self) -> int:
        """For how many days it has been there."""
        return max(0, ((self.ended_on or timezone.localdate()) - self.since).days)

    @property
    def is_open(self) -> bool:
        """Whether the unit has the citizen."""
        return self.ended_on is None

    @property
    def is_left_alone(self) -> bool:
        """Whether the citizen left and nobody took over (R-002-29)."""
        return self.ended_on is not None and not self.receiver and self.end_reason not in NOBODY_NEEDED

    def answer(self, key: str) -> str:
        """What was answered to a question; empty while it is open."""
        found: dict[str, Any] = self.facts.get(key, {})
        return str(found.get("answer", ""))
