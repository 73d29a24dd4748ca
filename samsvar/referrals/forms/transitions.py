"""What is typed about a transition and a hand-over."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samsvar.forms import CprField
from samsvar.forms.fields import (
    DayField,
    InlineRadioSelect,
    LineField,
    ParagraphField,
    PickField,
    YesNoUnknown,
    YesNoUnknownField,
    demanded_at_times,
    offer,
)
from samsvar.partnerships.models import Authority, Partnership, Unit
from samsvar.referrals.forms.yes import YesForm
from samsvar.referrals.models import TransitionEnd
from samsvar.referrals.transitions import Rule

_PICK = {"required": _("Vælg en af mulighederne.")}


class ListForm(forms.Form):
    """Somebody is written on the unit's list."""

    kind = PickField(label=_("Overgang"), error_messages=_PICK)
    name = LineField(label=_("Borgerens navn"), max_length=160, number=False)
    cpr = CprField(
        label=_("CPR-nummer"), required=False, help_text=_("Dagene regnes fra fødselsdagen. Nummeret vises ikke igen.")
    )
    day = DayField(
        label=_("Dag"),
        required=False,
        help_text=_("Fx udskrivning, løsladelse eller flytning. Ikke ved en fødselsdag."),
    )
    case_known = YesNoUnknownField(label=_("Er der en sag i kommunen?"), initial=YesNoUnknown.UNKNOWN)
    partnership = PickField(label=_("Samarbejde"), required=False)

    def __init__(self, *args: Any, rules: Sequence[Rule], places: Sequence[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = {one.key: one for one in rules}
        offer(self, "kind", [("", _("Vælg")), *((one.key, str(one)) for one in rules)])
        if not any(one.without_case for one in rules):
            del self.fields["case_known"]
        self.places = list(places)
        if len(self.places) > 1:
            offer(self, "partnership", [(str(one.pk), one.name) for one in self.places])
            self.fields["partnership"].required = True
        else:
            del self.fields["partnership"]
        demanded_at_times(self, "cpr", "day")

    def clean(self) -> dict[str, Any]:
        """What the days are counted from."""
        data = super().clean() or {}
        rule = self.rules.get(data.get("kind") or "")
        if rule and rule.by_birth and not data.get("cpr") and "cpr" not in self.errors:
            self.add_error("cpr", _("Skriv CPR-nummeret. Dagene regnes fra fødselsdagen."))
        if rule and not rule.by_birth and not data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Skriv dagen: %(what)s.") % {"what": rule.day_words.lower()})
        return data

    @property
    def place_id(self) -> UUID:
        """The partnership of a valid form."""
        return UUID(self.cleaned_data["partnership"]) if "partnership" in self.fields else self.places[0].pk


class MoveForm(forms.Form):
    """Another day, and the professional reason for it."""

    to = DayField(label=_("Ny dag"))
    why = LineField(label=_("Faglig grund"), max_length=400, number=False)


class ContactDayForm(forms.Form):
    """The day of a contact with one who waits."""

    on = DayField(label=_("Dag"))


class CaseForm(forms.Form):
    """Whether the municipality has a case."""

    case_known = YesNoUnknownField(label=_("Er der en sag i kommunen?"))


class EndForm(forms.Form):
    """How it ended."""

    reason = PickField(
        label=_("Hvordan endte det?"), choices=[("", _("Vælg")), *TransitionEnd.choices], error_messages=_PICK
    )


class HandOverForm(YesForm):
    """To whom, what they should know, and the yes as it was given."""

    to = PickField(label=_("Hvem skal tage over"), error_messages=_PICK)
    receiver = PickField(label=_("De tager over som"), error_messages=_PICK)
    words = ParagraphField(
        label=_("Det skal de vide"),
        max_length=2000,
        number=False,
        help_text=_("Hvad borgeren kan, har brug for og selv ønsker. De vurderer selv, hvad de kan tilbyde."),
    )
    call = LineField(label=_("Hvem kan de ringe til hos jer"), max_length=160, required=False, number=False)
    # What it is about stands before the yes to it.
    field_order = ("to", "receiver", "words", "call")

    def __init__(self, *args: Any, rule: Rule, places: Sequence[tuple[Authority, Unit | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(unit.pk if unit else body.pk): (body, unit) for body, unit in places}
        offer(
            self,
            "to",
            [
                ("", _("Vælg")),
                *(
                    (key, f"{unit.name}, {body.name}" if unit else body.name)
                    for key, (body, unit) in self.places.items()
                ),
            ],
        )
        offer(self, "receiver", [("", _("Vælg")), *((one.key, str(one)) for one in rule.receivers)])


class AnswerForm(forms.Form):
    """The receiver's answer."""

    answer = PickField(
        label=_("Tager I over?"),
        choices=[("accept", _("Ja, vi tager over")), ("decline", _("Nej"))],
        widget=InlineRadioSelect,
        error_messages=_PICK,
    )
    who = LineField(
        label=_("Hvem kan borgeren ringe til"),
        max_length=160,
        required=False,
        number=False,
        help_text=_("Navn og telefon."),
    )
    first_on = DayField(label=_("Første tid"), required=False)
    words = ParagraphField(
        label=_("Besked til afsenderen"),
        max_length=400,
        required=False,
        number=False,
        help_text=_("Ved et nej: hvorfor."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "who", "words")

    def clean(self) -> dict[str, Any]:
        """A yes names somebody; a no has a reason."""
        data = super().clean() or {}
        if data.get("answer") == "accept" and not data.get("who") and "who" not in self.errors:
            self.add_error("who", _("Skriv, hvem borgeren kan ringe til hos jer."))
        if data.get("answer") == "decline" and not data.get("words") and "words" not in self.errors:
            self.add_error("words", _("Skriv hvorfor. Afsenderen skal kunne komme videre."))
        return data
