"""Every view runs as its actor, in one transaction, and a GET cannot write (house.md, A read travels)."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

from samsvar.accounts.chairs import request_token, stand_up
from samsvar.postgres.actor import Actor, NotSignedIn, acting

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "WITH", "DECLARE", "FETCH", "CLOSE")


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
    """Mark a view that works before anyone acts: login, health, help."""
    view.without_actor = True  # type: ignore[attr-defined]
    return view


class ActorMiddleware:
    """Runs the view inside `acting`. Must stand last: it calls the view itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponseBase | None:
        """Call the view as the session's actor; libraries' views and those marked `without_actor` run by themselves."""
        if getattr(view, "without_actor", False) or not _is_ours(view):
            return None
        token = request_token(request)
        if token is None:
            return redirect_to_login(request.get_full_path())
        try:
            with acting(token) as actor:
                request.actor = actor  # type: ignore[attr-defined]
                if request.method in SAFE_METHODS:
                    with connection.execute_wrapper(_reads_only):
                        return _rendered(view(request, *args, **kwargs))
                return _rendered(view(request, *args, **kwargs))
        except NotSignedIn:
            stand_up(request)
            return redirect_to_login(request.get_full_path())


def _is_ours(view: Callable) -> bool:
    inner = getattr(view, "view_class", view)
    return inner.__module__.startswith("samsvar.")


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Templates read the database too, so they are rendered while the actor still acts."""
    return response.render() if isinstance(response, SimpleTemplateResponse) else response
