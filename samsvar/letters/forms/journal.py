"""Marking a case as journalised."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.forms import LineField


class MomentField(forms.CharField):
    """A moment as the page itself wrote it into a hidden field."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> datetime | None:  # type: ignore[override]
        """The moment. Raises ValidationError for anything that the page did not write."""
        try:
            moment = datetime.fromisoformat(str(value or ""))
        except ValueError:
            raise ValidationError(_("Siden er gammel. Hent den igen.")) from None
        if timezone.is_naive(moment):
            raise ValidationError(_("Siden er gammel. Hent den igen."))
        return moment

    def prepare_value(self, value: Any) -> Any:
        """As ISO text."""
        return value.isoformat() if isinstance(value, datetime) else value


class MarkForm(forms.Form):
    """Under which number the own system has it."""

    number = LineField(
        label=_("Nummer i jeres eget system"), max_length=60, help_text=_("Fx nummeret i POL-SAS, ESDH eller EPJ.")
    )
    theme = LineField(label=_("Kort emne"), max_length=120)
    until = MomentField()
