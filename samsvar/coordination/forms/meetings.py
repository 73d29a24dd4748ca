"""What is typed about a network meeting."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.models import AgreementState, NetworkContact
from samsvar.forms.fields import ClockField, DayField, LineField, ParagraphField, PickField, offer

_PICK = {"required": _("Vælg en af mulighederne.")}


class FrameForm(forms.Form):
    """Why one meets, when and where. All but who wants it can wait."""

    called_by = LineField(
        label=_("Hvem ønsker mødet"),
        max_length=160,
        number=False,
        help_text=_("Fx borgeren, søsteren eller bostøtten."),
    )
    purpose = LineField(label=_("Hvad er det til"), max_length=400, required=False, number=False)
    clear = forms.BooleanField(label=_("Formål og ramme er klar"), required=False)
    day = DayField(label=_("Dag"), required=False)
    clock = ClockField(label=_("Klokken"), required=False)
    place = LineField(label=_("Sted"), max_length=160, required=False, number=False)

    def clean(self) -> dict[str, Any]:
        """A day has an hour, and the other way round; what is clear has a purpose."""
        data = super().clean() or {}
        if data.get("clear") and not data.get("purpose") and "purpose" not in self.errors:
            self.add_error("purpose", _("Skriv, hvad mødet er til, før det er klart."))
        if data.get("day") and not data.get("clock") and "clock" not in self.errors:
            self.add_error("clock", _("Skriv, hvad klokken er."))
        if data.get("clock") and not data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Skriv hvilken dag."))
        return data

    @property
    def starts_at(self) -> datetime | None:
        """The moment of a valid form."""
        day, clock = self.cleaned_data["day"], self.cleaned_data["clock"]
        return timezone.make_aware(datetime.combine(day, clock)) if day and clock else None


class ConveneForm(FrameForm):
    """Why, when and where a place that the citizen has let in wants to meet. Who calls it is known."""

    called_by = None  # type: ignore[assignment]
    clear = None  # type: ignore[assignment]
    purpose = LineField(label=_("Hvad er det til"), max_length=300, number=False)


class WishesForm(forms.Form):
    """Whom the citizen wants there, and whom not."""

    wishes = ParagraphField(label=_("Borgerens ønsker til, hvem der kommer"), max_length=600, rows=3, number=False)


class PutOnForm(forms.Form):
    """Somebody for the list, and what they can promise."""

    contact = PickField(label=_("Hvem"), error_messages=_PICK)
    mandate = LineField(
        label=_("Kan love"),
        max_length=200,
        required=False,
        number=False,
        help_text=_("Det, personen kan sige ja til på mødet. Afgørelser træffes ikke her."),
    )

    asked = forms.BooleanField(
        label=_("Borgeren har selv bedt om personen"),
        required=False,
        help_text=_("Skal sættes, når personen er fra det sted, der låner lokalet ud."),
    )

    def __init__(self, *args: Any, contacts: Sequence[NetworkContact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contacts = {str(one.pk): one for one in contacts}
        choices = [(key, f"{one.name}, {str(one.get_role_display()).lower()}") for key, one in self.contacts.items()]
        offer(self, "contact", [("", _("Vælg")), *choices])


class AgreementForm(forms.Form):
    """What somebody takes on."""

    what = LineField(label=_("Hvad er aftalt"), max_length=300, number=False)
    owner = LineField(label=_("Hvem gør det"), max_length=160, number=False)
    due_on = DayField(label=_("Hvornår"), required=False)
    condition = LineField(
        label=_("Kun hvis"), max_length=200, required=False, number=False, help_text=_("Fx hvis borgeren tør.")
    )


class JudgeForm(forms.Form):
    """How an agreement went."""

    state = PickField(
        label=_("Hvordan gik det"),
        choices=[one for one in AgreementState.choices if one[0] != AgreementState.OPEN],
        error_messages=_PICK,
    )
    result = LineField(label=_("Med ord"), max_length=300, required=False, number=False)

    def clean(self) -> dict[str, Any]:
        """What was not put into effect has a reason."""
        data = super().clean() or {}
        if data.get("state") == AgreementState.FAILED and not data.get("result") and "result" not in self.errors:
            self.add_error("result", _("Skriv, hvorfor det ikke blev sat i værk."))
        return data


class HoldForm(forms.Form):
    """The minutes, in words that the citizen can read."""

    minutes = ParagraphField(label=_("Referat"), max_length=4000, rows=6, number=False)
