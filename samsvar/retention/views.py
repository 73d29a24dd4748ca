"""What is on its way out, who let it go, what is held back, and the rules."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.guards import for_roles
from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.postgres.actor import attempt
from samsvar.retention import forms, selectors, services
from samsvar.retention.models import Kind

PER_PAGE = 50
LETS_GO = ("releaser", "dpo")
STEPS = {"propose": services.propose, "approve": services.approve, "take_back": services.take_back}


@require_GET
@for_roles("disposal", *LETS_GO)
def disposals(request: ActingRequest) -> HttpResponse:
    """What the own authority has on its way out."""
    actor = request.actor
    page = Paginator(selectors.disposals(actor), PER_PAGE).get_page(request.GET.get("side"))
    lines = selectors.lines(actor, list(page))
    record(actor, Act.LOOK, "disposal", detail={"ids": [str(line.disposal.subject_id) for line in lines]})
    return render(
        request,
        "retention/list.html",
        {"lines": lines, "page": page, "lets_go": actor.is_any("releaser"), "me": actor.person_id},
    )


@require_POST
@for_roles("disposal", "releaser")
def step(request: ActingRequest) -> HttpResponse:
    """Propose, approve or take back what is ticked."""
    do, ids = STEPS.get(request.POST.get("step", "")), forms.chosen(request.POST.getlist("row"))
    if do is None or not ids:
        messages.info(request, _("Sæt kryds ved det, det drejer sig om."))
        return redirect("retention:list")
    done = do(request.actor, ids)
    if done:
        messages.success(request, _("%(number)s er sendt videre.") % {"number": done})
    if done < len(ids):
        messages.warning(
            request,
            _("Noget blev stående: det er holdt tilbage, eller du foreslog det selv, så en anden skal godkende."),
        )
    return redirect("retention:list")


@require_GET
@for_roles("disposal", "local_admin", *LETS_GO)
def rules(request: ActingRequest) -> HttpResponse:
    """How long each kind is kept, and by which rule."""
    actor = request.actor
    return render(
        request,
        "retention/rules.html",
        {"rules": selectors.rules(actor), "sets": actor.is_any("local_admin"), "lets_go": actor.is_any(*LETS_GO)},
    )


@require_http_methods(["GET", "POST"])
@for_roles("disposal", "local_admin")
def rule(request: ActingRequest, kind: str) -> HttpResponse:
    """One rule."""
    actor = request.actor
    found = selectors.rule(actor, kind)
    if found is None:
        raise Http404
    initial = {
        "months": found.months,
        "reference": found.reference,
        "reason": found.own.reason if found.own else "",
    }
    form = forms.RuleForm(request.POST or None, kind=found.kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                services.set_rule(actor, found.kind, **form.cleaned_data)
        except services.RetentionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Reglen er gemt."))
            return redirect("retention:rules")
    return render(request, "retention/rule.html", {"form": form, "rule": found}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_roles("disposal", *LETS_GO)
def holds(request: ActingRequest) -> HttpResponse:
    """What is held back, and a new hold by number."""
    actor = request.actor
    form = forms.HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        subject = selectors.subject_named(actor, given["kind"], given["number"])
        if subject is None:
            form.add_error("number", _("Jeres myndighed har ingen sag med det nummer."))
        else:
            services.hold(actor, given["kind"], subject, reason=given["reason"], review_on=given["review_on"])
            messages.success(request, _("Den bliver, indtil nogen ophæver det."))
            return redirect("retention:holds")
    return render(
        request,
        "retention/holds.html",
        {"holds": selectors.holds(actor), "form": form},
        status=400 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@for_roles("disposal", *LETS_GO)
def hold_back(request: ActingRequest, disposal_id: UUID) -> HttpResponse:
    """Hold back something that is on its way out."""
    actor = request.actor
    found = selectors.find(actor, disposal_id)
    if found is None:
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.hold(actor, found.kind, found.subject_id, **form.cleaned_data)
        messages.success(request, _("Den bliver, indtil nogen ophæver det."))
        return redirect("retention:list")
    case_id = found.subject_id if found.kind == Kind.CASE else None
    record(actor, Act.LOOK, "disposal", found.pk, case_id=case_id)
    return render(
        request, "retention/hold_back.html", {"form": form, "disposal": found}, status=400 if form.is_bound else 200
    )


@require_POST
@for_roles("disposal", *LETS_GO)
def lift(request: ActingRequest, hold_id: UUID) -> HttpResponse:
    """Let something go its way again."""
    found = selectors.find_hold(request.actor, hold_id)
    if found is None or not services.lift(request.actor, found):
        raise Http404
    messages.success(request, _("Det er ikke holdt tilbage mere."))
    return redirect("retention:holds")


@require_GET
@for_roles("disposal", "local_admin", *LETS_GO)
def stones(request: ActingRequest) -> HttpResponse:
    """What has been disposed of."""
    page = Paginator(selectors.stones(request.actor), PER_PAGE).get_page(request.GET.get("side"))
    return render(request, "retention/stones.html", {"page": page})
