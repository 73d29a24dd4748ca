"""The log looked after: months ahead, chains walked through, their heads anchored outside the database."""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.backends.utils import CursorWrapper
from procrastinate.contrib.django import app

from samsvar.audit.models import Act
from samsvar.tasks.caretaking import caretaking, lay_tasks, log, system_row

MONTHS_AHEAD = 3


@app.periodic(cron="3 * * * *")
@app.task(name="audit.months", queueing_lock="audit.months")
def months(timestamp: int) -> int:
    """Make the log's months before they come. Returns how many were made."""
    with caretaking("audit.months") as cursor:
        cursor.execute("select audit_ensure_partitions(%s)", [MONTHS_AHEAD])
        return cursor.fetchone()[0]


@app.periodic(cron="13 * * * *")
@app.task(name="audit.anchor", queueing_lock="audit.anchor")
def anchor(timestamp: int) -> int:
    """Append each chain's head to the anchor file, where it has moved. Returns how many.

    A line holds time, authority, number and hash: nothing about a person. Whoever rewrites a chain in the database,
    head and all, cannot rewrite the lines that lie elsewhere.
    """
    known = {str(entry["authority"]): entry for entry in anchors()}
    with caretaking("audit.anchor") as cursor:
        cursor.execute(
            "select now(), authority_id, seq, encode(hash, 'hex') from audit_chainhead order by authority_id"
        )
        moved = [
            _line(at, authority_id, seq, link)
            for at, authority_id, seq, link in cursor.fetchall()
            if known.get(str(authority_id), {}).get("seq") != seq
        ]
        if moved:
            _append(Path(settings.AUDIT_ANCHOR_FILE), moved)
    return len(moved)


def _line(at: datetime, authority_id: UUID, seq: int, link: str) -> str:
    return json.dumps({"at": at.isoformat(), "authority": str(authority_id), "seq": seq, "hash": link}) + "\n"


def _append(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def anchors() -> Iterator[dict[str, Any]]:
    """Every anchor, oldest first. A line that was cut off by a power cut is passed over."""
    path = Path(settings.AUDIT_ANCHOR_FILE)
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                yield json.loads(line)
            except ValueError:
                continue


@app.periodic(cron="23 * * * *")
@app.task(name="audit.check", queueing_lock="audit.check")
def check(timestamp: int) -> int:
    """Walk through each chain once a day and hold it against its anchors. Returns how many are broken.

    A broken chain lays a task on its data protection officer's table; nothing is mended.
    """
    with caretaking("audit.check") as cursor:
        cursor.execute(
            "select authority_id from audit_chainhead where checked_at is null or checked_at < now() - interval '1 day'"
            " order by authority_id"
        )
        waiting = [row[0] for row in cursor.fetchall()]
    newest = {str(entry["authority"]): entry for entry in anchors()}
    broken = 0
    for authority_id in waiting:
        with caretaking("audit.check") as cursor:
            broken += _check_one(cursor, authority_id, newest.get(str(authority_id)))
    return broken


def _check_one(cursor: CursorWrapper, authority_id: UUID, anchored: dict[str, Any] | None) -> bool:
    cursor.execute("select audit_verify(%s)", [authority_id])
    found = cursor.fetchone()[0]
    if anchored and (found is None or found > anchored["seq"]):
        cursor.execute(
            "select h.first_seq > %(seq)s or exists (select 1 from audit_logrow l where l.authority_id = h.authority_id"
            " and l.seq = %(seq)s and encode(l.hash, 'hex') = %(hash)s) from audit_chainhead h where h.authority_id = %(id)s",
            {"seq": anchored["seq"], "hash": anchored["hash"], "id": authority_id},
        )
        if not cursor.fetchone()[0]:
            found = anchored["seq"]
    cursor.execute(
        "update audit_chainhead set checked_at = now(), broken_seq = %s where authority_id = %s", [found, authority_id]
    )
    if found is None:
        return False
    lay_tasks(
        cursor,
        "select (select p.partnership_id from partnerships_participation p where p.authority_id = h.authority_id"
        " order by p.since limit 1), h.authority_id, null::uuid, null::uuid, 'dpo', 'attention', 'log', h.authority_id,"
        " null::uuid, '', false, null::date from audit_chainhead h where h.authority_id = %(id)s and not exists"
        " (select 1 from tasks_task t where t.subject_id = h.authority_id and t.subject_kind = 'log' and t.done_at is null)",
        {"id": authority_id},
    )
    log(cursor, {authority_id: [system_row(Act.ADMINISTER, "chain", detail={"broken_at": found})]})
    return True
