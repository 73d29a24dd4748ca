"""What has been told in a case, and what lies on the own side of the wall."""

from uuid import UUID

from django.db.models import QuerySet

from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Contribution, Disclosure, InformationRequest, OwnNote, Release


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


def releases_of(actor: Actor, case_id: UUID) -> dict[UUID, Release]:
    """The newest request to release each own contribution of a case, by the contribution's id."""
    rows = Release.objects.filter(case_id=case_id).select_related("by", "answered_by").order_by("at", "id")
    return {row.contribution_id: row for row in rows}


def find_release(actor: Actor, release_id: UUID) -> Release | None:
    """One request to release, as far as the actor may see it, with the contribution."""
    return (
        Release.objects.select_related("contribution", "by", "authority")
        .defer("contribution__search")
        .filter(pk=release_id)
        .first()
    )


def requests_of(actor: Actor, case_id: UUID) -> list[InformationRequest]:
    """The questions from and to the actor's authority in a case, the newest first."""
    return list(
        InformationRequest.objects.filter(case_id=case_id)
        .select_related("authority", "to_authority", "by", "answered_by")
        .order_by("-at", "id")
    )


def find_request(actor: Actor, request_id: UUID) -> InformationRequest | None:
    """One question from or to the actor's authority, or None."""
    return InformationRequest.objects.select_related("authority", "to_authority", "by").filter(pk=request_id).first()


def disclosures_of(actor: Actor, case_id: UUID) -> QuerySet[Disclosure]:
    """What has passed in a case from or to the actor's authority, newest first, with the receipts the actor may see."""
    return (
        Disclosure.objects.filter(case_id=case_id)
        .select_related("authority", "by")
        .prefetch_related("receipts__authority")
        .order_by("-at", "id")
    )
