"""How a group meets: a series begun, changed and ended; one meeting moved; answers; who was missing over a period."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.cases.services.errors import CaseError
from samsvar.cases.views.steps import done, found_or_404, pressed
from samsvar.meetings.forms.meetings import AnswerForm
from samsvar.meetings.forms.series import MoveForm, PeriodForm, SeriesForm, series_values
from samsvar.meetings.models import Meeting, MeetingSeries, MeetingState
from samsvar.meetings.selectors import agendas, kinds, turnout
from samsvar.meetings.selectors import series as selectors
from samsvar.meetings.services import conducting, invitations
from samsvar.meetings.services import series as services
from samsvar.meetings.views.found import group_of, meeting_of
from samsvar.partnerships.models import Group
from samsvar.postgres.actor import Actor, attempt


def _series(actor: Actor, series_id: UUID) -> MeetingSeries:
    return found_or_404(selectors.find(actor, series_id))


@require_http_methods(["GET", "POST"])
def begin(request: ActingRequest, group_id: UUID) -> HttpResponse:
    """Begin a series for a group."""
    actor = request.actor
    group = group_of(actor, group_id)
    form = SeriesForm(request.POST or None, group=group, kinds=kinds.kinds_of(actor, [group.partnership_id]))
    if _begins(request) and done(form, lambda: services.begin(actor, group, form.plan())):
        messages.success(request, _("Serien er begyndt, og de næste møder står i kalenderen."))
        return redirect("meetings:list")
    return _page(request, group, form)


def _begins(request: ActingRequest) -> bool:
    """Whether the form was sent to be done, and not only to see the first days of it."""
    return request.method == "POST" and "vis" not in request.POST


@require_http_methods(["GET", "POST"])
def change(request: ActingRequest, series_id: UUID) -> HttpResponse:
    """Change a series, and say what becomes of the meetings that are planned."""
    actor = request.actor
    found = _series(actor, series_id)
    planned = selectors.planned(actor, found, agendas.coming(actor))
    form = SeriesForm(
        request.POST or None,
        group=found.group,
        kinds=kinds.kinds_of(actor, [found.partnership_id]),
        changes_planned=bool(planned),
        initial=series_values(found, services.stamp(found)),
    )

    def act() -> None:
        services.change(actor, found, form.plan(), move_planned=form.move_planned, seen=form.cleaned_data["seen"])

    if _begins(request) and done(form, act):
        messages.success(request, _("Serien er ændret."))
        return redirect("meetings:list")
    return _page(request, found.group, form, found, planned)


def _page(
    request: ActingRequest,
    group: Group,
    form: SeriesForm,
    found: MeetingSeries | None = None,
    planned: list[Meeting] | None = None,
) -> HttpResponse:
    # What stands in the calendar by an old rule is listed; the days of another one when somebody asks for them.
    shown = form.shown() if form.is_bound or found is None else None
    if shown and planned and form.is_valid() and not form.move_planned:
        shown = replace(shown, since=services.after_planned(shown.since, planned))
    return render(
        request,
        "meetings/series.html",
        {
            "group": group,
            "form": form,
            "series": found,
            "planned": planned or [],
            "shown": shown,
            "first_days": selectors.first_days(request.actor, shown, timezone.localdate()) if shown else [],
        },
        status=400 if form.is_bound and (_begins(request) or not shown) else 200,
    )


@require_POST
def stop(request: ActingRequest, series_id: UUID) -> HttpResponse:
    """End a series; `aflys` calls its planned meetings off with it."""
    found = _series(request.actor, series_id)
    try:
        with attempt():
            called_off = services.stop(request.actor, found, call_off=request.POST.get("aflys") == "1")
    except CaseError as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(count)s møde er aflyst.", "%(count)s møder er aflyst.", called_off) % {"count": called_off}
        messages.success(request, f"{_('Serien er slut.')} {said if called_off else ''}".strip())
    return redirect("meetings:list")


@require_http_methods(["GET", "POST"])
def move(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Give one meeting another hour, length or place."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    if request.method == "GET" and found.state != MeetingState.PLANNED:
        messages.error(request, _("Mødet er ikke planlagt længere."))
        return redirect("meetings:meeting", found.pk)
    local = timezone.localtime(found.starts_at)
    now: dict[str, Any] = {
        "day": local.date(),
        "hour": local.time(),
        "minutes": found.minutes,
        "place": found.place,
        "seen": found.sequence,
    }
    form = MoveForm(request.POST or None, initial=now)

    def act() -> None:
        given = {name: form.cleaned_data[name] for name in ("place", "minutes", "seen")}
        conducting.move(actor, found, form.starts_at, **given)

    if request.method == "POST" and done(form, act, "day"):
        messages.success(request, _("Mødet er flyttet. Medlemmerne får besked."))
        return redirect("meetings:meeting", found.pk)
    return render(request, "meetings/move.html", {"meeting": found, "form": form}, status=400 if form.is_bound else 200)


@require_POST
def answer(request: ActingRequest, meeting_id: UUID, membership_id: UUID) -> HttpResponse:
    """Say whether a member of the own authority comes: one press."""
    actor = request.actor
    found = meeting_of(actor, meeting_id)
    member = next((one for one in agendas.attendance(actor, found) if one.membership.pk == membership_id), None)
    if member is None or not actor.owns(member.membership.capacity.authority_id):
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Vælg et af svarene."))
        return redirect("meetings:meeting", found.pk)
    said = form.cleaned_data["answer"]
    pressed(request, lambda: invitations.answer(actor, found, member.membership, said), _("Svaret er noteret."))
    return redirect("meetings:meeting", found.pk)


@require_GET
def absences(request: ActingRequest, group_id: UUID) -> HttpResponse:
    """Who was missing at a group's meetings over a period."""
    actor = request.actor
    group = group_of(actor, group_id)
    today = timezone.localdate()
    usual = {"since": _year_before(today), "until": today}
    asked = request.GET if {"since", "until"} & set(request.GET) else usual
    form = PeriodForm(asked, initial=usual)
    period = None
    if form.is_valid():
        period = turnout.over(actor, group, form.cleaned_data["since"], form.cleaned_data["until"])
    return render(
        request,
        "meetings/turnout.html",
        {"group": group, "form": form, "period": period},
        status=200 if period else 400,
    )


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28))
