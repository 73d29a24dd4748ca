"""Forms of the case itself: its list, holder, facts, parties, and its end."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.cases.models import CloseReason, OutcomeType, ProposalEnd, Standing
from samsvar.cases.services.responsibility import WAITS
from samsvar.forms import (
    CprField,
    DayField,
    LineField,
    ParagraphField,
    ReferenceField,
    YesNoUnknownField,
    demanded_at_times,
)
from samsvar.law.warnings import has_cpr
from samsvar.partnerships.models import Authority, Capacity, Category, Criterion, Group


class AuthorityChoice(forms.ModelChoiceField):
    """One authority, by its full name."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Authority.objects.none(), empty_label=None, **kwargs)


class AuthorityChoices(forms.ModelMultipleChoiceField):
    """Several authorities, by their full names."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Authority.objects.none(), **kwargs)


class PersonChoice(forms.ModelChoiceField):
    """One of the own people, by name and function."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Capacity.objects.none(), **{"empty_label": _("Vælg en kollega"), **kwargs})

    def label_from_instance(self, obj: Any) -> str:
        """Name and function."""
        return f"{obj.person.name}, {obj.function}"


class ListForm(forms.Form):
    """What narrows the list of cases; comes in the address, so nothing in it is a person."""

    gruppe = forms.ModelChoiceField(
        label=_("Gruppe"), queryset=Group.objects.none(), required=False, empty_label=_("Alle grupper")
    )
    vis = forms.ChoiceField(
        label=_("Vis"),
        required=False,
        choices=[
            ("", _("Alle åbne sager")),
            ("vores", _("Vi har handlingsansvaret")),
            ("stille", _("Ender i en bunke: intet er sket længe")),
            ("venter", _("Venter på noget")),
            ("afsluttede", _("Afsluttede sager")),
        ],
    )

    def __init__(self, *args: Any, groups: QuerySet[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gruppe"].queryset = groups  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """What is sought. Sent by POST, since it may be a name or a number."""

    q = LineField(
        label=_("Navn, sagsnummer, CPR-nummer eller ord"), required=False, max_length=160, widget=forms.TextInput
    )
    closed = forms.BooleanField(label=_("Søg også i afsluttede sager"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "q")


class PlaceForm(forms.Form):
    """Where the handlingsansvar is placed. `seen` is the holding that stood on the screen."""

    authority = AuthorityChoice(
        label=_("Hvem skal have handlingsansvaret?"),
        help_text=_(
            "Jer selv: det flytter nu. En anden: de bliver spurgt, og det ligger, hvor det lå, til de siger ja."
        ),
    )
    reason = LineField(label=_("Hvorfor netop her?"), max_length=300)
    seen = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, parties: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = parties  # type: ignore[attr-defined]


class WaitForm(forms.Form):
    """What the case waits for; the holder stays."""

    standing = forms.ChoiceField(
        label=_("Hvad ventes der på?"),
        widget=forms.RadioSelect,
        choices=[(standing.value, standing.label) for standing in WAITS],
    )
    note = LineField(label=_("Hvad skal der til, og hvem gør det?"), max_length=400)
    until = DayField(
        label=_("Til hvilken dag?"), required=False, help_text=_("Skal skrives, når I afventer til en dato.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "until")

    def clean(self) -> dict[str, Any]:
        """A day is needed only where one waits for a day."""
        cleaned = super().clean() or {}
        if cleaned.get("standing") == Standing.WAIT_UNTIL and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", _("Skriv den dag, I venter til."))
        return cleaned


class EditForm(forms.Form):
    """The facts of a case (R-000-36, R-000-37, R-000-40, R-000-44; R-001-8). `seen` is the stamp of what was read."""

    why_serious = ParagraphField(
        label=_("Hvorfor er det alvorligt, og hvorfor er én myndighed ikke nok?"), max_length=1500
    )
    means_exhausted = ParagraphField(
        label=_("Hvorfor slår egne midler ikke til?"), max_length=1500, required=False, rows=3
    )
    tried_before = ParagraphField(
        label=_("Hvad er prøvet før, og hvorfor lykkedes det ikke?"), max_length=1500, required=False, rows=3
    )
    special_problems = ParagraphField(label=_("Særlige problemer"), max_length=1000, required=False, rows=2)
    social = YesNoUnknownField(label=_("Sociale problemer"))
    psychiatric = YesNoUnknownField(label=_("Psykiatriske problemer"))
    crime = YesNoUnknownField(label=_("Kriminalitet"))
    grey_zone = LineField(
        label=_("Hvorfor er det alligevel en PSP-sag?"),
        max_length=400,
        required=False,
        help_text=_("Når sagen ligger uden for alles kerneområde, eller kun har ét slags problem."),
    )
    traits = forms.MultipleChoiceField(
        label=_("Kriterier"), widget=forms.CheckboxSelectMultiple, required=False, choices=[]
    )
    own_reason = LineField(label=_("Jeres egen grund"), max_length=400, required=False)
    category = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.none(), required=False, empty_label=_("Ingen kategori")
    )
    children = YesNoUnknownField(label=_("Er der børn i hjemmet?"))
    link_person = LineField(
        label=_("Bindeled"),
        max_length=160,
        required=False,
        help_text=_("Den, der kender borgeren og holder forbindelsen til sin afdeling."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, *args: Any, criteria: QuerySet[Criterion], categories: QuerySet[Category], english: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "traits", "own_reason", "means_exhausted")
        self.fields["traits"].choices = [  # type: ignore[attr-defined]
            (one.key, (english and one.english) or one.danish) for one in criteria
        ]
        chosen = self.fields["category"]
        chosen.queryset = categories  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda one: (english and one.english) or one.danish  # type: ignore[attr-defined]


class BringInForm(forms.Form):
    """Another authority joins: this is a disclosure of the case, with its necessity (R-000-115, L3, L4)."""

    authorities = AuthorityChoices(label=_("Hvem skal med?"))
    necessity = LineField(label=_("Hvorfor er det nødvendigt, at de er med?"), max_length=400, number=False)

    def __init__(self, *args: Any, possible: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authorities"].queryset = possible  # type: ignore[attr-defined]


class StepOutForm(forms.Form):
    """The own authority leaves the table."""

    why = LineField(label=_("Hvorfor træder I ud?"), max_length=200)


class LiftForm(forms.Form):
    """The citizen lifts the pseudonym: the name, and that it was the citizen who said so."""

    name = LineField(
        label=_("Hvad hedder borgeren?"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    words = LineField(
        label=_("Hvad sagde borgeren om det?"),
        max_length=400,
        number=False,
        help_text=_("Fx »I må gerne kende mig nu«. Kun borgeren selv kan løfte kaldenavnet."),
    )

    def clean_name(self) -> str:
        """A name, and no number: that would stand in lists."""
        name: str = self.cleaned_data["name"]
        if has_cpr(name) or not any(sign.isalpha() for sign in name):
            raise forms.ValidationError(_("Skriv borgerens navn uden nummer."))
        return name


class AssignForm(forms.Form):
    """One of the own people joins the case."""

    capacity = PersonChoice(label=_("Hvem?"))
    reason = LineField(label=_("Hvad skal personen gøre?"), max_length=200)

    def __init__(self, *args: Any, people: QuerySet[Capacity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].queryset = people  # type: ignore[attr-defined]


class UnmaskForm(forms.Form):
    """Why somebody asks for the number; it is logged (L16, L19)."""

    purpose = LineField(label=_("Hvad skal du bruge CPR-nummeret til?"), max_length=200)


class CloseForm(forms.Form):
    """How a case ends (R-000-90, R-000-96)."""

    reason = forms.ChoiceField(
        label=_("Hvorfor afsluttes sagen?"), choices=CloseReason.choices, widget=forms.RadioSelect
    )
    note = ParagraphField(label=_("Kort begrundelse"), max_length=1000, rows=3)
    outcome = forms.ChoiceField(
        label=_("Hvad kom der ud af det?"), choices=[("", _("Vælg")), *OutcomeType.choices], required=False
    )
    good_for_citizen = ParagraphField(label=_("Var det godt for borgeren?"), max_length=1000, rows=3, required=False)
    proposals = forms.ChoiceField(
        label=_("Hvad bliver der af det, der ikke er svaret på?"),
        choices=ProposalEnd.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvad der bliver af det forslag, som ikke er besvaret.")},
    )

    def __init__(self, *args: Any, unanswered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not unanswered:
            del self.fields["proposals"]


class SamePersonForm(forms.Form):
    """Another case whose citizen is the same person, by its reference: names are not leafed through (R-000-152)."""

    other = ReferenceField(label=_("Sagsnummer på den anden sag"), max_length=24)
    reason = LineField(label=_("Hvordan ved I, at det er den samme?"), max_length=400)


class TypeInHeadForm(forms.Form):
    """What the rows of a type-in have in common."""

    group = forms.ModelChoiceField(label=_("Gruppe"), queryset=Group.objects.none(), empty_label=None)
    necessity = LineField(
        label=_("Hvorfor er det nødvendigt, at parterne får sagerne?"),
        max_length=400,
        number=False,
        help_text=_("Gælder alle rækker på siden."),
    )

    def __init__(self, *args: Any, groups: QuerySet[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


class TypeInRow(forms.Form):
    """One of today's open cases, typed in when a group goes live. An empty row is left out."""

    name = LineField(label=_("Navn eller kendetegn"), max_length=160, required=False)
    cpr = CprField(label=_("CPR-nummer"), required=False)
    why_serious = LineField(label=_("Hvorfor er det alvorligt?"), max_length=400, required=False)
    parties = AuthorityChoices(label=_("Parter ud over jer"), required=False)
    holder = forms.ModelChoiceField(
        label=_("Hvem har handlingsansvaret?"),
        queryset=Authority.objects.none(),
        required=False,
        empty_label=_("Vi har det"),
    )
    next_step = LineField(label=_("Næste skridt"), max_length=200, required=False)
    next_on = DayField(label=_("Hvornår?"), required=False)

    def __init__(self, *args: Any, others: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "name", "why_serious")
        for name in ("parties", "holder"):
            self.fields[name].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What a case cannot do without, said beside the field that lacks it."""
        cleaned = super().clean() or {}
        if not self.has_changed():
            return cleaned
        if not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Skriv et navn, eller hvad borgeren kaldes."))
        if not cleaned.get("why_serious") and "why_serious" not in self.errors:
            self.add_error("why_serious", _("Skriv, hvorfor det er alvorligt."))
        holder, parties = cleaned.get("holder"), cleaned.get("parties")
        if holder and parties is not None and holder not in parties:
            self.add_error("holder", _("Den, der har ansvaret, skal også være part i sagen."))
        if cleaned.get("next_on") and cleaned["next_on"] < timezone.localdate():
            self.add_error("next_on", _("Vælg en dag, der ikke er gået."))
        return cleaned
