"""The room's ground, which browser and scenarios stand on too."""

from tests.outreach.ground import elsewhere, team, worker

__all__ = ["elsewhere", "team", "worker"]
