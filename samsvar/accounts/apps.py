"""Floor 1: people, login, sessions."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Floor 1: people, login, sessions."""

    name = "samsvar.accounts"
