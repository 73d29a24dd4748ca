"""The page of a matter over its conferences, and who it is about."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.cases.views.steps import done, found_or_404, pressed
from samsvar.conferences import forms, selectors, services
from samsvar.conferences.models import About, ConferenceCase
from samsvar.conferences.views.finding import look, matter_or_404


@require_GET
def matter(request: ActingRequest, matter_id: UUID) -> HttpResponse:
    """A matter through time, under its number (003/S34)."""
    return _matter_page(request, matter_or_404(request.actor, matter_id))


def _matter_page(
    request: ActingRequest, found: ConferenceCase, status: int = 200, *, form: forms.NameForm | None = None
) -> HttpResponse:
    actor = request.actor
    page = selectors.matter_page(actor, found)
    others = [one for one in page.parties if not actor.owns(one.pk)]
    own = [one for one in page.persons if actor.owns(one.authority_id)]
    if form is None and found.about != About.GENERAL and others:
        form = forms.NameForm(authorities=others, prefix="navn", initial={"names": "\n".join(one.name for one in own)})
    look(actor, "conference_case", found.pk, found.partnership_id, page.persons)
    return render(
        request,
        "conferences/matter.html",
        {
            "page": page,
            "matter": found,
            "form": form,
            "own": own,
            "coming": selectors.coming(actor, found.group_id),
            "open": form is not None and form.is_bound,
        },
        status=status,
    )


@require_POST
def name(request: ActingRequest, matter_id: UUID) -> HttpResponse:
    """Say who it is to more of those who work with the matter, on a consent (R-003-37)."""
    found = matter_or_404(request.actor, matter_id)
    others = [one for one in selectors.parties_of(request.actor, found.pk) if not request.actor.owns(one.pk)]
    form = forms.NameForm(request.POST, authorities=others, prefix="navn")
    if done(form, lambda: services.say_name(request.actor, found, form.people, form.chosen, form.yes), "names"):
        messages.success(request, _("Navnet er sagt, og det er skrevet ned, hvem der fik det at vide."))
        return redirect("conferences:matter", found.pk)
    return _matter_page(request, found, 400, form=form)


@require_POST
def name_back(request: ActingRequest, matter_id: UUID, who_id: UUID) -> HttpResponse:
    """The citizen has taken the consent back."""
    found = matter_or_404(request.actor, matter_id)
    person = found_or_404(selectors.find_person(request.actor, found, who_id))
    said = _("Samtykket er trukket tilbage. Navnet ses nu kun hos jer.")
    pressed(request, lambda: services.take_name_back(request.actor, person), said)
    return redirect("conferences:matter", found.pk)


@require_POST
def name_off(request: ActingRequest, matter_id: UUID, who_id: UUID) -> HttpResponse:
    """Take away a name that was written by mistake."""
    found = matter_or_404(request.actor, matter_id)
    person = found_or_404(selectors.find_person(request.actor, found, who_id))
    said = _("Navnet er fjernet.")
    pressed(request, lambda: services.forget_name(request.actor, person), said)
    return redirect("conferences:matter", found.pk)
