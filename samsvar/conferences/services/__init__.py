"""Verbs of the conference: raising a matter, letting others in, concluding, agreeing, approving (003 chapter 2).

No verb here decides anything about a citizen (R-003-46): what must be decided is passed to a named place in the line.
"""

from samsvar.conferences.services.errors import ConferenceError, InDoubt, Overtaken
from samsvar.conferences.services.frame import (
    add_participant,
    add_visitor,
    end,
    note_there,
    remove_participant,
    set_frame,
)
from samsvar.conferences.services.items import Agreed, agree, approve, judge, move, talk, write
from samsvar.conferences.services.matters import Brought, let_hear, raise_matter
from samsvar.conferences.services.names import Yes, forget_name, say_name, take_name_back
from samsvar.conferences.services.texts import refuse_named

__all__ = [
    "Agreed",
    "Brought",
    "ConferenceError",
    "InDoubt",
    "Overtaken",
    "Yes",
    "add_participant",
    "add_visitor",
    "agree",
    "approve",
    "end",
    "forget_name",
    "judge",
    "let_hear",
    "move",
    "note_there",
    "raise_matter",
    "refuse_named",
    "remove_participant",
    "say_name",
    "set_frame",
    "take_name_back",
    "talk",
    "write",
]
