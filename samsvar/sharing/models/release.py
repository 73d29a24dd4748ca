"""A draft that waits for the named person who may release it (L11)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from samsvar.law.kinds import Basis, Purpose
from samsvar.postgres.models import PartnershipRow
from samsvar.sharing.models.request import RequestState


class ReleaseAnswer(models.TextChoices):
    """What came of it."""

    WAITS = "waits", _("Venter på frigivelse")
    RELEASED = "released", _("Frigivet")
    SENT_BACK = "sent_back", _("Sendt tilbage")


class Release(PartnershipRow):
    """To whom a contribution is to be passed on, and why, as its writer asks a releaser of the own authority."""

    contribution = models.ForeignKey("sharing.Contribution", on_delete=models.PROTECT, related_name="releases")
    group_id = models.UUIDField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    # A releaser need not reach the case: what the disclosure names of it stands here.
    citizen_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=24)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    receiver_ids = ArrayField(models.UUIDField())
    brought_in_ids = ArrayField(models.UUIDField(), default=list)
    purpose = models.CharField(_("formål"), max_length=16, choices=Purpose.choices())
    necessity = models.TextField(_("hvorfor er det nødvendigt"), max_length=1000)
    basis = models.CharField(_("hjemmel"), max_length=16, choices=Basis.choices(), default=Basis.COOPERATION.value)
    consent = models.ForeignKey("sharing.Consent", on_delete=models.PROTECT, null=True, related_name="+")
    weighed = models.ForeignKey("sharing.Weighed", on_delete=models.PROTECT, null=True, related_name="+")
    # The question that it answers, which is ticked off when it is released.
    request = models.ForeignKey("sharing.InformationRequest", on_delete=models.PROTECT, null=True, related_name="+")
    request_state = models.CharField(max_length=10, choices=RequestState.choices, blank=True)
    against_no = models.CharField(_("hvorfor alligevel, når borgeren siger nej"), max_length=400, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(_("svar"), max_length=10, choices=ReleaseAnswer.choices, default=ReleaseAnswer.WAITS)
    note = models.CharField(_("hvad mangler der"), max_length=400, blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("frigivelse")
        indexes = [
            models.Index(fields=["contribution"], name="release_by_contribution"),
            models.Index(fields=["case"], name="release_by_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"],
                condition=models.Q(answer="waits"),
                name="release_waits_once",
                violation_error_message=_("Bidraget venter allerede på frigivelse."),
            )
        ]

    @property
    def waits(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answer == ReleaseAnswer.WAITS
