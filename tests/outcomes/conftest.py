"""The outreach team, whose courses are reported."""

from tests.outreach.ground import elsewhere, team, worker

__all__ = ["elsewhere", "team", "worker"]
