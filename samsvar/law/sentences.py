"""What the law room says to people: one plain sentence per reason, in Danish and in English.

The sentences are kept apart from the decisions, so that a lawyer or a nurse can read them in one go.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from samsvar.law.kinds import is_english


class Words(NamedTuple):
    """A sentence with its rule; `{who}` is the receiver, or whom it is about, `{sender}` tells, `{found}` is a word."""

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
    def say(
        cls,
        key: str,
        *,
        who_da: str = "",
        who_en: str = "",
        sender_da: str = "",
        sender_en: str = "",
        found: str = "",
        rule: str = "",
    ) -> Self:
        """The sentence with this key; raises KeyError for a key that is not in the vocabulary.

        `rule` names the rule behind it where that is not always the same one.
        """
        usual, da, en = cls.vocabulary[key]
        return cls(
            key,
            rule or usual,
            _filled(da, {"{who}": who_da, "{sender}": sender_da, "{found}": found}),
            _filled(en, {"{who}": who_en, "{sender}": sender_en, "{found}": found}),
        )


_GAPS = re.compile(r"\{(?:who|sender|found)\}")


def _filled(text: str, words: Mapping[str, str]) -> str:
    # In one pass and not by str.format: a name is typed by people and may hold braces, or the name of a gap.
    said = _GAPS.sub(lambda gap: words[gap.group()], text)
    return said[:1].upper() + said[1:]


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
        "number_in_necessity": Words(
            "L16",
            "Begrundelsen har noget, der ligner et CPR-nummer.",
            "The reason holds something that looks like a CPR number.",
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
        "consent": Words(
            "L10",
            "Borgeren har sagt ja til, at netop dette gives videre til netop dem.",
            "The citizen has said yes to passing exactly this on to exactly them.",
        ),
        "consent_missing": Words(
            "L10", "Der er ikke noget samtykke fra borgeren.", "There is no consent from the citizen."
        ),
        "consent_withdrawn": Words(
            "L10",
            "Borgeren har trukket sit samtykke tilbage.",
            "The citizen has withdrawn the consent.",
        ),
        "consent_lapsed": Words(
            "L10",
            "Samtykket er udløbet. Et samtykke gælder højst et år.",
            "The consent has lapsed. A consent holds for a year at most.",
        ),
        "consent_not_yet": Words(
            "L10", "Samtykket gælder ikke endnu på den dag.", "The consent does not hold on that day yet."
        ),
        "consent_not_informed": Words(
            "L10",
            "Det står ikke i samtykket, at borgeren har fået at vide, hvad der gives videre, til hvem og hvorfor.",
            "The consent does not say that the citizen was told what is passed on, to whom and why.",
        ),
        "consent_not_for_them": Words("L10", "Samtykket nævner ikke {who}.", "The consent does not name {who}."),
        "consent_not_for_this": Words(
            "L10",
            "Samtykket dækker ikke alt det, du vil fortælle om, eller det, det skal bruges til.",
            "The consent does not cover all that you want to tell about, or what it is for.",
        ),
        "consent_oral": Words(
            "L10",
            "Samtykket er ikke skriftligt, og der står ikke hvorfor.",
            "The consent is not in writing, and it does not say why.",
        ),
        "consent_giver": Words(
            "L10",
            "Ikke alle, der skal sige ja, har gjort det. Det kan være begge forældre.",
            "Not everyone who must say yes has done so. That may be both parents.",
        ),
        "overriding": Words(
            "L8",
            "En leder har set på netop denne sag: hensynet til borgeren vejer klart tungere end tavsheden.",
            "A leader has looked at this very case: the regard for the citizen clearly outweighs secrecy.",
        ),
        "overriding_incomplete": Words(
            "L8",
            "Værdispring kræver svar på fem spørgsmål, hver gang.",
            "Overriding interest needs the answers to five questions, every time.",
        ),
        "routine": Words(
            "L8",
            "Det kan ikke være en fast ordning. Hver oplysning skal vurderes for sig, når den gives.",
            "It cannot be a standing arrangement. Each piece of information is weighed when it is given.",
        ),
        "treatment": Words(
            "L30",
            "I behandler begge borgeren nu og må dele det nødvendige om behandlingen.",
            "You both treat the citizen now and may share what the treatment makes necessary.",
        ),
        "opted_out": Words(
            "L30",
            "Borgeren har sagt nej til, at dette deles mellem behandlere.",
            "The citizen has said no to this being shared between those who treat.",
        ),
        "not_treating": Words("L30", "{who} behandler ikke borgeren nu.", "{who} does not treat the citizen now."),
        "plan": Words(
            "L13",
            "Det er nødvendigt for den plan, I er fælles om.",
            "It is necessary for the plan that you share.",
        ),
        "plan_missing": Words(
            "L13",
            "Der er hverken en udskrivningsaftale eller en koordinationsplan, som gælder nu.",
            "There is neither a discharge agreement nor a coordination plan in force.",
        ),
        "not_in_plan": Words("L13", "{who} er ikke med i planen.", "{who} is not part of the plan."),
        "own": Words(
            "L17",
            "Det bliver i jeres egen myndighed, hos den, der skal bruge det.",
            "It stays within your own authority, with those who need it.",
        ),
        "not_own": Words(
            "L28",
            "{who} er en anden myndighed end jeres, også hvis I er i samme kommune.",
            "{who} is another authority than yours, even within the same municipality.",
        ),
        "duty": Words(
            "L24",
            "Der er en bekymring for et barn. Så skal kommunen have besked.",
            "There is concern for a child. Then the municipality must be told.",
        ),
        "no_child": Words(
            "L24",
            "Pligten gælder kun, når der er bekymring for et barn eller en ung.",
            "The duty holds only when there is concern for a child or a young person.",
        ),
        "call_out": Words(
            "L14",
            "I er på vej til borgeren sammen og må fortælle hinanden det nødvendige.",
            "You are on the way to the citizen together and may tell each other what is necessary.",
        ),
        "basis_off": Words(
            "L14",
            "Denne hjemmel er slået fra, til en jurist har efterprøvet den.",
            "This basis is switched off until a lawyer has checked it.",
        ),
        "basis_not_here": Words(
            "L7",
            "Denne hjemmel kan ikke bruges fra {sender} til {who}.",
            "This basis cannot be used from {sender} to {who}.",
        ),
        "purpose_not_for_basis": Words(
            "L4",
            "Denne hjemmel kan ikke bruges til det formål.",
            "This basis cannot be used for that purpose.",
        ),
        "more_than_basis": Words(
            "L30",
            "Denne hjemmel rækker ikke til alt det, du vil fortælle om.",
            "This basis does not reach all that you want to tell about.",
        ),
        "shut_by_lawyer": Words(
            "L7",
            "Jeres jurist har lukket for denne hjemmel mellem {sender} og {who}.",
            "Your lawyer has shut this basis between {sender} and {who}.",
        ),
        "opened_by_lawyer": Words(
            "L1",
            "Jeres jurist har åbnet for det mellem {sender} og {who}.",
            "Your lawyer has opened this between {sender} and {who}.",
        ),
        "no_basis": Words(
            "L29",
            "Uden hjemmel må det ikke gives videre. Tavshedspligten gælder.",
            "Without a basis it may not be passed on. The duty of secrecy holds.",
        ),
        "free_to_tell": Words(
            "L7",
            "{sender} må godt fortælle jer, hvad de selv har set og hørt.",
            "{sender} may tell you what they themselves have seen and heard.",
        ),
        "nobody_named": Words(
            "L4",
            "Ingen kan vide, hvem det handler om, så der bliver ikke givet noget videre om en person.",
            "Nobody can know who it is about, so nothing about a person is passed on.",
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
        "without_number": Words(
            "L16",
            "Skriv begrundelsen uden CPR-nummer, og send igen.",
            "Write the reason without a CPR number, and send again.",
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
        "consent": Words(
            "L10",
            "Spørg borgeren, og skriv, hvad der er sagt ja til, til hvem og hvorfor. Ellers: find en anden hjemmel.",
            "Ask the citizen and record what was agreed, to whom and why. Otherwise find another basis.",
        ),
        "wider_consent": Words(
            "L10",
            "Fortæl kun det, borgeren har sagt ja til, eller spørg borgeren igen.",
            "Tell only what the citizen has agreed to, or ask the citizen again.",
        ),
        "consent_form": Words(
            "L10",
            "Få samtykket på skrift, eller skriv, hvorfor det ikke kunne lade sig gøre.",
            "Get the consent in writing, or write why that could not be done.",
        ),
        "own_sake": Words(
            "L8",
            "Skriv, hvordan det er for borgerens egen skyld.",
            "Write how this is for the citizen's own sake.",
        ),
        "concrete": Words(
            "L8",
            "Skriv, hvad der er særligt lige nu i netop denne sag.",
            "Write what is special right now in this very case.",
        ),
        "outweighs": Words(
            "L8",
            "Skriv, hvorfor det klart vejer tungere end borgerens ret til tavshed.",
            "Write why it clearly outweighs the citizen's right to secrecy.",
        ),
        "consent_tried": Words(
            "L8",
            "Skriv, om borgeren er spurgt, eller hvorfor det ikke kunne lade sig gøre.",
            "Write whether the citizen was asked, or why that could not be done.",
        ),
        "leader": Words(
            "L8",
            "En leder skal tage beslutningen med sit navn.",
            "A leader must take the decision by name.",
        ),
        "treating": Words(
            "L30",
            "Giv det kun til dem, der behandler borgeren nu, eller brug en anden hjemmel ({who}).",
            "Give it only to those who treat the citizen now, or use another basis ({who}).",
        ),
        "plan": Words(
            "L13",
            "Lav planen først, eller brug en anden hjemmel.",
            "Make the plan first, or use another basis.",
        ),
        "in_plan": Words(
            "L13",
            "Tag {who} med i planen, eller brug en anden hjemmel.",
            "Include {who} in the plan, or use another basis.",
        ),
        "child": Words(
            "L24",
            "Skriv, hvilket barn bekymringen gælder, eller brug en anden hjemmel.",
            "Record which child the concern is about, or use another basis.",
        ),
        "other_basis": Words(
            "L7",
            "Vælg en anden hjemmel, eller lad være med at give det videre.",
            "Choose another basis, or do not pass it on.",
        ),
        "other_purpose": Words(
            "L4",
            "Vælg et andet formål eller en anden hjemmel.",
            "Choose another purpose or another basis.",
        ),
        "less": Words(
            "L4",
            "Fortæl mindre, eller brug en anden hjemmel.",
            "Tell less, or use another basis.",
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
        "must_notify": Words(
            "L24",
            "Underret kommunen nu. Her er det ikke noget, I kan vælge fra.",
            "Notify the municipality now. This is not something you can choose not to do.",
        ),
        "nothing_back": Words(
            "L7",
            "Fortæl ikke noget om borgeren tilbage.",
            "Tell nothing about the citizen in return.",
        ),
        "note_consent": Words(
            "L10",
            "Skriv samtykket i patientjournalen.",
            "Enter the consent in the patient record.",
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
        "on_request": Words(
            "L31",
            "Må I give en oplysning på denne hjemmel, kan I have pligt til at svare en myndighed, der beder om den.",
            "Where you may give information on this basis there may be a duty to answer an authority that asks for it.",
        ),
        "other_regime": Words(
            "L9",
            "{who} følger et andet sæt regler for persondata end I gør.",
            "{who} follows another set of data protection rules than you do.",
        ),
        "consent_from_police": Words(
            "L10",
            "Er samtykket givet frit? Det kan være svært at sige nej til en uniform.",
            "Was the consent given freely? It can be hard to say no to a uniform.",
        ),
        "said_no": Words(
            "L10",
            "Borgeren har sagt nej. Det kan være lovligt alligevel, men det er dit ansvar at vide hvorfor.",
            "The citizen has said no. It may be lawful all the same, but it is up to you to know why.",
        ),
        "not_verified": Words(
            "L7",
            "En jurist har endnu ikke efterprøvet den regel, der bruges her.",
            "A lawyer has not yet checked the rule that is used here.",
        ),
        "ask_jurist": Words(
            "L4",
            "Loven er ikke klar på dette punkt. Er du i tvivl, så spørg juristen.",
            "The law is not clear on this point. When in doubt, ask the lawyer.",
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
        "detained_word": Words(
            "L5",
            "»{found}« er politiets ord i en straffesag. Her hedder det frihedsberøvet.",
            "“{found}” is the word of a criminal case. Here it is deprived of liberty.",
        ),
        "cpr": Words(
            "L4",
            "Her står noget, der ligner et CPR-nummer. Tag det ud.",
            "This looks like a CPR number. Take it out.",
        ),
        "name": Words(
            "L37",
            "Her står borgerens navn. Skriv »borgeren« eller sagens nummer.",
            "This is the citizen's name. Write “the citizen” or the number of the case.",
        ),
        "address": Words(
            "L25",
            "Her står noget, der ligner en adresse. Tag den ud, hvis ikke alle, der læser med, skal kende den.",
            "This looks like an address. Take it out unless everybody who reads it needs to know it.",
        ),
        "diagnosis": Words(
            "L4",
            "»{found}« lyder som en diagnose. Skriv hellere, hvad borgeren har brug for.",
            "“{found}” sounds like a diagnosis. Write what the citizen needs instead.",
        ),
        "name_like": Words(
            "L37",
            "»{found}« ligner et navn. Skriv »borgeren« eller sagens nummer.",
            "“{found}” looks like a name. Write “the citizen” or the number of the case.",
        ),
        "phone": Words(
            "L4",
            "Her står noget, der ligner et telefonnummer eller en mailadresse. Tag det ud.",
            "This looks like a telephone number or an e-mail address. Take it out.",
        ),
        "combination": Words(
            "L37",
            "Her står {who}. Tilsammen kan det vise, hvem det er. Tag noget af det ud.",
            "This tells {who}. Together it can show who it is. Take some of it out.",
        ),
    }
