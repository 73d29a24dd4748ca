"""The tovholder's running record, what the professional lead answers, and each one's own memory notes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.coordination.models import Activity, CareNetwork, OwnMemo, RecordEntry
from samsvar.coordination.services.errors import CoordinationError, inside, log, own, without_number, write
from samsvar.postgres.actor import Actor


@dataclass(frozen=True)
class Entry:
    """What a tovholder did: which kind of work, whose task it was, and in a few lines what came of it."""

    activity: str
    text: str
    whose: str = ""
    on: date | None = None


def write_entry(actor: Actor, network: CareNetwork, happened: Entry) -> RecordEntry:
    """Write in the borgerskema (R-003-64). The professional lead finds it as not read."""
    here = inside(actor, network)
    day = happened.on or timezone.localdate()
    if happened.activity not in Activity.values or not happened.text.strip():
        raise CoordinationError(_("Vælg, hvad det var, og skriv, hvad der skete."))
    if happened.activity == Activity.IN_PLACE and not happened.whose.strip():
        raise CoordinationError(_("Skriv, hvis opgave det egentlig var."))
    if day > timezone.localdate():
        raise CoordinationError(_("Skriv det, der er sket. Dagen kan ikke være i fremtiden."))
    without_number(happened.text, happened.whose)
    row = RecordEntry(
        **own(actor, here),
        on=day,
        activity=happened.activity,
        whose=happened.whose.strip(),
        text=happened.text.strip(),
    )
    write(row)
    log(actor, Act.CHANGE, here, "record", row.pk)
    return row


def may_answer(actor: Actor) -> bool:
    """Whether the actor is one who reads the record as professional lead."""
    return actor.is_any("releaser")


def answer_entry(actor: Actor, entry: RecordEntry, reply: str = "") -> None:
    """The professional lead has read an entry, and may answer (R-003-67)."""
    here = inside(actor, entry.network)
    without_number(reply)
    if not _unread(actor, here).filter(pk=entry.pk).update(**_read(actor), reply=reply.strip()):
        raise CoordinationError(_("Det er allerede læst. Skriv svaret som din egen indførelse."))
    log(actor, Act.CHANGE, here, "record_read", entry.pk)


def read_all(actor: Actor, network: CareNetwork) -> None:
    """The professional lead has read all that others wrote."""
    here = inside(actor, network)
    if not _unread(actor, here).update(**_read(actor)):
        raise CoordinationError(_("Alt er allerede læst."))
    log(actor, Act.CHANGE, here, "record_read")


def write_memo(actor: Actor, network: CareNetwork, text: str) -> OwnMemo:
    """Keep something in mind: nobody else reads it, and it goes nowhere (R-003-65)."""
    here = inside(actor, network)
    if not text.strip():
        raise CoordinationError(_("Skriv noget."))
    without_number(text)
    row = OwnMemo(**own(actor, here), text=text.strip())
    write(row)
    log(actor, Act.CHANGE, here, "memo", row.pk)
    return row


def forget_memo(actor: Actor, memo: OwnMemo) -> None:
    """Throw an own note away."""
    here = inside(actor, memo.network)
    if not OwnMemo.objects.filter(pk=memo.pk, by_id=actor.person_id).delete()[0]:
        raise CoordinationError(_("Notatet er allerede væk."))
    log(actor, Act.CHANGE, here, "memo_gone", memo.pk)


def _unread(actor: Actor, network: CareNetwork) -> QuerySet[RecordEntry]:
    if not may_answer(actor):
        raise CoordinationError(_("Det er jeres faglige leder, der læser og svarer."))
    return RecordEntry.objects.filter(network=network, read_at=None).exclude(by_id=actor.person_id)


def _read(actor: Actor) -> dict[str, Any]:
    return {"read_at": timezone.now(), "read_by_id": actor.person_id}
