"""The pages of a conference: the order, an item, a matter through time, the minutes."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.services.errors import CaseError
from samsvar.cases.views.steps import done, found_or_404, pressed
from samsvar.conferences import forms, papers, selectors, services
from samsvar.conferences.models import About, ConferenceCase, ConferenceItem, ItemType, MatterPerson, Named
from samsvar.documents.answers import as_pdf, as_word
from samsvar.law.minutes import look_again
from samsvar.meetings.models import Meeting, MeetingState
from samsvar.meetings.services.conducting import Unfinished, has_gathered
from samsvar.meetings.views.live import version_for
from samsvar.meetings.views.minutes import file_name
from samsvar.postgres.actor import Actor, attempt

either = require_http_methods(["GET", "HEAD", "POST"])


def _meeting(actor: Actor, meeting_id: UUID) -> Meeting:
    return found_or_404(selectors.find_meeting(actor, meeting_id))


def _with_minutes(actor: Actor, meeting_id: UUID) -> Meeting:
    """A conference that has minutes, or will have: one that is called off has none."""
    found = _meeting(actor, meeting_id)
    return found_or_404(None if found.state == MeetingState.CALLED_OFF else found)


def _item(actor: Actor, item_id: UUID) -> ConferenceItem:
    return found_or_404(selectors.find_item(actor, item_id))


def _matter(actor: Actor, matter_id: UUID) -> ConferenceCase:
    return found_or_404(selectors.find_matter(actor, matter_id))


def _look(actor: Actor, kind: str, key: UUID, partnership_id: UUID, persons: Sequence[MatterPerson] = ()) -> None:
    """One line per citizen whose matter is looked at; a matter without a name leaves one too."""
    for citizen_id in {one.citizen_id for one in persons} or {None}:
        record(actor, Act.LOOK, kind, key, partnership_id=partnership_id, citizen_id=citizen_id)


def _log_minutes(actor: Actor, act: Act, found: selectors.Minutes) -> None:
    """One line per citizen says which sections were read, on the screen as on paper; without a citizen there is one."""
    meeting = found.order.meeting
    detail = {"items": [str(one.slot.item.pk) for one in found.sections]}
    citizens: list[UUID | None] = [*found.citizen_ids]
    for citizen_id in citizens or [None]:
        record(
            actor,
            act,
            "conference_minutes",
            meeting.pk,
            partnership_id=meeting.partnership_id,
            citizen_id=citizen_id,
            detail=detail,
        )


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
    return _conference(request, _meeting(request.actor, meeting_id))


def _conference(
    request: ActingRequest,
    meeting: Meeting,
    status: int = 200,
    *,
    moving: ConferenceItem | None = None,
    moves_again: bool = False,
    **bound: django_forms.Form,
) -> HttpResponse:
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
    _look(actor, "conference", meeting.pk, meeting.partnership_id)
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
    meeting = _meeting(request.actor, meeting_id)
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
            return _conference(request, meeting, 409, frame=form)
        except CaseError as error:
            form.add_error("chair", str(error))
        else:
            messages.success(request, _("Det er gemt."))
            return redirect("conferences:conference", meeting.pk)
    return _conference(request, meeting, 400, frame=form)


@require_POST
def participant(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Write down somebody in the room who has no account."""
    meeting = _meeting(request.actor, meeting_id)
    form = forms.ParticipantForm(request.POST, prefix="deltager")
    if done(
        form, lambda: services.add_participant(request.actor, meeting, form.cleaned_data["name"], form.places), "name"
    ):
        messages.success(request, _("Deltageren er skrevet på."))
        return redirect("conferences:conference", meeting.pk)
    return _conference(request, meeting, 400, participant=form)


@require_POST
def participant_off(request: ActingRequest, meeting_id: UUID, participant_id: UUID) -> HttpResponse:
    """Take a participant off again."""
    meeting = _meeting(request.actor, meeting_id)
    found = found_or_404(selectors.find_participant(request.actor, meeting, participant_id))
    pressed(request, lambda: services.remove_participant(request.actor, found), _("Deltageren er taget af."))
    return redirect("conferences:conference", meeting.pk)


