"""The door in the wall: what is disclosed, by whom, to whom, on what basis, and what each authority has told."""

from samsvar.sharing.models.consent import CitizensNo, Consent, ConsentForm, NoTo, Override, Scope
from samsvar.sharing.models.contact import HelpDecision, Support, UnitContact
from samsvar.sharing.models.contribution import Answer, Contribution, OwnNote, TreatmentSentence
from samsvar.sharing.models.disclosure import Channel, Disclosure, Receipt, SubjectKind, WhyNot
from samsvar.sharing.models.release import Release, ReleaseAnswer
from samsvar.sharing.models.request import InformationRequest, RequestState
from samsvar.sharing.models.weighed import Weighed

__all__ = [
    "Answer",
    "Channel",
    "CitizensNo",
    "Consent",
    "ConsentForm",
    "Contribution",
    "Disclosure",
    "HelpDecision",
    "InformationRequest",
    "NoTo",
    "Override",
    "OwnNote",
    "Receipt",
    "Release",
    "ReleaseAnswer",
    "RequestState",
    "Scope",
    "SubjectKind",
    "Support",
    "TreatmentSentence",
    "UnitContact",
    "Weighed",
    "WhyNot",
]
