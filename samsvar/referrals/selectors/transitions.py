"""The unit's transition list, one transition with its days, and the hand-overs that wait for an answer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.calendar.deadlines import add_months
from samsvar.citizens.words import initials
from samsvar.forms.fields import YesNoUnknown
from samsvar.partnerships.models import Authority, Participation, Unit
from samsvar.partnerships.services.rights import current
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import HandOver, HandOverState, Transition, TransitionEnd
from samsvar.referrals.pack import Said
from samsvar.referrals.services.sides import handed_to_us
from samsvar.referrals.transitions import Days, Facts, Rule, days_of, in_use, rule_of
from samsvar.sharing.models import Consent, Scope

MOST = 500
PER_PAGE = 50
# What ended without anybody to take over stands on the list so long.
WITHOUT_RECEIVER = timedelta(days=366)
# From one meeting on young people to the next (R-002-108).
FORUM_MONTHS = 3
# What rests on a yes: what is asked, and what was taken over.
_RESTS = (HandOverState.OPEN, HandOverState.ACCEPTED)


class Where(StrEnum):
    """Where a transition stands today."""

    LATER = "later"
    NOW = "now"
    LATE = "late"
    SETTLED = "settled"
    ENDED = "ended"


_WORDS = {
    Where.LATER: _("Ikke endnu"),
    Where.NOW: _("I gang"),
    Where.LATE: _("For sent"),
    Where.SETTLED: _("Taget imod"),
    Where.ENDED: _("Slut"),
}


@dataclass(frozen=True)
class Check:
    """One line of the checklist."""

    line: Said
    on: date | None
    by: str


@dataclass(frozen=True)
class Notice:
    """When a receiver is to know at the latest, and for whom that holds."""

    words: str
    latest: date
    is_short: bool


@dataclass(frozen=True)
class TransitionLine:
    """One transition as the unit sees it."""

    row: Transition
    rule: Rule | None
    days: Days | None
    where: Where
    given: list[HandOver] = field(default_factory=list)
    # On a list: to whom the citizen says yes no more, of those who were asked or have taken over.
    without_yes: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind in words; its key when the rules have it no more."""
        return str(self.rule or self.row.kind)

    @property
    def words(self) -> str:
        """Where it stands, in words."""
        return str(_WORDS[self.where])

    @property
    def is_late(self) -> bool:
        """Whether it should have been settled by now."""
        return self.where is Where.LATE

    @property
    def age(self) -> str:
        """How old the citizen is today, in whole and half years, where the day of birth is known."""
        if self.row.born_on is None:
            return ""
        today, born = timezone.localdate(), self.row.born_on
        months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
        return f"{months // 12}{'½' if months % 12 >= 6 else ''}"

    @property
    def no_case(self) -> bool:
        """Whether one must warn early: the municipality has no case, as far as anybody knows (R-002-126)."""
        return bool(self.rule and self.rule.without_case) and self.row.case_known != YesNoUnknown.YES

    @property
    def checks(self) -> list[Check]:
        """The checklist as it stands."""
        lines = []
        for line in self.rule.checks if self.rule else ():
            said = self.row.checked.get(line.key)
            lines.append(Check(line, date.fromisoformat(said["on"]) if said else None, said["by"] if said else ""))
        return lines

    @property
    def missing(self) -> int:
        """How many lines of the checklist are open."""
        return sum(1 for one in self.checks if one.on is None)

    @property
    def notices(self) -> list[Notice]:
        """When the home nurses are to know at the latest, of somebody new to them and of somebody they know."""
        if self.rule is None or self.days is None or not self.days.notices:
            return []
        told = [one for one in self.given if one.receiver == self.rule.notice_to and one.state != "withdrawn"]
        day = min((timezone.localdate(one.at) for one in told), default=timezone.localdate())
        limits = in_use()
        return [
            Notice(limits.versions[key][0].length.label(get_language()), latest, day > latest)
            for key, latest in self.days.notices.items()
        ]

    @property
    def waited(self) -> int | None:
        """For how many days somebody has waited, where that is what the list is about."""
        if self.rule is None or not self.rule.again or self.row.day is None:
            return None
        return (timezone.localdate() - self.row.day).days


