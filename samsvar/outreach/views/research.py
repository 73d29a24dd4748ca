"""A citizen is asked to be in a study; who leads sees what came of it, and fetches the records a study may read."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.views.steps import found_or_404, pressed
from samsvar.outreach import services
from samsvar.outreach.forms.research import StudyForm
from samsvar.outreach.selectors import research as selectors
from samsvar.outreach.services import Asked
from samsvar.outreach.views.steps import course_or_404, leading_or_404, step


@either
def ask(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """Somebody was asked to be in a study."""
    found = course_or_404(request, course_id)
    return step(
        request,
        found,
        StudyForm(selectors.study_names(request.actor), request.POST or None),
        lambda data: services.ask_about_study(request.actor, found, Asked(**data)),
        title=_("Spurgt om at være med i en undersøgelse"),
        send=_("Gem"),
        said=_("Svaret er skrevet."),
        note=_("Uden et skriftligt ja til netop den undersøgelse læser ingen forsker noget om borgeren."),
    )


@require_POST
def withdraw(request: ActingRequest, course_id: UUID, research_id: UUID) -> HttpResponse:
    """The citizen takes the yes back."""
    found = course_or_404(request, course_id)
    row = found_or_404(selectors.find_asked(request.actor, found, research_id))
    pressed(
        request,
        lambda: services.withdraw_from_study(request.actor, row),
        _("Samtykket er trukket tilbage. Fra nu af læser undersøgelsen ikke mere."),
    )
    return redirect("outreach:course", found.pk)


@require_safe
def studies(request: ActingRequest) -> HttpResponse:
    """The unit's register: which studies have asked, and what was said."""
    leading_or_404(request)
    record(request.actor, Act.LOOK, "research")
    return render(request, "outreach/studies.html", {"studies": selectors.studies(request.actor)})


@require_safe
def study_file(request: ActingRequest, research_id: UUID) -> HttpResponse:
    """The records that one study may read today, and no others (R-004-69). Each of them is in the log."""
    leading_or_404(request)
    study = found_or_404(selectors.find_study(request.actor, research_id))
    courses = selectors.readable_courses(request.actor, study)
    for course in courses:
        record(
            request.actor,
            Act.EXPORT,
            "course",
            course.pk,
            partnership_id=course.partnership_id,
            detail={"part": "study", "id": str(research_id)},
        )
    record(request.actor, Act.EXPORT, "research", research_id, detail={"courses": len(courses)})
    return HttpResponse(
        selectors.records(request.actor, courses),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="undersoegelse.csv"', "Cache-Control": "no-store"},
    )
