"""What the citizen has told, on paper: to carry, or as a brief for whoever is to grant something (R-003-22)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samsvar.coordination.models import CareNetwork, NetworkReader, SummarySection
from samsvar.coordination.papers import on_paper
from samsvar.documents.paper import Part, heading, quote, text
from samsvar.documents.words import in_full


def summary(network: CareNetwork, sections: Sequence[SummarySection], reader: NetworkReader | None = None) -> bytes:
    """The sections in force as PDF/UA-1, with the citizen's words set apart. No number, and nothing that is a draft."""
    name = network.name
    if reader is None:
        parts: list[Part] = [
            text(
                _("Det her har du selv sagt ja til, at andre må læse. Tag det med, så du slipper for at fortælle igen.")
            )
        ]
    else:
        parts = [
            text(
                _("%(name)s har sagt ja til, at I må vide det her. Det er kun en del af det, der er fortalt.")
                % {"name": name}
            ),
            text(_("Tovholderen samler trådene og afgør ingenting. I afgør selv jeres sag.")),
        ]
    for one in sections:
        parts.append(heading(one.get_category_display()))
        if one.own_words:
            parts += [text(_("Med borgerens egne ord:") if reader else _("Med dine egne ord:")), quote(one.own_words)]
        if one.words:
            parts += [text(_("Med fagfolks ord:")), text(one.words)]
        assert one.approved_on is not None
        parts.append(
            text(_("Udgave %(version)s, godkendt %(day)s") % {"version": one.version, "day": in_full(one.approved_on)})
        )
    if not sections:
        parts.append(text(_("Der er ikke godkendt noget endnu.")))
    title = _("Situationen: %(name)s") % {"name": name} if reader else _("Fortæl det én gang")
    return on_paper(network, title, parts, reader.who if reader else "")
