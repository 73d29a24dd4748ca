"""Floor 2: what people look up."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Floor 2: what people look up."""

    name = "samsvar.directory"
