"""Text that should make the writer look once more: it smells of an investigation, or carries a CPR number.

A warning never blocks: the words have honest uses, and a person decides.
"""

import re
import unicodedata
from collections.abc import Iterable

from samsvar.law.sentences import Notice

# Starts of words. "bevis" alone would catch "bevist" and "kørselsbevis", so its endings are spelled out.
_INVESTIGATION = re.compile(
    r"\b(efterforsk\w*|sigtelse\w*|sigtet\w*|sigtede\w*|tiltale(?:n|s|t|r|punkt\w*)?|afhør\w*|bevis(?:er|erne|et|ets)?"
    r"|bevismateriale\w*|bevisførelse\w*|bevisbyrde\w*|mistænk(?!som)\w*|ransag\w*|straffesag\w*|gerningsm[aæ]nd\w*"
    r"|vidneforklaring\w*|alibi\w*|aflyt\w*|retsforfølg\w*|varetægt\w*|grundlovsforhør\w*"
    r"|investigat\w*|interrogat\w*|evidence|criminal case\w*|prosecut\w*|charged with|suspected of|a suspect)\b",
    re.IGNORECASE,
)
_CONVICTION = re.compile(
    r"\b(straffeattest\w*|domfæld\w*|forstraf\w*|tidligere straffet|tidligere dømt|dømt for|straffet for"
    r"|criminal records?|convicted|previous convictions?)\b",
    re.IGNORECASE,
)
# PSP holds nobody in a criminal case: who is held is deprived of liberty under another law (LR-000-12).
_DETAINED = re.compile(r"\b(anhold(?:t|te|es|elsen?|e|er)|arrested)\b", re.IGNORECASE)
# Six digits that can be a date, day + 60 included (numbers for test and for people without a civil registration
# number), then four more. Telephone numbers with +45 fall out, because 45 is no day.
# PostgreSQL reads it too: the policies of what is half written do (meetings).
# After the whole year only a dash or nothing may follow, or each date with an hour would be a number.
CPR_PATTERN = (
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[ ./-]?(?:0[1-9]|1[0-2])[ ./-]?"
    r"(?:(?!(?:19|20)\d\d[ .])\d{2}[ .]?[-‐-―−/·~]?[ .]?\d{2}[ .]?\d{2}|(?:19|20)\d{2}[-‐-―−]?\d{4})(?!\d)"
)
_CPR = re.compile(CPR_PATTERN)

