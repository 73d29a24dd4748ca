"""Error pages that need neither database nor login, and that give back what was typed.

The root URL conf names `bad_request` as `handler400` and `server_error` as `handler500`, the settings name
`csrf_failure`; Django finds the other pages through their template names.
"""

import logging
from collections.abc import Iterable
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from samsvar.forms.fields import one_kind_of_line_break, without_forbidden

log = logging.getLogger(__name__)

# What is read and thrown away of a body that is too large: a server that hangs up on a sender hides the answer.
DRAIN_LIMIT = 32 * 1024 * 1024
_CHUNK = 64 * 1024
# Never shown again: they are secrets, or nobody typed them.
_HIDDEN = ("csrf", "password", "code", "next", "token")


def _texts(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [
        without_forbidden(one_kind_of_line_break(value))
        for name, value in pairs
        if value.strip() and not any(part in name.lower() for part in _HIDDEN)
    ]


def _typed(request: HttpRequest) -> list[str]:
    """The texts of a form that has been read already."""
    return _texts((name, value) for name, values in request.POST.lists() for value in values)


def _given_back(request: HttpRequest) -> list[str]:
    """The texts of an urlencoded form that was too large, up to the limit for a body; other bodies give nothing."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    kept = request.read(limit)
    drained = len(kept)
    while drained < DRAIN_LIMIT and (chunk := request.read(_CHUNK)):
        drained += len(chunk)
    if request.content_type != "application/x-www-form-urlencoded":
        return []
    # A character in percent code that was cut in two at the end would show as garbage.
    body = kept.decode("utf-8", "replace")
    cut = body.rfind("%", len(body) - 2)
    return [text.rstrip("\ufffd") for text in _texts(parse_qsl(body[:cut] if cut >= 0 else body))]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 in general; 413 for a body over the limit, with what was written given back up to the limit."""
    if not isinstance(exception, RequestDataTooBig):
        return render(request, "400.html", status=400)
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return render(request, "413.html", {"texts": _given_back(request), "limit": limit}, status=413)


def wrong_method(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """405: whoever opens the address of a button (a reload, a bookmark) is led to the page above, where the button is.

    Only the address decides, so that nobody learns whether the row it names is there. What was sent to an address that
    takes nothing is given back.
    """
    if request.method in {"GET", "HEAD"}:
        return redirect(page_above(request.path_info))
    answer = render(request, "405.html", {"texts": _typed(request)}, status=405)
    answer.headers["Allow"] = refused.headers.get("Allow", "")
    return answer


def page_above(path: str) -> str:
    """The nearest address above this one that is in the URL conf; at the top, Mit bord."""
    while path not in {"", "/"}:
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a page that was open too long, with what was written."""
    return render(request, "403_csrf.html", {"texts": _typed(request)}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 for a fault of ours, with what was written; needs no session, actor or database."""
    texts: list[str] = []
    try:
        texts = _typed(request)
    except Exception:
        # The fault may lie in the body itself, and this page must come whatever happens.
        log.exception("the posted text could not be given back")
    return HttpResponse(render_to_string("500.html", {"texts": texts}), status=500)
