"""The invitation to one item on paper: no case, no category, and no name but the receiver's (decisions.md)."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samsvar.calendar.words import clock, full, language
from samsvar.documents.paper import Paper, points, render, text
from samsvar.meetings.models import Guest, GuestKind, Meeting


def invitation(guest: Guest, meeting: Meeting, sender: str) -> bytes:
    """A letter in plain words to whoever is asked to come. `sender` is the name of the authority that asks."""
    lang = language(translation.get_language())
    when = timezone.localtime(guest.comes_at)
    day, hour = full(when.date(), lang), clock(when.time(), lang)
    own = guest.who == GuestKind.CITIZEN
    opening = (
        _("Vi mødes for at finde ud af, hvordan vi bedst kan hjælpe dig. Vi vil gerne høre, hvad du selv siger.")
        if own
        else _("Den, du følger, har sagt ja til, at du er med, når vi taler om hjælpen.")
    )
    parts = [
        text(opening),
        points(
            [
                _("Hvornår: %(day)s %(hour)s") % {"day": day, "hour": hour},
                _("Hvor: %(place)s") % {"place": meeting.place or _("Det får du at vide af os.")},
            ]
        ),
        text(_("Du er med, mens vi taler om det, der angår dig, og går, når vi er færdige med det.")),
    ]
    if own:
        parts.append(
            text(
                _(
                    "Du bestemmer selv, om du vil komme, og du må gerne tage en bisidder med. Vil du hellere skrive "
                    "eller sige det til os, læser vi dine ord op."
                )
            )
        )
    else:
        parts.append(text(_("Du må ikke fortælle andre, hvad du hører. Vi sender ikke noget til dig bagefter.")))
    paper = Paper(
        title=_("Vil du være med?"),
        parts=parts,
        sender=(sender,),
        receiver=[guest.case.identity.name if own and guest.case.identity else guest.name],
        signed=(_("Venlig hilsen"), sender),
        date=full(timezone.localdate(), lang),
        footer=sender,
    )
    return render("letter", paper, lang=lang)
