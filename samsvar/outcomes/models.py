"""A month's report of a course. Everything else in this room is arithmetic on what stands in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsvar.outreach.models.courses import CourseRow, UnitRow


class Report(CourseRow):
    """One month of one course, answered in the codes of one version of the form (R-004-72, R-004-91).

    A draft until it is sent. The answers are one column: a question is no row, since nobody ever asks for one alone.
    """

    month = models.DateField(_("måned"))
    form = models.CharField(max_length=40)
    # Months from the start of the course, or the end (`table.END`); none where the month asks nothing but the month.
    wave = models.PositiveSmallIntegerField(null=True)
    # `table.ISBRYDER` or `table.OTHERS`, as the target group was assessed when it was sent; none where nobody had.
    target = models.PositiveSmallIntegerField(null=True)
    answers = models.JSONField(default=dict)
    # How many of the answers were the log's own when it was sent, and how many there were.
    filled = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(_("sendt"), null=True)
    sent_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("indberetning")
        indexes = [models.Index(fields=["unit", "sent_at"], name="report_by_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "month"],
                name="report_once_a_month",
                violation_error_message=_("En anden er i gang med samme indberetning. Se siden igen."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="report_sent_by_somebody",
                violation_error_message=_("Indberetningen mangler, hvem der sendte den."),
            ),
        ]

    @property
    def is_sent(self) -> bool:
        """Whether it is in."""
        return self.sent_at is not None


class Journal(UnitRow):
    """What a team did with a kind of partner in a quarter, in the codes and words of one form (R-004-93)."""

    quarter = models.DateField(_("kvartal"))
    form = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    # Raised by each keeping, so that nobody writes over what they have not seen.
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("kvartalsjournal")
        indexes = [models.Index(fields=["unit", "-quarter"], name="journal_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(quarter__day=1, quarter__month__in=(1, 4, 7, 10)),
                name="journal_of_a_quarter",
                violation_error_message=_("Vælg et kvartal."),
            )
        ]


class PublishedFigures(UnitRow):
    """What a unit's figures were on the day they were published: counts and means, small groups hidden (decision 0132).

    Written once, by whoever looks first, and gone when the next are published.
    """

    day = models.DateField()
    what = models.CharField(max_length=60)
    figures = models.JSONField()

    class Meta:
        verbose_name = _("offentliggjorte tal")
        constraints = [models.UniqueConstraint(fields=["unit", "day", "what"], name="figures_published_once")]
