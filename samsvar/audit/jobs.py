"""The log looked after: months ahead, chains walked through, their heads anchored outside the database."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samsvar.audit.anchors import append, newest, sum_of, sums, values_of
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
    known = newest()
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
            append(moved)
    return len(moved)


def _line(at: datetime, authority_id: UUID, seq: int, link: str) -> str:
    return json.dumps({"at": at.isoformat(), "authority": str(authority_id), "seq": seq, "hash": link}) + "\n"


@app.periodic(cron="43 * * * *")
@app.task(name="audit.send_sum", queueing_lock="audit.send_sum")
def send_sum(timestamp: int) -> int:
    """Once a day: one sum over all chains' heads, into the anchor file and, where an address is set, away by mail.

    The mail holds the day and the sum and nothing else. Printed or kept by somebody who does not run the system it proves
    that no chain was rewritten since. Returns how many mails were sent; one that is refused is tried again by the next run.
    """
    day = timezone.localdate().isoformat()
    with caretaking("audit.send_sum"):
        heads = newest()
        if not heads or any(entry["day"] == day for entry in sums()):
            return 0
        total = sum_of(heads)
        if settings.AUDIT_SUM_MAIL:
            subject = _("Samsvar, loggens sum for %(day)s") % {"day": day}
            EmailMessage(subject, f"{day}\n{total}\n", to=[settings.AUDIT_SUM_MAIL]).send()
        kept = {name: [entry["seq"], entry["hash"]] for name, entry in heads.items()}
        append([json.dumps({"day": day, "sum": total, "heads": kept}) + "\n"])
    return int(bool(settings.AUDIT_SUM_MAIL))


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
    known = newest()
    broken = 0
    for authority_id in waiting:
        with caretaking("audit.check") as cursor:
            broken += _check_one(cursor, authority_id, known.get(str(authority_id)))
    return broken


def _check_one(cursor: CursorWrapper, authority_id: UUID, anchored: dict[str, Any] | None) -> bool:
    cursor.execute("select audit_check(%s, %s, %s)", [authority_id, *values_of(anchored)])
    found = cursor.fetchone()[0]
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
