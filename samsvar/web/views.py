"""Mit bord, the log, and pages of the shell itself: help, language, health."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest, actor_if_any, without_actor
from samsvar.audit.models import Act
from samsvar.audit.selectors import Checked, Filters, chain, check_chain, log_rows
from samsvar.audit.services import record, record_refusal
from samsvar.tasks.services import tick_off
from samsvar.web import selectors
from samsvar.web.log import LogForm, described, people_of_log

LOG_PER_PAGE = 50
LOG_MOST_PAGES = 1000
A_YEAR = 60 * 60 * 24 * 365


@require_GET
def desk(request: ActingRequest) -> HttpResponse:
    """What needs me now, in order; empty is a good state."""
    actor = request.actor
    found = selectors.desk(actor, request.GET.get("vis", ""))
    if found.case_ids or found.subject_ids:
        record(actor, Act.LOOK, "desk", detail={"cases": found.case_ids, "subjects": found.subject_ids})
    return render(request, "web/desk.html", {"desk": found})


@require_POST
def task_done(request: ActingRequest, task_id: UUID) -> HttpResponse:
    """Take a task off the table; one that ends by an act of its own stays."""
    if not tick_off(request.actor, task_id):
        raise Http404
    messages.success(request, _("Det er gjort, og det er væk fra bordet."))
    return redirect("web:desk")


@require_GET
def log(request: ActingRequest) -> HttpResponse:
    """The log of the own authority, for its data protection officer."""
    return _log_page(request)


def _side(request: ActingRequest) -> int:
    """Which page of the log; a log has too many rows to be counted for a page."""
    given = request.GET.get("side", "1")
    return min(max(int(given), 1), LOG_MOST_PAGES) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def _other_side(request: ActingRequest, side: int) -> str:
    query = request.GET.copy()
    query["side"] = str(side)
    return f"?{query.urlencode()}"


def _log_page(request: ActingRequest, checked: Checked | None = None) -> HttpResponse:
    actor = request.actor
    if not actor.is_any("dpo"):
        record_refusal(actor, "log", None, "post")
        raise PermissionDenied
    form = LogForm(request.GET or None, people=people_of_log(actor))
    filters = form.filters() if form.is_valid() else Filters()
    side = _side(request)
    rows = list(log_rows(actor, filters)[(side - 1) * LOG_PER_PAGE : side * LOG_PER_PAGE + 1])
    shown = rows[:LOG_PER_PAGE]
    record(actor, Act.SEARCH, "log", detail={"rows": len(shown), **form.searched()})
    return render(
        request,
        "web/log.html",
        {
            "form": form,
            "entries": described(actor, shown),
            "newer": _other_side(request, side - 1) if side > 1 else "",
            "older": _other_side(request, side + 1) if len(rows) > LOG_PER_PAGE else "",
            "chain": chain(actor),
            "checked": checked,
        },
        status=400 if form.is_bound and not form.is_valid() else 200,
    )


@require_POST
def log_check(request: ActingRequest) -> HttpResponse:
    """Walk through the own authority's chain now."""
    actor = request.actor
    if not actor.is_any("dpo"):
        record_refusal(actor, "log", None, "post")
        raise PermissionDenied
    record(actor, Act.ADMINISTER, "chain", actor.authority_id)
    return _log_page(request, check_chain(actor))


@require_GET
@actor_if_any
def help_page(request: HttpRequest) -> HttpResponse:
    """What Samsvar is, how to move about, and that it is no emergency service."""
    return render(request, "web/help.html")


@require_POST
@without_actor
def language(request: HttpRequest) -> HttpResponse:
    """Remembers the chosen language in a cookie and goes back to the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = request.POST.get("language")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_GET
@without_actor
def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, else 503; for a load balancer, says nothing more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("down\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
