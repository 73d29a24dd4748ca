"""Floor 6: the tovholder, and all that hangs on the network of one citizen."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """Floor 6: the tovholder, and all that hangs on the network of one citizen."""

    name = "samsvar.coordination"
