"""Floor 3: the wall and the door."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Floor 3: the wall and the door."""

    name = "samsvar.sharing"
