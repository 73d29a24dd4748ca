"""The pages of inquiries, of rounds of looking, and of the target group."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.cases.views.steps import done, found_or_404
from samsvar.outreach import services
from samsvar.outreach.forms.inquiries import AssessmentForm, FollowUpForm, InquiryForm, SearchForm
from samsvar.outreach.models import Inquiry
from samsvar.outreach.selectors import inquiries as selectors
from samsvar.outreach.services import Followed, Judged, Looked, Said
from samsvar.outreach.views.steps import course_or_404, step, working_or_404
from samsvar.outreach.words import profile, profiles
from samsvar.referrals.selectors.referrals import find_tip
from samsvar.referrals.views.links import linked


@require_safe
def inquiries(request: ActingRequest) -> HttpResponse:
    """Inquiries that wait, and what the others turned out to be."""
    working_or_404(request)
    record(request.actor, Act.LOOK, "inquiries")
    return render(
        request,
        "outreach/inquiries.html",
        {
            "waiting": selectors.waiting(request.actor),
            "followed": selectors.followed(request.actor),
            "share": selectors.share(request.actor),
        },
    )


@either
def receive(request: ActingRequest, search_id: UUID | None = None) -> HttpResponse:
    """Somebody asks, another unit too (a tip), or a round of looking has found somebody."""
    working_or_404(request)
    search = found_or_404(selectors.find_search(request.actor, search_id)) if search_id else None
    tip = linked(request, find_tip)
    form = InquiryForm(request.POST or None, tip=tip)
    got: list[Inquiry] = []
    if request.method == "POST" and done(
        form, lambda: got.append(services.receive(request.actor, Said(**form.cleaned_data), search))
    ):
        messages.success(request, _("Henvendelsen er skrevet. Den står på listen, til der er fulgt op."))
        return redirect("outreach:inquiry", got[0].pk)
    record(request.actor, Act.LOOK, "inquiries", detail={"new": True})
    told = {"form": form, "search": search, "tip": tip}
    return render(request, "outreach/receive.html", told, status=400 if form.errors else 200)


@either
def inquiry(request: ActingRequest, inquiry_id: UUID) -> HttpResponse:
    """One inquiry: begin a course, or say what it was instead."""
    found = selectors.find_inquiry(request.actor, inquiry_id)
    if found is None:
        record_refusal(request.actor, "inquiry", inquiry_id, "not_in_reach")
        raise Http404
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: services.follow_up(request.actor, found, Followed(**form.cleaned_data))
    ):
        messages.success(request, _("Henvendelsen er fulgt op."))
        return redirect("outreach:inquiries")
    record(request.actor, Act.LOOK, "inquiry", found.pk, partnership_id=found.partnership_id)
    return render(
        request, "outreach/inquiry.html", {"inquiry": found, "form": form}, status=400 if form.errors else 200
    )


@either
def searches(request: ActingRequest) -> HttpResponse:
    """The rounds of looking, and a new one."""
    working_or_404(request)
    form = SearchForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: services.look_for_some(request.actor, Looked(**form.cleaned_data))
    ):
        messages.success(request, _("Opsporingen er skrevet."))
        return redirect("outreach:searches")
    record(request.actor, Act.LOOK, "outreach_search")
    return render(
        request,
        "outreach/searches.html",
        {"form": form, "found": selectors.searches(request.actor)},
        status=400 if form.errors else 200,
    )


@either
def assess(request: ActingRequest, course_id: UUID, profile_key: str) -> HttpResponse:
    """Whether somebody belongs to the target group, by one municipality's profile."""
    found = course_or_404(request, course_id)
    try:
        chosen = profile(profile_key)
    except LookupError as error:
        raise Http404 from error

    return step(
        request,
        found,
        AssessmentForm(chosen, request.POST or None),
        lambda data: services.assess(
            request.actor, found, Judged(**{**data, "profile": chosen.key, "belongs": data["belongs"] == "yes"})
        ),
        title=_("Vurder målgruppen"),
        send=_("Gem vurderingen"),
        said=_("Vurderingen er gemt. De tidligere står, som de var."),
        note=_("Svar på hvert kendetegn for sig. En diagnose, et misbrug eller et handicap afgør aldrig noget alene."),
        template="outreach/assess.html",
        more={"profile": chosen, "profiles": profiles()},
    )
