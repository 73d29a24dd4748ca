"""What the data protection officer reads: who and what the log is about, and what was drawn from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from samsvar.audit.models import LogRow
from samsvar.audit.selectors import rows_at, rows_of_person_near
from samsvar.partnerships.models import Capacity
from samsvar.postgres.actor import Actor
from samsvar.rights.models import LogReview, LogWatch

NEAR_MINUTES = 15
NEAR_MOST = 60


def people_of_log(actor: Actor) -> list[tuple[str, str]]:
    """Everybody who has or had a post in the own authority, with the posts: pairs of id and words."""
    found: dict[str, list[str]] = {}
    for key, name, function in (
        Capacity.objects.filter(authority_id__in=actor.authority_ids)
        .values_list("person_id", "person__name", "function")
        .order_by("person__name", "person_id", "function")
    ):
        found.setdefault(str(key), [name]).append(function)
    return [(key, f"{name} ({', '.join(dict.fromkeys(posts))})") for key, (name, *posts) in found.items()]


@dataclass(frozen=True)
class OfCitizen:
    """Ids of what the own authority has about a citizen, as its log names them."""

    citizens: tuple[UUID, ...] = ()
    identities: tuple[UUID, ...] = ()
    concerns: tuple[UUID, ...] = ()
    cases: tuple[UUID, ...] = ()

    @property
    def everything(self) -> tuple[UUID, ...]:
        """All of them."""
        return (*self.citizens, *self.identities, *self.concerns, *self.cases)


def of_citizen(actor: Actor, citizen_id: UUID) -> OfCitizen:
    """What the own authority has about a citizen; nothing but the citizen itself for an id it does not know."""
    with connection.cursor() as cursor:
        cursor.execute("select kind, id from rights_of_citizen(%s)", [citizen_id])
        rows = cursor.fetchall()

    def ids(kind: str) -> tuple[UUID, ...]:
        return tuple(key for found, key in rows if found == kind)

    return OfCitizen(ids("citizen"), ids("identity"), ids("concern"), ids("case"))


def cases_named(actor: Actor, reference: str) -> tuple[UUID, ...]:
    """The cases with this number that the own authority is or was party to; at most one per partnership."""
    with connection.cursor() as cursor:
        cursor.execute("select * from rights_cases(%s)", [reference])
        return tuple(row[0] for row in cursor.fetchall())


def watch(actor: Actor) -> LogWatch:
    """What the own authority wants drawn; as it begins when nobody has said otherwise."""
    found = LogWatch.objects.filter(authority_id=actor.authority_id).first()
    return found or LogWatch(authority_id=actor.authority_id)


def open_reviews(actor: Actor) -> QuerySet[LogReview]:
    """Rows that wait for a verdict, oldest first."""
    return LogReview.objects.filter(verdict="").order_by("drawn_at", "row_at", "id")


def judged_reviews(actor: Actor) -> QuerySet[LogReview]:
    """Rows that have one, newest first."""
    return LogReview.objects.exclude(verdict="").select_related("judged_by").order_by("-judged_at", "id")


def find_review(actor: Actor, review_id: UUID) -> LogReview | None:
    """One row that was drawn in the own authority, or None."""
    return LogReview.objects.select_related("judged_by").filter(pk=review_id).first()


def rows_of_reviews(actor: Actor, reviews: Sequence[LogReview]) -> dict[UUID, LogRow]:
    """The log's row of each review; those that have been disposed of since are left out."""
    rows = rows_at(actor, [(one.authority_id, one.seq, one.row_at) for one in reviews])
    by_key = {(row.authority_id, row.seq): row for row in rows}
    return {one.pk: row for one in reviews if (row := by_key.get((one.authority_id, one.seq)))}


def around(actor: Actor, row: LogRow) -> Sequence[LogRow]:
    """What the same person did right before and after."""
    return rows_of_person_near(actor, row, NEAR_MINUTES, NEAR_MOST)
