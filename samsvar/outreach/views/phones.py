"""The page that a phone keeps, what it asks for and sends, and the desk's list of phones."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samsvar.accounts.middleware import ActingRequest, actor_if_any, asks_by_itself
from samsvar.accounts.steps import either
from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.cases.views.steps import pressed
from samsvar.outreach import services
from samsvar.outreach.forms.courses import LogForm
from samsvar.outreach.forms.phones import PocketVisitForm
from samsvar.outreach.models import Phone, PhoneKind
from samsvar.outreach.models.courses import VISITS
from samsvar.outreach.roles import may_work
from samsvar.outreach.selectors import courses as course_selectors
from samsvar.outreach.selectors import phones as selectors
from samsvar.outreach.services import OutreachError, Visit
from samsvar.outreach.views.steps import working_or_404
from samsvar.outreach.words import team_settings
from samsvar.postgres.actor import Actor, attempt

# All that the page needs beside itself.
FILES = ("outreach/outreach.css", "outreach/pocket.css", "outreach/pocket.js")
ICONS = ("outreach/pocket-192.png", "outreach/pocket-512.png")
MOST_VISITS = 300


def _shell() -> str:
    """The page without anybody: the same for everyone who reads the language."""
    return render_to_string(
        "outreach/pocket.html",
        {
            "log": LogForm([]),
            "settings": team_settings(),
            "visits": json.dumps(VISITS),
            "demo": django_settings.DEMO,
            "idle": django_settings.SESSION_IDLE_SECONDS,
        },
    )


@lru_cache
def _sum_of_files() -> bytes:
    found = [finders.find(name) for name in FILES]
    return hashlib.sha256(b"".join(Path(str(path)).read_bytes() for path in found)).digest()


@require_safe
def pocket(request: ActingRequest) -> HttpResponse:
    """The page that a phone keeps. It holds no person; what it shows it fetches itself."""
    working_or_404(request)
    return HttpResponse(_shell())


@require_safe
def worker(request: ActingRequest) -> HttpResponse:
    """The service worker: it keeps the page and its files, and answers for nothing else."""
    shell = _shell()
    cache = hashlib.sha256(shell.encode() + _sum_of_files()).hexdigest()[:16]
    told = {"page": reverse("outreach:pocket"), "files": [static(name) for name in FILES], "cache": f"noter-{cache}"}
    script = render_to_string("outreach/pocket_worker.js", {"told": json.dumps(told)})
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
def manifest(request: ActingRequest) -> HttpResponse:
    """What a phone needs to put the page among its apps: a name that says nothing of whose work it is."""
    page = reverse("outreach:pocket")
    told = {
        "id": page,
        "name": _("Noter"),
        "short_name": _("Noter"),
        "start_url": page,
        "scope": page,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [
            {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
            for name, size in zip(ICONS, (192, 512), strict=True)
        ],
    }
    return HttpResponse(json.dumps(told), content_type="application/manifest+json")


@either
@actor_if_any
@asks_by_itself
def sync(request: HttpRequest) -> HttpResponse:
    """Asked: who is signed in here, and is this phone to be emptied. Sent: the visits, answered one by one."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if request.method != "POST":
        phone = _uuid(request.GET.get("telefon"))
        told: dict[str, Any] = {"gone": phone is not None and selectors.phone_gone(phone), "who": None}
        if actor:
            told |= {"who": str(actor.person_id), "works": may_work(actor), "X-CSRFToken": get_token(request)}
        return JsonResponse(told)
    if actor is None:
        return JsonResponse({"said": _("Log ind først.")}, status=403)
    body = _read(request)
    if body is None:
        return JsonResponse({"said": _("Det kan ikke læses.")}, status=400)
    phone_id, visits = body
    if not may_work(actor):
        return JsonResponse({"said": _("Du er ikke i en enhed, og listen er slettet her.")}, status=403)
    found = selectors.find_phone(actor, phone_id) if phone_id else None
    if phone_id and found is None:
        record_refusal(actor, "phone", phone_id, "not_in_reach")
        return JsonResponse({"gone": True})
    try:
        with attempt():
            held = services.contact(actor, found) if found else services.register_phone(actor, _kind(request))
    except OutreachError:
        record_refusal(actor, "phone", phone_id, "revoked")
        return JsonResponse({"gone": True})
    answers = [_written(actor, visit) for visit in visits]
    return JsonResponse({**_told(actor, held), "answers": answers})


def _told(actor: Actor, phone: Phone) -> dict[str, Any]:
    """The list that the phone keeps: names the worker chose, numbers, and nothing else."""
    given = selectors.pocket(actor)
    record(
        actor,
        Act.LOOK,
        "courses",
        partnership_id=phone.partnership_id,
        detail={"phone": str(phone.pk), "ids": [str(course.pk) for course in given.courses]},
    )
    return {
        "who": str(actor.person_id),
        "phone": str(phone.pk),
        "courses": [
            {"id": str(one.pk), "name": one.pseudonym, "number": one.number, "two": bool(one.not_alone)}
            for one in given.courses
        ],
        "team": [{"id": str(person), "name": initials} for person, initials in given.team],
    }


def _written(actor: Actor, said: dict[str, Any]) -> str:
    """Write one visit as the log's own page does. Gives nothing once it is there, else why it cannot be."""
    form = PocketVisitForm(said)
    if not form.is_valid():
        return _("Det kan ikke læses.") if "on" not in form.errors else _("Tidspunktet kan ikke passe.")
    course = course_selectors.find_course(actor, form.course_id())
    if course is None:
        record_refusal(actor, "course", form.course_id(), "not_in_reach")
        return _("Forløbet er ikke jeres mere.")
    data = form.cleaned_data
    visit = Visit(data["method"], data["rung"], data["partner"], data["alone"], on=data["on"])
    try:
        with attempt():
            services.log_attempt(actor, course, visit, data["sent"])
    except OutreachError as refused:
        return str(refused)
    return ""


def _read(request: HttpRequest) -> tuple[UUID | None, list[dict[str, Any]]] | None:
    """The phone's key, if it has one, and its visits. None for anything that no phone sends."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or not isinstance(visits := body.get("visits"), list) or len(visits) > MOST_VISITS:
        return None
    phone = body.get("phone")
    known = _uuid(phone) if isinstance(phone, str) else None
    if (phone is not None and known is None) or not all(isinstance(one, dict) for one in visits):
        return None
    return known, visits


def _uuid(said: str | None) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        return None


def _kind(request: HttpRequest) -> str:
    agent = request.headers.get("User-Agent", "")
    if "iPhone" in agent:
        return PhoneKind.IPHONE
    return PhoneKind.ANDROID if "Android" in agent else PhoneKind.OTHER


@require_safe
def phones(request: ActingRequest) -> HttpResponse:
    """The desk's list: which phones there are, and when each was last in contact."""
    working_or_404(request)
    return render(
        request,
        "outreach/phones.html",
        {"phones": selectors.phones(request.actor), "settings": team_settings()},
    )


@require_POST
def revoke(request: ActingRequest, phone_id: UUID) -> HttpResponse:
    """Remove a phone: it is emptied the next time it reaches the network."""
    found = selectors.find_phone(request.actor, phone_id)
    if found is None:
        record_refusal(request.actor, "phone", phone_id, "not_in_reach")
        raise Http404
    pressed(
        request,
        lambda: services.revoke_phone(request.actor, found),
        _("Telefonen er fjernet. Den bliver tømt, næste gang den har net."),
    )
    return redirect("outreach:phones")
