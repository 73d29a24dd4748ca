"""Floor 4: the way through: referrals, requests, child notifications, transitions."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Floor 4: the way through: referrals, requests, child notifications, transitions."""

    name = "samsvar.referrals"
