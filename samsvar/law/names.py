"""Words that read as the name of a person who is not known from the case: by lists of names and by their shape.

The lists are those of Faker (Danish names and towns, and names of the countries that people in Denmark come from).
A list never holds everybody: hence the shapes, which ask rather than know. Staff and authorities come in as `known`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module


def words_of(text: str) -> list[str]:
    """The words of a list that is written as running text."""
    return text.split()


_COUNTRIES = (
    "da_DK",
    "tr_TR",
    "pl_PL",
    "hr_HR",
    "fr_DZ",
    "sv_SE",
    "no_NO",
    "de_DE",
    "en_GB",
    "ro_RO",
    "lt_LT",
    "nl_NL",
)
# What Faker's countries leave out.
_MORE_FIRST = frozenset(
    words_of(
        "Ahmed Mohammed Muhammad Mohamed Mohamad Ali Omar Yusuf Hassan Hussein Hussain Ibrahim Khalid Mustafa Abdi "
        "Farah Faisal Amir Reza Navid Farid Hamid Jamal Rashid Samir Tariq Walid Ziad Bilal Fatima Amina Aisha "
        "Khadija Maryam Hodan Ayaan Ifrah Sahra Zahra Leila Layla Nour Rania Samira Yasmin Hanan Huda Parisa Shirin "
        "Arash Kaveh Thuy Linh Minh Duc Kavitha Priya Rajan Suresh Siva Dragan Goran Zoran Milan Slobodan Emina Adnan "
        "Mirsad Aminata Tesfay Selam Yonas Olena Oksana Dmytro Volodymyr Ivan Igor Sergej Natalja Svetlana Aputsiaq "
        "Nivi Paninnguaq Malik Pipaluk Aviaja Inuk Svend Karl Kurt Jytte Gudrun Ejvind Knud Aksel Verner Preben "
        "Flemming Birger Egon Villy Tonny Ronni Brian Dennis Kenneth Sanne Heidi Tina Pernille Bodil Grethe Solveig "
        "Vibeke Lis Liselotte Merete Mie Luna Noah Storm Malthe Sofus Elliot Nohr Liva Alberte Agnes Ella Xhevat "
        "Besnik Arben Blerim Fatmir"
    )
)
_MORE_LAST = frozenset(
    words_of(
        "Nguyen Tran Pham Khan Ahmad Hussain Malik Ali Warsame Abdullahi Osman Farah Yilmaz Kaya Demir Hansen Jensen "
        "Nielsen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Petersen Madsen Kristensen Olsen Thomsen "
        "Christiansen Poulsen Johansen Knudsen Mortensen Møller Jørgensen Lauridsen Mathiesen Schmidt Friis Bech Kjær "
        "Lund Holm Dahl Krogh Toft Bertelsen Eriksen Laursen Jakobsen Jepsen Frederiksen Mikkelsen Iversen Clausen "
        "Simonsen Svendsen Carlsen Petrovic Hosseini Rahimi Ahmadi Karimi Tekle Gebre Kowalski Nowak Popescu "
        "Lindqvist"
    )
)
# Also words of their own: a name only before a surname, or inside a sentence.
_ALSO_WORDS = frozenset(
    words_of(
        "Maj Juni August Ring April Dag Bent Dan Kim Per Hans Bo Sten Else Line Tilda Lone Mark Kaj Ask Liv Mai Storm "
        "Bjørn Sol My Vita Gift Glad Rask Lund Holm Dahl Toft Kjær Krogh Gram Bach Berg Bruun Dam Vang Kold Krag Lind "
        "Strand Ravn Ulv Jul Stille Nord Vest Friis Bro Lang Sand Skov Mose Eng Hald Stage Ea Sille Ina As Alt Art "
        "Gro Egon Man Sam Tag Ham Kai Lave Ville Vil Kan Hals Bang Sommer Vinter Winther Holst Land Fog Helt Kjeld "
        "Tine Grete Gul Lys Mor Far Juul Mie Rose Viola Jasmin Iris Merle Alma Luna"
    )
)
# Months, days, law and the house's own words that are written with a capital, and openings of a sentence that are names
# in some country.
_NO_NAME = frozenset(
    words_of(
        "Den Det De Dem Deres En Et Han Hun Ham Hende Hans Hendes Vi I Jeg Du Der Her Hvis Når Som Men Og Alle Ingen "
        "Mange Efter Før Hver Nu Så Da Til Med For Om På Af Ved Fra Hos Under Over Mellem Begge Nogen Næste Sidste "
        "Siden Samt Ny Januar Februar Marts April Juni Juli September Oktober November December Mandag Tirsdag Onsdag "
        "Torsdag Fredag Lørdag Søndag Jul Påske Pinse Danmark Norden Europa Gud Sagen Mødet Borgeren Politiet "
        "Kommunen Psykiatrien Region Regionen Kredsen Bosted Bostedet Team Center Jobcenter Jobcentret "
        "Kriminalforsorgen Retspsykiatrien Distriktspsykiatri Familien Boligorganisationen Boligselskabet "
        "Hjemmeplejen Herberget Skadestuen Psykiatrisk Akutmodtagelsen Vagten Folketinget Serviceloven Servicelovens "
        "Sundhedsloven Retsplejeloven Retsplejelovens Psykiatriloven Forvaltningsloven Datatilsynet "
        "Statsforvaltningen Familieretshuset Borgerservice Ydelsescenter Styregruppen Kredsrådet Lokalrådet "
        "Koordinatoren Formanden Sekretariatet Visitator Visitationen Lægen Egen Gruppen Parterne Samarbejdet Aftale "
        "Aftalen Samarbejdsenheden Distriktspsykiatrien Lokalpolitiet Socialforvaltningen Ambulatoriet "
        "Misbrugscentret Rusmiddelcentret Syddanmark Hovedstaden Sjælland Midtjylland Nordjylland Fyn Jylland "
        "Sønderjylland Nordsjælland Vestjylland Word Excel Teams Outlook Facebook Google Netto Fakta Rema Bilka Føtex "
        "Falck Movia Samsvar Nexus Cura Ja Nej Tak Hej Akut Ansvar Ansvaret Mand Kvinde Bilag Punkt Referat Dagsorden "
        "Orientering Dette Denne Disse Disse Dog Derfor Lov Loven Straks Senest Kontakt Kontakten Opfølgning Status "
        "Plan Planen Bolig Boligen Medicin Naboen Naboer Kirkens Korshær Blå Røde Kors Frelsens Hær Ældre Sagen"
    )
)
# The ends of words that name a place, a house, an office or a street, which are not persons.
_NO_PERSON = re.compile(
    r"(?:center|centret|centeret|afdeling(?:en)?|kommune(?:n)?|politi(?:et)?|psykiatri(?:en)?|hospital(?:et)?"
    r"|sygehus(?:et)?"
    r"|skole(?:n)?|forening(?:en)?|hjem(?:met)?|sted(?:et)?|herberg(?:et)?|tilbud(?:det)?|team(?:et)?|gruppe(?:n)?"
    r"|forsorg(?:en)?"
    r"|region(?:en)?|fond(?:en)?|hus(?:et)?|klinik(?:ken)?|apotek(?:et)?|bibliotek(?:et)?|kirke(?:n)?|station(?:en)?"
    r"|vej(?:en)?"
    r"|gade(?:n)?|plads(?:en)?|torv(?:et)?|allé|park(?:en)?|havn(?:en)?|hallen|strand(?:en)?|kvarter(?:et)?|by|amt"
    r"|stift|lov(?:en)?"
    r"|loven|lovens|ret(?:ten)?|råd(?:et)?|udvalg(?:et)?|styrelse(?:n)?|forvaltning(?:en)?|ministeriet|tilsyn(?:et)?"
    r"|enhed(?:en)?"
    r"|ordning(?:en)?|kreds(?:en)?|gård(?:en)?|gaard(?:en)?s?|selskab(?:et)?|boliger|byggeri|bolig(?:en)?|service"
    r"|pleje(?:n)?"
    r"|vagt(?:en)?|linje(?:n)?|møde(?:t)?|modtagelse(?:n)?|ambulatori(?:um|et)|sekretariat(?:et)?|afsnit(?:tet)?"
    r"|afsnittet|café|cafe|støtte(?:n)?|stue(?:n)?|lokale(?:t|r|rne)?|hær(?:en)?|mission(?:en)?)s?$",
    re.IGNORECASE,
)
_BEFORE_A_NAME = re.compile(
    r"(?:\b(?:hr|fru|frk|frøken|herr|mr|mrs|familien|ægteparret|advokat for)\.?|\b(?:hedder|kaldes|kaldet|kalder sig"
    r"|ved navn|navnet(?: er)?|alias|opkaldt"
    r"|(?:søn|datter|sønnen|datteren|kæreste|kæresten|samlever|samleveren|ekskæreste|ægtefælle|kone|konen|mor|moren"
    r"|far|faren"
    r"|bror|broren|broderen|søster|søsteren|ven|vennen|veninde|veninden|nabo|naboen|borger|borgeren|klient|klienten"
    r"|patient|patienten|beboer|beboeren|mand|kvinde|manden|kvinden|barn|barnet|dreng|drengen|pige"
    r"|pigen)))[ ,:»\"“']+$",
    re.IGNORECASE,
)
# After these stands a name, whatever the word may mean besides ("familien Skovhus").
_TITLE = re.compile(r"\b(?:hr|fru|frk|frøken|herr|mr|mrs|familien|ægteparret)\.? $", re.IGNORECASE)
_IN_A_HOUSE = re.compile(
    r"\b(?:[Rr]egion|[Ss]tation|[Tt]eam|[Pp]rojekt|[Cc]afé|[Cc]afe|[Bb]osted|[Bb]ostedet|[Bb]otilbud|[Hh]erberget"
    r"|[Vv]ærested(?:et)?|[Cc]enter|[Ss]kolen"
    r"|[Aa]fdeling|[Aa]fsnit|[Hh]otel|[Kk]reds|[Ff]orening(?:en)?|[Pp]lejehjemmet|[Ff]irmaet|[Ff]orsorgshjemmet"
    r"|[Bb]oligforeningen|[Bb]oligselskabet) $"
)
_ACTS = re.compile(
    r" +(?:har|er|skal|vil|kan|bor|siger|ringer|kommer|møder|ønsker|fik|får|blev|bliver|var|sagde|ringede|mødte|truer"
    r"|truede|sover"
    r"|drikker|ryger|mangler|nægter|lukker|åbner|går|gik|tager|tog|tør|må|opholder|græd|råber|råbte|slog|slår|faldt"
    r"|flytter|flyttede"
    r"|indlægges|udskrives|udsættes|accepterer|afviser|selv|der|som|kendes|kender|trænger|føler|mener|lider|står"
    r"|sidder|lever)\b"
)
_OF_SOMEBODY = re.compile(
    r" +(?:mor|far|forældre|søster|bror|søn|datter|børn|barn|kone|mand|kæreste|samlever|familie|lejlighed|bolig|sag"
    r"|kontaktperson|nabo"
    r"|naboer|opgang|bil|hund|kat|post|medicin|adfærd|tilstand|situation|læge|værge|økonomi|husleje|gæld|indlæggelse"
    r"|adresse|telefon"
    r"|værelse|dør|postkasse|venner|misbrug|støtteperson|støttekontaktperson|tovholder|aftale|hjem|plan|pension)\b"
)
# What leads to a person, and what closes the words about one.
_TOWARDS = frozenset(words_of("fra hos med til for af om ad mod på"))
_CLAUSE_ENDS = re.compile(r" +(?:selv|og|igen|hver|i|når|om)\b| *[,.;:!?)]|$")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_INITIALS = re.compile(
    r"(?<![\w.])[A-ZÆØÅ]\. ?(?:[A-ZÆØÅ]\. ?)+(?=$|[\s,;:!?)])|(?<![\w.])[A-ZÆØÅ]\. (?=[A-ZÆØÅ][a-zæøå]{2,})"
)
_SURNAME = re.compile(r"^[A-ZÆØÅ][\w'’\-]*(?:sen|ssøn|sson|ović|ovic|ić|ski|ska|oğlu|oglu|zadeh|ian|escu|enko|wicz)s?$")


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Given names, capitalised."""
    return frozenset(_from_lists("first_names")) | _MORE_FIRST


