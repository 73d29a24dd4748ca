"""The pages of a network meeting."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.audit.models import Act
from samsvar.cases.views.steps import done, found_or_404, pressed
from samsvar.coordination.forms import meetings as forms
from samsvar.coordination.models import CareNetwork, MeetingState, NetworkMeeting
from samsvar.coordination.papers import meeting as papers
from samsvar.coordination.selectors import meetings as selectors
from samsvar.coordination.selectors.networks import coordinator_of
from samsvar.coordination.services import meetings as services
from samsvar.coordination.views import asides
from samsvar.coordination.views.steps import inside_or_404, look_at, network_or_404, step
from samsvar.documents.answers import as_pdf


def _found(request: ActingRequest, network_id: UUID, meeting_id: UUID) -> tuple[CareNetwork, NetworkMeeting]:
    network = inside_or_404(request, network_id)
    return network, found_or_404(selectors.find_meeting(request.actor, network, meeting_id))


def _frame(form: forms.FrameForm, data: dict[str, Any]) -> services.Frame:
    return services.Frame(data["called_by"], data["purpose"], data["clear"], form.starts_at, data["place"])


@either
def call(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """Somebody wants a network meeting: written down by those inside, or called by a place that is let in."""
    network = network_or_404(request, care_network_id)
    if not getattr(network, "inside", False):
        return asides.convene(request, network)
    form = forms.FrameForm(request.POST or None)
    return step(
        request,
        network,
        form,
        lambda data: services.call(request.actor, network, _frame(form, data)),
        title=_("Indkald til netværksmøde"),
        send=_("Gem"),
        said=_("Mødet er skrevet ned. Spørg nu borgeren, hvem der skal med."),
        note=_("Er det ikke klart endnu, hvad det er til, så gem det alligevel. Dag og sted kan vente."),
    )


@require_GET
def meeting(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID) -> HttpResponse:
    """One network meeting: last time's agreements first."""
    return _page(request, *_found(request, care_network_id, network_meeting_id))


def _page(
    request: ActingRequest,
    network: CareNetwork,
    found: NetworkMeeting,
    *,
    put_on: forms.PutOnForm | None = None,
    agreement: forms.AgreementForm | None = None,
) -> HttpResponse:
    """The page, with what was typed in the form that was refused."""
    look_at(request, network, part="network_meeting")
    page = selectors.meeting_page(request.actor, found)
    return render(
        request,
        "coordination/meeting.html",
        {
            "network": network,
            "page": page,
            "put_on": put_on or (forms.PutOnForm(contacts=page.others) if page.others else None),
            "put_on_open": put_on is not None,
            "agreement": agreement or forms.AgreementForm(),
        },
        status=400 if put_on or agreement else 200,
    )


@either
def reframe(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID) -> HttpResponse:
    """Change why, when or where."""
    network, found = _found(request, care_network_id, network_meeting_id)
    local = timezone.localtime(found.starts_at) if found.starts_at else None
    initial = {
        "called_by": found.called_by,
        "purpose": found.purpose,
        "clear": found.clear,
        "day": local.date() if local else None,
        "clock": local.time() if local else None,
        "place": found.place,
    }
    form = forms.FrameForm(request.POST or None, initial=initial)
    return step(
        request,
        network,
        form,
        lambda data: services.reframe(request.actor, found, _frame(form, data)),
        title=_("Formål, tid og sted"),
        send=_("Gem"),
        said=_("Det er gemt."),
        back="meeting",
        about=found.pk,
    )


@either
def wishes(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID) -> HttpResponse:
    """What the citizen wants."""
    network, found = _found(request, care_network_id, network_meeting_id)
    now = selectors.wishes_of(request.actor, found)
    form = forms.WishesForm(request.POST or None, initial={"wishes": now.wishes if now else ""})
    return step(
        request,
        network,
        form,
        lambda data: services.write_wishes(request.actor, found, data["wishes"]),
        title=_("Hvem vil borgeren have med?"),
        send=_("Gem"),
        said=_("Borgerens ønsker er skrevet ned."),
        note=_("Spørg også, hvem der ikke skal med. Ingen bliver inviteret, før ønskerne er skrevet."),
        back="meeting",
        about=found.pk,
    )


