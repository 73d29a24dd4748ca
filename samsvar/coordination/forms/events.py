"""What is typed about something that happened."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models import HAPPENINGS, NO_CLOCK, PLANNED, EventKind, Urgency
from samsvar.forms.fields import ClockField, DayField, LineField, PickField, demanded_at_times


class EventForm(forms.Form):
    """What happened, when, and in few words."""

    kind = PickField(
        label=_("Hvad er der sket"),
        choices=[("", _("Vælg")), *HAPPENINGS],
        error_messages={"required": _("Vælg, hvad der er sket.")},
    )
    day = DayField(label=_("Dag"))
    clock = ClockField(
        label=_("Klokken"),
        required=False,
        help_text=_("Kender du ikke tiden for det, der skal ske, så lad feltet stå tomt."),
    )
    # The hour that stood there by itself: of a day to come nobody has meant it.
    shown = ClockField(required=False, widget=forms.HiddenInput)
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
        help_text=_("Kun det, de andre skal bruge. Fx hvilket afsnit, og hvem de kan ringe til. Ved pause: hvorfor."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "urgency", "clock", "text")

    def clean(self) -> dict[str, Any]:
        """What is no plan has happened."""
        data = super().clean() or {}
        day, ahead = data.get("day"), False
        if day is not None and "clock" in data:
            ahead = day > timezone.localdate()
            if ahead and data["clock"] == data.get("shown"):
                data["clock"] = None
            if data["clock"] is None and not ahead:
                self.add_error("clock", _("Skriv, hvad klokken var."))
        if {"kind", "day", "clock"} <= data.keys() and self.moment > timezone.now() and data["kind"] not in PLANNED:
            self.add_error("day", _("Det kan ikke være sket i fremtiden."))
        if data.get("kind") == EventKind.PAUSE and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Skriv kort, hvorfor I holder pause."))
        return data

    @property
    def moment(self) -> datetime:
        """The day and the hour of a valid form."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"] or NO_CLOCK))


class AskForm(forms.Form):
    """A question to one place that knows the citizen."""

    text = LineField(
        label=_("Hvad spørger I om"),
        max_length=200,
        number=False,
        help_text=_("Kun det, de skal bruge. Fx: Vi kan ikke få fat i borgeren. Kan mødet være hos jer inden fredag?"),
    )
