"""What a phone is given, and which phones the unit has."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from samsvar.outreach.models import Course, Phone
from samsvar.outreach.services.courses import colleagues
from samsvar.postgres.actor import Actor

MOST_COURSES, MOST_PHONES = 100, 100


@dataclass(frozen=True)
class Pocket:
    """All that a phone is given: the worker's own courses by the names the worker chose, and the team's initials."""

    courses: list[Course]
    team: list[tuple[UUID, str]]


def pocket(actor: Actor) -> Pocket:
    """The own open courses. Who came along is asked only where nobody goes alone, so initials go along only then."""
    own = Course.objects.filter(ended_on=None, worker_id=actor.person_id)
    courses = list(own.only("id", "pseudonym", "number", "not_alone").order_by("pseudonym", "id")[:MOST_COURSES])
    return Pocket(courses, _initials(actor) if any(course.not_alone for course in courses) else [])


def _initials(actor: Actor) -> list[tuple[UUID, str]]:
    """The others of the team; two with the same initials are told apart by a figure."""
    told: list[tuple[UUID, str]] = []
    seen: dict[str, int] = {}
    for person, name in colleagues(actor):
        short = "".join(part[0] for part in name.split()[:3]).upper()
        seen[short] = seen.get(short, 0) + 1
        if person != actor.person_id:
            told.append((person, short if seen[short] == 1 else f"{short}{seen[short]}"))
    return told


def phones(actor: Actor) -> list[Phone]:
    """The unit's phones: those in use first, then those removed lately."""
    rows = Phone.objects.select_related("by", "revoked_by")
    return list(rows.order_by("-revoked_at", "-synced_at", "id")[:MOST_PHONES])


def find_phone(actor: Actor, phone_id: UUID) -> Phone | None:
    """One phone of the own unit."""
    return Phone.objects.select_related("by").filter(pk=phone_id).first()


def phone_gone(phone_id: UUID) -> bool:
    """Whether a phone that names itself is to be emptied: removed, or nobody's. Asked before anyone acts."""
    with connection.cursor() as cursor:
        cursor.execute("select outreach_phone_gone(%s)", [phone_id])
        return bool(cursor.fetchone()[0])
