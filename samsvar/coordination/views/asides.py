"""What a place that the citizen has let in does itself: asks another place, and says who has the contact."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.cases.views.steps import done, pressed
from samsvar.coordination import services
from samsvar.coordination.forms.events import AskForm
from samsvar.coordination.forms.meetings import ConveneForm
from samsvar.coordination.models import CareEvent, CareNetwork
from samsvar.coordination.selectors.asides import may_convene
from samsvar.coordination.selectors.events import tells
from samsvar.coordination.views.steps import network_or_404, step


@either
def ask(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """A question to one place: a draft, and then the page on which one chooses whom."""
    found = network_or_404(request, care_network_id)
    if found.ended_on is not None or not tells(request.actor, found):
        raise Http404
    form = AskForm(request.POST or None)
    made: list[CareEvent] = []
    if request.method == "POST" and done(
        form, lambda: made.append(services.ask(request.actor, found, form.cleaned_data["text"]))
    ):
        return redirect("coordination:event", found.pk, made[0].pk)
    return step(
        request,
        found,
        form,
        lambda _data: None,
        title=_("Spørg et sted, borgeren kender"),
        send=_("Videre"),
        said="",
        note=_("Du vælger bagefter, hvem du spørger. Kun de og tovholderen ser det."),
    )


def convene(request: ActingRequest, network: CareNetwork) -> HttpResponse:
    """A place that the citizen has let in calls a network meeting."""
    if not may_convene(request.actor, network):
        raise Http404
    form = ConveneForm(request.POST or None)
    return step(
        request,
        network,
        form,
        lambda data: services.convene(request.actor, network, data["purpose"], form.starts_at, data["place"]),
        title=_("Indkald til netværksmøde"),
        send=_("Indkald"),
        said=_("Tovholderen har fået besked og spørger borgeren, hvem der skal med."),
        note=_("Tovholderen får det at vide nu. Ingen bliver inviteret, før borgeren har sagt, hvem der skal med."),
    )


@require_POST
def take_contact(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """Whoever presses it has the contact in the own unit."""
    found = network_or_404(request, care_network_id)
    if not tells(request.actor, found):
        raise Http404
    pressed(
        request,
        lambda: services.take_contact(request.actor, found),
        _("Du har kontakten. Det, der kommer til jer om borgeren, ligger på dit bord."),
    )
    return redirect("coordination:network", found.pk)
