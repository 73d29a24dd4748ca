"""A cache in a table of our own, for the few small values that all web processes must share: counts of attempts.

Django's database cache pickles its values, so that whoever can write the table could run code; this one holds JSON.
"""

import json
import random
from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone

_SWEEP_ONE_IN = 200


class TableCache(BaseCache):
    """Keys up to 250 characters, JSON values, on the application's connection. `add` is atomic, so it can be a lock."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _until(self, timeout: Any) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        # Nothing is kept for ever here: a value without an end ends in a month.
        return timezone.now() + timedelta(seconds=float(seconds) if isinstance(seconds, int | float) else 30 * 86400)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or `default` when there is none or its time is up."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select value from accounts_cacherow where key = %s and expires_at > now()",
                [self.make_and_validate_key(key, version=version)],
            )
            row = cursor.fetchone()
        return json.loads(row[0]) if row else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value, in place of what was there."""
        self._write(key, value, timeout, version, only_over=False)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value unless there is one. Of many at once exactly one gets True."""
        return self._write(key, value, timeout, version, only_over=True)

    def _write(self, key: str, value: Any, timeout: Any, version: int | None, *, only_over: bool) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into accounts_cacherow (key, value, expires_at) values (%s, %s, %s) on conflict (key) do update"
                " set value = excluded.value, expires_at = excluded.expires_at"
                " where not %s or accounts_cacherow.expires_at <= now() returning key",
                [
                    self.make_and_validate_key(key, version=version),
                    json.dumps(value),
                    self._until(timeout),
                    only_over,
                ],
            )
            written = cursor.fetchone() is not None
            if random.randrange(_SWEEP_ONE_IN) == 0:  # noqa: S311 - housekeeping, not a secret
                cursor.execute("delete from accounts_cacherow where expires_at <= now()")
        return written

    def delete(self, key: str, version: int | None = None) -> bool:
        """Throw a value away; whether there was one."""
        with connection.cursor() as cursor:
            cursor.execute(
                "delete from accounts_cacherow where key = %s", [self.make_and_validate_key(key, version=version)]
            )
            return bool(cursor.rowcount)

    def clear(self) -> None:
        """Throw every value away."""
        with connection.cursor() as cursor:
            cursor.execute("delete from accounts_cacherow")
