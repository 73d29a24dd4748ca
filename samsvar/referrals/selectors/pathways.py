"""Whom the unit has, in which step and for how long; one way with its clocks and questions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsvar.calendar.clocks import Stage
from samsvar.citizens.words import initials
from samsvar.directory.kinds import Step, UnitKind
from samsvar.directory.models import DirectoryEntry
from samsvar.forms.fields import YesNoUnknown
from samsvar.law import packs
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import Pathway, Referral
from samsvar.referrals.models.pathways import NOBODY_NEEDED
from samsvar.referrals.pathways import (
    DISPENSING,
    GRANTED,
    HAND,
    Question,
    Timed,
    clock_of,
    clocks_of,
    questions_of,
    steps_of,
    ways,
)
from samsvar.referrals.roles import GRANTS
from samsvar.referrals.selectors.known import open_ways, pathway_rows
from samsvar.referrals.selectors.referrals import own_entries
from samsvar.referrals.services.pathways import may_grant, may_investigate

PER_PAGE = 50
# Who left without anybody to take over stands on the list so long, until somebody has looked at it.
LEFT_FOR = timedelta(days=366)
# Where a place that can help is looked for and bought.
BUYS = (UnitKind.CHILD_AUTHORITY, UnitKind.ADULT_AUTHORITY)
WORDS = {
    "opened": _("Begyndt"),
    "assessed": _("Vurderet"),
    "returned": _("Sendt tilbage: der mangler noget"),
    "granted": _("Bevilget"),
    "moved": _("Et andet trin"),
    "paused": _("Sat på pause"),
    "back": _("Vi har trukket os"),
    "resumed": _("Taget op igen"),
    "worker": _("Har borgeren nu"),
    "asked": _("Svar"),
    "clock": _("Frist begyndt"),
    "met": _("Frist klaret"),
    "dispensed": _("Udleveret"),
    "place": _("Sted"),
    "ended": _("Slut"),
    "reviewed": _("Set på"),
}


@dataclass(frozen=True)
class ClockLine:
    """One clock of a way."""

    timed: Timed
    due: date
    stage: Stage
    done: date | None = None

    @property
    def is_out(self) -> bool:
        """Whether its day is past."""
        return self.done is None and self.stage is Stage.OUT

    @property
    def warns(self) -> bool:
        """Whether its day is near."""
        return self.done is None and self.stage is Stage.WARNS


def law_of(question: Question) -> str:
    """The rule that a question rests on, as the pack of today has it, with what is not checked yet; often empty."""
    pack = packs.find(timezone.localdate()) if question.rule else None
    rule = pack.rules.get(question.rule) if pack else None
    lang = get_language()
    return f"{rule.source(lang)}. {rule.caution(lang)}".strip() if rule else ""


@dataclass(frozen=True)
class Asked:
    """One question and what was answered."""

    question: Question
    told: dict[str, Any]

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered, or nobody knew."""
        return self.told.get("answer", YesNoUnknown.UNKNOWN) == YesNoUnknown.UNKNOWN

    @property
    def words(self) -> str:
        """The answer in words."""
        answer = self.told.get("answer")
        return str(YesNoUnknown(answer).label) if answer else ""

    @property
    def on(self) -> date | None:
        """When it was answered."""
        return date.fromisoformat(self.told["on"]) if self.told else None

    @property
    def lacks(self) -> bool:
        """Whether a no has something that should be done about it."""
        return bool(self.question.lacks) and self.told.get("answer") == YesNoUnknown.NO

    @property
    def law(self) -> str:
        """The rule that the question rests on."""
        return law_of(self.question)

    @property
    def notifies(self) -> bool:
        """Whether what follows is a notification."""
        return bool(self.question.opens) and self.told.get("answer") == YesNoUnknown.YES


@dataclass(frozen=True)
class LogLine:
    """One line of what has happened."""

    words: str
    more: str
    on: date
    who: str
    text: str


@dataclass(frozen=True)
class PathwayLine:
    """One way as its unit sees it."""

    row: Pathway
    clocks: list[ClockLine]
    questions: list[Asked]

    @property
    def is_late(self) -> bool:
        """Whether a clock has run out, or it is time to look again at what rests."""
        rests = self.row.look_again is not None and self.row.look_again <= timezone.localdate()
        return self.row.is_open and (rests or any(one.is_out for one in self.clocks))

    @property
    def step(self) -> str:
        """The step that it is at, in words."""
        return Step(self.row.stage).label(get_language())

    @property
    def warns(self) -> list[ClockLine]:
        """The clocks whose day is near."""
        return [one for one in self.clocks if one.warns]

    @property
    def open_questions(self) -> int:
        """How many questions nobody has answered."""
        return sum(1 for one in self.questions if one.is_open)


