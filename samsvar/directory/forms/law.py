"""What a lawyer chooses and writes, and what somebody in doubt asks."""

from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.directory.selectors.law import Kinds
from samsvar.forms import DayField, LineField, ParagraphField, PickField
from samsvar.law.kinds import AuthorityKind, Basis, Cooperation, Labelled, Purpose, Regime
from samsvar.law.warnings import has_cpr, has_name
from samsvar.partnerships.models import Partnership

KINDS: dict[str, type[Labelled]] = {
    "basis": Basis,
    "cooperation": Cooperation,
    "sender": AuthorityKind,
    "receiver": AuthorityKind,
    "purpose": Purpose,
    "regime": Regime,
}


class KindsForm(forms.Form):
    """Which rows of the table; left open means all of them."""

    sender = PickField(label=_("Fra"), required=False)
    receiver = PickField(label=_("Til"), required=False)
    basis = PickField(label=_("Hjemmel"), required=False)
    purpose = PickField(label=_("Formål"), required=False)
    cooperation = PickField(label=_("Samarbejdsform"), required=False)
    regime = PickField(label=_("Regler for persondata"), required=False)

    # What stands for "not chosen", by field; every form says it in its own way.
    every = _("Alle")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kinds in KINDS.items():
            if name in self.fields:
                self.fields[name].choices = [("", self.every), *kinds.choices(get_language())]  # type: ignore[attr-defined]


class TableForm(KindsForm):
    """Filters of the table: one form of cooperation, basis, purpose at a time, so that it can be read."""

    place = PickField(label=_("Samarbejde"), required=False)

    field_order = ("place", "cooperation", "basis", "purpose", "sender", "receiver", "regime")

    def __init__(self, *args: Any, places: list[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("basis", "purpose", "cooperation"):
            # The page always has one of each; only the rest may be left open.
            self.fields[name].required = True
            self.fields[name].choices = KINDS[name].choices(get_language())  # type: ignore[attr-defined]
        self.fields["regime"].choices = [  # type: ignore[attr-defined]
            ("", _("De sædvanlige for hver myndighed")),
            *Regime.choices(get_language()),
        ]
        if len(places) > 1:
            self.fields["place"].choices = [(str(place.pk), place.name) for place in places]  # type: ignore[attr-defined]
        else:
            del self.fields["place"]


class DraftForm(forms.Form):
    """When a change counts, and why."""

    why = ParagraphField(
        label=_("Hvorfor, og med hvilken kilde?"),
        max_length=2000,
        rows=4,
        help_text=_("Paragraf, afgørelse eller aftale, og hvad der følger af den. Den, der godkender, læser det."),
    )
    since = DayField(label=_("Gælder fra"), help_text=_("Tidligst den dag, en anden jurist har godkendt den."))
    until = DayField(label=_("Til og med"), required=False, help_text=_("Tomt: indtil videre."))

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("En ændring kan ikke slutte, før den begynder."))
        return cleaned


class RowsChangeForm(KindsForm, DraftForm):
    """Open or shut a basis between kinds."""

    opens = PickField(
        label=_("Hvad skal ændres?"),
        choices=[("open", _("Åbn: hjemlen kan bruges her")), ("shut", _("Luk: hjemlen kan ikke bruges her"))],
        widget=forms.RadioSelect,
    )

    field_order = ("opens", "basis", "sender", "receiver", "purpose", "cooperation", "regime", "why", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].required = True
        # Nobody opens for telling without any basis.
        chosen = [(value, word) for value, word in Basis.choices(get_language()) if value != Basis.NONE]
        self.fields["basis"].choices = [("", _("Vælg")), *chosen]  # type: ignore[attr-defined]

    def what(self) -> dict[str, Any]:
        """What a valid form asks to be changed."""
        data = dict(self.cleaned_data)
        return {**data, "opens": data["opens"] == "open"}


class RuleChangeForm(DraftForm):
    """Say that a rule has been checked, or switch it on or off."""

    status = PickField(
        label=_("Er reglen efterprøvet?"),
        required=False,
        choices=[("", _("Som nu")), ("verified", _("Efterprøvet")), ("unverified", _("Ikke efterprøvet"))],
        widget=forms.RadioSelect,
    )
    switch = PickField(
        label=_("Bruges reglen?"),
        required=False,
        choices=[("", _("Som nu")), ("on", _("Slået til")), ("off", _("Slået fra"))],
        widget=forms.RadioSelect,
    )

    field_order = ("status", "switch", "why", "since", "until")

    def clean(self) -> dict[str, Any]:
        """Something changes."""
        cleaned = super().clean()
        if not self.errors and not cleaned.get("status") and not cleaned.get("switch"):
            self.add_error("status", _("Vælg, hvad der skal ændres ved reglen."))
        return cleaned

    def what(self) -> dict[str, Any]:
        """What a valid form asks to be changed."""
        data = dict(self.cleaned_data)
        return {**data, "switch": {"on": True, "off": False}.get(data["switch"])}


class DoubtForm(KindsForm):
    """Tvivl: what it is about, in kinds."""

    every = _("Ved ikke")
    place = PickField(label=_("Samarbejde"), required=False)

    field_order = ("place", "sender", "receiver", "basis", "purpose")

    def __init__(self, *args: Any, places: list[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["cooperation"], self.fields["regime"]
        if len(places) > 1:
            self.fields["place"].choices = [(str(place.pk), place.name) for place in places]  # type: ignore[attr-defined]
        else:
            del self.fields["place"]

    def kinds(self, cooperation: str) -> Kinds:
        """What a valid form is about, in the partnership's own form of cooperation."""
        data = self.cleaned_data
        return Kinds(data["basis"], cooperation, data["sender"], data["receiver"], data["purpose"])


class NoPersonForm(forms.Form):
    """Texts that speak of nobody: a CPR number is refused, a name is asked about once."""

    name_seen = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    person_texts: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Adds a word beside each text that seems to name somebody."""
        cleaned = super().clean() or self.cleaned_data
        for name in self.person_texts:
            text = str(cleaned.get(name) or "")
            if has_cpr(text):
                self.add_error(name, _("Her står noget, der ligner et CPR-nummer. Skriv spørgsmålet uden personen."))
            elif has_name(text) and cleaned.get("name_seen") != "1":
                self.add_error(
                    name,
                    ValidationError(
                        _("Her står noget, der ligner et navn. Skriv det uden. Er det ikke en person, så send igen."),
                        code="name",
                    ),
                )
                data = cast(QueryDict, self.data).copy()
                data[self.add_prefix("name_seen")] = "1"
                self.data = data
        return cleaned


class QuestionForm(NoPersonForm):
    """The question itself."""

    person_texts = ("text",)

    once = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)
    text = ParagraphField(
        label=_("Hvad er du i tvivl om?"),
        max_length=1500,
        rows=5,
        help_text=_("Skriv uden navn, nummer og sted. »En borger« er nok."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid4

    def clean_once(self) -> UUID:
        """The question's id from the page, so that a button pressed twice asks once."""
        try:
            return UUID(self.cleaned_data["once"])
        except ValueError:
            return uuid4()


class AnswerForm(NoPersonForm):
    """A lawyer's answer."""

    person_texts = ("text", "general")

    text = ParagraphField(label=_("Dit svar"), max_length=3000, rows=8)
    general = LineField(
        label=_("Spørgsmålet i almindelighed"),
        required=False,
        max_length=300,
        help_text=_("Skriv det, så alle i samarbejdet kan bruge svaret igen. Tomt: kun den, der spurgte, ser det."),
    )
