"""What can go wrong in a partnership's set-up, in words for the person at the keyboard."""


class PartnershipError(Exception):
    """The step cannot be done. The message is shown as it stands; nothing was changed."""