@dataclass(frozen=True)
class Board:
    """A page of a unit's transitions, in the order in which somebody must do something; what it was given on each."""

    received: list[HandOver]
    taken: list[HandOver]
    late: list[TransitionLine]
    now: list[TransitionLine]
    settled: list[TransitionLine]
    later: list[TransitionLine]
    without_receiver: list[TransitionLine]
    page: Page

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not self.citizen_ids

    @property
    def citizen_ids(self) -> list[str]:
        """For the log: whose names stand on it."""
        lines = [*self.late, *self.now, *self.settled, *self.later, *self.without_receiver]
        return sorted(
            {str(one.citizen_id) for one in (*self.received, *self.taken)} | {str(one.row.citizen_id) for one in lines}
        )


@dataclass(frozen=True)
class Forum:
    """Whom the quarterly meeting on young people is about, from the age rules (R-002-108)."""

    late: list[TransitionLine]
    now: list[TransitionLine]
    soon: list[TransitionLine]
    until: date
    more: int = 0
    # Each transition with the two authorities of a yes that stands today.
    yeses: frozenset[tuple[UUID | None, frozenset[UUID]]] = frozenset()

    @property
    def groups(self) -> list[tuple[str, list[TransitionLine]]]:
        """The lines under their headings, the most urgent first."""
        return [
            (str(_WORDS[Where.LATE]), self.late),
            (str(_WORDS[Where.NOW]), self.now),
            (str(_("Begynder inden næste møde")), self.soon),
        ]

    @property
    def lines(self) -> list[TransitionLine]:
        """All of them."""
        return [*self.late, *self.now, *self.soon]

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody to talk about."""
        return not self.lines

    def may_hear(self, line: TransitionLine) -> list[str]:
        """To whom the citizen has said yes, and says it still: who has been asked to take over, or has.

        A hand-over stays as it is when its yes lapses or is taken back, so that its state alone says nothing of that.
        """
        return [one.to for one in line.given if one.state in _RESTS and _between(one) in self.yeses]


def facts_of(row: Transition, rule: Rule, *, moved: bool = True) -> Facts:
    """What a transition's days follow from; without `moved` as if nobody had moved them."""
    return Facts(rule, row.born_on, row.day, row.moved_to if moved else None, row.last_contact)


def is_settled(rule: Rule, given: Iterable[HandOver], late_from: date | None = None) -> bool:
    """Whether somebody has taken over and nobody who was asked has yet to answer.

    Where a first time is what it is about, one must be set, in time (AS-9).
    """
    if rule.again:
        return False
    states = list(given)
    accepted = [one for one in states if one.state == HandOverState.ACCEPTED]
    if rule.appointment:
        accepted = [one for one in accepted if one.first_on and (late_from is None or one.first_on < late_from)]
    return bool(accepted) and not any(one.state == HandOverState.OPEN for one in states)


def where_of(row: Transition, rule: Rule | None, days: Days | None, given: Sequence[HandOver], today: date) -> Where:
    """Where a transition stands on a day."""
    if row.ended_on is not None:
        return Where.ENDED
    if rule is None or days is None:
        return Where.NOW
    if is_settled(rule, given, days.late_from):
        return Where.SETTLED
    # A case in the municipality means that the work has begun there.
    if rule.without_case and row.case_known == YesNoUnknown.YES:
        return Where.SETTLED
    if days.late_from is not None and today >= days.late_from:
        return Where.LATE
    return Where.NOW if today >= days.starts else Where.LATER


def _line(row: Transition, given: Sequence[HandOver]) -> TransitionLine:
    today = timezone.localdate()
    rule = rule_of(row.kind)
    days = days_of(facts_of(row, rule), today) if rule else None
    return TransitionLine(row, rule, days, where_of(row, rule, days, given, today), list(given))


