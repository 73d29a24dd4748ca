"""What can go wrong in a case, in words for the person at the keyboard."""


class CaseError(Exception):
    """The step cannot be done. The message is shown as it stands; nothing was changed."""


class Overtaken(CaseError):
    """Somebody else was first. The message says what they did; the own text is kept by the form."""


class HasLeft(CaseError):
    """The actor's authority has stepped out of the case, which others go on with."""
