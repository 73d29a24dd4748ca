"""What is typed of what the citizen tells once."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models import Approval
from samsvar.forms.fields import DayField, ParagraphField, PickField, demanded_at_times


class SectionForm(forms.Form):
    """One section: the citizen's words and the professionals' apart, and whether the citizen has agreed."""

    own_words = ParagraphField(label=_("Med borgerens egne ord"), max_length=2000, rows=4, required=False, number=False)
    words = ParagraphField(label=_("Med fagfolks ord"), max_length=2000, rows=4, required=False, number=False)
    how = PickField(
        label=_("Har borgeren godkendt teksten"),
        choices=[("", _("Ikke endnu: gem som udkast")), *Approval.choices],
        required=False,
        help_text=_("Ingen uden for jeres kreds kan læse den før."),
    )
    on = DayField(label=_("Godkendt den"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=30000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()
        demanded_at_times(self, "own_words", "words", "how", "on")

    def clean(self) -> dict[str, Any]:
        """One of the two texts at least."""
        data = super().clean() or {}
        if not data.get("own_words") and not data.get("words") and not self.errors:
            self.add_error("own_words", _("Skriv noget med borgerens ord eller med fagfolks."))
        return data


class ApproveForm(forms.Form):
    """How the citizen agreed to a text, and on which day."""

    how = PickField(
        label=_("Hvordan"), choices=Approval.choices, error_messages={"required": _("Vælg en af mulighederne.")}
    )
    on = DayField(label=_("Godkendt den"))
