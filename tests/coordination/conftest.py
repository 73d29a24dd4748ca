"""The room's ground, which browser and scenarios stand on too."""

from tests.coordination.ground import lets_in, network, practices, ward
from tests.referrals.ground import units

__all__ = ["lets_in", "network", "practices", "units", "ward"]