@dataclass(frozen=True)
class StepLines:
    """Those of a page who are late, or at one step, and how many there are of them in all."""

    words: str
    number: int
    lines: list[PathwayLine]


@dataclass(frozen=True)
class Board:
    """One page of whom a unit has: who left without anybody to take over, who is late, then by step."""

    late: StepLines
    steps: list[StepLines]
    left: list[PathwayLine]
    page: Page

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody."""
        return not self.citizen_ids

    @property
    def citizen_ids(self) -> list[str]:
        """For the log: whose names stand on the page."""
        lines = [*self.left, *(one for each in (self.late, *self.steps) for one in each.lines)]
        return sorted({str(one.row.citizen_id) for one in lines})


def line_of(row: Pathway) -> PathwayLine:
    """A way with its clocks and what is asked."""
    return PathwayLine(row, list(_clocks(row)), list(_questions(row)))


def _clocks(row: Pathway) -> Iterable[ClockLine]:
    now, today = timezone.now(), timezone.localdate()
    for key, kept in row.clocks.items():
        timed = clock_of(key)
        clock = timed.clock(date.fromisoformat(kept["since"]), today) if timed else None
        if timed and clock:
            done = date.fromisoformat(kept["done"]) if kept["done"] else None
            yield ClockLine(timed, clock.due, clock.stage(now), done)


def _questions(row: Pathway) -> Iterable[Asked]:
    for one in questions_of(row.entry.kind):
        if not one.after or row.answer(one.after) == YesNoUnknown.YES:
            yield Asked(one, row.facts.get(one.key, {}))


def board(actor: Actor, side: str | None = None) -> Board:
    """A page of the own unit's list; two queries, however long it is."""
    since = timezone.localdate() - LEFT_FOR
    left = Q(ended_on__gte=since, receiver="", reviewed_on=None) & ~Q(end_reason__in=NOBODY_NEEDED)
    # Which day is past is known from the clocks alone, so that all are put in order before the page is fetched.
    every = list(
        Pathway.objects.filter(Q(ended_on=None) | left)
        .select_related("entry")
        .only(*_FOR_ORDER)
        .order_by("since", "id")
    )
    late = {row.pk for row in every if PathwayLine(row, list(_clocks(row)), []).is_late}
    order = sorted(every, key=lambda row: _order(row, row.pk in late))
    page = Paginator([row.pk for row in order], PER_PAGE).get_page(side)
    rows = {row.pk: row for row in pathway_rows(actor).filter(pk__in=list(page))}
    lines = [line_of(rows[key]) for key in page if key in rows]
    in_time = [one for one in lines if one.row.is_open and one.row.pk not in late]
    at_step = Counter(row.stage for row in every if row.is_open and row.pk not in late)
    by_step = [
        StepLines(
            step.label(get_language()).capitalize(), at_step[step], [one for one in in_time if one.row.stage == step]
        )
        for step in Step
    ]
    return Board(
        StepLines(str(_("For sent")), len(late), [one for one in lines if one.row.pk in late]),
        [one for one in by_step if one.lines],
        [one for one in lines if not one.row.is_open],
        page,
    )


# What the place on the list follows from.
_FOR_ORDER = ("stage", "since", "name", "ended_on", "look_again", "clocks", "entry__kind")


def _order(row: Pathway, late: bool) -> tuple[bool, bool, int, date, str]:
    """Who is late comes first, at whichever step."""
    return row.is_open, not late, list(Step).index(Step(row.stage)), row.since, row.name


def find_pathway(actor: Actor, key: UUID) -> Pathway | None:
    """One of the own unit's, or None."""
    return pathway_rows(actor).filter(pk=key).first()


def initials_of(actor: Actor, keys: Iterable[UUID]) -> dict[UUID, str]:
    """The initials of those whose ways these are, of those that the actor may see."""
    return {one.pk: initials(one.name) for one in Pathway.objects.filter(pk__in=list(keys)).only("name")}


