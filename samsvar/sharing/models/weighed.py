"""Værdispring: the five answers and the leader that a disclosure without consent rests on (L8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsvar.law.assess import Weighing
from samsvar.postgres.models import PartnershipRow


class Weighed(PartnershipRow):
    """One concrete assessment, as it was made (L8, R-000-103). The own authority's: receivers never read it."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    own_sake = models.CharField(_("for borgerens egen skyld"), max_length=400)
    concrete = models.CharField(_("konkret vurdering"), max_length=400)
    outweighs = models.CharField(_("vejer klart tungere"), max_length=400)
    consent_tried = models.CharField(_("samtykke prøvet"), max_length=400)
    leader = models.CharField(_("hvilken leder"), max_length=160)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("værdispring")
        indexes = [models.Index(fields=["case", "-at"], name="weighed_by_case")]

    def for_law(self) -> Weighing:
        """As the law is asked about it."""
        return Weighing(self.own_sake, self.concrete, self.outweighs, self.consent_tried, self.leader)
