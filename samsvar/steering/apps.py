"""Floor 6: what those who steer agree on, ask themselves and see, without any person."""

from django.apps import AppConfig


class SteeringConfig(AppConfig):
    """Floor 6: what those who steer agree on, ask themselves and see, without any person."""

    name = "samsvar.steering"
