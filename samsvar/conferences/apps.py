"""Floor 5: the conference of a Samarbejdsenhed, held at a meeting."""

from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    """Floor 5: the conference of a Samarbejdsenhed, held at a meeting."""

    name = "samsvar.conferences"
