"""The moment at which a step of the demonstration happens (docs/decisions/0020). Used in this package alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic

from django.db import connection
from django.utils import timezone

_real_now = timezone.now


@contextmanager
def happening(moment: datetime) -> Iterator[None]:
    """Let the services write that it is `moment`, an aware datetime; time goes on from there while the step runs."""
    began = monotonic()
    setattr(timezone, "now", lambda: moment + timedelta(seconds=monotonic() - began))  # noqa: B010 - mypy
    _tell_database(moment.isoformat())
    try:
        yield
    finally:
        setattr(timezone, "now", _real_now)  # noqa: B010 - mypy
        _tell_database("")


def _tell_database(moment: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('samsvar.clock', %s, false)", [moment])
