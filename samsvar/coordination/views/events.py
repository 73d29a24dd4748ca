"""What happened to a citizen: written as a draft, looked over with whom it reaches, and released."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either, version_seen
from samsvar.audit.models import Act
from samsvar.cases.views.steps import done, found_or_404, points_out, pressed
from samsvar.coordination import services
from samsvar.coordination.forms.events import EventForm
from samsvar.coordination.models import HAPPENINGS, CareEvent, CareEventDelivery, CareNetwork
from samsvar.coordination.papers.event import notice, notice_text
from samsvar.coordination.selectors import events as selectors
from samsvar.coordination.selectors.plans import planning_with
from samsvar.coordination.views.steps import look_at, network_or_404
from samsvar.documents.answers import as_pdf, as_text


def _event(request: ActingRequest, care_network_id: UUID, event_id: UUID) -> CareEvent:
    """An event that the actor's own unit tells, or 404."""
    found = network_or_404(request, care_network_id)
    return found_or_404(selectors.find_event(request.actor, found, event_id))


def _form_page(
    request: ActingRequest,
    network: CareNetwork,
    form: EventForm,
    event: CareEvent | None = None,
    *,
    looks_again: bool = False,
) -> HttpResponse:
    look_at(request, network, part="event")
    return render(
        request,
        "coordination/event_form.html",
        {"network": network, "form": form, "event": event, "looks_again": looks_again},
        status=400 if form.errors else 200,
    )


@either
def write(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """Write what happened. Nobody is told yet."""
    found = network_or_404(request, care_network_id)
    if found.ended_on is not None or not selectors.tells(request.actor, found):
        raise Http404
    now = timezone.localtime()
    clock = now.strftime("%H:%M")
    form = EventForm(request.POST or None, initial={"day": now.date(), "clock": clock, "shown": clock})
    made: list[CareEvent] = []
    looks_again = False
    if request.method == "POST" and request.POST.get("looked") != "1" and form.is_valid():
        asked = selectors.admitted_already(request.actor, found, form.cleaned_data["kind"])
        looks_again = points_out(form, [asked] if asked else [])
    if request.method == "POST" and done(
        form, lambda: made.append(services.write_event(request.actor, found, _happened(form)))
    ):
        return redirect("coordination:event", found.pk, made[0].pk)
    return _form_page(request, found, form, looks_again=looks_again)


@either
def change(request: ActingRequest, care_network_id: UUID, care_event_id: UUID) -> HttpResponse:
    """Write a draft anew."""
    row = _event(request, care_network_id, care_event_id)
    if row.kind not in dict(HAPPENINGS):
        raise Http404
    then = timezone.localtime(row.happened_at)
    initial = {
        "kind": row.kind,
        "day": then.date(),
        "clock": then.strftime("%H:%M") if row.moment == row.happened_at else "",
        "urgency": row.urgency,
        "long_stay": row.long_stay,
        "text": row.text,
    }
    form = EventForm(request.POST or None, initial=initial)
    seen = version_seen(request)
    if request.method == "POST" and done(
        form, lambda: services.change_event(request.actor, row, _happened(form), seen)
    ):
        return redirect("coordination:event", row.network_id, row.pk)
    return _form_page(request, row.network, form, row)


def _happened(form: EventForm) -> services.Happened:
    data: dict[str, Any] = form.cleaned_data
    return services.Happened(
        kind=data["kind"],
        at=form.moment,
        text=data["text"],
        urgency=data["urgency"],
        long_stay=data["long_stay"],
    )


@require_GET
def draft(request: ActingRequest, care_network_id: UUID, care_event_id: UUID) -> HttpResponse:
    """A draft, and whom it reaches. What was released stands on the page of the network."""
    row = _event(request, care_network_id, care_event_id)
    if row.released_at is not None:
        return redirect("coordination:network", row.network_id)
    look_at(request, row.network, part="event")
    return render(
        request,
        "coordination/event.html",
        {
            "page": selectors.event_page(request.actor, row),
            "planning": planning_with(request.actor, row.network),
        },
    )


@require_POST
def release(request: ActingRequest, care_network_id: UUID, care_event_id: UUID) -> HttpResponse:
    """All whom the citizen's yes names know from now on."""
    row = _event(request, care_network_id, care_event_id)

    def act() -> None:
        released = services.release_event(request.actor, row, version_seen(request), _chosen(request))
        if left_out := [one.who for one in released.left_out]:
            # Somebody whose yes the law does not take stops nobody else's message.
            said = _("De fik ikke besked, fordi borgerens samtykke ikke er gyldigt til det: %(who)s.")
            messages.warning(request, said % {"who": ", ".join(left_out)})

    pressed(request, act, _("Beskeden er frigivet. De, borgeren har sagt ja til, har den nu."))
    # A draft that a colleague wrote anew is looked at once more.
    return redirect("coordination:event", row.network_id, row.pk)


def _chosen(request: ActingRequest) -> UUID | None:
    """Whom a question is put to, as it was chosen; None for what is no key."""
    try:
        return UUID(request.POST.get("to", ""))
    except ValueError:
        return None


@require_POST
def discard(request: ActingRequest, care_network_id: UUID, care_event_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    row = _event(request, care_network_id, care_event_id)
    pressed(
        request, lambda: services.discard_event(request.actor, row), _("Kladden er slettet. Ingen har fået besked.")
    )
    return redirect("coordination:network", row.network_id)


@require_POST
def read(request: ActingRequest, care_network_id: UUID, event_delivery_id: UUID) -> HttpResponse:
    """It is read."""
    found = network_or_404(request, care_network_id)
    row = found_or_404(selectors.find_delivery(request.actor, found, event_delivery_id))
    answer = request.POST.get("answer", "")
    pressed(
        request,
        lambda: services.read_event(request.actor, row, answer),
        _("Svaret er sendt. De kan se det nu.") if answer else _("Det er gemt."),
    )
    return redirect("coordination:doctor" if request.POST.get("back") == "doctor" else "coordination:network", found.pk)


@require_GET
def as_letter(request: ActingRequest, care_network_id: UUID, event_delivery_id: UUID) -> HttpResponse:
    """What reached us, as a letter to print."""
    row = _reached(request, care_network_id, event_delivery_id)
    return as_pdf(notice(row), _("besked"))


@require_GET
def as_lines(request: ActingRequest, care_network_id: UUID, event_delivery_id: UUID) -> HttpResponse:
    """What reached us, as plain text for the own system."""
    row = _reached(request, care_network_id, event_delivery_id)
    return as_text(notice_text(row), _("besked"))


def _reached(request: ActingRequest, care_network_id: UUID, event_delivery_id: UUID) -> CareEventDelivery:
    found = network_or_404(request, care_network_id)
    row = found_or_404(selectors.find_delivery(request.actor, found, event_delivery_id))
    look_at(request, found, Act.PRINT, "event")
    return row
