"""Drafts of letters in plain words, made from facts. Whoever sends them reads and changes them first.

A category, a trait and what the colleagues wrote to each other stand in no draft (screens.md, Manners).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsvar.calendar.words import MONTHS, language
from samsvar.law.kinds import InformationType, Purpose
from samsvar.letters.models import OutsideKind

# What was told, as one says it to the person whom it is about.
ABOUT_YOU = {
    InformationType.IDENTITY: gettext_lazy("hvem du er"),
    InformationType.CONCERN: gettext_lazy("at vi er bekymrede for dig"),
    InformationType.KNOWN: gettext_lazy("at du er kendt hos os"),
    InformationType.SOCIAL: gettext_lazy("noget om din sociale situation"),
    InformationType.HOUSING: gettext_lazy("noget om din bolig"),
    InformationType.CHILDREN: gettext_lazy("noget om børn i dit hjem"),
    InformationType.HEALTH: gettext_lazy("noget om dit helbred og din behandling"),
    InformationType.SUBSTANCE_USE: gettext_lazy("noget om rusmidler"),
    InformationType.POLICE_EVENT: gettext_lazy("at politiet har mødt dig, i almindelige vendinger"),
    InformationType.DANGER: gettext_lazy("et råd til dem, der besøger dig"),
    InformationType.TREATMENT_SENTENCE: gettext_lazy("vilkårene i din dom til behandling"),
    InformationType.ACTION: gettext_lazy("hvem der gør hvad for dig"),
    InformationType.RESPONSIBILITY: gettext_lazy("hvem der har ansvaret for at hjælpe dig"),
    InformationType.CITIZENS_VIEW: gettext_lazy("dine egne ord"),
    InformationType.CONTACT: gettext_lazy("hvordan man kan få fat i dig"),
    InformationType.FEEDBACK: gettext_lazy("hvordan det er gået"),
}
IN_ORDER_TO = {
    Purpose.CLARIFY: gettext_lazy("finde ud af, om vi kan hjælpe dig sammen"),
    Purpose.HELP: gettext_lazy("hjælpe dig"),
    Purpose.ACUTE: gettext_lazy("hjælpe dig, da det hastede"),
    Purpose.FOLLOW_UP: gettext_lazy("følge op på hjælpen til dig"),
    Purpose.SAFETY: gettext_lazy("et besøg kunne gå godt for alle"),
    Purpose.HANDOVER: gettext_lazy("en anden kunne tage over"),
}


# The rule that a citizen's own yes is recorded under.
CONSENT = "L10"

# How a Danish clause begins, as several of the above do.
_CLAUSES = ("at ", "hvem ", "hvordan ")

# What a writer still has to fill in, in either language: a letter that holds one of them is not sent.
FILL_IN = ("[skriv", "[write")


@dataclass(frozen=True)
class Passed:
    """One thing that was told: on which day, to whom (units, never staff), what about and what for."""

    day: date
    to: tuple[str, ...]
    what: str
    purpose: str
    rule: str = ""
    outside: bool = False

    @property
    def said(self) -> str:
        """What was told, in the reader's language."""
        known = self.what in tuple(InformationType)
        return InformationType(self.what).label(translation.get_language()) if known else self.what


def written_day(day: date, lang: str) -> str:
    """The day as a letter writes it: 4. marts 2026, or 4 March 2026."""
    code = language(lang)
    return f"{day.day}{'.' if code == 'da' else ''} {MONTHS[code][day.month - 1]} {day.year}"


def about_you(kind: str) -> str:
    """What was told, as one says it to the person."""
    known = kind in tuple(InformationType)
    return (
        str(ABOUT_YOU.get(InformationType(kind), InformationType(kind).label(translation.get_language())))
        if known
        else kind
    )


def in_order_to(purpose: str) -> str:
    """What for, after "for at" or "så"."""
    known = purpose in tuple(Purpose)
    return (
        str(IN_ORDER_TO.get(Purpose(purpose), Purpose(purpose).label(translation.get_language()))) if known else purpose
    )


def said_once(told: Iterable[Passed]) -> list[Passed]:
    """The same thing told to the same on the same day is one line."""
    return list(dict.fromkeys(told))


def _and(names: Sequence[str]) -> str:
    """The names as one says them: an authority's own name may hold a comma."""
    *first, last = names or ("",)
    return _("%(first)s og %(last)s") % {"first": "; ".join(first), "last": last} if first else last


def _passed_line(one: Passed, lang: str) -> str:
    text = _("- %(day)s fortalte vi %(who)s %(what)s. Det var, for at vi kunne %(why)s.")
    if one.purpose in (Purpose.SAFETY, Purpose.HANDOVER):
        text = _("- %(day)s fortalte vi %(who)s %(what)s. Det var, for at %(why)s.")
    what = about_you(one.what)
    if language(lang) == "da" and what.startswith(_CLAUSES):
        # A clause has its comma before it in Danish; "noget om dit helbred" has none.
        text = text.replace("%(who)s %(what)s", "%(who)s, %(what)s")
    return text % {
        "day": written_day(one.day, lang),
        "who": _and(one.to),
        "what": what,
        "why": in_order_to(one.purpose),
    }


