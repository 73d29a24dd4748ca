"""What this room prints."""

from collections.abc import Sequence

from django.utils import timezone, translation

from samsvar.calendar.words import language
from samsvar.coordination.models import CareNetwork
from samsvar.documents.paper import Paper, Part, render
from samsvar.documents.words import in_full


def on_paper(network: CareNetwork, title: str, parts: Sequence[Part], receiver: str = "", sender: str = "") -> bytes:
    """A paper of today as PDF/UA-1 in the reader's language, by the authority that holds the network or `sender`."""
    sender = sender or network.authority.name
    return render(
        "report",
        Paper(
            title=title,
            parts=list(parts),
            sender=(sender,),
            receiver=(receiver,) if receiver else (),
            date=in_full(timezone.localdate()),
            footer=sender,
        ),
        lang=language(translation.get_language()),
    )
