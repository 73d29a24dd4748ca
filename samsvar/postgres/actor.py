"""Who acts: the actor of a transaction, as the database resolves it from an unguessable token (house.md, The wall)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction


class NotSignedIn(Exception):
    """The token is unknown, ended or locked, or the person's post has ended."""


# The roles that work with citizens; the others hold the cooperation together, keep its rules or its wall.
WITH_CITIZENS = ("frontline", "screener", "releaser", "member")


@dataclass(frozen=True)
class Actor:
    """One person acting in one capacity: the first argument of every service and selector.

    `authority_ids` holds the own authority and those it has succeeded. `roles` are house.md's role table in code:
    frontline, screener, releaser, member, coordinator, chair, secretariat, steering, local_admin, dpo.
    """

    person_id: UUID
    capacity_id: UUID
    authority_id: UUID
    authority_ids: tuple[UUID, ...]
    authority_name: str
    authority_short: str
    authority_kind: str
    regime: str
    unit_id: UUID | None
    group_ids: tuple[UUID, ...]
    partnership_ids: tuple[UUID, ...]
    roles: frozenset[str]
    name: str
    function: str

    def is_any(self, *roles: str) -> bool:
        """Whether the actor acts in at least one of these roles."""
        return not self.roles.isdisjoint(roles)

    def owns(self, authority_id: UUID | None) -> bool:
        """Whether a row of this authority is the actor's own, successors included."""
        return authority_id in self.authority_ids


# What was read or done in this transaction, waiting for the log's last statement. None: nobody acts.
_pending_log: ContextVar[list[dict] | None] = ContextVar("samsvar_pending_log", default=None)


def token_hash(token: str) -> bytes:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).digest()


def enter(token: str) -> Actor:
    """Set the actor of the running transaction. Raises NotSignedIn. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from actor_enter(%s)", [token])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        raise NotSignedIn
    return Actor(
        person_id=row[0],
        capacity_id=row[1],
        authority_id=row[2],
        authority_ids=tuple(row[3]),
        authority_name=row[4],
        authority_short=row[5],
        authority_kind=row[6],
        regime=row[7],
        unit_id=row[8],
        group_ids=tuple(row[9]),
        partnership_ids=tuple(row[10]),
        roles=frozenset(row[11]),
        name=row[12],
        function=row[13],
    )


@contextmanager
def acting(token: str) -> Iterator[Actor]:
    """A transaction in which the holder of `token` acts; its log rows are written last, before it commits."""
    with transaction.atomic():
        actor = enter(token)
        waiting: list[dict] = []
        log_mark = _pending_log.set(waiting)
        try:
            yield actor
            flush_log()
        finally:
            _pending_log.reset(log_mark)


@contextmanager
def attempt() -> Iterator[None]:
    """A step of the running transaction that is undone as a whole when it raises: its rows, and its waiting log rows.

    A view that catches a refusal and shows the form again must not leave half a step behind.
    """
    waiting = _pending_log.get()
    mark = len(waiting) if waiting is not None else 0
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if waiting is not None:
            del waiting[mark:]
        raise


def queue_log(row: dict) -> None:
    """Let a row be logged at the end of the running transaction; raises when nobody acts, as no act is anonymous."""
    waiting = _pending_log.get()
    if waiting is None:
        raise RuntimeError("an act without an actor cannot be logged, and so cannot be done")
    waiting.append(row)


def flush_log() -> None:
    """Write the waiting log rows. Called by `acting`; by itself only where a long job commits in between."""
    waiting = _pending_log.get()
    if waiting:
        _write_log(waiting)
        waiting.clear()


def log_is_written_by(writer: Callable[[list[dict]], None]) -> None:
    """Name the function that writes waiting rows; the room of the log does so when it opens."""
    global _write_log
    _write_log = writer


def _no_log(rows: list[dict]) -> None:
    raise RuntimeError("no log is kept, so nothing may be done")


_write_log: Callable[[list[dict]], None] = _no_log
