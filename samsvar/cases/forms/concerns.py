"""Forms of the way in: one worry, and one judgement of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsvar.cases.models import AcuteTrigger, ConcernChannel, NotifierKind
from samsvar.cases.selectors.concerns import Candidate, Place
from samsvar.cases.services.concerns import TEXT_LIMIT, Report, Who
from samsvar.cases.services.raising import Facts
from samsvar.cases.services.screening import Judgement
from samsvar.citizens.models import Identity
from samsvar.forms import (
    CprField,
    DayField,
    LineField,
    ParagraphField,
    PickField,
    PickManyField,
    ReferenceField,
    YesNoUnknownField,
    demanded_at_times,
    offer,
    parse_cpr,
)
from samsvar.forms.fields import without_forbidden
from samsvar.law.warnings import has_cpr
from samsvar.partnerships.models import Area

# Ten characters that may be a number: a date and four places of which at least one is a figure.
_NUMBER = re.compile(r"(?<![\w])\d{6}[ \-\u2010-\u2015]?(?=[A-Za-z]*\d)[0-9A-Za-z]{4}(?![\w])", re.ASCII)
_MANY_FIGURES = re.compile(r"\d{5,}")


@dataclass(frozen=True)
class Person:
    """What was typed in the one field for who it is about."""

    name: str = ""
    cpr: str = ""


class PersonField(LineField):
    """A name, a CPR number, or both in any order; cleaned to a `Person` (R-000-17: the person may be left out)."""

    default_max_length = 160

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No browser on a shared machine may remember who somebody wrote about."""
        return {**super().widget_attrs(widget), "autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: Any) -> Any:
        """The person. The message about a number that is wrong never repeats it."""
        text = super().clean(value) or ""
        found = _NUMBER.search(text)
        if found is None:
            if _MANY_FIGURES.search(text):
                raise ValidationError(CprField.default_error_messages["form"], code="form")
            return Person(name=text)
        try:
            number = parse_cpr(found.group(), demo=settings.DEMO)
        except ValueError as error:
            raise ValidationError(CprField.default_error_messages[str(error)], code=str(error)) from None
        rest = f"{text[: found.start()]} {text[found.end() :]}"
        return Person(name=" ".join(rest.replace("(", " ").replace(")", " ").split()).strip(" ,;:-"), cpr=number)


class CarriedField(forms.CharField):
    """What the page itself carries from one step to the next; a page that was tampered with is no reason to fail."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)
        self.validators = []

    def to_python(self, value: Any) -> str:
        """At most 64 characters that can be stored."""
        return without_forbidden(str(value or ""))[:64]

    def bound_data(self, data: Any, initial: Any) -> Any:
        """The same."""
        return self.to_python(data)


class PastDayField(DayField):
    """The day something happened: today at the latest."""

    def validate(self, value: date | None) -> None:
        """Refuses days to come."""
        super().validate(value)
        if value and value > timezone.localdate():
            raise ValidationError(_("Dagen ligger i fremtiden."), code="future")


def _uuid(value: Any) -> UUID:
    """The id that the page carried, or a new one when it was tampered with."""
    try:
        return UUID(str(value))
    except ValueError:
        return uuid4()


class OnceForm(forms.Form):
    """A form whose row has its id from the page, so that a button pressed twice makes one row."""

    once = CarriedField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid4

    def clean_once(self) -> UUID:
        """The row's id."""
        return _uuid(self.cleaned_data["once"])


class NumberWarning(forms.Form):
    """Says once that a text carries something like a CPR number. Sent again, it passes: a person decides."""

    number_seen = CarriedField()
    number_texts: Sequence[str] = ()

    def clean(self) -> dict[str, Any]:
        """Adds the warning beside each text that has a number, unless it has been shown before."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("number_seen") == "1":
            return cleaned
        for name in self.number_texts:
            if has_cpr(str(cleaned.get(name, ""))):
                self.add_error(
                    name,
                    ValidationError(
                        _(
                            "Her står noget, der ligner et CPR-nummer. "
                            "Flyt det til feltet for, hvem det drejer sig om. Er det noget andet, så send igen."
                        ),
                        code="cpr",
                    ),
                )
                data = cast(QueryDict, self.data).copy()
                data[self.add_prefix("number_seen")] = "1"
                self.data = data
        return cleaned


class ConcernForm(OnceForm, NumberWarning):
    """Rejs bekymring: a reference, or ten lines; everything else can wait (R-000-18, R-000-19, R-000-33)."""

    number_texts = ("text",)

    event_reference = ReferenceField(
        label=_("Journalnummer eller hændelsesnummer"),
        required=False,
        help_text=_("Nummeret alene er nok. Visitatoren ser resten efter."),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    text = ParagraphField(
        label=_("Hvad er du bekymret for?"),
        required=False,
        max_length=TEXT_LIMIT,
        help_text=_("Ti linjer er rigeligt."),
    )
    person = PersonField(
        label=_("Hvem drejer det sig om?"), required=False, help_text=_("Navn, CPR-nummer eller begge dele.")
    )
    happened_on = PastDayField(label=_("Hvornår?"), required=False)
    acute_trigger = PickField(
        label=_("Kan det vente?"),
        required=False,
        choices=[("", _("Ja, det kan vente")), *[(value, label) for value, label in AcuteTrigger.choices]],
    )
    place = PickField(label=_("Til hvilken gruppe?"), required=False)

    known_as = LineField(
        label=_("Kaldes eller kendes på"),
        required=False,
        max_length=160,
        help_text=_("Når ingen ved, hvad borgeren hedder."),
    )
    area = PickField(label=_("Område"), required=False)
    notifier_kind = PickField(
        label=_("Kom det fra nogen udenfor?"), required=False, choices=[("", _("Nej")), *NotifierKind.choices]
    )
    notifier_name = LineField(
        label=_("Deres navn og telefon"),
        required=False,
        max_length=160,
        help_text=_("Bliver hos jer. De får tak og ikke andet."),
    )
    channel = PickField(label=_("Hvordan kom det ind?"), required=False)
    why_without_consent = LineField(label=_("Hvorfor uden samtykke?"), required=False, max_length=400)
    repeat_mark = forms.BooleanField(
        label=_("Genganger hos politiet"),
        required=False,
        help_text=_("Kun et mærke. Hændelserne bag bliver hos politiet."),
    )

    DETAILS = ("known_as", "area", "notifier_kind", "notifier_name", "channel", "why_without_consent", "repeat_mark")

    def __init__(
        self,
        *args: Any,
        options: Sequence[Place],
        usual: Place | None,
        areas: Sequence[Area],
        police: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "event_reference", "text")
        self.options = {str(place.group.pk): place for place in options}
        self.fields["happened_on"].initial = timezone.localdate
        several_partnerships = len({place.group.partnership_id for place in options}) > 1
        groups = [
            (key, option.label if several_partnerships else option.group.name) for key, option in self.options.items()
        ]
        if len(groups) > 1:
            # Within one partnership whoever screens can choose the group; between two, nobody else could.
            if not (several_partnerships and usual):
                groups.insert(0, ("", gettext("Vælg") if several_partnerships else gettext("Visitatoren vælger")))
            offer(self, "place", groups)
            self.fields["place"].required = several_partnerships and usual is None
            self.fields["place"].initial = str(usual.group.pk) if usual else ""
        else:
            del self.fields["place"]
        if areas:
            offer(self, "area", [("", _("Ved ikke")), *[(str(area.pk), area.name) for area in areas]])
        else:
            del self.fields["area"]
        ways = [ConcernChannel.PHONE, ConcernChannel.MAIL, *([ConcernChannel.NIGHT_REPORT] if police else [])]
        offer(self, "channel", [("", _("Jeg skriver selv")), *[(way.value, way.label) for way in ways]])
        if not police:
            del self.fields["repeat_mark"]

    @property
    def details(self) -> list[forms.BoundField]:
        """The fields under "mere"."""
        return [self[name] for name in self.DETAILS if name in self.fields]

    @property
    def details_open(self) -> bool:
        """Whether something stands there that must be seen."""
        return any(self.errors.get(name) or self.data.get(name) for name in self.DETAILS) if self.is_bound else False

    def clean(self) -> dict[str, Any]:
        """A reference or some lines; a name without a kind of notifier is a notifier all the same."""
        cleaned = super().clean()
        reference = cleaned.get("event_reference", "")
        if reference and not any(character.isdigit() for character in reference):
            self.add_error(
                "event_reference",
                _("Der er intet tal i nummeret. Kender du navnet, så skriv det under »Hvem drejer det sig om?«."),
            )
        said = reference or cleaned.get("text")
        if not said and not {"event_reference", "text"} & set(self.errors):
            self.add_error("event_reference", _("Skriv et journalnummer eller nogle linjer."))
        if cleaned.get("notifier_name") and not cleaned.get("notifier_kind"):
            cleaned["notifier_kind"] = NotifierKind.OTHER
        return cleaned

    def report(self, usual: Place | None) -> Report | None:
        """What was said, or None when there is no group to send it to."""
        data = self.cleaned_data
        # The tag on "Mit bord" does not ask: it goes where the person's concerns usually go.
        unasked = "place" not in self.fields or self.add_prefix("place") not in self.data
        chosen = usual if unasked else self.options.get(data["place"])
        partnerships = {place.group.partnership_id for place in self.options.values()}
        if chosen is None and len(partnerships) != 1:
            return None
        person: Person = data["person"]
        return Report(
            id=data["once"],
            partnership_id=chosen.group.partnership_id if chosen else partnerships.pop(),
            group_id=chosen.group.pk if chosen else None,
            event_reference=data["event_reference"],
            text=data["text"],
            who=Who(person.name, person.cpr, data["known_as"], UUID(data["area"]) if data.get("area") else None),
            happened_on=data["happened_on"],
            acute_trigger=data["acute_trigger"],
            channel=data["channel"],
            notifier_kind=data["notifier_kind"],
            notifier_name=data["notifier_name"],
            repeat_mark=data.get("repeat_mark", False),
            why_without_consent=data["why_without_consent"],
        )


class MoreForm(NumberWarning):
    """More lines, or who it is: by the raiser, or by the one who screens and has looked it up."""

    number_texts = ("text",)

    text = ParagraphField(label=_("Flere linjer"), required=False, max_length=TEXT_LIMIT, rows=4)
    person = PersonField(
        label=_("Hvem drejer det sig om?"), required=False, help_text=_("Navn, CPR-nummer eller begge dele.")
    )
    known_as = LineField(label=_("Kaldes eller kendes på"), required=False, max_length=160)
    area = PickField(label=_("Område"), required=False)

    def __init__(self, *args: Any, areas: Sequence[Area], identified: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "text", "person")
        if identified:
            del self.fields["person"], self.fields["known_as"], self.fields["area"]
        elif areas:
            offer(self, "area", [("", _("Ved ikke")), *[(str(area.pk), area.name) for area in areas]])
        else:
            del self.fields["area"]

    @property
    def who(self) -> Who:
        """The person, as far as one was typed."""
        data = self.cleaned_data
        person: Person = data.get("person") or Person()
        return Who(person.name, person.cpr, data.get("known_as", ""), UUID(data["area"]) if data.get("area") else None)

    def clean(self) -> dict[str, Any]:
        """Something must have been written."""
        cleaned = super().clean()
        if not self.errors and not cleaned.get("text") and not self.who:
            self.add_error("text", _("Skriv noget, før du sender."))
        return cleaned


class GreetingField(LineField):
    """A greeting to the raiser. Nothing about the person: no number, and none of the names (R-000-26)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Hilsen til melderen"))
        kwargs.setdefault("help_text", _("Melderen får altid svar. Skriv aldrig noget om borgeren her."))
        super().__init__(required=False, max_length=200, **kwargs)
        self.identity: Identity | None = None

    def validate(self, value: str) -> None:
        """Refuses a number, and any name of the person the concern is about."""
        super().validate(value)
        if has_cpr(value):
            raise ValidationError(_("Her står noget, der ligner et CPR-nummer. Tag det ud."), code="cpr")
        if self.identity is None:
            return
        names = re.findall(r"\w{3,}", f"{self.identity.name} {self.identity.known_as}".casefold())
        words = set(re.findall(r"\w{3,}", value.casefold()))
        # A genitive or another ending gives a name away as well as the name itself.
        if any(word.startswith(name) for name in names for word in words):
            raise ValidationError(_("Skriv ikke, hvem det drejer sig om."), code="name")


class JudgementForm(forms.Form):
    """What goes with every way out: a greeting to the raiser, who always gets an answer."""

    thanks = GreetingField()

    def __init__(self, *args: Any, identity: Identity | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(GreetingField, self.fields["thanks"]).identity = identity

    @property
    def judgement(self) -> Judgement:
        """What was ticked and written, as far as this way asks for it."""
        data = self.cleaned_data
        return Judgement(
            tuple(data.get("traits", ())), data.get("own_reason", ""), data.get("reason", ""), data["thanks"]
        )


class NotPspForm(JudgementForm):
    """Not PSP: why, and whether it went to somebody else (R-000-24, R-000-27)."""

    reason = ParagraphField(
        label=_("Hvorfor ikke?"),
        max_length=1000,
        rows=3,
        help_text=_("Bliver hos jer. Melderen ser den ikke."),
        error_messages={"required": _("Skriv hvorfor. Melderen ser ikke begrundelsen.")},
    )
    other_way = forms.BooleanField(label=_("Den er givet videre ad en anden vej, fx som socialrapport"), required=False)

    field_order = ("reason", "other_way", "thanks")


class NecessityField(ParagraphField):
    """Why exactly these receivers must know: the one thing no program can fill in (L4)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Hvorfor er det nødvendigt, at de ved det?"))
        kwargs.setdefault(
            "error_messages", {"required": _("Skriv, hvorfor det er nødvendigt, at netop de får det at vide.")}
        )
        super().__init__(max_length=1000, rows=3, number=False, **kwargs)


def authority_choices(candidates: Sequence[Candidate]) -> list[tuple[str, str]]:
    """Id and name of each authority, with a word for those who are brought in by being chosen (L3)."""
    return [
        (
            str(candidate.authority.pk),
            gettext("%(name)s (inddrages i denne sag)") % {"name": candidate.authority.name}
            if candidate.brought_in
            else candidate.authority.name,
        )
        for candidate in candidates
    ]


class AgendaForm(JudgementForm):
    """Raising the case: what only a person can say, and nothing that was said before (000 section 2.4, R-000-35)."""

    traits = PickManyField(
        label=_("Hvad kan du genkende?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Mindst ét kryds, eller jeres egen grund herunder."),
    )
    own_reason = LineField(
        label=_("Jeres egen grund"),
        required=False,
        max_length=400,
        help_text=_("Når intet af det passer, eller når der ikke er mindst to slags problemer."),
    )
    group = PickField(label=_("Til hvilken gruppe?"))
    why_serious = ParagraphField(
        label=_("Hvorfor er det alvorligt?"),
        max_length=1500,
        rows=4,
        error_messages={"required": _("Skriv, hvorfor det er alvorligt.")},
    )
    means_exhausted = ParagraphField(
        label=_("Hvorfor slår jeres egne midler ikke til?"),
        max_length=1500,
        rows=3,
        error_messages={"required": _("Skriv, hvorfor jeres egne midler ikke slår til.")},
    )
    tried_before = ParagraphField(
        label=_("Hvad er prøvet før, og hvorfor lykkedes det ikke?"), required=False, max_length=1500, rows=3
    )
    social = YesNoUnknownField(label=_("Sociale problemer?"))
    psychiatric = YesNoUnknownField(label=_("Psykiatriske problemer?"))
    crime = YesNoUnknownField(label=_("Kriminalitet?"))
    children = YesNoUnknownField(label=_("Er der børn i hjemmet?"))
    category = PickField(label=_("Kategori"), required=False, help_text=_("Kommer aldrig på papir."))
    link_person = LineField(
        label=_("Bindeled"),
        required=False,
        max_length=160,
        help_text=_("Hvem hos jer holder forbindelsen, hvis det ikke er dig?"),
    )
    parties = PickManyField(
        label=_("Hvem skal med?"),
        error_messages={"required": _("Vælg mindst én anden myndighed. En sag har brug for et bord.")},
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Krydserne er et forslag. De, du ikke sætter kryds ved, ser ikke sagen."),
    )
    necessity = NecessityField()
    network_case = CarriedField()

    # What has a good default, or can be written later, is folded.
    LATER = ("group", "tried_before", "category", "link_person", "thanks")
    EITHER_OR = ("traits", "own_reason")

    def __init__(
        self,
        *args: Any,
        traits: Sequence[tuple[str, str]],
        groups: Sequence[tuple[str, str]],
        candidates: Sequence[Candidate],
        categories: Sequence[tuple[str, str]],
        means_required: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(candidate.authority.pk): candidate for candidate in candidates}
        if len(groups) > 1:
            offer(self, "group", groups)
        else:
            del self.fields["group"]
        offer(self, "traits", traits)
        demanded_at_times(self, *self.EITHER_OR)
        offer(self, "parties", authority_choices(candidates))
        self.fields["parties"].initial = [str(candidate.authority.pk) for candidate in candidates if candidate.proposed]
        self.fields["means_exhausted"].required = means_required
        if categories:
            offer(self, "category", [("", _("Ingen")), *categories])
        else:
            del self.fields["category"]

    @property
    def later(self) -> list[forms.BoundField]:
        """The fields under "mere"."""
        own_means = () if self.fields["means_exhausted"].required else ("means_exhausted",)
        return [self[name] for name in (*own_means, *self.LATER) if name in self.fields]

    @property
    def later_open(self) -> bool:
        """Whether something under "mere" must be mended."""
        return any(bound.errors for bound in self.later)

    def clean(self) -> dict[str, Any]:
        """At least one trait and two of the three kinds of problems, or an own reason (000 section 2.4, L26)."""
        cleaned = super().clean() or self.cleaned_data
        own_reason = cleaned.get("own_reason") or "own_reason" in self.errors
        if not cleaned.get("traits") and not own_reason and "traits" not in self.errors:
            self.add_error("traits", _("Sæt kryds ved mindst ét kriterium, eller skriv jeres egen grund."))
        elif self._too_few_kinds and not own_reason:
            self.add_error("own_reason", _("Skriv hvorfor, når der ikke er mindst to slags problemer."))
        return cleaned

    @property
    def _too_few_kinds(self) -> bool:
        kinds = [self.cleaned_data.get(name) for name in ("social", "psychiatric", "crime")]
        return None not in kinds and kinds.count("yes") < 2

    @property
    def chosen(self) -> list[Candidate]:
        """The authorities that were ticked."""
        return [self.candidates[key] for key in self.cleaned_data["parties"]]

    @property
    def facts(self) -> Facts:
        """What was said of the case."""
        data = self.cleaned_data
        return Facts(
            why_serious=data["why_serious"],
            means_exhausted=data["means_exhausted"],
            tried_before=data["tried_before"],
            social=data["social"],
            psychiatric=data["psychiatric"],
            crime=data["crime"],
            grey_zone=data["own_reason"] if self._too_few_kinds else "",
            category_id=UUID(data["category"]) if data.get("category") else None,
            traits=tuple(data["traits"]),
            own_reason=data["own_reason"] if not (data["traits"] and self._too_few_kinds) else "",
            children=data["children"],
            link_person=data["link_person"],
            brought_in=tuple(candidate.authority.pk for candidate in self.chosen if candidate.brought_in),
        )


class ElsewhereForm(JudgementForm):
    """To the screener of another authority."""

    authority = PickField(
        label=_("Hvem skal se på den?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvem der skal se på den.")},
    )
    necessity = NecessityField(label=_("Hvorfor skal de se den?"))
    with_name = forms.BooleanField(label=_("Vis dem, hvem det drejer sig om"), required=False, initial=True)

    field_order = ("authority", "necessity", "with_name", "thanks")

    def __init__(self, *args: Any, candidates: Sequence[Candidate], named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(candidate.authority.pk): candidate for candidate in candidates}
        offer(self, "authority", authority_choices(candidates))
        if not named:
            del self.fields["with_name"]


class ToHolderForm(JudgementForm):
    """To the open case of the citizen."""

    necessity = NecessityField()

    field_order = ("necessity", "thanks")
