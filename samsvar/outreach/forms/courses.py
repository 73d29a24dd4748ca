"""What is typed about a course."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.forms.fields import (
    ClockField,
    DayField,
    InlineRadioSelect,
    LineField,
    NumberField,
    ParagraphField,
    PickField,
    PickManyField,
    demanded_at_times,
    offer,
)
from samsvar.outreach.models import Answered, Demand, Known, MeaningKind, Stance
from samsvar.outreach.services.courses import PURPOSE_MET, RESULT_QUESTIONS
from samsvar.outreach.words import options

_PICK = {"required": _("Vælg en af mulighederne.")}
# A button on a small screen: the radio and its few words.
Tile = tuple[BoundWidget, str]
RUNG_WORDS = (
    _("Ingen kontakt"),
    _("Kigger ud"),
    _("Taler gennem sprækken"),
    _("Åbner, gemmer sig"),
    _("Kommer ud, lukker efter sig"),
    _("Mødes et andet sted"),
    _("Åbner, jeg står udenfor"),
    _("Lukker mig ind"),
    _("Har ventet mig"),
)


class CodeField(forms.TypedChoiceField):
    """One code of the form, as a number."""

    default_error_messages = {
        "invalid_choice": _("Vælg en af mulighederne."),
        "required": _("Vælg en af mulighederne."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("coerce", int)
        kwargs.setdefault("empty_value", None)
        super().__init__(**kwargs)


class CodesField(forms.TypedMultipleChoiceField):
    """Some codes of the form, as numbers."""

    default_error_messages = {
        "invalid_choice": _("Vælg blandt mulighederne."),
        "invalid_list": _("Vælg blandt mulighederne."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("coerce", int)
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)


class StartForm(forms.Form):
    """Begin to seek somebody: a name of the worker's own, and little more."""

    pseudonym = LineField(
        label=_("Kaldenavn"),
        max_length=40,
        number=False,
        help_text=_("Dit eget navn til borgeren, fx »Fuglemanden«. Ikke borgerens rigtige navn."),
    )
    known = PickField(
        label=_("Kendt eller ukendt"),
        choices=Known.choices,
        widget=InlineRadioSelect,
        initial=Known.UNKNOWN,
        error_messages=_PICK,
    )
    door = LineField(
        label=_("Adresse"),
        max_length=160,
        required=False,
        help_text=_("Bliver ikke gemt. Bruges kun nu til at se, om I allerede søger nogen bag samme dør."),
    )
    not_alone = LineField(
        label=_("Hvorfor ingen går alene"),
        max_length=300,
        required=False,
        number=False,
        help_text=_("Skrives kun, hvis der er grund til det, fx vold før."),
    )
    started_on = DayField(label=_("Første gang, I henvender jer"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["started_on"].initial = timezone.localdate()


class StartOnForm(StartForm):
    """Begin because somebody asked, who hears of it without a word about the citizen."""

    answered = PickField(
        label=_("Svar til den, der spurgte"),
        choices=Answered.choices,
        widget=forms.RadioSelect,
        error_messages=_PICK,
        help_text=_("Aldrig et ord om borgeren."),
    )


class LogForm(forms.Form):
    """The log on a landing: how, which rung, and save. All the rest may wait."""

    method = CodeField(label=_("Hvordan"), widget=forms.RadioSelect)
    rung = CodeField(label=_("Hvor langt kom I"), widget=forms.RadioSelect, required=False)
    partner = forms.TypedChoiceField(
        label=_("Sammen med"),
        coerce=UUID,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Vælg en af mulighederne.")},
    )
    alone = forms.BooleanField(label=_("Jeg gik alene"), required=False)
    same_run = forms.BooleanField(label=_("Hører til samme forløb af sms'er"), required=False)
    card_left = forms.BooleanField(label=_("Jeg lagde et kort"), required=False)
    next_on = DayField(label=_("Næste besøg"), required=False)
    minutes = NumberField(label=_("Minutter"), required=False, min_value=0, max_value=1440)
    note = LineField(label=_("Note"), max_length=500, required=False, number=False)
    day = DayField(label=_("Dag"), required=False, help_text=_("I dag, hvis du ikke skriver noget."))
    clock = ClockField(label=_("Klokken"), required=False, help_text=_("Nu, hvis du ikke skriver noget."))
    sent = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, team: Sequence[tuple[UUID, str]], *args: Any, runs: bool = False, two: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if two:
            # One of the two is asked for where nobody goes alone.
            demanded_at_times(self, "partner", "alone")
        offer(self, "method", options("q27"))
        offer(self, "rung", options("q28"))
        offer(self, "partner", [("", _("Ingen")), *team])
        self.fields["sent"].initial = uuid4()
        self.fields["same_run"].initial = runs
        if not runs:
            del self.fields["same_run"]

    def clean(self) -> dict[str, Any]:
        """The moment that was typed, if any: another day without a clock is noon."""
        data = super().clean() or {}
        day, clock = data.pop("day", None), data.pop("clock", None)
        data["on"] = None
        if day or clock:
            moment = datetime.combine(day or timezone.localdate(), clock or time(12))
            data["on"] = timezone.make_aware(moment) if day != timezone.localdate() or clock else None
        return data

    def methods(self) -> list[Tile]:
        """The six methods, as buttons; long words may break where a person would break them."""
        return [
            (radio, str(radio.choice_label).replace("skrevet", "\u00adskrevet")) for radio in self["method"].subwidgets
        ]

    def rungs(self) -> list[Tile]:
        """The nine rungs, as buttons with a few words; the form's own wording stands below them."""
        return [(radio, str(RUNG_WORDS[place])) for place, radio in enumerate(self["rung"].subwidgets)]

    def rest(self) -> list[BoundField]:
        """What may wait."""
        here = {"method", "rung", "sent", "partner", "alone"}
        return [field for field in self if field.name not in here]


class AboutForm(forms.Form):
    """What the team keeps in mind."""

    not_alone = LineField(label=_("Hvorfor ingen går alene"), max_length=300, required=False, number=False)
    way = LineField(
        label=_("Den kontaktform, borgeren helst vil have"),
        max_length=200,
        required=False,
        number=False,
        help_text=_("Og hvorfor. Fx »Håndskrevet kort, brev med kommunens navn bliver ikke åbnet«."),
    )
    meaning_kind = PickField(
        label=_("Hvad isolationen er for borgeren"),
        choices=[("", _("Ved ikke endnu")), *MeaningKind.choices],
        required=False,
    )
    meaning = ParagraphField(
        label=_("Hvad isolationen betyder"),
        max_length=1000,
        rows=3,
        required=False,
        number=False,
        help_text=_("Gerne med borgerens egne ord."),
    )
    angle = LineField(
        label=_("Næste anledning"), max_length=300, required=False, number=False, help_text=_("Fx »Bruserens hoved«.")
    )


class LiftForm(forms.Form):
    """The citizen lifts the anonymity."""

    name = LineField(label=_("Borgerens navn"), max_length=160, number=False)
    how = LineField(label=_("Hvordan borgeren sagde det"), max_length=300, number=False)
    sure = forms.BooleanField(
        label=_("Borgeren har selv sagt ja til at være kendt med navn"),
        error_messages={"required": _("Kun borgeren selv kan ophæve anonymiteten.")},
    )


class PhaseForm(forms.Form):
    """Where the course is now."""

    phase = CodeField(label=_("Fase"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "phase", options("q29"))


class PeaceForm(forms.Form):
    """Fredet: what stands still, who agreed, on what basis, until when."""

    demands = PickManyField(
        label=_("Hvad står stille"),
        choices=Demand.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Vælg, hvad der står stille.")},
    )
    place = LineField(
        label=_("Hos hvem"), max_length=160, number=False, help_text=_("Fx Ydelsesservice eller boligforeningen.")
    )
    agreed_with = LineField(label=_("Hvem dér har sagt ja"), max_length=160, number=False)
    basis = LineField(
        label=_("Grundlag"),
        max_length=300,
        number=False,
        help_text=_(
            "Borgerens samtykke eller den regel, I har talt sammen på. Uden det må I ikke fortælle om borgeren."
        ),
    )
    review_on = DayField(label=_("Se på det igen"))


class ReviewForm(forms.Form):
    """It goes on, or it ends."""

    review_on = DayField(label=_("Fortsætter til"), required=False)
    end_why = LineField(label=_("Eller hvorfor fredningen slutter"), max_length=300, required=False, number=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "review_on", "end_why")


class StanceForm(forms.Form):
    """Red, yellow or green."""

    stance = PickField(
        label=_("Hvad siger borgeren"),
        choices=[*Stance.choices, ("", _("Er ikke spurgt endnu"))],
        widget=forms.RadioSelect,
        required=False,
    )
    condition = LineField(label=_("Betingelse eller tvivl"), max_length=300, required=False, number=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "condition")

    def clean(self) -> dict[str, Any]:
        """A yellow has its condition."""
        data = super().clean() or {}
        if data.get("stance") == Stance.YELLOW and not data.get("condition") and "condition" not in self.errors:
            self.add_error("condition", _("Skriv, hvad borgeren er usikker på, eller hvilken betingelse der er."))
        return data


class ProposalForm(StanceForm):
    """A proposal, and what the citizen says."""

    text = LineField(label=_("Forslag"), max_length=300, number=False)

    field_order = ["text", "stance", "condition"]


class AnswerForm(StanceForm):
    """What the citizen says now, and whether the condition is fulfilled."""

    met = forms.BooleanField(label=_("Betingelsen er opfyldt"), required=False)


class ColleagueForm(forms.Form):
    """Somebody else of the team takes over."""

    person = forms.TypedChoiceField(
        label=_("Hvem overtager"),
        coerce=UUID,
        error_messages={"invalid_choice": _("Vælg en af mulighederne."), **_PICK},
    )
    reason = LineField(label=_("Hvorfor"), max_length=300, number=False)
    told_on = DayField(
        label=_("Borgeren fik det at vide"), required=False, help_text=_("Tomt, hvis borgeren ikke ved det endnu.")
    )

    def __init__(self, team: Sequence[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", [("", _("Vælg")), *team])


class OfferForm(forms.Form):
    """The trust goes over to another offer."""

    to = LineField(label=_("Til hvilket tilbud"), max_length=160, number=False, help_text=_("Fx Bostøtten, § 85."))
    contact = LineField(label=_("Kontaktperson dér"), max_length=160, number=False)
    reason = LineField(label=_("Hvorfor nu"), max_length=300, number=False)
    told_on = DayField(label=_("Borgeren har sagt ja den"), required=False)
    follow_up_on = DayField(label=_("Jeg følger op"))


class FollowForm(forms.Form):
    """How it goes there."""

    result = LineField(label=_("Hvordan går det"), max_length=300, number=False)
    told_on = DayField(label=_("Borgeren fik det at vide"), required=False)


class EndForm(forms.Form):
    """Why the course ends, in the form's own words."""

    reason = CodeField(label=_("Hvorfor slutter forløbet"), widget=forms.RadioSelect)
    results = CodesField(label=_("Hovedresultater, hvis formålet er nået"))
    text = LineField(label=_("Beskriv"), max_length=400, required=False, number=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "reason", options("q41"))
        offer(self, "results", options("q42"))
        labels = dict(options("q42"))
        for code, key in RESULT_QUESTIONS.items():
            self.fields[key] = CodesField(label=labels[code], choices=options(key))
        demanded_at_times(self, "results", "text", *RESULT_QUESTIONS.values())
        self.order_fields(["reason", "text", "results"])

    def clean(self) -> dict[str, Any]:
        """What came of it, where the purpose was met."""
        data = super().clean() or {}
        if data.get("reason") == PURPOSE_MET and not data.get("results") and "results" not in self.errors:
            self.add_error("results", _("Vælg mindst ét område, hvor der er kommet noget ud af det."))
        return data
