"""What an address names: an own group, a meeting of it, a case that is up there. Else there is no such page."""

from uuid import UUID

from samsvar.cases.models import Case
from samsvar.cases.views.steps import found_or_404
from samsvar.meetings.models import Meeting
from samsvar.meetings.selectors import agendas
from samsvar.partnerships.models import Group
from samsvar.postgres.actor import Actor


def meeting_of(actor: Actor, meeting_id: UUID) -> Meeting:
    """The meeting of an address, or the page that there is none."""
    return found_or_404(agendas.find(actor, meeting_id))


def case_of(actor: Actor, meeting: Meeting, case_id: UUID, *, typed: bool = False) -> Case:
    """The case of an address, when it is up at this meeting."""
    return found_or_404(agendas.find_case(actor, meeting, case_id, typed=typed))


def group_of(actor: Actor, group_id: UUID) -> Group:
    """The group of an address, when the actor meets there."""
    return found_or_404(next((group for group in agendas.groups(actor) if group.pk == group_id), None))
