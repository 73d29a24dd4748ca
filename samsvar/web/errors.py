"""Error pages that need neither database nor login.

The root URL conf names `bad_request` as `handler400`; the other pages are found by Django through their template names.
"""

from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samsvar.forms.fields import without_forbidden

# What is read and thrown away of a body that is too large: a server that hangs up on a sender hides the answer.
DRAIN_LIMIT = 32 * 1024 * 1024
_CHUNK = 64 * 1024
_NEVER_SHOWN = {"csrfmiddlewaretoken", "password", "next"}


def _given_back(request: HttpRequest) -> list[str]:
    """The texts of an urlencoded form that was too large, up to the limit for a body; other bodies give nothing."""
    if request.content_type != "application/x-www-form-urlencoded":
        return []
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    kept = request.read(limit)
    drained = len(kept)
    while drained < DRAIN_LIMIT and (chunk := request.read(_CHUNK)):
        drained += len(chunk)
    # A percent sign cut in two at the end would show as garbage.
    body = kept.decode("utf-8", "replace")
    tail = body.rfind("%", len(body) - 2)
    if tail >= 0:
        body = body[:tail]
    texts = []
    for name, value in parse_qsl(body, encoding="utf-8", errors="replace"):
        if name not in _NEVER_SHOWN and "password" not in name and value.strip():
            texts.append(without_forbidden(value.replace("\r\n", "\n")))
    return texts


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 in general; 413 for a body over the limit, with what was written given back up to the limit."""
    if isinstance(exception, RequestDataTooBig):
        return render(
            request,
            "413.html",
            {"texts": _given_back(request), "limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE},
            status=413,
        )
    return render(request, "400.html", status=400)
