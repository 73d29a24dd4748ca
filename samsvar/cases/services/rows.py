"""What every row of a case begins with, a task in a case on an authority's table, and a line of a case in the log."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import lay


def of_case(actor: Actor, case: Case) -> dict[str, Any]:
    """What a row that an authority writes in a case begins with: a new key, the case's table, and whose it is."""
    return {
        "id": uuid4(),
        "partnership_id": case.partnership_id,
        "case": case,
        "group_id": case.group_id,
        "authority_id": actor.authority_id,
        "by_id": actor.person_id,
    }


def lay_in_case(
    actor: Actor,
    case: Case,
    kind: TaskKind,
    authority_id: UUID,
    *,
    about: tuple[str, UUID] | None = None,
    person_id: UUID | None = None,
    acute: bool = False,
    due_on: date | None = None,
) -> None:
    """Lay a task in a case on a person's table, or on those of the authority's members of the case's group.

    It is `about` the case itself, or a kind of row in it and that row's key.
    """
    subject_kind, subject_id = about or ("case", case.pk)
    lay(
        actor,
        kind,
        partnership_id=case.partnership_id,
        authority_id=authority_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        case_id=case.pk,
        group_id=None if person_id else case.group_id,
        person_id=person_id,
        role="" if person_id else "member",
        reference=case.reference,
        acute=acute,
        due_on=due_on,
    )


def log_in_case(
    actor: Actor,
    act: Act,
    case: Case,
    kind: str = "case",
    key: UUID | None = None,
    *,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """A line in the log about a case, or about a row in it by its kind and key (L19)."""
    record(
        actor,
        act,
        kind,
        key or case.pk,
        partnership_id=case.partnership_id,
        case_id=case.pk,
        citizen_id=case.citizen_id,
        detail=dict(detail or {}),
    )
