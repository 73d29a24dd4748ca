"""Forms of rules, holds and disposal."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.forms import DayField, LineField, NumberField, PickField, ReferenceField
from samsvar.retention.models import LOG_MONTHS, Kind


class RuleForm(forms.Form):
    """How long, by which rule, and why."""

    months = NumberField(label=_("Måneder efter afslutning"))
    reference = LineField(label=_("Lov eller arkivregel"), max_length=200)
    reason = LineField(label=_("Hvorfor netop så længe?"), max_length=400)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least, self.most = LOG_MONTHS if kind == Kind.LOG else (1, 120)
        if kind == Kind.LOG:
            self.fields["months"].label = _("Måneder")

    def clean_months(self) -> int:
        """Within the limits of the kind."""
        months = self.cleaned_data["months"]
        if not self.least <= months <= self.most:
            raise forms.ValidationError(
                _("Skriv et tal fra %(least)s til %(most)s."), params={"least": self.least, "most": self.most}
            )
        return months


class ReasonForm(forms.Form):
    """Why something is held back, and when somebody looks at it again."""

    reason = LineField(
        label=_("Hvorfor skal det blive?"),
        max_length=400,
        help_text=_("For eksempel en klage eller en anmodning om indsigt. Skriv ikke noget om borgeren."),
    )
    review_on = DayField(label=_("Se på det igen"))

    def clean_review_on(self) -> date:
        """A day that comes."""
        day = self.cleaned_data["review_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Vælg en dag, der kommer."))
        return day


class HoldForm(ReasonForm):
    """A case or network case by its number."""

    kind = PickField(
        label=_("Hvad?"), choices=[(kind.value, kind.label) for kind in (Kind.CASE, Kind.NETWORK)], initial=Kind.CASE
    )
    number = ReferenceField(label=_("Nummer"))
    field_order = ["kind", "number", "reason", "review_on"]


def chosen(values: Iterable[str]) -> list[UUID]:
    """The ticked rows; what is no id is nothing."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
