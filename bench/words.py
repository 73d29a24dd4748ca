"""Danish-like text, deterministic, in which a few words are as common or as rare as a search needs them."""

from random import Random

COMMON = "bolig"  # in about every fourth text
USUAL = "udskrivning"  # in about every fortieth
RARE = "fiskekutter"  # in about every five-thousandth
EVERY_COMMON, EVERY_USUAL, EVERY_RARE = 4, 40, 5000

_FIELD = (
    "borger patrulje ambulance naboer støj ruder kulde seng medicin samtale aftale værested kontaktperson læge"
    " sengeafsnit misbrug"
    " husleje gæld udsættelse fogedret kommune mentor støtte besøg bekymring konflikt trussel selvmord forpint"
    " isolation hund"
    " søster mor datter ven genboer vicevært cykel trappe kælder station politi psykiatri forløb indsats plan"
    " opfølgning møde"
)
_LINKING = "og men da fordi som er har kom ikke blev igen siden hver uden efter ved hos til fra mod om på i en"
" et den det han hun de"
_FIRST = (
    "Aage Agnete Alba Arne Asta Bent Birte Bjarne Bodil Carl Dagny Ebbe Edel Egon Else Erna Finn Frode Gerda"
    " Gunnar Helge Hjalmar"
    " Inga Ivar Jytte Karla Kjeld Laust Lis Mads Merete Niels Oda Ove Palle Petra Ragnhild Rigmor Sigurd Sofus"
    " Tage Thyra Ulla"
    " Vagn Viggo Åse"
)
_LAST = "Prøve Eksempel Attrap Model Skabelon Tænkt Opdigt Påfund Forsøg Mønster Udkast Skitse"
_SYLLABLES = "be for ud ind sam ned op af til over fod hus mark skov lys vand bro sted dal kær høj born tid"
" hold gang led syn tal vis dom råd"


class Words:
    """A pool of sentences and names, the same for the same seed."""

    def __init__(self, seed: str) -> None:
        random = Random(seed)
        syllables = _SYLLABLES.split()
        made = ["".join(random.choices(syllables, k=random.choice((2, 2, 3)))) for _ in range(2500)]
        vocabulary = [*_FIELD.split(), *made]
        # As in any language, a word's frequency falls with its rank.
        weights = [1 / (rank + 8) for rank in range(len(vocabulary))]
        linking = _LINKING.split()
        drawn = iter(random.choices(vocabulary, weights, k=20_000 * 7))
        self.sentences = []
        for _ in range(20_000):
            parts = []
            for _ in range(6):
                parts += [next(drawn), random.choice(linking)]
            self.sentences.append(f"{' '.join([*parts, next(drawn)]).capitalize()}.")
        self.names = [
            f"{first} {last}{end}" for first in _FIRST.split() for last in _LAST.split() for end in ("sen", "gaard")
        ]

    def text(self, random: Random, sentences: int) -> str:
        """Some sentences; now and then with one of the words that are searched for."""
        parts = [self.sentences[int(random.random() * 20_000)] for _ in range(sentences)]
        draw = random.random()
        if draw < 1 / EVERY_COMMON:
            parts.append(f"Sagen handler om {COMMON}.")
            if draw < 1 / EVERY_USUAL:
                parts.append(f"Der er {USUAL} på vej.")
                if draw < 1 / EVERY_RARE:
                    parts.append(f"Bor på en {RARE}.")
        return " ".join(parts)
