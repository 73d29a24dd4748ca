"""Floor 5: letters to the citizen and to others outside, and notes for the own journal."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Floor 5: letters to the citizen and to others outside, and notes for the own journal."""

    name = "samsvar.letters"
