"""What is typed about an inquiry, a round of looking, and the target group."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.directory.kinds import UnitKind
from samsvar.forms.fields import (
    DayField,
    InlineRadioSelect,
    LineField,
    NumberField,
    ParagraphField,
    PickField,
    PickManyField,
    YesNoUnknownField,
    demanded_at_times,
    offer,
    without_forbidden,
)
from samsvar.outreach.forms.courses import CodeField, CodesField
from samsvar.outreach.models import Answered, Outcome, SearchKind
from samsvar.outreach.words import Profile, form, options, said
from samsvar.referrals.models import Referral

_PICK = {"required": _("Vælg en af mulighederne.")}
WHO_JUDGED = [
    ("worker", _("Fagfolk")),
    ("neighbour", _("Naboer")),
    ("housing", _("Boligselskabet")),
    ("citizen", _("Borgeren selv")),
]


class HoursField(forms.DecimalField):
    """Hours with one decimal; what was typed comes back without what cannot be seen."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, at most 20 characters of it."""
        return super().bound_data(without_forbidden(data)[:20] if isinstance(data, str) else data, initial)


# Whom a unit of the directory is in the form's question 13; whoever is none of these is chosen by hand.
SENDERS = {
    UnitKind.HOSPITAL: 1,
    UnitKind.WARD: 2,
    UnitKind.PAM: 2,
    UnitKind.DISTRICT: 3,
    UnitKind.ADULT_AUTHORITY: 4,
    UnitKind.HOUSING: 5,
    UnitKind.GP: 6,
    UnitKind.OUTREACH_99: 7,
    UnitKind.POLICE: 8,
    UnitKind.DROP_IN: 9,
    UnitKind.HOME_NURSING: 10,
}


class InquiryForm(forms.Form):
    """Somebody asks: from where, what was said, and who it was."""

    source = CodeField(label=_("Fra hvem"))
    text = ParagraphField(label=_("Hvad blev der sagt"), max_length=1000, rows=3, number=False)
    raiser = LineField(label=_("Hvem, og hvordan vi når dem"), max_length=160, required=False, number=False)
    hidden = forms.BooleanField(label=_("Vil ikke nævnes over for borgeren"), required=False)
    received_on = DayField(label=_("Dag"))

    def __init__(self, *args: Any, tip: Referral | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "source", [("", _("Vælg")), *options("q13")])
        self.fields["received_on"].initial = timezone.localdate()
        if tip:
            door = tip.from_entry
            self.initial = {
                "source": SENDERS.get(UnitKind(door.kind), ""),
                "text": "\n".join(text for _label, text, *_whose in tip.rows()),
                "raiser": ", ".join(filter(None, (tip.by.name, door.name, door.phone)))[:160],
                "received_on": timezone.localdate(tip.sent_at),
            }


