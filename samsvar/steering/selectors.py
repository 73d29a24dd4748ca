"""What those with a seat in a partnership see of how it is steered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samsvar.cases.selectors.gaps import seats
from samsvar.partnerships.models import Group, Level, Partnership
from samsvar.postgres.actor import Actor
from samsvar.steering.models import DecisionReceipt, EvaluationAnswer, SteeringDecision, Terms
from samsvar.steering.questions import QUESTIONS, Question

__all__ = ["seats"]

# In the order of the report. None of them is good or bad by being many or few (R-000-140).
FIGURES: dict[str, str | Promise] = {
    "meetings": _("Møder holdt"),
    "called_off": _("Møder aflyst"),
    "present": _("Til stede"),
    "phone": _("På telefon"),
    "excused": _("Afbud"),
    "absent": _("Udeblevet"),
    "raised": _("Sager rejst"),
    "closed": _("Sager afsluttet"),
    "returned": _("Gengangere"),
    "network": _("NP-sager"),
    "acute": _("Akutte kontakter"),
    "told": _("Borgere fortalt"),
    "not_told": _("Borgere ikke fortalt endnu"),
    "gaps": _("Systemhuller noteret"),
}


@dataclass(frozen=True)
class Half:
    """Half a calendar year, the only period that is counted over."""

    year: int
    half: int

    @property
    def key(self) -> str:
        """How an address says it."""
        return f"{self.year}-{self.half}"

    @property
    def is_over(self) -> bool:
        """Whether citizens are counted in it."""
        return self < current_half()

    def __lt__(self, other: "Half") -> bool:
        return (self.year, self.half) < (other.year, other.half)

    def before(self) -> "Half":
        """The half-year before."""
        return Half(self.year, 1) if self.half == 2 else Half(self.year - 1, 2)


def current_half() -> Half:
    """The half-year of today."""
    today = timezone.localdate()
    return Half(today.year, 1 if today.month <= 6 else 2)


def halves(most: int = 6) -> list[Half]:
    """This half-year and those before it."""
    found = [current_half()]
    while len(found) < most:
        found.append(found[-1].before())
    return found


@dataclass(frozen=True)
class Row:
    """One figure over the groups, in their order: a number, None for one too small to be shown, "" for not yet."""

    key: str
    label: str | Promise
    groups: list[Group]
    numbers: list[int | str | None]

    @property
    def cells(self) -> list[tuple[Group, int | str | None]]:
        """Each number with its group."""
        return list(zip(self.groups, self.numbers, strict=True))


@dataclass(frozen=True)
class Status:
    """How it stands at each table in one half-year."""

    groups: list[Group]
    rows: list[Row]
    hides: bool


def status(actor: Actor, place: Partnership, half: Half) -> Status:
    """Counts per operative group, the small ones hidden by the database itself (R-000-141, R-000-154)."""
    with connection.cursor() as cursor:
        cursor.execute("select * from steering_status(%s, %s, %s)", [place.pk, half.year, half.half])
        found = {(group_id, figure): number for group_id, figure, number in cursor.fetchall()}
    tables = [group for group in groups(actor, place) if group.level == Level.OPERATIVE]
    rows = [Row(key, label, tables, [found.get((one.pk, key), "") for one in tables]) for key, label in FIGURES.items()]
    return Status(tables, rows, any(None in row.numbers for row in rows))


def partnerships(actor: Actor) -> list[Partnership]:
    """Those in which the actor has a seat, on whatever level."""
    return list(Partnership.objects.filter(groups__in=seats(actor)).distinct().order_by("name", "id"))


def find_partnership(actor: Actor, partnership_id: UUID) -> Partnership | None:
    """One of them, or None."""
    return next((one for one in partnerships(actor) if one.pk == partnership_id), None)


def groups(actor: Actor, place: Partnership) -> list[Group]:
    """The tables of a partnership, those that steer first."""
    found = Group.objects.filter(partnership=place).order_by("name", "id")
    rank = {Level.STRATEGIC: 0, Level.STEERING: 1, Level.OPERATIVE: 2}
    return sorted((one for one in found if one.until is None), key=lambda one: rank[Level(one.level)])


def find_group(actor: Actor, group_id: UUID) -> Group | None:
    """A group of a partnership in which the actor has a seat, or None."""
    found = Group.objects.select_related("partnership").filter(pk=group_id).first()
    return found if found and find_partnership(actor, found.partnership_id) else None


def terms_of(actor: Actor, group: Group) -> list[Terms]:
    """Every version, the newest first."""
    return list(Terms.objects.filter(group=group).select_related("authority").order_by("-version"))


def in_force(versions: Sequence[Terms]) -> Terms | None:
    """The newest version whose day has come."""
    today = timezone.localdate()
    return next((one for one in versions if one.in_force_from <= today), None)


def own_answers(actor: Actor, group: Group, year: int) -> list[EvaluationAnswer]:
    """What the actor's authority has answered."""
    mine = EvaluationAnswer.objects.filter(group=group, year=year, authority_id=actor.authority_id)
    return list(mine.order_by("question"))


def stamp(answers: Sequence[EvaluationAnswer]) -> str:
    """What a form carries to tell whether a colleague has written meanwhile."""
    return max((one.at.isoformat() for one in answers), default="")


@dataclass(frozen=True)
class Asked:
    """One question with what the others have answered."""

    question: Question
    others: list[EvaluationAnswer] = field(default_factory=list)


def evaluation(actor: Actor, group: Group, year: int, *, writes: bool) -> list[Asked]:
    """The year's questions, each with the answers; who `writes` has those of the own authority in the form."""
    others = EvaluationAnswer.objects.filter(group=group, year=year)
    if writes:
        others = others.exclude(authority_id=actor.authority_id)
    by_key: dict[str, list[EvaluationAnswer]] = defaultdict(list)
    for one in others.exclude(text="").select_related("authority").order_by("authority__name"):
        by_key[one.question].append(one)
    return [Asked(question, by_key[question.key]) for question in QUESTIONS]


def decisions(actor: Actor, place: Partnership, most: int = 50) -> list[SteeringDecision]:
    """The newest decisions, each with the groups it went to."""
    return list(_decisions().filter(partnership=place).order_by("-decided_on", "id")[:most])


def find_decision(actor: Actor, decision_id: UUID) -> SteeringDecision | None:
    """One decision, or None."""
    return _decisions().filter(pk=decision_id).first()


def _decisions() -> QuerySet[SteeringDecision]:
    receipts = DecisionReceipt.objects.select_related("group").order_by("group__name")
    return SteeringDecision.objects.select_related("group", "authority").prefetch_related(
        Prefetch("receipts", queryset=receipts)
    )


def below(actor: Actor, group: Group) -> list[Group]:
    """Whom a group's decisions can go to: the other tables of its partnership."""
    return [one for one in groups(actor, group.partnership) if one.pk != group.pk]
