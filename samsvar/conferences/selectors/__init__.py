"""What a conference shows: the order to the group, what is said to those who work with a matter, names on a consent."""

from samsvar.conferences.selectors.finding import (
    coming,
    find_item,
    find_matter,
    find_meeting,
    find_participant,
    find_person,
    find_slot,
    find_step,
    groups,
    matters_of,
    meetings_of,
    mine,
    parties_of,
    persons_of,
    seated,
)
from samsvar.conferences.selectors.minutes import Minutes, Section, minutes_of
from samsvar.conferences.selectors.order import Order, Slot, in_order, may_move, order, staff_at
from samsvar.conferences.selectors.pages import ItemPage, MatterPage, Voice, doubts_of, item_page, matter_page
from samsvar.conferences.selectors.room import InTheRoom, room
from samsvar.conferences.selectors.steps import Step, left_over, open_steps, step_words

__all__ = [
    "InTheRoom",
    "ItemPage",
    "MatterPage",
    "Minutes",
    "Order",
    "Section",
    "Slot",
    "Step",
    "Voice",
    "coming",
    "doubts_of",
    "find_item",
    "find_matter",
    "find_meeting",
    "find_participant",
    "find_person",
    "find_slot",
    "find_step",
    "groups",
    "in_order",
    "item_page",
    "left_over",
    "matter_page",
    "matters_of",
    "may_move",
    "meetings_of",
    "mine",
    "minutes_of",
    "open_steps",
    "order",
    "parties_of",
    "persons_of",
    "room",
    "seated",
    "staff_at",
    "step_words",
]
