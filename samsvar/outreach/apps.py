"""Floor 4: courses of outreach, from an inquiry to a hand-over."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Floor 4: courses of outreach, from an inquiry to a hand-over."""

    name = "samsvar.outreach"

    def ready(self) -> None:
        """Read the phase models and the profiles at once: an installation with a hole in them does not start."""
        from samsvar.outreach.words import phase_models, profiles

        phase_models()
        profiles()
