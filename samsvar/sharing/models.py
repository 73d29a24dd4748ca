"""The door in the wall: what is disclosed, by whom, to whom, on what basis, and what each authority has told."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.law import packs
from samsvar.law.kinds import InformationType, Purpose
from samsvar.postgres.models import PartnershipRow


class Channel(models.TextChoices):
    """How a disclosure was made. Phone calls are written in by hand, never captured (R-000-53)."""

    HERE = "here", _("Her i Samsvar")
    MEETING = "meeting", _("På mødet")
    PHONE = "phone", _("I telefonen")


class SubjectKind(models.TextChoices):
    """What kind of own row a disclosure opens."""

    CONCERN = "concern", _("Bekymring")
    IDENTITY = "identity", _("Hvem borgeren er")
    CONTRIBUTION = "contribution", _("Bidrag")
    DANGER = "danger", _("Råd før et besøg")
    CASE = "case", _("Sagen")
    NETWORK = "network", _("NP-sag")
    ACUTE = "acute", _("Akut kontakt")


class Disclosure(PartnershipRow):
    """The recorded passage of something from one authority to named receivers (R-000-97)."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField(null=True)
    citizen_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=16, choices=SubjectKind.choices)
    subject_id = models.UUIDField()
    information_type = models.CharField(max_length=24, choices=InformationType.choices())
    purpose = models.CharField(_("formål"), max_length=16, choices=Purpose.choices())
    necessity = models.TextField(_("hvorfor er det nødvendigt"), max_length=1000)
    rule = models.CharField(_("hjemmel"), max_length=8)
    pack = models.CharField(_("regelsæt"), max_length=24)
    reasons = models.JSONField(default=list)
    channel = models.CharField(_("hvordan"), max_length=8, choices=Channel.choices, default=Channel.HERE)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    capacity_id = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)

    @property
    def basis(self) -> str:
        """The rule it rests on, as people call it: "Retsplejelovens § 115". The stored number is the pack's own."""
        pack = packs.find(self.at.date())
        rule = pack.rules.get(self.rule) if pack else None
        return rule.short(get_language()) if rule else self.rule

    class Meta:
        verbose_name = _("videregivelse")
        indexes = [
            models.Index(fields=["case_id", "-at"], name="disclosure_by_case"),
            models.Index(fields=["subject_id"], name="disclosure_by_subject"),
            models.Index(fields=["authority", "-at"], name="disclosure_by_authority"),
        ]


class Receipt(PartnershipRow):
    """One named receiver of one disclosure. This row is what opens the door."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="receipts")
    subject_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    from_authority_id = models.UUIDField()
    brought_in = models.BooleanField(_("inddraget i denne sag"), default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("modtagelse")
        indexes = [models.Index(fields=["subject_id", "authority"], name="receipt_by_subject")]


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
