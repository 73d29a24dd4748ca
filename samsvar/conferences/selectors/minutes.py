"""The minutes of a conference, as far as the reader worked with each matter."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from samsvar.conferences.models import About, Conclusion, ConferenceStep, ItemWords, MatterPerson
from samsvar.conferences.selectors.order import Order, Slot, order
from samsvar.conferences.selectors.room import noted_of, there_at
from samsvar.conferences.selectors.steps import Step, step_words, steps_of
from samsvar.law.minutes import without_persons
from samsvar.meetings.models import Meeting, MeetingState
from samsvar.meetings.selectors.minutes import Reader, readers_of
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class Section:
    """One matter in the minutes: under its number and without a name, whoever reads it (R-003-40)."""

    slot: Slot
    text: str
    own_words: str
    conclusion: str
    steps: list[Step]
    said: dict[UUID, tuple[str, str]]
    # Who was there for it, in the words of then.
    there: list[str]

    @property
    def lines(self) -> list[tuple[Step, str, str]]:
        """Each step with who does it and its words, both without persons."""
        return [(one, *self.said[one.step.pk]) for one in self.steps]


@dataclass(frozen=True)
class Minutes:
    """The minutes of a conference as one reader sees them (R-003-41): the round of all, the words of the own."""

    order: Order
    sections: list[Section]
    following: Meeting | None
    # Who has read them, as the meeting room has it; nobody before they are sent.
    readers: list[Reader] = field(default_factory=list)
    # Whom its sections are about, as far as they have a citizen's key.
    citizen_ids: set[UUID] = field(default_factory=set)

    def has_read(self, actor: Actor) -> bool:
        """Whether the actor has read them as they stand now."""
        return any(one.latest and one.presence.membership.capacity.person_id == actor.person_id for one in self.readers)


def minutes_of(actor: Actor, meeting: Meeting) -> Minutes:
    """The minutes within the actor's reach: only who works with a matter reads its section (R-003-45)."""
    book = order(actor, meeting)
    mine = [slot for slot in book.slots if slot.words]
    keys = [slot.item.pk for slot in mine]
    names: dict[UUID, list[str]] = defaultdict(list)
    persons = list(MatterPerson.objects.filter(matter__in=[slot.item.matter_id for slot in mine]))
    for one in persons:
        names[one.matter_id].append(one.name)
    steps: dict[UUID, list[Step]] = defaultdict(list)
    for step in steps_of(actor, list(ConferenceStep.objects.filter(item__in=keys).order_by("due_on", "at", "id"))):
        steps[step.step.item_id].append(step)
    return Minutes(
        book,
        [
            _section(book, slot, slot.words, steps[slot.item.pk], names[slot.item.matter_id])
            for slot in mine
            if slot.words
        ],
        Meeting.objects.filter(group_id=meeting.group_id, state=MeetingState.PLANNED, starts_at__gt=meeting.starts_at)
        .order_by("starts_at")
        .first(),
        readers_of(
            actor,
            meeting,
            book.members,
            [
                moment
                for slot in mine
                if slot.words
                for moment in (
                    slot.words.changed_at,
                    slot.item.approved_at,
                    *(one.step.at for one in steps[slot.item.pk]),
                )
            ],
        ),
        {one.citizen_id for one in persons if one.citizen_id},
    )


def _section(book: Order, slot: Slot, words: ItemWords, steps: list[Step], names: Sequence[str]) -> Section:
    staff = book.staff

    guess = not names and slot.item.matter.about != About.GENERAL
    # Who is tovholder is what was decided: the writer was asked about that name (R-003-18).
    decided = words.conclusion == Conclusion.COORDINATOR

    def neutral(text: str, guess: bool = guess) -> str:
        return without_persons(text, names, staff, instead=_("borgeren"), guess=guess)

    return Section(
        slot,
        neutral(words.text),
        neutral(words.own_words),
        neutral(words.conclusion_text, guess and not decided),
        steps,
        {one.step.pk: (one.doers(neutral(one.step.who)), neutral(step_words(one))) for one in steps},
        there_at(slot.item, words, noted_of(book.members, book.participants)),
    )
