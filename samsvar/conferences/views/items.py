"""One item of a conference, from what is said to its approval."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.cases.services.errors import CaseError
from samsvar.cases.views.steps import done, found_or_404, pressed
from samsvar.conferences import forms, selectors, services
from samsvar.conferences.models import About, ConferenceItem, ItemType, Named
from samsvar.conferences.views.finding import asks_again, item_or_404, known_names, look, matter_or_404, meeting_or_404
from samsvar.postgres.actor import attempt


@either
def bring(request: ActingRequest, meeting_id: UUID, matter_id: UUID | None = None) -> HttpResponse:
    """Bring a matter: a new one, or one that has a number. At any time, during the meeting too (R-003-29, R-003-36)."""
    actor = request.actor
    meeting = meeting_or_404(actor, meeting_id)
    matter = matter_or_404(actor, matter_id) if matter_id else None
    if matter and matter.group_id != meeting.group_id:
        raise Http404
    others = [one for one in selectors.seated(actor, meeting.group_id) if not actor.owns(one.pk)]
    first: dict[str, Any] = {}
    if matter:
        persons = selectors.persons_of(actor, matter.pk)
        look(actor, "conference_case", matter.pk, matter.partnership_id, persons)
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
        again = asks_again(request, form, "text", form.cleaned_data["text"], form.people)
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


@require_GET
def item(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """One matter while it is up, for those who work with it."""
    return _item_page(request, item_or_404(request.actor, conference_item_id))


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
    look(actor, "conference_item", found.pk, found.partnership_id, page.persons)
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
    found = item_or_404(request.actor, conference_item_id)
    general = found.matter.about == About.GENERAL
    form = forms.WordsForm(request.POST, general=general)
    again = False
    if form.is_valid():
        given = form.cleaned_data
        again = asks_again(
            request,
            form,
            "text",
            "\n".join(filter(None, (given["text"], given.get("own_words"), given["conclusion_text"]))),
            *known_names(request.actor, found),
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
                fresh = item_or_404(request.actor, conference_item_id)
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
    found = item_or_404(request.actor, conference_item_id)
    parties = selectors.parties_of(request.actor, found.matter_id)
    form = forms.StepForm(request.POST, authorities=parties, prefix="skridt")
    again = False
    if form.is_valid():
        agreed = form.agreed
        said = (agreed.what, agreed.who, agreed.condition, agreed.fallback, agreed.decided_at)
        names, staff = known_names(request.actor, found)
        # Who does it at theirs is a professional by that field; the citizen's own name is refused there too.
        again = asks_again(request, form, "what", "\n".join(filter(None, said)), names, [*staff, agreed.who])
    if done(form, lambda: services.agree(request.actor, found, form.agreed), "what"):
        messages.success(request, _("Skridtet er aftalt."))
        return redirect("conferences:item", found.pk)
    return _item_page(request, found, 400, step=form, extra={"step_again": again})


@require_POST
def judge(request: ActingRequest, conference_item_id: UUID, step_id: UUID) -> HttpResponse:
    """Say how a step went: it succeeded, somebody takes over, it is not needed (003/S26)."""
    found = item_or_404(request.actor, conference_item_id)
    about = found_or_404(selectors.find_step(request.actor, step_id))
    if about.matter_id != found.matter_id:
        raise Http404
    parties = selectors.parties_of(request.actor, found.matter_id)
    form = forms.JudgeForm(request.POST, authorities=parties, prefix=about.pk.hex[:8])
    again = form.is_valid() and asks_again(
        request, form, "verdict", form.cleaned_data["verdict"], *known_names(request.actor, found)
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
    found = item_or_404(request.actor, conference_item_id)
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
    found = item_or_404(request.actor, conference_item_id)
    form = forms.ParticipantForm(request.POST, prefix="kom")
    if done(form, lambda: services.add_visitor(request.actor, found, form.cleaned_data["name"], form.places), "name"):
        messages.success(request, _("Deltageren er skrevet på."))
        return _to_the_room(found)
    return _item_page(request, found, 400, visitor=form)


@require_POST
def hear(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Let more authorities hear the item."""
    found = item_or_404(request.actor, conference_item_id)
    form = forms.HearForm(request.POST, authorities=selectors.seated(request.actor, found.group_id), prefix="hoerer")
    if done(form, lambda: services.let_hear(request.actor, found.matter, form.chosen), "hearers"):
        messages.success(request, _("De er med om sagen nu, uden navn."))
        return redirect("conferences:item", found.pk)
    return _item_page(request, found, 400, hear=form)


@require_POST
def voice(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Somebody takes a seat in the reflecting conversation."""
    found = item_or_404(request.actor, conference_item_id)
    form = forms.VoiceForm(request.POST, prefix="stemme")
    if done(form, lambda: services.talk(request.actor, found, "join", **form.cleaned_data), "who"):
        return redirect("conferences:item", found.pk)
    return _item_page(request, found, 400, voice=form)


@require_POST
def clock(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Start or stop the clock of one voice."""
    found = item_or_404(request.actor, conference_item_id)
    number = request.POST.get("voice", "")
    voice = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
    do = "start" if request.POST.get("do") == "start" else "stop"
    pressed(request, lambda: services.talk(request.actor, found, do, voice=voice))
    return redirect("conferences:item", found.pk)


@require_POST
def approve(request: ActingRequest, conference_item_id: UUID) -> HttpResponse:
    """Approve an item's section, after one look at what may show who it is (003/S17)."""
    found = item_or_404(request.actor, conference_item_id)
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
