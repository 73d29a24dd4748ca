"""What happens between meetings: consults without a person, network cases, acute contacts (000 sections 2.6 to 2.8)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from samsvar.cases.models.case import Case
from samsvar.cases.models.concern import AcuteTrigger, Concern
from samsvar.postgres.models import PartnershipRow


class Consult(PartnershipRow):
    """Anonym sparring: a question without a person, and so without a legal gate (R-000-48, V-25)."""

    group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    own_only = models.BooleanField(_("kun vores egne medlemmer"), default=False)
    question = models.TextField(_("spørgsmål, uden navn og nummer"), max_length=1500)
    answer = models.TextField(_("svar"), max_length=1500, blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    answered_by_authority = models.ForeignKey(
        "partnerships.Authority", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("anonym sparring")
        indexes = [models.Index(fields=["group", "-asked_at"], name="consult_by_group")]


class NetworkOutcome(models.TextChoices):
    """How an NP-sag ends (R-000-45)."""

    INTERNAL = "internal", _("Løst hos én myndighed")
    JOINT = "joint", _("Løst mellem myndighederne")
    TO_PSP = "to_psp", _("Bragt på PSP-dagsordenen")


class NetworkCase(PartnershipRow):
    """NP-sag: authorities solve it between meetings; counted apart, told at the next one (R-000-45 to R-000-47)."""

    group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=24)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    party_ids = ArrayField(models.UUIDField())
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="network_cases")
    subject = models.CharField(_("hvad handler det om"), max_length=300)
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(_("udfald"), max_length=10, choices=NetworkOutcome.choices, blank=True)
    outcome_note = models.CharField(_("kort om løsningen"), max_length=400, blank=True)
    ended_at = models.DateTimeField(null=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_at_meeting_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("NP-sag")
        indexes = [models.Index(fields=["group", "-opened_at"], name="network_case_by_group")]


class AcuteContact(PartnershipRow):
    """Who called whom when, outside a meeting; told at the next one (R-000-49, R-000-50), typed by hand (R-000-53)."""

    group_id = models.UUIDField(null=True)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="acute_contacts")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="acute_contacts")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    to_authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    trigger = models.CharField(_("hvorfor kan det ikke vente"), max_length=12, choices=AcuteTrigger.choices)
    called_at = models.DateTimeField(_("hvornår"))
    spoke_with = models.CharField(_("talte med"), max_length=160, blank=True)
    what = models.CharField(_("hvad blev aftalt"), max_length=500, blank=True)
    necessity = models.TextField(_("hvorfor var det nødvendigt"), max_length=1000, blank=True)
    doubt = models.BooleanField(_("tvivl: spørg jurist"), default=False)
    acted_at = models.DateTimeField(_("handlet hvornår"), null=True, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    told_at_meeting_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("akut kontakt")
        indexes = [
            models.Index(fields=["case", "-called_at"], name="acute_by_case"),
            models.Index(fields=["concern"], name="acute_by_concern"),
        ]
