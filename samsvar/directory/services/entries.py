"""Writing, confirming and closing a unit's page, and taking many in at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.directory.models import DirectoryEntry
from samsvar.directory.selectors.entries import to_look_at
from samsvar.directory.services.errors import DirectoryError
from samsvar.postgres.actor import Actor
from samsvar.tasks.models import TaskKind
from samsvar.tasks.services import finish


class Overtaken(DirectoryError):
    """Somebody else has changed the page meanwhile."""


def _require_keeper(actor: Actor, authority_id: UUID | None = None) -> None:
    if not actor.is_any("local_admin"):
        raise DirectoryError(_("Det kan kun en lokal administrator gøre."))
    if authority_id is not None and not actor.owns(authority_id):
        raise DirectoryError(_("Siden holdes ved lige af en anden myndighed."))


def _log(actor: Actor, act: Act, entry: DirectoryEntry, step: str) -> None:
    record(
        actor,
        act,
        "directory_entry",
        entry.pk,
        partnership_id=entry.partnership_id,
        detail={"step": step, "name": entry.name},
    )


def _checked(entry: DirectoryEntry) -> None:
    """Raises DirectoryError with the words of the constraint that the page breaks."""
    try:
        entry.full_clean(exclude=["partnership", "authority", "unit", "confirmed_by"], validate_unique=False)
    except ValidationError as error:
        raise DirectoryError(" ".join(error.messages)) from error


def _reminded(actor: Actor, entry: DirectoryEntry) -> None:
    """Take the reminder off the table once no own page waits to be looked at."""
    if not to_look_at(actor, entry.partnership_id).exists():
        finish(actor, TaskKind.REVIEW_PAGES, entry.partnership_id)


def keep(
    actor: Actor,
    partnership_id: UUID,
    entry: DirectoryEntry | None = None,
    *,
    version: int | None = None,
    confirmed: bool = True,
    **what: Any,
) -> DirectoryEntry:
    """Write a page, new or changed; whoever writes it answers that it is right today, but not for what a sheet says.

    `version` is the one that the writer began with. Raises Overtaken when the page has changed since, DirectoryError
    for another authority's page, a name that is taken and a unit that is no kind of unit.
    """
    _require_keeper(actor, entry.authority_id if entry else None)
    signed = {
        "confirmed_on": timezone.localdate() if confirmed else None,
        "confirmed_by_id": actor.person_id if confirmed else None,
    }
    made = entry is None
    page = entry or DirectoryEntry(partnership_id=partnership_id, authority_id=actor.authority_id)
    for name, value in {**what, **signed}.items():
        setattr(page, name, value)
    _checked(page)
    try:
        with transaction.atomic():
            if made:
                page.save(force_insert=True)
            else:
                _write(page, version, [*what, *signed])
    except IntegrityError as error:
        raise DirectoryError(_("Der er allerede en side med det navn i vejviseren.")) from error
    _log(actor, Act.CREATE if made else Act.CHANGE, page, "written")
    if confirmed and not made:
        _reminded(actor, page)
    return page


def _write(page: DirectoryEntry, version: int | None, names: Sequence[str]) -> None:
    values: dict[str, Any] = {name: getattr(page, name) for name in names}
    asked = DirectoryEntry.objects.filter(pk=page.pk, closed_on=None)
    if version is not None:
        asked = asked.filter(version=version)
    if not asked.update(**values, version=F("version") + 1):
        raise Overtaken(_("En anden har rettet siden imens. Din tekst står her endnu: se siden, og gem igen."))


def confirm(actor: Actor, entry: DirectoryEntry) -> None:
    """Say that the page is right today. Raises DirectoryError for another authority's page."""
    _require_keeper(actor, entry.authority_id)
    if not DirectoryEntry.objects.filter(pk=entry.pk, closed_on=None).update(
        confirmed_on=timezone.localdate(), confirmed_by_id=actor.person_id
    ):
        raise DirectoryError(_("Siden er taget ud af vejviseren."))
    _log(actor, Act.CHANGE, entry, "confirmed")
    _reminded(actor, entry)


def close(actor: Actor, entry: DirectoryEntry) -> None:
    """Take a page out of the directory: the unit is no more, or its owner writes the page now. It can still be read."""
    _require_keeper(actor, entry.authority_id)
    today = timezone.localdate()
    if not DirectoryEntry.objects.filter(pk=entry.pk, closed_on=None).update(
        closed_on=today, confirmed_on=today, confirmed_by_id=actor.person_id
    ):
        raise DirectoryError(_("Siden er taget ud af vejviseren."))
    _log(actor, Act.CHANGE, entry, "closed")
    _reminded(actor, entry)


@dataclass
class TakenIn:
    """What became of the rows of a sheet: names, and for the refused ones why."""

    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    refused: list[tuple[int, str, list[str]]] = field(default_factory=list)

    def refuse(self, number: int, name: str, *reasons: str) -> None:
        """Note a row that was left out."""
        self.refused.append((number, name, list(reasons)))


def take_in(
    actor: Actor, partnership_id: UUID, rows: Sequence[tuple[int, Mapping[str, Any]]], into: TakenIn
) -> TakenIn:
    """Take pages in, each by itself: an own page of the same name and sector is written over, another's is refused.

    `rows` are pairs of a row's number and what it says. Nobody answers for them until the owner has looked at the page.
    """
    _require_keeper(actor)
    names = [row["name"] for _number, row in rows]
    there = {
        (page.name, page.sector): page
        for page in DirectoryEntry.objects.filter(partnership_id=partnership_id, closed_on=None, name__in=names)
        .defer(*DirectoryEntry.FOR_SEARCH)
        .select_related("authority", "unit")
    }
    for number, row in rows:
        page = there.get((row["name"], row["sector"]))
        if page is not None and not actor.owns(page.authority_id):
            into.refuse(number, page.name, _("Siden holdes ved lige af %(owner)s.") % {"owner": page.authority.name})
            continue
        try:
            with transaction.atomic():
                kept = keep(actor, partnership_id, page, confirmed=False, **row)
        except DirectoryError as error:
            into.refuse(number, row["name"], str(error))
            continue
        (into.changed if page else into.made).append(kept.name)
        there[(kept.name, kept.sector)] = kept
    return into
