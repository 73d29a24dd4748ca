"""Whom the texts of a meeting must not name: rooms that hold more at a meeting than its cases say so here."""

from collections.abc import Callable

from samsvar.meetings.models import Meeting
from samsvar.postgres.actor import Actor

Guard = Callable[[Actor, Meeting, str], None]
_guards: list[Guard] = []


def refuses(guard: Guard) -> None:
    """Ask this too before what the whole group reads is written. It raises a CaseError for a name in a text."""
    if guard not in _guards:
        _guards.append(guard)


def refuse_named(actor: Actor, meeting: Meeting, text: str) -> None:
    """Raises a CaseError for a text that names somebody whom another room knows that the meeting is about."""
    for guard in _guards:
        guard(actor, meeting, text)
