"""The minutes on screen and on paper; sending, reading, adding and amending."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case
from samsvar.cases.services.errors import CaseError
from samsvar.documents.answers import as_pdf, as_word
from samsvar.law.minutes import look_again
from samsvar.meetings.forms.meetings import AmendmentForm, WordsForm
from samsvar.meetings.models import Meeting
from samsvar.meetings.papers import minutes as minutes_papers
from samsvar.meetings.selectors.minutes import Doubt, Minutes, Section, minutes_of, staff_words
from samsvar.meetings.services import minutes as minutes_services
from samsvar.meetings.services.errors import refuse_cpr
from samsvar.meetings.views.found import meeting_of
from samsvar.partnerships.models import GroupModel
from samsvar.postgres.actor import attempt


def _section(minutes: Minutes, case_id: UUID) -> Section:
    found = next((one for one in minutes.sections if one.case_id == case_id), None)
    if found is None or found.line.item is None:
        raise Http404
    return found


def _log(request: ActingRequest, act: Act, minutes: Minutes) -> None:
    record(
        request.actor,
        act,
        "minutes",
        minutes.meeting.pk,
        partnership_id=minutes.meeting.partnership_id,
        detail={"cases": [str(one.case_id) for one in minutes.sections]},
    )


@require_GET
def minutes(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes: the frame, and the sections of the cases to which the own authority is party (R-000-128)."""
    return _page(request, _asked_for(request, meeting_id))


def _asked_for(request: ActingRequest, meeting_id: UUID) -> Minutes:
    """The minutes in the length that the address names; `laengde=kort` is the conclusion (R-003-100)."""
    short = request.GET.get("laengde") == "kort"
    return minutes_of(request.actor, meeting_of(request.actor, meeting_id), short=short)


def _page(
    request: ActingRequest,
    found: Minutes,
    status: int = 200,
    *,
    bound: tuple[UUID | None, forms.Form] | None = None,
    looks_again: bool = False,
    in_doubt: Sequence[Doubt] = (),
) -> HttpResponse:
    which, form = bound or (None, None)
    rows: list[dict[str, Any]] = []
    for section in found.sections:
        own = form if form and which == section.case_id else None
        row: dict[str, Any] = {"section": section, "open": own is not None, "again": own is not None and looks_again}
        if section.line.item and not found.running and not found.short:
            prefix = section.case_id.hex[:8]
            if found.frozen:
                row["amend"] = own or AmendmentForm(prefix=prefix)
            else:
                said = section.line.item.added
                row["words"] = own or WordsForm(initial={"text": said, "seen": said}, prefix=prefix)
        rows.append(row)
    _log(request, Act.LOOK, found)
    lang = get_language()
    return render(
        request,
        "meetings/minutes.html",
        {
            "minutes": found,
            "meeting": found.meeting,
            "rows": rows,
            "own": found.own(request.actor),
            "amend": form if form and which is None else AmendmentForm(prefix="frame"),
            "amend_open": form is not None and which is None,
            "amend_again": form is not None and which is None and looks_again,
            "in_doubt": [(doubt.place, [notice.text(lang) for notice in doubt.notices]) for doubt in in_doubt],
            "has_read": any(
                one.latest and one.presence.membership.capacity.person_id == request.actor.person_id
                for one in found.readers
            ),
        },
        status=status,
    )


def file_name(meeting: Meeting) -> str:
    """What its minutes are called in a folder among others: by group and day, never by a citizen."""
    return f"{_('referat')} {meeting.group.name[:60]} {timezone.localdate(meeting.starts_at).isoformat()}"


