"""The screens of a conference."""
