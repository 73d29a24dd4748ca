"""The pages on how much each tovholder has, and how much time for it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.cases.views.steps import done, found_or_404, lang
from samsvar.coordination.forms.caseload import HoursForm
from samsvar.coordination.selectors import caseload as selectors
from samsvar.coordination.services.caseload import set_hours
from samsvar.coordination.services.networks import may_open


@require_GET
def caseload(request: ActingRequest) -> HttpResponse:
    """Cases, hours, and hours for each case."""
    if not may_open(request.actor):
        raise Http404
    found = selectors.caseload(request.actor)
    return render(
        request,
        "coordination/caseload.html",
        {
            "load": found,
            "source": found.least.source(lang()),
            "leads": request.actor.is_any("releaser"),
            "own_post": request.actor.capacity_id,
            # Whoever has no case yet can write the hours, too.
            "posts": selectors.without_hours(request.actor, found),
        },
    )


@either
def hours(request: ActingRequest, post_id: UUID) -> HttpResponse:
    """Write somebody's weekly hours."""
    if not may_open(request.actor):
        raise Http404
    post = found_or_404(selectors.find_post(request.actor, post_id))
    form = HoursForm(request.POST or None, initial={"hours": selectors.hours_of(request.actor, post)})
    if request.method == "POST" and done(form, lambda: set_hours(request.actor, post.pk, form.cleaned_data["hours"])):
        messages.success(request, _("Timerne er gemt."))
        return redirect("coordination:caseload")
    return render(
        request,
        "coordination/hours.html",
        {"form": form, "post": post},
        status=400 if form.errors else 200,
    )
