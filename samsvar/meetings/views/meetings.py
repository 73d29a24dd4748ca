"""The calendar of meetings, and the meeting itself on one page."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.models import Case
from samsvar.cases.selectors.between import acute_contacts_since, network_cases_since
from samsvar.cases.selectors.gaps import for_meeting as gaps_for_meeting
from samsvar.cases.selectors.whole import before_closing
from samsvar.cases.services import editing
from samsvar.cases.services.errors import CaseError
from samsvar.cases.services.rows import log_in_case
from samsvar.cases.views.steps import explain
from samsvar.citizens.models import Identity
from samsvar.law.minutes import look_again
from samsvar.law.warnings import has_cpr
from samsvar.meetings.forms.meetings import (
    AttendanceForm,
    DecisionForm,
    FrameForm,
    PlanForm,
    ProposalsForm,
    first_values,
)
from samsvar.meetings.forms.series import ConstitutionForm
from samsvar.meetings.models import TEXT_PARTS, Decision, Meeting, MeetingKind, MeetingState, Part
from samsvar.meetings.selectors import agendas, counts, kinds
from samsvar.meetings.selectors import coming as coming_selectors
from samsvar.meetings.selectors import series as series_selectors
from samsvar.meetings.selectors.guests import guests_of, words_since
from samsvar.meetings.selectors.minutes import staff_words
from samsvar.meetings.services import conducting
from samsvar.meetings.services import kinds as kind_services
from samsvar.meetings.views import minutes as minutes_pages
from samsvar.meetings.views.found import case_of, group_of, meeting_of
from samsvar.partnerships.models import Group, GroupModel, Rhythm
from samsvar.partnerships.services.errors import PartnershipError
from samsvar.postgres.actor import Actor, attempt
from samsvar.sharing.selectors import contributions_of
from samsvar.sharing.services import NotLawful

FRAME_LABELS = {part.value: part.label for part in TEXT_PARTS}
# Where links of the agenda lead to; the rest are called as their part.
ANCHORS = {"approval": "referat", "orientation": "orientering", "general": "generelt"}


@require_GET
def meetings(request: ActingRequest) -> HttpResponse:
    """The meeting plan: what comes, what the rhythm proposes, what has been."""
    return _calendar(request)


def _calendar(request: ActingRequest, form: PlanForm | None = None, status: int = 200, **bound: Any) -> HttpResponse:
    actor = request.actor
    coming, own = agendas.coming(actor), agendas.groups(actor)
    going_on = series_selectors.going_on(actor)
    plans = []
    for group in own:
        series = [one for one in going_on if one.group_id == group.pk]
        # A group with a series of its own needs no proposals: its meetings plan themselves.
        proposals = [] if series else agendas.proposals(actor, group, coming)
        plans.append(
            {
                "group": group,
                "meetings": [meeting for meeting in coming if meeting.group_id == group.pk],
                "rhythm": "; ".join(one.said for one in series) or group.get_rhythm_display(),
                "series": series,
                "on_need": group.rhythm == "on_need",
                "form": bound.get(group.pk.hex)
                or (ProposalsForm(proposals=proposals, prefix=group.pk.hex[:8]) if proposals else None),
                "counts": counts.coordinates(actor, group.pk),
                "turnout": agendas.turnout(actor, group) if group.duty_to_attend else [],
            }
        )
    return render(
        request,
        "meetings/list.html",
        {
            "plans": plans,
            "held": agendas.held(actor),
            "form": form or PlanForm(groups=own, choice=_choice(actor, own)),
            # Where nobody meets by a rule, one meeting at a time is the way.
            "unfolds": form is not None or (not going_on and all(group.rhythm == Rhythm.ON_NEED for group in own)),
            "conferences": any(group.model == GroupModel.CONFERENCE for group in own),
        },
        status=status,
    )


def _choice(actor: Actor, own: Sequence[Group]) -> kinds.Choice:
    return kinds.choice(actor, {group.partnership_id for group in own})


def _kind_of(actor: Actor, form: PlanForm) -> MeetingKind | None:
    """The kind that a valid form asks for. Raises as the service that makes a template the partnership's own."""
    chosen = form.kind_chosen
    if isinstance(chosen, kinds.Template):
        return kind_services.of_template(actor, form.group_chosen.partnership, chosen)
    return chosen


