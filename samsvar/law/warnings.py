"""Text that should make the writer look once more: it smells of an investigation, or carries a CPR number.

A warning never blocks: the words have honest uses, and a person decides.
"""

import re
import unicodedata

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
# The name of an illness, or its code. What it means for the others is nearly always enough (R-000-70, V-33).
_DIAGNOSIS = re.compile(
    r"\b(diagnose\w*|skizo\w*|bipolar\w*|borderline|personlighedsforstyrrelse\w*|autis\w*"
    r"|adhd|ptsd|demen[st]\w*|depression\w*|d?f\d{2}(?:\.\d+)?|schizo\w*)\b",
    re.IGNORECASE,
)
# Six digits that can be a date, day + 60 included (numbers for test and for people without a civil registration
# number), then four more. Telephone numbers with +45 fall out, because 45 is no day.
_CPR = re.compile(
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[ .]?(?:0[1-9]|1[0-2])[ .]?\d{2}"
    r"[ .]?[-‐-―−]?[ .]?\d{4}(?!\d)"
)


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
    for key, pattern in (("investigation_word", _INVESTIGATION), ("conviction_word", _CONVICTION)):
        words = dict.fromkeys(match.group().lower() for match in pattern.finditer(plain))
        notices += [Notice.say(key, found=word) for word in words]
    if _CPR.search(plain):
        notices.append(Notice.say("cpr"))
    return tuple(notices)


def names_diagnosis(text: str) -> tuple[Notice, ...]:
    """One notice per illness that a text names: what it means for the others may be all they need (R-000-70, V-33)."""
    words = dict.fromkeys(match.group().lower() for match in _DIAGNOSIS.finditer(unicodedata.normalize("NFKC", text)))
    return tuple(Notice.say("diagnosis_word", found=word) for word in words)
