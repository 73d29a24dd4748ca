"""The pages of the ropes: the citizen's page on paper, tasks done in place of others, pauses, and the map."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.audit.models import Act
from samsvar.cases.views.steps import done, found_or_404, pressed
from samsvar.coordination import services
from samsvar.coordination.drawing import drawing
from samsvar.coordination.forms.ropes import DrawForm, PauseForm, SettleForm, SubstituteForm
from samsvar.coordination.papers.card import relative as relative_paper
from samsvar.coordination.papers.overview import overview as overview_paper
from samsvar.coordination.selectors import meetings
from samsvar.coordination.selectors import networks as selectors
from samsvar.coordination.selectors import ropes as rope_selectors
from samsvar.coordination.views.steps import inside_or_404, look_at, step
from samsvar.documents.answers import as_pdf


@require_GET
def overview(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """The citizen's page on paper."""
    found = inside_or_404(request, care_network_id)
    look_at(request, found, Act.PRINT, "overview")
    page, held = selectors.page(request.actor, found), meetings.meetings_of(request.actor, found)
    return as_pdf(overview_paper(page, held), _("hvem-hjaelper-mig"))


@either
def substitute(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """A task that belongs to others."""
    found = inside_or_404(request, care_network_id)
    return step(
        request,
        found,
        SubstituteForm(request.POST or None),
        lambda data: services.substitute(request.actor, found, data["what"], data["whose"], data["since"]),
        title=_("En opgave, der hører til andre"),
        send=_("Gem"),
        said=_("Det er gemt, og dagene tælles, til den rette tager over."),
        note=_("Skriv det, du gør, fordi den rette ikke er i gang endnu. Datoen er den dag, de blev spurgt."),
    )


@either
def taken_over(request: ActingRequest, care_network_id: UUID, substitute_task_id: UUID) -> HttpResponse:
    """The right one has taken over: who, and what was settled."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(rope_selectors.find_substitute(request.actor, found, substitute_task_id))
    return step(
        request,
        found,
        SettleForm(request.POST or None),
        lambda data: services.taken_over(request.actor, row, data["settled"]),
        title=_("Den rette har taget over"),
        send=_("Gem"),
        said=_("Opgaven er overtaget."),
        note=f"{row.what} ({row.whose})",
    )


@either
def pause(request: ActingRequest, care_network_id: UUID, network_contact_id: UUID) -> HttpResponse:
    """Somebody stands back for a while; a pause there is, is ended."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(selectors.find_contact(request.actor, found, network_contact_id))
    return step(
        request,
        found,
        PauseForm(request.POST or None),
        lambda data: services.pause(request.actor, row, data["why"]),
        title=_("Sæt %(name)s på pause") % {"name": row.name},
        send=_("Sæt på pause"),
        said=_("Kontakten er på pause. Den står stadig på siden."),
    )


@require_POST
def pause_over(request: ActingRequest, care_network_id: UUID, network_contact_id: UUID) -> HttpResponse:
    """The pause is over."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(selectors.find_contact(request.actor, found, network_contact_id))
    pressed(request, lambda: services.pause(request.actor, row, ""), _("Kontakten er i gang igen."))
    return redirect("coordination:network", found.pk)


@require_GET
def letter(request: ActingRequest, care_network_id: UUID, network_contact_id: UUID) -> HttpResponse:
    """The letter to a child's relative, with the tovholder's name and number and nothing else."""
    found = inside_or_404(request, care_network_id)
    page = selectors.page(request.actor, found)
    contact = next((one for one in page.relatives if one.pk == network_contact_id), None)
    if contact is None or page.coordinator is None:
        raise Http404
    look_at(request, found, Act.PRINT, "relative")
    return as_pdf(relative_paper(page, contact), _("brev-til-paaroerende"))


@require_POST
def letter_sent(request: ActingRequest, care_network_id: UUID, network_contact_id: UUID) -> HttpResponse:
    """The letter is sent."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(selectors.find_contact(request.actor, found, network_contact_id))
    pressed(request, lambda: services.tell_relative(request.actor, row), _("Det er gemt, at brevet er sendt."))
    return redirect("coordination:network", found.pk)


@either
def network_map(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """The map that the citizen draws, today's or as it stood on a day."""
    found = inside_or_404(request, care_network_id)
    form = DrawForm(request.POST or None)

    def act() -> Any:
        return services.draw(request.actor, found, services.Mark(**form.cleaned_data))

    if request.method == "POST" and done(form, act):
        messages.success(request, _("%(name)s er tegnet.") % {"name": form.cleaned_data["name"]})
        return redirect("coordination:map", found.pk)
    shown = rope_selectors.network_map(request.actor, found, _day(request.GET.get("dag", "")))
    look_at(request, found, part="map")
    return render(
        request,
        "coordination/map.html",
        {
            "network": found,
            "form": form,
            "map": shown,
            "drawing": drawing(shown.persons),
            "may_draw": found.ended_on is None and shown.now,
        },
        status=400 if form.errors else 200,
    )


def _day(typed: str) -> Any:
    try:
        return parse_date(typed)
    except ValueError:
        return None


@require_POST
def rub_out(request: ActingRequest, care_network_id: UUID, drawn_person_id: UUID) -> HttpResponse:
    """Somebody is not on the map any more."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(rope_selectors.find_drawn(request.actor, found, drawn_person_id))
    pressed(request, lambda: services.rub_out(request.actor, row), _("Personen er visket ud af kortet."))
    return redirect("coordination:map", found.pk)
