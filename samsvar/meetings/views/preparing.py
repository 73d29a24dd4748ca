"""The page on which an authority prepares, and its own pack for the day the network is down."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.meetings.models import MeetingState
from samsvar.meetings.selectors import preparing
from samsvar.meetings.views.found import meeting_of


@require_GET
def prepare(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """By case number alone: we know, we do not know, we will find out."""
    found = meeting_of(request.actor, meeting_id)
    rows = preparing.prepared(request.actor, found)
    record(
        request.actor,
        Act.LOOK,
        "meeting",
        found.pk,
        partnership_id=found.partnership_id,
        detail={"page": "prepare", "cases": [str(one.line.case.pk) for one in rows]},
    )
    return render(
        request,
        "meetings/prepare.html",
        {
            "meeting": found,
            "running": found.state == MeetingState.PLANNED,
            "rows": rows,
            "left": sum(not (one.ready or one.nameless) for one in rows),
            "late": bool(found.notify_until and found.notify_until < timezone.now()),
        },
    )


@require_GET
def pack(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """What the own authority takes along on paper: its own words and agreements, none of the others'."""
    found = meeting_of(request.actor, meeting_id)
    return render(request, "meetings/pack.html", {"meeting": found, "rows": preparing.take_out(request.actor, found)})
