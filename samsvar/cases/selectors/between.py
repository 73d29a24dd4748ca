"""What happens between meetings, for those it concerns, and for the next meeting's orientation."""

from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import OrderBy

from samsvar.cases.models import AcuteContact, Case, Consult, NetworkCase
from samsvar.partnerships.models import Authority, Group
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import Disclosure


def consults(actor: Actor) -> QuerySet[Consult]:
    """Questions without a person that the actor asked or may answer: the open ones first, then the newest."""
    return Consult.objects.select_related("authority", "asked_by", "answered_by_authority", "group").order_by(
        _open_first("answered_at"), "-asked_at", "id"
    )


def consult_of(actor: Actor, consult_id: UUID) -> Consult | None:
    """One question, or None."""
    return consults(actor).filter(pk=consult_id).first()


def may_answer(actor: Actor, consult: Consult) -> bool:
    """Whether the actor sits at the table that was asked."""
    return (
        consult.answered_at is None
        and consult.group_id in actor.group_ids
        and (not consult.own_only or actor.owns(consult.authority_id))
    )


def network_cases(actor: Actor) -> QuerySet[NetworkCase]:
    """NP-sager that the actor's authority takes part in: the open ones first, then the newest."""
    return NetworkCase.objects.select_related("authority", "group", "concern", "case").order_by(
        _open_first("ended_at"), "-opened_at", "id"
    )


def network_case_of(actor: Actor, network_case_id: UUID) -> NetworkCase | None:
    """One NP-sag, or None."""
    return (
        network_cases(actor)
        .select_related("opened_by", "group__partnership", "concern__identity", "partnership")
        .filter(pk=network_case_id)
        .first()
    )


def sides(actor: Actor, network_case: NetworkCase) -> list[Authority]:
    """The authorities in an NP-sag."""
    return list(Authority.objects.filter(pk__in=network_case.party_ids).order_by("name", "id"))


def network_cases_since(
    actor: Actor, group: Group, since: datetime | None, until: datetime | None = None
) -> list[NetworkCase]:
    """The group's NP-sager opened or ended since a moment, for the next agenda's orientation (R-000-46).

    Those of the actor's own authority and those it takes part in; None means all. What came after `until`, the end of
    a meeting, is news at the next.
    """
    found = network_cases(actor).filter(group=group)
    if until is not None:
        found = found.filter(opened_at__lt=until)
    if since is not None:
        found = found.filter(Q(opened_at__gte=since) | Q(ended_at__gte=since))
    return list(found)


def acute_contacts(actor: Actor) -> QuerySet[AcuteContact]:
    """Acute calls that the actor made, or that the own authority made or got; newest first."""
    return AcuteContact.objects.select_related("authority", "to_authority", "by", "case").order_by("-called_at", "id")


def acute_contact_of(actor: Actor, contact_id: UUID) -> AcuteContact | None:
    """One acute call, or None."""
    return acute_contacts(actor).select_related("concern__identity", "partnership").filter(pk=contact_id).first()


def acute_contacts_since(
    actor: Actor, group: Group, since: datetime | None, until: datetime | None = None
) -> list[AcuteContact]:
    """The group's acute calls since a moment, told at the next meeting (R-000-50); none from `until` on."""
    found = acute_contacts(actor).filter(group_id=group.pk)
    if until is not None:
        found = found.filter(called_at__lt=until)
    if since is not None:
        found = found.filter(called_at__gte=since)
    return list(found)


def basis_of(actor: Actor, subject_id: UUID) -> Disclosure | None:
    """The recorded disclosure of a row to others, if the actor may see one: its rule, its necessity, its channel."""
    return Disclosure.objects.filter(subject_id=subject_id).order_by("at", "id").first()


def case_for_call(actor: Actor, case_id: UUID) -> Case | None:
    """An open case that the actor sees, to which an acute call belongs."""
    return Case.objects.filter(pk=case_id, closed_at=None).first()


def _open_first(ended: str) -> OrderBy:
    return OrderBy(ExpressionWrapper(Q(**{ended: None}), BooleanField()), descending=True)
