"""Floor 2: the vault of identities."""

from django.apps import AppConfig


class CitizensConfig(AppConfig):
    """Floor 2: the vault of identities."""

    name = "samsvar.citizens"
