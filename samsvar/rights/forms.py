"""Forms of the data protection officer's desk and of the register of rights."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.audit.models import Act
from samsvar.audit.selectors import Filters
from samsvar.forms import (
    CprField,
    DayField,
    LineField,
    NumberField,
    ParagraphField,
    PickField,
    ReferenceField,
    demanded_at_times,
)
from samsvar.partnerships.models import Authority, Partnership
from samsvar.rights.models import Breach, BreachKind, LogWatch, Outcome, OutsideReason, RequestKind, Verdict
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
        # It is a search: that each field may stand empty goes without saying.
        demanded_at_times(self, *self.fields)

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
    reason = PickField(label=_("Hvorfor søger du?"), choices=[("", _("Vælg")), *SearchReason.choices])


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


class RequestForm(forms.Form):
    """What a citizen asks for."""

    kind = PickField(label=_("Hvad beder borgeren om?"), choices=RequestKind.choices)
    who = LineField(label=_("Borgerens navn"), max_length=160)
    number = CprField(
        label=_("CPR-nummer"),
        required=False,
        help_text=_("Bruges til at finde borgeren i loggen. Det bliver ikke gemt her."),
    )
    identified_by = LineField(label=_("Hvordan ved I, hvem det er?"), max_length=200)
    reference = ReferenceField(label=_("Sagsnummer"), required=False, max_length=24)
    text = ParagraphField(label=_("Med borgerens ord"), max_length=2000, rows=4)
    received_on = DayField(label=_("Modtaget"))

    def clean_received_on(self) -> date:
        """A day that has been."""
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Den dag er ikke kommet endnu."))
        return day


class ExtendForm(forms.Form):
    """A later answer, and why."""

    until = DayField(label=_("Svar senest"))
    because = LineField(label=_("Hvorfor tager det længere tid?"), max_length=400)


class CloseForm(forms.Form):
    """How it ended."""

    outcome = PickField(label=_("Udfald"), choices=Outcome.choices, widget=forms.RadioSelect)
    answer = ParagraphField(label=_("Svaret, kort"), max_length=2000, rows=4)


class HearForm(forms.Form):
    """Another controller, and what it is asked."""

    other = forms.ModelChoiceField(
        label=_("Hvem spørger I?"), queryset=Authority.objects.none(), empty_label=_("Vælg en myndighed")
    )
    question = LineField(
        label=_("Hvad spørger I om?"),
        max_length=400,
        help_text=_("For eksempel hvad de selv vil give indsigt i. Skriv ikke noget nyt om borgeren."),
    )

    def __init__(self, *args: Any, others: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others  # type: ignore[attr-defined]


class ExemptForm(forms.Form):
    """What the citizen is not given (L21)."""

    what = LineField(label=_("Hvad undtages?"), max_length=200)
    paragraph = LineField(label=_("Paragraf"), max_length=80, initial="databeskyttelsesloven § 22")
    number = LineField(label=_("Stykke og nummer"), max_length=40)
    reason = LineField(label=_("Begrundelse"), max_length=400)
    review_on = DayField(label=_("Se på det igen"))

    def clean_review_on(self) -> date:
        """A day that comes."""
        day = self.cleaned_data["review_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Vælg en dag, der kommer."))
        return day


class AnswerForm(forms.Form):
    """What the own authority answers another controller."""

    answer = ParagraphField(label=_("Svar"), max_length=2000, rows=5)


class RemarkForm(forms.Form):
    """The citizen's own words about what is said."""

    text = ParagraphField(label=_("Borgerens bemærkning, med borgerens egne ord"), max_length=2000, rows=5)


class AskForm(forms.Form):
    """A question about a citizen outside the own cases: a number or a case number, and why."""

    place = forms.ModelChoiceField(label=_("Samarbejde"), queryset=Partnership.objects.none(), empty_label=None)
    number = CprField(label=_("CPR-nummer"), required=False)
    reference = ReferenceField(label=_("Eller sagsnummer"), required=False, max_length=24)
    reason = PickField(label=_("Hvorfor spørger du?"), choices=OutsideReason.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, places: QuerySet[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("number")) == bool(cleaned.get("reference")):
            self.add_error("number", _("Skriv enten et CPR-nummer eller et sagsnummer."))
        return cleaned


class BreachForm(forms.ModelForm):
    """What is known of a breach."""

    kind = forms.ChoiceField(label=_("Slags"), choices=[("", _("Vælg")), *BreachKind.choices])
    what = ParagraphField(
        label=_("Hvad er der sket?"), max_length=2000, rows=4, help_text=_("Skriv ikke navne eller numre.")
    )
    happened_on = DayField(label=_("Hvornår skete det?"), required=False)
    people = NumberField(label=_("Hvor mange borgere, cirka?"), required=False, min_value=0, max_value=1_000_000)
    consequences = ParagraphField(label=_("Hvad kan det betyde for dem?"), max_length=2000, rows=3, required=False)
    measures = ParagraphField(label=_("Hvad er der gjort?"), max_length=2000, rows=3, required=False)

    class Meta:
        model = Breach
        fields = ["kind", "what", "happened_on", "people", "consequences", "measures"]


class NewBreachForm(BreachForm):
    """A new one: since when it is known, from which the clock runs."""

    known_on = DayField(label=_("Hvilken dag blev det kendt?"))
    known_hour = NumberField(label=_("Cirka hvilken time"), min_value=0, max_value=23)
    field_order = ["kind", "what", "known_on", "known_hour"]

    def clean(self) -> dict[str, Any]:
        """The moment from which the clock runs; it has been."""
        cleaned = super().clean() or {}
        day, hour = cleaned.pop("known_on", None), cleaned.pop("known_hour", None)
        if day is not None and hour is not None:
            known = timezone.make_aware(datetime.combine(day, time(hour)))
            if known > timezone.now():
                self.add_error("known_on", _("Det tidspunkt er ikke kommet endnu."))
            cleaned["known_at"] = known
        return cleaned


class ChangeBreachForm(BreachForm):
    """Who has been told, and whether it is over."""

    told_supervisor_on = DayField(label=_("Anmeldt til Datatilsynet"), required=False)
    why_not_supervisor = LineField(label=_("Hvorfor ikke anmeldt?"), required=False, max_length=400)
    told_citizens_on = DayField(label=_("Borgerne fik besked"), required=False)
    why_not_citizens = LineField(label=_("Hvorfor fik borgerne ikke besked?"), required=False, max_length=400)
    over = forms.BooleanField(label=_("Bruddet er afsluttet"), required=False)

    def clean(self) -> dict[str, Any]:
        """A day of telling as a moment."""
        cleaned = super().clean() or {}
        day = cleaned.pop("told_supervisor_on", None)
        cleaned["told_supervisor_at"] = timezone.make_aware(datetime.combine(day, time(12))) if day else None
        return cleaned
