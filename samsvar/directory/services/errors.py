"""What can go wrong in the directory, in words for the person at the keyboard."""


class DirectoryError(Exception):
    """What was asked cannot be done; the message is shown as it stands."""
