"""What one unit asks of another about a citizen: a pair row, seen by sender and receiver alone (house.md, 5).

Referrals, requests to a doctor, statements, notices ahead, outreach requests and notifications are rows of one table;
what they ask, how they are answered and until when is data (pack.py).
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.citizens.words import initials
from samsvar.directory.models import DirectoryEntry
from samsvar.forms.fields import YesNoUnknown
from samsvar.law.kinds import Basis
from samsvar.postgres.models import PartnershipRow
from samsvar.referrals.pack import Kind, Perspective, Template, pack, template


class ReferralState(models.TextChoices):
    """How far it has come, as the sender sees it (R-002-39)."""

    DRAFT = "draft", _("Kladde")
    RECEIVED = "received", _("Fremme")
    ASSESSING = "assessing", _("Vurderes")
    RETURNED = "returned", _("Sendt tilbage")
    ACCEPTED = "accepted", _("Taget imod")
    REFUSED = "refused", _("Afvist")
    STARTED = "started", _("I gang")
    NO_SHOW = "no_show", _("Mødte ikke op")
    CLOSED = "closed", _("Afsluttet")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")


S = ReferralState
WAITS = (S.RECEIVED, S.ASSESSING)
OVER = (S.REFUSED, S.CLOSED, S.WITHDRAWN)
# What each side can do; the database asks the same (policies/referrals.py).
SENDERS_STEPS = (
    (S.DRAFT, S.RECEIVED),
    (S.RETURNED, S.RECEIVED),
    *((one, S.WITHDRAWN) for one in (S.RECEIVED, S.ASSESSING, S.RETURNED, S.ACCEPTED, S.STARTED, S.NO_SHOW)),
)
RECEIVERS_STEPS = (
    *((one, two) for one in WAITS for two in (S.RETURNED, S.ACCEPTED, S.REFUSED, S.CLOSED)),
    (S.RECEIVED, S.ASSESSING),
    *((one, two) for one in (S.ACCEPTED, S.NO_SHOW) for two in (S.STARTED, S.CLOSED)),
    (S.STARTED, S.CLOSED),
    *((one, S.NO_SHOW) for one in (S.ACCEPTED, S.STARTED)),
    # A change of what is given opens granting again (R-002-21).
    *((one, S.ASSESSING) for one in (S.ACCEPTED, S.STARTED, S.NO_SHOW)),
)


class Referral(PartnershipRow):
    """One thing asked of one unit about one citizen. A draft is its unit's own; what is sent is not rewritten."""

    # What it goes on from; no key, so that the one can be disposed of without the other.
    follows_id = models.UUIDField(null=True)
    citizen_id = models.UUIDField()
    name = models.CharField(_("borgerens navn"), max_length=160)
    birth_year = models.PositiveSmallIntegerField(_("fødselsår"), null=True)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    from_entry = models.ForeignKey(DirectoryEntry, on_delete=models.PROTECT, related_name="+")
    from_kind = models.CharField(max_length=20)
    to_authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("partnerships.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    to_entry = models.ForeignKey(DirectoryEntry, on_delete=models.PROTECT, related_name="+")
    to_kind = models.CharField(max_length=20)
    template_key = models.CharField(max_length=24)
    way = models.CharField(max_length=32)
    # Pairs of a field's name and what stands in it: text, whose words, who says so.
    said = models.JSONField(default=dict)
    basis = models.CharField(_("hjemmel"), max_length=12, choices=Basis.choices(), blank=True)
    # The yes hangs on this row (`Consent.referral_id`); this names the one it was sent on.
    consent_id = models.UUIDField(null=True)
    state = models.CharField(_("status"), max_length=10, choices=ReferralState.choices, default=ReferralState.DRAFT)
    answer = models.CharField(_("svar"), max_length=16, blank=True)
    reason = models.CharField(_("grund"), max_length=16, blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(_("svar senest"), null=True)
    answered_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("henvisning")
        indexes = [
            models.Index(fields=["authority", "-at"], name="referral_by_sender"),
            models.Index(fields=["to_authority", "-sent_at"], name="referral_by_receiver"),
            models.Index(fields=["citizen_id"], name="referral_by_citizen"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", sent_at=None)
                | (~Q(state="draft") & Q(sent_at__isnull=False) & ~Q(basis="")),
                name="referral_sent_on_a_basis",
                violation_error_message=_("Det, der er sendt, har en dag og en hjemmel."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="referral_refused_with_a_reason",
                violation_error_message=_("Skriv, hvorfor I siger nej."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in OVER], closed_at__isnull=False)
                | (~Q(state__in=[one.value for one in OVER]) & Q(closed_at=None)),
                name="referral_over_has_a_day",
                violation_error_message=_("Det, der er slut, har en dag."),
            ),
        ]

    @property
    def initials(self) -> str:
        """Whom it is about where no name stands."""
        return initials(self.name)

    @property
    def template(self) -> Template:
        """What is asked, and how it is answered."""
        return template(self.template_key)

    @property
    def kind(self) -> Kind:
        """What it is."""
        return self.template.kind

    @property
    def what(self) -> str:
        """Its name in the reader's language."""
        return self.template.label

    @property
    def answer_words(self) -> str:
        """What was answered, in the reader's language."""
        found = pack().answers.get(self.answer)
        return found.label if found else ""

    @property
    def reason_words(self) -> str:
        """Why it was refused, in the reader's language."""
        found = pack().reasons.get(self.reason)
        return found.label if found else ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in OVER

    @property
    def waits(self) -> bool:
        """Whether the receiver has not answered yet."""
        return self.state in WAITS

    @property
    def is_waiting(self) -> bool:
        """Whether the citizen waits for it: sent, not begun and not over."""
        return self.sent_at is not None and self.started_at is None and not self.is_over

    @property
    def is_silent(self) -> bool:
        """Whether the receiver has said nothing and the day is past."""
        return self.waits and self.due_at is not None and self.due_at < timezone.now()

    @property
    def waited_days(self) -> int:
        """Whole days from sending until it began, or until now (R-002-27)."""
        if self.sent_at is None:
            return 0
        until = self.started_at or self.closed_at or timezone.now()
        return max(0, (until - self.sent_at).days)

    @property
    def has_gap(self) -> bool:
        """Whether what both must see is not filled in: a discharge without an appointment (002/AS-9)."""
        gap = self.template.gap
        return bool(gap) and not self.is_over and not self.text_of(gap)

    def text_of(self, key: str) -> str:
        """What stands in a field."""
        return str(self.said.get(key, {}).get("text", ""))

    def rows(self) -> list[tuple[str, str, str, str]]:
        """What is said, in the template's order: label, text, whose words, who says so."""
        found = []
        for field in self.template.fields:
            if one := self.said.get(field.key):
                # What a field is by its nature need not be said: a question is the asker's own.
                whose = "" if field.whose != "ask" and one.get("whose") == field.whose else _whose(one)
                text = YesNoUnknown(one["text"]).label if field.yes_no else one["text"]
                found.append((field.label, str(text), whose, str(one.get("who", ""))))
        return found


def _whose(one: dict[str, Any]) -> str:
    return Perspective(one.get("whose", Perspective.OWN)).label(get_language())


class EntryKind(models.TextChoices):
    """What happened in the thread."""

    SENT = "sent", _("Sendt")
    RECEIPT = "receipt", _("Kvittering")
    ASSESSING = "assessing", _("Vurderes")
    RETURNED = "returned", _("Sendt tilbage: der mangler noget")
    AGAIN = "again", _("Sendt igen")
    ANSWER = "answer", _("Svar")
    STARTED = "started", _("I gang")
    NO_SHOW = "no_show", _("Mødte ikke op")
    REOPENED = "reopened", _("Indsatsen er ændret og bliver set på igen")
    CLOSED = "closed", _("Afsluttet")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")
    MESSAGE = "message", _("Besked")


# Which lines of the thread are of which side.
OF_SENDER = (EntryKind.SENT, EntryKind.RECEIPT, EntryKind.AGAIN, EntryKind.WITHDRAWN, EntryKind.MESSAGE)
OF_RECEIVER = (
    *(EntryKind.ASSESSING, EntryKind.RETURNED, EntryKind.ANSWER, EntryKind.STARTED, EntryKind.NO_SHOW),
    *(EntryKind.REOPENED, EntryKind.CLOSED, EntryKind.MESSAGE),
)


class ReferralEntry(PartnershipRow):
    """One line of the thread between sender and receiver: a step or a message. Never rewritten."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="entries")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    of_receiver = models.BooleanField()
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    text = models.CharField(max_length=2000, blank=True)
    # For the own side alone: the colour of a notification and why.
    inner = models.BooleanField(default=False)
    # What is missing (R-002-19).
    items = models.JSONField(default=list)
    # What the citizen and others say of what is answered: whose, text, who (R-002-154). What the unit says is `text`.
    voices = models.JSONField(default=list)
    # An entry of the directory that is the better door (R-002-40).
    instead = models.ForeignKey(DirectoryEntry, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("linje i en henvisning")
        indexes = [models.Index(fields=["referral", "at"], name="referral_entries")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="returned") | ~Q(items=[]),
                name="referral_returned_with_what_is_missing",
                violation_error_message=_("Skriv, hvad der mangler."),
            )
        ]

    def voice_rows(self) -> list[tuple[str, str, str]]:
        """What each voice says and who says it, the unit's own first (R-002-154). Empty where it alone speaks."""
        if not self.voices:
            return []
        own = [(str(_("vi vurderer selv")), self.text, "")] if self.text else []
        # Others are professionals or relatives: `who` says which.
        others = {Perspective.OTHER.value: str(_("andre siger det"))}
        return own + [
            (others.get(one["whose"]) or _whose(one), str(one["text"]), str(one.get("who", ""))) for one in self.voices
        ]
