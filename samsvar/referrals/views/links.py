"""What another room takes over from a referral, so that nothing of it is typed again (002 10.2, R-003-17)."""

from collections.abc import Callable
from uuid import UUID

from samsvar.accounts.middleware import ActingRequest
from samsvar.accounts.steps import found_or_404
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.postgres.actor import Actor
from samsvar.referrals.models import Referral


def linked(request: ActingRequest, find: Callable[[Actor, UUID], Referral | None]) -> Referral | None:
    """The referral that the address names (`?henvisning=`), or None where it names none; the look is logged.

    Raises Http404 for one that `find` does not give to the actor.
    """
    try:
        key = UUID(request.GET.get("henvisning", ""))
    except ValueError:
        return None
    row = found_or_404(find(request.actor, key))
    look_at_referral(request, row)
    return row


def look_at_referral(request: ActingRequest, row: Referral) -> None:
    """A row in the log for a page that shows what was asked about a citizen."""
    record(
        request.actor,
        Act.LOOK,
        "referral",
        row.pk,
        partnership_id=row.partnership_id,
        citizen_id=row.citizen_id,
        detail={"state": row.state},
    )
