"""The pages of the quarterly journal: what the team did with its partners (R-004-93)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either, version_seen
from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.cases.views.steps import done, found_or_404
from samsvar.documents.answers import as_pdf
from samsvar.instruments.flow import cleaned
from samsvar.outcomes import papers, services
from samsvar.outcomes.forms import QuarterForm, ReportForm
from samsvar.outcomes.models import Journal
from samsvar.outcomes.selectors import journals as selectors
from samsvar.outcomes.selectors.journals import JournalPage
from samsvar.outcomes.services.errors import ReportError
from samsvar.outreach.services import OutreachError
from samsvar.outreach.views.steps import working_or_404
from samsvar.postgres.actor import attempt


@either
def journals(request: ActingRequest) -> HttpResponse:
    """The unit's journals, and a new one."""
    working_or_404(request)
    form = QuarterForm(request.POST or None)
    begun: list[Journal] = []

    def act() -> None:
        begun.append(services.start_journal(request.actor, form.cleaned_data["form"], form.cleaned_data["quarter"]))

    if request.method == "POST" and done(form, act):
        return redirect("outcomes:journal", begun[0].pk)
    record(request.actor, Act.LOOK, "journal")
    return render(
        request,
        "outcomes/journals.html",
        {"form": form, "journals": selectors.journals(request.actor)},
        status=400 if form.errors else 200,
    )


def _page(request: ActingRequest, journal_id: UUID) -> JournalPage:
    found = selectors.find_journal(request.actor, journal_id)
    if found is None:
        record_refusal(request.actor, "journal", journal_id, "not_in_reach")
    return found_or_404(found)


@either
def journal(request: ActingRequest, journal_id: UUID) -> HttpResponse:
    """One journal: the next questions come as the answers decide; kept as it stands."""
    page = _page(request, journal_id)
    if request.method != "POST":
        return _drawn(request, page, ReportForm(page, page.answers))
    form = ReportForm(page, page.answers, request.POST, shown=request.POST.get("shown", "").split())
    if not form.is_valid():
        return _drawn(request, page, form, 400)
    answers = cleaned(page.form, page.occasions, form.over(page.answers))
    if "keep" not in request.POST:
        return _drawn(request, page, ReportForm(page, answers), left=len(page.waiting(answers)))
    try:
        with attempt():
            services.keep_journal(request.actor, page.journal, answers, version_seen(request))
    except ReportError as refused:
        form.take(refused)
        return _drawn(request, page, form, 400)
    except OutreachError as refused:
        form.add_error(None, str(refused))
        return _drawn(request, page, form, 400)
    messages.success(request, _("Journalen er gemt."))
    return redirect("outcomes:journal", page.journal.pk)


def _drawn(
    request: ActingRequest, page: JournalPage, form: ReportForm, status: int = 200, left: int | None = None
) -> HttpResponse:
    part = request.headers.get("HX-Request") and status == 200
    if not part:
        record(request.actor, Act.LOOK, "journal", page.journal.pk, partnership_id=page.journal.partnership_id)
    return render(
        request,
        "outcomes/questions.html" if part else "outcomes/journal.html",
        {"page": page, "form": form, "left": page.left if left is None else left},
        status=status,
    )


@require_safe
def journal_paper(request: ActingRequest, journal_id: UUID) -> HttpResponse:
    """The journal on paper, from the same form: what is not answered has a line to write on."""
    page = _page(request, journal_id)
    record(request.actor, Act.PRINT, "journal", page.journal.pk, partnership_id=page.journal.partnership_id)
    return as_pdf(papers.journal_on_paper(page), _("kvartalsjournal"))