class FollowUpForm(forms.Form):
    """What it was, what was done, and what whoever asked hears."""

    outcome = PickField(
        label=_("Hvad var det"), choices=Outcome.choices, widget=forms.RadioSelect, error_messages=_PICK
    )
    sent_to = LineField(label=_("Hvor det hører til"), max_length=160, required=False, number=False)
    did = LineField(label=_("Hvad gjorde I"), max_length=400, number=False)
    answered = PickField(
        label=_("Svar til den, der spurgte"),
        choices=Answered.choices,
        widget=forms.RadioSelect,
        error_messages=_PICK,
        help_text=_("Aldrig et ord om borgeren."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "sent_to")

    def clean(self) -> dict[str, Any]:
        """Another offer has a name."""
        data = super().clean() or {}
        if data.get("outcome") == Outcome.OTHER and not data.get("sent_to") and "sent_to" not in self.errors:
            self.add_error("sent_to", _("Skriv, hvor det hører til."))
        return data


class SearchForm(forms.Form):
    """A round of looking."""

    kind = PickField(label=_("Hvordan"), choices=SearchKind.choices, widget=forms.RadioSelect, error_messages=_PICK)
    place = LineField(label=_("Hvor, eller for hvem"), max_length=160, number=False)
    basis = LineField(
        label=_("Lovgrundlag"),
        max_length=300,
        required=False,
        number=False,
        help_text=_("En liste, der er lavet til andet, må først bruges, når grundlaget er skrevet ned."),
    )
    hours = HoursField(
        label=_("Timer"), min_value=0, max_value=999, decimal_places=1, max_digits=4, required=False, localize=True
    )
    reviewed = NumberField(label=_("Gået igennem"), min_value=0, max_value=100000, required=False)
    concerns = NumberField(label=_("Giver bekymring"), min_value=0, max_value=100000, required=False)
    seen = LineField(label=_("Hvad så I"), max_length=400, required=False, number=False)
    on = DayField(label=_("Dag"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()
        demanded_at_times(self, "basis")

    def clean(self) -> dict[str, Any]:
        """What was not counted is nought."""
        data = super().clean() or {}
        return data | {key: data.get(key) or 0 for key in ("hours", "reviewed", "concerns")}


class AssessmentForm(forms.Form):
    """The four criteria, each by itself; the worker says at the end what it comes to."""

    illness = YesNoUnknownField(label=_("Sindslidelse"))
    illness_note = LineField(label=_("Om sindslidelsen"), max_length=300, required=False, number=False)
    isolation = YesNoUnknownField(label=_("Isolation"))
    isolation_note = LineField(label=_("Om isolationen"), max_length=300, required=False, number=False)
    conditions = YesNoUnknownField(label=_("Uacceptable forhold"))
    conditions_note = LineField(
        label=_("Hvorfor de er eller ikke er uacceptable"), max_length=600, required=False, number=False
    )
    home = YesNoUnknownField(label=_("Egen bolig"))
    home_note = LineField(label=_("Om boligen"), max_length=300, required=False, number=False)
    items = PickManyField(label=_("Det passer"), widget=forms.CheckboxSelectMultiple, required=False)
    judged_by = PickManyField(
        label=_("Hvem finder forholdene uacceptable"),
        choices=WHO_JUDGED,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    homeless = forms.BooleanField(label=_("Har en bolig, men kan ikke bo i den"), required=False)
    helped = forms.BooleanField(label=_("Får hjælp efter § 83 eller § 85"), required=False)
    helped_why = LineField(label=_("Hvorfor isoleret alligevel"), max_length=300, required=False, number=False)
    dwelling = CodesField()
    risk = CodeField(widget=forms.RadioSelect)
    belongs = PickField(
        label=_("Din samlede vurdering"),
        choices=[("yes", _("I målgruppen")), ("no", _("Ikke i målgruppen"))],
        widget=InlineRadioSelect,
        error_messages=_PICK,
    )
    rationale = ParagraphField(label=_("Begrundelse"), max_length=1000, rows=3, number=False)

    def __init__(self, profile: Profile, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "items", [(one.key, said(one.said)) for one in profile.traits])
        offer(self, "dwelling", options("q21"))
        offer(self, "risk", options("q22"))
        for name, key in (("dwelling", "q21"), ("risk", "q22")):
            self.fields[name].label = _form_words(key)
        demanded_at_times(self, "conditions_note", "helped_why")

    def clean(self) -> dict[str, Any]:
        """What the judgement demands for some answers."""
        data = super().clean() or {}
        if (
            data.get("conditions") in {"yes", "no"}
            and not data.get("conditions_note")
            and "conditions_note" not in self.errors
        ):
            self.add_error("conditions_note", _("Skriv, hvorfor forholdene er eller ikke er uacceptable."))
        if (
            data.get("helped")
            and data.get("isolation") != "no"
            and not data.get("helped_why")
            and "helped_why" not in self.errors
        ):
            self.add_error(
                "helped_why",
                _(
                    "Den, der får hjælp efter § 83 eller § 85, er efter definitionen ikke isoleret. "
                    "Skriv, hvorfor alligevel."
                ),
            )
        if 77 in data.get("dwelling", []) and len(data["dwelling"]) > 1:
            self.add_error("dwelling", _("»Ved ikke« kan ikke stå sammen med andre svar om boligen."))
        return data


def _form_words(key: str) -> str:
    return form().question(key).said.label(get_language()).partition("(")[0].strip()
