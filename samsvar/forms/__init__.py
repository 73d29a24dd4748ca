"""Form fields that every room uses: tidy text, references, CPR numbers, days, yes/no/unknown.

No models and no screens here; `samsvar.web.forms` draws them. A field that refuses a text gives it back in a shape that
will pass: characters nobody can see are taken out, and what is over the limit is cut off, and the message says so.
"""

from samsvar.forms.cpr import CprField, looks_like_cpr, parse_cpr
from samsvar.forms.fields import (
    ClockField,
    DayField,
    DayInput,
    InlineRadioSelect,
    LineField,
    MailField,
    NumberField,
    ParagraphField,
    PickField,
    PickManyField,
    ReferenceField,
    TidyCharField,
    YesNoUnknown,
    YesNoUnknownField,
    demanded_at_times,
    offer,
)

__all__ = [
    "ClockField",
    "CprField",
    "DayField",
    "DayInput",
    "InlineRadioSelect",
    "LineField",
    "MailField",
    "NumberField",
    "ParagraphField",
    "PickField",
    "PickManyField",
    "ReferenceField",
    "TidyCharField",
    "YesNoUnknown",
    "YesNoUnknownField",
    "demanded_at_times",
    "looks_like_cpr",
    "offer",
    "parse_cpr",
]
