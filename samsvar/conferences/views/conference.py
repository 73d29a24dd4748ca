"""One conference: its order, its frame, who is there, and when it is over."""

from typing import cast
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.cases.services.errors import CaseError
from samsvar.cases.views.steps import done, found_or_404, pressed
from samsvar.conferences import forms, selectors, services
from samsvar.conferences.models import ConferenceItem
from samsvar.conferences.views.finding import asks_again, known_names, look, meeting_or_404
from samsvar.meetings.models import Meeting, MeetingState
from samsvar.meetings.services.conducting import Unfinished, has_gathered
from samsvar.meetings.views.live import version_for
from samsvar.postgres.actor import attempt


@require_GET
def home(request: ActingRequest) -> HttpResponse:
    """The conferences of the groups in which one sits, and the matters that the own authority works with."""
    actor = request.actor
    groups = selectors.groups(actor)
    meetings = selectors.meetings_of(actor, groups)
    plans = [
        {
            "group": group,
            "coming": [one for one in meetings if one.group_id == group.pk and one.state == "planned"],
            "held": [one for one in meetings if one.group_id == group.pk and one.state == "held"],
        }
        for group in groups
    ]
    return render(request, "conferences/home.html", {"plans": plans, "matters": selectors.matters_of(actor, groups)})


@require_GET
def conference(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The order with its times, without names: see when the own item is up, and come then (003/S19)."""
    return conference_page(request, meeting_or_404(request.actor, meeting_id))


def conference_page(
    request: ActingRequest,
    meeting: Meeting,
    status: int = 200,
    *,
    moving: ConferenceItem | None = None,
    moves_again: bool = False,
    **bound: django_forms.Form,
) -> HttpResponse:
    """The page of one conference, with a form that was refused in the place of its own."""
    actor = request.actor
    version = version_for(request, meeting)
    book = selectors.order(actor, meeting)
    frame = book.frame
    initial = (
        {
            "chair": frame.chair,
            "minute_taker": frame.minute_taker,
            "psp_minutes": frame.psp_minutes,
            "seen": frame.stamp,
        }
        if frame
        else {}
    )
    look(actor, "conference", meeting.pk, meeting.partnership_id)
    return render(
        request,
        "conferences/conference.html",
        {
            "book": book,
            "meeting": meeting,
            "left": selectors.open_steps(actor, meeting),
            "left_over": [] if meeting.state != MeetingState.PLANNED else selectors.left_over(actor, meeting),
            "frame_form": bound.get("frame") or forms.FrameForm(initial=initial, prefix="ramme"),
            "participant_form": bound.get("participant") or forms.ParticipantForm(prefix="deltager"),
            "move_form": bound.get("move"),
            "moving": moving,
            "moves_again": moves_again,
            "is_coming": meeting.state == MeetingState.PLANNED,
            "gathered": has_gathered(meeting),
            # A held one can be mended until its minutes are approved; one that is called off takes nothing.
            "may_mend": meeting.state != MeetingState.CALLED_OFF and meeting.approved_at is None,
            # What changes while the page is drawn is drawn again; a page with a form that was sent stays as it is.
            "follows": version if status == 200 and meeting.state == MeetingState.PLANNED else None,
        },
        status=status,
    )


@require_POST
def frame(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Who leads, who writes, how long the closed part lasts."""
    meeting = meeting_or_404(request.actor, meeting_id)
    form = forms.FrameForm(request.POST, prefix="ramme")
    if form.is_valid():
        try:
            with attempt():
                services.set_frame(request.actor, meeting, **form.cleaned_data)
        except services.Overtaken as error:
            form.add_error(None, str(error))
            stands = selectors.order(request.actor, meeting).frame
            # What stands now is shown above the form: one more press writes over it knowingly.
            data = cast(QueryDict, form.data).copy()
            data["ramme-seen"] = stands.stamp if stands else ""
            form.data = data
            return conference_page(request, meeting, 409, frame=form)
        except CaseError as error:
            form.add_error("chair", str(error))
        else:
            messages.success(request, _("Det er gemt."))
            return redirect("conferences:conference", meeting.pk)
    return conference_page(request, meeting, 400, frame=form)


@require_POST
def participant(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Write down somebody in the room who has no account."""
    meeting = meeting_or_404(request.actor, meeting_id)
    form = forms.ParticipantForm(request.POST, prefix="deltager")
    if done(
        form, lambda: services.add_participant(request.actor, meeting, form.cleaned_data["name"], form.places), "name"
    ):
        messages.success(request, _("Deltageren er skrevet på."))
        return redirect("conferences:conference", meeting.pk)
    return conference_page(request, meeting, 400, participant=form)


@require_POST
def participant_off(request: ActingRequest, meeting_id: UUID, participant_id: UUID) -> HttpResponse:
    """Take a participant off again."""
    meeting = meeting_or_404(request.actor, meeting_id)
    found = found_or_404(selectors.find_participant(request.actor, meeting, participant_id))
    pressed(request, lambda: services.remove_participant(request.actor, found), _("Deltageren er taget af."))
    return redirect("conferences:conference", meeting.pk)


@require_POST
def move(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Move an item to another place, with a reason: by those who work with the matter or lead the table."""
    actor = request.actor
    found = found_or_404(selectors.find_slot(actor, conference_item_id))
    form = forms.MoveForm(request.POST, prefix="flyt")
    again = form.is_valid() and asks_again(request, form, "why", form.cleaned_data["why"], *known_names(actor, found))
    if done(form, lambda: services.move(actor, found, form.cleaned_data["place"], form.cleaned_data["why"]), "why"):
        messages.success(request, _("Punktet er flyttet."))
        return redirect("conferences:conference", found.meeting_id)
    return conference_page(request, found.meeting, 400, moving=found, moves_again=again, move=form)


@require_POST
def end(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The conference is over."""
    meeting = meeting_or_404(request.actor, meeting_id)
    try:
        with attempt():
            services.end(request.actor, meeting)
    except Unfinished as unfinished:
        # Its PSP cases get their outcomes, or are put off in one press, where they stand.
        messages.error(request, str(unfinished))
        return redirect("meetings:meeting", meeting.pk)
    except CaseError as error:
        messages.error(request, str(error))
        return redirect("conferences:conference", meeting.pk)
    messages.success(request, _("Mødet er slut."))
    return redirect("conferences:minutes", meeting.pk)
