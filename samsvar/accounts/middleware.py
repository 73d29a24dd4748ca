"""Every view runs as its actor, in one transaction, and a GET cannot write (house.md, A read travels)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from samsvar.accounts import kept, sessions
from samsvar.accounts.chairs import request_token, stand_up
from samsvar.postgres.actor import Actor, NotSignedIn, acting

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# What a page that asks by its clock says, where the view is marked for it.
BY_ITSELF = "X-By-Itself"
_READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "WITH", "DECLARE", "FETCH", "CLOSE")

# The library's pages that work in a locked session, and those with which a person gets the second key.
_WHILE_LOCKED = {"account_logout"}
_WITHOUT_SECOND_KEY = {"account_logout", "account_reauthenticate"}


class ActingRequest(HttpRequest):
    """A request inside a view: somebody acts in it."""

    actor: Actor


class WriteInGet(RuntimeError):
    """A view answered a GET by writing: a defect, never a user's fault."""


def _reads_only(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
    if not str(sql).lstrip(" (").upper().startswith(_READS):
        raise WriteInGet(sql)
    return execute(sql, params, many, context)


def without_actor(view: Callable) -> Callable:
    """Mark a view that works before anyone acts, in a locked session too: login, health, help, unlocking."""
    view.without_actor = True  # type: ignore[attr-defined]
    return view


def before_sitting_down(view: Callable) -> Callable:
    """Mark a view for a signed-in person who acts in no post yet: choosing a chair. Not in a locked session."""
    view.before_sitting_down = True  # type: ignore[attr-defined]
    return view


def actor_if_any(view: Callable) -> Callable:
    """Mark a view that everybody may see, as the one who acts or as nobody: help, the demonstration's chairs."""
    view.actor_if_any = True  # type: ignore[attr-defined]
    return view


def asks_by_itself(view: Callable) -> Callable:
    """Mark a view that a page also asks by its clock, and says so in a header: then the session goes on being idle.

    Elsewhere the header says nothing. Whoever sends it gains nothing: an asking without it counts as any page does.
    """
    view.asks_by_itself = True  # type: ignore[attr-defined]
    return view


class ActorMiddleware:
    """Runs the view inside `acting`. Must stand last: it calls the view itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponseBase | None:
        """Call the view as the session's actor.

        Views of libraries and those marked `without_actor` run by themselves. A form that comes too late is kept for
        the person who sent it, and offered again.
        """
        if getattr(view, "without_actor", False):
            return None
        if getattr(view, "actor_if_any", False) and not _may_act(request, view):
            return None
        if request.user.is_authenticated:
            turned_away = self._session_rules(request, view)
            if turned_away is not None:
                return turned_away
        if not _is_ours(view):
            return None
        if getattr(view, "before_sitting_down", False):
            return None if request.user.is_authenticated else _to_login(request)
        token = request_token(request)
        if token is None:
            return _to_chairs(request) if request.user.is_authenticated else _to_login(request)
        try:
            with acting(token) as actor:
                request.actor = actor  # type: ignore[attr-defined]
                if request.method in SAFE_METHODS:
                    with connection.execute_wrapper(_reads_only):
                        return _rendered(view(request, *args, **kwargs))
                return _rendered(view(request, *args, **kwargs))
        except NotSignedIn:
            _keep(request, view)
            stand_up(request, "lapsed")
            return None if getattr(view, "actor_if_any", False) else _to_chairs(request)

    def _session_rules(self, request: HttpRequest, view: Callable) -> HttpResponseBase | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        state = _look_at(request, view)
        if state is sessions.State.OVER:
            _keep(request, view)
            sessions.end(request, "lapsed")
            return _to_login(request)
        if state is sessions.State.LOCKED and name not in _WHILE_LOCKED:
            _keep(request, view)
            return _turn_to(request, f"{reverse('accounts:unlock')}?{_next(request)}")
        may_fetch_key = name in _WITHOUT_SECOND_KEY or (name or "").startswith("mfa_") or _shows_the_way(view)
        if state is sessions.State.OPEN and not may_fetch_key and not sessions.has_second_key(request):
            return _turn_to(request, reverse("accounts:second_key"))
        return None


def _may_act(request: HttpRequest, view: Callable) -> bool:
    return request_token(request) is not None and _look_at(request, view) is sessions.State.OPEN


def _look_at(request: HttpRequest, view: Callable) -> sessions.State:
    by_itself = getattr(view, "asks_by_itself", False) and BY_ITSELF in request.headers
    return sessions.look_at(request, by_itself=by_itself)


def _is_ours(view: Callable) -> bool:
    inner = getattr(view, "view_class", view)
    return inner.__module__.startswith("samsvar.")


def _shows_the_way(view: Callable) -> bool:
    return getattr(view, "shows_the_way_to_a_key", False)


def _keep(request: HttpRequest, view: Callable) -> None:
    if request.method == "POST" and _is_ours(view):
        kept.keep(request.user.pk, request.get_full_path(), kept.fields_of(request), sent=True)  # type: ignore[arg-type]


def _next(request: HttpRequest) -> str:
    # The answer to a form is no page to come back to.
    return urlencode({"next": request.get_full_path() if request.method in SAFE_METHODS else "/"})


def _turn_to(request: HttpRequest, url: str) -> HttpResponseBase:
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)


def _to_login(request: HttpRequest) -> HttpResponseBase:
    back = request.get_full_path() if request.method in SAFE_METHODS else "/"
    return _turn_to(request, redirect_to_login(back).url)


def _to_chairs(request: HttpRequest) -> HttpResponseBase:
    return _turn_to(request, f"{reverse('accounts:chairs')}?{_next(request)}")


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Templates read the database too, so they are rendered while the actor still acts."""
    if isinstance(response, SimpleTemplateResponse):
        return response.render()
    return response
