"""Where the thing that a line of the desk is about is done."""

from uuid import UUID

from django.urls import NoReverseMatch, reverse

from samsvar.tasks.models import Task, TaskKind
from samsvar.tasks.selectors import RECEIVED

# The page on which a task is done, by what it is about; the first part is for a kind of its own.
_PAGES = {
    (TaskKind.SCREEN, "concern"): "cases:screen",
    (None, "concern"): "cases:concern",
    (None, "network"): "cases:network_case",
    (None, "acute"): "cases:acute_contact",
    (None, "consult"): "cases:consult",
    (None, "release"): "cases:release",
    (None, "request"): "cases:request",
    (None, "law_question"): "directory:question",
    (None, "rights_request"): "rights:request",
    (None, "hearing"): "rights:hearing",
    (None, "outside"): "rights:asked",
    (None, "steering"): "steering:decision",
    (None, "gap"): "cases:gap",
    (None, "care_network"): "coordination:network",
    (None, "course"): "outreach:course",
    (None, "referral"): "referrals:referral",
    (None, "breach"): "rights:breach",
    (None, "minutes"): "meetings:minutes",
    (None, "conference_minutes"): "conferences:minutes",
    (TaskKind.REPORT, "course"): "outcomes:course",
    (None, RECEIVED): "cases:concern_notice",
    (None, "transition"): "referrals:transition",
    (None, "pathway"): "referrals:pathway",
}


_WITHOUT_ID = {
    "people": "partnerships:people",
    "pages": "directory:units",
    "log": "rights:log",
    "log_review": "rights:reviews",
    "disposal": "retention:list",
    "reports": "outcomes:home",
    "referrals": "referrals:box",
}


def page_of(task: Task) -> str:
    """Where this task is done; the desk itself while no room answers."""
    if task.kind == TaskKind.TELL_CITIZEN and task.case_id:
        return address_of("letters:tell", task.case_id)
    if task.subject_kind in _WITHOUT_ID:
        return address_of(_WITHOUT_ID[task.subject_kind])
    name = _PAGES.get((TaskKind(task.kind), task.subject_kind)) or _PAGES.get((None, task.subject_kind))
    if name:
        return address_of(name, task.subject_id)
    return address_of("cases:case", task.case_id) if task.case_id else ""


def address_of(name: str, *arguments: UUID | str) -> str:
    """The address of a page; none while its room is not there."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
