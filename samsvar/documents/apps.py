"""Floor 2: papers that leave."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Floor 2: papers that leave. No tables; an app for the sake of its English texts."""

    name = "samsvar.documents"
