"""What the verbs of a conference begin and end with."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.conferences import selectors
from samsvar.conferences.models import ConferenceItem, ItemWords, MatterPerson
from samsvar.conferences.services.errors import ConferenceError
from samsvar.meetings.models import Meeting, MeetingState
from samsvar.meetings.services import minutes as minutes_services
from samsvar.postgres.actor import Actor


def meeting_of(actor: Actor, meeting: Meeting) -> Meeting:
    """The meeting as the actor may see it. Raises ConferenceError for one that is called off."""
    here = selectors.find_meeting(actor, meeting.pk)
    if here is None or here.state == MeetingState.CALLED_OFF:
        raise ConferenceError(_("Mødet findes ikke, eller det er aflyst."))
    return here


def open_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """The meeting while its minutes can be changed."""
    here = meeting_of(actor, meeting)
    if here.approved_at is not None:
        raise ConferenceError(_("Referatet er godkendt og står fast."))
    return here


def require_planned(item: ConferenceItem) -> None:
    """Raises ConferenceError once the meeting is over."""
    if item.meeting.state != MeetingState.PLANNED:
        raise ConferenceError(_("Mødet er slut."))


def open_words(item: ConferenceItem) -> ItemWords:
    """The words of an item while they can be changed, held for the rest of the step: two at once come one by one."""
    found = ItemWords.objects.select_related("item").select_for_update(of=("self", "item"))
    words = found.filter(item=item, item__approved_at=None).first()
    if words is None:
        raise ConferenceError(_("Punktet er godkendt og står fast, eller din myndighed er ikke med om sagen."))
    return words


def put_down(actor: Actor, words: ItemWords, **values: Any) -> None:
    """Write in the row, in one's own name and of now: the row policy takes nothing else.

    Raises ConferenceError where the row does not take it: the section was approved meanwhile.
    """
    now = {"changed_at": timezone.now(), "changed_by_id": actor.person_id}
    if not ItemWords.objects.filter(pk=words.pk).update(**values, **now):
        raise ConferenceError(_("Punktet er godkendt imens og står fast. Din tekst er ikke gemt."))


def rewritten(item: ConferenceItem) -> None:
    """Who has read the minutes as they were has not read them as they are."""
    minutes_services.changed(item.meeting, frame=False)


def log_item(actor: Actor, act: Act, item: ConferenceItem, detail: dict, persons: Sequence[MatterPerson] = ()) -> None:
    """A line in the log about an item, one for each citizen whom it names."""
    for citizen_id in {one.citizen_id for one in persons} or {None}:
        log(actor, act, "conference_item", item.pk, item.partnership_id, detail, citizen_id=citizen_id)


def log(
    actor: Actor,
    act: Act,
    kind: str,
    key: UUID,
    partnership_id: UUID,
    detail: dict,
    *,
    citizen_id: UUID | None = None,
) -> None:
    """A line in the log about a row of the conference."""
    record(actor, act, kind, key, partnership_id=partnership_id, citizen_id=citizen_id, detail=detail)
