"""What every verb of this room speaks of, and what it raises."""

from typing import Protocol
from uuid import UUID


class AboutCase(Protocol):
    """What this room needs to know of a case; the room of cases lies above."""

    id: UUID
    partnership_id: UUID
    group_id: UUID
    citizen_id: UUID | None
    reference: str


class NothingSaid(Exception):
    """A text was needed and none was given. The message is shown as it stands."""


class AnotherCase(PermissionError):
    """What is to be passed on stands in another case than the one named: a defect, never a user's fault."""


def require_of_case(case: AboutCase, case_id: UUID) -> None:
    """Raises AnotherCase unless a row's case is this one: receivers are weighed by the case in which they are party."""
    if case_id != case.id:
        raise AnotherCase
