"""What is typed in the borgerskema."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models import Activity
from samsvar.forms.fields import DayField, LineField, ParagraphField, PickField, demanded_at_times


class EntryForm(forms.Form):
    """One entry: which kind of work, and what came of it."""

    activity = PickField(
        label=_("Hvad var det"),
        choices=[("", _("Vælg")), *Activity.choices],
        error_messages={"required": _("Vælg en af mulighederne.")},
    )
    text = ParagraphField(label=_("Hvad skete der"), max_length=2000, rows=4, number=False)
    whose = LineField(
        label=_("Hvis opgave var det"),
        max_length=160,
        required=False,
        number=False,
        help_text=_("Skrives, når du gjorde noget i stedet for andre. Fx bostøtten."),
    )
    on = DayField(label=_("Dag"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()
        demanded_at_times(self, "whose")

    def clean(self) -> dict[str, Any]:
        """Whose task it was, when it was somebody else's."""
        data = super().clean() or {}
        if data.get("activity") == Activity.IN_PLACE and not data.get("whose") and "whose" not in self.errors:
            self.add_error("whose", _("Skriv, hvis opgave det egentlig var."))
        return data


class AnswerForm(forms.Form):
    """What the professional lead answers; empty for only having read it."""

    reply = ParagraphField(label=_("Svar"), max_length=1000, rows=3, required=False, number=False)


class MemoForm(forms.Form):
    """A note to oneself. Its name is its own: the form of an entry stands on the same page."""

    memo = ParagraphField(label=_("Notat"), max_length=2000, rows=3, number=False)
