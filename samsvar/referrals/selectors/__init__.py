"""Reads of the way through."""
