"""Forms of the data protection officer's desk."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samsvar.audit.models import Act
from samsvar.audit.selectors import Filters
from samsvar.forms import CprField, DayField, NumberField, ParagraphField, PickField, ReferenceField
from samsvar.rights.models import LogWatch, Verdict
from samsvar.rights.words import SearchReason


class LogForm(forms.Form):
    """Search by day, person in post, act and case; both days included."""

    since = DayField(label=_("Fra dag"), required=False)
    until = DayField(label=_("Til dag"), required=False)
    person = PickField(label=_("Hvem"), required=False)
    act = PickField(label=_("Hvad"), choices=[("", _("Alt")), *Act.choices], required=False)
    sag = ReferenceField(label=_("Sagsnummer"), required=False)
    borger = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Alle")), *people]

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("Den sidste dag ligger før den første."))
        return cleaned

    def filters(self, about: tuple[UUID, ...]) -> Filters:
        """What a valid form asks for; `about` are the ids behind the case number and the citizen, if one was given."""
        given = self.cleaned_data
        return Filters(
            since=given["since"],
            until=given["until"],
            person_id=UUID(given["person"]) if given["person"] else None,
            act=given["act"],
            about=about,
            nobody=bool(given["sag"] or given["borger"]) and not about,
        )

    def searched(self) -> dict[str, str]:
        """What was asked for, as the log keeps it of its own reading."""
        return {name: str(value) for name, value in getattr(self, "cleaned_data", {}).items() if value}


class NumberSearchForm(forms.Form):
    """Find a citizen in the log: the number, and why. Sent by POST, since a number stands in no address."""

    number = CprField(label=_("CPR-nummer"))
    reason = PickField(label=_("Hvorfor søger du"), choices=[("", _("Vælg")), *SearchReason.choices])


class VerdictForm(forms.Form):
    """The verdict on a drawn row."""

    verdict = PickField(label=_("Vurdering"), choices=Verdict.choices, widget=forms.RadioSelect)
    note = ParagraphField(
        label=_("Begrundelse"),
        max_length=1000,
        rows=3,
        help_text=_("Et par ord om, hvad du lægger vægt på. Skriv ikke noget om borgeren."),
    )


class WatchForm(forms.ModelForm):
    """What is drawn by itself."""

    hours_from = NumberField(label=_("Almindelig arbejdstid fra klokken"), min_value=0, max_value=24)
    hours_until = NumberField(
        label=_("Til klokken"), min_value=0, max_value=24, help_text=_("Fra 0 til 24 er hele døgnet.")
    )
    many_per_hour = NumberField(label=_("Mange opslag på en time er flere end"), min_value=1, max_value=1000)
    draws_per_week = NumberField(label=_("Tilfældige opslag om ugen"), min_value=0, max_value=100)

    class Meta:
        model = LogWatch
        fields = ["hours_from", "hours_until", "weekends", "many_per_hour", "draws_per_week"]
        labels = {"weekends": _("Weekend er almindelig arbejdstid")}

    def clean(self) -> dict[str, Any]:
        """A day begins before it ends."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("hours_from"), cleaned.get("hours_until")
        if start is not None and end is not None and start >= end:
            self.add_error("hours_until", _("Arbejdstiden skal slutte, efter at den er begyndt."))
        return cleaned
