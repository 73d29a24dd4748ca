"""The yes on which one unit writes to another, of everybody who must give it."""

from collections.abc import Sequence
from dataclasses import dataclass

from samsvar.sharing.models import ConsentForm


@dataclass(frozen=True)
class Yes:
    """The citizen's yes as it was given; of a child that of everybody with custody, by name and what they are to it.

    `missing` are those who must say yes too and have not yet (R-002-67).
    """

    given: Sequence[str] = ()
    form: str = ConsentForm.WRITTEN
    why_oral: str = ""
    informed: bool = False
    missing: Sequence[str] = ()