def pages_of(actor: Actor) -> list[DirectoryEntry]:
    """The own unit's pages in the directory, in all its partnerships."""
    return [one for place in actor.partnership_ids for one in own_entries(actor, place)]


@dataclass(frozen=True)
class PathwayPage:
    """One way, what can be done with it, and what the citizen has besides."""

    line: PathwayLine
    actor: Actor
    others: list[Pathway] = field(default_factory=list)
    came_by: Referral | None = None

    @property
    def steps(self) -> list[tuple[str, bool]]:
        """The steps of the unit's way, and which of them it is in."""
        row = self.line.row
        return [(one.label(get_language()).capitalize(), one == row.stage) for one in steps_of(row.entry)]

    @property
    def can_assess(self) -> bool:
        """Whether the actor can write the assessment."""
        row = self.line.row
        before = row.granted_on is None if row.gated else row.stage in (Step.INTAKE, Step.ASSESS)
        return row.is_open and before and may_investigate(self.actor)

    @property
    def waits_for_grant(self) -> bool:
        """Whether somebody must grant it."""
        return self.line.row.is_open and self.line.row.gated and self.line.row.granted_on is None

    @property
    def can_grant(self) -> bool:
        """Whether the actor can grant it."""
        return self.waits_for_grant and may_grant(self.actor, self.line.row)

    @property
    def can_send_back(self) -> bool:
        """Whether the actor can say what is missing."""
        return self.can_grant and self.line.row.stage == Step.GRANT

    @property
    def wrote_it(self) -> bool:
        """Whether a leader cannot grant for having assessed it."""
        return self.waits_for_grant and self.actor.is_any(*GRANTS) and not self.can_grant

    @property
    def is_mine(self) -> bool:
        """Whether the actor works with the citizen."""
        return self.line.row.worker_id == self.actor.person_id

    @property
    def begins_by_hand(self) -> list[Timed]:
        """The clocks that somebody can begin now."""
        row = self.line.row
        runs = {key for key, one in row.clocks.items() if not one["done"]}
        return [one for one in clocks_of(row.entry.kind, HAND) if one.key not in runs]

    @property
    def dispenses(self) -> bool:
        """Whether something is dispensed here."""
        return any(one.question.needed_for == DISPENSING for one in self.line.questions)

    @property
    def questions(self) -> list[Asked]:
        """What is asked; of a way that is over what was answered, since nobody is asked any more."""
        return [one for one in self.line.questions if one.told or self.line.row.is_open]

    @property
    def has_agreement(self) -> bool:
        """Whether there is an agreement with whoever prescribes."""
        needed = [one for one in self.line.questions if one.question.needed_for == DISPENSING]
        return all(self.line.row.answer(one.question.key) == YesNoUnknown.YES for one in needed)

    @property
    def buys(self) -> bool:
        """Whether a place that can help is looked for."""
        return self.line.row.entry.kind in BUYS and self.line.row.stage in (Step.GRANT, *GRANTED)

    @property
    def log(self) -> list[LogLine]:
        """What has happened, the newest first."""
        return [_log_line(one) for one in reversed(self.line.row.log)]


def _log_line(one: dict[str, Any]) -> LogLine:
    key = str(one.get("key", ""))
    more = ""
    if one["kind"] in ("clock", "met"):
        timed = clock_of(key)
        more = timed.label if timed else key
    elif one["kind"] == "asked":
        found = next((each for each in ways().questions if each.key == key), None)
        more = f"{found.label if found else key} {YesNoUnknown(one['answer']).label}"
    elif one["kind"] == "place":
        more = str(PLACES.get(key, ""))
    elif "stage" in one:
        more = "→ " + Step(one["stage"]).label(get_language())
    on = timezone.localdate(datetime.fromisoformat(one["at"]))
    return LogLine(str(WORDS.get(one["kind"], one["kind"])), more, on, str(one["who"]), str(one["words"]))


PLACES = {"can": _("kan"), "wants": _("vil"), "told": _("borgeren ved det")}


def page(actor: Actor, row: Pathway) -> PathwayPage:
    """What a page shows; a constant number of queries."""
    others = open_ways(actor, row.citizen_id).exclude(pk=row.pk).order_by("since", "id")
    came_by = Referral.objects.filter(pk=row.came_by).first() if row.came_by else None
    return PathwayPage(line_of(row), actor, list(others[:20]), came_by)
