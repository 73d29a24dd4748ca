"""Mit bord, and pages of the shell itself: help, language, health."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsvar.accounts.middleware import ActingRequest, actor_if_any, without_actor
from samsvar.accounts.posts import practice_chairs
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.tasks.services import tick_off
from samsvar.web import selectors

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
@actor_if_any
def help_page(request: HttpRequest) -> HttpResponse:
    """What Samsvar is, how to move about, and that it is no emergency service."""
    return render(request, "web/help.html")


@require_GET
@actor_if_any
def exercises(request: HttpRequest) -> HttpResponse:
    """What to try first, where every case is invented (R-000-148): with real cases there is no such page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "web/exercises.html", {"chairs": practice_chairs()})


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
