"""Inquiries that wait and that are done, how many were misunderstandings, and what the rounds of looking came to."""

from dataclasses import dataclass
from uuid import UUID

from samsvar.outreach.models import Assessment, Attempt, Inquiry, Outcome, Search
from samsvar.outreach.selectors.reported import MOST_LINES
from samsvar.outreach.words import team_settings
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class Share:
    """How many of the inquiries that were followed up were misunderstandings, beside the report's third (R-004-23)."""

    mistaken: int
    other: int
    target: int

    @property
    def number(self) -> int:
        """How many were followed up."""
        return self.mistaken + self.other + self.target

    @property
    def percent(self) -> int:
        """The share of misunderstandings."""
        return round(100 * self.mistaken / self.number) if self.number else 0

    @property
    def benchmark(self) -> int:
        """What Odense found."""
        return round(100 * team_settings().benchmark)


@dataclass(frozen=True)
class Found:
    """One round of looking and what became of it (I-09)."""

    search: Search
    inquiries: int
    contacts: int
    in_group: int


def waiting(actor: Actor) -> list[Inquiry]:
    """Inquiries without a follow-up, the oldest first (R-004-22)."""
    return list(Inquiry.objects.filter(followed_on=None).order_by("received_on", "at", "id")[:MOST_LINES])


def followed(actor: Actor) -> list[Inquiry]:
    """Inquiries that have been followed up, the latest first."""
    rows = Inquiry.objects.exclude(followed_on=None).select_related("course").order_by("-followed_on", "-at", "id")
    return list(rows[:MOST_LINES])


def share(actor: Actor) -> Share:
    """What the inquiries turned out to be."""
    counts = dict.fromkeys(Outcome.values, 0)
    for outcome in Inquiry.objects.exclude(followed_on=None).values_list("outcome", flat=True):
        counts[outcome] += 1
    return Share(counts[Outcome.MISTAKEN], counts[Outcome.OTHER], counts[Outcome.TARGET])


def find_inquiry(actor: Actor, inquiry_id: UUID) -> Inquiry | None:
    """One inquiry of the own unit."""
    return Inquiry.objects.select_related("course", "by", "search", "followed_by").filter(pk=inquiry_id).first()


def find_search(actor: Actor, search_id: UUID) -> Search | None:
    """One round of looking of the own unit."""
    return Search.objects.filter(pk=search_id).first()


def searches(actor: Actor) -> list[Found]:
    """The rounds of looking, the latest first, with the inquiries, contacts and members of the group they led to."""
    rows = list(Search.objects.order_by("-on", "-at", "id")[:MOST_LINES])
    led = list(Inquiry.objects.exclude(search=None).values_list("search", "course"))
    courses = {course for _search, course in led if course}
    reached = set(Attempt.objects.filter(course__in=courses, rung__gt=1).values_list("course", flat=True))
    judged = dict(
        Assessment.objects.filter(course__in=courses)
        .order_by("course", "-at")
        .distinct("course")
        .values_list("course", "belongs")
    )
    return [
        Found(
            one,
            sum(search == one.pk for search, _course in led),
            sum(search == one.pk and course in reached for search, course in led),
            sum(search == one.pk and bool(judged.get(course)) for search, course in led),
        )
        for one in rows
    ]
