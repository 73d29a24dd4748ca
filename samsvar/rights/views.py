"""The data protection officer's desk (the log and its verdicts), the rights, questions outside, and breaches."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.guards import for_roles
from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act, LogRow
from samsvar.audit.selectors import Filters, Key, chain, chain_checks, log_page
from samsvar.audit.services import check_chain, record
from samsvar.cases.selectors.whole import find_case
from samsvar.documents.answers import as_pdf
from samsvar.documents.told import told_paper
from samsvar.postgres.actor import attempt
from samsvar.rights import forms, selectors, services
from samsvar.rights.models import RightsRequest
from samsvar.rights.words import described

PER_PAGE = 50
CHECKS_SHOWN = 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

for_dpo = for_roles("log", "dpo")
for_answerers = for_roles("rights_request", "dpo", "releaser")
for_breaches = for_roles("breach", "dpo", "local_admin")


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
            "unreviewed": selectors.unreviewed_posts(actor),
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


# The register


def _request(request: ActingRequest, asked_id: UUID) -> RightsRequest:
    found = selectors.find_request(request.actor, asked_id)
    if found is None:
        raise Http404
    return found


@require_GET
@for_answerers
def requests(request: ActingRequest) -> HttpResponse:
    """What citizens wait for, and what has been answered."""
    actor = request.actor
    waiting = list(selectors.open_requests(actor))
    closed = list(selectors.closed_requests(actor)[:PER_PAGE])
    untold = selectors.untold(actor)
    record(
        actor,
        Act.LOOK,
        "rights_request",
        detail={
            "ids": [str(one.pk) for one in [*waiting, *closed]],
            "cases": [str(one.case_id) for one in untold],
        },
    )
    return render(
        request,
        "rights/requests.html",
        {"waiting": waiting, "closed": closed, "untold": untold, "today": localdate()},
    )


@require_http_methods(["GET", "POST"])
@for_answerers
def request_new(request: ActingRequest) -> HttpResponse:
    """Write down what a citizen asks for."""
    form = forms.RequestForm(request.POST or None, initial={"received_on": localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                made = services.register(request.actor, **form.cleaned_data)
        except services.RightsError as error:
            form.add_error("reference", str(error))
        else:
            messages.success(request, _("Anmodningen er skrevet ned. Fristen for svaret står herunder."))
            return redirect("rights:request", made.pk)
    return render(
        request,
        "rights/form.html",
        {"form": form, "title": _("Ny anmodning"), "send": _("Skriv ned"), "back": reverse("rights:requests")},
        status=400 if form.is_bound else 200,
    )


@require_GET
@for_answerers
def request_page(request: ActingRequest, asked_id: UUID) -> HttpResponse:
    """One request: what is asked, who has been heard, what is kept back, the answer."""
    actor, found = request.actor, _request(request, asked_id)
    record(actor, Act.LOOK, "rights_request", found.pk, case_id=found.about_case_id, citizen_id=found.about_id)
    return render(
        request,
        "rights/request.html",
        {
            "one": found,
            "hearings": selectors.hearings_of(actor, found),
            "exemptions": selectors.exemptions_of(actor, found),
            "others": selectors.may_be_heard(actor, found),
            "today": localdate(),
            "reads_log": actor.is_any("dpo"),
        },
    )


_STEPS: dict[str, tuple[Any, Any, Callable[..., object]]] = {
    "extend": (gettext_lazy("Tag længere tid"), forms.ExtendForm, services.extend),
    "close": (gettext_lazy("Skriv svaret"), forms.CloseForm, services.close),
    "exempt": (gettext_lazy("Undtag noget"), forms.ExemptForm, services.exempt),
    "hear": (gettext_lazy("Spørg en anden myndighed"), forms.HearForm, services.hear),
}


@require_http_methods(["GET", "POST"])
@for_answerers
def request_step(request: ActingRequest, asked_id: UUID, step: str) -> HttpResponse:
    """One step with a request, on a page of its own."""
    actor, found = request.actor, _request(request, asked_id)
    title, form_class, act = _STEPS[step]
    more = {"others": selectors.may_be_heard(actor, found)} if step == "hear" else {}
    form = form_class(request.POST or None, **more)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                act(actor, found, **form.cleaned_data)
        except services.RightsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Det er skrevet."))
            return redirect("rights:request", found.pk)
    record(actor, Act.LOOK, "rights_request", found.pk, case_id=found.about_case_id, citizen_id=found.about_id)
    return render(
        request,
        "rights/form.html",
        {"form": form, "title": title, "send": _("Skriv"), "back": reverse("rights:request", args=[found.pk])},
        status=400 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@for_answerers
def hearing(request: ActingRequest, hearing_id: UUID) -> HttpResponse:
    """Another controller asks about the own part."""
    actor = request.actor
    found = selectors.find_hearing(actor, hearing_id)
    if found is None:
        raise Http404
    form = forms.AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                services.answer_hearing(actor, found, form.cleaned_data["answer"])
        except services.RightsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Svaret er sendt."))
            return redirect("rights:hearing", found.pk)
    record(actor, Act.LOOK, "hearing", found.pk, partnership_id=found.partnership_id)
    return render(
        request, "rights/hearing.html", {"hearing": found, "form": form}, status=400 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def remark(request: ActingRequest, case_id: UUID) -> HttpResponse:
    """The citizen's own remark on what is said in a case."""
    actor = request.actor
    case = find_case(actor, case_id)
    if case is None:
        raise Http404
    form = forms.RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.remark(actor, case, form.cleaned_data["text"])
        messages.success(request, _("Bemærkningen følger med sagen: alle, der læser den, læser bemærkningen."))
        return redirect("cases:case", case.pk)
    record(actor, Act.LOOK, "case", case.pk, case_id=case.pk, citizen_id=case.citizen_id)
    title = _("Borgerens bemærkning til %(case)s") % {"case": case.reference}
    return render(
        request,
        "rights/form.html",
        {"form": form, "title": title, "send": _("Skriv"), "back": reverse("cases:case", args=[case.pk])},
        status=400 if form.is_bound else 200,
    )


