"""What those who steer write down: terms of reference, a yearly evaluation, decisions that go down. No person."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import PartnershipRow


class Terms(PartnershipRow):
    """Kommissorium of a group, in versions: the newest whose day has come is in force (000 section 2.20)."""

    group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(_("udgave"))
    purpose = models.TextField(_("formål"), max_length=2000)
    tasks = models.TextField(_("opgaver"), max_length=2000)
    working = models.TextField(_("arbejdsform"), max_length=2000, blank=True)
    mandate = models.TextField(_("hvad gruppen kan beslutte"), max_length=2000, blank=True)
    in_force_from = models.DateField(_("gælder fra"))
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("kommissorium")
        constraints = [models.UniqueConstraint(fields=["group", "version"], name="terms_version_once")]


class EvaluationAnswer(PartnershipRow):
    """What one authority at one table says to one question of a year's evaluation (R-001-18)."""

    group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=20)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("svar i evalueringen")
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "question", "authority"], name="one_answer_per_authority")
        ]


class SteeringDecision(PartnershipRow):
    """What a steering group has decided, for other groups to take in (R-000-145, R-000-6)."""

    group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(_("besluttet"))
    title = models.CharField(_("hvad er besluttet, kort"), max_length=160)
    text = models.TextField(_("beslutningen"), max_length=3000)
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("beslutning i styregruppen")
        indexes = [models.Index(fields=["partnership", "-decided_on"], name="steering_decisions")]


class DecisionReceipt(PartnershipRow):
    """A group that a decision goes to, and what it did with it."""

    decision = models.ForeignKey(SteeringDecision, on_delete=models.CASCADE, related_name="receipts")
    group = models.ForeignKey("partnerships.Group", on_delete=models.PROTECT, related_name="+")
    done = models.TextField(_("hvad har I gjort"), max_length=1000, blank=True)
    taken_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("modtaget beslutning")
        constraints = [models.UniqueConstraint(fields=["decision", "group"], name="decision_once_per_group")]
