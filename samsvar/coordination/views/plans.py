"""The pages of a citizen's plans: all of them side by side, one of them, and each step in it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either, version_seen
from samsvar.audit.models import Act
from samsvar.cases.services.errors import Overtaken
from samsvar.cases.views.steps import done, found_or_404, lang, points_out, pressed
from samsvar.coordination.forms import plans as forms
from samsvar.coordination.models import CareNetwork, NetworkMeeting, Plan, PlanKind
from samsvar.coordination.papers.plan import plan as plan_paper
from samsvar.coordination.selectors import meetings
from samsvar.coordination.selectors import plans as selectors
from samsvar.coordination.selectors.discharge import begins, reaches, writes
from samsvar.coordination.selectors.networks import coordinator_of
from samsvar.coordination.services import plans as services
from samsvar.coordination.views.steps import inside_or_404, look_at, network_or_404, step
from samsvar.documents.answers import as_pdf
from samsvar.law.warnings import suspicious

# Where one may go on to from a line that is being written.
_ONWARD = ("plan_force", "plan_goals")


def _found(request: ActingRequest, network_id: UUID, plan_id: UUID) -> tuple[CareNetwork, Plan]:
    """A plan that the actor writes on: from inside, or as the ward whose discharge it is."""
    network = network_or_404(request, network_id)
    plan = found_or_404(selectors.find_plan(request.actor, network, plan_id))
    if not writes(request.actor, plan):
        raise Http404
    return network, plan


def _followed(request: ActingRequest, network_id: UUID, plan_id: UUID) -> tuple[CareNetwork, Plan]:
    """A plan that the actor sees to: an own one, or from inside a ward's."""
    network = network_or_404(request, network_id)
    if not getattr(network, "inside", False):
        return _found(request, network_id, plan_id)
    return network, found_or_404(selectors.find_plan(request.actor, network, plan_id))


