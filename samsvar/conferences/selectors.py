"""What a conference shows: the order to the group, what is said to those who work with a matter, names on a consent."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsvar.calendar.words import span
from samsvar.cases.models import Case
from samsvar.conferences.models import (
    About,
    Conclusion,
    Conference,
    ConferenceCase,
    ConferenceItem,
    ConferenceStep,
    ItemWords,
    Level,
    MatterParty,
    MatterPerson,
    Participant,
    StepState,
    talked,
)
from samsvar.law.minutes import look_again, without_persons
from samsvar.law.sentences import Notice
from samsvar.meetings.models import Meeting, MeetingState
from samsvar.meetings.selectors.agendas import Presence, attendance
from samsvar.meetings.selectors.minutes import Reader, readers_of, staff_words
from samsvar.partnerships.models import Authority, Group, GroupModel
from samsvar.partnerships.selectors import leads
from samsvar.postgres.actor import Actor

_RANK = {Level.REGIONAL: 0, Level.MUNICIPAL: 1, Level.GENERAL: 2}
MOST_HELD = 60
MOST_MATTERS = 300
MOST_LEFT = 40
# Whoever it is about may sit there too, and stands in no list by name.
THEMSELVES = "themselves"


def groups(actor: Actor) -> list[Group]:
    """The groups of this kind at whose table the actor sits."""
    return list(
        Group.objects.filter(pk__in=actor.group_ids, model=GroupModel.CONFERENCE)
        .select_related("partnership")
        .order_by("name", "id")
    )


def meetings_of(actor: Actor, of: Sequence[Group]) -> list[Meeting]:
    """The coming meetings of these groups, the nearest first, and then the newest held."""
    rows = Meeting.objects.filter(group__in=of).exclude(state=MeetingState.CALLED_OFF)
    coming = list(rows.filter(state=MeetingState.PLANNED).order_by("starts_at", "id")[:MOST_HELD])
    return coming + list(rows.filter(state=MeetingState.HELD).order_by("-starts_at", "id")[:MOST_HELD])


def matters_of(actor: Actor, of: Sequence[Group]) -> list[ConferenceCase]:
    """The matters that the actor's authority works with, the newest first, with how often each was raised."""
    return list(
        ConferenceCase.objects.filter(group_id__in=[one.pk for one in of], pk__in=_mine(actor))
        .annotate(times=Count("items"))
        .order_by("-number", "id")[:MOST_MATTERS]
    )


def _mine(actor: Actor) -> Iterable[UUID]:
    return MatterParty.objects.filter(authority_id__in=actor.authority_ids).values_list("matter_id", flat=True)


def mine(actor: Actor, group_id: UUID) -> list[UUID]:
    """Ids of the matters of a group that the actor's authority works with."""
    return list(
        MatterParty.objects.filter(authority_id__in=actor.authority_ids, group_id=group_id).values_list(
            "matter_id", flat=True
        )
    )


def seated(actor: Actor, group_id: UUID) -> list[Authority]:
    """The authorities that sit in a group today."""
    today = timezone.localdate()
    return list(
        Authority.objects.filter(
            Q(capacities__memberships__until=None) | Q(capacities__memberships__until__gte=today),
            capacities__memberships__group=group_id,
        )
        .distinct()
        .order_by("name", "id")
    )


def find_meeting(actor: Actor, meeting_id: UUID) -> Meeting | None:
    """A meeting of a Samarbejdsenhed in which the actor sits, or None."""
    return (
        Meeting.objects.select_related("group__partnership")
        .filter(pk=meeting_id, group__model=GroupModel.CONFERENCE, group_id__in=actor.group_ids)
        .first()
    )


def find_item(actor: Actor, item_id: UUID) -> ConferenceItem | None:
    """An item whose words the actor reads, or None: to others there is a number and no page."""
    return (
        ConferenceItem.objects.select_related(
            "matter", "meeting__group__partnership", "authority", "presenter", "words"
        )
        .filter(pk=item_id, matter__in=_mine(actor))
        .first()
    )


def find_matter(actor: Actor, matter_id: UUID) -> ConferenceCase | None:
    """A matter that the actor's authority works with, or None."""
    return ConferenceCase.objects.select_related("authority").filter(pk=matter_id, pk__in=_mine(actor)).first()


def find_step(actor: Actor, step_id: UUID) -> ConferenceStep | None:
    """A step of a matter that the actor's authority works with, or None."""
    return ConferenceStep.objects.select_related("matter", "item").filter(pk=step_id).first()


def find_person(actor: Actor, matter: ConferenceCase, who_id: UUID) -> MatterPerson | None:
    """The own authority's row of who a matter is about, or None."""
    return MatterPerson.objects.filter(pk=who_id, matter=matter, authority_id__in=actor.authority_ids).first()


