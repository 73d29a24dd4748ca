"""Screens of the way through."""
