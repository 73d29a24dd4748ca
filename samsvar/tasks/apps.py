"""Floor 1: what someone must do, reminders."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Floor 1: what someone must do, reminders."""

    name = "samsvar.tasks"
