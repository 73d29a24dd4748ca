"""One item and one matter with all that their pages show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from samsvar.conferences.models import ConferenceCase, ConferenceItem, ConferenceStep, ItemWords, MatterPerson, talked
from samsvar.conferences.selectors.finding import parties_of, persons_of
from samsvar.conferences.selectors.order import staff_at
from samsvar.conferences.selectors.room import THEMSELVES, InTheRoom, room
from samsvar.conferences.selectors.steps import Step, steps_of
from samsvar.law.minutes import look_again
from samsvar.law.sentences import Notice
from samsvar.partnerships.models import Authority
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class Voice:
    """One of a reflecting conversation."""

    number: int
    role: str
    who: str
    seconds: int
    runs: bool

    @property
    def clock(self) -> str:
        """Minutes and seconds."""
        return f"{self.seconds // 60}:{self.seconds % 60:02d}"


@dataclass(frozen=True)
class MatterPage:
    """A matter with its history: every time it was raised, under the same number (003/S34, R-003-35)."""

    matter: ConferenceCase
    persons: list[MatterPerson]
    parties: list[Authority]
    items: list[ConferenceItem]
    steps: list[Step]


def matter_page(actor: Actor, matter: ConferenceCase) -> MatterPage:
    """All times a matter was raised, the newest first; its steps; who works with it. Six queries."""
    return MatterPage(
        matter,
        persons_of(actor, matter.pk),
        parties_of(actor, matter.pk),
        list(
            ConferenceItem.objects.filter(matter=matter)
            .select_related("meeting", "authority", "presenter", "words")
            .order_by("-meeting__starts_at", "-at", "id")
        ),
        steps_of(
            actor,
            list(
                ConferenceStep.objects.filter(matter=matter)
                .select_related("matter", "item")
                .order_by("due_on", "at", "id")
            ),
        ),
    )


@dataclass(frozen=True)
class ItemPage:
    """What those who work with a matter see while it is up."""

    item: ConferenceItem
    words: ItemWords
    persons: list[MatterPerson]
    parties: list[Authority]
    steps: list[Step]
    before: list[ConferenceItem]
    voices: list[Voice]
    room: list[InTheRoom]

    @property
    def noted(self) -> bool:
        """Whether anybody is noted at the meeting yet: only of those can one say that they were there."""
        return any(one.key != THEMSELVES for one in self.room)

    @property
    def there(self) -> list[InTheRoom]:
        """Who was there for it."""
        return [one for one in self.room if one.here]

    @property
    def here(self) -> list[Step]:
        """The steps agreed at this item."""
        return [one for one in self.steps if one.step.item_id == self.item.pk]

    @property
    def earlier(self) -> list[Step]:
        """Steps of earlier items that nobody has judged."""
        return [one for one in self.steps if one.step.item_id != self.item.pk and one.is_open]


def item_page(actor: Actor, item: ConferenceItem) -> ItemPage:
    """One item with who it is about as far as that was disclosed, its steps, its history and its room. Nine queries."""
    page = matter_page(actor, item.matter)
    now = timezone.now()
    return ItemPage(
        item,
        item.words,
        page.persons,
        page.parties,
        page.steps,
        [one for one in page.items if one.pk != item.pk],
        [
            Voice(number, one["role"], one["who"], talked(one, now), bool(one.get("since")))
            for number, one in enumerate(item.words.talk)
        ],
        room(actor, item, item.words),
    )


def doubts_of(
    actor: Actor, item: ConferenceItem, words: ItemWords, steps: Sequence[ConferenceStep]
) -> tuple[Notice, ...]:
    """What may show who it is in the words of one item (003/S17): names, numbers, rare combinations."""
    staff = staff_at(actor, item.meeting)
    names = [one.name for one in persons_of(actor, item.matter_id)]
    texts = [words.text, words.own_words, words.conclusion_text]
    texts += [part for one in steps for part in (one.what, one.who, one.condition, one.fallback, one.decided_at)]
    texts += [one["who"] for one in words.talk]
    return look_again("\n".join(text for text in texts if text), names, [], staff)
