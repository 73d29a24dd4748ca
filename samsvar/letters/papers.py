"""How this room's papers are laid out."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samsvar.citizens.models import Identity
from samsvar.documents.paper import Paper, plain, render
from samsvar.letters.drafts import written_day
from samsvar.letters.models import Notice
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
