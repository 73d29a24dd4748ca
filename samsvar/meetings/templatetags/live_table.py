"""What the live table shows: `{% load live_table %}`."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import template
from django.utils.translation import gettext

from samsvar.cases.models import Case
from samsvar.forms.names import nameless as without_names
from samsvar.meetings.models import AgendaItem, Guest
from samsvar.meetings.selectors.live import clock_of

register = template.Library()

_SHORTEST_NAME = 3


@register.filter
def nameless(text: str, case: Case) -> str:
    """A text for the wall: the citizen's name in it becomes "borgeren"."""
    if not text or not case.identity:
        return text
    words = {
        word
        for name in (case.identity.name, case.identity.known_as)
        for word in (name or "").split()
        if len(word) >= _SHORTEST_NAME
    }
    return without_names(str(text), words, gettext("borgeren"))


@register.filter
def of_case(guests: Mapping[UUID, Sequence[Guest]] | None, case_id: UUID) -> Sequence[Guest]:
    """Those who come to this case's item."""
    return (guests or {}).get(case_id, ())


@register.filter
def time_spent(item: AgendaItem | None) -> str:
    """How long an item was up: "4:05"; nothing for one that was not."""
    return clock_of(item).said if item and (item.seconds or item.opened_at) else ""
