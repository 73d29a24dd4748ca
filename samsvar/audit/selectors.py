"""The log as the own authority's data protection officer reads it."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from samsvar.audit.models import ChainCheck, ChainHead, LogRow
from samsvar.postgres.actor import Actor

_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_LAST = datetime(9999, 1, 1, tzinfo=UTC)
_BIGGEST = 2**63 - 1


@dataclass(frozen=True)
class Key:
    """Where a page of the log ends: the next one begins with the row before it."""

    at: datetime
    seq: int


@dataclass(frozen=True)
class Filters:
    """What to look for; both days included. `about`: ids of a citizen and what belongs to it, or of a case; empty: all.

    `nobody` answers with no row at all, as for a number or a reference that the own authority's log does not know.
    """

    since: date | None = None
    until: date | None = None
    person_id: UUID | None = None
    act: str = ""
    about: tuple[UUID, ...] = field(default=())
    nobody: bool = False


def begins(day: date) -> datetime:
    """The first moment of a day, here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def log_page(actor: Actor, filters: Filters, most: int, before: Key | None = None) -> list[LogRow]:
    """At most so many of the own authority's rows, newest first, older than `before`.

    As fast in the millionth row as in the first: a page begins at a key, and each chain (the own authority's and those
    it has succeeded) is read in its index's order. The row policies let nobody but its data protection officer see any.
    """
    if filters.nobody:
        return []
    if filters.about:
        return _about(actor, filters, most, before)
    pages = [list(_chain_page(actor, owner, filters, before)[:most]) for owner in actor.authority_ids]
    return list(heapq.merge(*pages, key=lambda row: (row.at, row.seq), reverse=True))[:most]


def _chain_page(actor: Actor, owner: UUID, filters: Filters, before: Key | None) -> QuerySet[LogRow]:
    rows = LogRow.objects.filter(authority_id=owner).order_by("-at", "-seq")
    if filters.since:
        rows = rows.filter(at__gte=begins(filters.since))
    if filters.until:
        rows = rows.filter(at__lt=begins(filters.until + timedelta(days=1)))
    if before:
        rows = rows.filter(at__lte=before.at).exclude(at=before.at, seq__gte=before.seq)
    if filters.person_id:
        rows = rows.filter(person_id=filters.person_id)
    if filters.act:
        rows = rows.filter(act=filters.act)
    return rows


def _about(actor: Actor, filters: Filters, most: int, before: Key | None) -> list[LogRow]:
    end = Key(begins(filters.until + timedelta(days=1)), 0) if filters.until else Key(_LAST, _BIGGEST)
    if before and (before.at, before.seq) < (end.at, end.seq):
        end = before
    start = begins(filters.since) if filters.since else _FIRST
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct owner, seq, at from audit_about(%s, %s, %s, %s, %s, %s, %s)"
            " order by at desc, seq desc limit %s",
            [list(filters.about), start, end.at, end.seq, filters.person_id, filters.act, most, most],
        )
        found = cursor.fetchall()
    return rows_at(actor, found)


def rows_at(actor: Actor, keys: Iterable[tuple[UUID, int, datetime]]) -> list[LogRow]:
    """The rows with these keys (authority, number, time) that the actor may see, newest first."""
    wanted = Q()
    for owner, seq, at in keys:
        wanted |= Q(authority_id=owner, seq=seq, at=at)
    return list(LogRow.objects.filter(wanted).order_by("-at", "-seq")) if wanted else []


def rows_of_person_near(actor: Actor, row: LogRow, minutes: int, most: int) -> list[LogRow]:
    """What the same person did so many minutes before and after a row, oldest first."""
    if row.person_id is None:
        return []
    near = timedelta(minutes=minutes)
    rows = LogRow.objects.filter(
        authority_id=row.authority_id, person_id=row.person_id, at__gte=row.at - near, at__lte=row.at + near
    )
    return list(rows.order_by("at", "seq")[:most])


def chain(actor: Actor) -> ChainHead | None:
    """The ends of the own authority's chain, and how the last walk through it went."""
    return ChainHead.objects.filter(authority_id=actor.authority_id).first()


def chain_checks(actor: Actor, most: int) -> list[ChainCheck]:
    """The latest walks through the own authority's chain, newest first."""
    return list(ChainCheck.objects.filter(authority_id=actor.authority_id).order_by("-at", "id")[:most])
