"""Floor 5: the conference of a Samarbejdsenhed, held at a meeting."""

from importlib import import_module

from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    """Floor 5: the conference of a Samarbejdsenhed, held at a meeting."""

    name = "samsvar.conferences"

    def ready(self) -> None:
        """Tell the meeting room, beside this one, whom its texts must not name."""
        naming = import_module("samsvar.meetings.services.naming")
        naming.refuses(import_module("samsvar.conferences.services").refuse_named)
