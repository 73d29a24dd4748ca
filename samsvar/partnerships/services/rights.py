"""Who may set what up, and the log of it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record, write_rows
from samsvar.partnerships.models import Authority, Group, GroupFunction, Participation, Partnership
from samsvar.partnerships.services.errors import PartnershipError
from samsvar.postgres.actor import Actor
from samsvar.postgres.rows import OWNER

LEADING = ("coordinator", "chair", "secretariat")


def current(prefix: str = "") -> Q:
    """The rows of a period that hold today."""
    today = timezone.localdate()
    return Q(**{f"{prefix}since__lte": today}) & (Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gte": today}))


def require_owner() -> None:
    """Without an actor only the owner of the database may go on. Raises PermissionError, as it is a defect."""
    with connection.cursor() as cursor:
        cursor.execute("select session_user")
        if cursor.fetchone()[0] != OWNER:
            raise PermissionError("nobody acts, and this is not the owner's connection")


def may_set_up(actor: Actor, partnership_id: UUID) -> bool:
    """Whether the actor sets this partnership up: local administrator of a participant, or who leads a group."""
    if partnership_id not in actor.partnership_ids:
        return False
    if actor.is_any("local_admin"):
        return True
    return GroupFunction.objects.filter(
        current(), capacity_id=actor.capacity_id, group__partnership_id=partnership_id
    ).exists()


def may_lead(actor: Actor, group: Group) -> bool:
    """Whether the actor coordinates, chairs or is secretary of this group."""
    return GroupFunction.objects.filter(current(), capacity_id=actor.capacity_id, group=group).exists()


def may_administer(actor: Actor, authority_id: UUID) -> bool:
    """Whether the actor is local administrator of this authority."""
    return actor.is_any("local_admin") and actor.owns(authority_id)


def require_set_up(actor: Actor | None, partnership: Partnership) -> None:
    """Raises PartnershipError unless the actor sets this partnership up."""
    if actor is None:
        require_owner()
    elif not may_set_up(actor, partnership.pk):
        raise PartnershipError(
            _("Det kan en lokal administrator eller den, der koordinerer en gruppe i samarbejdet, gøre.")
        )


def require_own(actor: Actor | None, authority: Authority) -> None:
    """Raises PartnershipError unless the actor administers this authority."""
    if actor is None:
        require_owner()
    elif not may_administer(actor, authority.pk):
        raise PartnershipError(_("Det kan kun myndighedens egen lokale administrator gøre."))


def require_lead(actor: Actor | None, group: Group, authority_id: UUID) -> None:
    """Raises PartnershipError unless the actor leads this group or administers the authority of the person."""
    if actor is None:
        require_owner()
    elif not (may_lead(actor, group) or may_administer(actor, authority_id)):
        raise PartnershipError(_("Det kan gruppens koordinator eller myndighedens egen lokale administrator gøre."))


def require_part(authority_id: UUID, partnership_id: UUID) -> None:
    """Raises PartnershipError unless the authority takes part in the partnership today."""
    taking_part = Participation.objects.filter(current(), authority_id=authority_id, partnership_id=partnership_id)
    if not taking_part.exists():
        raise PartnershipError(_("Myndigheden er ikke med i samarbejdet."))


def store(row: models.Model, many: Mapping[str, Iterable] | None = None) -> None:
    """Check a new row against its model and write it. Raises PartnershipError with the model's own words."""
    _check(row)
    row.save(force_insert=True)
    for name, rows in (many or {}).items():
        getattr(row, name).set(rows)


def change(row: models.Model, fields: Mapping[str, Any], many: Mapping[str, Iterable] | None = None) -> None:
    """Set these fields of a row and write them alone: others may be immutable. Raises as `store` does."""
    for name, value in fields.items():
        setattr(row, name, value)
    _check(row)
    if fields:
        row.save(update_fields=list(fields))
    for name, rows in (many or {}).items():
        getattr(row, name).set(rows)


def _check(row: models.Model) -> None:
    # A column that may be empty may be left so: `blank` speaks of forms.
    empty = {field.name for field in row._meta.fields if field.null and getattr(row, field.attname) is None}
    try:
        row.full_clean(exclude=empty)
    except ValidationError as error:
        raise PartnershipError(" ".join(error.messages)) from error


def log(
    actor: Actor | None,
    kind: str,
    row_id: UUID,
    *,
    authority_id: UUID | None = None,
    partnership_id: UUID | None = None,
    **detail: object,
) -> None:
    """Log a step of the set-up in the actor's chain; the owner's first steps in that of the authority concerned."""
    if actor is not None:
        record(actor, Act.ADMINISTER, kind, row_id, partnership_id=partnership_id, detail=detail)
    elif authority_id is not None:
        write_rows(
            [
                {
                    "owner": authority_id,
                    "act": Act.ADMINISTER.value,
                    "subject_kind": kind,
                    "subject_id": str(row_id),
                    "partnership_id": str(partnership_id) if partnership_id else None,
                    "case_id": None,
                    "citizen_id": None,
                    "purpose": "",
                    "detail": {**detail, "by": "owner"},
                }
            ]
        )
