"""What in a text narrows a citizen down without a name: one such thing is common, two together can point at one person.

Source: R-003-99 (age, town, ethnicity, diagnosis, workplace made "anonymous" minutes recognisable, 003 S17).
"""

import re
from enum import StrEnum

from samsvar.law.names import towns, words_of
from samsvar.law.warnings import has_address, has_diagnosis


class Trait(StrEnum):
    """One kind of thing that narrows down."""

    AGE = "age"
    PLACE = "place"
    ORIGIN = "origin"
    WORK = "work"
    DIAGNOSIS = "diagnosis"
    EVENT = "event"
    FAMILY = "family"


WORDS_DA = {
    Trait.AGE: "alder",
    Trait.PLACE: "sted",
    Trait.ORIGIN: "oprindelse",
    Trait.WORK: "arbejde",
    Trait.DIAGNOSIS: "diagnose",
    Trait.EVENT: "en hændelse, andre kan kende",
    Trait.FAMILY: "familie",
}
WORDS_EN = {
    Trait.AGE: "age",
    Trait.PLACE: "place",
    Trait.ORIGIN: "origin",
    Trait.WORK: "work",
    Trait.DIAGNOSIS: "diagnosis",
    Trait.EVENT: "an event that others may know",
    Trait.FAMILY: "family",
}

