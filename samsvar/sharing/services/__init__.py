"""The door: the only way in which person data passes from one authority to another (house.md, The wall)."""

from samsvar.sharing.services.about import AboutCase, NothingSaid
from samsvar.sharing.services.asking import answer_request, ask, asks_for_everything, withdraw_request
from samsvar.sharing.services.consenting import (
    SaidNo,
    end_no,
    heed_no,
    note_no,
    review_override,
    says_yes_too,
    take_consent,
    withdraw_consent,
)
from samsvar.sharing.services.contacting import (
    decide_help,
    end_contact,
    require_contact_allowed,
    tell_contact,
    write_contact,
)
from samsvar.sharing.services.contributing import (
    UNMARKED,
    Marks,
    contribute,
    contribution_subject,
    forget_note,
    keep_note,
    pass_on,
    require_deliberate,
)
from samsvar.sharing.services.disclosing import NotLawful, Outsider, Subject, disclose, disclose_outside, weigh
from samsvar.sharing.services.grounds import (
    ON_COOPERATION,
    Found,
    Ground,
    consent_covering,
    find_ground,
    is_routine,
    keep_weighing,
)
from samsvar.sharing.services.releasing import ask_release, release, send_back
from samsvar.sharing.services.sentencing import may_tell, pass_conditions_on, take_conditions_away, write_conditions

__all__ = [
    "ON_COOPERATION",
    "UNMARKED",
    "AboutCase",
    "Found",
    "Ground",
    "Marks",
    "NotLawful",
    "NothingSaid",
    "Outsider",
    "SaidNo",
    "Subject",
    "answer_request",
    "ask",
    "ask_release",
    "asks_for_everything",
    "consent_covering",
    "contribute",
    "contribution_subject",
    "decide_help",
    "disclose",
    "disclose_outside",
    "end_contact",
    "end_no",
    "find_ground",
    "forget_note",
    "heed_no",
    "is_routine",
    "keep_note",
    "keep_weighing",
    "may_tell",
    "note_no",
    "pass_conditions_on",
    "pass_on",
    "release",
    "require_contact_allowed",
    "require_deliberate",
    "review_override",
    "says_yes_too",
    "send_back",
    "take_conditions_away",
    "take_consent",
    "tell_contact",
    "weigh",
    "withdraw_consent",
    "withdraw_request",
    "write_conditions",
    "write_contact",
]
