"""What can go wrong in outreach, and what every verb of it begins and ends with."""

from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.services.errors import CaseError
from samsvar.outreach.models import Course
from samsvar.outreach.models.courses import UnitRow
from samsvar.outreach.roles import may_work
from samsvar.postgres.actor import Actor
from samsvar.sharing.services.about import no_number_or

Held = TypeVar("Held", bound=UnitRow)


class OutreachError(CaseError):
    """The step cannot be done in this course. The message is shown as it stands; nothing was changed."""


def team(actor: Actor) -> dict[str, Any]:
    """What every row begins with: a new key, and whose it is. Raises OutreachError for a post without a unit."""
    if not may_work(actor) or not actor.partnership_ids:
        raise OutreachError(
            _("Opsøgende arbejde hører til en enhed. Bed jeres lokale administrator om at sætte dig i en.")
        )
    return {
        "id": uuid4(),
        "partnership_id": actor.partnership_ids[0],
        "authority_id": actor.authority_id,
        "unit_id": actor.unit_id,
        "by_id": actor.person_id,
    }


def held(actor: Actor, row: Held) -> Held:
    """The row as it stands, held until the verb is done. Raises OutreachError where it is not the actor's unit's."""
    found = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk, unit_id=actor.unit_id).first()
    if found is None or not actor.owns(found.authority_id):
        raise OutreachError(_("Det er ikke jeres."))
    return found


def running(actor: Actor, course: Course) -> Course:
    """The course, held until the verb is done. Raises OutreachError once it has ended."""
    found = held(actor, course)
    if not found.is_open:
        raise OutreachError(_("Forløbet er slut. Tag det op igen først."))
    return found


def of(actor: Actor, course: Course) -> dict[str, Any]:
    """What every row of a course begins with: those of its partnership, authority and unit."""
    return {
        **team(actor),
        "partnership_id": course.partnership_id,
        "authority_id": course.authority_id,
        "unit_id": course.unit_id,
        "course": course,
    }


def write(row: models.Model, *, new: bool = True, fields: tuple[str, ...] = ()) -> None:
    """Save a row. Raises OutreachError with the message of the constraint that it goes against."""
    try:
        row.validate_constraints(exclude=["partnership", "authority", "by"])
        with transaction.atomic():
            if new:
                row.save(force_insert=True)
            else:
                row.save(update_fields=fields)
    except ValidationError as error:
        raise OutreachError(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise OutreachError(_("En anden var først. Se siden igen.")) from error


# A CPR number has its own place, ciphered (L16).
without_number = no_number_or(OutreachError)


def log(actor: Actor, act: Act, row: UnitRow, part: str, kind: str = "course", key: UUID | None = None) -> None:
    """One line in the log about a course, an inquiry or a search."""
    record(
        actor,
        act,
        kind,
        row.pk,
        partnership_id=row.partnership_id,
        detail={"part": part, **({"id": str(key)} if key else {})},
    )
