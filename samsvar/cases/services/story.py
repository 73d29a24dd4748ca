"""The case's story: one line per step, which all parties share."""

from uuid import UUID

from django.utils import timezone

from samsvar.cases.models import Case, CaseEvent, EventKind
from samsvar.postgres.actor import Actor


def tell(actor: Actor, case: Case, kind: EventKind, text: str = "", about_authority_id: UUID | None = None) -> None:
    """Add a step to the story and note that something happened in the case (R-000-89)."""
    CaseEvent.objects.bulk_create(
        [
            CaseEvent(
                partnership_id=case.partnership_id,
                case=case,
                group_id=case.group_id,
                kind=kind,
                authority_id=actor.authority_id,
                by_id=actor.person_id,
                text=text[:500],
                about_authority_id=about_authority_id,
            )
        ]
    )
    case.last_activity_at = timezone.now()
    if case.closed_at is None:
        Case.objects.filter(pk=case.pk).update(last_activity_at=case.last_activity_at)
