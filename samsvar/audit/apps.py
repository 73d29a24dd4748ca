"""Floor 1: who looked, who did."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Floor 1: who looked, who did."""

    name = "samsvar.audit"
