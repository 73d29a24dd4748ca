"""What somebody was writing is not lost when the session lapses or is locked (screens.md, Manners)."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection
from django.http import HttpRequest

from samsvar.accounts.models import KeptForm
from samsvar.accounts.sealed import seal, unseal
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.postgres.actor import Actor

# Never kept: what opens something, and what every page makes anew.
_NEVER = ("csrfmiddlewaretoken", "password", "code", "credential")
MOST_CHARACTERS = 200_000

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Kept:
    """A form as it was: where it was going, and its fields. `sent`: the person had pressed the button."""

    id: UUID
    path: str
    fields: Fields
    sent: bool
    kept_at: datetime

    @property
    def texts(self) -> list[str]:
        """What the person wrote, longest first, for showing; short codes of choices are left out."""
        return sorted(
            (value for _, value in self.fields if len(value) > 3 and not _is_id(value)), key=len, reverse=True
        )


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def fields_of(request: HttpRequest) -> Fields:
    """The fields of a posted form that may be kept."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if not any(part in name for part in _NEVER)
        for value in values
    ]


def keep(person_id: UUID, path: str, fields: Fields, *, sent: bool) -> UUID | None:
    """Keep a form for a person; gives its id. None when there is nothing in it, or far too much."""
    body = json.dumps({"path": path, "fields": fields, "sent": sent})
    if not any(value.strip() for _, value in fields) or len(body) > MOST_CHARACTERS:
        return None
    row_id = uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "select accounts_keep(%s, %s, %s)", [row_id, person_id, seal(body, "kept", person_id.bytes + row_id.bytes)]
        )
    return row_id


def has_kept(person_id: UUID) -> bool:
    """Whether something waits for this person. Asked before anyone acts."""
    with connection.cursor() as cursor:
        cursor.execute("select accounts_has_kept(%s)", [person_id])
        return bool(cursor.fetchone()[0])


def kept_of(actor: Actor) -> list[Kept]:
    """The actor's own kept forms, newest first; looking at them is logged, as they may tell of a citizen."""
    rows = [opened for row in KeptForm.objects.order_by("-kept_at", "id") if (opened := _open(row))]
    if rows:
        record(actor, Act.LOOK, "kept_form", detail={"ids": [str(row.id) for row in rows]})
    return rows


def one_kept(actor: Actor, row_id: UUID) -> Kept | None:
    """One of the actor's own kept forms, or None."""
    row = KeptForm.objects.filter(pk=row_id).first()
    opened = _open(row) if row else None
    if opened:
        record(actor, Act.LOOK, "kept_form", row_id)
    return opened


def drop(actor: Actor, row_id: UUID) -> bool:
    """Throw one of the actor's own kept forms away."""
    gone, _ = KeptForm.objects.filter(pk=row_id).delete()
    return bool(gone)


def _open(row: KeptForm) -> Kept | None:
    text = unseal(bytes(row.cipher), "kept", row.person_id.bytes + row.id.bytes)
    if text is None:
        return None
    body = json.loads(text)
    return Kept(row.id, body["path"], [(name, value) for name, value in body["fields"]], body["sent"], row.kept_at)