@require_GET
@for_dpo
def told(request: ActingRequest, citizen_id: UUID) -> HttpResponse:
    """Who was told what and who looked: one page for the citizen, to print."""
    controllers = selectors.told(request.actor, citizen_id)
    record(request.actor, Act.LOOK, "told", citizen_id=citizen_id)
    return render(
        request, "rights/told.html", {"controllers": controllers, "today": localdate(), "citizen_id": citizen_id}
    )


@require_GET
@for_dpo
def told_on_paper(request: ActingRequest, citizen_id: UUID) -> HttpResponse:
    """The own part as PDF, in Danish or with `?sprog=en` in English; the others answer for themselves."""
    lang = "en" if request.GET.get("sprog") == "en" else "da"
    with translation.override(lang):
        own = next(part for part in selectors.told(request.actor, citizen_id) if part.own)
    record(request.actor, Act.PRINT, "told", citizen_id=citizen_id)
    return as_pdf(told_paper(own, localdate(), lang=lang), "hvem-har-faaet-hvad-at-vide")


# Outside one's reach, and breaches


@require_http_methods(["GET", "POST"])
@for_roles("outside", "frontline", "screener", "releaser", "member", "coordinator", "chair", "secretariat")
def ask(request: ActingRequest) -> HttpResponse:
    """Ask about a citizen outside the own cases; everybody gets the same answer."""
    form = forms.AskForm(request.POST or None, places=selectors.places(request.actor))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services.ask_outside(
            request.actor,
            given["place"].pk,
            given["reason"],
            number=given["number"],
            reference=given["reference"],
        )
        messages.info(request, _("Vi giver besked til dem, det måtte vedrøre. De ringer, hvis de kan hjælpe dig."))
        return redirect("rights:ask")
    return render(request, "rights/ask.html", {"form": form}, status=400 if form.is_bound else 200)


@require_GET
def asked(request: ActingRequest, look_id: UUID) -> HttpResponse:
    """Somebody asks about a citizen whose case one sits with: who, why, and where they can be called."""
    found = selectors.asked(request.actor, look_id)
    if found is None:
        raise Http404
    record(request.actor, Act.LOOK, "outside", found.pk, partnership_id=found.partnership_id)
    return render(request, "rights/asked.html", {"look": found})


@require_GET
@for_breaches
def breaches(request: ActingRequest) -> HttpResponse:
    """The register of breaches."""
    found = [(one, selectors.breach_due(one)) for one in selectors.breaches(request.actor)]
    return render(request, "rights/breaches.html", {"breaches": found, "now": now()})


@require_http_methods(["GET", "POST"])
@for_breaches
def breach_new(request: ActingRequest) -> HttpResponse:
    """A new breach."""
    form = forms.NewBreachForm(request.POST or None, initial={"known_on": localdate()})
    if request.method == "POST" and form.is_valid():
        made = services.report_breach(request.actor, **form.cleaned_data)
        messages.success(request, _("Bruddet er skrevet ned. De 72 timer løber."))
        return redirect("rights:breach", made.pk)
    return render(
        request,
        "rights/form.html",
        {"form": form, "title": _("Nyt brud"), "send": _("Skriv ned"), "back": reverse("rights:breaches")},
        status=400 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@for_breaches
def breach(request: ActingRequest, breach_id: UUID) -> HttpResponse:
    """One breach: the clock, what is known, who has been told."""
    found = selectors.find_breach(request.actor, breach_id)
    if found is None:
        raise Http404
    told_on = localdate(found.told_supervisor_at) if found.told_supervisor_at else None
    initial = {
        "told_supervisor_on": told_on,
        **{name: getattr(found, name) for name in ("why_not_supervisor", "told_citizens_on", "why_not_citizens")},
    }
    form = forms.ChangeBreachForm(request.POST or None, instance=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                services.change_breach(request.actor, found, **form.cleaned_data)
        except services.RightsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Det er skrevet."))
            return redirect("rights:breaches")
    return render(
        request,
        "rights/breach.html",
        {"form": form, "breach": found, "due": selectors.breach_due(found), "now": now()},
        status=400 if form.is_bound else 200,
    )
