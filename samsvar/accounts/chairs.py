"""Acting in a post: the token that the database resolves to an actor.

The token is derived from the session key and the post with the server's own key. So nothing that lies in the database
can be used to act, and the token ends with the session.
"""

import hashlib
import hmac
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from samsvar.accounts import gate
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.postgres.actor import NotSignedIn, acting

SESSION_POST = "samsvar_post"


def token_of(session_key: str, post: UUID | str) -> str:
    """The actor token of a session acting in a post."""
    return hmac.new(settings.SECRET_KEY.encode(), f"actor|{session_key}|{post}".encode(), hashlib.sha256).hexdigest()


def open_actor(token: str, person_id: UUID, post_id: UUID) -> bool:
    """Let the holder of `token` act as this person in this post. False when the post is not theirs or has ended."""
    until = (timezone.now() + timedelta(seconds=settings.SESSION_MAX_SECONDS)).replace(microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "select actor_open(%s, %s, %s, %s, %s)",
            [token, person_id, post_id, until, gate.proof(token, person_id, post_id, until)],
        )
        return bool(cursor.fetchone()[0])


def close_actor(token: str) -> None:
    """End what this token could do."""
    with connection.cursor() as cursor:
        cursor.execute("select actor_close(%s)", [token])


def sit_down(request: HttpRequest, post_id: UUID, how: str = "login") -> bool:
    """Let the signed-in person act in one of the own posts, and log it. `how`: login, change, unlock, demo."""
    stand_up(request, "change")
    # A new key, since a token that has ended never lives again; and whoever knew the old cookie does not act.
    request.session.cycle_key()
    person, token = request.user.pk, token_of(request.session.session_key or "", post_id)
    if person is None or not open_actor(token, person, post_id):
        return False
    request.session[SESSION_POST] = str(post_id)
    with acting(token) as actor:
        record(actor, Act.SIGN_IN, "session", detail={"how": how})
    return True


def stand_up(request: HttpRequest, how: str = "logout") -> UUID | None:
    """Stop acting in the present post, if any; gives which one it was. `how`: logout, change, lock, lapsed."""
    post = request.session.pop(SESSION_POST, None)
    if not post or not request.session.session_key:
        return None
    token = token_of(request.session.session_key, post)
    try:
        with acting(token) as actor:
            record(actor, Act.SIGN_OUT, "session", detail={"how": how})
    except NotSignedIn:
        # The post has ended or the token has run out: there is nobody left to log.
        return UUID(post)
    close_actor(token)
    return UUID(post)


def request_token(request: HttpRequest) -> str | None:
    """The token of this request's session, or None when nobody acts in it."""
    post = request.session.get(SESSION_POST)
    if not post or not request.user.is_authenticated or not request.session.session_key:
        return None
    return token_of(request.session.session_key, post)
