"""The own doctor: one page for those who help, one for the practice, and one short form for each message."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.views.steps import done, found_or_404
from samsvar.coordination.forms import doctor as forms
from samsvar.coordination.models import CareEvent, CareNetwork
from samsvar.coordination.selectors import doctor as selectors
from samsvar.coordination.selectors import events as event_selectors
from samsvar.coordination.selectors import plans as plan_selectors
from samsvar.coordination.services import doctor as services
from samsvar.coordination.views.steps import inside_or_404, look_at, network_or_404, step


def _for_practice(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the practice, given the network; others are shown the way to their own page."""

    @wraps(view)
    def shown(request: ActingRequest, care_network_id: UUID, **more: UUID) -> HttpResponse:
        found = _told_or_404(request, care_network_id)
        if not selectors.is_practice(request.actor):
            return redirect("coordination:doctor", found.pk)
        return view(request, found, **more)

    return shown


@require_GET
def patients(request: ActingRequest) -> HttpResponse:
    """A practice's own patients who have let it in, the newest message first."""
    if not selectors.is_practice(request.actor):
        return redirect("coordination:home")
    found = selectors.patients(request.actor)
    if found:
        record(
            request.actor,
            Act.LOOK,
            "care_networks",
            detail={"networks": [str(one.line.network.pk) for one in found]},
        )
    return render(request, "coordination/doctor_patients.html", {"patients": found})


@require_GET
def doctor(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """What has been written between the own doctor and the others, and what can be written."""
    found = _told_or_404(request, care_network_id)
    look_at(request, found, part="doctor")
    practice = selectors.is_practice(request.actor)
    return render(
        request,
        "coordination/doctor_patient.html" if practice else "coordination/doctor.html",
        {
            "page": selectors.doctor_page(request.actor, found),
            "tells_plans": practice and plan_selectors.tells_plans(request.actor, found),
            "latest": plan_selectors.latest(request.actor, found) if practice else None,
        },
    )


@either
def name(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """Which practice is the citizen's own doctor."""
    found = inside_or_404(request, care_network_id)
    form = forms.NameForm(request.POST or None, practices=selectors.practices(request.actor, found))

    def act(data: dict[str, Any]) -> object:
        practice = form.practices[data["practice"]]
        return services.name_doctor(request.actor, found, practice, data["phone"], data["hours"])

    return step(
        request,
        found,
        form,
        act,
        title=_("Egen læge"),
        send=_("Gem"),
        said=_("Egen læge er gemt. Lægen kan intet se, før borgeren har sagt ja."),
        note=_("Vælger I en ny, kan den tidligere læge ikke se mere fra nu af."),
        back="doctor",
    )


@either
def alert(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """Warn the own doctor."""
    found = _helper_or_404(request, care_network_id)
    return step(
        request,
        found,
        forms.AlertForm(request.POST or None),
        lambda data: services.alert_doctor(request.actor, found, services.Alert(**data)),
        title=_("Besked til egen læge"),
        send=_("Send"),
        said=_("Lægen har beskeden nu."),
        note=_to_whom(request, found),
        back="doctor",
    )


@either
def copy(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """A copy after a behandlingskonference, in one action."""
    found = _helper_or_404(request, care_network_id)
    return step(
        request,
        found,
        forms.CopyForm(request.POST or None),
        lambda data: services.copy_conference(request.actor, found, data["text"]),
        title=_("Kopi efter behandlingskonference"),
        send=_("Send kopi til egen læge"),
        said=_("Lægen har kopien nu."),
        note=_to_whom(request, found),
        back="doctor",
    )


@either
def epikrise(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """The epikrise has been sent."""
    found = _helper_or_404(request, care_network_id)
    return step(
        request,
        found,
        forms.EpikriseForm(request.POST or None),
        lambda data: services.note_epikrise(request.actor, found, data["on"], data["aftercare"]),
        title=_("Epikrise sendt"),
        send=_("Gem, og giv lægen besked"),
        said=_("Det er gemt. Lægen kan se, at epikrisen er sendt."),
        note=_to_whom(request, found),
        back="doctor",
    )


@either
def invite(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """Ask the own doctor to one item of one network meeting."""
    found = inside_or_404(request, care_network_id)
    form = forms.InviteForm(request.POST or None, meetings=selectors.meetings_to_invite_to(request.actor, found))
    return step(
        request,
        found,
        form,
        lambda data: services.invite_doctor(request.actor, form.meetings[data["meeting"]], data["item"]),
        title=_("Inviter egen læge"),
        send=_("Send invitationen"),
        said=_("Lægen har invitationen nu. Svaret kommer på siden her."),
        note=_to_whom(request, found),
        back="doctor",
    )


@either
@_for_practice
def concern(request: ActingRequest, found: CareNetwork) -> HttpResponse:
    """A bekymringsbrev to the tovholder."""
    return step(
        request,
        found,
        forms.ConcernForm(request.POST or None),
        lambda data: services.send_concern(request.actor, found, data["text"]),
        title=_("Bekymringsbrev til tovholderen"),
        send=_("Send"),
        said=_("Tovholderen har brevet nu."),
        note=_("Det går kun til tovholderen. Haster det, så ring."),
        back="doctor",
    )


@either
@_for_practice
def refer(request: ActingRequest, found: CareNetwork) -> HttpResponse:
    """A joint referral: a draft, and then the page that says whom it reaches."""
    form = forms.ReferralForm(request.POST or None)
    made: list[CareEvent] = []

    def act() -> None:
        data = form.cleaned_data
        made.append(services.write_referral(request.actor, found, data["text"], joint=data["joint"]))

    if request.method == "POST" and done(form, act):
        return redirect("coordination:event", found.pk, made[0].pk)
    return step(
        request,
        found,
        form,
        lambda _data: None,
        title=_("Fælles henvisning"),
        send=_("Videre"),
        said="",
        note=_("Den går til både psykiatrien og kommunen, når du har set, hvem det er, og frigivet den."),
        back="doctor",
    )


@either
@_for_practice
def answer(request: ActingRequest, found: CareNetwork, event_delivery_id: UUID) -> HttpResponse:
    """The practice answers an invitation."""
    row = found_or_404(selectors.find_letter(request.actor, found, event_delivery_id))
    return step(
        request,
        found,
        forms.AnswerForm(request.POST or None, initial={"answer": row.answer}),
        lambda data: services.answer_invitation(request.actor, row, data["answer"]),
        title=_("Svar på invitationen"),
        send=_("Send svaret"),
        said=_("Tovholderen kan se jeres svar."),
        note=_("Svarer I aldrig, bliver I ikke inviteret mere. I kan ændre det her på siden."),
        back="doctor",
    )


def _told_or_404(request: ActingRequest, network_id: UUID) -> CareNetwork:
    """The network, for one who may tell of this citizen: inside, or let in for events."""
    found = network_or_404(request, network_id)
    if not event_selectors.tells(request.actor, found):
        raise Http404
    return found


def _helper_or_404(request: ActingRequest, network_id: UUID) -> CareNetwork:
    found = _told_or_404(request, network_id)
    if selectors.is_practice(request.actor):
        raise Http404
    return found


def _to_whom(request: ActingRequest, network: CareNetwork) -> str:
    """Whom the message goes to, said above the form; without a yes, that it goes to nobody."""
    practice = selectors.doctor_of(request.actor, network).practice
    if practice is None:
        return _("Borgeren har ikke sagt ja til, at egen læge får besked. Det kan ikke sendes herfra.")
    return _("Går kun til %(practice)s, som borgeren har sagt ja til.") % {"practice": practice.name}
