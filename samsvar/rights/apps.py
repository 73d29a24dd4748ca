"""Floor 5: the citizen's rights, and the desk of the data protection officer who looks after them."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """Floor 5: the citizen's rights, and the desk of the data protection officer who looks after them."""

    name = "samsvar.rights"
