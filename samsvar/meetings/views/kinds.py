"""A partnership puts its kinds of meetings together: what it uses, the templates, and a form with a place per part."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.guards import turn_away
from samsvar.accounts.middleware import ActingRequest
from samsvar.cases.services.errors import CaseError
from samsvar.meetings.forms.series import KindForm, kind_values
from samsvar.meetings.models import MeetingKind
from samsvar.meetings.selectors import kinds as selectors
from samsvar.meetings.services import kinds as services
from samsvar.partnerships.models import Partnership
from samsvar.partnerships.services.errors import PartnershipError
from samsvar.postgres.actor import attempt

REFUSALS = (CaseError, PartnershipError)


def _kind(request: ActingRequest, kind_id: UUID) -> MeetingKind:
    found = selectors.find_kind(request.actor, kind_id)
    if found is None:
        raise Http404
    _require(request, found.partnership)
    return found


def _require(request: ActingRequest, place: Partnership) -> None:
    if not selectors.sets_up(request.actor, place.pk):
        turn_away(request.actor, "meeting_kind")


@require_GET
def kinds(request: ActingRequest) -> HttpResponse:
    """The kinds that the actor's partnerships use, and the templates to begin from."""
    places = selectors.places(request.actor)
    return render(
        request,
        "meetings/kinds.html",
        {
            "places": [(place, [(kind, selectors.part_words(kind)) for kind in place.kinds]) for place in places],
            "templates": selectors.templates(),
            "sets_up": [place.partnership for place in places if place.sets_up],
        },
    )


@require_http_methods(["GET", "POST"])
def make(request: ActingRequest, partnership_id: UUID) -> HttpResponse:
    """A new kind, from a template or from nothing."""
    place = selectors.find_place(request.actor, partnership_id)
    if place is None:
        raise Http404
    _require(request, place)
    template = selectors.template(request.GET.get("skabelon", ""))
    form = KindForm(request.POST or None, initial=kind_values(template) if template else None)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                services.make(request.actor, place, form.shape(), template=template.code if template else "")
        except REFUSALS as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Mødetypen kan vælges nu."))
            return redirect("meetings:kinds")
    return _page(request, place, form)


@require_http_methods(["GET", "POST"])
def change(request: ActingRequest, kind_id: UUID) -> HttpResponse:
    """Change a kind for the meetings that are planned from now on."""
    found = _kind(request, kind_id)
    form = KindForm(request.POST or None, initial=kind_values(found, services.stamp(found)))
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                services.change(request.actor, found, form.shape(), seen=form.cleaned_data["seen"])
        except REFUSALS as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Mødetypen er ændret. Møder, der står i kalenderen, er som før."))
            return redirect("meetings:kinds")
    return _page(request, found.partnership, form, found)


def _page(request: ActingRequest, place: Partnership, form: KindForm, kind: MeetingKind | None = None) -> HttpResponse:
    return render(
        request,
        "meetings/kind.html",
        {"place": place, "form": form, "kind": kind},
        status=400 if form.is_bound else 200,
    )


@require_POST
def retire(request: ActingRequest, kind_id: UUID) -> HttpResponse:
    """Let nobody choose this kind any more."""
    found = _kind(request, kind_id)
    try:
        with attempt():
            services.retire(request.actor, found)
    except REFUSALS as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Mødetypen er taget ud af brug."))
    return redirect("meetings:kinds")
