"""The passage of something from one authority to named receivers, and the receipt that opens the door."""

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
    TREATMENT = "treatment", _("Behandlingsdom: vilkår")
    REQUEST = "request", _("Spørgsmål")
    CASE = "case", _("Sagen")
    NETWORK = "network", _("NP-sag")
    ACUTE = "acute", _("Akut kontakt")
    CONTACT = "unit_contact", _("Kontakt")
    LETTER = "letter", _("Brev ud af kredsen")
    CONFERENCE = "conference", _("Navnet i Samarbejdsenheden")
    CARE_NETWORK = "care_network", _("Borgerens netværk")
    CARE_EVENT = "care_event", _("Hændelse i borgerens netværk")
    HAND_OVER = "hand_over", _("Overdragelse")
    REFERRAL = "referral", _("Henvisning")
    CARE_PLAN = "care_plan", _("Plan for en udskrivning")


class WhyNot(models.TextChoices):
    """Why the citizen is not told yet (000 section 7.3)."""

    ILLNESS = "illness", _("Det kan gøre borgeren mere syg")
    SAFETY = "safety", _("Nogen kan komme i fare")
    NO_CONTACT = "no_contact", _("Vi kan ikke få kontakt")
    UNABLE = "unable", _("Borgeren kan ikke tage imod det lige nu")
    OTHER = "other", _("En anden grund")


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
    # One who is no authority of the cooperation has no receipt, and reads a letter (L7).
    outside = models.CharField(_("modtager uden for kredsen"), max_length=160, blank=True, db_default="")
    # The proof of a basis other than the cooperation; the own authority's rows, which no receiver reads.
    consent = models.ForeignKey("sharing.Consent", on_delete=models.PROTECT, null=True, related_name="+")
    weighed = models.ForeignKey("sharing.Weighed", on_delete=models.PROTECT, null=True, related_name="+")
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

    @property
    def aim(self) -> str:
        """What it was for, in the reader's language."""
        return Purpose(self.purpose).label(get_language())

    class Meta:
        verbose_name = _("videregivelse")
        indexes = [
            models.Index(fields=["case_id", "-at"], name="disclosure_by_case"),
            models.Index(fields=["citizen_id"], name="disclosure_by_citizen"),
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
