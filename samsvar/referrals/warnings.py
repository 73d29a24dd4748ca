"""What a writer should look at once more before it reaches another unit. Advice: sending again sends it."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from samsvar.referrals.pack import Template

# "You should have offer X": another unit's decision (002/AS-7, L2940-2961).
_ADVISES = re.compile(
    r"\b(anbefal\w*|foreslå\w*|indstill\w*|bevilg\w*|bør\s+(?:have|få|tilbydes|bevilges|anbringes|visiteres)|skal\s+(?:have|bevilges|tilbydes)"
    r"|har\s+ret\s+til|krav\s+på|vi\s+lover|er\s+lovet|recommend\w*|should\s+(?:have|get|be\s+(?:given|offered|granted))"
    r"|must\s+(?:have|get)|is\s+entitled)\b",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"(botilbud|bosted|bostøtte|støtte-?kontaktperson|kontaktperson|mentor|§\s*\d+|pension|fleksjob|ressourceforløb|sygedagpenge|aflastning"
    r"|anbring\w*|førtidspension|indlæg\w*|medicin\w*|behandling\w*|efterværn|STU|bolig|hjemmehjælp|støttetimer|admission|housing|treatment"
    r"|support\s+person|disability\s+pension)",
    re.IGNORECASE,
)


def advises(text: str) -> bool:
    """Whether a sentence says what another unit should give."""
    return any(_ADVISES.search(one) and _OFFERS.search(one) for one in re.split(r"[.!?\n]", text))


def advice(text: str) -> list[str]:
    """The word for a text that says what another unit should give; empty for others (002/AS-7)."""
    if not advises(text):
        return []
    return [
        _(
            "Bliv på egen banehalvdel: her står, hvad en anden enhed skal give. Det afgør den selv. "
            "Skriv, hvad I har set, og hvad borgeren har brug for."
        )
    ]


def notices(template: Template, said: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Length as the route has it (R-002-36), another unit's offer, own assessments where none belong (R-002-20)."""
    whole = "\n".join(str(one.get("text", "")) for one in said.values())
    length = len(whole.strip())
    found = []
    if length < template.short:
        found.append(_("Det er kort: %(length)s tegn. Kan modtageren handle på det?") % {"length": length})
    if length > template.long:
        found.append(
            _("Det er langt: %(length)s tegn, og der læses sjældent mere end %(long)s. Hvad kan undværes?")
            % {"length": length, "long": template.long}
        )
    if not template.recommends:
        found += advice(whole)
    if not template.own_assessment and re.search(
        r"\b(vi\s+vurderer|vores\s+vurdering|jeg\s+vurderer|we\s+assess)\b", whole, re.I
    ):
        found.append(_("Her skal kun stå fakta og andres vurderinger, ikke jeres egne."))
    return found
