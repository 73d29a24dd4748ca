"""What no text of a conference may say: who the citizen is, a CPR number, or the number of a PSP case."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.translation import gettext as _

from samsvar.conferences.models import MatterPerson
from samsvar.conferences.services.errors import ConferenceError
from samsvar.documents.words import danish_as_two
from samsvar.law.warnings import has_cpr
from samsvar.meetings.models import Meeting
from samsvar.postgres.actor import Actor

_PSP_NUMBER = re.compile(r"\b[A-ZÆØÅ]{2,6}-\d{4}-\d{3,}\b")


def named_at(meeting: Meeting) -> list[MatterPerson]:
    """Whom the actor knows of those that the matters of a meeting are about."""
    return list(MatterPerson.objects.filter(matter__items__meeting=meeting))


def refuse_named(actor: Actor, meeting: Meeting, text: str) -> None:
    """What the whole group reads names nobody whom a matter of the meeting is about, as far as the writer knows them.

    Raises ConferenceError. The meeting room asks it for the parts that need no case.
    """
    refuse_names(named_at(meeting), text)


def refuse_names(persons: Sequence[MatterPerson], *texts: str) -> None:
    """The name stands in its own row and nowhere else: in a text all who read the matter would read it (R-003-40)."""
    said = _spelled(" ".join(texts))
    folded = said.casefold()
    for one in persons:
        *first, last = _spelled(one.name).split()
        # A last name shows who it is by itself, and first names together; one of them may be a word, as "hans" is.
        together = [[*first, last], first] if len(first) > 1 else [[*first, last]]
        alone = [last.capitalize(), last.upper()] if len(last) > 2 else []
        if any(_says(" ".join(names).casefold(), folded) for names in together) or any(_says(n, said) for n in alone):
            raise ConferenceError(_("Borgerens navn står i teksten. Skriv »borgeren« i stedet."))


def _spelled(text: str) -> str:
    """One spelling of a text: single spaces, no dash between first names, and Danish letters as two."""
    plain = danish_as_two(unicodedata.normalize("NFKC", text))
    return " ".join(re.sub(r"[-‐-―]", " ", plain).split())


def _says(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text) is not None


def refuse_numbers(*texts: str) -> None:
    """No CPR number, and nothing of a PSP case: that is told among its parties alone (R-003-49)."""
    for text in texts:
        if has_cpr(text):
            raise ConferenceError(_("Der står noget, der ligner et CPR-nummer. Skriv det uden nummer."))
        if _PSP_NUMBER.search(text):
            raise ConferenceError(_("Der står nummeret på en PSP-sag. Den hører kun til hos dens parter."))
