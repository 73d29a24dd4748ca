"""How every page of a network begins and ends: find it, look, do one thing, go back to it."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import one_form
from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.cases.services.errors import CaseError
from samsvar.coordination.models import CareNetwork
from samsvar.coordination.selectors import networks as selectors


def network_or_404(request: ActingRequest, network_id: UUID) -> CareNetwork:
    """The network, or the one answer for none and for one that is not the actor's to see."""
    found = selectors.find_network(request.actor, network_id)
    if found is None:
        record_refusal(request.actor, "care_network", network_id, "not_in_reach")
        raise Http404
    return found


def inside_or_404(request: ActingRequest, network_id: UUID) -> CareNetwork:
    """The network, for one who is inside it."""
    found = network_or_404(request, network_id)
    if not getattr(found, "inside", False):
        raise Http404
    return found


def look_at(request: ActingRequest, network: CareNetwork, act: Act = Act.LOOK, part: str = "page") -> None:
    """Log that the actor saw a page of the network (L19)."""
    record(
        request.actor,
        act,
        "care_network",
        network.pk,
        partnership_id=network.partnership_id,
        citizen_id=network.citizen_id,
        detail={"part": part},
    )


def step(
    request: ActingRequest,
    network: CareNetwork,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    send: str,
    said: str,
    note: str = "",
    back: str = "network",
    about: UUID | None = None,
    template: str = "coordination/step.html",
    more: dict[str, Any] | None = None,
    second_look: Callable[[dict[str, Any]], Sequence[str]] | None = None,
) -> HttpResponse:
    """Show one form about a network, or do what it asks and go `back`: to the network or to a page of it, `about` what.

    `second_look` says what the writer should look at once more before it reaches others; sending again sends it.
    """
    address = reverse(f"coordination:{back}", args=[network.pk, about] if about else [network.pk])
    return one_form(
        request,
        form,
        act,
        template=template,
        told={"network": network, "title": title, "send": send, "note": note},
        more=more,
        back_url=address,
        look=lambda: look_at(request, network, part="step"),
        said=said,
        refusals=(CaseError,),
        second_look=second_look,
    )
