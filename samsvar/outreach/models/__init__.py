"""Outreach: courses, what was tried, what was agreed, and what somebody asked or found (004)."""

from samsvar.outreach.models.courses import (
    Attempt,
    Course,
    Demand,
    Handover,
    HandoverKind,
    Known,
    MeaningKind,
    Proposal,
    Protection,
    Stance,
)
from samsvar.outreach.models.inquiries import Answered, Assessment, Inquiry, Outcome, Search, SearchKind
from samsvar.outreach.models.phones import Phone, PhoneKind
from samsvar.outreach.models.research import Research, StudyAnswer

__all__ = [
    "Answered",
    "Assessment",
    "Attempt",
    "Course",
    "Demand",
    "Handover",
    "HandoverKind",
    "Inquiry",
    "Known",
    "MeaningKind",
    "Outcome",
    "Phone",
    "PhoneKind",
    "Proposal",
    "Protection",
    "Research",
    "Search",
    "SearchKind",
    "Stance",
    "StudyAnswer",
]