@require_POST
def plan(request: ActingRequest) -> HttpResponse:
    """Put a meeting into the calendar on a day of one's own choice."""
    actor = request.actor
    own = agendas.groups(actor)
    form = PlanForm(request.POST, groups=own, choice=_choice(actor, own))
    if form.is_valid():
        refused_at = "kind"
        try:
            with attempt():
                kind = _kind_of(actor, form)
                refused_at = "day"
                conducting.plan(
                    actor,
                    form.group_chosen,
                    form.starts_at,
                    place=form.cleaned_data["place"],
                    theme_day=form.cleaned_data["theme_day"],
                    notify_until=form.starts_at - timedelta(days=form.cleaned_data["notify_days"]),
                    kind=kind,
                    minutes=form.cleaned_data["minutes"],
                )
        except (CaseError, PartnershipError) as error:
            form.add_error(refused_at, str(error))
        else:
            messages.success(request, _("Mødet står i kalenderen."))
            if (left := conducting.short_notice(kind, form.starts_at)) is not None:
                messages.warning(request, _short(left))
            return redirect("meetings:list")
    return _calendar(request, form, 400)


def _short(left: int) -> str:
    return ngettext(
        "Varslet er kort: der er %(count)s dag til mødet.", "Varslet er kort: der er %(count)s dage til mødet.", left
    ) % {"count": left}


@require_POST
def plan_by_rhythm(request: ActingRequest, group_id: UUID) -> HttpResponse:
    """Put the chosen dates of the group's rhythm into the calendar."""
    actor = request.actor
    group = group_of(actor, group_id)
    proposals = agendas.proposals(actor, group, agendas.coming(actor))
    form = ProposalsForm(request.POST, proposals=proposals, prefix=group.pk.hex[:8])
    if form.is_valid():
        try:
            with attempt():
                for proposal in form.chosen:
                    conducting.plan(actor, group, proposal.starts_at, theme_day=proposal.theme_day)
        except CaseError as error:
            form.add_error("days", str(error))
        else:
            messages.success(request, _("Møderne står i kalenderen."))
            return redirect("meetings:list")
    return _calendar(request, None, 400, **{group.pk.hex: form})


