"""A phone on which a worker keeps the own courses, to write a visit down where there is no network."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.outreach.models.courses import UnitRow


class PhoneKind(models.TextChoices):
    """What the browser says it runs on: enough to tell one's own two phones apart."""

    IPHONE = "iphone", _("iPhone")
    ANDROID = "android", _("Android-telefon")
    OTHER = "other", _("Computer eller anden enhed")


class Phone(UnitRow):
    """One browser of one worker, as the desk sees it. What lies on it is never here."""

    kind = models.CharField(max_length=7, choices=PhoneKind.choices)
    synced_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("telefon til opsøgende arbejde")
        indexes = [models.Index(fields=["unit", "revoked_at"], name="phone_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_by=None)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="phone_revoked_by_somebody",
                violation_error_message=_("Telefonen er allerede fjernet."),
            )
        ]
