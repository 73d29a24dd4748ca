"""Guests of one item: asking them, the letter, showing them in and out, and the citizen's own words."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act
from samsvar.cases.models import Case
from samsvar.cases.services.errors import CaseError
from samsvar.cases.services.rows import log_in_case
from samsvar.cases.views.steps import explain, found_or_404
from samsvar.documents.answers import as_pdf
from samsvar.meetings.forms.guests import InviteForm, WordsForm
from samsvar.meetings.models import Guest, Meeting, MeetingState
from samsvar.meetings.papers.invitation import invitation
from samsvar.meetings.selectors import agendas
from samsvar.meetings.selectors import guests as selectors
from samsvar.meetings.services import guests as services
from samsvar.meetings.views.found import case_of, meeting_of
from samsvar.postgres.actor import attempt
from samsvar.sharing.services import NothingSaid, NotLawful

REFUSALS = (CaseError, NothingSaid, NotLawful)


@require_http_methods(["GET", "POST"])
def guests(request: ActingRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """Who comes to this item; one more is asked, or the citizen's words are taken along."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, case_id, typed=request.method == "POST")
    sent = request.POST if request.method == "POST" else None
    hearing = sent is not None and sent.get("form") == "ord"
    ask = InviteForm(None if hearing else sent, meeting=found)
    words = WordsForm(sent if hearing else None)
    form = words if hearing else ask
    if sent is not None and form.is_valid():
        try:
            with attempt():
                if hearing:
                    services.read_aloud(actor, case, words.cleaned_data["words"])
                else:
                    given = ask.cleaned_data
                    services.invite(actor, found, case, given["who"], ask.comes_at, name=given["name"], yes=ask.yes)
        except REFUSALS as refused:
            form.add_error(None, explain(actor, case, refused))
        else:
            messages.success(
                request, _("Ordene læses op ved punktet.") if hearing else _("Gæsten er inviteret til punktet.")
            )
            return redirect("meetings:guests", found.pk, case.pk)
    return _page(request, found, case, ask, words, 400 if sent is not None else 200)


def _page(
    request: ActingRequest, found: Meeting, case: Case, ask: InviteForm, words: WordsForm, status: int
) -> HttpResponse:
    actor = request.actor
    log_in_case(actor, Act.LOOK, case, "guest", case.pk, detail={"meeting": str(found.pk)})
    before = agendas.previous(actor, found)
    return render(
        request,
        "meetings/guests.html",
        {
            "meeting": found,
            "case": case,
            "guests": selectors.guests_of(actor, found).get(case.pk, []),
            "words": selectors.words_since(actor, case, before.over_at if before else None),
            "open": found.state == MeetingState.PLANNED and case.closed_at is None,
            "ask": ask,
            "said": words,
        },
        status=status,
    )


def guest_of(request: ActingRequest, meeting_id: UUID, case_id: UUID, guest_id: UUID) -> tuple[Meeting, Case, Guest]:
    """The guest of an address, with the item, or the page that there is none."""
    found = meeting_of(request.actor, meeting_id)
    case = case_of(request.actor, found, case_id)
    return found, case, found_or_404(selectors.find_guest(request.actor, found, case, guest_id))


@require_GET
def letter(request: ActingRequest, meeting_id: UUID, case_id: UUID, guest_id: UUID) -> HttpResponse:
    """The invitation as PDF, taken out by those who asked; none once the citizen's yes does not stand any more."""
    found, _case, guest = guest_of(request, meeting_id, case_id, guest_id)
    try:
        services.printed(request.actor, guest)
    except services.NotOurs as refused:
        raise Http404 from refused
    except CaseError as refused:
        messages.error(request, str(refused))
        return redirect("meetings:guests", found.pk, guest.case_id)
    return as_pdf(invitation(guest, found, request.actor.authority_name), "invitation")


@require_POST
def call_off(request: ActingRequest, meeting_id: UUID, case_id: UUID, guest_id: UUID) -> HttpResponse:
    """The guest does not come after all."""
    found, case, guest = guest_of(request, meeting_id, case_id, guest_id)
    services.call_off(request.actor, guest)
    messages.success(request, _("Invitationen er taget tilbage."))
    return redirect("meetings:guests", found.pk, case.pk)
