"""Sessions in the database, under a sum of their key: who can read the table cannot become anybody.

The library keeps the very key that stands in the cookie.
"""

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

_LENGTH = Session._meta.pk.max_length


def stored(session_key: str) -> str:
    """What the table holds in place of a key: 160 bits of an HMAC by the server's own key."""
    return hmac.new(settings.SECRET_KEY.encode(), f"session|{session_key}".encode(), hashlib.sha256).hexdigest()[
        :_LENGTH
    ]


class SessionStore(DatabaseStore):
    """The library's store, asked for and written under the sum of the key.

    What lies in a row is signed for its own key: laid into another's row it is nothing, so that whoever can write the
    table cannot become somebody who is signed in.
    """

    @property
    def key_salt(self) -> str:
        """What a row's content is signed with, besides the server's key."""
        return f"samsvar.session|{self.session_key}"

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        if self.session_key is None:
            return None
        found = Session.objects.filter(session_key=stored(self.session_key), expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        return super().exists(stored(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row to be written."""
        row = super().create_model_instance(data)
        row.session_key = stored(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Remove a session; this one unless told."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(stored(key))
