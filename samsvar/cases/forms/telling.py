"""Forms of telling: the own authority's answer, to whom and why, and the conditions of a sentence to treatment."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samsvar.cases.forms.case import AuthorityChoice, AuthorityChoices
from samsvar.cases.forms.grounds import add_grounds, ground_of
from samsvar.cases.services.answering import SEARCHES
from samsvar.cases.services.story import danish
from samsvar.forms import DayField, LineField, ParagraphField, demanded_at_times
from samsvar.law.kinds import Basis, InformationType, Purpose
from samsvar.partnerships.models import Authority
from samsvar.sharing.models import Answer, NoTo, Scope, Support
from samsvar.sharing.models import ConsentForm as Form
from samsvar.sharing.services import Ground, Marks, asks_for_everything

# What telling a party can rest on: § 115 stands first, and is proposed (L1, L8, L10).
TOLD_ON = (Basis.COOPERATION, Basis.CONSENT, Basis.OVERRIDING)


class ReceiversForm(forms.Form):
    """To whom, and why it is necessary (L4)."""

    receivers = AuthorityChoices(label=_("Hvem skal have det?"))
    necessity = LineField(label=_("Hvorfor er det nødvendigt?"), max_length=400, number=False)

    def __init__(self, *args: Any, others: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receivers"].queryset = others  # type: ignore[attr-defined]


class AgainstNoField(LineField):
    """Why it is done although the citizen has said no; asked for only where a no stands (R-002-68)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Borgeren har sagt nej. Hvorfor gør I det alligevel"),
            max_length=400,
            required=False,
            number=False,
            help_text=_("Fx fare for borgeren selv eller andre. Dit navn og din grund bliver set af en leder."),
            **kwargs,
        )


