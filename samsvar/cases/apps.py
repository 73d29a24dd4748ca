"""Floor 4: from a concern to the door."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Floor 4: from a concern to the door."""

    name = "samsvar.cases"
