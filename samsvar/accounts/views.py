"""Choosing a chair, locking and unlocking, what was kept, and the demonstration's chairs."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts import kept, posts, sessions
from samsvar.accounts.chairs import SESSION_POST, sit_down, stand_up
from samsvar.accounts.forms import ReauthenticateByCodeForm, ReauthenticateForm
from samsvar.accounts.middleware import ActingRequest, actor_if_any, before_sitting_down, without_actor

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Which kept form was half written when the session was locked.
DRAFT = "samsvar_draft"


def _back(request: HttpRequest, fallback: str = "/") -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else fallback


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_GET
@before_sitting_down
def chairs(request: HttpRequest) -> HttpResponse:
    """The posts one may act in. A person with two posts acts in one at a time."""
    own = posts.posts_of(request.user.pk)  # type: ignore[arg-type]
    return render(
        request,
        "accounts/chairs.html",
        {"posts": own, "next": _back(request), "sits_in": _uuid(request.session.get(SESSION_POST, ""))},
    )


@require_POST
@before_sitting_down
def sit(request: HttpRequest) -> HttpResponse:
    """Act in one of the own posts from now on."""
    post = _uuid(request.POST.get("post", ""))
    if post is None or not sit_down(request, post, "change"):
        raise Http404
    return HttpResponseRedirect(_back(request))


@require_GET
@before_sitting_down
def second_key(request: HttpRequest) -> HttpResponse:
    """Why a second key is needed, and the two ways to get one."""
    if sessions.has_second_key(request):
        return redirect("mfa_index")
    return render(request, "accounts/second_key.html")


second_key.shows_the_way_to_a_key = True  # type: ignore[attr-defined]


@require_POST
@without_actor
def lock(request: HttpRequest) -> HttpResponse:
    """Lock this session at once. What stood half written on the page comes along and is kept for the same person."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    path = _back(request)
    names, values = request.POST.getlist("draft_name"), request.POST.getlist("draft_value")
    draft = kept.keep(request.user.pk, path, list(zip(names, values, strict=False)), sent=False) if names else None
    if sessions.LOCKED not in request.session:
        sessions.lock(request)
    request.session[DRAFT] = str(draft) if draft else ""
    return redirect(f"{reverse('accounts:unlock')}?{_as_query(path)}")


def _as_query(path: str) -> str:
    return urlencode({"next": path})


@require_http_methods(["GET", "POST"])
@without_actor
def unlock(request: HttpRequest) -> HttpResponse:
    """Open the own locked session: password, a code, or a passkey; in the demonstration a click for its people."""
    person = request.user
    if not person.is_authenticated:
        return redirect("account_login")
    if sessions.LOCKED not in request.session:
        return HttpResponseRedirect(_back(request))
    one_click = bool(settings.DEMO and request.session.get(sessions.DEMO))
    by_password = ReauthenticateForm(user=person, **_given(request, "password"))
    by_code = ReauthenticateByCodeForm(user=person, prefix=None, **_given(request, "code"))
    by_passkey = ReauthenticateWebAuthnForm(user=person, **_given(request, "credential"))
    if request.method == "POST":
        proven = one_click and "one_click" in request.POST
        for form in (by_password, by_code, by_passkey):
            proven = proven or (form.is_bound and form.is_valid())
        if proven:
            return _opened(request)
    kinds = sessions.kinds_of_key(person.pk)
    context: dict[str, Any] = {
        "person": person,
        "kept": bool(request.session.get(DRAFT)),
        "next": _back(request),
        "one_click": one_click,
        "by_password": by_password if person.has_usable_password() and not one_click else None,
        "by_code": by_code if Authenticator.Type.TOTP in kinds else None,
        "by_passkey": None,
    }
    if Authenticator.Type.WEBAUTHN in kinds:
        context["by_passkey"] = by_passkey
        context["passkey_data"] = {"request_options": passkeys.begin_authentication(person)}
    return render(request, "accounts/unlock.html", context)


def _given(request: HttpRequest, field: str) -> dict[str, Any]:
    return {"data": request.POST} if request.method == "POST" and field in request.POST else {}


def _opened(request: HttpRequest) -> HttpResponse:
    draft = request.session.pop(DRAFT, "")
    target = _back(request)
    if not sessions.unlock(request):
        return redirect(f"{reverse('accounts:chairs')}?{_as_query(target)}")
    if draft:
        return HttpResponseRedirect(f"{target}#gemt-{draft}")
    if kept.has_kept(request.user.pk):  # type: ignore[arg-type]
        return redirect("accounts:kept")
    return HttpResponseRedirect(target)


@require_POST
@without_actor
def switch(request: HttpRequest) -> HttpResponse:
    """Another person takes the machine: the first is signed out, and what was kept for the first stays kept."""
    if request.user.is_authenticated:
        sessions.end(request)
    return redirect("account_login")


@require_GET
def kept_forms(request: ActingRequest) -> HttpResponse:
    """What the person was sending or writing when the session lapsed or was locked."""
    return render(request, "accounts/kept.html", {"kept": kept.kept_of(request.actor)})


@require_GET
def kept_fields(request: ActingRequest, row_id: UUID) -> HttpResponse:
    """One kept form's fields, with which the page's script fills the form again."""
    row = kept.one_kept(request.actor, row_id)
    if row is None:
        raise Http404
    return JsonResponse({"fields": row.fields})


@require_POST
def kept_drop(request: ActingRequest, row_id: UUID) -> HttpResponse:
    """Throw a kept form away."""
    if not kept.drop(request.actor, row_id):
        raise Http404
    return redirect("accounts:kept")


@require_GET
@actor_if_any
def demo_chairs(request: HttpRequest) -> HttpResponse:
    """Everybody one can be in the demonstration, grouped by partnership and authority."""
    if not settings.DEMO:
        raise Http404
    return render(request, "accounts/demo_chairs.html", {"partnerships": _grouped(posts.demo_chairs())})


def _grouped(everybody: list[posts.DemoChair]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "authorities": [
                {"name": authority, "chairs": list(chairs_)}
                for (_, authority), chairs_ in groupby(rows, key=lambda row: (row.authority_id, row.authority_name))
            ],
        }
        for (_, name), rows in groupby(everybody, key=lambda row: (row.partnership_id, row.partnership_name))
    ]


@require_POST
@without_actor
def demo_sit(request: HttpRequest) -> HttpResponse:
    """Become one of the demonstration's people in one of their posts, by one click."""
    if not settings.DEMO:
        raise Http404
    wanted = _uuid(request.POST.get("post", ""))
    chair = next((chair for chair in posts.demo_chairs() if chair.post_id == wanted), None)
    person = posts.person_of(chair) if chair else None
    if chair is None or person is None:
        raise Http404
    stand_up(request, "change")
    if request.user.is_authenticated:
        sessions.end(request, "change")
    login(request, person, backend=BACKEND)
    sessions.arrive(request, demo=True)
    sit_down(request, chair.post_id, "demo")
    return HttpResponseRedirect(_back(request))
