"""Floor 5: how long things are kept, what is held back, and what is disposed of."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """Floor 5: how long things are kept, what is held back, and what is disposed of."""

    name = "samsvar.retention"
