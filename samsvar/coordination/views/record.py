"""The pages of the borgerskema, and of what somebody keeps in mind."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.cases.views.steps import done, found_or_404, pressed
from samsvar.coordination import services
from samsvar.coordination.forms.record import AnswerForm, EntryForm, MemoForm
from samsvar.coordination.models import CareNetwork
from samsvar.coordination.selectors import record as selectors
from samsvar.coordination.services import Entry
from samsvar.coordination.views.steps import inside_or_404, look_at, step


@either
def record(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """The record, the newest first, with the form on top; below it the own notes."""
    found = inside_or_404(request, care_network_id)
    form = EntryForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: services.write_entry(request.actor, found, Entry(**form.cleaned_data))
    ):
        messages.success(request, _("Det er skrevet i skemaet."))
        return redirect("coordination:record", found.pk)
    return _page(request, found, form, MemoForm())


@require_POST
def memo(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """Keep something in mind."""
    found = inside_or_404(request, care_network_id)
    form = MemoForm(request.POST)
    if done(form, lambda: services.write_memo(request.actor, found, form.cleaned_data["memo"])):
        messages.success(request, _("Notatet er gemt. Kun du kan læse det."))
        return redirect("coordination:record", found.pk)
    return _page(request, found, EntryForm(), form)


def _page(request: ActingRequest, network: CareNetwork, form: forms.Form, memo_form: forms.Form) -> HttpResponse:
    look_at(request, network, part="record")
    actor = request.actor
    entries = selectors.entries(actor, network)
    answers = services.may_answer(actor) and network.ended_on is None
    return render(
        request,
        "coordination/record.html",
        {
            "network": network,
            "form": form,
            "memo_form": memo_form,
            "is_open": network.ended_on is None,
            "entries": entries,
            "memos": selectors.memos(actor, network),
            "answers": answers,
            "me": actor.person_id,
            "unread": answers and any(one.read_at is None and one.by_id != actor.person_id for one in entries),
        },
        status=400 if form.errors or memo_form.errors else 200,
    )


@either
def answer(request: ActingRequest, care_network_id: UUID, entry_id: UUID) -> HttpResponse:
    """The professional lead has read an entry, and may answer."""
    found = inside_or_404(request, care_network_id)
    entry = found_or_404(selectors.find_entry(request.actor, found, entry_id))
    return step(
        request,
        found,
        AnswerForm(request.POST or None),
        lambda data: services.answer_entry(request.actor, entry, data["reply"]),
        title=_("Læst, med svar"),
        send=_("Gem som læst"),
        said=_("Det er læst, og svaret står i skemaet."),
        back="record",
        template="coordination/answer.html",
        more={"entry": entry},
    )


@require_POST
def read_all(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """The professional lead has read it all."""
    found = inside_or_404(request, care_network_id)
    pressed(request, lambda: services.read_all(request.actor, found), _("Det er mærket som læst."))
    return redirect("coordination:record", found.pk)


@require_POST
def forget(request: ActingRequest, care_network_id: UUID, memo_id: UUID) -> HttpResponse:
    """Throw an own note away."""
    found = inside_or_404(request, care_network_id)
    row = found_or_404(selectors.find_memo(request.actor, found, memo_id))
    pressed(request, lambda: services.forget_memo(request.actor, row), _("Notatet er væk."))
    return redirect("coordination:record", found.pk)
