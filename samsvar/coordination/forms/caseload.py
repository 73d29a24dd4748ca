"""What is typed about a tovholder's hours."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samsvar.coordination.selectors.caseload import FEWEST, MOST
from samsvar.forms.fields import NumberField


class HoursForm(forms.Form):
    """How many hours a week."""

    hours = NumberField(label=_("Timer om ugen som tovholder"), min_value=FEWEST, max_value=MOST)