# What a journal calls an illness; the everyday words of how somebody feels are not among them.
_DIAGNOSIS = re.compile(
    r"\b(skizo\w*|schizo\w*|psykose\w*|psykotisk\w*|psychos[ei]s|psychotic|paranoid\w*|paranoia\w*|bipolar\w*"
    r"|mani(?:en|ens|er|erne)?"
    r"|manisk\w*"
    r"|maniodepressiv\w*|depression\w*|skizotyp\w*|antipsykoti\w*|angstlidelse\w*|panikangst\w*|socialfobi\w*"
    r"|affektiv\w*|borderline\w*|\w*personlighedsforstyrr\w*|personality disorder\w*|dissocial\w*"
    r"|antisocial\w*|psykopat\w*|psychopath\w*|adhd|autis\w*|asperger\w*|ptsd|ocd|anoreksi\w*|anorexi\w*|bulimi\w*"
    r"|demens(?:en|ens)?|dement|demente|dementia|alzheimer\w*|delir\w*|oligofren\w*|epilep\w*|hiv|aids|hepatitis\w*|\w*diagnos\w*"
    r"|spiseforstyrr\w*|\w*alkoholi(?:ker|sme)\w*|alkoholafhængig\w*|opioidafhængig\w*|stofafhængig\w*|\w*kræft"
    r"|cancer\w*|diabet\w*|sukkersyge(?:n|ns)?|kol"
    r"|sclerose\w*|sklerose\w*|parkinson\w*|huntington\w*|leukæmi\w*|skrumpelever(?:en)?|cirrose(?:n)?|tuberkulose(?:n)?|tourette\w*"
    r"|udviklingshæm\w*"
    r"|mental\w* retarder\w*|hjerneskade\w*|apopleksi|hjerneblødning\w*|tvangstanker|ocd|narcissis\w*"
    r"|emotionelt ustabil\w*|dissociativ\w*"
    # A medicine names its illness.
    r"|clozapin\w*|leponex|olanzapin\w*|zyprexa|risperid\w*|risperdal|abilify|aripiprazol\w*|quetiapin\w*|seroquel"
    r"|haloperidol\w*|serenase"
    r"|cisordinol|zuclopent\w*|lit(?:h)?ium|litarex|lamotrigin\w*|ritalin|methylphenidat\w*|metadon\w*|antabus"
    r"|buprenorphin\w*|suboxone|sertralin\w*|(?:es)?citalopram\w*|mirtazapin\w*|venlafaxin\w*|duloxetin\w*|fluoxetin\w*"
    r"|paroxetin\w*|(?:ami|nor)triptylin\w*|valproat\w*|deprakine|orfiril|carbamazepin\w*|pregabalin\w*|gabapentin\w*"
    r"|diazepam\w*|stesolid|oxazepam\w*|alprazolam\w*|lorazepam\w*|temesta|zolpidem|zopiclon|imovane|chlorprothixen\w*"
    r"|truxal|amisulprid\w*|paliperidon\w*|xeplion|invega|ziprasidon\w*|lurasidon\w*|flupentixol\w*|fluanxol"
    r"|perphenazin\w*|trilafon|insulin\w*|metformin\w*|naltrexon\w*|campral|disulfiram\w*|morfin\w*|oxycodon\w*"
    r"|tramadol\w*|fentanyl\w*|concerta|elvanse|strattera|atomoxetin\w*|donepezil\w*|memantin\w*"
    r"|d?f[0-9]{2}(?:\.[0-9]{1,2})?)\b",
    re.IGNORECASE,
)
_STREETS = (
    r"vej|vejen|gade|gaden|allé|alle|alléen|stræde|strædet|stræd|boulevard|boulevarden|vænge|vænget|toft|toften|bakke"
    r"|bakken|park|parken|torv|torvet|plads|pladsen"
    r"|sti|stien|haven|skoven|marken|lunden|dalen|kaj|kajen|løkken|engen|krogen|gyden|strøget|vangen|banken|brinken"
    r"|åsen|hegnet|passage|passagen|kvarteret|gården|gård|street|road"
)
_NOT_A_HOUSE = (
    r"(?! ?(?:gang|time|dag|uge|år|måned|mdr|kr|pct|%|person|beboer"
    r"|borger|minut|min\b|meter|km|m2|voksne|børn|steder|aftener|nætter|[./]\d))"
)
# A street with a number, a floor, or a postal code with a town; the centuries are left to the years.
_ADDRESS = re.compile(
    rf"\b(?![Oo]verve|[Uu]ndervej)\w{{2,}}(?:{_STREETS})[ ,]+(?:nr\.? ?)?\d{{1,3}} ?[A-Z]?\b{_NOT_A_HOUSE}"
    r"|\b(?i:allé|plads|torv|gade|vej)en? (?:nr\.? ?)\d{1,3}\b"
    r"|\b[A-ZÆØÅ][\w.]+ (?:Allé|Alle|Plads|Vej|Gade|Boulevard|Torv|Stræde|Park|Have|Vænge|Sti|Kaj|Bakke|Strandvej"
    r"|Landevej) \d{1,3} ?[A-Z]?\b"
    rf"|\b(?:Ved|Bag|Langs|Over|Under|Gl\.|Gammel|Ny|Store|Lille|Sønder|Nørre|Øster"
    rf"|Vester) [A-ZÆØÅ]\w+ \d{{1,3}} ?[A-Z]?\b{_NOT_A_HOUSE}"
    # A garden plot, a harbour place: a name of a place with a number of its own.
    r"|\b(?:på|i|ved) (?!(?:Lokale|Mødelokale|Rum|Stue|Kontor|Hold|Sag|Punkt|Bilag|Team|Afsnit|Afdeling|Møde)\w*)"
    r"[A-ZÆØÅ][a-zæøå]{3,} nr\.? ?\d{1,3}\b"
    r"|\b(?:st|\d{1,2})\.,? ?(?:sal,? ?)?(?:t\.?h|t\.?v|mf)\b\.?|\b\d{1,2}\. sal\b|\b[Ll]ejlighed (?:nr\. ?)?\d{1,4}\b"
    r"|\b[Bb]oende (?:på|i) \w+ \d{1,3}\b|\b(?i:adresse(?:n)?(?: er)?):? [A-ZÆØÅ]\w+"
    r"|\b(?i:bor|boet|boede|opholder sig|bopæl|sover|flyttet|flytter|lejlighed\w*|campingvogn|værelse"
    r"|hus)\b[^.,;]{0,30}? (?:i|på|til|ved)"
    rf" [A-ZÆØÅ]\w+(?:{_STREETS})\b"
    rf"|\bnr\.? ?\d{{1,3}} ?[A-Z]? (?:på|i|ved) [A-ZÆØÅ]\w+(?:{_STREETS})\b"
    r"|\b(?!19\d\d|20[1-9]\d)(?:DK-)?[1-9]\d{3} (?:[A-ZÆØÅ][a-zæøå]{2,})",
)
_PARTICLES = {"af", "al", "da", "de", "den", "der", "di", "du", "el", "la", "le", "og", "van", "von"}


# Two words with capitals, the first not opening a sentence: "hos Aage Prøvesen". A place or an authority reads
# the same, so it only asks.
_NAME = re.compile(r"(?<![.!?:»\"\n])[ ,(]([A-ZÆØÅ][a-zæøåéäö]+(?:[ -](?:[A-ZÆØÅ]\.|[A-ZÆØÅ][a-zæøåéäö]+))+)")


def has_name(text: str) -> bool:
    """Whether a text carries something that reads as a person's first and last name."""
    return bool(_NAME.search(f" {unicodedata.normalize('NFC', text)}"))


