"""What is typed about something that happened."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models import HAPPENINGS, PLANNED, Urgency
from samsvar.forms.fields import ClockField, DayField, LineField, PickField, demanded_at_times


class EventForm(forms.Form):
    """What happened, when, and in few words."""

    kind = PickField(
        label=_("Hvad er der sket"),
        choices=[("", _("Vælg")), *HAPPENINGS],
        error_messages={"required": _("Vælg, hvad der er sket.")},
    )
    day = DayField(label=_("Dag"))
    clock = ClockField(label=_("Klokken"))
    urgency = PickField(
        label=_("Akut eller planlagt, ved indlæggelse"),
        choices=[("", _("Ikke oplyst")), *Urgency.choices],
        required=False,
    )
    long_stay = forms.BooleanField(label=_("Indlæggelsen ventes at vare en måned eller mere"), required=False)
    text = LineField(
        label=_("Med få ord"),
        max_length=200,
        required=False,
        number=False,
        help_text=_("Kun det, de andre skal bruge. Fx hvilket afsnit, og hvem de kan ringe til."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "urgency")

    def clean(self) -> dict[str, Any]:
        """What is no plan has happened."""
        data = super().clean() or {}
        if {"kind", "day", "clock"} <= data.keys() and self.moment > timezone.now() and data["kind"] not in PLANNED:
            self.add_error("day", _("Det kan ikke være sket i fremtiden."))
        return data

    @property
    def moment(self) -> datetime:
        """The day and the hour of a valid form."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"]))
