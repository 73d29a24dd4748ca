"""How a partnership is steered: decisions, holes, status, terms, the yearly evaluation. No person anywhere."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samsvar.accounts.guards import for_roles
from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.cases.selectors.gaps import gaps, still
from samsvar.partnerships.models import Group, Level
from samsvar.postgres.actor import Actor, attempt
from samsvar.steering import forms, selectors, services

SEATED = ("member", "steering", "coordinator", "chair", "secretariat")
FIRST_YEAR = 2009


@require_GET
@for_roles("steering", *SEATED)
def home(request: ActingRequest) -> HttpResponse:
    """What is stuck, what came back, which holes were reported and what was answered."""
    actor = request.actor
    mine, found = selectors.seats(actor), gaps(actor)
    places = [
        {
            "place": place,
            "groups": selectors.groups(actor, place),
            "decisions": selectors.decisions(actor, place),
            "decides": [
                one for one in selectors.groups(actor, place) if one.pk in mine and one.level != Level.OPERATIVE
            ],
        }
        for place in selectors.partnerships(actor)
    ]
    return render(
        request,
        "steering/home.html",
        {
            "places": places,
            "gaps": found,
            "still": still([*found.waiting, *found.elsewhere]),
            "year": timezone.localdate().year,
        },
    )


@require_GET
@for_roles("steering", *SEATED)
def status(request: ActingRequest, partnership_id: UUID) -> HttpResponse:
    """Meetings, absences and counts, group by group, in one half-year."""
    actor = request.actor
    place = selectors.find_partnership(actor, partnership_id)
    if place is None:
        raise Http404
    halves = selectors.halves()
    half = next((one for one in halves if one.key == request.GET.get("halvaar")), halves[0])
    return render(
        request,
        "steering/status.html",
        {"place": place, "half": half, "halves": halves, "status": selectors.status(actor, place, half)},
    )


def _group(actor: Actor, group_id: UUID) -> Group:
    found = selectors.find_group(actor, group_id)
    if found is None:
        raise Http404
    return found


@either
@for_roles("steering", *SEATED)
def terms(request: ActingRequest, group_id: UUID) -> HttpResponse:
    """A group's terms of reference, and a new version for those who sit in it."""
    actor = request.actor
    group = _group(actor, group_id)
    versions = selectors.terms_of(actor, group)
    form = None
    if group.pk in selectors.seats(actor):
        initial = (
            {name: getattr(versions[0], name) for name in ("purpose", "tasks", "working", "mandate")}
            if versions
            else {}
        )
        form = forms.TermsForm(request.POST or None, initial=initial)
    elif request.method == "POST":
        raise Http404
    if form and request.method == "POST" and form.is_valid():
        try:
            with attempt():
                services.set_terms(actor, group, **form.cleaned_data)
        except services.SteeringError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kommissoriet er gemt som en ny udgave."))
            return redirect("steering:terms", group.pk)
    return render(
        request,
        "steering/terms.html",
        {"group": group, "versions": versions, "in_force": selectors.in_force(versions), "form": form},
    )


@either
@for_roles("steering", *SEATED)
def evaluation(request: ActingRequest, group_id: UUID, year: int) -> HttpResponse:
    """The year's questions with every authority's answers; one's own can be written by those who sit in the group."""
    actor = request.actor
    group = _group(actor, group_id)
    this_year = timezone.localdate().year
    if not FIRST_YEAR <= year <= this_year:
        raise Http404
    writes = group.pk in selectors.seats(actor)
    asked = selectors.evaluation(actor, group, year, writes=writes)
    own = selectors.own_answers(actor, group, year)
    form = None
    if writes:
        initial = {one.question: one.text for one in own} | {"seen": selectors.stamp(own)}
        form = forms.EvaluationForm(request.POST or None, asked=asked, initial=initial)
    elif request.method == "POST":
        raise Http404
    if form and request.method == "POST" and form.is_valid():
        try:
            with attempt():
                services.evaluate(actor, group, year, form.answers, seen=form.cleaned_data["seen"])
        except services.SteeringError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Jeres svar er gemt."))
            return redirect("steering:evaluation", group.pk, year)
    return render(
        request,
        "steering/evaluation.html",
        {"group": group, "year": year, "last_year": year - 1 if year > FIRST_YEAR else 0, "asked": asked, "form": form},
    )


@either
@for_roles("steering", *SEATED)
def decide(request: ActingRequest, group_id: UUID) -> HttpResponse:
    """Write down a decision and send it to the groups it is for."""
    actor = request.actor
    group = _group(actor, group_id)
    if group.pk not in selectors.seats(actor) or group.level == Level.OPERATIVE:
        raise Http404
    form = forms.DecisionForm(request.POST or None, groups=selectors.below(actor, group))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with attempt():
                made = services.decide(
                    actor,
                    group,
                    decided_on=given["decided_on"],
                    title=given["title"],
                    text=given["text"],
                    to=form.chosen,
                )
        except services.SteeringError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Beslutningen er sendt til grupperne."))
            return redirect("steering:decision", made.pk)
    return render(request, "steering/decide.html", {"group": group, "form": form})


@either
@for_roles("steering", *SEATED)
def decision(request: ActingRequest, decision_id: UUID) -> HttpResponse:
    """One decision, the groups it went to, and what they did with it."""
    actor = request.actor
    found = selectors.find_decision(actor, decision_id)
    if found is None:
        raise Http404
    mine = selectors.seats(actor)
    receipt = next((one for one in found.receipts.all() if one.group_id in mine), None)
    form = forms.TakeInForm(request.POST or None, receipt=receipt) if receipt else None
    if request.method == "POST":
        if form is None or receipt is None:
            raise Http404
        if form.is_valid():
            try:
                with attempt():
                    services.take_in(actor, receipt, form.cleaned_data["done"])
            except services.SteeringError as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Styregruppen kan se, hvad I har gjort."))
                return redirect("steering:decision", found.pk)
    return render(request, "steering/decision.html", {"decision": found, "form": form, "receipt": receipt})
