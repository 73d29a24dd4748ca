"""Telling the whole world, once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import translation

from samsvar.demo.names import invented_names
from samsvar.demo.places import PLACES
from samsvar.demo.setting import is_set_up, scene_of, set_up
from samsvar.demo.stories import tell_of
from samsvar.postgres.urls import database_from_url


def play(owner_url: str = "") -> None:
    """Set the four places up and tell their stories; a place that is there already is left alone.

    Setting up is the owner's work, since nobody can act before the first authority is there; `owner_url` is the owner's
    address, and needed only then. The stories are told as the application, with the row policies on.
    """
    if not settings.DEMO:
        raise RuntimeError("the demonstration's world is told in a demonstration only")
    with translation.override("da"):
        missing = [place for place in PLACES if not is_set_up(place)]
        if missing:
            names = invented_names("people")
            with _as_owner(owner_url), transaction.atomic():
                for place in missing:
                    set_up(place, names)
        with connection.cursor() as cursor:
            # A told world that is lost is told again: no need to wait for the disk at each step.
            cursor.execute("set synchronous_commit = off")
        for place in missing:
            tell_of(scene_of(place))
        with connection.cursor() as cursor:
            cursor.execute("reset synchronous_commit")


@contextmanager
def _as_owner(owner_url: str) -> Iterator[None]:
    """Let Django's connection be the owner's for a while."""
    kept = dict(settings.DATABASES["default"])
    connections["default"].close()
    settings.DATABASES["default"].update(_place(database_from_url(owner_url)))
    try:
        yield
    finally:
        connections["default"].close()
        settings.DATABASES["default"].update(_place(kept))


def _place(database: dict) -> dict:
    return {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
