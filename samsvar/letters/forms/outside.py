"""A letter to somebody outside the circle: to whom, what, why, and what it rests on."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.cases.forms.grounds import add_grounds, weighing_of
from samsvar.forms import DayField, LineField, ParagraphField, demanded_at_times
from samsvar.law.assess import Weighing
from samsvar.law.kinds import Basis, InformationType, Purpose
from samsvar.letters.forms.notices import LANGUAGES
from samsvar.letters.models import OUTSIDE_BASES, OutsideKind
from samsvar.letters.services.outside import Content, Yes


class OutsideForm(forms.Form):
    """What the law asks of a letter out of the house stands in the form; `law.assess` answers."""

    name = LineField(label=_("Hvem er brevet til?"), max_length=160, help_text=_("Navn på en bestemt modtager."))
    address = LineField(label=_("Modtagerens adresse"), max_length=200, required=False)
    words = ParagraphField(
        label=_("Brevet"),
        max_length=8000,
        rows=16,
        help_text=_("Det, der står i kantede parenteser, skriver du færdigt eller sletter. Kun det nødvendige."),
    )
    information_types = forms.MultipleChoiceField(
        label=_("Hvad fortæller brevet om?"), widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(label=_("Formål"))
    necessity = ParagraphField(
        label=_("Hvorfor er det nødvendigt, at netop denne modtager ved det?"), max_length=1000, rows=3, number=False
    )
    consent_on = DayField(label=_("Hvilken dag har borgeren sagt ja til dette brev?"), required=False)
    consent_by = LineField(label=_("Hvem har sagt ja?"), max_length=120, required=False, number=False)
    consent_informed = forms.BooleanField(
        label=_("Borgeren ved, hvad det betyder, og at det kan trækkes tilbage"), required=False
    )
    consent_written = forms.BooleanField(label=_("Samtykket er skriftligt"), required=False)
    consent_why_oral = LineField(
        label=_("Er samtykket mundtligt: hvorfor?"), max_length=300, required=False, number=False
    )
    asks_status = forms.BooleanField(
        label=_("Brevet beder lægen om en status på borgeren"),
        required=False,
        help_text=_("Det kræver borgerens samtykke; værdispring er ikke nok."),
    )
    secrecy_order = forms.BooleanField(label=_("Læg et pålæg om tavshed ved brevet"), required=False, initial=True)
    language = forms.ChoiceField(choices=LANGUAGES, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: OutsideKind = OutsideKind.OWN_DOCTOR, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != OutsideKind.OWN_DOCTOR:
            del self.fields["asks_status"]
        said = get_language()
        for name, choices in (
            ("information_types", InformationType.choices(said)),
            ("purpose", Purpose.choices(said)),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        add_grounds(self, OUTSIDE_BASES, said or "da", help_text=_("§ 115 gælder ikke uden for kredsen."))
        demanded_at_times(self, "consent_on", "consent_by", "consent_why_oral")

    def clean(self) -> dict[str, Any]:
        """A consent that is written down here has a day, which has come; the law asks for the rest."""
        cleaned = super().clean() or {}
        if cleaned.get("basis") == Basis.CONSENT and "consent_on" not in self.errors:
            given = cleaned.get("consent_on")
            if given is not None and given > timezone.localdate():
                self.add_error("consent_on", _("Skriv den dag, borgeren sagde ja."))
        return cleaned

    def content(self, kind: OutsideKind) -> Content:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return Content(
            kind=kind,
            name=data["name"],
            address=data["address"],
            words=data["words"],
            information_types=[InformationType(one) for one in data["information_types"]],
            purpose=Purpose(data["purpose"]),
            necessity=data["necessity"],
            language=data["language"],
            secrecy_order=data["secrecy_order"],
            asks_status=data.get("asks_status", False),
        )

    def grounds(self) -> Yes | Weighing | None:
        """The five answers, or the consent that is written down here; None rests on the case's own consent."""
        data = self.cleaned_data
        if data["basis"] != Basis.CONSENT:
            return weighing_of(data)
        if data["consent_on"] is None:
            return None
        return Yes(
            data["consent_on"],
            data["consent_written"],
            data["consent_why_oral"],
            data["consent_by"],
            data["consent_informed"],
        )


class AcknowledgeForm(forms.Form):
    """The receiver has said yes to the order of secrecy."""

    on = DayField(label=_("Hvilken dag sagde modtageren ja til pålægget?"))
