"""Who was asked to be in a study, and what they said. Without a written yes that stands, no research reads a record."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.outreach.models.courses import CourseRow


def same_study(name: str) -> str:
    """What two spellings of one study have in common: letters large or small and spaces make no other study."""
    return " ".join(name.split()).casefold()


class StudyAnswer(models.TextChoices):
    """What came of asking, in the report's own reasons (R-004-70)."""

    YES = "yes", _("Ja, skriftligt")
    NO = "no", _("Nej, vil ikke være med")
    FRAGILE = "fragile", _("For skrøbelig til at blive spurgt")
    ILL = "ill", _("For syg lige nu")
    ENDED = "ended", _("Kontakten var slut")


class Research(CourseRow):
    """One asking about one study. A yes is written, dated, kept somewhere, and lasts a year (R-004-69).

    Nobody is named: what was signed lies with the unit, and the row says where.
    """

    study = models.CharField(max_length=160)
    asked_on = models.DateField()
    answer = models.CharField(max_length=7, choices=StudyAnswer.choices)
    given_on = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    kept = models.CharField(max_length=160, blank=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("spørgsmål om at være med i en undersøgelse")
        indexes = [models.Index(fields=["course", "-at"], name="research_by_course")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=StudyAnswer.values) & ~Q(study=""),
                name="research_names_its_study",
                violation_error_message=_("Skriv hvilken undersøgelse, og vælg et svar."),
            ),
            models.CheckConstraint(
                condition=(Q(answer="yes", given_on__isnull=False, valid_to__isnull=False) & ~Q(kept=""))
                | (~Q(answer="yes") & Q(given_on=None, valid_to=None, kept="", withdrawn_on=None)),
                name="research_yes_is_written_and_dated",
                violation_error_message=_("Skriv, hvilken dag borgeren skrev under, og hvor samtykket ligger."),
            ),
            models.CheckConstraint(
                condition=Q(given_on=None)
                | (Q(valid_to__gte=F("given_on")) & Q(valid_to__lte=F("given_on") + timedelta(days=366))),
                name="research_yes_lasts_a_year_at_most",
                violation_error_message=_("Et samtykke gælder højst et år."),
            ),
        ]

    def stands(self, day: date | None = None) -> bool:
        """Whether research may read the record by this row."""
        day = day or timezone.localdate()
        if self.answer != StudyAnswer.YES or self.given_on is None or self.valid_to is None or self.withdrawn_on:
            return False
        return self.given_on <= day <= self.valid_to
