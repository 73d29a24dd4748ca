"""Floor 4: from a concern to the door."""

from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Floor 4: from a concern to the door."""

    name = "samsvar.cases"

    def ready(self) -> None:
        """Tell partnerships, two floors down, what passes on in cases when a member leaves."""
        import_module("samsvar.cases.services.handover")
