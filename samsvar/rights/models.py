"""The citizen's rights, and how a data protection officer proves that each look was lawful (L17, L19-L21)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import Row


class LogWatch(Row):
    """What one authority's data protection officer wants drawn from the log by itself."""

    authority = models.OneToOneField("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    hours_from = models.PositiveSmallIntegerField(
        _("almindelig arbejdstid fra klokken"), default=6, validators=[MaxValueValidator(24)]
    )
    hours_until = models.PositiveSmallIntegerField(
        _("til klokken"), default=20, validators=[MinValueValidator(0), MaxValueValidator(24)]
    )
    weekends = models.BooleanField(_("weekend er almindelig arbejdstid"), default=False)
    many_per_hour = models.PositiveSmallIntegerField(_("mange opslag på en time er flere end"), default=30)
    draws_per_week = models.PositiveSmallIntegerField(_("tilfældige opslag om ugen"), default=5)
    drawn_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("vagt over loggen")


class Why(models.TextChoices):
    """Why a row of the log was drawn for a second look (screens.md, Log)."""

    RANDOM = "random", _("Tilfældigt udtaget")
    NIGHT = "night", _("Uden for arbejdstid")
    ALONE = "alone", _("Opslag uden nogen handling før eller efter")
    MANY = "many", _("Mange opslag på kort tid")
    NAME = "name", _("Borgeren hedder som en kollega")
    AREA = "area", _("Borgeren bor uden for jeres område")
    LEAVER = "leaver", _("Kort før personen holdt op")
    OUTSIDE = "outside", _("Spurgte om en borger uden for egne sager")


class Verdict(models.TextChoices):
    """What the data protection officer found."""

    LAWFUL = "lawful", _("I orden: opslaget hører til arbejdet")
    EXPLAINED = "explained", _("I orden, efter at personen har forklaret det")
    NOT_LAWFUL = "not_lawful", _("Ikke i orden")


class LogReview(Row):
    """A row of the log that was drawn, and the written verdict on it: once, by a name, at a time."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    row_at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    why = models.CharField(_("hvorfor udtaget"), max_length=8, choices=Why.choices)
    drawn_at = models.DateTimeField(auto_now_add=True)
    verdict = models.CharField(_("vurdering"), max_length=12, choices=Verdict.choices, blank=True)
    note = models.TextField(_("begrundelse"), max_length=1000, blank=True)
    judged_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("gennemsyn af loggen")
        indexes = [
            models.Index(fields=["authority", "drawn_at"], name="review_open", condition=Q(verdict="")),
            models.Index(fields=["authority", "-judged_at"], name="review_judged", condition=~Q(verdict="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["authority", "seq", "why"], name="review_once_for_a_reason"),
            models.CheckConstraint(
                condition=Q(verdict="", judged_at=None) | (~Q(verdict="") & ~Q(note="") & ~Q(judged_at=None)),
                name="review_has_words",
                violation_error_message=_("Skriv med et par ord, hvad du lægger vægt på."),
            ),
        ]