def find_participant(actor: Actor, meeting: Meeting, participant_id: UUID) -> Participant | None:
    """Somebody without an account at this meeting, or None."""
    return Participant.objects.filter(pk=participant_id, meeting=meeting).first()


def _from_to(start: datetime, end: datetime) -> str:
    return span(timezone.localtime(start).time(), timezone.localtime(end).time(), get_language())


@dataclass(frozen=True)
class Slot:
    """One item in the order, with its time; `words` are None for those who only see that it is there."""

    item: ConferenceItem
    starts_at: datetime
    ends_at: datetime
    words: ItemWords | None

    @property
    def time(self) -> str:
        """When to come and when one can go, on the clock of the place."""
        return _from_to(self.starts_at, self.ends_at)

    @property
    def presenter(self) -> str:
        """Who brings it and where from."""
        if self.item.presented_by:
            return ", ".join(part for part in (self.item.presented_by, self.item.presented_from) if part)
        return f"{self.item.presenter.name}, {self.item.authority.short_name}"


def may_move(actor: Actor, item: ConferenceItem) -> bool:
    """Whether the actor works with the matter or leads the table; the row policy asks the same."""
    return ItemWords.objects.filter(item=item).exists() or leads(actor, item.meeting.group)


@dataclass(frozen=True)
class Order:
    """A conference as its group reads it."""

    meeting: Meeting
    frame: Conference | None
    slots: list[Slot]
    psp: list[str]
    members: list[Presence]
    participants: list[Participant]
    # Whether the reader leads the table, and so may move what others brought.
    leads: bool = False

    @property
    def time(self) -> str:
        """From when to when the meeting lasts, on the clock of the place."""
        return _from_to(self.meeting.starts_at, self.meeting.ends_at)

    @property
    def kind(self) -> str:
        """An ordinary meeting, or one that begins with PSP cases (R-003-28, R-003-48)."""
        return _("PSP-møde") if self.frame and self.frame.psp_minutes else _("Almindeligt møde")

    @property
    def psp_time(self) -> str:
        """The closed first part, or nothing."""
        if not self.frame or not self.frame.psp_minutes:
            return ""
        start = self.meeting.starts_at
        return _from_to(start, start + timedelta(minutes=self.frame.psp_minutes))

    @property
    def is_held(self) -> bool:
        """Whether the meeting is over."""
        return self.meeting.state == MeetingState.HELD

    @property
    def present(self) -> list[Presence]:
        """The members who came."""
        return [one for one in self.members if one.came]

    @property
    def staff(self) -> list[str]:
        """Names that may stand in a text: of those who work here."""
        return _staff(self.members, self.participants, [slot.item for slot in self.slots])


def _staff(
    members: Iterable[Presence], participants: Iterable[Participant], items: Iterable[ConferenceItem]
) -> list[str]:
    names = staff_words(members)
    names += [part for one in participants for part in (one.name, *one.affiliations)]
    names += [part for one in items for part in (one.presented_by, one.presented_from) if part]
    return names


def staff_at(actor: Actor, meeting: Meeting) -> list[str]:
    """The names that may stand in a text about a matter at this meeting: of those who work here."""
    return _staff(
        attendance(actor, meeting),
        Participant.objects.filter(meeting=meeting),
        ConferenceItem.objects.filter(meeting=meeting),
    )


def persons_of(actor: Actor, matter_id: UUID) -> list[MatterPerson]:
    """Whom the actor knows of those that a matter is about."""
    return list(
        MatterPerson.objects.filter(matter=matter_id).select_related("authority", "consent").order_by("at", "id")
    )


def parties_of(actor: Actor, matter_id: UUID) -> list[Authority]:
    """The authorities that work with a matter, in the order in which they came."""
    rows = MatterParty.objects.filter(matter=matter_id).select_related("authority").order_by("at", "id")
    return [row.authority for row in rows]


def in_order(items: Iterable[ConferenceItem]) -> list[ConferenceItem]:
    """What others have part in, then the municipality alone, then the general; as raised within each (R-003-30).

    An item that somebody has moved stands where it was put, whatever comes in later.
    """
    rows = sorted(items, key=lambda one: (_RANK[Level(one.level)], one.at, str(one.pk)))
    found = [one for one in rows if one.position is None]
    for one in sorted((one for one in rows if one.position is not None), key=lambda one: (one.position, one.at)):
        found.insert((one.position or 1) - 1, one)
    return found


