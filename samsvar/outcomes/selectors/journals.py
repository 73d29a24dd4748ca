"""The quarterly journals of the own unit (R-004-93)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from samsvar.instruments.flow import Answer, asked, next_questions
from samsvar.instruments.instrument import Instrument, Occasion, Question, quarterly
from samsvar.outcomes.models import Journal
from samsvar.outcomes.selectors.reports import understood
from samsvar.outreach.selectors.reported import MOST_LINES
from samsvar.postgres.actor import Actor

_QUARTER = frozenset({Occasion.QUARTER})


@dataclass(frozen=True)
class JournalPage:
    """One quarterly journal with all that its page needs. Nothing of it is known to the log."""

    journal: Journal
    form: Instrument
    answers: Mapping[str, Answer]
    log: Mapping[str, Answer]
    occasions: frozenset[Occasion] = _QUARTER

    @property
    def number(self) -> str:
        """The quarter as people say it: "3/2026"."""
        return f"{(self.journal.quarter.month + 2) // 3}/{self.journal.quarter.year}"

    @property
    def about(self) -> str:
        """Whom it is about: its first answer in words."""
        first = self.form.questions[0]
        said = self.answers.get(f"{first.key}_text")
        return str(said) if said else word_of(first, self.answers.get(first.key))

    @property
    def left(self) -> int:
        """How many questions want an answer."""
        return len(self.waiting(self.answers))

    def questions(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """The questions as far as the answers decide."""
        return asked(self.form, self.occasions, answers)

    def waiting(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """The questions that still want an answer."""
        return next_questions(self.form, self.occasions, answers)


def word_of(question: Question, code: Answer | None) -> str:
    """An answer of one code in words; nothing for none."""
    found = question.options.get(code) if isinstance(code, int) else None
    return found.said.label(get_language()) if found else ""


def journals(actor: Actor) -> list[JournalPage]:
    """The unit's quarterly journals, the newest first; without those whose form is no longer there."""
    rows = Journal.objects.select_related("by").order_by("-quarter", "-at", "id")[:MOST_LINES]
    return [page for row in rows if (page := _journal_page(row))]


def find_journal(actor: Actor, journal_id: UUID) -> JournalPage | None:
    """One journal of the own unit."""
    row = Journal.objects.select_related("by", "authority", "unit").filter(pk=journal_id).first()
    return _journal_page(row) if row else None


def _journal_page(row: Journal) -> JournalPage | None:
    form = next((one for one in quarterly() if one.stamp == row.form), None)
    return JournalPage(row, form, understood(form, row.answers), {}) if form else None
