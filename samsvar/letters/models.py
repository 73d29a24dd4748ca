"""What the citizen has been told and has said, letters to those outside the circle, and what the own journal has.

All of these are rows of one authority about one case: no other party to the case sees them.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.law import exemptions
from samsvar.law.kinds import AuthorityKind, Basis
from samsvar.postgres.models import PartnershipRow
from samsvar.sharing.models import WhyNot


class CaseLetterRow(PartnershipRow):
    """A row of one authority about one case."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField()
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class How(models.TextChoices):
    """In which way the citizen was told."""

    LETTER = "letter", _("Med brev")
    TALK = "talk", _("I en samtale")
    PHONE = "phone", _("I telefonen")
    COMPANION = "companion", _("Sammen med en bisidder eller et ombud")


class Notice(CaseLetterRow):
    """Borgerorientering: the citizen was told, or not told for now with a reason that lapses on a day (L12, L21).

    `disclosures` are those it covers. `words` is the letter as it was sent. A notice stands as it was made: what the
    citizen has been told cannot be told otherwise afterwards.
    """

    told = models.BooleanField(_("er borgeren fortalt"))
    how = models.CharField(_("hvordan"), max_length=10, choices=How.choices, blank=True)
    companion = models.CharField(_("bisidder eller ombud"), max_length=160, blank=True)
    told_on = models.DateField(_("hvornår"), null=True, blank=True)
    language = models.CharField(max_length=2, default="da")
    words = models.TextField(_("brevet"), max_length=8000, blank=True)
    disclosures = ArrayField(models.UUIDField(), default=list)
    why_not = models.CharField(_("hvorfor ikke endnu"), max_length=12, choices=WhyNot.choices, blank=True)
    reason = models.TextField(_("begrundelse"), max_length=1000, blank=True)
    # The key of an exemption (law/data/exemptions.toml), as it read on the day.
    paragraph = models.CharField(_("paragraf"), max_length=16, blank=True)
    leader = models.ForeignKey(
        "partnerships.Capacity",
        verbose_name=_("leder"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    review_on = models.DateField(_("se på det igen"), null=True, blank=True)

    class Meta:
        verbose_name = _("borgerorientering")
        indexes = [models.Index(fields=["case", "-at"], name="notice_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(told=True, why_not="", leader=None, review_on=None) & ~Q(how="") & Q(told_on__isnull=False)
                | Q(told=False, how="", words="")
                & ~Q(why_not="")
                & ~Q(reason="")
                & ~Q(paragraph="")
                & Q(leader__isnull=False, review_on__isnull=False),
                name="not_told_has_leader_reason_and_day",
                violation_error_message=_(
                    "Skriv, hvorfor borgeren ikke er fortalt, hvilken leder der står for det, og til hvornår."
                ),
            )
        ]

    @property
    def rests_on(self) -> str:
        """The exemption in words, as it was in force when the notice was made."""
        found = exemptions.meant(self.paragraph, timezone.localtime(self.at).date())
        return found.label(get_language()) if found else self.paragraph


class Speaker(models.TextChoices):
    """Whose words they are."""

    CITIZEN = "citizen", _("Borgeren selv")
    COMPANION = "companion", _("Borgerens bisidder")
    OMBUD = "ombud", _("Borgerens personlige ombud")


class CitizenWord(CaseLetterRow):
    """What the citizen, a bisidder or an ombud has said to the own authority, apart from its own views (R-000-124)."""

    speaker = models.CharField(_("hvis ord"), max_length=10, choices=Speaker.choices, default=Speaker.CITIZEN)
    name = models.CharField(_("navn på bisidder eller ombud"), max_length=160, blank=True)
    text = models.TextField(_("ordene"), max_length=3000)

    class Meta:
        verbose_name = _("borgerens ord")
        indexes = [models.Index(fields=["case", "-at"], name="citizen_word_by_case")]


class OutsideKind(models.TextChoices):
    """Who stands outside the circle (L7)."""

    OWN_DOCTOR = "own_doctor", _("Egen læge")
    HOUSING = "housing", _("Boligorganisation")
    RELATIVE = "relative", _("Pårørende")
    OTHER = "other", _("Anden privat person eller firma")


# What the law calls them.
LEGAL_KIND = {
    OutsideKind.OWN_DOCTOR: AuthorityKind.PRACTICE,
    OutsideKind.HOUSING: AuthorityKind.HOUSING,
    OutsideKind.RELATIVE: AuthorityKind.PRIVATE,
    OutsideKind.OTHER: AuthorityKind.PRIVATE,
}

# What a letter to them can rest on: § 115 does not reach them.
OUTSIDE_BASES = (Basis.CONSENT, Basis.OVERRIDING)


class OutsideLetter(CaseLetterRow):
    """A one-way letter to a named receiver outside the circle (L7).

    Its disclosures, one for each kind of information, have its key as their subject; `consent` or
    `weighed` is what they rest on (L8, L10).
    """

    kind = models.CharField(_("hvem"), max_length=12, choices=OutsideKind.choices)
    name = models.CharField(_("navn"), max_length=160)
    address = models.CharField(_("modtagerens adresse"), max_length=200, blank=True)
    language = models.CharField(max_length=2, default="da")
    words = models.TextField(_("brevet"), max_length=8000)
    basis = models.CharField(_("hjemmel"), max_length=12, choices=[(one.value, one.da) for one in OUTSIDE_BASES])
    consent = models.ForeignKey("sharing.Consent", on_delete=models.PROTECT, null=True, related_name="+")
    weighed = models.ForeignKey("sharing.Weighed", on_delete=models.PROTECT, null=True, related_name="+")
    secrecy_order = models.BooleanField(_("pålæg om tavshed"), default=True)
    acknowledged_on = models.DateField(_("modtageren har sagt ja til pålægget"), null=True, blank=True)

    class Meta:
        verbose_name = _("brev til en uden for kredsen")
        indexes = [models.Index(fields=["case", "-at"], name="outside_letter_by_case")]


class JournalMark(CaseLetterRow):
    """Up to here the own journal has it, under the own number. The note itself lives there, not here (L22)."""

    since = models.DateTimeField(null=True)
    until = models.DateTimeField()
    theme = models.CharField(_("kort emne"), max_length=120)
    number = models.CharField(_("nummer i jeres eget system"), max_length=60)

    class Meta:
        verbose_name = _("journalisering")
        indexes = [models.Index(fields=["case", "authority", "-until"], name="journal_mark_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(since__lt=F("until")),
                name="journal_mark_goes_forward",
                violation_error_message=_("Det er allerede journaliseret."),
            )
        ]