_TENS = r"(?:tyv|tred|fyrr|fyr|halvtreds|halvtres|tres|halvfjerds|halvfjers|firs|halvfems)"
_AGE = re.compile(
    r"\b\d{1,3}[- ]?årig\w*"
    rf"|\b(?!mang|fler|halv|hel|sids|tidlig|forår|års|et[- ]?årig\w* (?:bevilling|forløb|plan)"
    rf"|to[- ]?årig\w* (?:bevilling|forløb|plan))"
    r"(?:\w+og\w+|atten|nitten|sytten|seksten|femten|fjorten|tretten|tolv|elleve|ti|tyve|tredive|fyrre|halvtreds"
    r"|halvtres|tres|halvfjerds"
    r"|halvfjers|firs|halvfems|et|to|tre|fire|fem|seks|syv|otte|ni)[- ]?årig\w*"
    r"|\b\d{1,3} år gam\w+|\b(?:på|er|fylder|fyldte|blev|bliver|kun|knap|snart|ca\.?|omkring)(?: kun| snart| ca\."
    r"| omkring| cirka)? \d{2,3} år(?! (?:siden|med|uden|i)\b)"
    r"|\bfyld(?:er|te) \d{1,3}\b|\b\d{2}[/-]\d{2} år\b|(?:^|[,(] ?)\d{2} år(?=[,.;)]|$)"
    r"|\b(?:mand|kvinde|manden|kvinden|fyr|dreng|pige|dame|herre|person|borger|borgeren|søn|datter|mor|far"
    r"|barn) (?:på )?\(?\d{1,3}(?: år)?\)?(?=[\s,.;)]|$)"
    rf"|\b(?:i|midt i|sidst i|først i|begyndelsen af|slutningen af)(?: \w+)? (?:{_TENS}\w*erne|\d0['’]?erne)\b"
    r"|\b(?:født|f\.|årgang) (?:i |den |d\. )?(?:\d{1,2}\. ?\w+ |\d{1,2}[./-]\d{1,2}[./-])?(?:19|20)?\d{2}\b"
    rf"|\b{_TENS}\w*erne\b(?= (?:og|med|bor|som|der))",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(
    r"\b(?:født|fødselsdag)\w* (?:i |den |d\. )?(?:\d{1,2}\. ?[a-zæøå]+|\d{1,2}[./-]\d{1,2})", re.IGNORECASE
)
_OFFICES = (
    r"[Kk]ommune|[Pp]oliti\w*|[Pp]sykiatri\w*|[Jj]obcenter|[Jj]obcentret|[Rr]egion|[Ss]ygehus|[Hh]ospital"
    r"|[Ll]okalpoliti\w*"
    r"|[Aa]fdeling\w*|[Ss]ocialcenter|[Dd]istriktspsykiatri\w*|[Rr]et|[Kk]riminalforsorg\w*|[Bb]yret"
    r"|[Oo]perativgruppe\w*|[Kk]reds\w*"
    r"|[Mm]isbrugscenter|[Rr]usmiddelcenter|[Ss]kadestue\w*|[Rr]etspsykiatri\w*|[Ss]tation|[Pp]olitikreds|[Mm]ødet"
    r"|[Mm]øde|[Rr]etten|[Bb]yretten"
    r"|[Ss]tyregruppe\w*|[Aa]kutmodtagelse\w*|[Ff]orsorgshjem\w*|[Cc]enter|[Ss]ocialforvaltning\w*|[Bb]orgerservice"
    r"|[Ll]okalråd\w*|[Tt]emadag\w*"
)
_LIVES = re.compile(
    r"\b(?:bor|boet|boede|boende|bopæl|bopælen|hjemmehørende|flyttet|flytter|flyttede|opvokset|opholder sig"
    r"|opholdt sig|sover|sov|holder til|huserer"
    r"|færdes|går rundt|set|lejlighed|lejligheden|værelse|sommerhus|kolonihave|hus|campingvogn|villa|gård)"
    r"(?: \w+){0,2}? (?:i|på|til|ved|fra|under|bag|nær|uden for|omkring)(?: \w+){0,2}? (?:[A-ZÆØÅ][a-zæøåé]{2,})"
)
_STREET = re.compile(
    r"\b[A-ZÆØÅ]\w{2,}(?:vej|gade|gaden|allé|alle|stræde|boulevard|vænget|toften|parken|plads|torv|gården)(?:en|et)?\b"
)
_IN_TOWN = re.compile(
    r"\b(?:i|på|fra|til|ved|nær|uden for|omkring|i nærheden af|på vej til) (?:det (?:nordlige|sydlige|vestlige"
    r"|østlige|indre) )?$",
    re.IGNORECASE,
)

_PEOPLES = words_of(
    "somalisk syrisk tyrkisk irakisk iransk afghansk pakistansk polsk rumænsk bosnisk kurdisk palæstinensisk "
    "libanesisk marokkansk grønlandsk færøsk islandsk vietnamesisk tamilsk russisk ukrainsk tysk svensk norsk "
    "finsk eritreisk etiopisk arabisk albansk kosovoalbansk serbisk kroatisk makedonsk litauisk lettisk estisk "
    "bulgarsk ungarsk italiensk spansk portugisisk fransk britisk engelsk amerikansk kinesisk thailandsk "
    "filippinsk indisk srilankansk nepalesisk nigeriansk ghanesisk ugandisk kenyansk congolesisk burundisk "
    "rwandisk sudanesisk egyptisk tunesisk algerisk jordansk yemenitisk jugoslavisk tjetjensk armensk georgisk "
    "moldovisk hviderussisk brasiliansk chilensk colombiansk cubansk mexicansk argentinsk afrikansk asiatisk "
    "mellemøstlig østeuropæisk sydamerikansk nordafrikansk balkansk persisk burmesisk tibetansk mongolsk japansk "
    "koreansk gambisk"
)
_PERSONS_OF = words_of(
    "somalier syrer tyrker iraker iraner afghaner pakistaner polak rumæner bosnier kurder palæstinenser libaneser "
    "marokkaner grønlænder færing islænding vietnameser tamil russer ukrainer tysker svensker nordmand finne "
    "eritreer etiopier araber albaner serber kroat makedoner litauer lette bulgarer ungarer italiener spanier "
    "portugiser franskmand brite englænder amerikaner kineser thailænder filippiner inder srilankaner nigerianer "
    "ghaneser ugander kenyaner congoleser burunder sudaneser egypter tuneser algerier jordaner tjetjener armenier "
    "georgier brasilianer chilener afrikaner asiat romaer roma sigøjner jøde muslim inuit"
)
_LANDS = (
    "Sri Lanka",
    "Det tidligere Jugoslavien",
    *words_of(
        "Somalia Syrien Tyrkiet Irak Iran Afghanistan Pakistan Polen Rumænien Bosnien Kurdistan Palæstina Libanon "
        "Marokko Grønland Færøerne Island Vietnam Rusland Ukraine Tyskland Sverige Norge Finland Eritrea Etiopien "
        "Albanien Kosovo Serbien Kroatien Makedonien Litauen Letland Estland Bulgarien Ungarn Italien Spanien "
        "Portugal Frankrig England Storbritannien USA Kina Thailand Filippinerne Indien Nepal Nigeria Ghana Uganda "
        "Kenya Congo Burundi Rwanda Sudan Egypten Tunesien Algeriet Jordan Yemen Jugoslavien Tjetjenien Armenien "
        "Georgien Moldova Brasilien Chile Colombia Cuba Mexico Argentina Afrika Asien Mellemøsten Balkan Burma "
        "Myanmar Tibet Gambia Japan Korea"
    ),
)
_ORIGIN = re.compile(
    rf"\b(?:{'|'.join(_PEOPLES)})(?:e|t)?(?:[- ]?(?:talende|født|fødte))?\b"
    rf"|\b(?:{'|'.join(_PERSONS_OF)})(?:e|en|n|r|ne|erne|s)?\b"
    rf"|\b(?:{'|'.join(_LANDS)})s?\b"
    r"|\b(?:flygtning\w*|indvandrer\w*|asylansøger\w*|statsløs\w*|etnisk\w*|etnicitet\w*|romafolk\w*|tosproget\w*"
    r"|udenlandsk statsborger\w*"
    r"|minoritetsbaggrund|muslimsk\w*|jødisk\w*|jehovas vidne\w*|opholdstilladelse\w*|uledsaget\w* flygtning\w*"
    r"|familiesammenført\w*"
    r"|tolk på \w+|hudfarve|(?:mørk|sort) i huden)\b",
    re.IGNORECASE,
)
# An office speaks of its own work too ("arbejder på en aftale"): only what is somebody's place of work counts.
_TRADES = (
    r"(?:folkeskole|gymnasie|skole)?lærer\w*|pædagog\w*|sygeplejerske\w*|læge|tandlæge\w*|advokat\w*|ingeniør\w*"
    r"|tømrer\w*|murer\w*|maler\w*|smed\w*|elektriker\w*"
    r"|mekaniker\w*|chauffør\w*|taxachauffør\w*|buschauffør\w*|lastbilchauffør\w*|fisker\w*|landmand\w*|bager\w*"
    r"|slagter\w*|kok\w*|tjener\w*|frisør\w*|præst\w*"
    r"|politimand\w*|politibetjent\w*|betjent\w*|soldat\w*|officer\w*|kunstner\w*|musiker\w*|skuespiller\w*"
    r"|journalist\w*|forfatter\w*|professor\w*|forsker\w*|byrådsmedlem\w*"
    r"|politiker\w*|borgmester\w*|direktør\w*|bankmand\w*|bankrådgiver\w*|postbud\w*|skraldemand\w*|pedel\w*"
    r"|gartner\w*|sømand\w*|kaptajn\w*|pilot\w*|jordemoder\w*"
    r"|fysioterapeut\w*|psykolog\w*|dyrlæge\w*|apoteker\w*|farmaceut\w*|bibliotekar\w*|arkitekt\w*|håndværker\w*"
    r"|skibsfører\w*|organist\w*|kordegn\w*|fodboldspiller\w*|bokser\w*"
)
_WORK = re.compile(
    r"\b(?:arbejde(?:r|de|t)?|ansat|ansættelse|job|fleksjob\w*|skånejob|praktik|løntilskud|vikar\w*|læreplads"
    r"|elevplads|fritidsjob|lærling|uddannelse|studerer|går)"
    r" (?:\w+ )?(?:på|i|hos|ved|som|for|inden for) (?!at\b|sagen\b|en (?:plan|løsning|aftale|indlæggelse|bolig"
    r"|kontakt|fælles|ny (?:plan|aftale))\b"
    r"|et (?:møde|fælles|netværksmøde|tilbud)\b|den\b|det\b|dem\b|mod\b|mellem\b|samarbejde|forløbet|praksis\b|gang\b"
    r"|natten\b|seng\b|stå\b|tur\b|gaden?\b|byen?\b|behandling"
    r"|ambulant|skoven\b|parken\b|stykker\b|fred\b|hund|ring\b|tre\b|to\b|egen\b|alle\b|tæt\b|både\b|bad\b|opgangen\b"
    r"|stuen\b|værested)"
    r"|\b(?:folkeskole|gymnasie|skole)lærer\w*"
    rf"|\b(?:tidligere|tidl\.|forhenværende|pensioneret|uddannet|udlært|selvstændig|afskediget|fyret|kendt|eneste"
    rf"|byens|har været|var|er|som)(?: \w+)?"
    rf" (?:{_TRADES})\b"
    rf"|\b(?:mand|kvinde|manden|kvinden|borger|borgeren|far|mor|en),? (?:{_TRADES})\b"
    rf"|, (?:{_TRADES})(?=[,.;)]|$)"
    r"|\b(?:kolleg(?:a|aer|aen|erne|aerne)|arbejdsplads\w*|arbejdsgiver\w*|chefen|driver (?:en|et|sin|sit)"
    r"|ejer(?:en)? (?:af|en|et)|indehaver\w*|bestyrer\w*"
    r"|virksomhed|fyret fra|opsagt fra|afskediget fra|værftet|fabrikken|byrådet|folketinget)\b",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    r"\b(?:mor|moren|moderen|mors|moderens|far|faren|faderen|fars|faderens|forældre\w*|mødre|fædre|søster\w*"
    r"|søstre\w*|bror|broren|broderen|brødre\w*|søskende\w*"
    r"|søn|sønnen|sønner\w*|sønnens|datter|datteren|døtre\w*|datterens|barn|børn|barnet|børnene|barnets|børnenes"
    r"|barns|kone|konen|ekskone\w*|eksmand\w*|ægtefælle\w*|hustru\w*|kæreste\w*|ekskæreste\w*|samlever\w*|samboende"
    r"|tvilling\w*|trilling\w*|enke|enken|enkemand\w*|fraskilt|skilt fra|skilsmisse\w*|gift|nygift|forlovet|gravid\w*"
    r"|bedste(?:mor|far|forældre)\w*|mormor\w*|morfar\w*|farmor\w*|farfar\w*"
    r"|onkel\w*|tante\w*|moster\w*|faster\w*|farbror\w*|morbror\w*|nevø\w*|niece\w*|fætter\w*|kusine\w*|sted(?:far"
    r"|mor|søn|datter|børn)\w*|svigt?er(?:mor|far|søn|datter|inde)\w*|pleje(?:familie|barn|børn|mor|far|datter|søn)\w*"
    r"|adopt(?:eret|iv)\w*|barnebarn\w*|børnebørn\w*|(?:hendes|min) mand|enebarn|forældremyndighed\w*|tvangsfjernet"
    r"|(?:fødte|født) (?:en|et|tvillinger)|nyfødt\w*|spædbarn\w*|baby\w*)\b"
    r"(?! ?(?:og|-|&) (?:[Ff]amilie|[Uu]nge)|eattest)",
    re.IGNORECASE,
)
_FAMILY_OFFICE = re.compile(
    r"\b(?:Børn (?:og|&) (?:Unge|Familie)\w*|Børne- (?:og|&) \w+|Børne\w+|Familieafdeling\w*|Familieretshus\w*"
    r"|Børneafdeling\w*|børneattest\w*|børnesag\w*|familiehus\w*)\b",
    re.IGNORECASE,
)
_MONTHS = (
    r"(?:jan(?:uar)?|feb(?:ruar)?|marts|april|maj|juni|juli|aug(?:ust)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b(?:d\.|den)? ?\d{{1,2}}\. ?{_MONTHS}\b|\b\d{{1,2}}[./-]\d{{1,2}}(?:[./-]\d{{2,4}})?\b"
    rf"|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b(?:i|fra|siden) {_MONTHS}(?: \d{{4}})?\b"
    r"|\bi (?:19|20)\d\d\b|\b(?:juleaften\w*|jule(?:morgen|dag|nat)\w*|nytårs(?:aften|nat|dag)\w*|påske(?:dag|n"
    r"|lørdag|søndag)\w*|pinse\w*|sankthans\w*|sankt hans\w*|grundlovsdag\w*|skærtorsdag|langfredag|lillejuleaften)\b"
    r"|\b(?:i )?(?:mandags|tirsdags|onsdags|torsdags|fredags|lørdags|søndags)\b|\bi (?:går|forgårs|nat|morges"
    r"|aftes)\b|\b(?:sidste|forrige) (?:uge|måned|år|sommer|vinter|efterår|forår|jul|weekend|mandag|tirsdag|onsdag"
    r"|torsdag|fredag|lørdag|søndag)\b"
    r"|\bnatten (?:til|mellem)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:blev|var|kom|faldt|fik|gik|overfaldt|overfaldet|truede|stak|slog|skød|forsøgte|fødte|flyttede|mistede|døde"
    r"|omkom|brændte|brand\w*|branden|ulykke\w*|trafikuheld\w*|uheld\w*"
    r"|overfald\w*|dødsfald\w*|bisat|begravet|begravelse\w*|knivstikkeri\w*|skyderi\w*|røveri\w*|indbrud\w*"
    r"|eksplosion\w*|gidsel\w*|selvmordsforsøg\w*|frihedsberøvet|indlagt|tvangsindlagt|udskrevet|udsat|sat ud"
    r"|udsættelse\w*"
    r"|fundet|anmeldt|anmeldte|sprang|hoppede|kørte|stoppede|antændte|satte ild|ringede|fældet|dømt|løsladt|fyret"
    r"|skete|hændelse\w*|episode\w*|ransag\w*|bed|angreb|angrebet|smadrede|knuste|væltede|druknede|forsvandt"
    r"|efterlyst|konflikt\w*)\b",
    re.IGNORECASE,
)
_IN_THE_NEWS = re.compile(
    r"\b(?:avis(?:en|er|erne)?|nyhed(?:en|er|erne)|medie(?:r|rne)|pressen|fjernsynet|tv[- ]?(?:avisen|syd|fyn|2|øst)"
    r"|lokalavisen|forsiden|omtalt i|landskendt|byens kendte|kendt i byen|på facebook|branden på|ulykken på"
    r"|knivstikkeriet (?:på|i)|skyderiet (?:på|i))\b",
    re.IGNORECASE,
)


def traits(sentence: str) -> frozenset[Trait]:
    """What of it narrows a citizen down, in one sentence (NFKC, on one line)."""
    found = set()
    if _AGE.search(sentence):
        found.add(Trait.AGE)
    if _BIRTHDAY.search(sentence):
        found |= {Trait.AGE, Trait.EVENT}
    if has_address(sentence) or _lives_somewhere(sentence):
        found.add(Trait.PLACE)
    if _ORIGIN.search(sentence):
        found.add(Trait.ORIGIN)
    if _WORK.search(sentence):
        found.add(Trait.WORK)
    if has_diagnosis(sentence):
        found.add(Trait.DIAGNOSIS)
    if (_DATE.search(sentence) and _HAPPENED.search(sentence)) or _IN_THE_NEWS.search(sentence):
        found.add(Trait.EVENT)
    if _FAMILY.search(_FAMILY_OFFICE.sub(" ", sentence)):
        found.add(Trait.FAMILY)
    return frozenset(found)


_AFTER_OFFICE = re.compile(rf"\b(?:{_OFFICES}) (?:\w+ )?(?:i|på|for|ved|fra|til)? ?$")
_BEFORE_OFFICE = re.compile(rf"^s?(?: og \w+)?,? (?:{_OFFICES})\b")
_CAPITAL = re.compile(r"\b[A-ZÆØÅ][\wæøåé]+(?:[- ][A-ZÆØÅ][\wæøåé]+)?")


def _lives_somewhere(sentence: str) -> bool:
    if _STREET.search(sentence):
        return True
    lives = _LIVES.search(sentence)
    if (
        lives
        and not re.search(rf"(?:{_OFFICES})$", lives.group())
        and not _BEFORE_OFFICE.search(sentence[lives.end() :])
    ):
        return True
    for match in _CAPITAL.finditer(sentence):
        for word in (match.group(), match.group().split()[0], match.group().split()[-1]):
            town = word if word in towns() else word.removesuffix("s")
            if town not in towns():
                continue
            place = sentence.find(word, match.start())
            before, after = sentence[:place], sentence[place + len(word) :]
            if not (_AFTER_OFFICE.search(before) or _BEFORE_OFFICE.search(after)):
                return True
    return False
