"""Bilag 11 on paper (R-000-129): the sheet of one meeting as PDF."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.calendar.words import full, language
from samsvar.cases.services.rows import log_in_case
from samsvar.documents.paper import Paper, render, table, text
from samsvar.meetings.models import Meeting
from samsvar.meetings.selectors.sheets import COLUMNS, sheet
from samsvar.postgres.actor import Actor

WIDTHS = (3, 3, 5, 4, 6, 3)


def take_out(actor: Actor, meeting: Meeting) -> bytes:
    """The form as PDF; logged for each person on it. Only for one who `selectors.sheets.is_secretariat`."""
    rows = sheet(actor, meeting)
    for row in rows:
        log_in_case(actor, Act.PRINT, row.case, "case_sheet", row.case.pk, detail={"meeting": str(meeting.pk)})
    lang = language(translation.get_language())
    said = full(timezone.localtime(meeting.starts_at).date(), lang)
    parts = [
        text(
            _("%(group)s, møde %(day)s. Fortroligt: kun for dem, der er part i sagerne. Makuleres efter brug.")
            % {"group": meeting.group.name, "day": said}
        ),
        table([str(column) for column in COLUMNS], [row.cells for row in rows], WIDTHS),
    ]
    paper = Paper(title=_("Registreringsskema for PSP-sager til operativgruppemødet"), parts=parts, footer=said)
    return render("sheet", paper, lang=lang)