def board(actor: Actor, side: str | None = None) -> Board:
    """A page of the own unit's list; five queries, however long it is."""
    since = timezone.localdate() - WITHOUT_RECEIVER
    shown = Q(ended_on=None) | Q(end_reason=TransitionEnd.NO_RECEIVER, ended_on__gte=since)
    found = _by_where(Transition.objects.filter(shown).order_by("at", "id"))
    order = (Where.LATE, Where.NOW, Where.SETTLED, Where.LATER, Where.ENDED)
    page = Paginator([line for where in order for line in found[where]], PER_PAGE).get_page(side)
    here = {where: [line for line in page if line.where is where] for where in order}
    return Board(
        list(received_open(actor)[:MOST]),
        list(_taken(actor)[:MOST]),
        here[Where.LATE],
        here[Where.NOW],
        here[Where.SETTLED],
        here[Where.LATER],
        here[Where.ENDED],
        page,
    )


def forum(actor: Actor) -> Forum:
    """Whom the unit brings to a quarterly meeting: begun by age or about to before the next, and not settled."""
    until = add_months(timezone.localdate(), FORUM_MONTHS)
    found = _by_where(Transition.objects.filter(ended_on=None, born_on__isnull=False).order_by("born_on", "id"))
    late, now = found[Where.LATE], found[Where.NOW]
    soon = [line for line in found[Where.LATER] if line.days and line.days.starts <= until]
    rest = MOST - len(late)
    more = len(late) + len(now) + len(soon) - MOST
    lists = (late[:MOST], now[: max(0, rest)], soon[: max(0, rest - len(now))])
    yeses = _yeses([line.row.pk for lines in lists for line in lines if line.given])
    return Forum(*lists, until, max(0, more), yeses)


def _yeses(keys: Sequence[UUID]) -> frozenset[tuple[UUID | None, frozenset[UUID]]]:
    """The yeses of these transitions that stand today, by whom they are between; one query."""
    return frozenset((one.referral_id, frozenset(one.receiver_ids)) for one in _standing(keys))


def _standing(keys: Iterable[UUID]) -> list[Consent]:
    found = Consent.objects.filter(referral_id__in=list(keys), scope=Scope.SHARE, withdrawn_on=None)
    return [one for one in found if one.stands()]


def _between(one: HandOver) -> tuple[UUID | None, frozenset[UUID]]:
    return one.transition_id, frozenset({one.authority_id, one.to_authority_id})


def standing_yeses(row: HandOver) -> list[Consent]:
    """The yeses on which a hand-over rests and that stand today, of those that the actor may see."""
    whose, places = _between(row)
    return [
        one
        for one in _standing([row.transition_id])
        if (one.referral_id, frozenset(one.receiver_ids)) == (whose, places)
    ]


@dataclass(frozen=True)
class Given:
    """One hand-over as its sender sees it: whether its first time came too late, and whether its yes stands."""

    row: HandOver
    is_late: bool
    has_yes: bool

    @property
    def can_take_back(self) -> bool:
        """Whether it rests on a yes that the citizen may take back here."""
        return self.has_yes and self.row.state in _RESTS

    @property
    def lacks_yes(self) -> bool:
        """Whether it stands though its yes stands no more."""
        return not self.has_yes and self.row.state in _RESTS


def given_of(line: TransitionLine) -> list[Given]:
    """What was handed over of one transition, in its order; one query."""
    yeses = _yeses([line.row.pk]) if line.given else frozenset()
    return [Given(one, too_late(one), _between(one) in yeses) for one in line.given]


def _by_where(rows: Iterable[Transition]) -> dict[Where, list[TransitionLine]]:
    """The lines by where they stand, each in the order of its days; three queries, however many."""
    rows = list(rows)
    given = defaultdict(list)
    for one in _hand_overs().filter(transition__in=[row.pk for row in rows]).order_by("at", "id"):
        given[one.transition_id].append(one)
    found: dict[Where, list[TransitionLine]] = defaultdict(list)
    yeses = _yeses(list(given)) if given else frozenset()
    for row in rows:
        gone = [one.to for one in given[row.pk] if one.state in _RESTS and _between(one) not in yeses]
        line = replace(_line(row, given[row.pk]), without_yes=gone)
        found[line.where].append(line)
    for lines in found.values():
        lines.sort(key=_order)
    return found


