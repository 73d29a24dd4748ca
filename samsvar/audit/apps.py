"""Floor 1: who looked, who did."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Floor 1: who looked, who did."""

    name = "samsvar.audit"

    def ready(self) -> None:
        """From now on what is done in a transaction is logged in it."""
        from samsvar.audit.services import write_rows
        from samsvar.postgres.actor import log_is_written_by

        log_is_written_by(write_rows)