@either
def bring(request: ActingRequest, meeting_id: UUID, matter_id: UUID | None = None) -> HttpResponse:
    """Bring a matter: a new one, or one that has a number. At any time, during the meeting too (R-003-29, R-003-36)."""
    actor = request.actor
    meeting = _meeting(actor, meeting_id)
    matter = _matter(actor, matter_id) if matter_id else None
    if matter and matter.group_id != meeting.group_id:
        raise Http404
    others = [one for one in selectors.seated(actor, meeting.group_id) if not actor.owns(one.pk)]
    first: dict[str, Any] = {}
    if matter:
        persons = selectors.persons_of(actor, matter.pk)
        _look(actor, "conference_case", matter.pk, matter.partnership_id, persons)
        own = [one.name for one in persons if actor.owns(one.authority_id)]
        first = {
            "kind": ItemType.GENERAL if matter.about == About.GENERAL else ItemType.FOLLOW_UP,
            "hearers": [str(one.pk) for one in selectors.parties_of(actor, matter.pk)],
            "names": "\n".join(own),
        }
        if matter.about == About.GENERAL:
            first["named"] = Named.NOBODY
    form = forms.RaiseForm(request.POST or None, authorities=others, matter=matter, initial=first)
    again = False
    if request.method == "POST" and form.is_valid():
        again = _asks_again(request, form, "text", form.cleaned_data["text"], form.people)
        if not again:
            try:
                with attempt():
                    item = services.raise_matter(actor, meeting, form.brought)
            except CaseError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Sagen er på som nr. %(number)s.") % {"number": item.matter.number})
                return redirect("conferences:item", item.pk)
    return render(
        request,
        "conferences/bring.html",
        {"meeting": meeting, "matter": matter, "form": form, "looks_again": again},
        status=400 if request.method == "POST" else 200,
    )


def _asks_again(
    request: ActingRequest,
    form: django_forms.Form,
    field: str,
    text: str,
    names: Sequence[str],
    known: Sequence[str] = (),
) -> bool:
    """Whether the writer should look once more at what may show who it is (003/S17); one more press writes it."""
    notices = look_again(text, names, [], [request.actor.name, request.actor.authority_name, *known])
    if not notices or request.POST.get("looked") == "1":
        return False
    for notice in notices:
        form.add_error(field, notice.text(get_language()))
    return True


def _known(actor: Actor, found: ConferenceItem) -> tuple[list[str], list[str]]:
    """The names that must not stand in a text, and those that may: the citizen's, and those of staff."""
    return [one.name for one in selectors.persons_of(actor, found.matter_id)], selectors.staff_at(actor, found.meeting)


