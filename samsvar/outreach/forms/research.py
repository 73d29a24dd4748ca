"""What is typed when a citizen was asked to be in a study."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsvar.forms.fields import DayField, LineField, PickField, demanded_at_times, offer
from samsvar.outreach.models import StudyAnswer
from samsvar.outreach.models.research import same_study


class StudyForm(forms.Form):
    """Which study, what came of asking, and for a yes the day it was signed and where it lies."""

    known = PickField(label=_("Hvilken undersøgelse"), required=False)
    study = LineField(label=_("En undersøgelse, der ikke er på listen"), max_length=160, required=False, number=False)
    answer = PickField(
        label=_("Hvad kom der ud af det"),
        choices=StudyAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg en af mulighederne.")},
    )
    given_on = DayField(label=_("Dagen, borgeren skrev under"), required=False)
    kept = LineField(
        label=_("Hvor samtykket ligger"),
        max_length=160,
        required=False,
        number=False,
        help_text=_("Navnet står på papiret, ikke her."),
    )

    def __init__(self, studies: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "known", "study", "given_on", "kept")
        if studies:
            offer(self, "known", [("", _("Vælg, eller skriv en ny nedenfor")), *((name, name) for name in studies)])
        else:
            del self.fields["known"]
            self.fields["study"].label = _("Hvilken undersøgelse")

    def clean(self) -> dict[str, Any]:
        """One study, of the list or new. A yes is written: it has a day and lies somewhere."""
        data = super().clean() or {}
        known, typed = data.pop("known", ""), data.get("study", "")
        if known and typed and same_study(known) != same_study(typed):
            self.add_error("study", _("Vælg en undersøgelse på listen, eller skriv en ny, ikke begge dele."))
        elif not (known or typed) and not self.errors:
            self.add_error("study", _("Vælg en undersøgelse på listen, eller skriv en ny."))
        elif known:
            data["study"] = known
        if data.get("answer") == StudyAnswer.YES:
            if not data.get("given_on") and "given_on" not in self.errors:
                self.add_error("given_on", _("Skriv, hvilken dag borgeren skrev under."))
            if not data.get("kept") and "kept" not in self.errors:
                self.add_error("kept", _("Skriv, hvor det underskrevne samtykke ligger."))
        return data
