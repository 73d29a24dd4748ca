"""Marking what the own journal has, and taking the note out (L22, R-000-132)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.cases.models import Case
from samsvar.cases.services.rows import log_in_case, of_case
from samsvar.letters.models import JournalMark
from samsvar.letters.selectors.journal import last_mark
from samsvar.letters.services.errors import LetterError
from samsvar.postgres.actor import Actor


def mark(actor: Actor, case: Case, *, until: datetime, theme: str, number: str) -> JournalMark:
    """The own journal has everything up to `until` under `number`. Raises LetterError when it had that already."""
    last = last_mark(actor, case)
    if until > timezone.now() or (last is not None and until <= last.until):
        raise LetterError(_("Der er kommet noget nyt imens. Se noten igen."))
    row = JournalMark(
        **of_case(actor, case),
        since=last.until if last else None,
        until=until,
        theme=theme.strip(),
        number=number.strip(),
    )
    row.save(force_insert=True)
    _log(actor, case, Act.CREATE)
    return row


def taken_out(actor: Actor, case: Case) -> None:
    """Log that the note left for the own system."""
    _log(actor, case, Act.EXPORT)


def _log(actor: Actor, case: Case, act: Act) -> None:
    log_in_case(actor, act, case, "journal_note", case.pk)
