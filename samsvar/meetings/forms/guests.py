"""Asking somebody to come to one item, and the citizen's words to be read there."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.forms import ClockField, DayField, LineField, ParagraphField, PickField, demanded_at_times
from samsvar.meetings.models import GuestKind, Meeting
from samsvar.meetings.selectors.agendas import at
from samsvar.meetings.services.guests import Yes


class InviteForm(forms.Form):
    """Who comes, at which hour of the meeting's day, and the citizen's yes where somebody else comes."""

    prefix = "gaest"

    who = PickField(
        label=_("Hvem kommer"), choices=GuestKind.choices, widget=forms.RadioSelect, initial=GuestKind.CITIZEN
    )
    hour = ClockField(label=_("Klokken"))
    name = LineField(label=_("Navn, når det ikke er borgeren selv"), max_length=160, required=False)
    yes_on = DayField(label=_("Hvilken dag har borgeren sagt ja til, at gæsten er med?"), required=False)
    yes_written = forms.BooleanField(label=_("Samtykket er skriftligt"), required=False)
    why_oral = LineField(label=_("Er samtykket mundtligt: hvorfor?"), max_length=200, required=False, number=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        start = timezone.localtime(meeting.starts_at)
        kwargs["initial"] = {"hour": start.time().replace(tzinfo=None), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.day = start.date()
        demanded_at_times(self, "name", "yes_on", "why_oral")

    def clean(self) -> dict[str, Any]:
        """Somebody else than the citizen has a name, and a yes that has been given."""
        given = super().clean() or {}
        if given.get("who") in (None, GuestKind.CITIZEN):
            return given
        if not given.get("name") and "name" not in self.errors:
            self.add_error("name", _("Skriv, hvem der kommer."))
        said_yes = given.get("yes_on")
        if "yes_on" not in self.errors and (said_yes is None or said_yes > timezone.localdate()):
            self.add_error("yes_on", _("Skriv den dag, borgeren sagde ja."))
        if not given.get("yes_written") and not given.get("why_oral") and "why_oral" not in self.errors:
            self.add_error("why_oral", _("Sæt kryds ved skriftligt, eller skriv, hvorfor det er mundtligt."))
        return given

    @property
    def comes_at(self) -> datetime.datetime:
        """When the guest of a valid form comes."""
        return at(self.day, self.cleaned_data["hour"])

    @property
    def yes(self) -> Yes | None:
        """The citizen's yes of a valid form."""
        given = self.cleaned_data
        if given["who"] == GuestKind.CITIZEN or not given["yes_on"]:
            return None
        return Yes(given["yes_on"], given["yes_written"], given["why_oral"])


class WordsForm(forms.Form):
    """The citizen's own words, to be read at the item."""

    prefix = "ord"

    words = ParagraphField(
        label=_("Borgerens egne ord"),
        max_length=1500,
        rows=4,
        help_text=_("Alle parter i sagen læser dem. Skriv dem, som borgeren sagde dem."),
    )
