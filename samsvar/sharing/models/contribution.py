"""What an authority can tell about a citizen at the table, and what it keeps to itself."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import PartnershipRow


class Answer(models.TextChoices):
    """Full answers all of them; declining needs no reason (L6, R-000-68)."""

    CONTRIBUTES = "contributes", _("Bidrager")
    NOT_KNOWN = "not_known", _("Ikke kendt")
    BACK_LATER = "back_later", _("Vender tilbage")
    DECLINES = "declines", _("Ønsker ikke at videregive")


class Contribution(PartnershipRow):
    """What one authority can tell about a citizen at the table: own until disclosed (R-000-67, R-000-70). No upload."""

    group_id = models.UUIDField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="contributions")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("svar"), max_length=12, choices=Answer.choices)
    information_type = models.CharField(max_length=24, blank=True)
    text = models.TextField(_("kun det, der er nødvendigt i denne sag"), max_length=2000, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    disclosed_at = models.DateTimeField(null=True)
    search = models.GeneratedField(
        expression=SearchVector("text", config="danish"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name = _("bidrag")
        indexes = [
            models.Index(fields=["case", "-at"], name="contribution_by_case"),
            models.Index(fields=["group_id"], name="contribution_by_group"),
        ]


class OwnNote(PartnershipRow):
    """A note on the own side of the wall, about a case: the authority's, or only its writer's ("huske-notat")."""

    class Reach(models.TextChoices):
        AUTHORITY = "authority", _("Min myndighed")
        PERSON = "person", _("Kun mig")

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="own_notes")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField()
    reach = models.CharField(_("hvem kan se"), max_length=10, choices=Reach.choices, default=Reach.AUTHORITY)
    text = models.TextField(_("note"), max_length=4000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("egen note")
        indexes = [models.Index(fields=["case", "-at"], name="own_note_by_case")]
