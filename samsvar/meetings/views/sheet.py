"""Bilag 11 on screen for the parties, and on paper for the meeting's secretariat."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.documents.answers import as_pdf
from samsvar.meetings.papers.sheet import take_out
from samsvar.meetings.selectors import sheets
from samsvar.meetings.views.found import meeting_of


@require_GET
def sheet(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The form on screen, with the rows of the cases to which the own authority is party."""
    found = meeting_of(request.actor, meeting_id)
    rows = sheets.sheet(request.actor, found)
    record(
        request.actor,
        Act.LOOK,
        "case_sheet",
        found.pk,
        partnership_id=found.partnership_id,
        detail={"cases": [str(row.case.pk) for row in rows]},
    )
    return render(
        request,
        "meetings/sheet.html",
        {
            "meeting": found,
            "columns": sheets.COLUMNS,
            "rows": rows,
            "may_print": sheets.is_secretariat(request.actor, found),
        },
    )


@require_GET
def sheet_paper(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The form as PDF, for the secretariat of that meeting alone."""
    found = meeting_of(request.actor, meeting_id)
    if not sheets.is_secretariat(request.actor, found):
        record_refusal(request.actor, "case_sheet", found.pk, "not_the_secretariat")
        raise Http404
    return as_pdf(take_out(request.actor, found), "registreringsskema")
