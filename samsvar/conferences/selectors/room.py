"""Who is in the room at an item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samsvar.conferences.models import About, ConferenceItem, ItemWords, Participant
from samsvar.meetings.selectors.agendas import Presence, attendance
from samsvar.postgres.actor import Actor

# Whoever it is about may sit there too, and stands in no list by name.
THEMSELVES = "themselves"


@dataclass(frozen=True)
class InTheRoom:
    """Somebody noted at the meeting, and whether for this item."""

    key: str
    said: str
    here: bool

    @property
    def row(self) -> dict[str, str | bool]:
        """As it is kept with the words."""
        return {"id": self.key, "said": self.said, "here": self.here}


def noted_of(members: Iterable[Presence], participants: Iterable[Participant]) -> list[tuple[str, str, bool]]:
    """The key, the words and whether for the whole meeting, of each who is noted as there."""
    found = []
    for one in members:
        capacity = one.membership.capacity
        if one.came:
            found.append((str(one.membership.pk), f"{capacity.person.name}, {capacity.authority.name}", True))
    return found + [(str(one.pk), one.said, not one.one_item) for one in participants]


def _room(item: ConferenceItem, words: ItemWords, noted: Iterable[tuple[str, str, bool]]) -> list[InTheRoom]:
    kept = [InTheRoom(one["id"], one["said"], one["here"]) for one in words.there or []]
    if item.approved_at is not None:
        return kept
    people = list(noted)
    if item.matter.about != About.GENERAL:
        own = _("Familien selv") if item.matter.about == About.FAMILY else _("Borgeren selv")
        people.append((THEMSELVES, own, False))
    pressed = {one.key: one.here for one in kept}
    return [InTheRoom(key, name, pressed.get(key, whole)) for key, name, whole in people]


def there_at(item: ConferenceItem, words: ItemWords, noted: Sequence[tuple[str, str, bool]]) -> list[str]:
    """Who was there, as minutes say it: the long list stands in them once, and names where it was another."""
    here = [one for one in _room(item, words, noted) if one.here]
    usual = {key for key, _name, whole in noted if whole}
    if usual and {one.key for one in here} == usual:
        return [_("Alle, der var med til hele mødet")]
    return [one.said for one in here]


def room(actor: Actor, item: ConferenceItem, words: ItemWords) -> list[InTheRoom]:
    """All who can have been there for an item, and who was: those noted for the whole meeting unless somebody has said
    otherwise, and those who came for this item. Three queries.
    """
    participants = Participant.objects.filter(meeting=item.meeting_id).order_by("name", "id")
    return _room(item, words, noted_of(attendance(actor, item.meeting), participants))
