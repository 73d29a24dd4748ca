"""What the citizen tells once: a text per section, agreed to by the citizen before others read it (R-003-59)."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models.networks import CareNetwork, Category
from samsvar.postgres.models import PartnershipRow

# In the order in which somebody from the social side reads: how everyday life works first.
SECTIONS = (
    Category.SITUATION,
    Category.HELP_MUNICIPALITY,
    Category.WORKS,
    Category.WISHES,
    Category.ILLNESS,
    Category.HELP_REGION,
)
# Half a year: then somebody asks the citizen whether it is still so.
STALE_AFTER = timedelta(days=182)


class Approval(models.TextChoices):
    """How the citizen agreed to a text."""

    TALK = "talk", _("I en samtale")
    SIGNED = "signed", _("Med underskrift")
    PHONE = "phone", _("I telefonen, læst op")


class SummarySection(PartnershipRow):
    """One section in one version: the citizen's words and the professionals' apart. A new version is a new row.

    It is a draft until the citizen has agreed to it. At most one version of a section is in force: approved, and not
    replaced or taken off.
    """

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="summary")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    category = models.CharField(_("afsnit"), max_length=24, choices=[(one.value, one.label) for one in SECTIONS])
    version = models.PositiveSmallIntegerField(_("udgave"))
    own_words = models.TextField(_("med borgerens ord"), max_length=2000, blank=True)
    words = models.TextField(_("med fagfolks ord"), max_length=2000, blank=True)
    approved_on = models.DateField(_("godkendt af borgeren"), null=True)
    approved_how = models.CharField(_("hvordan"), max_length=8, choices=Approval.choices, blank=True)
    approved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    # The day on which another version took its place, or the citizen wanted it shown no more.
    until = models.DateField(null=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("afsnit af det, der er fortalt")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "category", "version"],
                name="summary_version_once",
                violation_error_message=_("En anden har lige skrevet en ny udgave. Se den, og skriv så din."),
            ),
            models.UniqueConstraint(
                fields=["network", "category"],
                condition=Q(until=None) & ~Q(approved_on=None),
                name="one_summary_in_force",
                violation_error_message=_("En anden udgave er lige blevet godkendt. Se siden igen."),
            ),
            models.CheckConstraint(
                condition=~Q(own_words="") | ~Q(words=""),
                name="summary_says_something",
                violation_error_message=_("Skriv noget med borgerens ord eller med fagfolks."),
            ),
            models.CheckConstraint(
                condition=Q(approved_on=None, approved_how="", approved_by=None, approved_at=None)
                | (~Q(approved_on=None) & ~Q(approved_how="") & ~Q(approved_by=None) & ~Q(approved_at=None)),
                name="summary_approved_somehow",
                violation_error_message=_("Skriv, hvornår og hvordan borgeren godkendte teksten."),
            ),
        ]

    @property
    def is_draft(self) -> bool:
        """Whether the citizen has not agreed to it yet."""
        return self.approved_on is None

    @property
    def is_stale(self) -> bool:
        """Whether it is so long since the citizen agreed that somebody should ask again."""
        return self.approved_on is not None and timezone.localdate() - self.approved_on > STALE_AFTER
