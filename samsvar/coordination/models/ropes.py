"""What a tovholder does until the right one takes over, and the network as the citizen draws it (003 chapter 1)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models.networks import CareNetwork
from samsvar.postgres.models import PartnershipRow


class SubstituteTask(PartnershipRow):
    """A task that belongs to somebody else, who has not taken it yet: whose it is, and since when it waits."""

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("hvad"), max_length=200)
    whose = models.CharField(_("hvem den hører til hos"), max_length=160)
    since = models.DateField(_("venter siden"))
    until = models.DateField(_("overtaget"), null=True)
    # Who took it over, or what was settled about whose it is and who pays (004/AS-14).
    settled = models.CharField(_("hvem har det nu"), max_length=200, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("opgave gjort for andre")
        indexes = [models.Index(fields=["network"], name="substitute_task_by_network")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="substitute_task_ends_after_it_begins",
                violation_error_message=_("Opgaven kan ikke være overtaget, før den begyndte at vente."),
            )
        ]

    @property
    def days(self) -> int:
        """How long it has waited, until today or until it was taken over (R-003-79)."""
        return ((self.until or timezone.localdate()) - self.since).days


class Drawn(models.TextChoices):
    """What somebody is on the map."""

    PRIVATE = "private", _("Privat")
    PROFESSIONAL = "professional", _("Fagperson")
    SUPPORT = "support", _("Frivillig eller forening")


class Ring(models.IntegerChoices):
    """How near the citizen has drawn somebody."""

    NEAR = 1, _("Tæt på")
    BETWEEN = 2, _("Midtimellem")
    FAR = 3, _("Langt væk")


class Weight(models.TextChoices):
    """What somebody means to the citizen."""

    SUPPORTS = "supports", _("Støtter")
    BURDENS = "burdens", _("Tynger")
    BOTH = "both", _("Både og")


class DrawnPerson(PartnershipRow):
    """Somebody on the network map, as the citizen draws it. What is redrawn is a new row; how it was stands."""

    network = models.ForeignKey(CareNetwork, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    # A first name, or what the citizen calls the person: no more of people who have not been asked.
    name = models.CharField(_("navn"), max_length=30)
    kind = models.CharField(_("hvem er det"), max_length=12, choices=Drawn.choices)
    ring = models.PositiveSmallIntegerField(_("hvor tæt på"), choices=Ring.choices)
    weight = models.CharField(_("hvad betyder det"), max_length=8, choices=Weight.choices)
    since = models.DateField(_("tegnet"))
    until = models.DateField(_("visket ud"), null=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("person på netværkskortet")
        indexes = [models.Index(fields=["network"], name="drawn_person_by_network")]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "name"],
                condition=Q(until=None),
                name="drawn_once",
                violation_error_message=_("En anden har lige tegnet en med det navn. Se kortet igen."),
            )
        ]
