"""Work that nobody does: reminders, months of the log, anchors, mails. It has no actor, and so a role of its own.

Every job is one transaction as the caretaker, may be run any number of times, and writes what it did in the log of the
authority it concerns, as the system: a row without a person. Decision record 0010.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from samsvar.audit.models import Act
from samsvar.audit.services import write_system_rows

ALIAS = "caretaker"

# The columns of a task that a reminder decides; the rest follows.
TASK_COLUMNS = (
    "partnership_id, authority_id, group_id, person_id, role, kind, subject_kind, subject_id, case_id, reference,"
    " acute, due_on"
)


class NoCaretaker(Exception):
    """This process was not given the caretaker's address, so it can do no work of nobody's."""


@contextmanager
def caretaking(job: str) -> Iterator[CursorWrapper]:
    """One transaction as the caretaker; two runs of the same job wait for each other. Raises NoCaretaker."""
    if ALIAS not in connections.settings:
        raise NoCaretaker("DATABASE_CARETAKER_URL is missing: jobs cannot run in this process.")
    connections[ALIAS].close_if_unusable_or_obsolete()
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 11))", [job])
        yield cursor


def lay_tasks(cursor: CursorWrapper, select: str, parameters: Mapping[str, Any] | None = None) -> int:
    """Lay the tasks that `select` finds, with TASK_COLUMNS in order, and log each. Returns how many.

    The select itself leaves out what is on the table already: that is what makes a job safe to repeat.
    """
    cursor.execute(
        f"insert into tasks_task (id, created_at, {TASK_COLUMNS}) select gen_random_uuid(), now(), wanted.* from ({select}) wanted"  # noqa: E501, S608
        " returning authority_id, partnership_id, kind, subject_kind, subject_id, case_id",
        parameters or {},
    )
    laid = cursor.fetchall()
    rows: dict[Any, list[dict]] = defaultdict(list)
    for authority_id, partnership_id, kind, subject_kind, subject_id, case_id in laid:
        rows[authority_id].append(
            system_row(
                Act.CREATE,
                "task",
                partnership_id=partnership_id,
                case_id=case_id,
                detail={"task": kind, "about": subject_kind, "id": str(subject_id)},
            )
        )
    log(cursor, rows)
    return len(laid)


def system_row(act: Act, subject_kind: str, **values: Any) -> dict:
    """One row of the log as the system's own act."""
    detail = values.pop("detail", {})
    return {
        "act": act.value,
        "subject_kind": subject_kind,
        "purpose": "system",
        "detail": detail,
        **{name: str(value) if value else None for name, value in values.items()},
    }


def log(cursor: CursorWrapper, rows: Mapping[Any, Sequence[dict]]) -> None:
    """Write the system's rows into each authority's chain, in one order for all jobs, so that none can deadlock."""
    for authority_id in sorted(rows, key=str):
        write_system_rows(cursor, authority_id, rows[authority_id])
