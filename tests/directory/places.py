"""The small world with Vordingborg's eleven units in its directory."""

from collections.abc import Mapping
from typing import Any

from samsvar.directory import services, sheet
from samsvar.directory.forms.entries import pages_of
from samsvar.directory.models import DirectoryEntry
from samsvar.directory.services.entries import TakenIn
from samsvar.postgres.actor import acting
from tests.world import World

# As little as a page can hold.
PAGE: Mapping[str, Any] = {
    "name": "Natteravnene",
    "kind": "other",
    "sector": "private",
    "purpose": "Går i byen fredag aften.",
}


def with_pack(world: World, seat: str = "social.admin") -> TakenIn:
    """An administrator takes the pack in."""
    with acting(world.seats[seat].token) as actor:
        good, result = pages_of(sheet.pack())
        return services.take_in(actor, world.partnership, good, result)


def written(world: World, seat: str = "social.admin", **more: Any) -> DirectoryEntry:
    """A page that an administrator has written."""
    with acting(world.seats[seat].token) as actor:
        return services.keep(actor, world.partnership, **{**PAGE, **more})
