"""What has been told in a case, and what lies on the own side of the wall."""

from uuid import UUID

from django.db.models import F, QuerySet

from samsvar.postgres.actor import Actor
from samsvar.sharing.models import (
    CitizensNo,
    Consent,
    Contribution,
    Disclosure,
    HelpDecision,
    InformationRequest,
    Override,
    OwnNote,
    Release,
    UnitContact,
)

MOST_OVERRIDES = 100


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
        Release.objects.select_related("contribution", "by", "authority", "consent", "weighed", "request")
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


def consents_of(actor: Actor, case_id: UUID) -> list[Consent]:
    """What the own authority has written down of the citizen's yes, the newest first."""
    return list(Consent.objects.filter(case_id=case_id).select_related("by").order_by("-at", "id"))


def find_consent(actor: Actor, case_id: UUID, consent_id: UUID) -> Consent | None:
    """One of the own authority's consents, or None."""
    return Consent.objects.filter(case_id=case_id, pk=consent_id, authority_id__in=actor.authority_ids).first()


def noes_of(actor: Actor, case_id: UUID) -> list[CitizensNo]:
    """The noes that stand in a case, whoever wrote them down."""
    return list(
        CitizensNo.objects.filter(case_id=case_id, ended_at=None)
        .select_related("authority", "about_authority")
        .order_by("at", "id")
    )


def find_no(actor: Actor, case_id: UUID, no_id: UUID) -> CitizensNo | None:
    """One no of a case, or None."""
    return CitizensNo.objects.filter(case_id=case_id, pk=no_id).first()


def contacts_of(actor: Actor, case_id: UUID) -> list[UnitContact]:
    """The contacts with the citizen that the actor may know of: the own, and those told. § 99 is its unit's (L35)."""
    rows = UnitContact.objects.filter(case_id=case_id).select_related("authority", "unit")
    return list(rows.order_by("at", "id"))


def find_contact(actor: Actor, case_id: UUID, contact_id: UUID) -> UnitContact | None:
    """One of the own authority's contacts that the actor may know of, or None."""
    own = UnitContact.objects.filter(authority_id__in=actor.authority_ids)
    return own.filter(case_id=case_id, pk=contact_id).first()


def help_decisions_of(actor: Actor, case_id: UUID) -> list[HelpDecision]:
    """The own authority's decisions to help without consent, the newest first (L32)."""
    return list(HelpDecision.objects.filter(case_id=case_id).select_related("by").order_by("-at", "id"))


def overrides_of(actor: Actor) -> list[Override]:
    """What the own authority passed on against a no, what nobody has looked at first (R-002-68).

    The row policy shows them to the authority's leaders, who need the case's number and not the case.
    """
    return list(
        Override.objects.filter(authority_id__in=actor.authority_ids)
        .select_related("by", "reviewed_by")
        .order_by(F("reviewed_at").asc(nulls_first=True), "-at", "id")[:MOST_OVERRIDES]
    )


def find_override(actor: Actor, override_id: UUID) -> Override | None:
    """One of the own authority's, or None."""
    own = Override.objects.filter(authority_id__in=actor.authority_ids)
    return own.filter(pk=override_id).first()


def disclosures_of(actor: Actor, case_id: UUID) -> QuerySet[Disclosure]:
    """What has passed in a case from or to the actor's authority, newest first, with the receipts the actor may see."""
    return (
        Disclosure.objects.filter(case_id=case_id)
        .select_related("authority", "by", "weighed")
        .prefetch_related("receipts__authority")
        .order_by("-at", "id")
    )
