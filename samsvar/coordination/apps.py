"""Floor 6: the tovholder, and all that hangs on the network of one citizen."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """Floor 6: the tovholder, and all that hangs on the network of one citizen."""

    name = "samsvar.coordination"

    def ready(self) -> None:
        """Read the agreements at once: an installation with a hole in them does not start."""
        from samsvar.coordination.selectors.agreed import in_use

        in_use()
