"""The coordinator counts persons: by number only when asked, shown once and kept nowhere."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.meetings.forms.meetings import CountForm
from samsvar.meetings.selectors import counts


@require_http_methods(["GET", "POST"])
def count(request: ActingRequest, group_id: UUID) -> HttpResponse:
    """How many persons the group has had up in a year; asked by POST, with their numbers."""
    actor = request.actor
    group = counts.group_to_count(actor, group_id)
    if group is None:
        raise Http404
    asked = request.method == "POST"
    this_year = {"year": timezone.localdate().year}
    form = CountForm(request.POST if asked else request.GET or this_year, initial=this_year)
    found = None
    if form.is_valid():
        found = counts.count_persons(actor, group, form.cleaned_data["year"], with_numbers=asked)
        record(
            actor,
            Act.LOOK,
            "person_count",
            group.pk,
            partnership_id=group.partnership_id,
            purpose=counts.PURPOSE,
            detail={"cases": [str(case.pk) for one in found.persons for case in one.cases]},
        )
    answer = render(
        request,
        "meetings/count.html",
        {"group": group, "form": form, "count": found, "asked": asked},
        status=200 if found else 400,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
