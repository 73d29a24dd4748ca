"""Floor 5: meetings, their cases and decisions."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Floor 5: meetings, their cases and decisions."""

    name = "samsvar.meetings"
