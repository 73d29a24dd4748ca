"""Holes in the system: told without the case that showed them, answered from above (000 section 2.19)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.cases.models.work import CaseRow
from samsvar.law.kinds import AuthorityKind
from samsvar.postgres.models import PartnershipRow


class GapPlace(models.TextChoices):
    """Where the hole is (R-000-142, R-001-16: obstacles in law, procedures or elsewhere)."""

    LAW = "law", _("Love og regler")
    PROCEDURE = "procedure", _("Arbejdsgange")
    HANDOVER = "handover", _("Overgange mellem myndigheder")
    OFFERS = "offers", _("Tilbud, der mangler")
    INFORMATION = "information", _("Oplysninger, der ikke når frem")
    OTHER = "other", _("Andet")


class GapState(models.TextChoices):
    """How far it has come. None of them is a judgement of anybody."""

    PARKED = "parked", _("Parkeret i gruppen")
    THEME_DAY = "theme_day", _("Venter på en temadag")
    FORWARDED = "forwarded", _("Sendt videre")
    ANSWERED = "answered", _("Besvaret")
    CLOSED = "closed", _("Lukket")


class GapAnswer(models.TextChoices):
    """What the level above says."""

    DONE = "done", _("Det er ændret")
    WILL_DO = "will_do", _("Vi gør noget ved det")
    INTENT = "intent", _("Vi er enige om en hensigt")
    LAW = "law", _("Det kræver ændrede love eller regler")
    NO = "no", _("Vi gør ikke noget ved det")


class SystemGap(PartnershipRow):
    """A hole in the system, without a person and without a way back to one: it does not know which case showed it.

    `group` found it; `at_group` has it now, or nobody here when it has left by the line of command. A day and no hour
    says when it was noted, and no name says by whom.
    """

    group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("hvad er hullet, kort"), max_length=120)
    place = models.CharField(_("hvor er det"), max_length=12, choices=GapPlace.choices)
    between = ArrayField(
        models.CharField(max_length=24), default=list, blank=True, verbose_name=_("mellem hvilke myndigheder")
    )
    what = models.TextField(_("hvad sker der, når borgere falder i det"), max_length=1500)
    proposal = models.TextField(_("forslag"), max_length=1000, blank=True)
    owner = models.ForeignKey("partnerships.Capacity", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=GapState.choices, default=GapState.PARKED)
    at_group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("svar"), max_length=10, choices=GapAnswer.choices, blank=True)
    noted_on = models.DateField(default=timezone.localdate)
    moved_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("systemhul")
        indexes = [models.Index(fields=["partnership", "state"], name="gap_by_partnership")]

    def __str__(self) -> str:
        return self.title

    @property
    def between_words(self) -> str:
        """The kinds of authorities it lies between, in words."""
        return ", ".join(AuthorityKind(kind).label(get_language()) for kind in self.between)

    @property
    def days_old(self) -> int:
        """How long ago it was noted."""
        return (timezone.localdate() - self.noted_on).days

    @property
    def days_still(self) -> int:
        """How long nothing has happened to it."""
        return (timezone.localdate() - self.moved_on).days

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state != GapState.CLOSED


class GapStepKind(models.TextChoices):
    """What can be done with a hole."""

    THEME_DAY = "theme_day", _("Taget med til næste temadag")
    FORWARDED = "forwarded", _("Sendt videre")
    LINE = "line", _("Sendt ad ledelseslinjen")
    OWNER = "owner", _("Ny ejer")
    NEWS = "news", _("Nyt")
    ANSWERED = "answered", _("Svar")
    PARKED = "parked", _("Tilbage i gruppen")
    CLOSED = "closed", _("Lukket")


class GapStep(PartnershipRow):
    """One step on its way up and down. Append-only; an authority and no name."""

    gap = models.ForeignKey(SystemGap, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=GapStepKind.choices)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    from_group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, null=True, related_name="+")
    to_group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=10, choices=GapAnswer.choices, blank=True)
    text = models.TextField(max_length=1500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("skridt med et systemhul")
        indexes = [models.Index(fields=["gap", "at"], name="gap_steps")]


class GapLink(CaseRow):
    """Which hole a case showed: the case's own row, so that the answer shows there, and nowhere else the case."""

    gap = models.ForeignKey(SystemGap, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("systemhul i en sag")
        indexes = [models.Index(fields=["case"], name="gap_of_case")]