def _basis(told: Sequence[Passed], *, is_health: bool) -> str:
    """Why it was allowed: § 115 is for the authorities alone, so whoever is outside has a sentence of its own (L10)."""
    agreed = [name for one in told if one.rule == CONSENT for name in one.to]
    decided = [name for one in told if one.outside and one.rule != CONSENT for name in one.to]
    said = []
    if not told or any(not one.outside and one.rule != CONSENT for one in told):
        said.append(
            _(
                "Politi, kommune og psykiatri må fortælle hinanden det, der er nødvendigt for at hjælpe. Det står i "
                "retsplejelovens § 115."
            )
        )
    if is_health:
        said.append(_("For oplysninger om helbred gælder også sundhedslovens § 43."))
    if agreed:
        said.append(_("Du har selv sagt ja til, at vi fortalte det til %(who)s.") % {"who": _and(_once(agreed))})
    if decided:
        said.append(
            _("En leder hos os vurderede, at %(who)s skulle vide det for at hjælpe dig, også uden dit ja.")
            % {"who": _and(_once(decided))}
        )
    return " ".join(said)


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def to_the_citizen(told: Sequence[Passed], *, name: str, unit: str, phone: str, is_health: bool, lang: str) -> str:
    """The letter that tells a citizen what has been passed on (L12): a text to read through, change and send."""
    with translation.override(lang):
        lines = [_passed_line(one, lang) for one in said_once(told)]
        pieces = [
            _("Kære %(name)s") % {"name": name} if name else _("Til dig"),
            _(
                "Vi har fået en henvendelse fra nogen, som er bekymrede for, hvordan du har det. Derfor har vi talt "
                "med andre myndigheder om dig. Det skal du vide."
            ),
            *(["\n".join([_("Det har vi fortalt:"), *lines])] if lines else []),
            _basis(told, is_health=is_health),
            "\n".join(
                [
                    _("Du behøver ikke at gøre noget. Men du må gerne:"),
                    _("- ringe til os og få det forklaret"),
                    _("- få at vide, hvad vi har skrevet om dig, og få rettet det, der er forkert"),
                    _("- sige, hvad du selv mener. Så lægger vi dine ord ved"),
                    _("- tage en med, når du taler med os"),
                    _("- klage til Datatilsynet, datatilsynet.dk"),
                ]
            ),
            _("Du kan ringe til %(unit)s på %(phone)s.") % {"unit": unit, "phone": phone}
            if phone
            else _("Du kan tale med %(unit)s.") % {"unit": unit},
        ]
        return "\n\n".join(pieces)


def to_an_outsider(
    kind: OutsideKind, *, name: str, citizen: str, unit: str, phone: str, contact: str, lang: str
) -> str:
    """A letter to somebody outside the circle; to the own doctor with the five parts of the report (000 section 3.9).

    `contact` is psychiatry's member at the table, with telephone. Parts in square brackets are for the writer.
    """
    with translation.override(lang):
        citizen = citizen or _("[skriv, hvem det drejer sig om]")
        hello = _("Kære %(name)s") % {"name": name} if name else _("Til rette vedkommende")
        reach = (
            _("Du kan ringe til %(unit)s på %(phone)s.") % {"unit": unit, "phone": phone}
            if phone
            else _("Du kan tale med %(unit)s.") % {"unit": unit}
        )
        if kind == OutsideKind.OWN_DOCTOR:
            pieces = [
                hello,
                _(
                    "Vi skriver om din patient %(citizen)s, som politi, kommune og psykiatri hjælper sammen "
                    "(PSP-samarbejdet)."
                )
                % {"citizen": citizen},
                _("Vi beder dig være opmærksom på: [skriv det, lægen skal lægge mærke til]"),
                _("Vær opmærksom på, om der kan være brug for behandling. [skriv det, I ved, eller slet]"),
                _("Medicin: [skriv, om borgeren tager medicin, så vidt I ved, eller slet]"),
                _("Er du i tvivl, så ring til psykiatriens repræsentant i PSP: %(contact)s.")
                % {"contact": contact or _("[skriv navn og telefon]")},
                reach,
            ]
        else:
            pieces = [
                hello,
                _("Vi skriver om %(citizen)s, fordi vi vil hjælpe, og fordi du kan gøre en forskel.")
                % {"citizen": citizen},
                _("Det er nødvendigt, at du ved: [skriv kun det nødvendige]"),
                _("Vi beder dig: [skriv, hvad modtageren kan gøre]"),
                _("Du behøver ikke at fortælle os noget. Vil du gerne tale med os, så gør vi det."),
                reach,
            ]
        return "\n\n".join(pieces)


def secrecy_order(lang: str) -> str:
    """The order of secrecy that goes with a letter (forvaltningsloven § 27, stk. 3; straffeloven § 152, L29)."""
    with translation.override(lang):
        return _(
            "Det, du får at vide i dette brev, må du ikke fortælle videre. Du får hermed pålæg om tavshed efter "
            "forvaltningslovens § 27, stk. 3. Den, der bryder et pålæg, kan straffes efter straffelovens §§ 152 "
            "og 152 c-f."
        )
