"""The yes on which something passes from one unit to another, of everybody who must give it."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsvar.forms.fields import InlineRadioSelect, LineField, ParagraphField, PickField, demanded_at_times
from samsvar.referrals.services import Yes
from samsvar.sharing.models import ConsentForm


def _names(text: str) -> list[str]:
    return [name.strip() for name in re.split(r"[\n,]", text) if name.strip()]


class YesForm(forms.Form):
    """Who has said yes, who must too and has not yet, and how."""

    given = ParagraphField(
        label=_("Hvem har sagt ja?"),
        max_length=600,
        rows=2,
        number=False,
        help_text=_(
            "Under 18 år: den unge og alle med forældremyndighed. Et navn på hver linje, fx Mette Prøvesen (mor)."
        ),
    )
    missing = ParagraphField(label=_("Hvem mangler at sige ja?"), max_length=600, rows=2, required=False, number=False)
    form = PickField(
        label=_("Hvordan?"), choices=ConsentForm.choices, widget=InlineRadioSelect, initial=ConsentForm.WRITTEN
    )
    why_oral = LineField(label=_("Mundtligt: hvorfor ikke skriftligt?"), max_length=200, required=False, number=False)
    informed = forms.BooleanField(
        label=_("De ved, hvad det betyder, og at det kan trækkes tilbage"),
        error_messages={"required": _("Forklar dem det først. Så kan det sendes.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "why_oral", "missing")

    @property
    def yes(self) -> Yes:
        """As it was given."""
        said = self.cleaned_data
        return Yes(
            _names(said["given"]), said["form"], said["why_oral"], said["informed"], missing=_names(said["missing"])
        )
