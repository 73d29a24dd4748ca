"""Cases and hours of each tovholder: for the leaders, and of the own post for whoever holds it (R-003-75)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from samsvar.calendar.agreements import LeastHours, agreements
from samsvar.coordination.models import CareCoordinator, CoordinatorPost
from samsvar.coordination.selectors.networks import colleagues
from samsvar.partnerships.models import Capacity
from samsvar.postgres.actor import Actor

FEWEST, MOST = 1, 80


@dataclass(frozen=True)
class Load:
    """One tovholder: the cases answered for, those shared with another, and the weekly hours where they are known.

    Without a post it is somebody who does not work with Samsvar, of whom the hours are not kept.
    """

    name: str
    cases: int
    shared: int = 0
    hours: int | None = None
    post: Capacity | None = None
    few: bool = False

    @property
    def per_case(self) -> float | None:
        """Hours a week for each case answered for."""
        return self.hours / self.cases if self.hours is not None and self.cases else None


@dataclass(frozen=True)
class Caseload:
    """All that the actor may see, and what it comes to."""

    rows: list[Load]
    least: LeastHours

    @property
    def cases(self) -> int:
        """All cases, also of those whose hours nobody has written."""
        return sum(one.cases for one in self.rows)

    @property
    def hours(self) -> int:
        """All hours that are written."""
        return sum(one.hours or 0 for one in self.rows)

    @property
    def per_case(self) -> float | None:
        """Hours for each case, of those whose hours are written: the others would make it look worse than it is."""
        known = [one for one in self.rows if one.hours is not None]
        cases = sum(one.cases for one in known)
        return sum(one.hours or 0 for one in known) / cases if cases else None

    @property
    def unknown(self) -> int:
        """How many tovholdere stand here without hours."""
        return sum(one.hours is None for one in self.rows)


def least_hours() -> LeastHours:
    """From how many weekly hours the work makes sense, and who says so."""
    return agreements(settings.AGREEMENTS_FILE).least_hours


def find_post(actor: Actor, post_id: UUID) -> Capacity | None:
    """A post whose hours the actor may write: the own one, or as a leader one of a colleague who works with persons."""
    if post_id != actor.capacity_id and not actor.is_any("releaser"):
        return None
    return next((one for one in colleagues(actor) if one.pk == post_id), None)


def hours_of(actor: Actor, post: Capacity) -> int | None:
    """The hours that stand there."""
    return CoordinatorPost.objects.filter(capacity=post).values_list("weekly_hours", flat=True).first()


def caseload(actor: Actor) -> Caseload:
    """Those with cases or hours, the busiest first. A leader sees the whole authority, everybody else the own post."""
    leads = actor.is_any("releaser")
    held: Iterable[tuple[UUID | None, str, bool]] = CareCoordinator.objects.filter(
        until=None, authority_id__in=actor.authority_ids, **({} if leads else {"capacity_id": actor.capacity_id})
    ).values_list("capacity_id", "name", "responsible")
    hours = dict(
        CoordinatorPost.objects.filter(authority_id__in=actor.authority_ids).values_list("capacity_id", "weekly_hours")
    )
    # Somebody without a post is known by name alone.
    numbers = Counter((post or name, responsible) for post, name, responsible in held)
    posts = {one.pk: one for one in Capacity.objects.filter(pk__in=_keys(numbers, hours)).select_related("person")}
    least = least_hours()
    rows = [
        Load(
            name=posts[key].person.name if isinstance(key, UUID) else key,
            cases=numbers[key, True],
            shared=numbers[key, False],
            hours=hours.get(key) if isinstance(key, UUID) else None,
            post=posts[key] if isinstance(key, UUID) else None,
            few=isinstance(key, UUID) and key in hours and hours[key] < least.value,
        )
        for key in {key for key, _ in numbers} | set(hours)
    ]
    return Caseload(sorted(rows, key=lambda one: (-one.cases, one.name, str(one.post and one.post.pk))), least)


def _keys(numbers: Counter[tuple[UUID | str, bool]], hours: dict[UUID, int]) -> set[UUID]:
    return {key for key, _ in numbers if isinstance(key, UUID)} | set(hours)


def without_hours(actor: Actor, load: Caseload) -> list[Capacity]:
    """The posts of those who stand on no line yet and whose hours the actor may write."""
    there = {one.post.pk for one in load.rows if one.post}
    return [
        one
        for one in colleagues(actor)
        if one.pk not in there and (one.pk == actor.capacity_id or actor.is_any("releaser"))
    ]
