"""Whether the citizen has been told of a concern that another authority sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.forms import DayField, PickField, demanded_at_times
from samsvar.law.exemptions import Exemption
from samsvar.sharing.models import WhyNot

TOLD, NOT_YET = "told", "not_yet"


class ConcernNoticeForm(forms.Form):
    """Told, or not yet: then why, by which rule, and until when. No free words: the log keeps what is chosen."""

    told = PickField(
        label=_("Har borgeren fået det at vide?"),
        choices=[(TOLD, _("Ja, borgeren ved det")), (NOT_YET, _("Nej, ikke endnu"))],
        widget=forms.RadioSelect,
    )
    why_not = PickField(
        label=_("Hvis nej: hvorfor ikke endnu?"), choices=[("", _("Vælg")), *WhyNot.choices], required=False
    )
    paragraph = PickField(
        label=_("Hvis nej: efter hvilken regel?"),
        required=False,
        help_text=_("Reglerne er ikke efterprøvet af en jurist endnu."),
    )
    review_on = DayField(
        label=_("Hvis nej: hvornår ser I på det igen?"),
        required=False,
        help_text=_("Den dag ligger opgaven på bordet igen."),
    )

    def __init__(self, *args: Any, exemptions: Sequence[Exemption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = get_language()
        self.fields["paragraph"].choices = [  # type: ignore[attr-defined]
            ("", _("Vælg")),
            *[(one.key, one.label(said)) for one in exemptions],
        ]
        demanded_at_times(self, "why_not", "paragraph", "review_on")

    @property
    def is_told(self) -> bool:
        """Whether a valid form says that the citizen knows."""
        return bool(self.cleaned_data["told"] == TOLD)

    def clean(self) -> dict[str, Any]:
        """Not yet: all three are said."""
        cleaned = super().clean() or {}
        if cleaned.get("told") != NOT_YET:
            return cleaned
        for name, words in (
            ("why_not", _("Vælg, hvorfor borgeren ikke ved det endnu.")),
            ("paragraph", _("Vælg en regel.")),
            ("review_on", _("Vælg den dag, hvor I ser på det igen.")),
        ):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, words)
        return cleaned
