"""The people of the scenarios, around a table that is a Samarbejdsenhed."""

from tests.scenarios.conftest import conference_group, police, psychiatry, social, stranger, town

__all__ = ["conference_group", "police", "psychiatry", "social", "stranger", "town"]