def _order(line: TransitionLine) -> tuple[date, str]:
    days = line.days
    day = (days.starts if line.where is Where.LATER else days.late_from or days.turns) if days else None
    return day or date.max, line.row.name


def find_transition(actor: Actor, key: UUID) -> TransitionLine | None:
    """One transition of the own unit's, with what has been handed over."""
    row = Transition.objects.filter(pk=key).select_related("unit", "authority").first()
    return _line(row, list(_hand_overs().filter(transition=row).order_by("at", "id"))) if row else None


def initials_of(actor: Actor, keys: Iterable[UUID]) -> dict[UUID, str]:
    """The initials of those who stand on the list, of those that the actor may see."""
    return {one.pk: initials(one.name) for one in Transition.objects.filter(pk__in=list(keys)).only("name")}


def _hand_overs() -> QuerySet[HandOver]:
    return HandOver.objects.select_related("authority", "unit", "to_authority", "to_unit")


def received_open(actor: Actor) -> QuerySet[HandOver]:
    """What has been handed to the actor's unit and waits for an answer; none that it sent itself."""
    return _hand_overs().filter(handed_to_us(actor), state=HandOverState.OPEN).order_by("at", "id")


def _taken(actor: Actor) -> QuerySet[HandOver]:
    """What the actor's unit has taken over within a year, the newest first."""
    since = timezone.now() - WITHOUT_RECEIVER
    found = _hand_overs().filter(handed_to_us(actor), state=HandOverState.ACCEPTED, answered_at__gte=since)
    return found.order_by("-answered_at", "id")


def yes_of(actor: Actor, row: HandOver) -> Consent | None:
    """The newest yes on which a hand-over rests, whether it stands or not, of those that the actor may see."""
    whose, places = _between(row)
    given = Consent.objects.filter(referral_id=whose, scope=Scope.SHARE).order_by("-at", "-id")
    return next((one for one in given if frozenset(one.receiver_ids) == places), None)


def find_received(actor: Actor, key: UUID) -> HandOver | None:
    """A hand-over to the actor's unit, answered or not."""
    return _hand_overs().filter(handed_to_us(actor), pk=key).first()


def too_late(row: HandOver) -> bool:
    """Whether a first time that should be within a limit is not (AS-9); both the sender and the receiver see it."""
    rule = rule_of(row.kind)
    if rule is None or not rule.appointment or row.turns_on is None or row.state == HandOverState.WITHDRAWN:
        return False
    late_from = days_of(Facts(rule, None, row.turns_on), timezone.localdate()).late_from
    if late_from is None:
        return False
    return row.first_on >= late_from if row.first_on else timezone.localdate() >= late_from


def places_for(actor: Actor, partnership_id: UUID, rule: Rule) -> list[tuple[Authority, Unit | None]]:
    """Whom a transition can be handed to: who takes part, of the kinds that the rule names, by unit and as a whole."""
    kinds = {kind for receiver in rule.receivers for kind in receiver.of}
    taking_part = Participation.objects.filter(current(), partnership=partnership_id).values("authority")
    authorities = list(Authority.objects.filter(pk__in=taking_part, kind__in=kinds).order_by("name", "id"))
    units = defaultdict(list)
    for unit in Unit.objects.filter(authority__in=authorities).order_by("name", "id"):
        units[unit.authority_id].append(unit)
    places: list[tuple[Authority, Unit | None]] = []
    for authority in authorities:
        if not actor.owns(authority.pk):
            places.append((authority, None))
        places += [(authority, unit) for unit in units[authority.pk] if unit.pk != actor.unit_id]
    return places


def kind_words(row: HandOver) -> str:
    """What a hand-over is about, in words."""
    return str(rule_of(row.kind) or row.kind)
