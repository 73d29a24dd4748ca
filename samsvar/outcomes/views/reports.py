"""Reports of courses, question by question, and old ones from a file."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import either
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.views.steps import done, found_or_404, pressed
from samsvar.documents.answers import as_pdf
from samsvar.instruments.flow import cleaned
from samsvar.instruments.schedule import Month
from samsvar.outcomes import papers, services
from samsvar.outcomes.forms import AnswersFileForm, ReportForm
from samsvar.outcomes.selectors import reports as selectors
from samsvar.outcomes.selectors.reports import ReportPage
from samsvar.outcomes.services.errors import ReportError
from samsvar.outcomes.shown.reports import answered
from samsvar.outreach.roles import leads
from samsvar.outreach.selectors.reported import owed_by, owed_reports
from samsvar.outreach.services import OutreachError
from samsvar.outreach.views.steps import course_or_404, leading_or_404, look_at, working_or_404
from samsvar.postgres.actor import attempt


@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """The reports that are owed."""
    working_or_404(request)
    record(request.actor, Act.LOOK, "reports")
    return render(
        request,
        "outcomes/home.html",
        {"owed": owed_reports(request.actor), "leads": leads(request.actor)},
    )


@require_safe
def course(request: ActingRequest, course_id: UUID) -> HttpResponse:
    """One course's reports: those that are owed, and those that are in."""
    found = course_or_404(request, course_id)
    look_at(request, found, part="reports")
    return render(
        request,
        "outcomes/course.html",
        {
            "course": found,
            "owed": owed_by(request.actor, found),
            "sent": selectors.sent_reports(request.actor, found),
        },
    )


def _page(request: ActingRequest, course_id: UUID, year: int, number: int) -> ReportPage:
    found = course_or_404(request, course_id)
    if not (2000 <= year < 2100 and 1 <= number <= 12):
        raise Http404
    return found_or_404(selectors.find_page(request.actor, found, Month(year, number)))


def _drawn(
    request: ActingRequest, page: ReportPage, form: ReportForm, answers: dict, status: int = 200
) -> HttpResponse:
    filled, asked = page.shares(answers)
    waiting = {one.key for one in page.waiting(answers)}
    stands = [one.key.removeprefix("q") for one in form.questions if one.key in waiting]
    part = request.headers.get("HX-Request") and status == 200
    # The next questions alone name nobody.
    if not part:
        look_at(request, page.course, part="report")
    return render(
        request,
        "outcomes/questions.html" if part else "outcomes/report.html",
        {
            "page": page,
            "course": page.course,
            "form": form,
            "filled": filled,
            "asked": asked,
            "left": len(waiting),
            "next": stands[0] if stands else "",
        },
        status=status,
    )


@either
def report(request: ActingRequest, course_id: UUID, year: int, number: int) -> HttpResponse:
    """One month: what the log knows stands there already. Kept as a draft, or sent."""
    page = _page(request, course_id, year, number)
    found = page.course
    if page.report and page.report.is_sent:
        if request.method == "POST":
            messages.error(request, _("Indberetningen er sendt. Tag den tilbage, hvis noget skal rettes."))
            return redirect("outcomes:course", found.pk)
        look_at(request, found, part="report")
        return render(request, "outcomes/sent.html", {"page": page, "course": found, "rows": answered(page)})
    if request.method != "POST":
        answers = cleaned(page.form, page.occasions, page.answers, page.before)
        return _drawn(request, page, ReportForm(page, answers), answers)
    form = ReportForm(page, page.answers, request.POST, shown=request.POST.get("shown", "").split())
    if not form.is_valid():
        return _drawn(request, page, form, dict(page.answers), 400)
    answers = cleaned(page.form, page.occasions, form.over(page.answers), page.before)
    if not {"keep", "send"} & set(request.POST):
        return _drawn(request, page, ReportForm(page, answers), answers)
    return _kept(request, page, form, answers)


def _kept(request: ActingRequest, page: ReportPage, form: ReportForm, answers: dict) -> HttpResponse:
    """Keep or send what came; where an answer has opened more questions, they come before it is sent."""
    more = {one.key for one in page.questions(answers)} - {one.key for one in form.questions}
    sends = "send" in request.POST and not more
    act = services.send if sends else services.save_draft
    try:
        with attempt():
            act(request.actor, page.course, page.month, answers)
    except ReportError as refused:
        form.take(refused)
        return _drawn(request, page, form, answers, 400)
    except OutreachError as refused:
        form.add_error(None, str(refused))
        return _drawn(request, page, form, answers, 400)
    if sends:
        messages.success(request, _("Indberetningen er sendt."))
        return redirect("outcomes:course", page.course.pk)
    messages.success(request, _("Der er flere spørgsmål nedenfor.") if more else _("Kladden er gemt."))
    return redirect("outcomes:report", page.course.pk, page.month.year, page.month.number)


@require_POST
def take_back(request: ActingRequest, course_id: UUID, year: int, number: int) -> HttpResponse:
    """Put a report that is in right."""
    page = _page(request, course_id, year, number)
    row = found_or_404(page.report)
    pressed(
        request,
        lambda: services.take_back(request.actor, row),
        _("Indberetningen er en kladde igen. Ret den, og send den."),
    )
    return redirect("outcomes:report", page.course.pk, year, number)


@require_safe
def paper(request: ActingRequest, course_id: UUID, year: int, number: int) -> HttpResponse:
    """The same questions on paper, with what the log knows (R-004-92)."""
    page = _page(request, course_id, year, number)
    look_at(request, page.course, part="report_paper")
    return as_pdf(papers.on_paper(page), _("indberetning"))


@either
def from_file(request: ActingRequest) -> HttpResponse:
    """Bring in answers from before."""
    leading_or_404(request)
    form = AnswersFileForm(request.POST or None, request.FILES or None)
    found: list[services.TakenIn] = []
    if request.method == "POST" and done(form, lambda: found.append(services.take_in(request.actor, form.table))):
        made = found[0].made
        messages.success(
            request,
            ngettext("%(made)s indberetning er kommet ind.", "%(made)s indberetninger er kommet ind.", made)
            % {"made": made},
        )
    record(request.actor, Act.LOOK, "reports", detail={"file": True})
    return render(
        request,
        "outcomes/from_file.html",
        {"form": form, "taken": found[0] if found else None},
        status=400 if form.errors else 200,
    )
