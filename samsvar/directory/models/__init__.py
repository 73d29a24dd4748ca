"""What people look up: the rules and the doubts about them, and the units with their doors. No person anywhere."""

from samsvar.directory.models.entry import SKP_ALONE, DirectoryEntry
from samsvar.directory.models.law import Combination, LawAnswer, LawChange, LawQuestion

__all__ = ["SKP_ALONE", "Combination", "DirectoryEntry", "LawAnswer", "LawChange", "LawQuestion"]
