"""Laying tasks on tables and taking them off again."""

from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import Task, TaskKind
from samsvar.tasks.selectors import TICKED_OFF, told_by_notice


def lay(
    actor: Actor,
    kind: TaskKind,
    *,
    partnership_id: UUID,
    authority_id: UUID,
    subject_kind: str,
    subject_id: UUID,
    case_id: UUID | None = None,
    group_id: UUID | None = None,
    person_id: UUID | None = None,
    role: str = "",
    reference: str = "",
    acute: bool = False,
    due_on: date | None = None,
) -> None:
    """Lay a task on a person's table, or on that of everyone in the authority who holds `role`.

    Nothing is returned: a task on another authority's table cannot be read by the one who laid it there.
    """
    Task.objects.bulk_create(
        [
            Task(
                kind=kind,
                partnership_id=partnership_id,
                authority_id=authority_id,
                subject_kind=subject_kind,
                subject_id=subject_id,
                case_id=case_id,
                group_id=group_id,
                person_id=person_id,
                role=role,
                reference=reference,
                acute=acute,
                due_on=due_on,
            )
        ]
    )


def tick_off(actor: Actor, task_id: UUID) -> bool:
    """Take one task off the table because the person says it is done. False for one that is not there, or not theirs.

    A task that ends by an act of its own (screening, answering, placing) is not ticked off: the act ends it.
    """
    found = Task.objects.filter(pk=task_id, kind__in=TICKED_OFF, done_at=None).first()
    if found is None or told_by_notice(found):
        return False
    Task.objects.filter(pk=found.pk).update(done_at=timezone.now(), done_by_id=actor.person_id)
    record(
        actor,
        Act.CHANGE,
        "task",
        found.pk,
        partnership_id=found.partnership_id,
        case_id=found.case_id,
        detail={"task": found.kind, "done": True},
    )
    return True


def finish(actor: Actor, kind: TaskKind, subject_id: UUID) -> int:
    """Take the open tasks of this kind about this subject off the authority's tables. Returns how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("select tasks_finish(%s, %s)", [kind.value, subject_id])
        return cursor.fetchone()[0]


def finish_own(actor: Actor, kind: TaskKind, subject_id: UUID) -> int:
    """Take the actor's own open tasks of this kind about this subject off the table; a colleague's stay."""
    return Task.objects.filter(kind=kind, subject_id=subject_id, person_id=actor.person_id, done_at=None).update(
        done_at=timezone.now(), done_by_id=actor.person_id
    )


def finish_everywhere(actor: Actor, kind: TaskKind, subject_id: UUID) -> int:
    """Take a case's tasks of this kind about this subject off every party's table; only a party to the case can."""
    with connection.cursor() as cursor:
        cursor.execute("select tasks_finish_subject(%s, %s)", [subject_id, kind.value])
        return cursor.fetchone()[0]


def finish_all_of_case(actor: Actor, case_id: UUID) -> int:
    """A closed case leaves every party's table. The duty to tell the citizen stays: it does not end with the case."""
    with connection.cursor() as cursor:
        cursor.execute("select tasks_finish_case(%s)", [case_id])
        return cursor.fetchone()[0]


def pass_on(actor: Actor, leaving_post: UUID, successor_post: UUID, group_id: UUID) -> int:
    """Let a successor have the leaving person's open tasks of this group and its partnership. Returns how many.

    The database checks that both posts are of one authority and that the actor may hand over between them (R-000-11).
    """
    with connection.cursor() as cursor:
        cursor.execute("select tasks_pass_on(%s, %s, %s)", [leaving_post, successor_post, group_id])
        return cursor.fetchone()[0]