@require_POST
def call_off(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Call a meeting off."""
    found = meeting_of(request.actor, meeting_id)
    try:
        conducting.call_off(request.actor, found)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Mødet er aflyst. Sagerne har stadig hver sin ansvarlige."))
    return redirect("meetings:list")


@require_GET
def meeting(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting: who is here, orientation, and every case of the agenda."""
    return _meeting_page(request, meeting_of(request.actor, meeting_id))


def _meeting_page(
    request: ActingRequest,
    found: Meeting,
    case: Case | None = None,
    status: int = 200,
    error: str = "",
    bound: Mapping[str, tuple[FrameForm, bool]] | None = None,
    **changed: Any,
) -> HttpResponse:
    """The page of a meeting. `bound`: a part's form that was sent, and whether somebody should look once more."""
    actor = request.actor
    book = agendas.agenda(actor, found, case.pk if case else None)
    members = agendas.attendance(actor, found)
    answered = coming_selectors.coming(actor, found, members) if found.state == MeetingState.PLANNED else None
    context: dict[str, Any] = {
        "meeting": found,
        "agenda": book,
        "members": members,
        "running": found.state == MeetingState.PLANNED,
        # What a held meeting's frame says can be mended until the next meeting approves it.
        "mendable": found.state == MeetingState.HELD and found.approved_at is None,
        "gathered": conducting.has_gathered(found),
        "sections": [_part(found, part, bound or {}) for part in found.part_list],
        "own_parts": {part.value for part in found.part_list},
        "coming": answered,
        "can_decide": coming_selectors.can_decide(found, members, answered),
        "attendance": AttendanceForm(members=members, gathered=conducting.has_gathered(found)),
        "error": error,
    }
    if case is None:
        context |= news_of(actor, found, book)
        if Part.CONSTITUTION in found.part_list:
            context["constitution"] = ConstitutionForm(members=members, held=agendas.functions_of(actor, found))
    else:
        page = agendas.item_page(actor, book, case)
        holding = page.line.holding
        context |= {"page": page, "case": case, "next": book.after(case.pk)}
        away = page.line.item.away if page.line.item else ()
        context["room"] = agendas.room(members, page.parties, away)
        context["invited"] = guests_of(actor, found).get(case.pk, [])
        context["words"] = words_since(actor, case, book.since)
        context["told"] = [one for one in contributions_of(actor, case.pk) if one.disclosed_at]
        context["nameless"] = context["running"] and editing.who_lacks_the_name(actor, case)
        if holding and context["running"] and case.closed_at is None:
            context["before"] = before_closing(actor, case)
            stamp = conducting.seen_stamp(page.line.item)
            context["decision"] = DecisionForm(
                page=page,
                members=members,
                initial=first_values(case, page.line.item, holding.pk, holding.authority_id, stamp),
            )
            context["stamp"] = stamp
    look_at(actor, found, book, case)
    return render(request, "meetings/meeting.html", context | changed, status=status)


def _part(found: Meeting, part: Part, bound: Mapping[str, tuple[FrameForm, bool]]) -> dict[str, Any]:
    """One part of the agenda; those that hold text with the form that writes it."""
    section: dict[str, Any] = {
        "part": part.value,
        "label": part.label,
        "anchor": ANCHORS.get(part.value, part.value),
        "text": found.text_of(part),
        "form": None,
    }
    if part in TEXT_PARTS:
        stands = section["text"]
        fresh = FrameForm(initial={"text": stands, "seen": stands}, prefix=part.value, label=part.label)
        section["form"], section["again"] = bound.get(part.value, (fresh, False))
    return section


def news_of(actor: Actor, found: Meeting, book: agendas.Agenda) -> dict[str, Any]:
    """What happened between the meetings, as far as the actor's authority has part in it (R-000-46, R-000-50)."""
    over = found.over_at if found.state == MeetingState.HELD else None
    return {
        "gaps": gaps_for_meeting(actor, found.group_id, book.since),
        "network": network_cases_since(actor, found.group, book.since, over),
        "acute": acute_contacts_since(actor, found.group, book.since, over),
    }


def look_at(actor: Actor, found: Meeting, book: agendas.Agenda, case: Case | None) -> None:
    """Record that the agenda was looked at, and the case that is up."""
    if case is not None:
        log_in_case(actor, Act.LOOK, case, detail={"meeting": str(found.pk)})
    record(
        actor,
        Act.LOOK,
        "meeting",
        found.pk,
        partnership_id=found.partnership_id,
        detail={"cases": [str(line.case.pk) for line in book.lines]},
    )


def _count_from(form: forms.Form, **now: str) -> None:
    """Let the next save of a form count from what stands now; what was typed stays as it is."""
    data = cast(QueryDict, form.data).copy()
    for name, value in now.items():
        data[name] = value
    form.data = data


def points_out(
    request: ActingRequest,
    form: forms.Form,
    fields: Sequence[str],
    citizens: Sequence[Identity],
    members: Sequence[agendas.Presence],
) -> bool:
    """Whether somebody should look once more at what others are about to read, which then stands beside each field.

    The writer decides: »Skriv det alligevel« is the same form with one more press. A CPR number is for the service to
    refuse: nothing that all read takes one. Two fields of an item that together show who it is are asked about too.
    """
    if request.POST.get("looked") == "1" or any(has_cpr(form.cleaned_data.get(field, "")) for field in fields):
        return False
    about = {
        "names": [name for one in citizens for name in (one.name, one.known_as) if name],
        "addresses": [one.address for one in citizens if one.address],
        "known": staff_words(members),
    }
    said = set()
    for field in fields:
        for notice in look_again(form.cleaned_data.get(field, ""), **about):
            form.add_error(field, notice.text(get_language()))
            said.add(notice.key)
    whole = "\n".join(form.cleaned_data.get(field, "") for field in fields)
    for notice in look_again(whole, **about):
        if notice.key == "combination" and notice.key not in said:
            form.add_error(fields[0], notice.text(get_language()))
            said.add(notice.key)
    return bool(said)


@require_POST
def orient(request: ActingRequest, meeting_id: UUID, part: str) -> HttpResponse:
    """Save what stands in one of the meeting's parts."""
    found = meeting_of(request.actor, meeting_id)
    require_part(found, part)
    form = FrameForm(request.POST, prefix=part, label=FRAME_LABELS[part])
    status, again = 400, False
    if form.is_valid() and not (
        again := points_out(
            request,
            form,
            ["text"],
            agendas.agenda(request.actor, found).citizens,
            agendas.attendance(request.actor, found),
        )
    ):
        try:
            with attempt():
                conducting.orient(
                    request.actor, found, form.cleaned_data["text"], seen=form.cleaned_data["seen"], part=part
                )
        except CaseError as error:
            form.add_error("text", str(error))
            # The next save counts from what stands now, so that the typed text can be sent once it has been mended.
            _count_from(form, **{f"{part}-seen": found.text_of(part)})
            status = 409
        else:
            messages.success(request, _("Det er gemt."))
            return redirect("meetings:meeting", found.pk)
    return _meeting_page(request, found, status=status, bound={part: (form, again)})


def require_part(found: Meeting, part: str) -> None:
    """The page that there is none, for a part that this meeting is not made of."""
    if part not in TEXT_PARTS or part not in found.part_list:
        raise Http404


@require_POST
def constitute(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Give the group's functions to those whom it has chosen."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    if Part.CONSTITUTION not in found.part_list:
        raise Http404
    members = agendas.attendance(actor, found)
    form = ConstitutionForm(request.POST, members=members, held=agendas.functions_of(actor, found))
    if form.is_valid():
        try:
            with attempt():
                moved = conducting.constitute(actor, found, form.chosen, seen=form.seen)
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Funktionerne er givet videre.") if moved else _("Ingen funktion er flyttet."))
            return redirect("meetings:meeting", found.pk)
    return _meeting_page(request, found, status=400, constitution=form)


@require_POST
def approve(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Approve the minutes of the meeting before this one."""
    found = meeting_of(request.actor, meeting_id)
    before = agendas.previous(request.actor, found)
    if before is None:
        raise Http404
    try:
        with attempt():
            conducting.approve(request.actor, before)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Referatet er godkendt."))
    return redirect("meetings:meeting", found.pk)


@require_POST
def attend(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Save who came."""
    found = meeting_of(request.actor, meeting_id)
    form = AttendanceForm(request.POST, members=agendas.attendance(request.actor, found))
    if form.is_valid():
        try:
            conducting.attend(request.actor, found, form.all_here if request.POST.get("alle") == "1" else form.states)
        except CaseError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Fremmødet er noteret."))
        return redirect("meetings:meeting", found.pk)
    return _meeting_page(request, found, status=400, attendance=form)


@require_http_methods(["GET", "POST"])
def item(request: ActingRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """One case at the meeting, and the table's decision about it."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, case_id, typed=request.method == "POST")
    if request.method == "GET":
        return _meeting_page(request, found, case)
    book = agendas.agenda(actor, found, case.pk)
    page = agendas.item_page(actor, book, case)
    members = agendas.attendance(actor, found)
    form = DecisionForm(request.POST, page=page, members=members)
    if not form.is_valid():
        return _meeting_page(request, found, case, 400, decision=form)
    citizens = [case.identity] if case.identity else []
    if points_out(request, form, conducting.READ_BY_ALL, citizens, members):
        return _meeting_page(request, found, case, 400, decision=form, looks_again=True)
    try:
        with attempt():
            conducting.decide(actor, found, case, form.outcome(), seen=form.cleaned_data["seen"])
    except CaseError as error:
        return _overtaken(request, found, case, form, str(error))
    return _onwards(request, found, case)


def _overtaken(request: ActingRequest, found: Meeting, case: Case, form: DecisionForm, message: str) -> HttpResponse:
    """Nothing was saved, everything typed stands, and the next save counts from what stands now."""
    actor = request.actor
    fresh = agendas.agenda(actor, found, case.pk)
    page = agendas.item_page(actor, fresh, case)
    form.add_error(None, message)
    _count_from(form, seen=conducting.seen_stamp(page.line.item))
    if page.line.holding:
        _count_from(form, holding=str(page.line.holding.pk))
    return _meeting_page(request, found, case, 409, decision=form)


@require_POST
def say_name(request: ActingRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """Say at the table who the citizen is: one key, a disclosure to the parties who do not know (decisions.md)."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, case_id)
    try:
        with attempt():
            told = editing.say_name(actor, case)
    except (CaseError, NotLawful) as refused:
        messages.error(request, explain(actor, case, refused))
    else:
        names = "; ".join(authority.name for authority in told)
        messages.success(request, _("Navnet er sagt til: %(names)s.") % {"names": names or "-"})
    return redirect("meetings:item", found.pk, case.pk)


@require_POST
def nothing_new(request: ActingRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """ "Intet nyt": one key, and holder and date stay."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    case = case_of(actor, found, case_id)
    line = agendas.item_page(actor, agendas.agenda(actor, found, case.pk), case).line
    if line.holding is None:
        messages.error(request, _("Sagen er afsluttet, så der kan ikke besluttes om den."))
        return redirect("meetings:meeting", found.pk)
    try:
        with attempt():
            conducting.decide(
                actor,
                found,
                case,
                conducting.Outcome(Decision.NOTHING_NEW, line.holding.pk),
                seen=request.POST.get("seen", ""),
            )
    except CaseError as error:
        messages.error(request, str(error))
        return redirect("meetings:item", found.pk, case.pk)
    return _onwards(request, found, case)


def _onwards(request: ActingRequest, found: Meeting, case: Case) -> HttpResponse:
    messages.success(request, _("%(case)s: beslutningen er gemt.") % {"case": case.reference})
    following = agendas.agenda(request.actor, found).after(case.pk)
    if following is None:
        return redirect("meetings:meeting", found.pk)
    return redirect("meetings:item", found.pk, following.case.pk)


@require_POST
def end(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """End the meeting, after one warning when items lack an outcome."""
    found = meeting_of(request.actor, meeting_id)
    try:
        conducting.end(request.actor, found, all_the_same=request.POST.get("all_the_same") == "1")
    except conducting.Unfinished as unfinished:
        return _meeting_page(request, found, status=409, error=str(unfinished), unfinished=unfinished.references)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Mødet er slut. Hver sag har sin ansvarlige."))
        return redirect(minutes_pages.send_when_over(request, found))
    return redirect("meetings:meeting", found.pk)
