"""Forms for what happens between meetings."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.cases.forms.concerns import (
    CarriedField,
    JudgementForm,
    NecessityField,
    NumberWarning,
    OnceForm,
    PastDayField,
    authority_choices,
)
from samsvar.cases.models import AcuteTrigger, NetworkOutcome
from samsvar.cases.selectors.concerns import Candidate, Place
from samsvar.forms import ClockField, LineField, ParagraphField, PickField, PickManyField, offer
from samsvar.law.warnings import has_cpr


class NoPersonField(ParagraphField):
    """Words without a person: a number is refused (R-000-48)."""

    def validate(self, value: str) -> None:
        """Refuses something that reads as a CPR number."""
        super().validate(value)
        if has_cpr(value):
            raise ValidationError(
                _("Her står noget, der ligner et CPR-nummer. Sparring er uden navn og nummer."), code="cpr"
            )


class ConsultForm(OnceForm):
    """A question without a person, to the own member or to the group (R-000-32, R-000-48)."""

    question = NoPersonField(
        label=_("Hvad vil du spørge om?"),
        max_length=1500,
        help_text=_("Uden navn, nummer og adresse: »Hvis jeg har en borger, der …«"),
    )
    to = PickField(
        label=_("Hvem spørger du?"),
        choices=[("own", _("Vores egne medlemmer af gruppen")), ("group", _("Hele gruppen"))],
        initial="own",
        widget=forms.RadioSelect,
    )
    place = PickField(label=_("Hvilken gruppe?"))

    def __init__(self, *args: Any, options: Sequence[Place], usual: Place | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = {str(place.group.pk): place for place in options}
        if len(self.options) > 1:
            offer(self, "place", [(key, option.label) for key, option in self.options.items()])
            self.fields["place"].initial = str(usual.group.pk) if usual else None
        else:
            del self.fields["place"]
        if not any(place.own for place in options):
            offer(self, "to", [("group", _("Hele gruppen"))])
            self.fields["to"].initial = "group"

    @property
    def chosen_place(self) -> Place:
        """The group that is asked."""
        chosen = self.cleaned_data.get("place")
        return self.options[chosen] if chosen else next(iter(self.options.values()))


class AnswerForm(forms.Form):
    """An answer to a question without a person."""

    answer = NoPersonField(label=_("Dit svar"), max_length=1500)


class NetworkFields(forms.Form):
    """What an NP-sag needs: with whom, what about, why (R-000-45)."""

    others = PickManyField(
        label=_("Hvem løser I det sammen med?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Vælg, hvem I løser det sammen med.")},
    )
    subject = LineField(
        label=_("Hvad handler det om?"),
        max_length=300,
        help_text=_("Kort og uden navn: alle deltagere læser det."),
        error_messages={"required": _("Skriv kort, hvad det handler om.")},
    )
    necessity = NecessityField()

    candidates: dict[str, Candidate]

    def offer_authorities(self, candidates: Sequence[Candidate]) -> None:
        """Fill in who can be chosen."""
        self.candidates = {str(candidate.authority.pk): candidate for candidate in candidates}
        offer(self, "others", authority_choices(candidates))

    @property
    def chosen(self) -> list[Candidate]:
        """The authorities that were ticked."""
        return [self.candidates[key] for key in self.cleaned_data["others"]]


class NetworkForm(OnceForm, NumberWarning, NetworkFields):
    """An NP-sag that no concern stands behind."""

    number_texts = ("subject", "necessity")

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_authorities(candidates)


class ScreenNetworkForm(OnceForm, JudgementForm, NetworkFields):
    """An NP-sag as the way out of a screening; without participants where NP-sager are not registered."""

    field_order = ("others", "subject", "necessity", "thanks")

    def __init__(self, *args: Any, candidates: Sequence[Candidate], registered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_authorities(candidates)
        if not registered:
            for name in ("others", "necessity"):
                self.fields[name].required = False
                del self.fields[name]


class EndNetworkForm(forms.Form):
    """How an NP-sag ended."""

    outcome = PickField(label=_("Hvordan gik det?"), choices=NetworkOutcome.choices, widget=forms.RadioSelect)
    note = LineField(label=_("Kort om løsningen"), required=False, max_length=400)


def moment(day: Any, clock: Any) -> datetime | None:
    """A day and a time of day as one moment here, or None when one of them lacks."""
    if day is None or clock is None:
        return None
    return timezone.make_aware(datetime.combine(day, clock))


class CallFields(forms.Form):
    """Who called whom when, and why it could not wait; all typed by hand (R-000-50, R-000-53)."""

    to = PickField(label=_("Hvem ringede du til?"), error_messages={"required": _("Vælg, hvem du ringede til.")})
    trigger = PickField(
        label=_("Hvorfor kan det ikke vente?"),
        choices=[("", _("Vælg")), *AcuteTrigger.choices],
        error_messages={"required": _("Vælg, hvorfor det ikke kan vente.")},
    )
    on = PastDayField(label=_("Hvilken dag?"))
    at = ClockField(label=_("Klokken"))
    spoke_with = LineField(label=_("Hvem talte du med?"), required=False, max_length=160)
    what = ParagraphField(label=_("Hvad aftalte I?"), required=False, max_length=500, rows=3)
    necessity = NecessityField(label=_("Hvorfor var det nødvendigt at fortælle dem det?"))
    doubt = forms.BooleanField(
        label=_("Tvivl – spørg jurist"),
        required=False,
        help_text=_("Opkaldet skrives ned under alle omstændigheder. Jeres egne medlemmer ser på det."),
    )

    def offer_authorities(self, candidates: Sequence[Candidate]) -> None:
        """Fill in who can be chosen, and the time that it is now."""
        self.candidates = {str(candidate.authority.pk): candidate for candidate in candidates}
        offer(self, "to", [("", _("Vælg")), *authority_choices(candidates)])
        now = timezone.localtime()
        self.fields["on"].initial = now.date()
        self.fields["at"].initial = now.time().replace(second=0, microsecond=0)

    def check_moment(self) -> None:
        """Nobody has called in the future."""
        called = moment(self.cleaned_data.get("on"), self.cleaned_data.get("at"))
        if called is not None and called > timezone.now() + timedelta(minutes=2):
            self.add_error("at", _("Tidspunktet ligger i fremtiden."))

    @property
    def called_at(self) -> datetime:
        """When it was."""
        found = moment(self.cleaned_data["on"], self.cleaned_data["at"])
        assert found is not None
        return found


class CallForm(OnceForm, NumberWarning, CallFields):
    """An acute call by itself, or about a concern or a case."""

    number_texts = ("what", "necessity")
    place = PickField(label=_("Hvilken gruppe skal høre om det på næste møde?"), required=False)
    bekymring = CarriedField()
    sag = CarriedField()

    def __init__(
        self, *args: Any, candidates: Sequence[Candidate], options: Sequence[Place], usual: Place | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.options = {str(place.group.pk): place for place in options}
        self.usual = usual
        self.offer_authorities(candidates)
        if len(options) > 1:
            offer(self, "place", [(key, option.label) for key, option in self.options.items()])
            self.fields["place"].initial = str(usual.group.pk) if usual else None
        else:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        """The moment has been."""
        cleaned = super().clean()
        self.check_moment()
        return cleaned

    @property
    def chosen_place(self) -> Place | None:
        """The group that is told at its next meeting."""
        return self.options.get(self.cleaned_data.get("place", "")) or self.usual


class ScreenAcuteForm(OnceForm, JudgementForm, CallFields):
    """An acute call as the way out of a screening."""

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_authorities(candidates)

    def clean(self) -> dict[str, Any]:
        """The moment has been."""
        cleaned = super().clean() or self.cleaned_data
        self.check_moment()
        return cleaned


class ActedForm(forms.Form):
    """When somebody acted on the call."""

    on = PastDayField(label=_("Hvilken dag blev der handlet?"))
    at = ClockField(label=_("Klokken"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.localtime()
        self.fields["on"].initial = now.date()
        self.fields["at"].initial = now.time().replace(second=0, microsecond=0)


class ReleaseForm(forms.Form):
    """The own member lets the authority that was called see the call here."""

    necessity = NecessityField()
