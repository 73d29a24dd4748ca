"""The live table: the whole meeting on one page, for those who lead it and those who follow (screens.md, Mødet).

The page is drawn in parts. Each open page asks for the meeting's version all the time, which costs one small question,
and draws the parts again when it has changed. What is sent comes back as JSON: what was said, or what is to be mended.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.chairs import SESSION_POST, token_of
from samsvar.accounts.middleware import ActingRequest, without_actor
from samsvar.cases.models import Case
from samsvar.cases.selectors import around, lists, whole
from samsvar.cases.selectors import gaps as gap_selectors
from samsvar.cases.services import editing
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.cases.views.steps import explain
from samsvar.forms.fields import without_forbidden
from samsvar.meetings.forms import live as live_forms
from samsvar.meetings.forms.meetings import FrameForm, first_values
from samsvar.meetings.models import Decision, Meeting, MeetingState
from samsvar.meetings.selectors import agendas
from samsvar.meetings.selectors import guests as guest_selectors
from samsvar.meetings.selectors import live as live_selectors
from samsvar.meetings.selectors.coming import can_decide
from samsvar.meetings.services import conducting
from samsvar.meetings.services import guests as guest_services
from samsvar.meetings.services import live as live_services
from samsvar.meetings.views import minutes as minutes_pages
from samsvar.meetings.views.found import case_of, meeting_of
from samsvar.meetings.views.meetings import FRAME_LABELS, look_at, news_of, points_out, require_part
from samsvar.postgres.actor import Actor, attempt
from samsvar.sharing.selectors import contributions_of
from samsvar.sharing.services import NothingSaid, NotLawful

WEEKS = range(1, 10)


@require_GET
def live(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The page itself; what is on it is drawn as `parts` draws it."""
    found = meeting_of(request.actor, meeting_id)
    return render(request, "meetings/live.html", _context(request, found))


