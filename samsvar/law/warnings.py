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
_CPR = re.compile(
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[ .]?(?:0[1-9]|1[0-2])[ .]?\d{2}"
    r"[ .]?[-‐-―−]?[ .]?\d{4}(?!\d)"
)

# What a journal calls an illness; the everyday words of how somebody feels are not among them.
_DIAGNOSIS = re.compile(
    r"\b(skizo\w*|schizo\w*|psykose\w*|psykotisk\w*|psychos[ei]s|psychotic|paranoid\w*|paranoia|bipolar\w*|mani|manisk\w*"
    r"|maniodepressiv\w*|depression\w*|borderline\w*|\w*personlighedsforstyrr\w*|personality disorder\w*|dissocial\w*"
    r"|antisocial\w*|psykopat\w*|psychopath\w*|adhd|autis\w*|asperger\w*|ptsd|ocd|anoreksi\w*|anorexi\w*|bulimi\w*"
    r"|demens|dement|demente|dementia|alzheimer\w*|delir\w*|oligofren\w*|epilep\w*|hiv|hepatitis\w*|diagnos\w*"
    r"|d?f[0-9]{2}(?:\.[0-9]{1,2})?)\b",
    re.IGNORECASE,
)
# A street with a number, or a postal code with a town; the centuries are left to the years.
_ADDRESS = re.compile(
    r"\b(?![Oo]vervej)\w{2,}(?:vej|gade|gaden|allé|alle|stræde|stræd|boulevard|vænget?|toften|bakken|parken|torvet?|street|road)"
    r"[ ,]+(?:nr\.? ?)?\d{1,3}\b|\b(?i:allé|plads|torv|gade|vej)en? (?:nr\.? ?)\d{1,3}\b"
    r"|\b[A-ZÆØÅ]\w+ (?:Allé|Alle|Plads|Vej|Gade|Boulevard) \d{1,3}\b"
    r"|\b(?!19\d\d|20[1-9]\d)[1-9]\d{3} (?:[A-ZÆØÅ][a-zæøå]{2,})",
)
_PARTICLES = {"af", "al", "da", "de", "den", "der", "di", "du", "el", "la", "le", "og", "van", "von"}


# Two words with capitals, the first not opening a sentence: "hos Aage Prøvesen". A place or an authority reads
# the same, so it only asks.
_NAME = re.compile(r"(?<![.!?:»\"\n])[ ,(]([A-ZÆØÅ][a-zæøåéäö]+(?:[ -](?:[A-ZÆØÅ]\.|[A-ZÆØÅ][a-zæøåéäö]+))+)")


def has_name(text: str) -> bool:
    """Whether a text carries something that reads as a person's first and last name."""
    return bool(_NAME.search(f" {unicodedata.normalize('NFC', text)}"))


def is_investigation(text: str) -> bool:
    """Whether a text speaks of investigating crime (L5)."""
    return bool(_INVESTIGATION.search(unicodedata.normalize("NFKC", text)))


def has_cpr(text: str) -> bool:
    """Whether a text carries something that can be a CPR number, with or without the dash."""
    return bool(_CPR.search(unicodedata.normalize("NFKC", text)))


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
    if _CPR.search(plain):
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
    if any(_names(plain, name) for name in names):
        notices.append(Notice.say("name"))
    return tuple(notices)


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _street(address: str) -> str:
    """The street and number of an address, as it is compared; a place without a number is not looked for."""
    street = _one_line(address).partition(",")[0].casefold()
    return street if any(character.isdigit() for character in street) else ""


def _names(plain: str, name: str) -> bool:
    """Whether a line holds the whole name in any writing, or a part of it written as a name (Bo, not bo)."""
    whole = _one_line(name)
    if " " in whole and whole.casefold() in plain.casefold():
        return True
    parts = [part for part in re.split(r"[\s-]+", whole) if len(part) > 1 and part.replace("'", "").isalpha()]
    written = {form for part in parts if part not in _PARTICLES for form in (part[0].upper() + part[1:], part.upper())}
    return any(re.search(rf"(?<!\w){re.escape(form)}(?:['’]?s)?(?!\w)", plain) for form in written)
