"""Pair rows: what one unit asks of another about a citizen (house.md, 5), and transitions that nobody may forget."""

from samsvar.referrals.models.pathways import Pathway, PathwayEnd, Standing
from samsvar.referrals.models.referrals import (
    OF_RECEIVER,
    OF_SENDER,
    OVER,
    RECEIVERS_STEPS,
    SENDERS_STEPS,
    WAITS,
    EntryKind,
    Referral,
    ReferralEntry,
    ReferralState,
)
from samsvar.referrals.models.transitions import HandOver, HandOverState, Transition, TransitionEnd

__all__ = [
    "OF_RECEIVER",
    "OF_SENDER",
    "OVER",
    "RECEIVERS_STEPS",
    "SENDERS_STEPS",
    "WAITS",
    "EntryKind",
    "HandOver",
    "HandOverState",
    "Pathway",
    "PathwayEnd",
    "Referral",
    "ReferralEntry",
    "ReferralState",
    "Standing",
    "Transition",
    "TransitionEnd",
]
