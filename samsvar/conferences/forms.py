"""What is typed at a conference."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.cases.forms.concerns import CarriedField
from samsvar.conferences.models import (
    SHORT,
    USUAL,
    About,
    Conclusion,
    ConferenceCase,
    ItemType,
    Named,
    StepState,
    ToldCitizen,
)
from samsvar.conferences.services import Agreed, Brought, Yes
from samsvar.forms.fields import (
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
from samsvar.partnerships.models import Authority
from samsvar.sharing.models import ConsentForm

LENGTHS = [(SHORT, _("3 minutter")), (10, _("10 minutter")), (USUAL, _("15 minutter")), (30, _("30 minutter"))]
_PICK = {"required": _("Vælg en af mulighederne.")}
ROLES = [
    ("presenter", _("Fortæller")),
    ("interviewer", _("Spørger")),
    ("listener", _("Lytter og reflekterer")),
]


def _offer(form: forms.Form, name: str, authorities: Sequence[Authority]) -> None:
    offer(form, name, [(str(one.pk), one.name) for one in authorities])


class FrameForm(forms.Form):
    """Who leads, who writes, and the closed part."""

    chair = LineField(label=_("Mødeleder"), max_length=160, required=False)
    minute_taker = LineField(label=_("Referent"), max_length=160, required=False)
    psp_minutes = NumberField(
        label=_("Minutter til PSP-sager først"),
        initial=0,
        min_value=0,
        max_value=240,
        help_text=_("0 ved et almindeligt møde. PSP-sagerne er kun for deres parter og står ikke i dette referat."),
        error_messages={
            "invalid": _("Skriv et antal minutter, fx 30."),
            "min_value": _("Skriv et antal minutter fra 0 til 240."),
            "max_value": _("Skriv et antal minutter fra 0 til 240."),
        },
    )
    seen = CarriedField()


class ParticipantForm(forms.Form):
    """Somebody in the room without an account."""

    name = LineField(label=_("Navn"), max_length=160)
    affiliations = LineField(
        label=_("Kommer fra"), max_length=300, help_text=_("Er det flere steder, så skriv komma imellem.")
    )

    @property
    def places(self) -> list[str]:
        """The places of a valid form."""
        return [one.strip() for one in self.cleaned_data["affiliations"].split(",") if one.strip()]


class ConsentFields(forms.Form):
    """The consent to be named, as the presenter answers for it (R-003-39)."""

    names = ParagraphField(
        label=_("Navn"),
        max_length=800,
        rows=2,
        required=False,
        help_text=_("En familie: ét navn på hver linje. Uden samtykke ses navnet kun af din egen myndighed."),
    )
    given = LineField(label=_("Hvem har sagt ja"), max_length=120, required=False, number=False)
    given_on = DayField(label=_("Hvornår"), required=False)
    form = PickField(
        label=_("Hvordan"), choices=ConsentForm.choices, widget=InlineRadioSelect, initial=ConsentForm.WRITTEN
    )
    why_oral = LineField(label=_("Hvorfor mundtligt"), max_length=200, required=False, number=False)
    knows = forms.BooleanField(label=_("Borgeren ved, hvad det betyder, og hvem der hører det"), required=False)

    @property
    def people(self) -> list[str]:
        """The names of a valid form."""
        return [one.strip() for one in self.cleaned_data["names"].splitlines() if one.strip()]

    @property
    def yes(self) -> Yes:
        """The consent of a valid form."""
        given = self.cleaned_data
        return Yes(
            given=[given["given"]] if given["given"] else [],
            given_on=given["given_on"] or timezone.localdate(),
            form=given["form"],
            why_oral=given["why_oral"],
            informed=given["knows"],
        )

    def demand_consent(self) -> None:
        """What must be there when the name is to be said."""
        given = self.cleaned_data
        if not given.get("names"):
            self.add_error("names", _("Skriv navnet, når du svarer for et samtykke til at sige det."))
        if not given.get("given"):
            self.add_error("given", _("Skriv, hvem der har sagt ja."))
        if not given.get("knows"):
            self.add_error("knows", _("Et samtykke gælder kun, når borgeren ved, hvad der bliver sagt ja til."))
        if given.get("form") == ConsentForm.ORAL and not given.get("why_oral"):
            self.add_error("why_oral", _("Skriv, hvorfor samtykket er mundtligt."))


CONSENT = ("given", "given_on", "form", "why_oral", "knows")


class RaiseForm(ConsentFields):
    """A matter for a conference: no agenda was needed, and little is asked (R-003-29)."""

    about = PickField(
        label=_("Hvem handler det om"), choices=About.choices, widget=forms.RadioSelect, error_messages=_PICK
    )
    kind = PickField(label=_("Hvad er det"), choices=ItemType.choices, widget=forms.RadioSelect, error_messages=_PICK)
    minutes = PickField(label=_("Hvor længe"), choices=LENGTHS, widget=InlineRadioSelect, initial=str(USUAL))
    named = PickField(
        label=_("Er der samtykke til at sige navnet?"),
        choices=Named.choices,
        widget=forms.RadioSelect,
        help_text=_("Du svarer for, at samtykket er udfyldt rigtigt. Uden svar kommer sagen ikke på."),
        error_messages={"required": _("Svar på, om der er samtykke til at sige navnet.")},
    )
    text = ParagraphField(
        label=_("Hvad det handler om, uden navn"),
        max_length=4000,
        required=False,
        help_text=_("Skriv »borgeren«. Også alder, by, arbejdsplads og diagnose kan tilsammen vise, hvem det er."),
    )
    hearers = PickManyField(
        label=_("Hvem arbejder med sagen eller skal høre punktet"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("De læser teksten og referatet. De andre ser kun sagens nummer og hvornår den er på."),
    )
    informed = PickField(
        label=_("Ved borgeren, at I taler om sagen her?"),
        choices=ToldCitizen.choices,
        widget=InlineRadioSelect,
        required=False,
    )
    informed_on = DayField(label=_("Hvornår fik borgeren det at vide"), required=False)
    presented_by = LineField(
        label=_("Har en anden sagen med, som ikke har adgang her?"),
        max_length=160,
        required=False,
        help_text=_("Skriv navnet. Så er sagen uden borgerens navn."),
    )
    presented_from = LineField(label=_("Hvor kommer den anden fra"), max_length=160, required=False)
    field_order = (
        *("about", "kind", "minutes", "text", "hearers", "named", "names", "given", "given_on", "form", "why_oral"),
        *("knows", "informed", "informed_on", "presented_by", "presented_from"),
    )

    def __init__(
        self, *args: Any, authorities: Sequence[Authority], matter: ConferenceCase | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matter = matter
        self.authorities = {str(one.pk): one for one in authorities}
        _offer(self, "hearers", authorities)
        if matter:
            del self.fields["about"]
        demanded_at_times(self, "names", "given", "given_on", "why_oral", "informed_on", "presented_from")

    def clean(self) -> dict[str, Any]:
        """What a yes to the name demands; what does not go together."""
        given = super().clean() or {}
        if given.get("named") == Named.YES:
            self.demand_consent()
            if not given.get("hearers"):
                self.add_error("hearers", _("Vælg, hvem der hører punktet: samtykket gælder dem."))
            if given.get("presented_by"):
                self.add_error("named", _("Kun den, der selv har adgang her, kan svare for et samtykke."))
        else:
            self._leave_consent(given)
        if given.get("presented_by") and not given.get("presented_from"):
            self.add_error("presented_from", _("Skriv, hvor den anden kommer fra."))
        about = self.matter.about if self.matter else given.get("about")
        if about == About.GENERAL and given.get("named") in {Named.YES, Named.NO}:
            self.add_error("named", _("Et generelt emne handler ikke om en borger: vælg »Ingen borger«."))
        elif about and about != About.GENERAL and given.get("named") == Named.NOBODY:
            self.add_error("named", _("Sagen handler om en borger. Svar ja eller nej."))
        if about and about != About.GENERAL and given.get("kind") == ItemType.GENERAL:
            self.add_error("kind", _("En sag om en borger er ikke et generelt emne."))
        if about == About.GENERAL and given.get("names"):
            self.add_error("names", _("Et generelt emne handler ikke om en borger."))
        return given

    def _leave_consent(self, given: dict[str, Any]) -> None:
        """Without the name no consent is asked for, and what was begun there is no fault: it is out of sight."""
        for name in CONSENT:
            self.errors.pop(name, None)
            given[name] = ConsentForm.WRITTEN.value if name == "form" else None if name == "given_on" else ""

    @property
    def chosen(self) -> list[Authority]:
        """Who hears it, from a valid form."""
        return [self.authorities[key] for key in self.cleaned_data["hearers"]]

    @property
    def brought(self) -> Brought:
        """What a valid form brings."""
        given = self.cleaned_data
        return Brought(
            kind=given["kind"],
            named=given["named"],
            about=self.matter.about if self.matter else given["about"],
            matter=self.matter,
            minutes=int(given["minutes"]),
            text=given["text"],
            names=self.people,
            yes=self.yes,
            hearers=self.chosen,
            informed=given["informed"],
            informed_on=given["informed_on"],
            presented_by=given["presented_by"],
            presented_from=given["presented_from"],
        )


class NameForm(ConsentFields):
    """Saying a name to more of those who work with the matter."""

    to = PickManyField(label=_("Hvem må få navnet"), widget=forms.CheckboxSelectMultiple)
    field_order = ("names", "to", "given", "given_on", "form", "why_oral", "knows")

    def __init__(self, *args: Any, authorities: Sequence[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authorities = {str(one.pk): one for one in authorities}
        _offer(self, "to", authorities)
        demanded_at_times(self, "names", "given", "given_on", "why_oral")

    def clean(self) -> dict[str, Any]:
        """What a yes to the name demands."""
        given = super().clean() or {}
        self.demand_consent()
        return given

    @property
    def chosen(self) -> list[Authority]:
        """Whom a valid form names."""
        return [self.authorities[key] for key in self.cleaned_data["to"]]


class HearForm(forms.Form):
    """Letting more authorities in."""

    hearers = PickManyField(
        label=_("Hvem skal også høre punktet"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De læser alt, der er skrevet om sagen her, uden navn."),
        error_messages={"required": _("Sæt mindst ét kryds.")},
    )

    def __init__(self, *args: Any, authorities: Sequence[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authorities = {str(one.pk): one for one in authorities}
        _offer(self, "hearers", authorities)

    @property
    def chosen(self) -> list[Authority]:
        """Whom a valid form lets in."""
        return [self.authorities[key] for key in self.cleaned_data["hearers"]]


class MoveForm(forms.Form):
    """Another place in the order, and why."""

    place = NumberField(
        label=_("Flyt til plads nummer"),
        min_value=1,
        max_value=200,
        error_messages={
            "invalid": _("Skriv et nummer, fx 1."),
            "min_value": _("Skriv et nummer fra 1 til 200."),
            "max_value": _("Skriv et nummer fra 1 til 200."),
        },
    )
    why = LineField(
        label=_("Hvorfor"), max_length=200, help_text=_("Alle i gruppen læser det. Skriv ikke om en borger.")
    )


class WordsForm(forms.Form):
    """What is said, and what it comes to."""

    text = ParagraphField(label=_("Hvad sagen handler om, uden navn"), max_length=4000, required=False)
    own_words = ParagraphField(
        label=_("Borgerens egne ord"),
        max_length=2000,
        rows=2,
        required=False,
        help_text=_("Hvad borgeren selv siger eller ønsker, uden navn. Det læses op, når sagen er på."),
    )
    informed = PickField(
        label=_("Ved borgeren, at I taler om sagen her?"),
        choices=ToldCitizen.choices,
        widget=InlineRadioSelect,
        required=False,
    )
    informed_on = DayField(label=_("Hvornår fik borgeren det at vide"), required=False)
    conclusion = PickField(
        label=_("Konklusion"), choices=[("", _("Ikke skrevet endnu")), *Conclusion.choices], required=False
    )
    conclusion_text = ParagraphField(label=_("Konklusionen med ord"), max_length=2000, rows=3, required=False)
    seen = CarriedField()

    def __init__(self, *args: Any, general: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if general:
            del self.fields["own_words"], self.fields["informed"], self.fields["informed_on"]


class StepForm(forms.Form):
    """A next step."""

    what = LineField(label=_("Hvad skal ske"), max_length=300)
    owners = PickManyField(label=_("Hvem gør det"), widget=forms.CheckboxSelectMultiple)
    who = LineField(label=_("Hvem hos dem"), max_length=160, required=False)
    due_on = DayField(label=_("Senest"), required=False)
    condition = LineField(label=_("Hvis …"), max_length=200, required=False)
    fallback = LineField(label=_("Ellers …"), max_length=200, required=False)
    decided_at = LineField(
        label=_("Skal noget afgøres? Skriv hvor"),
        max_length=160,
        required=False,
        help_text=_("Samarbejdsenheden afgør ikke noget. Det gør den enhed, der har ansvaret."),
    )

    def __init__(self, *args: Any, authorities: Sequence[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authorities = {str(one.pk): one for one in authorities}
        _offer(self, "owners", authorities)

    @property
    def agreed(self) -> Agreed:
        """The step of a valid form."""
        given = self.cleaned_data
        return Agreed(
            given["what"],
            [self.authorities[key] for key in given["owners"]],
            given["who"],
            given["due_on"],
            given["condition"],
            given["fallback"],
            given["decided_at"],
        )


class JudgeForm(forms.Form):
    """How a step went (003/S26)."""

    state = PickField(
        label=_("Hvordan gik det"),
        choices=[(one.value, one.label) for one in StepState if one != StepState.OPEN],
        widget=InlineRadioSelect,
        error_messages=_PICK,
    )
    to = PickField(label=_("Hvem tager over"), required=False)
    verdict = LineField(label=_("Med ord"), max_length=300, required=False)

    def __init__(self, *args: Any, authorities: Sequence[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authorities = {str(one.pk): one for one in authorities}
        cast(forms.ChoiceField, self.fields["to"]).choices = [
            ("", _("Ingen")),
            *((str(one.pk), one.name) for one in authorities),
        ]
        demanded_at_times(self, "to")

    def clean(self) -> dict[str, Any]:
        """Somebody takes over only by name."""
        given = super().clean() or {}
        if given.get("state") == StepState.TAKEN_OVER and not given.get("to"):
            self.add_error("to", _("Vælg, hvem der tager over."))
        return given


class VoiceForm(forms.Form):
    """One who takes part in the reflecting conversation."""

    role = PickField(label=_("Plads"), choices=ROLES, widget=InlineRadioSelect, error_messages=_PICK)
    who = LineField(label=_("Hvem"), max_length=120, help_text=_("En medarbejder, aldrig borgeren."))
