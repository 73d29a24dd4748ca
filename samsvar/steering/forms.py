"""Forms of those who steer."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.cases.forms.concerns import CarriedField
from samsvar.forms import DayField, LineField, ParagraphField, PickManyField
from samsvar.partnerships.models import Group
from samsvar.steering.models import DecisionReceipt
from samsvar.steering.selectors import Asked


class TermsForm(forms.Form):
    """A new version of the terms of reference."""

    purpose = ParagraphField(label=_("Formål"), max_length=2000)
    tasks = ParagraphField(label=_("Opgaver"), max_length=2000)
    working = ParagraphField(
        label=_("Arbejdsform"),
        max_length=2000,
        required=False,
        help_text=_("Hvor tit I mødes, hvem der indkalder, hvad der skrives ned."),
    )
    mandate = ParagraphField(label=_("Hvad gruppen kan beslutte"), max_length=2000, required=False)
    in_force_from = DayField(label=_("Gælder fra"), initial=timezone.localdate)


class EvaluationForm(forms.Form):
    """The report's questions; each authority answers for itself, as many as it wants."""

    seen = CarriedField()

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for one in asked:
            self.fields[one.question.key] = ParagraphField(
                label=one.question.text, max_length=2000, rows=2, required=False
            )

    @property
    def answers(self) -> dict[str, str]:
        """By question, from a valid form."""
        return {one.question.key: self.cleaned_data[one.question.key] for one in self.asked}

    def lines(self) -> list[tuple[Asked, forms.BoundField]]:
        """Each question with its field."""
        return [(one, self[one.question.key]) for one in self.asked]


class DecisionForm(forms.Form):
    """What has been decided, and for whom."""

    decided_on = DayField(label=_("Besluttet"), initial=timezone.localdate)
    title = LineField(label=_("Hvad er besluttet, kort"), max_length=160)
    text = ParagraphField(
        label=_("Beslutningen"), max_length=3000, help_text=_("Uden borgere: alle grupper læser den.")
    )
    to = PickManyField(label=_("Hvem gælder den for"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(one.pk): one for one in groups}
        cast(forms.MultipleChoiceField, self.fields["to"]).choices = [
            (key, one.name) for key, one in self.groups.items()
        ]

    @property
    def chosen(self) -> list[Group]:
        """The groups of a valid form."""
        return [self.groups[key] for key in self.cleaned_data["to"]]


class TakeInForm(forms.Form):
    """What the group has done with a decision."""

    done = ParagraphField(label=_("Hvad har I gjort med den"), max_length=1000, rows=3)

    def __init__(self, *args: Any, receipt: DecisionReceipt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done"].initial = receipt.done
