"""The card that the citizen keeps: who the tovholder is, what a tovholder can do and cannot, who else helps."""

from django.utils.translation import gettext as _

from samsvar.coordination.models import NetworkContact
from samsvar.coordination.papers import on_paper
from samsvar.coordination.selectors.networks import NetworkPage
from samsvar.documents.paper import Part, facts, heading, points, text


def card(page: NetworkPage) -> bytes:
    """The card as PDF/UA-1. No number, no address, and nothing of why there is a tovholder."""
    assert page.coordinator is not None
    one = page.coordinator
    parts: list[Part] = [
        text(_("Det er den person, du kan ringe til, når du ikke ved, hvem der kan hjælpe dig.")),
        facts([(_("Navn"), one.name), (_("Telefon"), one.phone), (_("Træffes"), one.hours)]),
        heading(_("Det kan din tovholder")),
        points(
            [
                _("holde styr på, hvem der hjælper dig med hvad"),
                _("samle dem, du gerne vil have med, til et møde"),
                _("minde andre om det, de har lovet dig"),
                _("hjælpe dig med at finde den rigtige at tale med"),
            ]
        ),
        heading(_("Det kan din tovholder ikke")),
        points(
            [
                _("bestemme, om du får en ydelse eller en bolig: det gør dem, der har ansvaret for det"),
                _("læse, hvad andre har skrevet om dig"),
                _("fortælle andre om dig, når du ikke har sagt ja til det, medmindre en lov siger det"),
            ]
        ),
    ]
    if page.mandate:
        parts += [heading(_("Det har I aftalt")), text(page.mandate.text)]
        if page.mandate.interfaces:
            parts += [text(_("Det gør andre:")), text(page.mandate.interfaces)]
    helpers = who_helps(page)
    if helpers:
        parts += [heading(_("De hjælper dig også")), points(helpers)]
    if page.doors:
        parts.append(heading(_("Du har sagt ja til, at de må vide det")))
        parts.append(points(f"{door.reader.who}: {', '.join(door.reader.words).lower()}" for door in page.doors))
    parts.append(text(_("Du kan altid trække et ja tilbage. Sig det til din tovholder.")))
    return on_paper(page.network, _("Din tovholder"), parts)


def who_helps(page: NetworkPage) -> list[str]:
    """Those around the citizen, a line for each: who, in which role, from where, the phone and what they can decide."""
    return [
        ", ".join(
            bit
            for bit in (
                f"{row.name} ({str(row.get_role_display()).lower()})",
                row.place,
                row.phone,
                _("holder pause lige nu") if row.paused_on else "",
                _("før var det %(name)s") % {"name": row.replaces.name}
                if row.replaces and not row.replaces.unwanted
                else "",
                _("kan afgøre: %(what)s") % {"what": row.decides} if row.decides else "",
            )
            if bit
        )
        for row in (*page.professionals, *page.private)
    ]


def relative(page: NetworkPage, contact: NetworkContact) -> bytes:
    """A letter to a child's relative: whom to ring to, and nothing of the child or of why (R-003-7)."""
    assert page.coordinator is not None
    one = page.coordinator
    parts: list[Part] = [
        text(_("Du får brevet, fordi du er pårørende til et barn eller en ung, der har fået en tovholder.")),
        facts([(_("Navn"), one.name), (_("Telefon"), one.phone), (_("Træffes"), one.hours)]),
        text(_("Tovholderen samler trådene og afgør ingenting. Du er velkommen til at ringe.")),
        text(_("Tovholderen kan lytte til dig, men kan kun fortælle dig det, du må vide.")),
    ]
    return on_paper(page.network, _("Barnets tovholder"), parts, contact.name)