@lru_cache(maxsize=1)
def danish_first_names() -> frozenset[str]:
    """Those that most people here know: in small letters a rarer one is more often a word."""
    danish = import_module("faker.providers.person.da_DK").Provider
    return frozenset(name for name in danish.first_names if name not in _NO_NAME)


@lru_cache(maxsize=1)
def last_names() -> frozenset[str]:
    """Surnames, capitalised."""
    return frozenset(_from_lists("last_names")) | _MORE_LAST


@lru_cache(maxsize=1)
def towns() -> frozenset[str]:
    """Towns and parts of towns in Denmark."""
    danish = import_module("faker.providers.address.da_DK").Provider
    return frozenset(name for name in danish.cities if name not in first_names() | last_names()) | _MORE_PLACES


_MORE_PLACES = frozenset(
    words_of(
        "København Aarhus Århus Odense Aalborg Ålborg Esbjerg Randers Kolding Horsens Vejle Roskilde Herning "
        "Silkeborg Næstved Frederiksberg Viborg Køge Holstebro Taastrup Slagelse Helsingør Hillerød Sønderborg "
        "Svendborg Hjørring Holbæk Frederikshavn Ringsted Haderslev Skive Kerteminde Middelfart Nyborg Assens Bogense "
        "Varde Vejen Billund Fanø Tårnby Dragør Amager Nørrebro Vesterbro Østerbro Valby Vanløse Brønshøj Bispebjerg "
        "Sydhavnen Nordvest Christianshavn Christiania Vollsmose Gellerup Gellerupparken Mjølnerparken Tingbjerg "
        "Ishøj Brøndby Brøndbyvester Høje-Taastrup Odsherred Vordingborg Guldborgsund Lolland Falster Bornholm "
        "Langeland Ærø Samsø Læsø Als Mors Nykøbing Stege Præstø Lundtoftegade Bellahøj Nordfyn Sydfyn Vestfyn Tønder "
        "Aabenraa Åbenrå Kastrup Hvidovre Rødovre Albertslund Glostrup Gladsaxe Herlev Ballerup Lyngby Gentofte "
        "Hellerup Ribe Bramming Grindsted Brørup Vojens Sæby Skagen Thisted Struer Lemvig Ringkøbing Skjern Ikast "
        "Brande Grenaa Ebeltoft Hadsten Hobro Rudkøbing Marstal Faaborg Ringe"
    )
)


