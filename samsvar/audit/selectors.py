"""The log as the own authority's data protection officer reads it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from samsvar.audit.models import ChainHead, LogRow
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class Filters:
    """What to look for; both days included."""

    since: date | None = None
    until: date | None = None
    person_id: UUID | None = None
    act: str = ""


@dataclass(frozen=True)
class Checked:
    """A walk through a chain: the first link that does not hold, or None when all do."""

    broken_seq: int | None


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def log_rows(actor: Actor, filters: Filters) -> QuerySet[LogRow]:
    """The own authority's rows, newest first. The row policies let nobody but its data protection officer see any."""
    rows = LogRow.objects.filter(authority_id__in=actor.authority_ids).order_by("-at", "-seq")
    if filters.since:
        rows = rows.filter(at__gte=_begins(filters.since))
    if filters.until:
        rows = rows.filter(at__lt=_begins(filters.until + timedelta(days=1)))
    if filters.person_id:
        rows = rows.filter(person_id=filters.person_id)
    if filters.act:
        rows = rows.filter(act=filters.act)
    return rows


def chain(actor: Actor) -> ChainHead | None:
    """The ends of the own authority's chain, and how the last walk through it went."""
    return ChainHead.objects.filter(authority_id=actor.authority_id).first()


def check_chain(actor: Actor) -> Checked:
    """Walk through the own authority's chain now. Takes a moment per 100,000 rows."""
    with connection.cursor() as cursor:
        cursor.execute("select audit_verify(%s)", [actor.authority_id])
        return Checked(cursor.fetchone()[0])
