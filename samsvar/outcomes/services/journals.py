"""The verbs of the quarterly journal: begin one, and keep what has been answered (R-004-93)."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.instruments.flow import Answer, cleaned, problems
from samsvar.instruments.instrument import quarterly
from samsvar.outcomes.models import Journal
from samsvar.outcomes.selectors.journals import find_journal
from samsvar.outcomes.selectors.reports import plain
from samsvar.outcomes.services.errors import ReportError
from samsvar.outreach.services.errors import held, log, team, without_number, write
from samsvar.postgres.actor import Actor


def start_journal(actor: Actor, stamp: str, quarter: date) -> Journal:
    """Begin a quarter's journal in one of the quarterly forms (R-004-93)."""
    if stamp not in {one.stamp for one in quarterly()} or quarter > timezone.localdate():
        raise ReportError(_("Vælg et skema og et kvartal, der er begyndt."))
    row = Journal(**team(actor), quarter=quarter, form=stamp)
    write(row)
    log(actor, Act.CREATE, row, "journal", "journal")
    return row


def keep_journal(actor: Actor, journal: Journal, answers: Mapping[str, Answer], version: int | None) -> Journal:
    """Keep what has been answered. Raises ReportError where somebody has written in it since it was looked at."""
    row = held(actor, journal)
    page = find_journal(actor, row.pk)
    if page is None:
        raise ReportError(_("Det er ikke jeres."))
    if version != row.version:
        raise ReportError(_("En anden har skrevet i journalen, siden du åbnede den. Se siden igen."))
    kept = cleaned(page.form, page.occasions, answers)
    if wrong := problems(page.form, page.occasions, kept):
        raise ReportError(_("Nogle svar passer ikke sammen."), wrong)
    without_number(*(one for one in kept.values() if isinstance(one, str)))
    row.answers, row.version = plain(kept), row.version + 1
    write(row, new=False, fields=("answers", "version"))
    log(actor, Act.CHANGE, row, "journal", "journal")
    return row
