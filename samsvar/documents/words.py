"""Words of papers in the language that the page is asked for in."""

from datetime import date

from django.utils import translation

from samsvar.calendar.words import full

_TWO = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "AE", "Ø": "OE", "Å": "AA"})


def danish_as_two(text: str) -> str:
    """The Danish letters as two plain ones each, not left out: for file names, and to hold names against texts."""
    return text.translate(_TWO)


def in_full(day: date) -> str:
    """The date written out in the language of the moment: "4. marts 2026"."""
    return full(day, translation.get_language())
