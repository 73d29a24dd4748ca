"""Writing down how many hours a week somebody has for being tovholder."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.coordination.models import CoordinatorPost
from samsvar.coordination.selectors.caseload import FEWEST, MOST, find_post
from samsvar.coordination.services.errors import CoordinationError, write
from samsvar.postgres.actor import Actor


def set_hours(actor: Actor, post_id: UUID, hours: int) -> None:
    """Write the weekly hours of the own post, or as a leader of a colleague's. Raises CoordinationError."""
    post = find_post(actor, post_id)
    if post is None:
        raise CoordinationError(_("Kun tovholderen selv og jeres leder skriver timerne."))
    if not FEWEST <= hours <= MOST:
        raise CoordinationError(_("Skriv et antal timer mellem 1 og 80."))
    if not CoordinatorPost.objects.filter(capacity=post).update(weekly_hours=hours, at=timezone.now()):
        write(CoordinatorPost(authority_id=post.authority_id, capacity=post, weekly_hours=hours))
    record(actor, Act.CHANGE, "coordinator_hours", post.pk, detail={"hours": hours})
