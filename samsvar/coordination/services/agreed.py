"""Writing down that what was agreed for an event is done."""

from datetime import datetime
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.coordination.models import AgreedDone, CareEvent
from samsvar.coordination.selectors.agreed import find_task
from samsvar.coordination.services.errors import CoordinationError, log, without_number, write
from samsvar.postgres.actor import Actor


def write_agreed(
    actor: Actor, event: CareEvent, rule: str, said: str = "", name: str = "", at: datetime | None = None
) -> AgreedDone:
    """Write down one answer to a task of the agreements. Raises CoordinationError for a task that is not one's own."""
    task = find_task(actor, event.network, event.pk, rule)
    if task is None:
        raise CoordinationError(_("Det er ikke jeres opgave."))
    if said not in task.missing:
        raise CoordinationError(_("Det er allerede skrevet, eller det hører ikke til opgaven."))
    when, name = at or timezone.now(), " ".join(name.split())
    if when > timezone.now():
        raise CoordinationError(_("Det kan ikke være sket i fremtiden."))
    if task.rule.named and not name:
        raise CoordinationError(_("Skriv, hvem der er kontaktperson."))
    without_number(name)
    row = AgreedDone(
        id=uuid4(),
        partnership_id=event.partnership_id,
        network=event.network,
        event=event,
        authority_id=actor.authority_id,
        unit_id=actor.unit_id,
        rule=rule,
        said=said,
        turn=len(task.done) + 1 if task.rule.again else 1,
        name=name if task.rule.named else "",
        done_at=when,
        by_id=actor.person_id,
    )
    write(row)
    log(actor, Act.CHANGE, event.network, "agreed", event.pk)
    return row
