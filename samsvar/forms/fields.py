"""Text, reference, day and choice fields with Danish messages."""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import number_format, time_format
from django.utils.translation import gettext_lazy as _

from samsvar.forms.cpr import looks_like_cpr
from samsvar.law.warnings import has_cpr

# Bidirectional overrides and isolates can make a text read as something else than it is.
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")


def is_forbidden(character: str) -> bool:
    """Whether a text may not hold this character: controls but tab and line break, bidi, surrogates."""
    if character in "\n\t":
        return False
    return unicodedata.category(character) in {"Cc", "Cs"} or ord(character) in _BIDI


def without_forbidden(text: str) -> str:
    """The text with every forbidden character taken out."""
    return "".join(character for character in text if not is_forbidden(character))


def one_kind_of_line_break(text: str) -> str:
    """Line breaks as `\\n` alone, so that a limit counts what the person sees."""
    return _LINE_BREAKS.sub("\n", text)


def offer(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    """Give a field of this form what can be chosen in it."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def demanded_at_times(form: forms.BaseForm, *names: str) -> None:
    """Keep "(frivilligt)" from fields that the form demands for some answers: their label or help says for which."""
    for name in names:
        if name in form.fields:
            form.fields[name].at_times = True  # type: ignore[attr-defined]


class TidyCharField(forms.CharField):
    """Text without control characters, NUL, bidi overrides or more than `max_length` characters (code points).

    `multiline=True` gives a text area and keeps line breaks; otherwise they become spaces. `number=False` refuses a
    text with something that reads as a CPR number: for grounds and names, which stand in lists, proofs and letters.
    """

    default_max_length = 200

    def __init__(
        self,
        *,
        multiline: bool = False,
        max_length: int | None = None,
        rows: int = 5,
        number: bool = True,
        **kwargs: Any,
    ) -> None:
        self.multiline, self.number = multiline, number
        if multiline:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length or self.default_max_length, **kwargs)
        # Our own messages stand in for Django's validators of NUL and length: they say where and how much.
        self.validators = [
            validator
            for validator in self.validators
            if type(validator).__name__ not in {"ProhibitNullCharactersValidator", "MaxLengthValidator"}
        ]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`: a browser cuts a pasted text in silence; we say it and keep what fits."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs

    def _flat(self, text: str) -> str:
        text = one_kind_of_line_break(text)
        return text if self.multiline else re.sub(r"[\n\t]+", " ", text)

    def to_python(self, value: Any) -> str:
        """The text with one kind of line break, stripped at both ends."""
        return super().to_python("" if value in self.empty_values else self._flat(str(value))) or ""

    def validate(self, value: str) -> None:
        """Raises ValidationError for a forbidden character or a text over the limit."""
        super().validate(value)
        errors = []
        found = sorted({ord(character) for character in value if is_forbidden(character)})
        if found:
            errors.append(
                ValidationError(
                    _(
                        "Teksten indeholdt usynlige tegn, som ikke kan gemmes (%(codes)s). De er taget ud. "
                        "Se teksten igennem, og send igen."
                    ),
                    code="forbidden_characters",
                    params={"codes": ", ".join(f"U+{code:04X}" for code in found[:5])},
                )
            )
        excess = len(without_forbidden(value)) - (self.max_length or 0)
        if self.max_length and excess > 0:
            errors.append(
                ValidationError(
                    _(
                        "Teksten er for lang: der er plads til %(limit)s tegn, og den har %(excess)s for meget. "
                        "Resten er klippet af herunder."
                    ),
                    code="too_long",
                    params={
                        "excess": number_format(excess, force_grouping=True),
                        "limit": number_format(self.max_length, force_grouping=True),
                    },
                )
            )
        if not self.number and has_cpr(value):
            errors.append(
                ValidationError(
                    _("Her står noget, der ligner et CPR-nummer. Skriv det uden nummer, og send igen."), code="cpr"
                )
            )
        if errors:
            raise ValidationError(errors)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the person gets back: the typed text, without what was refused."""
        if self.disabled or data is None:
            return super().bound_data(data, initial)
        return without_forbidden(one_kind_of_line_break(str(data)))[: self.max_length]


class LineField(TidyCharField):
    """One line of text, 200 characters unless told."""


class ParagraphField(TidyCharField):
    """Several lines of text, 4,000 characters unless told."""

    default_max_length = 4000

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("multiline", True)
        super().__init__(**kwargs)


class ReferenceField(TidyCharField):
    """A case or journal number of the person's own system: letters, digits and `- / . : _ ( )`, at most 40 characters.

    A CPR number is refused: references stand in lists, titles and addresses.
    """

    default_max_length = 40
    _allowed = re.compile(r"[\w\-/.:() ]*", re.UNICODE)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A narrow input that no browser fills in with what the last person typed."""
        return {**super().widget_attrs(widget), "autocomplete": "off", "spellcheck": "false"}

    def validate(self, value: str) -> None:
        """Raises ValidationError for other characters, or for something that reads as a CPR number."""
        super().validate(value)
        if not self._allowed.fullmatch(value):
            raise ValidationError(
                _("Skriv nummeret med bogstaver, tal og - / . : ( ), fx 0700-76114-00034-26."), code="characters"
            )
        if looks_like_cpr(value):
            raise ValidationError(
                _("Det ligner et CPR-nummer. Skriv sagens eller journalens nummer i stedet."), code="cpr"
            )


class DayInput(forms.DateInput):
    """The browser's own date input; a text input when what was typed is no date, so that it can be seen and mended."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's widget context, with type `text` for a value that a date input would hide."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown:
            try:
                datetime.date.fromisoformat(shown)
            except ValueError:
                context["widget"]["type"] = "text"
        return context


class DayField(forms.DateField):
    """A day between 1900 and 2199, as ISO from a date input or typed as 4.3.2026, 4-3-2026 or 4/3/2026."""

    widget = DayInput
    input_formats = ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"]
    default_error_messages = {
        "invalid": _("Skriv en dato, der findes, fx 4.3.2026."),
        "range": _("Se efter, om årstallet er rigtigt."),
    }

    def to_python(self, value: Any) -> datetime.date | None:
        """The day; ValidationError when it does not exist."""
        if isinstance(value, str):
            typed, value = value.strip(), without_forbidden(value).strip()
            if typed and not value:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def validate(self, value: Any) -> None:
        """Refuses a year that can only be a slip of the finger."""
        super().validate(value)
        if value and not 1900 <= value.year < 2200:
            raise ValidationError(self.error_messages["range"], code="range")

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, at most 40 characters of it, and nothing that cannot be seen."""
        return super().bound_data(without_forbidden(data)[:40] if isinstance(data, str) else data, initial)


class ClockInput(forms.TextInput):
    """A narrow text input: a browser's own clock shows AM and PM to whoever's machine is set up so."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "class": "short", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """A time as the reader's language writes it: 13.05, in English 13:05."""
        if isinstance(value, datetime.time):
            return time_format(value, "TIME_FORMAT")
        return super().format_value(value)


class ClockField(forms.TimeField):
    """A time of day as people type it: 9, 9:30, 14.30 or 1430."""

    widget = ClockInput
    # "13" is one o'clock in the afternoon: hours alone are tried before hours and minutes in one.
    input_formats = ["%H:%M", "%H.%M", "%H", "%H%M", "%H:%M:%S"]
    default_error_messages = {"invalid": _("Skriv klokken med timer og minutter, fx 14.30.")}

    def to_python(self, value: Any) -> datetime.time | None:
        """The time; ValidationError when there is none such."""
        if isinstance(value, str):
            typed, value = value.strip(), without_forbidden(value).strip()[:20]
            if typed and not value:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, at most 20 characters of it, and nothing that cannot be seen."""
        return super().bound_data(without_forbidden(data)[:20] if isinstance(data, str) else data, initial)


class NumberField(forms.IntegerField):
    """A whole number; what was typed comes back without what cannot be seen, at most 40 characters of it."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed."""
        return super().bound_data(without_forbidden(data)[:40] if isinstance(data, str) else data, initial)


class MailField(forms.EmailField):
    """An e-mail address; what was typed comes back without what cannot be seen, at most 320 characters of it."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed."""
        return super().bound_data(without_forbidden(data)[:320] if isinstance(data, str) else data, initial)


class InlineRadioSelect(forms.RadioSelect):
    """Few short choices beside each other, such as ja, nej, ved ikke."""

    template_name = "django/forms/widgets/radio_inline.html"


class YesNoUnknown(models.TextChoices):
    """Three answers; unknown is an answer of its own, never a no."""

    YES = "yes", _("Ja")
    NO = "no", _("Nej")
    UNKNOWN = "unknown", _("Ved ikke")


class PickField(forms.ChoiceField):
    """One of some choices. The message does not repeat what was sent: it was nothing that the page offered."""

    default_error_messages = {"invalid_choice": _("Vælg en af mulighederne.")}


class PickManyField(forms.MultipleChoiceField):
    """Some of some choices, as `PickField`."""

    default_error_messages = {
        "invalid_choice": _("Vælg blandt mulighederne."),
        "invalid_list": _("Vælg blandt mulighederne."),
    }


class YesNoUnknownField(PickField):
    """Ja, nej or ved ikke, with none of them chosen beforehand."""

    widget = InlineRadioSelect
    default_error_messages = {
        "required": _("Vælg ja, nej eller ved ikke."),
        "invalid_choice": _("Vælg ja, nej eller ved ikke."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YesNoUnknown.choices, **kwargs)
