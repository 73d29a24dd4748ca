"""What a meeting refuses."""

from samsvar.cases.services.errors import CaseError


class MeetingError(CaseError):
    """The step cannot be done at this meeting. The message is shown as it stands; nothing was changed."""
