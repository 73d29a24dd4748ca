"""Borgerskema: the record that tovholder and professional lead read, and memory notes that nobody else reads."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models.networks import CareNetwork
from samsvar.postgres.models import PartnershipRow


class Activity(models.TextChoices):
    """What a tovholder's work consists of, so that the work can be known from the record (R-003-91, R-003-92)."""

    CONTACT = "contact", _("Kontakt med borgeren")
    MEETING = "meeting", _("Møde")
    ADVICE = "advice", _("Råd til andre afdelinger")
    IN_PLACE = "in_place", _("Gjort i stedet for andre")
    OTHER = "other", _("Andet")


class RecordEntry(PartnershipRow):
    """One entry of the borgerskema. Nobody whom the citizen lets in ever sees it (house.md, own rows)."""

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="record")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("dag"))
    activity = models.CharField(_("hvad det var"), max_length=12, choices=Activity.choices)
    whose = models.CharField(_("hvis opgave det var"), max_length=160, blank=True)
    text = models.TextField(_("hvad der skete"), max_length=2000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    reply = models.TextField(_("svar"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("indførelse i borgerskemaet")
        indexes = [
            models.Index(fields=["network", "-on", "-at"], name="record_entry_by_network"),
            models.Index(fields=["authority"], condition=Q(read_at=None), name="record_entry_not_read"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(activity="in_place") | ~Q(whose=""),
                name="record_entry_names_whose_task",
                violation_error_message=_("Skriv, hvis opgave det egentlig var."),
            ),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None, reply="") | (~Q(read_at=None) & ~Q(read_by=None)),
                name="record_entry_read_by_somebody",
                violation_error_message=_("Et svar har en, der har læst det."),
            ),
        ]


class OwnMemo(PartnershipRow):
    """Huske-notat: one person's memory of a citizen. It never travels, and nobody else reads it (R-003-65)."""

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="memos")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("huske-notat"), max_length=2000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("huske-notat")
        indexes = [models.Index(fields=["network", "by"], name="own_memo_by_network")]
