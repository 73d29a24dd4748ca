"""A question from one authority to another, with its why. It may always be answered with a no (L6)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsvar.law.kinds import Purpose
from samsvar.postgres.models import PartnershipRow


class RequestState(models.TextChoices):
    """There is no late one: a request has no deadline and is never reminded of (L6, R-000-99)."""

    OPEN = "open", _("Stillet")
    ANSWERED = "answered", _("Besvaret")
    PARTLY = "partly", _("Delvist besvaret")
    DECLINED = "declined", _("Besvares ikke")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")


class InformationRequest(PartnershipRow):
    """One question to one named party, and why it matters (R-002-72, R-002-73). Sender and receiver see it alone."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    to_authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(_("spørgsmål"), max_length=300)
    why = models.CharField(_("hvorfor"), max_length=300)
    purpose = models.CharField(_("formål"), max_length=16, choices=Purpose.choices())
    call_back = models.CharField(_("ring gerne til"), max_length=120, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    contribution_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("anmodning om oplysninger")
        indexes = [models.Index(fields=["case", "-at"], name="request_by_case")]

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == RequestState.OPEN