@require_GET
def parts(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The parts of the page as they stand now, for the one who asks."""
    found = meeting_of(request.actor, meeting_id)
    return render(request, "meetings/live_parts.html", _context(request, found))


@require_GET
@without_actor
def since(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """204 while nothing has changed since version `v`, else the version. Not there and not yours are the same 404.

    Being asked is no sign of a person at the keyboard, so the session does not notice it.
    """
    post, key = request.session.get(SESSION_POST), request.session.session_key
    version = live_selectors.version(token_of(key, post), meeting_id) if post and key else None
    if version is None:
        return HttpResponse(status=404)
    if request.GET.get("v") == str(version):
        return HttpResponse(status=204)
    return JsonResponse({"version": version})


def version_for(request: HttpRequest, found: Meeting) -> int:
    """The version of a meeting for the one who asks; read before what a page shows, never after."""
    post, key = request.session.get(SESSION_POST, ""), request.session.session_key or ""
    return live_selectors.version(token_of(key, post), found.pk) or 0


def _context(request: ActingRequest, found: Meeting) -> dict[str, Any]:
    """Everything the page shows. The version is read first: what changes while it is drawn is drawn again."""
    actor = request.actor
    version = version_for(request, found)
    projector = request.GET.get("projektor") == "1"
    leads = live_selectors.leads(actor) or request.GET.get("foerer") == "1"
    case, up = _shown(request, found)
    book = agendas.agenda(actor, found, case.pk if case else None)
    members = agendas.attendance(actor, found)
    running = found.state == MeetingState.PLANNED
    context: dict[str, Any] = {
        "meeting": found,
        "agenda": book,
        "members": members,
        "here": [one for one in members if one.came],
        "noted": any(one.state for one in members),
        "running": running,
        "gathered": conducting.has_gathered(found),
        "can_decide": can_decide(found, members),
        "own_parts": {part.value for part in found.part_list},
        "version": version,
        "projector": projector,
        "leads": leads,
        "may_lead": live_selectors.leads(actor),
        "up": up,
        "now": timezone.now(),
        "csrf": get_token(request),
        "guests": guest_selectors.guests_of(actor, found),
        "counts": {"done": len(book.lines) - len(book.undecided), "all": len(book.lines)},
    }
    if case is None:
        context |= _frame(actor, found, book) if not projector else {}
    else:
        context |= _item(actor, found, book, case, members, projector=projector)
        context["invited"] = context["guests"].get(case.pk, [])
    look_at(actor, found, book, case)
    return context


def _shown(request: ActingRequest, found: Meeting) -> tuple[Case | None, UUID | None]:
    """The case that is on this page, and the one the table is at, as far as the actor may see it."""
    item = live_selectors.up_now(request.actor, found)
    up = item.case_id if item else None
    wanted: UUID | None
    if "sag" in request.GET:
        try:
            wanted = UUID(request.GET["sag"])
        except ValueError:
            wanted = None
    else:
        wanted = up
    case = agendas.find_case(request.actor, found, wanted) if wanted else None
    return case, up


def _frame(actor: Actor, found: Meeting, book: agendas.Agenda) -> dict[str, Any]:
    drafts = live_selectors.drafts_of(actor, found, None)
    return {
        "frame": [
            {
                "part": part,
                "form": FrameForm(
                    initial={
                        "text": drafts[f"{part}.text"].text if f"{part}.text" in drafts else found.text_of(part),
                        "seen": found.text_of(part),
                    },
                    prefix=part,
                    label=FRAME_LABELS[part],
                ),
                "label": FRAME_LABELS[part],
                "draft": drafts.get(f"{part}.text"),
                "stands": found.text_of(part),
            }
            for part in found.part_list
            if part in FRAME_LABELS
        ],
        **news_of(actor, found, book),
    }


def _item(
    actor: Actor,
    found: Meeting,
    book: agendas.Agenda,
    case: Case,
    members: list[agendas.Presence],
    *,
    projector: bool,
) -> dict[str, Any]:
    page = agendas.item_page(actor, book, case)
    item, holding = page.line.item, page.line.holding
    running = found.state == MeetingState.PLANNED and case.closed_at is None
    context: dict[str, Any] = {
        "page": page,
        "case": case,
        "rows": lists.rows(actor, [case]),
        "open": running,
        "clock": live_selectors.clock_of(item),
        "room": agendas.room(members, page.parties, item.away if item else ()),
        "away": set(item.away) if item else set(),
        "way": live_selectors.way_of(item, found),
        "next": _beside(book, case.pk, 1),
        "previous": _beside(book, case.pk, -1),
    }
    contributions = [] if projector else list(contributions_of(actor, case.pk))
    context["told"] = [one for one in contributions if one.disclosed_at]
    context["words"] = [] if projector else guest_selectors.words_since(actor, case, book.since)
    if running and not projector:
        here = live_selectors.receivers_here(actor, page.parties, members, item)
        context["hears"] = here
        context["nameless"] = editing.who_lacks_the_name(actor, case)
        context["tellings"] = live_selectors.tellings(actor, case.pk, contributions, here)
    if running and holding:
        # What has been written before may hold a name, and is not for the wall.
        drafts = {} if projector else live_selectors.drafts_of(actor, found, case.pk)
        context |= _forms(actor, case, page, members, drafts, holding.pk, holding.authority_id)
        if projector:
            context["decision"].initial |= dict.fromkeys(conducting.READ_BY_ALL, "")
    return context


def _forms(
    actor: Actor,
    case: Case,
    page: agendas.ItemPage,
    members: list[agendas.Presence],
    drafts: dict[str, Any],
    holding_id: UUID,
    holder_id: UUID,
) -> dict[str, Any]:
    def half(form: str, values: dict[str, Any]) -> dict[str, Any]:
        return values | {
            field.removeprefix(f"{form}."): row.text for field, row in drafts.items() if field.startswith(f"{form}.")
        }

    stamp = conducting.seen_stamp(page.line.item)
    first = first_values(case, page.line.item, holding_id, holder_id, stamp)
    return {
        "decision": live_forms.TableForm(page=page, members=members, initial=half("beslut", first)),
        "stamp": stamp,
        "before": whole.before_closing(actor, case),
        "agree": live_forms.AgreeForm(
            parties=around.parties_of(actor, case), prefix="aftale", initial=half("aftale", {})
        ),
        "hole": live_forms.HoleForm(
            above=gap_selectors.steering_of(actor, case.group), prefix="hul", initial=half("hul", {})
        ),
        "contribute": live_forms.ContributeForm(kind=actor.authority_kind, prefix="bidrag", initial=half("bidrag", {})),
        "drafts": {form: [row for field, row in drafts.items() if field.startswith(f"{form}.")] for form in _DRAFTED},
        "weeks": WEEKS,
        "picks": [
            {"value": value, "label": label, "key": live_forms.KEYS[Decision(value)]}
            for value, label in live_forms.picks()
        ],
    }


_DRAFTED = ("beslut", "aftale", "bidrag", "hul")


def _beside(book: agendas.Agenda, case_id: UUID, step: int) -> UUID | None:
    ids = [line.case.pk for line in book.lines]
    place = ids.index(case_id) + step
    return ids[place] if 0 <= place < len(ids) else None


# What is sent


def _said(text: str, **more: Any) -> JsonResponse:
    return JsonResponse({"said": text, **more})


def _to_mend(form: forms.BaseForm | None = None, *, error: str = "", status: int = 400, **more: Any) -> JsonResponse:
    """What stands beside each field, by the name it was sent under. Nothing was written."""
    errors: dict[str, list[str]] = {}
    if form is not None:
        for name, texts in form.errors.items():
            errors[form.add_prefix(name) if name != "__all__" else ""] = [str(text) for text in texts]
    if error:
        errors.setdefault("", []).append(error)
    return JsonResponse({"errors": errors, **more}, status=status)


def _try(act: Callable[[], JsonResponse], actor: Actor, about: Any) -> JsonResponse:
    """Run a verb as one step: it is done, or it is refused in words and nothing is left behind."""
    try:
        with attempt():
            return act()
    except Overtaken as error:
        return _to_mend(error=str(error), status=409)
    except (CaseError, NothingSaid, NotLawful) as error:
        return _to_mend(error=explain(actor, about, error))


def _goes_on(request: ActingRequest, found: Meeting, case: Case) -> str:
    """The next item without an outcome; whoever leads turns the table to it in the same step."""
    following = agendas.agenda(request.actor, found).after(case.pk)
    if request.POST.get("videre") == "1":
        live_services.turn_to(request.actor, found, following.case if following else None)
    return str(following.case.pk) if following else ""


@require_POST
def turn(request: ActingRequest, meeting_id: UUID, case_id: UUID | None = None) -> HttpResponse:
    """The table turns to this item, or to the frame."""
    found = meeting_of(request.actor, meeting_id)
    case = case_of(request.actor, found, case_id) if case_id else None

    def act() -> JsonResponse:
        live_services.turn_to(request.actor, found, case)
        return _said("")

    return _try(act, request.actor, case or found)


@require_POST
def leave(request: ActingRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """Whoever leads leaves the table while this item is up."""
    found = meeting_of(request.actor, meeting_id)
    case = case_of(request.actor, found, case_id)
    live_services.leave(request.actor, found, case)
    return _said("")


@require_POST
def decide(request: ActingRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """The outcome of an item."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, case_id, typed=True)
    page = agendas.item_page(actor, agendas.agenda(actor, found, case.pk), case)
    form = live_forms.TableForm(request.POST, page=page, members=agendas.attendance(actor, found))
    if not form.is_valid():
        return _to_mend(form)
    named, members = [case.identity] if case.identity else [], agendas.attendance(request.actor, found)
    if points_out(request, form, conducting.READ_BY_ALL, named, members):
        return _to_mend(form, again=True)

    def act() -> JsonResponse:
        conducting.decide(actor, found, case, form.outcome(), seen=form.cleaned_data["seen"])
        live_services.drop_drafts(actor, found, case.pk, "beslut")
        label = Decision(form.cleaned_data["decision"]).label
        return _said(
            _("Gemt: %(case)s, %(decision)s.") % {"case": case.reference, "decision": label},
            open=_goes_on(request, found, case),
            # Until the meeting ends it can be decided anew; a case that is closed stays closed.
            back="" if Decision(form.cleaned_data["decision"]) in conducting.ENDINGS else str(case.pk),
        )

    return _overtaken(_try(act, actor, case), actor, found, case)


def _overtaken(answer: JsonResponse, actor: Actor, found: Meeting, case: Case) -> JsonResponse:
    """After somebody else was first, the next press counts from what stands now; both texts are still there."""
    if answer.status_code != 409:
        return answer
    line = agendas.item_page(actor, agendas.agenda(actor, found, case.pk), case).line
    now = {"seen": conducting.seen_stamp(line.item)}
    if line.holding:
        now["holding"] = str(line.holding.pk)
    text = _("Læs det, der står nu, og gem igen, hvis jeres skal gælde.")
    said = _first_error(answer)
    return _to_mend(error=f"{said} {text}", status=409, now=now)


def _first_error(answer: JsonResponse) -> str:
    return json.loads(answer.content)["errors"][""][0]


@require_POST
def set_room(request: ActingRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """Who is in the room for this item."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, case_id)
    form = live_forms.RoomForm(request.POST, members=agendas.attendance(actor, found))
    if not form.is_valid():
        return _to_mend(form)

    def act() -> JsonResponse:
        live_services.set_room(actor, found, case, form.gone, form.cleaned_data["hearing"])
        return _said(_("Det er noteret, hvem der er i rummet."))

    return _try(act, actor, case)


@require_POST
def attend(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """How one member takes part in the meeting, or that all are here."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    members = agendas.attendance(actor, found)
    if request.POST.get("alle") == "1":
        states = {one.membership.pk: "present" for one in members if not one.state}
    else:
        form = live_forms.PresenceForm(request.POST, members=members)
        if not form.is_valid():
            return _to_mend(form)
        states = {UUID(form.cleaned_data["member"]): form.cleaned_data["state"]}

    def act() -> JsonResponse:
        live_services.require_running(found)
        conducting.attend(actor, found, states)
        return _said(_("Fremmødet er noteret."))

    return _try(act, actor, found)


@require_POST
def agree(request: ActingRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """Who does what."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, case_id, typed=True)
    form = live_forms.AgreeForm(request.POST, parties=around.parties_of(actor, case), prefix="aftale")
    if not form.is_valid():
        return _to_mend(form)
    named, members = [case.identity] if case.identity else [], agendas.attendance(request.actor, found)
    if points_out(request, form, ("what", "if_it_slips"), named, members):
        return _to_mend(form, again=True)

    def act() -> JsonResponse:
        made = live_services.agree_here(actor, found, case, **form.cleaned_data)
        live_services.drop_drafts(actor, found, case.pk, "aftale")
        return _said(_("Aftalt: %(what)s.") % {"what": made.what})

    return _try(act, actor, case)


@require_POST
def contribute(request: ActingRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """Write a contribution at the table; it lies at home until it is told."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, case_id, typed=True)
    form = live_forms.ContributeForm(request.POST, kind=actor.authority_kind, prefix="bidrag")
    if not form.is_valid():
        return _to_mend(form)

    def act() -> JsonResponse:
        live_services.contribute_here(actor, found, case, **form.cleaned_data)
        live_services.drop_drafts(actor, found, case.pk, "bidrag")
        return _said(_("Det ligger hos jer selv. Fortæl det med u og tallet."))

    return _try(act, actor, case)


@require_POST
def tell(request: ActingRequest, meeting_id: UUID, case_id: UUID, contribution_id: UUID) -> HttpResponse:
    """Say an own contribution at the table: a disclosure to those who are in the room and in the case."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, case_id)
    contribution = whole.find_contribution(actor, case, contribution_id)
    if contribution is None:
        raise Http404
    form = live_forms.TellForm(request.POST)
    if not form.is_valid():
        return _to_mend(form)

    def act() -> JsonResponse:
        told = live_services.tell_here(actor, found, case, contribution, **form.cleaned_data)
        if not told:
            return _said(_("Udkastet ligger hos dem, der kan frigive det. Ingen andre har fået det."))
        return _said(_("Videregivet til %(who)s.") % {"who": ", ".join(one.name for one in told)})

    answer = _try(act, actor, case)
    if answer.status_code == 400:
        # The one thing that was missing is asked for where the contribution stands.
        return _to_mend(error=_first_error(answer), ask=str(contribution.pk))
    return answer


@require_POST
def say_name(request: ActingRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """Say at the table who the citizen is (decisions.md)."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, case_id)

    def act() -> JsonResponse:
        told = editing.say_name(actor, case)
        return _said(_("Navnet er sagt til: %(names)s.") % {"names": ", ".join(one.name for one in told) or "-"})

    return _try(act, actor, case)


@require_POST
def note_gap(request: ActingRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """Note a hole in the system that the item has shown, and send it up."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, case_id, typed=True)
    above = gap_selectors.steering_of(actor, case.group)
    form = live_forms.HoleForm(request.POST, above=above, prefix="hul")
    if not form.is_valid():
        return _to_mend(form)
    # Those above read it without the case: names of staff and authorities are no better there than the citizen's.
    if points_out(request, form, ("title", "what", "proposal"), [case.identity] if case.identity else [], []):
        return _to_mend(form, again=True)

    def act() -> JsonResponse:
        live_services.require_running(found)
        gap, group = live_services.note_gap(
            actor, case, form.hole(), gap_id=form.cleaned_data["once"], to_group=form.chosen
        )
        live_services.drop_drafts(actor, found, case.pk, "hul")
        if group is None:
            return _said(_("Systemhullet er noteret i gruppen: %(title)s.") % {"title": gap.title})
        return _said(_("Systemhullet ligger hos %(group)s: %(title)s.") % {"group": group.name, "title": gap.title})

    return _try(act, actor, case)


@require_POST
def show_in(request: ActingRequest, meeting_id: UUID, case_id: UUID, guest_id: UUID) -> HttpResponse:
    """A guest comes in, or leaves (`ud`)."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, case_id)
    guest = guest_selectors.find_guest(actor, found, case, guest_id)
    if guest is None:
        raise Http404

    def act() -> JsonResponse:
        live_services.require_running(found)
        if request.POST.get("ud") == "1":
            guest_services.leave(actor, guest)
            return _said(_("Gæsten er gået."))
        guest_services.come_in(actor, guest)
        return _said(_("Gæsten er ved bordet."))

    return _try(act, actor, case)


@require_POST
def orient(request: ActingRequest, meeting_id: UUID, part: str) -> HttpResponse:
    """Save what stands in one of the meeting's parts."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    require_part(found, part)
    form = FrameForm(request.POST, prefix=part, label=FRAME_LABELS[part])
    if not form.is_valid():
        return _to_mend(form)
    if points_out(request, form, ["text"], agendas.agenda(actor, found).citizens, agendas.attendance(actor, found)):
        return _to_mend(form, again=True)

    def act() -> JsonResponse:
        live_services.require_running(found)
        text = form.cleaned_data["text"]
        # Sent again because the answer was lost: what stands is what was sent.
        if found.text_of(part) != text:
            conducting.orient(actor, found, text, seen=form.cleaned_data["seen"], part=part)
        live_services.drop_drafts(actor, found, None, part)
        return _said(_("Det er gemt."))

    answer = _try(act, actor, found)
    if answer.status_code == 409:
        stands = meeting_of(actor, meeting_id).text_of(part)
        return _to_mend(error=_first_error(answer), status=409, now={f"{part}-seen": stands}, stands=stands)
    return answer


@require_POST
def approve(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Approve the minutes of the meeting before this one."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    before = agendas.previous(actor, found)
    if before is None:
        raise Http404

    def act() -> JsonResponse:
        if before.approved_at is None:
            conducting.approve(actor, before)
        return _said(_("Referatet er godkendt."))

    return _try(act, actor, found)


@require_POST
def draft(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Keep what is being typed: fields named "beslut.note" and so on, with the case they belong to.

    Answers which fields were kept, and for the others why not, to be read beside them.
    """
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, _uuid(request.POST["sag"]), typed=True) if request.POST.get("sag") else None
    fields = {
        name: without_forbidden(str(text))
        for name, text in request.POST.items()
        if name in _DRAFT_FIELDS and (case is None) == (name.split(".")[0] in FRAME_LABELS)
    }
    try:
        kept = live_services.keep_draft(actor, found, case.pk if case else None, fields)
    except CaseError as error:
        return _to_mend(error=str(error))
    words = _("Kladden er ikke gemt: der står noget, der ligner et CPR-nummer. Skriv det uden nummer.")
    return JsonResponse({"kept": sorted(kept), "not_kept": dict.fromkeys(sorted(set(fields) - set(kept)), words)})


_DRAFT_FIELDS = {
    *(f"{part}.text" for part in FRAME_LABELS),
    *("beslut.note", "beslut.next_step", "beslut.dissent"),
    *("aftale.what", "aftale.if_it_slips"),
    *("bidrag.text", "bidrag.necessity"),
    *("hul.title", "hul.what", "hul.proposal"),
}


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@require_POST
def end(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """End the meeting. What it did not come to is named first; pressed again it goes to the next agenda."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)

    def act() -> JsonResponse:
        try:
            conducting.end(actor, found, all_the_same=request.POST.get("all_the_same") == "1")
        except conducting.Unfinished as unfinished:
            return _to_mend(error=str(unfinished), status=409, unfinished=True)
        return _said("", go=minutes_pages.send_when_over(request, found))

    return _try(act, actor, found)
