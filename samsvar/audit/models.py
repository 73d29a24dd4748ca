"""The log: who looked, who did. Append-only, chained per authority (house.md, The log; law L19)."""

import json
import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """The one list of verbs that the log knows."""

    LOOK = "look", _("så")
    SEARCH = "search", _("søgte")
    CREATE = "create", _("oprettede")
    CHANGE = "change", _("ændrede")
    DISCLOSE = "disclose", _("videregav")
    EXPORT = "export", _("udtrak")
    PRINT = "print", _("udskrev")
    REFUSE = "refuse", _("blev afvist")
    UNMASK = "unmask", _("så CPR-nummer")
    SIGN_IN = "sign_in", _("loggede ind")
    SIGN_OUT = "sign_out", _("loggede ud")
    ADMINISTER = "administer", _("administrerede")
    DISPOSE = "dispose", _("kasserede")


class Tolerant(json.JSONDecoder):
    """What a row of the log tells besides, or nothing where it cannot be read: the row itself is still to be seen."""

    def decode(self, s: str, *args: Any) -> dict[str, Any]:
        """The object that is written, else an empty one."""
        try:
            found = super().decode(s, *args)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


class LogRow(models.Model):
    """One act. No foreign keys: the log outlives what it tells about. Partitioned by month; see the first migration."""

    seq = models.BigIntegerField()
    authority_id = models.UUIDField()
    at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    capacity_id = models.UUIDField(null=True)
    partnership_id = models.UUIDField(null=True)
    act = models.CharField(max_length=12, choices=Act.choices)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    citizen_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict, decoder=Tolerant)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    pk = models.CompositePrimaryKey("authority_id", "seq", "at")

    class Meta:
        managed = False
        db_table = "audit_logrow"
        verbose_name = _("logpost")


class ChainHead(models.Model):
    """Both ends of one authority's chain, and when it was last walked through.

    `broken_seq` is the first link that does not hold, found at `checked_at`; None while all do.
    """

    authority_id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    first_seq = models.BigIntegerField(db_default=1)
    first_previous = models.BinaryField(max_length=32, db_default=b"\0")
    checked_at = models.DateTimeField(null=True)
    broken_seq = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("kædens ende")


class ChainCheck(models.Model):
    """One walk through an authority's chain and what it found; by the system itself when `person_id` is None."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.UUIDField()
    at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    seq = models.BigIntegerField()
    broken_seq = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("kontrol af kæden")
        indexes = [models.Index(fields=["authority_id", "-at"], name="chain_check_by_authority")]
