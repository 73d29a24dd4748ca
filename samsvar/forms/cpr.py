"""CPR numbers as people type them.

Modulus 11 is not asked for: it has not held for all numbers since 2007. Numbers whose day is raised by 60 lie outside
the CPR number space; only demonstration mode accepts them, and it accepts no others, so that no real number is typed
into a demo.
"""

import datetime
import logging
import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]")
_CPR = re.compile(r"(\d{2})(\d{2})(\d{2})([0-9A-Z]{4})", re.ASCII)
_INSIDE_TEXT = re.compile(r"(?<!\d)\d{6}[ \-\u2010-\u2015]?\d{4}(?!\d)", re.ASCII)


def century_of(year: int, seventh: int) -> int:
    """The century that the seventh figure of a number gives the two figures of its year (CPR-kontoret)."""
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


def _birth_dates(day: int, month: int, year: int, suffix: str) -> list[datetime.date]:
    """The dates that the first six figures may mean; a replacement number does not say the century."""
    centuries = [century_of(year, int(suffix[0]))] if suffix.isdigit() else [1900, 2000]
    dates = []
    for century in centuries:
        try:
            dates.append(datetime.date(century + year, month, day))
        except ValueError:
            continue
    return dates


def parse_cpr(text: str, *, demo: bool, allow_replacement: bool = True) -> str:
    """A typed CPR number as ten characters without separator: `DDMMYYXXXX`.

    Replacement numbers (X-eCPR, D-eCPR) have a date and four places with at least one letter. Raises ValueError with
    one of the codes `form`, `date`, `demo_only`, `real_in_demo`.
    """
    compact = _SEPARATORS.sub("", text).upper()
    match = _CPR.fullmatch(compact)
    if not match or (not match.group(4).isdigit() and not allow_replacement):
        raise ValueError("form")
    day, month, year = (int(match.group(place)) for place in (1, 2, 3))
    suffix = match.group(4)
    outside = day > 60
    dates = _birth_dates(day - 60 if outside else day, month, year, suffix)
    if not any(date <= datetime.date.today() for date in dates):
        raise ValueError("date")
    if outside and not demo:
        raise ValueError("demo_only")
    if demo and not outside:
        raise ValueError("real_in_demo")
    return compact


def looks_like_cpr(text: str) -> bool:
    """Whether a free text holds something that reads as a CPR number, real or of a demo."""
    for match in _INSIDE_TEXT.finditer(text):
        for demo in (True, False):
            try:
                parse_cpr(match.group(), demo=demo, allow_replacement=False)
            except ValueError:
                continue
            return True
    return False


class NumbersMasked(logging.Filter):
    """Takes out of a line of the log what reads as a CPR number: an address holds whatever somebody typed there."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line pass, with its numbers gone."""
        record.msg, record.args = _INSIDE_TEXT.sub("[nummer]", record.getMessage()), None
        return True


class CprField(forms.CharField):
    """A CPR number or replacement number, cleaned to ten characters. The message never repeats the number."""

    default_error_messages = {
        "form": _("Skriv CPR-nummeret med ti tegn, fx 010190-1234."),
        "date": _("De første seks tal er ikke en dato, der findes. Se CPR-nummeret efter."),
        "demo_only": _("Det er et opdigtet nummer, som kun kan bruges i demoen."),
        "real_in_demo": _("I demoen bruges kun opdigtede numre, hvor dagen er lagt 60 til, fx 610190-1234."),
    }

    def __init__(self, *, allow_replacement: bool = True, **kwargs: Any) -> None:
        self.allow_replacement = allow_replacement
        super().__init__(**kwargs)
        # A NUL is refused by the form of the number, with the same message beside the field.
        self.validators = []

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No browser on a shared machine may remember a number."""
        return {**super().widget_attrs(widget), "autocomplete": "off", "spellcheck": "false"}

    def to_python(self, value: Any) -> str:
        """The number as `DDMMYYXXXX`, or an empty string."""
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return parse_cpr(text, demo=settings.DEMO, allow_replacement=self.allow_replacement)
        except ValueError as error:
            code = str(error)
            raise ValidationError(self.error_messages[code], code=code) from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, up to twenty visible characters."""
        if isinstance(data, str) and not self.disabled:
            return "".join(character for character in data if character.isprintable())[:20]
        return super().bound_data(data, initial)
