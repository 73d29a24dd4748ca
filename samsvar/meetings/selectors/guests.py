"""Who comes to which item without an account, and the citizen's own words that are read there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, F, Func

from samsvar.cases.models import Case, Involvement
from samsvar.meetings.models import Guest, GuestKind, Meeting
from samsvar.postgres.actor import Actor

# The parties do not read each other's consents: the database answers whether the citizen's yes to a guest stands.
_WELCOME = Func(F("pk"), function="meetings_yes_stands", output_field=BooleanField())


def guests_of(actor: Actor, meeting: Meeting) -> Mapping[UUID, Sequence[Guest]]:
    """The guests of a meeting by case, in the order of their hours, as far as the actor sees the case. One query.

    Each is `welcome` while the citizen's yes to it stands.
    """
    found: dict[UUID, list[Guest]] = defaultdict(list)
    rows = Guest.objects.filter(meeting=meeting, called_off_at=None).select_related("case", "authority")
    for guest in rows.annotate(welcome=_WELCOME).order_by("comes_at", "at", "id"):
        found[guest.case_id].append(guest)
    return found


def came_by_case(actor: Actor, meeting: Meeting) -> Mapping[UUID, tuple[str, ...]]:
    """What kinds of guests were there for each item, in words and without names. One query."""
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    rows = Guest.objects.filter(meeting=meeting).exclude(arrived_at=None)
    for case_id, who in rows.order_by("arrived_at", "id").values_list("case_id", "who"):
        found[case_id][str(GuestKind(who).label)] = None
    return {case_id: tuple(kinds) for case_id, kinds in found.items()}


def find_guest(actor: Actor, meeting: Meeting, case: Case, guest_id: UUID) -> Guest | None:
    """One guest of this item, or None."""
    return (
        Guest.objects.select_related("case", "meeting__group").filter(pk=guest_id, meeting=meeting, case=case).first()
    )


def is_welcome(actor: Actor, guest: Guest) -> bool:
    """Whether the citizen's yes to this guest stands now; the citizen needs none (L10)."""
    found = Guest.objects.filter(pk=guest.pk).annotate(welcome=_WELCOME)
    return bool(found.values_list("welcome", flat=True).first())


def words_since(actor: Actor, case: Case, since: datetime | None) -> list[Involvement]:
    """What the citizen has said since the group last met, oldest first: it is read at the item. One query."""
    said = Involvement.objects.filter(case=case).exclude(citizens_view="").select_related("authority")
    if since is not None:
        said = said.filter(at__gte=since)
    return list(said.order_by("at", "id"))
