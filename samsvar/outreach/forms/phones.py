"""What a phone sends: one visit in codes, without a word that was typed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.forms.fields import offer
from samsvar.outreach.forms.courses import CodeField
from samsvar.outreach.words import options, team_settings

# What a phone writes in each field. A value of another type was written by no phone.
_TYPES: dict[str, type] = {
    "course": str,
    "sent": str,
    "on": str,
    "method": int,
    "rung": int,
    "partner": str,
    "alone": bool,
}


class PocketVisitForm(forms.Form):
    """A visit as a phone wrote it down."""

    course = forms.UUIDField()
    sent = forms.UUIDField()
    on = forms.DateTimeField()
    method = CodeField()
    rung = CodeField(required=False)
    partner = forms.UUIDField(required=False)
    alone = forms.BooleanField(required=False)

    def __init__(self, said: dict[str, Any]) -> None:
        there = {key: said[key] for key in _TYPES if said.get(key) is not None}
        self._wrong = [key for key, value in there.items() if type(value) is not _TYPES[key]]
        super().__init__({key: value for key, value in there.items() if key not in self._wrong})
        offer(self, "method", options("q27"))
        offer(self, "rung", options("q28"))

    def clean(self) -> dict[str, Any]:
        """A moment that can still be written in the log, else a clock was wrong; only types that a phone writes."""
        data = super().clean() or {}
        for key in self._wrong:
            self.add_error(key, _("Det kan ikke læses."))
        on = data.get("on")
        if on and on < timezone.now() - timedelta(days=team_settings().log_back_days):
            self.add_error("on", _("Tidspunktet kan ikke passe."))
        return data

    def course_id(self) -> UUID:
        """Whose visit it was."""
        found: UUID = self.cleaned_data["course"]
        return found
