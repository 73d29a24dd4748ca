"""How every page of outreach begins and ends: find it in the own unit, look, do one thing, go back."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import one_form
from samsvar.audit.models import Act
from samsvar.audit.services import record, record_refusal
from samsvar.cases.services.errors import CaseError
from samsvar.outreach.models import Course
from samsvar.outreach.roles import leads, may_work
from samsvar.outreach.selectors import courses as selectors


def working_or_404(request: ActingRequest) -> None:
    """Pages where something new is written are for those who work in a unit."""
    if not may_work(request.actor):
        raise Http404


def leading_or_404(request: ActingRequest) -> None:
    """Pages of what changed for a unit's citizens are for those who lead it."""
    if not leads(request.actor):
        raise Http404


def course_or_404(request: ActingRequest, course_id: UUID) -> Course:
    """The course, or the one answer for none and for one of another unit."""
    found = selectors.find_course(request.actor, course_id)
    if found is None:
        record_refusal(request.actor, "course", course_id, "not_in_reach")
        raise Http404
    return found


def look_at(request: ActingRequest, course: Course, part: str = "page") -> None:
    """Log that the actor saw a page of the course (L19)."""
    record(request.actor, Act.LOOK, "course", course.pk, partnership_id=course.partnership_id, detail={"part": part})


def step(
    request: ActingRequest,
    course: Course,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    send: str,
    said: str,
    note: str = "",
    template: str = "outreach/step.html",
    more: dict[str, Any] | None = None,
    second_look: Callable[[dict[str, Any]], Sequence[str]] | None = None,
) -> HttpResponse:
    """Show one form about a course, or do what it asks and go back to the course."""
    address = reverse("outreach:course", args=[course.pk])
    return one_form(
        request,
        form,
        act,
        template=template,
        told={"course": course, "title": title, "send": send, "note": note, **(more or {})},
        back_url=address,
        look=lambda: look_at(request, course, part="step"),
        said=said,
        refusals=(CaseError,),
        second_look=second_look,
    )
