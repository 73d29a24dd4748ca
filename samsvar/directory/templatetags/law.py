"""The law room's own words in the reader's language."""

from typing import Any

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def words(thing: Any, what: str = "text") -> str:
    """`{{ rule|words:"summary" }}`: what the law room says of a thing, in Danish or English."""
    return str(getattr(thing, what)(get_language()))
