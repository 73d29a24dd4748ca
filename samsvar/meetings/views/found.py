"""What an address names: an own group, a meeting of it, a case that is up there. Else there is no such page."""

from uuid import UUID

from django.http import Http404

from samsvar.cases.models import Case
from samsvar.meetings.models import Meeting
from samsvar.meetings.selectors import agendas
from samsvar.partnerships.models import Group
from samsvar.postgres.actor import Actor


def meeting_of(actor: Actor, meeting_id: UUID) -> Meeting:
    """The meeting of an address, or the page that there is none."""
    found = agendas.find(actor, meeting_id)
    if found is None:
        raise Http404
    return found


def case_of(actor: Actor, meeting: Meeting, case_id: UUID, *, typed: bool = False) -> Case:
    """The case of an address, when it is up at this meeting."""
    found = agendas.find_case(actor, meeting, case_id, typed=typed)
    if found is None:
        raise Http404
    return found


def group_of(actor: Actor, group_id: UUID) -> Group:
    """The group of an address, when the actor meets there."""
    found = next((group for group in agendas.groups(actor) if group.pk == group_id), None)
    if found is None:
        raise Http404
    return found
