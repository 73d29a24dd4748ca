"""Telling the citizen, not telling for now, and the citizen's own words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.cases.forms.case import PersonChoice
from samsvar.forms import DayField, InlineRadioSelect, LineField, ParagraphField, PickField
from samsvar.law.exemptions import Exemption
from samsvar.letters.models import How, Speaker
from samsvar.partnerships.models import Capacity
from samsvar.sharing.models import WhyNot

LANGUAGES = [("da", _("Dansk")), ("en", _("Engelsk"))]


class TellForm(forms.Form):
    """The citizen is told: with a letter that is drafted already, or by word of mouth."""

    prefix = "fortael"

    words = ParagraphField(
        label=_("Brevet"),
        max_length=8000,
        rows=18,
        required=False,
        help_text=_("Ret det, så borgeren kan forstå det. Det, der står her, er det, der bliver skrevet ud."),
    )
    how = forms.ChoiceField(label=_("Hvordan får borgeren det at vide?"), choices=How.choices, widget=forms.RadioSelect)
    companion = LineField(label=_("Navn på bisidder eller ombud, hvis der var en med"), max_length=160, required=False)
    told_on = DayField(label=_("Hvilken dag?"))
    language = forms.ChoiceField(choices=LANGUAGES, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"how": How.LETTER, "told_on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class HoldBackForm(forms.Form):
    """The citizen is not told for now: why, under which rule, which leader, until when."""

    prefix = "vent"

    why_not = forms.ChoiceField(label=_("Hvorfor ikke endnu?"), choices=WhyNot.choices, widget=forms.RadioSelect)
    reason = ParagraphField(label=_("Begrundelse med dine egne ord"), max_length=1000, rows=3)
    paragraph = PickField(
        label=_("Hvilken regel?"),
        help_text=_("Reglerne er ikke efterprøvet af en jurist endnu."),
    )
    leader = PersonChoice(label=_("Hvilken leder står for det?"), empty_label=_("Vælg en leder"))
    review_on = DayField(
        label=_("Hvornår ser I på det igen?"),
        help_text=_("Den dag falder beslutningen bort, og opgaven ligger på bordet igen."),
    )

    def __init__(self, *args: Any, leaders: QuerySet[Capacity], exemptions: Sequence[Exemption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = get_language()
        self.fields["paragraph"].choices = [(one.key, one.label(said)) for one in exemptions]  # type: ignore[attr-defined]
        self.fields["leader"].queryset = leaders  # type: ignore[attr-defined]


class HearForm(forms.Form):
    """Words of the citizen, a bisidder or an ombud."""

    prefix = "ord"

    text = ParagraphField(label=_("Hvad blev der sagt?"), max_length=3000, rows=4)
    speaker = forms.ChoiceField(
        label=_("Hvis ord er det"), choices=Speaker.choices, widget=InlineRadioSelect, initial=Speaker.CITIZEN
    )
    name = LineField(label=_("Navn på bisidder eller ombud"), max_length=160, required=False)
