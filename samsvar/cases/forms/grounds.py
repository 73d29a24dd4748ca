"""What a disclosure rests on: the fields that every page of telling, here and by letter, asks for it in (L8, L10)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsvar.forms import LineField, demanded_at_times
from samsvar.law.assess import Weighing
from samsvar.law.kinds import Basis
from samsvar.sharing.services import Ground

FIVE = ("own_sake", "concrete", "outweighs", "consent_tried", "leader")


def weighing_fields() -> dict[str, forms.Field]:
    """The five questions of the overriding-interest rule, the last of them a leader's name (LR-000-80 to 84)."""
    asked = {
        "own_sake": _("Hvordan er det for borgerens egen skyld?"),
        "concrete": _("Hvad er konkret vurderet i netop denne situation?"),
        "outweighs": _("Hvorfor vejer det klart tungere end tavsheden?"),
        "consent_tried": _("Hvordan er samtykke prøvet, eller hvorfor kunne det ikke?"),
        "leader": _("Hvilken leder har besluttet det?"),
    }
    return {
        name: LineField(label=label, max_length=160 if name == "leader" else 400, required=False, number=False)
        for name, label in asked.items()
    }


def add_grounds(form: forms.BaseForm, bases: Iterable[Basis], lang: str, **basis: Any) -> None:
    """Give a form the choice of basis and the five questions."""
    form.fields["basis"] = forms.ChoiceField(
        label=_("Hvad hviler det på?"),
        choices=[(one.value, one.label(lang)) for one in bases],
        widget=forms.RadioSelect,
        **basis,
    )
    form.fields |= weighing_fields()
    demanded_at_times(form, *FIVE)


def weighing_of(data: Mapping[str, Any]) -> Weighing:
    """The five answers of a valid form."""
    return Weighing(**{name: data.get(name, "") for name in FIVE})


def ground_of(data: Mapping[str, Any]) -> Ground:
    """What a valid form rests on; § 115 where nothing else was chosen."""
    basis = Basis(data.get("basis") or Basis.COOPERATION.value)
    return Ground(basis, weighing_of(data) if basis == Basis.OVERRIDING else None)
