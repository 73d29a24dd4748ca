"""What people type when they set up a partnership. Words are the field's, never the program's."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.forms import DayField, LineField, MailField, NumberField, ParagraphField
from samsvar.forms.fields import PickField, demanded_at_times
from samsvar.law.kinds import AuthorityKind, Labelled, Regime
from samsvar.partnerships.models import (
    Area,
    Authority,
    Capacity,
    CapacityRole,
    Group,
    GroupFunction,
    GroupModel,
    Hearing,
    Level,
    Membership,
    MembershipKind,
    Notice,
    Partnership,
    ReportingChannel,
    Rhythm,
    Unit,
)

_CHOOSE = [("", _("Vælg"))]
_PHONE = RegexValidator(r"^[0-9+() ,.;/A-Za-zÆØÅæøå-]*$", _("Skriv et telefonnummer, fx 12 34 56 78."))


def _words(kinds: type[Labelled]) -> Any:
    """The choices of a list of the law, in the reader's language."""
    return lambda: [*_CHOOSE, *kinds.choices(get_language())]


class PostChoice(forms.ModelChoiceField):
    """A person in a post, as colleagues would say it."""

    def label_from_instance(self, obj: Any) -> str:
        """Name, function and authority."""
        return f"{obj.person.name}, {obj.function} ({obj.authority.short_name})"


class SeatChoice(forms.ModelChoiceField):
    """A seat, by the name of who sits on it."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and authority."""
        return f"{obj.capacity.person.name} ({obj.capacity.authority.short_name})"


