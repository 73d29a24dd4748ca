"""What every room's tables have in common."""

import uuid

from django.db import models


class Row(models.Model):
    """A table row with a random key, so that a key tells nothing across the wall (row-policies.md)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class PartnershipRow(Row):
    """A row that may hold person data: it always names its partnership, the natural shard (house.md, Growing)."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Period(models.Model):
    """A fact that holds from one day to another, both days included; an open end is no end."""

    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
