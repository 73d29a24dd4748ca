"""The door: the only way in which person data passes from one authority to another (house.md, The wall)."""

from samsvar.sharing.services.about import AboutCase, NothingSaid
from samsvar.sharing.services.contributing import (
    contribute,
    contribution_subject,
    forget_note,
    keep_note,
    pass_on,
)
from samsvar.sharing.services.disclosing import NotLawful, Subject, disclose, weigh

__all__ = [
    "AboutCase",
    "NotLawful",
    "NothingSaid",
    "Subject",
    "contribute",
    "contribution_subject",
    "disclose",
    "forget_note",
    "keep_note",
    "pass_on",
    "weigh",
]
