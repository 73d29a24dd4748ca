"""Network meetings: with the citizen and those the citizen chooses; nothing is decided there (003 section 6.1)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models.networks import CareNetwork, NetworkContact
from samsvar.postgres.models import PartnershipRow


class MeetingState(models.TextChoices):
    """Where a network meeting stands."""

    PLANNED = "planned", _("På vej")
    HELD = "held", _("Holdt")
    CALLED_OFF = "called_off", _("Aflyst")


class NetworkMeeting(PartnershipRow):
    """Netværksmøde: it can be saved while purpose and frame are unclear, and without a day (R-003-27).

    Nobody is invited before the citizen's wishes about who comes are written (R-003-25).
    """

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="meetings")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    called_by = models.CharField(_("hvem ønsker mødet"), max_length=160)
    purpose = models.CharField(_("hvad mødet er til"), max_length=400, blank=True)
    clear = models.BooleanField(_("formål og ramme er klar"), default=False)
    starts_at = models.DateTimeField(_("hvornår"), null=True)
    place = models.CharField(_("hvor"), max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    # Written so that the citizen can read it.
    minutes = models.TextField(_("referat"), max_length=4000, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("netværksmøde")
        indexes = [models.Index(fields=["network", "-starts_at"], name="network_meeting_by_network")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="held") | Q(starts_at__isnull=False),
                name="network_meeting_held_has_a_day",
                violation_error_message=_("Skriv, hvornår mødet blev holdt."),
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still to come."""
        return self.state == MeetingState.PLANNED


class MeetingWishes(PartnershipRow):
    """What the citizen wants as to who comes, and who does not: for those inside alone."""

    meeting = models.OneToOneField(NetworkMeeting, on_delete=models.PROTECT, related_name="wished")
    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    wishes = models.CharField(_("borgerens ønsker til, hvem der kommer"), max_length=600)
    on = models.DateField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("borgerens ønsker til mødet")


class Answer(models.TextChoices):
    """What one who was invited says."""

    COMES = "comes", _("Kommer")
    NOT = "not", _("Kommer ikke")


class NetworkInvitee(PartnershipRow):
    """Somebody the citizen wants at the meeting, and what they can promise there on behalf of others."""

    meeting = models.ForeignKey(NetworkMeeting, on_delete=models.PROTECT, related_name="invitees")
    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(NetworkContact, on_delete=models.PROTECT, related_name="invitations")
    mandate = models.CharField(_("kan love"), max_length=200, blank=True)
    invited_on = models.DateField(_("inviteret"), null=True)
    answer = models.CharField(_("svar"), max_length=6, choices=Answer.choices, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("inviteret til netværksmøde")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "contact"],
                name="network_invitee_once",
                violation_error_message=_("Personen er allerede på listen."),
            )
        ]


class AgreementState(models.TextChoices):
    """Whether an agreement was put into effect (R-003-24)."""

    OPEN = "open", _("I gang")
    DONE = "done", _("Sat i værk")
    FAILED = "failed", _("Ikke sat i værk")
    DROPPED = "dropped", _("Ikke aktuel mere")


class NetworkAgreement(PartnershipRow):
    """What was agreed at a network meeting, whose it is, and whether it was put into effect (R-003-24)."""

    meeting = models.ForeignKey(NetworkMeeting, on_delete=models.PROTECT, related_name="agreements")
    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="agreements")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("hvad"), max_length=300)
    owner = models.CharField(_("hvem"), max_length=160)
    due_on = models.DateField(_("hvornår"), null=True)
    # What must be so first; empty for what is agreed in any case (R-003-117).
    condition = models.CharField(_("hvis"), max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=AgreementState.choices, default=AgreementState.OPEN)
    result = models.CharField(_("hvordan gik det"), max_length=300, blank=True)
    judged_on = models.DateField(null=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("aftale fra netværksmøde")
        indexes = [
            models.Index(fields=["network"], condition=Q(state="open"), name="network_agreement_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | Q(judged_on__isnull=False),
                name="network_agreement_judged_on_a_day",
                violation_error_message=_("Skriv, hvordan det gik."),
            )
        ]

    @property
    def said(self) -> str:
        """What was agreed, with what it hangs on."""
        return f"{_('hvis')} {self.condition}: {self.what}" if self.condition else self.what

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and nobody has said that it is in effect."""
        return self.state == AgreementState.OPEN and self.due_on is not None and self.due_on < timezone.localdate()