def _from_lists(which: str) -> Iterator[str]:
    for country in _COUNTRIES:
        held = getattr(import_module(f"faker.providers.person.{country}").Provider, which, ())
        yield from (name for name in held if len(name) > 1 and name.isalpha() and name not in _NO_NAME)


def _bare(word: str) -> str:
    """A word without the ending of a genitive, where only then it is a name."""
    names = first_names() | last_names()
    if word in names:
        return word
    for ending in ("'s", "’s", "s", "'", "’"):
        if word.endswith(ending) and word.removesuffix(ending) in names:
            return word.removesuffix(ending)
    return word


def also_a_word(name: str) -> bool:
    """Whether somebody's name is a word too: "hans" and "line" are mostly none."""
    return name.title() in _ALSO_WORDS


def name_like(sentence: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """The words of one sentence that read as somebody's name, in order, each once; `known` are names that may stand.

    Source: R-000-128, R-003-40 and R-003-99. It errs towards asking: a name that passes is worse than a question.
    """
    allowed = {part.casefold() for name in known for part in _WORD.findall(name)}
    tokens = list(_WORD.finditer(sentence))
    found: dict[str, None] = {}
    for match in _INITIALS.finditer(sentence):
        after = sentence[match.end() :].split(" ", 1)[0]
        if match.group().count(".") > 1 or after not in _NO_NAME:
            found[match.group().strip()] = None
    number = 0
    while number < len(tokens):
        run = _run_of_capitals(sentence, tokens, number)
        if not run:
            if name := _lower_case(sentence, tokens, number, allowed):
                found[name] = None
            number += 1
            continue
        words = [token.group() for token in run]
        if _is_name(sentence, run, words, allowed):
            found[" ".join(words)] = None
        number += len(run)
    return tuple(found)


def _run_of_capitals(sentence: str, tokens: list[re.Match[str]], at: int) -> list[re.Match[str]]:
    run: list[re.Match[str]] = []
    for token in tokens[at:]:
        between = sentence[run[-1].end() : token.start()] if run else " "
        if not token.group()[0].isupper() or (run and between not in (" ", ". ")):
            break
        if between == ". " and len(run[-1].group()) > 1:
            break
        run.append(token)
    return run


def _opens(sentence: str, token: re.Match[str]) -> bool:
    """Whether a word stands first, where any word has a capital."""
    before = sentence[: token.start()].rstrip()
    return not re.search(r"\w", before) or before.endswith((":", "»", '"', "“", "–", "•", "/", ".", "!", "?"))


def _is_name(sentence: str, run: list[re.Match[str]], words: list[str], allowed: set[str]) -> bool:
    rest = [
        word for word in words if word.casefold() not in allowed and word.casefold().removesuffix("s") not in allowed
    ]
    if not rest:
        return False
    opening = _opens(sentence, run[0])
    if opening and len(words) > 1 and (words[0] in _NO_NAME):
        return _is_name(sentence, run[1:], words[1:], allowed)
    if opening and len(words) > 1 and _BEFORE_A_NAME.search(f"{words[0]} ") and not _place_like(words[1]):
        return True
    if len(words) > 1 and _listed_first(words[0]) and words[0] in rest:
        return True
    if len(words) > 1 and any(_NO_PERSON.search(word) or word in _NO_NAME for word in words):
        # "Ida fra Odense Kommune" has its name apart; "Mette Jensen Psykiatrien" still holds two of the lists.
        return sum(_bare(word) in first_names() and word not in _ALSO_WORDS for word in rest) > 0 and any(
            _bare(word) in last_names() or _SURNAME.match(word) for word in rest
        )
    if len(words) > 1:
        if all(word in towns() or _place_like(word) for word in rest) or all(word.isupper() for word in words):
            return any(word.isupper() and len(word) > 3 and word.title() in first_names() for word in words)
        # Danish writes only names with a capital inside a sentence: of two in a row the second is inside.
        return True
    return _alone(sentence, run[0], opening)


def _listed_first(word: str) -> bool:
    """Whether a word is a given name and nothing else; of "Karl-Erik" the first part decides."""
    bare = _bare(word.split("-")[0])
    return bare in first_names() and bare not in _ALSO_WORDS


def _place_like(word: str) -> bool:
    return word in towns() or word.removesuffix("s") in towns() or bool(_NO_PERSON.search(word))


def _alone(sentence: str, token: re.Match[str], opening: bool) -> bool:
    word = token.group()
    before, after = sentence[: token.start()], sentence[token.end() :]
    if _TITLE.search(before) and word not in _NO_NAME:
        return True
    if _BEFORE_A_NAME.search(before) and word not in _NO_NAME and len(word) > 1 and not _place_like(word):
        return not (word.isupper() and len(word) < 4)
    if word.isupper():
        return len(word) > 3 and word.title() in first_names() and word.title() not in _ALSO_WORDS
    if word in _NO_NAME or _place_like(word):
        return False
    if _IN_A_HOUSE.search(before):
        return False
    bare = _bare(word)
    if bare == word and word.removesuffix("s") in _NO_NAME:
        return False
    listed = bare in first_names() or bare in last_names() or _listed_first(word)
    if bare in _ALSO_WORDS:
        if not opening:
            return True
        return (
            listed
            and bool(_ACTS.match(after))
            and bare not in {"Per", "Hans", "Alt", "Man", "Der", "Dag", "Tag", "Lave"}
        )
    if listed:
        return True
    if opening:
        looks = word.endswith("s") and not word.endswith(("ens", "ets", "nes", "ernes"))
        return looks and bool(_OF_SOMEBODY.match(after))
    if _SURNAME.match(word):
        return True
    # Danish writes only names with a capital inside a sentence; "S-tog" and "OK" are none.
    return len(word) >= 3 and not ("-" in word and word.split("-")[0].isupper())


def _lower_case(sentence: str, tokens: list[re.Match[str]], at: int, allowed: set[str]) -> str:
    """What only a hurried hand writes in small letters: "mette jensen", and "fra mette selv" after a preposition."""
    alone = tokens[at].group()
    if (
        at
        and len(alone) > 3
        and alone.islower()
        and alone.title() in danish_first_names()
        and alone not in allowed
        and alone.title() not in _ALSO_WORDS
        and tokens[at - 1].group().casefold() in _TOWARDS
        and sentence[tokens[at - 1].end() : tokens[at].start()] == " "
        and (_ACTS.match(sentence[tokens[at].end() :]) or _CLAUSE_ENDS.match(sentence[tokens[at].end() :]))
    ):
        return alone
    if at + 1 >= len(tokens) or sentence[tokens[at].end() : tokens[at + 1].start()] != " ":
        return ""
    first, last = tokens[at].group(), tokens[at + 1].group()
    if not (first.islower() and first.title() in first_names() and first not in allowed):
        return ""
    surname = last.title().removesuffix("s") if last.title() not in last_names() else last.title()
    if surname in last_names() and surname.endswith(("sen", "ssen")) and len(first) > 2:
        return f"{first} {last}"
    return ""