@require_GET
def item(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """One matter while it is up, for those who work with it."""
    return _item_page(request, _item(request.actor, conference_item_id))


def _item_page(
    request: ActingRequest, found: ConferenceItem, status: int = 200, *, extra: dict | None = None, **bound: Any
) -> HttpResponse:
    actor = request.actor
    page = selectors.item_page(actor, found)
    words = page.words
    general = found.matter.about == About.GENERAL
    others = [
        one for one in selectors.seated(actor, found.group_id) if one.pk not in {party.pk for party in page.parties}
    ]
    judged = bound.get("judge")
    first = {
        name: getattr(words, name)
        for name in ("text", "own_words", "informed", "informed_on", "conclusion", "conclusion_text")
    }
    _look(actor, "conference_item", found.pk, found.partnership_id, page.persons)
    return render(
        request,
        "conferences/item.html",
        {
            "page": page,
            "item": found,
            "meeting": found.meeting,
            "general": general,
            "words_form": bound.get("words")
            or forms.WordsForm(initial={**first, "seen": words.stamp}, general=general),
            "step_form": bound.get("step") or forms.StepForm(authorities=page.parties, prefix="skridt"),
            "hear_form": bound.get("hear") or (forms.HearForm(authorities=others, prefix="hoerer") if others else None),
            "voice_form": bound.get("voice") or forms.VoiceForm(prefix="stemme"),
            "room_open": request.GET.get("rum") == "1",
            "visitor_form": bound.get("visitor") or forms.ParticipantForm(prefix="kom"),
            "earlier": [
                (
                    one,
                    judged[1]
                    if judged and judged[0] == one.step.pk
                    else forms.JudgeForm(authorities=page.parties, prefix=one.step.pk.hex[:8]),
                )
                for one in page.earlier
            ],
            **(extra or {}),
        },
        status=status,
    )


@require_POST
def words(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Write what is said and what it comes to."""
    found = _item(request.actor, conference_item_id)
    general = found.matter.about == About.GENERAL
    form = forms.WordsForm(request.POST, general=general)
    again = False
    if form.is_valid():
        given = form.cleaned_data
        again = _asks_again(
            request,
            form,
            "text",
            "\n".join(filter(None, (given["text"], given.get("own_words"), given["conclusion_text"]))),
            *_known(request.actor, found),
        )
        if not again:
            try:
                with attempt():
                    services.write(
                        request.actor,
                        found,
                        text=given["text"],
                        own_words=given.get("own_words", ""),
                        informed=given.get("informed", ""),
                        informed_on=given.get("informed_on"),
                        conclusion=given["conclusion"],
                        conclusion_text=given["conclusion_text"],
                        seen=given["seen"],
                    )
            except services.Overtaken as error:
                form.add_error("text", str(error))
                fresh = _item(request.actor, conference_item_id)
                # The form has now been shown what stands there: one more press writes over it knowingly.
                data = cast(QueryDict, form.data).copy()
                data["seen"] = fresh.words.stamp
                form.data = data
                return _item_page(request, fresh, 409, words=form, extra={"theirs": fresh.words})
            except CaseError as error:
                form.add_error("text", str(error))
            else:
                messages.success(request, _("Det er gemt."))
                return redirect("conferences:item", found.pk)
    return _item_page(request, found, 400, words=form, extra={"looks_again": again})


@require_POST
def step(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Agree on a next step."""
    found = _item(request.actor, conference_item_id)
    parties = selectors.parties_of(request.actor, found.matter_id)
    form = forms.StepForm(request.POST, authorities=parties, prefix="skridt")
    again = False
    if form.is_valid():
        agreed = form.agreed
        said = (agreed.what, agreed.who, agreed.condition, agreed.fallback, agreed.decided_at)
        names, staff = _known(request.actor, found)
        # Who does it at theirs is a professional by that field; the citizen's own name is refused there too.
        again = _asks_again(request, form, "what", "\n".join(filter(None, said)), names, [*staff, agreed.who])
    if done(form, lambda: services.agree(request.actor, found, form.agreed), "what"):
        messages.success(request, _("Skridtet er aftalt."))
        return redirect("conferences:item", found.pk)
    return _item_page(request, found, 400, step=form, extra={"step_again": again})


@require_POST
def judge(request: ActingRequest, conference_item_id: UUID, step_id: UUID) -> HttpResponse:
    """Say how a step went: it succeeded, somebody takes over, it is not needed (003/S26)."""
    found = _item(request.actor, conference_item_id)
    about = found_or_404(selectors.find_step(request.actor, step_id))
    if about.matter_id != found.matter_id:
        raise Http404
    parties = selectors.parties_of(request.actor, found.matter_id)
    form = forms.JudgeForm(request.POST, authorities=parties, prefix=about.pk.hex[:8])
    again = form.is_valid() and _asks_again(
        request, form, "verdict", form.cleaned_data["verdict"], *_known(request.actor, found)
    )

    def act() -> None:
        given = form.cleaned_data
        to = form.authorities.get(given["to"])
        services.judge(request.actor, about, given["state"], given["verdict"], at=found, to=to)

    if done(form, act, "state"):
        messages.success(request, _("Det er skrevet, hvordan det gik."))
        return redirect("conferences:item", found.pk)
    return _item_page(request, found, 400, judge=(about.pk, form), extra={"judge_again": about.pk if again else None})


@require_POST
def there(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Somebody was there for the item, or was not: one press."""
    found = _item(request.actor, conference_item_id)
    here = "came" in request.POST
    who = request.POST.get("came" if here else "left", "")
    pressed(request, lambda: services.note_there(request.actor, found, who, here=here))
    return _to_the_room(found)


def _to_the_room(found: ConferenceItem) -> HttpResponse:
    """Back to where the pressing goes on."""
    return redirect(f"{reverse('conferences:item', args=[found.pk])}?rum=1#til-stede")


@require_POST
def visitor(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Write down somebody who comes for this item alone."""
    found = _item(request.actor, conference_item_id)
    form = forms.ParticipantForm(request.POST, prefix="kom")
    if done(form, lambda: services.add_visitor(request.actor, found, form.cleaned_data["name"], form.places), "name"):
        messages.success(request, _("Deltageren er skrevet på."))
        return _to_the_room(found)
    return _item_page(request, found, 400, visitor=form)


@require_POST
def hear(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Let more authorities hear the item."""
    found = _item(request.actor, conference_item_id)
    form = forms.HearForm(request.POST, authorities=selectors.seated(request.actor, found.group_id), prefix="hoerer")
    if done(form, lambda: services.let_hear(request.actor, found.matter, form.chosen), "hearers"):
        messages.success(request, _("De er med om sagen nu, uden navn."))
        return redirect("conferences:item", found.pk)
    return _item_page(request, found, 400, hear=form)


@require_POST
def move(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Move an item to another place, with a reason: by those who work with the matter or lead the table."""
    actor = request.actor
    found = found_or_404(selectors.find_slot(actor, conference_item_id))
    form = forms.MoveForm(request.POST, prefix="flyt")
    again = form.is_valid() and _asks_again(request, form, "why", form.cleaned_data["why"], *_known(actor, found))
    if done(form, lambda: services.move(actor, found, form.cleaned_data["place"], form.cleaned_data["why"]), "why"):
        messages.success(request, _("Punktet er flyttet."))
        return redirect("conferences:conference", found.meeting_id)
    return _conference(request, found.meeting, 400, moving=found, moves_again=again, move=form)


@require_POST
def voice(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Somebody takes a seat in the reflecting conversation."""
    found = _item(request.actor, conference_item_id)
    form = forms.VoiceForm(request.POST, prefix="stemme")
    if done(form, lambda: services.talk(request.actor, found, "join", **form.cleaned_data), "who"):
        return redirect("conferences:item", found.pk)
    return _item_page(request, found, 400, voice=form)


@require_POST
def clock(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Start or stop the clock of one voice."""
    found = _item(request.actor, conference_item_id)
    number = request.POST.get("voice", "")
    voice = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
    do = "start" if request.POST.get("do") == "start" else "stop"
    pressed(request, lambda: services.talk(request.actor, found, do, voice=voice))
    return redirect("conferences:item", found.pk)


@require_POST
def approve(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Approve an item's section, after one look at what may show who it is (003/S17)."""
    found = _item(request.actor, conference_item_id)
    try:
        with attempt():
            services.approve(request.actor, found, all_the_same=request.POST.get("looked") == "1")
    except services.InDoubt as doubt:
        lang = get_language()
        return _item_page(request, found, 409, extra={"in_doubt": [one.text(lang) for one in doubt.notices]})
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Punktet er godkendt og står fast."))
    return redirect("conferences:item", found.pk)


@require_POST
def end(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The conference is over."""
    meeting = _meeting(request.actor, meeting_id)
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


@require_GET
def matter(request: ActingRequest, matter_id: UUID) -> HttpResponse:
    """A matter through time, under its number (003/S34)."""
    return _matter_page(request, _matter(request.actor, matter_id))


def _matter_page(
    request: ActingRequest, found: ConferenceCase, status: int = 200, *, form: forms.NameForm | None = None
) -> HttpResponse:
    actor = request.actor
    page = selectors.matter_page(actor, found)
    others = [one for one in page.parties if not actor.owns(one.pk)]
    own = [one for one in page.persons if actor.owns(one.authority_id)]
    if form is None and found.about != About.GENERAL and others:
        form = forms.NameForm(authorities=others, prefix="navn", initial={"names": "\n".join(one.name for one in own)})
    _look(actor, "conference_case", found.pk, found.partnership_id, page.persons)
    return render(
        request,
        "conferences/matter.html",
        {
            "page": page,
            "matter": found,
            "form": form,
            "own": own,
            "coming": selectors.coming(actor, found.group_id),
            "open": form is not None and form.is_bound,
        },
        status=status,
    )


@require_POST
def name(request: ActingRequest, matter_id: UUID) -> HttpResponse:
    """Say who it is to more of those who work with the matter, on a consent (R-003-37)."""
    found = _matter(request.actor, matter_id)
    others = [one for one in selectors.parties_of(request.actor, found.pk) if not request.actor.owns(one.pk)]
    form = forms.NameForm(request.POST, authorities=others, prefix="navn")
    if done(form, lambda: services.say_name(request.actor, found, form.people, form.chosen, form.yes), "names"):
        messages.success(request, _("Navnet er sagt, og det er skrevet ned, hvem der fik det at vide."))
        return redirect("conferences:matter", found.pk)
    return _matter_page(request, found, 400, form=form)


@require_POST
def name_back(request: ActingRequest, matter_id: UUID, who_id: UUID) -> HttpResponse:
    """The citizen has taken the consent back."""
    found = _matter(request.actor, matter_id)
    person = found_or_404(selectors.find_person(request.actor, found, who_id))
    said = _("Samtykket er trukket tilbage. Navnet ses nu kun hos jer.")
    pressed(request, lambda: services.take_name_back(request.actor, person), said)
    return redirect("conferences:matter", found.pk)


@require_POST
def name_off(request: ActingRequest, matter_id: UUID, who_id: UUID) -> HttpResponse:
    """Take away a name that was written by mistake."""
    found = _matter(request.actor, matter_id)
    person = found_or_404(selectors.find_person(request.actor, found, who_id))
    said = _("Navnet er fjernet.")
    pressed(request, lambda: services.forget_name(request.actor, person), said)
    return redirect("conferences:matter", found.pk)


@require_GET
def minutes(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes: the round for the group, each section for those who work with it; short on request (R-003-100)."""
    meeting = _with_minutes(request.actor, meeting_id)
    found = selectors.minutes_of(request.actor, meeting)
    _log_minutes(request.actor, Act.LOOK, found)
    return render(
        request,
        "conferences/minutes.html",
        {
            "minutes": found,
            "book": found.order,
            "meeting": meeting,
            "short": request.GET.get("kort") == "1",
            "has_read": found.has_read(request.actor),
        },
    )


@require_GET
def pdf(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes on paper, with the sections that the reader may see."""
    found = _printed(request, meeting_id)
    return as_pdf(papers.as_pdf_bytes(found), file_name(found.order.meeting))


@require_GET
def word(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes as a Word document, with the sections that the reader may see."""
    found = _printed(request, meeting_id)
    return as_word(papers.as_word_bytes(found), file_name(found.order.meeting))


def _printed(request: ActingRequest, meeting_id: UUID) -> selectors.Minutes:
    """The minutes that leave the screen, and their line in the log."""
    meeting = _with_minutes(request.actor, meeting_id)
    found = selectors.minutes_of(request.actor, meeting)
    _log_minutes(request.actor, Act.PRINT, found)
    return found
