"""How this room's papers are laid out."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samsvar.citizens.models import Identity
from samsvar.documents.paper import Paper, heading, plain, render, text
from samsvar.letters.drafts import secrecy_order, written_day
from samsvar.letters.models import Notice, OutsideLetter
from samsvar.letters.selectors.notices import Sender


def citizen_letter(notice: Notice, sender: Sender, identity: Identity | None) -> bytes:
    """The letter as it was sent. The citizen's own address stands on it only as the own authority knows it."""
    name = identity.name if identity else ""
    receiver = [line for line in (name, *((identity.address.split(", ")) if identity and name else [])) if line]
    with translation.override(notice.language):
        paper = Paper(
            title=_("Brev om, hvad vi har fortalt"),
            parts=plain(notice.words),
            sender=sender.lines,
            receiver=receiver,
            signed=(_("Venlig hilsen"), sender.unit),
            date=written_day(notice.told_on or timezone.localdate(), notice.language),
            footer=sender.lines[0] if sender.lines else "",
        )
    return render("letter", paper, lang=notice.language)


def outside_letter(letter: OutsideLetter, sender: Sender) -> bytes:
    """The letter to somebody outside the circle, with the order of secrecy and a line to say yes to it on."""
    with translation.override(letter.language):
        parts = plain(letter.words)
        if letter.secrecy_order:
            parts += [
                heading(_("Pålæg om tavshed")),
                text(secrecy_order(letter.language)),
                text(_("Jeg har læst pålægget. Dato og underskrift:") + " ______________________________"),
            ]
        paper = Paper(
            title=_("Til dig, der kan hjælpe"),
            parts=parts,
            sender=sender.lines,
            receiver=[line for line in (letter.name, *letter.address.split(", ")) if line],
            signed=(_("Venlig hilsen"), sender.unit),
            date=written_day(timezone.localtime(letter.at).date(), letter.language),
            footer=sender.lines[0] if sender.lines else "",
        )
    return render("letter", paper, lang=letter.language)
