"""The room's registration."""

from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What an empty field says, by what is to be done about it. Django's "Dette felt er påkrævet" tells nobody what to do.
ASKED_FOR = {
    forms.Field: _("Skriv det, der mangler her."),
    forms.ChoiceField: _("Vælg en af mulighederne."),
    forms.ModelChoiceField: _("Vælg en af mulighederne."),
    forms.MultipleChoiceField: _("Sæt mindst ét kryds."),
    forms.ModelMultipleChoiceField: _("Sæt mindst ét kryds."),
    forms.DateField: _("Skriv en dato."),
    forms.TimeField: _("Skriv klokken, fx 14.30."),
    forms.IntegerField: _("Skriv et tal."),
    forms.EmailField: _("Skriv en e-mailadresse, fx navn@kommune.dk."),
    forms.BooleanField: _("Sæt kryds her, før du går videre."),
}


class FormsConfig(AppConfig):
    """Fields of every room."""

    name = "samsvar.forms"

    def ready(self) -> None:
        """Give Django's fields their own words; a field may still have better ones."""
        for kind, words in ASKED_FOR.items():
            own = vars(kind).get("default_error_messages", {})
            kind.default_error_messages = {**own, "required": words}  # type: ignore[attr-defined]
