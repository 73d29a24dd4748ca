"""What every verb of this room speaks of, and what it raises."""

from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from samsvar.law.warnings import has_cpr
from samsvar.postgres.actor import Actor


class AboutCase(Protocol):
    """What this room needs to know of a case; the room of cases lies above."""

    id: UUID
    partnership_id: UUID
    reference: str

    @property
    def citizen_id(self) -> UUID | None:
        """Whom it is about, when that is known."""

    @property
    def group_id(self) -> UUID | None:
        """The table it belongs to; none for the network of a citizen."""


def own_row(actor: Actor, case: AboutCase) -> dict[str, Any]:
    """What every row of this room begins with: a new key, its case, whose it is and who wrote it."""
    return {
        "id": uuid4(),
        "partnership_id": case.partnership_id,
        "case_id": case.id,
        "group_id": case.group_id,
        "authority_id": actor.authority_id,
        "by_id": actor.person_id,
    }


class NothingSaid(Exception):
    """A text was needed and none was given. The message is shown as it stands."""


class HasNumber(NothingSaid):
    """What reads as a CPR number stands where numbers never do (L16). The message is shown as it stands."""


def require_no_number(*texts: str) -> None:
    """Raises HasNumber for a text that carries something like a CPR number: it has a place of its own, ciphered."""
    if any(has_cpr(text) for text in texts):
        raise HasNumber(_("Her står noget, der ligner et CPR-nummer. Skriv det uden nummer, og send igen."))


def no_number_or(refusal: type[Exception]) -> Callable[..., None]:
    """The check of a room that says it in its own words' class: raises `refusal` for a text with a CPR number (L16)."""

    def without_number(*texts: str) -> None:
        try:
            require_no_number(*texts)
        except HasNumber as error:
            raise refusal(str(error)) from error

    return without_number


class AnotherCase(PermissionError):
    """What is to be passed on stands in another case than the one named: a defect, never a user's fault."""


def require_of_case(case: AboutCase, case_id: UUID) -> None:
    """Raises AnotherCase unless a row's case is this one: receivers are weighed by the case in which they are party."""
    if case_id != case.id:
        raise AnotherCase
