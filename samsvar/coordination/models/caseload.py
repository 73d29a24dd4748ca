"""How many hours a week a post has for being tovholder (R-003-74). Of the report's table nothing else is kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import Row


class CoordinatorPost(Row):
    """One post and its hours as tovholder: for its holder and for the leaders, and for nobody else."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    capacity = models.ForeignKey("partnerships.Capacity", on_delete=models.PROTECT, related_name="+")
    weekly_hours = models.PositiveSmallIntegerField(_("timer om ugen"))
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("timer som tovholder")
        constraints = [
            models.UniqueConstraint(
                fields=["capacity"],
                name="coordinator_post_once",
                violation_error_message=_("En anden har lige skrevet timerne. Se siden igen."),
            ),
            models.CheckConstraint(
                condition=models.Q(weekly_hours__gte=1, weekly_hours__lte=80),
                name="coordinator_post_hours",
                violation_error_message=_("Skriv et antal timer mellem 1 og 80."),
            ),
        ]
