"""Readings of this room."""
