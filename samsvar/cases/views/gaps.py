"""Holes in the system: the list, one hole, and noting one, from a case or without."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samsvar.accounts.guards import for_roles, turn_away
from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.cases.forms.gaps import GapForm, MoveForm
from samsvar.cases.models import Case
from samsvar.cases.selectors import gaps as selectors
from samsvar.cases.services import gaps as services
from samsvar.cases.services.errors import CaseError, Overtaken
from samsvar.cases.views.steps import actor_of, case_or_404, look
from samsvar.partnerships.models import Group
from samsvar.postgres.actor import attempt


@require_GET
@for_roles("gap", "member", "steering", "coordinator", "chair", "secretariat")
def gaps(request: ActingRequest) -> HttpResponse:
    """What is parked, sent on and answered, with its age."""
    actor = actor_of(request)
    found = selectors.gaps(actor)
    return render(
        request,
        "cases/gaps/list.html",
        {
            "gaps": found,
            "still": selectors.still([*found.waiting, *found.elsewhere]),
            "may_note": bool(actor.group_ids),
        },
    )


@either
def gap(request: HttpRequest, gap_id: UUID) -> HttpResponse:
    """One hole, its way so far, and the next step for those who have it."""
    actor = actor_of(request)
    found = selectors.find_gap(actor, gap_id)
    if found is None:
        raise Http404
    moves = selectors.moves(actor, found)
    form, status = None, 200
    if moves:
        form = MoveForm(
            request.POST or None,
            moves=moves,
            above=selectors.above(actor, found),
            owners=selectors.owners(actor, found.group),
            initial={"seen": selectors.stamp(found)},
        )
    elif request.method == "POST":
        raise Http404
    if form and request.method == "POST" and form.is_valid():
        try:
            with attempt():
                services.move(actor, found, form.move())
        except CaseError as refused:
            status = 409 if isinstance(refused, Overtaken) else 200
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Det er gemt."))
            return redirect("cases:gap", found.pk)
    return render(
        request,
        "cases/gaps/gap.html",
        {"gap": found, "steps": selectors.steps(actor, found), "form": form},
        status=status,
    )


@either
def note(request: HttpRequest) -> HttpResponse:
    """Note a hole that no single case showed."""
    actor = actor_of(request)
    groups = selectors.tables(actor)
    if not groups:
        turn_away(actor, "gap")
    return _noting(request, groups, None)


@either
def note_from_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Note a hole that this case showed: nothing of the case is carried over but the writer's own words."""
    case = case_or_404(request, case_id)
    look(actor_of(request), case, "gap")
    return _noting(request, [one for one in selectors.tables(actor_of(request)) if one.pk == case.group_id], case)


def _noting(request: HttpRequest, groups: list[Group], case: Case | None) -> HttpResponse:
    actor = actor_of(request)
    owners = [post for group in groups for post in selectors.owners(actor, group)]
    form, status = None, 200
    if groups:
        form = GapForm(request.POST or None, groups=groups, owners=list(dict.fromkeys(owners)))
    if form and request.method == "POST" and form.is_valid():
        try:
            with attempt():
                made = services.note(
                    actor,
                    form.chosen_group,
                    form.hole(),
                    owner=form.chosen_owner,
                    case=case,
                    gap_id=form.cleaned_data["once"],
                )
        except CaseError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Systemhullet er noteret. Det har ingen vej tilbage til en borger."))
            return redirect("cases:gap", made.pk)
    return render(request, "cases/gaps/note.html", {"form": form, "case": case}, status=status)