class NoticeMixin(forms.Form):
    """How an authority, or a unit of it, wants to be told of what happens to a citizen (R-002-6)."""

    notice = PickField(
        label=_("Besked om borgere"),
        choices=Notice.choices,
        initial=Notice.SCREEN,
        required=False,
        help_text=_("Den, der giver besked, skriver én gang. I får den på jeres måde."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "notice")

    def clean_notice(self) -> str:
        """As it stood where nothing was chosen."""
        return str(self.cleaned_data["notice"] or self.initial.get("notice") or Notice.SCREEN)


class AreasMixin(forms.Form):
    """Catchment: areas that are known, and those that are not yet."""

    areas = forms.ModelMultipleChoiceField(
        Area.objects.none(), required=False, label=_("Områder"), widget=forms.CheckboxSelectMultiple
    )
    new_areas = LineField(
        required=False,
        label=_("Andre områder"),
        help_text=_("Kommuner eller bydele, som ikke står ovenfor. Sæt komma imellem."),
    )

    def __init__(self, *args: Any, areas: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["areas"]
        field.queryset = areas  # type: ignore[attr-defined]
        if not areas:
            del self.fields["areas"]

    def clean_new_areas(self) -> list[str]:
        """The names, one by one."""
        names = [" ".join(name.split()) for name in self.cleaned_data["new_areas"].split(",")]
        names = [name for name in names if name]
        if any(len(name) > 80 for name in names):
            raise forms.ValidationError(_("Et områdes navn er højst 80 tegn. Sæt komma imellem."))
        return names


class ParametersForm(forms.ModelForm):
    """What differs between partnerships (000 chapter 9)."""

    name = LineField(label=_("Navn"), max_length=120)
    police_district = LineField(label=_("Politikreds"), max_length=120, required=False)
    purpose = ParagraphField(
        label=_("Formål og målgruppe"),
        required=False,
        help_text=_("Hele kredsens mål, med jeres egne ord. Alle i samarbejdet kan læse det."),
    )
    reference_prefix = LineField(
        label=_("Bogstaver foran sagens nummer"),
        max_length=6,
        help_text=_("To til seks store bogstaver. FRB giver sager som FRB-2026-014. Gamle sager beholder deres."),
    )
    age_limit = NumberField(
        label=_("Aldersgrænse"),
        min_value=0,
        max_value=99,
        help_text=_("Yngre borgere giver en påmindelse, ikke et nej."),
    )
    run_off_days = NumberField(
        label=_("Dage, en part kan læse videre efter at være trådt ud"), min_value=0, max_value=365
    )
    stale_days = NumberField(label=_("Dage uden noget nyt, før en sag kaldes stille"), min_value=7, max_value=365)
    name_in_advance = forms.BooleanField(
        label=_("Parterne ser borgerens navn før mødet"),
        required=False,
        help_text=_("Slået fra ser de kun sagens nummer, og navnet siges ved bordet."),
    )
    means_required = forms.BooleanField(
        label=_("Den, der rejser en sag, skal skrive, hvorfor egne midler ikke slår til"), required=False
    )
    count_network_cases = forms.BooleanField(label=_("Tæl NP-sager"), required=False)
    hearing = forms.ChoiceField(
        label=_("Når flere kommuner sidder ved bordet"),
        choices=Hearing.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Gælder et punkt, der ikke vedrører dem alle. Ordstyreren kan vælge andet for det enkelte punkt."),
    )

    def clean_hearing(self) -> str:
        """What stood there, where nothing is chosen."""
        return self.cleaned_data["hearing"] or self.instance.hearing

    class Meta:
        model = Partnership
        fields = (
            "name",
            "police_district",
            "purpose",
            "reference_prefix",
            "age_limit",
            "run_off_days",
            "stale_days",
            "hearing",
            "name_in_advance",
            "means_required",
            "count_network_cases",
        )

    def clean_reference_prefix(self) -> str:
        """Two to six letters, as capitals: they stand in every reference."""
        return _prefix(self.cleaned_data["reference_prefix"])

    def _post_clean(self) -> None:
        """The service checks the row and writes it; a form changes nothing."""


def _prefix(text: str) -> str:
    text = text.upper()
    if text and not (2 <= len(text) <= 6 and text.isalpha()):
        raise forms.ValidationError(_("Skriv to til seks bogstaver, fx FRB."))
    return text


class AuthorityForm(NoticeMixin, AreasMixin):
    """A data controller: what it is called, what it is, and where."""

    name = LineField(label=_("Navn"), max_length=120)
    short_name = LineField(label=_("Kort navn"), max_length=24, help_text=_("Står på stolen i billedet af bordet."))
    kind = forms.ChoiceField(
        label=_("Hvad er det?"), help_text=_("Afgør, hvem der må fortælle hvad. Kan ikke ændres bagefter.")
    )
    regime = forms.ChoiceField(
        label=_("Regler for persondata"),
        required=False,
        help_text=_("Tomt: politi og kriminalforsorg efter retshåndhævelsesloven, alle andre efter forordningen."),
    )
    valid_from = DayField(label=_("Fra"), required=False)
    several_coordinators = forms.BooleanField(
        label=_("En borger kan have flere tovholdere, hver med sit område"),
        required=False,
        help_text=_("Slået fra er der én, der har ansvaret. Det kan ændres når som helst, og intet går tabt."),
    )

    field_order = (
        *("name", "short_name", "kind", "regime", "areas", "new_areas", "valid_from", "notice"),
        "several_coordinators",
    )

    def __init__(self, *args: Any, known: bool = False, appoints: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not appoints:
            del self.fields["several_coordinators"]
        self.fields["kind"].choices = _words(AuthorityKind)()  # type: ignore[attr-defined]
        self.fields["regime"].choices = _words(Regime)()  # type: ignore[attr-defined]
        # An authority says for itself how it wants its notices, once it is there.
        del self.fields["kind" if known else "notice"]


class JoinForm(forms.Form):
    """Let an authority that is known already take part."""

    authority = forms.ModelChoiceField(Authority.objects.none(), label=_("Myndighed"), empty_label=_("Vælg"))
    since = DayField(label=_("Fra"), required=False, help_text=_("Tomt: fra i dag."))

    def __init__(self, *args: Any, authorities: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = authorities  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Something ends: from when, and why."""

    until = DayField(label=_("Sidste dag"))


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = LineField(label=_("Hvorfor?"), max_length=200, required=False)


class GroupForm(AreasMixin):
    """How a table is built and how it works."""

    name = LineField(label=_("Navn"), max_length=120)
    word = LineField(label=_("Hvad kalder I den?"), max_length=40, initial="operativgruppe")
    level = forms.ChoiceField(
        label=_("Niveau"),
        choices=Level.choices,
        initial="operative",
        help_text=_("Kun den udførende gruppe drøfter borgere."),
    )
    model = forms.ChoiceField(label=_("Bygget som"), choices=GroupModel.choices, initial="operative_group")
    parent = forms.ModelChoiceField(
        Group.objects.none(), label=_("Gruppen over"), required=False, empty_label=_("Ingen")
    )
    rhythm = forms.ChoiceField(
        label=_("Hvor tit mødes I?"),
        choices=Rhythm.choices,
        initial="monthly",
        help_text=_("Efter behov: gruppen har ingen faste møder, og sager venter ikke på et."),
    )
    place = LineField(label=_("Sted"), max_length=120, required=False)
    theme_day_every = NumberField(label=_("Temadag hver n'te gang"), min_value=1, max_value=24, required=False)
    duty_to_attend = forms.BooleanField(label=_("Mødepligt"), required=False)
    deputies_allowed = forms.BooleanField(label=_("Medlemmer kan have stedfortrædere"), required=False, initial=True)
    only_at_meetings = forms.BooleanField(
        label=_("Oplysninger deles kun på møderne"),
        required=False,
        help_text=_("For en gruppe, der kun er PSP på nogle af sine møder. Akut og med samtykke kan I altid dele."),
    )
    channels = forms.MultipleChoiceField(
        label=_("Sådan når politiets bekymringer frem"),
        choices=ReportingChannel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    instruction = ParagraphField(
        label=_("Sådan melder du her"),
        required=False,
        rows=3,
        help_text=_("Frontlinjen ser det, når en bekymring rejses."),
    )
    reference_prefix = LineField(
        label=_("Bogstaver foran sagens nummer"),
        max_length=6,
        required=False,
        help_text=_("Tomt: samarbejdets egne."),
    )
    since = DayField(label=_("Fra"), required=False)
    until = DayField(label=_("Til"), required=False, help_text=_("Udfyldes, når gruppen nedlægges."))

    field_order = (
        "name",
        "word",
        "level",
        "model",
        "parent",
        "areas",
        "new_areas",
        "rhythm",
        "place",
        "theme_day_every",
        "duty_to_attend",
        "deputies_allowed",
        "only_at_meetings",
        "channels",
        "instruction",
        "reference_prefix",
        "since",
        "until",
    )

    def __init__(self, *args: Any, groups: QuerySet[Group], known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = groups  # type: ignore[attr-defined]
        if known:
            del self.fields["level"]

    def clean_reference_prefix(self) -> str:
        """As the partnership's own."""
        return _prefix(self.cleaned_data["reference_prefix"])


class ProfileForm(forms.Form):
    """What a member brings along: casework, network and mandate (R-001-5)."""

    kind = forms.ChoiceField(label=_("Plads"), choices=MembershipKind.choices, initial="permanent")
    deputises_for = SeatChoice(
        Membership.objects.none(),
        label=_("Stedfortræder for"),
        required=False,
        empty_label=_("Ingen"),
        help_text=_("Kun for en stedfortræder."),
    )
    may_decide = forms.BooleanField(
        label=_("Kan beslutte ved bordet"), required=False, initial=True, help_text=_("Ellers hentes mandat hjemme.")
    )
    close_to_practice = forms.BooleanField(label=_("Arbejder selv tæt på borgersager"), required=False, initial=True)
    duty_to_attend = forms.BooleanField(label=_("Mødepligt"), required=False)
    mandate = LineField(
        label=_("Mandat"),
        max_length=200,
        required=False,
        help_text=_("Hvad personen kan aftale uden at spørge hjemme."),
    )
    network = LineField(
        label=_("Kan inddrage"),
        max_length=200,
        required=False,
        help_text=_("Hvem hjemme personen kan hente ind i en sag."),
    )

    def __init__(self, *args: Any, seats: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputises_for"].queryset = seats  # type: ignore[attr-defined]


class SeatForm(ProfileForm):
    """A post is seated at a table."""

    capacity = PostChoice(Capacity.objects.none(), label=_("Hvem?"), empty_label=_("Vælg"))
    field_order = ("capacity",)

    def __init__(self, *args: Any, posts: QuerySet[Capacity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].queryset = posts  # type: ignore[attr-defined]


class HandOverForm(ReasonForm):
    """Who takes over."""

    successor = PostChoice(
        Capacity.objects.none(),
        label=_("Afløser"),
        empty_label=_("Vælg"),
        help_text=_("En kollega fra samme myndighed. Står personen her ikke, så inviter først."),
    )
    field_order = ("successor", "reason")

    def __init__(self, *args: Any, posts: QuerySet[Capacity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = posts  # type: ignore[attr-defined]


class FunctionForm(ReasonForm):
    """A function moves to somebody."""

    function = forms.ChoiceField(label=_("Funktion"), choices=GroupFunction.Function.choices)
    capacity = PostChoice(Capacity.objects.none(), label=_("Hvem?"), empty_label=_("Vælg"))
    field_order = ("function", "capacity", "reason")

    def __init__(self, *args: Any, posts: QuerySet[Capacity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].queryset = posts  # type: ignore[attr-defined]


class AgreementForm(forms.Form):
    """A new version of the district's agreement."""

    text = ParagraphField(label=_("Aftalens ord"), rows=12, max_length=20000)
    in_force_from = DayField(label=_("Gælder fra"))
    parties = forms.ModelMultipleChoiceField(
        Authority.objects.none(),
        label=_("Parter"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Regionen skal være part."),
    )

    def __init__(self, *args: Any, authorities: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"].queryset = authorities  # type: ignore[attr-defined]


class WordForm(forms.Form):
    """A criterion or category, in both languages."""

    danish = LineField(label=_("På dansk"), max_length=80)
    english = LineField(label=_("På engelsk"), max_length=80, required=False)


class ChangeWordForm(WordForm):
    """Reword it, move it, or take it out of use."""

    position = NumberField(label=_("Nummer på listen"), min_value=0, max_value=500)
    active = forms.BooleanField(
        label=_("Bruges"), required=False, help_text=_("Gamle sager beholder det, selv om det ikke bruges mere.")
    )


class NumberForm(forms.Form):
    """A number for what cannot wait."""

    name = LineField(label=_("Hvem?"), max_length=120)
    phone = LineField(label=_("Telefon"), max_length=40, validators=[_PHONE])
    hours = LineField(label=_("Hvornår?"), max_length=120, required=False)


class UnitForm(NoticeMixin):
    """A part of the own authority."""

    field_order = ("name", "phone", "hours", "inbox", "notice")

    name = LineField(label=_("Navn"), max_length=120)
    phone = LineField(label=_("Telefon"), max_length=40, required=False, validators=[_PHONE])
    hours = LineField(label=_("Åbningstid"), max_length=120, required=False)
    inbox = MailField(
        label=_("Fælles postkasse"),
        required=False,
        error_messages={"invalid": _("Skriv en e-mailadresse, fx navn@kommune.dk.")},
    )


class MeasureForm(forms.Form):
    """A measure that the authority already has."""

    name = LineField(label=_("Indsats"), max_length=120)


class ReleaserForm(forms.Form):
    """Who releases health information, and when (L11)."""

    post = forms.ModelChoiceField(label=_("Hvem?"), queryset=Capacity.objects.none(), empty_label=_("Vælg"))
    unit = forms.ModelChoiceField(
        label=_("For hvilken enhed"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Hele myndigheden"),
    )
    deputy = forms.BooleanField(label=_("Stedfortræder"), required=False)
    hours = LineField(label=_("Hvornår?"), max_length=120, required=False, help_text=_("Fx hverdage 8-15."))
    nights = forms.BooleanField(label=_("Også aften, nat og weekend"), required=False)

    def __init__(self, *args: Any, posts: QuerySet[Capacity], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        post, unit = self.fields["post"], self.fields["unit"]
        post.queryset = posts  # type: ignore[attr-defined]
        post.label_from_instance = lambda one: f"{one.person.name}, {one.function}"  # type: ignore[attr-defined]
        unit.queryset = units  # type: ignore[attr-defined]


class ChangeMeasureForm(MeasureForm):
    """Reword a measure or take it out of use."""

    active = forms.BooleanField(label=_("Bruges"), required=False)


class CardForm(forms.Form):
    """The own card."""

    phone = LineField(label=_("Telefon"), max_length=40, required=False, validators=[_PHONE])
    hours = LineField(
        label=_("Træffes"), max_length=120, required=False, help_text=_("Fx “hverdage 9-14, ellers læg besked”.")
    )


class PostForm(CardForm):
    """A post in the own authority: what one does, and what it gives access to."""

    function = LineField(
        label=_("Funktion"), max_length=80, help_text=_("Som kolleger ville sige det, fx “vagtleder”.")
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Enhed"), required=False, empty_label=_("Ingen"))
    roles = forms.MultipleChoiceField(
        label=_("Hvad skal personen kunne?"),
        choices=CapacityRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Giv ikke mere, end arbejdet kræver. Pladser ved bordet gives på gruppens side."),
    )
    field_order: Any = ("function", "unit", "roles", "phone", "hours")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class InviteForm(PostForm):
    """A person is invited into a post."""

    name = LineField(label=_("Navn"), max_length=120)
    email = MailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={"invalid": _("Skriv en e-mailadresse, fx navn@kommune.dk.")},
        help_text=_("Dertil sendes et link, hvor personen vælger sin adgangskode."),
    )
    field_order: Any = ("name", "email", *PostForm.field_order)


class ReviewForm(forms.Form):
    """Who still needs what they have."""

    kept = forms.ModelMultipleChoiceField(
        Capacity.objects.none(),
        label=_("Skal fortsat have adgang"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, posts: Iterable[Capacity], queryset: QuerySet[Capacity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].queryset = queryset  # type: ignore[attr-defined]
        self.posts = list(posts)
