"""Somebody asks about a citizen; the team looks by itself; and whether a citizen belongs to the target group."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsvar.outreach.models.courses import Course, CourseRow, UnitRow
from samsvar.outreach.words import word

SOURCES = range(1, 16)
RISKS = (0, 1, 2, 77)


class SearchKind(models.TextChoices):
    """How the team looks for those nobody has asked about (R-004-27, R-004-28, R-004-29, R-004-33)."""

    AREA = "area", _("Område: gået igennem på gaden")
    PENSION = "pension", _("Pensionssager gået igennem")
    CAMPAIGN = "campaign", _("Information til dem, der kender nogen")
    POWER = "power", _("Liste: strøm meldt fra")
    STAIRS = "stairs", _("Liste: pensionister pr. opgang")
    NO_ACCESS = "no_access", _("Liste: boliger, man ikke kom ind i")


# Lists that were made for something else: not before a legal basis is written down (R-004-29, O19).
LISTS = (SearchKind.POWER, SearchKind.STAIRS, SearchKind.NO_ACCESS, SearchKind.PENSION)


class Search(UnitRow):
    """One round of looking: which kind, where, on what basis, and what it counted. No person stands in it."""

    kind = models.CharField(max_length=9, choices=SearchKind.choices)
    place = models.CharField(max_length=160)
    on = models.DateField()
    basis = models.CharField(max_length=300, blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    reviewed = models.PositiveIntegerField(default=0)
    concerns = models.PositiveIntegerField(default=0)
    seen = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("opsporing")
        indexes = [models.Index(fields=["unit", "-on"], name="search_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=LISTS) | ~Q(basis=""),
                name="search_of_a_list_has_a_basis",
                violation_error_message=_("En liste må først bruges, når lovgrundlaget er skrevet ned."),
            ),
            models.CheckConstraint(
                condition=Q(concerns__lte=models.F("reviewed")) | Q(kind__in=("area", "campaign")),
                name="search_counts_hold",
                violation_error_message=_("Der kan ikke være flere bekymringer end sager, I har gået igennem."),
            ),
        ]


class Outcome(models.TextChoices):
    """What an inquiry turned out to be (R-004-23)."""

    TARGET = "target", _("I målgruppen")
    OTHER = "other", _("Hører til et andet tilbud")
    MISTAKEN = "mistaken", _("En misforståelse")


class Answered(models.TextChoices):
    """Whether whoever asked has heard, without any word about the citizen."""

    TAKEN = "taken", _("Vi har taget imod det og ser på det")
    ELSEWHERE = "elsewhere", _("Det hører til et andet sted")
    NOT_NEEDED = "not_needed", _("Den, der spurgte, vil ikke have svar")


class Inquiry(UnitRow):
    """Henvendelse. Every one ends in a follow-up; until then it stands on the list (R-004-21, R-004-22)."""

    received_on = models.DateField()
    source = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=1000)
    raiser = models.CharField(max_length=160, blank=True)
    hidden = models.BooleanField(default=False)
    search = models.ForeignKey(Search, on_delete=models.PROTECT, null=True, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    sent_to = models.CharField(max_length=160, blank=True)
    did = models.CharField(max_length=400, blank=True)
    followed_on = models.DateField(null=True)
    followed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    answered = models.CharField(max_length=10, choices=Answered.choices, blank=True)

    class Meta:
        verbose_name = _("henvendelse")
        indexes = [models.Index(fields=["unit", "followed_on"], name="inquiry_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=SOURCES),
                name="inquiry_source_of_the_form",
                violation_error_message=_("Vælg, hvem henvendelsen kom fra."),
            ),
            models.CheckConstraint(
                condition=Q(followed_on=None, outcome="")
                | (Q(followed_on__isnull=False) & ~Q(outcome="") & ~Q(did="")),
                name="inquiry_ends_in_a_follow_up",
                violation_error_message=_("Vælg, hvad det var, og skriv, hvad I gjorde."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="other") | ~Q(sent_to=""),
                name="inquiry_names_the_other_offer",
                violation_error_message=_("Skriv, hvor det hører til."),
            ),
        ]

    @property
    def source_words(self) -> str:
        """Who it came from, in the form's words; what the form asks to be described stands in the text."""
        return word("q13", self.source).partition(" – ")[0].partition(", please")[0]


class Assessment(CourseRow):
    """Whether the citizen belongs to the target group: four criteria, each by itself, and the worker's own judgement.

    A new assessment is a new row. Nothing is computed from a diagnosis, abuse or a disability (R-004-3, R-004-4).
    """

    on = models.DateField()
    profile = models.CharField(max_length=20)
    illness = models.CharField(max_length=8)
    illness_note = models.CharField(max_length=300, blank=True)
    isolation = models.CharField(max_length=8)
    isolation_note = models.CharField(max_length=300, blank=True)
    conditions = models.CharField(max_length=8)
    conditions_note = models.CharField(max_length=600, blank=True)
    home = models.CharField(max_length=8)
    home_note = models.CharField(max_length=300, blank=True)
    # The profile's own items that were ticked, by their keys.
    items = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    judged_by = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    # Q21 and Q22 with their codes; 77 is not known.
    dwelling = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    risk = models.PositiveSmallIntegerField()
    homeless = models.BooleanField(default=False)
    helped = models.BooleanField(default=False)
    helped_why = models.CharField(max_length=300, blank=True)
    belongs = models.BooleanField()
    rationale = models.TextField(max_length=1000)

    class Meta:
        verbose_name = _("vurdering af målgruppen")
        indexes = [models.Index(fields=["course", "-at"], name="assessment_by_course")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    **{f"{one}__in": ("yes", "no", "unknown") for one in ("illness", "isolation", "conditions", "home")}
                ),
                name="assessment_of_four_criteria",
                violation_error_message=_("Svar ja, nej eller ved ikke på hvert af de fire kendetegn."),
            ),
            models.CheckConstraint(
                condition=Q(conditions="unknown") | ~Q(conditions_note=""),
                name="assessment_says_why_unacceptable",
                violation_error_message=_("Skriv, hvorfor forholdene er eller ikke er uacceptable."),
            ),
            models.CheckConstraint(
                condition=Q(helped=False) | Q(isolation="no") | ~Q(helped_why=""),
                name="assessment_isolated_though_helped",
                violation_error_message=_(
                    "Den, der får hjælp efter § 83 eller § 85, er efter definitionen ikke isoleret. "
                    "Skriv, hvorfor alligevel."
                ),
            ),
            models.CheckConstraint(
                condition=Q(risk__in=RISKS),
                name="assessment_risk_of_the_form",
                violation_error_message=_("Vælg, om borgeren risikerer at miste boligen."),
            ),
            models.CheckConstraint(
                condition=~Q(rationale=""),
                name="assessment_has_a_rationale",
                violation_error_message=_("Skriv en begrundelse."),
            ),
        ]
