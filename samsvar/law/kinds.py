"""The closed lists that the law is asked about: who, in which form of cooperation, why, and what about.

Every value carries its Danish and English word, so that floor 0 can speak without a translation machine.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


def is_english(lang: str | None) -> bool:
    """Whether a language code ("en", "en-gb") asks for English; everything else, and nothing, is Danish."""
    return (lang or "").lower().startswith("en")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something that dated data says in both languages."""

    da: str
    en: str

    def words(self, lang: str | None = "da") -> str:
        """In a language: Danish unless it is English."""
        return self.en if is_english(lang) else self.da


class Labelled(StrEnum):
    """A text value with one Danish and one English label."""

    da: str
    en: str

    # The labels look optional only for the type checker, which takes a look-up by value for a call of this.
    def __new__(cls, value: str, da: str = "", en: str = "") -> Self:
        """Keep the value as the text that is stored, the labels beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.da = da
        member.en = en
        return member

    def label(self, lang: str | None = "da") -> str:
        """The word a person reads; Danish unless the language code is English."""
        return self.en if is_english(lang) else self.da

    @classmethod
    def choices(cls, lang: str | None = "da") -> list[tuple[str, str]]:
        """Pairs of stored value and label, in the order of the list, as form and model fields want them."""
        return [(member.value, member.label(lang)) for member in cls]


class AuthorityKind(Labelled):
    """What an authority is (glossary: myndighed). L1 names some of them, L3 one, L7 the rest."""

    POLICE = "police", "politi", "police"
    SOCIAL = "social", "sociale myndigheder", "social services"
    PSYCHIATRY = "psychiatry", "psykiatri", "psychiatry"
    FORENSIC_PSYCHIATRY = "forensic_psychiatry", "retspsykiatri", "forensic psychiatry"
    PROBATION = "probation", "kriminalforsorg", "probation service"
    JOBCENTRE = "jobcentre", "jobcenter", "job centre"
    SELF_OWNING = "self_owning", "selvejende institution", "self-owning institution"
    PRACTICE = "practice", "almen praksis", "general practice"
    HOUSING = "housing", "boligorganisation", "housing association"
    PRIVATE = "private", "privat person eller firma", "private person or firm"


class Regime(Labelled):
    """Which data protection law an authority works under (L9). A property of the authority, not of its kind."""

    GDPR = "gdpr", "databeskyttelsesforordningen", "the General Data Protection Regulation"
    RHL = "rhl", "retshåndhævelsesloven", "the Law Enforcement Act"


class Cooperation(Labelled):
    """The forms of cooperation that retsplejeloven § 115 knows (L1, L2)."""

    PSP = (
        "psp",
        "PSP (politi, sociale myndigheder, psykiatri)",
        "PSP (police, social services, psychiatry)",
    )
    SSP = "ssp", "SSP (skole, sociale myndigheder, politi)", "SSP (school, social services, police)"
    KSP = (
        "ksp",
        "KSP (kriminalforsorg, sociale myndigheder, politi)",
        "KSP (probation service, social services, police)",
    )


class Basis(Labelled):
    """What a disclosure may rest on (hjemmel). Which of them reach whom is data in the rule packs."""

    COOPERATION = "s115", "samarbejdet (§ 115)", "the cooperation (section 115)"
    CONSENT = "consent", "borgerens samtykke", "the citizen's consent"
    OVERRIDING = "overriding", "værdispring", "overriding interest"
    TREATMENT = "treatment", "behandling mellem sundhedspersoner", "treatment between health professionals"
    PLAN = "plan", "udskrivningsaftale eller koordinationsplan", "discharge agreement or coordination plan"
    OWN = "own", "egen myndighed", "own authority"
    DUTY = "duty", "pligt til at underrette om et barn", "duty to notify about a child"
    CALL_OUT = "call_out", "fælles udrykning", "joint call-out"
    NONE = "none", "ingen hjemmel", "no basis"


class PlanKind(Labelled):
    """The two plans of psykiatriloven that L13 can rest on."""

    DISCHARGE = "discharge", "udskrivningsaftale", "discharge agreement"
    COORDINATION = "coordination", "koordinationsplan", "coordination plan"


class Purpose(Labelled):
    """Why something is told. Closed, and without investigation of crime: there is no such choice to make (L5)."""

    CLARIFY = "clarify", "visiterende drøftelse", "finding out whether this belongs here"
    HELP = "help", "indsatsen for borgeren", "the effort for the citizen"
    ACUTE = "acute", "akut situation", "acute situation"
    FOLLOW_UP = "follow_up", "opfølgning", "follow-up"
    SAFETY = "safety", "sikkerhed ved besøg", "safety during a visit"
    HANDOVER = "handover", "overdragelse af ansvar", "handing over responsibility"


class InformationType(Labelled):
    """What kind of thing is told. No convictions (R-000-113), no race, religion, politics or union (R-000-112)."""

    IDENTITY = "identity", "hvem borgeren er", "who the citizen is"
    CONCERN = "concern", "bekymringen", "the concern"
    KNOWN = "known", "at borgeren er kendt her", "that the citizen is known here"
    SOCIAL = "social", "sociale forhold", "social circumstances"
    HOUSING = "housing", "bolig", "housing"
    CHILDREN = "children", "børn i hjemmet", "children in the home"
    HEALTH = "health", "helbred og behandling", "health and treatment"
    SUBSTANCE_USE = "substance_use", "misbrug", "substance use"
    POLICE_EVENT = "police_event", "hændelser, i almindelige vendinger", "police events, in general terms"
    DANGER = "danger", "fare ved besøg", "danger during a visit"
    TREATMENT_SENTENCE = "treatment_sentence", "behandlingsdom: vilkår", "sentence to treatment: conditions"
    ACTION = "action", "hvem gør hvad", "who does what"
    RESPONSIBILITY = "responsibility", "hvem der har handlingsansvaret", "who holds the responsibility"
    CITIZENS_VIEW = "citizens_view", "borgerens egne ord", "the citizen's own words"
    CONTACT = "contact", "hvordan borgeren kan nås", "how the citizen can be reached"
    FEEDBACK = "feedback", "tilbagemelding", "feedback"
