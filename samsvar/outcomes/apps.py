"""Floor 5: reports of courses by the form of the room of instruments, and what changed for whom."""

from importlib import import_module

from django.apps import AppConfig

from samsvar.instruments.instrument import instrument


class OutcomesConfig(AppConfig):
    """Floor 5: reports of courses by the form of the room of instruments, and what changed for whom."""

    name = "samsvar.outcomes"

    def ready(self) -> None:
        """Read the form at once: an installation with a hole in it does not start. Courses know their months."""
        instrument()
        # Later than this file is read: a room's tables are known once every room is.
        reported = import_module("samsvar.outreach.selectors.reported")
        reported.reports_are_read_by(import_module("samsvar.outcomes.selectors.months").ReportedMonths())
