"""The verbs of this room."""

from samsvar.directory.services.entries import close, confirm, keep, take_in
from samsvar.directory.services.errors import DirectoryError
from samsvar.directory.services.law import answer, approve, ask, draft, end, retire

__all__ = [
    "DirectoryError",
    "answer",
    "approve",
    "ask",
    "close",
    "confirm",
    "draft",
    "end",
    "keep",
    "retire",
    "take_in",
]
