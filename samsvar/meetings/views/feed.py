"""Where somebody makes and ends the address of the own calendar, and what a calendar program fetches there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.middleware import ActingRequest, without_actor
from samsvar.meetings.services import feeds


@require_http_methods(["GET", "HEAD", "POST"])
def own_feed(request: ActingRequest) -> HttpResponse:
    """The own calendar address: what it is, a new one, no more of it. A new one is shown once, in the answer."""
    address = feeds.make(request.actor) if request.method == "POST" else ""
    return render(request, "meetings/feed.html", {"feed": feeds.feed_of(request.actor), "address": address})


@require_POST
def stop_feed(request: ActingRequest) -> HttpResponse:
    """End the own calendar address."""
    feeds.stop(request.actor)
    messages.success(request, _("Adressen er stoppet. Din kalender henter ikke flere møder."))
    return redirect("meetings:own_feed")


@without_actor
@never_cache
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program fetches: hours, places and groups."""
    found = feeds.calendar(token)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="text/calendar; charset=utf-8")
