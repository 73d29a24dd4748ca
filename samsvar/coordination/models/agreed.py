"""What parties have agreed to do at an event, and that it is done. The rules are data (samsvar.calendar.agreements)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models.events import CareEvent
from samsvar.coordination.models.networks import CareNetwork
from samsvar.postgres.models import PartnershipRow


class TaskAnswer(models.TextChoices):
    """What can be written down about a task of an agreement."""

    ORALLY = "orally", _("Sagt mundtligt")
    IN_WRITING = "in_writing", _("Givet skriftligt")
    TOLD = "told", _("De har fået besked")
    NOT_WANTED = "not_wanted", _("Borgeren vil ikke have, at de får besked")
    NOT_NEEDED = "not_needed", _("Det er ikke aktuelt")
    PROPOSED = "proposed", _("Foreslået")
    PAUSE = "pause", _("Støtten holder pause")
    GOES_ON = "goes_on", _("Støtten fortsætter")
    STOP = "stop", _("Støtten stopper")
    DONE = "", _("Gjort")


class AgreedDone(PartnershipRow):
    """One task of an agreement, done by one place: when, by whom, and what was chosen. Never rewritten.

    The task itself is no row: it follows from the event, the rule and the place, and so tells nobody anything
    (docs/decisions/0098).
    """

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(CareEvent, on_delete=models.PROTECT, related_name="done")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=24)
    said = models.CharField(_("hvad"), max_length=12, choices=TaskAnswer.choices, blank=True)
    # Of what comes again.
    turn = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("navn"), max_length=160, blank=True)
    done_at = models.DateTimeField(_("hvornår"), default=timezone.now)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("aftalt opgave, der er gjort")
        indexes = [models.Index(fields=["event"], name="agreed_done_by_event")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "authority", "unit", "rule", "said", "turn"],
                nulls_distinct=False,
                name="agreed_done_once",
                violation_error_message=_("En kollega har lige skrevet det. Se siden igen."),
            )
        ]
