"""Saying how long, holding back, and letting go by two people."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.postgres.actor import Actor
from samsvar.retention.models import Hold, Kind, RetentionRule
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish


class RetentionError(Exception):
    """Something that cannot be done as it stands; the message is shown to the person."""


def set_rule(actor: Actor, kind: Kind | str, *, months: int, reference: str, reason: str) -> None:
    """Say how long the own authority keeps a kind, by which rule and why. Raises RetentionError outside the limits."""
    if not actor.is_any("local_admin"):
        raise RetentionError(_("Det kan jeres lokale administrator gøre."))
    fields = {"months": months, "reference": reference.strip(), "reason": reason.strip(), "set_by_id": actor.person_id}
    rule = RetentionRule(id=uuid4(), authority_id=actor.authority_id, kind=kind, **fields)
    try:
        rule.validate_constraints(exclude=["authority", "kind"])
    except ValidationError as error:
        raise RetentionError(" ".join(error.messages)) from error
    fields["set_at"] = timezone.now()
    if not RetentionRule.objects.filter(authority_id=actor.authority_id, kind=kind).update(**fields):
        RetentionRule.objects.bulk_create([rule])
    record(actor, Act.ADMINISTER, "retention_rule", detail={"kind": str(kind), "months": months})


def hold(actor: Actor, kind: Kind | str, subject_id: UUID, *, reason: str, review_on: date) -> Hold:
    """Hold something back until somebody lifts it. Whoever holds says why, and when to look at it again."""
    if not actor.is_any("releaser", "dpo"):
        raise RetentionError(_("Det kan en leder eller jeres databeskyttelsesrådgiver gøre."))
    made = Hold(
        id=uuid4(),
        authority_id=actor.authority_id,
        kind=kind,
        subject_id=subject_id,
        reason=reason.strip(),
        review_on=review_on,
        by_id=actor.person_id,
    )
    Hold.objects.bulk_create([made])
    record(actor, Act.CREATE, "hold", made.pk, case_id=subject_id if kind == Kind.CASE else None)
    return made


def lift(actor: Actor, found: Hold) -> bool:
    """Let something that was held back go its way again. False when somebody has done so already."""
    lifted = Hold.objects.filter(pk=found.pk, lifted_at=None).update(
        lifted_at=timezone.now(), lifted_by_id=actor.person_id
    )
    if lifted:
        record(actor, Act.CHANGE, "hold", found.pk, detail={"lifted": True})
    return bool(lifted)


def propose(actor: Actor, ids: Sequence[UUID]) -> int:
    """Propose to dispose of these. Returns how many; what is held back or proposed already is passed over."""
    return _step(actor, ids, "propose")


def approve(actor: Actor, ids: Sequence[UUID]) -> int:
    """Approve what another person has proposed; the worker then carries it out. Returns how many."""
    return _step(actor, ids, "approve")


def take_back(actor: Actor, ids: Sequence[UUID]) -> int:
    """Undo a proposal or an approval that has not been carried out yet. Returns how many."""
    return _step(actor, ids, "take_back")


def _step(actor: Actor, ids: Sequence[UUID], step: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select retention_step(%s, %s)", [list(ids), step])
        changed = cursor.fetchone()[0]
        cursor.execute("select count(*) from retention_disposal where state <> 'approved'")
        left = cursor.fetchone()[0]
    if changed:
        record(actor, Act.CHANGE, "disposal", detail={"step": step, "rows": [str(one) for one in ids]})
    if not left:
        for owner in actor.authority_ids:
            finish(actor, TaskKind.ATTENTION, owner)
    return changed