@require_POST
def put_on(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID) -> HttpResponse:
    """Put somebody on the list."""
    network, found = _found(request, care_network_id, network_meeting_id)
    form = forms.PutOnForm(request.POST, contacts=selectors.meeting_page(request.actor, found).others)

    def act() -> None:
        chosen = form.contacts[form.cleaned_data["contact"]]
        said = form.cleaned_data
        services.put_on(request.actor, found, chosen, said["mandate"], asked=said["asked"])

    if done(form, act):
        return redirect("coordination:meeting", network.pk, found.pk)
    return _page(request, network, found, put_on=form)


@require_POST
def take_off(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID, invitee_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    network, found = _found(request, care_network_id, network_meeting_id)
    row = found_or_404(selectors.find_invitee(request.actor, found, invitee_id))
    pressed(request, lambda: services.take_off(request.actor, row), _("Personen er taget af listen."))
    return redirect("coordination:meeting", network.pk, found.pk)


@require_POST
def answer(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID, invitee_id: UUID) -> HttpResponse:
    """Somebody says whether they come."""
    network, found = _found(request, care_network_id, network_meeting_id)
    row = found_or_404(selectors.find_invitee(request.actor, found, invitee_id))
    pressed(request, lambda: services.answer(request.actor, row, request.POST.get("svar", "")), _("Det er gemt."))
    return redirect("coordination:meeting", network.pk, found.pk)


@require_POST
def invite(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID) -> HttpResponse:
    """Those on the list are invited."""
    network, found = _found(request, care_network_id, network_meeting_id)
    pressed(request, lambda: services.invite(request.actor, found), _("Det er skrevet, at de er inviteret i dag."))
    return redirect("coordination:meeting", network.pk, found.pk)


@require_GET
def invitation(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID) -> HttpResponse:
    """The letter, for the post or the hand."""
    network, found = _found(request, care_network_id, network_meeting_id)
    if not selectors.meeting_page(request.actor, found).can_invite:
        messages.error(request, _("Skriv borgerens ønsker, formål, tid og sted først."))
        return redirect("coordination:meeting", network.pk, found.pk)
    look_at(request, network, Act.PRINT, "invitation")
    return as_pdf(papers.invitation(found, coordinator_of(request.actor, network)), _("invitation"))


@require_POST
def agree(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID) -> HttpResponse:
    """Somebody takes something on."""
    network, found = _found(request, care_network_id, network_meeting_id)
    form = forms.AgreementForm(request.POST)
    if done(form, lambda: services.agree(request.actor, found, services.Agreed(**form.cleaned_data))):
        return redirect("coordination:meeting", network.pk, found.pk)
    return _page(request, network, found, agreement=form)


@either
def judge(request: ActingRequest, care_network_id: UUID, agreement_id: UUID) -> HttpResponse:
    """How an agreement went."""
    network = inside_or_404(request, care_network_id)
    row = found_or_404(selectors.find_agreement(request.actor, network, agreement_id))
    return step(
        request,
        network,
        forms.JudgeForm(request.POST or None),
        lambda data: services.judge(request.actor, row, data["state"], data["result"]),
        title=_("Hvordan gik det?"),
        send=_("Gem"),
        said=_("Det er gemt."),
        note=f"{row.owner}: {row.what}",
        back="meeting",
        about=row.meeting_id,
    )


@either
def hold(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID) -> HttpResponse:
    """The meeting was held."""
    network, found = _found(request, care_network_id, network_meeting_id)
    return step(
        request,
        network,
        forms.HoldForm(request.POST or None),
        lambda data: services.hold(request.actor, found, data["minutes"]),
        title=_("Mødet er holdt"),
        send=_("Gem"),
        said=_("Det er gemt."),
        note=_("Skriv, så borgeren kan læse det: korte sætninger og borgerens egne ord."),
        back="meeting",
        about=found.pk,
    )


@require_GET
def minutes(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID) -> HttpResponse:
    """The minutes on paper, for the citizen."""
    network, found = _found(request, care_network_id, network_meeting_id)
    if found.state != MeetingState.HELD:
        raise Http404
    look_at(request, network, Act.PRINT, "network_minutes")
    return as_pdf(papers.minutes(selectors.meeting_page(request.actor, found)), _("netvaerksmoede"))


@require_POST
def call_off(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID) -> HttpResponse:
    """There will be no meeting."""
    network, found = _found(request, care_network_id, network_meeting_id)
    pressed(request, lambda: services.call_off(request.actor, found), _("Mødet er aflyst."))
    return redirect("coordination:network", network.pk)
