"""How long a session lasts, when it locks itself, and whether the person has a second key (house.md; proof.md).

A session is open, locked (by the person, or after an idle while) or over (after a long shift). A locked one still knows
whose it is and in which post, but nobody acts in it.
"""

import time
from enum import Enum
from uuid import UUID

from allauth.account.internal.flows.logout import logout as allauth_logout
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from samsvar.accounts.chairs import sit_down, stand_up
from samsvar.accounts.posts import posts_of

BEGAN = "samsvar_began"
SEEN = "samsvar_seen"
LOCKED = "samsvar_locked"
KEYED = "samsvar_keyed"
DEMO = "samsvar_demo"
# The last moment is written no more often than this, since each writing is a row in the database.
_SEEN_STEP_SECONDS = 60


class State(Enum):
    """Where a session stands when a request arrives."""

    OPEN = "open"
    LOCKED = "locked"
    OVER = "over"


def arrive(request: HttpRequest, *, demo: bool = False) -> None:
    """The person has just signed in: the session begins, and with one post alone one sits down in it."""
    now = int(time.time())
    request.session[BEGAN] = request.session[SEEN] = now
    request.session.pop(LOCKED, None)
    if demo:
        request.session[DEMO] = True
        return
    posts = posts_of(request.user.pk)  # type: ignore[arg-type]
    if len(posts) == 1:
        sit_down(request, posts[0].id)


def look_at(request: HttpRequest, *, by_itself: bool = False) -> State:
    """What a request finds; an idle session locks here, and one that has lasted too long is over.

    `by_itself`: a page asked, and not the person: it does not put the lock off.
    """
    now = int(time.time())
    began = request.session.get(BEGAN)
    if began is None:
        # Signed in by other means than a login page: counted from now.
        request.session[BEGAN] = request.session[SEEN] = began = now
    if now - began > settings.SESSION_MAX_SECONDS:
        return State.OVER
    if LOCKED in request.session:
        return State.LOCKED
    seen = request.session.get(SEEN, now)
    if now - seen > settings.SESSION_IDLE_SECONDS:
        lock(request, "idle")
        return State.LOCKED
    if now - seen >= _SEEN_STEP_SECONDS and not by_itself:
        request.session[SEEN] = now
    return State.OPEN


def lock(request: HttpRequest, how: str = "lock") -> None:
    """Nobody acts in this session until the person opens it again."""
    post = stand_up(request, how)
    request.session[LOCKED] = str(post) if post else ""


def unlock(request: HttpRequest) -> bool:
    """The person has proven to be back: sit down in the same post. False when that post is no longer there."""
    post = request.session.pop(LOCKED, "")
    request.session[SEEN] = int(time.time())
    return bool(post) and sit_down(request, UUID(post), "unlock")


def end(request: HttpRequest, how: str = "logout") -> None:
    """Sign out; nothing of the session is left."""
    stand_up(request, how)
    allauth_logout(request, show_message=False)


def kinds_of_key(person_id: UUID) -> set[str]:
    """Which kinds of second key the person has, as allauth names them."""
    return set(Authenticator.objects.filter(user_id=person_id).values_list("type", flat=True))


def has_second_key(request: HttpRequest) -> bool:
    """Whether the person has an authenticator app or a passkey. In the demonstration the one-click people need none."""
    if request.session.get(KEYED) or (settings.DEMO and request.session.get(DEMO)):
        return True
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    if not Authenticator.objects.filter(user_id=request.user.pk, type__in=kinds).exists():
        return False
    request.session[KEYED] = True
    return True
