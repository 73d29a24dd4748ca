"""The minutes of a conference, on the screen and on paper."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.views.steps import found_or_404
from samsvar.conferences import papers, selectors
from samsvar.conferences.views.finding import meeting_or_404
from samsvar.documents.answers import as_pdf, as_word
from samsvar.meetings.models import Meeting, MeetingState
from samsvar.meetings.views.minutes import file_name
from samsvar.postgres.actor import Actor


def _with_minutes(actor: Actor, meeting_id: UUID) -> Meeting:
    """A conference that has minutes, or will have: one that is called off has none."""
    found = meeting_or_404(actor, meeting_id)
    return found_or_404(None if found.state == MeetingState.CALLED_OFF else found)


def _log_minutes(actor: Actor, act: Act, found: selectors.Minutes) -> None:
    """One line per citizen says which sections were read, on the screen as on paper; without a citizen there is one."""
    meeting = found.order.meeting
    detail = {"items": [str(one.slot.item.pk) for one in found.sections]}
    citizens: list[UUID | None] = [*found.citizen_ids]
    for citizen_id in citizens or [None]:
        record(
            actor,
            act,
            "conference_minutes",
            meeting.pk,
            partnership_id=meeting.partnership_id,
            citizen_id=citizen_id,
            detail=detail,
        )


@require_GET
def minutes(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes: the round for the group, each section for those who work with it; short on request (R-003-100)."""
    meeting = _with_minutes(request.actor, meeting_id)
    found = selectors.minutes_of(request.actor, meeting)
    _log_minutes(request.actor, Act.LOOK, found)
    return render(
        request,
        "conferences/minutes.html",
        {
            "minutes": found,
            "book": found.order,
            "meeting": meeting,
            "short": request.GET.get("kort") == "1",
            "has_read": found.has_read(request.actor),
        },
    )


@require_GET
def pdf(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes on paper, with the sections that the reader may see."""
    found = _printed(request, meeting_id)
    return as_pdf(papers.as_pdf_bytes(found), file_name(found.order.meeting))


@require_GET
def word(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes as a Word document, with the sections that the reader may see."""
    found = _printed(request, meeting_id)
    return as_word(papers.as_word_bytes(found), file_name(found.order.meeting))


def _printed(request: ActingRequest, meeting_id: UUID) -> selectors.Minutes:
    """The minutes that leave the screen, and their line in the log."""
    meeting = _with_minutes(request.actor, meeting_id)
    found = selectors.minutes_of(request.actor, meeting)
    _log_minutes(request.actor, Act.PRINT, found)
    return found
