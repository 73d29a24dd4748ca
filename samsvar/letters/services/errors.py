"""What can go wrong, in words for the person at the keyboard."""


class LetterError(Exception):
    """It cannot be done. The message is shown as it stands; nothing was changed."""
