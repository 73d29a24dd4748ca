"""Turning away whoever acts in a post that a page is not for: 403, and a row in the log (house.md, The log)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.services import record_refusal
from samsvar.postgres.actor import Actor

View = Callable[..., HttpResponse]


def turn_away(actor: Actor, what: str, reason: str = "post") -> NoReturn:
    """Log that the actor was refused `what` (a subject kind of the log), and raise PermissionDenied."""
    record_refusal(actor, what, None, reason)
    raise PermissionDenied


def for_roles(what: str, *roles: str) -> Callable[[View], View]:
    """Mark a view that is for these roles alone; `what` names it in the log when somebody else is turned away."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.is_any(*roles):
                turn_away(request.actor, what)
            return view(request, *args, **kwargs)

        return guarded

    return guard
