"""The readings of this room."""
