"""What has been told in a case, and what lies on the own side of the wall."""

from uuid import UUID

from django.db.models import QuerySet

from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Contribution, Disclosure, OwnNote


def contributions_of(actor: Actor, case_id: UUID) -> QuerySet[Contribution]:
    """The own contributions and those passed on to the actor's authority, oldest first, with authority and writer."""
    return (
        Contribution.objects.filter(case_id=case_id)
        .select_related("authority", "by")
        .defer("search")
        .order_by("at", "id")
    )


def own_notes_of(actor: Actor, case_id: UUID) -> QuerySet[OwnNote]:
    """The own authority's notes on a case that the actor may read, newest first."""
    return OwnNote.objects.filter(case_id=case_id).select_related("by").order_by("-at", "id")


def disclosures_of(actor: Actor, case_id: UUID) -> QuerySet[Disclosure]:
    """What has passed in a case from or to the actor's authority, newest first, with the receipts the actor may see."""
    return (
        Disclosure.objects.filter(case_id=case_id)
        .select_related("authority", "by")
        .prefetch_related("receipts__authority")
        .order_by("-at", "id")
    )
