"""Floor 1: people, login, sessions."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _tell_the_database_the_key(using: str, **kwargs: object) -> None:
    from django.db import connections

    from samsvar.accounts import gate

    with connections[using].cursor() as cursor:
        gate.install(cursor)


class AccountsConfig(AppConfig):
    """Floor 1: people, login, sessions."""

    name = "samsvar.accounts"

    def ready(self) -> None:
        post_migrate.connect(_tell_the_database_the_key, sender=self, dispatch_uid="samsvar.accounts.gate")
