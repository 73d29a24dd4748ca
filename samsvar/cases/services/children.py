"""Children in the home: a yes is never left hanging (law L24; V-12)."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.cases.models import Case, EventKind, YesNoUnknown
from samsvar.cases.services.errors import CaseError
from samsvar.cases.services.rows import lay_in_case, log_in_case
from samsvar.cases.services.seats import locked
from samsvar.cases.services.story import tell
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish_everywhere


def ask_about_children(actor: Actor, case: Case, authority_id: UUID) -> None:
    """Lay the decision on the table of the authority that holds the case, when there are children and none is made."""
    if case.children != YesNoUnknown.YES or case.children_decided_at is not None:
        return
    lay_in_case(actor, case, TaskKind.DECIDE_ON_CHILD, authority_id)


def decide_on_children(actor: Actor, case: Case, decision: str) -> None:
    """Record what has been decided about the children in the home, by whom and when. Raises CaseError for no text.

    The duty to notify is each professional's own (barnets lov §§ 133-135, L24) and is not done from here.
    """
    if not any(character.isalpha() for character in decision):
        raise CaseError(_("Skriv, hvad I har besluttet om børnene."))
    here = locked(case)
    Case.objects.filter(pk=here.pk).update(
        children=YesNoUnknown.YES,
        children_decision=decision.strip()[:1000],
        children_decided_at=timezone.now(),
        children_decided_by_id=actor.person_id,
    )
    tell(actor, here, EventKind.CHILDREN, decision)
    finish_everywhere(actor, TaskKind.DECIDE_ON_CHILD, here.pk)
    log_in_case(actor, Act.CHANGE, here, detail={"children": "decided"})
