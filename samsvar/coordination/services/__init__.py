"""Verbs of the network: opening it, naming who holds it together, letting somebody in, telling who must know."""

from samsvar.coordination.services.agreed import write_agreed
from samsvar.coordination.services.asides import ask, convene, take_contact
from samsvar.coordination.services.contacts import end_contact, replace_contact, set_unwanted, write_contact
from samsvar.coordination.services.coordinators import appoint, end, hand_out, none_found, rest, resume, write_mandate
from samsvar.coordination.services.doctor import (
    Alert,
    alert_doctor,
    answer_invitation,
    copy_conference,
    invite_doctor,
    name_doctor,
    note_epikrise,
    send_concern,
    write_referral,
)
from samsvar.coordination.services.errors import CoordinationError
from samsvar.coordination.services.event_file import import_events
from samsvar.coordination.services.events import (
    Happened,
    change_event,
    discard_event,
    read_event,
    release_event,
    write_event,
)
from samsvar.coordination.services.letting_in import LetInAlready, Yes, let_in, note_news, read_news, take_back
from samsvar.coordination.services.networks import Asked, close, look_for, may_open, open_network
from samsvar.coordination.services.record import (
    Entry,
    answer_entry,
    forget_memo,
    may_answer,
    read_all,
    write_entry,
    write_memo,
)
from samsvar.coordination.services.ropes import Mark, draw, pause, rub_out, substitute, taken_over, tell_relative
from samsvar.coordination.services.summary import Agreed, approve_section, take_off, write_section

__all__ = [
    "Agreed",
    "Alert",
    "Asked",
    "CoordinationError",
    "Entry",
    "Happened",
    "LetInAlready",
    "Mark",
    "Yes",
    "alert_doctor",
    "answer_entry",
    "answer_invitation",
    "appoint",
    "approve_section",
    "ask",
    "change_event",
    "close",
    "convene",
    "copy_conference",
    "discard_event",
    "draw",
    "end",
    "end_contact",
    "forget_memo",
    "hand_out",
    "import_events",
    "invite_doctor",
    "let_in",
    "look_for",
    "may_answer",
    "may_open",
    "name_doctor",
    "none_found",
    "note_epikrise",
    "note_news",
    "open_network",
    "pause",
    "read_all",
    "read_event",
    "read_news",
    "release_event",
    "replace_contact",
    "rest",
    "resume",
    "rub_out",
    "send_concern",
    "set_unwanted",
    "substitute",
    "take_back",
    "take_contact",
    "take_off",
    "taken_over",
    "tell_relative",
    "write_agreed",
    "write_contact",
    "write_entry",
    "write_event",
    "write_mandate",
    "write_memo",
    "write_referral",
    "write_section",
]
