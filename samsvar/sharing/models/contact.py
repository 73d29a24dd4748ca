"""Who of the own people is in touch with the citizen, and help that is given without the citizen's yes."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import PartnershipRow


class Support(models.TextChoices):
    """Which support it is; the bare word "SKP" says too little (R-002-9)."""

    S99 = "s99", _("Støtte- og kontaktperson (servicelovens § 99)")
    S85 = "s85", _("Bostøtte (servicelovens § 85)")
    MENTOR = "mentor", _("Mentor")
    OTHER = "other", _("Anden kontakt")


class UnitContact(PartnershipRow):
    """A contact of the own authority with the citizen. § 99 is its unit's alone until the citizen lifts it (L35).

    Taken away when it ends: nothing tells that there was one.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    support = models.CharField(_("hvilken støtte"), max_length=8, choices=Support.choices)
    who = models.CharField(_("hvem"), max_length=120)
    reach = models.CharField(_("hvordan man får fat i dem"), max_length=120, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("kontakt")
        indexes = [models.Index(fields=["case"], name="unit_contact_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(support="s99") | Q(unit__isnull=False),
                name="s99_contact_has_a_unit",
                violation_error_message=_("En kontakt efter § 99 hører til i en enhed."),
            )
        ]

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody outside the unit may know of it (R-002-70)."""
        return self.support == Support.S99


class HelpDecision(PartnershipRow):
    """Help without consent, never by force: who decided it, why, from when to when, and when it is looked at (L32)."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    help = models.CharField(_("hvilken hjælp"), max_length=300)
    why = models.CharField(_("hvorfor uden samtykke"), max_length=400)
    decided_by = models.CharField(_("hvem har afgjort det"), max_length=160)
    since = models.DateField(_("fra"))
    until = models.DateField(_("til og med"))
    review_on = models.DateField(_("ses på igen"))
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("afgørelse efter servicelovens § 82")
        indexes = [models.Index(fields=["case", "-at"], name="help_decision_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__lte=F("review_on")) & Q(review_on__lte=F("until")),
                name="help_decision_is_reviewed",
                violation_error_message=_("Den skal ses på igen i perioden, og perioden skal have en slutning."),
            )
        ]

    def stands(self, on: date | None = None) -> bool:
        """Whether help can rest on it that day."""
        return self.since <= (on or timezone.localdate()) <= self.until
