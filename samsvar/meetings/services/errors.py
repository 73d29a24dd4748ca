"""What a meeting refuses."""

from django.utils.translation import gettext as _

from samsvar.cases.services.errors import CaseError
from samsvar.law.warnings import has_cpr


class MeetingError(CaseError):
    """The step cannot be done at this meeting. The message is shown as it stands; nothing was changed."""


def refuse_cpr(*texts: str) -> None:
    """Raises MeetingError for what looks like a CPR number: words of a meeting are read by many and stand in mails."""
    if any(has_cpr(text) for text in texts):
        raise MeetingError(_("Der står noget, der ligner et CPR-nummer. Skriv det uden nummer."))
