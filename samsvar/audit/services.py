"""Writing the log, in the same transaction as the act it tells of (house.md, The log)."""

import json
from collections.abc import Sequence
from uuid import UUID

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from samsvar.audit import anchors
from samsvar.audit.models import Act
from samsvar.postgres.actor import Actor, queue_log


def record(
    actor: Actor,
    act: Act,
    subject_kind: str,
    subject_id: UUID | None = None,
    *,
    partnership_id: UUID | None = None,
    case_id: UUID | None = None,
    citizen_id: UUID | None = None,
    purpose: str = "",
    detail: dict | None = None,
) -> None:
    """Log one act of `actor`. Written last in the running transaction, or not at all if it fails.

    `detail` holds codes, counts and ids, never free text about a person. Law L19.
    """
    queue_log(
        {
            "owner": actor.authority_id,
            "act": act.value,
            "subject_kind": subject_kind,
            "subject_id": _text(subject_id),
            "partnership_id": _text(partnership_id),
            "case_id": _text(case_id),
            "citizen_id": _text(citizen_id),
            "purpose": purpose[:200],
            "detail": detail or {},
        }
    )


def write_rows(rows: list[dict]) -> None:
    """Write waiting rows in one statement. All belong to one actor, hence to one authority's chain."""
    owner = rows[0]["owner"]
    entries = json.dumps([{key: value for key, value in row.items() if key != "owner"} for row in rows])
    with connections["default"].cursor() as cursor:
        cursor.execute("select audit_write(%s, null, null, %s::jsonb)", [owner, entries])


def write_system_rows(cursor: CursorWrapper, authority_id: UUID, rows: Sequence[dict]) -> None:
    """Write what the system itself did, on the caretaker's cursor: rows of the chain without a person."""
    cursor.execute("select audit_write(%s, null, null, %s::jsonb)", [authority_id, json.dumps(list(rows))])


def check_chain(actor: Actor) -> int | None:
    """Walk through the own authority's chain now, hold it against its newest anchor, and keep what was found.

    The first link that does not hold, or None. Takes a moment per 100,000 rows. Only its data protection officer may.
    """
    anchored = anchors.newest().get(str(actor.authority_id))
    with connections["default"].cursor() as cursor:
        cursor.execute("select audit_check(%s, %s, %s)", [actor.authority_id, *anchors.values_of(anchored)])
        found = cursor.fetchone()[0]
    record(actor, Act.ADMINISTER, "chain", actor.authority_id, detail={"broken_at": found})
    return found


def record_refusal(
    actor: Actor, subject_kind: str, subject_id: UUID | None, reason: str, *, citizen_id: UUID | None = None
) -> None:
    """Log a denied attempt on a connection of its own, so that the rolled-back act still leaves its trace."""
    entry = {
        "act": Act.REFUSE.value,
        "subject_kind": subject_kind,
        "subject_id": _text(subject_id),
        "citizen_id": _text(citizen_id),
        "detail": {"reason": reason},
    }
    with transaction.atomic(using="refusals"), connections["refusals"].cursor() as cursor:
        cursor.execute(
            "select audit_write(%s, %s, %s, %s::jsonb)",
            [actor.authority_id, actor.person_id, actor.capacity_id, json.dumps([entry])],
        )


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
