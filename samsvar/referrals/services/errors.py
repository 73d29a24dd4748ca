"""What can go wrong on the way from one unit to another."""

from samsvar.directory.routes import Answer
from samsvar.sharing.services.about import no_number_or


class ReferralError(Exception):
    """The step cannot be done. The message is shown as it stands; nothing was changed."""


class NoWay(ReferralError):
    """No way leads there, or only round by others: `answer` says which (R-002-52)."""

    def __init__(self, message: str, answer: Answer) -> None:
        self.answer = answer
        super().__init__(message)


class Overtaken(ReferralError):
    """A colleague, or the other side, was first."""


without_number = no_number_or(ReferralError)
