"""What can go wrong at a conference."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samsvar.cases.services.errors import CaseError
from samsvar.law.sentences import Notice


class ConferenceError(CaseError):
    """The step cannot be done at this conference. The message is shown as it stands; nothing was changed."""


class Overtaken(ConferenceError):
    """Somebody else wrote meanwhile; the own text stands in the form."""


class InDoubt(ConferenceError):
    """Something may show who the citizen is (003/S17). Approving all the same must be said once more."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        self.notices = list(notices)
        super().__init__(_("Se på teksten, før punktet godkendes. Noget kan vise, hvem det handler om."))
