"""What can go wrong in reporting."""

from dataclasses import dataclass

from samsvar.instruments.flow import Problem
from samsvar.outreach.services import OutreachError


@dataclass(frozen=True)
class Unanswered:
    """A question that still wants an answer, and the field it stands at."""

    field: str


class ReportError(OutreachError):
    """The report cannot be sent. `problems` stand beside their fields, `missing` are those without an answer."""

    def __init__(self, message: str, wrong: tuple[Problem, ...] = (), missing: tuple[Unanswered, ...] = ()) -> None:
        super().__init__(message)
        self.problems, self.missing = wrong, missing
