"""Verbs of the way through."""

from samsvar.referrals.roles import may_use
from samsvar.referrals.services.answering import (
    Missing,
    Reply,
    answer,
    begin,
    change_measure,
    did_not_come,
    finish,
    look_into,
    say,
    send_back,
)
from samsvar.referrals.services.asking import Whom, discard, hear_another, send, start, take_yes, withdraw, write
from samsvar.referrals.services.errors import NoWay, Overtaken, ReferralError
from samsvar.referrals.services.sides import of_receiver, of_sender, sends_from
from samsvar.referrals.services.yes import Yes

__all__ = [
    "Missing",
    "NoWay",
    "Overtaken",
    "ReferralError",
    "Reply",
    "Whom",
    "Yes",
    "answer",
    "begin",
    "change_measure",
    "did_not_come",
    "discard",
    "finish",
    "hear_another",
    "look_into",
    "may_use",
    "of_receiver",
    "of_sender",
    "say",
    "send",
    "send_back",
    "sends_from",
    "start",
    "take_yes",
    "withdraw",
    "write",
]
