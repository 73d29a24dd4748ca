"""A file of events from another system: drafts for the rows that can be, reasons for the others."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.cases.services.concerns import may_raise
from samsvar.coordination import services
from samsvar.coordination.forms.event_file import COLUMNS, NEEDED, EventFileForm


@either
def take_in(request: ActingRequest) -> HttpResponse:
    """Take a file in. Nothing of it is released, and nothing is kept of the rows that are refused."""
    if not may_raise(request.actor):
        raise Http404
    form = EventFileForm(request.POST, request.FILES) if request.method == "POST" else EventFileForm()
    result = None
    if request.method == "POST" and form.is_valid():
        result = services.import_events(request.actor, form.rows)
        result.refused = sorted([*result.refused, *form.refused], key=lambda one: one.number)
        form = EventFileForm()
    return render(
        request,
        "coordination/event_file.html",
        {"form": form, "result": result, "columns": COLUMNS.values(), "needed": [COLUMNS[one] for one in NEEDED]},
        status=400 if form.errors else 200,
    )
