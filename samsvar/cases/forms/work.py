"""Forms of what is done in a case: agreements, follow-up, the citizen's part, safety and notes."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samsvar.cases.forms.case import AuthorityChoice, PersonChoice
from samsvar.cases.models import InvolvementState
from samsvar.forms import DayField, LineField, ParagraphField, YesNoUnknownField, demanded_at_times
from samsvar.partnerships.models import Authority, Capacity, Measure
from samsvar.sharing.models import OwnNote


class ActionForm(forms.Form):
    """Who does what, when, and what if the plan slips (R-000-80, R-001-11)."""

    authority = AuthorityChoice(
        label=_("Hvem gør det?"), help_text=_("For andre end jer selv bliver det et forslag, som de kan tage.")
    )
    what = LineField(label=_("Hvad?"), max_length=300, required=False)
    measure = forms.ModelChoiceField(
        label=_("Eller vælg en indsats, de har i forvejen"),
        queryset=Measure.objects.none(),
        required=False,
        empty_label=_("Ingen valgt"),
    )
    who = LineField(label=_("Hvilken person eller enhed?"), max_length=160, required=False)
    who_capacity = PersonChoice(
        label=_("En af jeres egne"),
        required=False,
        empty_label=_("Ingen valgt"),
        help_text=_("Personen får opgaven på sit bord og kan se sagen."),
    )
    due_on = DayField(label=_("Hvornår?"), required=False)
    if_it_slips = LineField(label=_("Hvad gør I, hvis aftalen ikke holder?"), max_length=300)
    supports = forms.BooleanField(label=_("Det støtter den, der har handlingsansvaret"), required=False, initial=True)
    safety_until = DayField(
        label=_("Er det et råd om sikkerhed ved besøg, så skriv, hvornår det udløber"), required=False
    )

    def __init__(
        self,
        *args: Any,
        parties: QuerySet[Authority],
        measures: QuerySet[Measure],
        people: QuerySet[Capacity],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "what", "measure")
        self.fields["authority"].queryset = parties  # type: ignore[attr-defined]
        self.fields["who_capacity"].queryset = people  # type: ignore[attr-defined]
        measure = self.fields["measure"]
        measure.queryset = measures  # type: ignore[attr-defined]
        measure.label_from_instance = lambda one: f"{one.authority.short_name}: {one.name}"  # type: ignore[attr-defined]


class TakeForm(forms.Form):
    """An authority takes what was proposed to it."""

    who = LineField(label=_("Hvilken person eller enhed?"), max_length=160, required=False)
    due_on = DayField(label=_("Hvornår?"), required=False)


class TakeOverForm(forms.Form):
    """An authority takes the handlingsansvar that was proposed to it: a yes, and nothing to fill in."""

    sure = forms.BooleanField(
        widget=forms.HiddenInput, initial=True, error_messages={"required": _("Svar igen: det blev ikke sendt.")}
    )


class DoneForm(forms.Form):
    """What came of it."""

    result = LineField(label=_("Hvad skete der?"), max_length=500, required=False)


class NoShowForm(forms.Form):
    """The citizen did not come: what is tried next (R-000-94)."""

    next_try = LineField(label=_("Hvad prøver I nu?"), max_length=300)
    due_on = DayField(label=_("Hvornår?"))


class StopForm(forms.Form):
    """Why it stops."""

    reason = LineField(label=_("Hvorfor stopper det?"), max_length=400)


class FollowUpForm(forms.Form):
    """How it goes (R-000-88, R-001-12)."""

    what_happened = ParagraphField(label=_("Hvad er der sket siden sidst?"), max_length=1500, rows=4)
    still_necessary = YesNoUnknownField(label=_("Er det stadig nødvendigt at dele oplysninger?"))
    criteria_met = YesNoUnknownField(label=_("Er kriterierne stadig opfyldt?"))
    next_step = LineField(label=_("Næste skridt"), max_length=200, required=False)
    next_on = DayField(label=_("Hvornår?"), required=False)


class InvolvementForm(forms.Form):
    """Whether the citizen is involved (R-001-13, R-000-120 to R-000-124)."""

    state = forms.ChoiceField(
        label=_("Er borgeren inddraget?"), choices=InvolvementState.choices, widget=forms.RadioSelect
    )
    reason = LineField(label=_("Hvis ikke: hvorfor?"), max_length=400, required=False)
    review_on = DayField(label=_("Hvis ikke: hvornår ser I på det igen?"), required=False)
    citizens_view = ParagraphField(label=_("Borgerens egne ord"), max_length=1500, rows=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "reason", "review_on")

    def clean(self) -> dict[str, Any]:
        """Later and not need a reason and a day, said beside the fields that lack them."""
        cleaned = super().clean() or {}
        if cleaned.get("state") in (InvolvementState.LATER, InvolvementState.NOT):
            if not cleaned.get("reason") and "reason" not in self.errors:
                self.add_error("reason", _("Skriv hvorfor."))
            if not cleaned.get("review_on") and "review_on" not in self.errors:
                self.add_error("review_on", _("Skriv, hvornår I ser på det igen."))
        return cleaned


class ChildrenForm(forms.Form):
    """What has been decided about the children in the home (L24)."""

    decision = ParagraphField(
        label=_("Hvad har I besluttet om børnene?"),
        max_length=1000,
        rows=4,
        help_text=_("Fx hvem der har underrettet kommunen og hvornår, eller hvorfor det ikke er nødvendigt."),
    )


class BanForm(forms.Form):
    """Mødeforbud (V-04)."""

    place = LineField(label=_("Hvor må borgeren ikke komme?"), max_length=120)
    until = DayField(label=_("Til og med"), required=False)
    contact_kept_by = LineField(label=_("Hvem holder kontakten imens?"), max_length=160, required=False)
    caseworker = PersonChoice(
        label=_("Hvilken sagsbehandler skal høre, hvordan det går?"), required=False, empty_label=_("Ingen valgt")
    )

    def __init__(self, *args: Any, people: QuerySet[Capacity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["caseworker"].queryset = people  # type: ignore[attr-defined]


class AdviceForm(forms.Form):
    """Whether a visit may be dangerous: yes, no or unknown, with advice and an end (V-10)."""

    answer = YesNoUnknownField(label=_("Kan et besøg være farligt?"))
    advice = LineField(
        label=_("Råd til den, der skal på besøg"),
        max_length=300,
        required=False,
        help_text=_("Fx »gå to sammen« eller »ring til lokalpolitiet først«. Aldrig domme eller sigtelser."),
    )
    until = DayField(label=_("Rådet gælder til og med"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "advice")


class NoteForm(forms.Form):
    """A note on the own side of the wall."""

    text = ParagraphField(label=_("Note"), max_length=4000, rows=5)
    reach = forms.ChoiceField(
        label=_("Hvem kan se den?"),
        choices=OwnNote.Reach.choices,
        widget=forms.RadioSelect,
        initial=OwnNote.Reach.AUTHORITY,
    )
