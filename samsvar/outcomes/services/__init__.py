"""The verbs of reporting."""

from samsvar.outcomes.services.errors import ReportError, Unanswered
from samsvar.outcomes.services.from_file import TakenIn, take_in
from samsvar.outcomes.services.journals import keep_journal, start_journal
from samsvar.outcomes.services.reports import save_draft, send, take_back

__all__ = [
    "ReportError",
    "TakenIn",
    "Unanswered",
    "keep_journal",
    "save_draft",
    "send",
    "start_journal",
    "take_back",
    "take_in",
]
