"""The room's ground."""

from tests.referrals.ground import units

__all__ = ["units"]
