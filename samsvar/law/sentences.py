"""What the law room says to people: one plain sentence per reason, in Danish and in English.

The sentences are kept apart from the decisions, so that a lawyer or a nurse can read them in one go.
"""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from samsvar.law.kinds import is_english


class Words(NamedTuple):
    """A sentence with its rule; `{who}` is an authority, `{found}` a word that was found."""

    rule: str
    da: str
    en: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing said, with the id of the rule behind it and a key that a program can act on."""

    key: str
    rule: str
    text_da: str
    text_en: str

    vocabulary: ClassVar[dict[str, Words]] = {}

    def text(self, lang: str | None = "da") -> str:
        """The sentence; Danish unless the language code is English."""
        return self.text_en if is_english(lang) else self.text_da

    @classmethod
    def say(cls, key: str, *, who_da: str = "", who_en: str = "", found: str = "") -> Self:
        """The sentence with this key; raises KeyError for a key that is not in the vocabulary."""
        rule, da, en = cls.vocabulary[key]
        # One replacement each, not str.format: a name is typed by people and may hold braces.
        return cls(
            key,
            rule,
            da.replace("{who}", who_da).replace("{found}", found),
            en.replace("{who}", who_en).replace("{found}", found),
        )


class Reason(Sentence):
    """Why the answer is what it is."""

    vocabulary = {
        "covered": Words(
            "L1",
            "Myndighederne er med i samarbejdet og må fortælle hinanden det, der er nødvendigt.",
            "The authorities are part of the cooperation and may tell each other what is necessary.",
        ),
        "brought_in": Words(
            "L3",
            "{who} er inddraget i sagen og må derfor være med.",
            "{who} has been brought into the case and may therefore take part.",
        ),
        "decline": Words(
            "L6",
            "Ingen har pligt til at give oplysninger videre efter § 115. Et nej behøver ingen begrundelse.",
            "Nobody has a duty to disclose under section 115. A no needs no reason.",
        ),
        "no_pack": Words(
            "L1",
            "Der er ingen regler i programmet for den dato, så § 115 kan ikke bruges.",
            "The program holds no rules for that date, so section 115 cannot be used.",
        ),
        "form_unknown": Words(
            "L2",
            "Reglerne på den dato kender ikke denne form for samarbejde.",
            "The rules on that date do not know this form of cooperation.",
        ),
        "investigation": Words(
            "L5",
            "Oplysninger må aldrig gives videre for at efterforske en straffesag.",
            "Information may never be passed on to investigate a criminal case.",
        ),
        "purpose_unknown": Words(
            "L5",
            "Formålet er ikke et af dem, samarbejdet må bruges til.",
            "The purpose is not one of those the cooperation may be used for.",
        ),
        "purpose_missing": Words(
            "L5",
            "Det er ikke sagt, hvad oplysningerne skal bruges til.",
            "It has not been said what the information is for.",
        ),
        "necessity_missing": Words(
            "L4",
            "Det er ikke skrevet, hvorfor det er nødvendigt.",
            "It has not been written why it is necessary.",
        ),
        "information_missing": Words(
            "L4",
            "Det er ikke sagt, hvilke slags oplysninger der gives.",
            "It has not been said which kinds of information are given.",
        ),
        "receivers_missing": Words(
            "L4",
            "Der er ikke valgt en modtager.",
            "No receiver has been chosen.",
        ),
        "receiver_outside": Words(
            "L7",
            "{who} er ikke dækket af § 115, så der skal en anden hjemmel til.",
            "{who} is not covered by section 115, so another basis is needed.",
        ),
        "sender_outside": Words(
            "L7",
            "Afsenderen ({who}) er ikke dækket af § 115, så der skal en anden hjemmel til.",
            "The sender ({who}) is not covered by section 115, so another basis is needed.",
        ),
        "not_brought_in": Words(
            "L3",
            "{who} er ikke inddraget i denne sag endnu.",
            "{who} has not been brought into this case yet.",
        ),
        "not_party": Words(
            "L1",
            "{who} er ikke part i samarbejdet om denne sag.",
            "{who} is not a party to the cooperation on this case.",
        ),
        "not_released": Words(
            "L11",
            "Helbredsoplysninger må kun gives videre af den, der selv har dem og må frigive dem.",
            "Health information may only be passed on by the one who holds it and may release it.",
        ),
    }


class Need(Sentence):
    """What is missing before the answer can be yes."""

    vocabulary = {
        "rule_pack": Words("L1", "Brug en dato, som der er regler for.", "Use a date for which there are rules."),
        "form": Words(
            "L2",
            "Brug en form for samarbejde, der findes på den dato, eller en anden hjemmel.",
            "Use a form of cooperation that exists on that date, or another basis.",
        ),
        "purpose": Words("L5", "Vælg et formål.", "Choose a purpose."),
        "necessity": Words(
            "L4",
            "Skriv med dine egne ord, hvorfor netop disse modtagere skal vide det.",
            "Write in your own words why exactly these receivers must know.",
        ),
        "information": Words("L4", "Vælg, hvad du fortæller om.", "Choose what you tell about."),
        "receivers": Words("L4", "Vælg mindst én modtager.", "Choose at least one receiver."),
        "another_basis": Words(
            "L7",
            "Få borgerens samtykke, eller lad en leder tage stilling til værdispringsreglen ({who}).",
            "Get the citizen's consent, or let a leader decide on the overriding-interest rule ({who}).",
        ),
        "brought_in": Words(
            "L3",
            "Inddrag {who} i sagen, hvis institutionen løser en offentlig opgave her.",
            "Bring {who} into the case, if the institution solves a public task here.",
        ),
        "party": Words("L1", "Gør {who} til part i sagen først.", "Make {who} a party to the case first."),
        "releaser": Words(
            "L11",
            "Bed den, der har oplysningen og må frigive den, om at gøre det i eget navn.",
            "Ask the one who holds the information and may release it to do so in their own name.",
        ),
    }


class Duty(Sentence):
    """What follows from the act once it is done."""

    vocabulary = {
        "tell_citizen": Words(
            "L12",
            "Fortæl snarest muligt borgeren, hvad der er givet videre og hvorfor, eller skriv grunden til at vente.",
            "Tell the citizen as soon as possible what was passed on and why, or write the reason to wait.",
        ),
        "not_for_investigation": Words(
            "L5",
            "Modtageren må ikke bruge oplysningerne til at efterforske en straffesag.",
            "The receiver may not use the information to investigate a criminal case.",
        ),
        "offer_secrecy_order": Words(
            "L7",
            "Giv kun besked den ene vej, og overvej at pålægge {who} tavshedspligt.",
            "Inform one way only, and consider putting {who} under a secrecy order.",
        ),
    }


class Notice(Sentence):
    """What a person should look at once more; it never stops anybody."""

    vocabulary = {
        "same_necessity": Words(
            "L4",
            "Den samme begrundelse er brugt flere gange. Passer den også her?",
            "The same reason has been used several times. Does it fit here too?",
        ),
        "by_agreement": Words(
            "L1",
            "{who} er kun med, fordi den lokale aftale siger det. En jurist har endnu ikke efterprøvet reglen.",
            "{who} is included only because the local agreement says so. A lawyer has not checked the rule yet.",
        ),
        "conditions_only": Words(
            "L5",
            "Fortæl kun om dommens vilkår og hvad de giver mulighed for, ikke om andre domme eller sigtelser.",
            "Tell only the conditions of the sentence and what they allow, not other convictions or charges.",
        ),
        "investigation_word": Words(
            "L5",
            "»{found}« lyder som efterforskning. Samarbejdet må ikke bruges til det.",
            "“{found}” sounds like an investigation. The cooperation may not be used for that.",
        ),
        "conviction_word": Words(
            "L5",
            "»{found}« hører ikke til her: ingen domme og sigtelser.",
            "“{found}” does not belong here: no convictions and charges.",
        ),
        "cpr": Words(
            "L4",
            "Her står noget, der ligner et CPR-nummer. Tag det ud.",
            "This looks like a CPR number. Take it out.",
        ),
        "diagnosis_word": Words(
            "L4",
            "»{found}« er navnet på en sygdom. Er det nok at skrive, hvad det betyder for dem, der skal hjælpe?",
            "“{found}” names an illness. Is it enough to write what it means for those who are to help?",
        ),
    }