@require_GET
def plans(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """All plans side by side."""
    network = network_or_404(request, care_network_id)
    if not selectors.tells_plans(request.actor, network):
        raise Http404
    look_at(request, network, part="plans")
    return render(
        request,
        "coordination/plans.html",
        {
            "network": network,
            "inside": getattr(network, "inside", False),
            "plans": selectors.plans(request.actor, network),
        },
    )


@either
def start(request: ActingRequest, care_network_id: UUID) -> HttpResponse:
    """Begin a plan; a ward begins that of its own discharge."""
    network = network_or_404(request, care_network_id)
    inside = bool(getattr(network, "inside", False))
    if not inside and not begins(request.actor, network):
        raise Http404
    return _start(request, network, None, kind="" if inside else PlanKind.DISCHARGE)


@either
def from_meeting(request: ActingRequest, care_network_id: UUID, network_meeting_id: UUID) -> HttpResponse:
    """Begin a plan with what was agreed at a network meeting."""
    network = inside_or_404(request, care_network_id)
    return _start(request, network, found_or_404(meetings.find_meeting(request.actor, network, network_meeting_id)))


def _start(
    request: ActingRequest, network: CareNetwork, meeting: NetworkMeeting | None, kind: str = ""
) -> HttpResponse:
    form = forms.GoalsForm(request.POST or None, initial={"kind": PlanKind.ACTION}, kind=kind)
    made: list[Plan] = []

    def act() -> None:
        chosen = kind or form.cleaned_data["kind"]
        made.append(services.start_plan(request.actor, network, chosen, form.wanted, meeting))

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Udkastet er gemt. Kun I kan læse det. Skriv nu, hvem der gør hvad."))
        return redirect("coordination:plan", network.pk, made[0].pk)
    note = _("Kun jeres enhed kan læse udkastet, til I sætter planen i kraft.") if kind else ""
    return _step_page(
        request,
        network,
        form,
        title=_("Udskrivningsaftale") if kind else _("Ny plan"),
        note=_("Det, der blev aftalt på mødet, står i planen, når du har gemt.") if meeting else note,
    )


def _step_page(request: ActingRequest, network: CareNetwork, form: forms.GoalsForm, **words: str) -> HttpResponse:
    look_at(request, network, part="step")
    return render(
        request,
        "coordination/step.html",
        {
            "network": network,
            "form": form,
            "send": _("Gem udkastet"),
            "back_url": reverse("coordination:network", args=[network.pk]),
            **words,
        },
        status=400 if form.errors else 200,
    )


@require_GET
def plan(request: ActingRequest, care_network_id: UUID, plan_id: UUID) -> HttpResponse:
    """One plan: what the citizen wants, then who does what by when."""
    network = network_or_404(request, care_network_id)
    return _page(request, network, found_or_404(selectors.find_plan(request.actor, network, plan_id)))


def _page(
    request: ActingRequest, network: CareNetwork, found: Plan, line: forms.LineForm | None = None
) -> HttpResponse:
    """The page, with what was typed in a line that was refused."""
    look_at(request, network, part="plan")
    actor = request.actor
    inside = bool(getattr(network, "inside", False))
    view = selectors.plan_view(actor, found)
    stands = network.ended_on is None and found.ended_on is None
    own = writes(actor, found)
    draft = view.draft
    newest = draft or view.now
    return render(
        request,
        "coordination/plan.html",
        {
            "network": network,
            "view": view,
            "plan": found,
            "inside": inside or own,
            "writes": own and stands,
            "follows": (own or inside) and stands,
            "line_form": (line or _line_form(request, network, view))
            if own and stands and (draft or line) and not found.is_elsewhere
            else None,
            "asked": selectors.askable(newest) if own and stands and newest else [],
            "own_lines": selectors.own_lines(actor, view),
            "reached": reaches(actor, newest.version) if own and stands and found.of_ward and newest else [],
            "told": selectors.told_of_discharge(actor, network) if inside and found.of_discharge else [],
            "to_meet": selectors.to_meet(actor, network) if own and stands and draft and found.of_discharge else [],
        },
        status=400 if line else 200,
    )


def _line_form(request: ActingRequest, network: CareNetwork, view: selectors.PlanView) -> forms.LineForm:
    lines = [(one.line.number, one.line.what[:60]) for one in view.draft.lines] if view.draft else []
    return forms.LineForm(request.POST or None, owners=selectors.owners(request.actor, network), lines=lines)


@require_POST
def line(request: ActingRequest, care_network_id: UUID, plan_id: UUID) -> HttpResponse:
    """Write a line of the draft, or go on from it: what stands in the line goes along, and an empty one is no line."""
    network, found = _found(request, care_network_id, plan_id)
    onward = request.POST.get("next")
    onward = f"coordination:{onward}" if onward in _ONWARD else "coordination:plan"
    view = selectors.plan_view(request.actor, found)
    form = _line_form(request, network, view)
    if onward != "coordination:plan" and form.is_untouched:
        return redirect(onward, network.pk, found.pk)
    if view.draft is None and view.now is not None and request.POST.get("looked") != "1" and form.is_valid():
        points_out(form, [_anew()])

    def act() -> object:
        data = form.cleaned_data
        owner = form.owners[data["owner"]]
        if view.draft is None and view.now is not None:
            services.revise_plan(request.actor, found)
        return services.write_line(
            request.actor,
            found,
            services.Step(
                what=data["what"],
                owner=owner.name,
                party=owner.party,
                unit=owner.unit,
                due_on=data["due_on"],
                part=data["part"] or "step",
                condition=data["condition"],
                reason=data["reason"],
                after=int(data["after"]) if data.get("after") else None,
                changed=data["changed"],
            ),
        )

    if done(form, act):
        return redirect(onward, network.pk, found.pk)
    return _page(request, network, found, form)


@require_POST
def line_out(request: ActingRequest, care_network_id: UUID, plan_id: UUID, plan_line_id: UUID) -> HttpResponse:
    """Take a line out of the draft."""
    network, found = _found(request, care_network_id, plan_id)
    row = found_or_404(selectors.find_line(request.actor, found, plan_line_id))
    pressed(request, lambda: services.remove_line(request.actor, row), _("Linjen er taget ud."))
    return redirect("coordination:plan", network.pk, found.pk)


@require_POST
def line_done(request: ActingRequest, care_network_id: UUID, plan_id: UUID, plan_line_id: UUID) -> HttpResponse:
    """A line is done."""
    network, found = _followed(request, care_network_id, plan_id)
    row = found_or_404(selectors.find_line(request.actor, found, plan_line_id))
    pressed(request, lambda: services.finish_line(request.actor, row), _("Det er gjort."))
    return redirect("coordination:plan", network.pk, found.pk)


def _no_draft(request: ActingRequest, network: CareNetwork, found: Plan) -> HttpResponse:
    """Somebody came for a draft that a colleague has put in force, or thrown away."""
    messages.warning(request, _("Udkastet er her ikke mere: en kollega har sat det i kraft eller smidt det ud."))
    return redirect("coordination:plan", network.pk, found.pk)


def _anew() -> str:
    """What is said to somebody who wrote on a draft that a colleague has put in force meanwhile."""
    return _(
        "En kollega har sat planen i kraft imens. Din tekst bliver et udkast til en ny udgave, når du sender igen."
    )


@either
def goals(request: ActingRequest, care_network_id: UUID, plan_id: UUID) -> HttpResponse:
    """Write the draft's goals and days anew."""
    network, found = _found(request, care_network_id, plan_id)
    draft = selectors.draft_of(request.actor, found)
    if draft is None and request.method != "POST":
        return _no_draft(request, network, found)
    initial = (
        {
            "goals": draft.goals,
            "review_on": draft.review_on,
            "discharge": draft.discharge,
            "reference": draft.reference,
            "seen": draft.edits,
        }
        if draft
        else {}
    )
    form = forms.GoalsForm(request.POST or None, initial=initial, kind=found.kind)
    more: dict[str, Any] = {}

    def act(data: dict[str, Any]) -> None:
        if draft is None:
            services.begin_anew(request.actor, found, form.wanted)
            return
        try:
            services.change_draft(request.actor, found, form.wanted, data["seen"] or 0)
        except Overtaken:
            # The other's text is shown beside the own one, which can then be sent.
            more["overtaken"] = draft
            form.data = {**request.POST.dict(), "seen": str(draft.edits)}
            raise

    return step(
        request,
        network,
        form,
        act,
        title=_("Hvad vil borgeren selv"),
        send=_("Gem"),
        said=_("Det er gemt."),
        back="plan",
        about=found.pk,
        template="coordination/plan_step.html",
        more=more,
        second_look=lambda _data: [_anew()] if draft is None else [],
    )


@require_POST
def revise(request: ActingRequest, care_network_id: UUID, plan_id: UUID) -> HttpResponse:
    """Begin a new version."""
    network, found = _found(request, care_network_id, plan_id)
    pressed(
        request,
        lambda: services.revise_plan(request.actor, found),
        _("Her er et udkast til en ny udgave. Planen gælder, som den er, til du sætter den nye i kraft."),
    )
    return redirect("coordination:plan", network.pk, found.pk)


@require_POST
def discard(request: ActingRequest, care_network_id: UUID, plan_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    network, found = _found(request, care_network_id, plan_id)
    never = found.in_force is None
    pressed(request, lambda: services.discard_draft(request.actor, found), _("Udkastet er smidt ud."))
    return (
        redirect("coordination:network", network.pk) if never else redirect("coordination:plan", network.pk, found.pk)
    )


@either
def force(request: ActingRequest, care_network_id: UUID, plan_id: UUID) -> HttpResponse:
    """Put the draft in force."""
    network, found = _found(request, care_network_id, plan_id)
    draft = selectors.draft_of(request.actor, found)
    if draft is None:
        return _no_draft(request, network, found)
    form = forms.ForceForm(
        request.POST or None,
        of_discharge=found.of_discharge,
        discharge=draft.discharge,
        initial={"seen": selectors.stamp(request.actor, draft)},
    )
    return step(
        request,
        network,
        form,
        lambda data: services.put_in_force(
            request.actor,
            found,
            services.Said(data["reply"], data["words"], data["on"]),
            declines=data.get("declines", False),
            why_no_meeting=data.get("why_no_meeting", ""),
            seen=data["seen"],
        ),
        title=_("Sæt planen i kraft"),
        send=_("Sæt i kraft"),
        said=_("Planen gælder nu. De, borgeren har sagt ja til, kan læse den."),
        note=_("Gennemgå planen sammen med borgeren først."),
        back="plan",
        about=found.pk,
        # What the citizen says to it is read by all who may read the plan.
        second_look=lambda data: [
            notice.text(lang()) for notice in suspicious(f"{selectors.text_of(request.actor, draft)}\n{data['words']}")
        ],
    )


@require_POST
def refer(request: ActingRequest, care_network_id: UUID, plan_id: UUID) -> HttpResponse:
    """Where a plan stands elsewhere needs no answer: it is shown from now on."""
    network, found = _found(request, care_network_id, plan_id)
    if not found.is_elsewhere:
        raise Http404
    pressed(
        request,
        lambda: services.put_in_force(request.actor, found, services.Said()),
        _("Henvisningen gælder nu. De, borgeren har sagt ja til, kan læse den."),
    )
    return redirect("coordination:plan", network.pk, found.pk)


@either
def answer(request: ActingRequest, care_network_id: UUID, plan_id: UUID) -> HttpResponse:
    """What one of those around the citizen says to the newest version."""
    network, found = _found(request, care_network_id, plan_id)
    view = selectors.plan_view(request.actor, found)
    newest = view.draft or view.now
    form = forms.AnswerForm(request.POST or None, who=selectors.askable(newest) if newest else [])
    return step(
        request,
        network,
        form,
        lambda data: services.answer_plan(
            request.actor, found, data["who"], services.Said(data["reply"], data["words"], data["on"])
        ),
        title=_("Hvad siger de til planen?"),
        send=_("Gem"),
        said=_("Svaret er gemt."),
        note=_("En anden myndighed siger selv ja her i Samsvar. Til da er dens linjer et forslag."),
        back="plan",
        about=found.pk,
    )


@require_POST
def accept(request: ActingRequest, care_network_id: UUID, plan_id: UUID) -> HttpResponse:
    """One let in says yes to its own lines."""
    network = network_or_404(request, care_network_id)
    found = found_or_404(selectors.find_plan(request.actor, network, plan_id))
    pressed(
        request,
        # A page that says no version has shown none.
        lambda: services.accept_lines(request.actor, found, version_seen(request) or 0),
        _("I har sagt ja. Tovholderen kan se det."),
    )
    return redirect("coordination:plan", network.pk, found.pk)


@either
def clash(request: ActingRequest, care_network_id: UUID, plan_id: UUID) -> HttpResponse:
    """Say what does not go together."""
    network, found = _found(request, care_network_id, plan_id)
    return step(
        request,
        network,
        forms.ClashForm(request.POST or None, initial={"clash": found.clash}),
        lambda data: services.mark_clash(request.actor, found, data["clash"]),
        title=_("Passer planerne sammen?"),
        send=_("Gem"),
        said=_("Det er gemt."),
        note=_("Det kan læses af alle, der må læse planen."),
        back="plan",
        about=found.pk,
    )


@either
def end(request: ActingRequest, care_network_id: UUID, plan_id: UUID) -> HttpResponse:
    """The plan holds no more."""
    network, found = _followed(request, care_network_id, plan_id)
    return step(
        request,
        network,
        forms.EndPlanForm(request.POST or None),
        lambda data: services.end_plan(request.actor, found, data["why"]),
        title=_("Planen gælder ikke mere"),
        send=_("Afslut planen"),
        said=_("Planen er slut. Ingen uden for jeres kreds kan læse den mere."),
        back="plan",
        about=found.pk,
    )


@require_GET
def paper(request: ActingRequest, care_network_id: UUID, plan_id: UUID) -> HttpResponse:
    """The plan on paper, for the citizen: the version in force, or else the draft, which says that it is one."""
    network, found = _followed(request, care_network_id, plan_id)
    view = selectors.plan_view(request.actor, found)
    look_at(request, network, Act.PRINT, "plan")
    return as_pdf(plan_paper(view, coordinator_of(request.actor, network)), _("din-plan"))
