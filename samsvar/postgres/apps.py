"""The database's wall is built again after every migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _build_wall(using: str, **kwargs: object) -> None:
    from django.db import connections

    from samsvar.postgres import rows

    with connections[using].cursor() as cursor:
        rows.apply(cursor)


class PostgresConfig(AppConfig):
    """Floor 1: the server, the database roles, row policies, and who acts."""

    name = "samsvar.postgres"
    label = "samsvar_postgres"

    def ready(self) -> None:
        post_migrate.connect(_build_wall, sender=self, dispatch_uid="samsvar.postgres.wall")
