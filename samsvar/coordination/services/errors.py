"""What can go wrong in a network, and what every verb of it begins and ends with."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.cases.services.errors import CaseError
from samsvar.coordination.models import CareNetwork
from samsvar.postgres.actor import Actor
from samsvar.sharing.services.about import no_number_or


class CoordinationError(CaseError):
    """The step cannot be done in this network. The message is shown as it stands; nothing was changed."""


def inside(actor: Actor, network: CareNetwork) -> CareNetwork:
    """The network, held until the verb is done, for one inside it. Raises CoordinationError once it has ended."""
    found = CareNetwork.objects.select_for_update(of=("self",)).filter(pk=network.pk, ended_on=None).first()
    if found is None or not actor.owns(found.authority_id):
        raise CoordinationError(_("Netværket er slut, eller det er ikke dig, der kan ændre det."))
    return found


def own(actor: Actor, network: CareNetwork, owner: str = "authority_id") -> dict[str, Any]:
    """What every row of a network begins with: a new key, its network, whose it is and who wrote it."""
    return {
        "id": uuid4(),
        "partnership_id": network.partnership_id,
        "network": network,
        owner: network.authority_id,
        "by_id": actor.person_id,
    }


def write(row: models.Model) -> None:
    """Save a new row. Raises CoordinationError with the message of the constraint that it goes against."""
    try:
        row.validate_constraints(exclude=["network", "partnership", "authority", "by", "capacity"])
        with transaction.atomic():
            row.save(force_insert=True)
    except ValidationError as error:
        raise CoordinationError(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise CoordinationError(_("En anden var først. Se siden igen.")) from error


# A CPR number has its own place, ciphered (L16).
without_number = no_number_or(CoordinationError)


def log(actor: Actor, act: Act, network: CareNetwork, part: str, key: UUID | None = None) -> None:
    """One line in the log about this citizen's network."""
    record(
        actor,
        act,
        "care_network",
        network.pk,
        partnership_id=network.partnership_id,
        citizen_id=network.citizen_id,
        detail={"part": part, **({"id": str(key)} if key else {})},
    )