@require_GET
def pdf(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes as PDF, with the sections that the reader may see."""
    found = _asked_for(request, meeting_id)
    _log(request, Act.PRINT, found)
    return as_pdf(minutes_papers.as_pdf_bytes(found), file_name(found.meeting))


@require_GET
def word(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes as a Word document, with the sections that the reader may see."""
    found = _asked_for(request, meeting_id)
    _log(request, Act.PRINT, found)
    return as_word(minutes_papers.as_word_bytes(found), file_name(found.meeting))


def send_when_over(request: ActingRequest, found: Meeting) -> str:
    """What a meeting ends in: its minutes in everyone's hands, or a page that says what to look at first.

    The address to go on to.
    """
    try:
        with attempt():
            minutes_services.send(request.actor, found)
    except minutes_services.InDoubt as doubt:
        messages.warning(request, str(doubt))
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Referatet er sendt til gruppens medlemmer."))
        return reverse("meetings:meeting", args=[found.pk])
    return reverse("meetings:minutes", args=[found.pk])


def _to_the_minutes(found: Meeting) -> HttpResponse:
    """Back to the minutes as their group reads them: those of a conference have a page of their own."""
    is_conference = found.group.model == GroupModel.CONFERENCE
    return redirect("conferences:minutes" if is_conference else "meetings:minutes", found.pk)


@require_POST
def send(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Send the minutes to those who sit in the group, after one look at what may show who a citizen is."""
    found = meeting_of(request.actor, meeting_id)
    try:
        with attempt():
            minutes_services.send(request.actor, found, all_the_same=request.POST.get("looked") == "1")
    except minutes_services.InDoubt as doubt:
        return _page(request, minutes_of(request.actor, found), 409, in_doubt=doubt.places)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Referatet er sendt til gruppens medlemmer."))
    return _to_the_minutes(found)


@require_POST
def read(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Say that one has read the minutes."""
    found = meeting_of(request.actor, meeting_id)
    try:
        with attempt():
            minutes_services.mark_read(request.actor, found)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Det er noteret, at du har læst referatet."))
    return _to_the_minutes(found)


def _asks_again(request: ActingRequest, form: forms.Form, found: Minutes, case: Case | None) -> bool:
    """Whether the writer should look once more; what was typed stands, and one more press writes it."""
    text, reason = form.cleaned_data["text"], form.cleaned_data.get("reason", "")
    try:
        refuse_cpr(text, reason)
    except CaseError as refused:
        form.add_error("text", str(refused))
        return False
    citizens = [case.identity] if case else found.book.citizens
    notices = look_again(
        f"{text}\n{reason}",
        [name for one in citizens if one for name in (one.name, one.known_as) if name],
        [one.address for one in citizens if one and one.address],
        staff_words(found.members),
    )
    if request.POST.get("looked") == "1" or not notices:
        return False
    for notice in notices:
        form.add_error("text", notice.text(get_language()))
    return True


@require_POST
def words(request: ActingRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """Add words to one case's section."""
    found = minutes_of(request.actor, meeting_of(request.actor, meeting_id))
    section = _section(found, case_id)
    case, form = section.line.case, WordsForm(request.POST, prefix=case_id.hex[:8])
    if not form.is_valid():
        return _page(request, found, 400, bound=(case_id, form))
    again = _asks_again(request, form, found, case)
    if form.errors:
        return _page(request, found, 400, bound=(case_id, form), looks_again=again)
    try:
        with attempt():
            minutes_services.add_words(
                request.actor, found.meeting, case, form.cleaned_data["text"], seen=form.cleaned_data["seen"]
            )
    except CaseError as error:
        form.add_error("text", str(error))
        return _page(request, minutes_of(request.actor, found.meeting), 409, bound=(case_id, form))
    messages.success(request, _("Det er gemt."))
    return redirect("meetings:minutes", meeting_id)


@require_POST
def amend(request: ActingRequest, meeting_id: UUID, case_id: UUID | None = None) -> HttpResponse:
    """Amend approved minutes: the frame, or one case's section."""
    found = minutes_of(request.actor, meeting_of(request.actor, meeting_id))
    case = _section(found, case_id).line.case if case_id else None
    form = AmendmentForm(request.POST, prefix=case_id.hex[:8] if case_id else "frame")
    if not form.is_valid():
        return _page(request, found, 400, bound=(case_id, form))
    again = _asks_again(request, form, found, case)
    if form.errors:
        return _page(request, found, 400, bound=(case_id, form), looks_again=again)
    try:
        with attempt():
            minutes_services.amend(
                request.actor, found.meeting, form.cleaned_data["text"], form.cleaned_data["reason"], case
            )
    except CaseError as error:
        form.add_error("text", str(error))
        return _page(request, found, 409, bound=(case_id, form))
    messages.success(request, _("Rettelsen er føjet til referatet."))
    return redirect("meetings:minutes", meeting_id)
