"""Words of papers in the language that the page is asked for in."""

from datetime import date

from django.utils import translation

from samsvar.calendar.words import full


def in_full(day: date) -> str:
    """The date written out in the language of the moment: "4. marts 2026"."""
    return full(day, translation.get_language())
