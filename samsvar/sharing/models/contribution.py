"""What an authority can tell about a citizen at the table, and what it keeps to itself."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils import timezone
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
    # Written at home while preparing, so that it is told at the table with two keys (R-000-67).
    necessity = models.CharField(
        _("hvorfor er det nødvendigt, at de får det at vide"), max_length=400, blank=True, db_default=""
    )
    # "Ring før I kommer": ends by itself, since nobody remembers to take a mark off.
    call_first_until = models.DateField(_("ring, før I kommer, til og med"), null=True, blank=True)
    call_first_who = models.CharField(_("hvem I ringer til"), max_length=120, blank=True, db_default="")
    # Such a piece goes no further than to those it was told to, unless somebody says so (R-002-75, R-002-79).
    third_party = models.BooleanField(_("handler også om en anden"), default=False, db_default=False)
    hypothesis = models.BooleanField(_("arbejdshypotese"), default=False, db_default=False)
    search = models.GeneratedField(
        expression=SearchVector("text", config="danish"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name = _("bidrag")
        indexes = [
            models.Index(fields=["case", "-at"], name="contribution_by_case"),
            models.Index(fields=["group_id"], name="contribution_by_group"),
        ]

    @property
    def is_marked(self) -> bool:
        """Whether it goes no further without a deliberate act."""
        return self.third_party or self.hypothesis

    @property
    def call_first(self) -> bool:
        """Whether those who have been told are to ring before they come, today."""
        return self.call_first_until is not None and self.call_first_until >= timezone.localdate()


class TreatmentSentence(PartnershipRow):
    """Behandlingsdom: vilkår. What it asks, what it allows, who supervises; never the judgment itself (R-000-113).

    One per authority and case, taken away when it ends: no search finds it, and nothing tells what was there before.
    """

    group_id = models.UUIDField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    conditions = models.TextField(_("vilkår"), max_length=600)
    allows = models.TextField(_("hvad vilkårene giver mulighed for"), max_length=600, blank=True)
    supervisor = models.CharField(_("hvem fører tilsyn"), max_length=160)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    disclosed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("behandlingsdom: vilkår")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "authority"],
                name="one_treatment_sentence",
                violation_error_message=_("Jeres vilkår står der allerede. Fjern dem først."),
            )
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
