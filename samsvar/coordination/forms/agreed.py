"""What is typed about a task that the agreements bring at an event."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.selectors.agreed import AgreedTask
from samsvar.forms.fields import ClockField, DayField, LineField, PickField, offer


class AgreedForm(forms.Form):
    """What was done, when, and to whom the citizen was given."""

    said = PickField(label=_("Hvad"), error_messages={"required": _("Vælg en af mulighederne.")})
    name = LineField(label=_("Hvem er kontaktperson"), max_length=160, number=False)
    day = DayField(label=_("Dag"))
    clock = ClockField(label=_("Klokken"))

    def __init__(self, data: Any = None, *, task: AgreedTask) -> None:
        now = timezone.localtime()
        names = [one.name for one in task.done if one.name]
        initial = {"day": now.date(), "clock": now.strftime("%H:%M"), "name": names[-1] if names else ""}
        super().__init__(data, initial=initial)
        if task.missing and task.missing != [""]:
            offer(self, "said", [(one.value, one.label) for one in task.missing])
        else:
            del self.fields["said"]
        if not task.rule.named:
            del self.fields["name"]

    def clean(self) -> dict[str, Any]:
        """Nothing is done before it is done."""
        data = super().clean() or {}
        if {"day", "clock"} <= data.keys() and self.moment > timezone.now():
            self.add_error("day", _("Det kan ikke være sket i fremtiden."))
        return data

    @property
    def moment(self) -> datetime:
        """The day and the hour of a valid form."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"]))
