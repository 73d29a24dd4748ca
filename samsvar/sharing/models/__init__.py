"""The door in the wall: what is disclosed, by whom, to whom, on what basis, and what each authority has told."""

from samsvar.sharing.models.contribution import Answer, Contribution, OwnNote, TreatmentSentence
from samsvar.sharing.models.disclosure import Channel, Disclosure, Receipt, SubjectKind
from samsvar.sharing.models.release import Release, ReleaseAnswer

__all__ = [
    "Answer",
    "Channel",
    "Contribution",
    "Disclosure",
    "OwnNote",
    "Receipt",
    "Release",
    "ReleaseAnswer",
    "SubjectKind",
    "TreatmentSentence",
]
