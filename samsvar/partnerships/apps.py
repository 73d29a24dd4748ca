"""Floor 2: authorities, units, groups, posts."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """Floor 2: authorities, units, groups, posts."""

    name = "samsvar.partnerships"
