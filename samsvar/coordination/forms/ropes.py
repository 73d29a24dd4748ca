"""What is typed about tasks that wait, pauses, and the network map."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models import Drawn, Pause, Ring, Weight
from samsvar.forms.fields import DayField, InlineRadioSelect, LineField, PickField

_PICK = {"required": _("Vælg en af mulighederne.")}


class SubstituteForm(forms.Form):
    """A task that belongs to others, and since when it waits for them."""

    what = LineField(label=_("Hvad gør du"), max_length=200, number=False, help_text=_("Fx gør rent og køber ind."))
    whose = LineField(
        label=_("Hvem hører det til hos"), max_length=160, number=False, help_text=_("Fx bostøtte eller SKP.")
    )
    since = DayField(label=_("Venter siden"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate()


class SettleForm(forms.Form):
    """Who has a task now, and what was settled about it."""

    settled = LineField(
        label=_("Hvem har det nu"),
        max_length=200,
        number=False,
        help_text=_("Fx: Nabo Kommune. De betaler fra første dag."),
        error_messages={"required": _("Skriv, hvem der har opgaven nu.")},
    )


class PauseForm(forms.Form):
    """Why somebody stands back for a while."""

    why = PickField(label=_("Hvorfor"), choices=Pause.choices, widget=forms.RadioSelect, error_messages=_PICK)


class DrawForm(forms.Form):
    """Somebody on the map, as the citizen says it."""

    name = LineField(
        label=_("Navn"),
        max_length=30,
        number=False,
        help_text=_("Kun fornavnet, eller det borgeren kalder personen, fx mor. Et navn, der står der, flytter sig."),
    )
    kind = PickField(label=_("Hvem er det"), choices=Drawn.choices, widget=InlineRadioSelect, error_messages=_PICK)
    ring = PickField(label=_("Hvor tæt på"), choices=Ring.choices, widget=InlineRadioSelect, error_messages=_PICK)
    weight = PickField(
        label=_("Hvad betyder det"), choices=Weight.choices, widget=InlineRadioSelect, error_messages=_PICK
    )

    def clean_ring(self) -> int:
        """As a number."""
        return int(self.cleaned_data["ring"])