def has_address(text: str) -> bool:
    """Whether a text carries something that reads as an address."""
    return bool(_ADDRESS.search(unicodedata.normalize("NFKC", text)))


def has_diagnosis(text: str) -> bool:
    """Whether a text carries the name of an illness, or of a medicine that names one."""
    return bool(_DIAGNOSIS.search(unicodedata.normalize("NFKC", text)))


def is_investigation(text: str) -> bool:
    """Whether a text speaks of investigating crime (L5)."""
    return bool(_INVESTIGATION.search(unicodedata.normalize("NFKC", text)))


def has_cpr(text: str) -> bool:
    """Whether a text carries something that can be a CPR number, with or without the dash."""
    return bool(_CPR.search(_in_plain_signs(text)))


def _in_plain_signs(text: str) -> str:
    """The text as it looks: without the signs nobody sees, and with every digit as 0-9."""
    seen = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in seen)


def blot_cpr(text: str, instead: str) -> str:
    """The text with something else where a CPR number can stand."""
    return _CPR.sub(lambda _found: instead, unicodedata.normalize("NFKC", text))


def blot_address(text: str, instead: str) -> str:
    """The text with something else where it reads as an address."""
    return _ADDRESS.sub(lambda _found: instead, unicodedata.normalize("NFKC", text))


def suspicious(text: str) -> tuple[Notice, ...]:
    """What the writer should look at once more; one notice per word found, in the order of the text, the number last.

    The notice about a CPR number does not repeat the number: notices are shown, stored and logged.
    Source: R-000-98, R-000-113, L5; law.md, L16.
    """
    plain = unicodedata.normalize("NFKC", text)
    notices = []
    for key, pattern in (
        ("investigation_word", _INVESTIGATION),
        ("conviction_word", _CONVICTION),
        ("detained_word", _DETAINED),
    ):
        words = dict.fromkeys(match.group().lower() for match in pattern.finditer(plain))
        notices += [Notice.say(key, found=word) for word in words]
    if has_cpr(text):
        notices.append(Notice.say("cpr"))
    return tuple(notices)


def exposing(text: str, names: Iterable[str] = (), addresses: Iterable[str] = ()) -> tuple[Notice, ...]:
    """What should not stand where a whole table reads: all that is `suspicious`, and diagnosis, address and name.

    `names` and `addresses` are those of the citizens whom the writer knows to be meant. Pass no others: a warning at a
    name that the writer has not been told would tell it (L37). Neither is repeated in the notice.
    Source: screens.md (Referat), R-000-128.
    """
    plain = _one_line(text)
    notices = list(suspicious(plain))
    words = dict.fromkeys(match.group().lower() for match in _DIAGNOSIS.finditer(plain))
    notices += [Notice.say("diagnosis", found=word) for word in words]
    streets = [_street(address) for address in addresses]
    if _ADDRESS.search(plain) or any(street and street in plain.casefold() for street in streets):
        notices.append(Notice.say("address"))
    if any(is_names(plain, name) for name in names):
        notices.append(Notice.say("name"))
    return tuple(notices)


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _street(address: str) -> str:
    """The street and number of an address, as it is compared; a place without a number is not looked for."""
    street = _one_line(address).partition(",")[0].casefold()
    return street if any(character.isdigit() for character in street) else ""


def is_names(plain: str, name: str) -> bool:
    """Whether a line holds the whole name in any writing, or a part of it written as a name (Bo, not bo).

    A long part is known again with one letter wrong: names are often written down by ear.
    """
    whole = _one_line(name)
    if " " in whole and whole.casefold() in plain.casefold():
        return True
    parts = [part for part in re.split(r"[\s-]+", whole) if len(part) > 1 and part.replace("'", "").isalpha()]
    written = {form for part in parts if part not in _PARTICLES for form in (part[0].upper() + part[1:], part.upper())}
    if any(re.search(rf"(?<!\w){re.escape(form)}(?:['’]?s)?(?!\w)", plain) for form in written):
        return True
    long = [_folded(part) for part in parts if len(part) >= _LONG_NAME]
    return any(
        _one_letter_off(_folded(word).removesuffix("s"), part) or _one_letter_off(_folded(word), part)
        for word in re.findall(r"(?<!\w)[A-ZÆØÅÄÖ]\w+", plain)
        for part in long
    )


_LONG_NAME = 6


def _folded(word: str) -> str:
    """A word as it sounds: small letters, aa as å, without accents."""
    plain = unicodedata.normalize("NFD", word.casefold().replace("aa", "å").replace("å", "\0"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _one_letter_off(word: str, name: str) -> bool:
    """Whether two words differ by at most one letter: changed, missing or too many."""
    if abs(len(word) - len(name)) > 1:
        return False
    front = next(
        (n for n, (one, other) in enumerate(zip(word, name, strict=False)) if one != other), min(len(word), len(name))
    )
    return (
        word[front + 1 :] == name[front + 1 :] or word[front:] == name[front + 1 :] or word[front + 1 :] == name[front:]
    )
