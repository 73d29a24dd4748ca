"""A partnership puts its kinds of meetings together: what it uses, the templates, and a form with a place per part."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.guards import turn_away
from samsvar.accounts.middleware import ActingRequest
from samsvar.cases.services.errors import CaseError
from samsvar.cases.views.steps import done, found_or_404, pressed
from samsvar.meetings.forms.series import KindForm, kind_values
from samsvar.meetings.models import MeetingKind
from samsvar.meetings.selectors import kinds as selectors
from samsvar.meetings.services import kinds as services
from samsvar.partnerships.models import Partnership
from samsvar.partnerships.services.errors import PartnershipError

REFUSALS = (CaseError, PartnershipError)


def _kind(request: ActingRequest, kind_id: UUID) -> MeetingKind:
    found = found_or_404(selectors.find_kind(request.actor, kind_id))
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
            "tiers": selectors.by_tier(),
            "sets_up": [place.partnership for place in places if place.sets_up],
        },
    )


@require_http_methods(["GET", "POST"])
def make(request: ActingRequest, partnership_id: UUID) -> HttpResponse:
    """A new kind, from a template or from nothing."""
    place = found_or_404(selectors.find_place(request.actor, partnership_id))
    _require(request, place)
    template = selectors.template(request.GET.get("skabelon", ""))
    form = KindForm(request.POST or None, initial=kind_values(template) if template else None)

    def act() -> None:
        services.make(request.actor, place, form.shape(), template=template.code if template else "")

    if request.method == "POST" and done(form, act, "name", REFUSALS):
        messages.success(request, _("Mødetypen kan vælges nu."))
        return redirect("meetings:kinds")
    return _page(request, place, form)


@require_http_methods(["GET", "POST"])
def change(request: ActingRequest, kind_id: UUID) -> HttpResponse:
    """Change a kind for the meetings that are planned from now on."""
    found = _kind(request, kind_id)
    form = KindForm(request.POST or None, initial=kind_values(found, services.stamp(found)))

    def act() -> None:
        services.change(request.actor, found, form.shape(), seen=form.cleaned_data["seen"])

    if request.method == "POST" and done(form, act, "name", REFUSALS):
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
    pressed(request, lambda: services.retire(request.actor, found), _("Mødetypen er taget ud af brug."), REFUSALS)
    return redirect("meetings:kinds")
