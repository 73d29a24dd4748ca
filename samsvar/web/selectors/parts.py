"""What stands on the desk: sections of tasks, and rows beside them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from samsvar.partnerships.models import Authority
from samsvar.tasks.models import Task
from samsvar.tasks.selectors import TICKED_OFF, told_by_notice

# So many lines of each kind stand on the desk at first, and so many at most when one asks for all of a kind.
FIRST_LINES = 5
MOST_LINES = 200


@dataclass(frozen=True)
class Line:
    """One task as the desk shows it, in words."""

    task: Task
    url: str
    words: str

    @property
    def moment(self) -> date | datetime:
        """The day it is due, else when it was laid."""
        return self.task.due_on or self.task.created_at

    @property
    def ticks_off(self) -> bool:
        """Whether the person says when it is done; others end by the act itself."""
        return self.task.kind in TICKED_OFF and not told_by_notice(self.task)


@dataclass(frozen=True)
class Section:
    """What belongs together on the desk; left out when it is empty. `count` is how many there are, shown or not."""

    key: str
    heading: str | Promise
    lines: list[Line] = field(default_factory=list)
    note: str | Promise = ""
    count: int = 0

    @property
    def more(self) -> int:
        """How many stand behind "vis alle"."""
        return self.count - len(self.lines)


@dataclass(frozen=True)
class Part:
    """Rows of one kind beside the tasks, and how many there are in all."""

    rows: list[Any] = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        """How many stand behind "vis alle"."""
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Quiet:
    """A case that nothing has happened to: its reference, who holds it, for how many days."""

    case_id: UUID
    reference: str
    holder: Authority | None
    quiet_days: int
    url: str


@dataclass(frozen=True)
class CareNews:
    """What is new about somebody who has let us in: what kind of thing, whose initials, and when.

    The name stands a page away. `said` is what is shown of `at`: of a plan without an hour, the day.
    """

    network_id: UUID
    words: str
    at: datetime
    url: str
    said: date | datetime


@dataclass(frozen=True)
class AgreedLine:
    """What was agreed to be done when something happens to a citizen, and by when. The name stands a page away."""

    network_id: UUID
    words: str
    due: datetime | None
    is_late: bool
    url: str


def length_of(key: str, whole: str) -> int:
    """How many lines a part shows: all that a page takes where it is the one asked for whole."""
    return MOST_LINES if key == whole else FIRST_LINES
