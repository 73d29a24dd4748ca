"""Pair rows: sender and receiver only, and neither before it was sent (house.md, 5)."""

from samsvar.postgres.rows import Policies
from samsvar.referrals.policies import pathways, referrals, transitions

POLICIES: list[Policies] = [*referrals.POLICIES, *transitions.POLICIES, *pathways.POLICIES]
FUNCTIONS: list[str] = [*referrals.FUNCTIONS]
TRIGGERS: list[str] = [*referrals.TRIGGERS, *transitions.TRIGGERS, *pathways.TRIGGERS]
