"""What a meeting is made of: parts that a partnership combines into kinds of its own (002 chapter 3; R-002-99)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import PartnershipRow

# From a consultation with the own doctor to a whole day.
SHORTEST, LONGEST = 15, 12 * 60


class Part(models.TextChoices):
    """The parts there are. None but the cases may speak of a citizen: the whole group reads the others."""

    APPROVAL = "approval", _("Godkendelse af referat")
    ORIENTATION = "orientation", _("Orientering fra områderne")
    NETWORK = "network", _("NP-sager og akutte kontakter siden sidst")
    CASES = "cases", _("Sager: opfølgning på gamle, og nye")
    GENERAL = "general", _("Generelle emner")
    GAPS = "gaps", _("Huller i systemet")
    THEME = "theme", _("Tema")
    SKILLS = "skills", _("Vi lærer af hinanden")
    CONSTITUTION = "constitution", _("Konstituering")
    DECISIONS = "decisions", _("Beslutninger uden sager")
    DIVISION = "division", _("Hvem gør hvad")
    FEEDBACK = "feedback", _("Tilbagemelding")
    PLAN = "plan", _("Planen fremad")
    EVALUATION = "evaluation", _("Hvordan går det, og hvad skal ændres")
    OTHER = "other", _("Eventuelt")


# What an operative group's meeting is made of when nobody has chosen a kind (000 section 2.10).
DEFAULT_PARTS = (Part.APPROVAL, Part.ORIENTATION, Part.CASES, Part.GENERAL)
# A table that knows no citizens.
STEERING_PARTS = (Part.APPROVAL, Part.ORIENTATION, Part.DECISIONS, Part.GAPS, Part.GENERAL)
# Parts in which somebody writes.
TEXT_PARTS = (
    Part.ORIENTATION,
    Part.GENERAL,
    Part.THEME,
    Part.SKILLS,
    Part.DECISIONS,
    Part.DIVISION,
    Part.FEEDBACK,
    Part.PLAN,
    Part.EVALUATION,
    Part.OTHER,
)


class MeetingKind(PartnershipRow):
    """A kind of meeting as a partnership has put it together. It holds no person.

    A meeting keeps its own copy of parts and mandate, so that a kind may change without changing what has been held.
    """

    name = models.CharField(_("navn"), max_length=80)
    purpose = models.CharField(_("formål"), max_length=400, blank=True)
    participants = models.CharField(_("hvem plejer at være med"), max_length=400, blank=True)
    parts = ArrayField(models.CharField(max_length=16, choices=Part.choices), verbose_name=_("dele"))
    # A meeting nobody can decide at is a good meeting, as long as everybody knows it (R-002-100).
    decides = models.BooleanField(_("mødet kan beslutte"), default=True)
    minutes = models.PositiveSmallIntegerField(_("varighed i minutter"), default=120)
    notice_days = models.PositiveSmallIntegerField(_("indkaldes så mange dage før"), default=7)
    # The template it was made from, such as M06; nothing depends on it.
    template = models.CharField(max_length=24, blank=True)
    # Stamped when it changes, so that of two who change it the second is told.
    changed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mødetype")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "name"],
                condition=models.Q(retired_at=None),
                name="kind_name_once",
                violation_error_message=_("I har allerede en mødetype med det navn."),
            )
        ]

    def __str__(self) -> str:
        return self.name
