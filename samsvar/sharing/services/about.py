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
