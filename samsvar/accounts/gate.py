"""The proof that a login stands behind a session: the web server's key, told to the database once, at migrate.

Whoever has the application's database password alone (a leaked address, an injected statement) can therefore open no
session directly. Against one who writes another password and key into a person's own rows, and then logs in, it does
not help: login libraries must be able to write those. The database keeps the two halves of an HMAC key that is derived
from the server's key and opens nothing else.
"""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.backends.utils import CursorWrapper

_BLOCK = 64


def _key() -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), b"samsvar gate", hashlib.sha256).digest()


def proof(token: str, person_id: UUID, post_id: UUID, until: datetime) -> bytes:
    """32 bytes that `actor_open` asks for: HMAC of token, person, post and the second at which the session ends."""
    said = f"{token}|{person_id}|{post_id}|{int(until.timestamp())}"
    return hmac.new(_key(), said.encode(), hashlib.sha256).digest()


def install(cursor: CursorWrapper) -> None:
    """Tell the database the key; runs as the owner after each migrate. A command without the key changes nothing."""
    if settings.SECRET_KEY.startswith("only-for-set-up"):
        return
    block = _key().ljust(_BLOCK, b"\0")
    cursor.execute(
        "insert into accounts_gate (one, inner_pad, outer_pad) values (true, %s, %s)"
        " on conflict (one) do update set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
        [bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)],
    )
