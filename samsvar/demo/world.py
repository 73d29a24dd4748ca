"""Telling the whole world, once."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from django.conf import settings
from django.db import connections, transaction
from django.utils import translation

from samsvar.demo import part
from samsvar.demo.names import invented_names
from samsvar.demo.places import EVERYWHERE
from samsvar.demo.setting import is_set_up, set_up
from samsvar.outcomes import jobs as outcome_jobs
from samsvar.outreach import jobs as outreach_jobs
from samsvar.postgres.urls import database_from_url
from samsvar.tasks.caretaking import ALIAS as CARETAKER

SECONDS = 1800


def play(owner_url: str = "") -> None:
    """Set the places up and tell their stories; a place that is there already is left alone.

    Setting up is the owner's work, since nobody can act before the first authority is there; `owner_url` is the owner's
    address, and needed only then. The stories are told as the application, with the row policies on, each place in a
    process of its own, as they have nothing in common.
    """
    if not settings.DEMO:
        raise RuntimeError("the demonstration's world is told in a demonstration only")
    missing = [place for place in EVERYWHERE if not is_set_up(place)]
    if not missing:
        return
    names = invented_names("people")
    with translation.override("da"), _as_owner(owner_url), transaction.atomic():
        scenes = [set_up(place, names) for place in missing]
    database = _place(settings.DATABASES["default"])
    with ProcessPoolExecutor(len(scenes), multiprocessing.get_context("spawn")) as tellers:
        telling = [tellers.submit(part.tell, scene.place.name, scene.facts(), database) for scene in scenes]
        for told in telling:
            told.result(timeout=SECONDS)
    if CARETAKER in connections.settings:
        # What comes once a day would else be on nobody's desk before tomorrow. The other jobs come within the hour.
        for job in (outreach_jobs.remind, outcome_jobs.remind):
            job(0)


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


def _place(database: dict) -> dict[str, str]:
    return {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
