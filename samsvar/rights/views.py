"""The data protection officer's desk: the log, what was drawn from it, and the verdicts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act, LogRow
from samsvar.audit.selectors import Filters, Key, chain, chain_checks, log_page
from samsvar.audit.services import check_chain, record, record_refusal
from samsvar.postgres.actor import attempt
from samsvar.rights import forms, selectors, services
from samsvar.rights.words import described

PER_PAGE = 50
CHECKS_SHOWN = 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

View = Callable[..., HttpResponse]


def for_dpo(view: View) -> View:
    """Refuse, and log the refusal, unless the data protection officer acts."""

    @wraps(view)
    def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.is_any("dpo"):
            record_refusal(request.actor, "log", None, "post")
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _key(text: str) -> Key | None:
    """Where a page begins, from an address: microseconds since 1970 and the row's number. None for anything else."""
    at, _dash, seq = text.partition("-")
    if not (text.isascii() and at.isdigit() and seq.isdigit() and len(at) < 18 and len(seq) < 19):
        return None
    try:
        return Key(_EPOCH + timedelta(microseconds=int(at)), int(seq))
    except OverflowError:
        return None


def _key_text(row: LogRow) -> str:
    return f"{(row.at - _EPOCH) // timedelta(microseconds=1)}-{row.seq}"


@require_GET
@for_dpo
def log(request: ActingRequest) -> HttpResponse:
    """The log of the own authority."""
    return _log_page(request)


def _log_page(
    request: ActingRequest, number_form: forms.NumberSearchForm | None = None, status: int = 200
) -> HttpResponse:
    actor = request.actor
    form = forms.LogForm(request.GET or None, people=selectors.people_of_log(actor))
    filters, citizen, about = Filters(), None, selectors.OfCitizen()
    if form.is_valid():
        citizen = form.cleaned_data["borger"]
        if citizen:
            about = selectors.of_citizen(actor, citizen)
        cases = selectors.cases_named(actor, form.cleaned_data["sag"]) if form.cleaned_data["sag"] else ()
        wanted = about.everything
        if form.cleaned_data["sag"]:
            # A case that is not this citizen's has nothing to tell of the two together.
            wanted = tuple(one for one in cases if not citizen or one in about.cases)
        filters = form.filters(wanted)
    before = _key(request.GET.get("fra", ""))
    rows = log_page(actor, filters, PER_PAGE + 1, before)
    shown = rows[:PER_PAGE]
    record(actor, Act.SEARCH, "log", citizen_id=citizen, detail={"rows": len(shown), **form.searched()})
    query = request.GET.copy()
    query.pop("fra", None)
    newest = f"?{query.urlencode()}" if before else ""
    if len(rows) > PER_PAGE:
        query["fra"] = _key_text(shown[-1])
    bad = form.is_bound and not form.is_valid()
    return render(
        request,
        "rights/log.html",
        {
            "form": form,
            "number_form": number_form or forms.NumberSearchForm(),
            "entries": described(actor, shown),
            "newest": newest,
            "older": f"?{query.urlencode()}" if len(rows) > PER_PAGE else "",
            "citizen": citizen,
            "chain": chain(actor),
            "checks": chain_checks(actor, CHECKS_SHOWN),
            "waiting": selectors.open_reviews(actor).count(),
        },
        status=400 if bad else status,
    )


@require_POST
@for_dpo
def log_check(request: ActingRequest) -> HttpResponse:
    """Walk through the own authority's chain now; what was found is kept."""
    found = check_chain(request.actor)
    if found is None:
        messages.success(request, _("Kæden er hel. Ingen række er ændret, fjernet eller sat ind."))
    return redirect("rights:log")


@require_POST
@for_dpo
def log_citizen(request: ActingRequest) -> HttpResponse:
    """Find a citizen in the log by number, for a reason."""
    form = forms.NumberSearchForm(request.POST)
    if not form.is_valid():
        return _log_page(request, form, status=400)
    found = services.citizen_of_number(request.actor, form.cleaned_data["number"], form.cleaned_data["reason"])
    return redirect(f"{reverse('rights:log')}?borger={found}")


@require_GET
@for_dpo
def reviews(request: ActingRequest) -> HttpResponse:
    """What waits for a verdict, and what has one."""
    actor = request.actor
    waiting = Paginator(selectors.open_reviews(actor), PER_PAGE).get_page(request.GET.get("side"))
    judged = list(selectors.judged_reviews(actor)[:PER_PAGE])
    rows = selectors.rows_of_reviews(actor, [*waiting, *judged])
    entries = {entry.row.seq: entry for entry in described(actor, list(rows.values()))}
    record(actor, Act.LOOK, "log_review", detail={"rows": [one.seq for one in [*waiting, *judged]]})

    def lines(found: list) -> list[tuple]:
        return [(one, entries.get(rows[one.pk].seq) if one.pk in rows else None) for one in found]

    return render(
        request,
        "rights/reviews.html",
        {"waiting": lines(list(waiting)), "judged": lines(judged), "page": waiting, "watch": selectors.watch(actor)},
    )


@require_POST
@for_dpo
def draw(request: ActingRequest) -> HttpResponse:
    """Draw some looks at random."""
    drawn = services.draw(request.actor)
    if drawn:
        messages.success(request, _("%(number)s opslag er udtaget.") % {"number": drawn})
    else:
        messages.info(request, _("Der er ingen opslag at udtage endnu."))
    return redirect("rights:reviews")


@require_http_methods(["GET", "POST"])
@for_dpo
def review(request: ActingRequest, review_id: UUID) -> HttpResponse:
    """One drawn row, what the person did around it, and the verdict."""
    actor = request.actor
    found = selectors.find_review(actor, review_id)
    if found is None:
        raise Http404
    form = forms.VerdictForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                services.judge(actor, found, form.cleaned_data["verdict"], form.cleaned_data["note"])
        except services.RightsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Vurderingen er skrevet."))
            return redirect("rights:reviews")
    if form.is_bound:
        status = 400
    row = selectors.rows_of_reviews(actor, [found]).get(found.pk)
    record(actor, Act.LOOK, "log_review", found.pk, citizen_id=row.citizen_id if row else None)
    return render(
        request,
        "rights/review.html",
        {
            "review": found,
            "entry": described(actor, [row])[0] if row else None,
            "around": described(actor, list(selectors.around(actor, row))) if row else [],
            "form": form,
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
@for_dpo
def watch(request: ActingRequest) -> HttpResponse:
    """What is drawn by itself."""
    form = forms.WatchForm(request.POST or None, instance=selectors.watch(request.actor))
    if request.method == "POST" and form.is_valid():
        services.set_watch(request.actor, **form.cleaned_data)
        messages.success(request, _("Reglerne er gemt."))
        return redirect("rights:reviews")
    return render(request, "rights/watch.html", {"form": form}, status=400 if form.is_bound else 200)