def order(actor: Actor, meeting: Meeting) -> Order:
    """The order of a conference with its times: numbers, who brings what, when to come (003/S19, 003/S27).

    The row policies keep what is said from those who do not work with it. Of PSP cases it has the numbers that the
    actor sees, and nothing else: they are dealt with at the meeting's own page (R-003-49).
    """
    frame = Conference.objects.filter(meeting=meeting).first()
    items = in_order(ConferenceItem.objects.filter(meeting=meeting).select_related("matter", "authority", "presenter"))
    words = {row.item_id: row for row in ItemWords.objects.filter(item__in=items)}
    at = meeting.starts_at + timedelta(minutes=frame.psp_minutes if frame else 0)
    slots = []
    for item in items:
        until = at + timedelta(minutes=item.minutes)
        slots.append(Slot(item, at, until, words.get(item.pk)))
        at = until
    psp = (
        list(
            Case.objects.filter(group_id=meeting.group_id, closed_at=None)
            .order_by("reference")
            .values_list("reference", flat=True)
        )
        if frame and frame.psp_minutes and meeting.state != MeetingState.HELD
        else []
    )
    return Order(
        meeting,
        frame,
        slots,
        psp,
        attendance(actor, meeting),
        list(Participant.objects.filter(meeting=meeting).order_by("name", "id")),
        leads(actor, meeting.group),
    )


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


def _noted(members: Iterable[Presence], participants: Iterable[Participant]) -> list[tuple[str, str, bool]]:
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


def _there(item: ConferenceItem, words: ItemWords, noted: Sequence[tuple[str, str, bool]]) -> list[str]:
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
    return _room(item, words, _noted(attendance(actor, item.meeting), participants))


@dataclass(frozen=True)
class Step:
    """A step with the names of those who do it."""

    step: ConferenceStep
    owners: list[Authority]

    @property
    def by(self) -> str:
        """Who does it, in words."""
        return self.doers(self.step.who)

    def doers(self, who: str) -> str:
        """The authorities, and `who` at them."""
        names = " + ".join(one.short_name for one in self.owners)
        return f"{names} ({who})" if who else names

    @property
    def is_open(self) -> bool:
        """Nobody has said how it went."""
        return self.step.state == StepState.OPEN


def _steps(rows: Sequence[ConferenceStep]) -> list[Step]:
    owners = Authority.objects.in_bulk({key for row in rows for key in row.owner_ids})
    return [Step(row, [owners[key] for key in row.owner_ids if key in owners]) for row in rows]


def open_steps(actor: Actor, meeting: Meeting) -> list[Step]:
    """What was agreed at earlier conferences of the group and has not been judged (R-003-44). Two queries."""
    rows = (
        ConferenceStep.objects.filter(group_id=meeting.group_id, state=StepState.OPEN)
        .exclude(item__meeting=meeting)
        .filter(item__meeting__starts_at__lt=meeting.starts_at)
        .select_related("matter", "item")
        .order_by("due_on", "at", "id")
    )
    return _steps(list(rows))


def left_over(actor: Actor, meeting: Meeting) -> list[ConferenceItem]:
    """What earlier conferences of the group came to no conclusion on and has not been up since, for its parties."""
    since = ConferenceItem.objects.filter(
        matter=OuterRef("matter"), meeting__starts_at__gt=OuterRef("meeting__starts_at")
    ).exclude(meeting__state=MeetingState.CALLED_OFF)
    rows = (
        ConferenceItem.objects.filter(
            ~Exists(since),
            group_id=meeting.group_id,
            meeting__state=MeetingState.HELD,
            meeting__starts_at__lt=meeting.starts_at,
            words__conclusion__in=["", Conclusion.NOT_REACHED],
        )
        .select_related("matter", "meeting")
        .order_by("meeting__starts_at", "matter__number")
    )
    return list(rows[:MOST_LEFT])


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
        _steps(
            list(
                ConferenceStep.objects.filter(matter=matter)
                .select_related("matter", "item")
                .order_by("due_on", "at", "id")
            )
        ),
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
    for step in _steps(list(ConferenceStep.objects.filter(item__in=keys).order_by("due_on", "at", "id"))):
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
        _there(slot.item, words, _noted(book.members, book.participants)),
    )


def step_words(step: Step) -> str:
    """A step as one sentence: what, if what, or else what, and where it is decided (R-003-46)."""
    row = step.step
    said = [row.what]
    if row.condition:
        said.append(_("Hvis: %(condition)s") % {"condition": row.condition})
    if row.fallback:
        said.append(_("Ellers: %(fallback)s") % {"fallback": row.fallback})
    if row.decided_at:
        said.append(_("Afgøres hos %(place)s") % {"place": row.decided_at})
    return ". ".join(one.rstrip(".") for one in said) + "."


def find_slot(actor: Actor, item_id: UUID) -> ConferenceItem | None:
    """An item as the group sees it: its place in the order, whoever works with it."""
    return (
        ConferenceItem.objects.select_related("meeting__group__partnership", "matter")
        .filter(pk=item_id, meeting__group__model=GroupModel.CONFERENCE)
        .first()
    )


def coming(actor: Actor, group_id: UUID) -> list[Meeting]:
    """The group's next meetings, at which a matter can be raised."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Meeting.objects.filter(group_id=group_id, state=MeetingState.PLANNED, starts_at__gte=today)
    return list(rows.order_by("starts_at", "id")[:4])