class PassOnForm(ReceiversForm):
    """Something of one's own is passed on. What is marked asks for a deliberate act (R-002-75, R-002-79)."""

    against_no = AgainstNoField()

    purpose = forms.ChoiceField(label=_("Formål"), choices=[])
    deliberate = forms.BooleanField(
        label=_("Det skal videre alligevel"),
        required=False,
        help_text=_("Bidraget er mærket: det handler også om en anden, eller det er en arbejdshypotese."),
    )

    def __init__(self, *args: Any, lang: str = "da", marked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = Purpose.choices(lang)  # type: ignore[attr-defined]
        if not marked:
            del self.fields["deliberate"]


class TellOnForm(PassOnForm):
    """A contribution is passed on, on a basis that can be another than § 115."""

    def __init__(self, *args: Any, lang: str = "da", **kwargs: Any) -> None:
        super().__init__(*args, lang=lang, **kwargs)
        add_grounds(self, TOLD_ON, lang, required=False, initial=Basis.COOPERATION.value)

    @property
    def ground(self) -> Ground:
        """What a valid form rests on."""
        return ground_of(self.cleaned_data)


HOW_OFTEN = [
    ("", _("Vælg")),
    ("once", _("En enkelt gang")),
    ("several", _("Flere gange")),
    ("often", _("Ofte")),
]


def _in_general_terms(how_often: str, occasion: str) -> str:
    """What the police tell, in the words that all parties read (R-000-69): known, how often, broadly why."""
    known = danish(dict(HOW_OFTEN)[how_often]).lower() if how_often else ""
    parts = [f"Kendt fra døgnrapporten: {known}." if known else "", f"Anledning: {occasion}" if occasion else ""]
    return " ".join(filter(None, parts))


class AnswerForm(forms.Form):
    """The own authority's answer (R-000-67, R-000-68, R-000-70): passed on, kept at home, or one of the short answers.

    A short answer is one button: nothing else is asked for, and what was typed meanwhile stays at home with it.
    """

    KEEP, PASS = "keep", "pass"
    SHORT = (Answer.NOT_KNOWN, Answer.BACK_LATER, Answer.DECLINES)

    text = ParagraphField(
        label=_("Kun det, der er strengt nødvendigt i netop denne sag"), max_length=2000, required=False, rows=5
    )
    receivers = AuthorityChoices(label=_("Hvem skal have det at vide?"), required=False)
    information_type = forms.ChoiceField(label=_("Hvad handler det om?"), choices=[], required=False)
    necessity = LineField(
        label=_("Hvorfor er det nødvendigt, at de får det at vide?"), max_length=400, required=False, number=False
    )
    purpose = forms.ChoiceField(label=_("Formål"), choices=[], required=False, initial=Purpose.HELP.value)
    call_first_until = DayField(
        label=_("Ring, før I kommer: til og med hvilken dag?"),
        required=False,
        help_text=_("Står øverst i sagen hos dem, der får det at vide, og går væk af sig selv den dag."),
    )
    call_first_who = LineField(
        label=_("Ring, før I kommer: hvem skal de ringe til?"), max_length=120, required=False, number=False
    )
    third_party = forms.BooleanField(
        label=_("Det handler også om en anden, fx en pårørende"),
        required=False,
        help_text=_("Så kommer det ikke med videre, på papir eller i et referat, medmindre nogen vælger det."),
    )
    hypothesis = forms.BooleanField(
        label=_("Det er en arbejdshypotese"),
        required=False,
        help_text=_("Den holdes ude af det, der går videre, til den er bekræftet."),
    )
    against_no = AgainstNoField()
    heed = forms.BooleanField(
        label=_("Bed dem om at være opmærksomme"),
        required=False,
        help_text=_("Lægger en opgave på deres bord. Ved mødeforbud får kun sagsbehandleren den."),
    )
    search_by = forms.ChoiceField(
        label=_("Hvis I ikke kender borgeren: hvad gør I så?"),
        choices=[(kind.value, kind.label) for kind in SEARCHES],
        widget=forms.RadioSelect,
        initial=SEARCHES[0],
        required=False,
    )

    def __init__(self, *args: Any, others: QuerySet[Authority], kind: str, lang: str = "da", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demanded_at_times(self, "text", "information_type", "receivers", "necessity", "purpose")
        self.fields["receivers"].queryset = others  # type: ignore[attr-defined]
        self.fields["information_type"].choices = types_of(kind, lang)  # type: ignore[attr-defined]
        self.fields["purpose"].choices = Purpose.choices(lang)  # type: ignore[attr-defined]
        add_grounds(self, TOLD_ON, lang, required=False, initial=Basis.COOPERATION.value)
        self.way = self.data.get("way", self.KEEP) if self.is_bound else self.KEEP
        if kind == "police":
            self.fields |= {
                "how_often": forms.ChoiceField(label=_("Kendt fra døgnrapporten"), choices=HOW_OFTEN, required=False),
                "occasion": LineField(
                    label=_("Hvorfor, i almindelige vendinger?"),
                    max_length=200,
                    required=False,
                    help_text=_("Fx »råben på gaden«. Aldrig domme eller sigtelser."),
                ),
            }
            self.fields["text"].label = _("Andet, der er strengt nødvendigt i netop denne sag")
        else:
            self.fields["text"].help_text = _("Skriv selv det nødvendige. Sæt ikke stykker af journalen ind.")

    @property
    def short(self) -> Answer | None:
        """The short answer whose button was pressed, if it was one of them."""
        return next((answer for answer in self.SHORT if answer.value == self.way), None)

    @property
    def passes(self) -> bool:
        """Whether it is to be passed on now."""
        return self.way == self.PASS

    def clean(self) -> dict[str, Any]:
        """Passing on needs receivers and a necessity; keeping it at home needs neither, a short answer nothing."""
        cleaned = super().clean() or {}
        known = cleaned.pop("how_often", ""), cleaned.pop("occasion", "")
        if any(known) and "text" not in self.errors:
            cleaned["text"] = "\n".join(filter(None, [_in_general_terms(*known), cleaned.get("text", "")]))
        if self.short:
            return cleaned
        if not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Skriv det, der er nødvendigt i denne sag, eller vælg et kort svar."))
        until = cleaned.get("call_first_until")
        if until is not None and until < timezone.localdate():
            self.add_error("call_first_until", _("Vælg en dag, der ikke er gået."))
        if cleaned.get("call_first_who") and until is None and "call_first_until" not in self.errors:
            self.add_error("call_first_until", _("Vælg, til og med hvilken dag de skal ringe, før de kommer."))
        if self.passes:
            if not cleaned.get("receivers") and "receivers" not in self.errors:
                self.add_error("receivers", _("Vælg, hvem der skal have det at vide."))
            if not cleaned.get("necessity") and "necessity" not in self.errors:
                self.add_error("necessity", _("Skriv, hvorfor det er nødvendigt."))
        return cleaned

    @property
    def ground(self) -> Ground:
        """What a valid form rests on."""
        return ground_of(self.cleaned_data)

    @property
    def marks(self) -> Marks:
        """What a valid form says about the contribution."""
        given = self.cleaned_data
        return Marks(given["call_first_until"], given["call_first_who"], given["third_party"], given["hypothesis"])


class ReleaseForm(forms.Form):
    """What a releaser says to one whose draft is sent back."""

    note = LineField(label=_("Sendes den tilbage: hvad mangler der"), max_length=400, required=False)


QUESTIONS = 3


class AskForm(forms.Form):
    """Up to three questions to one party, each with its why. There is no deadline to set (L6)."""

    to = AuthorityChoice(label=_("Hvem spørger I?"))
    purpose = forms.ChoiceField(label=_("Formål"), choices=[], initial=Purpose.HELP.value)
    call_back = LineField(
        label=_("Vil I hellere tale om det, så skriv, hvem de kan ringe til"), max_length=120, required=False
    )

    def __init__(self, *args: Any, others: QuerySet[Authority], lang: str = "da", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]
        self.fields["purpose"].choices = Purpose.choices(lang)  # type: ignore[attr-defined]
        for number in range(1, QUESTIONS + 1):
            self.fields[f"question_{number}"] = LineField(
                label=_("Hvad spørger I om?"),
                max_length=300,
                required=number == 1,
                help_text=_("Fx »tager han sin medicin?«. Aldrig hele journalen.") if number == 1 else "",
            )
            self.fields[f"why_{number}"] = LineField(
                label=_("Hvorfor er det vigtigt at vide?"), max_length=300, required=number == 1, number=False
            )

    def clean(self) -> dict[str, Any]:
        """Each question has its why, and none of them asks for everything (R-002-72, R-002-73)."""
        cleaned = super().clean() or {}
        for number in range(1, QUESTIONS + 1):
            question, why = f"question_{number}", f"why_{number}"
            if cleaned.get(question) and not cleaned.get(why) and why not in self.errors:
                self.add_error(why, _("Skriv, hvorfor det er vigtigt."))
            if cleaned.get(why) and not cleaned.get(question) and question not in self.errors:
                self.add_error(question, _("Skriv spørgsmålet."))
            if cleaned.get(question) and asks_for_everything(cleaned[question]):
                self.add_error(
                    question,
                    _("Hele journalen kan man ikke bede om. Spørg om det, I mangler at vide, eller bed dem ringe."),
                )
        return cleaned

    @property
    def questions(self) -> list[tuple[str, str]]:
        """The questions of a valid form with their why."""
        given = self.cleaned_data
        pairs = [(given[f"question_{number}"], given[f"why_{number}"]) for number in range(1, QUESTIONS + 1)]
        return [pair for pair in pairs if pair[0]]


class ReplyForm(forms.Form):
    """The answer to a question."""

    text = ParagraphField(label=_("Svar kun på det, der spørges om"), max_length=2000, required=False, rows=4)
    information_type = forms.ChoiceField(label=_("Hvad handler det om?"), choices=[])
    partly = forms.BooleanField(label=_("Det er kun en del af svaret"), required=False)
    third_party = forms.BooleanField(label=_("Det handler også om en anden, fx en pårørende"), required=False)
    hypothesis = forms.BooleanField(label=_("Det er en arbejdshypotese"), required=False)
    against_no = AgainstNoField()

    def __init__(self, *args: Any, kind: str, lang: str = "da", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["information_type"].choices = types_of(kind, lang)  # type: ignore[attr-defined]

    @property
    def marks(self) -> Marks:
        """What a valid form says about the answer."""
        given = self.cleaned_data
        return Marks(third_party=given["third_party"], hypothesis=given["hypothesis"])


class EffectForm(forms.Form):
    """Who is ticked while somebody writes: never what is written, since this comes in an address."""

    receivers = AuthorityChoices(required=False)
    information_type = forms.ChoiceField(choices=InformationType.choices(), required=False)
    purpose = forms.ChoiceField(choices=Purpose.choices(), required=False)
    basis = forms.ChoiceField(choices=[(one.value, one.value) for one in TOLD_ON], required=False)

    def __init__(self, *args: Any, others: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receivers"].queryset = others  # type: ignore[attr-defined]


def _names(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class ConsentForm(forms.Form):
    """A yes as it was given (R-000-107, R-002-65, R-002-67).

    The usual one is a written yes of the citizen today, to share for help: what differs from it stands folded away.
    """

    SELDOM = ("scope", "study", "purposes", "others", "missing", "form", "why_oral", "given_on", "valid_to")

    scope = forms.ChoiceField(
        label=_("Hvad siger borgeren ja til?"), choices=Scope.choices, widget=forms.RadioSelect, initial=Scope.SHARE
    )
    information_types = forms.MultipleChoiceField(
        label=_("Hvad må I fortælle om?"), choices=[], widget=forms.CheckboxSelectMultiple, required=False
    )
    receivers = AuthorityChoices(label=_("Til hvem?"), required=False)
    others = LineField(label=_("Andre, der må få det at vide"), max_length=200, required=False, number=False)
    purposes = forms.MultipleChoiceField(
        label=_("Til hvad?"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=[Purpose.HELP.value],
    )
    study = LineField(label=_("Er det til en undersøgelse: hvilken?"), max_length=160, required=False, number=False)
    given = ParagraphField(
        label=_("Hvem har sagt ja?"),
        max_length=600,
        rows=2,
        number=False,
        help_text=_("Et navn på hver linje. For et barn: alle, der har forældremyndigheden."),
    )
    missing = ParagraphField(label=_("Hvem mangler at sige ja?"), max_length=600, rows=2, required=False, number=False)
    form = forms.ChoiceField(label=_("Hvordan?"), choices=Form.choices, widget=forms.RadioSelect, initial=Form.WRITTEN)
    why_oral = LineField(label=_("Mundtligt: hvorfor ikke skriftligt?"), max_length=200, required=False, number=False)
    informed = forms.BooleanField(label=_("Borgeren ved, hvad det betyder, og at det kan trækkes tilbage"))
    given_on = DayField(label=_("Hvornår?"), required=False)
    valid_to = DayField(
        label=_("Gælder til og med"), required=False, help_text=_("Højst et år. Står der intet, gælder det et år.")
    )

    def __init__(self, *args: Any, others: QuerySet[Authority], lang: str = "da", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receivers"].queryset = others  # type: ignore[attr-defined]
        self.fields["information_types"].choices = InformationType.choices(lang)  # type: ignore[attr-defined]
        self.fields["purposes"].choices = Purpose.choices(lang)  # type: ignore[attr-defined]
        demanded_at_times(self, "information_types", "receivers", "purposes", "why_oral", "study")

    @property
    def is_unusual(self) -> bool:
        """Whether what is folded away must be seen: something in it was chosen, or is wrong."""
        return self.is_bound and any(name in self.errors or name in self.changed_data for name in self.SELDOM)

    def clean(self) -> dict[str, Any]:
        """Names as lists, and receivers as they are."""
        cleaned = super().clean() or {}
        for name in ("given", "missing"):
            if name in cleaned:
                cleaned[name] = _names(cleaned[name])
        if "receivers" in cleaned:
            cleaned["receivers"] = list(cleaned["receivers"])
        return cleaned


class NoForm(forms.Form):
    """The citizen's no (R-002-69)."""

    to = forms.ChoiceField(label=_("Hvad siger borgeren nej til?"), choices=NoTo.choices, widget=forms.RadioSelect)
    about = forms.ModelChoiceField(
        label=_("Gælder det en bestemt myndighed?"),
        queryset=Authority.objects.none(),
        required=False,
        empty_label=_("Alle"),
    )
    person = LineField(label=_("Gælder det en person: hvem?"), max_length=160, required=False, number=False)
    words = LineField(label=_("Borgerens ord"), max_length=300, required=False, number=False)

    def __init__(self, *args: Any, parties: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].queryset = parties  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    """Who is in touch with the citizen."""

    support = forms.ChoiceField(label=_("Hvilken støtte"), choices=Support.choices, widget=forms.RadioSelect)
    who = LineField(label=_("Hvem"), max_length=120, number=False)
    reach = LineField(label=_("Hvordan man får fat i dem"), max_length=120, required=False, number=False)


class TellForm(ReceiversForm):
    """What has a basis of its own, a contact or advice before a visit, is told to named parties."""

    against_no = AgainstNoField()


class HelpForm(forms.Form):
    """Help without consent: what, why, who decided it, for how long (L32)."""

    help = LineField(label=_("Hvilken hjælp"), max_length=300, help_text=_("Aldrig med magt."))
    why = LineField(label=_("Hvorfor uden borgerens samtykke"), max_length=400)
    decided_by = LineField(label=_("Hvem har afgjort det"), max_length=160)
    since = DayField(label=_("Fra"), required=False)
    until = DayField(label=_("Til og med"))
    review_on = DayField(label=_("Hvornår ser I på det igen"))


class VerdictForm(forms.Form):
    """What a leader says of something done against a no."""

    verdict = LineField(label=_("Din vurdering"), max_length=400)


class ConditionsForm(forms.Form):
    """Behandlingsdom: vilkår. Conditions, what they allow, who supervises; nothing of the judgment (R-000-113)."""

    conditions = ParagraphField(
        label=_("Vilkår"),
        max_length=600,
        rows=3,
        help_text=_("Fx »ambulant behandling, indlægges efter overlægens bestemmelse«. Aldrig dom eller sigtelse."),
    )
    allows = ParagraphField(label=_("Hvad giver vilkårene mulighed for?"), max_length=600, rows=3, required=False)
    supervisor = LineField(label=_("Hvem fører tilsyn?"), max_length=160)


def types_of(kind: str, lang: str) -> list[tuple[str, str]]:
    """What an authority of this kind has to tell of, its own matter first; never convictions (R-000-113).

    The conditions of a sentence to treatment have a page and a permission of their own.
    """
    first = {
        "police": [InformationType.POLICE_EVENT, InformationType.CONTACT],
        "social": [InformationType.SOCIAL, InformationType.HOUSING],
        "psychiatry": [InformationType.HEALTH, InformationType.CONTACT],
        "forensic_psychiatry": [InformationType.HEALTH, InformationType.CONTACT],
    }.get(kind, [InformationType.SOCIAL])
    others = [
        InformationType.SOCIAL,
        InformationType.HOUSING,
        InformationType.CHILDREN,
        InformationType.HEALTH,
        InformationType.SUBSTANCE_USE,
        InformationType.CONTACT,
        InformationType.CITIZENS_VIEW,
        InformationType.KNOWN,
    ]
    ordered = [*first, *(one for one in others if one not in first)]
    return [(one.value, one.label(lang)) for one in ordered]
