"""The case's story: one line per step, which all parties share."""

from uuid import UUID

from django.utils import timezone, translation
from django.utils.functional import Promise

from samsvar.cases.models import Case, CaseEvent, EventKind
from samsvar.postgres.actor import Actor


def tell(
    actor: Actor,
    case: Case,
    kind: EventKind,
    text: str = "",
    about_authority_id: UUID | None = None,
    *,
    stirs: bool = True,
) -> None:
    """Add a step to the story and note that something happened in the case (R-000-89).

    With `stirs=False` the case stays as quiet as it was: "intet nyt" month after month must not hide a case that lies
    in a pile. Nothing is told here that only some of the parties may know.
    """
    CaseEvent.objects.bulk_create(
        [
            CaseEvent(
                partnership_id=case.partnership_id,
                case=case,
                group_id=case.group_id,
                kind=kind,
                authority_id=actor.authority_id,
                by_id=actor.person_id,
                text=text.strip()[:500],
                about_authority_id=about_authority_id,
            )
        ]
    )
    if stirs and case.closed_at is None:
        stir(case)


def stir(case: Case) -> None:
    """Note that something happened in an open case, without saying what."""
    case.last_activity_at = timezone.now()
    Case.objects.filter(pk=case.pk).update(last_activity_at=case.last_activity_at)


def danish(label: str | Promise) -> str:
    """A label as the shared story keeps it: one language, whatever the writer's screen speaks."""
    with translation.override("da"):
        return str(label)
